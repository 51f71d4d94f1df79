"""Formulas with awkward names, in the shape that the reader makes.

Main definitions
----------------
VARIABLES : variables with awkward names and states, all readable back.
formulas : a strategy for formulas over them.
notations : a strategy for notations.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from symcausal.algebra.scalar import Indeterminate, Number, Term, minus, plus, power, times
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
)
from symcausal.network.network import Variable
from symcausal.reading.vocabulary import Vocabulary
from symcausal.writing.notations import CHOICES, Notation

STATES = {
    "X": ("0", "1"),
    "G": ("A", "B", "C"),
    "A": ("low", "high"),
    "x_1": ("0", "1"),
    "Rain": ("-1", "2.5"),
    "SAT": ("very high", "1a", "very_low"),
    "I": ("i0", "i1"),
    "blood_pressure": ("a&b", "0-10", "100 %", "#{x}$", "a<b", "c^d|e"),
    "Z_ab": ("yes", "no"),
    "alpha": ("0", "1"),
    "Cold": ("0", "1"),
}
VARIABLES = {name: Variable(name, states) for name, states in STATES.items()}
DECLARED = {name: Indeterminate(name) for name in ("q", "rate", "beta")}
VOCABULARY = Vocabulary(VARIABLES, DECLARED)
ORDER = tuple(VARIABLES)


def own_letters(name: str) -> st.SearchStrategy[Value]:
    """The variable's own letter, or a copy of it."""
    return st.sampled_from([Letter(name), Letter(name + "'"), Letter(name + "''")])


def values(name: str) -> st.SearchStrategy[Value]:
    """A letter, now and then that of another variable with the same states, or a state."""
    states = [State(state) for state in STATES[name]]
    others = [Letter(other) for other in STATES if STATES[other] == STATES[name]]
    return own_letters(name) | st.sampled_from(states) | st.sampled_from(others)


@st.composite
def some_events(draw: st.DrawFn, names: list[str]) -> Events:
    """One event for each name."""
    return Events(Event(name, draw(values(name))) for name in names)


@st.composite
def probabilities(draw: st.DrawFn) -> Prob:
    """``P(outcome | given, do)``; the three share variables now and then."""
    if draw(st.booleans()):
        return draw(overlapping())
    names = draw(st.permutations(ORDER))
    first = draw(st.integers(1, 2))
    second = first + draw(st.integers(0, 2))
    third = second + draw(st.integers(0, 2))
    return Prob(
        draw(some_events(names[:first])),
        draw(some_events(names[first:second])),
        draw(some_events(names[second:third])),
    )


@st.composite
def overlapping(draw: st.DrawFn) -> Prob:
    """``P(x, y | x', do(x))``: events of the same few variables everywhere."""
    few = draw(st.lists(st.sampled_from(ORDER), min_size=1, max_size=2, unique=True))
    some = st.lists(st.sampled_from(few), max_size=2, unique=True)
    lists = (draw(some) or few, draw(some), draw(some))
    outcome, given, do = (draw(some_events(names)) for names in lists)
    return Prob(outcome, given, do)


def terms() -> st.SearchStrategy[Term]:
    """Numbers, declared parameters and small expressions over them."""
    numbers = st.fractions(0, 5, max_denominator=7).map(Number)
    symbols = st.sampled_from(list(DECLARED.values()))
    return (
        numbers
        | symbols
        | st.builds(lambda p: plus([Number(Fraction(1)), minus(p)]), symbols)
        | st.builds(lambda p, n: power(p, n), symbols, st.integers(2, 3))
        | st.builds(
            lambda n, p: times([n, p]), st.integers(1, 3).map(Fraction).map(Number), symbols
        )
    )


@st.composite
def means(draw: st.DrawFn) -> Expectation:
    """``E[X | given, do]``; under a sum, a variable without a capital would be the sum's letter."""
    name = draw(st.sampled_from([name for name in ORDER if name[0].isupper()]))
    seen, act = draw(st.permutations([other for other in ORDER if other != name]))[:2]
    event = Event(name, Letter(name))
    return Expectation(
        Events([event]),
        Numeric(event),
        draw(some_events([seen])) if draw(st.booleans()) else Events(),
        draw(some_events([act])) if draw(st.booleans()) else Events(),
    )


def numerics() -> st.SearchStrategy[Numeric]:
    """The number that a value stands for."""
    names = st.sampled_from(ORDER)
    return names.flatmap(lambda n: own_letters(n).map(lambda v: Numeric(Event(n, v))))


@cache
def formulas(depth: int = 2) -> st.SearchStrategy[Expr]:
    """Any formula. Scalars stand first in their product or sum, where the reader collects them."""
    leaves = probabilities() | means() | numerics()
    if not depth:
        return leaves
    inner = formulas(depth - 1)
    parts = st.lists(inner, min_size=2, max_size=3)
    scalars = terms().map(Scalar)
    return st.one_of(
        leaves,
        sums(inner),
        parts.map(build.product),
        st.builds(lambda s, p: _led(s, build.product(p)), scalars, parts),
        parts.map(build.add),
        st.builds(lambda s, p: _led(s, build.add(p)), scalars, parts),
        st.builds(Minus, inner, inner),
        st.builds(Quotient, inner, inner),
        st.builds(Quotient, scalars, inner),
    )


def _led(scalar: Scalar, expr: Expr) -> Expr:
    """Put a scalar in front, unless there is one already."""
    match expr:
        case Product(parts) | Add(parts) if isinstance(parts[0], Scalar):
            return expr
        case Product(parts):
            return build.product((scalar, *parts))
        case Add(parts):
            return build.add((scalar, *parts))
        case _:
            return expr


@st.composite
def sums(draw: st.DrawFn, bodies: st.SearchStrategy[Expr]) -> Expr:
    """Sums over own letters; a directly nested sum only where it shadows."""
    names = draw(st.lists(st.sampled_from(ORDER), min_size=1, max_size=3, unique=True))
    over = Events(Event(name, draw(own_letters(name))) for name in names)
    body = draw(bodies)
    return Sum(over, body) if isinstance(body, Scalar) else build.total(over, body)


@st.composite
def notations(draw: st.DrawFn) -> Notation:
    """Any choices that do not give a superscript two meanings."""
    chosen = {name: draw(st.sampled_from(values)) for name, values in CHOICES.items()}
    if chosen["states"] == "superscript":
        chosen["counterfactual"] = draw(st.sampled_from(["subscript", "argument"]))
    return Notation(**chosen)
