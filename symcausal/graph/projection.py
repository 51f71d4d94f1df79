"""Latent projection: the graph that hidden variables leave behind on the observed ones.

Arrows through hidden variables become arrows, and a hidden common cause becomes a bidirected edge.
Separation of observed variables and the effects of acting on them stay what they were.

Main definitions
----------------
latent_projection : the projection.

References
----------
[VermaPearl1990]_; [TianPearl2002]_ for its use with effects of interventions.
"""

from __future__ import annotations

from symcausal.graph.graph import Graph, bits


def latent_projection(graph: Graph) -> Graph:
    """Return the graph over the observed variables that implies the same about them.

    ``A -> B`` if arrows lead from ``A`` to ``B`` through hidden variables alone; ``A <-> B`` if a
    hidden variable or a bidirected edge acts on both in this way. Both may join the same pair.
    The variables keep their order; a graph without hidden variables is given back as it is.

    Examples
    --------
    >>> latent_projection(Graph("XUHYZ", ["XH", "HY", "UX", "UH", "YZ"], hidden="UH"))
    Graph(X, Y, Z; X -> Y; Y -> Z; X <-> Y)
    """
    if not graph.hidden:
        return graph
    hidden = graph.mask(graph.hidden)
    reached = _reached(graph, hidden)
    joined = [0] * len(graph.nodes)
    for i in bits(hidden):
        _join(joined, reached[i], reached[i])
    for left, right in graph.bidirected:
        i, j = graph.index(left), graph.index(right)
        ends = (reached[k] if hidden >> k & 1 else 1 << k for k in (i, j))
        _join(joined, *ends)
    observed = [i for i in range(len(graph.nodes)) if not hidden >> i & 1]
    nodes = graph.nodes
    made = Graph(
        [nodes[i] for i in observed],
        [(nodes[i], nodes[j]) for i in observed for j in bits(reached[i])],
        [(nodes[i], nodes[j]) for i in observed for j in bits(joined[i] >> i + 1 << i + 1)],
    )
    kept = {
        (cause, effect): order
        for (cause, effect), order in graph.monotone.items()
        if cause not in graph.hidden
        and effect not in graph.hidden
        and not _goes_around(graph, reached, graph.index(cause), graph.index(effect))
    }
    return made.rising(kept)


def _goes_around(graph: Graph, reached: list[int], cause: int, effect: int) -> bool:
    """Whether arrows through hidden variables lead from a cause to its effect too."""
    hidden = graph.mask(graph.hidden)
    return any(reached[i] >> effect & 1 for i in bits(graph.child_masks[cause] & hidden))


def _reached(graph: Graph, hidden: int) -> list[int]:
    """Which observed variables arrows lead to from each variable through hidden ones alone."""
    reached = [0] * len(graph.nodes)
    for i in reversed(graph.order):
        below = graph.child_masks[i]
        reached[i] = below & ~hidden
        for j in bits(below & hidden):
            reached[i] |= reached[j]
    return reached


def _join(joined: list[int], left: int, right: int) -> None:
    """Join every variable of one mask to every other of another."""
    for i in bits(left):
        joined[i] |= right
    for i in bits(right):
        joined[i] |= left
