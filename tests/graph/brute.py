"""Plain statements of what the library computes cleverly: all paths, all subsets.

Nothing here uses masks or the library's separation; a graph is read as its lists of edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from random import Random

from symcausal.graph.graph import Graph

Way = tuple[tuple[str, ...], tuple[str, ...]]  # nodes, and the arrows between them


def random_graph(
    random: Random, size: int, *, arrows: float = 0.35, both: float = 0.12, hidden: float = 0.0
) -> Graph:
    """A graph whose declaration order is not its causal order."""
    nodes = [f"V{i}" for i in range(size)]
    order = random.sample(nodes, size)
    pairs = list(combinations(order, 2))
    return Graph(
        nodes,
        [pair for pair in pairs if random.random() < arrows],
        [pair for pair in pairs if random.random() < both],
        [name for name in nodes if random.random() < hidden],
    )


def disjoint(random: Random, names: Iterable[str], *sizes: tuple[int, int]) -> list[list[str]]:
    """Disjoint random sets, each with a size between two bounds as far as there is room."""
    rest = list(names)
    random.shuffle(rest)
    made = []
    for least, most in sizes:
        size = min(len(rest), random.randint(least, most))
        made.append(rest[:size])
        rest = rest[size:]
    return made


def below(edges: Iterable[tuple[str, str]], names: Iterable[str]) -> set[str]:
    """Descendants, the names included."""
    arrows, found = list(edges), set(names)
    while more := {b for a, b in arrows if a in found} - found:
        found |= more
    return found


def above(edges: Iterable[tuple[str, str]], names: Iterable[str]) -> set[str]:
    """Ancestors, the names included."""
    return below([(b, a) for a, b in edges], names)


def steps(graph: Graph, node: str) -> Iterator[tuple[str, str]]:
    """The arrows at a node, as written from it."""
    for a, b in graph.directed:
        if a == node:
            yield "->", b
        if b == node:
            yield "<-", a
    for a, b in graph.bidirected:
        if node in (a, b):
            yield "<->", b if node == a else a


def ways(graph: Graph, start: str, end: str) -> Iterator[Way]:
    """Every path without repeated nodes, open or not."""
    stack: list[Way] = [((start,), ())]
    while stack:
        nodes, arrows = stack.pop()
        if nodes[-1] == end:
            yield nodes, arrows
            continue
        stack += [
            ((*nodes, following), (*arrows, arrow))
            for arrow, following in steps(graph, nodes[-1])
            if following not in nodes
        ]


def colliders(way: Way) -> set[str]:
    """The inner nodes between two arrowheads."""
    nodes, arrows = way
    return {
        node
        for before, node, after in zip(arrows, nodes[1:-1], arrows[1:], strict=False)
        if before in ("->", "<->") and after in ("<-", "<->")
    }


def is_open(graph: Graph, way: Way, given: Iterable[str]) -> bool:
    """Whether a path lets dependence through (Pearl 2009, Definition 1.2.3)."""
    seen = set(given)
    met = colliders(way)
    return not seen & (set(way[0][1:-1]) - met) and met <= above(graph.directed, seen)


def proper_ways(graph: Graph, left: Iterable[str], right: Iterable[str]) -> Iterator[Way]:
    """Paths that touch the two sets at their ends only."""
    starts, ends = set(left), set(right)
    for start, end in product(sorted(starts), sorted(ends)):
        for way in ways(graph, start, end):
            if not (starts | ends) & set(way[0][1:-1]):
                yield way


def adjusts(graph: Graph, x: Iterable[str], y: Iterable[str], z: Iterable[str]) -> bool:
    """The adjustment criterion, path by path (Shpitser, VanderWeele and Robins 2010).

    No member lies below a variable, other than a treatment, on a proper causal path, once the
    arrows into the treatments are cut; and all proper paths that are not causal are blocked.
    """
    starts, chosen = set(x), set(z)
    if chosen & (starts | set(y) | graph.hidden):
        return False
    uncut = [(a, b) for a, b in graph.directed if b not in starts]
    for way in _proper_from(graph, starts, y):
        if set(way[1]) == {"->"}:
            if chosen & below(uncut, way[0][1:]):
                return False
        elif is_open(graph, way, chosen):
            return False
    return True


def _proper_from(graph: Graph, starts: set[str], ends: Iterable[str]) -> Iterator[Way]:
    """Paths that touch the first set at their start only; they may pass through the second."""
    for start, end in product(sorted(starts), sorted(set(ends))):
        for way in ways(graph, start, end):
            if not starts & set(way[0][1:]):
                yield way


def subsets(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """All subsets, small ones first, in the given order."""
    listed = list(names)
    for size in range(len(listed) + 1):
        yield from combinations(listed, size)
