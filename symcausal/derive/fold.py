"""Fold sums of products of tables back into shorter probabilities: ``sum_I P(S | I) P(I) = P(S)``.

A summed letter ``h`` folds away if its own table ``P(h | c)`` and the factors that condition on it are,
given the conditions of them all together, the factors of one joint probability. The graph says when
conditions may be added.

References
----------
[Pearl2009]_ Section 1.1.3, total probability read from right to left.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.derive.worksheet import Worksheet
from symcausal.expr.build import factors_of, prob, product, total
from symcausal.expr.nodes import Event, Events, Prob, Sum
from symcausal.expr.path import NodePath, at
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.graph.separation import separated
from symcausal.record import record
from symcausal.rules.independence import conditional_independence
from symcausal.rules.probability import chain_rule, marginalise, product_rule
from symcausal.rules.sums import distribute


@record
class Fold:
    """A letter of a sum that folds away.

    Attributes
    ----------
    event : Event
        The summed event.
    factors : tuple of Prob
        The factors that mention it, as they stand, causes first.
    widened : tuple of Prob
        The same with the conditions of all of them.
    joint : Prob
        What the widened factors multiply to.
    """

    event: Event
    factors: tuple[Prob, ...]
    widened: tuple[Prob, ...]
    joint: Prob


def fold_all(sheet: Worksheet) -> None:
    """Fold the sums of a formula until nothing folds."""
    while any(_fold_at(sheet, path) for path in sheet.places(Sum)):
        pass


def _fold_at(sheet: Worksheet, path: NodePath) -> bool:
    node = at(sheet.formula, path)
    assert isinstance(node, Sum)
    for fold in folds(node, sheet.context.graph):
        inside = product(fold.factors)
        outside = [f for f in factors_of(node.body) if f not in fold.factors]
        inner = Sum(Events((fold.event,)), inside)
        if outside:
            with sheet.line(distribute):
                wanted = total(node.over - (fold.event,), product((*outside, inner)))
                if not sheet.use(distribute, path, wanted):
                    continue
            found = [p for p in sheet.places(Sum, path) if at(sheet.formula, p) == inner]
            if not found:  # its letter was used outside, so it has another one now: look again
                return True
            path = found[0]
        with sheet.line(marginalise):
            if _collapse(sheet, path, fold):
                return True
    return False


def _collapse(sheet: Worksheet, path: NodePath, fold: Fold) -> bool:
    """Turn ``sum_h`` of the fold's factors into one probability."""
    body = (*path, 0)
    for old, new in zip(fold.factors, fold.widened, strict=True):
        if old != new:
            place = next(p for p in sheet.places(Prob, body) if at(sheet.formula, p) == old)
            sheet.use(conditional_independence, place, new, backward=True)
    rule = product_rule if len(fold.factors) == 2 else chain_rule
    if not sheet.use(rule, body, fold.joint, backward=True):
        return False
    shorter = prob(fold.joint.outcome - (fold.event,), fold.joint.given)
    node = at(sheet.formula, path)
    assert isinstance(node, Sum)
    return sheet.use(marginalise, path, total(node.over - (fold.event,), shorter))


def folds(node: Sum, graph: Graph) -> Iterator[Fold]:
    """Yield the letters of a sum that fold away, as the graph allows."""
    factors = factors_of(node.body)
    order = {name: i for i, name in enumerate(graph.topological())}
    for event in node.over:
        touched = [f for f in factors if event.value.name in free_letters(f)]
        if len(touched) < 2 or any(not isinstance(f, Prob) or f.do for f in touched):
            continue
        probs = sorted(
            (f for f in touched if isinstance(f, Prob)), key=lambda f: order[f.outcome[0].variable]
        )
        fold = _fold(event, probs, graph)
        if fold is not None:
            yield fold


def _fold(event: Event, probs: list[Prob], graph: Graph) -> Fold | None:
    owner, *rest = probs
    if owner.outcome != Events((event,)) or any(event in f.outcome for f in rest):
        return None
    outcomes = Events(e for f in probs for e in f.outcome)
    shared = Events(e for f in probs for e in f.given) - outcomes
    everything = outcomes | shared
    if len(everything) != len(everything.variables):
        return None
    if sum(len(f.outcome) for f in probs) != len(outcomes):
        return None
    if len(probs) > 2 and len(outcomes) > len(probs):
        return None  # the chain rule joins single variables, the product rule any two factors
    widened, earlier = list[Prob](), Events()
    for factor in probs:
        wide = shared | earlier
        if factor.given - wide or not _may_widen(factor, wide - factor.given, graph):
            return None
        widened.append(Prob(factor.outcome, wide))
        earlier = earlier | factor.outcome
    return Fold(event, tuple(probs), tuple(widened), Prob(outcomes, shared))


def _may_widen(factor: Prob, more: Events, graph: Graph) -> bool:
    return not more or separated(
        graph, factor.outcome.variables, more.variables, factor.given.variables
    )
