"""Derivations as values that ``json`` knows.

Main definitions
----------------
derivation_json : what ``derive --format json`` prints.
step_json : a step of it.
"""

from __future__ import annotations

from symcausal.derive.step import Step, StepChain
from symcausal.writing.derivation_text import Assumptions, plain
from symcausal.writing.latex import formula_latex
from symcausal.writing.reasons import conditions, reason
from symcausal.writing.style import PLAIN, Style
from symcausal.writing.trees import StatesOf, Tree, tree


def derivation_json(
    chain: StepChain,
    assumptions: Assumptions = (),
    style: Style = PLAIN,
    *,
    verified: bool,
    closed_form: str | None = None,
    states_of: StatesOf | None = None,
) -> dict[str, object]:
    """Write a derivation as values that ``json`` knows; formulas are LaTeX.

    Parameters
    ----------
    chain, assumptions, style
        As for :func:`derivation_latex`.
    verified : bool
        Whether every step of the chain has been checked; the caller has to know.
    closed_form : str or None
        The closed form as SymPy prints it.
    states_of : callable, optional
        The states of a variable, for the indices of ``formula_tree``.
    """
    formula_tree: list[Tree] = tree(chain.end, states_of)
    return {
        "query": formula_latex(chain.start, style),
        "steps": [step_json(step, style, verified=verified) for step in chain.steps],
        "formula": formula_latex(chain.end, style),
        "formula_tree": formula_tree,
        "closed_form": closed_form,
        "assumptions": [formula_latex(c, style) for c in conditions(assumptions)],
    }


def step_json(
    step: Step, style: Style = PLAIN, *, verified: bool | None = None
) -> dict[str, object]:
    """Write a step as values that ``json`` knows; nothing is said of what nobody has verified."""
    found: dict[str, object] = {
        "before": formula_latex(step.before, style),
        "after": formula_latex(step.after, style),
        "rule": step.rule.name,
        "reason": "".join(map(plain, reason(step, style, inline=True))),
        "conditions": [
            {
                "condition": formula_latex(decision.condition, style),
                "verdict": decision.verdict,
                "witness": decision.witness,
            }
            for decision in step.conditions
        ],
    }
    if verified is not None:
        found["verified"] = verified
    if step.substeps:
        inside = [step_json(substep, style, verified=verified) for substep in step.substeps]
        found["substeps"] = inside
    return found
