"""The tables of mechanisms, which are the same in every functional model.

Main definitions
----------------
mechanisms_of : the tables of zeros and ones of a network.
"""

from __future__ import annotations

from fractions import Fraction

from symcausal.algebra.scalar import ONE, ZERO, Number
from symcausal.network.network import Network


def mechanisms_of(network: Network) -> dict[str, tuple[Fraction, ...]] | None:
    """Return the flat tables that leave nothing to chance; None where they do not say all.

    They do not where a bidirected edge joins such a variable, or where a monotone arrow leads to it.
    """
    graph, found = network.graph, dict[str, tuple[Fraction, ...]]()
    ends = {effect for _, effect in graph.monotone}
    for name, table in network.made.items():
        if any(entry not in (ZERO, ONE) for entry in table.entries):
            continue
        if (
            name in ends
            or table.parents != graph.parents(name)
            or graph.sibling_masks[graph.index(name)]
        ):
            return None
        found[name] = tuple([e.value for e in table.entries if isinstance(e, Number)])
    return found
