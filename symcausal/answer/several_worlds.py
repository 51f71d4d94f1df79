"""The value of what would have been, where a model determines it.

Main definitions
----------------
of_one_world : a formula of the same value in which nothing speaks of several worlds.
"""

from __future__ import annotations

from symcausal.algebra.scalar import number
from symcausal.derive.worksheet import Worksheet
from symcausal.derive.worlds import to_one_world
from symcausal.errors import ImpossibleEventError, UsageError
from symcausal.expr.nodes import Expr, Scalar
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.kernel.determined import Undetermined, determined
from symcausal.network.network import Network
from symcausal.rules.rule import Context
from symcausal.writing.text import text


def of_one_world(query: Expr, network: Network) -> Expr:
    """Return a formula of the same value in which nothing speaks of several worlds.

    That is what the rules lead to, or else a number, where the rows that have to be known at once are
    certain.

    Raises
    ------
    UsageError
        If the tables do not determine the value.
    ImpossibleEventError
        If it is defined nowhere.
    """
    graph = network.graph
    known = Graph(
        graph.nodes, graph.directed, graph.bidirected
    )  # what has a table is as good as seen
    sheet = Worksheet(query, Context(known))
    if to_one_world(sheet, network.states) is None:
        return sheet.formula
    if graph.bidirected:
        raise UsageError(
            "a hidden cause without a table stands behind what would have been",
            hint="ask whether it is identifiable",
        )
    if not network.is_numeric:
        raise UsageError(
            "tables with open entries do not determine what would have been in several worlds",
            hint="give numbers for all entries: where they are 0 and 1, they may",
        )
    letters = free_letters(query)
    if letters:
        raise UsageError(
            f"a free value of {next(iter(letters.values()))} in a query about several worlds",
            expected="states, as in P(Y_{X=1}=1 | X=0)",
        )
    try:
        (value,) = determined(query, network, letters)
    except Undetermined as left:
        raise UsageError(
            f"the tables do not determine {_told(left)}",
            hint="two models with these tables may differ in it; `identify` says what would help",
        ) from None
    if value is None:
        raise ImpossibleEventError(f"of {text(query)}")
    return Scalar(number(value))


def _told(left: Undetermined) -> str:
    """What is not determined, in words."""
    rows = [", ".join(f"{name}={state}" for name, state in row.items()) for row in left.rows]
    return f"the law of {left.variable} under {' and under '.join(rows)} at once"
