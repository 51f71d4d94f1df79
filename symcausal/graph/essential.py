"""The essential graph: which arrows data can tell the direction of.

Graphs that imply the same independencies share their skeleton and their v-structures. An arrow that
points the same way in all of them is compelled; the others are reversible.

Main definitions
----------------
EssentialGraph : compelled arrows and reversible edges (also called CPDAG or completed pattern).
essential_graph : that of a graph.
possible_effects : what may be a direct effect of each variable, as masks.

References
----------
[Andersson1997]_; [Meek1995]_ for the three rules that orient what follows from the v-structures.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.graph.equivalence import skeleton, v_structures
from symcausal.graph.graph import Graph, bits
from symcausal.record import record


@record
class EssentialGraph:
    """The arrows that all graphs with the same independencies share, and those that may be turned.

    Attributes
    ----------
    nodes : tuple of str
        The variables in declaration order, as are all pairs.
    compelled : tuple of (str, str)
        Arrows ``(cause, effect)`` that all these graphs have.
    reversible : tuple of (str, str)
        Pairs that are joined by an arrow in either direction.
    """

    nodes: tuple[str, ...]
    compelled: tuple[tuple[str, str], ...]
    reversible: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        edges = [f"{a} -> {b}" for a, b in self.compelled]
        edges += [f"{a} -- {b}" for a, b in self.reversible]
        joined = {name for pair in (*self.compelled, *self.reversible) for name in pair}
        return "; ".join([*(name for name in self.nodes if name not in joined), *edges])


def essential_graph(graph: Graph) -> EssentialGraph:
    """Return the essential graph of a graph without hidden causes.

    Raises
    ------
    UsageError
        If the graph has bidirected edges or hidden variables.

    Examples
    --------
    >>> str(essential_graph(Graph("IDGSL", ["IG", "DG", "IS", "GL"])))
    'I -> G; D -> G; G -> L; I -- S'
    >>> str(essential_graph(Graph("XYZ", ["XY", "YZ"])))
    'X -- Y; Y -- Z'
    """
    near = [0] * len(graph.nodes)
    into = [0] * len(graph.nodes)  # the causes that are known to be
    for a, b in skeleton(graph):
        near[graph.index(a)] |= 1 << graph.index(b)
        near[graph.index(b)] |= 1 << graph.index(a)
    for a, effect, b in v_structures(graph):
        into[graph.index(effect)] |= 1 << graph.index(a) | 1 << graph.index(b)
    while _orient(near, into):
        pass
    nodes = graph.nodes
    count = range(len(nodes))
    known = [(i, j) for i in count for j in count if into[j] >> i & 1]
    open_ones = [(i, j) for i in count for j in bits(near[i] & ~into[i]) if i < j]
    return EssentialGraph(
        nodes,
        tuple((nodes[i], nodes[j]) for i, j in known),
        tuple((nodes[i], nodes[j]) for i, j in open_ones if not into[j] >> i & 1),
    )


def possible_effects(graph: Graph) -> tuple[list[int], list[int]]:
    """Return each variable's effects in some equivalent graph, and its causes among them in another.

    As masks by position.
    """
    essential = essential_graph(graph)
    down, either = ([0] * len(graph.nodes) for _ in range(2))
    for cause, effect in essential.compelled:
        down[graph.index(cause)] |= 1 << graph.index(effect)
    for left, right in essential.reversible:
        i, j = graph.index(left), graph.index(right)
        either[i] |= 1 << j
        either[j] |= 1 << i
    return [d | e for d, e in zip(down, either, strict=True)], either


def turned(down: Sequence[int]) -> list[int]:
    """Return the causes of each variable, given the effects of each."""
    up = [0] * len(down)
    for i, mask in enumerate(down):
        for j in bits(mask):
            up[j] |= 1 << i
    return up


def _orient(near: list[int], into: list[int]) -> bool:
    """Orient every edge that one of the rules orients; whether there was any."""
    found = False
    for a in range(len(near)):
        for b in bits(near[a]):
            known = into[a] >> b & 1 or into[b] >> a & 1
            if not known and _follows(near, into, a, b):
                into[b] |= 1 << a
                found = True
    return found


def _follows(near: list[int], into: list[int], a: int, b: int) -> bool:
    """Whether ``a -> b``, since ``b -> a`` would make a new v-structure or a circle."""
    if into[a] & ~near[b]:  # c -> a, and c and b are not joined
        return True
    if any(into[c] >> a & 1 for c in bits(into[b])):  # a -> c -> b
        return True
    between = near[a] & into[b]  # a joined to c -> b and to d -> b, which are not joined
    undecided = [c for c in bits(between) if not (into[a] >> c | into[c] >> a) & 1]
    return any(sum(1 << d for d in undecided) & ~near[c] & ~(1 << c) for c in undecided)
