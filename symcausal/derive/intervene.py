"""Strategies for ``do`` where every variable is observed.

Without conditions: cut the arrows (truncated factorisation), let barren variables sum to one, and fold
what is left back into as few observational terms as the arrows allow. With conditions: drop what the
intervention makes irrelevant, try to turn doing into seeing, and otherwise write a ratio.

References
----------
[Pearl2009]_ Sections 3.2 and 3.4.
"""

from __future__ import annotations

from symcausal.derive.fold import fold_all
from symcausal.derive.observe import drop_barren
from symcausal.derive.worksheet import Worksheet
from symcausal.expr.build import prob, quotient
from symcausal.expr.nodes import Prob, Quotient
from symcausal.expr.path import NodePath, at, everywhere
from symcausal.rules.intervention import (
    do_calculus_1,
    do_calculus_2,
    do_calculus_3,
    truncated_factorisation,
)
from symcausal.rules.probability import conditional_probability
from symcausal.rules.rule import Rule
from symcausal.rules.sums import cancel

SHOWN_VARIABLES = 8


def intervene(sheet: Worksheet) -> None:
    """Rewrite every probability with ``do`` until none is left."""
    while _with_conditions(sheet) or _without_conditions(sheet):
        pass
    with sheet.line(cancel):
        sheet.use_everywhere(cancel, Quotient)


def causal_places(sheet: Worksheet, *, conditional: bool) -> list[NodePath]:
    """Return the places of probabilities with ``do``, with or without conditions."""
    return [
        path
        for path in sheet.places(Prob)
        if isinstance(part := at(sheet.formula, path), Prob)
        and part.do
        and bool(part.given) == conditional
    ]


def _with_conditions(sheet: Worksheet) -> bool:
    for rule, choose in ((do_calculus_1, True), (do_calculus_3, True), (do_calculus_2, False)):
        with sheet.line(rule):
            done = [
                _shrink(sheet, p, rule, partly=choose)
                for p in causal_places(sheet, conditional=True)
            ]
        if any(done):
            return True
    with sheet.line(conditional_probability):
        done = [_ratio(sheet, path) for path in causal_places(sheet, conditional=True)]
    return any(done)


def _shrink(sheet: Worksheet, path: NodePath, rule: Rule, *, partly: bool) -> bool:
    """Use a rule of do-calculus for as much as it allows; all or nothing unless ``partly``."""
    proposals = [r.after for r in rule(at(sheet.formula, path), sheet.context)]
    for wanted in sorted(proposals, key=lambda e: _size(e)):
        if not partly and isinstance(wanted, Prob) and wanted.do:
            continue
        if sheet.use(rule, path, wanted):
            if isinstance(wanted, Prob) and not wanted.do:
                sheet.finished.add(wanted)
            return True
    return False


def _size(expr: object) -> int:
    return len(expr.given) + 2 * len(expr.do) if isinstance(expr, Prob) else 0


def _ratio(sheet: Worksheet, path: NodePath) -> bool:
    part = at(sheet.formula, path)
    assert isinstance(part, Prob)
    top = prob(part.outcome | part.given, (), part.do)
    wanted = quotient(top, prob(part.given, (), part.do))
    return sheet.use(conditional_probability, path, wanted)


def _without_conditions(sheet: Worksheet) -> bool:
    places = causal_places(sheet, conditional=False)
    with sheet.line(truncated_factorisation):
        done = [_truncate(sheet, path) for path in places]
    if not any(done):
        return False
    drop_barren(sheet)
    fold_all(sheet)
    for _, node in everywhere(sheet.formula):
        if isinstance(node, Prob) and not node.do:
            sheet.finished.add(node)
    return True


def _truncate(sheet: Worksheet, path: NodePath) -> bool:
    proposals = [r.after for r in truncated_factorisation(at(sheet.formula, path), sheet.context)]
    small = len(sheet.context.graph.nodes) <= SHOWN_VARIABLES
    return sheet.use(truncated_factorisation, path, proposals[0 if small else -1])
