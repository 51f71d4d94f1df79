"""Listed sets against all subsets."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from symcausal.graph.enumeration import minimal_sets, sets_between
from symcausal.graph.graph import Graph, bits
from symcausal.graph.separating import separating_sets
from symcausal.graph.smallest import minimum_separators
from tests.graph.brute import disjoint, random_graph, subsets
from tests.support.separation import d_separated


def family(random: Random) -> set[int]:
    """Some sets over six members."""
    return {random.randrange(64) for _ in range(random.randint(0, 12))}


@pytest.mark.parametrize("seed", range(40))
def test_lists_what_lies_between_two_bounds(seed: int) -> None:
    random = Random(seed)
    members = family(random)
    least = random.randrange(64) & random.randrange(64)
    most = least | random.randrange(64)

    def exists(low: int, high: int) -> bool:
        return any(not low & ~one and not one & ~high for one in members)

    found = list(sets_between(least, most, exists))
    assert len(found) == len(set(found))
    assert set(found) == {one for one in members if not least & ~one and not one & ~most}


@pytest.mark.parametrize("seed", range(40))
def test_lists_minimal_sets(seed: int) -> None:
    random = Random(seed)
    least = random.randrange(64) & random.randrange(64)
    members = {one | least for one in family(random)}
    most = least | random.randrange(64) | random.randrange(64)
    inside = [one for one in members if not one & ~most]

    def contains(room: int) -> bool:
        return any(not one & ~room for one in inside)

    found = list(minimal_sets(most, contains, least))
    assert len(found) == len(set(found))
    assert set(found) == {
        one for one in inside if not any(other != one and not other & ~one for other in inside)
    }


@pytest.mark.parametrize("seed", range(150))
def test_smallest_separators_among_all_subsets(seed: int) -> None:
    random = Random(seed)
    graph = random_graph(random, random.randint(3, 8), arrows=random.choice((0.25, 0.4)))
    left, right, forced, barred = disjoint(random, graph.nodes, (1, 2), (1, 2), (0, 1), (0, 2))
    if not right:
        return
    allowed = set(graph.nodes) - {*left, *right, *forced, *barred}
    working = [
        graph.mask(more)
        for more in subsets(sorted(allowed))
        if d_separated(graph, left, right, (*forced, *more))
    ]
    least = min((mask.bit_count() for mask in working), default=0)
    found = list(minimum_separators(graph, *map(graph.mask, (left, right, allowed, forced))))
    every = separating_sets(graph, left, right, forced=forced, forbidden=barred, kind="all")
    assert [graph.mask(one) & ~graph.mask(forced) for one in every] == [
        mask for one in every for mask in working if mask | graph.mask(forced) == graph.mask(one)
    ]
    assert len(every) == len(working)
    assert len(found) == len(set(found))
    assert set(found) == {mask for mask in working if mask.bit_count() == least}, graph


def test_one_of_each_pair_on_each_of_three_ways() -> None:
    """Three ways of two variables each: two to the third smallest cuts."""
    nodes = ["X", "Y", *(f"{a}{i}" for i in range(3) for a in "AB")]
    ways = [("X", f"A{i}", f"B{i}", "Y") for i in range(3)]
    graph = Graph(nodes, [step for way in ways for step in pairwise(way)])
    x, y = graph.mask("X"), graph.mask("Y")
    found = list(minimum_separators(graph, x, y, -1 & (1 << len(nodes)) - 1))
    assert len(found) == len(set(found)) == 8
    assert all(len(list(bits(mask))) == 3 for mask in found)
