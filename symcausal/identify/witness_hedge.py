"""Where two models may differ: the least part of a graph in which a query is not identifiable.

Arrows and hidden causes are left out one by one, as long as the query stays not identifiable. What
is left is little more than hedges and the ways from them to the query. A model of this part is a
model of the whole graph whose tables do not use the rest.

For inputs from experiments there must be, for each that leaves the smaller set of the hedge alone, a
larger set that it leaves alone as well.

Main definitions
----------------
Question : masks of a query, and of what is set in each input.
least_part : leave out edges.
Hedges : sets that carry a parity in one model and do not in the other.
hedges_in : the candidates in a graph, smallest first.

References
----------
[ShpitserPearl2006]_ for hedges; [Lee2019]_ for several experiments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from symcausal.graph.graph import Graph, bits
from symcausal.identify.components import c_component, c_components
from symcausal.identify.verdict import descend, observed_instead, relevant

MOST_BASES = 64
MOST_SETS = 6


class Question(NamedTuple):
    """A query and its inputs, as masks over the observed variables.

    Attributes
    ----------
    outcome, do, given : int
        The query.
    settings : tuple of int
        What is set in each input; everything else is observed in it.
    """

    outcome: int
    do: int
    given: int
    settings: tuple[int, ...]


class Hedges(NamedTuple):
    """Sets that bidirected edges hold together, each with its weight in two models.

    Attributes
    ----------
    base : int
        The smaller set, part of all others.
    first, second : tuple of (int, int)
        Sets and weights in either model. The weights of the sets that an input leaves alone have
        the same sum in both; a query that sets a part of every larger set sees the base only.
    """

    base: int
    first: tuple[tuple[int, int], ...]
    second: tuple[tuple[int, int], ...]


class Target(NamedTuple):
    """A query in which conditions are set instead of seen where that is the same."""

    needed: int
    do: int


def target(graph: Graph, question: Question) -> Target:
    """Return a query with its conditions set where that is the same, and what acts on its outcome."""
    moved = observed_instead(graph, question.outcome, question.do, question.given)
    do = question.do | moved
    return Target(relevant(graph, question.outcome | question.given & ~moved, do), do)


def is_identifiable(graph: Graph, question: Question) -> bool:
    """Decide whether every c-component of the query can be found from one of the inputs."""
    needed, _ = target(graph, question)
    everything = (1 << len(graph.nodes)) - 1
    return all(
        any(
            not setting & component and not descend(graph, component, everything & ~setting).stuck
            for setting in question.settings
        )
        for component in c_components(graph, needed)
    )


def least_part(
    graph: Graph, question: Question, order: Sequence[tuple[bool, tuple[str, str]]]
) -> Graph:
    """Return a least subgraph in which a query is still not identifiable, edges tried in an order."""
    for kind, edge in order:
        smaller = Graph(
            graph.nodes,
            [e for e in graph.directed if kind or e != edge],
            [e for e in graph.bidirected if not kind or e != edge],
        )
        if not is_identifiable(smaller, question):
            graph = smaller
    return graph


def edges(graph: Graph) -> list[tuple[bool, tuple[str, str]]]:
    """Return all edges, each with whether it is bidirected."""
    return [*((True, e) for e in graph.bidirected), *((False, e) for e in graph.directed)]


def hedges_in(graph: Graph, question: Question) -> Iterator[Hedges]:
    """Yield hedges for a parity that the inputs do not show but the query does."""
    needed, do = target(graph, question)
    for base in _bases(graph, needed):
        settings = [setting for setting in question.settings if not setting & base]
        larger = _larger(graph, base, do, settings)
        if larger is None:
            continue
        weights = _weights(base, larger, settings)
        yield Hedges(
            base,
            tuple((mask, weight) for mask, weight in weights.items() if weight > 0),
            tuple((mask, -weight) for mask, weight in weights.items() if weight < 0),
        )


def _bases(graph: Graph, needed: int) -> Iterator[int]:
    """Sets within which bidirected edges lead from each to each, small ones first."""
    found = 0
    for component in c_components(graph, needed):
        members = [1 << i for i in bits(component)]
        for size in range(1, len(members) + 1):
            for chosen in combinations(members, size):
                base = sum(chosen)
                if c_component(graph, base & -base, base) == base:
                    yield base
                    found += 1
                if found > MOST_BASES:
                    return


def _larger(graph: Graph, base: int, do: int, settings: Sequence[int]) -> list[int] | None:
    """For each setting a larger set that it leaves alone and the query does not; None if one lacks.

    One set for all of them where there is one.
    """
    everything = (1 << len(graph.nodes)) - 1
    together = 0
    for setting in settings:
        together |= setting
    for tried in [(together,), settings] if settings else [()]:
        found = [descend(graph, base, everything & ~setting).stuck for setting in tried]
        if all(larger & do for larger in found):
            return list(dict.fromkeys(found))
    return None


def _weights(base: int, larger: Sequence[int], settings: Sequence[int]) -> dict[int, int]:
    """Weights that cancel in every input: inclusion and exclusion over unions of the larger sets.

    An input leaves a union alone if it leaves all its parts alone, and there is a part of this kind,
    so that the weights of what it leaves alone add up to that of the base, which counts negatively.
    """
    weights = {base: -1}
    for size in range(1, min(len(larger), MOST_SETS) + 1):
        for chosen in combinations(larger, size):
            union = 0
            for mask in chosen:
                union |= mask
            weights[union] = weights.get(union, 0) + (1 if size % 2 else -1)
    return weights
