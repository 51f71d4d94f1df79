"""What a numeral stands for: what rounds to the digits that it shows.

Main definitions
----------------
fit : how a numeral fits a value.
half_units : how far each numeral of a calculation may be off.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction

from symcausal.hints import Literal, TypeAlias
from symcausal.reading.numerals import Numeral

Fit: TypeAlias = Literal["equal", "rounded", "nearly", "no"]

_SURE = (Fraction(0), Fraction(1))
_TENTH = Fraction(1, 10)


def fit(numeral: Numeral, value: Fraction, *, roughly: bool) -> Fit:
    """Return how a numeral fits a value.

    Parameters
    ----------
    numeral : Numeral
        As written.
    value : Fraction
        What it may stand for.
    roughly : bool
        Whether ``≈`` or a word such as *about* stands before it.

    Returns
    -------
    str
        ``equal``; ``rounded``, where the value rounds to the digits shown, either way at ties (behind
        ``≈`` also where it is cut off to them); ``nearly``, where it rounds to a 0 or 1 that show
        digits but is neither impossible nor certain, or a sign ``≈`` leaves open how near is near;
        ``no``.
    """
    shown, unit = numeral.value, numeral.unit
    if value == shown:
        return "equal"
    if unit is None:
        return _whole(shown, value) if roughly else "no"
    cut = 0 <= value - shown < unit if shown >= 0 else 0 <= shown - value < unit
    rounds = cut if numeral.goes_on else 2 * abs(value - shown) <= unit or (roughly and cut)
    if shown in _SURE:
        return "nearly" if rounds else "no"
    if rounds:
        return "rounded"
    return "nearly" if roughly and _about(_last_digit(shown / unit) * unit, shown, value) else "no"


def _whole(shown: Fraction, value: Fraction) -> Fit:
    """``≈ 30`` stands for what rounds to its last digit that is not 0; ``≈ 1/3`` for what is near."""
    if shown in _SURE:
        return "no"
    if shown.denominator > 1:
        return "nearly" if abs(value - shown) <= abs(shown) * _TENTH else "no"
    return "rounded" if _about(_last_digit(shown), shown, value) else "no"


def _last_digit(whole: Fraction) -> Fraction:
    """Return the place of the last digit of a whole number that is not 0: 100 for 1200."""
    place, rest = 1, abs(whole.numerator)
    while rest and rest % 10 == 0:
        place, rest = place * 10, rest // 10
    return Fraction(place)


def _about(place: Fraction, shown: Fraction, value: Fraction) -> bool:
    off = abs(value - shown)
    return 2 * off <= place and off <= abs(shown) * _TENTH


def half_units(exact: Collection[Fraction]) -> Callable[[Numeral], Fraction]:
    """Return how far a numeral may be off: half a unit of its last place, nothing if it is exact.

    Parameters
    ----------
    exact : collection of Fraction
        Entries of tables and given numbers; a numeral that equals one is that one.
    """

    def half(numeral: Numeral) -> Fraction:
        if numeral.unit is None or numeral.value in exact or 1 - numeral.value in exact:
            return Fraction(0)
        return numeral.unit if numeral.goes_on else numeral.unit / 2

    return half
