r"""Pictures of graphs as TikZ.

Observed variables stand in ellipses, hidden ones in dashed ellipses, variables that are set in
rectangles, with the arrows into them dotted and grey. What is seen is shaded. A hidden common cause
is a dashed arc with two heads. Beside an arrow that is monotone stands a plus. Paths have a colour and
a pattern each, an adjustment set stands in boxes, a hedge in double lines.

Main definitions
----------------
tikz : print a picture.
"""

from __future__ import annotations

from symcausal.writing.names import latex_escaped, latex_name, latex_state
from symcausal.writing.picture import (
    PATH_MARKS,
    Arrangement,
    Edge,
    PathMark,
    Picture,
    bends_left,
)
from symcausal.writing.tables import grid_tabular

_PACKAGES = r"% \usepackage{tikz, amsmath}  \usetikzlibrary{arrows.meta, shapes.geometric}"


def tikz(picture: Picture, arranged: Arrangement | None = None) -> str:
    r"""A ``tikzpicture``; needs ``\usetikzlibrary{arrows.meta, shapes.geometric}``."""
    arranged = arranged or picture.arranged()
    ids = {name: f"v{i}" for i, name in enumerate(picture.graph.nodes)}
    lines = [_PACKAGES, r"\begin{tikzpicture}[>=Stealth,", *_styles(picture)]
    for name, (x, y) in arranged.places.items():
        lines.append(
            rf"  \node[{_style(picture, name)}] ({ids[name]}) at ({x}, {0 - y}) "
            rf"{{{_words(picture, name)}}};"
        )
    lines += _edges(picture, arranged, ids)
    lines += [
        rf"  \draw[adjusted] ([shift={{(-3pt,-3pt)}}]{ids[name]}.west |- {ids[name]}.south) "
        rf"rectangle ([shift={{(3pt,3pt)}}]{ids[name]}.east |- {ids[name]}.north);"
        for name in picture.adjusted
    ]
    lines += [
        rf"  \node[beside] at ({ids[name]}.east) {{{grid_tabular(grid)}}};"
        for name, grid in picture.tables.items()
    ]
    return "\n".join([*lines, r"\end{tikzpicture}"])


def _styles(picture: Picture) -> list[str]:
    """The styles, those that every picture has first, and of the others those that this one uses."""
    styles = [
        "observed/.style={draw, ellipse, inner sep=2pt, minimum size=7mm}",
        "hidden/.style={observed, dashed}",
        "intervened/.style={draw, rectangle, inner sep=4pt, minimum size=7mm}",
        "confounded/.style={<->, dashed}",
    ]
    if any(map(picture.small_lines, picture.graph.nodes)):
        styles.append("lines/.style={align=center}")
    if picture.evidence:
        styles.append("evidence/.style={fill=black!15}")
    cut = picture.cut
    if cut.directed or cut.bidirected:
        styles.append("cut/.style={->, dotted, draw=black!40}")
    if picture.held:
        styles.append("held/.style={double, double distance=1pt}")
        styles.append("holds/.style={line width=1.2pt}")
    if picture.adjusted:
        styles.append("adjusted/.style={line width=0.8pt}")
    if picture.tables:
        styles.append(r"beside/.style={anchor=west, xshift=1mm, inner sep=0pt, font=\scriptsize}")
    if picture.rising:
        styles.append(r"rises/.style={auto, inner sep=1pt, font=\scriptsize}")
    used = sorted({number for _, number in picture.marks().items()})
    styles += [f"path {number + 1}/.style={_path_style(PATH_MARKS[number])}" for number in used]
    return [*(f"  {style}," for style in styles[:-1]), f"  {styles[-1]}]"]


def _path_style(mark: PathMark) -> str:
    red, green, blue = (int(mark.colour[at : at + 2], 16) for at in (0, 2, 4))
    lengths = [
        f"{'off' if i % 2 else 'on'} {length / 2:g}pt" for i, length in enumerate(mark.dashes)
    ]
    return (
        f"{{draw={{rgb,255:red,{red};green,{green};blue,{blue}}}, line width=1.2pt, "
        f"dash pattern={' '.join(lengths)}}}"
    )


def _style(picture: Picture, name: str) -> str:
    styles = ["hidden" if name in picture.graph.hidden else "observed"]
    if name in picture.done:
        styles = ["intervened"]
    if name in picture.evidence:
        styles.append("evidence")
    if name in picture.held:
        styles.append("held")
    if picture.small_lines(name):
        styles.append("lines")
    return ", ".join(styles)


def _words(picture: Picture, name: str) -> str:
    words = picture.names.get(name) or latex_name(name)
    if picture.state(name):
        words += f" = {latex_state(picture.state(name))}"
    small = (rf"{{\scriptsize {latex_escaped(line)}}}" for line in picture.small_lines(name))
    return r"\\ ".join([f"${words}$", *small])


def _edges(picture: Picture, arranged: Arrangement, ids: dict[str, str]) -> list[str]:
    after, cut, marks = picture.mutilated, picture.cut, picture.marks()
    rising = picture.rising

    def line(style: str, edge: Edge) -> str:
        way = "".join(f" ({x}, {0 - y}) --" for x, y in arranged.bends[edge])
        sign = " node[rises] {$+$}" if edge in rising else ""
        return rf"  \draw[{style}] ({ids[edge[0]]}) --{way}{sign} ({ids[edge[1]]});"

    def arc(style: str, pair: Edge) -> str:
        side = "left" if bends_left(arranged.places, *pair) else "right"
        return rf"  \draw[{style}] ({ids[pair[0]]}) to[bend {side}=40] ({ids[pair[1]]});"

    def marked(style: str, kind: str, edge: Edge) -> str:
        if picture.is_held(edge):
            style += ", holds"
        number = marks.get((kind, edge))
        return style if number is None else f"{style}, path {number + 1}"

    return [
        *(line("cut", arrow) for arrow in cut.directed),
        *(arc("cut, <->", pair) for pair in cut.bidirected),
        *(line(marked("->", "->", arrow), arrow) for arrow in after.directed),
        *(arc(marked("confounded", "<->", pair), pair) for pair in after.bidirected),
    ]
