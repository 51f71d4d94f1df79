"""Random graphs and queries of several worlds, with the oracle that enumerates functions.

Main definitions
----------------
drawn_graph : a graph of 3 to 5 variables, their numbers of states, and what is given.
asked : a query over it, with settings that are copies themselves.
oracle_of : the oracle, and a direction that no input sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from random import Random

from symcausal import Model
from symcausal.expr.nodes import Copy, CopyEvent, CopyEvents, Counterfactual, Imposed, State
from symcausal.graph.graph import Graph
from symcausal.identify.question import Input, experiments, observational
from tests.support.tangent import Numbers, Tangent, unseen_direction

MOST_CELLS = 90
Sizes = Mapping[str, int]


def drawn_graph(rng: Random) -> tuple[Graph, Sizes, Sequence[Input]]:
    """A graph of 3 to 5 variables with two or three states, known by observation or experiments."""
    count = rng.choice([3, 3, 3, 4, 4, 5])
    names = "ABCDE"[:count]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    arrows = [pair for pair in pairs if rng.random() < (0.55 if count < 5 else 0.4)]
    joined = [pair for pair in pairs if rng.random() < (0.25 if count < 5 else 0.15)]
    graph = Graph(names, arrows, joined[:4])
    sizes = {name: 3 if count < 5 and rng.random() < 0.2 else 2 for name in names}
    if prod(sizes.values()) <= 12 and rng.random() < 0.4:
        return graph, sizes, experiments(graph)
    return graph, sizes, (observational(graph),)


def asked(rng: Random, graph: Graph, sizes: Sizes) -> Counterfactual:
    """One or two events, under a condition or none; nothing is asked twice in one world."""

    def events(most: int) -> CopyEvents:
        copies = [_copy(rng, graph, sizes, 1) for _ in range(most)]
        return CopyEvents(
            CopyEvent(copy, State(str(rng.randrange(sizes[copy.variable])))) for copy in copies
        )

    return Counterfactual(events(rng.choice([1, 2, 2])), events(rng.choice([0, 0, 1])))


def _copy(rng: Random, graph: Graph, sizes: Sizes, depth: int) -> Copy:
    variable = rng.choice(graph.nodes)
    chosen = [n for n in graph.nodes if n != variable and rng.random() < 0.4][:2]
    found = list[Imposed]()
    for name in sorted(chosen):
        if depth and rng.random() < 0.35:
            inner = _copy(rng, graph, sizes, 0)
            kept = tuple(s for s in inner.settings if s.variable != name)
            found.append(Imposed(name, Copy(name, kept)))
        else:
            found.append(Imposed(name, State(str(rng.randrange(sizes[name])))))
    return Copy(variable, tuple(found))


def oracle_of(
    graph: Graph, sizes: Sizes, inputs: Sequence[Input], rng: Random
) -> tuple[Tangent, Numbers]:
    """The oracle for a graph, and a direction in which nothing that is given moves."""
    cells = len(inputs) * prod(sizes.values())
    oracle = Tangent(graph, sizes, min(cells, MOST_CELLS) + 2, rng.randrange(10**6))
    return oracle, unseen_direction(oracle.cells(inputs), rng.randrange(10**6))


def model_of(graph: Graph, sizes: Sizes) -> Model:
    """The same graph as a model."""
    states = (f"{name}: {', '.join(map(str, range(sizes[name])))}" for name in graph.nodes)
    return Model.parse("; ".join([*states, *graph.edges]))
