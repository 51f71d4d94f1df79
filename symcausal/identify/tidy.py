"""Shorten an estimand: every shortening is a step like any other.

Barren variables sum to one, conditions that tell nothing go, sums of products fold into marginals,
factors that stand above and below cancel, and products of conditionals join.

Main definitions
----------------
tidy : shorten until nothing gets shorter.
terms : how many probabilities a formula has.
"""

from __future__ import annotations

from symcausal.derive.fold import fold_all
from symcausal.derive.observe import drop_barren
from symcausal.derive.worksheet import Worksheet
from symcausal.expr.nodes import Expr, Minus, Prob, Product, Quotient, Sum
from symcausal.expr.path import at, everywhere
from symcausal.rules.independence import conditional_independence
from symcausal.rules.probability import marginalise, product_rule
from symcausal.rules.sums import cancel, collect


def terms(expr: Expr) -> int:
    """Return the number of probabilities in a formula."""
    return sum(isinstance(node, Prob) for _, node in everywhere(expr))


def tidy(sheet: Worksheet) -> None:
    """Shorten the formula on a worksheet until nothing gets shorter."""
    before = None
    while before != sheet.formula:
        before = sheet.formula
        drop_conditions(sheet)
        drop_barren(sheet)
        fold_all(sheet)
        join_all(sheet)
        with sheet.line(marginalise):
            sheet.use_everywhere(marginalise, Sum)
        with sheet.line(cancel):
            sheet.use_everywhere(cancel, Product)
            sheet.use_everywhere(cancel, Quotient)
    with sheet.line(collect):
        sheet.use_everywhere(collect, Minus)


def drop_conditions(sheet: Worksheet) -> None:
    """Drop every condition that a separating set screens off."""
    with sheet.line(conditional_independence):
        for path in sheet.places(Prob):
            part = at(sheet.formula, path)
            if isinstance(part, Prob) and part.given and not part.do:
                proposals = conditional_independence(part, sheet.context)
                fewest = sorted((r.after for r in proposals), key=_conditions)
                any(sheet.use(conditional_independence, path, wanted) for wanted in fewest)


def _conditions(expr: Expr) -> int:
    return len(expr.given) if isinstance(expr, Prob) else 0


def join_all(sheet: Worksheet) -> None:
    """Join ``P(a | b, c) P(b | c)`` to ``P(a, b | c)`` wherever both are factors of one product."""
    with sheet.line(product_rule):
        sheet.use_everywhere(product_rule, Product)
