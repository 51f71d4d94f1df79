"""A graph as a networkx graph; imported only when somebody asks for one."""

from __future__ import annotations

import networkx

from symcausal.graph.graph import Graph


def as_networkx(graph: Graph) -> networkx.DiGraph[str]:
    """Return the arrows as a ``DiGraph``; a bidirected edge becomes a hidden node with two arrows."""
    made: networkx.DiGraph[str] = networkx.DiGraph()
    for name in graph.nodes:
        made.add_node(name, hidden=name in graph.hidden)
    made.add_edges_from(graph.directed)
    for left, right in graph.bidirected:
        cause = f"U[{left},{right}]"
        made.add_node(cause, hidden=True)
        made.add_edges_from([(cause, left), (cause, right)])
    return made
