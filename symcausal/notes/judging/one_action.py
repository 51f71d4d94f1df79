"""Laws of probability after an action, which no graph has to give.

After an action the variables have a distribution, of which nothing is supposed where no model is
declared. So a formula all of whose probabilities are after one and the same action holds in every
causal model if the same formula without the action holds of every joint distribution.

Main definitions
----------------
without_its_action : a formula all of whose probabilities are after one action, without that.
law_after_action : the verdict on a relation between two of them, where it is a law.

References
----------
[Pearl2009]_ Section 1.3.1: an action makes a probability distribution.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symcausal.expr.distributions import distributions
from symcausal.expr.nodes import Events, Expectation, Expr, Numeric, Prob, Sum
from symcausal.expr.path import everywhere, rewritten
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.setting import Setting, setting_without_model
from symcausal.notes.reporting.verdict import Verdict
from symcausal.record import replace
from symcausal.writing.text import text


def without_its_action(formulas: Sequence[Expr]) -> tuple[Events, list[Expr]] | None:
    """Return the one action of some formulas, and the formulas without it; None if there are others.

    The variables that are set may stand nowhere else, be it as an outcome or as what a sum is over.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> _, (formula,) = without_its_action([read("P(Y | Z, do(X)) P(Z | do(X))")])
    >>> formula == read("P(Y | Z) P(Z)")
    True
    >>> without_its_action([read("P(Y | Z, do(X)) P(Z)")]) is None
    True
    """
    actions = {about.do for formula in formulas for about in distributions(formula)}
    if len(actions) != 1:
        return None
    (action,) = actions
    set_ = set(action.variables)
    if any(set_ & _spoken_of(formula) for formula in formulas):
        return None
    return action, [rewritten(formula, _without_action) for formula in formulas]


def law_after_action(
    claimed: Link, setting: Setting, judge: Callable[[Link, Setting], Verdict]
) -> Verdict | None:
    """Return that a relation is a law of probability after its one action; None if it is not.

    What the notes suppose or give is of the distribution before the action, and is left out.
    """
    found = without_its_action(claimed.exprs)
    if found is None:
        return None
    action, (left, right) = found
    verdict = judge(claimed.read_as(left, right), setting_without_model(setting.variables))
    if verdict.word != "holds":
        return None
    where = f"after do({text(action)}), whatever the graph is"
    return replace(verdict, reason=f"{verdict.reason}, {where}", assumes=())


def _spoken_of(formula: Expr) -> set[str]:
    """The variables of which a formula asks, or over which it takes a sum or a mean."""
    found: set[str] = set()
    for _, node in everywhere(formula):
        match node:
            case Prob(outcome, given, _):
                found |= {*outcome.variables, *given.variables}
            case Expectation(over, _, given, _):
                found |= {*over.variables, *given.variables}
            case Sum(over, _):
                found |= set(over.variables)
            case Numeric(event):
                found.add(event.variable)
            case _:  # other nodes name no variable
                pass
    return found


def _without_action(part: Expr) -> Expr | None:
    match part:
        case Prob(outcome, given, _):
            return Prob(outcome, given)
        case Expectation(over, body, given, _):
            return Expectation(over, body, given)
        case _:  # no probability and no mean
            return None
