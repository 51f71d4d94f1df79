"""Ways through hidden variables: how one variable hears another, and what two have in common.

Main definitions
----------------
way : the hidden variables between a cause and its effect.
common_cause : a hidden variable that acts on two others, with the ways from it.
used_arrows : all the arrows that edges of a latent projection stand for.
"""

from __future__ import annotations

from itertools import pairwise

from symcausal.graph.graph import Graph


def way(whole: Graph, start: str, end: str) -> tuple[str, ...]:
    """Return the hidden variables on a shortest way along arrows through hidden variables alone."""
    frontier: list[tuple[str, ...]] = [()]
    seen: set[str] = set()
    for stops in frontier:  # grows while it runs
        for child in whole.children(stops[-1] if stops else start):
            if child == end:
                return stops
            if child in whole.hidden and child not in seen:
                seen.add(child)
                frontier.append((*stops, child))
    raise LookupError(end)


def common_cause(
    whole: Graph, left: str, right: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the hidden variable nearest to two others, with the ways from it, which meet only there."""
    found: list[tuple[int, str, tuple[str, ...], tuple[str, ...]]] = []
    for name in whole.nodes:
        if name in whole.hidden:
            try:
                ways = way(whole, name, left), way(whole, name, right)
            except LookupError:
                continue
            found.append((len(ways[0]) + len(ways[1]), name, *ways))
    _, name, one, other = min(found)
    return name, one, other


def used_arrows(part: Graph, whole: Graph) -> Graph:
    """Return the arrows of the whole graph that a part needs, hidden ones included."""
    arrows: list[tuple[str, str]] = []
    ways = [(cause, *way(whole, cause, effect), effect) for cause, effect in part.directed]
    for left, right in part.bidirected:
        top, to_left, to_right = common_cause(whole, left, right)
        ways += [(top, *to_left, left), (top, *to_right, right)]
    for stops in ways:
        arrows += pairwise(stops)
    return Graph(whole.nodes, arrows, (), whole.hidden)
