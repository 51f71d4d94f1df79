"""Separating sets by name: what would make two sets of variables independent.

Main definitions
----------------
separating_sets : all sets, the minimal ones, or the smallest.

References
----------
[vanderZander2019]_ Section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcausal.errors import UsageError
from symcausal.graph.enumeration import Kind, listed, refuse_kind, sets_between
from symcausal.graph.graph import Graph
from symcausal.graph.separation import separated
from symcausal.graph.separators import minimal_separators
from symcausal.graph.smallest import minimum_separators


def separating_sets(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    *,
    forced: Iterable[str] = (),
    forbidden: Iterable[str] = (),
    kind: Kind = "minimal",
    most: int | None = None,
) -> list[tuple[str, ...]]:
    """Return the sets of observed variables given which two others are independent.

    Parameters
    ----------
    graph : Graph
        The graph.
    left, right : iterable of str
        Sets of variables without common members.
    forced, forbidden : iterable of str
        Variables that every set must hold, or may not.
    kind : {"minimal", "minimum", "all"}
        The sets of which no proper subset that still holds the forced variables would do; those
        with the fewest variables; or every set.

    Returns
    -------
    list of tuple of str
        By size, then by declaration order. An empty list if there is none; a list of an empty tuple
        if nothing has to be given. With ``most``, the first that are found.

    Raises
    ------
    UsageError
        If the two sets overlap, or a variable is forced that can be in no set.
    LimitError
        If there are more than :data:`~symcausal.graph.enumeration.MOST_SETS` and ``most`` is not
        given.

    Examples
    --------
    >>> separating_sets(Graph("IDGSL", ["IG", "DG", "IS", "GL"]), "S", "L")
    [('I',), ('G',)]
    """
    refuse_kind(kind)
    x, y, kept = graph.mask(left), graph.mask(right), graph.mask(forced)
    for name in graph.names(x & y):
        raise UsageError(f"{name} on both sides", expected="two sets without common variables")
    barred = x | y | graph.mask(graph.hidden) | graph.mask(forbidden)
    for name in graph.names(kept & barred):
        raise UsageError(
            f"no set can be forced to hold '{name}'",
            expected="an observed variable that is on neither side and not forbidden",
        )
    allowed = (1 << len(graph.nodes)) - 1 & ~barred & ~kept
    masks = listed(_found(graph, (x, y), kept, allowed, kind), f"{kind} separating sets", most)
    return [graph.names(mask) for mask in masks]


def _found(
    graph: Graph, sides: tuple[int, int], kept: int, allowed: int, kind: Kind
) -> Iterator[int]:
    match kind:
        case "minimal":
            return (mask | kept for mask in minimal_separators(graph, *sides, allowed, kept))
        case "minimum":
            return (mask | kept for mask in minimum_separators(graph, *sides, allowed, kept))
        case "all":
            left, right = map(graph.names, sides)

            def exists(least: int, most: int) -> bool:
                # if any set between the two separates, so does this one
                widest = least | graph.ancestors_mask(sides[0] | sides[1] | least) & most
                return separated(graph, left, right, graph.names(widest))

            return sets_between(kept, kept | allowed, exists)
