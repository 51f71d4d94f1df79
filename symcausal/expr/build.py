"""Builders: they flatten, and they know the empty cases that constructors refuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcausal.algebra import scalar
from symcausal.expr.nodes import (
    NO_EVENTS,
    Add,
    Event,
    Events,
    Expr,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
)

ONE = Scalar(scalar.ONE)
ZERO = Scalar(scalar.ZERO)


def prob(
    outcome: Iterable[Event], given: Iterable[Event] = NO_EVENTS, do: Iterable[Event] = NO_EVENTS
) -> Expr:
    """``P(outcome | given, do)``, which is 1 if there is no outcome."""
    outcome = Events(outcome)
    if not outcome:
        return ONE
    return Prob(outcome, Events(given), Events(do))


def total(over: Iterable[Event], body: Expr) -> Expr:
    """``sum_over body``; joins directly nested sums; the body itself if there is no index."""
    over = Events(over)
    if not over:
        return body
    if isinstance(body, Sum) and not set(body.over.letters) & set(over.letters):
        return Sum(over | body.over, body.body)
    return Sum(over, body)


def product(factors: Iterable[Expr]) -> Expr:
    """Multiply in the given order; ones are left out, nothing else is simplified."""
    flat = [f for f in _factors(factors) if not isinstance(f, Scalar) or f != ONE]
    if not flat:
        return ONE
    return flat[0] if len(flat) == 1 else Product(tuple(flat))


def quotient(numerator: Expr, denominator: Expr) -> Expr:
    """Divide; a denominator of 1 is left out."""
    return numerator if denominator == ONE else Quotient(numerator, denominator)


def add(terms: Iterable[Expr]) -> Expr:
    """Add in the given order; zeros are left out."""
    flat = [t for t in _terms(terms) if t != ZERO]
    if not flat:
        return ZERO
    return flat[0] if len(flat) == 1 else Add(tuple(flat))


def factors_of(expr: Expr) -> tuple[Expr, ...]:
    """The factors of a product; anything else is its own only factor, and 1 has none."""
    if isinstance(expr, Product):
        return expr.factors
    return () if expr == ONE else (expr,)


def _factors(factors: Iterable[Expr]) -> Iterator[Expr]:
    for factor in factors:
        if isinstance(factor, Product):
            yield from factor.factors
        else:
            yield factor


def _terms(terms: Iterable[Expr]) -> Iterator[Expr]:
    for term in terms:
        if isinstance(term, Add):
            yield from term.terms
        else:
            yield term
