"""A query as a sum of probabilities of events in one world or several.

Main definitions
----------------
QueryTerm : one probability, and what it is multiplied by.
terms_of : those of a query.
condition_of : what all of them are conditioned on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from symcausal.algebra.scalar import Number
from symcausal.bounds.response_types import OutsideTypesError
from symcausal.expr import build
from symcausal.expr.nodes import (
    Add,
    Copy,
    CopyEvent,
    CopyEvents,
    Counterfactual,
    Event,
    Expectation,
    Expr,
    Imposed,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    State,
    Sum,
    Value,
)
from symcausal.expr.scope import substitute
from symcausal.kernel.core.meaning import state_number
from symcausal.record import record


@record
class QueryTerm:
    """A probability of events of copies, and what it is multiplied by; without events it is one."""

    factor: Fraction
    outcome: CopyEvents
    given: CopyEvents


def terms_of(query: Expr, states: Mapping[str, tuple[str, ...]]) -> list[QueryTerm]:
    """Return the probabilities in a query, each with what it is multiplied by.

    Raises
    ------
    UsageError
        If it is no sum of probabilities and of numbers times these.
    """
    return list(_terms(query, Fraction(1), states))


def _terms(
    query: Expr, factor: Fraction, states: Mapping[str, tuple[str, ...]]
) -> Iterator[QueryTerm]:
    match query:
        case Scalar(Number(value)):
            yield QueryTerm(factor * value, CopyEvents(), CopyEvents())
        case Prob(outcome, given, do):
            settings = tuple(Imposed(e.variable, e.value) for e in do)
            yield QueryTerm(
                factor,
                *(CopyEvents(_in_world(e, settings) for e in part) for part in (outcome, given)),
            )
        case Counterfactual(outcome, given):
            yield QueryTerm(factor, outcome, given)
        case Add(parts):
            for part in parts:
                yield from _terms(part, factor, states)
        case Minus(left, right):
            yield from _terms(left, factor, states)
            yield from _terms(right, -factor, states)
        case Product(parts):
            yield from _terms_of_product(parts, factor, states)
        case Sum(over, body):
            for place in product(*(states[event.variable] for event in over)):
                values: dict[str, Value] = {
                    event.value.name: State(state) for event, state in zip(over, place, strict=True)
                }
                yield from _terms(substitute(body, values), factor, states)
        case Expectation(over, body, given, do):
            law = Prob(over, given, do)
            yield from _terms(Sum(over, build.product((body, law))), factor, states)
        case Quotient() | Numeric() | Scalar():
            raise OutsideTypesError(
                "a query that is no sum of probabilities",
                expected="probabilities, added or subtracted",
                hint="ask for a part of it",
            )


def _terms_of_product(
    parts: Sequence[Expr], factor: Fraction, states: Mapping[str, tuple[str, ...]]
) -> Iterator[QueryTerm]:
    rest = list[Expr]()
    for part in parts:
        match part:
            case Scalar(Number(value)):
                factor *= value
            case Numeric(Event(variable, State(state))):
                factor *= state_number(variable, state, states[variable])
            case _:  # whatever is no number is a term of its own, or refused as one
                rest.append(part)
    if len(rest) > 1:
        raise OutsideTypesError(
            "a product of probabilities", expected="probabilities, added or subtracted"
        )
    if rest:
        yield from _terms(rest[0], factor, states)
    else:
        yield QueryTerm(factor, CopyEvents(), CopyEvents())


def _in_world(event: Event, settings: tuple[Imposed, ...]) -> CopyEvent:
    return CopyEvent(Copy(event.variable, settings), event.value)


def condition_of(terms: Sequence[QueryTerm]) -> CopyEvents:
    """Return what all terms are conditioned on.

    Raises
    ------
    UsageError
        If it is not the same for all.
    """
    conditions = {term.given for term in terms if term.outcome}
    if len(conditions) > 1:
        raise OutsideTypesError(
            "terms under several conditions", expected="one condition", hint="ask for each alone"
        )
    return conditions.pop() if conditions else CopyEvents()
