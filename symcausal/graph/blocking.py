"""Why two sets are separated: every path between them, and where it is blocked.

Main definitions
----------------
Blocked : a path with the variables that block it.
Blocking : the paths between two sets, or the first of them.
blocked_paths : find them.

References
----------
[Pearl2009]_ Definition 1.2.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcausal.graph.graph import Graph, bits
from symcausal.graph.paths import Move, shortest
from symcausal.graph.separation import Path, path_of
from symcausal.record import record

MOST_SHOWN = 20


@record
class Blocked:
    """A path with what blocks it.

    Attributes
    ----------
    path : Path
        From one set to the other.
    observed : tuple of str
        Inner variables, no colliders, that are conditions.
    closed : tuple of str
        Colliders that neither are conditions nor have one below them.
    """

    path: Path
    observed: tuple[str, ...]
    closed: tuple[str, ...]


@record
class Blocking:
    """The paths between two separated sets, each with what blocks it.

    Attributes
    ----------
    paths : tuple of Blocked
        Shortest first, ties in declaration order; none if the sets are not connected.
    complete : bool
        Whether these are all.
    """

    paths: tuple[Blocked, ...]
    complete: bool


def blocked_paths(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    given: Iterable[str] = (),
    *,
    cut_into: Iterable[str] = (),
    cut_out_of: Iterable[str] = (),
    most: int = MOST_SHOWN,
) -> Blocking:
    """Return the paths between two separated sets, each with what blocks it.

    Parameters are those of :func:`~symcausal.graph.separation.separated`. A path touches the two sets
    at its ends only. Open paths have nothing that blocks them; for these ask for an open path.

    Examples
    --------
    >>> student = Graph("DIGSL", ["DG", "IG", "IS", "GL"])
    >>> [one] = blocked_paths(student, "D", "L", "G").paths
    >>> str(one.path), one.observed, one.closed
    ('D -> G -> L', ('G',), ())
    """
    graph = graph.cut(into=cut_into, out_of=cut_out_of)
    seen = graph.mask(given)
    starts, goals = graph.mask(left) & ~seen, graph.mask(right) & ~seen
    opened = graph.ancestors_mask(seen)

    def moves(state: tuple[int, bool]) -> Iterator[Move]:
        node, _ = state
        steps = (
            ("<-", graph.parent_masks),
            ("<->", graph.sibling_masks),
            ("->", graph.child_masks),
        )
        return ((arrow, i) for arrow, near in steps for i in bits(near[node] & ~starts))

    first = [(start, move) for start in bits(starts) for move in moves((start, False))]
    found = list(shortest(first, moves, goals, most + 1))
    complete = len(found) <= most and None not in found
    paths = (
        path_of(graph, *way, seen, graph.parent_masks) for way in found[:most] if way is not None
    )
    return Blocking(tuple(_blocked(graph, path, seen, opened) for path in paths), complete)


def _blocked(graph: Graph, path: Path, seen: int, opened: int) -> Blocked:
    inner, colliders = path.nodes[1:-1], set(path.colliders)
    return Blocked(
        path,
        tuple(n for n in inner if n not in colliders and seen >> graph.index(n) & 1),
        tuple(n for n in inner if n in colliders and not opened >> graph.index(n) & 1),
    )
