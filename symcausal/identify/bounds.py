"""What the data still say about an effect that is not identifiable.

Those who have ``x`` anyway behave under ``do(x)`` as they do; of the others nothing is known. So the
effect lies between what it is if none of the others shows the outcome and what it is if all do.

Main definitions
----------------
Bounds, natural_bounds : the interval that holds in every model with the same data.

References
----------
[Manski1990]_ for the bounds; [Pearl2009]_ Section 8.2 for what an instrument adds.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.expr.build import ONE, add, prob, quotient
from symcausal.expr.nodes import Events, Expr, Minus, Prob, free_events
from symcausal.graph.graph import Graph, bits
from symcausal.graph.projection import latent_projection
from symcausal.graph.separation import separated
from symcausal.identify.question import Input, hiding, observational
from symcausal.identify.verdict import relevant
from symcausal.record import record


@record
class Bounds:
    """Two formulas over data between which a query lies in every model with the same data.

    Attributes
    ----------
    lower, upper : Expr
        Formulas over what is known.
    sharp : bool
        Whether nothing narrower is true for all such models, the hidden causes being of any kind. If
        false, that is not known.
    every : tuple of str
        Variables that the formulas mention and the query doesn't: the bounds hold for each of their
        values.
    narrower : Bounds or None
        Bounds that are at least as narrow, where a variable is known to be independent of the outcome
        once the treatment is set.
    """

    lower: Expr
    upper: Expr
    sharp: bool = False
    every: tuple[str, ...] = ()
    narrower: Bounds | None = None


def natural_bounds(
    query: Prob, graph: Graph, inputs: Sequence[Input] | None = None
) -> Bounds | None:
    """Return the natural bounds: ``P(y, x) <= P(y | do(x)) <= P(y, x) + 1 - P(x)``, and the like.

    Treatments that cannot reach the outcome are left out. Conditions that the treatment cannot reach
    stay conditions; with others the interval is the same one for both parts of the ratio.

    Parameters
    ----------
    query : Prob
        ``P(y | do(x), w)``.
    graph : Graph
        As declared, with bidirected edges and hidden variables.
    inputs : sequence of Input, optional
        What is known; an experiment that sets a part of the treatments will do too.

    Returns
    -------
    Bounds or None
        None if no input speaks of all that is asked.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> found = natural_bounds(read("P(Y=1 | do(X=1))"), Graph("XY", ["XY"], ["XY"]))
    >>> found.lower == read("P(Y=1, X=1)")
    True
    """
    given = query.given - query.do
    sides = (query.outcome, given, query.do)
    if any(len(s) != len(s.variables) for s in sides) or not query.do:
        return None
    if len({v for s in sides for v in s.variables}) != sum(map(len, sides)):
        return None
    asked = Prob(query.outcome, given, query.do)
    known = tuple(inputs) if inputs else (observational(graph),)
    for one in sorted(known, key=lambda one: len(one.done)):  # plain data first
        found = _from(one, asked, graph)
        if found is not None:
            return found if len(known) == 1 else Bounds(found.lower, found.upper)
    return None


def _from(one: Input, query: Prob, graph: Graph) -> Bounds | None:
    if not set(one.done) <= set(query.do.variables):
        return None
    done = query.do.of(one.done)
    named = (*one.observed, *one.done)
    seen = latent_projection(hiding(graph, (n for n in graph.nodes if n not in named)))
    if not set(query.do.variables) | set(query.given.variables) <= set(seen.nodes):
        return None
    if not set((query.outcome | query.given).variables) <= set(one.observed):
        return None
    world = seen.cut(into=done.variables)
    asked, do = (seen.mask(e.variables) for e in (query.outcome | query.given, query.do))
    acting = world.parents_mask(relevant(world, asked, do))
    treated = query.do.of(world.names(do & acting)).without(done.variables)
    if not treated:
        return None
    below = world.descendants(treated.variables)
    late, early = query.given.of(below), query.given.without(below)
    plain = _interval(query.outcome, treated, late, early, done)
    if late:
        return Bounds(*plain)
    helpers = _helpers(world, one, query, treated.variables)
    if not helpers:
        return Bounds(*plain, sharp=_is_sharp(world, query, treated.variables))
    more = _interval(query.outcome, treated, late, early | free_events(helpers), done)
    return Bounds(*plain, narrower=Bounds(*more, every=helpers))


def _interval(
    outcome: Events, treated: Events, late: Events, early: Events, done: Events
) -> tuple[Expr, Expr]:
    """Count the others as without the outcome, and as with it."""
    both = prob(outcome | late | treated, early, done)
    with_others = Minus(add((both, ONE)), prob(treated, early, done))
    if not late:
        return both, with_others
    conditions = Minus(add((prob(late | treated, early, done), ONE)), prob(treated, early, done))
    return quotient(both, conditions), quotient(with_others, conditions)


def _helpers(world: Graph, one: Input, query: Prob, treated: tuple[str, ...]) -> tuple[str, ...]:
    """Recorded variables that tell nothing of the outcome once the treatment is set.

    They tell something of the treatment or of the outcome as long as it is not.
    """
    outcome, given = query.outcome.variables, query.given.variables
    late = world.descendants(treated)
    fixed = (*treated, *one.done)
    chosen: tuple[str, ...] = ()
    for name in world.nodes:
        if name in late or name in (*outcome, *given, *fixed):
            continue
        if separated(
            world, outcome, (*chosen, name), (*fixed, *given), cut_into=fixed
        ) and not separated(world, (name,), (*treated, *outcome), (*chosen, *given, *one.done)):
            chosen = (*chosen, name)
    return chosen


def _is_sharp(world: Graph, query: Prob, treated: tuple[str, ...]) -> bool:
    """Whether the outcome can know who has another treatment anyway, and do anything then.

    It can if each treatment acts on it, and all that leads to the treatments shares a hidden cause
    with it, while nothing else acts on it. Then each hidden cause may hold the noise of its variable,
    so that the outcome knows them all. That these noises have to be independent is no loss if no
    other hidden causes join the variables, or if each pair is joined by an arrow.
    """
    if len(query.outcome) != 1 or query.given:
        return False
    (outcome,) = query.outcome.variables
    end = world.mask((outcome,))
    before = world.ancestors_mask(world.mask(treated))
    if before & end or world.ancestors_mask(end) & ~(before | end):
        return False
    if not set(treated) <= set(world.parents(outcome)):
        return False
    siblings = [world.sibling_masks[i] for i in bits(before)]
    if not all(mask & end and not mask & ~(before | end) for mask in siblings):
        return False
    return not any(mask & before for mask in siblings) or all(
        (world.parent_masks[i] | world.child_masks[i]) & before == before & ~(1 << i)
        for i in bits(before)
    )
