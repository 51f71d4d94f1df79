"""Formulas as JSON: nested lists, with states as indices.

Main definitions
----------------
tree : a formula as nested lists.
from_tree : its inverse.

Notation
--------
``["P", {"of": [["Y", "Y"]], "given": [["X", "X'"]], "do": [["Z", 1]]}]``: a variable, then a
state's index or a value symbol. ``["sum", ["X'"], T]``, with ``["X", "A"]`` for a letter that the
body does not tell to be a value of X, ``["prod", [T, ...]]``, ``["frac", T, T]``,
``["add", T, ...]``, ``["sub", T, T]``, ``["const", "1/2"]``; and, for expected values,
``["value", ["Y", "Y"]]`` and ``["E", {"over": ..., "given": ..., "do": ...}, T]``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from symcausal.algebra import scalar
from symcausal.errors import UsageError
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
from symcausal.writing.text import text

Tree: TypeAlias = "str | int | Sequence[Tree] | dict[str, Tree]"
_MAX_DIGITS = 1000
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+|/0*[1-9][0-9]*)?")
StatesOf: TypeAlias = Callable[[str], Sequence[str]]


def tree(expr: Expr, states_of: StatesOf | None = None) -> list[Tree]:
    """Write a formula as nested lists.

    Parameters
    ----------
    expr : Expr
        The formula.
    states_of : callable, optional
        The states of a variable, in order. Without it a state stands by its name.
    """
    match expr:
        case Prob(outcome, given, do):
            parts = {"of": outcome, "given": given, "do": do}
            return ["P", {k: _events(v, states_of) for k, v in parts.items() if v}]
        case Sum(over, body):
            runs = free_letters(body)
            pairs = zip(over.variables, over.letters, strict=True)
            letters = [_letter(variable, letter, runs) for variable, letter in pairs]
            return ["sum", letters, tree(body, states_of)]
        case Product(factors):
            return ["prod", [tree(factor, states_of) for factor in factors]]
        case Quotient(top, bottom):
            return ["frac", tree(top, states_of), tree(bottom, states_of)]
        case Add(terms):
            return ["add", *(tree(term, states_of) for term in terms)]
        case Minus(left, right):
            return ["sub", tree(left, states_of), tree(right, states_of)]
        case Scalar(value):
            return ["const", text(value)]
        case Numeric(event):
            return ["value", _event(event, states_of)]
        case Expectation(over, body, given, do):
            parts = {"over": over, "given": given, "do": do}
            events: dict[str, Tree] = {k: _events(v, states_of) for k, v in parts.items() if v}
            return ["E", events, tree(body, states_of)]


def from_tree(data: Tree, states_of: StatesOf | None = None) -> Expr:
    """Read a formula from nested lists.

    Raises
    ------
    UsageError
        If the lists do not have the shape of :func:`tree`, or a constant is no number.
    """
    match data:
        case ["P", dict(parts)]:
            return Prob(*(_read(parts.get(k, []), states_of) for k in ("of", "given", "do")))
        case ["sum", [*letters], body]:
            inner = from_tree(body, states_of)
            runs = free_letters(inner)
            return Sum(Events(_read_letter(letter, runs) for letter in letters), inner)
        case ["prod", [*factors]]:
            return Product(tuple(from_tree(factor, states_of) for factor in factors))
        case ["frac", top, bottom]:
            return Quotient(from_tree(top, states_of), from_tree(bottom, states_of))
        case ["add", *terms]:
            return Add(tuple(from_tree(term, states_of) for term in terms))
        case ["sub", left, right]:
            return Minus(from_tree(left, states_of), from_tree(right, states_of))
        case ["const", str(digits)]:
            return Scalar(_number(digits))
        case ["value", event]:
            return Numeric(_read_event(event, states_of))
        case ["E", dict(parts), body]:
            runs_over, *rest = (_read(parts.get(k, []), states_of) for k in ("over", "given", "do"))
            return Expectation(runs_over, from_tree(body, states_of), *rest)
        case _:  # lists from outside may have any shape
            raise _refused(data)


def _letter(variable: str, letter: str, runs: Mapping[str, str]) -> Tree:
    """Return a letter of a sum: alone where the body tells its variable, else in a pair with it."""
    return letter if _told(letter, runs) == variable else [variable, letter]


def _read_letter(data: Tree, runs: Mapping[str, str]) -> Event:
    match data:
        case str(letter):
            return Event(_told(letter, runs), Letter(letter))
        case [str(variable), str(letter)]:
            return Event(variable, Letter(letter))
        case _:  # lists from outside may have any shape
            raise _refused(data)


def _told(letter: str, runs: Mapping[str, str]) -> str:
    return runs.get(letter, letter.rstrip("'"))


def _events(events: Events, states_of: StatesOf | None) -> list[Tree]:
    return [_event(event, states_of) for event in events]


def _event(event: Event, states_of: StatesOf | None) -> list[Tree]:
    match event.value:
        case Letter(name):
            return [event.variable, name]
        case State(name):
            if states_of is None:
                return [event.variable, name]
            return [event.variable, list(states_of(event.variable)).index(name)]


def _read(data: Tree, states_of: StatesOf | None) -> Events:
    if not isinstance(data, list):
        raise _refused(data)
    return Events(_read_event(pair, states_of) for pair in data)


def _read_event(data: Tree, states_of: StatesOf | None) -> Event:
    match data:
        case [str(variable), int(index)] if states_of and 0 <= index < len(states_of(variable)):
            return Event(variable, State(states_of(variable)[index]))
        case [str(variable), str(value)] if states_of or value.rstrip("'") == variable:
            return Event(variable, Letter(value))
        case [str(variable), str(value)]:
            return Event(variable, State(value))
        case _:  # lists from outside may have any shape
            raise _refused(data)


def _number(digits: str) -> scalar.Number:
    # no exponents: "1e999999999" would fill the memory
    if len(digits) > _MAX_DIGITS or not _NUMBER.fullmatch(digits):
        raise UsageError(f"'{digits[:40]}' is no number", expected="a constant such as 1/2")
    return scalar.number(Fraction(digits))


def _refused(data: Tree) -> UsageError:
    shown = str(data)
    shown = shown if len(shown) < 60 else shown[:57] + "..."
    return UsageError(
        f"{shown} is no formula", expected='a list such as ["P", {"of": [["Y", "Y"]]}]'
    )
