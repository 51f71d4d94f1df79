"""The compiled kernel gives what the joint gives, and hands over to NumPy where it has to."""

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import ParameterRangeError
from symcausal.expr.nodes import Expr
from symcausal.network.loosened import numbers_of, symbolic
from symcausal.network.network import Network
from symcausal.numbers.compiled import arrays, cells, machine
from symcausal.numbers.compiled.function import CompiledQuery
from tests.command_line import ROOT
from tests.golden.models import STUDENT
from tests.numbers.compiled.columns import random_columns, repeated
from tests.numbers.compiled.test_value import agree, brute_force, compiled
from tests.numbers.evaluate.queries import loosened
from tests.support.random_models import (
    overlapping_query,
    random_formula,
    random_network,
    random_query,
)
from tests.support.strategies import formulas, models_with_queries, networks

pytest.importorskip("numba")

XY = """
X: x0, x1
Y: y0, y1, y2
X -> Y
"""


@pytest.fixture(autouse=True, scope="module")
def _always() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "is_worth_it", lambda operands, rows, wanted: wanted is not False)
        yield


def test_this_machine_can_compile_it() -> None:
    """Or all other tests here would test NumPy."""
    for lanes in (1, machine.LANES):
        assert machine.kernel(lanes) is not None


def by_numpy(network: Network, query: Expr) -> CompiledQuery:
    return CompiledQuery(network, query, shown="a query", numba=False)


# -- against the joint ----------------------------------------------------------------------------
@given(models_with_queries(), st.integers(0, 10**6))
def test_a_query_has_its_brute_force_value(model: tuple[Network, Expr], seed: int) -> None:
    network, query = model
    agree(symbolic(network), query, numbers_of(network))
    loose, values = loosened(network, random.Random(seed))
    agree(loose, query, values)


@given(st.data())
def test_a_formula_has_its_brute_force_value(data: st.DataObject) -> None:
    network = data.draw(networks(nodes=(3, 4)))
    agree(symbolic(network), data.draw(formulas(network, depth=2)), numbers_of(network))


@pytest.mark.parametrize("seed", range(3))
def test_random_networks_queries_and_formulas(seed: int) -> None:
    rng = random.Random(100 + seed)
    for _ in range(12):
        network = random_network(rng)
        for query in (
            random_query(rng, network),
            overlapping_query(rng, network),
            random_formula(rng, network),
        ):
            loose, values = loosened(network, rng)
            agree(loose, query, values)


# -- against NumPy --------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 15, 16, 17, 4096, 4097, 4111, 9000])
def test_rows_and_derivatives_are_those_of_numpy(rows: int) -> None:
    rng = random.Random(rows)
    for seed in range(3):
        network = symbolic(random_network(rng, positive=True))
        query = random_query(rng, network, kind="evidential")
        columns = random_columns(network, rows, seed)
        function = compiled(network, query)
        plain = by_numpy(network, query)
        _alike(function(columns), plain(columns))
        _alike(function.gradient(columns), plain.gradient(columns))


def test_expressions_and_shared_symbols_have_their_derivatives() -> None:
    rng = random.Random(5)
    for seed in range(12):
        loose, values = loosened(random_network(rng, positive=True), rng)
        query = random_query(rng, loose, kind="evidential")
        function = compiled(loose, query)
        plain = by_numpy(loose, query)
        if not function.names:
            continue
        columns = repeated(values, 20 + seed)
        _alike(function(columns), plain(columns))
        _alike(function.gradient(columns), plain.gradient(columns))


def _alike(found: object, expected: object) -> None:
    if isinstance(expected, np.ndarray):
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)  # type: ignore[arg-type]
        return
    assert list(found) == list(expected)  # type: ignore[call-overload]
    for key in expected:  # type: ignore[attr-defined]
        _alike(found[key], expected[key])  # type: ignore[index]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda x: np.asfortranarray(np.stack([x, x], axis=1).copy())[:, 0],
        lambda x: np.stack([x, x], axis=1)[:, 1],
        lambda x: np.repeat(x, 3)[::3],
        lambda x: x[::-1].copy()[::-1],
        lambda x: np.frombuffer(b"x" + x.tobytes(), dtype=np.uint8)[1:].view(np.float64),
        lambda x: x.astype(">f8"),
        lambda x: x.tolist(),
    ],
    ids=["fortran", "strided", "repeated", "backwards", "unaligned", "big-endian", "list"],
)
def test_columns_may_lie_in_memory_as_they_like(spoil: object) -> None:
    network = symbolic(random_network(random.Random(1), positive=True))
    query = random_query(random.Random(1), network, kind="evidential")
    function, columns = compiled(network, query), random_columns(network, 5000, 1)
    expected = function(columns)
    _alike(function({n: spoil(c) for n, c in columns.items()}), expected)  # type: ignore[operator]


def test_one_number_may_stand_among_columns() -> None:
    network = symbolic(random_network(random.Random(1), positive=True))
    query = random_query(random.Random(1), network, kind="evidential")
    function, columns = compiled(network, query), random_columns(network, 5000, 1)
    name = function.names[0]
    number = float(columns[name][0])
    mixed = columns | {name: np.full(5000, number)}
    # Its row has to stay a distribution in every row of data.
    plain = by_numpy(network, query)
    try:
        expected = plain(mixed)
    except ParameterRangeError:
        with pytest.raises(ParameterRangeError):
            function(columns | {name: number})
        return
    _alike(function(columns | {name: number}), expected)


