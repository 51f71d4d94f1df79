"""Rows whose printed numbers are rounded are settled; rows with a slip are refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.errors import ModelError
from symcausal.network.formats.printed import Numbers, printed


def row(texts: str) -> list[Fraction]:
    return [number.value for number in Numbers().row(texts.split())[0]]


def test_thirds():
    assert row("0.3333333 0.3333333 0.3333333") == [Fraction(1, 3)] * 3


def test_zeros_stay_zeros():
    assert row("0.0000 0.3333 0.3333 0.3333") == [0, *[Fraction(1, 3)] * 3]


def test_a_sum_of_one_is_left_alone():
    numbers = Numbers()
    assert numbers.row(["1e-3", "0.999"]) == ((*map(numbers.number, ["1e-3", "0.999"]),), None)


@pytest.mark.parametrize(
    "texts",
    [
        "0.2 0.7",
        "0.99 0.02",
        "0.3 0.3 0.3",  # three decimals at least
        "0.33 0.33 0.33",
        "0.25 0.25 0.25 0.24",
        "0.250 0.750 0.010",
        "0.3333 0.3333 0.3330",
        "0 0 0",
        "0.000 0.000",
        "1.001 0.000",
        "1.0 1.0",
        "0.12345 0.87654",  # a unit in two numbers is half a unit in each: that is no rounding
    ],
)
def test_a_slip_is_not_taken_for_rounding(texts):
    with pytest.raises(ModelError):
        row(texts)


ROWS = st.lists(st.integers(0, 1000), min_size=1, max_size=9).filter(any)


@given(ROWS, st.integers(3, 12))
def test_rounded_rows_settle_within_their_last_digit(weights, decimals):
    """Rounding the settled row gives the printed digits again, and it sums to one."""
    exact = [Fraction(w, sum(weights)) for w in weights]
    figures = [round(e * 10**decimals) for e in exact]
    missing = abs(sum(figures) - 10**decimals)
    texts = [f"{f // 10**decimals}.{f % 10**decimals:0{decimals}}" for f in figures]
    seen = sum(1 for f in figures if f)
    if 2 * missing >= seen > 0 and missing:
        with pytest.raises(ModelError):
            Numbers().row(texts)
        return
    entries, total = Numbers().row(texts)
    assert sum(entry.value for entry in entries) == 1
    assert (total is None) == (not missing)
    for entry, figure in zip(entries, figures, strict=True):
        assert abs(entry.value * 10**decimals - figure) < Fraction(1, 2)
        assert (entry.value == 0) == (figure == 0)


@given(ROWS)
def test_rows_that_programs_print_from_floats_settle(weights):
    """Seventeen figures of binary numbers are off by what binary numbers are off by."""
    floats = [w / sum(weights) for w in weights]
    entries, _ = Numbers().row([repr(f) for f in floats])
    assert sum(entry.value for entry in entries) == 1
    for entry, f in zip(entries, floats, strict=True):
        assert abs(float(entry.value) - f) <= 1e-15


@given(st.fractions(0, 1, max_denominator=10**6))
def test_printing(value):
    text, whole = printed(value)
    assert whole == (Fraction(text) == value)
    assert abs(Fraction(text) - value) <= value / 10**16
    finite = value.denominator
    for prime in (2, 5):
        while finite % prime == 0:
            finite //= prime
    assert whole == (finite == 1)
