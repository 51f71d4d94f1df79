"""Tables beside a declaration that a variable never falls as a cause rises.

Main definitions
----------------
refuse_falling : refuse a table that falls where the model says that it does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise, product

from symcausal.algebra.scalar import Number, Term
from symcausal.errors import ModelError
from symcausal.graph.graph import Graph


def refuse_falling(
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    tables: Mapping[str, tuple[tuple[str, ...], Sequence[Term]]],
) -> None:
    """Refuse numbers that no functional model with these monotone arrows has.

    Who never falls is at or below each state at most as often under a higher cause. Rows with symbols
    are not looked at, nor is a variable with a hidden cause that is no parent of it.

    Raises
    ------
    ModelError
        If a row is lower than one under a lower cause, all else equal.
    """
    for cause, effect in graph.monotone:
        if effect not in tables or graph.sibling_masks[graph.index(effect)]:
            continue
        parents, entries = tables[effect]
        at, width = parents.index(cause), len(states[effect])
        places = product(*(states[parent] for parent in parents))
        rows = {place: entries[i * width : (i + 1) * width] for i, place in enumerate(places)}
        for low, high in pairwise(states[cause]):
            for place, below in rows.items():
                if place[at] == low and _falls(below, rows[*place[:at], high, *place[at + 1 :]]):
                    raise ModelError(
                        f"P({effect} | {cause}={high}) is lower than P({effect} | {cause}={low})",
                        expected=f"no fall of {effect}, by 'monotone {cause} -> {effect}'",
                        hint="states rise in the order in which they are listed",
                    )


def _falls(below: Sequence[Term], above: Sequence[Term]) -> bool:
    lower = [entry.value for entry in below if isinstance(entry, Number)]
    upper = [entry.value for entry in above if isinstance(entry, Number)]
    if len(lower) < len(below) or len(upper) < len(above):
        return False
    return any(up > low for up, low in zip(accumulate(upper), accumulate(lower), strict=True))
