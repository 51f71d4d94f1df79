"""The named shortcuts: back-door adjustment, also given something, and the front door.

Main definitions
----------------
adjust : average over confounders.
adjust_given : the same within the levels of a condition.
front_doors : through what carries the effect.

References
----------
[Pearl2009]_ Section 3.3; [Shpitser2010]_ and [Perkovic2018]_ for the sets.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.derive.worksheet import Worksheet
from symcausal.errors import VerificationError
from symcausal.expr.nodes import Events, Prob
from symcausal.expr.path import NodePath
from symcausal.graph.adjustment import AdjustmentSet, adjustment_sets, is_adjustment_set
from symcausal.graph.front_door import FrontDoorSet, front_door_sets
from symcausal.graph.graph import Graph
from symcausal.identify.moves import reshape
from symcausal.identify.places import prob_at, split, sum_in
from symcausal.rules.adjustment import adjusted, adjustment
from symcausal.rules.intervention import do_calculus_2, do_calculus_3
from symcausal.rules.probability import product_rule, total_probability

MOST_SETS = 40


def adjust(sheet: Worksheet, path: NodePath, chosen: Sequence[str] | None = None) -> bool:
    """Rewrite an effect by averaging over confounders: the chosen ones, or as few as possible."""
    part = prob_at(sheet, path)
    if not part.do or part.given or set(part.outcome.variables) & set(part.do.variables):
        return False
    best = _best_set(sheet.context.graph, part, chosen)
    return best is not None and sheet.use(
        adjustment, path, adjusted(part.outcome, part.do, best).after
    )


def adjust_given(sheet: Worksheet, path: NodePath) -> bool:
    """Rewrite an effect with conditions: ``P(y | do(x), z) = sum_w P(y | x, z, w) P(w | z)``."""
    part, graph = prob_at(sheet, path), sheet.context.graph
    if not part.do or set(part.given.variables) & set(graph.descendants(part.do.variables)):
        return False
    best = _best_set(graph, part)
    if best is None:
        return False
    with sheet.line(adjustment):
        place = sum_in(sheet, path, [n for n in best if n not in part.given.variables])
        added = prob_at(sheet, place).outcome - part.outcome
        if added:
            weights, place = split(sheet, place, part.outcome)
            if not reshape(sheet, weights, part.given, Events()):
                raise VerificationError("the weights of an adjustment depend on the treatment")
        if not reshape(sheet, place, part.given | added_letters(sheet, place, part), Events()):
            raise VerificationError("an adjustment set does not close the back doors")
    return True


def added_letters(sheet: Worksheet, path: NodePath, part: Prob) -> Events:
    """Return the letters conditioned on or set at a place that are no conditions of ``part``."""
    now = prob_at(sheet, path)
    return (now.given | now.do) - part.given


def front_doors(sheet: Worksheet, paths: Sequence[NodePath]) -> bool:
    """Rewrite an effect as a sum over the variables that carry all of it.

    All places take the same steps side by side, so that a difference of two effects is as short to
    read as one of them.
    """
    sets = {path: found for path in paths if (found := _front_door_set(sheet, path))}
    places = dict[NodePath, NodePath]()
    with sheet.line(total_probability):
        for path, names in sets.items():
            places[path] = sum_in(sheet, path, names)
    with sheet.line(product_rule):
        for path, place in places.items():
            carried = Events(prob_at(sheet, place).outcome.of(sets[path]))
            outcome = prob_at(sheet, place).outcome - carried
            _, places[path] = split(sheet, place, outcome)
    wanted = {place: prob_at(sheet, place) for place in places.values()}
    for rule, kept in ((do_calculus_2, True), (do_calculus_3, False)):
        with sheet.line(rule):
            for place, part in wanted.items():
                do = part.given | part.do if kept else part.given
                if not reshape(sheet, place, Events(), do):
                    raise VerificationError("a front-door set does not carry the whole effect")
    return bool(sets)


def _front_door_set(sheet: Worksheet, path: NodePath) -> tuple[str, ...]:
    part, graph = prob_at(sheet, path), sheet.context.graph
    ends = {*part.outcome.variables, *part.do.variables}
    if not part.do or part.given or len(ends) < len(part.outcome) + len(part.do):
        return ()
    found = front_door_sets(
        graph, part.do.variables, part.outcome.variables, kind="minimum", most=1
    )
    return next((s.variables for s in found if isinstance(s, FrontDoorSet)), ())


def _best_set(
    graph: Graph, part: Prob, chosen: Sequence[str] | None = None
) -> tuple[str, ...] | None:
    treatment, outcome = part.do.variables, part.outcome.variables
    if chosen is not None:
        return _needed(graph, treatment, outcome, chosen)
    order = graph.topological()
    found = adjustment_sets(graph, treatment, outcome, forced=part.given.variables, most=MOST_SETS)
    sets = [s.variables for s in found if isinstance(s, AdjustmentSet) and s.back_door]
    return min(
        sets, key=lambda names: (len(names), sorted(-order.index(n) for n in names)), default=None
    )


def _needed(
    graph: Graph, treatment: Sequence[str], outcome: Sequence[str], chosen: Sequence[str]
) -> tuple[str, ...] | None:
    """Return the part of a chosen set that makes a difference; None if the set does not adjust."""
    if not is_adjustment_set(graph, treatment, outcome, chosen):
        return None
    others = [name for name in graph.nodes if name not in (*chosen, *treatment, *outcome)]
    found = adjustment_sets(graph, treatment, outcome, forbidden=others, most=MOST_SETS)
    sets = [s.variables for s in found if isinstance(s, AdjustmentSet) and s.back_door]
    return max(sets, key=len, default=tuple(chosen))
