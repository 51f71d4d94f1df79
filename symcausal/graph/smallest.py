"""Separating sets of the least size.

In the undirected graph of :mod:`~symcausal.graph.separators` they are the smallest vertex cuts, and
a cut is as small as can be when as many disjoint ways lead across. After one cut the others are those
that lack its first member, those that hold the first and lack the second, and so on.

Main definitions
----------------
minimum_separators : all of them.

References
----------
[vanderZander2019]_ Section 6 for the reduction, [FordFulkerson1956]_ for the disjoint ways.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.graph.graph import Graph, bits
from symcausal.graph.separators import around, cuttable, join

_Stop = tuple[int, bool]  # a node, and whether it may be left


def minimum_separators(
    graph: Graph, left: int, right: int, allowed: int, forced: int = 0
) -> Iterator[int]:
    """Yield the smallest sets that separate two others together with ``forced``, as masks.

    Parameters and result are those of :func:`~symcausal.graph.separators.minimal_separators`.
    """
    ends = left | right
    near = cuttable(graph, ends, graph.ancestors_mask(ends | forced), allowed & ~ends, forced)
    if left & right or around(near, left) & right:
        return
    first = _smallest_cut(near, left, right)
    waiting = [(0, first, near)]
    while waiting:
        held, cut, near = waiting.pop()
        yield held | cut
        for i in bits(cut):
            # The rest hold all members before this one and lack this one.
            lacking = _without(near, i)
            if not around(lacking, left) & right:
                following = _smallest_cut(lacking, left, right)
                if (held | following).bit_count() == first.bit_count():
                    waiting.append((held, following, lacking))
            held |= 1 << i
            near = _removed(near, i)


def _without(near: list[int], node: int) -> list[int]:
    """The graph in which a node can't be cut: its neighbours are joined."""
    made = _removed(near, node)
    join(made, near[node])
    return made


def _removed(near: list[int], node: int) -> list[int]:
    made = [mask & ~(1 << node) for mask in near]
    made[node] = 0
    return made


def _smallest_cut(near: list[int], left: int, right: int) -> int:
    """The smallest cut that is nearest to the left, found by as many disjoint ways as there are."""
    after: dict[int, int] = {}
    before: dict[int, int] = {}
    while True:
        came: dict[_Stop, _Stop | None] = {(i, True): None for i in bits(left)}
        end = _searched(near, right, after, before, came)
        if end is None:
            return sum(1 << i for i in after if (i, False) in came and (i, True) not in came)
        _augment(end, left, after, before, came)


def _searched(
    near: list[int],
    right: int,
    after: dict[int, int],
    before: dict[int, int],
    came: dict[_Stop, _Stop | None],
) -> _Stop | None:
    """Search a way that uses each node once, taking back steps of earlier ways where that helps."""
    waiting = list(came)
    for state in waiting:  # grows while it runs
        node, leaves = state
        if leaves:
            following = [(i, False) for i in bits(near[node]) if after.get(node) != i]
            if node in after:
                following.append((node, False))
        elif right >> node & 1:
            return state
        elif node in before:
            following = [(before[node], True)]
        else:
            following = [(node, True)]
        for step in following:
            if step not in came:
                came[step] = state
                waiting.append(step)
    return None


def _augment(
    end: _Stop,
    left: int,
    after: dict[int, int],
    before: dict[int, int],
    came: dict[_Stop, _Stop | None],
) -> None:
    steps = list[tuple[int, int]]()
    taken_back = list[tuple[int, int]]()
    state = end
    while (previous := came[state]) is not None:
        (start, leaves), (node, _) = previous, state
        if start != node:
            (steps if leaves else taken_back).append((start, node))
        state = previous
    for start, node in taken_back:  # against a step from node to start
        if after.get(node) == start:
            del after[node]
        if before.get(start) == node:
            del before[start]
    for start, node in steps:
        if not left >> start & 1:
            after[start] = node
        before[node] = start
