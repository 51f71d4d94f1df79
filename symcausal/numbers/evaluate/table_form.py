r"""Closed forms as tables: what variable elimination makes, before any cell is written out.

The tables on the way are few where their cells are thousands, so this form stays small, is made in
no time, and is what a textbook prints: :math:`\tau_1(g) = \sum_i P(i) P(g \mid i)`. Cells are made
of it when they are asked for.

Main definitions
----------------
Entries, Numbers, SumProduct, At, TableRatio, Total : what a table can be.
TableForm : tables, each made once, what they are made of before them.
table_form : the tables of a formula.
expanded : the cells of a formula as nodes of a circuit.

References
----------
[Koller2009]_ Section 9.3 for variable elimination and its tables.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from symcausal.algebra.scalar import Number, Term
from symcausal.expr.nodes import Event, Events, Expr
from symcausal.expr.scope import all_letters, free_letters, fresh
from symcausal.graph.graph import bits
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.columns import TableColumns
from symcausal.numbers.evaluate.elimination import AxisFactor, best_order, joined
from symcausal.numbers.evaluate.formula import ConditionShown, FormulaReading, Letters
from symcausal.numbers.evaluate.plan import Plan
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


def table_form(network: Network, expr: Expr, *, effects_first: bool = False) -> TableForm:
    """Return a formula as tables, in the shape of its elimination.

    Parameters
    ----------
    network : Network
        Whose entries they are made of.
    expr : Expr
        The formula.
    effects_first : bool
        Whether effects are summed out before their causes where both cost the same, as textbooks do;
        else the variables that are declared first.

    Raises
    ------
    UnknownVariableError, UnknownStateError, UsageError
        If the formula does not fit the network.
    LimitError
        If a table on the way is too large, with the number of its variables and entries.
    """
    reading = _TableReading(network, expr, effects_first=effects_first)
    form = reading.form
    free = free_letters(expr)
    letters = {letter: reading.axis(variable) for letter, variable in free.items()}
    form.letters.update({letters[name]: (variable, name) for name, variable in free.items()})
    form.answer = reading.joined(reading.pool(expr, letters))
    form.axes = tuple(letters.values())
    form.assumes = tuple(reading.assumes)
    return form


class _TableReading(FormulaReading[int]):
    """The reading of a formula in a network, as operations on tables."""

    __slots__ = ("_effects_first", "_hidden", "_taken", "assumes", "form")

    def __init__(self, network: Network, expr: Expr, *, effects_first: bool) -> None:
        super().__init__(network, TableColumns(network, Circuit()))
        self.form = TableForm(network, self.sizes)
        self.assumes: dict[Positive, None] = {}
        self._hidden: dict[int, int] = {}
        self._taken = all_letters(expr)
        self._effects_first = effects_first

    # -- formulas -------------------------------------------------------------------------------
    def term(self, term: Term) -> int:
        """A scalar as a table without axes."""
        return self.form.put(Numbers((term,), None), ())

    def numbers(
        self, scope: tuple[int, ...], numbers: Sequence[Fraction], event: Event | None = None
    ) -> int:
        """A table of constants."""
        return self.form.put(Numbers(tuple(map(Number, numbers)), event), scope)

    def summed(self, pool: list[int], axes: list[int]) -> list[int]:
        """Sum axes out of a product; a sum over an axis that it lacks counts the states."""
        mentioned = {axis for table in pool for axis in self.form.scopes[table]}
        idle = [axis for axis in axes if axis not in mentioned]
        counts = [self.numbers((), [Fraction(self.sizes[axis])]) for axis in idle]
        return self._eliminated([*pool, *counts], [axis for axis in axes if axis in mentioned])

    def joined(self, pool: list[int]) -> int:
        """The product of some tables as one."""
        return self._product(pool, ()) if pool else self.numbers((), [Fraction(1)])

    def added(self, tables: Sequence[int]) -> int:
        """The sum of some tables."""
        scopes = self.form.scopes
        return self.form.put(Total(tuple(tables)), (a for table in tables for a in scopes[table]))

    def divided(self, top: int, bottom: int, divisor: Positive | None) -> int:
        """A quotient of tables."""
        if divisor is not None:
            self.assumes[divisor] = None
        return self._ratio_of(top, bottom)

    # -- probabilities --------------------------------------------------------------------------
    def conditional(self, plan: Plan, condition: ConditionShown) -> list[int]:
        """A conditional probability: one quotient, or the product of what has no denominator."""
        if plan.evidence:
            self.assumes[condition.positive] = None
        clashes = [self._indicator(factor) for factor in plan.clashes]
        agreement = [self._indicator(factor) for factor in plan.agreement]
        top, bottom = self._ratio(plan)
        if not bottom and not agreement:
            return [*clashes, *top]
        return [self._ratio_of(self.joined([*clashes, *top]), self.joined([*bottom, *agreement]))]

    def _ratio(self, plan: Plan) -> tuple[list[int], list[int]]:
        """Numerator and denominator as products; no denominator where it is one."""
        hidden = plan.tables & ~plan.targets & ~plan.evidence
        if plan.below == plan.tables and self._is_plain(plan):
            return self._shared(plan, hidden)
        top = self._tables(plan, plan.tables, hidden)
        if not plan.below:
            return top, []
        return top, self._tables(plan, plan.below, plan.below & ~plan.evidence)

    def _shared(self, plan: Plan, hidden: int) -> tuple[list[int], list[int]]:
        """One elimination for both: the denominator is the sum of all numerators."""
        place = plan.place
        fixed = {v: self._axis_of(v) for v in bits(plan.targets) if place[v] < 0}
        table = self.joined(self._tables(plan, plan.tables, hidden, fixed))
        bottom = self._product([table], [fixed.get(v, place[v]) for v in bits(plan.targets)])
        for variable, axis in fixed.items():
            scope = [a for a in self.form.scopes[table] if a != axis]
            table = self.form.put(At(table, axis, ~place[variable]), scope)
        return [table], [bottom]

    def _tables(
        self, plan: Plan, tables: int, hidden: int, opened: Mapping[int, int] | None = None
    ) -> list[int]:
        """The product of some tables with hidden variables summed out."""
        axes = {variable: self._axis_of(variable) for variable in self._in_order(hidden)}
        place = {**plan.place, **axes, **(opened or {})}
        pool = [self._entries(variable, place) for variable in bits(tables)]
        return self._eliminated(pool, list(axes.values()))

    def _in_order(self, hidden: int) -> Iterable[int]:
        """Variables that are summed out; of equals the first to get an axis is the first to go."""
        if not self._effects_first:
            return bits(hidden)
        graph = self.network.graph
        order = (graph.index(name) for name in reversed(graph.topological()))
        return [variable for variable in order if hidden >> variable & 1]

    def _entries(self, variable: int, place: Mapping[int, int]) -> int:
        graph, tables = self.network.graph, self.network.tables
        own = (*map(graph.index, tables[graph.nodes[variable]].parents), variable)
        places = tuple((one, place[one]) for one in own)
        return self.form.put(Entries(variable, places), (p for _, p in places if p >= 0))

    def _axis_of(self, variable: int) -> int:
        """The axis of a variable where it is summed out: the same in every probability."""
        axis = self._hidden.get(variable)
        if axis is None:
            name = self.network.graph.nodes[variable]
            axis = self._hidden[variable] = self.axis(name)
            self.form.letters[axis] = (name, fresh(name, self._taken))
        return axis

    def _is_plain(self, plan: Plan) -> bool:
        axes = [place for place in plan.place.values() if place >= 0]
        return len(set(axes)) == len(axes)

    def _indicator(self, factor: AxisFactor) -> int:
        return self.numbers(factor.scope, [Fraction(value) for value in factor.values])

    # -- elimination ----------------------------------------------------------------------------
    def _eliminated(self, pool: list[int], axes: list[int]) -> list[int]:
        """Sum axes out of a product, one after the other."""
        scopes = self.form.scopes
        order = best_order([scopes[table] for table in pool], axes, self.sizes)
        order.refuse_if_endless()
        pool, gone = list(pool), set[int]()  # by position: a table may stand there twice
        holders: dict[int, list[int]] = {axis: [] for axis in order.axes}
        for position, table in enumerate(pool):
            for axis in scopes[table]:
                if axis in holders:
                    holders[axis].append(position)
        for axis in order.axes:
            touched = [position for position in holders[axis] if position not in gone]
            gone.update(touched)
            table = self._product([pool[position] for position in touched], (axis,))
            for other in scopes[table]:
                if other in holders:
                    holders[other].append(len(pool))
            pool.append(table)
        return [table for position, table in enumerate(pool) if position not in gone]

    def _product(self, pool: Sequence[int], summed: Sequence[int]) -> int:
        if len(pool) == 1 and not summed:
            return pool[0]
        scope = {axis for table in pool for axis in self.form.scopes[table]}
        return self.form.put(SumProduct(tuple(pool), tuple(summed)), scope.difference(summed))

    def _ratio_of(self, top: int, bottom: int) -> int:
        scopes = self.form.scopes
        return self.form.put(TableRatio(top, bottom), (*scopes[top], *scopes[bottom]))

    def _numbers(self, event: Event, letters: Letters) -> int:
        table = super()._numbers(event, letters)
        operation = self.form.operations[table]
        assert isinstance(operation, Numbers)
        return self.form.put(Numbers(operation.terms, event), self.form.scopes[table])

    def _bind(self, over: Events, letters: Letters) -> dict[str, int]:
        inner = super()._bind(over, letters)
        for event in over:
            if event.value.name in inner:
                self.form.letters[inner[event.value.name]] = (event.variable, event.value.name)
        return inner


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
