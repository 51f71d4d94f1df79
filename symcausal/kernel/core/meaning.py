"""The meaning of a formula in an interpretation: a table over its free letters.

``P(y | z, do(x))`` means: cut the arrows into X, set X to x, and divide the probability of y and z
by that of z. Every other node means what arithmetic says. That is the whole definition; the rest is
bookkeeping that keeps letters apart and sums small.

Main definitions
----------------
meaning : the table of a formula over its free letters.
law : a probability as a product of tables.
weighed : the sum of a formula against a weight for each free letter, without ever making the table.

References
----------
[Pearl2009]_ Definition 3.2.1 for ``do``; [Koller2009]_ Section 9.3 for elimination.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from math import prod

from symcausal.algebra import scalar
from symcausal.algebra.deadline import in_parts
from symcausal.errors import UsageError
from symcausal.expr.nodes import (
    Add,
    CopyEvents,
    Counterfactual,
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    State,
    Sum,
    Value,
)
from symcausal.graph.separation import separated
from symcausal.hints import Generic, TypeVar, assert_never
from symcausal.kernel.core.factor import Factor, contract, multiply, refuse_large
from symcausal.kernel.core.interpretation import Interpretation

V = TypeVar("V")

# few conditions are never dropped, so that no verdict on them rests on the separation that rules use
MANY_CONDITIONS = 8
MOST_REMEMBERED = 20_000
FEW_ENTRIES = 64  # so small a table is kept as one factor


def meaning(expr: Expr, interpretation: Interpretation[V], letters: Mapping[str, str]) -> Factor[V]:
    """Return the table of a formula over ``letters``, all its free ones and perhaps more.

    Each letter comes with its variable, as :func:`~symcausal.expr.scope.free_letters` gives them.

    Examples
    --------
    >>> from symcausal.kernel.core.interpretation import exact
    >>> from symcausal.reading.model_language import read_model
    >>> from symcausal.reading.reader import read
    >>> numbers = exact(read_model("A; P(A) = 1/4, rest").network)
    >>> [str(value) for value in meaning(read("P(A)"), numbers, {"A": "A"}).values]
    ['1/4', '3/4']
    """
    reading = _MeaningPass(interpretation)
    reading.learn(letters)
    pool = reading.pool(expr, {})
    return multiply(pool, tuple(letters), reading.sizes, interpretation.field)


def law(expr: Prob, interpretation: Interpretation[V]) -> tuple[list[Factor[V]], Mapping[str, int]]:
    """Return a probability as a product of tables, and the sizes of its letters."""
    reading = _MeaningPass(interpretation)
    return reading.pool(expr, {}), reading.sizes


def weighed(
    expr: Expr,
    interpretation: Interpretation[V],
    weights: Sequence[Factor[V]],
    letters: Mapping[str, str],
) -> V:
    """Return ``sum over all letters of (product of weights) * formula``, by elimination.

    Parameters
    ----------
    expr : Expr
        The formula; its free letters are among ``letters``.
    interpretation : Interpretation
        The numbers.
    weights : sequence of Factor
        At least one with each letter in its scope.
    letters : mapping of str to str
        Each letter's variable.
    """
    field = interpretation.field
    match expr:  # a sum of terms is weighed term by term, and needs no table of all its letters
        case Add(parts):
            each = [weighed(part, interpretation, weights, letters) for part in parts]
            return reduce(field.add, each)
        case Minus(left, right):
            less = field.mul(
                field.constant(Fraction(-1)), weighed(right, interpretation, weights, letters)
            )
            return field.add(weighed(left, interpretation, weights, letters), less)
        case (
            Prob()
            | Counterfactual()
            | Expectation()
            | Sum()
            | Product()
            | Quotient()
            | Scalar()
            | Numeric()
        ):
            reading = _MeaningPass(interpretation)
            reading.learn(letters)
            pool = [*weights, *reading.pool(expr, {})]
            return reading.single(contract(pool, letters, reading.sizes, field))


class _MeaningPass(Generic[V]):
    """One pass over a formula: the sizes of letters, and names for bound ones."""

    __slots__ = ("at", "made", "sizes")

    def __init__(self, at: Interpretation[V], sizes: dict[str, int] | None = None) -> None:
        self.at = at
        self.sizes: dict[str, int] = {} if sizes is None else sizes
        self.made = 0

    def learn(self, letters: Mapping[str, str]) -> None:
        for letter, variable in letters.items():
            self.sizes[letter] = len(self.at.states_of(variable))

    def new(self, variable: str) -> str:
        self.made += 1
        name = f"{variable}#{self.made}"
        self.sizes[name] = len(self.at.states_of(variable))
        return name

    def single(self, pool: Iterable[Factor[V]]) -> V:
        return reduce(self.at.field.mul, [factor.values[0] for factor in pool], self.at.field.one)

    # -- nodes ----------------------------------------------------------------------------------
    def pool(self, expr: Expr, names: Mapping[str, str]) -> list[Factor[V]]:
        """Factors over the free letters, named as in ``names``; the formula is their product."""
        match expr:
            case Scalar(term):
                return [Factor((), [scalar.evaluate(term, self.at.parameters, self.at.field)])]
            case Numeric(event):
                return [self.numbers(event, names)]
            case Product(parts):
                return [factor for part in parts for factor in self.pool(part, names)]
            case Prob():
                if self.is_entry(expr):
                    place = dict(self.placed((*expr.given, *expr.outcome), names))
                    return [self.entries(expr.outcome[0].variable, place)]
                return self.remembered(expr, expr, names)
            case Counterfactual() | Sum() | Quotient() | Expectation():
                # comparing a deep formula takes longer than working it out: known by its identity
                return self.remembered(expr, id(expr), names)
            case Add(parts):
                return [reduce(self.plus, [self.table(part, names) for part in parts])]
            case Minus(left, right):
                negative = Factor((), [self.at.field.constant(Fraction(-1))])
                return [self.plus(self.table(left, names), self.table(right, names, negative))]

    def remembered(
        self,
        expr: Prob | Counterfactual | Sum | Quotient | Expectation,
        key: Prob | int,
        names: Mapping[str, str],
    ) -> list[Factor[V]]:
        """A formula under its own letters, worked out once for each interpretation."""
        known = self.at.remembered.get(key)
        if known is None:
            alone = _MeaningPass(self.at)
            if len(self.at.remembered) > MOST_REMEMBERED:
                self.at.remembered.clear()
            pool = alone.worked_out(expr)
            if len(pool) > 1 and isinstance(expr, Prob) and alone.entries_of(pool) <= FEW_ENTRIES:
                pool = [alone.joined(pool)]
            known = self.at.remembered[key] = (expr, pool, alone.sizes)
        _, pool, sizes = known
        for factor in pool:
            for letter in factor.scope:
                self.fit(letter, names.get(letter, letter), sizes[letter])
        if not names:
            return pool
        return [Factor(tuple([names.get(n, n) for n in f.scope]), f.values) for f in pool]

    def worked_out(
        self, expr: Prob | Counterfactual | Sum | Quotient | Expectation
    ) -> list[Factor[V]]:
        match expr:
            case Prob(outcome, given, do):
                return self.conditional(outcome, given, do)
            case Counterfactual(copies, seen):
                above = self.in_worlds(copies | seen)
                return self.divided(above, self.in_worlds(seen)) if seen else above
            case Quotient(top, bottom):
                return self.divided(self.pool(top, {}), self.pool(bottom, {}))
            case Sum(over, body):  # its indices are gone afterwards, so they may keep their names
                self.learn({event.value.name: event.variable for event in over})
                return self.summed(self.pool(body, {}), over.letters)
            case Expectation(over, body, given, do):
                inner, bound = self.bind(over, {})
                settled, cause = self.placed(given, {}), self.placed(do, {})
                law = self.joint([*self.placed(over, inner), *settled], cause)
                if settled:
                    law = self.divided(law, self.joint(settled, cause))
                return self.summed([*self.pool(body, inner), *law], bound)

    def bind(self, over: Events, names: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
        inner = dict(names)
        for event in over:
            inner[event.value.name] = self.new(event.variable)
        return inner, [inner[letter] for letter in over.letters]

    def summed(self, pool: list[Factor[V]], bound: Sequence[str]) -> list[Factor[V]]:
        return contract(pool, bound, self.sizes, self.at.field)

    def entries_of(self, pool: Iterable[Factor[V]]) -> int:
        """The number of entries of the table of a product."""
        return prod([self.sizes[name] for name in {n for factor in pool for n in factor.scope}])

    def joined(self, pool: Sequence[Factor[V]]) -> Factor[V]:
        scope = dict.fromkeys(letter for factor in pool for letter in factor.scope)
        return multiply(pool, tuple(scope), self.sizes, self.at.field)

    def table(self, expr: Expr, names: Mapping[str, str], *more: Factor[V]) -> Factor[V]:
        return self.joined([*more, *self.pool(expr, names)])

    def plus(self, left: Factor[V], right: Factor[V]) -> Factor[V]:
        scope = tuple(dict.fromkeys((*left.scope, *right.scope)))
        columns = [
            multiply([side], scope, self.sizes, self.at.field).values for side in (left, right)
        ]
        return Factor(scope, in_parts(self.at.field.add_all, *columns))

    def divided(self, top: list[Factor[V]], bottom: list[Factor[V]]) -> list[Factor[V]]:
        """A quotient; entry by entry where 0/0 may occur, since 0 times 1/0 would be 0."""
        below = self.joined(bottom)
        odd = self.at.field.zero in below.values or None in below.values
        if self.at.positive and not odd:
            ones = [self.at.field.one] * len(below.values)
            inverse = in_parts(self.at.field.div_all, ones, below.values)
            return [*top, Factor(below.scope, inverse)]
        scope = tuple(dict.fromkeys(letter for f in (*top, below) for letter in f.scope))
        above = multiply(top, scope, self.sizes, self.at.field).values
        spread_below = multiply([below], scope, self.sizes, self.at.field).values
        return [Factor(scope, in_parts(self.at.field.div_all, above, spread_below))]

    def numbers(self, event: Event, names: Mapping[str, str]) -> Factor[V]:
        states = self.at.states_of(event.variable)
        column = [self.at.field.constant(state_number(event.variable, s, states)) for s in states]
        match event.value:
            case State():
                return Factor((), [column[self.position(event.variable, event.value)]])
            case Letter(name):
                letter = names.get(name, name)
                self.fit(event.variable, letter, len(states))
                return Factor((letter,), column)

    # -- probabilities --------------------------------------------------------------------------
    def is_entry(self, expr: Prob) -> bool:
        """Whether a probability is that of a variable given its parents, and is never undefined."""
        outcome, given, do = expr.outcome, expr.given, expr.do
        if do or len(outcome) != 1 or not self.at.positive:
            return False
        parents, _ = self.at.columns.get(outcome[0].variable, ((), ()))
        names = {event.variable for event in given}
        return len(given) == len(parents) and names == set(parents)

    def conditional(self, outcome: Events, given: Events, do: Events) -> list[Factor[V]]:
        """``P(outcome, given | do) / P(given | do)`` as factors."""
        if self.at.positive and len(given) > MANY_CONDITIONS:
            given = self.relevant(outcome, given, do)
        if not given:
            return self.joint(self.placed(outcome, {}), self.placed(do, {}))
        above, below = Prob(outcome | given, do=do), Prob(given, do=do)
        top = self.pool(above, {})
        if len(top) == 1 and below not in self.at.remembered and _are_free(outcome, given, do):
            self.at.remembered[below] = (below, self.summed(top, outcome.letters), self.sizes)
        return self.divided(top, self.pool(below, {}))

    def relevant(self, outcome: Events, given: Events, do: Events) -> Events:
        """Drop conditions that are separated from the outcome; sound where nothing has probability 0."""
        cut = do.variables
        for event in given:
            others = [e.variable for e in given if e != event]
            if event.variable in (*outcome.variables, *cut, *others):
                continue
            if separated(
                self.at.graph, outcome.variables, (event.variable,), (*others, *cut), cut_into=cut
            ):
                given = given - (event,)
        return given

    def placed(self, events: Iterable[Event], names: Mapping[str, str]) -> list[tuple[str, Value]]:
        return [
            (
                e.variable,
                Letter(names.get(e.value.name, e.value.name))
                if isinstance(e.value, Letter)
                else e.value,
            )
            for e in events
        ]

    def joint(
        self, events: Sequence[tuple[str, Value]], do: Sequence[tuple[str, Value]]
    ) -> list[Factor[V]]:
        """``P(events | do)``: the tables of all ancestors, hidden ones summed out."""
        graph, pool = self.at.graph, list[Factor[V]]()
        place: dict[str, Value] = {}
        for variable, value in (*do, *events):
            if variable in place:
                pool.append(self.equal(variable, place[variable], value))
            else:
                place[variable] = value
        settled = {variable for variable, _ in do}
        cut = graph.cut(into=settled) if do else graph
        needed = cut.names(cut.ancestors_mask(cut.mask(place)))
        bound = []
        for variable in needed:
            if variable not in place:
                bound.append(self.new(variable))
                place[variable] = Letter(bound[-1])
        pool += [self.entries(v, place) for v in needed if v not in settled]
        return self.summed(pool, bound)

    # -- several worlds -------------------------------------------------------------------------
    def in_worlds(self, events: CopyEvents) -> list[Factor[V]]:
        """The law of events of copies: for each variable one table of all its copies."""
        from symcausal.kernel.core.worlds import Worlds  # few formulas speak of several

        worlds, pool = Worlds(self.at.graph, self.new), list[Factor[V]]()
        for event in events:
            known = worlds.assume(event)
            if known is not None:
                pool.append(self.equal(event.copy.variable, known, event.value))
        pool += [self.copies(variable, found) for variable, found in worlds.needed()]
        return self.summed(pool, worlds.bound)

    def copies(self, variable: str, found: Sequence[tuple[tuple[Value, ...], Value]]) -> Factor[V]:
        """The law of what a variable is at each of some rows of its parents, over all letters."""
        parents, _ = self.at.columns[variable]
        names = (*parents, variable)
        scope = dict[str, int]()
        for above, value in found:
            for name, one in zip(names, (*above, value), strict=True):
                if isinstance(one, Letter):
                    self.fit(name, one.name, len(self.at.states[name]))
                    scope[one.name] = self.sizes[one.name]
        refuse_large(tuple(scope), scope)
        entries = []
        for place in product(*map(range, scope.values())):
            at = dict(zip(scope, place, strict=True))
            rows = dict[tuple[int, ...], int]()
            agree = True
            for above, value in found:
                *row, state = [
                    at[one.name] if isinstance(one, Letter) else self.position(name, one)
                    for name, one in zip(names, (*above, value), strict=True)
                ]
                agree = agree and rows.setdefault(tuple(row), state) == state
            entries.append(self.at.responses.at(variable, rows) if agree else self.at.field.zero)
        return Factor(tuple(scope), entries)

    def entries(self, variable: str, place: Mapping[str, Value]) -> Factor[V]:
        """The table of a variable with letters or states put for it and its parents."""
        parents, values = self.at.columns[variable]
        names = (*parents, variable)
        scope = []
        for name in names:
            value = place[name]
            if isinstance(value, Letter):
                self.fit(name, value.name, len(self.at.states[name]))
                scope.append(value.name)
        if len(scope) == len(names):
            return Factor(tuple(scope), values)
        offsets = [0]
        for name in names:
            count, value = len(self.at.states[name]), place[name]
            match value:
                case State():
                    here: Sequence[int] = (self.position(name, value),)
                case Letter():
                    here = range(count)
                case _:
                    assert_never(value)
            offsets = [offset * count + state for offset in offsets for state in here]
        return Factor(tuple(scope), [values[offset] for offset in offsets])

    def equal(self, variable: str, left: Value, right: Value) -> Factor[V]:
        """1 where two values of one variable are the same, else 0."""
        count = len(self.at.states_of(variable))
        choices: list[Sequence[int]] = []
        for value in (left, right):
            match value:
                case State():
                    choices.append((self.position(variable, value),))
                case Letter(name):
                    self.fit(variable, name, count)
                    choices.append(range(count))
                case _:
                    assert_never(value)
        one, zero = self.at.field.one, self.at.field.zero
        scope = tuple(value.name for value in (left, right) if isinstance(value, Letter))
        return Factor(scope, [one if x == y else zero for x in choices[0] for y in choices[1]])

    def fit(self, variable: str, letter: str, count: int) -> None:
        if self.sizes.setdefault(letter, count) != count:
            raise UsageError(
                f"'{letter}' stands for a value of {variable} and of a variable with "
                "another number of states",
                hint="use a letter of its own for each variable",
            )

    def position(self, variable: str, value: State) -> int:
        return self.at.states_of(variable).index(value.name)


def _are_free(outcome: Events, given: Events, do: Events) -> bool:
    """Whether a sum over an outcome's letters leaves the law of what is given."""
    beside = (*given, *do)
    letters, others = outcome.letters, {e.value.name for e in beside if isinstance(e.value, Letter)}
    return (
        len(letters) == len(outcome.variables) == len(outcome)
        and others.isdisjoint(letters)
        and {event.variable for event in beside}.isdisjoint(outcome.variables)
    )


def state_number(variable: str, state: str, states: Sequence[str]) -> Fraction:
    """Return the number that a state's name spells.

    Raises
    ------
    UsageError
        If the name is not a number.
    """
    try:
        return Fraction(state)
    except (ValueError, ZeroDivisionError):
        raise UsageError(
            f"an expectation of {variable} needs states that are numbers; it has {', '.join(states)}",
            hint=f"name the states of {variable} by numbers, such as 0 and 1",
        ) from None
