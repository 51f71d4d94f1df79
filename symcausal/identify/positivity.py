"""What has to be possible for an estimand to be defined.

Main definitions
----------------
positivity : the events, as conditions.

Implementation notes
--------------------
An estimand conditions on what was set on the way to it, and weighs that by something else than its own
probability; so it has to be possible. Other conditions are weighed by their own probability, see
:func:`symcausal.derive.derivation.assumptions`. What is set to any value, as in the napkin graph, is
not in the query, and needs to be possible as well; and a ratio needs a denominator.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.derive.derivation import assumptions
from symcausal.derive.step import Step, StepChain
from symcausal.expr.distributions import distribution_of, distributions
from symcausal.expr.nodes import Expr, divisor_of
from symcausal.expr.path import everywhere
from symcausal.rules.condition import Condition, Positive, strongest


def positivity(query: Expr, chain: StepChain) -> tuple[Condition, ...]:
    """Return the events that must be possible for an estimand to be defined and right."""
    found: dict[Condition, None] = dict.fromkeys(assumptions(query, chain))
    steps = list(_every(chain.steps))
    done = {
        name
        for step in steps
        for formula in (step.before, step.after)
        for about in distributions(formula)
        for name in about.do.variables
    }
    for _, node in everywhere(chain.end):
        about = distribution_of(node)
        if about is not None and about.given.of(done):
            found[Positive(about.given, about.do)] = None
        if divisor_of(node) is not None:
            found.update(dict.fromkeys(_denominators(steps)))
    return strongest(found)


def _every(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _every(step.substeps)


def _denominators(steps: list[Step]) -> Iterator[Positive]:
    """Yield the positivity conditions of steps that divide by a conditional's condition."""
    for step in steps:
        if step.rule.name == "conditional-probability":
            for decision in step.conditions:
                if isinstance(decision.condition, Positive):
                    yield decision.condition
