"""Arithmetic of read formulas: numbers and parameters fold, everything else stays as written.

A run of scalars in front becomes one scalar, so ``1 - q`` is a single leaf; further on the order
and grouping are the author's. Numbers that would grow beyond all use are refused before they do.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.algebra import scalar
from symcausal.algebra.scalar import Indeterminate, Number, Plus, Power, Term, Times
from symcausal.errors import LimitError, ParseError, Span
from symcausal.expr import build
from symcausal.expr.nodes import Expr, Minus, Product, Scalar

MAX_EXPONENT = 1000
_MAX_DEGREE = 10_000
_MAX_COPIES = 16
_MAX_BITS = 8000
_MAX_CHAIN = 48


def add(items: Sequence[tuple[str, Expr]], span: Span) -> Expr:
    """Return a sum, added and subtracted from left to right; each item comes with its sign."""
    lead, rest = _leading(items)
    terms: list[Expr] = []
    if lead:
        _check_size([s.value for _, s in lead], span)
        terms.append(
            Scalar(scalar.plus(s.value if o == "+" else scalar.minus(s.value) for o, s in lead))
        )
    elif rest and rest[0][0] == "-":
        terms.append(negative(rest[0][1]))
        rest = rest[1:]
    _check_chain(rest, "-", span)
    for sign, term in rest:
        terms = [*([Minus(build.add(terms), term)])] if sign == "-" else _appended(terms, term)
    return build.add(terms)


def multiply(items: Sequence[tuple[str, Expr]], span: Span) -> Expr:
    """Return a product, multiplied and divided from left to right; each item comes with its sign."""
    lead, rest = _leading(items)
    factors: list[Expr] = []
    if lead:
        _check_size([s.value for _, s in lead], span)
        if any(s.value == scalar.ZERO for o, s in lead if o == "/"):
            raise ParseError("a division by zero", span=span)
        factors.append(
            Scalar(scalar.times(s.value if o == "*" else _inverse(s.value) for o, s in lead))
        )
    _check_chain(rest, "/", span)
    for sign, factor in rest:
        if sign == "/":
            factors = [divide(build.product(factors), factor, span)]
        else:
            factors = _appended(factors, factor)
    return build.product(factors)


def divide(numerator: Expr, denominator: Expr, span: Span) -> Expr:
    """Return the quotient of two formulas; of two scalars it is a scalar."""
    if isinstance(denominator, Scalar) and denominator.value == scalar.ZERO:
        raise ParseError("a division by zero", span=span)
    if isinstance(numerator, Scalar) and isinstance(denominator, Scalar):
        _check_size([numerator.value, denominator.value], span)
        return Scalar(scalar.times((numerator.value, _inverse(denominator.value))))
    return build.quotient(numerator, denominator)


def negative(expr: Expr) -> Expr:
    """Return the negative of a formula; a sign before a product belongs to its leading number."""
    match expr:
        case Scalar(value):
            return Scalar(scalar.minus(value))
        case Product((Scalar(value), *rest)):
            return build.product((Scalar(scalar.minus(value)), *rest))
        case _:  # a sign may stand before any formula
            return build.product((Scalar(scalar.MINUS_ONE), expr))


def power(base: Expr, exponent: int, span: Span) -> Expr:
    """Return a whole power: of a scalar a scalar, of a formula a product of copies."""
    if isinstance(base, Scalar):
        _check_power(base.value, exponent, span)
        return Scalar(scalar.power(base.value, exponent))
    if abs(exponent) > _MAX_COPIES:
        raise LimitError(
            f"a formula to the power {exponent}", expected=f"at most {_MAX_COPIES}", span=span
        )
    copies = build.product([base] * abs(exponent))
    return copies if exponent >= 0 else build.quotient(build.ONE, copies)


def _check_power(base: Term, exponent: int, span: Span) -> None:
    if base == scalar.ZERO and exponent < 0:
        raise ParseError("a division by zero", span=span)
    size = _bits(base) * abs(exponent) if isinstance(base, Number) else 0
    if (
        abs(exponent) > MAX_EXPONENT
        or size > _MAX_BITS
        or degree(base) * abs(exponent) > _MAX_DEGREE
    ):
        raise LimitError(
            "a power that is too large", expected="a smaller base or exponent", span=span
        )


def degree(term: Term) -> int:
    """Return the greatest number of factors of a term when it is multiplied out."""
    match term:
        case Plus(parts):
            return max(map(degree, parts))
        case Times(parts):
            return sum(map(degree, parts))
        case Power(base, exponent):
            return degree(base) * abs(exponent)
        case Number() | Indeterminate():
            return 1


def _leading(
    items: Sequence[tuple[str, Expr]],
) -> tuple[list[tuple[str, Scalar]], list[tuple[str, Expr]]]:
    lead: list[tuple[str, Scalar]] = []
    for sign, item in items:
        if not isinstance(item, Scalar):
            break
        lead.append((sign, item))
    return lead, list(items[len(lead) :])


def _appended(parts: list[Expr], part: Expr) -> list[Expr]:
    parts.append(part)
    return parts


def _inverse(term: Term) -> Term:
    return scalar.power(term, -1)


def _check_chain(items: Sequence[tuple[str, Expr]], sign: str, span: Span) -> None:
    # each of them is one level of the tree
    if sum(s == sign for s, _ in items) > _MAX_CHAIN:
        raise LimitError(
            f"more than {_MAX_CHAIN} times '{sign}' in one chain", expected="brackets", span=span
        )


def _check_size(terms: Sequence[Term], span: Span) -> None:
    if sum(_bits(t) for t in terms) > _MAX_BITS:
        raise LimitError(
            "numbers with too many digits", expected="fewer or shorter ones", span=span
        )


def _bits(term: Term) -> int:
    match term:
        case Number(value):
            return value.numerator.bit_length() + value.denominator.bit_length()
        case Plus(parts) | Times(parts):
            return sum(_bits(t) for t in parts[:1])
        case Indeterminate() | Power():
            return 0
