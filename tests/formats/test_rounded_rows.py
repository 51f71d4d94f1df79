"""Rows whose printed numbers are rounded are settled; rows that are further off are refused."""

from __future__ import annotations

import struct
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.errors import ModelError
from symcausal.network.formats.printed import PrintedNumbers, printed


def row(texts: str) -> list[Fraction]:
    return [number.value for number in PrintedNumbers().row(texts.split()).entries]


def test_thirds():
    assert row("0.3333333 0.3333333 0.3333333") == [Fraction(1, 3)] * 3


def test_zeros_stay_zeros():
    assert row("0.0000 0.3333 0.3333 0.3333") == [0, *[Fraction(1, 3)] * 3]


def test_a_sum_of_one_is_left_alone():
    numbers = PrintedNumbers()
    found = numbers.row(["1e-3", "0.999"])
    assert found.entries == (*map(numbers.number, ["1e-3", "0.999"]),)
    assert found.rounded is None
    assert found.rescaled is None


@pytest.mark.parametrize(
    "texts",
    [
        "0.33 0.33 0.33",  # as textbooks print it
        "0.12345 0.87654",  # 0.123455 and 0.876545
        "0.063 0.938",  # 1/16 and 15/16, both rounded up
        "0.01298701 0.987013",  # seven figures, a zero at the end left out
        "1 4e-05",  # four figures
        "0.33 0.333 0.333",  # each to its own last digit
        "0.699999988 0.300000012 1e-09",  # single precision, in full
        "0.33333334 0.33333334 0.33333334",
        "0.6000000238 0.3000000119 0.1000000015",
        "0.7099993 0.28999972",  # computed in single precision
        "0.95000005 0.030000001 0.010000001 0.010000001",
        "1.0000001 -1.1920929E-7 0",  # a zero less a unit of single precision
        "0.3333333333333333 0.3333333333333333 0.3333333333333333",
        "0.017 " * 59,  # 59 states, each rounded up
        "0.000 " * 4 + "0.499 0.499",  # zeros that may have been 0.0004
    ],
)
def test_rounding_is_settled(texts):
    """The row sums to one, zeros stay zeros, and no number moves far."""
    found = PrintedNumbers().row(texts.split())
    assert found.rounded is not None
    assert sum(entry.value for entry in found.entries) == 1
    for entry, text in zip(found.entries, texts.split(), strict=True):
        assert abs(entry.value - Fraction(text)) <= Fraction(1, 200)
        assert (entry.value > 0) == (Fraction(text) > 0)


@pytest.mark.parametrize(
    "texts",
    [
        "0.2 0.7",
        "0.6 0.3",
        "0.3 0.3 0.3",  # half a unit in each, but a tenth of all
        "0.2 0.3 0.4",
        "1 0.01",
        "1 0.004",
        "0 5e-3 1",
        "0.250 0.750 0.010",
        "0.3333 0.3333 0.3330",
        "0 0 0",
        "0.000 0.000",
        "1.001 0.000",
        "1.0 1.0",
        "0.5 0.5 -0.001",
        "0.5000000 0.4999900",
        "29 7",
    ],
)
def test_a_slip_is_not_taken_for_rounding(texts):
    with pytest.raises(ModelError):
        row(texts)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ("990.0 10.0", [Fraction(99, 100), Fraction(1, 100)]),
        ("29 7", [Fraction(29, 36), Fraction(7, 36)]),
        ("0.2 0.3 0.4", [Fraction(2, 9), Fraction(1, 3), Fraction(4, 9)]),
        ("0.50000 0.49990 0", [Fraction(5000, 9999), Fraction(4999, 9999), 0]),
        ("1e300 0", [1, 0]),
        ("1.001 -1e-7", [1, 0]),
    ],
)
def test_rescaled_rows_are_divided_by_their_sums(texts, expected):
    found = PrintedNumbers(rescale=True).row(texts.split())
    assert [entry.value for entry in found.entries] == expected
    assert found.rounded is None
    assert found.rescaled == sum(map(Fraction, texts.split()))


@pytest.mark.parametrize("texts", ["0 0", "0.5 -0.5", "1 -0.01", "x 1", ""])
def test_no_distribution_can_be_rescaled(texts):
    with pytest.raises(ModelError):
        PrintedNumbers(rescale=True).row(texts.split())


def test_rows_within_rounding_are_settled_before_they_are_rescaled():
    texts = ["0.333"] * 3
    assert PrintedNumbers(rescale=True).row(texts) == PrintedNumbers().row(texts)


