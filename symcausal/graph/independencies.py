"""The conditional independencies that arrows imply.

Main definitions
----------------
Independence : one of them.
local_basis : each variable is independent of its other non-descendants given its Markov blanket.
independencies : every pair that can be separated, by each of its minimal sets.

References
----------
[Pearl2009]_ Theorem 1.2.7 for the basis; [Richardson2003]_ Section 3 where there are hidden causes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from symcausal.errors import LimitError
from symcausal.graph.graph import Graph, bits, closure
from symcausal.graph.separators import minimal_separators
from symcausal.record import record

MOST_LISTED = 20_000


@record
class Independence:
    """The independence of ``left`` and ``right`` given ``given``, in every model of a graph."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    given: tuple[str, ...] = ()

    def __str__(self) -> str:
        given = f" | {', '.join(self.given)}" if self.given else ""
        return f"{', '.join(self.left)} _||_ {', '.join(self.right)}{given}"


def local_basis(graph: Graph) -> list[Independence]:
    """Return the local Markov property, from which all other independencies follow.

    Without hidden causes: each variable is independent of what it doesn't act on, given its parents.
    A variable with hidden causes is independent of the others given its Markov blanket, which is its
    c-component and the parents of that; and so it is in every smaller set of variables that holds
    all their causes and none of its effects, where the component falls apart ([Richardson2003]_).

    Raises
    ------
    LimitError
        If there are more than :data:`MOST_LISTED`.

    Examples
    --------
    >>> [str(one) for one in local_basis(Graph("ABC", ["AB", "BC"]))]
    ['C _||_ A | B']
    """
    basis: list[Independence] = []
    for i in graph.order:
        mine = 1 << i
        for whole, component in _ancestral_sets(graph, i):
            blanket = (component | graph.parents_mask(component)) & ~mine
            others = whole & ~blanket & ~mine
            if others:
                sides = (mine, others, blanket)
                basis.append(Independence(*map(graph.names, sides)))
        if len(basis) > MOST_LISTED:
            raise _too_many()
    return basis


def _ancestral_sets(graph: Graph, i: int) -> Iterator[tuple[int, int]]:
    """The largest sets without effects of a variable for each c-component that it may have there.

    Taking a member of the component away, with its effects, leaves a smaller component.
    """
    mine = 1 << i
    kept = graph.ancestors_mask(mine)
    everything = (1 << len(graph.nodes)) - 1 & ~graph.descendants_mask(mine) | mine
    waiting = [closure(mine, graph.sibling_masks, everything)]
    met = set(waiting)
    for component in waiting:  # grows while it runs
        beside = 0
        for j in bits(component):
            beside |= graph.sibling_masks[j]
        whole = everything & ~graph.descendants_mask(beside & everything & ~component)
        yield whole, component
        for j in bits(component & ~kept):
            rest = whole & ~graph.descendants_mask(1 << j)
            smaller = closure(mine, graph.sibling_masks, rest)
            if smaller not in met:
                met.add(smaller)
                waiting.append(smaller)
        if len(met) > MOST_LISTED:
            raise _too_many()


def _too_many() -> LimitError:
    return LimitError(
        f"more than {MOST_LISTED} independencies to list",
        hint="ask about fewer variables, or whether one of them holds",
    )


def independencies(graph: Graph) -> list[Independence]:
    """Return the separable pairs of observed variables, each with every minimal separating set.

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
            raise _too_many()
        sets.sort(key=lambda mask: (mask.bit_count(), tuple(bits(mask))))
        pair = (graph.nodes[left],), (graph.nodes[right],)
        found += [Independence(*pair, graph.names(mask)) for mask in sets]
    return found
