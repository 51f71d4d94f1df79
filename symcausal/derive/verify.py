"""Replay a derivation: every step again from its rule, every formula again in the kernel.

References
----------
[Schwartz1980]_ for the error bound of the kernel's identity test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symcausal.derive.step import Step, StepChain, merged_conditions
from symcausal.derive.worksheet import same_form
from symcausal.errors import LimitError, VerificationError
from symcausal.expr.nodes import Expr
from symcausal.expr.path import at, replace
from symcausal.graph.graph import Graph
from symcausal.kernel.core.draws import Draws
from symcausal.kernel.core.identity import all_identical, points
from symcausal.kernel.core.interpretation import modular
from symcausal.network.network import Network
from symcausal.rules.adjustment import adjustment
from symcausal.rules.condition import (
    AcrossWorlds,
    Condition,
    Distinct,
    Positive,
    Rises,
    Separated,
    TwoStates,
)
from symcausal.rules.decide import decide
from symcausal.rules.independence import conditional_independence, markov_factorisation
from symcausal.rules.intervention import do_calculus_2
from symcausal.rules.probability import chain_rule
from symcausal.rules.rule import Context
from symcausal.rules.table_entries import table_entry

MANY_HIDDEN_CAUSES = 12
_SEED = 1907
_MADE_OF = {
    markov_factorisation.name: (chain_rule.name, conditional_independence.name),
    adjustment.name: (do_calculus_2.name,),
}


def verify(
    chain: StepChain,
    context: Context,
    states: Mapping[str, tuple[str, ...]],
    network: Network | None = None,
) -> None:
    """Check every step of a derivation by its rule and by the kernel.

    Every single step is proposed again by its rule, its conditions are decided again, and all
    formulas are evaluated in random positive models of the graph. A merged step must say no more and
    no less than its single ones. Once table entries have been put in, a formula speaks of one
    network only, and is evaluated in that.

    Raises
    ------
    VerificationError
        If anything does not hold.
    """
    for step in chain.steps:
        if step.substeps:
            _check_merged(step)
    steps = single_steps(chain)
    expected = chain.start
    for step in steps:
        if step.before != expected:
            raise VerificationError("a step does not begin where the one before it ended")
        _check_rule(step, context)
        expected = step.after
    apart = [pair for step in steps for d in step.conditions for pair in _apart(d.condition)]
    general = [step for step in steps if step.rule is not table_entry]
    formulas = [chain.start, *(step.after for step in general)]
    try:
        same = _all_identical(formulas, context.graph, states, apart)
    except ZeroDivisionError:
        raise VerificationError("a step of this derivation divides by zero") from None
    if not same:
        raise VerificationError("a step of this derivation changes the value")
    special = steps[len(general) :]
    if special and not _entries_fit(special, network):
        raise VerificationError("a table entry of this derivation is not the model's")


def _apart(condition: Condition) -> tuple[tuple[str, str], ...]:
    """The letters that have to differ; what else is asked holds at the points of comparison."""
    match condition:
        case Distinct(_, left, right):
            return ((left, right),)
        case Separated() | Positive() | AcrossWorlds() | TwoStates() | Rises():
            return ()


def _all_identical(
    formulas: Sequence[Expr],
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    apart: Sequence[tuple[str, str]],
) -> bool:
    try:
        lean = len(graph.bidirected) > MANY_HIDDEN_CAUSES
        return all_identical(formulas, points(graph, states, lean=lean), apart=apart)
    except LimitError:  # many hidden causes that act on the same variables
        return all_identical(formulas, points(graph, states, lean=True), apart=apart)


def _entries_fit(steps: Sequence[Step], network: Network | None) -> bool:
    """Whether the formulas keep their value in the network that the entries come from."""
    if network is None or any(step.rule is not table_entry for step in steps):
        return False
    own = modular(network, Draws(_SEED))
    try:
        return all_identical([steps[0].before, *(step.after for step in steps)], (own,))
    except ZeroDivisionError:  # an impossible condition: the rules have read the right entries
        return True


def single_steps(chain: StepChain) -> tuple[Step, ...]:
    """Return the steps of a derivation with merged ones taken apart."""
    return tuple(inner for step in chain.steps for inner in (step.substeps or (step,)))


def _check_merged(step: Step) -> None:
    """A merged step has the ends, the conditions and one of the reasons of its single steps."""
    first, last = step.substeps[0], step.substeps[-1]
    if (step.before, step.after) != (first.before, last.after) or step.path:
        raise VerificationError("a merged step does not have the ends of its single steps")
    if step.instance != (step.before, step.after) or step.backward:
        raise VerificationError("a merged step does not show what it stands for")
    if step.conditions != merged_conditions(step.substeps):
        raise VerificationError("a merged step does not have the conditions of its single steps")
    reasons = {inner.rule.name for inner in step.substeps}
    if not reasons & {step.rule.name, *_MADE_OF.get(step.rule.name, ())}:
        raise VerificationError(f"no part of a merged step is due to the rule '{step.rule.name}'")


def _check_rule(step: Step, context: Context) -> None:
    before, after = step.instance
    if not _stands_at(before, step) or replace(step.before, step.path, after) != step.after:
        raise VerificationError("a step does not stand where it says")
    source, target = (after, before) if step.backward else (before, after)
    for rewrite in step.rule(source, context):
        if same_form(rewrite.after, target):
            decisions = tuple(decide(c, context.graph) for c in rewrite.requires)
            if decisions == step.conditions and all(d.verdict != "fails" for d in decisions):
                return
    raise VerificationError(f"the rule '{step.rule.name}' does not give this step")


def _stands_at(part: Expr, step: Step) -> bool:
    try:
        return at(step.before, step.path) == part
    except IndexError:
        return False
