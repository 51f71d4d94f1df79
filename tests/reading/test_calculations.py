r"""Calculations as they are written, and the intervals that they lie in.

A row of the tables is a side of a claim and its calculation in a short notation: a numeral by its
digits, ``P`` for a part without numerals of its own, and lists for sums, products, fractions and powers.
"""

import itertools
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.algebra.scalar import Number
from symcausal.errors import LimitError, Source, Span
from symcausal.expr import build
from symcausal.expr.nodes import Scalar
from symcausal.notes.reading.claims import read_claims
from symcausal.notes.reading.stated import StatedSide
from symcausal.reading.calculation import (
    WrittenCalculation,
    WrittenFormula,
    WrittenFraction,
    WrittenPower,
    WrittenProduct,
    WrittenSum,
    interval,
    is_arithmetic,
    numerals,
)
from symcausal.reading.numerals import Numeral, numeral

UNKNOWN = WrittenFormula(build.ONE)


def sides(text: str) -> tuple[StatedSide, ...]:
    """The sides of a claim after its first one."""
    (statement,) = read_claims([Span(Source(text), 0, len(text))])
    return statement.parts[1:]


def side(text: str) -> StatedSide:
    """A side of a claim about a probability."""
    (part,) = sides("P(A=1) = " + text)
    return part


def told(calculation: WrittenCalculation) -> object:
    """The short notation of a calculation."""
    match calculation:
        case Numeral(value, unit):
            return (str(value), unit and str(unit))
        case WrittenFormula():
            return "P"
        case WrittenSum(terms):
            return ["sum", *((sign, told(term)) for sign, term in terms)]
        case WrittenProduct(factors):
            return ["product", *((sign, told(factor)) for sign, factor in factors)]
        case WrittenFraction(above, below):
            return ["fraction", told(above), told(below)]
        case WrittenPower(base, exponent):
            return ["power", told(base), exponent]


def n(written: str) -> object:
    """A numeral in the short notation."""
    found = numeral(written)
    assert found is not None
    return told(found)


