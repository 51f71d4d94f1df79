"""Rules for events that are certain or impossible because they are already fixed.

``P(x | do(x)) = 1``, ``P(y, x | do(x')) = 0``, ``P(y | do(x), x) = P(y | do(x))``.

References
----------
[Pearl2009]_ Section 3.2, where ``do(x)`` sets X to x.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.expr.build import ZERO, prob
from symcausal.expr.nodes import Event, Expr, Letter, Prob, State
from symcausal.rules.condition import Condition, Distinct, Positive
from symcausal.rules.rule import Context, Rewrite, rule


@rule(
    name="certain-event",
    title="already fixed",
    statement=r"P(x, y \mid x, z) = P(y \mid x, z), \quad P(y \mid do(x), x) = P(y \mid do(x))",
    source="Pearl2009",
)
def certain_event(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Drop events that the condition or the intervention already makes certain."""
    match expr:
        case Prob(outcome, given, do):
            needless = [e for e in given if e in do]
            certain = [e for e in outcome if e in given or e in do]
            if needless or certain:
                kept = given - needless
                requires = (Positive(kept, do),) if kept else ()
                yield Rewrite(prob(outcome - certain, kept, do), requires)


@rule(
    name="impossible-event",
    title="contradicts what is fixed",
    statement=r"P(x, y \mid do(x')) = 0",
    condition=r"x \neq x'",
    source="Pearl2009",
)
def impossible_event(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """An outcome that contradicts the condition, the intervention or itself has probability zero."""
    match expr:
        case Prob(outcome, given, do):
            fixed = (*do, *given)
            for event in outcome:
                for other in (*fixed, *outcome):
                    if other.variable == event.variable and other != event:
                        requires = difference(event, other)
                        if requires is not None:
                            yield Rewrite(ZERO, requires)


def difference(left: Event, right: Event) -> tuple[Condition, ...] | None:
    """Return the conditions under which two events of one variable exclude each other, or None.

    Two states always do, and two letters where they differ; of a state and a letter nothing is known.
    """
    match left.value, right.value:
        case State(), State():
            return ()
        case Letter(a), Letter(b):
            return (Distinct(left.variable, *sorted((a, b))),)
    return None
