"""The conditional independencies that arrows imply.

Main definitions
----------------
Independence : one of them.
local_basis : each variable is independent of its other non-descendants given its parents.
independencies : every pair that can be separated, by each of its minimal sets.

References
----------
[Pearl2009]_ Theorem 1.2.7 for the basis.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.graph.separation import separated

MOST_TESTS = 200_000


@dataclass(frozen=True, slots=True)
class Independence:
    """``left`` is independent of ``right`` given ``given`` in every model of a graph."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    given: tuple[str, ...] = ()

    def __str__(self) -> str:
        given = f" | {', '.join(self.given)}" if self.given else ""
        return f"{', '.join(self.left)} _||_ {', '.join(self.right)}{given}"


def local_basis(graph: Graph) -> list[Independence]:
    """The local Markov property, from which all others of a graph without hidden causes follow."""
    basis = []
    for name in graph.topological():
        parents = graph.parents(name)
        below = set(graph.descendants((name,)))
        others = tuple(n for n in graph.nodes if n not in below and n not in parents)
        if others:
            basis.append(Independence((name,), others, parents))
    return basis


def independencies(graph: Graph) -> list[Independence]:
    """Every pair of observed variables that can be separated, with each minimal separating set.

    Raises
    ------
    LimitError
        If the graph needs more than :data:`MOST_TESTS` tests.
    """
    observed = [name for name in graph.nodes if name not in graph.hidden]
    tests = 0
    found = []
    for left, right in combinations(observed, 2):
        rest = [
            n for n in graph.ancestors((left, right)) if n in observed and n not in (left, right)
        ]
        minimal: list[frozenset[str]] = []
        for given in _subsets(rest):
            tests += 1
            if tests > MOST_TESTS:
                raise LimitError(
                    f"more than {MOST_TESTS} separations to test",
                    hint="ask for the local basis, or about fewer variables",
                )
            if any(smaller <= set(given) for smaller in minimal):
                continue
            if separated(graph, (left,), (right,), given):
                minimal.append(frozenset(given))
                found.append(Independence((left,), (right,), given))
    return found


def _subsets(names: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(names) + 1):
        yield from combinations(names, size)
