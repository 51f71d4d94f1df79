"""Numbers of a sensitivity: exactly where that is short, elsewhere as decimals.

Main definitions
----------------
ShownNumbers : how they are written, with so many digits.
LONGEST_EXACT : how long an exact number may be.
"""

from __future__ import annotations

from fractions import Fraction
from sys import float_info

from symcausal.algebra.decimals import FIGURES, decimal, length, with_decimal
from symcausal.numbers.sensitivity.roots import RealNumber, Root
from symcausal.record import record

LONGEST_EXACT = 13  # characters of a coefficient that is still written as it is
_FIGURES_OF_A_SIZE = 4


@record
class ShownNumbers:
    """How numbers are written.

    Attributes
    ----------
    digits : int or None
        The significant figures of decimals; None for six, and four where only the size matters.

    Examples
    --------
    >>> three = ShownNumbers(3)
    >>> three.short(Fraction(1, 3)), three.both(Fraction(1, 3)), three.size(Fraction(2, 3))
    ('1/3', '1/3 = 0.333...', '0.667')
    """

    digits: int | None = None

    def short(self, number: RealNumber) -> str:
        """A number, exactly if that is short, otherwise as a decimal."""
        if isinstance(number, Fraction) and length(number) <= LONGEST_EXACT:
            return str(number)
        return self._dotted(number)

    def both(self, number: RealNumber) -> str:
        """A number with its decimal beside it."""
        if isinstance(number, Root) or length(number) > LONGEST_EXACT:
            return self.short(number)
        return with_decimal(number, figures=self.digits or FIGURES)

    def rounded(self, number: Fraction) -> str:
        """The decimal of a number, without a sign that it goes on."""
        return self._dotted(number).removesuffix("...")

    def size(self, number: Fraction | float) -> str:
        """The decimal of a number of which only the size matters."""
        figures = self.digits or _FIGURES_OF_A_SIZE
        if isinstance(number, float):
            return f"{number:.{min(figures, float_info.dig)}g}"
        return decimal(number, figures=figures).removesuffix("...")

    def latex(self, number: RealNumber) -> str:
        """A number in LaTeX, exactly if that is short."""
        if isinstance(number, Root) or length(number) > LONGEST_EXACT:
            return self._dotted(number).replace("...", r"\ldots")
        if number.denominator == 1:
            return str(number)
        sign = "-" if number < 0 else ""
        return rf"{sign}\tfrac{{{abs(number.numerator)}}}{{{number.denominator}}}"

    def _dotted(self, number: RealNumber) -> str:
        """A decimal, with dots where it goes on; every figure of a root is one of its own."""
        figures = self.digits or FIGURES
        if isinstance(number, Fraction):
            return decimal(number, figures=figures)
        low, high = (
            decimal(end, figures=figures).removesuffix("...") for end in (number.low, number.high)
        )
        return f"{low}..." if low == high else self._dotted(number.sharper())
