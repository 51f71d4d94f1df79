r"""Pictures of graphs as TikZ.

Observed variables stand in ellipses, hidden ones in dashed ellipses, variables that are set in
rectangles without arrows into them. A hidden common cause is a dashed arc with two heads.

Main definitions
----------------
tikz : print a picture.
"""

from __future__ import annotations

from symcausal.writing.names import latex_name, latex_state
from symcausal.writing.picture import Picture, bends_left


def tikz(picture: Picture) -> str:
    r"""A ``tikzpicture``; needs ``\usetikzlibrary{arrows.meta, shapes.geometric}``."""
    places, bends = picture.places()
    numbers = {name: f"v{i}" for i, name in enumerate(picture.graph.nodes)}
    lines = [
        r"% \usepackage{tikz, amsmath}  \usetikzlibrary{arrows.meta, shapes.geometric}",
        r"\begin{tikzpicture}[>=Stealth,",
        r"  observed/.style={draw, ellipse, inner sep=2pt, minimum size=7mm},",
        r"  hidden/.style={observed, dashed},",
        r"  intervened/.style={draw, rectangle, inner sep=4pt, minimum size=7mm},",
        r"  confounded/.style={<->, dashed}]",
    ]
    for name, (x, y) in places.items():
        words = latex_name(name)
        if name in picture.done:
            words += f" = {latex_state(picture.done[name])}"
        lines.append(
            rf"  \node[{_style(picture, name)}] ({numbers[name]}) at ({x}, {0 - y}) {{${words}$}};"
        )
    for (cause, effect), chain in bends.items():
        way = "".join(f" ({x}, {0 - y}) --" for x, y in chain)
        lines.append(rf"  \draw[->] ({numbers[cause]}) --{way} ({numbers[effect]});")
    for left, right in picture.mutilated.bidirected:
        side = "left" if bends_left(places, left, right) else "right"
        lines.append(
            rf"  \draw[confounded] ({numbers[left]}) to[bend {side}=40] ({numbers[right]});"
        )
    return "\n".join([*lines, r"\end{tikzpicture}"])


def _style(picture: Picture, name: str) -> str:
    if name in picture.done:
        return "intervened"
    return "hidden" if name in picture.graph.hidden else "observed"
