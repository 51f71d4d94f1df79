"""Fields in which formulas and tables are computed.

A field computes with single values and, for speed, with whole columns of values at once: a table of
the kernel is one flat list, and each of its operations is one list comprehension here.

Main definitions
----------------
Field : what the kernel asks of a field.
Rationals : exact fractions; ``None`` stands for a value that is not defined (0/0).
Modulo : integers modulo a prime, for identity tests.

References
----------
[Schwartz1980]_ for what a random point modulo a prime proves.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from symcausal.hints import Protocol, TypeVar

V = TypeVar("V")

MERSENNE_127 = 2**127 - 1


class Field(Protocol[V]):
    """Addition, multiplication and division of values and of columns of values."""

    zero: V
    one: V

    def constant(self, value: Fraction) -> V:
        """Write a rational number in this field."""
        ...

    def add(self, left: V, right: V) -> V:
        """Add two values."""
        ...

    def mul(self, left: V, right: V) -> V:
        """Multiply two values."""
        ...

    def div(self, left: V, right: V) -> V:
        """Divide; what 0 in the denominator gives is the field's own affair."""
        ...

    def add_all(self, left: Sequence[V], right: Sequence[V]) -> list[V]:
        """Add two columns, entry by entry."""
        ...

    def mul_all(self, left: Sequence[V], right: Sequence[V]) -> list[V]:
        """Multiply two columns, entry by entry."""
        ...

    def div_all(self, left: Sequence[V], right: Sequence[V]) -> list[V]:
        """Divide two columns, entry by entry."""
        ...


class Rationals:
    """Exact fractions, with ``None`` for a value that is not defined.

    A conditional probability given an event of probability zero may be any number. So zero times
    such a value is zero, and anything else that touches it is not defined either.
    """

    zero: Fraction | None = Fraction(0)
    one: Fraction | None = Fraction(1)

    def constant(self, value: Fraction) -> Fraction | None:
        """The number itself."""
        return value

    def add(self, left: Fraction | None, right: Fraction | None) -> Fraction | None:
        """Add; not defined if either is not."""
        return None if left is None or right is None else left + right

    def mul(self, left: Fraction | None, right: Fraction | None) -> Fraction | None:
        """Multiply; zero wins over a value that is not defined."""
        if left is None or right is None:
            return Fraction(0) if left == 0 or right == 0 else None
        return left * right

    def div(self, left: Fraction | None, right: Fraction | None) -> Fraction | None:
        """Divide; not defined where the denominator is zero or not defined."""
        return None if left is None or not right else left / right

    def add_all(
        self, left: Sequence[Fraction | None], right: Sequence[Fraction | None]
    ) -> list[Fraction | None]:
        """Add two columns."""
        return [self.add(x, y) for x, y in zip(left, right, strict=True)]

    def mul_all(
        self, left: Sequence[Fraction | None], right: Sequence[Fraction | None]
    ) -> list[Fraction | None]:
        """Multiply two columns."""
        return [self.mul(x, y) for x, y in zip(left, right, strict=True)]

    def div_all(
        self, left: Sequence[Fraction | None], right: Sequence[Fraction | None]
    ) -> list[Fraction | None]:
        """Divide two columns."""
        return [self.div(x, y) for x, y in zip(left, right, strict=True)]


@lru_cache(1024)
def _inverse(number: int, prime: int) -> int:
    return pow(number, -1, prime)


class Modulo:
    """Integers modulo a prime.

    Division by zero raises ``ZeroDivisionError``: at a random point it means that the denominator
    is zero as a polynomial, up to the error bound of the test.
    """

    zero = 0
    one = 1

    def __init__(self, prime: int = MERSENNE_127) -> None:
        self.prime = prime

    def constant(self, value: Fraction) -> int:
        """The residue of a rational number whose denominator the prime does not divide."""
        return value.numerator * _inverse(value.denominator, self.prime) % self.prime

    def add(self, left: int, right: int) -> int:
        """Add two residues."""
        return (left + right) % self.prime

    def mul(self, left: int, right: int) -> int:
        """Multiply two residues."""
        return left * right % self.prime

    def div(self, left: int, right: int) -> int:
        """Divide two residues."""
        if not right:
            raise ZeroDivisionError("division by zero modulo a prime")
        return left * _inverse(right, self.prime) % self.prime

    def add_all(self, left: Sequence[int], right: Sequence[int]) -> list[int]:
        """Add two columns."""
        prime = self.prime
        return [(x + y) % prime for x, y in zip(left, right, strict=True)]

    def mul_all(self, left: Sequence[int], right: Sequence[int]) -> list[int]:
        """Multiply two columns."""
        prime = self.prime
        return [x * y % prime for x, y in zip(left, right, strict=True)]

    def div_all(self, left: Sequence[int], right: Sequence[int]) -> list[int]:
        """Divide two columns, with one inversion for the whole column (Montgomery's trick)."""
        prime = self.prime
        prefix, product = [], 1
        for y in right:
            if not y:
                raise ZeroDivisionError("division by zero modulo a prime")
            prefix.append(product)
            product = product * y % prime
        inverse = pow(product, -1, prime)
        result = [0] * len(right)
        for i in range(len(right) - 1, -1, -1):
            result[i] = left[i] * inverse % prime * prefix[i] % prime
            inverse = inverse * right[i] % prime
        return result
