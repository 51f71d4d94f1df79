"""Functional models that are enumerated: every response function of every variable, for each unit.

The oracle knows nothing of copies, rows or tables. It runs the model once for each world that is asked
about, and counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from random import Random
from typing import assert_never

from symcausal.algebra.field import Rationals
from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import (
    Add,
    Copy,
    Counterfactual,
    Event,
    Expectation,
    Expr,
    Imposed,
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
from symcausal.graph.graph import Graph
from symcausal.kernel.core.draws import Draws
from symcausal.kernel.core.interpretation import Interpretation, with_explicit_causes
from symcausal.kernel.core.worlds import Responses

Table = dict[tuple[int, ...], int]
Unit = Mapping[str, Table]


class FunctionalModel:
    """Hidden causes with two states, and for each variable a law on its functions given them.

    Where ``most`` is given, a variable has as many functions, drawn at random, and no more.
    """

    def __init__(self, graph: Graph, rng: Random, states: int, most: int | None = None) -> None:
        self.graph, self.count = graph, states
        self.causes = list(graph.bidirected)
        self.weights = [self.positive(2, rng) for _ in self.causes]
        self.functions: dict[str, list[Table]] = {}
        self.laws: dict[tuple[str, tuple[int, ...]], list[Fraction]] = {}
        for name in graph.nodes:
            rows = list(product(range(states), repeat=len(graph.parents(name))))
            every = [
                values
                for values in product(range(states), repeat=len(rows))
                if self.rises(name, dict(zip(rows, values, strict=True)))
            ]
            chosen = every if most is None or len(every) <= most else rng.sample(every, most)
            self.functions[name] = [dict(zip(rows, values, strict=True)) for values in chosen]
            for above in product(range(2), repeat=len(self.causes_of(name))):
                self.laws[name, above] = self.positive(len(self.functions[name]), rng)

    def rises(self, name: str, function: Table) -> bool:
        """Whether a function falls nowhere along a monotone arrow."""
        for i, parent in enumerate(self.graph.parents(name)):
            if (parent, name) not in self.graph.monotone:
                continue
            for row, value in function.items():
                above = (*row[:i], row[i] + 1, *row[i + 1 :])
                if function.get(above, value) < value:
                    return False
        return True

    @staticmethod
    def positive(count: int, rng: Random) -> list[Fraction]:
        """A law without zeros."""
        parts = [rng.randint(1, 9) for _ in range(count)]
        return [Fraction(part, sum(parts)) for part in parts]

    def causes_of(self, name: str) -> list[int]:
        """The hidden causes that act on a variable, by number."""
        return [i for i, pair in enumerate(self.causes) if name in pair]

    @cached_property
    def everybody(self) -> list[tuple[Fraction, Unit]]:
        """All units with their probabilities."""
        return list(self.units())

    def units(self) -> Iterable[tuple[Fraction, Unit]]:
        """Everybody that there is: a probability, and a function for each variable."""
        names = self.graph.nodes
        for above in product(range(2), repeat=len(self.causes)):
            weight = prod(
                (w[u] for w, u in zip(self.weights, above, strict=True)), start=Fraction(1)
            )
            laws = [
                self.laws[name, tuple(above[i] for i in self.causes_of(name))] for name in names
            ]
            for chosen in product(*(range(len(self.functions[name])) for name in names)):
                share = prod((law[i] for law, i in zip(laws, chosen, strict=True)), start=weight)
                picked = {n: self.functions[n][i] for n, i in zip(names, chosen, strict=True)}
                yield share, picked

    def run(self, unit: Unit, asked: Copy) -> int:
        """What a variable is for a unit, where others are set."""
        fixed = {}
        for setting in asked.settings:
            value = setting.value
            fixed[setting.variable] = (
                self.run(unit, value) if isinstance(value, Copy) else int(value.name)
            )
        found = dict[str, int]()
        for name in self.graph.topological():
            row = tuple(found[parent] for parent in self.graph.parents(name))
            found[name] = fixed.get(name, unit[name][row])
        return found[asked.variable]

    def probability(self, query: Counterfactual) -> Fraction | None:
        """The probability of a query without letters; None if its condition cannot be."""
        above = below = Fraction(0)
        for share, unit in self.everybody:
            if all(self.run(unit, e.copy) == int(e.value.name) for e in query.given):
                below += share
                if all(self.run(unit, e.copy) == int(e.value.name) for e in query.outcome):
                    above += share
        return above / below if below else None

    def interpretation(self) -> Interpretation[Fraction | None]:
        """The same model as the kernel takes it: hidden causes explicit, laws at any rows."""
        explicit = with_explicit_causes(self.graph)
        causes = [name for name in explicit.nodes if name not in self.graph.nodes]
        states = {name: tuple(map(str, range(self.count))) for name in self.graph.nodes}
        states |= dict.fromkeys(causes, ("0", "1"))
        columns = dict[str, tuple[tuple[str, ...], list[Fraction | None]]]()
        for name in explicit.nodes:
            parents = explicit.parents(name)
            if name in causes:
                columns[name] = (), list(self.weights[causes.index(name)])
                continue
            columns[name] = (
                parents,
                [
                    self.at_rows(name, parents, causes, {row: state})
                    for row in product(*(range(len(states[parent])) for parent in parents))
                    for state in range(self.count)
                ],
            )
        model = self

        class Enumerated(Responses[Fraction | None]):
            def at(self, variable: str, values: Mapping[tuple[int, ...], int]) -> Fraction | None:
                if variable in causes:
                    return columns[variable][1][next(iter(values.values()))]
                return model.at_rows(variable, explicit.parents(variable), causes, values)

        field = Rationals()
        responses = Enumerated(columns, states, field, Draws(0))
        return Interpretation(explicit, states, columns, field, {}, positive=True, made=[responses])

    def at_rows(
        self,
        name: str,
        parents: tuple[str, ...],
        causes: list[str],
        values: Mapping[tuple[int, ...], int],
    ) -> Fraction:
        """The probability that a variable's function has these values at these rows."""
        hidden = [i for i, parent in enumerate(parents) if parent in causes]
        order = sorted(hidden, key=lambda i: causes.index(parents[i]))
        above = {tuple(row[i] for i in order) for row in values}
        (those,) = above
        wanted = {
            tuple(s for i, s in enumerate(row) if i not in hidden): state
            for row, state in values.items()
        }
        return sum(
            (
                share
                for share, function in zip(
                    self.laws[name, those], self.functions[name], strict=True
                )
                if all(function[row] == state for row, state in wanted.items())
            ),
            start=Fraction(0),
        )

    # -- formulas -------------------------------------------------------------------------------
    def value(self, formula: Expr, at: Mapping[str, str]) -> Fraction | None:
        """The value of a formula where its letters have states; None if it is not defined."""
        match formula:
            case Scalar(Number(value)):
                return value
            case Numeric(event):
                return Fraction(self.state(event.value, at))
            case Counterfactual(outcome, given):
                above = [(self.settled(e.copy, at), self.state(e.value, at)) for e in outcome]
                below = [(self.settled(e.copy, at), self.state(e.value, at)) for e in given]
                return self.share(above, below)
            case Prob(outcome, given, do):
                settings = tuple(
                    Imposed(e.variable, State(str(self.state(e.value, at)))) for e in do
                )
                above, below = (
                    [(Copy(e.variable, settings), self.state(e.value, at)) for e in part]
                    for part in (outcome, given)
                )
                return self.share(above, below)
            case Product(parts):
                found = [self.value(part, at) for part in parts]
                return (
                    None
                    if None in found
                    else prod((v for v in found if v is not None), start=Fraction(1))
                )
            case Add(parts):
                found = [self.value(part, at) for part in parts]
                return (
                    None
                    if None in found
                    else sum((v for v in found if v is not None), start=Fraction(0))
                )
            case Minus(left, right):
                one, other = self.value(left, at), self.value(right, at)
                return None if one is None or other is None else one - other
            case Quotient(left, right):
                one, other = self.value(left, at), self.value(right, at)
                return None if one is None or not other else one / other
            case Sum(over, body):
                each = [self.value(body, {**at, **place}) for place in self.places(over)]
                return (
                    None
                    if None in each
                    else sum((v for v in each if v is not None), start=Fraction(0))
                )
            case Expectation(over, body, given, do):
                total = Fraction(0)
                for place in self.places(over):
                    weight = self.value(Prob(over, given, do), {**at, **place})
                    term = self.value(body, {**at, **place})
                    if weight is None or term is None:
                        return None
                    total += weight * term
                return total
            case _:
                raise AssertionError(formula)

    def places(self, over: Iterable[Event]) -> Iterator[dict[str, str]]:
        """All states of some letters."""
        letters = [event.value.name for event in over]
        for place in product(map(str, range(self.count)), repeat=len(letters)):
            yield dict(zip(letters, place, strict=True))

    def state(self, value: Value, at: Mapping[str, str]) -> int:
        """The number of a state."""
        match value:
            case State(name):
                return int(name)
            case Letter(name):
                return int(at[name])
            case _:
                assert_never(value)

    def settled(self, copy: Copy, at: Mapping[str, str]) -> Copy:
        """A copy with states for the letters of its settings."""
        return Copy(
            copy.variable,
            tuple(
                Imposed(
                    s.variable,
                    self.settled(s.value, at)
                    if isinstance(s.value, Copy)
                    else State(str(self.state(s.value, at))),
                )
                for s in copy.settings
            ),
        )

    def share(
        self, above: list[tuple[Copy, int]], below: list[tuple[Copy, int]]
    ) -> Fraction | None:
        """The part of the units under some events for whom others hold too."""
        both = among = Fraction(0)
        for share, unit in self.everybody:
            if all(self.run(unit, copy) == state for copy, state in below):
                among += share
                if all(self.run(unit, copy) == state for copy, state in above):
                    both += share
        return both / among if among else None
