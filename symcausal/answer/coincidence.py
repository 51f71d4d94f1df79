"""Whether an independence holds in the numbers of a model, whatever its arrows say.

Main definitions
----------------
holds_in_numbers : the answer in exact fractions, where it can be had at once.
"""

from __future__ import annotations

from math import prod

from symcausal.algebra.deadline import within
from symcausal.errors import LimitError
from symcausal.expr.build import prob, product
from symcausal.expr.nodes import free_events
from symcausal.kernel.core.interpretation import exact
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network

_SECONDS = 2.0
_MOST_ENTRIES = 20_000


def holds_in_numbers(
    network: Network, left: tuple[str, ...], right: tuple[str, ...], given: tuple[str, ...]
) -> bool | None:
    """Decide whether ``P(l, r, g) P(g) = P(l, g) P(r, g)`` holds for all states, in a model's numbers.

    None where that can't be said: entries that are open, hidden causes that have no table, a joint
    table that is too large.
    """
    graph = network.graph
    names = graph.names(graph.mask((*left, *right, *given)))
    entries = prod(len(network.variable(name).states) for name in names)
    if not network.is_numeric or graph.bidirected or entries > _MOST_ENTRIES:
        return None
    letters = {name: name for name in names}
    seen = free_events(given)
    one, other = free_events(left) | seen, free_events(right) | seen
    sides = (
        product((prob(one | other), prob(seen))),
        product((prob(one), prob(other))),
    )
    try:
        with within(_SECONDS):
            at = exact(network)
            ours, theirs = (meaning(side, at, letters) for side in sides)
    except LimitError:
        return None
    return list(ours.values) == list(theirs.values)
