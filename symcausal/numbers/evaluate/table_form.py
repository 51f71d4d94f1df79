r"""Closed forms as tables: what variable elimination makes, before any cell is written out.

The tables on the way are few where their cells are thousands, so this form stays small, is made in
no time, and is what a textbook prints: :math:`\tau_1(g) = \sum_i P(i) P(g \mid i)`. Cells are made
of it when they are asked for. :mod:`symcausal.numbers.evaluate.table_reading` makes it of a formula.

Main definitions
----------------
Entries, Numbers, SumProduct, At, TableRatio, Total : what a table can be.
TableForm : tables, each made once, what they are made of before them.
expanded : the cells of a formula as nodes of a circuit.

References
----------
[Koller2009]_ Section 9.3 for variable elimination and its tables.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from symcausal.algebra.scalar import Term
from symcausal.expr.nodes import Event
from symcausal.hints import TypeAlias
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.columns import TableColumns
from symcausal.numbers.evaluate.elimination import AxisFactor, joined
from symcausal.rules.condition import Positive


class Entries(NamedTuple):
    """A table of entries of a variable, with the places of its parents and its own.

    A place is an axis, or the state with number ``k`` as ``~k``.
    """

    variable: int
    places: tuple[tuple[int, int], ...]


class Numbers(NamedTuple):
    """A table of numbers or of a term that the formula itself holds.

    ``event`` says whose states they are, if they are the states of a variable.
    """

    terms: tuple[Term, ...]
    event: Event | None


class SumProduct(NamedTuple):
    """The product of some tables, summed over some axes."""

    parts: tuple[int, ...]
    summed: tuple[int, ...]


class At(NamedTuple):
    """A table where one axis has one state."""

    part: int
    axis: int
    state: int


class TableRatio(NamedTuple):
    """A quotient of two tables."""

    top: int
    bottom: int


class Total(NamedTuple):
    """The sum of some tables."""

    parts: tuple[int, ...]


Operation: TypeAlias = Entries | Numbers | SumProduct | At | TableRatio | Total


def is_worked_out(operation: Operation) -> bool:
    """Whether cells are worked out from other cells, rather than read off a table."""
    match operation:
        case SumProduct() | TableRatio() | Total():
            return True
        case Entries() | Numbers() | At():
            return False


def summed_axes(operation: Operation) -> tuple[int, ...]:
    """The axes that an operation sums over."""
    match operation:
        case SumProduct(_, summed):
            return summed
        case Entries() | Numbers() | At() | TableRatio() | Total():
            return ()


class TableForm:
    """A formula as tables over axes, each made once.

    Attributes
    ----------
    network : Network
        Whose entries they are made of.
    operations : list of Operation
        What each table is; parts before wholes.
    scopes : list of tuple of int
        The axes of each, in order.
    sizes : dict of int to int
        How many values each axis runs over.
    letters : dict of int to (str, str)
        The variable of each axis, and the letter that stands for its value.
    answer : int
        The position of the table of the formula.
    axes : tuple of int
        The axes of the free letters.
    assumes : tuple of Positive
        The conditions that must be possible.
    """

    __slots__ = (
        "_known", "answer", "assumes", "axes", "letters", "network", "operations", "scopes",
        "sizes",
    )  # fmt: skip

    def __init__(self, network: Network, sizes: dict[int, int]) -> None:
        self.network = network
        self.sizes = sizes
        self.operations: list[Operation] = []
        self.scopes: list[tuple[int, ...]] = []
        self.letters: dict[int, tuple[str, str]] = {}
        self._known: dict[tuple[type[Operation], Operation, tuple[int, ...]], int] = {}
        self.answer = 0
        self.axes: tuple[int, ...] = ()
        self.assumes: tuple[Positive, ...] = ()

    def count(self, axes: Iterable[int]) -> int:
        """Return the number of assignments of some axes."""
        return math.prod(self.sizes[axis] for axis in axes)

    def parts(self, table: int) -> tuple[int, ...]:
        """Return the tables that a table is made of."""
        match self.operations[table]:
            case SumProduct(parts, _) | Total(parts):
                return parts
            case At(part, _, _):
                return (part,)
            case TableRatio(top, bottom):
                return (top, bottom)
            case Entries() | Numbers():
                return ()

    def needed(self, table: int, known: Collection[int] = ()) -> list[int]:
        """A table and all that it is made of, in order; what ``known`` ones are made of left out."""
        seen = {table}
        waiting = [table]
        while waiting:
            whole = waiting.pop()
            for part in () if whole in known else self.parts(whole):
                if part not in seen:
                    seen.add(part)
                    waiting.append(part)
        return sorted(seen)

    def put(self, operation: Operation, scope: Iterable[int]) -> int:
        """Return the position of a table, which is added unless it is there already."""
        axes = tuple(sorted(set(scope)))
        key = (type(operation), operation, axes)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = len(self.operations)
            self.operations.append(operation)
            self.scopes.append(axes)
        return known


# -- cells ----------------------------------------------------------------------------------------
def expanded(form: TableForm, circuit: Circuit, table: int | None = None) -> list[int]:
    """Return the cells of a table as nodes of a circuit, the last axis fastest.

    Parameters
    ----------
    form : TableForm
        The tables.
    circuit : Circuit
        Where the cells are made.
    table : int, optional
        Which table, over its scope; the formula's own, over the free letters, if left out.
    """
    columns = TableColumns(form.network, circuit)
    wanted = form.answer if table is None else table
    found: dict[int, AxisFactor] = {}
    for position in form.needed(wanted):
        found[position] = _factor(form, position, found, columns, circuit)
    scope = form.axes if table is None else form.scopes[table]
    return joined([found[wanted]], scope, form.sizes, circuit)


def _factor(
    form: TableForm,
    table: int,
    found: Mapping[int, AxisFactor],
    columns: TableColumns,
    circuit: Circuit,
) -> AxisFactor:
    scope, sizes = form.scopes[table], form.sizes

    def cells(parts: Iterable[int], over: Sequence[int]) -> list[int]:
        return joined([found[part] for part in parts], over, sizes, circuit)

    match form.operations[table]:
        case Entries(variable, places):
            return columns.slice(variable, columns.nodes(variable), dict(places), sizes)
        case Numbers(terms, _):
            return AxisFactor(scope, [circuit.term(term) for term in terms])
        case SumProduct(parts, summed):
            column = cells(parts, (*scope, *summed))
            width = form.count(summed)
            rows = (column[at : at + width] for at in range(0, len(column), width))
            return AxisFactor(scope, column if width == 1 else [circuit.total(row) for row in rows])
        case At(part, axis, state):
            column = cells((part,), (axis, *scope))
            width = form.count(scope)
            return AxisFactor(scope, column[state * width : (state + 1) * width])
        case TableRatio(top, bottom):
            pairs = zip(cells((top,), scope), cells((bottom,), scope), strict=True)
            return AxisFactor(scope, [circuit.quotient(x, y) for x, y in pairs])
        case Total(parts):
            columns_ = [cells((part,), scope) for part in parts]
            return AxisFactor(scope, [circuit.total(row) for row in zip(*columns_, strict=True)])
