"""C-components: the parts of a graph that bidirected edges hold together.

Main definitions
----------------
c_component, c_components : on bit masks, within a subgraph.

References
----------
[TianPearl2002]_ Section 3.
"""

from __future__ import annotations

from symcausal.graph.graph import Graph, closure


def c_component(graph: Graph, start: int, within: int) -> int:
    """Return the variables that bidirected edges inside a set reach from some of them, as a mask."""
    return closure(start, graph.sibling_masks, within)


def c_components(graph: Graph, within: int) -> list[int]:
    """Return the c-components of a subgraph, in the order of their first variables.

    Examples
    --------
    >>> front_door = Graph("XMY", ["XM", "MY"], ["XY"])
    >>> [front_door.names(mask) for mask in c_components(front_door, 0b111)]
    [('X', 'Y'), ('M',)]
    """
    found = []
    siblings = graph.sibling_masks
    while within:
        component = within & -within
        if siblings[component.bit_length() - 1] & within:
            component = c_component(graph, component, within)
        found.append(component)
        within &= ~component
    return found
