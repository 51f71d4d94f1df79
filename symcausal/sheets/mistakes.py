"""Mistakes that people make in derivations, each the misuse of a rule.

Main definitions
----------------
Mistake : a rule that is used where its condition does not hold, and what comes of it.
MISTAKES : all of them.
mistaken : what a formula becomes by one mistake at one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symcausal.expr.build import product
from symcausal.expr.nodes import NO_EVENTS, Events, Expr, Prob, Product
from symcausal.expr.path import everywhere
from symcausal.expr.path import replace as put
from symcausal.expr.scope import free_letters
from symcausal.record import record


@record
class Mistake:
    """The misuse of a rule.

    Attributes
    ----------
    rule : str
        What a textbook calls the rule.
    words : str
        What went wrong, as a sentence.
    at : callable
        What a part of a formula becomes by it; nothing where it cannot happen.
    """

    rule: str
    words: str
    at: Callable[[Expr], Iterator[Expr]]


def mistaken(formula: Expr, mistake: Mistake) -> Iterator[Expr]:
    """Yield what a formula becomes by a mistake, place after place; its free values stay.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> from symcausal.writing.text import text
    >>> [text(wrong) for wrong in mistaken(read("P(A | B) P(B)"), MISTAKES[2])]
    ['P(B | A) P(B)']
    """
    kept = free_letters(formula)
    for path, part in everywhere(formula):
        for wrong in mistake.at(part):
            made = put(formula, path, wrong)
            if free_letters(made) == kept and made != formula:
                yield made


def _seen_for_done(part: Expr) -> Iterator[Expr]:
    if isinstance(part, Prob) and part.do:
        yield Prob(part.outcome, Events((*part.given, *part.do)))


def _dropped(part: Expr) -> Iterator[Expr]:
    if isinstance(part, Prob):
        for event in part.given:
            yield Prob(part.outcome, Events(e for e in part.given if e != event), part.do)


def _turned_around(part: Expr) -> Iterator[Expr]:
    if isinstance(part, Prob) and part.given and not part.do:
        yield Prob(part.given, part.outcome)


def _weighed_by_the_seen(part: Expr) -> Iterator[Expr]:
    """``P(z)`` among factors that know more becomes ``P(z | x)``."""
    if not isinstance(part, Product):
        return
    known = dict.fromkeys(e for f in part.factors if isinstance(f, Prob) for e in (*f.given, *f.do))
    for place, factor in enumerate(part.factors):
        if not isinstance(factor, Prob) or factor.given or factor.do:
            continue
        for event in known:
            if event.variable not in factor.outcome.variables:
                wrong = Prob(factor.outcome, Events((event,)), NO_EVENTS)
                yield product((*part.factors[:place], wrong, *part.factors[place + 1 :]))


def _left_out(part: Expr) -> Iterator[Expr]:
    if isinstance(part, Product):
        for place in range(len(part.factors)):
            yield product((*part.factors[:place], *part.factors[place + 1 :]))


MISTAKES = (
    Mistake(
        "rule 2 of do-calculus",
        "Seeing stands in the place of doing, although a back door is open.",
        _seen_for_done,
    ),
    Mistake(
        "conditional independence",
        "A condition was dropped on which the outcome depends.",
        _dropped,
    ),
    Mistake(
        "Bayes' rule",
        "Outcome and condition were turned around without the factors that this takes.",
        _turned_around,
    ),
    Mistake(
        "adjustment",
        "The average is weighed by those that were seen, not by everybody.",
        _weighed_by_the_seen,
    ),
    Mistake("product rule", "A factor was left out.", _left_out),
)