LONE = [
    ("0.65", "0.65"),
    ("-0.3781", "-0.3781"),
    ("(0.65)", "0.65"),
    ("(-0.65)", "-0.65"),
    ("-(0.65)", "-0.65"),
    ("+0.5", "0.5"),
    (r"\mathbf{0.55}", "0.55"),
    (r"\boxed{0.55}", "0.55"),
    (r"\boxed{\mathbf{0.55}}", "0.55"),
    (r"\underline{0.55}", "0.55"),
    (r"{\bf 0.55}", "0.55"),
    (r"\mathbf{55\%}", r"55\%"),
    (r"1.6\%", r"1.6\%"),
    ("65%", "65%"),
    (r"5.9\times10^{-4}", "5.9e-4"),
    (r"5.9 \cdot 10^{-4}", "5.9e-4"),
    ("5.9×10⁻⁴", "5.9e-4"),
    ("5.9*10^-4", "5.9e-4"),
    (r"-5.9\times10^{-4}", "-5.9e-4"),
    (r"6\times10^{-4}", "6e-4"),
    (r"6\times 10^2", "600"),
    ("6e-4", "6e-4"),
    (r"0.333\ldots", "0.333..."),
    (r"0.1\overline{6}", r"0.1\overline{6}"),
    (r"\mathbf{0.\overline{3}}", r"0.\overline{3}"),
    ("1,000", "1000"),
    ("1{,}000", "1000"),
    ("0", "0"),
    ("1.00", "1.00"),
    (r"100\%", r"100\%"),
    (r"\alpha 0.3", None),
    (r"\frac12", None),
    ("1/3", None),
    (r"10^{-4}", None),
    (r"2 \cdot 3", None),
    (r"1 - 0.3", None),
    (r"2 \cdot 10", None),
]
SHAPES = [
    (
        r"0.9 \cdot 0.7 \cdot 0.0025",
        ["product", ("*", n("0.9")), ("*", n("0.7")), ("*", n("0.0025"))],
    ),
    (
        r"0.9 \cdot 0.7 + 0.05 \cdot 0.01",
        [
            "sum",
            ("+", ["product", ("*", n("0.9")), ("*", n("0.7"))]),
            ("+", ["product", ("*", n("0.05")), ("*", n("0.01"))]),
        ],
    ),
    (
        r"\frac{0.001 \cdot 0.940}{0.002516}",
        ["fraction", ["product", ("*", n("0.001")), ("*", n("0.940"))], n("0.002516")],
    ),
    ("0.1/0.3", ["product", ("*", n("0.1")), ("/", n("0.3"))]),
    (r"\frac12", ["fraction", n("1"), n("2")]),
    ("1/3", ["product", ("*", n("1")), ("/", n("3"))]),
    ("-1/3", ["sum", ("-", ["product", ("*", n("1")), ("/", n("3"))])]),
    ("1 - 0.3", ["sum", ("+", n("1")), ("-", n("0.3"))]),
    ("-0.3 + 1", ["sum", ("-", n("0.3")), ("+", n("1"))]),
    ("0.5(1 - 0.3)", ["product", ("*", n("0.5")), ("*", ["sum", ("+", n("1")), ("-", n("0.3"))])]),
    ("0.9^2", ["power", n("0.9"), 2]),
    (r"(1-0.2)^{-3}", ["power", ["sum", ("+", n("1")), ("-", n("0.2"))], -3]),
    (r"10^{-4}", ["power", n("10"), -4]),
    (r"0.5 \times 2\times10^{-3}", ["product", ("*", n("0.5")), ("*", n("2e-3"))]),
    # read from left to right, the power does not belong to the denominator
    (
        r"1/2\times10^{-3}",
        ["product", ("*", n("1")), ("/", n("2")), ("*", ["power", n("10"), -3])],
    ),
    ("0.3 P(B=1)", ["product", ("*", n("0.3")), ("*", "P")]),
    (r"0.3 \sum_b 0.5 P(b)", ["product", ("*", n("0.3")), ("*", "P")]),
    ("P(B=1) P(C=1)", ["product", ("*", "P"), ("*", "P")]),
    (
        r"\frac{P(B=1) P(C=1)}{P(D=1)}",
        ["fraction", ["product", ("*", "P"), ("*", "P")], "P"],
    ),
    (r"\alpha P(B=1)", "P"),
    (r"\frac{1}{Z} P(B=1)", None),
    (r"\alpha \cdot 0.3 \cdot P(B=1)", ["product", ("*", n("0.3")), ("*", "P")]),
]


@pytest.mark.parametrize(("text", "written"), LONE)
def test_a_side_is_one_numeral_through_all_that_sets_it(text: str, written: str | None) -> None:
    """Brackets, fonts, boxes, a sign; but not calculations."""
    part = side(text)
    lone = isinstance(part.calculation, Numeral) and not part.constant
    assert (part.calculation if lone else None) == (written and numeral(written))


@pytest.mark.parametrize(("text", "shape"), SHAPES)
def test_calculations_keep_their_shape(text: str, shape: object) -> None:
    """Digits, order and grouping are the author's."""
    part = side(text)
    assert part.calculation is not None
    if shape is not None:
        assert told(part.calculation) == shape
    assert is_arithmetic(part.calculation) == ("P" not in repr(told(part.calculation)))


@pytest.mark.parametrize("text", ["0.3 + ", "0..3", "X = 0,5", r"\int 0.3", "0.3 0.7"])
def test_what_is_unreadable_has_no_calculation(text: str) -> None:
    """Nothing is guessed."""
    for part in sides("P(A=1) = " + text):
        assert (part.calculation is None) == (part.problem is not None)


