"""Paths: open back doors, directed paths, and the common causes behind them.

Main definitions
----------------
back_door_paths : open paths that enter the treatment.
directed_paths : paths along the arrows.
confounders : common causes of two variables.

References
----------
[Pearl2009]_ Definition 3.3.1 for the back door; Section 6.2 for confounding.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from symcausal.graph.graph import Graph, bits
from symcausal.graph.separation import Path

MOST_PATHS = 20
_MOST_STEPS = 20_000

_Trail = tuple[tuple[int, ...], tuple[str, ...]]


def back_door_paths(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    given: Iterable[str] = (),
    *,
    most: int = MOST_PATHS,
) -> list[Path]:
    """Open paths from a treatment to an outcome that begin with an arrow into the treatment.

    Parameters
    ----------
    graph : Graph
        The graph.
    left, right : iterable of str
        Treatments and outcomes; a path touches them at its ends only.
    given : iterable of str
        What is observed besides.
    most : int
        Stop after this many.

    Returns
    -------
    list of Path
        Shortest first, ties in declaration order. On a large graph the search ends after a fixed
        number of steps.
    """
    seen = graph.mask(given)
    starts, goals = graph.mask(left), graph.mask(right)
    opened = graph.ancestors_mask(seen)
    found: list[Path] = []
    queue: deque[_Trail] = deque()
    for start in bits(starts):
        queue += [((start, i), ("<-",)) for i in bits(graph.parent_masks[start] & ~starts)]
        queue += [((start, i), ("<->",)) for i in bits(graph.sibling_masks[start] & ~starts)]
    steps = 0
    while queue and len(found) < most and steps < _MOST_STEPS:
        steps += 1
        nodes, arrows = queue.popleft()
        here = nodes[-1]
        if goals >> here & 1:
            found.append(_path(graph, nodes, arrows, seen))
            continue
        used = starts
        for node in nodes:
            used |= 1 << node
        for arrow, following in _neighbours(graph, here):
            collider = arrows[-1].endswith(">") and arrow.startswith("<")
            if (opened if collider else ~seen) >> here & 1:
                queue += [((*nodes, i), (*arrows, arrow)) for i in bits(following & ~used)]
    return found


def directed_paths(
    graph: Graph, left: Iterable[str], right: Iterable[str], *, most: int = MOST_PATHS
) -> list[Path]:
    """Paths along the arrows from one set to another, shortest first."""
    goals = graph.mask(right)
    useful = graph.ancestors_mask(goals)
    found: list[Path] = []
    queue: deque[tuple[int, ...]] = deque((i,) for i in bits(graph.mask(left)))
    while queue and len(found) < most:
        nodes = queue.popleft()
        if len(nodes) > 1 and goals >> nodes[-1] & 1:
            names = tuple(graph.nodes[i] for i in nodes)
            found.append(Path(names, ("->",) * (len(nodes) - 1)))
            continue
        queue += [(*nodes, i) for i in bits(graph.child_masks[nodes[-1]] & useful)]
    return found


def confounders(graph: Graph, left: Iterable[str], right: Iterable[str]) -> tuple[str, ...]:
    """Common causes: variables with a directed path to the treatment, and one to the outcome
    that avoids the treatment.

    A hidden common cause that a bidirected edge stands for is named by its ends, ``G <-> L``.
    """  # noqa: D205 - one sentence
    starts, goals = graph.mask(left), graph.mask(right)
    aside = graph.cut(out_of=graph.names(starts))
    above, beside = graph.ancestors_mask(starts), aside.ancestors_mask(goals)
    found = list(graph.names(above & beside & ~starts & ~goals))
    for one, other in graph.bidirected:
        i, j = graph.index(one), graph.index(other)
        if (above >> i & 1 and beside >> j & 1) or (above >> j & 1 and beside >> i & 1):
            found.append(f"{one} <-> {other}")
    return tuple(found)


def _neighbours(graph: Graph, node: int) -> Iterator[tuple[str, int]]:
    yield "<-", graph.parent_masks[node]
    yield "->", graph.child_masks[node]
    yield "<->", graph.sibling_masks[node]


def _path(graph: Graph, nodes: tuple[int, ...], arrows: tuple[str, ...], seen: int) -> Path:
    openers = []
    for i in range(1, len(nodes) - 1):
        if arrows[i - 1].endswith(">") and arrows[i].startswith("<") and not seen >> nodes[i] & 1:
            below = next(j for j in bits(seen) if graph.ancestors_mask(1 << j) >> nodes[i] & 1)
            openers.append((graph.nodes[nodes[i]], graph.nodes[below]))
    return Path(tuple(graph.nodes[i] for i in nodes), arrows, tuple(openers))
