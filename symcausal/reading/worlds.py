"""Probabilities and means over copies of variables: ``P(Y_{X=1}=1 | X=0)``, ``E[Y_{X=1} - Y_{X=0}]``.

Main definitions
----------------
over_copies : the probability of events of copies.
mean_of_copies : the mean of a copy, or of a difference of copies.
mean_of : the mean of one copy.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.errors import ParseError
from symcausal.expr import build
from symcausal.expr.nodes import (
    Copy,
    CopyEvent,
    CopyEvents,
    Counterfactual,
    Event,
    Events,
    Expr,
    Letter,
    Numeric,
)
from symcausal.expr.scope import fresh
from symcausal.reading import arithmetic
from symcausal.reading.event_reader import FormulaReader, copy_in, items, name_of, shown
from symcausal.reading.syntax import SyntaxPart, SyntaxTree, signed


def over_copies(
    tree: SyntaxTree, lists: Sequence[SyntaxTree], reader: FormulaReader, bound: frozenset[str]
) -> Expr:
    """Return the probability of events of copies, some of which may be variables as they are.

    Raises
    ------
    ParseError
        If P has a subscript, or something stands in it that is no event of one copy.
    """
    if any(isinstance(part, SyntaxTree) and part.kind == "mark" for part in tree.parts):
        raise ParseError(
            "a subscript of P beside what a variable would have been",
            expected="one of the two",
            span=reader.span(tree),
        )
    return Counterfactual(*(_events(one, reader, bound) for one in lists))


def mean_of_copies(tree: SyntaxTree, reader: FormulaReader, bound: frozenset[str]) -> Expr:
    """Return a mean as a sum over the values of each copy in it.

    Raises
    ------
    ParseError
        If it is the mean of anything but copies, sums and differences of them.
    """
    given = _events(tree.parts[4], reader, bound) if len(tree.parts) > 4 else CopyEvents()
    return _mean(tree.parts[2], given, reader, bound)


def mean_of(copy: Copy, given: CopyEvents, bound: frozenset[str] = frozenset()) -> Expr:
    """Return the mean of a copy as the sum over its values, given events of copies."""
    taken = {*Events((*given.values, *copy.values)).letters, *bound}
    event = Event(copy.variable, Letter(fresh(copy.variable, taken)))
    law = Counterfactual(CopyEvents([CopyEvent(copy, event.value)]), given)
    return build.total((event,), build.product((Numeric(event), law)))


def _events(part: SyntaxPart, reader: FormulaReader, bound: frozenset[str]) -> CopyEvents:
    return CopyEvents(_event(item, reader, bound) for item in items(part))


def _event(part: SyntaxPart, reader: FormulaReader, bound: frozenset[str]) -> CopyEvent:
    head = part.parts[0] if isinstance(part, SyntaxTree) and part.parts else part
    copy = copy_in(head)
    if copy is None:
        event = reader.event(part, bound)
        return CopyEvent(Copy(event.variable), event.value)
    if isinstance(part, SyntaxTree) and part.kind == "equals":
        return CopyEvent(copy, reader.value(copy.variable, part.parts[2], bound))
    if isinstance(part, SyntaxTree) and part.kind == "bare":
        return CopyEvent(copy, Letter(copy.variable + "'" * name_of(head).primes))
    raise ParseError(
        f"'{shown(reader.span(part))}'",
        expected="a copy with a value, as Y_{X=1}=y",
        span=reader.span(part),
    )


def _mean(
    part: SyntaxPart, given: CopyEvents, reader: FormulaReader, bound: frozenset[str]
) -> Expr:
    span = reader.span(part)
    match part:
        case SyntaxTree(kind="symbol"):
            token = part.parts[0]
            copy = copy_in(token) or Copy(reader.variable(token))
            return mean_of(copy, given, bound)
        case SyntaxTree(kind="bracket"):
            return _mean(part.parts[0], given, reader, bound)
        case SyntaxTree(kind="terms"):
            terms = [(sign, _mean(one, given, reader, bound)) for sign, one in signed(part)]
            return arithmetic.add(terms, span)
        case _:  # the mean of anything else is no difference of means
            raise ParseError(
                f"the mean of '{shown(span)}'",
                expected="copies and their differences, as in E[Y_{X=1} - Y_{X=0}]",
                span=span,
            )
