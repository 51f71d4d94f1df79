"""Edges between names as notes write them, and the graph that they make.

Main definitions
----------------
Edges : arrows and hidden common causes between written names.
UNSEEN : what hides an edge of a drawing, or its head.
edges_made : the edges of a drawing; None without any.
graph_from : the graph of edges, by what the names mean.
drawn_chain, drawn_edges : a graph in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from symcausal.errors import SymcausalError
from symcausal.graph.graph import Graph
from symcausal.patterns import late
from symcausal.record import field, record

NamedEdge = tuple[str, str]
MOST_EDGES = 400
UNSEEN = late(
    r"\binvis|\binvisible|\bphantom\b|\btransparent\b|\bstroke\s*:\s*none|opacity\s*[=:]\s*0(?![.\d]*[1-9])"
    r"|\barrow(?:head|tail)\s*=\s*\"?(?!normal|vee|open|empty)|\bcolor\s*=\s*\"?(?:white|none)\b",
    re.I,
)
"""An edge that is not to be seen, or that has no head."""


@record
class Edges:
    """What one drawing, chain of arrows or piece of code says, with names as written.

    Attributes
    ----------
    directed, bidirected : tuple of (str, str)
        Arrows ``(cause, effect)``, and pairs with a hidden common cause.
    hidden : tuple of str
        Names that nobody observes.
    alone : tuple of str
        Names that are there besides those at the ends of edges.
    labels : mapping of str to str
        What a drawing writes into a node.
    start, end : int
        Where it stands in its text.
    plain : bool
        Whether it is a graph of anything, as ``nx.DiGraph`` is, and not of variables by its kind.
    held_as : str
        The variable of code that holds it; empty if none does.
    base : Edges or None
        The graph from which code makes it, by adding hidden causes.
    """

    directed: tuple[NamedEdge, ...]
    bidirected: tuple[NamedEdge, ...] = ()
    hidden: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    plain: bool = False
    held_as: str = ""
    base: Edges | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once, as they come."""
        ends = (name for edge in (*self.directed, *self.bidirected) for name in edge)
        return tuple(dict.fromkeys((*ends, *self.alone, *self.hidden)))


def edges_made(
    directed: Sequence[NamedEdge],
    bidirected: Sequence[NamedEdge] = (),
    hidden: tuple[str, ...] = (),
    alone: tuple[str, ...] = (),
    labels: dict[str, str] | None = None,
) -> Edges | None:
    """Return the edges of a drawing, each once; None if there are none, or too many."""
    if not directed or len(directed) + len(bidirected) > MOST_EDGES:
        return None
    one, both = tuple(dict.fromkeys(directed)), tuple(dict.fromkeys(bidirected))
    return Edges(one, both, hidden, alone, labels or {})


def graph_from(edges: Edges, meant: Callable[[str], str | None]) -> Graph | None:
    """Return the graph of edges; None if they make none.

    Parameters
    ----------
    edges : Edges
        With names as written.
    meant : callable
        The variable that a written name means, None if it can be none.

    Returns
    -------
    Graph or None
        None without an arrow, with an arrow and its reverse or another circle, or where two names
        mean one variable.
    """
    names = {name: meant(name) for name in edges.names}
    known = {name: variable for name, variable in names.items() if variable is not None}
    if len(known) < len(names) or len(set(known.values())) < len(known):
        return None
    if not edges.directed or len(edges.directed) + len(edges.bidirected) > MOST_EDGES:
        return None
    try:
        return Graph(
            known.values(),
            [(known[a], known[b]) for a, b in edges.directed],
            [(known[a], known[b]) for a, b in edges.bidirected],
            [known[name] for name in edges.hidden],
        )
    except SymcausalError:
        return None


def drawn_edges(graph: Graph) -> str:
    """Return a graph in words, edge after edge.

    Examples
    --------
    >>> drawn_edges(Graph("ABC", ["AB", "BC"], ["AC"]))
    'A -> B; B -> C; A <-> C'
    """
    told = [f"{a} -> {b}" for a, b in graph.directed]
    told += [f"{a} <-> {b}" for a, b in graph.bidirected]
    ends = {name for pair in (*graph.directed, *graph.bidirected) for name in pair}
    return "; ".join([*told, *(name for name in graph.nodes if name not in ends)])


def drawn_chain(graph: Graph) -> str:
    """Return a graph in words, as one chain of arrows where it is one.

    Examples
    --------
    >>> drawn_chain(Graph("ABC", ["AB", "CB"])), drawn_chain(Graph("ABC", ["AB", "AC", "BC"]))
    ('A -> B <- C', 'A -> B; A -> C; B -> C')
    """
    beside: dict[str, list[str]] = {name: [] for name in graph.nodes}
    for a, b in graph.directed:
        beside[a].append(b)
        beside[b].append(a)
    ends = [name for name, others in beside.items() if len(others) == 1]
    is_path = len(graph.directed) == len(graph.nodes) - 1 and len(ends) == 2
    if graph.bidirected or not is_path or any(len(others) > 2 for others in beside.values()):
        return drawn_edges(graph)
    start = next((e for e in ends if not graph.parents(e)), ends[0])
    chain, last, words = start, "", [start]
    while len(words) < len(graph.nodes):
        following = next((n for n in beside[chain] if n != last), None)
        if following is None:
            return drawn_edges(graph)
        last, chain = chain, following
        words.append(chain)
    told = words[0]
    for one, other in pairwise(words):
        told += f" {'->' if graph.has_edge(one, '->', other) else '<-'} {other}"
    return told
