"""Blocked paths against all paths."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from symcausal.graph.blocking import blocked_paths
from symcausal.graph.graph import Graph
from symcausal.graph.separation import separated
from tests.graph.brute import above, colliders, disjoint, proper_ways, random_graph
from tests.support.pace import soon


@pytest.mark.parametrize("seed", range(150))
def test_names_every_path_and_all_that_blocks_it(seed: int) -> None:
    random = Random(seed)
    graph = random_graph(random, random.randint(3, 7), arrows=0.3)
    left, right, given = disjoint(random, graph.nodes, (1, 2), (1, 2), (0, 2))
    if not right:
        return
    found = blocked_paths(graph, left, right, given, most=10_000)
    expected = {
        way: (
            set(way[0][1:-1]) & set(given) - colliders(way),
            colliders(way) - above(graph.directed, given),
        )
        for way in proper_ways(graph, left, right)
    }
    # a condition may stand anywhere on a path, but ends are none
    assert found.complete
    listed = {
        (one.path.nodes, one.path.arrows): (set(one.observed), set(one.closed))
        for one in found.paths
    }
    assert listed == expected
    assert len(found.paths) == len(expected)
    assert [len(one.path.nodes) for one in found.paths] == sorted(
        len(one.path.nodes) for one in found.paths
    )
    blocked = all(one.observed or one.closed for one in found.paths)
    assert blocked == separated(graph, left, right, given)


def test_the_student() -> None:
    graph = Graph("IDGSL", ["IG", "DG", "IS", "GL"])
    [one] = blocked_paths(graph, "D", "S").paths
    assert (str(one.path), one.observed, one.closed) == ("D -> G <- I -> S", (), ("G",))
    [one] = blocked_paths(graph, "D", "S", "GI").paths
    assert (one.observed, one.closed) == (("I",), ())
    [one] = blocked_paths(graph, "G", "S", cut_into="G").paths or [None]
    assert one is None


def test_says_when_there_are_more() -> None:
    graph = Graph("XABCY", ["XA", "XB", "XC", "AY", "BY", "CY"])
    found = blocked_paths(graph, "X", "Y", "ABC", most=2)
    assert [str(one.path) for one in found.paths] == ["X -> A -> Y", "X -> B -> Y"]
    assert not found.complete
    assert blocked_paths(graph, "X", "Y", "ABC", most=3).complete


def test_a_dense_graph_takes_a_moment() -> None:
    names = [f"V{i}" for i in range(24)]
    graph = Graph(names, list(combinations(names, 2))[1:-1])
    with soon(2):
        found = blocked_paths(graph, names[:1], names[1:2])
    assert not found.complete
    assert len(found.paths) == 20
