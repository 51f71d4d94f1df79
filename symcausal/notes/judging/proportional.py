r"""Judge proportionality: ``P(x | e) \propto f``, and ``= \alpha f`` with a constant that nobody names.

Two sides are proportional as functions of what the chain's first probability asks for: the letters left
of its bar. Whatever else is free is evidence, on which the constant may depend.

Main definitions
----------------
proportional : the verdict.
asked : the letters that a chain asks for.
SameConstant : what lines with the same constant say of one another.

References
----------
[Koller2009]_ Section 4.2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symcausal.expr import build
from symcausal.expr.distributions import first_probability
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
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
from symcausal.expr.path import rewritten
from symcausal.expr.scope import all_letters, free_letters, fresh, substitute
from symcausal.notes.judging.link import Link, Member
from symcausal.notes.judging.link import link as link_between
from symcausal.notes.judging.numbers.judge import is_number
from symcausal.notes.reporting.verdict import ERROR_BOUND, Evidence, Verdict
from symcausal.reading.calculation import WrittenFraction
from symcausal.record import replace

Equal = Callable[[Link], Verdict]


def proportional(link: Link, equal: Equal) -> Verdict:
    """Return the verdict on a link that claims proportionality.

    Parameters
    ----------
    link : Link
        Its chain says what is asked for.
    equal : callable
        The verdict on an equation, there.
    """
    first = link.start.expr
    query = first_probability(first) or first_probability(link.left.expr)
    query = query or first_probability(link.right.expr)
    if query is None or any(map(is_number, link.exprs)):
        if link.left.constant and link.left.constant == link.right.constant:
            verdict = equal(replace(link, constant=False, first=None, exact=None))
            if verdict.word == "holds":
                return verdict
        reason = "numbers for one value alone are proportional to anything"
        return Verdict("undecided", reason=reason)
    left, right, letters = _opened(query, link)
    here = {**free_letters(left), **free_letters(right)}
    seen = free_letters(first.denominator) if isinstance(first, Quotient) else {}
    letters = tuple(letter for letter in letters if letter in here and letter not in seen)
    if not letters:
        reason = "nothing is free on the left, so everything is proportional"
        return Verdict("undecided", reason=reason)
    verdict = _as_functions_of(letters, left, right, equal)
    if verdict.word == "fails" and not isinstance(first, Prob):
        other = next((e for e in link.exprs if isinstance(e, Prob)), None)
        meant = tuple(x for x in asked(other) if x in here) if other is not None else ()
        if meant and meant != letters:
            again = _as_functions_of(meant, left, right, equal)
            if again.word == "holds":
                words = (
                    f"proportional as functions of {', '.join(meant)}, not of {', '.join(letters)}"
                )
                return Verdict("undecided", reason=words)
    return verdict


class SameConstant:
    r"""The lines that share a constant, ``P(a | e) = \alpha 0.03``, whose ratios are claimed."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, Events, Events, tuple[str, ...]], Link] = {}

    def ratio(self, link: Link) -> Link | None:
        """Return the ratio to the first line with this constant as an equation, or remember the line."""
        number, query = link.right, link.start.expr
        if not number.constant or not is_number(number.expr) or not isinstance(query, Prob):
            return None
        if query.outcome.letters:
            return None
        key = (number.constant, query.given, query.do, query.outcome.variables)
        first = self._lines.setdefault(key, link)
        if first is link or first.start.expr == query or number.expr == build.ZERO:
            return None
        left = build.quotient(first.start.expr, query)
        right = build.quotient(first.right.expr, number.expr)
        written = None
        if first.right.written is not None and number.written is not None:
            written = WrittenFraction(first.right.written, number.written)
        return Link(Member(left), link.sign, Member(right, written))


def asked(query: Expr) -> tuple[str, ...]:
    """Return the free letters left of the bar of a probability."""
    return query.outcome.letters if isinstance(query, Prob) else ()


def _opened(query: Prob, link: Link) -> tuple[Expr, Expr, tuple[str, ...]]:
    """Return both sides with a letter for each named state of the query, and the letters asked for."""
    left, right = link.exprs
    bound = {letter for side in (left, right) for letter in _bound(side)}
    letters = [letter for letter in query.outcome.letters if letter not in bound]
    evidence = set(query.given.variables) | set(query.do.variables)
    taken = all_letters(left) | all_letters(right) | all_letters(query)
    for event in query.outcome:
        if not isinstance(event.value, State) or event.variable in evidence:
            continue
        letter = fresh(event.variable, taken)
        taken.add(letter)
        named = Event(event.variable, event.value)
        opened = Event(event.variable, Letter(letter))
        left, right = (_with_event(side, named, opened) for side in (left, right))
        letters.append(letter)
    return left, right, tuple(letters)


def _bound(expr: Expr) -> set[str]:
    return all_letters(expr) - set(free_letters(expr))


def _with_event(expr: Expr, old: Event, new: Event) -> Expr:
    """Return a formula with another event wherever one stands."""

    def changed(event: Event) -> Event:
        return new if event == old else event

    def put(events: Events) -> Events:
        return Events(map(changed, events))

    def opened(part: Expr) -> Expr | None:
        match part:
            case Prob(outcome, given, do):
                return Prob(put(outcome), put(given), put(do))
            case Numeric(event):
                return Numeric(changed(event))
            case Expectation(over, body, given, do):
                return Expectation(over, rewritten(body, opened), put(given), put(do))
            case Counterfactual(copies, seen):
                return Counterfactual(copies.with_values(changed), seen.with_values(changed))
            case Sum() | Product() | Quotient() | Add() | Minus() | Scalar():
                return None

    return rewritten(expr, opened)


def _as_functions_of(letters: Sequence[str], left: Expr, right: Expr, equal: Equal) -> Verdict:
    """Return the verdict on ``f(q) g(q') = f(q') g(q)`` for the letters ``q`` that are asked for."""
    taken = all_letters(left) | all_letters(right)
    second: dict[str, Value] = {}
    for letter in letters:
        copy = fresh(letter, taken)
        taken.add(copy)
        second[letter] = Letter(copy)
    one = build.product((left, substitute(right, second)))
    other = build.product((substitute(left, second), right))
    verdict = equal(link_between(one, "=", other))
    shown = ", ".join(letters)
    if verdict.word == "holds":
        words = f"proportional as functions of {shown}; {ERROR_BOUND}"
        evidence: Evidence = "numbers" if verdict.evidence == "numbers" else "modular"
        return Verdict("holds", evidence, words, verdict.assumes)
    if verdict.word == "fails":
        words = f"the ratio of the two sides changes with {shown}"
        return Verdict("fails", verdict.evidence, words, example=verdict.example)
    return verdict
