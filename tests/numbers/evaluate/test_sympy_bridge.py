import copy
import pickle
import random
import re
from fractions import Fraction

import numpy as np
import pytest
import sympy

from symcausal.algebra import scalar
from symcausal.errors import UsageError
from symcausal.expr.nodes import Prob
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.sympy_bridge import (
    Parameter,
    closed_form_to_sympy,
    term_from_sympy,
    to_sympy,
)
from tests.numbers.evaluate.exact import evaluate_exact
from tests.numbers.evaluate.queries import ask, loosened, symbolic
from tests.support.random_models import random_network, random_query
from tests.support.student import asia, student, student_with_sat_letter
from tests.support.sympy_terms import term_to_sympy

STUDENT = symbolic(student())
ENTRY = next(p for p in STUDENT.parameters if p.name == "theta_G_A_I_high_D_hard")
QUERIES = [
    ask("L=strong"),
    ask("I=high", "L=strong"),
    ask("S=low", "G=A"),
    ask("I=high", "G=C D=hard"),
    ask("L=strong", do="G=A"),
    ask("L=strong", "S=low", do="G=A"),
]


def expression(query: Prob) -> sympy.Expr:
    return closed_form_to_sympy(closed_form(STUDENT, query))


def plain(expr: sympy.Expr) -> sympy.Expr:
    """The same with ordinary symbols."""
    return expr.xreplace({p: sympy.Symbol(p.name) for p in expr.free_symbols})


def at_random_point(expr: sympy.Expr, seed: int = 0) -> Fraction:
    """The value where every symbol has a fraction of its own, by SymPy alone."""
    rng = random.Random(seed)
    names = sorted(p.name for p in STUDENT.parameters)
    point = {name: sympy.Rational(rng.randint(1, 30), 97) for name in names}
    value = expr.xreplace({s: point[s.name] for s in expr.free_symbols})
    assert value.is_Rational
    return Fraction(int(value.p), int(value.q))


# -- the symbol -----------------------------------------------------------------------------------
def test_a_parameter_knows_its_entry():
    symbol = Parameter(ENTRY)
    assert isinstance(symbol, sympy.Symbol)
    assert str(symbol) == symbol.name == "theta_G_A_I_high_D_hard"
    assert (symbol.variable, symbol.state) == ("G", "A")
    assert symbol.parents == (("I", "high"), ("D", "hard"))
    assert symbol.is_real
    assert symbol.is_nonnegative
    assert symbol.is_commutative


def test_equal_entries_make_one_symbol():
    twin = scalar.Indeterminate(ENTRY.name, ENTRY.variable, ENTRY.state, ENTRY.parents)
    assert Parameter(ENTRY) is Parameter(twin)
    assert Parameter(ENTRY) - Parameter(twin) == 0
    other = Parameter(scalar.Indeterminate(ENTRY.name, "H", ENTRY.state, ENTRY.parents))
    assert other != Parameter(ENTRY)
    assert Parameter(ENTRY) != sympy.Symbol(ENTRY.name)


def test_a_parameter_survives_copies_and_pickles():
    expr = 1 - Parameter(ENTRY) ** 2
    for again in (pickle.loads(pickle.dumps(expr)), copy.deepcopy(expr), copy.copy(expr)):
        assert again == expr
        assert next(iter(again.free_symbols)) is Parameter(ENTRY)


@pytest.mark.parametrize(
    ("entry", "latex"),
    [
        (ENTRY, r"\theta_{\mathrm{A} \mid \mathrm{high},\mathrm{hard}}"),
        (scalar.Indeterminate("t", "I", "low"), r"\theta_{\mathrm{low}}"),
        (scalar.Indeterminate("t", "L", "1", (("G", "0"),)), r"\theta_{L=1 \mid G=0}"),
        (
            scalar.Indeterminate("t", "X", "a_b", (("Y", "50%"),)),
            r"\theta_{\mathrm{a\_b} \mid \text{50\(\%\)}}",
        ),
        (scalar.Indeterminate("q"), "q"),
    ],
)
def test_a_parameter_in_latex(entry: scalar.Indeterminate, latex: str):
    assert sympy.latex(Parameter(entry)) == latex


def test_powers_in_latex_have_one_superscript():
    text = sympy.latex(Parameter(ENTRY) ** 2)
    assert text == r"\theta_{\mathrm{A} \mid \mathrm{high},\mathrm{hard}}^{2}"


# -- expressions ----------------------------------------------------------------------------------
@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_expressions_are_what_sympy_builds_itself(query: Prob):
    expr = expression(query)
    for part in sympy.preorder_traversal(expr):
        if part.args:
            again = part.func(*part.args)
            assert again == part
            assert again.args == part.args
    assert sympy.sympify(str(expr)) == plain(expr)


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_values_survive_the_bridge(query: Prob):
    form = closed_form(STUDENT, query)
    rng = random.Random(0)
    names = sorted(p.name for p in STUDENT.parameters)
    point = {name: Fraction(rng.randint(1, 30), 97) for name in names}
    expected = evaluate_exact(form.circuit, form.node, point)
    assert at_random_point(to_sympy(form.circuit, form.node)) == expected