@pytest.mark.parametrize(
    ("texts", "said"),
    [("990 10", "these look like counts"), ("0.2 0.7", "that is more than rounding")],
)
def test_the_message_says_what_to_do(texts, said):
    with pytest.raises(ModelError) as raised:
        row(texts)
    assert raised.value.hint.startswith(f"{said}: mend the row, or let --rescale")


ROWS = st.lists(st.integers(0, 1000), min_size=1, max_size=9).filter(any)
WIDE_ROWS = st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any)
TIES = st.sampled_from([ROUND_HALF_EVEN, ROUND_HALF_UP])


def exact(weights: list[int]) -> list[Fraction]:
    return [Fraction(w, sum(weights)) for w in weights]


def rounded(value: Fraction, exponent: int, ties: str) -> Decimal:
    """To so many decimals; the quotient is long enough for ties to be seen as such."""
    context = Context(prec=60)
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return quotient.quantize(Decimal(1).scaleb(-exponent), rounding=ties, context=context)


def settled(texts: list[str]) -> list[Fraction]:
    entries = PrintedNumbers().row(texts).entries
    assert sum(entry.value for entry in entries) == 1
    return [entry.value for entry in entries]


@given(WIDE_ROWS, st.integers(3, 17), TIES)
def test_rows_rounded_to_decimals_settle(weights, decimals, ties):
    """No number is further from the exact one than a unit: half from rounding, half from settling."""
    values = exact(weights)
    texts = [str(rounded(value, decimals, ties)) for value in values]
    if not any(map(Fraction, texts)):  # forty states, each less than half a thousandth
        return
    for value, found in zip(values, settled(texts), strict=True):
        assert abs(found - value) <= max(Fraction(1, 10**decimals), value / 10**6 * 2)


@given(WIDE_ROWS, st.integers(3, 17), TIES, st.booleans())
def test_rows_rounded_to_figures_settle(weights, figures, ties, short):
    """As ``%g`` prints them, trailing zeros left out, or in e-notation."""
    context = Context(prec=figures, rounding=ties)
    values = exact(weights)
    texts = []
    for value in values:
        quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
        texts.append(f"{quotient.normalize():f}" if short else f"{quotient:e}")
    total = sum(map(Fraction, texts))
    for value, found in zip(values, settled(texts), strict=True):
        assert abs(found - value) <= abs(1 - total) + value * Fraction(10) ** (1 - figures)
        assert (found == 0) == (value == 0)


@given(WIDE_ROWS, st.sampled_from(["repr", ".9g", ".8g", ".7g", ".10f"]))
def test_rows_in_single_precision_settle(weights, spelling):
    values = exact(weights)
    singles = [struct.unpack("f", struct.pack("f", value))[0] for value in values]
    texts = [repr(x) if spelling == "repr" else format(x, spelling) for x in singles]
    for value, found in zip(values, settled(texts), strict=True):
        assert abs(found - value) <= Fraction(1, 10**6)


@given(ROWS)
def test_rows_that_programs_print_from_floats_settle(weights):
    """Seventeen figures of binary numbers are off by what binary numbers are off by."""
    floats = [w / sum(weights) for w in weights]
    for found, f in zip(settled([repr(f) for f in floats]), floats, strict=True):
        assert abs(float(found) - f) <= 1e-15


@given(WIDE_ROWS, st.integers(3, 9), st.integers(1, 10**6))
def test_rows_that_are_further_off_are_refused(weights, decimals, more):
    """A row that no rounding of its digits explains is refused, and rescaled where that is asked for."""
    values = exact(weights)
    texts = [str(rounded(value, decimals, ROUND_HALF_EVEN)) for value in values]
    wrong = Fraction(texts[0]) + Fraction(len(texts) + 1, 10**decimals) + Fraction(more, 10**6)
    texts[0] = f"{round(wrong * 10**9) / 10**9:.9f}"
    off = abs(1 - sum(map(Fraction, texts)))
    if off <= max(Fraction(len(texts), 2 * 10**decimals), Fraction(1, 10**6)):
        return
    with pytest.raises(ModelError):
        PrintedNumbers().row(texts)
    found = PrintedNumbers(rescale=True).row(texts)
    total = sum(map(Fraction, texts))
    assert found.rescaled == total
    assert [e.value for e in found.entries] == [Fraction(text) / total for text in texts]


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
