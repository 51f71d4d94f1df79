"""Minimal separating sets, one after the other without trying subsets.

A minimal set that separates ``left`` from ``right`` lies among the ancestors of both and of what is
observed anyway. There, separation is plain connection in an undirected graph: all parents and members
of one c-component are joined to each other. So minimal sets are minimal vertex cuts. From one cut the
next are made by moving a vertex of it to the left and cutting again as far left as possible.

Main definitions
----------------
minimal_separators : all of them.
cuttable : the undirected graph, over what a cut may hold.

References
----------
[Richardson2003]_ for the undirected graph, [vanderZander2019]_ for the ancestors,
[Shen1997]_ for the enumeration.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.graph.graph import Graph, bits, closure


def minimal_separators(
    graph: Graph, left: int, right: int, allowed: int, forced: int = 0
) -> Iterator[int]:
    """Yield the minimal sets that separate two others together with ``forced``, as masks.

    Parameters
    ----------
    graph : Graph
        The graph.
    left, right, forced : int
        Disjoint bit masks.
    allowed : int
        What a set may hold; members of the other three are ignored.

    Yields
    ------
    int
        A set without its forced members; none is part of another. In a fixed order, the ones close
        to ``left`` first; there may be exponentially many, each takes polynomial time.
    """
    ends = left | right
    near = cuttable(graph, ends, graph.ancestors_mask(ends | forced), allowed & ~ends, forced)
    whole = ends | around(near, (1 << len(near)) - 1)
    if left & right or around(near, left) & right:
        return
    first = _cut(near, left, right, whole)
    found = {first}
    queue = [first]
    for cut in queue:  # grows while it runs
        yield cut
        side = closure(left, near, whole & ~cut)
        for i in bits(cut & ~around(near, right)):
            following = _cut(near, side | 1 << i, right, whole)
            if following not in found:
                found.add(following)
                queue.append(following)


def cuttable(graph: Graph, ends: int, kept: int, allowed: int, forced: int) -> list[int]:
    """Return the neighbours in the undirected graph over the ends and what a cut may hold."""
    near = [0] * len(graph.nodes)
    left_over = kept
    while left_over:
        component = closure(left_over & -left_over, graph.sibling_masks, kept)
        left_over &= ~component
        join(near, component | graph.parents_mask(component))
    for i in bits(kept & ~ends):
        if forced >> i & 1 or not allowed >> i & 1:
            beside = near[i]
            for j in bits(beside):
                near[j] &= ~(1 << i)
            near[i] = 0
            if not forced >> i & 1:  # a way leads through it and can't be cut here
                join(near, beside)
    return near


def join(near: list[int], mask: int) -> None:
    """Join all nodes of a mask to each other."""
    for i in bits(mask):
        near[i] |= mask & ~(1 << i)


def _cut(near: list[int], side: int, right: int, whole: int) -> int:
    """The neighbours of ``side`` that are needed to keep it from ``right``."""
    border = around(near, side) & ~side
    return around(near, closure(right, near, whole & ~side & ~border)) & border


def around(near: list[int], mask: int) -> int:
    """Return the neighbours of a mask."""
    found = 0
    for i in bits(mask):
        found |= near[i]
    return found
