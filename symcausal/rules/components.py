"""The c-component factorisation of the law of an ancestral set under intervention.

References
----------
[TianPearl2002]_ Lemma 1; [ShpitserPearl2006]_ Figure 3, line 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from symcausal.expr.build import prob, product
from symcausal.expr.nodes import Expr, Prob
from symcausal.graph.graph import Graph, closure
from symcausal.graph.projection import latent_projection
from symcausal.rules.rule import Context, Rewrite, rule


@rule(
    name="c-component-factorisation",
    title="c-component factorisation",
    statement=r"P(d \mid do(x)) = \prod_{i} P(c_i \mid do(\mathrm{pa}_{C_i}))",
    condition=r"\mathrm{Pa}(D) \subseteq D \cup X,\; C_i \text{ the c-components of } G[D]",
    source="TianPearl2002",
)
def c_component_factorisation(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Write the distribution of a set under intervention as a product over its c-components.

    Every cause of the set is in it or is set.

    A variable with hidden causes stays together with those that share them; everything else that
    acts on such a component is set.
    """
    graph = projected(context.graph)
    match expr:
        case Prob(outcome, (), do) if len(outcome) > 1:
            present = outcome | do
            if len(outcome) + len(do) != len(present.variables):
                return
            if set(present.variables) & context.graph.hidden:
                return
            inside, fixed = graph.mask(outcome.variables), graph.mask(do.variables)
            if graph.parents_mask(inside) & ~(inside | fixed):
                return
            factors = []
            for component in held_together(graph, inside):
                around = graph.parents_mask(component) & ~component
                factors.append(
                    prob(present.of(graph.names(component)), (), present.of(graph.names(around)))
                )
            yield Rewrite(product(factors))


def held_together(graph: Graph, inside: int) -> Iterator[int]:
    """Yield the c-components of a part of a graph as masks, causes first."""
    left = inside
    for i in graph.order:
        if left >> i & 1:
            component = closure(1 << i, graph.sibling_masks, inside)
            left &= ~component
            yield component


@lru_cache(maxsize=32)
def projected(graph: Graph) -> Graph:
    """Return the latent projection of a graph; it is kept for the next time."""
    return latent_projection(graph)
