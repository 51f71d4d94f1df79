"""A layout keeps causes above effects and variables apart; small graphs are drawn without crossings."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest

from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.graph.layered import layered
from tests.support.published_graphs import published

# [Sugiyama1981]_ in other hands: the fewest that two libraries find, bends counted
FEWEST = {"student": 0, "asia": 0, "survey": 0, "sachs": 2, "insurance": 23, "alarm": 9}


def segments(layout, graph):
    """The straight pieces of all arrows."""
    for cause, effect in graph.directed:
        way = [layout.places[cause], *layout.bends[cause, effect], layout.places[effect]]
        yield from pairwise(way)


def crossings(layout, graph) -> int:
    """How often two pieces between the same two layers change sides."""
    pieces = list(segments(layout, graph))
    return sum(
        (a[0] - c[0]) * (b[0] - d[0]) < 0
        for (a, b), (c, d) in combinations(pieces, 2)
        if a[1] == c[1]
    )


@pytest.mark.parametrize("seed", range(40))
def test_causes_stand_above_effects_and_nothing_overlaps(seed):
    """Also the points at which long arrows pass a layer."""
    rng = random.Random(seed)
    names = [f"V{i}" for i in range(rng.randint(1, 14))]
    graph = Graph(names, [pair for pair in combinations(names, 2) if rng.random() < 0.25])
    layout = layered(graph)
    assert list(layout.places) == names
    for (_, above), (_, below) in segments(layout, graph):
        assert below == above + 1
    points = [*layout.places.values(), *(p for chain in layout.bends.values() for p in chain)]
    for (x, y), (p, q) in combinations(points, 2):
        assert y != q or abs(x - p) > 0.98
    assert min(x for x, _ in points) == 0


@pytest.mark.parametrize("name", FEWEST)
def test_published_graphs_have_no_more_crossings_than_elsewhere(name):
    """Those of textbooks have none."""
    graph = published(name)
    layout = layered(graph)
    assert len(list(segments(layout, graph))) >= len(graph.directed)
    assert crossings(layout, graph) <= FEWEST[name]


def test_a_long_arrow_passes_beside_a_chain():
    """A planar graph with an arrow over two layers."""
    graph = Graph("ABCD", ["AB", "BC", "CD", "AD"])
    assert crossings(layered(graph), graph) == 0


def test_ends_of_the_range():
    """Nothing to draw, and too much to look at."""
    assert layered(Graph("")).places == {}
    names = [f"V{i}" for i in range(120)]
    with pytest.raises(LimitError, match="too large"):
        layered(Graph(names, combinations(names, 2)))
