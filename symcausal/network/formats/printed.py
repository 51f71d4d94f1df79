"""Numbers as files of other tools print them: read exactly, rounded rows settled, and printed.

Main definitions
----------------
Numbers : reads numbers and settles rows, each spelling once.
printed : a fraction as a decimal, and whether that is all of it.

Implementation notes
--------------------
A decimal is the fraction that it spells. A program that prints 1/3 as ``0.3333333`` has rounded,
and then a row sums to 9999999/10000000. Such a row is settled so that it sums to one: what is missing
is shared out over its entries in proportion to the unit in the last place of each, zeros excepted,
so that three times ``0.3333333`` is three times 1/3. This is done only where every entry moves by less
than half a unit, that is where the settled row prints as the same digits; a row with a slip in it does
not pass. Rows with fewer than three decimals are not taken as rounded: in ``0.2, 0.3, 0.4`` a number
is wrong. See docs/design/0011-formats.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from symcausal.algebra.scalar import Number
from symcausal.errors import LimitError, ModelError

_NUMBER = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?", re.ASCII)
_MOST_DIGITS = 400
_LARGEST_EXPONENT = 400
_DIGITS_OF_DOUBLES = 15
_FEWEST_DECIMALS = 3
_LONGEST_PRINT = 60


class Numbers:
    """Read numbers, each spelling once."""

    __slots__ = ("_read",)

    def __init__(self) -> None:
        self._read: dict[str, tuple[Number, int, int, bool]] = {}

    def number(self, text: str) -> Number:
        """The exact number that a text spells.

        Raises
        ------
        ModelError
            If it spells none.
        LimitError
            If it has hundreds of digits.
        """
        return self._parts(text)[0]

    def row(self, texts: Sequence[str]) -> tuple[tuple[Number, ...], Fraction | None]:
        """A row of exact numbers that sum to one, and what the printed ones sum to if not to that.

        Raises
        ------
        ModelError
            If an entry is no number between 0 and 1, or the sum is off by more than rounding.
        """
        known = self._read
        try:
            parts = [known[text] for text in texts]
        except KeyError:
            parts = [self._parts(text) for text in texts]
        low = min([exponent for _, _, exponent, _ in parts], default=0)
        total = 0
        for _, figures, exponent, _ in parts:
            total += figures if exponent == low else figures * 10 ** (exponent - low)
        entries = tuple([part[0] for part in parts])
        for i, (_, figures, _, _) in enumerate(parts):
            if figures < 0:
                raise ModelError(f"the number {texts[i]}", expected="a number between 0 and 1")
        if total == 10**-low:
            return entries, None
        found = total * Fraction(10) ** low
        return self._settled(parts, found), found

    def _parts(self, text: str) -> tuple[Number, int, int, bool]:
        """The number; its figures and the power of ten they stand at; whether in e-notation."""
        found = self._read.get(text)
        if found is not None:
            return found
        if len(text) > _MOST_DIGITS:
            raise LimitError(f"a number of {len(text)} signs", expected=f"at most {_MOST_DIGITS}")
        parsed = _NUMBER.fullmatch(text)
        if parsed is None or not (parsed[2] or parsed[3]):
            raise ModelError(f"'{text}'", expected="a number")
        sign, whole, decimals, power = parsed[1], parsed[2], parsed[3] or "", parsed[4]
        if power and abs(int(power)) > _LARGEST_EXPONENT:
            raise LimitError(
                f"the exponent of {text}", expected=f"at most {_LARGEST_EXPONENT} in size"
            )
        figures = int(whole + decimals) * (-1 if sign == "-" else 1)
        exponent = int(power or 0) - len(decimals)
        value = (
            Fraction(figures * 10**exponent) if exponent > 0 else Fraction(figures, 10**-exponent)
        )
        if exponent > 0:
            figures, exponent = figures * 10**exponent, 0
        found = self._read[text] = (Number(value), figures, exponent, power is not None)
        return found

    def _settled(
        self, parts: Sequence[tuple[Number, int, int, bool]], total: Fraction
    ) -> tuple[Number, ...]:
        if not any(figures for _, figures, _, _ in parts):
            raise ModelError("zeros alone", expected="a row that sums to 1")
        units = _last_places(parts)
        room = sum(units, Fraction(0))
        share = (1 - total) / room
        entries = tuple(
            part[0] if not unit else Number(part[0].value + share * unit)
            for part, unit in zip(parts, units, strict=True)
        )
        decimals = max(-exponent for _, _, exponent, _ in parts)
        rounded = decimals >= _FEWEST_DECIMALS and 2 * abs(share) < 1
        if not rounded or any(not 0 <= entry.value <= 1 for entry in entries):
            hint = "the entries of a row are the probabilities of all states"
            if decimals < _FEWEST_DECIMALS and 2 * abs(share) < 1:
                hint = "if the numbers are rounded, give them with three decimals or more"
            raise ModelError(f"a sum of {_shown(total)}", expected="1", hint=hint)
        return entries


def _last_places(parts: Sequence[tuple[Number, int, int, bool]]) -> list[Fraction]:
    """The unit in the last place of each number, none for a zero.

    Trailing zeros may have been left out, so all decimals of a row go to the same place, and all
    numbers in e-notation have the same number of figures. Doubles are good for 15 figures.
    """
    fixed = max([-e for _, figures, e, powered in parts if figures and not powered], default=0)
    fixed = min(fixed, _DIGITS_OF_DOUBLES)
    length = max([len(str(figures)) for _, figures, _, powered in parts if powered], default=0)
    length = min(length, _DIGITS_OF_DOUBLES)
    units = []
    for _, figures, exponent, powered in parts:
        if not figures:
            units.append(Fraction(0))
        elif powered:
            units.append(Fraction(10) ** (exponent + len(str(figures)) - length))
        else:
            units.append(Fraction(1, 10**fixed))
    return units


def _shown(total: Fraction) -> str:
    text, whole = printed(total, digits=12)
    return text if whole else f"about {text}"


def printed(value: Fraction, *, digits: int = 17) -> tuple[str, bool]:
    """A number between 0 and 1 as a decimal, and whether the decimal is all of it.

    A number without a finite decimal, or with a very long one, is rounded to so many figures.
    """
    places = _places(value.denominator)
    if places is not None and places <= _LONGEST_PRINT:
        return _decimal(value.numerator * 10**places // value.denominator, places), True
    places = digits
    while value and value * 10**places < 10 ** (digits - 1):
        places += 1
    return _decimal(round(value * 10**places), places), False


def _places(denominator: int) -> int | None:
    """How many decimals a fraction with this denominator has, or None if they never end."""
    twos = (denominator & -denominator).bit_length() - 1
    odd, fives = denominator >> twos, 0
    while odd % 5 == 0:
        odd, fives = odd // 5, fives + 1
    return max(twos, fives) if odd == 1 else None


def _decimal(figures: int, places: int) -> str:
    text = str(figures).rjust(places + 1, "0")
    whole, tail = text[: len(text) - places], text[len(text) - places :].rstrip("0")
    return f"{whole}.{tail}" if tail else whole
