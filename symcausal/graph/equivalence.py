"""Markov equivalence: graphs that no observational data can tell apart.

Two acyclic graphs imply the same independencies exactly if they have the same skeleton (which pairs
are joined) and the same v-structures (two causes, not joined, of one effect). They may still differ
in what an intervention does.

Main definitions
----------------
skeleton, v_structures : what equivalent graphs share.
markov_equivalent : whether two graphs imply the same independencies.

References
----------
[VermaPearl1990]_.
"""

from __future__ import annotations

from symcausal.errors import UsageError
from symcausal.graph.graph import Graph, bits


def skeleton(graph: Graph) -> tuple[tuple[str, str], ...]:
    """Return the pairs of variables that an edge joins, in declaration order."""
    return tuple(
        (name, graph.nodes[j])
        for i, name in enumerate(graph.nodes)
        for j in bits(_joined(graph, i) >> i + 1 << i + 1)
    )


def v_structures(graph: Graph) -> tuple[tuple[str, str, str], ...]:
    """Return the triples ``(cause, effect, cause)`` whose two causes are not joined.

    The causes of a triple stand in declaration order; triples are ordered by the effect, then by
    the causes.

    Raises
    ------
    UsageError
        If the graph has bidirected edges or hidden variables, where this is no longer what decides
        equivalence.

    Examples
    --------
    >>> v_structures(Graph("IDGSL", ["IG", "DG", "IS", "GL"]))
    (('I', 'G', 'D'),)
    """
    _refuse_hidden(graph)
    return tuple(
        (graph.nodes[i], effect, graph.nodes[j])
        for effect, causes in zip(graph.nodes, graph.parent_masks, strict=True)
        for i in bits(causes)
        for j in bits(causes & ~_joined(graph, i) >> i + 1 << i + 1)
    )


def markov_equivalent(one: Graph, other: Graph) -> bool:
    """Decide whether two graphs imply the same independencies.

    Graphs over different variables do not. The order of declaration does not matter.

    Raises
    ------
    UsageError
        If a graph has bidirected edges or hidden variables.

    Examples
    --------
    >>> chain, fork = Graph("XYZ", ["XY", "YZ"]), Graph("XYZ", ["YX", "YZ"])
    >>> collider = Graph("XYZ", ["XY", "ZY"])
    >>> markov_equivalent(chain, fork), markov_equivalent(chain, collider)
    (True, False)
    """
    return _pattern(one) == _pattern(other)


def _pattern(graph: Graph) -> tuple[frozenset[str], frozenset[object], frozenset[object]]:
    """Skeleton and v-structures without an order."""
    causes = ((effect, frozenset((a, b))) for a, effect, b in v_structures(graph))
    return frozenset(graph.nodes), frozenset(map(frozenset, skeleton(graph))), frozenset(causes)


def _joined(graph: Graph, i: int) -> int:
    return graph.parent_masks[i] | graph.child_masks[i] | graph.sibling_masks[i]


def _refuse_hidden(graph: Graph) -> None:
    if graph.bidirected or graph.hidden:
        raise UsageError(
            "the graph has hidden causes",
            expected="a graph whose variables are all observed, without bidirected edges",
            hint="independencies(graph) lists what such a graph implies",
        )
