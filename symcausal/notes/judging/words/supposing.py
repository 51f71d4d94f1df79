"""What a statement supposes, and what its verdict is then.

Main definitions
----------------
under : a verdict under the hypotheses of its statement.
is_reason : whether a hypothesis is given as a reason.
variables_of : the variables of formulas for which no model is declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from symcausal.expr.distributions import distributions
from symcausal.expr.nodes import Expr, State
from symcausal.expr.scope import variables
from symcausal.graph.separation import separated
from symcausal.network.network import Variable
from symcausal.notes.judging.open_states import completed
from symcausal.notes.judging.setting import Setting
from symcausal.notes.judging.words.calculus import rule_named
from symcausal.notes.judging.words.hypotheses import independences_supposed
from symcausal.notes.reading.claims import Hypothesis, Statement
from symcausal.notes.reporting.verdict import Verdict


def is_reason(hypothesis: Hypothesis, words: Sequence[str]) -> bool:
    """Decide whether notes state a hypothesis as a reason (*since*) rather than a condition (*if*)."""
    return hypothesis.asserted or any(rule_named(w) and hypothesis.text in w for w in words)


def under(
    statement: Statement, verdict: Verdict, setting: Setting, words: Sequence[str]
) -> Verdict:
    """Return the verdict on a claim under what its statement supposes.

    What holds anyway holds. What fails may be saved by a hypothesis that the model does not have; a
    reason that does not hold saves nothing.
    """
    if verdict.word != "fails":
        return verdict
    if statement.supposed:
        return Verdict("undecided", reason="it may be an assumption: more follows from it")
    for hypothesis in statement.hypotheses:
        if hypothesis.kind == "positive":
            continue
        if setting.is_model and hypothesis.independence and is_reason(hypothesis, words):
            continue
        one = hypothesis.independence
        if one is not None and one.holds:
            graph = setting.graph
            known = {*one.left, *one.right, *one.given} <= set(graph.nodes)
            if known and one.open_path(graph) is None:
                continue
        told = independences_supposed((hypothesis,))
        if not setting.is_model and told and all(separated(setting.graph, *t) for t in told):
            continue
        words = f"it does not hold in general, and is stated under a condition: {hypothesis.text}"
        return Verdict("undecided", reason=words[:200])
    return verdict


def variables_of(formulas: Iterable[Expr], beside: Iterable[Expr] = ()) -> Mapping[str, Variable]:
    """Return the variables of formulas, with the states that these name; two states if they name none."""
    states: dict[str, dict[str, None]] = {}
    told = list(formulas)
    for formula in told:
        for name in variables(formula):
            states.setdefault(name, {})
    for formula in (*told, *beside):
        for about in distributions(formula):
            for event in (*about.given, *about.do, *about.outcome):
                if isinstance(event.value, State) and event.variable in states:
                    states[event.variable][event.value.name] = None
    return {name: Variable(name, completed(tuple(found))) for name, found in states.items()}