# -- what it hands over ---------------------------------------------------------------------------
@pytest.mark.parametrize("bad", [-0.01, 1.01, float("nan"), float("inf"), -1e-8])
@pytest.mark.parametrize("row", [0, 4095, 4096, 5000, 6999])
def test_what_is_no_distribution_is_named_with_its_row(bad: float, row: int) -> None:
    model = Model.parse(XY).symbolic()
    function = model.compile("P(X=x1 | Y=y1)")
    columns = {name: np.full(7000, 0.25) for name in function.names}
    columns[function.names[-1]][row] = bad
    with pytest.raises(ParameterRangeError, match=f"in row {row}"):
        function(columns)


def test_a_remainder_below_zero_is_named() -> None:
    model = Model.parse(XY).symbolic()
    function = model.compile("P(X=x1 | Y=y2)")  # reads the remainder of each row of Y
    columns = {name: np.full(100, 0.25) for name in function.names}
    first = [name for name in model.compile("P(Y=y2 | X=x0)").names if name in columns]
    assert len(first) == 2
    for name in first:
        columns[name][50] = 0.9
    with pytest.raises(ParameterRangeError, match="in row 50"):
        function(columns)


def test_rows_of_impossible_conditions_are_nan_and_only_those() -> None:
    model = Model.parse(XY).symbolic()
    function = model.compile("P(X=x1 | Y=y1)")
    columns = {name: np.full(5000, 0.25) for name in function.names}
    zero = [17, 4099]
    for name in function.names:
        if name != model.compile("P(X=x1)").names[0]:
            columns[name][zero] = 0.0
    plain = model.compile("P(X=x1 | Y=y1)", numba=False)
    found, expected = function(columns), plain(columns)
    assert np.flatnonzero(np.isnan(expected)).tolist() == zero
    _alike(found, expected)


def test_zero_times_what_is_not_defined_is_zero() -> None:
    """P(X=x0) P(Y=y0 | X=x0) + ..., where one weight is zero and its condition impossible."""
    model = Model.parse("X: x0, x1\nY: y0, y1\nZ: z0, z1\nX -> Y\nX -> Z\nY -> Z")
    query = "\\sum_{x} P(X=x) P(Y=y1 | X=x, Z=z1)"
    free = model.symbolic()
    function, plain = free.compile(query), free.compile(query, numba=False)
    rng = np.random.default_rng(0)
    columns = {name: rng.random(5000) for name in function.names}
    first = free.compile("P(X=x0)").names[0]
    columns[first][::7] = 0.0
    columns[first][3::7] = 1.0
    found = function(columns)
    assert not np.isnan(found).any()
    _alike(found, plain(columns))


def test_zero_entries_are_no_reason_to_hand_over(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model.parse(STUDENT).symbolic()
    function = model.compile("P(I=high | L=weak)")
    columns = {name: np.full(500, 0.0) for name in function.names}
    columns |= {name: np.full(500, 0.5) for name in function.names[:3]}
    expected = model.compile("P(I=high | L=weak)", numba=False)(columns)
    monkeypatch.setattr(arrays.ArrayProgram, "_run", None)
    _alike(function(columns), expected)


def test_a_long_list_of_operands_is_left_to_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_PAIRS", 3)
    monkeypatch.setattr(machine.Machine, "run", None)
    model = Model.parse(STUDENT)
    values = model.values
    function = model.symbolic().compile("P(I=high | L=weak)")
    exact = function(values)
    columns = repeated(values, 20)  # type: ignore[arg-type]
    assert function(columns) == pytest.approx(np.full(20, float(exact)))


def test_a_kernel_that_cannot_be_made_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "kernel", lambda lanes: None)
    model = Model.parse(STUDENT)
    function = model.symbolic().compile("P(I=high | L=weak)")
    expected = np.full(20, float(function(model.values)))
    assert function(repeated(model.values, 20)) == pytest.approx(expected)  # type: ignore[arg-type]


def test_several_threads_may_call_at_once() -> None:
    network = symbolic(random_network(random.Random(3), positive=True))
    query = random_query(random.Random(3), network, kind="evidential")
    function = compiled(network, query)
    given_columns = [random_columns(network, 6000, seed) for seed in range(4)]
    expected = [function(columns) for columns in given_columns]
    faults: list[int] = []

    def work(at: int) -> None:
        found = [function(given_columns[at]) for _ in range(20)]
        faults.extend(at for answer in found if not np.array_equal(answer, expected[at]))

    threads = [threading.Thread(target=work, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


# -- when it is used ------------------------------------------------------------------------------
def test_numba_is_not_imported_for_a_small_batch() -> None:
    program = (
        "import sys; from symcausal import Model; import numpy as np\n"
        "m = Model.parse('X: a, b\\nY: c, d\\nX -> Y').symbolic()\n"
        "f = m.compile('P(X=a | Y=c)'); f({n: np.full(100, 0.5) for n in f.names})\n"
        "print('numba' in sys.modules)\n"
        "f = m.compile('P(X=a | Y=c)', numba=True); f({n: np.full(100, 0.5) for n in f.names})\n"
        "print('numba' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.split() == ["False", "True"]


def test_a_single_set_of_numbers() -> None:
    model = Model.parse(STUDENT)
    for query in ("P(I=high | L=weak)", "P(L | G)", "P(S)"):
        function = model.symbolic().compile(query, numba=True)
        exact = function(model.values)
        found = function({name: float(value) for name, value in model.values.items()})
        if isinstance(exact, Fraction):
            assert found == pytest.approx(float(exact), rel=1e-12)
        else:
            assert {k: pytest.approx(float(v), rel=1e-12) for k, v in exact.items()} == dict(found)


def test_the_oracle_of_these_tests_is_the_joint() -> None:
    """The golden value that Koller & Friedman print for their student network."""
    network = Model.parse(STUDENT).network
    query = Model.parse(STUDENT).query("P(I=high)")
    assert brute_force(network, query)[()] == Fraction(3, 10)
