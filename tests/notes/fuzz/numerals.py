"""Numerals as people write them, and which values they stand for.

Every rule has the sentence that it comes from beside it; ``docs/reference`` tells them to users.

Main definitions
----------------
Numeral : its text, its value, and the unit of its last digit; no unit where it is exact.
numeral_for : a numeral near a value: rounded, cut off, exact, or wrong.
equals, about, compares : whether a value may stand before a relation sign and a numeral.
"""

from __future__ import annotations

import random
from fractions import Fraction
from math import floor
from typing import NamedTuple

from tests.notes.fuzz.case import FAILS, HOLDS, UNDECIDED

Verdicts = frozenset[str]
SIGNS = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    r"\le": lambda a, b: a <= b,
    r"\leq": lambda a, b: a <= b,
    r"\ge": lambda a, b: a >= b,
    r"\geq": lambda a, b: a >= b,
    r"\neq": lambda a, b: a != b,
    r"\ne": lambda a, b: a != b,
}


class Unsettled(Exception):  # noqa: N818 - nothing went wrong
    """The rules do not say what is right for a claim."""


class Numeral(NamedTuple):
    """A number with the digits that it shows."""

    text: str
    value: Fraction
    unit: Fraction = Fraction(0)  # of the last digit; 0: the number is exact
    kind: str = "decimal"  # or "whole", "fraction"

    @property
    def half(self) -> Fraction:
        """Half a unit of the last digit."""
        return self.unit / 2


def rounds(value: Fraction, numeral: Numeral) -> bool:
    """Half a unit of the last place, either way at ties."""
    return abs(value - numeral.value) <= numeral.half


def cuts(value: Fraction, numeral: Numeral) -> bool:
    """Whether the numeral is the value with the digits after its last left out."""
    return 0 <= (value - numeral.value) * (-1 if value < 0 else 1) < numeral.unit


def equals(value: Fraction, numeral: Numeral) -> Verdicts:
    """What is right of ``value = numeral``."""
    if value == numeral.value:
        return HOLDS
    # "A numeral without a decimal point is exact"
    if not numeral.unit:
        return FAILS
    # "0 and 1 in any spelling never stand for another probability: fails, or undecided (rounds to
    # 1.00, is not 1) where digits are shown"
    if numeral.value in (0, 1):
        return UNDECIDED if rounds(value, numeral) else FAILS
    # "Under = a decimal stands for what rounds to it, never for what is cut off"
    return HOLDS if rounds(value, numeral) else FAILS


def about(value: Fraction, numeral: Numeral) -> Verdicts:
    r"""What is right of ``value \approx numeral``."""
    if value == numeral.value:
        return HOLDS
    if numeral.kind == "whole" and numeral.value >= 2:
        # "a whole number from 2 on for what rounds to its last non-zero digit and lies within a
        # tenth of it"
        digits = str(numeral.value)
        unit = 10 ** (len(digits) - len(digits.rstrip("0")))
        away = abs(value - numeral.value)
        return HOLDS if away <= Fraction(unit, 2) and away * 10 <= numeral.value else FAILS
    if not numeral.unit:
        if numeral.kind == "whole":
            return FAILS | UNDECIDED if abs(value - numeral.value) * 10 < 1 else FAILS
        # nothing says how near is near
        is_near = abs(value - numeral.value) * 10 < max(value, numeral.value)
        return UNDECIDED if is_near else FAILS | UNDECIDED
    near = rounds(value, numeral) or cuts(value, numeral)
    if numeral.value in (0, 1):
        return UNDECIDED if near else FAILS
    # "under approx also for what is cut off to it"
    if not near and rounds(value, _stripped(numeral)):
        return FAILS | UNDECIDED  # 0.39 is about 0.4, and whoever writes 0.40 may have meant that
    return HOLDS if near else FAILS


def _stripped(numeral: Numeral) -> Numeral:
    """The numeral without the zeros at its end."""
    unit = numeral.unit
    while numeral.value and (numeral.value / unit) % 10 == 0:
        unit *= 10
    return numeral._replace(unit=unit)


def compares(value: Fraction, sign: str, numeral: Numeral) -> Verdicts:
    """What is right of a value, a relation sign and a numeral."""
    match sign:
        case "=":
            return equals(value, numeral)
        case r"\approx":
            return about(value, numeral)
        case _:  # "Under != < <= > >= numerals are exact"
            return HOLDS if SIGNS[sign](value, numeral.value) else FAILS


# --- numerals near a value ---


