r"""Events put together: ``A \cup B``, ``\overline{A \cap B}``, ``G \in \{A, B\}``, ``X \neq x``.

The kernel knows conjunctions only. An event that is put together is written as a sum of conjunctions
with whole coefficients, which is its indicator: *not A* is ``1 - A``, *A or B* is ``A + B - A B``.
The probability of the event is the same sum of probabilities.

Main definitions
----------------
put_together : the probability of such an event.
Indicator : a sum of conjunctions.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from fractions import Fraction

from symcausal.algebra.scalar import number
from symcausal.errors import LimitError, ParseError, Span
from symcausal.expr import build
from symcausal.expr.nodes import NO_EVENTS, Event, Events, Expr, Prob, Scalar, State
from symcausal.patterns import late
from symcausal.reading import arithmetic
from symcausal.reading.event_reader import FormulaReader, is_name, items, name_of, shown, spelt
from symcausal.reading.syntax import COMPOUND, SyntaxPart, SyntaxTree

_ORDERS = {
    "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge,
}  # fmt: skip
_NUMERAL = late(r"-?\d{1,9}(?:\.\d{1,9})?")
MAX_TERMS = 128


def put_together(
    tree: SyntaxTree,
    lists: list[SyntaxTree],
    marks: list[SyntaxTree],
    reader: FormulaReader,
    bound: frozenset[str],
) -> Expr:
    """Return the probability of a compound event, such as a union, as a sum over conjunctions.

    Parameters
    ----------
    tree : SyntaxTree
        The whole probability.
    lists : list of SyntaxTree
        Its events, and its conditions if it has a bar.
    marks : list of SyntaxTree
        The subscripts of P.
    reader : FormulaReader
        What reads the rest of the formula.
    bound : frozenset of str
        The letters that sums around it bind.

    Raises
    ------
    ParseError, LimitError
        If it has two readings, or too many terms.
    """
    return _CompoundReader(reader, bound).put_together(tree, lists, marks)


class Indicator:
    """The indicator of an event, one where it happens and else zero, as a sum of conjunctions.

    ``terms`` has the whole coefficient of each conjunction: A or B is ``A + B - A B``.
    """

    __slots__ = ("terms",)

    def __init__(self, terms: dict[Events, int]) -> None:
        self.terms = terms

    @staticmethod
    def of(event: Event) -> Indicator:
        """Return the indicator of one event."""
        return Indicator({Events((event,)): 1})

    @staticmethod
    def constant(value: int) -> Indicator:
        """Return the indicator of the sure event, for 1, or of the impossible one, for 0."""
        return Indicator({Events(): value} if value else {})

    def __mul__(self, other: Indicator) -> Indicator:
        found: dict[Events, int] = {}
        for one, times in self.terms.items():
            for two, count in other.terms.items():
                both = Events((*one, *two))
                if not _clash(both):
                    found[both] = found.get(both, 0) + times * count
        return Indicator({events: count for events, count in found.items() if count})

    def __add__(self, other: Indicator) -> Indicator:
        found = dict(self.terms)
        for events, count in other.terms.items():
            found[events] = found.get(events, 0) + count
        return Indicator({events: count for events, count in found.items() if count})

    def __neg__(self) -> Indicator:
        return Indicator({events: -count for events, count in self.terms.items()})

    def denied(self) -> Indicator:
        """Return the indicator of the complement: one where the event does not happen."""
        return Indicator.constant(1) + -self

    def united(self, other: Indicator) -> Indicator:
        """Return the indicator of the union: one where this or the other happens."""
        return self + other + -(self * other)

    def checked(self, span: Span) -> Indicator:
        """Return the indicator itself; refuse it if it has grown too long."""
        if len(self.terms) > MAX_TERMS:
            raise LimitError(
                "events put together in too many ways", expected="fewer of them", span=span
            )
        return self

    def probability(self, given: Events, do: Events, span: Span) -> Expr:
        """Return the probability of the event: the sum of those of the conjunctions."""
        items = [
            ("+" if count > 0 else "-", _times(abs(count), _term(events, given, do)))
            for events, count in sorted(self.terms.items(), key=lambda item: item[1] < 0)
        ]
        return arithmetic.add(items, span) if items else build.ZERO


class _CompoundReader:
    """Reads the events of one probability."""

    def __init__(self, reader: FormulaReader, bound: frozenset[str]) -> None:
        self.reader, self.bound = reader, bound

    def put_together(
        self, tree: SyntaxTree, lists: list[SyntaxTree], marks: list[SyntaxTree]
    ) -> Expr:
        """Return the probability of such an event."""
        span = self.reader.span(tree)
        self._check_sets(lists[0])
        outcome = self._all_of(lists[0])
        given, do = NO_EVENTS, NO_EVENTS
        condition = Indicator.constant(1)
        if len(lists) > 1:
            self._check_sets(lists[1])
            plain = [p for p in items(lists[1]) if not _is_compound(p)]
            given, do = (
                self.reader.conditions(SyntaxTree("list", [*plain]), self.bound)
                if plain
                else (given, do)
            )
            rest = [self.indicator(p) for p in items(lists[1]) if _is_compound(p)]
            self._check_joined(lists[1])
            condition = every(rest, span)
        told = Events(event for events in outcome.terms for event in events)
        for mark in marks:
            do = Events((*do, *self.reader.set_below(mark, told, given, do, self.bound)))
        self.reader.check_single(do, tree)
        above = (outcome * condition).checked(span).probability(given, do, span)
        if condition.terms == Indicator.constant(1).terms:
            return above
        return arithmetic.divide(above, condition.probability(given, do, span), span)

    def _all_of(self, tree: SyntaxTree) -> Indicator:
        self._check_joined(tree)
        return every([self.indicator(p) for p in items(tree)], self.reader.span(tree))

    def _check_joined(self, tree: SyntaxTree) -> None:
        r"""Refuse ``A \cap B \cup C``, which has two readings."""
        if len(tree.parts) == 1:
            return
        commas = all(
            self.reader.source.text[p.start : p.end] in (",", "") for p in tree.parts[1::2]
        )
        for part in items(tree):
            if isinstance(part, SyntaxTree) and part.kind in ("either", "without") and not commas:
                raise ParseError(
                    f"'{shown(self.reader.span(tree))}'",
                    expected="brackets",
                    hint="'and' and 'or' side by side may be read in two ways",
                    span=self.reader.span(tree),
                )

    def _check_sets(self, tree: SyntaxTree) -> None:
        r"""Refuse ``X \cup Z`` with the names of random variables: it may be a union of sets."""
        for part in items(tree):
            if not isinstance(part, SyntaxTree) or part.kind not in ("either", "without"):
                continue
            if self.reader.source.text[part.parts[1].start : part.parts[1].end] not in (
                "\\cup",
                "∪",
            ):
                continue
            names = [
                p.parts[0] for p in part.parts if isinstance(p, SyntaxTree) and p.kind == "bare"
            ]
            if any(is_name(n) and name_of(n).base[:1] in "UVWXYZ" for n in names):
                raise ParseError(
                    f"'{shown(self.reader.span(part))}', a union of sets of variables or of events",
                    hint="write X, Z for both variables, and X=x for an event",
                    span=self.reader.span(part),
                )

    def indicator(self, part: SyntaxPart) -> Indicator:
        """Return an event of any kind as a sum of conjunctions."""
        if not isinstance(part, SyntaxTree) or part.kind not in COMPOUND:
            return Indicator.of(self.reader.event(part, self.bound))
        span = self.reader.span(part)
        match part.kind:
            case "either" | "without":
                one, two = (self.indicator(p) for p in part.parts[::2])
                found = one.united(two) if part.kind == "either" else one * two.denied()
                return found.checked(span)
            case "within" | "outside":
                variable = self.reader.variable(part.parts[0])
                values = [self.reader.value(variable, v, self.bound) for v in items(part.parts[3])]
                if not all(isinstance(value, State) for value in values):
                    raise ParseError(f"'{shown(span)}'", expected="states", span=span)
                found = Indicator({Events((Event(variable, value),)): 1 for value in values})
                return found if part.kind == "within" else found.denied()
            case "compared":
                return self._compared(part)
            case "group" | "complement" | "denied":
                inside = next(
                    p for p in part.parts if isinstance(p, SyntaxTree) and p.kind == "list"
                )
                found = self._all_of(inside)
                if part.kind == "complement" and spelt(part.parts[-1]) not in ("c", "C"):
                    raise ParseError(f"'{shown(span)}'", expected="^c", span=span)
                return found if part.kind == "group" else found.denied()
            case "impossible":
                return Indicator.constant(0)
            case _:  # as COMPOUND lists them
                raise AssertionError(part.kind)

    def _compared(self, part: SyntaxTree) -> Indicator:
        r"""Return the indicator of ``X \neq x``, or of ``X \ge 2`` where all states are numbers."""
        variable, sign, span = (
            self.reader.variable(part.parts[0]),
            spelt(part.parts[1]),
            self.reader.span(part),
        )
        if sign == "≠":
            return Indicator.of(
                Event(variable, self.reader.value(variable, part.parts[2], self.bound))
            ).denied()
        states = self.reader.names.states(variable) or ()
        limit = _numeral(part.parts[2])
        values = [_number(state) for state in states]
        if (
            sign not in _ORDERS
            or limit is None
            or not values
            or any(value is None for value in values)
        ):
            raise ParseError(
                f"'{shown(span)}'", expected="a variable whose states are numbers", span=span
            )
        kept = [
            state
            for state, value in zip(states, values, strict=True)
            if value is not None and _ORDERS[sign](value, limit)
        ]
        return Indicator({Events((Event(variable, State(state)),)): 1 for state in kept})


def every(indicators: Iterable[Indicator], span: Span) -> Indicator:
    """Return the indicator of an intersection: one where all of some events happen."""
    found = Indicator.constant(1)
    for one in indicators:
        found = (found * one).checked(span)
    return found


def _term(events: Events, given: Events, do: Events) -> Expr:
    return Prob(events, given, do) if events else build.ONE


def _times(count: int, expr: Expr) -> Expr:
    return expr if count == 1 else build.product((Scalar(number(Fraction(count))), expr))


def _clash(events: Events) -> bool:
    """Whether a conjunction has two states of one variable, so that it never happens."""
    states = [event.variable for event in events if isinstance(event.value, State)]
    return len(set(states)) < len(states)


def _is_compound(part: SyntaxPart) -> bool:
    return isinstance(part, SyntaxTree) and part.kind in COMPOUND


def _number(text: str) -> Fraction | None:
    return Fraction(text) if _NUMERAL.fullmatch(text) else None


def _numeral(part: SyntaxPart) -> Fraction | None:
    if isinstance(part, SyntaxTree):
        return _number("-" + spelt(part.parts[1])) if part.kind == "negative" else None
    return _number(part.text) if part.kind == "NUMBER" else None
