import pickle
import random
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import ImpossibleEventError, LimitError, UsageError
from symcausal.expr.nodes import Expr, Quotient
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters
from symcausal.network.loosened import numbers_of, symbolic
from symcausal.network.network import Network
from symcausal.numbers.compiled.function import CompiledQuery
from symcausal.numbers.evaluate.value_table import ValueTable
from tests.command_line import ROOT
from tests.golden.models import STUDENT, SUPERSCRIPTS
from tests.numbers.compiled.columns import random_columns, repeated
from tests.numbers.evaluate.queries import ask, loosened
from tests.numbers.evaluate.test_closed_form import GOLDEN
from tests.support.oracle import Oracle
from tests.support.random_models import (
    overlapping_query,
    random_formula,
    random_network,
    random_query,
)
from tests.support.strategies import formulas, models_with_queries, networks
from tests.support.student import asia

Cells = dict[tuple[str, ...], Fraction | None]


def compiled(network: Network, query: Expr) -> CompiledQuery:
    return CompiledQuery(network, query, shown="a query")


def brute_force(network: Network, expr: Expr, values: dict[str, Fraction] | None = None) -> Cells:
    """Every cell of a formula from the joint; ``None`` where it is not defined."""
    oracle, letters = Oracle(network, values or {}), free_letters(expr)
    return {
        tuple(at[letter] for letter in letters): oracle.value(expr, at)
        for at in oracle.assignments(letters)
    }


def cells(
    function: CompiledQuery, values: object, expected: Cells
) -> dict[tuple[str, ...], object]:
    """Every cell of a compiled formula; ``None`` where it is not defined."""
    try:
        found = function(values)
    except ImpossibleEventError:
        return dict.fromkeys(expected)
    if isinstance(found, ValueTable):
        return {**found, **dict.fromkeys(found.undefined)}
    return {(): found}


def agree(network: Network, query: Expr, values: dict[str, Fraction]) -> None:
    """A query has its brute-force value in fractions, in floats, and in columns."""
    # Floats cannot tell whether a difference that somebody divides by is zero.
    told = not any(isinstance(node, Quotient) for _, node in everywhere(query))
    expected = brute_force(network, query, values)
    function = compiled(network, query)
    assert cells(function, values, expected) == expected
    inexact = {name: float(value) for name, value in values.items()}
    close(cells(function, inexact, expected), expected, told=told)
    if function.names:
        columns = cells(function, repeated(values, 3), expected)
        assert {len(column) for column in columns.values()} == {3}
        for row in range(3):
            at = {key: column[row] for key, column in columns.items()}
            at = {key: None if np.isnan(x) else x for key, x in at.items()}
            close(at, expected, told=told)


def close(found: dict[tuple[str, ...], object], expected: Cells, *, told: bool = True) -> None:
    for key, value in expected.items():
        if told:
            assert (found[key] is None) == (value is None), key
        if value is not None:
            assert found[key] == pytest.approx(float(value), rel=1e-9, abs=1e-12), key


# -- against the joint ----------------------------------------------------------------------------
@given(models_with_queries())
def test_a_query_has_its_brute_force_value(model: tuple[Network, Expr]) -> None:
    network, query = model
    agree(symbolic(network), query, numbers_of(network))


@given(st.data())
def test_a_formula_has_its_brute_force_value(data: st.DataObject) -> None:
    network = data.draw(networks(nodes=(3, 4)))
    agree(symbolic(network), data.draw(formulas(network, depth=2)), numbers_of(network))


@given(models_with_queries(), st.integers(0, 10**6))
def test_some_rows_may_hold_numbers_and_some_shared_symbols(
    model: tuple[Network, Expr], seed: int
) -> None:
    network, query = model
    loose, values = loosened(network, random.Random(seed))
    agree(loose, query, values)


