"""The strategy for ``P(y | do(x)) - P(y | x)``: adjust on the left, condition on the right, collect.

References
----------
[Pearl2009]_ Section 3.3; confounding is the dependence of the adjustment set on the treatment.
"""

from __future__ import annotations

from symcausal.derive.observe import bring_in
from symcausal.derive.worksheet import Worksheet
from symcausal.expr.build import prob, product
from symcausal.expr.nodes import Expr, Minus, Prob, Sum
from symcausal.expr.path import at
from symcausal.rules.adjustment import adjustment
from symcausal.rules.probability import product_rule, total_probability
from symcausal.rules.sums import collect


def contrast(sheet: Worksheet) -> bool:
    """Bring doing minus seeing to one sum over an adjustment set, if there is such a set."""
    match sheet.formula:
        case Minus(Prob(outcome, given, do), Prob(other, seen, nothing)) if (
            do and not given and not nothing and outcome == other and do == seen
        ):
            pass
        case _:  # a strategy for this one form
            return False
    proposals = [r.after for r in adjustment(Prob(outcome, given, do), sheet.context)]
    order = sheet.context.graph.topological()
    # the fewest terms; among equals those nearest to the outcome, which truncation leads to as well
    best = min(proposals, key=lambda p: _preference(p, order), default=None)
    if best is None or not sheet.use(adjustment, (0,), best):
        return False
    left = at(sheet.formula, (0,))
    if isinstance(left, Sum):
        over = left.over
        with sheet.line(total_probability):
            path: tuple[int, ...] = (1,)
            for name in over.variables:
                bring_in(sheet, path, name)
                path = (1, 0)
            joint = at(sheet.formula, path)
            assert isinstance(joint, Prob)
            added = joint.outcome - outcome
            wanted = product((prob(outcome, seen | added), prob(added, seen)))
            sheet.use(product_rule, path, wanted)
    sheet.use(collect, ())
    for path in sheet.places(Prob):
        sheet.finished.add(at(sheet.formula, path))
    return True


def _preference(proposal: Expr, order: tuple[str, ...]) -> tuple[int, list[int]]:
    names = proposal.over.variables if isinstance(proposal, Sum) else ()
    return len(names), sorted(-order.index(name) for name in names)
