"""Formulas of several worlds, where rules lead to one.

Main definitions
----------------
of_one_world : a formula of the same value in which nothing speaks of several worlds.
"""

from __future__ import annotations

from symcausal.derive.worksheet import Worksheet
from symcausal.derive.worlds import to_one_world
from symcausal.expr.nodes import Counterfactual, Expr
from symcausal.expr.path import everywhere
from symcausal.graph.graph import Graph
from symcausal.network.network import Network
from symcausal.rules.condition import Distinct
from symcausal.rules.contradicting_worlds import contradiction
from symcausal.rules.rule import Context


def of_one_world(query: Expr, network: Network) -> Expr | None:
    """Return a formula of the same value in which nothing speaks of several worlds; None without one.

    It has the same value whatever values the letters have, whether the same or not.
    """
    graph = network.graph
    # what has a table is as good as seen
    known = Graph(graph.nodes, graph.directed, graph.bidirected, (), graph.monotone)
    sheet = Worksheet(query, Context(known))
    if to_one_world(sheet, network.states) is not None:
        return None
    if network.is_numeric and not graph.monotone and _drops_a_condition(sheet, query):
        return None  # which numbers may make impossible
    decided = (d.condition for line in sheet.lines for step in line.steps for d in step.conditions)
    # a table of all values has a row for letters that are equal
    return None if any(isinstance(one, Distinct) for one in decided) else sheet.formula


def _drops_a_condition(sheet: Worksheet, query: Expr) -> bool:
    """Whether a law that contradicts what is seen was left out, and with it what is seen."""
    laws = [part for _, part in everywhere(query) if isinstance(part, Counterfactual)]
    return any(law.given for law in laws) and any(
        line.rule is contradiction for line in sheet.lines
    )
