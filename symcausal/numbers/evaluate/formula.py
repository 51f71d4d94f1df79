"""The walk over a formula, whatever its tables are made of.

A formula over ``P(...)`` terms is a product of tables over its letters; how tables are multiplied,
added and divided, and what a conditional probability is, is left to a subclass: circuits of single
nodes for closed forms, operations on whole tables for compiled functions.

Main definitions
----------------
FormulaReading : one pass over a formula in a network.
ConditionShown : what a probability is conditioned on, in words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.scalar import Term
from symcausal.errors import UsageError
from symcausal.expr.nodes import (
    Add,
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
)
from symcausal.hints import Generic, TypeVar, assert_never
from symcausal.network.network import Network
from symcausal.numbers.evaluate.columns import TableColumns
from symcausal.numbers.evaluate.plan import Places, Plan
from symcausal.rules.condition import Positive

Letters = Mapping[str, int]
T = TypeVar("T")


class ConditionShown:
    """The condition of a probability: ``given`` under ``do``.

    Attributes
    ----------
    positive : Positive
        The condition that it is possible.
    """

    __slots__ = ("_do", "_given", "_states", "positive")

    def __init__(
        self, given: Events, seen: Places, do: Events, set_to: Places, network: Network
    ) -> None:
        self.positive = Positive(given, do)
        self._given = tuple((e.variable, place) for e, (_, place) in zip(given, seen, strict=True))
        self._do = tuple((e.variable, place) for e, (_, place) in zip(do, set_to, strict=True))
        self._states = {name: network.variables[name].states for name, _ in self._given + self._do}

    def spelled(self, states: Mapping[int, int]) -> str:
        """Return the condition in words, where letters have some states."""
        condition, action = (self._words(events, states) for events in (self._given, self._do))
        return f"{condition} under do({action})" if action else condition

    def _words(self, events: Iterable[tuple[str, int]], states: Mapping[int, int]) -> str:
        words = []
        for variable, place in events:
            if place >= 0 and place not in states:
                continue  # impossible whatever this letter's value, so it is not the reason
            position = ~place if place < 0 else states[place]
            words.append(f"{variable}={self._states[variable][position]}")
        return ", ".join(words)


class FormulaReading(ABC, Generic[T]):
    """The reading of a formula in a network, as tables over axes.

    Attributes
    ----------
    network : Network
        Where it is read.
    sizes : dict of int to int
        How many values each axis has.
    columns : TableColumns
        The network's tables.
    """

    __slots__ = ("columns", "network", "sizes")

    def __init__(self, network: Network, columns: TableColumns) -> None:
        self.network = network
        self.sizes: dict[int, int] = {}
        self.columns = columns

    def axis(self, variable: str) -> int:
        """Return a new axis for the values of a variable."""
        axis = len(self.sizes)
        self.sizes[axis] = self.network.size(variable)
        return axis

    def pool(self, expr: Expr, letters: Letters) -> list[T]:
        """Return tables over the letters' axes, whose product the formula is."""
        match expr:
            case Scalar(term):
                return [self.term(term)]
            case Numeric(event):
                return [self._numbers(event, letters)]
            case Prob(outcome, given, do):
                return self._prob(outcome, given, do, letters, letters)
            case Counterfactual():
                raise UsageError(
                    "a probability of several worlds in a calculation over tables",
                    hint="`evaluate` gives its value, where the tables determine it",
                )
            case Product(parts):
                return [factor for part in parts for factor in self.pool(part, letters)]
            case Quotient(top, bottom):
                above, below = self._table(top, letters), self._table(bottom, letters)
                return [self.divided(above, below, _possible(bottom))]
            case Sum(over, body):
                inner = self._bind(over, letters)
                return self.summed(self.pool(body, inner), [inner[n] for n in over.letters])
            case Expectation(over, body, given, do):
                inner = self._bind(over, letters)
                weights = self._prob(over, given, do, inner, letters)
                pool = [*self.pool(body, inner), *weights]
                return self.summed(pool, [inner[n] for n in over.letters])
            case Add(parts):
                return [self.added([self._table(part, letters) for part in parts])]
            case Minus(left, right):
                negative = self.numbers((), [Fraction(-1)])
                less = self.joined([negative, *self.pool(right, letters)])
                return [self.added([self._table(left, letters), less])]

    # -- what a table is ------------------------------------------------------------------------
    @abstractmethod
    def term(self, term: Term) -> T:
        """Return a scalar as a table without axes."""

    @abstractmethod
    def numbers(self, scope: tuple[int, ...], numbers: Sequence[Fraction]) -> T:
        """Return a table of constants."""

    @abstractmethod
    def conditional(self, plan: Plan, condition: ConditionShown) -> list[T]:
        """Return the value of a conditional probability as tables over the letters in it."""

    @abstractmethod
    def summed(self, pool: list[T], axes: list[int]) -> list[T]:
        """Return a product with axes summed out; a sum over an axis that it lacks counts states."""

    @abstractmethod
    def joined(self, pool: list[T]) -> T:
        """Return the product of some tables as one."""

    @abstractmethod
    def added(self, tables: Sequence[T]) -> T:
        """Return the sum of some tables."""

    @abstractmethod
    def divided(self, top: T, bottom: T, divisor: Positive | None) -> T:
        """Return a quotient; ``divisor`` is the event whose probability the denominator is."""

    def _table(self, expr: Expr, letters: Letters) -> T:
        return self.joined(self.pool(expr, letters))

    # -- events ---------------------------------------------------------------------------------
    def _prob(
        self, outcome: Events, given: Events, do: Events, inner: Letters, outer: Letters
    ) -> list[T]:
        seen, set_to = self._places(given, outer), self._places(do, outer)
        plan = Plan(self._places(outcome, inner), seen, set_to, self.columns)
        return self.conditional(plan, ConditionShown(given, seen, do, set_to, self.network))

    def _places(self, events: Events, letters: Letters) -> Places:
        graph, network = self.network.graph, self.network
        places = []
        for event in events:
            variable = network.variable(event.variable)
            match event.value:
                case State(name):
                    place = ~variable.position(name)
                case Letter():
                    place = self._letter(event, letters)
                case _:
                    assert_never(event.value)
            places.append((graph.index(event.variable), place))
        return places

    def _letter(self, event: Event, letters: Letters) -> int:
        axis = letters[event.value.name]
        if self.sizes[axis] != self.network.size(event.variable):
            raise UsageError(
                f"the letter {event.value.name} stands for a value of {event.variable} and of a "
                "variable with another number of states",
                hint="use a letter of its own for each variable",
            )
        return axis

    def _bind(self, over: Events, letters: Letters) -> dict[str, int]:
        inner = dict(letters)
        for event in over:
            if isinstance(event.value, Letter):
                inner[event.value.name] = self.axis(event.variable)
        return inner

    def _numbers(self, event: Event, letters: Letters) -> T:
        variable = self.network.variable(event.variable)
        column = [state_number(variable.name, s, variable.states) for s in variable.states]
        match event.value:
            case State(name):
                return self.numbers((), [column[variable.position(name)]])
            case Letter():
                return self.numbers((self._letter(event, letters),), column)


def state_number(variable: str, state: str, states: tuple[str, ...]) -> Fraction:
    """Return the number that the name of a state spells: ``0``, ``2.5``, ``-1``, ``1/2``.

    Raises
    ------
    UsageError
        If it spells none.
    """
    try:
        return Fraction(state)
    except (ValueError, ZeroDivisionError):
        raise UsageError(
            f"the mean of {variable} needs states that are numbers; it has {', '.join(states)}",
            hint=f"name the states of {variable} by numbers, such as 0 and 1",
        ) from None


def _possible(divisor: Expr) -> Positive | None:
    """The event that must be possible for a probability not to be zero, its condition included."""
    if not isinstance(divisor, Prob):
        return None
    return Positive(divisor.outcome | divisor.given, divisor.do)


def shown(condition: Positive) -> str:
    """Return an event in words, letters by their names."""
    events = ", ".join(f"{e.variable}={e.value.name}" for e in condition.event)
    action = ", ".join(f"{e.variable}={e.value.name}" for e in condition.do)
    return f"{events} under do({action})" if action else events
