"""Polynomials in parameters, only as far as a row of a table needs them.

Main definitions
----------------
is_one : whether terms add up to one whatever their parameters are.

Implementation notes
--------------------
A polynomial is a dictionary from monomials to coefficients, a term a pair of polynomials over and
under a fraction line. Multiplying out can explode, so every product has a size limit.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from symcausal.algebra.scalar import Indeterminate, Number, Plus, Power, Term, Times
from symcausal.errors import LimitError
from symcausal.hints import TypeAlias

MAX_MONOMIALS = 2000
_MAX_WORK = 200_000

Monomial: TypeAlias = tuple[tuple[str, int], ...]
Polynomial: TypeAlias = dict[Monomial, Fraction]

_ONE: Polynomial = {(): Fraction(1)}


def is_one(terms: Iterable[Term]) -> bool:
    """Whether terms add up to one as rational functions of their parameters.

    Raises
    ------
    LimitError
        If multiplying out takes more than a few thousand monomials.
    """
    top, bottom = _ratio(Plus(tuple(terms)))
    return top == bottom


def _ratio(term: Term) -> tuple[Polynomial, Polynomial]:
    match term:
        case Number(value):
            return ({(): value} if value else {}), _ONE
        case Indeterminate(name=name):
            return {((name, 1),): Fraction(1)}, _ONE
        case Plus(parts):
            top, bottom = _ratio(parts[0])
            for part in parts[1:]:
                other, under = _ratio(part)
                if under == bottom:
                    top = _plus(top, other)
                else:
                    top = _plus(_times(top, under), _times(other, bottom))
                    bottom = _times(bottom, under)
            return top, bottom
        case Times(parts):
            top, bottom = _ratio(parts[0])
            for part in parts[1:]:
                other, under = _ratio(part)
                top, bottom = _times(top, other), _times(bottom, under)
            return top, bottom
        case Power(base, exponent):
            top, bottom = _ratio(base)
            top, bottom = _power(top, abs(exponent)), _power(bottom, abs(exponent))
            return (top, bottom) if exponent > 0 else (bottom, top)


def _plus(left: Polynomial, right: Polynomial) -> Polynomial:
    total = dict(left)
    for monomial, value in right.items():
        value += total.get(monomial, 0)
        if value:
            total[monomial] = value
        else:
            del total[monomial]
    return total


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    if left == _ONE:
        return right
    if right == _ONE:
        return left
    if len(left) * len(right) > _MAX_WORK:
        raise _too_large()
    total: Polynomial = {}
    for first, a in left.items():
        for second, b in right.items():
            monomial = _joined(first, second)
            total[monomial] = total.get(monomial, Fraction(0)) + a * b
    if len(total) > MAX_MONOMIALS:
        raise _too_large()
    return {m: v for m, v in total.items() if v}


def _power(base: Polynomial, exponent: int) -> Polynomial:
    result = _ONE
    while exponent:
        if exponent & 1:
            result = _times(result, base)
        exponent >>= 1
        if exponent:
            base = _times(base, base)
    return result


def _joined(left: Monomial, right: Monomial) -> Monomial:
    powers = dict(left)
    for name, exponent in right:
        powers[name] = powers.get(name, 0) + exponent
    return tuple(sorted(powers.items()))


def _too_large() -> LimitError:
    return LimitError(
        f"an expression of more than {MAX_MONOMIALS} monomials when multiplied out",
        hint="write 'rest' for the last entry of the row",
    )