# -- what is written is what is read ------------------------------------------------------------------
@st.composite
def written(draw: st.DrawFn, depth: int = 3) -> tuple[str, Fraction | None]:
    """An arithmetic text and its value, None where it divides by zero."""
    kind = draw(
        st.sampled_from(["number", "sum", "product", "fraction", "power"][: 5 if depth else 1])
    )
    inner = written(depth - 1)
    if kind == "number":
        digits = draw(st.integers(0, 2000))
        places = draw(st.integers(0, 3))
        return draw(st.sampled_from(_spellings(digits, places)))
    if kind == "power":
        text, value = draw(inner)
        exponent = draw(st.integers(-2, 3))
        if value is None or (value == 0 and exponent < 0):
            return f"({text})^{{{exponent}}}", None
        return f"({text})^{{{exponent}}}", value**exponent
    (one, x), (two, y) = draw(inner), draw(inner)
    if kind == "fraction":
        ok = x is not None and y
        return rf"\frac{{{one}}}{{{two}}}", x / y if ok else None
    if x is None or y is None:
        return one if x is None else two, None
    if kind == "sum":
        sign = draw(st.sampled_from("+-"))
        return f"({one}) {sign} ({two})", x + y if sign == "+" else x - y
    sign = draw(st.sampled_from([r"\cdot", r"\times", "*", "", "/"]))
    if sign == "/":
        return f"({one}) / ({two})", x / y if y else None
    return f"({one}) {sign} ({two})", x * y


def _spellings(digits: int, places: int) -> list[tuple[str, Fraction]]:
    plain = f"{digits / 10**places:.{places}f}"
    value = Fraction(digits, 10**places)
    found = [(plain, value), (plain + r"\%", value / 100)]
    found.append((rf"{plain}\times10^{{-2}}", value / 100))
    if places:
        found.append((plain + "e-3", value / 1000))
    return found


@given(written())
def test_the_calculation_has_the_value_of_the_formula(case: tuple[str, Fraction | None]) -> None:
    """As it was generated, beside the reading of the formula."""
    text, value = case
    part = side(text)
    if value is None:
        assert part.problem is not None
        return
    assert part.expr == Scalar(Number(value))
    assert part.calculation is not None
    found = interval(part.calculation, lambda _: None, lambda _: Fraction(0))
    assert found == (value, value)


# -- intervals ----------------------------------------------------------------------------------------
_UNITS = st.sampled_from([None, Fraction(1, 10), Fraction(1, 100), Fraction(1)])


def _numerals() -> st.SearchStrategy[Numeral]:
    return st.builds(Numeral, st.integers(-30, 30).map(lambda i: Fraction(i, 10)), _UNITS)


def _calculations() -> st.SearchStrategy[WrittenCalculation]:
    def larger(
        inner: st.SearchStrategy[WrittenCalculation],
    ) -> st.SearchStrategy[WrittenCalculation]:
        def several(signs: str) -> st.SearchStrategy[tuple[tuple[str, WrittenCalculation], ...]]:
            pairs = st.tuples(st.sampled_from(signs), inner)
            return st.lists(pairs, min_size=1, max_size=3).map(tuple)

        return st.one_of(
            st.builds(WrittenSum, several("+-")),
            st.builds(WrittenProduct, several("*/")),
            st.builds(WrittenFraction, inner, inner),
            st.builds(WrittenPower, inner, st.integers(-3, 4)),
        )

    leaves = st.one_of(_numerals(), st.just(UNKNOWN))
    return st.recursive(leaves, larger, max_leaves=5)


def value(calculation: WrittenCalculation, chosen: Iterator[Fraction], known: Fraction) -> Fraction:
    """The value with numbers chosen for the numerals in order; ZeroDivisionError where none is."""
    match calculation:
        case Numeral():
            return next(chosen)
        case WrittenFormula():
            return known
        case WrittenSum(terms):
            return sum(
                (value(t, chosen, known) * (1 if s == "+" else -1) for s, t in terms), Fraction(0)
            )
        case WrittenProduct(factors):
            total = Fraction(1)
            for sign, factor in factors:
                one = value(factor, chosen, known)
                total = total * one if sign == "*" else total / one
            return total
        case WrittenFraction(above, below):
            top = value(above, chosen, known)
            return top / value(below, chosen, known)
        case WrittenPower(base, exponent):
            return value(base, chosen, known) ** exponent


