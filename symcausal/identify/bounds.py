"""What the data still say about an effect that is not identifiable.

Main definitions
----------------
Bounds, natural_bounds : the interval that holds in every model of every graph.

References
----------
[Manski1990]_ for the bounds; [Pearl2009]_ Section 8.2 for tighter ones with an instrument.
"""

from __future__ import annotations

from dataclasses import dataclass

from symcausal.expr.build import ONE, prob
from symcausal.expr.nodes import Add, Expr, Minus, Prob
from symcausal.graph.graph import Graph
from symcausal.graph.projection import latent_projection
from symcausal.identify.verdict import relevant


@dataclass(frozen=True, slots=True)
class Bounds:
    """``lower <= query <= upper`` in every model with the same data.

    Attributes
    ----------
    lower, upper : Expr
        Formulas over the joint distribution of what is observed.
    sharp : bool
        Whether nothing narrower is true for all such models. If false, that is not known: other
        observed causes of the outcome may narrow the interval.
    """

    lower: Expr
    upper: Expr
    sharp: bool


def natural_bounds(query: Prob, graph: Graph) -> Bounds | None:
    """``P(y, x) <= P(y | do(x)) <= P(y, x) + 1 - P(x)``; None for a query with conditions.

    Those who have ``x`` anyway behave under ``do(x)`` as they do; of the others nothing is known.
    Treatments that cannot reach the outcome are left out.
    """
    if query.given or not query.do or set(query.outcome.variables) & set(query.do.variables):
        return None
    if len(query.outcome | query.do) != len((query.outcome | query.do).variables):
        return None
    projected = latent_projection(graph)
    outcome, do = (projected.mask(e.variables) for e in (query.outcome, query.do))
    acting = relevant(projected, outcome, do)
    needed = projected.names(do & projected.parents_mask(acting))
    treated = query.do.of(needed)
    if not treated:
        return None
    together = prob(query.outcome | treated)
    upper = Minus(Add((together, ONE)), prob(treated))
    ends = projected.mask((*query.outcome.variables, *needed))
    return Bounds(together, upper, not projected.ancestors_mask(ends) & ~ends)
