"""Rules that read independence off the arrows.

Main definitions
----------------
conditional_independence : drop conditions that a separating set screens off.
markov_factorisation : a joint probability is the product of the tables.

References
----------
[Pearl2009]_ Section 1.2.3 for d-separation; [Koller2009]_ Section 3.2 for the factorisation.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.expr.build import prob, product
from symcausal.expr.nodes import Events, Expr, Prob
from symcausal.graph.separation import separated
from symcausal.rules.condition import Condition, Separated
from symcausal.rules.rule import Context, Rewrite, rule


@rule(
    name="conditional-independence",
    title="conditional independence",
    statement=r"P(y \mid z, w) = P(y \mid w)",
    condition=r"(Y \perp Z \mid W)",
    source="Pearl2009",
)
def conditional_independence(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Drop conditions that tell nothing more.

    They are dropped one by one, or as many as possible at once.
    """
    match expr:
        case Prob(outcome, given, Events(())) | Prob(outcome, given, ()) if given:
            for dropped in droppable(outcome, given, Events(), context):
                kept = given - dropped
                condition = Separated(outcome.variables, dropped.variables, kept.variables)
                yield Rewrite(prob(outcome, kept), (condition,))


def droppable(outcome: Events, given: Events, do: Events, context: Context) -> Iterator[Events]:
    """Yield the parts of a condition that may be screened off: every single event, then the largest part.

    The largest part is found greedily; separation obeys the graphoid axioms, so the order in which
    events are dropped does not change what remains ([Pearl2009]_ Section 1.1.5).
    """
    fixed = {*outcome.variables, *do.variables}
    single = [e for e in given if e.variable not in fixed]
    for event in single:
        yield Events((event,))
    kept = given
    for event in single:
        rest = kept - (event,)
        if event.variable in rest.variables:
            continue
        seen = tuple(v for v in (*rest.variables, *do.variables) if v != event.variable)
        if separated(
            context.graph, outcome.variables, (event.variable,), seen, cut_into=do.variables
        ):
            kept = rest
    if len(given) - len(kept) > 1:
        yield given - kept


@rule(
    name="markov-factorisation",
    title="Markov factorisation",
    statement=r"P(x_1, \ldots, x_n) = \prod_i P(x_i \mid \mathrm{pa}_i)",
    condition=r"(X_i \perp X_1, \ldots, X_{i-1} \mid \mathrm{PA}_i)",
    source="Koller2009",
)
def markov_factorisation(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Write a joint probability as the product of each variable given its parents."""
    match expr:
        case Prob(outcome, given, do) if not do:
            present = outcome | given
            if len(present) != len(present.variables):
                return
            requires = list[Condition]()
            factors = list[Expr]()
            earlier = given.variables
            for name in context.graph.topological(outcome.variables):
                parents = context.graph.parents(name)
                if not set(parents) <= set(earlier):
                    return
                others = tuple(v for v in earlier if v not in parents)
                if others:
                    requires.append(Separated((name,), others, parents))
                factors.append(prob(present.of((name,)), present.of(parents)))
                earlier = (*earlier, name)
            if len(factors) > 1:
                yield Rewrite(product(factors), tuple(requires))
