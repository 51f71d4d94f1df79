"""Polynomials with few monomials as the values of variable elimination.

A value from zero on is that whole number; a negative one says where a polynomial is kept, so that
tables of numbers are multiplied as fast as ever. An unknown occurs at most once in each product, for a
product holds one entry of each table: a monomial is a set of unknowns, written as bits.

Main definitions
----------------
Sparse : an arithmetic of such values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from symcausal.algebra.deadline import spend
from symcausal.errors import LimitError
from symcausal.numbers.sensitivity.polynomials import BITS

MOST_PRODUCTS = 100_000_000
Monomials = dict[int, int]


class Sparse:
    """The arithmetic of polynomials that are linear in each unknown; 0 and 1 stand for themselves.

    Attributes
    ----------
    most : int
        The most products of one elimination.
    """

    most = 20_000_000

    def __init__(self) -> None:
        self._kept: list[Monomials] = []
        self._work = 0

    def keep(self, polynomial: Monomials) -> int:
        """Return the value that stands for a polynomial whose keys are sets of unknowns."""
        plain = {key: c for key, c in polynomial.items() if c}
        if not plain:
            return 0
        if len(plain) == 1 and plain.get(0, -1) > 0:
            return plain[0]
        self._kept.append(plain)
        return ~(len(self._kept) - 1)

    def polynomial(self, value: int) -> Monomials:
        """Return the polynomial that a value stands for."""
        if value < 0:
            return self._kept[~value]
        return {0: value} if value else {}

    def coefficients(self, value: int) -> dict[int, int]:
        """Return it with the keys of ``symcausal.numbers.sensitivity.polynomials``."""
        return {_spread(key): c for key, c in self.polynomial(value).items()}

    def product(self, factors: Sequence[int]) -> int:
        """Return the product of some values."""
        if min(factors) >= 0:
            return math.prod(factors)
        constant = math.prod([factor for factor in factors if factor > 0])
        polynomials = [self._kept[~factor] for factor in factors if factor < 0]
        polynomials.sort(key=len)
        found = polynomials[0]
        if constant != 1:
            found = {key: c * constant for key, c in found.items()}
        for other in polynomials[1:]:
            self._spend(len(found) * len(other))
            # Different tables have different unknowns: no monomial comes up twice.
            found = {key | more: c * d for key, c in found.items() for more, d in other.items()}
        self._kept.append(found)
        return ~(len(self._kept) - 1)

    def total(self, terms: Sequence[int]) -> int:
        """Return the sum of some values."""
        if min(terms) >= 0:
            return sum(terms)
        polynomials = [self._kept[~term] for term in terms if term < 0]
        polynomials.sort(key=len, reverse=True)
        found = dict(polynomials[0])
        get = found.get
        for other in polynomials[1:]:
            for key, c in other.items():
                found[key] = get(key, 0) + c
        constant = sum(term for term in terms if term > 0)
        if constant:
            found[0] = get(0, 0) + constant
        return self.keep(found)

    def _spend(self, products: int) -> None:
        self._work += products
        spend(products)
        if self._work > MOST_PRODUCTS:
            raise LimitError(
                f"more than {MOST_PRODUCTS} products of monomials",
                hint="let fewer entries vary at once",
            )


def _spread(key: int) -> int:
    """A set of unknowns as the key of a monomial, eight unknowns at a time."""
    found = _SPREAD[key & 255]
    place = 8 * BITS
    while key := key >> 8:
        found |= _SPREAD[key & 255] << place
        place += 8 * BITS
    return found


_SPREAD = [sum(1 << BITS * i for i in range(8) if key >> i & 1) for key in range(256)]
