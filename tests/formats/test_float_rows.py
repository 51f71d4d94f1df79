"""Rows of floats in Python settle as rows of files do, and ``"rest"`` fills them up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import ParameterRangeError, SymcausalError

numpy = pytest.importorskip("numpy")


def values(row: object, states: int | None = None) -> list[Fraction]:
    count = states or len(row)  # type: ignore[arg-type]
    model = Model(states={"A": count}, cpts={"A": row})  # type: ignore[dict-item]
    return [model.probability(f"P(A={i})") for i in range(count)]  # type: ignore[misc]


THIRDS = [Fraction(1, 3)] * 3


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([0.1, 0.9], [Fraction(1, 10), Fraction(9, 10)]),
        ([1 / 3, 1 / 3, 1 / 3], THIRDS),
        ([0.333, 0.333, 0.333], THIRDS),
        (numpy.full(3, 1 / 3), THIRDS),
        (numpy.full(3, 1 / 3, dtype="float32"), THIRDS),
        (numpy.array([0.7, 0.3], dtype="float32"), [Fraction(7, 10), Fraction(3, 10)]),
        (numpy.array([0.7, 0.3], dtype="float16"), [Fraction(7, 10), Fraction(3, 10)]),
        ([numpy.float32(0.7), 0.3], [Fraction(7, 10), Fraction(3, 10)]),
        ([numpy.int64(1), numpy.int64(0)], [1, 0]),
        ([numpy.array(0.25), 0.75], [Fraction(1, 4), Fraction(3, 4)]),
        ([Fraction(1, 3), 1 / 3, 1 / 3], THIRDS),
        ([Fraction(1, 3), 2 / 3], [Fraction(1, 3), Fraction(2, 3)]),
        (["1/3", 1 / 3, Decimal(0), 1 / 3], [Fraction(1, 3), Fraction(1, 3), 0, Fraction(1, 3)]),
        ([0.3, "rest"], [Fraction(3, 10), Fraction(7, 10)]),
        (["rest", "1/3", 0.5], [Fraction(1, 6), Fraction(1, 3), Fraction(1, 2)]),
        ([0.6, 0.4000000000000001, "rest"], [Fraction(3, 5), Fraction(2, 5), 0]),
        ({"1": 0.25, "0": "rest"}, [Fraction(3, 4), Fraction(1, 4)]),
    ],
    ids=str,
)
def test_rows(row, expected):
    found = values(row)
    assert sum(found) == 1
    assert [float(a) for a in found] == pytest.approx([float(b) for b in expected], abs=1e-12)


@pytest.mark.parametrize(
    "row",
    [
        [0.5, 0.4],
        [0.3, 0.3, 0.3],
        ["0.333", "0.333", "0.333"],  # text is exact
        [Decimal("0.333")] * 3,
        [Fraction(333, 1000)] * 3,
        [Fraction(1, 2), 0.4],
        ["rest", "rest"],
        [0.7, 0.4, "rest"],
        ["7/10", "4/10", "rest"],
        [1.2, -0.2],
        [float("nan"), 0.5],
        [float("inf"), 0.5],
        [numpy.float32("nan"), numpy.float32(0.5)],
        [True, False],
        ["a", 0.5],
    ],
    ids=str,
)
def test_rows_that_are_refused(row):
    with pytest.raises((SymcausalError, ParameterRangeError)):
        values(row)


def test_a_rest_beside_a_symbol():
    sympy = pytest.importorskip("sympy")
    q = sympy.Symbol("q")
    model = Model(states={"A": 3}, cpts={"A": [q, 0.25, "rest"]})
    assert model.probability("P(A=2)", {"q": "1/4"}) == Fraction(1, 2)


def test_what_was_settled_is_told():
    model = Model(
        [("A", "B")], cpts={"A": [0.5, 0.5], "B": {"0": [1 / 3, 2 / 3], "1": [0.25, 0.75]}}
    )
    assert list(model.rounded_rows) == ["P(B | A=0)"]
    assert "P(B | A=0) sums to 0.9999999999999999" in model.notes[0]
    assert Model([("A", "B")], cpts={"A": [0.5, 0.5]}).notes == ()


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=9), st.sampled_from(["d", "f", "e"]))
def test_rows_of_numpy_differ_by_no_more_than_their_precision(weights, kind):
    exact = [Fraction(w, sum(weights)) for w in weights]
    row = numpy.array([float(x) for x in exact], dtype=kind)
    room = {"d": Fraction(1, 10**14), "f": Fraction(1, 10**5), "e": Fraction(1, 100)}[kind]
    found = values(row)
    assert sum(found) == 1
    for a, b in zip(found, exact, strict=True):
        assert abs(a - b) <= room
