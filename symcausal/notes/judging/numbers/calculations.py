"""Judge an equation between values, calculations and numerals as people write them.

Equal values are equal. Otherwise a numeral stands for what rounds to it, and in a calculation behind a
formula every decimal that is no entry of the model may be off by half a unit of its last place.

Main definitions
----------------
ValuesAt : the values of an equation at one assignment of its letters.
equal_at : the verdict there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from itertools import permutations

from symcausal.algebra.decimals import with_decimal
from symcausal.expr.nodes import Expr
from symcausal.notes.judging.link import Link, Member, is_rounded
from symcausal.notes.judging.numbers.rounding import Fit, fit, half_units
from symcausal.notes.reporting.verdict import Word
from symcausal.reading.calculation import (
    Enclosure,
    WrittenCalculation,
    WrittenFormula,
    WrittenFraction,
    WrittenSum,
    interval,
    is_arithmetic,
)
from symcausal.reading.numerals import Numeral
from symcausal.record import record

_NARROW = Fraction(1, 10)
_MOST_TERMS = 6
Found = tuple[Word, str]

_TO_DIGITS = "to the digits shown"


@record
class ValuesAt:
    """The values of an equation at one assignment of its letters.

    Attributes
    ----------
    left, right : Fraction
        The values of the two sides as written.
    terms : callable
        The values of a formula's terms there: one value, or one for each term of a sum.
    entries : collection of Fraction
        The entries of the model's tables and the given numbers.
    start : Fraction or None
        The exact value of what the chain starts from, if that is a formula and another side.
    last_exact : Fraction or None
        The value of the last side before the left one that has no rounded numbers.
    """

    left: Fraction
    right: Fraction
    terms: Callable[[Expr], tuple[Fraction | None, ...]]
    entries: Collection[Fraction]
    start: Fraction | None = None
    last_exact: Fraction | None = None

    def value(self, expr: Expr) -> Fraction | None:
        """Return the value of a formula there, None if it is not defined."""
        found = self.terms(expr)
        return None if None in found else sum((v for v in found if v is not None), Fraction(0))

    def interval(
        self, written: WrittenCalculation, *, entries_too: bool = False
    ) -> Enclosure | None:
        """Return the interval in which the exact value of a calculation lies."""
        return interval(written, self.value, half_units(() if entries_too else self.entries))


def lone(member: Member) -> Numeral | None:
    """Return the numeral that a side consists of, None if it is anything else."""
    return member.written if isinstance(member.written, Numeral) else None


def is_calculation(member: Member) -> bool:
    """Decide whether a side is made of numbers alone."""
    return member.written is not None and is_arithmetic(member.written)


def equal_at(link: Link, place: ValuesAt) -> Found:
    """Return the verdict on an equation at one place, and its reason."""
    word, reason = _equal(link, place)
    exact = place.last_exact
    if (
        word == "holds"
        and link.sign == "="
        and not is_rounded(link.right)
        and exact is not None
        and exact != place.right
    ):
        shown = f"{with_decimal(place.right)} is not {with_decimal(exact)}"
        return "fails", f"{shown}, the last exact value before it"
    fraction = lone(link.right) is None and not is_rounded(link.right)
    if word == "fails" and link.sign == "≈" and fraction and _are_near(place):
        return "undecided", f"{_against(place)}: nothing says how near is near"
    return word, reason


def _equal(link: Link, place: ValuesAt) -> Found:
    left, right = link.left, link.right
    of_left, of_right = lone(left), lone(right)
    if place.left == place.right:
        if of_right is not None and is_calculation(left):
            return _beside_start(of_right, link, place) or ("holds", "computed in fractions")
        return "holds", "computed in fractions"
    if of_right is not None and is_calculation(left):
        return _result(of_right, of_left, link, place)
    if of_left is not None and is_calculation(right):
        if _fits(fit(of_left, place.right, roughly=_roughly(link))):
            return "holds", _TO_DIGITS
        return _within(right, place.left, place)
    for numeral, formula, value in (
        (of_right, left, place.left),
        (of_left, right, place.right),
    ):
        if numeral is not None:
            return _of_formula(numeral, formula, value, link, place)
    if is_rounded(right):
        word, reason = _parts_within(left, right, place.left, place)
        start = place.start if word == "fails" and is_calculation(left) else None
        if start is not None and _within(right, start, place)[0] == "holds":
            return "undecided", f"as written {with_decimal(place.left)}"
        return word, reason
    if is_rounded(left) and not is_calculation(right):
        return _parts_within(right, left, place.right, place)
    return "fails", _against(place)


def _are_near(place: ValuesAt) -> bool:
    off = abs(place.left - place.right)
    return off <= _NARROW * max(abs(place.left), abs(place.right))


# -- numerals -------------------------------------------------------------------------------------
def _result(numeral: Numeral, before: Numeral | None, link: Link, place: ValuesAt) -> Found:
    """The verdict on ``calculation = numeral``: arithmetic as written, rounded to the digits shown."""
    roughly = _roughly(link)
    how = fit(numeral, place.left, roughly=roughly)
    if before is not None and how in ("no", "nearly"):
        how = _better(how, fit(before, place.right, roughly=roughly))
    if _fits(how):
        return _beside_start(numeral, link, place) or ("holds", _TO_DIGITS)
    if how == "nearly":
        return "undecided", _nearly(place.left, numeral)
    if place.start is not None and _fits(fit(numeral, place.start, roughly=roughly)):
        return "undecided", f"as written {with_decimal(place.left)}"
    return "fails", _against(place)


def _beside_start(numeral: Numeral, link: Link, place: ValuesAt) -> Found | None:
    """Return the doubt about a right result that is not the value of the chain's start."""
    if place.start is None or _fits(fit(numeral, place.start, roughly=_roughly(link))):
        return None
    return (
        "undecided",
        f"right as written, but the chain starts at {with_decimal(place.start)} exactly",
    )


