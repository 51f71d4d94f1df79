"""From a query to a tape: what is needed, in which order, as operations on whole tables.

Main definitions
----------------
compile_query : the tape of a query.
Compiled : a tape and where its answer lies.

References
----------
[Koller2009]_ Section 9.3 for variable elimination; [Shachter1998]_ for what a query needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.scalar import Number, Term
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import bits
from symcausal.network.network import Network
from symcausal.numbers.compiled.tape import LARGEST_TABLE, LARGEST_TAPE, Tape
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.columns import TableColumns
from symcausal.numbers.evaluate.elimination_order import best_order
from symcausal.numbers.evaluate.formula import ConditionShown, FormulaReading, shown
from symcausal.numbers.evaluate.plan import Plan
from symcausal.rules.condition import Positive

MOST_READERS = (
    40  # products on the way for each entry that is kept: a minute for one set of numbers
)
_LOOKED_AT = 8  # so many small tables, when the two to multiply next are chosen


class Compiled:
    """A tape, and the positions on it at which the answer lies.

    Attributes
    ----------
    tape : Tape
        The operations.
    answer : int
        The table that holds the answer.
    letters : dict of str to str
        The free letters of the query and their variables.
    axes : tuple of int
        The axis of each letter.
    """

    __slots__ = ("answer", "axes", "letters", "tape")

    def __init__(
        self, tape: Tape, answer: int, letters: Mapping[str, str], axes: tuple[int, ...]
    ) -> None:
        self.tape = tape
        self.answer = answer
        self.letters = dict(letters)
        self.axes = axes


def compile_query(network: Network, expr: Expr) -> Compiled:
    """Return the tape of a query: the operations on tables that its value takes.

    Raises
    ------
    UnknownVariableError, UnknownStateError, UsageError
        If the formula does not fit the network.
    LimitError
        If a table on the way is too large, with its size and the number of its variables.
    """
    reading = _TapeReading(network)
    free = free_letters(expr)
    letters = {letter: reading.axis(variable) for letter, variable in free.items()}
    answer = reading.joined(reading.pool(expr, letters))
    return Compiled(reading.tape, answer, free, tuple(letters.values()))


class _TapeReading(FormulaReading[int]):
    """The reading of a formula in a network, as tables on a tape."""

    __slots__ = ("_hidden", "tape")

    def __init__(self, network: Network) -> None:
        super().__init__(network, TableColumns(network, Circuit()))
        self.tape = Tape(self.sizes)
        self._hidden: dict[int, int] = {}

    # -- formulas -------------------------------------------------------------------------------
    def term(self, term: Term) -> int:
        """A scalar as a table without axes."""
        return self.tape.gather([term], ())

    def numbers(self, scope: tuple[int, ...], numbers: Sequence[Fraction]) -> int:
        """A table of constants."""
        return self.tape.gather([Number(number) for number in numbers], scope)

    def summed(self, pool: list[int], axes: list[int]) -> list[int]:
        """Sum axes out of a product."""
        mentioned = {axis for table in pool for axis in self.tape.scopes[table]}
        idle = [axis for axis in axes if axis not in mentioned]
        # A sum over a letter that its body lacks counts the states.
        counts = [self.numbers((), [Fraction(self.sizes[axis])]) for axis in idle]
        return self._eliminate([*pool, *counts], [axis for axis in axes if axis in mentioned])

    def joined(self, pool: list[int]) -> int:
        """The product of some tables as one."""
        return self._multiplied(pool, ()) if pool else self.numbers((), [Fraction(1)])

    def added(self, tables: Sequence[int]) -> int:
        """The sum of some tables."""
        return self.tape.add(tables)

    def divided(self, top: int, bottom: int, divisor: Positive | None) -> int:
        """A quotient of tables."""
        return self.tape.divide(top, bottom, _Denominator(divisor))

    # -- probabilities --------------------------------------------------------------------------
    def conditional(self, plan: Plan, condition: ConditionShown) -> list[int]:
        """A conditional probability: one quotient, or the product of what has no denominator."""
        agreement = [self._constants(f.scope, f.values) for f in plan.agreement]
        clashes = [self._constants(f.scope, f.values) for f in plan.clashes]
        top, bottom = self._ratio(plan)
        below = [*bottom, *agreement]
        unseen = plan.condition & ~plan.below
        if not below and not unseen:
            return [*clashes, *top]
        value = self.joined([*clashes, *top])
        if below:
            value = self.tape.divide(value, self.joined(below), condition.spelled)
        if unseen:  # what cancels from the quotient decides whether it is defined
            hidden = plan.condition & ~plan.evidence
            possible = self.joined(self._tables(plan, plan.condition, hidden))
            value = self.tape.guard(value, possible, condition.spelled)
        return [value]

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
        tape, place = self.tape, plan.place
        fixed = {v: self._axis_of(v) for v in bits(plan.targets) if place[v] < 0}
        table = self.joined(self._tables(plan, plan.tables, hidden, fixed))
        axes = [fixed.get(v, place[v]) for v in bits(plan.targets)]
        bottom = tape.contract(table, summed=axes)
        for variable, axis in fixed.items():
            table = tape.slice(table, axis, ~place[variable])
        return [table], [bottom]

    def _tables(
        self, plan: Plan, tables: int, hidden: int, opened: Mapping[int, int] | None = None
    ) -> list[int]:
        """The product of some tables with hidden variables summed out."""
        axes = {variable: self._axis_of(variable) for variable in bits(hidden)}
        place = {**plan.place, **axes, **(opened or {})}
        pool = [self._entries(variable, place) for variable in bits(tables)]
        return self._eliminate(pool, list(axes.values()))

    def _entries(self, variable: int, place: Mapping[int, int]) -> int:
        name = self.network.graph.nodes[variable]
        entries, owner = self.network.tables[name].entries, self.network.variables[name]
        cut = self.columns.slice(variable, range(len(entries)), place, self.sizes)
        return self.tape.entries(entries, cut.values, owner, cut.scope)

    def _axis_of(self, variable: int) -> int:
        """The axis of a variable where it is summed out: the same in every probability."""
        axis = self._hidden.get(variable)
        if axis is None:
            axis = self._hidden[variable] = self.axis(self.network.graph.nodes[variable])
        return axis

    def _is_plain(self, plan: Plan) -> bool:
        axes = [place for place in plan.place.values() if place >= 0]
        return len(set(axes)) == len(axes)

    def _constants(self, scope: tuple[int, ...], values: Iterable[int]) -> int:
        return self.numbers(scope, [Fraction(value) for value in values])

    # -- elimination ----------------------------------------------------------------------------
    def _eliminate(self, pool: Iterable[int], axes: Iterable[int]) -> list[int]:
        """Sum axes out of a product, in weighted min-fill order."""
        pool, scopes = list(pool), self.tape.scopes
        present = {axis for table in pool for axis in scopes[table]}
        wide = [axis for axis in axes if axis in present]  # others have one state only
        order = best_order([scopes[table] for table in pool], wide, self.sizes)
        order.refuse_if_endless(LARGEST_TAPE * MOST_READERS, kept=LARGEST_TABLE)
        for axis in order.axes:
            touched = [table for table in pool if axis in scopes[table]]
            pool = [table for table in pool if axis not in scopes[table]]
            pool.append(self._multiplied(touched, (axis,)))
        return pool

    def _multiplied(self, pool: Sequence[int], summed: Sequence[int]) -> int:
        """A product two by two, smallest first, summed where the last two meet."""
        tape, scopes = self.tape, self.tape.scopes
        pool = sorted(pool, key=lambda table: tape.count(scopes[table]))
        while len(pool) > 2:
            few = pool[:_LOOKED_AT]
            pairs = [(x, y) for i, x in enumerate(few) for y in few[i + 1 :]]
            left, right = min(pairs, key=self._together)
            pool.remove(left)
            pool.remove(right)
            pool.append(tape.contract(left, right))
        if len(pool) == 2:
            return tape.contract(pool[0], pool[1], summed)
        return tape.sum_out(pool[0], summed)

    def _together(self, pair: tuple[int, int]) -> int:
        scopes = self.tape.scopes
        return self.tape.count({*scopes[pair[0]], *scopes[pair[1]]})


class _Denominator:
    """Words for a denominator that is zero."""

    __slots__ = ("_event",)

    def __init__(self, event: Positive | None) -> None:
        self._event = event

    def __call__(self, states: Mapping[int, int]) -> str:
        return "a denominator" if self._event is None else shown(self._event)
