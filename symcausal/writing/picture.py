"""What a picture of a graph shows, and where.

Main definitions
----------------
Picture : a graph and what is set in it.
bends_left, arc_middle : the way of an arc.
border : where a line leaves a node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot

from symcausal.graph.graph import Graph
from symcausal.graph.layered import Point, layered
from symcausal.record import record

HIGH = 1.5  # from layer to layer, in centimetres
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


def bends_left(places: Mapping[str, Point], one: str, other: str) -> bool:
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


def border(centre: Point, towards: Point, width: float) -> Point:
    """Where a line from the centre of an ellipse leaves it."""
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    far = hypot(dx / (width / 2), dy / 0.35) or 1.0
    return centre[0] + dx / far, centre[1] + dy / far