@pytest.mark.parametrize("seed", range(4))
def test_random_networks_queries_and_formulas(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(15):
        network = random_network(rng)
        for query in (
            random_query(rng, network),
            overlapping_query(rng, network),
            random_formula(rng, network),
        ):
            loose, values = loosened(network, rng)
            agree(loose, query, values)


@pytest.mark.parametrize(("query", "value"), GOLDEN, ids=lambda x: str(x)[:40])
def test_golden_numbers(query: Expr, value: str) -> None:
    model = Model.parse(SUPERSCRIPTS)
    assert model.symbolic().compile(query)(model.values) == Fraction(value)
    assert model.compile(query)() == Fraction(value)


@pytest.mark.parametrize(
    ("name", "marginal"),
    [("T", 0.0104), ("L", 0.055), ("B", 0.45), ("E", 0.064828), ("D", 0.435971)],
)
def test_the_marginals_of_the_chest_clinic(name: str, marginal: float) -> None:
    """As every textbook tool prints them for Lauritzen & Spiegelhalter 1988."""
    network = asia()
    function = compiled(symbolic(network), ask(f"{name}=yes"))
    found = function(numbers_of(network))
    assert isinstance(found, Fraction)
    assert float(found) == pytest.approx(marginal, abs=5e-7)
    columns = function(repeated(numbers_of(network), 2))
    assert columns == pytest.approx([float(found)] * 2, rel=1e-14)


# -- rows of data ---------------------------------------------------------------------------------
def test_each_row_of_columns_has_its_own_value() -> None:
    model = Model.parse(STUDENT).symbolic()
    function = model.compile("P(I=high | L=weak)")
    columns = random_columns(model.network, 2500, 1)
    found = function(columns)
    assert found.shape == (2500,)
    for row in (0, 1, 1023, 1024, 2499):
        one = function({name: float(column[row]) for name, column in columns.items()})
        assert found[row] == pytest.approx(one, rel=1e-12)


def test_numbers_and_columns_may_stand_beside_each_other() -> None:
    model = Model.parse(STUDENT)
    function = model.symbolic().compile("P(I=high | L=weak)")
    swept = [0.0, 0.25, 0.7, 1.0]
    found = function(model.values | {"theta_I_low": swept})
    expected = [function(model.values | {"theta_I_low": Fraction(x)}) for x in swept]
    assert found == pytest.approx([float(x) for x in expected], rel=1e-12)


def test_an_impossible_condition_is_nan_in_its_rows_alone() -> None:
    model = Model.parse("A -> B")
    function = model.compile("P(A=0 | B=0)")
    never = {"theta_B_0_A_0": 0.0, "theta_B_0_A_1": [0.0, 0.5]}
    found = function({"theta_A_0": 0.5, **never})
    assert np.isnan(found[0])
    assert found[1] == 0.0
    for zero in (0, 0.0):
        with pytest.raises(ImpossibleEventError, match="B=0"):
            function({"theta_A_0": 0.5, "theta_B_0_A_0": zero, "theta_B_0_A_1": zero})


def test_what_cancels_still_has_to_be_possible() -> None:
    model = Model.parse("A; B")
    function = model.compile("P(A=0 | B=0)")
    assert function.names == ("theta_A_0",)
    assert function({"theta_A_0": Fraction(1, 3)}) == Fraction(1, 3)
    with pytest.raises(ImpossibleEventError, match="B=0"):
        function({"theta_A_0": Fraction(1, 3), "theta_B_0": 0})
    found = function({"theta_A_0": 0.25, "theta_B_0": np.array([0.0, 0.5])})
    assert np.isnan(found[0])
    assert found[1] == 0.25


@given(models_with_queries(positive=True), st.booleans())
def test_what_cancels_may_be_left_out(model: tuple[Network, Expr], inexact: bool) -> None:
    network, query = model
    function, values = compiled(symbolic(network), query), numbers_of(network)
    read = {name: values[name] for name in function.names}
    expected = brute_force(symbolic(network), query, values)
    assert cells(function, read, expected) == expected
    if inexact:
        floats = {name: float(value) for name, value in read.items()}
        close(cells(function, floats, expected), expected)
        assert function.gradient(floats).keys() == function.gradient(read).keys()
        if function.names:
            columns = cells(function, repeated(read, 2), expected)
            close({key: column[1] for key, column in columns.items()}, expected)


def test_remainders_within_rounding_of_zero_are_zero() -> None:
    model = Model.parse("A: 0, 1, 2, 3; B; A -> B")
    function = model.compile("P(B=0 | A=3)")
    thirds = {"theta_A_0": 0.7, "theta_A_1": 0.2, "theta_A_2": 0.1, "theta_B_0_A_3": 0.5}
    with pytest.raises(ImpossibleEventError):
        function(thirds)


def test_it_can_be_sent_to_another_process() -> None:
    model = Model.parse(STUDENT)
    function = pickle.loads(pickle.dumps(model.symbolic().compile("P(I=high | L=weak)")))
    assert function(model.values) == Fraction(5807, 41472)


def test_without_numpy_floats_are_computed_all_the_same() -> None:
    code = (
        "import sys; sys.modules['numpy'] = None;"
        "from symcausal import Model; from tests.golden.models import STUDENT;"
        "m = Model.parse(STUDENT); f = m.symbolic().compile('P(I=high | L=weak)');"
        "v = {name: float(value) for name, value in m.values.items()};"
        "print(f(m.values), round(f(v), 12), round(f.gradient(v)['theta_I_low'], 12))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    model = Model.parse(STUDENT)
    function = model.symbolic().compile("P(I=high | L=weak)")
    slope = float(function.gradient(model.values)["theta_I_low"])
    assert done.stdout.split() == ["5807/41472", "0.140022183642", f"{slope:.12f}"]


# -- size and order -------------------------------------------------------------------------------
def test_too_wide_a_network_is_refused_with_its_width() -> None:
    size = 30
    grid = [f"X{i}_{j}" for i in range(size) for j in range(size)]
    edges = [(f"X{i}_{j}", f"X{i}_{j + 1}") for i in range(size) for j in range(size - 1)]
    edges += [(f"X{i}_{j}", f"X{i + 1}_{j}") for i in range(size - 1) for j in range(size)]
    model = Model(edges)
    with pytest.raises(LimitError, match="variables"):
        model.compile(ask(f"{grid[0]}=0", f"{grid[-1]}=0"))


def test_the_same_under_every_hash_seed() -> None:
    code = (
        "from symcausal import Model; from tests.golden.models import STUDENT;"
        "m = Model.parse(STUDENT); f = m.symbolic().compile('P(I, S | L) - P(I | do(G=A))');"
        "t = f._tape; print(f.names, t.operations, t.scopes, f(m.values))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(runs) == 1


@pytest.mark.parametrize("language", ["python", "numpy", "c", "julia", "r", "javascript"])
def test_a_compiled_query_is_written_as_its_evaluation_is(language: str) -> None:
    """Whose functions are run in ``tests/source``."""
    model = Model.parse(STUDENT).symbolic("P(I)", "P(G | I=low)")
    for query in ("P(I=high | L=weak)", "P(L | do(G=A))"):
        written = model.compile(query).to_source(language, name="likely")
        assert written == model.evaluation(query).to_source(language, name="likely")


def test_a_compiled_query_is_no_calculation() -> None:
    model = Model.parse(STUDENT)
    with pytest.raises(UsageError, match=r"evaluation\(query\)\.to_source\('latex-numbers'\)"):
        model.compile("P(S=high)").to_source("latex-numbers")
    with pytest.raises(UsageError, match="no language 'fortran'"):
        model.compile("P(S=high)").to_source("fortran")
