"""Front-door sets against the criterion path by path, all subsets, and exact models."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from symcausal.errors import UsageError
from symcausal.graph.front_door import (
    FrontDoorSet,
    NoFrontDoorSet,
    front_door_sets,
)
from symcausal.graph.graph import Graph
from symcausal.kernel.core.interpretation import with_explicit_causes
from tests.graph.brute import disjoint, is_open, random_graph, subsets, ways
from tests.support.oracle import Oracle
from tests.support.random_models import random_tables

SMOKING = Graph("XMY", ["XM", "MY"], ["XY"])
TWO_WAYS = Graph("XABY", ["XA", "XB", "AY", "BY"], ["XY"])
IN_A_ROW = Graph("XABY", ["XA", "AB", "BY"], ["XY"])


def meets_criterion(graph: Graph, x: list[str], y: list[str], z: tuple[str, ...]) -> bool:
    """Pearl (2009), Definition 3.3.3, path by path, with sets as Jeong and others (2022) take them."""
    if set(z) & ({*x, *y} | graph.hidden):
        return False
    for start, end in product(x, y):
        for way in ways(graph, start, end):
            if set(way[1]) == {"->"} and not set(z) & set(way[0]):
                return False
    return not _back_door(graph, x, list(z), []) and not _back_door(graph, list(z), y, x)


def _back_door(graph: Graph, left: list[str], right: list[str], given: list[str]) -> bool:
    """Whether a path is open that uses no arrow out of the first set."""
    cut = Graph(graph.nodes, [(a, b) for a, b in graph.directed if a not in left], graph.bidirected)
    return any(
        is_open(cut, way, given)
        for start, end in product(left, right)
        for way in ways(cut, start, end)
    )


def names(found: list[FrontDoorSet] | list[NoFrontDoorSet]) -> list[tuple[str, ...]]:
    assert all(isinstance(one, FrontDoorSet) for one in found), found
    return [one.variables for one in found if isinstance(one, FrontDoorSet)]


def test_lists_sets_as_the_criterion_has_them() -> None:
    random, some, without = Random(5), 0, 0
    for _ in range(1200):
        graph = random_graph(
            random, random.randint(3, 6), arrows=0.4, hidden=random.choice((0, 0.15))
        )
        x, y, forced, barred = disjoint(random, graph.nodes, (1, 2), (1, 1), (0, 1), (0, 1))
        if not y or {*x, *y, *forced} & graph.hidden:
            continue
        others = [name for name in graph.nodes if name not in (*x, *y)]
        working = [
            z
            for z in subsets(others)
            if set(forced) <= set(z) and not set(barred) & set(z)
            if meets_criterion(graph, x, y, z)
        ]
        rules = {"forced": forced, "forbidden": barred}
        found = front_door_sets(graph, x, y, **rules)
        if not working:
            without += 1
            assert len(found) == 1
            assert isinstance(found[0], NoFrontDoorSet), (graph, x, y, rules)
            continue
        some += 1
        minimal = [z for z in working if not any(set(other) < set(z) for other in working)]
        assert names(found) == minimal, (graph, x, y, rules)
        assert names(front_door_sets(graph, x, y, kind="all", **rules)) == working
        least = [z for z in working if len(z) == len(working[0])]
        assert names(front_door_sets(graph, x, y, kind="minimum", **rules)) == least
    assert min(some, without) > 150


def test_the_reason_is_a_way_that_no_set_can_meet() -> None:
    random, seen = Random(6), 0
    for _ in range(600):
        graph = random_graph(random, random.randint(3, 6), arrows=0.45)
        x, y = disjoint(random, graph.nodes, (1, 1), (1, 1))
        [found, *_] = front_door_sets(graph, x, y)
        if isinstance(found, FrontDoorSet):
            continue
        seen += 1
        assert set(found.reason.arrows) == {"->"}
        assert (found.reason.nodes[0], found.reason.nodes[-1]) == (x[0], y[0])
        assert {name for name, _ in found.obstacles} == set(found.reason.nodes[1:-1])
        for name, path in found.obstacles:
            way = path.nodes, path.arrows
            if path.nodes[0] in x:
                assert path.arrows[0] != "->"
                assert is_open(graph, way, ())
            else:
                assert path.nodes[0] == name
                assert path.arrows[0] != "->"
                assert is_open(graph, way, x), (graph, path)
    assert seen > 100


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (SMOKING, [("M",)]),
        (TWO_WAYS, [("A", "B")]),
        (IN_A_ROW, [("A",), ("B",)]),
        (Graph("XY", [], ["XY"]), [()]),
        (Graph("UXMY", ["XM", "MY", "UX", "UY"], hidden="U"), [("M",)]),
        # Figure 3.5 of Pearl (2009) with two steps in the middle, the second confounded with X
        (Graph("XABY", ["XA", "AB", "BY"], ["XY", "XB"]), [("A",)]),
    ],
)
def test_known_graphs(graph: Graph, expected: list[tuple[str, ...]]) -> None:
    assert names(front_door_sets(graph, "X", "Y")) == expected


@pytest.mark.parametrize(
    ("graph", "reason", "obstacles"),
    [
        (Graph("XY", ["XY"], ["XY"]), "X -> Y", {}),
        (Graph("XMY", ["XM", "MY"], ["XM"]), "X -> M -> Y", {"M": "X <-> M"}),
        (Graph("XMY", ["XM", "MY"], ["XY", "MY"]), "X -> M -> Y", {"M": "M <-> Y"}),
        (Graph("XMY", ["XM", "MY"], ["XY"], "M"), "X -> M -> Y", {}),
    ],
)
def test_why_there_is_none(graph: Graph, reason: str, obstacles: dict[str, str]) -> None:
    [found] = front_door_sets(graph, "X", "Y")
    assert isinstance(found, NoFrontDoorSet)
    assert str(found.reason) == reason
    assert {name: str(path) for name, path in found.obstacles} == obstacles


def test_a_forced_variable_that_can_be_in_no_set() -> None:
    graph = Graph("XMYC", ["XM", "MY", "CX", "CY"], ["XY"])
    [found] = front_door_sets(graph, "X", "Y", forced="C")
    assert isinstance(found, NoFrontDoorSet)
    assert str(found.reason) == "X <- C"


@pytest.mark.parametrize(
    ("x", "y", "options"),
    [("X", "X", {}), ("X", "Y", {"forced": "X"}), ("X", "Y", {"forced": "M", "forbidden": "M"})],
)
def test_refusals(x: str, y: str, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        front_door_sets(SMOKING, x, y, **options)


@pytest.mark.parametrize("seed", range(12))
def test_the_formula_gives_the_effect_in_models_with_hidden_causes(seed: int) -> None:
    random, tried = Random(seed), 0
    while tried < 3:
        graph = random_graph(random, 5, arrows=0.4, both=0.25)
        x, y = disjoint(random, graph.nodes, (1, 2), (1, 1))
        [z, *_] = front_door_sets(graph, x, y, kind="all")
        if not isinstance(z, FrontDoorSet) or not z.variables:
            continue
        tried += 1
        explicit = with_explicit_causes(graph)
        states = dict.fromkeys(explicit.nodes, ("0", "1"))
        oracle = Oracle(random_tables(random, explicit, states, positive=True))
        for done in product("01", repeat=len(x)):
            do = list(zip(x, done, strict=True))
            expected = oracle.probability([(y[0], "1")], (), do)
            assert _front_door(oracle, do, (y[0], "1"), z.variables) == expected, (graph, x, y, z)


def _front_door(
    oracle: Oracle, do: list[tuple[str, str]], outcome: tuple[str, str], z: tuple[str, ...]
) -> Fraction:
    """``sum_z P(z | x) sum_x' P(y | x', z) P(x')``."""
    result = Fraction(0)
    x = [name for name, _ in do]
    for carried in product("01", repeat=len(z)):
        middle = list(zip(z, carried, strict=True))
        inner = Fraction(0)
        for other in product("01", repeat=len(x)):
            second = list(zip(x, other, strict=True))
            inner += oracle.probability([outcome], [*second, *middle]) * oracle.probability(second)
        result += oracle.probability(middle, do) * inner
    return result