def _of_formula(
    numeral: Numeral, formula: Member, value: Fraction, link: Link, place: ValuesAt
) -> Found:
    """The verdict on ``formula = numeral``."""
    how = fit(numeral, value, roughly=_roughly(link))
    if _fits(how):
        return "holds", _TO_DIGITS
    if how == "nearly":
        return "undecided", _nearly(value, numeral)
    if is_rounded(formula):
        assert formula.written is not None
        lies = place.interval(formula.written)
        if lies is None:
            return "undecided", "zero is among the values of a denominator"
        half = Fraction(0) if numeral.unit is None else numeral.unit / 2
        if lies[0] <= numeral.value + half and numeral.value - half <= lies[1]:
            return "undecided", "too few digits are shown in the formula to tell"
    return "fails", _against(place)


# -- calculations ---------------------------------------------------------------------------------
def _parts_within(exact: Member, written: Member, value: Fraction, place: ValuesAt) -> Found:
    """The verdict on ``formula = calculation``: part by part where both have one shape, then whole."""
    word, reason = _within(written, value, place)
    if word == "fails" or exact.written is None or written.written is None:
        return word, reason
    if _parts_match(exact.written, written.written, place) is False:
        return "fails", f"the whole is near, but the parts are not; {_against(place)}"
    return word, reason


def _within(member: Member, value: Fraction, place: ValuesAt) -> Found:
    """The verdict on whether a value is that of a calculation with rounded numbers."""
    assert member.written is not None
    lies = place.interval(member.written)
    if lies is None:
        return "undecided", "zero is among the values of a denominator"
    low, high = lies
    if not low <= value <= high:
        wider = place.interval(member.written, entries_too=True)
        if wider is None or wider[0] <= value <= wider[1]:
            return "undecided", f"{_against(place)}: numbers in it may be rounded"
        return "fails", _against(place)
    if high - low <= abs(low + high) / 2 * _NARROW:
        return "holds", _TO_DIGITS
    return "undecided", f"too few digits: from {float(low):.6g} to {float(high):.6g}"


def _parts_match(
    formula: WrittenCalculation, written: WrittenCalculation, place: ValuesAt
) -> bool | None:
    """Whether the parts of a formula lie where those of a calculation do; None without one shape."""
    match formula, written:
        case WrittenFraction(above, below), WrittenFraction(numerator, denominator):
            top = _part_matches(above, numerator, place)
            bottom = _part_matches(below, denominator, place)
            if top is None or bottom is None:
                return None
            # a fraction that was reduced, or taken times a thousand, is the same
            return None if top is False and bottom is False else top and bottom
        case _, WrittenSum(terms) if all(sign == "+" for sign, _ in terms):
            return _terms_match(formula, [part for _, part in terms], place)
        case _:  # two kinds of calculation, or numbers that have no parts
            return None


def _part_matches(
    formula: WrittenCalculation, written: WrittenCalculation, place: ValuesAt
) -> bool | None:
    lies = place.interval(written, entries_too=True)
    value = interval(formula, place.value, lambda _: Fraction(0))
    if lies is None or value is None:
        return None
    inside = lies[0] <= value[0] <= lies[1]
    deeper = _parts_match(formula, written, place)
    return inside if deeper is None else inside and deeper


def _terms_match(
    formula: WrittenCalculation, written: list[WrittenCalculation], place: ValuesAt
) -> bool | None:
    """Whether some order of a formula's terms fits those of a calculation."""
    values = _terms(formula, place)
    if values is None or len(values) != len(written) or len(values) > _MOST_TERMS:
        return None
    lies = [place.interval(part, entries_too=True) for part in written]
    if None in lies:
        return None
    known = [one for one in lies if one is not None]
    return any(
        all(low <= value <= high for value, (low, high) in zip(order, known, strict=True))
        for order in permutations(values)
    )


def _terms(formula: WrittenCalculation, place: ValuesAt) -> list[Fraction] | None:
    """The values of the terms of a sum."""
    if isinstance(formula, WrittenFormula):
        found = list(place.terms(formula.expr))
    elif isinstance(formula, WrittenSum) and all(sign == "+" for sign, _ in formula.terms):
        found = []
        for _, part in formula.terms:
            lies = interval(part, place.value, lambda _: Fraction(0))
            found.append(None if lies is None else lies[0])
    else:
        return None
    known = [value for value in found if value is not None]
    return known if len(known) == len(found) > 1 else None


# -- words ----------------------------------------------------------------------------------------
def _roughly(link: Link) -> bool:
    return link.sign == "≈" or link.left.about or link.right.about


def _fits(how: Fit) -> bool:
    return how in ("equal", "rounded")


def _better(one: Fit, other: Fit) -> Fit:
    order: tuple[Fit, ...] = ("equal", "rounded", "nearly", "no")
    return min(one, other, key=order.index)


def _nearly(value: Fraction, numeral: Numeral) -> str:
    return f"it is {with_decimal(value)}, which rounds to {float(numeral.value):g} and is not that"


def _against(place: ValuesAt) -> str:
    return f"{with_decimal(place.left)} against {with_decimal(place.right)}"
