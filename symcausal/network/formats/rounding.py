"""Rows of rounded numbers: whether they can stand for a row that sums to one, and for which.

Main definitions
----------------
Spelled : a number with the digits that it shows.
settle : the row that rounded numbers stand for, or None.
divide : any row over its sum.

Implementation notes
--------------------
A program that prints 1/3 as ``0.333`` has rounded, and then a row sums to 0.999. What is missing is
shared out over the numbers in proportion to how far each may have been rounded, zeros excepted, so that
three times ``0.333`` is three times 1/3. Two readings are tried, the sharper one first:

1. All numbers were rounded alike: plain ones to the same place, since trailing zeros may have been left
   out, and those in e-notation to the same number of figures. Doubles are good for 15 of them.
2. Each number was rounded to its own last digit, or is as far off as computing in single precision
   leaves it: a millionth of itself (of NumPy's half precision, 489 of them).

In either no number moves by more than half a unit, either way at ties, or by that millionth. A row that
is off by more than a hundredth (half a thousandth for each state, where it has more than twenty) is not
taken for rounded whatever digits it shows: in ``0.2, 0.3, 0.4`` a number is wrong. See
docs/design/0011-formats.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symcausal.algebra.decimals import digit_count
from symcausal.algebra.scalar import Number
from symcausal.record import record

_DIGITS_OF_DOUBLES = 15
_MILLION = 10**6
SINGLE_PRECISION = Fraction(1, _MILLION)


@record
class Spelled:
    """A number with the digits that it shows: ``figures * 10 ** exponent``."""

    number: Number
    figures: int
    exponent: int
    powered: bool  # in e-notation


def settle(
    row: Sequence[Spelled], whole: Fraction = Fraction(1), *, millionths: int = 1
) -> list[Fraction] | None:
    """The numbers with the sum ``whole`` that a row of rounded ones stands for, None if for none.

    Parameters
    ----------
    row : sequence of Spelled
        Numbers as a program printed them; one that is negative by a trace stands for zero.
    whole : Fraction
        What they sum to before rounding: one, or what exact entries of the row leave of it.
    millionths : int
        How far each may be off by the precision it was computed in, in millionths of itself.
    """
    length = _longest(row)
    low = min([0, *(min(n.exponent, _place(n, length)) for n in row if n.figures > 0)])
    unit = 10**-low  # all below in whole numbers, as files have such rows by the ten thousand
    values = [max(n.figures, 0) * 10 ** (n.exponent - low) if n.figures > 0 else 0 for n in row]
    lost = whole * unit - sum(values)
    missing = lost.numerator if lost.denominator == 1 else lost
    too_far = abs(missing) * 2000 > unit * max(20, len(row))
    if too_far or max(values, default=0) * _MILLION > unit * (_MILLION + 1):
        return None
    finest = max([3, *(-n.exponent for n in row if not n.powered)])
    spare = (
        values.count(0) * _MILLION * unit // 10**finest
    )  # zeros may have been rounded, and stay zeros
    for room, more in ((_alike(row, length, low), 0), (_own(row, values, low, millionths), spare)):
        total = sum(room)
        if total and abs(missing) * 2 * _MILLION <= total + more:
            found = [v * total + missing * r for v, r in zip(values, room, strict=True)]
            if min(found) >= 0 and max(found) <= unit * total:
                return [Fraction(top, unit * total) for top in found]
    return None


def divide(row: Sequence[Fraction]) -> list[Fraction] | None:
    """The row over its sum; None if all are zero."""
    total = sum(row)
    return [value / total for value in row] if total else None


# Room is counted in millionths of half a unit of the lowest place in the row.


def _alike(row: Sequence[Spelled], length: int, low: int) -> list[int]:
    """How far each number may have been rounded, not at all for a zero, if all were rounded alike."""
    place = -min(
        max([-n.exponent for n in row if n.figures > 0 and not n.powered], default=0),
        _DIGITS_OF_DOUBLES,
    )
    return [_half(n, _place(n, length) if n.powered else place, low) for n in row]


def _own(row: Sequence[Spelled], values: Sequence[int], low: int, millionths: int) -> list[int]:
    """Likewise, if each was rounded to its own last digit, or is what its precision leaves."""
    off = 2 * millionths
    return [max(_half(n, n.exponent, low), off * v) for n, v in zip(row, values, strict=True)]


def _half(spelled: Spelled, place: int, low: int) -> int:
    """Half a unit of a place, none for a zero; a one stands for no number below 0.9995."""
    if spelled.figures <= 0:
        return 0
    half: int = _MILLION * 10 ** (place - low)
    return min(half, 10 ** (3 - low)) if spelled.number.value == 1 else half


def _longest(row: Sequence[Spelled]) -> int:
    """The most figures of a number in e-notation."""
    lengths = [digit_count(n.figures) for n in row if n.figures > 0 and n.powered]
    return min(max(lengths, default=0), _DIGITS_OF_DOUBLES)


def _place(spelled: Spelled, length: int) -> int:
    """The place of a number's last figure, if it has so many of them in e-notation."""
    return spelled.exponent + digit_count(spelled.figures) - length if spelled.powered else 0
