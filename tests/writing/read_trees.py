"""Formulas out of nested lists, for round trips.

Main definitions
----------------
from_tree : the formula that :func:`symcausal.writing.trees.tree` wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from symcausal.algebra.scalar import number
from symcausal.expr.nodes import (
    Add,
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
from symcausal.expr.scope import free_letters

StatesOf = Callable[[str], Sequence[str]]


def from_tree(data: Any, states_of: StatesOf | None = None) -> Expr:
    """Read a formula from nested lists; with ``states_of`` states are indices, else names."""

    def read(nested: Any) -> Expr:
        return from_tree(nested, states_of)

    match data:
        case ["P", dict(parts)]:
            return Prob(*(_events(parts.get(k, []), states_of) for k in ("of", "given", "do")))
        case ["sum", [*letters], body]:
            inner = read(body)
            runs = free_letters(inner)
            return Sum(Events(_letter(letter, runs) for letter in letters), inner)
        case ["prod", [*factors]]:
            return Product(tuple(map(read, factors)))
        case ["frac", top, bottom]:
            return Quotient(read(top), read(bottom))
        case ["add", *terms]:
            return Add(tuple(map(read, terms)))
        case ["sub", left, right]:
            return Minus(read(left), read(right))
        case ["const", str(digits)]:
            return Scalar(number(Fraction(digits)))
        case ["value", event]:
            return Numeric(_event(event, states_of))
        case ["E", dict(parts), body]:
            events = [_events(parts.get(k, []), states_of) for k in ("over", "given", "do")]
            return Expectation(events[0], read(body), *events[1:])
    raise AssertionError(f"{data} is no formula")


def _letter(data: Any, runs: Mapping[str, str]) -> Event:
    if isinstance(data, str):
        return Event(runs.get(data, data.rstrip("'")), Letter(data))
    variable, letter = data
    return Event(variable, Letter(letter))


def _events(data: Any, states_of: StatesOf | None) -> Events:
    return Events(_event(pair, states_of) for pair in data)


def _event(data: Any, states_of: StatesOf | None) -> Event:
    variable, value = data
    if states_of is not None and isinstance(value, int):
        return Event(variable, State(states_of(variable)[value]))
    is_letter = states_of is not None or value.rstrip("'") == variable
    return Event(variable, Letter(value) if is_letter else State(value))
