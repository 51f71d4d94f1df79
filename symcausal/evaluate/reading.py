"""A formula as a product of tables over its letters, its cells nodes of a circuit.

Main definitions
----------------
Reading : one pass over a formula in a network.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce

from symcausal.errors import UsageError
from symcausal.evaluate.circuit import Circuit
from symcausal.evaluate.columns import Columns
from symcausal.evaluate.conditional import Run
from symcausal.evaluate.elimination import Factor, eliminate, joined
from symcausal.evaluate.plan import Places, Plan
from symcausal.expr.nodes import (
    Add,
    Event,
    Events,
    Expectation,
    Expr,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    State,
    Sum,
)
from symcausal.network.network import Network
from symcausal.rules.condition import Positive

Letters = Mapping[str, int]


class Reading:
    """What a formula means in a network, as factors over axes.

    Attributes
    ----------
    network : Network
        Where it is read.
    circuit : Circuit
        Where its cells are built.
    sizes : dict of int to int
        How many values each axis has.
    assumes : dict of Positive to None
        In order, the conditions that must be possible and are not known to be.
    """

    __slots__ = ("_columns", "assumes", "circuit", "network", "sizes")

    def __init__(self, network: Network, circuit: Circuit) -> None:
        self.network = network
        self.circuit = circuit
        self.sizes: dict[int, int] = {}
        self.assumes: dict[Positive, None] = {}
        self._columns = Columns(network, circuit)

    def axis(self, variable: str) -> int:
        """A new axis for the values of a variable."""
        axis = len(self.sizes)
        self.sizes[axis] = self.network.size(variable)
        return axis

    def cells(self, expr: Expr, letters: Letters) -> list[int]:
        """The values of a formula over its letters, the last fastest."""
        scope = list(letters.values())
        return joined(self.pool(expr, letters), scope, self.sizes, self.circuit)

    def pool(self, expr: Expr, letters: Letters) -> list[Factor]:
        """Factors over the letters' axes; the formula is their product."""
        match expr:
            case Scalar(term):
                return [Factor((), [self.circuit.term(term)])]
            case Numeric(event):
                return [self._numbers(event, letters)]
            case Prob(outcome, given, do):
                return self._prob(outcome, given, do, letters, letters)
            case Product(parts):
                return [factor for part in parts for factor in self.pool(part, letters)]
            case Quotient(top, bottom):
                return [self._quotient(top, bottom, letters)]
            case Sum(over, body):
                inner = self._bind(over, letters)
                return self._summed(self.pool(body, inner), [inner[n] for n in over.letters])
            case Expectation(over, body, given, do):
                inner = self._bind(over, letters)
                weights = self._prob(over, given, do, inner, letters)
                pool = [*self.pool(body, inner), *weights]
                return self._summed(pool, [inner[n] for n in over.letters])
            case Add(parts):
                return [reduce(self._plus, [self._table(part, letters) for part in parts])]
            case Minus(left, right):
                negative = Factor((), [self.circuit.constant(Fraction(-1))])
                right_table = self._joined([negative, *self.pool(right, letters)])
                return [self._plus(self._table(left, letters), right_table)]

    # -- probabilities --------------------------------------------------------------------------
    def _prob(
        self, outcome: Events, given: Events, do: Events, inner: Letters, outer: Letters
    ) -> list[Factor]:
        seen, set_to = self._places(given, outer), self._places(do, outer)
        plan = Plan(self._places(outcome, inner), seen, set_to, self._columns)
        run = Run(plan, self._columns, self.sizes)
        if given and plan.evidence and not run.is_certain():
            self.assumes[Positive(given, do)] = None

        def reason(states: dict[int, int]) -> str:
            condition = self._spelled(given, seen, states)
            action = self._spelled(do, set_to, states)
            return f"{condition} under do({action})" if action else condition

        return run.factors(reason)

    def _places(self, events: Events, letters: Letters) -> Places:
        graph, network = self.network.graph, self.network
        places = []
        for event in events:
            variable = network.variable(event.variable)
            if isinstance(event.value, State):
                place = ~variable.position(event.value.name)
            else:
                place = self._letter(event, letters)
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

    def _spelled(self, events: Events, places: Places, states: dict[int, int]) -> str:
        words = []
        for event, (_, place) in zip(events, places, strict=True):
            if place >= 0 and place not in states:
                continue  # impossible whatever this letter's value, so it is not the reason
            position = ~place if place < 0 else states[place]
            state = self.network.variables[event.variable].states[position]
            words.append(f"{event.variable}={state}")
        return ", ".join(words)

    # -- arithmetic -----------------------------------------------------------------------------
    def _bind(self, over: Events, letters: Letters) -> dict[str, int]:
        inner = dict(letters)
        for event in over:
            if not isinstance(event.value, State):
                inner[event.value.name] = self.axis(event.variable)
        return inner

    def _summed(self, pool: list[Factor], axes: list[int]) -> list[Factor]:
        mentioned = {axis for factor in pool for axis in factor.scope}
        # A sum over a letter that its body lacks counts the states.
        idle = [Factor((axis,), [1] * self.sizes[axis]) for axis in axes if axis not in mentioned]
        return eliminate([*pool, *idle], axes, self.sizes, self.circuit)

    def _table(self, expr: Expr, letters: Letters) -> Factor:
        return self._joined(self.pool(expr, letters))

    def _joined(self, pool: list[Factor]) -> Factor:
        scope = tuple(sorted({axis for factor in pool for axis in factor.scope}))
        return Factor(scope, joined(pool, scope, self.sizes, self.circuit))

    def _plus(self, left: Factor, right: Factor) -> Factor:
        scope, columns = self._aligned(left, right)
        return Factor(scope, self.circuit.add_all(*columns))

    def _quotient(self, top: Expr, bottom: Expr, letters: Letters) -> Factor:
        scope, (above, below) = self._aligned(
            self._table(top, letters), self._table(bottom, letters)
        )
        reason = "a denominator"
        if isinstance(bottom, Prob):
            below_zero = Positive(bottom.outcome, bottom.do)
            reason = _shown(below_zero)
            if any(self.circuit.number(node) is None for node in below):
                self.assumes[below_zero] = None
        return Factor(
            scope, [self.circuit.quotient(x, y, reason) for x, y in zip(above, below, strict=True)]
        )

    def _aligned(self, left: Factor, right: Factor) -> tuple[tuple[int, ...], list[list[int]]]:
        scope = tuple(sorted({*left.scope, *right.scope}))
        return scope, [joined([side], scope, self.sizes, self.circuit) for side in (left, right)]

    def _numbers(self, event: Event, letters: Letters) -> Factor:
        variable = self.network.variable(event.variable)
        column = [
            self.circuit.constant(state_number(variable.name, state, variable.states))
            for state in variable.states
        ]
        if isinstance(event.value, State):
            return Factor((), [column[variable.position(event.value.name)]])
        return Factor((self._letter(event, letters),), column)


def state_number(variable: str, state: str, states: tuple[str, ...]) -> Fraction:
    """The number that the name of a state spells: ``0``, ``2.5``, ``-1``, ``1/2``.

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


def _shown(condition: Positive) -> str:
    events = ", ".join(f"{e.variable}={e.value.name}" for e in condition.event)
    action = ", ".join(f"{e.variable}={e.value.name}" for e in condition.do)
    return f"{events} under do({action})" if action else events
