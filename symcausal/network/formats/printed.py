"""Numbers as files of other tools print them: read exactly, rounded rows settled, and printed.

Main definitions
----------------
PrintedRow : a row that sums to one, and what was done to make it so.
PrintedNumbers : reads numbers, each spelling once, and rows of them.
printed : a fraction as a decimal, and whether that is all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from symcausal.algebra.scalar import Number
from symcausal.errors import LimitError, ModelError
from symcausal.network.formats.rounding import SINGLE_PRECISION, Spelled, divide, settle
from symcausal.patterns import late
from symcausal.record import record

_NUMBER = late(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?", re.ASCII)
_MOST_DIGITS = 400
_LARGEST_EXPONENT = 400
_LONGEST_PRINT = 60
MEND = "mend the row, or let --rescale (in Python rescale=True) divide it by its sum"


@record
class PrintedRow:
    """A row of exact numbers that sum to one, and what was done to make them so.

    Attributes
    ----------
    entries : tuple of Number
        The row.
    rounded : Fraction, optional
        What the printed numbers sum to, where the row was settled as rounded.
    rescaled : Fraction, optional
        What they sum to, where the row was divided by that.
    """

    entries: tuple[Number, ...]
    rounded: Fraction | None = None
    rescaled: Fraction | None = None


class PrintedNumbers:
    """Read numbers, each spelling once.

    Parameters
    ----------
    rescale : bool
        Whether a row that is further off than by rounding is divided by its sum, or else refused.
    """

    __slots__ = ("_read", "rescale")

    def __init__(self, *, rescale: bool = False) -> None:
        self._read: dict[str, Spelled] = {}
        self.rescale = rescale

    def number(self, text: str) -> Number:
        """The exact number that a text spells.

        Raises
        ------
        ModelError
            If it spells none.
        LimitError
            If it has hundreds of digits.
        """
        return self.spelled(text).number

    def row(self, texts: Sequence[str]) -> PrintedRow:
        """A row that sums to one: as printed, or settled if it is rounded, or divided by its sum.

        Raises
        ------
        ModelError
            If an entry is no probability, or the sum is off by more than rounding.
        """
        known = self._read
        try:
            parts = [known[text] for text in texts]
        except KeyError:
            parts = [self.spelled(text) for text in texts]
        low = min([part.exponent for part in parts], default=0)
        total, least = 0, 0
        for part in parts:
            figures, exponent = part.figures, part.exponent
            total += figures if exponent == low else figures * 10 ** (exponent - low)
            least = min(least, figures)
        if total == 10**-low and least == 0:
            return PrintedRow(tuple([part.number for part in parts]))
        for text, part in zip(texts, parts, strict=True):
            if part.figures < 0 and part.number.value < -SINGLE_PRECISION:
                raise ModelError(f"the number {text}", expected="a number between 0 and 1")
        return self._mended(parts, total * Fraction(10) ** low)

    def spelled(self, text: str) -> Spelled:
        """The number that a text spells, with the digits that it shows; errors as in :meth:`number`."""
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
        found = self._read[text] = Spelled(Number(value), figures, exponent, power is not None)
        return found

    def _mended(self, parts: Sequence[Spelled], total: Fraction) -> PrintedRow:
        """What the numbers stand for as a row; refused if they are off by more than rounding."""
        settled = settle(parts)
        if settled is not None:
            return PrintedRow(tuple(map(Number, settled)), rounded=total)
        divided = divide([max(part.number.value, Fraction(0)) for part in parts])
        if divided is None:
            raise ModelError("zeros alone", expected="a row that sums to 1")
        if not self.rescale:
            counts = total > 1 and all(part.number.value.denominator == 1 for part in parts)
            what = "these look like counts" if counts else "that is more than rounding"
            raise ModelError(f"a sum of {_shown(total)}", expected="1", hint=f"{what}: {MEND}")
        return PrintedRow(tuple(map(Number, divided)), rescaled=total)


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
