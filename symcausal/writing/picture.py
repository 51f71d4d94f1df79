"""What a picture of a graph shows, and where.

Main definitions
----------------
Picture : a graph, what is set and seen in it, and what is marked.
Arrangement : the places of its nodes and the bends of its arrows.
bends_left, arc_middle : the way of an arc.
beside : where a sign of a line stands.
border : where a line leaves a node.
extent : how far a picture goes.
PATH_MARKS : how paths are told apart, in colours and in patterns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from symcausal.graph.graph import Graph
from symcausal.graph.layered import Point, layered
from symcausal.hints import TYPE_CHECKING
from symcausal.record import Frozen, field, record

if TYPE_CHECKING:
    from symcausal.graph.separation import Path
    from symcausal.writing.grid import Grid

Edge = tuple[str, str]

HIGH = 1.5  # from layer to layer, in centimetres
LINE = 0.36  # of a label under a name
CELL = 0.34  # the height of a row in a table
GAP = 0.15  # between a node and its table
_ASIDE = 0.2  # from a line to a sign beside it
_BESIDE = 0.25  # above and below a table
_BETWEEN = 0.8  # between what stands in one layer and in the next
_CLOSE = 0.2
_SMALL = 0.15  # the width of a small letter


class PathMark(NamedTuple):
    """A colour, which is seen on white and on black, and a pattern, for who sees no colours."""

    colour: str
    dashes: tuple[int, ...]


# contrast 4.6 or more with white, 3.6 or more with #121212
PATH_MARKS = (
    PathMark("d32f2f", (10, 4)),
    PathMark("1e76d0", (2, 4)),
    PathMark("2e7d32", (10, 4, 2, 4)),
)


@record
class Arrangement:
    """The places of nodes and the bends of arrows, in centimetres, downwards.

    Attributes
    ----------
    places : mapping of str to (float, float)
        The centres of nodes.
    bends : mapping of (str, str) to sequence of (float, float)
        The corners of each arrow, also of those that surgery cuts.
    """

    places: Mapping[str, Point]
    bends: Mapping[Edge, Sequence[Point]]


@record
class Picture:
    """What is to be drawn.

    Attributes
    ----------
    graph : Graph
        Before surgery.
    done : mapping of str to str
        The variables that are set, with their states; an empty text for a value that is not said.
    evidence : mapping of str to str
        The variables that are seen, in the same way.
    paths : tuple of Path
        Those that are marked.
    adjusted : tuple of str
        Variables in a box: those over which is averaged.
    held : tuple of str
        The variables of a hedge.
    labels : mapping of str to str
        What stands under names.
    states : mapping of str to tuple of str
        States that stand under names.
    tables : mapping of str to Grid
        Tables that stand beside variables.
    cut_out_of : tuple of str
        The variables whose outgoing arrows surgery takes away as well.
    names : mapping of str to str
        Names in LaTeX, of nodes that are not written as variables are.
    """

    graph: Graph
    done: Mapping[str, str] = field(default_factory=Frozen, convert=Frozen)
    evidence: Mapping[str, str] = field(default_factory=Frozen, convert=Frozen)
    paths: tuple[Path, ...] = ()
    adjusted: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=Frozen, convert=Frozen)
    states: Mapping[str, tuple[str, ...]] = field(default_factory=Frozen, convert=Frozen)
    tables: Mapping[str, Grid] = field(default_factory=Frozen, convert=Frozen)
    cut_out_of: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=Frozen, convert=Frozen)

    @property
    def mutilated(self) -> Graph:
        """The graph after surgery."""
        return self.graph.cut(into=self.done, out_of=self.cut_out_of)

    @property
    def rising(self) -> tuple[Edge, ...]:
        """The monotone arrows that surgery leaves, each marked with a plus."""
        return tuple(edge for edge in self.mutilated.directed if edge in self.graph.monotone)

    @property
    def cut(self) -> Graph:
        """The graph of the edges that surgery takes away."""
        left = self.mutilated
        kept, joined = set(left.directed), set(left.bidirected)
        graph = self.graph
        return Graph(
            graph.nodes,
            [arrow for arrow in graph.directed if arrow not in kept],
            [pair for pair in graph.bidirected if pair not in joined],
        )

    @property
    def edges(self) -> tuple[str, ...]:
        """The picture in words: the edges after surgery, which rise, and the variables without edges."""
        after = self.mutilated
        joined = {name for pair in (*after.directed, *after.bidirected) for name in pair}
        return (
            *after.edges,
            *(f"monotone {cause} -> {effect}" for cause, effect in self.rising),
            *(name for name in self.graph.nodes if name not in joined),
        )

    # -- what stands in a node ------------------------------------------------------------------
    def state(self, name: str) -> str:
        """The state in which a variable is set or seen; empty if there is none, or none is said."""
        return self.done.get(name, "") or self.evidence.get(name, "")

    def words(self, name: str) -> str:
        """Return the words that stand in a node."""
        return f"{name} = {self.state(name)}" if self.state(name) else name

    def small_lines(self, name: str) -> list[str]:
        """Return the lines that stand under a node, in small type."""
        lines = [self.labels[name]] if self.labels.get(name) else []
        return lines + ([", ".join(self.states[name])] if self.states.get(name) else [])

    def is_boxed(self, name: str) -> bool:
        """Whether a node is a rectangle."""
        return name in self.done

    def width(self, name: str) -> float:
        """How wide a node is, in centimetres."""
        plain, small = 0.2 * len(self.words(name)), self.small_lines(name)
        if not small:
            return max(0.9, plain + 0.5)
        wide = max(plain, *(_SMALL * len(line) for line in small))
        return round(max(0.9, wide + 0.4 if self.is_boxed(name) else 1.2 * wide + 0.5), 2)

    def height(self, name: str) -> float:
        """How high a node is, in centimetres."""
        lines = LINE * len(self.small_lines(name))
        if not lines:
            return 0.7
        return round(0.7 + lines if self.is_boxed(name) else 0.7 + 1.35 * lines, 2)

    def columns(self, name: str) -> list[float]:
        """How wide the columns of its table are; none if it has no table."""
        if name not in self.tables:
            return []
        from symcausal.writing.tables import grid_widths

        return [_SMALL * width + 0.2 for width in grid_widths(self.tables[name])]

    def table_height(self, name: str) -> float:
        """How high its table is; zero if it has none."""
        return CELL * (len(self.tables[name].rows) + 1) if name in self.tables else 0.0

    # -- what is marked -------------------------------------------------------------------------
    def marks(self) -> dict[tuple[str, Edge], int]:
        """The edges of the paths, arrows as ``->`` and arcs as ``<->``, with the number of a path."""
        found: dict[tuple[str, Edge], int] = {}
        for number, path in enumerate(self.paths):
            for here, arrow, there in path.steps:
                if arrow == "<->":
                    kinds = [("<->", (here, there)), ("<->", (there, here))]
                else:
                    kinds = [("->", (here, there) if arrow == "->" else (there, here))]
                for kind in kinds:
                    found.setdefault(kind, number % len(PATH_MARKS))
        return found

    def is_held(self, edge: Edge) -> bool:
        """Whether an edge belongs to the hedge."""
        return set(edge) <= set(self.held)

    # -- where ----------------------------------------------------------------------------------
    def arranged(self) -> Arrangement:
        """The places of nodes and the bends of arrows.

        Surgery keeps the arrangement, so that two pictures can be laid side by side.
        """
        found, names = layered(self.graph), self.graph.nodes
        left = max((self.width(name) / 2 for name in names), default=0.5)
        right = max((self._right(name) for name in names), default=0.5)
        wide = left + right + 0.7
        rows: dict[float, float] = {}
        for name, (_, row) in found.places.items():
            half = max(self.height(name), self.table_height(name)) / 2
            rows[row] = max(rows.get(row, 0.35), half + _BESIDE * bool(self.tables))
        middle = _middles([rows[float(row)] for row in range(len(rows))])

        def placed(point: Point, side: int = 0) -> Point:
            down = middle[int(point[1])] + side * rows[point[1]]
            return round(point[0] * wide, 2), round(down, 2)

        def corners(edge: Edge, chain: Sequence[Point]) -> list[Point]:
            if not self.tables:
                return [placed(point) for point in chain]
            # beside tables a line goes straight down, and it turns between the rows
            start, end = (found.places[name] for name in edge)
            passed = [placed(point, side) for point in chain for side in (-1, 1)]
            return [placed(start, 1), *passed, placed(end, -1)]

        return Arrangement(
            {name: placed(point) for name, point in found.places.items()},
            {edge: corners(edge, chain) for edge, chain in found.bends.items()},
        )

    def _right(self, name: str) -> float:
        """How far a node reaches to the right, with its table."""
        table = sum(self.columns(name))
        return self.width(name) / 2 + (GAP + table if table else 0.0)


def _middles(halves: Sequence[float]) -> list[float]:
    """Return the heights of the middles of rows, counted downwards from the first."""
    found = [0.0]
    for above, below in pairwise(halves):
        found.append(found[-1] + max(HIGH, above + below + _BETWEEN))
    return found


def bends_left(places: Mapping[str, Point], one: str, other: str) -> bool:
    """Whether an arc bends to the left, as seen on the way along it, to keep away from other nodes.

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
    """Return the distance of an arc from the nearest other node, at most that between layers."""
    middle = arc_middle(a, b, left)
    near = HIGH
    for step in range(1, 10):
        t = step / 10
        x, y = ((1 - t) ** 2 * a[i] + 2 * t * (1 - t) * middle[i] + t**2 * b[i] for i in range(2))
        near = min([near, *(hypot(x - p, y - q) for p, q in others)])
    return near


