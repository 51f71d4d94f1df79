"""Why a table entry makes no difference to an answer.

Main definitions
----------------
Irrelevance : the reasons there are.
why_constant : the one for a probability and an entry.

References
----------
[Shachter1998]_ for the tables that a probability needs.
"""

from __future__ import annotations

from enum import Enum

from symcausal.expr.nodes import Expr, Prob
from symcausal.network.network import Network
from symcausal.numbers.sensitivity.corners import Posterior
from symcausal.numbers.sensitivity.entries import Entry


class Irrelevance(Enum):
    """The reason why an answer does not depend on an entry."""

    SET = "do() replaces the table of {variable}"
    BARREN = "{variable} is barren: no variable of the query is {variable} or comes after it"
    SEPARATED = "the table of {variable} cancels: what is known separates it from the outcome"
    ROW = "its row speaks of {parent}={state}, which the query excludes"
    NUMBERS = "with the other numbers of the model it cancels"
    CANCELS = "it cancels from the answer"

    def sentence(self, entry: Entry, parent: str = "", state: str = "") -> str:
        """Return the reason in words."""
        return self.value.format(variable=entry.variable, parent=parent, state=state)


def why_constant(
    network: Network, query: Expr, entry: Entry | None, found: Posterior | None
) -> str:
    """Return the reason why an answer does not depend on an entry, in words."""
    if entry is None or not isinstance(query, Prob):
        return Irrelevance.CANCELS.value
    done = query.do.variables
    if entry.variable in done:
        return Irrelevance.SET.sentence(entry)
    graph = network.graph.cut(into=done) if done else network.graph
    mentioned = (*query.outcome.variables, *query.given.variables)
    if entry.variable not in graph.ancestors(mentioned):
        return Irrelevance.BARREN.sentence(entry)
    if found is not None and entry.variable not in found.used:
        return Irrelevance.SEPARATED.sentence(entry)
    known = {event.variable: event.value.name for event in (*query.given, *query.do)}
    for parent, state in entry.parents:
        if known.get(parent, state) != state:
            return Irrelevance.ROW.sentence(entry, parent, state)
    return Irrelevance.NUMBERS.value
