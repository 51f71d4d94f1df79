import math
from decimal import Decimal
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from symcausal.algebra.scalar import ONE, Indeterminate, minus, plus, power
from symcausal.errors import (
    ImpossibleEventError,
    MissingParameterError,
    ParameterRangeError,
    UsageError,
)
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Table, Variable
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.substitution import exact_number, with_values
from symcausal.numbers.evaluate.sympy_bridge import Parameter as Symbol
from tests.numbers.evaluate.exact import evaluate_exact
from tests.numbers.evaluate.queries import ask, exact_value, symbolic
from tests.support.student import SUPERSCRIPTS, chain, student

OPEN = symbolic(student(SUPERSCRIPTS))
SYMBOL = {p.name: p for p in OPEN.parameters}


@pytest.mark.parametrize(
    ("given_number", "exact"),
    [
        (0.1, "1/10"),
        (1 / 3, "0.3333333333333333"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1, "1"),
        (Fraction(2, 3), "2/3"),
        (Decimal("0.30"), "3/10"),
        ("0.3", "3/10"),
        ("2/3", "2/3"),
        ("1e-3", "1/1000"),
        (sympy.Rational(2, 3), "2/3"),
        (sympy.Integer(1), "1"),
        (sympy.Float("0.1"), "1/10"),
    ],
)
def test_numbers_are_read_exactly(given_number: object, exact: str):
    assert exact_number(given_number) == Fraction(exact)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_a_decimal_that_rounds_to_it(number: float):
    assert float(exact_number(number)) == number


@pytest.mark.parametrize(
    "wrong",
    [math.nan, math.inf, "a", "", "1/0", "9**9", "1e999999999", Decimal("1e999999"), None, [1],
     sympy.Symbol("x"), sympy.oo, sympy.pi, "__import__('os')"],
)  # fmt: skip
def test_what_is_no_number_is_refused(wrong: object):
    with pytest.raises(ParameterRangeError):
        exact_number(wrong)


def test_numbers_go_in_by_name_or_by_symbol():
    query = ask("L=l0", do="G=g1")
    entry = SYMBOL["theta_L_l0_G_g1"]
    for key in (entry.name, entry, Symbol(entry)):
        assert exact_value(OPEN, query, {key: 0.1}) == Fraction(1, 10)


def test_an_unknown_name_gets_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'theta_L_l0_G_g"):
        with_values(OPEN, {"theta_L_l0_G_g": 0.1})


def test_missing_numbers_are_named():
    with pytest.raises(MissingParameterError) as caught:
        exact_value(OPEN, ask("S=s0"), {"theta_I_i0": 0.7})
    assert caught.value.names == ("theta_S_s0_I_i0", "theta_S_s0_I_i1")
    form = closed_form(OPEN, ask("I=i1"))
    with pytest.raises(MissingParameterError):
        evaluate_exact(form.circuit, form.node, {})


def test_some_numbers_leave_an_expression():
    form = closed_form(with_values(OPEN, {"theta_I_i0": 1}), ask("S=s0"))
    assert form.parameters == ("theta_S_s0_I_i0",)


def test_numbers_outside_their_range_name_the_row():
    with pytest.raises(ParameterRangeError) as caught:
        with_values(OPEN, {"theta_S_s0_I_i0": 1.5})
    assert caught.value.rows == ("P(S | I=i0) = 3/2, -1/2",)


def test_a_row_above_one_is_named():
    values = {"theta_G_g1_I_i0_D_d1": 0.7, "theta_G_g2_I_i0_D_d1": "0.6"}
    with pytest.raises(ParameterRangeError, match=r"P\(G \| I=i0, D=d1\) = 7/10, 3/5, -3/10"):
        with_values(OPEN, values)


def test_declared_symbols_are_judged_by_the_entries_they_make():
    q = Indeterminate("q")
    bit = Variable("X")
    table = Table("X", (), (power(q, 2), plus([ONE, minus(power(q, 2))])))
    network = Network({"X": bit}, Graph("X"), {"X": table}, {"q": q})
    assert exact_value(network, ask("X=0"), {"q": -0.5}) == Fraction(1, 4)
    with pytest.raises(ParameterRangeError, match=r"P\(X\) = 4, -3"):
        exact_value(network, ask("X=0"), {"q": 2})


def test_a_division_by_zero_is_impossible():
    circuit = Circuit()
    p, q = circuit.parameter(Indeterminate("p")), circuit.parameter(Indeterminate("q"))
    node = circuit.div(p, q)
    with pytest.raises(ImpossibleEventError):
        evaluate_exact(circuit, node, {"p": Fraction(1), "q": Fraction(0)})


def test_a_long_chain_is_evaluated_without_recursion():
    network = symbolic(chain(400))
    form = closed_form(network, ask("X399=0"))
    values = {p.name: Fraction(1, 2) for p in network.parameters}
    assert evaluate_exact(form.circuit, form.node, values) == Fraction(1, 2)
