"""Rules for a variable that never falls as some of its causes rise.

A model declares it: ``monotone X -> Y``. No data show it, since nobody is seen under two values of X.

References
----------
[Pearl2009]_ Section 9.2.3 for monotonicity; [TianPearl2000]_ for what it identifies.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from symcausal.expr.build import ZERO
from symcausal.expr.nodes import Copy, CopyEvent, CopyEvents, Counterfactual, Expr, Minus, State
from symcausal.graph.graph import Graph
from symcausal.rules.components import projected
from symcausal.rules.condition import Condition, Rises
from symcausal.rules.contradicting_worlds import Alike, CopyOrValue
from symcausal.rules.rule import Context, Rewrite, rule
from symcausal.rules.worlds import names_hidden


@rule(
    name="monotonicity",
    title="monotonicity",
    statement=r"P(Y_{x} = y, Y_{x'} = y') = P(Y_{x} = y) - P(Y_{x'} = y)",
    condition=r"x > x', \ y > y', \ Y \text{ has two states and does not fall as } X \text{ rises}",
    source="TianPearl2000",
)
def monotonicity(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Use that a copy under a higher cause is at least what it is under a lower one.

    What would be lower has probability zero. What would be higher, with two states, is what is high
    under the higher cause less what is high under the lower one already.
    """
    match expr:
        case Counterfactual(outcome, given) if not given and len(outcome) > 1:
            graph = projected(context.graph)
            if not graph.monotone or names_hidden(outcome, context.graph):
                return
            for low, high in permutations(outcome, 2):
                rest = CopyEvents(event for event in outcome if event not in (low, high))
                requires = _order(low.copy, high.copy, rest, graph)
                if requires:
                    for after in _ordered(low, high, rest, graph):
                        yield Rewrite(after, requires)


def _ordered(low: CopyEvent, high: CopyEvent, rest: CopyEvents, graph: Graph) -> Iterator[Expr]:
    """What the law of two copies is, of which the first is at most the second."""
    name = low.copy.variable
    order = next(states for (_, effect), (_, states) in graph.monotone.items() if effect == name)
    values = low.value, high.value
    if not all(isinstance(value, State) and value.name in order for value in values):
        return
    below, above = (order.index(value.name) for value in values)
    if below > above:
        yield ZERO
    elif len(order) == 2:
        if below == above:  # who is high under the lower cause is under the higher one
            yield Counterfactual(rest | [low if below else high])
            return
        up = CopyEvent(low.copy, high.value)
        yield Minus(Counterfactual(rest | [high]), Counterfactual(rest | [up]))
        down = CopyEvent(high.copy, low.value)
        yield Minus(Counterfactual(rest | [low]), Counterfactual(rest | [down]))


def _order(low: Copy, high: Copy, rest: CopyEvents, graph: Graph) -> tuple[Condition, ...]:
    """Why one copy is at most another where the rest happens; nothing if that cannot be said."""
    if low.variable != high.variable:
        return ()
    alike = Alike(graph)
    below, above = alike.settled(low), alike.settled(high)
    for event in rest:
        alike.equate(event.copy.variable, alike.settled(event.copy), event.value)
    alike.close()
    if not isinstance(below, Copy) or not isinstance(above, Copy):
        return ()
    found = list[Condition]()
    sides = zip(alike.causes(below), alike.causes(above), strict=True)
    for cause, (one, other) in zip(graph.parents(low.variable), sides, strict=True):
        if one == other:
            continue
        if not _is_below(one, other, graph, (cause, low.variable)):
            return ()
        found.append(Rises(cause, low.variable))
    return tuple(found)


def _is_below(one: CopyOrValue, other: CopyOrValue, graph: Graph, arrow: tuple[str, str]) -> bool:
    """Whether one state of a cause is below another along a monotone arrow."""
    if arrow not in graph.monotone or not isinstance(one, State) or not isinstance(other, State):
        return False
    order, _ = graph.monotone[arrow]
    if one.name not in order or other.name not in order:
        return False
    return order.index(one.name) < order.index(other.name)
