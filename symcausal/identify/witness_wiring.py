"""Who hears whom in a hedge, so that all signs cancel but those of the parity.

Main definitions
----------------
Wiring, wirings : ways to choose the arrows.
spanning_tree : bidirected edges that hold a hedge together.

References
----------
[ShpitserPearl2006]_ Definition 5, C-forests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import NamedTuple

from symcausal.graph.graph import Graph, bits
from symcausal.identify.witness_hedge import Hedges

MOST_CHOICES = 16


class Wiring(NamedTuple):
    """A choice, for the members of hedges, of the one that hears each, so that signs cancel.

    Attributes
    ----------
    links : mapping
        For each hedge, for some of its members the one other that hears them, so that their signs
        cancel. For a variable outside it: who hears it instead.
    gates : mapping of int to int
        Members that have business outside the hedges too. The one of the base that hears them takes
        part in the parity only where they are in their first state.
    """

    links: Mapping[int, Mapping[int, int]]
    gates: Mapping[int, int]


def wirings(part: Graph, hedges: Hedges) -> Iterator[Wiring]:
    """Yield the wirings of hedges: for each member the one arrow by which it cancels, or none.

    A member outside the base that does not cancel is heard by one of the base in the hedges that do
    not hold it: so its sign belongs to the parity of all hedges.
    """
    masks = list(dict.fromkeys(mask for mask, _ in (*hedges.first, *hedges.second)))
    base, union = hedges.base, hedges.base
    for mask in masks:
        union |= mask
    kept: list[list[tuple[int, int]]] = []
    for i in bits(base):
        inner = [(i, j) for j in bits(part.child_masks[i] & base)]
        loose = part.child_masks[i] & ~base or not inner
        kept.append([(i, -1), *inner] if loose else [*inner, (i, -1)])
    told = [
        [(i, -1), *((i, j) for j in bits(part.child_masks[i] & base))] for i in bits(union & ~base)
    ]
    for choice in islice(product(*told, *kept), MOST_CHOICES):
        chosen = {i: j for i, j in choice if j >= 0}
        gates = {
            i: j
            for i, j in chosen.items()
            if not base >> i & 1 and (part.sibling_masks[i] | part.parent_masks[i]) & ~union
        }
        for forest in (_nearest, _farthest):
            links = {
                mask: {
                    **{i: j for i, j in forest(part, mask, base).items() if i not in chosen},
                    **{
                        i: j
                        for i, j in chosen.items()
                        if base >> i & 1 or (not mask >> i & 1 and i not in gates)
                    },
                }
                for mask in masks
            }
            yield Wiring(links, gates)


def _nearest(part: Graph, mask: int, base: int) -> dict[int, int]:
    """For each member outside the base the next one on a shortest way to the base."""
    found: dict[int, int] = {}
    reached = frontier = base
    while frontier:
        new = 0
        for i in bits(mask & ~reached):
            ahead = part.child_masks[i] & frontier
            if ahead:
                found[i] = (ahead & -ahead).bit_length() - 1
                new |= 1 << i
        reached |= new
        frontier = new
    return found


def _farthest(part: Graph, mask: int, base: int) -> dict[int, int]:
    """The same, but the base comes last: arrows into it are left for other things."""
    found: dict[int, int] = {}
    for i in bits(mask & ~base):
        ahead = part.child_masks[i] & mask
        ahead = ahead & ~base or ahead
        found[i] = (ahead & -ahead).bit_length() - 1
    return found


def spanning_tree(part: Graph, mask: int, base: int) -> Iterator[tuple[int, int]]:
    """Yield bidirected edges that hold a set together, first those that hold its base together."""
    reached = base & -base
    for within in (base, mask):
        grown = True
        while grown:
            grown = False
            for j in bits(within & ~reached):
                near = part.sibling_masks[j] & reached
                if near:
                    yield (near & -near).bit_length() - 1, j
                    reached |= 1 << j
                    grown = True
