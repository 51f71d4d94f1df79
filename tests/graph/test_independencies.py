"""Listed independencies against all subsets; the local basis against separation."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.graph.independencies import Independence, independencies, local_basis
from symcausal.graph.separation import separated
from tests.graph.brute import random_graph, subsets
from tests.graph.test_equivalence import all_dags
from tests.support.separation import d_separated


def test_lists_every_pair_with_all_its_minimal_sets() -> None:
    random = Random(3)
    for _ in range(400):
        graph = random_graph(random, random.randint(2, 6), hidden=random.choice((0, 0.2)))
        observed = [name for name in graph.nodes if name not in graph.hidden]
        expected = []
        for left, right in combinations(observed, 2):
            minimal: list[tuple[str, ...]] = []
            for given in subsets(name for name in observed if name not in (left, right)):
                smaller = any(set(one) <= set(given) for one in minimal)
                if not smaller and d_separated(graph, [left], [right], given):
                    minimal.append(given)
            expected += [Independence((left,), (right,), given) for given in minimal]
        assert independencies(graph) == expected, graph


def test_the_local_basis_holds() -> None:
    random = Random(4)
    for _ in range(600):
        graph = random_graph(random, random.randint(2, 8), both=random.choice((0, 0.2)))
        for one in local_basis(graph):
            assert d_separated(graph, one.left, one.right, one.given), (graph, one)


def test_all_independencies_follow_from_the_basis() -> None:
    """Every graph of arrows that has the independencies of the basis has all of them."""
    random = Random(5)
    names = "ABCD"
    others = [(one, _statements(one)) for one in all_dags(names)]
    for _ in range(150):
        made = random_graph(random, 4, both=0.4)
        rename = dict(zip(made.nodes, names, strict=True))
        graph = Graph(
            names,
            [(rename[a], rename[b]) for a, b in made.directed],
            [(rename[a], rename[b]) for a, b in made.bidirected],
        )
        basis, wanted = local_basis(graph), _statements(graph)
        for one, statements in others:
            if all(separated(one, b.left, b.right, b.given) for b in basis):
                assert wanted <= statements, (graph, one, basis)


def _statements(graph: Graph) -> set[tuple[str, str, tuple[str, ...]]]:
    return {
        (left, right, given)
        for left, right in combinations(graph.nodes, 2)
        for given in subsets(name for name in graph.nodes if name not in (left, right))
        if separated(graph, left, right, given)
    }


def test_the_basis_of_a_graph_whose_component_falls_apart() -> None:
    """Without C, which they share hidden causes with, A and B have nothing in common."""
    basis = local_basis(Graph("ABC", (), ["AC", "BC"]))
    assert [str(one) for one in basis] == ["A _||_ B", "B _||_ A"]


def test_without_hidden_causes_the_basis_is_the_parents() -> None:
    graph = Graph("IDGSL", ["IG", "DG", "IS", "GL"])
    assert [str(one) for one in local_basis(graph)] == [
        "I _||_ D",
        "D _||_ I, S",
        "G _||_ S | I, D",
        "S _||_ D, G, L | I",
        "L _||_ I, D, S | G",
    ]


def test_a_bidirected_edge_is_no_independence() -> None:
    assert local_basis(Graph("XY", (), ["XY"])) == []
    assert independencies(Graph("XY", (), ["XY"])) == []


def test_a_complete_graph_of_many_variables_has_none() -> None:
    names = [f"V{i}" for i in range(24)]
    assert independencies(Graph(names, list(combinations(names, 2)))) == []


def test_stops_where_there_are_exponentially_many() -> None:
    ways = [(f"A{i}", f"B{i}") for i in range(20)]
    arrows = [edge for a, b in ways for edge in (("X", a), (a, b), (b, "Y"))]
    with pytest.raises(LimitError):
        independencies(Graph(["X", "Y", *(name for way in ways for name in way)], arrows))
