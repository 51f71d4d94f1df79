"""Formulas as JSON: nested lists, with states as indices.

Main definitions
----------------
tree : a formula as nested lists.

Notation
--------
``["P", {"of": [["Y", "Y"]], "given": [["X", "X'"]], "do": [["Z", 1]]}]``: a variable, then a
state's index or a value symbol. ``["sum", ["X'"], T]``, with ``["X", "A"]`` for a letter that the
body does not tell to be a value of X, ``["prod", [T, ...]]``, ``["frac", T, T]``,
``["add", T, ...]``, ``["sub", T, T]``, ``["const", "1/2"]``; and, for expected values,
``["value", ["Y", "Y"]]`` and ``["E", {"over": ..., "given": ..., "do": ...}, T]``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from symcausal.expr.nodes import (
    Add,
    Copy,
    CopyEvent,
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
from symcausal.expr.scope import free_letters
from symcausal.hints import TypeAlias
from symcausal.writing.text import text

Tree: TypeAlias = "str | int | Sequence[Tree] | dict[str, Tree]"
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
        case Counterfactual(copies, seen):
            both = {"of": copies, "given": seen}
            return ["P", {k: [_copy_event(e, states_of) for e in v] for k, v in both.items() if v}]
        case Sum(over, body):
            runs = free_letters(body)
            letters = [
                _letter(event.variable, event.value.name, runs)
                for event in over
                if isinstance(event.value, Letter)
            ]
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


def _letter(variable: str, letter: str, runs: Mapping[str, str]) -> Tree:
    """Return a letter of a sum: alone where the body tells its variable, else in a pair with it."""
    told = runs.get(letter, letter.rstrip("'"))
    return letter if told == variable else [variable, letter]


def _events(events: Events, states_of: StatesOf | None) -> list[Tree]:
    return [_event(event, states_of) for event in events]


def _copy_event(event: CopyEvent, states_of: StatesOf | None) -> list[Tree]:
    """Return the variable, its value, and the settings under which it has it."""
    copy = event.copy
    return [*_event(Event(copy.variable, event.value), states_of), _settings(copy, states_of)]


def _settings(copy: Copy, states_of: StatesOf | None) -> list[Tree]:
    found = list[Tree]()
    for setting in copy.settings:
        match setting.value:
            case Copy():
                found.append([setting.variable, {"as": _settings(setting.value, states_of)}])
            case Letter() | State():
                found.append(_event(Event(setting.variable, setting.value), states_of))
    return found


def _event(event: Event, states_of: StatesOf | None) -> list[Tree]:
    match event.value:
        case Letter(name):
            return [event.variable, name]
        case State(name):
            if states_of is None:
                return [event.variable, name]
            return [event.variable, list(states_of(event.variable)).index(name)]