def decimal(value: Fraction, digits: int) -> str:
    """A multiple of a power of ten, with so many digits after the point."""
    scaled = value * 10**digits
    assert scaled.denominator == 1
    sign, text = "-" if scaled < 0 else "", str(abs(int(scaled))).rjust(digits + 1, "0")
    return sign + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


def near(rng: random.Random, value: Fraction, digits: int) -> Fraction:
    """The value rounded to so many digits, cut off, a unit off, or far off."""
    scaled = value * 10**digits
    cut = floor(scaled)
    nearest = floor(scaled + Fraction(1, 2))
    new = rng.choice([nearest, nearest, nearest, cut, cut, cut + 1, nearest + 1, nearest - 1])
    if rng.random() < 0.1:
        new += rng.choice([3, 10, -3])
    return Fraction(abs(new), 10**digits)


def numeral_for(rng: random.Random, value: Fraction) -> Numeral:
    """A numeral that somebody might write for a value, right or wrong."""
    kind = rng.choice(
        ["decimal"] * 5 + ["percent"] * 2 + ["power", "fraction", "fraction", "whole", "dots"]
    )
    digits = rng.choice([1, 2, 2, 3, 3, 4])
    match kind:
        case "percent":
            digits = rng.choice([0, 0, 1, 2])
            number = near(rng, 100 * value, digits)
            unit = Fraction(1, 100 * 10**digits)
            return Numeral(decimal(number, digits) + r"\%", number / 100, unit)
        case "power" if 0 < value < Fraction(1, 2):
            exponent = 1
            while value * 10**exponent < 1:
                exponent += 1
            digits = rng.choice([1, 2])
            number = near(rng, value * 10**exponent, digits)
            sign = rng.choice([r" \times ", r"\cdot "])
            text = decimal(number, digits) + f"{sign}10^{{-{exponent}}}"
            scale = Fraction(1, 10**exponent)
            return Numeral(text, number * scale, scale / 10**digits)
        case "fraction":
            return fraction(rng, value if rng.random() < 0.6 else near(rng, value, 1))
        case "whole":
            number = Fraction(rng.choice([0, 1, 1, 2]))
            if rng.random() < 0.5 and number < 2:
                digits = rng.choice([1, 2])
                return Numeral(decimal(number, digits), number, Fraction(1, 10**digits))
            return Numeral(str(number), number, kind="whole")
        case "dots":
            return _repeating(rng, value) or exact_decimal(value)
        case _:
            number = near(rng, value, digits)
            return Numeral(decimal(number, digits), number, Fraction(1, 10**digits))


def fraction(rng: random.Random, value: Fraction) -> Numeral:
    """A fraction of whole numbers, or a whole number."""
    if value.denominator == 1:
        return Numeral(str(value), value, kind="whole")
    by = rng.choice([1, 1, 2, 3])
    one, other = value.numerator * by, value.denominator * by
    text = rng.choice(
        [rf"\frac{{{one}}}{{{other}}}", f"{one}/{other}", rf"\tfrac{{{one}}}{{{other}}}"]
    )
    return Numeral(text, value, kind="fraction")


def exact_decimal(value: Fraction, *, most: int = 8) -> Numeral:
    """The shortest decimal that is the value, or the value rounded to three digits."""
    for digits in range(1, most):
        if (value * 10**digits).denominator == 1:
            return Numeral(decimal(value, digits), value, Fraction(1, 10**digits))
    return rounded(value, 3)


def rounded(value: Fraction, digits: int) -> Numeral:
    """The value rounded to so many digits, up at ties."""
    number = Fraction(floor(value * 10**digits + Fraction(1, 2)), 10**digits)
    return Numeral(decimal(number, digits), number, Fraction(1, 10**digits))


def _repeating(rng: random.Random, value: Fraction) -> Numeral | None:
    r"""0.333... and 0.1\overline{6}: the exact value, where one digit repeats."""
    for digits in range(3 if value > 0 else 0):
        if (value * 9 * 10**digits).denominator == 1 and (value * 10**digits).denominator != 1:
            front = Fraction(floor(value * 10**digits), 10**digits)
            repeated = (value - front) * 9 * 10**digits
            start = decimal(front, digits) + ("" if digits else ".")
            if rng.random() < 0.5:
                return Numeral(rf"{start}\overline{{{repeated}}}", value, kind="repeating")
            dots = rng.choice([r"\ldots", r"\dots", "..."])
            return Numeral(f"{start}{str(repeated) * 3}{dots}", value, kind="repeating")
    return None
