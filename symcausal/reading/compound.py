r"""Events put together: ``A \cup B``, ``\overline{A \cap B}``, ``G \in \{A, B\}``, ``X \neq x``.

The kernel knows conjunctions only. An event that is put together is written as a sum of conjunctions
with whole coefficients, which is its indicator: *not A* is ``1 - A``, *A or B* is ``A + B - A B``.
The probability of the event is the same sum of probabilities.

Main definitions
----------------
COMPOUND : the kinds of syntax trees that are not one conjunction.
Indicator : a sum of conjunctions.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from symcausal.algebra.scalar import number
from symcausal.errors import LimitError, Span
from symcausal.expr import build
from symcausal.expr.nodes import Event, Events, Expr, Prob, Scalar, State
from symcausal.reading import arithmetic

COMPOUND = frozenset(
    "either without compared within outside group complement denied impossible".split()  # noqa: SIM905
)
MAX_TERMS = 128


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
