"""C-components, and what can be made of them by summing variables out.

A c-component is a set of variables that bidirected edges join. What it contributes to the joint
distribution is a kernel: the distribution of the component if everything else were set. From the
kernel of a set one gets that of a smaller one by summing out variables without children in it, and
then that of each of its c-components. Sets whose kernel is found in this way are called intrinsic.

Main definitions
----------------
c_components : the c-components of a graph, or of part of it.
intrinsic_sets : all sets whose kernel can be found.
Stage, route : how a kernel is found.
markov_blankets : the kernel of a c-component as a product of conditional probabilities.

References
----------
[TianPearl2002b]_ for the kernels and what follows from them; [Richardson2023]_ for the word
"intrinsic".
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.errors import LimitError
from symcausal.graph.graph import Graph, bits, closure
from symcausal.record import record

MOST_SETS = 5000


@record
class Stage:
    """One step on the way to the kernel of a set.

    Attributes
    ----------
    whole : int
        What is left of the last component once variables below are summed out.
    component : int
        The c-component of this whole that goes on.
    """

    whole: int
    component: int


def c_components(graph: Graph, within: int = -1) -> tuple[int, ...]:
    """Return the c-components of a graph, or of its part over some variables, as masks.

    In the declaration order of their first members.
    """
    rest = (1 << len(graph.nodes)) - 1 & within
    found = []
    while rest:
        component = closure(rest & -rest, graph.sibling_masks, rest)
        found.append(component)
        rest &= ~component
    return tuple(found)


def component_of(graph: Graph, mask: int, within: int) -> int:
    """Return the variables that bidirected edges join to some others inside a part of the graph."""
    return closure(mask, graph.sibling_masks, within)


def intrinsic_sets(graph: Graph) -> list[int]:
    """Return all sets whose kernel can be found, as masks, larger sets before what they yield.

    Raises
    ------
    LimitError
        If there are more than :data:`MOST_SETS`.
    """
    found = dict.fromkeys(c_components(graph))
    waiting = list(found)
    for component in waiting:  # grows while it runs
        for i in bits(component):
            if graph.child_masks[i] & component:
                continue
            for smaller in c_components(graph, component & ~(1 << i)):
                if smaller not in found:
                    found[smaller] = None
                    waiting.append(smaller)
        if len(found) > MOST_SETS:
            raise LimitError(
                f"more than {MOST_SETS} sets of variables to look at",
                hint="ask about a part of the graph",
            )
    return list(found)


def route(graph: Graph, mask: int) -> tuple[Stage, ...]:
    """Return the shortest way to the kernel of an intrinsic set.

    Sum out all that is not above it, go on with its c-component, and so on.

    The last component is the set itself, if it is intrinsic.
    """
    inside = (1 << len(graph.nodes)) - 1
    stages: list[Stage] = []
    while True:
        whole = closure(mask, graph.parent_masks, inside)
        component = component_of(graph, mask, whole)
        if stages and component == stages[-1].component:
            return tuple(stages)
        stages.append(Stage(whole, component))
        inside = component


def markov_blankets(graph: Graph, whole: int, component: int) -> Iterator[tuple[int, int]]:
    """Yield the variables of a component, causes first, with what each is conditioned on.

    Parameters
    ----------
    graph : Graph
        The graph.
    whole : int
        A set that holds all its ancestors.
    component : int
        A c-component of it.

    Yields
    ------
    int, int
        A position, and the mask of the condition. The product of these conditional probabilities
        is the kernel of the component ([TianPearl2002b]_ Section 3).
    """
    before = 0
    for i in graph.order:
        if not whole >> i & 1:
            continue
        before |= 1 << i
        if component >> i & 1:
            joined = component_of(graph, 1 << i, before)
            yield i, (joined | graph.parents_mask(joined)) & ~(1 << i)
