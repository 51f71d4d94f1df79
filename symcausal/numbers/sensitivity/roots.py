"""Polynomials in one unknown over the fractions, and their real roots.

A polynomial is a tuple of coefficients, the constant first, without zeros at the end. Roots are
exact: fractions where they are rational, and otherwise an isolating interval that can be made as
narrow as one likes.

Main definitions
----------------
trimmed, value, derivative, product, difference, common_factor, quotient : arithmetic.
Root : a root that is no fraction.
roots : all roots between two fractions, in order.

References
----------
[Basu2006]_ Section 2.2 for Sturm's theorem.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from symcausal.hints import TypeAlias

Univariate: TypeAlias = tuple[Fraction, ...]

PRECISION = 64


@dataclass(frozen=True, slots=True)
class Root:
    """An irrational number: the one root of a polynomial in an open interval.

    Attributes
    ----------
    polynomial : tuple of Fraction
        With different signs at the two ends.
    low, high : Fraction
        The interval.
    """

    polynomial: Univariate
    low: Fraction
    high: Fraction

    def __float__(self) -> float:
        return float((self.low + self.high) / 2)

    def __str__(self) -> str:
        return f"{float(self):.6g}..."

    def sharper(self) -> Root:
        """Return the same root in half the interval."""
        middle = (self.low + self.high) / 2
        if (value(self.polynomial, self.low) > 0) == (value(self.polynomial, middle) > 0):
            return Root(self.polynomial, middle, self.high)
        return Root(self.polynomial, self.low, middle)


RealNumber: TypeAlias = Fraction | Root


def trimmed(coefficients: Sequence[Fraction]) -> Univariate:
    """Return a polynomial without zeros at the end."""
    end = len(coefficients)
    while end and not coefficients[end - 1]:
        end -= 1
    return tuple(coefficients[:end])


def value(polynomial: Univariate, at: Fraction) -> Fraction:
    """Return the value of a polynomial at a point."""
    return reduce(lambda total, c: total * at + c, reversed(polynomial), Fraction(0))


def derivative(polynomial: Univariate) -> Univariate:
    """Return the derivative of a polynomial."""
    return trimmed([i * c for i, c in enumerate(polynomial)][1:])


def scaled(polynomial: Univariate, factor: Fraction) -> Univariate:
    """Return a multiple of a polynomial."""
    return trimmed([factor * c for c in polynomial])


def product(left: Univariate, right: Univariate) -> Univariate:
    """Return the product of two polynomials."""
    found = [Fraction(0)] * max(0, len(left) + len(right) - 1)
    for i, x in enumerate(left):
        for j, y in enumerate(right):
            found[i + j] += x * y
    return trimmed(found)


def difference(left: Univariate, right: Univariate) -> Univariate:
    """Return the difference of two polynomials."""
    found = [Fraction(0)] * max(len(left), len(right))
    for i, x in enumerate(left):
        found[i] += x
    for i, x in enumerate(right):
        found[i] -= x
    return trimmed(found)


def divided(top: Univariate, bottom: Univariate) -> tuple[Univariate, Univariate]:
    """Return the quotient and the remainder of two polynomials.

    Examples
    --------
    >>> square_less_one, plus_one = (Fraction(-1), Fraction(0), Fraction(1)), (Fraction(1), Fraction(1))
    >>> divided(square_less_one, plus_one)
    ((Fraction(-1, 1), Fraction(1, 1)), ())
    """
    rest, found = list(top), [Fraction(0)] * max(0, len(top) - len(bottom) + 1)
    for i in range(len(top) - len(bottom), -1, -1):
        found[i] = factor = rest[i + len(bottom) - 1] / bottom[-1]
        for j, c in enumerate(bottom):
            rest[i + j] -= factor * c
    return trimmed(found), trimmed(rest)


def common_factor(left: Univariate, right: Univariate) -> Univariate:
    """Return the greatest common divisor of two polynomials, its leading coefficient one.

    Examples
    --------
    >>> left, right = (-1, 0, 1), (1, 2, 1)  # (x - 1) (x + 1) and (x + 1)^2
    >>> common_factor(tuple(map(Fraction, left)), tuple(map(Fraction, right)))
    (Fraction(1, 1), Fraction(1, 1))
    """
    while right:
        left, right = right, divided(left, right)[1]
    return scaled(left, 1 / left[-1]) if left else ()


def roots(polynomial: Univariate, low: Fraction, high: Fraction) -> list[RealNumber]:
    """Return all roots in the closed interval from ``low`` to ``high``, in order, each once.

    The polynomial must not be zero.

    Examples
    --------
    >>> roots((Fraction(-1), Fraction(0), Fraction(4)), Fraction(0), Fraction(1))  # 4 x^2 - 1
    [Fraction(1, 2)]
    """
    if len(polynomial) < 2:
        return []
    if len(polynomial) == 2:
        at = -polynomial[0] / polynomial[1]
        return [at] if low <= at <= high else []
    repeated = common_factor(polynomial, derivative(polynomial))
    plain = divided(polynomial, repeated)[0] if len(repeated) > 1 else polynomial
    found: list[RealNumber] = [end for end in (low, high) if not value(plain, end)]
    for end in dict.fromkeys(found):
        assert isinstance(end, Fraction)
        plain = divided(plain, (-end, Fraction(1)))[0]
    chain = _sturm(plain)
    whole = _whole(plain)
    waiting = [(low, high)]
    while waiting:
        start, stop = waiting.pop()
        count = _changes(chain, start) - _changes(chain, stop)
        if not count:
            continue
        middle = (start + stop) / 2
        if not value(plain, middle):
            found.append(middle)
            plain = divided(plain, (-middle, Fraction(1)))[0]
            chain, waiting = _sturm(plain), [*waiting, (start, middle), (middle, stop)]
        elif count > 1:
            waiting += [(start, middle), (middle, stop)]
        else:
            found.append(_settled(Root(plain, start, stop), whole[-1]))
    return sorted(dict.fromkeys(found), key=_key)


def _key(number: RealNumber) -> Fraction:
    return number if isinstance(number, Fraction) else (number.low + number.high) / 2


def _settled(root: Root, leading: int) -> RealNumber:
    """The root as a fraction if it is one: its denominator divides the leading coefficient."""
    width = min(Fraction(1, 2 * abs(leading)), Fraction(1, 2**PRECISION))
    while root.high - root.low > width:
        root = root.sharper()
    near = Fraction(round((root.low + root.high) / 2 * leading), leading)
    if root.low <= near <= root.high and not value(root.polynomial, near):
        return near
    return root


def _whole(polynomial: Univariate) -> list[int]:
    """A multiple with whole coefficients."""
    common = math.lcm(*(c.denominator for c in polynomial))
    return [int(c * common) for c in polynomial]


def _sturm(polynomial: Univariate) -> list[Univariate]:
    chain = [polynomial, derivative(polynomial)]
    while chain[-1]:
        chain.append(scaled(divided(chain[-2], chain[-1])[1], Fraction(-1)))
    return [p for p in chain if p]


def _changes(chain: Sequence[Univariate], at: Fraction) -> int:
    signs = [v > 0 for p in chain if (v := value(p, at))]
    return sum(x != y for x, y in pairwise(signs))
