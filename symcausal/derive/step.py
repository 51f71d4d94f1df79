"""A derivation: a start and steps, each of which names its rule and keeps its conditions.

Main definitions
----------------
Step : one equality ``before = after``.
StepChain : a start and the steps from it.
merged_conditions : what several steps required together.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcausal.expr.nodes import Expr
from symcausal.expr.path import NodePath
from symcausal.record import record
from symcausal.rules.condition import Decision
from symcausal.rules.rule import Rule


@record
class Step:
    """One equality of whole formulas, with its rule and its decisions.

    Attributes
    ----------
    before, after : Expr
        The whole formula on both sides.
    rule : Rule
        What justifies it; of a merged step, the rule that a reader would name.
    path : NodePath
        Where in ``before`` the rule was used.
    instance : tuple of Expr
        The two sides of the rule as it was used there: ``sum_D P(D)`` and ``1``.
    conditions : tuple of Decision
        What the rule required and what was decided.
    backward : bool
        Whether the rule was used from right to left.
    substeps : tuple of Step
        The single steps of a merged one, from ``before`` to ``after``.
    """

    before: Expr
    after: Expr
    rule: Rule
    path: NodePath
    instance: tuple[Expr, Expr]
    conditions: tuple[Decision, ...] = ()
    backward: bool = False
    substeps: tuple[Step, ...] = ()

    def __repr__(self) -> str:
        return f"<Step: {self.rule.title}>"


@record
class StepChain:
    """A formula and the steps from it, each beginning where the last one ended."""

    start: Expr
    steps: tuple[Step, ...] = ()

    @property
    def end(self) -> Expr:
        """The last formula."""
        return self.steps[-1].after if self.steps else self.start


def merged_conditions(steps: Iterable[Step]) -> tuple[Decision, ...]:
    """Return what some steps required together, each once, in order."""
    return tuple(dict.fromkeys(decision for step in steps for decision in step.conditions))
