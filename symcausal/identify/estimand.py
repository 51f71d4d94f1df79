"""An estimand straight from the graph, without a derivation and without shortening.

This is the plain algorithm on bit masks, for graphs of many variables and for questions asked many
times. What users are shown comes from ``symcausal.identify.identification``, which derives, shortens
and verifies; both are held against each other in the tests.

Main definitions
----------------
estimand : the formula, or the hedge.

References
----------
[TianPearl2002]_ Section 4, [ShpitserPearl2006]_ and [ShpitserPearl2006b]_.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symcausal.expr.build import product, total
from symcausal.expr.nodes import Event, Events, Expr, Letter, Prob, Quotient, State
from symcausal.expr.scope import fresh
from symcausal.graph.graph import Graph, bits
from symcausal.graph.projection import latent_projection
from symcausal.identify.components import c_component, c_components
from symcausal.identify.question import Hedge
from symcausal.identify.verdict import Level, descend, observed_instead, relevant

_FIRST = "0"


def estimand(
    graph: Graph,
    outcome: Iterable[str],
    do: Iterable[str],
    given: Iterable[str] = (),
    *,
    states: Mapping[str, tuple[str, ...]] | None = None,
) -> Expr | Hedge:
    """Return a formula for ``P(outcome | do, given)`` over the joint distribution of what is observed.

    Parameters
    ----------
    graph : Graph
        The graph, with hidden variables and bidirected edges.
    outcome, do, given : iterable of str
        Disjoint sets of observed variables; the formula has their free values.
    states : mapping of str to tuple of str, optional
        A variable that may have any value is set to the first of its states, or to ``0``.

    Returns
    -------
    Expr or Hedge
        The formula; the hedge if there is none.
    """
    graph = latent_projection(graph)
    y, x, z = (graph.mask(names) for names in (outcome, do, given))
    moved = observed_instead(graph, y, x, z) if z else 0
    x, z = x | moved, z & ~moved
    values = {
        graph.nodes[i]: Event(graph.nodes[i], Letter(graph.nodes[i])) for i in bits(x | y | z)
    }
    builder = _LawBuilder(graph, states or {})
    joint = builder.joint(y | z, x, values)
    if isinstance(joint, Hedge) or not z:
        return joint
    over, inside = builder.bound(graph.names(y), values)
    below = builder.joint(y | z, x, inside)
    assert not isinstance(below, Hedge)
    return Quotient(joint, total(over, below))


class _LawBuilder:
    """Formulas for laws under intervention in one graph."""

    __slots__ = ("above", "before", "graph", "outer", "pillows", "states")

    def __init__(self, graph: Graph, states: Mapping[str, tuple[str, ...]]) -> None:
        self.graph = graph
        self.states = states
        self.pillows: dict[Level, list[tuple[int, int, tuple[str, ...]]]] = {}
        self.outer: dict[int, tuple[str, ...]] = {}
        self.before = [0] * len(graph.nodes)  # of each variable, what comes before it, and itself
        self.above = [0] * len(graph.nodes)  # its ancestors, and itself
        passed = 0
        for i in graph.order:
            passed |= 1 << i
            self.before[i] = passed
            ancestors, parents = 1 << i, graph.parent_masks[i]
            while parents:
                low = parents & -parents
                ancestors |= self.above[low.bit_length() - 1]
                parents ^= low
            self.above[i] = ancestors

    def joint(self, outcome: int, do: int, values: dict[str, Event]) -> Expr | Hedge:
        """``P(outcome | do)`` at given values."""
        graph = self.graph
        acting = relevant(graph, outcome, do)
        everything = (1 << len(graph.nodes)) - 1
        ways = []
        for component in c_components(graph, acting):  # all verdicts before the first formula
            ancestors = 0
            for i in bits(component):
                ancestors |= self.above[i]
            way = descend(graph, component, everything, ancestors)
            if way.stuck:
                treated = graph.names(way.stuck & do)
                return Hedge(graph.names(way.stuck), graph.names(component), treated)
            ways.append(way.levels)
        over, values = self.bound(graph.names(acting & ~outcome), values)
        return total(over, product([self.law(levels, values) for levels in ways]))

    def law(self, levels: tuple[Level, ...], values: dict[str, Event]) -> Expr:
        """``Q[C]`` for the last component of a way down."""
        graph = self.graph
        level, above = levels[-1], levels[:-1]
        for name in self.outside(level.within):
            if name not in values:
                values = {**values, name: Event(name, State(self.states.get(name, (_FIRST,))[0]))}
        factors: list[Expr] = []
        for i, pillow, names in self.conditions(level):
            if above:
                top = self.marginal(above, level.within, pillow | 1 << i, values)
                bottom = self.marginal(above, level.within, pillow, values) if pillow else None
                factors.append(top if bottom is None else Quotient(top, bottom))
            else:
                seen = Events.in_order([values[name] for name in names])
                factors.append(Prob(Events.in_order([values[graph.nodes[i]]]), seen))
        return product(factors)

    def outside(self, within: int) -> tuple[str, ...]:
        """The parents of a set that are not in it: the law of the set depends on their values."""
        known = self.outer.get(within)
        if known is None:
            known = self.graph.names(self.graph.parents_mask(within) & ~within)
            self.outer[within] = known
        return known

    def conditions(self, level: Level) -> list[tuple[int, int, tuple[str, ...]]]:
        """Of each variable of a component, in causal order, what its law depends on, and its names.

        These are the earlier members of its c-component, and the parents of all of them.
        """
        known = self.pillows.get(level)
        if known is None:
            graph, known = self.graph, []
            for i in sorted(bits(level.component), key=self.before.__getitem__):
                around = c_component(graph, 1 << i, level.component & self.before[i])
                pillow = (around | graph.parents_mask(around)) & level.within & ~(1 << i)
                known.append((i, pillow, tuple(sorted(graph.names(pillow)))))
            self.pillows[level] = known
        return known

    def marginal(
        self, levels: tuple[Level, ...], within: int, kept: int, values: dict[str, Event]
    ) -> Expr:
        """The law of a set summed down to some of its members."""
        over, values = self.bound(self.graph.names(within & ~kept), values)
        return total(over, self.law(levels, values))

    def bound(
        self, names: Iterable[str], values: dict[str, Event]
    ) -> tuple[Events, dict[str, Event]]:
        """An index over some variables, with letters that are not in use."""
        taken = {event.value.name for event in values.values() if isinstance(event.value, Letter)}
        new = {name: Event(name, Letter(fresh(name, taken))) for name in names}
        index = Events.in_order([new[name] for name in sorted(new)])
        return index, {**values, **new}
