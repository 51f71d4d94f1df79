"""The value of a formula in an exact model, by its joint distribution: nothing clever.

Main definitions
----------------
World : tables of whole numbers, every row with the same sum.
value : the value of a formula at given letters.
agreement : whether two formulas have the same value wherever both have one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import NamedTuple

from tests.notes.fuzz.formulas import (
    Event,
    Formula,
    Letter,
    Mean,
    Minus,
    Number,
    Plus,
    Prob,
    Ratio,
    Times,
    Total,
    free,
)  # fmt: skip

States = Mapping[str, int]
Row = tuple[int, ...]


class World:
    """A model with numbers: variables in an order that fits their arrows.

    Parameters
    ----------
    sizes : mapping
        The number of states of each variable, parents first.
    parents : mapping
        The parents of each variable.
    seen : sequence of str
        The variables that formulas may name.
    rows : callable
        The row of a variable for states of its parents: whole numbers with the sum ``total``.
    total : int
        What the numbers of every row sum to.
    """

    def __init__(
        self,
        sizes: States,
        parents: Mapping[str, tuple[str, ...]],
        seen: Iterable[str],
        rows: Callable[[str, tuple[int, ...]], Row],
        total: int,
    ) -> None:
        self.sizes, self.parents, self.seen, self.total = dict(sizes), parents, tuple(seen), total
        self.rows = {
            name: {
                states: rows(name, states)
                for states in product(*(range(sizes[p]) for p in parents[name]))
            }
            for name in sizes
        }
        assert all(sum(row) == total for table in self.rows.values() for row in table.values())
        self._joints: dict[frozenset[tuple[str, int]], dict[tuple[int, ...], int]] = {}
        self._known: dict[tuple[Prob, tuple[int, ...]], Fraction | None] = {}
        self._weights: dict[tuple[frozenset[tuple[str, int]], frozenset[tuple[str, int]]], int] = {}

    def of(self, prob: Prob, at: Mapping[Letter, int]) -> Fraction | None:
        """The value of a probability at given letters; none where its condition is impossible."""
        events = (*prob.of, *prob.given, *prob.do)
        key = prob, tuple(-1 if isinstance(e.value, int) else at[e.value] for e in events)
        if key not in self._known:
            states = [_states(some, at) for some in (prob.of, prob.given, prob.do)]
            try:
                self._known[key] = self.probability(*states)
            except ZeroDivisionError:
                self._known[key] = None
        return self._known[key]

    def probability(self, of: States, given: States, do: States) -> Fraction:
        """P(of | given, do(do)); ZeroDivisionError where the condition is impossible."""
        both = dict(given)
        for name, state in of.items():
            if both.setdefault(name, state) != state:
                both = {}
                break
        below = self._weight(given, do)
        return Fraction(self._weight(both, do) if both or not of else 0, below)

    def _weight(self, at: States, do: States) -> int:
        key = frozenset(at.items()), frozenset(do.items())
        if key not in self._weights:
            wanted = [(self.seen.index(name), state) for name, state in at.items()]
            self._weights[key] = sum(
                weight
                for states, weight in self._joint(do).items()
                if all(states[i] == state for i, state in wanted)
            )
        return self._weights[key]

    def _joint(self, do: States) -> dict[tuple[int, ...], int]:
        """Weights of the states of what is seen, where some variables are set."""
        key = frozenset(do.items())
        if key not in self._joints:
            joint: dict[tuple[int, ...], int] = {}
            for at, weight in self._branches(list(self.sizes), {}, 1, do):
                states = tuple(at[name] for name in self.seen)
                joint[states] = joint.get(states, 0) + weight
            self._joints[key] = joint
        return self._joints[key]

    def _branches(
        self, names: list[str], at: dict[str, int], weight: int, do: States
    ) -> Iterator[tuple[dict[str, int], int]]:
        if not names:
            yield at, weight
            return
        name, *others = names
        if name in do:
            yield from self._branches(others, at | {name: do[name]}, weight, do)
            return
        row = self.rows[name][tuple(at[p] for p in self.parents[name])]
        for state, entry in enumerate(row):
            if entry:
                yield from self._branches(others, at | {name: state}, weight * entry, do)


def value(formula: Formula, world: World, at: Mapping[Letter, int]) -> Fraction | None:
    """The value of a formula, if it has one; zero times undefined is zero."""
    match formula:
        case Number(number):
            return number
        case Prob():
            return world.of(formula, at)
        case Mean(variable, given, do):
            states = range(world.sizes[variable])
            some = [world.of(Prob((Event(variable, i),), given, do), at) for i in states]
            return _added([None if p is None else i * p for i, p in zip(states, some, strict=True)])
        case Total(over, body):
            ranges = [range(world.sizes[letter.variable]) for letter in over]
            inside = (
                dict(at) | dict(zip(over, states, strict=True)) for states in product(*ranges)
            )
            return _added([value(body, world, place) for place in inside])
        case Times(factors):
            values = [value(factor, world, at) for factor in factors]
            if 0 in values:
                return Fraction(0)
            defined = [one for one in values if one is not None]
            return prod(defined, start=Fraction(1)) if len(defined) == len(values) else None
        case Plus(terms):
            return _added([value(term, world, at) for term in terms])
        case Minus(left, right):
            one, other = value(left, world, at), value(right, world, at)
            return None if one is None or other is None else one - other
        case Ratio(above, below):
            one, other = value(above, world, at), value(below, world, at)
            return None if one is None or not other else one / other


def _added(values: list[Fraction | None]) -> Fraction | None:
    defined = [one for one in values if one is not None]
    return sum(defined, Fraction(0)) if len(defined) == len(values) else None


def _states(events: Iterable[Event], at: Mapping[Letter, int]) -> dict[str, int]:
    return {e.variable: e.value if isinstance(e.value, int) else at[e.value] for e in events}


def places(letters: Iterable[Letter], world: World) -> Iterator[dict[Letter, int]]:
    """All states of some letters."""
    order = sorted(letters)
    for states in product(*(range(world.sizes[letter.variable]) for letter in order)):
        yield dict(zip(order, states, strict=True))


class Agreement(NamedTuple):
    """At how many places two formulas have the same value, different ones, or not both a value."""

    same: int
    different: int
    undefined: int


def agreement(left: Formula, right: Formula, world: World) -> Agreement:
    """Compare two formulas at all states of their free letters."""
    same = different = undefined = 0
    for at in places(free(left) | free(right), world):
        one, other = value(left, world, at), value(right, world, at)
        if one is None or other is None:
            undefined += 1
            continue
        same, different = same + (one == other), different + (one != other)
    return Agreement(same, different, undefined)


def positive_row(rng: random.Random, size: int, total: int) -> Row:
    """Positive whole numbers with a given sum."""
    cuts = [0, *sorted(rng.sample(range(1, total), size - 1)), total]
    return tuple(b - a for a, b in pairwise(cuts))
