"""From a formula to the tables of its elimination.

Main definitions
----------------
table_form : the tables of a formula.

References
----------
[Koller2009]_ Section 9.3 for variable elimination and its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.scalar import Number, Term
from symcausal.expr.nodes import Event, Events, Expr
from symcausal.expr.scope import all_letters, free_letters, fresh
from symcausal.graph.graph import bits
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.columns import TableColumns
from symcausal.numbers.evaluate.elimination import AxisFactor
from symcausal.numbers.evaluate.elimination_order import best_order
from symcausal.numbers.evaluate.formula import ConditionShown, FormulaReading, Letters
from symcausal.numbers.evaluate.plan import Plan
from symcausal.numbers.evaluate.table_form import (
    At,
    Entries,
    Numbers,
    SumProduct,
    TableForm,
    TableRatio,
    Total,
)
from symcausal.rules.condition import Positive


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
