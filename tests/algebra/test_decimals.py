"""Numbers in messages: the fraction and its decimal, which is never another number in silence."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.algebra.decimals import (
    FIGURES,
    decimal,
    digit_count,
    length,
    number_decimal,
    with_decimal,
    written,
)

SHOWN = {
    "1/2": "1/2 = 0.5",
    "19/32": "19/32 = 0.59375",
    "1/3": "1/3 = 0.333333...",
    "2/3": "2/3 = 0.666667...",
    "1": "1",
    "0": "0",
    "-1/4": "-1/4 = -0.25",
    "12": "12",
    "5/2": "5/2 = 2.5",
    "1/100000": "1/100000 = 0.00001",
    "1/3000000000": "1/3000000000 = 3.33333e-10...",
}


@pytest.mark.parametrize(("value", "shown"), SHOWN.items())
def test_shows_the_decimal_beside_the_fraction(value: str, shown: str) -> None:
    """Whole numbers are shown once."""
    assert with_decimal(Fraction(value)) == shown


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1/2", "0.5"), ("3", "3"), ("0", "0"), ("-1/8", "-0.125"), ("1/3", None), ("12.05", "12.05"),
     ("1e-12", "0.000000000001"), ("1e-13", None), ("100", "100"), ("-3/2", "-1.5")],
)  # fmt: skip
def test_a_decimal_is_written_where_it_ends_soon(value: str, expected: str | None) -> None:
    assert number_decimal(Fraction(value)) == expected


@given(st.fractions())
def test_a_decimal_is_the_number_or_says_that_it_goes_on(value: Fraction) -> None:
    """Without dots it is exact; with them it is off by half a unit of its last figure at most."""
    shown = decimal(value)
    read = Fraction(shown.removesuffix("..."))
    if shown.endswith("..."):
        assert read != value
        assert abs(read - value) <= abs(value) * Fraction(5, 10**FIGURES)
    else:
        assert read == value


def test_a_long_fraction_is_a_decimal_alone() -> None:
    """Nobody reads forty digits; those who ask for the exact number get it."""
    long = Fraction(10**40 + 1, 3 * 10**40)
    assert with_decimal(long) == "0.333333..."
    assert with_decimal(long, longest=None).startswith(f"{long} = ")


def test_numbers_beyond_floating_point_have_decimals() -> None:
    """A product of four hundred small entries is no zero."""
    assert decimal(Fraction(1, 10**400)) == "1e-400"


@given(nines=st.integers(1, 30), figures=st.integers(1, 8), sign=st.sampled_from((1, -1)))
def test_what_is_less_than_one_is_never_shown_as_one(nines: int, figures: int, sign: int) -> None:
    value = sign * (1 - Fraction(1, 3 * 10**nines))
    shown = Fraction(decimal(value, figures=figures).removesuffix("..."))
    assert abs(shown) < 1
    assert abs(shown - value) <= Fraction(1, 10**figures)
    assert decimal(Fraction(sign), figures=figures) == str(sign)


@given(st.fractions(min_value=1, max_value=10**12), st.integers(1, 8))
def test_no_figure_before_the_point_is_rounded_away(value: Fraction, figures: int) -> None:
    shown = decimal(value, figures=figures)
    assert abs(Fraction(shown.removesuffix("...")) - value) <= Fraction(1, 20)
    assert shown.endswith("...") == (Fraction(shown.removesuffix("...")) != value)


WHOLE = st.integers() | st.builds(
    lambda power, more: 10**power + more, st.integers(0, 400), st.integers(-2, 2)
)


@given(WHOLE)
def test_digits_are_counted_without_writing_them(number: int) -> None:
    assert digit_count(number) == len(str(abs(number)))


@given(WHOLE, WHOLE.filter(bool))
def test_lengths_are_those_of_what_is_written(above: int, below: int) -> None:
    value = Fraction(above, below)
    assert written(value) == str(value)
    assert length(value) == len(str(value))


@pytest.mark.parametrize("power", [4299, 4300, 4301, 6000, 50_000])
def test_numbers_that_python_does_not_write(power: int) -> None:
    """A one with so many zeros, and what stands before it: so many nines."""
    assert digit_count(10**power) == length(10**power) == power + 1
    assert digit_count(10**power - 1) == power
    assert written(10**power) == "1" + "0" * power
    assert written(1 - 10**power) == "-" + "9" * power
    assert written(Fraction(1, 10**power)) == "1/1" + "0" * power
    assert length(Fraction(-1, 10**power)) == power + 4
    assert decimal(Fraction(10**power)) == f"1e+{power}"
    assert with_decimal(Fraction(1, 10**power)) == f"1e-{power}"


@pytest.mark.parametrize("number", ["999999999999999.9", "99999999999999.9", "9999999999999999.9"])
def test_no_figure_before_the_point_is_rounded(number: str) -> None:
    """The logarithm of fifteen nines is that of a one with fifteen zeros, in floats."""
    shown = decimal(Fraction(number))
    assert shown == number if len(number) < 17 else "..." in shown
