"""Rules for ``do``: truncated factorisation and the three rules of do-calculus.

Notation
--------
An overline cuts the arrows into a set, an underline those out of it. ``Z(W)`` are the members of
``Z`` that are no ancestors of ``W`` once the arrows into ``X`` are cut.

References
----------
[Pearl2009]_ Section 3.4 for the calculus; [Robins1986]_ for the truncated product.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.expr.build import prob, product, total
from symcausal.expr.nodes import Event, Events, Expr, Letter, Prob
from symcausal.expr.scope import fresh
from symcausal.rules.choices import splits
from symcausal.rules.condition import Condition, Positive, Separated
from symcausal.rules.independence import droppable
from symcausal.rules.rule import Context, Rewrite, rule


@rule(
    name="truncated-factorisation",
    title="truncated factorisation",
    statement=r"P(v \mid do(x)) = \prod_{i : V_i \notin X} P(v_i \mid \mathrm{pa}_i)",
    source="Pearl2009",
)
def truncated_factorisation(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Drop the tables of the variables that are set, and sum the others out.

    Proposed twice: over all variables, and over those alone that can matter to the outcome. Hidden
    causes may be anywhere but behind what is asked and set: what stands above these is a model of
    its own.
    """
    graph = context.graph
    match expr:
        case Prob(outcome, given, do) if do and not given:
            if len(outcome | do) != len((outcome | do).variables):
                return
            above = graph.ancestors((outcome | do).variables)
            if any(graph.sibling_masks[graph.index(name)] for name in above):
                return
            cut = graph.cut(into=do.variables)
            everything = graph.topological()
            if graph.bidirected:
                everything = graph.topological(above)
            relevant = cut.topological(cut.ancestors(outcome.variables))
            for names in dict.fromkeys((everything, relevant)):
                yield _truncated(outcome, do, names, context)


def _truncated(outcome: Events, do: Events, names: tuple[str, ...], context: Context) -> Rewrite:
    graph = context.graph
    present = outcome | do
    taken = set(present.letters)
    over = list[Event]()
    for name in names:
        if name not in present.variables:
            letter = fresh(name, taken)
            taken.add(letter)
            over.append(Event(name, Letter(letter)))
    present = present | over
    factors = list[Expr]()
    requires = list[Condition]()
    for name in names:
        if name in do.variables:
            continue
        parents = present.of(graph.parents(name))
        factors.append(prob(present.of((name,)), parents))
        if parents.of(do.variables):
            requires.append(Positive(parents))
    return Rewrite(total(over, product(factors)), tuple(requires))


@rule(
    name="do-calculus.1",
    title="rule 1 of do-calculus",
    statement=r"P(y \mid do(x), z, w) = P(y \mid do(x), w)",
    condition=r"(Y \perp Z \mid X, W)_{G_{\overline{X}}}",
    source="Pearl2009",
)
def do_calculus_1(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Drop observations that tell nothing more under the action."""
    match expr:
        case Prob(outcome, given, do) if do and given:
            for dropped in droppable(outcome, given, do, context):
                kept = given - dropped
                seen = (*do.variables, *kept.variables)
                condition = Separated(outcome.variables, dropped.variables, seen, do.variables)
                yield Rewrite(prob(outcome, kept, do), (condition,))


@rule(
    name="do-calculus.2",
    title="rule 2 of do-calculus",
    statement=r"P(y \mid do(x), do(z), w) = P(y \mid do(x), z, w)",
    condition=r"(Y \perp Z \mid X, W)_{G_{\overline{X}\underline{Z}}}",
    source="Pearl2009",
)
def do_calculus_2(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """See what was set, or set what was seen, once every back door is closed."""
    match expr:
        case Prob(outcome, given, do) if do:
            if {*outcome.variables, *given.variables} & set(do.variables):
                return
            for seen, kept in splits(do):
                condition = Separated(
                    outcome.variables,
                    seen.variables,
                    (*kept.variables, *given.variables),
                    kept.variables,
                    seen.variables,
                )
                positive = Positive(given | seen, kept)
                yield Rewrite(prob(outcome, given | seen, kept), (condition, positive))


@rule(
    name="do-calculus.3",
    title="rule 3 of do-calculus",
    statement=r"P(y \mid do(x), do(z), w) = P(y \mid do(x), w)",
    condition=r"(Y \perp Z \mid X, W)_{G_{\overline{X}\,\overline{Z(W)}}}",
    source="Pearl2009",
)
def do_calculus_3(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Drop an action that has no way to reach the outcome."""
    match expr:
        case Prob(outcome, given, do) if do:
            if {*outcome.variables, *given.variables} & set(do.variables):
                return
            for dropped, kept in splits(do):
                cut = context.graph.cut(into=kept.variables)
                above = cut.ancestors(given.variables)
                no_ancestors = tuple(v for v in dropped.variables if v not in above)
                condition = Separated(
                    outcome.variables,
                    dropped.variables,
                    (*kept.variables, *given.variables),
                    (*kept.variables, *no_ancestors),
                )
                yield Rewrite(prob(outcome, given, kept), (condition,))