def half(number: Numeral) -> Fraction:
    """Half a unit."""
    return (number.unit or Fraction(0)) / 2


@given(_calculations(), st.lists(st.integers(0, 8), min_size=8, max_size=8), st.integers(-3, 3))
def test_every_choice_within_the_digits_lies_in_the_interval(
    calculation: WrittenCalculation, shares: list[int], known: int
) -> None:
    """Of numerals that are each off on their own."""
    found = interval(calculation, lambda _: Fraction(known), half)
    if found is None:
        return
    chosen = (
        number.value + half(number) * (share - 4) / 4
        for number, share in zip(numerals(calculation), itertools.cycle(shares))
    )
    assert found[0] <= value(calculation, chosen, Fraction(known)) <= found[1]


def _has_power(calculation: WrittenCalculation) -> bool:
    return "WrittenPower" in repr(calculation)


@given(_calculations(), st.integers(-3, 3))
def test_the_ends_are_values_of_corners(calculation: WrittenCalculation, known: int) -> None:
    """Each numeral stands once, so the interval is no wider than it must be."""
    found = interval(calculation, lambda _: Fraction(known), half)
    if found is None or _has_power(calculation):
        return
    ends = [(n.value - half(n), n.value + half(n)) for n in numerals(calculation)]
    corners = [value(calculation, iter(c), Fraction(known)) for c in itertools.product(*ends)]
    assert found == (min(corners), max(corners))


@given(_calculations(), st.integers(-3, 3))
def test_without_slack_it_is_the_value_or_undefined(
    calculation: WrittenCalculation, known: int
) -> None:
    """None exactly where a denominator is zero."""
    try:
        chosen = (number.value for number in numerals(calculation))
        exact = value(calculation, chosen, Fraction(known))
    except ZeroDivisionError:
        exact = None
    found = interval(calculation, lambda _: Fraction(known), lambda _: Fraction(0))
    assert found == (None if exact is None else (exact, exact))


INTERVALS = [
    ("0.9^2", "0.7225", "0.9025"),
    ("(0.0)^2", "0", "0.0025"),
    ("(0.1 - 0.1)^3", "-0.001", "0.001"),
    ("(0.1 - 0.1)^0", "1", "1"),
    ("1/0.5", "20/11", "20/9"),
    (r"(0.5)^{-2}", "400/121", "400/81"),
    ("1 - 0.3", "0.65", "0.75"),
    ("1/3", "1/3", "1/3"),
    (r"5.9\times10^{-4}", "0.000585", "0.000595"),
]


@pytest.mark.parametrize(("text", "low", "high"), INTERVALS)
def test_intervals_of_half_a_unit(text: str, low: str, high: str) -> None:
    """By hand."""
    calculation = side(text).calculation
    assert calculation is not None
    assert interval(calculation, lambda _: None, half) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    "text", ["1/0.0", "1/(0.1 - 0.1)", r"(0.1-0.1)^{-2}", r"\frac{1}{0.0 + 0}"]
)
def test_zero_within_a_denominator_leaves_no_interval(text: str) -> None:
    """Though the number as written may be another."""
    calculation = WrittenFraction(Numeral(Fraction(1)), Numeral(Fraction(0), Fraction(1, 10)))
    part = side(text)
    assert interval(part.calculation or calculation, lambda _: None, half) is None


def test_a_part_without_a_value_leaves_no_interval() -> None:
    """Nor does a zero factor beside it."""
    calculation = side("0 P(B=1)").calculation
    assert calculation is not None
    assert interval(calculation, lambda _: None, half) is None
    assert interval(calculation, lambda _: Fraction(1, 2), half) == (0, 0)


def test_numbers_that_grow_too_large_are_refused() -> None:
    """Before they fill the memory."""
    tower: WrittenCalculation = Numeral(Fraction(3, 7))
    for _ in range(6):
        tower = WrittenPower(tower, 1000)
    with pytest.raises(LimitError):
        interval(tower, lambda _: None, half)
