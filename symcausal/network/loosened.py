"""The same network with symbols in place of numbers.

Main definitions
----------------
symbolic : the network with rows of some tables, or of all, as symbols.
rows_of : the rows that a formula such as ``P(S | I=high)`` names.
numbers_of : the numbers that stood where these symbols stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.scalar import Indeterminate, Number, Term
from symcausal.errors import UsageError, nearest
from symcausal.expr.nodes import Expr, Prob, State
from symcausal.network.network import Network, Table
from symcausal.network.parameters import symbolic_table, told_apart
from symcausal.record import replace

Chosen = Callable[[str, Mapping[str, str]], bool]


def symbolic(network: Network, chosen: Chosen | None = None) -> Network:
    """Return the network with a symbol in every entry of some rows but one, which is what remains.

    Which one :func:`~symcausal.network.parameters.remainder_of` tells: the last, or a *no*.

    Parameters
    ----------
    network : Network
        Whose rows may hold anything.
    chosen : callable, optional
        Whether a row, given by its variable and the parents' states, is made symbolic; all are by
        default. A symbol's name is the same whichever other rows are chosen.
    """
    open_tables = _open_tables(network)
    if chosen is None:
        return replace(network, tables=open_tables)
    tables = {}
    for name, table in network.tables.items():
        entries: list[Term] = []
        width = network.size(name)
        for i, (states, row) in enumerate(network.rows(name)):
            at = dict(zip(table.parents, states, strict=True))
            new = open_tables[name].entries[i * width : (i + 1) * width]
            entries += new if chosen(name, at) else row
        tables[name] = Table(name, table.parents, tuple(entries))
    return replace(network, tables=tables)


def rows_of(named: Sequence[Expr], network: Network) -> Chosen:
    """Return the rows that formulas name, each by a variable and states of some parents.

    Raises
    ------
    UsageError
        If a formula names no rows of a table.
    """
    wanted: list[tuple[str, dict[str, str]]] = []
    for expr in named:
        if not isinstance(expr, Prob) or len(expr.outcome) != 1 or expr.do:
            raise UsageError(
                "rows of tables to make symbolic are named by their probabilities",
                expected="P(S), or P(S | I=high)",
            )
        variable = expr.outcome[0].variable
        parents, fixed = network.table(variable).parents, dict[str, str]()
        for event in expr.given:
            if event.variable not in parents:
                raise UsageError(
                    f"{event.variable} is no parent of {variable}", hint=nearest("", parents)
                )
            if isinstance(event.value, State):
                network.variable(event.variable).position(event.value.name)
                fixed[event.variable] = event.value.name
        wanted.append((variable, fixed))

    def chosen(variable: str, at: Mapping[str, str]) -> bool:
        return any(name == variable and fixed.items() <= at.items() for name, fixed in wanted)

    return chosen


def numbers_of(network: Network) -> dict[str, Fraction]:
    """Return the number that each symbol of :func:`symbolic` stands for, by its name."""
    found = {}
    for name, table in _open_tables(network).items():
        for new, old in zip(table.entries, network.tables[name].entries, strict=True):
            if isinstance(new, Indeterminate) and isinstance(old, Number):
                found[new.name] = old.value
    return found


def _open_tables(network: Network) -> dict[str, Table]:
    variables = network.variables
    tables = {
        name: symbolic_table(variables[name], table.parents, variables)
        for name, table in network.tables.items()
    }
    return told_apart(tables, network.declared)
