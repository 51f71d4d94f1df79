"""Paths: open ones, open back doors, directed paths, and the common causes behind them.

Main definitions
----------------
open_paths : open paths between two sets.
back_door_paths : open paths that enter the treatment.
directed_paths : paths along the arrows.
confounders : common causes of two variables.

References
----------
[Pearl2009]_ Definition 3.3.1 for the back door; Section 6.2 for confounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush

from symcausal.graph.graph import Graph, bits, closure
from symcausal.graph.separation import Path, path_of

MOST_PATHS = 20
_MOST_STEPS = 20_000

Move = tuple[str, int]  # the arrow and the node behind it
_Arrival = tuple[int, bool]  # a node, and whether the arrow that led to it points at it
_Trail = tuple[int, tuple[int, ...], tuple[str, ...]]  # its length at least, nodes, arrows
Moves = Callable[[_Arrival], Iterable[Move]]


def back_door_paths(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    given: Iterable[str] = (),
    *,
    most: int = MOST_PATHS,
) -> list[Path]:
    """Return the open paths that begin with an arrow into the treatment.

    Parameters and result are those of :func:`open_paths`.
    """
    return _open(graph, left, right, given, most, into=True)


def open_paths(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    given: Iterable[str] = (),
    *,
    most: int = MOST_PATHS,
) -> list[Path]:
    """Return the open paths between two sets of variables.

    Parameters
    ----------
    graph : Graph
        The graph.
    left, right : iterable of str
        The sets; a path touches them at its ends only. As for separation, a member of ``given`` is
        no end.
    given : iterable of str
        What is observed besides.
    most : int
        Stop after this many.

    Returns
    -------
    list of Path
        Shortest first, ties in declaration order. On a large graph the search ends after a fixed
        number of steps, but never before it has found one path if there is any.
    """
    return _open(graph, left, right, given, most, into=False)


def _open(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    given: Iterable[str],
    most: int,
    *,
    into: bool,
) -> list[Path]:
    seen, starts = graph.mask(given), graph.mask(left)
    opened = graph.ancestors_mask(seen)

    def moves(state: _Arrival) -> Iterator[Move]:
        node, head = state
        free = not seen >> node & 1
        if opened >> node & 1 if head else free:
            yield from _moves("<-", graph.parent_masks[node] & ~starts)
            yield from _moves("<->", graph.sibling_masks[node] & ~starts)
        if free:
            yield from _moves("->", graph.child_masks[node] & ~starts)

    first = [
        (start, move)
        for start in bits(starts & ~seen)
        for arrow, near in (
            ("<-", graph.parent_masks),
            ("<->", graph.sibling_masks),
            *(() if into else (("->", graph.child_masks),)),
        )
        for move in _moves(arrow, near[start] & ~starts)
    ]
    goals = graph.mask(right) & ~seen
    return [
        path_of(graph, *found, seen, graph.parent_masks)
        for found in shortest(first, moves, goals, most)
        if found is not None
    ]


def directed_paths(
    graph: Graph, left: Iterable[str], right: Iterable[str], *, most: int = MOST_PATHS
) -> list[Path]:
    """Return the paths along the arrows that touch two sets at their ends only, shortest first.

    Ties are in declaration order; the search stops after ``most`` paths.
    """
    starts = graph.mask(left)

    def moves(state: _Arrival) -> Iterator[Move]:
        return _moves("->", graph.child_masks[state[0]] & ~starts)

    first = [(start, move) for start in bits(starts) for move in moves((start, False))]
    return [
        path_of(graph, *found, 0, graph.parent_masks)
        for found in shortest(first, moves, graph.mask(right), most)
        if found is not None
    ]


def confounders(graph: Graph, left: Iterable[str], right: Iterable[str]) -> tuple[str, ...]:
    """Return the common causes of a treatment and an outcome.

    The path to the outcome avoids the treatment, and the two have no other variable in common; so a
    cause of a common cause is not one itself. A hidden common cause that a bidirected edge stands for
    is named by its ends, ``G <-> L``.

    Examples
    --------
    >>> confounders(Graph("ZXY", ["ZX", "ZY", "XY"]), "X", "Y")
    ('Z',)
    """
    starts, goals = graph.mask(left), graph.mask(right)
    aside = graph.cut(out_of=graph.names(starts))
    above, beside = graph.ancestors_mask(starts), aside.ancestors_mask(goals)
    causes = above & beside & ~starts & ~goals
    found = [graph.nodes[i] for i in bits(causes) if _part_at(aside, i, starts, goals)]
    for one, other in graph.bidirected:
        i, j = graph.index(one), graph.index(other)
        if (above >> i & 1 and beside >> j & 1) or (above >> j & 1 and beside >> i & 1):
            found.append(f"{one} <-> {other}")
    return tuple(found)


def _part_at(graph: Graph, node: int, starts: int, goals: int) -> bool:
    """Whether no single variable stands on all directed paths from a node to both sets.

    By Menger's theorem that is the same as two paths that have nothing but the node in common.
    """
    below = graph.descendants_mask(1 << node) & ~(1 << node)
    for other in bits(below):
        inside = ~(1 << other)
        reached = closure(1 << node, graph.child_masks, inside)
        if not reached & (starts | goals):
            return False
    return True


def _moves(arrow: str, mask: int) -> Iterator[Move]:
    return ((arrow, node) for node in bits(mask))


def _arrival(move: Move) -> _Arrival:
    arrow, node = move
    return node, arrow != "<-"


def shortest(
    first: list[tuple[int, Move]], moves: Moves, goals: int, most: int
) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]] | None]:
    """Yield paths in order of length, then of their nodes, from first moves to the first goal.

    Every trail waits with the length that it will have at least, so none that leads nowhere is
    followed. The first trail to arrive is a shortest walk, and a shortest open walk is a path. If
    the search ends before it is known to be complete, after ``most`` paths or too many steps, the
    last answer is None.
    """
    if most <= 0:
        return
    left = _distances({_arrival(move) for _, move in first}, moves, goals)
    waiting: list[_Trail] = [
        (1 + left[_arrival(move)], (start, move[1]), (move[0],))
        for start, move in first
        if _arrival(move) in left
    ]
    heapify(waiting)
    for _ in range(_MOST_STEPS):
        if not waiting:
            return
        _, nodes, arrows = heappop(waiting)
        if goals >> nodes[-1] & 1:
            most -= 1
            yield nodes, arrows
            if most <= 0:
                break
            continue
        for arrow, node in moves(_arrival((arrows[-1], nodes[-1]))):
            rest = left.get(_arrival((arrow, node)))
            if rest is not None and node not in nodes:
                trail = (*nodes, node), (*arrows, arrow)
                heappush(waiting, (len(trail[1]) + rest, *trail))
    yield None


def _distances(first: set[_Arrival], moves: Moves, goals: int) -> dict[_Arrival, int]:
    """Return the number of moves from each state that can be reached to the nearest goal."""
    before: dict[_Arrival, list[_Arrival]] = {state: [] for state in first}
    waiting = list(first)
    while waiting:
        state = waiting.pop()
        if goals >> state[0] & 1:
            continue
        for following in map(_arrival, moves(state)):
            if following not in before:
                before[following] = []
                waiting.append(following)
            before[following].append(state)
    distance = {state: 0 for state in before if goals >> state[0] & 1}
    frontier = list(distance)
    for state in frontier:  # grows while it runs
        for earlier in before[state]:
            if earlier not in distance:
                distance[earlier] = distance[state] + 1
                frontier.append(earlier)
    return distance
