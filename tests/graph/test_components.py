"""C-components and intrinsic sets against their definitions."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from symcausal.errors import LimitError
from symcausal.graph.components import (
    c_components,
    intrinsic_sets,
    markov_blankets,
    route,
)
from symcausal.graph.graph import Graph
from tests.graph.brute import above, random_graph, subsets
from tests.support.separation import d_separated


def words(graph: Graph, masks: list[int] | tuple[int, ...]) -> list[str]:
    return ["".join(graph.names(mask)) for mask in masks]


def joined(graph: Graph, names: tuple[str, ...]) -> bool:
    """Whether bidirected edges among some variables connect them."""
    found = {names[0]}
    for _ in names:
        for a, b in graph.bidirected:
            if {a, b} <= set(names) and {a, b} & found:
                found |= {a, b}
    return found == set(names)


def is_intrinsic(graph: Graph, names: tuple[str, ...]) -> bool:
    """Whether going to ancestors and to the c-component in turn ends at the set."""
    inside = set(graph.nodes)
    while True:
        arrows = [(a, b) for a, b in graph.directed if {a, b} <= inside]
        whole = above(arrows, names)
        kept = {n for n in whole if any(
            joined(graph, part) for part in subsets(sorted(whole)) if {n, *names} <= set(part)
        )}  # fmt: skip
        if kept == inside:
            return kept == set(names)
        inside = kept


@pytest.mark.parametrize("seed", range(60))
def test_intrinsic_sets_are_those_that_one_reaches(seed: int) -> None:
    random = Random(seed)
    graph = random_graph(random, random.randint(2, 5), arrows=0.4, both=0.35)
    expected = {
        names
        for names in subsets(graph.nodes)
        if names and joined(graph, names) and is_intrinsic(graph, names)
    }
    found = intrinsic_sets(graph)
    assert len(found) == len(set(found))
    assert {graph.names(mask) for mask in found} == expected
    for mask in found:
        assert route(graph, mask)[-1].component == mask


@pytest.mark.parametrize("seed", range(60))
def test_the_markov_blanket_separates_from_all_that_comes_before(seed: int) -> None:
    graph = random_graph(Random(seed), 6, both=0.25)
    everything = (1 << len(graph.nodes)) - 1
    for component in c_components(graph):
        for i, given in markov_blankets(graph, everything, component):
            before = graph.order[: graph.order.index(i)]
            names = graph.names(given)
            assert set(names) <= {graph.nodes[j] for j in before}
            rest = {graph.nodes[j] for j in before} - set(names)
            if rest:
                assert d_separated(graph, [graph.nodes[i]], rest, names), (graph, i)


def test_the_napkin() -> None:
    graph = Graph("WZXY", ["WZ", "ZX", "XY"], ["WX", "WY"])
    assert words(graph, c_components(graph)) == ["WXY", "Z"]
    stages = route(graph, graph.mask("Y"))
    assert [words(graph, (stage.whole, stage.component)) for stage in stages] == [
        ["WZXY", "WXY"],
        ["XY", "Y"],
    ]


def test_too_many_sets() -> None:
    names = [f"V{i}" for i in range(16)]
    with pytest.raises(LimitError, match="5000"):
        intrinsic_sets(Graph(names, (), list(combinations(names, 2))))
