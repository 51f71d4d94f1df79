"""Back doors, directed paths and confounders against the enumeration of all paths."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

from symcausal.graph.graph import Graph
from symcausal.graph.paths import MOST_PATHS, back_door_paths, confounders, directed_paths
from tests.graph.brute import Way, disjoint, is_open, proper_ways, random_graph
from tests.support.pace import soon


def listed(graph: Graph, ways: list[Way]) -> list[Way]:
    """Shortest first, then in declaration order."""
    order = {name: i for i, name in enumerate(graph.nodes)}
    return sorted(ways, key=lambda way: (len(way[0]), [order[name] for name in way[0]], way[1]))


def test_back_doors_are_the_open_paths_into_the_treatment() -> None:
    random, seen = Random(1), 0
    for _ in range(1500):
        graph = random_graph(random, random.randint(2, 6))
        x, y, given = disjoint(random, graph.nodes, (1, 2), (1, 2), (0, 2))
        ways = [
            way
            for way in proper_ways(graph, x, y)
            if way[1][0] != "->" and is_open(graph, way, given)
        ]
        found = back_door_paths(graph, x, y, given, most=1000)
        assert [(path.nodes, path.arrows) for path in found] == listed(graph, ways), (graph, x, y)
        for path in found:
            assert {name for name, _ in path.opened_by} == set(path.colliders) - set(given)
            assert all(one in graph.ancestors((by,)) for one, by in path.opened_by)
            assert {by for _, by in path.opened_by} <= set(given)
        seen += len(found)
    assert seen > 500


def test_directed_paths_are_those_along_the_arrows() -> None:
    random = Random(2)
    for _ in range(800):
        graph = random_graph(random, random.randint(2, 7), arrows=0.5)
        x, y = disjoint(random, graph.nodes, (1, 2), (1, 2))
        ways = [way for way in proper_ways(graph, x, y) if set(way[1]) == {"->"}]
        found = directed_paths(graph, x, y, most=1000)
        assert [(path.nodes, path.arrows) for path in found] == listed(graph, ways)
        assert directed_paths(graph, x, y, most=2) == found[:2]


def parts_at(graph: Graph, cause: str, x: str, y: str) -> bool:
    """Whether two directed paths, to x and to y past x, have nothing but their start in common."""
    ways = [
        [way[0] for way in proper_ways(graph, [cause], [end]) if set(way[1]) == {"->"}]
        for end in (x, y)
    ]
    return any(
        x not in other and set(one) & set(other) == {cause} for one in ways[0] for other in ways[1]
    )


def test_from_confounders_two_directed_paths_part() -> None:
    random = Random(3)
    for _ in range(600):
        graph = random_graph(random, random.randint(2, 6))
        [x], [y] = disjoint(random, graph.nodes, (1, 1), (1, 1))

        def acts(cause: str, on: str, past: str | None, graph: Graph = graph) -> bool:
            return cause == on or any(
                set(way[1]) == {"->"} and past not in way[0]
                for way in proper_ways(graph, [cause], [on])
            )

        expected = [c for c in graph.nodes if c not in (x, y) and parts_at(graph, c, x, y)]
        for a, b in graph.bidirected:
            if any(acts(c, x, None) and acts(d, y, x) for c, d in ((a, b), (b, a))):
                expected.append(f"{a} <-> {b}")
        assert list(confounders(graph, [x], [y])) == expected, (graph, x, y)


def test_an_observed_end_is_no_end() -> None:
    graph = Graph("ZXY", ["ZX", "ZY", "XY"])
    assert len(back_door_paths(graph, "X", "Y")) == 1
    assert back_door_paths(graph, "X", "Y", "Y") == []
    assert back_door_paths(graph, "X", "Y", "X") == []


def test_keeps_to_its_budget_on_dense_graphs() -> None:
    names = [f"V{i:02}" for i in range(30)]
    dense = Graph(names, list(combinations(names, 2)), list(combinations(names, 2)))
    with soon(5):
        assert len(directed_paths(dense, names[:1], names[-1:])) == MOST_PATHS
        assert len(back_door_paths(dense, names[15:16], names[-1:], most=100)) == 100


def test_finds_a_path_where_most_ways_lead_nowhere() -> None:
    """Short dead ends by the million, and one long way through."""
    layers = [[f"L{i}{j}" for j in range(6)] for i in range(10)]
    arrows = [(b, a) for one, two in pairwise(layers) for a in one for b in two]
    arrows += [(name, "X") for name in layers[0]]
    through = ["X", *(f"P{i:02}" for i in range(15))]
    arrows += [(b, a) for a, b in pairwise(through)] + [(through[-1], "Y")]
    names = [*(name for layer in layers for name in layer), *through, "Y"]
    graph = Graph(names, arrows)
    with soon(5):
        assert [path.nodes for path in back_door_paths(graph, ["X"], ["Y"])] == [(*through, "Y")]
        assert len(directed_paths(graph, layers[-1][:1], ["X"])) == MOST_PATHS
