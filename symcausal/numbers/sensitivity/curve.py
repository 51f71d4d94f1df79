"""A rational function of one table entry, and what can be read off it.

Strictly between 0 and 1 the support of a row does not change, so there the answer is one rational
function. At the ends a condition may become impossible; what the answer is there is found apart.

Main definitions
----------------
Curve : the function, exact.
Change : the least change of the entry that reaches a bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symcausal.errors import ImpossibleEventError, ParameterRangeError
from symcausal.hints import TypeAlias
from symcausal.numbers.sensitivity.regions import Region, region
from symcausal.numbers.sensitivity.roots import (
    RealNumber,
    Root,
    Univariate,
    common_factor,
    derivative,
    difference,
    divided,
    product,
    roots,
    scaled,
    trimmed,
    value,
)

ZERO, ONE = Fraction(0), Fraction(1)

Holds: TypeAlias = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Curve:
    """An answer as a function of one unknown: a ratio of two polynomials without a common factor.

    Attributes
    ----------
    numerator, denominator : tuple of Fraction
        Coefficients, the constant first. They are whole numbers without a common divisor, the
        denominator positive where the function is defined; or the denominator is 1.
    ends : tuple of (Fraction or None, Fraction or None)
        The answers at the two ends, None where there is none.
    low, high : Fraction
        The ends: 0 and 1 for a table entry.
    """

    numerator: Univariate
    denominator: Univariate
    ends: tuple[Fraction | None, Fraction | None]
    low: Fraction = ZERO
    high: Fraction = ONE

    @classmethod
    def of(
        cls,
        numerator: Univariate,
        denominator: Univariate,
        ends: tuple[Fraction | None, Fraction | None] | None = None,
        *,
        low: Fraction = ZERO,
        high: Fraction = ONE,
    ) -> Curve:
        """Return a ratio in its normal form; without ``ends``, the values there are its own."""
        top, bottom = trimmed(numerator), trimmed(denominator)
        shared = common_factor(top, bottom)
        if len(shared) > 1:
            top, bottom = divided(top, shared)[0], divided(bottom, shared)[0]
        if not top:
            bottom = (ONE,)
        if len(bottom) == 1:
            top, bottom = scaled(top, 1 / bottom[0]), (ONE,)
        else:
            factor = _to_whole(top, bottom)
            middle = value(bottom, (low + high) / 2) or bottom[-1]
            factor = factor if middle > 0 else -factor
            top, bottom = scaled(top, factor), scaled(bottom, factor)
        plain = cls(top, bottom, (None, None))
        return cls(top, bottom, ends or (plain.formula(low), plain.formula(high)), low, high)

    def formula(self, at: Fraction) -> Fraction | None:
        """Return the value of the ratio at a point, None where its denominator is zero."""
        below = value(self.denominator, at)
        return value(self.numerator, at) / below if below else None

    def value(self, at: Fraction) -> Fraction | None:
        """Return the answer at a point between the ends, None where it is not defined."""
        if not self.low <= at <= self.high:
            raise ParameterRangeError(
                f"{at} leaves no distribution",
                hint=f"the value lies between {self.low} and {self.high}",
            )
        if at == self.low:
            return self.ends[0]
        return self.ends[1] if at == self.high else self.formula(at)

    def __call__(self, at: Fraction) -> Fraction:
        """The answer at a point; an error where it is not defined."""
        found = self.value(at)
        if found is None:
            raise ImpossibleEventError(f"at t = {at}")
        return found

    @property
    def is_constant(self) -> bool:
        """Whether the answer is the same everywhere between the ends."""
        return len(self.numerator) < 2 and len(self.denominator) < 2

    @property
    def undefined(self) -> tuple[RealNumber, ...]:
        """The points at which the answer is not defined, the ends included."""
        points: list[RealNumber] = []
        for end, found in zip((self.low, self.high), self.ends, strict=True):
            if found is None:
                points.append(end)
        return tuple(sorted([*points, *self._poles()], key=float))

    def _poles(self) -> list[RealNumber]:
        found = roots(self.denominator, self.low, self.high)
        return [point for point in found if point not in (self.low, self.high)]

    def derivative(self) -> Curve:
        """Return the derivative, again a ratio; at the ends from one side."""
        top = difference(
            product(derivative(self.numerator), self.denominator),
            product(self.numerator, derivative(self.denominator)),
        )
        bottom = product(self.denominator, self.denominator)
        return Curve.of(top, bottom, low=self.low, high=self.high)

    def range(self) -> tuple[Fraction, Fraction, bool, bool]:
        """Return the greatest lower and least upper bound of all values, and whether each is reached.

        Raises
        ------
        ImpossibleEventError
            If the function has no bound, as a quotient with a zero inside has none.
        """
        slope = self.derivative().numerator
        turns = roots(slope, self.low, self.high) if slope else []
        limits = [self.formula(end) for end in (self.low, self.high)]
        if self._poles() or None in limits:
            raise ImpossibleEventError("a denominator")
        found: list[tuple[Fraction, bool]] = []
        for limit, answer in zip(limits, self.ends, strict=True):
            assert limit is not None
            found.append((limit, answer == limit))
            found += [(answer, True)] if answer is not None else []
        for turn in turns:
            at = turn if isinstance(turn, Fraction) else (turn.low + turn.high) / 2
            inside = self.formula(at)
            if inside is not None and self.low < at < self.high:
                found.append((inside, True))
        low, high = min(v for v, _ in found), max(v for v, _ in found)
        constant = self.is_constant
        return (
            low,
            high,
            constant or any(reached for v, reached in found if v == low),
            constant or any(reached for v, reached in found if v == high),
        )

    def where(self, conditions: Sequence[tuple[Holds, Fraction]]) -> Region:
        """Return the region where the value minus each of some bounds has the sign that is asked for."""
        poles = self._poles()
        crossings: list[RealNumber] = []
        for _, bound in conditions:
            above = difference(self.numerator, scaled(self.denominator, bound))
            crossings += roots(above, self.low, self.high) if above else []

        def inside(at: Fraction) -> bool:
            found = self.formula(at)
            return found is not None and all(holds(_sign(found - b)) for holds, b in conditions)

        def exactly_at(at: RealNumber) -> bool:
            if isinstance(at, Fraction):
                found = self.value(at)
                return found is not None and all(holds(_sign(found - b)) for holds, b in conditions)
            return at not in poles and all(holds(self._sign_at(at, b)) for holds, b in conditions)

        return region(self.low, self.high, [*poles, *crossings], inside, exactly_at)

    def _sign_at(self, at: Root, bound: Fraction) -> int:
        """The sign of the value minus a bound at an irrational point, which lies between two."""
        signs = {_sign((self.formula(end) or bound) - bound) for end in (at.low, at.high)}
        return signs.pop() if len(signs) == 1 else 0


@dataclass(frozen=True, slots=True)
class Change:
    """The least change of one entry after which a bound holds.

    Attributes
    ----------
    old : Fraction
        The entry at present.
    new : Fraction or Root
        The nearest value at which the bound holds, or beyond which it does.
    is_reached : bool
        Whether it holds there itself, not only beyond.
    """

    old: Fraction
    new: RealNumber
    is_reached: bool

    @property
    def size(self) -> Fraction | float:
        """The distance by which the entry moves."""
        if isinstance(self.new, Fraction):
            return abs(self.new - self.old)
        return abs(float(self.new) - float(self.old))

    @property
    def odds_ratio(self) -> Fraction | float | None:
        """The factor by which the odds of the entry change; None where they are 0 or infinite."""
        if not isinstance(self.new, Fraction):
            return (float(self.new) / (1 - float(self.new))) / float(self.old / (1 - self.old))
        if not (0 < self.old < 1 and 0 < self.new < 1):
            return None
        return (self.new / (1 - self.new)) / (self.old / (1 - self.old))


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _to_whole(*polynomials: Univariate) -> Fraction:
    """The factor that makes all coefficients whole numbers without a common divisor."""
    all_ = [c for polynomial in polynomials for c in polynomial]
    common = math.lcm(*(c.denominator for c in all_))
    divisor = math.gcd(*(int(c * common) for c in all_))
    return Fraction(common, divisor)
