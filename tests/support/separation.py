"""d-separation by networkx: a second opinion for tests."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from symcausal.graph.graph import Graph


def digraph(graph: Graph) -> nx.DiGraph:
    """The arrows, with each bidirected edge as an explicit hidden root."""
    made = nx.DiGraph(graph.directed)
    made.add_nodes_from(graph.nodes)
    for left, right in graph.bidirected:
        cause = ("hidden cause of", left, right)
        made.add_edges_from([(cause, left), (cause, right)])
    return made


def d_separated(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    given: Iterable[str] = (),
    *,
    cut_into: Iterable[str] = (),
    cut_out_of: Iterable[str] = (),
) -> bool:
    """Whether every path between two disjoint sets is blocked after the surgery."""
    made = digraph(graph)
    heads, tails = set(cut_into), set(cut_out_of)
    made.remove_edges_from([(a, b) for a, b in list(made.edges) if b in heads or a in tails])
    return bool(nx.is_d_separator(made, set(left), set(right), set(given)))
