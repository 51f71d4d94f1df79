"""Long derivations at full detail: each step shows what it changes, not the whole formula again.

Main definitions
----------------
abridged : a derivation as several, whose formulas are together much shorter.

Implementation notes
--------------------
A rule used inside a formula is an equality of its own, for all values of the letters that are bound
around it: ``P(X3 | X1, X2) = P(X3 | X2)``. So a reader, or a program, can check it where it stands.
What a run of such steps comes to follows it, from the query to the whole formula.
"""

from __future__ import annotations

from itertools import groupby

from symcausal.derive.step import Step, StepChain, merged_conditions
from symcausal.expr.nodes import Expr, Prob
from symcausal.expr.path import everywhere

LONGEST_WHOLE = 6  # steps of a derivation that always shows whole formulas
_LONG = 30  # events of a formula that is not written again for each step


def abridged(chain: StepChain) -> tuple[StepChain, ...]:
    """Return the derivations that are shown for one, in order; the same one if it is short.

    A derivation with merged steps is not at full detail, and stays whole.
    """
    if len(chain.steps) <= LONGEST_WHOLE or any(step.substeps for step in chain.steps):
        return (chain,)
    sizes = [_events(chain.start), *(_events(step.after) for step in chain.steps)]
    if max(sizes) <= _LONG:
        return (chain,)
    inside = [
        bool(step.path) and 2 * sum(map(_events, step.instance)) <= before + after
        for step, before, after in zip(chain.steps, sizes, sizes[1:], strict=False)
    ]
    shown: list[StepChain] = []
    done: list[Step] = []
    for is_part, run in groupby(zip(inside, chain.steps, strict=True), key=lambda pair: pair[0]):
        steps = [step for _, step in run]
        if is_part:
            shown += [_alone(step) for step in steps]
            done += steps
            shown.append(StepChain(chain.start, (_together(done, steps),)))
        else:
            shown.append(StepChain(steps[0].before, tuple(steps)))
            done += steps
    return tuple(shown)


def _alone(step: Step) -> StepChain:
    """The equality of a step's rule, where it was used, as a derivation."""
    left, right = step.instance
    part = Step(left, right, step.rule, (), step.instance, step.conditions, step.backward)
    return StepChain(left, (part,))


def _together(done: list[Step], run: list[Step]) -> Step:
    """All steps from the query on as one, under the name of the rule that the last ones used most."""
    names = [step.rule.name for step in run]
    most = max(run, key=lambda step: names.count(step.rule.name))
    ends = (done[0].before, done[-1].after)
    conditions = merged_conditions(done)
    return Step(*ends, most.rule, (), ends, conditions, substeps=tuple(done))


def _events(expr: Expr) -> int:
    """The number of events in the probabilities of a formula."""
    nodes = (node for _, node in everywhere(expr))
    return sum(len(p.outcome) + len(p.given) + len(p.do) for p in nodes if isinstance(p, Prob))
