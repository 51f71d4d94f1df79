r"""What numerals say: their value, and one unit of the last place that they show."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.reading.numerals import Numeral, numeral
from tests.support.pace import soon

EXACT = [
    ("0", "0"),
    ("1", "1"),
    ("10", "10"),
    ("-3", "-3"),
    ("5.", "5"),
    ("1,000", "1000"),
    ("1{,}000", "1000"),
    (r"12\,345", "12345"),
    ("1,234,567", "1234567"),
    ("2e3", "2000"),
    ("0.333...", "1/3"),
    ("0.333…", "1/3"),
    (r"0.333\ldots", "1/3"),
    (r"0.333\dots", "1/3"),
    ("0.33…", "1/3"),
    ("0.666…", "2/3"),
    ("0.1666…", "1/6"),
    ("0.08333…", "1/12"),
    ("0.1212…", "4/33"),
    ("0.18181…", "2/11"),
    ("0.142857142857…", "1/7"),
    ("0.100010001000…", "1000/9999"),
    ("0.999…", "1"),
    ("2.5000…", "5/2"),
    (r"0.\overline{3}", "1/3"),
    (r"0.\bar 3", "1/3"),
    (r"0.1\overline{6}", "1/6"),
    (r"0.\overline{142857}", "1/7"),
    (r"0.\dot{3}", "1/3"),
    (r"0.\dot{1}4285\dot{7}", "1/7"),
    (r"0.\dot1\dot8", "2/11"),
    (r"-0.\overline{3}", "-1/3"),
    (r"33.\overline{3}\%", "1/3"),
]
SHOWN = [
    ("0.65", "0.65", "0.01"),
    (".5", "0.5", "0.1"),
    ("-0.3781", "-0.3781", "0.0001"),
    ("−0.5", "-0.5", "0.1"),
    ("1.00", "1", "0.01"),
    ("0.0", "0", "0.1"),
    (r"65\%", "0.65", "0.01"),
    ("65%", "0.65", "0.01"),
    (r"65\,\%", "0.65", "0.01"),
    (r"1.6\%", "0.016", "0.001"),
    (r"100\%", "1", "0.01"),
    (r"0\%", "0", "0.01"),
    ("6e-4", "0.0006", "0.0001"),
    ("1.2E-3", "0.0012", "0.0001"),
    ("1.2e3", "1200", "100"),
    ("5.9e-4", "0.00059", "0.00001"),
    ("12,345.6", "12345.6", "0.1"),
]
CUT_OFF = [
    ("0.3644…", "0.3644", "0.0001"),
    ("0.3…", "0.3", "0.1"),
    ("0.166...", "0.166", "0.001"),
    (r"0.12\ldots", "0.12", "0.01"),
]
WITH_COMMA = [
    ("0,65", "0.65", "0.01"),
    ("0{,}65", "0.65", "0.01"),
    (r"6,5\%", "0.065", "0.001"),
    ("1,5e-2", "0.015", "0.001"),
    ("0,001", "0.001", "0.001"),
    ("1,23", "1.23", "0.01"),
    ("1,2345", "1.2345", "0.0001"),
    ("1,000,5", "1000.5", "0.1"),
    ("0.65", "0.65", "0.01"),
]
NONE = [
    "", "-", ".", "e5", "%", "1,5", "0,65", "0{,}65", "0,001", "1,00", "1,0000", "01,000", "1,000,5",
    "1 000", "1.2.3", "0.333+", "x", "1e", "--1", "0.3 0.7", "1/2", "3:2", "0.5x", r"\overline{3}",
]  # fmt: skip


@pytest.mark.parametrize(("written", "value"), EXACT)
def test_exact_numerals_have_no_unit(written: str, value: str) -> None:
    """Whole numbers, and digits that repeat for ever."""
    assert numeral(written) == Numeral(Fraction(value))


@pytest.mark.parametrize(("written", "value", "unit"), SHOWN)
def test_decimals_show_digits(written: str, value: str, unit: str) -> None:
    """A decimal point, a percent sign or a negative power of ten."""
    assert numeral(written) == Numeral(Fraction(value), Fraction(unit))


@pytest.mark.parametrize(("written", "value", "unit"), CUT_OFF)
def test_digits_that_go_on_without_repeating_are_cut_off(
    written: str, value: str, unit: str
) -> None:
    """Nothing repeats at their end."""
    assert numeral(written) == Numeral(Fraction(value), Fraction(unit), goes_on=True)


@pytest.mark.parametrize(("written", "value", "unit"), WITH_COMMA)
def test_decimals_with_a_comma_are_read_where_notes_write_them(
    written: str, value: str, unit: str
) -> None:
    """Groups of three digits after a first group other than 0 stay thousands."""
    assert numeral(written, comma=True) == Numeral(Fraction(value), Fraction(unit))


def test_thousands_are_thousands_where_decimals_have_a_comma() -> None:
    """A comma and three digits."""
    assert numeral("1,000", comma=True) == Numeral(Fraction(1000))
    assert numeral(r"0,\overline{3}", comma=True) == Numeral(Fraction(1, 3))


@pytest.mark.parametrize("written", NONE)
def test_anything_else_is_no_numeral(written: str) -> None:
    """A comma that parts digits is no end of a number either."""
    assert numeral(written) is None


@given(st.integers(0, 10**6), st.integers(0, 12))
def test_a_decimal_says_its_digits(digits: int, places: int) -> None:
    """As the fraction of its digits over a power of ten."""
    text = str(digits).rjust(places + 1, "0")
    written = text[: len(text) - places] + "." + text[len(text) - places :] if places else text
    expected = Numeral(Fraction(digits, 10**places), Fraction(1, 10**places) if places else None)
    assert numeral(written) == expected
    assert numeral("-" + written) == expected.negative()
    assert numeral(written + r"\%") == Numeral(
        expected.value / 100, (expected.unit or Fraction(1)) / 100
    )


@given(st.integers(1, 400), st.integers(1, 60))
def test_digits_of_fractions_are_read_back(above: int, below: int) -> None:
    """Of long division, once the block has come three times."""
    whole, rest = divmod(above, below)
    digits, seen = "", {}
    while rest and rest not in seen:
        seen[rest] = len(digits)
        digit, rest = divmod(10 * rest, below)
        digits += str(digit)
    if not rest:
        return
    block = digits[seen[rest] :]
    assert numeral(f"{whole}.{digits}{block * 2}…") == Numeral(Fraction(above, below))
    assert numeral(rf"{whole}.{digits[: seen[rest]]}\overline{{{block}}}") == Numeral(
        Fraction(above, below)
    )


@pytest.mark.parametrize(
    "written",
    ["1" * 10**6, "0." + "3" * 10**6, "0." + "01" * 500_000 + "…", "1" + ",000" * 250_000,
     "0." + "3" * 10**6 + " " * 10**6, "1,0" * 300_000, "9" * 900 + "." + "7" * 90 + "x"],
    ids=lambda text: text[:9],
)  # fmt: skip
def test_long_digits_take_linear_time(written: str) -> None:
    """More than a thousand characters are no numeral."""
    with soon(1):
        assert numeral(written) is None


def test_a_thousand_digits_are_read() -> None:
    """As many as a numeral may have."""
    assert numeral("0." + "3" * 990 + "…") == Numeral(Fraction(1, 3))
