"""Graphs as pyAgrum writes them: its short form for networks, and causal models with hidden causes.

Main definitions
----------------
fast_edges : the edges of ``A->B<-C;B->D{yes|no}``.
with_causes : a network's edges with the hidden causes of a causal model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from symcausal.notes.stated.edges import MOST_EDGES, Edges, NamedEdge, edges_made
from symcausal.patterns import late
from symcausal.record import replace

_NODE = late(r"[^\W\d][\w ']*")
_STATES = late(r"\[[^\[\]]*\]|\{[^{}]*\}")
_ARROW = late(r"(->|<-)")


def fast_edges(text: str) -> Edges | None:
    """Return the edges of pyAgrum's short form for networks; None where it is not wholly read.

    Examples
    --------
    >>> fast_edges("Rain{no|yes}->Wet grass<-Sprinkler[2];Rain->Sprinkler").directed
    (('Rain', 'Wet grass'), ('Sprinkler', 'Wet grass'), ('Rain', 'Sprinkler'))
    >>> fast_edges("A->B-C") is None
    True
    """
    directed: list[NamedEdge] = []
    names: dict[str, None] = {}
    for chain in re.split(r"[;\n]", _STATES.sub("", text)):
        nodes = [node.strip() for node in _ARROW.split(chain)]
        if nodes == [""]:
            continue
        if not all(map(_NODE.fullmatch, nodes[::2])) or len(nodes) > 2 * MOST_EDGES:
            return None
        names.update(dict.fromkeys(nodes[::2]))
        for left, sign, right in zip(nodes[::2], nodes[1::2], nodes[2::2], strict=False):
            directed.append((left, right) if sign == "->" else (right, left))
    return edges_made(directed, alone=tuple(names))


def with_causes(
    network: Edges, causes: Sequence[tuple[str, Sequence[str]]], *, keeps_arcs: bool
) -> Edges | None:
    """Return a network's edges with hidden causes; None if that is no causal model.

    Parameters
    ----------
    network : Edges
        The network.
    causes : sequence of (str, sequence of str)
        Each hidden cause with its effects.
    keeps_arcs : bool
        Whether arrows between the effects of one cause stay. They go where pyAgrum is not told.

    Examples
    --------
    >>> chain = fast_edges("X->Y->Z")
    >>> with_causes(chain, [("U", ["X", "Y"])], keeps_arcs=False).directed
    (('Y', 'Z'), ('U', 'X'), ('U', 'Y'))
    """
    directed = [*network.directed]
    hidden = [*network.hidden]
    for cause, effects in causes:
        if cause in network.names or cause in hidden or not set(effects) <= set(network.names):
            return None
        if len(set(effects)) < len(effects):
            return None
        hidden.append(cause)
        if not keeps_arcs:
            gone = {frozenset(pair) for pair in combinations(effects, 2)}
            directed = [edge for edge in directed if frozenset(edge) not in gone]
        directed += [(cause, effect) for effect in effects]
    if not directed or len(directed) > MOST_EDGES:
        return None
    return replace(
        network,
        directed=tuple(directed),
        hidden=tuple(hidden),
        alone=tuple(n for n in network.names if n not in network.hidden),
    )
