import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.algebra.field import Rationals
from symcausal.algebra.scalar import (
    Indeterminate,
    Number,
    Plus,
    Power,
    Times,
    evaluate,
    minus,
    plus,
)
from symcausal.errors import ImpossibleEventError
from symcausal.numbers.evaluate.circuit import CONSTANT, ONE, PRODUCT, QUOTIENT, SUM, ZERO, Circuit
from tests.numbers.evaluate.exact import evaluate_exact

P, Q, R = (Indeterminate(name) for name in "pqr")
VALUES = {"p": Fraction(2, 7), "q": Fraction(-3, 5), "r": Fraction(11, 3)}

fractions = st.fractions(min_value=-3, max_value=3, max_denominator=6)
leaves = st.sampled_from([P, Q, R]) | fractions.map(Number)
terms = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: Plus(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Times(tuple(parts))),
        st.tuples(inner, st.sampled_from([-2, -1, 2, 3])).map(lambda pair: Power(*pair)),
    ),
    max_leaves=12,
)


@given(terms)
def test_a_term_keeps_its_value(term: Plus):
    expected = evaluate(term, VALUES, Rationals())
    circuit = Circuit()
    node = circuit.term(term)
    if expected is not None:
        assert evaluate_exact(circuit, node, VALUES) == expected


@given(terms, terms)
def test_the_arithmetic_of_nodes_is_that_of_values(left: Plus, right: Plus):
    circuit = Circuit()
    x, y = circuit.term(left), circuit.term(right)
    try:
        a, b = (evaluate_exact(circuit, node, VALUES) for node in (x, y))
    except ImpossibleEventError:
        return
    assert evaluate_exact(circuit, circuit.add(x, y), VALUES) == a + b
    assert evaluate_exact(circuit, circuit.mul(x, y), VALUES) == a * b
    if b:
        assert evaluate_exact(circuit, circuit.div(x, y), VALUES) == a / b
        twice = circuit.div(circuit.div(x, y), circuit.div(y, circuit.constant(Fraction(2))))
        assert evaluate_exact(circuit, twice, VALUES) == a / b / (b / 2)
    assert circuit.add_all([x, y], [y, x]) == [circuit.add(x, y), circuit.add(y, x)]
    assert circuit.mul_all([x], [y]) == [circuit.mul(x, y)]


@given(st.lists(st.sampled_from(range(2, 9)), min_size=2, max_size=5), st.randoms())
def test_the_order_of_arguments_makes_no_other_node(picks: list[int], rng: random.Random):
    circuit = Circuit()
    for name in "abcdefg":
        circuit.parameter(Indeterminate(name))
    shuffled = rng.sample(picks, len(picks))
    assert circuit.product(picks) == circuit.product(shuffled)
    assert circuit.total(picks) == circuit.total(shuffled)


def test_zeros_and_ones_are_folded():
    circuit = Circuit()
    p = circuit.parameter(P)
    assert circuit.mul(p, ZERO) == ZERO
    assert circuit.mul(p, ONE) == p
    assert circuit.add(p, ZERO) == p
    assert circuit.div(p, ONE) == p
    assert circuit.div(ZERO, p) == ZERO
    assert circuit.div(p, p) == ONE


def test_a_complement_stays_as_entered():
    circuit = Circuit()
    node = circuit.term(plus([Number(Fraction(1)), minus(P)]))
    assert circuit.kinds[node] == SUM
    assert len(circuit.parts[node]) == 2
    product = circuit.mul(node, circuit.parameter(Q))
    assert circuit.kinds[product] == PRODUCT
    assert node in circuit.parts[product]


def test_a_row_of_parameters_and_its_remainder_is_one():
    circuit = Circuit()
    rest = plus([Number(Fraction(1)), minus(P), minus(Q)])
    assert circuit.total([circuit.term(entry) for entry in (P, rest, Q)]) == ONE


def test_equal_terms_are_collected():
    circuit = Circuit()
    p = circuit.parameter(P)
    twice = circuit.add(p, p)
    assert circuit.parts[twice] == (circuit.constant(Fraction(2)), p)
    assert circuit.add(twice, circuit.term(minus(P))) == p
    assert circuit.mul(p, p) == circuit.power(p, 2)
    assert circuit.mul(circuit.power(p, 2), p) == circuit.power(p, 3)


def test_a_reciprocal_does_not_cancel_where_nobody_divides():
    circuit = Circuit()
    p = circuit.parameter(P)
    assert circuit.mul(p, circuit.power(p, -1)) != ONE


def test_common_factors_of_a_quotient_are_dropped():
    circuit = Circuit()
    p, q, r = (circuit.parameter(x) for x in (P, Q, R))
    assert circuit.div(circuit.mul(p, q), circuit.mul(q, r)) == circuit.div(p, r)
    third = circuit.constant(Fraction(3))
    node = circuit.div(circuit.mul(third, p), circuit.mul(circuit.constant(Fraction(6)), q))
    assert circuit.kinds[node] == QUOTIENT
    assert evaluate_exact(circuit, node, VALUES) == VALUES["p"] / 2 / VALUES["q"]


def test_constants_are_numbers():
    circuit = Circuit()
    node = circuit.add(circuit.constant(Fraction(1, 3)), circuit.constant(Fraction(1, 6)))
    assert circuit.kinds[node] == CONSTANT
    assert circuit.number(node) == Fraction(1, 2)
    assert circuit.number(circuit.parameter(P)) is None


def test_what_is_not_defined_spoils_all_but_zero():
    circuit = Circuit()
    p = circuit.parameter(P)
    nothing = circuit.quotient(p, ZERO, "G=A")
    assert circuit.reason(nothing) == "G=A"
    for node in (
        circuit.add(nothing, p),
        circuit.mul(p, nothing),
        circuit.div(nothing, p),
        circuit.div(p, nothing),
        circuit.power(nothing, 2),
    ):
        assert node == nothing
    assert circuit.mul(ZERO, nothing) == ZERO
    assert circuit.reason(p) is None
    with pytest.raises(ImpossibleEventError):
        evaluate_exact(circuit, nothing, VALUES)
