"""Latent projections against all paths, and against separation by networkx before projecting."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from symcausal.graph.graph import Graph
from symcausal.graph.projection import latent_projection
from tests.graph.brute import Way, colliders, random_graph, subsets, ways
from tests.support.pace import soon
from tests.support.separation import d_separated


def projected(graph: Graph) -> tuple[set[tuple[str, str]], set[frozenset[str]]]:
    """Arrows and bidirected edges, path by path as Verma and Pearl define them."""
    observed = [name for name in graph.nodes if name not in graph.hidden]
    arrows, both = set(), set()
    for start, end in combinations(observed, 2):
        for way in ways(graph, start, end):
            if colliders(way) or not set(way[0][1:-1]) <= graph.hidden:
                continue
            if set(way[1]) == {"->"}:
                arrows.add((start, end))
            elif set(way[1]) == {"<-"}:
                arrows.add((end, start))
            elif _into_both(way):
                both.add(frozenset((start, end)))
    return arrows, both


def _into_both(way: Way) -> bool:
    return way[1][0] in ("<-", "<->") and way[1][-1] in ("->", "<->")


@pytest.mark.parametrize("seed", range(60))
def test_edges_are_the_ways_through_hidden_variables(seed: int) -> None:
    random = Random(seed)
    graph = random_graph(random, random.randint(2, 7), hidden=0.4)
    found = latent_projection(graph)
    arrows, both = projected(graph)
    assert set(found.directed) == arrows
    assert set(map(frozenset, found.bidirected)) == both
    assert found.nodes == tuple(name for name in graph.nodes if name not in graph.hidden)
    assert not found.hidden


@pytest.mark.parametrize("seed", range(20))
def test_observed_variables_are_separated_as_before(seed: int) -> None:
    graph = random_graph(Random(seed), 6, hidden=0.35)
    found = latent_projection(graph)
    for left, right in combinations(found.nodes, 2):
        for seen in subsets(set(found.nodes) - {left, right}):
            before = d_separated(graph, [left], [right], seen)
            assert d_separated(found, [left], [right], seen) == before, (graph, left, right, seen)


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (Graph("UXY", ["UX", "UY"], hidden="U"), Graph("XY", [], ["XY"])),
        (Graph("XHY", ["XH", "HY"], hidden="H"), Graph("XY", ["XY"])),
        (Graph("UXYZ", ["UX", "UY", "UZ"], hidden="U"), Graph("XYZ", [], ["XY", "XZ", "YZ"])),
        (Graph("UVXY", ["UX", "VY"], ["UV"], "UV"), Graph("XY", [], ["XY"])),
        (Graph("XHY", ["HY"], ["XH"], "H"), Graph("XY", [], ["XY"])),
        (Graph("XHY", ["XH", "YH"], hidden="H"), Graph("XY")),
        (Graph("XHYZ", ["XH", "HY", "HZ"], hidden="H"), Graph("XYZ", ["XY", "XZ"], ["YZ"])),
        (Graph("XH", ["XH"], ["XH"], "H"), Graph("X")),
    ],
)
def test_known_projections(graph: Graph, expected: Graph) -> None:
    assert latent_projection(graph) == expected


def test_a_graph_without_hidden_variables_is_its_own_projection() -> None:
    graph = Graph("XY", ["XY"], ["XY"])
    assert latent_projection(graph) is graph


def test_fifty_variables_take_milliseconds() -> None:
    graph = random_graph(Random(1), 50, arrows=0.2, hidden=0.4)
    with soon(0.1):
        latent_projection(graph)
