"""Whether a query is identifiable, decided on bit masks.

A law under intervention, ``P(c | do(everything else))`` written ``Q[C]``, is looked for by going down
from all variables: marginalise to the ancestors of ``C``, take the c-component around ``C``, and
again, until only ``C`` is left or nothing gets smaller. Then the last set and ``C`` are a hedge.

Main definitions
----------------
descend : the way down to one c-component, or the hedge that ends it.
observed_instead : which conditions may as well be set, as IDC asks.

References
----------
[TianPearl2002]_ for the way down; [ShpitserPearl2006]_ for completeness and [ShpitserPearl2006b]_ for
conditions; [HuangValtorta2006]_ for another proof.
"""

from __future__ import annotations

from typing import NamedTuple

from symcausal.graph.graph import Graph, bits, closure
from symcausal.graph.separation import separated
from symcausal.identify.components import c_component


class Level(NamedTuple):
    """A set whose law is known, and the next smaller one on the way to a target.

    Attributes
    ----------
    within : int
        The set whose law is known.
    ancestors : int
        The ancestors of the target inside it.
    component : int
        The c-component of those that holds the target: the next set whose law is known.
    """

    within: int
    ancestors: int
    component: int


class Descent(NamedTuple):
    """The way down from all variables of a distribution to a target.

    Attributes
    ----------
    levels : tuple of Level
        Largest first.
    stuck : int
        The set that gets no smaller although it is not the target; 0 if the target is reached.
    """

    levels: tuple[Level, ...]
    stuck: int


def descend(graph: Graph, target: int, within: int, ancestors: int = 0) -> Descent:
    """Return the way down from the law of ``within`` to that of ``target``, a c-component.

    The graph has no hidden variables; see :func:`~symcausal.graph.projection.latent_projection`. Who
    knows the ancestors of the target inside ``within`` may say so.
    """
    levels = []
    while True:
        ancestors = ancestors or closure(target, graph.parent_masks, within)
        component = c_component(graph, target, ancestors)
        levels.append(Level(within, ancestors, component))
        if component == target:
            return Descent(tuple(levels), 0)
        if component == within:
            return Descent(tuple(levels), within)
        within, ancestors = component, 0


def relevant(graph: Graph, outcome: int, do: int) -> int:
    """Return the variables that act on the outcome once the treatments are set, and the outcome."""
    return closure(outcome, graph.parent_masks, ~do)


def observed_instead(graph: Graph, outcome: int, do: int, given: int) -> int:
    """Return the conditions that may be set instead of seen, all of them together.

    Which is found first does not matter: the largest set is unique ([ShpitserPearl2006b]_).
    """
    moved = 0
    again = True
    while again:
        again = False
        for i in bits(given & ~moved):
            rest = given & ~moved & ~(1 << i)
            fixed = do | moved
            if separated(
                graph,
                graph.names(outcome),
                (graph.nodes[i],),
                graph.names(rest | fixed),
                cut_into=graph.names(fixed),
                cut_out_of=(graph.nodes[i],),
            ):
                moved |= 1 << i
                again = True
    return moved
