"""The adjustment formula: average over variables that close every back door.

References
----------
[Pearl2009]_ Section 3.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.expr.build import prob, product, total
from symcausal.expr.nodes import Event, Events, Expr, Letter, Prob
from symcausal.expr.scope import fresh
from symcausal.hints import TYPE_CHECKING
from symcausal.rules.condition import Condition, Positive, Separated
from symcausal.rules.rule import Context, Rewrite, rule

if TYPE_CHECKING:
    from symcausal.graph.adjustment import AdjustmentSet

MOST_SETS = 40


@rule(
    name="adjustment",
    title="back-door adjustment",
    statement=r"P(y \mid do(x)) = \sum_{z} P(y \mid x, z) \, P(z)",
    condition=r"(Y \perp X \mid Z)_{G_{\underline{X}}},\; (Z \perp X)_{G_{\overline{X}}}",
    source="Pearl2009",
)
def adjustment(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Average over a set of variables that closes every back door.

    It is proposed for every minimal such set.
    """
    match expr:
        case Prob(outcome, given, do) if do and not given:
            if set(outcome.variables) & set(do.variables):
                return
            for found in _back_door_sets(outcome, do, context):
                yield adjusted(outcome, do, found.variables)


def _back_door_sets(outcome: Events, do: Events, context: Context) -> Iterator[AdjustmentSet]:
    from symcausal.graph.adjustment import (  # where sets are looked for
        AdjustmentSet,
        adjustment_sets,
    )

    observed = not {*do.variables, *outcome.variables} & context.graph.hidden
    for found in (
        adjustment_sets(context.graph, do.variables, outcome.variables, most=MOST_SETS)
        if observed
        else ()
    ):
        if isinstance(found, AdjustmentSet) and found.back_door:
            yield found


def adjusted(outcome: Events, do: Events, names: tuple[str, ...]) -> Rewrite:
    """The adjustment formula for a set of variables, with the two separations that it needs."""
    taken = {*outcome.letters, *do.letters}
    over = Events(Event(name, Letter(fresh(name, taken))) for name in names)
    formula = total(over, product((prob(outcome, do | over), prob(over))))
    closed = Separated(outcome.variables, do.variables, over.variables, (), do.variables)
    requires: list[Condition] = [closed]
    if over:
        requires.append(Separated(over.variables, do.variables, (), do.variables))
    return Rewrite(formula, (*requires, Positive(do | over)))
