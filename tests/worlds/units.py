"""Units that are run by hand: response functions, drawn and counted, without any code of the library.

A claim is told as Python: ``P(Y(X=1).is_(1) & Y(X=0).is_(0), X.is_(1))``. A variable that is called is
what it would have been; a setting may be such a variable itself.

Main definitions
----------------
Variable, Event : what is asked.
Units : a model with a law of response functions for each variable, its probabilities and means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from random import Random
from typing import NamedTuple

Function = dict[tuple[int, ...], int]
Unit = Mapping[str, Function]
MOST_FUNCTIONS = 6


class Event(NamedTuple):
    """Variables with their values, all at once."""

    parts: tuple[tuple[Variable, int], ...]

    def __and__(self, other: Event) -> Event:
        return Event((*self.parts, *other.parts))


class Variable:
    """What a variable is, or would have been."""

    def __init__(self, name: str, settings: Mapping[str, int | Variable] | None = None) -> None:
        self.name, self.settings = name, dict(settings or {})

    def __call__(self, **settings: int | Variable) -> Variable:
        """The same variable where others are set."""
        return Variable(self.name, settings)

    def is_(self, value: int) -> Event:
        """The event that it has a value."""
        return Event(((self, value),))


class Units:
    """A model of variables with two states.

    Parameters
    ----------
    parents : mapping
        The parents of each variable, causes first.
    joined : sequence of pairs
        What hidden causes with two states join.
    rising : collection of pairs
        The monotone arrows.
    mechanisms : mapping
        Variables with one function.
    rng : Random
        What laws are drawn from.
    """

    def __init__(
        self,
        parents: Mapping[str, str],
        joined: Sequence[str],
        rising: Sequence[str],
        mechanisms: Mapping[str, Callable[..., int]],
        rng: Random,
    ) -> None:
        self.parents = parents
        functions = dict[str, list[Function]]()
        for name, above in parents.items():
            rows = list(product((0, 1), repeat=len(above)))
            every = [
                dict(zip(rows, values, strict=True)) for values in product((0, 1), repeat=len(rows))
            ]
            if name in mechanisms:
                every = [{row: mechanisms[name](*row) for row in rows}]
            every = [f for f in every if not self.falls(name, f, rising)]
            functions[name] = (
                rng.sample(every, MOST_FUNCTIONS) if len(every) > MOST_FUNCTIONS else every
            )
        weights = [self.law(2, rng) for _ in joined]
        laws = {
            (name, hidden): self.law(len(functions[name]), rng)
            for name in parents
            for hidden in product((0, 1), repeat=len(joined))
        }
        self.units = list[tuple[Fraction, Unit]]()
        for hidden in product((0, 1), repeat=len(joined)):
            share = prod((w[h] for w, h in zip(weights, hidden, strict=True)), start=Fraction(1))
            own = [
                # a variable hears of its own causes only
                laws[name, tuple(h * (name in j) for h, j in zip(hidden, joined, strict=True))]
                for name in parents
            ]
            for chosen in product(*(range(len(functions[name])) for name in parents)):
                weight = prod((law[i] for law, i in zip(own, chosen, strict=True)), start=share)
                unit = {n: functions[n][i] for n, i in zip(parents, chosen, strict=True)}
                self.units.append((weight, unit))

    def falls(self, name: str, function: Function, rising: Sequence[str]) -> bool:
        """Whether a function falls along a monotone arrow."""
        return any(
            row[i] == 0 and function[*row[:i], 1, *row[i + 1 :]] < value
            for i, parent in enumerate(self.parents[name])
            if parent + name in rising
            for row, value in function.items()
        )

    @staticmethod
    def law(count: int, rng: Random) -> list[Fraction]:
        """A law without zeros, mostly far from even."""
        parts = [rng.choice((1, 1, 2, 5, 20)) for _ in range(count)]
        return [Fraction(part, sum(parts)) for part in parts]

    def run(self, unit: Unit, asked: Variable) -> int:
        """What a variable is for a unit."""
        held = {
            name: self.run(unit, value) if isinstance(value, Variable) else value
            for name, value in asked.settings.items()
        }
        found = dict[str, int]()
        for name, above in self.parents.items():
            found[name] = held.get(name, unit[name][tuple(found[p] for p in above)])
        return found[asked.name]

    def among(self, given: Event | None) -> Iterator[tuple[Fraction, Unit]]:
        """The units for whom an event holds."""
        for share, unit in self.units:
            if given is None or all(self.run(unit, v) == value for v, value in given.parts):
                yield share, unit

    def P(self, event: Event, given: Event | None = None) -> Fraction:  # noqa: N802 - as it is written
        """The probability of an event; ZeroDivisionError if the condition cannot be."""
        both = event if given is None else event & given
        above = sum((share for share, _ in self.among(both)), Fraction(0))
        return above / sum((share for share, _ in self.among(given)), Fraction(0))

    def E(self, variable: Variable, given: Event | None = None) -> Fraction:  # noqa: N802
        """The mean of a variable."""
        return self.P(variable.is_(1), given)
