r"""Pictures of graphs, as TikZ, SVG and DOT.

Observed variables stand in ellipses, hidden ones in dashed ellipses, variables that are set in
rectangles without arrows into them. A hidden common cause is a dashed arc with two heads.

Main definitions
----------------
Picture : a graph and what is set in it.
tikz, svg, dot : print one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot

from symcausal.graph.graph import Graph
from symcausal.graph.layered import Point, layered
from symcausal.record import record
from symcausal.writing.mathml import escaped
from symcausal.writing.names import latex_name, latex_state

HIGH = 1.5  # from layer to layer, in centimetres
_PIXELS = 48  # a centimetre
_CLOSE = 0.2


@record
class Picture:
    """What is to be drawn.

    Attributes
    ----------
    graph : Graph
        Before surgery.
    done : mapping of str to str
        The variables that are set, with their states.
    """

    graph: Graph
    done: Mapping[str, str]

    @property
    def mutilated(self) -> Graph:
        """The graph after surgery."""
        return self.graph.cut(into=self.done)

    def words(self, name: str) -> str:
        """What stands in a node."""
        return f"{name} = {self.done[name]}" if name in self.done else name

    def width(self, name: str) -> float:
        """How wide a node is, in centimetres."""
        return max(0.9, 0.2 * len(self.words(name)) + 0.5)

    def places(self) -> tuple[dict[str, Point], dict[tuple[str, str], list[Point]]]:
        """Centres of nodes and bends of arrows, in centimetres, downwards.

        Surgery keeps the arrangement, so that two pictures can be laid side by side.
        """
        found, kept = layered(self.graph), set(self.mutilated.directed)
        wide = max((self.width(name) for name in self.graph.nodes), default=1.0) + 0.7

        def scaled(point: Point) -> Point:
            return round(point[0] * wide, 2), round(point[1] * HIGH, 2)

        return (
            {name: scaled(point) for name, point in found.places.items()},
            {
                edge: [scaled(point) for point in chain]
                for edge, chain in found.bends.items()
                if edge in kept
            },
        )


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
        side = "left" if _bends_left(places, left, right) else "right"
        lines.append(
            rf"  \draw[confounded] ({numbers[left]}) to[bend {side}=40] ({numbers[right]});"
        )
    return "\n".join([*lines, r"\end{tikzpicture}"])


def svg(picture: Picture) -> str:
    """A picture for browsers, without scripts; colours are those of the page around it."""
    places, bends = picture.places()
    widths = {name: picture.width(name) for name in picture.graph.nodes}
    right = max((x + widths[name] / 2 for name, (x, _) in places.items()), default=0.0)
    left = min((x - widths[name] / 2 for name, (x, _) in places.items()), default=0.0)
    low = max((y for _, y in places.values()), default=0.0)
    box = (left - 0.8, -0.8, right - left + 1.6, low + 1.6)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(_px(v) for v in box)}" '
        f'width="{_px(box[2])}" height="{_px(box[3])}" fill="none" stroke="currentColor" '
        'font-family="serif" font-size="16">',
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" '
        'markerHeight="8" orient="auto-start-reverse">'
        '<path d="M0 1L10 5L0 9z" fill="currentColor" stroke="none"/></marker></defs>',
    ]
    for (cause, effect), chain in bends.items():
        inner = [places[cause], *chain, places[effect]]
        start = _edge(places[cause], inner[1], widths[cause])
        end = _edge(places[effect], inner[-2], widths[effect])
        way = "L".join(_xy(point) for point in (start, *chain, end))
        lines.append(f'<path d="M{way}" marker-end="url(#head)"/>')
    for one, other in picture.mutilated.bidirected:
        a, b = places[one], places[other]
        middle = _middle(a, b, _bends_left(places, one, other))
        ends = _edge(a, middle, widths[one]), _edge(b, middle, widths[other])
        lines.append(
            f'<path d="M{_xy(ends[0])}Q{_xy(middle)} {_xy(ends[1])}" stroke-dasharray="5 4" '
            'marker-start="url(#head)" marker-end="url(#head)"/>'
        )
    for name, (x, y) in places.items():
        half = widths[name] / 2
        if name in picture.done:
            lines.append(
                f'<rect x="{_px(x - half)}" y="{_px(y - 0.35)}" width="{_px(2 * half)}" '
                f'height="{_px(0.7)}"/>'
            )
        else:
            dashed = ' stroke-dasharray="5 4"' if name in picture.graph.hidden else ""
            lines.append(
                f'<ellipse cx="{_px(x)}" cy="{_px(y)}" rx="{_px(half)}" ry="{_px(0.35)}"{dashed}/>'
            )
        lines.append(
            f'<text x="{_px(x)}" y="{_px(y)}" text-anchor="middle" dominant-baseline="central" '
            f'fill="currentColor" stroke="none">{escaped(picture.words(name))}</text>'
        )
    return "\n".join([*lines, "</svg>"])


def dot(picture: Picture) -> str:
    """The graph for Graphviz, which finds the places itself."""
    lines = ["digraph {"]
    for name in picture.graph.nodes:
        style = " [style=dashed]" if name in picture.graph.hidden else ""
        if name in picture.done:
            style = f" [shape=box, label={_quoted(picture.words(name))}]"
        lines.append(f"  {_quoted(name)}{style};")
    graph = picture.mutilated
    lines += [f"  {_quoted(a)} -> {_quoted(b)};" for a, b in graph.directed]
    lines += [
        f"  {_quoted(a)} -> {_quoted(b)} [dir=both, style=dashed, constraint=false];"
        for a, b in graph.bidirected
    ]
    return "\n".join([*lines, "}"])


def _style(picture: Picture, name: str) -> str:
    if name in picture.done:
        return "intervened"
    return "hidden" if name in picture.graph.hidden else "observed"


def _bends_left(places: Mapping[str, Point], one: str, other: str) -> bool:
    """Which way an arc turns, as seen when walking along it: where it keeps away from other nodes.

    If it makes no difference, it goes above what stands side by side, and to the right of what stands
    below each other.
    """
    a, b = places[one], places[other]
    others = [point for name, point in places.items() if name not in (one, other)]
    room = {left: _room(a, b, left, others) for left in (True, False)}
    if abs(room[True] - room[False]) > _CLOSE:
        return room[True] > room[False]
    return b[0] - a[0] > _CLOSE or (abs(b[0] - a[0]) <= _CLOSE and b[1] > a[1])


def _room(a: Point, b: Point, left: bool, others: Sequence[Point]) -> float:
    """How near an arc comes to other nodes; beyond a layer it doesn't matter."""
    middle = _middle(a, b, left)
    near = HIGH
    for step in range(1, 10):
        t = step / 10
        x, y = ((1 - t) ** 2 * a[i] + 2 * t * (1 - t) * middle[i] + t**2 * b[i] for i in range(2))
        near = min([near, *(hypot(x - p, y - q) for p, q in others)])
    return near


def _middle(a: Point, b: Point, left: bool) -> Point:
    """The point that an arc is drawn to."""
    turn = 0.45 if left else -0.45
    return (
        (a[0] + b[0]) / 2 + turn * (b[1] - a[1]),
        (a[1] + b[1]) / 2 - turn * (b[0] - a[0]),
    )


def _edge(centre: Point, towards: Point, width: float) -> Point:
    """Where a line from the centre of an ellipse leaves it."""
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    far = hypot(dx / (width / 2), dy / 0.35) or 1.0
    return centre[0] + dx / far, centre[1] + dy / far


def _px(length: float) -> str:
    return f"{round(length * _PIXELS, 1) + 0.0:g}"


def _xy(point: Point) -> str:
    return f"{_px(point[0])} {_px(point[1])}"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
