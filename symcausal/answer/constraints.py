"""Constraints that hidden causes leave behind beyond independence.

The kernel of a set of variables, which is its distribution if all others were set, depends only on
the set and its parents. Where the kernel can be found from data, but only by a formula that mentions
further variables, these must not matter; and that is a constraint on the data which no conditional
independence expresses.

Main definitions
----------------
Constraint : a formula, and the variables on which it does not depend.
verma_constraints : those of a graph.
verified_constraints : those that can be verified in time.

References
----------
[VermaPearl1990]_ for the first of them; [TianPearl2002b]_ for finding them in c-components.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from symcausal.algebra.deadline import OutOfTime, within
from symcausal.errors import LimitError, VerificationError
from symcausal.expr.build import factors_of, product, quotient, total
from symcausal.expr.nodes import Expr, Prob, Sum, free_events
from symcausal.expr.scope import apart_from, free_letters
from symcausal.graph.components import Stage, intrinsic_sets, markov_blankets, route
from symcausal.graph.graph import Graph, bits
from symcausal.graph.projection import latent_projection
from symcausal.kernel.core.identity import identical, points
from symcausal.record import record

BUDGET = 5.0


@record
class Constraint:
    """A formula over observed variables that does not depend on some that it mentions.

    Attributes
    ----------
    formula : Expr
        The formula; it has a value where its conditions are possible.
    irrelevant : tuple of str
        The variables on which its value does not depend, in declaration order.
    effect : Prob
        What the formula is equal to: ``P(y | do(x))`` for a set and its parents.
    """

    formula: Expr
    irrelevant: tuple[str, ...]
    effect: Prob

    def __str__(self) -> str:
        from symcausal.writing.text import text

        return f"{text(self.formula)} does not depend on {', '.join(self.irrelevant)}"


def verma_constraints(graph: Graph, states: Mapping[str, tuple[str, ...]]) -> list[Constraint]:
    """Return the constraints of a graph with hidden causes that are no conditional independencies.

    One for each set of variables whose kernel can be found by no product of conditional
    probabilities, small sets first. A graph without hidden causes has none.

    Parameters
    ----------
    graph : Graph
        The graph; hidden variables are projected out.
    states : mapping of str to tuple of str
        The states of its variables, for verification: each formula is compared with the effect that
        it stands for in models with explicit hidden causes.

    Raises
    ------
    LimitError
        If there are too many sets to look at, or formulas that can't be verified in
        :data:`BUDGET` seconds.
    """
    found, too_large = verified_constraints(graph, states)
    if too_large:
        raise LimitError(
            f"constraints that take too long to verify: {too_large}",
            hint="ask about a part of the graph",
        )
    return found


def verified_constraints(
    graph: Graph, states: Mapping[str, tuple[str, ...]]
) -> tuple[list[Constraint], int]:
    """Return the constraints that could be verified in time, and how many could not."""
    stated = _stated(latent_projection(graph))
    found: list[Constraint] = []
    if not stated:
        return found, 0
    with within(BUDGET):
        try:
            at = points(graph, states)
        except LimitError:  # too large a model
            return found, len(stated)
        for one in stated:
            try:
                if not identical(one.formula, one.effect, at):
                    raise VerificationError(f"the formula of {', '.join(one.irrelevant)} is wrong")
            except OutOfTime:
                break
            except LimitError:  # too large a table
                continue
            found.append(one)
    return found, len(stated) - len(found)


def _stated(graph: Graph) -> list[Constraint]:
    """The constraints of a graph without hidden variables, not verified yet."""
    found: list[Constraint] = []
    for mask in intrinsic_sets(graph):
        stages = route(graph, mask)
        if len(stages) < 2:  # a product of conditional probabilities
            continue
        parents = graph.parents_mask(mask) & ~mask
        formula = _kernel(graph, stages)
        mentioned = graph.mask(free_letters(formula).values())
        irrelevant = graph.names(mentioned & ~(mask | parents))
        if irrelevant:
            effect = Prob(free_events(graph.names(mask)), do=free_events(graph.names(parents)))
            found.append(Constraint(formula, irrelevant, effect))
    found.sort(key=lambda one: (len(one.effect.outcome), _positions(graph, one)))
    return found


def _positions(graph: Graph, one: Constraint) -> tuple[int, ...]:
    return tuple(bits(graph.mask(one.effect.outcome.variables)))


def _kernel(graph: Graph, stages: Sequence[Stage]) -> Expr:
    """The kernel of the last component, over all that it takes to find it."""
    first, *rest = stages
    blankets = markov_blankets(graph, first.whole, first.component)
    kernel: Expr = product(
        Prob(free_events((graph.nodes[i],)), free_events(graph.names(given)))
        for i, given in blankets
    )
    before = first.component
    for stage in rest:
        kernel = _summed(graph, before & ~stage.whole, kernel)
        kernel = _component(graph, stage, kernel)
        before = stage.component
    return _merged(kernel)


def _component(graph: Graph, stage: Stage, kernel: Expr) -> Expr:
    """The kernel of a component from that of the whole: ratios of what comes before and after.

    In an order with causes first, ``Q[H] / Q[H without its last]`` is what the last member of ``H``
    contributes; neighbours that belong to the component share their ratio.
    """
    if stage.component == stage.whole:
        return kernel
    later, factors, run = stage.whole, list[Expr](), False
    below, taken = kernel, free_letters(kernel)
    order = _order(graph, stage)
    for position, i in enumerate(order):
        mine = bool(stage.component >> i & 1)
        if mine and not run:
            below = _summed(graph, later, kernel)
        later &= ~(1 << i)
        ends = position == len(order) - 1 or not stage.component >> order[position + 1] & 1
        if mine and ends:
            parts = (_merged(part) for part in (_summed(graph, later, kernel), below))
            factors.append(quotient(*(_apart(part, taken) for part in parts)))
        run = mine
    return product(factors)


def _apart(part: Expr, taken: Collection[str]) -> Expr:
    """A sum whose letters are not used beside it."""
    return Sum(*apart_from(part.over, part.body, taken)) if isinstance(part, Sum) else part


def _order(graph: Graph, stage: Stage) -> list[int]:
    """Causes first, members of the component as late and as close together as may be."""
    rest, order = stage.whole, list[int]()
    while rest:
        ready = [i for i in bits(rest) if not graph.parent_masks[i] & rest]
        last = order[-1] if order else -1
        member = last >= 0 and stage.component >> last & 1
        chosen = min(ready, key=lambda i: ((stage.component >> i & 1) != member, i))
        order.append(chosen)
        rest &= ~(1 << chosen)
    return order


def _summed(graph: Graph, mask: int, kernel: Expr) -> Expr:
    """Sum variables out; a distribution of one of them that nothing else mentions adds up to one."""
    names = list(graph.names(mask))
    if isinstance(kernel, Sum):
        names += kernel.over.variables
        kernel = kernel.body
    factors = list(factors_of(kernel))
    while barren := next(_barren(factors, names), None):
        factors.remove(barren)
        names.remove(barren.outcome.variables[0])
    if not names:
        return product(factors)
    return total(free_events(names), product(factors))


def _barren(factors: Sequence[Expr], names: Sequence[str]) -> Iterator[Prob]:
    for factor in factors:
        if not isinstance(factor, Prob):
            continue
        name = factor.outcome.variables[0]
        others = (other for other in factors if other is not factor)
        if name in names and not any(name in free_letters(other) for other in others):
            yield factor


def _merged(kernel: Expr) -> Expr:
    """Join ``P(a | c) P(b | a, c)`` to ``P(a, b | c)``, inside a sum too."""
    if isinstance(kernel, Sum):
        return Sum(kernel.over, _merged(kernel.body))
    factors = list[Expr]()
    for factor in factors_of(kernel):
        last = factors[-1] if factors else None
        if (
            isinstance(factor, Prob)
            and isinstance(last, Prob)
            and factor.given == last.outcome | last.given
        ):
            factors[-1] = Prob(last.outcome | factor.outcome, last.given)
        else:
            factors.append(factor)
    return product(factors)
