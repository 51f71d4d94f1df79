"""The conditional independencies that arrows imply.

Main definitions
----------------
Independence : one of them.
local_basis : each variable is independent of its other non-descendants given its parents.
independencies : every pair that can be separated, by each of its minimal sets.

References
----------
[Pearl2009]_ Theorem 1.2.7 for the basis; [Richardson2003]_ Section 3 where there are hidden causes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, islice

from symcausal.errors import LimitError
from symcausal.graph.graph import Graph, bits, closure
from symcausal.graph.separators import minimal_separators

MOST_LISTED = 20_000


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
    """The local Markov property: each variable is independent of what it doesn't act on, given its
    parents.

    A variable with hidden causes is independent of the others given its Markov blanket, which is its
    c-component and the parents of that, as far as it doesn't act on them ([Richardson2003]_). All
    other independencies follow where the graph has no bidirected edges.
    """  # noqa: D205 - one sentence
    basis = []
    everything = (1 << len(graph.nodes)) - 1
    for i in graph.order:
        mine = 1 << i
        others = everything & ~graph.descendants_mask(mine)
        component = closure(mine, graph.sibling_masks, others)
        blanket = (component | graph.parents_mask(component)) & ~mine
        if others & ~blanket:
            basis.append(
                Independence(
                    (graph.nodes[i],), graph.names(others & ~blanket), graph.names(blanket)
                )
            )
    return basis


def independencies(graph: Graph) -> list[Independence]:
    """Every pair of observed variables that can be separated, with each minimal separating set.

    Pairs and sets stand in declaration order, smaller sets of a pair first.

    Raises
    ------
    LimitError
        If there are more than :data:`MOST_LISTED`.
    """
    observed = [i for i, name in enumerate(graph.nodes) if name not in graph.hidden]
    allowed = graph.mask(graph.nodes[i] for i in observed)
    found: list[Independence] = []
    for left, right in combinations(observed, 2):
        room = MOST_LISTED - len(found)
        sets = list(islice(minimal_separators(graph, 1 << left, 1 << right, allowed), room + 1))
        if len(sets) > room:
            raise LimitError(
                f"more than {MOST_LISTED} independencies to list",
                hint="ask for the local basis, or about fewer variables",
            )
        sets.sort(key=lambda mask: (mask.bit_count(), tuple(bits(mask))))
        pair = (graph.nodes[left],), (graph.nodes[right],)
        found += [Independence(*pair, graph.names(mask)) for mask in sets]
    return found
