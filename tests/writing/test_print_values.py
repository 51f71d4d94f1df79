"""Whatever numbers stand in a formula, what is printed is worth what the formula is worth."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from fractions import Fraction
from itertools import product as cartesian
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from symcausal.algebra.scalar import Indeterminate, Number, Plus, Power, Term, Times
from symcausal.expr import build
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
    Value,
    free_events,
)
from symcausal.network.network import Variable
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary
from symcausal.writing.latex import latex
from symcausal.writing.notations import PRESETS
from symcausal.writing.text import text

DECLARED = {name: Indeterminate(name) for name in ("q", "r", "rate", "beta")}
STATES = {"X": ("0", "1"), "Y": ("-1", "2.5", "1/2"), "Rain": ("low", "high")}
VOCABULARY = Vocabulary({name: Variable(name, s) for name, s in STATES.items()}, DECLARED)
ORDER = (*STATES, *DECLARED)
numbers = st.fractions(-4, 4, max_denominator=5)

# terms as no builder would leave them: nested sums in sums, numbers anywhere
terms: st.SearchStrategy[Term] = st.recursive(
    numbers.map(Number) | st.sampled_from(list(DECLARED.values())),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Plus(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Times(tuple(parts)))
        | st.builds(Power, inner, st.sampled_from([-2, -1, 2, 3]))
    ),
    max_leaves=6,
)
leaves: st.SearchStrategy[Expr] = st.one_of(
    terms.map(Scalar),
    st.sampled_from(
        [
            Prob(free_events("X")),
            Prob(free_events("Y"), free_events("X")),
            Prob(free_events(["Rain"]), do=Events([Event("X", State("1"))])),
            Expectation(free_events("Y"), Numeric(Event("Y", Letter("Y")))),
            Numeric(Event("Y", Letter("Y"))),
            *(Numeric(Event("Y", State(state))) for state in STATES["Y"]),
        ]
    ),
)


def _formulas(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    parts = st.lists(inner, min_size=2, max_size=3)
    names = st.sampled_from(["X", "Rain"])
    return st.one_of(
        parts.map(build.product),
        parts.map(build.add),
        st.builds(Minus, inner, inner),
        st.builds(Quotient, inner, inner),
        st.builds(lambda name, body: Sum(free_events([name]), body), names, inner),
    )


formulas = st.recursive(leaves, _formulas, max_leaves=6)
amounts = st.fixed_dictionaries(dict.fromkeys(DECLARED, numbers))


@given(term=terms, at=amounts)
def test_a_term_is_worth_what_is_printed(term: Term, at: dict[str, Fraction]) -> None:
    worth = _worth(Scalar(term), at)
    for written in (text(term), text(term, unicode=True), latex(term)):
        assert _worth(read(written, VOCABULARY), at) == worth, written


@given(formula=formulas, at=amounts, preset=st.sampled_from(sorted(PRESETS)))
def test_a_formula_is_worth_what_is_printed(
    formula: Expr, at: dict[str, Fraction], preset: str
) -> None:
    worth = _worth(formula, at)
    for written in (text(formula, preset, ORDER), latex(formula, preset, ORDER)):
        assert _worth(read(written, VOCABULARY), at) == worth, written


@pytest.mark.parametrize(
    "written",
    [
        "(1 - q) / q",
        "(1 - q) / (1 - r)",
        "1 / (1 - q)",
        "q^2 / (q * r)",
        "(1 - q)^2",
        "-(1 - q) * P(X)",
        "-1/2 * P(X)",
        "-P(X)",
        "-sum_{X} P(X)",
        "-1/2 * P(X) + P(Y)",
        "-P(X) - P(Y)",
        "(-1/2) * P(X) / P(Y)",
        "P(X) + (-1) * P(Y)",
        "sum_{X} (-1) * P(X)",
        "1/2 * (1 - q) * P(X)",
    ],
)
def test_a_formula_in_our_own_style_is_printed_as_it_was(written: str) -> None:
    formula = read(written, VOCABULARY)
    assert text(formula, order=ORDER) == written
    assert read(latex(formula, order=ORDER), VOCABULARY) == formula


def _worth(formula: Expr, at: Mapping[str, Fraction]) -> Fraction:
    try:
        return _value(formula, at, {})
    except ZeroDivisionError:
        assume(False)
        raise


def _value(formula: Expr, at: Mapping[str, Fraction], bound: Mapping[str, str]) -> Fraction:
    """The value of a formula if every probability were any number at all."""
    match formula:
        case Scalar(term):
            return _amount(term, at)
        case Numeric(Event(_, State(name))):
            return Fraction(name)
        case Prob(outcome, given_, do):
            return _number("P", *(_shown(part, bound) for part in (outcome, given_, do)))
        case Expectation(over, body, given_, do):
            return _number("E", repr(body), *(_shown(p, bound) for p in (over, given_, do)))
        case Numeric(event):
            return _number("value", _shown(Events([event]), bound))
        case Sum(over, body):
            choices = cartesian(*(STATES[event.variable] for event in over))
            inner = ({**bound, **dict(zip(over.letters, c, strict=True))} for c in choices)
            return sum((_value(body, at, one) for one in inner), Fraction(0))
        case Product(parts):
            return prod((_value(part, at, bound) for part in parts), start=Fraction(1))
        case Add(parts):
            return sum((_value(part, at, bound) for part in parts), Fraction(0))
        case Minus(left, right):
            return _value(left, at, bound) - _value(right, at, bound)
        case Quotient(top, bottom):
            return _value(top, at, bound) / _value(bottom, at, bound)


def _amount(term: Term, at: Mapping[str, Fraction]) -> Fraction:
    match term:
        case Number(value):
            return value
        case Indeterminate(name):
            return at[name]
        case Plus(parts):
            return sum((_amount(part, at) for part in parts), Fraction(0))
        case Times(parts):
            return prod((_amount(part, at) for part in parts), start=Fraction(1))
        case Power(base, exponent):
            return _amount(base, at) ** exponent


def _shown(events: Events, bound: Mapping[str, str]) -> str:
    return ",".join(f"{e.variable}={_settled(e.value, bound)}" for e in events)


def _settled(value: Value, bound: Mapping[str, str]) -> str:
    name = value.name
    return bound.get(name, f"free {name}") if isinstance(value, Letter) else name


def _number(*words: str) -> Fraction:
    """Some number, always the same for the same words."""
    return Fraction(zlib.crc32("|".join(words).encode()) % 9973 + 1, 101)
