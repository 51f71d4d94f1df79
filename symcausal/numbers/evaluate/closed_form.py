"""Closed forms: a formula in a network as exact expressions over table entries.

Main definitions
----------------
closed_form : the closed form of a formula.
ClosedForm : one circuit node for each assignment of the free values.

References
----------
[Darwiche2003]_ for answers as expressions over parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

from symcausal.algebra.decimals import digit_count
from symcausal.errors import ImpossibleEventError, LimitError, UsageError
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.hints import TypeVar
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.reading import Reading
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.record import record
from symcausal.rules.condition import Positive

W = TypeVar("W")

LONGEST_WRITTEN = 20_000


@record
class ClosedForm:
    """The value of a formula as expressions over table entries, one for each cell.

    Attributes
    ----------
    circuit : Circuit
        Where the expressions are.
    nodes : ValueTable of int
        A node for each assignment of the free letters; a formula without free letters has the one
        assignment ``()``.
    assumes : tuple of Positive
        Conditions that the value depends on, which symbols leave open.
    """

    circuit: Circuit
    nodes: ValueTable[int]
    assumes: tuple[Positive, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """The free letters."""
        return self.nodes.variables

    @property
    def node(self) -> int:
        """The only node, of a formula without free letters.

        Raises
        ------
        UsageError
            If values are free.
        """
        if self.variables:
            raise UsageError(
                f"the values of {', '.join(self.variables)} are free",
                expected="a formula with one value",
                hint="name their states, or take the table of all",
            )
        return self.nodes[()]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that occur, in the order of their first use."""
        circuit = self.circuit
        reached = circuit.reachable(self.nodes.values())
        return tuple(p.name for n in reached if (p := circuit.entry(n)) is not None)

    def lengths(self) -> list[int]:
        """Return the number of symbols and numbers of each cell when it is written out."""
        sizes: dict[int, int] = {}
        for node in self.circuit.reachable(self.nodes.values()):
            sizes[node] = sum(sizes[part] for part in self.circuit.children(node)) or 1
        return [sizes[node] for node in self.nodes.values()]

    def refuse_if_endless(self) -> None:
        """Refuse a closed form that shares so many parts that no text of it would end.

        Raises
        ------
        LimitError
            If all cells together take more than :data:`LONGEST_WRITTEN` symbols and numbers.
        """
        length = sum(self.lengths())
        if length > LONGEST_WRITTEN:
            size = digit_count(length) - 1
            raise LimitError(
                f"the closed form is too long to write: it has about 10^{size} symbols",
                expected=f"at most {LONGEST_WRITTEN}",
                hint="give numbers for the parameters, or use the closed form in Python, "
                "where common parts are shared",
            )

    def each(self, function: Callable[[Circuit, int], W]) -> W | ValueTable[W]:
        """Return every cell in another form: one value, or a table if values are free."""
        if not self.variables:
            return function(self.circuit, self.node)
        return self.nodes.map(lambda node: function(self.circuit, node))

    def numbers(self) -> Fraction | ValueTable[Fraction | None] | None:
        """Return the cells as numbers, None where parameters remain."""
        return self.each(Circuit.number)


def closed_form(network: Network, expr: Expr, *, circuit: Circuit | None = None) -> ClosedForm:
    """Return a formula as exact expressions over table entries, in the shape of its elimination.

    Parameters
    ----------
    network : Network
        Its tables may hold numbers, symbols and expressions.
    expr : Expr
        Any formula over the network's variables. A letter that is free stands for each state.
    circuit : Circuit, optional
        Where to build, so that several formulas may share nodes.

    Returns
    -------
    ClosedForm
        Complements stay as they were entered, nothing is multiplied out, and a conditional
        probability is one quotient.

    Raises
    ------
    ImpossibleEventError
        If the value is defined for no assignment, because a condition has probability zero.
    UnknownVariableError, UnknownStateError, UsageError
        If the formula does not fit the network.
    LimitError
        If a table on the way is too large.
    """
    reading = Reading(network, circuit or Circuit())
    free = free_letters(expr)
    letters = {letter: reading.axis(variable) for letter, variable in free.items()}
    cells = reading.cells(expr, letters)
    states = tuple(network.variable(variable).states for variable in free.values())
    nodes: dict[tuple[str, ...], int] = {}
    undefined: dict[tuple[str, ...], str] = {}
    for key, node in zip(product(*states), cells, strict=True):
        reason = reading.circuit.reason(node)
        if reason is None:
            nodes[key] = node
        else:
            undefined[key] = reason
    if not nodes:
        raise ImpossibleEventError(next(iter(undefined.values())))
    table = ValueTable(tuple(free), states, nodes, undefined)
    return ClosedForm(reading.circuit, table, tuple(reading.assumes))