def arc_middle(a: Point, b: Point, left: bool) -> Point:
    """The point that an arc is drawn to."""
    turn = 0.45 if left else -0.45
    return (
        (a[0] + b[0]) / 2 + turn * (b[1] - a[1]),
        (a[1] + b[1]) / 2 - turn * (b[0] - a[0]),
    )


def beside(start: Point, end: Point) -> Point:
    """The point where a sign stands beside a line: at its middle, left of who goes along it."""
    across, down = end[0] - start[0], end[1] - start[1]
    far = hypot(across, down) or 1.0
    return (
        (start[0] + end[0]) / 2 + _ASIDE * down / far,
        (start[1] + end[1]) / 2 - _ASIDE * across / far,
    )


def border(picture: Picture, name: str, centre: Point, towards: Point) -> Point:
    """Return the point at which a line from the centre of a node leaves it."""
    wide, high = picture.width(name) / 2, picture.height(name) / 2
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    across, down = dx / wide, dy / high
    far = max(abs(across), abs(down)) if picture.is_boxed(name) else hypot(across, down)
    far = far or 1.0
    return centre[0] + dx / far, centre[1] + dy / far


def extent(picture: Picture, arranged: Arrangement) -> tuple[float, float, float, float]:
    """The sides of what is drawn: left, right, top, low."""
    if not arranged.places:
        return 0.0, 0.0, 0.0, 0.0
    left, right, top, low = [], [], [], []
    for name, (x, y) in arranged.places.items():
        half, table = picture.width(name) / 2, sum(picture.columns(name))
        left.append(x - half)
        right.append(x + half + (GAP + table if table else 0.0))
        high = max(picture.height(name), picture.table_height(name)) / 2
        top.append(y - high)
        low.append(y + high)
    for x, y in _corners(picture, arranged):
        left.append(x)
        right.append(x)
        top.append(y)
        low.append(y)
    return min(left), max(right), min(top), max(low)


def _corners(picture: Picture, arranged: Arrangement) -> Iterator[Point]:
    """The points that lines turn at: of a curve, that half-way to the point it is drawn to."""
    for chain in arranged.bends.values():
        yield from chain
    for pair in picture.graph.bidirected:
        (x, y), (p, q) = (arranged.places[name] for name in pair)
        across, down = arc_middle((x, y), (p, q), bends_left(arranged.places, *pair))
        yield ((x + p) / 2 + across) / 2, ((y + q) / 2 + down) / 2
