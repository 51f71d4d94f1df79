"""What a numeral stands for, by the mathematics of rounding."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from symcausal.notes.judging.numbers.rounding import fit, half_units
from symcausal.reading.numerals import Numeral

PROBABILITIES = st.fractions(
    min_value=Fraction(1, 1000), max_value=Fraction(999, 1000), max_denominator=5000
)


def rounded(value: Fraction, places: int, how: str) -> Numeral:
    """A value to so many places, by the decimal module."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    shown = exact.quantize(Decimal(1).scaleb(-places), rounding=how)
    return Numeral(Fraction(shown), Fraction(1, 10**places))


@given(
    PROBABILITIES,
    st.integers(1, 6),
    st.sampled_from([ROUND_HALF_UP, ROUND_HALF_DOWN]),
    st.booleans(),
)
def test_a_value_fits_its_rounding_either_way_at_ties(value, places, how, roughly) -> None:
    numeral = rounded(value, places, how)
    assume(numeral.value not in (0, 1))
    assert fit(numeral, value, roughly=roughly) in ("equal", "rounded")


@given(PROBABILITIES, st.integers(1, 6))
def test_what_is_cut_off_fits_only_roughly(value, places) -> None:
    cut, near = rounded(value, places, ROUND_DOWN), rounded(value, places, ROUND_HALF_UP)
    assume(cut.value not in (0, 1) and cut != near)
    assume(rounded(value, places, ROUND_HALF_DOWN) != cut)
    assert fit(cut, value, roughly=True) == "rounded"
    assert fit(cut, value, roughly=False) == "no"


@given(PROBABILITIES, st.integers(1, 6), st.integers(1, 50))
def test_no_value_fits_another_last_digit(value, places, steps) -> None:
    near = rounded(value, places, ROUND_HALF_UP)
    other = Numeral(near.value + (steps + 1) * Fraction(1, 10**places), near.unit)
    assert fit(other, value, roughly=False) == "no"


@given(
    PROBABILITIES, st.sampled_from([0, 1]), st.one_of(st.none(), st.integers(0, 3)), st.booleans()
)
def test_certainty_is_no_rounding(value, sure, places, roughly) -> None:
    unit = None if places is None else Fraction(1, 10**places)
    assert fit(Numeral(Fraction(sure), unit), value, roughly=roughly) in ("nearly", "no")
    assert fit(Numeral(Fraction(sure), unit), Fraction(sure), roughly=roughly) == "equal"


@pytest.mark.parametrize(
    ("shown", "value", "how"),
    [
        (30, 31, "rounded"),
        (30, 33, "rounded"),
        (30, 34, "no"),  # further than a tenth
        (1200, 1249, "rounded"),
        (1200, 1251, "no"),
        (2, Fraction(21, 10), "rounded"),
        (2, Fraction(23, 10), "no"),
        (Fraction(1, 3), Fraction(33, 100), "nearly"),
        (Fraction(1, 3), Fraction(1, 2), "no"),
    ],
)
def test_whole_numbers_and_fractions_behind_roughly(shown, value, how) -> None:
    assert fit(Numeral(Fraction(shown)), Fraction(value), roughly=True) == how
    assert fit(Numeral(Fraction(shown)), Fraction(value), roughly=False) == "no"


def test_a_numeral_that_equals_an_entry_is_that_entry() -> None:
    half = half_units({Fraction(1, 5)})
    unit = Fraction(1, 10)
    assert half(Numeral(Fraction(1, 5), unit)) == 0
    assert half(Numeral(Fraction(4, 5), unit)) == 0  # the rest of a row of two
    assert half(Numeral(Fraction(3, 10), unit)) == Fraction(1, 20)
    assert half(Numeral(Fraction(3))) == 0