@pytest.mark.parametrize("seed", range(30))
def test_random_forms_keep_their_value(seed: int):
    rng = random.Random(seed)
    network, values = loosened(random_network(rng, nodes=(3, 5), positive=True), rng)
    form = closed_form(network, random_query(rng, network))
    for node in form.nodes.values():
        expr = to_sympy(form.circuit, node)
        point = {s: sympy.Rational(*values[s.name].as_integer_ratio()) for s in expr.free_symbols}
        exact = evaluate_exact(form.circuit, node, values)
        assert expr.subs(point) == sympy.Rational(*exact.as_integer_ratio())


def test_complements_are_printed_as_entered():
    text = str(expression(ask("I=high", "L=strong")))
    assert "(1 - theta_I_low)*" in text
    assert text.count("/") == 1


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_derivative_is_the_slope(query: Prob):
    # Numerator and denominator are linear in every single parameter, so the slope at a point
    # follows from N(0), N(1), D(0), D(1).
    expr = expression(query)
    above, below = sympy.fraction(expr)
    for symbol in sorted(expr.free_symbols, key=str)[:4]:
        n0, n1, d0, d1 = (
            at_random_point(side.subs(symbol, value)) for side in (above, below) for value in (0, 1)
        )
        slope = ((n1 - n0) * d0 - n0 * (d1 - d0)) / at_random_point(below) ** 2
        assert at_random_point(expr.diff(symbol)) == slope


def test_numbers_go_in_by_symbol():
    expr = expression(ask("L=strong", do="G=A"))
    symbol = Parameter(next(p for p in STUDENT.parameters if p.name == "theta_L_weak_G_A"))
    assert expr == 1 - symbol
    assert expr.subs({symbol: sympy.Rational(1, 10)}) == sympy.Rational(9, 10)


def test_lambdify_takes_numbers_and_arrays():
    expr = expression(ask("I=high", "L=strong"))
    symbols = sorted(expr.free_symbols, key=str)
    compute = sympy.lambdify(symbols, expr, modules="numpy")
    columns = np.linspace(0.1, 0.3, 5 * len(symbols)).reshape(len(symbols), 5)
    found = compute(*columns)
    assert found.shape == (5,)
    for i in range(5):
        point = {s: sympy.Float(columns[j, i]) for j, s in enumerate(symbols)}
        assert abs(float(expr.subs(point)) - found[i]) < 1e-12


def test_latex_braces_every_subscript():
    text = sympy.latex(expression(ask("I=high", "L=strong")))
    assert text.count(r"\theta") == len(re.findall(r"\\theta_\{", text))
    assert text.count("{") == text.count("}")
    assert text.startswith(r"\frac{")


def test_free_values_make_a_table_of_expressions():
    table = closed_form_to_sympy(closed_form(STUDENT, ask("L", do="G=A")))
    assert list(table) == [("weak",), ("strong",)]
    assert table["weak"] + table["strong"] == 1


def test_equal_parts_are_one_object():
    network = symbolic(asia())
    form = closed_form(network, ask("S=yes", "D=yes"))
    expr = closed_form_to_sympy(form)
    objects = {id(part) for part in sympy.preorder_traversal(expr)}
    assert len(objects) <= len(form.circuit.reachable([form.node])) + 3


def test_a_network_of_numbers_gives_a_rational():
    form = closed_form(student_with_sat_letter(), ask("S=high", "G=A"))
    assert closed_form_to_sympy(form) == sympy.Rational(923, 1810)


# -- table entries --------------------------------------------------------------------------------
P, Q = sympy.symbols("p q")


@pytest.mark.parametrize(
    "expr",
    [P, 1 - P, P * Q, P**2 + Q / 3, 1 - (1 - P) * (1 - Q), sympy.Rational(1, 3), 1 / (1 + P),
     sympy.Integer(0), Parameter(ENTRY) * P],
)  # fmt: skip
def test_a_users_expression_there_and_back(expr: sympy.Expr):
    term = term_from_sympy(expr)
    names = {s: Parameter(scalar.Indeterminate(s.name)) if not isinstance(s, Parameter) else s
             for s in expr.free_symbols}  # fmt: skip
    assert term_to_sympy(term) == expr.xreplace(names)
    circuit = Circuit()
    assert sympy.expand(to_sympy(circuit, circuit.term(term)) - term_to_sympy(term)) == 0


def test_a_parameter_comes_back_as_its_entry():
    assert term_from_sympy(Parameter(ENTRY)) is ENTRY


@pytest.mark.parametrize(
    ("number", "exact"), [(0.1, "1/10"), (1 / 3, "0.3333333333333333"), ("0.25", "1/4")]
)
def test_a_sympy_float_is_a_decimal(number: object, exact: str):
    term = term_from_sympy(sympy.Float(number))
    assert term == scalar.Number(Fraction(exact))


@pytest.mark.parametrize(
    "wrong",
    [sympy.sin(P), P**Q, sympy.sqrt(P), sympy.pi, sympy.oo, sympy.zoo, sympy.nan, sympy.I,
     sympy.Dummy("x"), sympy.Eq(P, Q), sympy.true],
)  # fmt: skip
def test_anything_else_is_refused(wrong: sympy.Basic):
    with pytest.raises(UsageError):
        term_from_sympy(wrong)


def test_text_is_not_evaluated():
    with pytest.raises(UsageError):
        term_from_sympy("__import__('os')")
