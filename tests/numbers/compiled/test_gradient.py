import random
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import ImpossibleEventError
from symcausal.expr.nodes import Expr
from symcausal.network.loosened import numbers_of, symbolic
from symcausal.network.network import Network
from symcausal.numbers.compiled.function import CompiledQuery
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.sympy_bridge import closed_form_to_sympy
from symcausal.numbers.evaluate.value_table import ValueTable
from tests.golden.models import STUDENT
from tests.numbers.compiled.columns import random_columns
from tests.numbers.compiled.test_value import brute_force, compiled
from tests.numbers.evaluate.queries import loosened
from tests.support.strategies import formulas, models_with_queries, networks


def by_sympy(network: Network, query: Expr, values: dict[str, Fraction]) -> dict[object, object]:
    """The derivatives of the closed form, cell by cell, by SymPy's own rules, where it has any."""
    try:
        form = closed_form_to_sympy(closed_form(network, query))
    except ImpossibleEventError:
        return {}
    cells = dict(form) if isinstance(form, ValueTable) else {(): form}
    at = {name: sympy.Rational(v.numerator, v.denominator) for name, v in values.items()}
    found: dict[object, object] = {}
    for key, cell in cells.items():
        numbers = {symbol: at[symbol.name] for symbol in cell.free_symbols}
        slopes = {s.name: sympy.diff(cell, s).xreplace(numbers) for s in cell.free_symbols}
        if all(slope.is_Rational for slope in slopes.values()):  # no zero has been divided by
            found[key] = {name: Fraction(str(slope)) for name, slope in slopes.items()}
    return found


def agree(network: Network, query: Expr, values: dict[str, Fraction]) -> None:
    """All derivatives are those of the closed form, in fractions, in floats and in columns."""
    function = compiled(network, query)
    expected = by_sympy(network, query, values)
    if None in brute_force(network, query, values).values():
        # Floats cannot tell whether a difference that somebody divides by is zero.
        agree_where_defined(function, query, network, values)
        return
    exact = cells(function.gradient(values))
    floats = cells(function.gradient({name: float(v) for name, v in values.items()}))
    assert exact.keys() == floats.keys() == expected.keys()
    columns = {}
    if function.names:
        columns = cells(function.gradient({n: np.full(2, float(v)) for n, v in values.items()}))
    for key, slopes in expected.items():
        for name in function.names:
            slope = slopes.get(name, 0)
            assert exact[key][name] == slope
            assert floats[key][name] == pytest.approx(float(slope), rel=1e-9, abs=1e-12)
            assert columns[key][name] == pytest.approx([float(slope)] * 2, rel=1e-9, abs=1e-12)


def agree_where_defined(
    function: CompiledQuery, query: Expr, network: Network, values: dict[str, Fraction]
) -> None:
    """Derivatives are there where the value is, and only there."""
    expected = by_sympy(network, query, values)
    defined = brute_force(network, query, values)
    try:
        exact = cells(function.gradient(values))
    except ImpossibleEventError:
        exact = {}
    assert exact.keys() == {key for key, value in defined.items() if value is not None}
    for key, slopes in exact.items():
        assert {name: expected[key].get(name, 0) for name in function.names} == dict(slopes)


def cells(found: object) -> dict[object, object]:
    return dict(found) if isinstance(found, ValueTable) else {(): found}


@settings(max_examples=15)
@given(models_with_queries(positive=True))
def test_derivatives_of_a_query_are_those_of_its_closed_form(model: tuple[Network, Expr]) -> None:
    network, query = model
    agree(symbolic(network), query, numbers_of(network))


@settings(max_examples=10)
@given(models_with_queries(positive=True), st.integers(0, 10**6))
def test_some_rows_may_hold_numbers_and_some_shared_symbols(
    model: tuple[Network, Expr], seed: int
) -> None:
    network, query = model
    agree(*_swapped(network, query, seed))


def _swapped(network: Network, query: Expr, seed: int) -> tuple[Network, Expr, dict[str, Fraction]]:
    loose, values = loosened(network, random.Random(seed))
    return loose, query, values


@settings(max_examples=10)
@given(st.data())
def test_derivatives_of_a_formula(data: st.DataObject) -> None:
    network = data.draw(networks(nodes=(2, 3), positive=True))
    agree(symbolic(network), data.draw(formulas(network, depth=2)), numbers_of(network))


def test_expressions_in_the_tables_have_their_derivatives() -> None:
    model = Model.parse("A -> B; parameters q, r; P(A) = q*r, rest; P(B | A=0) = 1 - q^2, rest")
    function = model.compile("P(A=0 | B=0)")
    q, r, b = Fraction(1, 2), Fraction(1, 3), Fraction(1, 5)
    values = {"q": q, "r": r, "theta_B_0_A_1": b}
    expected = by_sympy(model.network, model.query("P(A=0 | B=0)"), values)[()]
    assert dict(function.gradient(values)) == expected


def test_each_row_has_its_own_derivatives() -> None:
    model = Model.parse(STUDENT).symbolic()
    function = model.compile("P(I=high | L=weak)")
    columns = random_columns(model.network, 1500, 3)
    found = function.gradient(columns)
    for row in (0, 700, 1499):
        one = function.gradient({name: float(column[row]) for name, column in columns.items()})
        for parameter in function.parameters:
            assert found[parameter][row] == pytest.approx(one[parameter.name], rel=1e-10)


def test_no_derivative_where_there_is_no_value() -> None:
    function = Model.parse("A -> B").compile("P(A=0 | B=0)")
    with pytest.raises(ImpossibleEventError):
        function.gradient({"theta_A_0": 1, "theta_B_0_A_0": 0, "theta_B_0_A_1": 1})
    found = function.gradient({"theta_A_0": [1.0, 0.5], "theta_B_0_A_0": 0, "theta_B_0_A_1": 1})
    assert np.isnan(found["theta_A_0"][0])
    assert not np.isnan(found["theta_A_0"][1])
