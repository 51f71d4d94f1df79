"""Derivations as values that ``json`` knows.

Main definitions
----------------
derivation_json : what ``derive --format json`` prints.
"""

from __future__ import annotations

from symcausal.derive.step import Step, StepChain
from symcausal.expr.nodes import Expr
from symcausal.writing.derivation import Assumptions, plain
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

    def formula(expr: Expr) -> str:
        return formula_latex(expr, style)

    def written(step: Step) -> dict[str, object]:
        found: dict[str, object] = {
            "before": formula(step.before),
            "after": formula(step.after),
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
            "verified": verified,
        }
        if step.substeps:
            found["substeps"] = [written(substep) for substep in step.substeps]
        return found

    formula_tree: list[Tree] = tree(chain.end, states_of)
    return {
        "query": formula(chain.start),
        "steps": [written(step) for step in chain.steps],
        "formula": formula(chain.end),
        "formula_tree": formula_tree,
        "closed_form": closed_form,
        "assumptions": [formula_latex(c, style) for c in conditions(assumptions)],
    }
