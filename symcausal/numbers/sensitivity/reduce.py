"""Ratios of polynomials in lowest terms.

Main definitions
----------------
whole : coefficients as whole numbers without a common divisor.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

Rational = Mapping[int, Fraction | None]


def whole(numerator: Rational, denominator: Rational) -> tuple[dict[int, int], dict[int, int]]:
    """Return a ratio with whole coefficients that have no common divisor.

    The largest coefficient of the denominator is positive.

    Examples
    --------
    >>> from fractions import Fraction
    >>> whole({0: Fraction(1, 2), 1: Fraction(1, 3)}, {0: Fraction(1)})
    ({0: 3, 1: 2}, {0: 6})
    """
    values = [c for part in (numerator, denominator) for c in part.values() if c is not None]
    common = math.lcm(*(c.denominator for c in values))
    divisor = math.gcd(*(c.numerator * (common // c.denominator) for c in values))
    largest = max((c for c in denominator.values() if c is not None), key=abs, default=Fraction(1))
    factor = Fraction(common, divisor or 1) * (1 if largest > 0 else -1)
    top, under = (
        {key: int(c * factor) for key, c in sorted(part.items()) if c}
        for part in (numerator, denominator)
    )
    return top, under
