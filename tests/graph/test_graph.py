"""Graphs: circles, orders, surgery, equality."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from symcausal.errors import CyclicGraphError, ModelError, UnknownVariableError
from symcausal.graph.graph import Graph
from tests.graph.brute import above, below, random_graph


def test_a_circle_is_named_in_order() -> None:
    random, circles = Random(1), 0
    for _ in range(1000):
        names = [f"V{i}" for i in range(random.randint(1, 7))]
        edges = [(a, b) for a in names for b in names if random.random() < 0.2]
        try:
            Graph(names, edges)
        except CyclicGraphError as error:
            circles += 1
            circle = error.cycle
            assert len(set(circle)) == len(circle) > 0
            assert set(zip(circle, (*circle[1:], circle[0]), strict=True)) <= set(edges)
        else:
            assert not any(a in below(edges, [b]) for a, b in edges)
    assert circles > 300


def test_causes_come_first_and_ties_in_declaration_order() -> None:
    random = Random(2)
    for _ in range(500):
        graph = random_graph(random, random.randint(1, 8))
        expected: list[str] = []
        while len(expected) < len(graph.nodes):
            expected.append(
                next(
                    name
                    for name in graph.nodes
                    if name not in expected
                    and all(a in expected for a, b in graph.directed if b == name)
                )
            )
        assert list(graph.topological()) == expected
        some = [name for name in graph.nodes if random.random() < 0.5]
        assert list(graph.topological(some)) == [name for name in expected if name in some]


def test_relatives_are_those_of_the_edges() -> None:
    random = Random(3)
    for _ in range(500):
        graph = random_graph(random, random.randint(1, 8))
        some = [name for name in graph.nodes if random.random() < 0.3]
        assert set(graph.descendants(some)) == below(graph.directed, some)
        assert set(graph.ancestors(some)) == above(graph.directed, some)
        for name in graph.nodes:
            assert set(graph.parents(name)) == {a for a, b in graph.directed if b == name}
            assert set(graph.children(name)) == {b for a, b in graph.directed if a == name}


def test_edges_are_found_from_either_end() -> None:
    random = Random(5)
    for _ in range(300):
        graph = random_graph(random, random.randint(1, 6))
        edges = {(a, "->", b) for a, b in graph.directed}
        edges |= {(b, "<-", a) for a, b in graph.directed}
        edges |= {e for a, b in graph.bidirected for e in ((a, "<->", b), (b, "<->", a))}
        asked = product(graph.nodes, ("->", "<-", "<->"), graph.nodes)
        assert {edge for edge in asked if graph.has_edge(*edge)} == edges
    with pytest.raises(UnknownVariableError):
        graph.has_edge("Q", "->", graph.nodes[0])


def test_cutting_into_a_variable_also_cuts_its_hidden_causes() -> None:
    graph = Graph("WXYZ", ["WX", "XY", "YZ"], ["XY", "YZ", "XW"], hidden="W")
    into = graph.cut(into="X")
    assert into == Graph("WXYZ", ["XY", "YZ"], ["YZ"], hidden="W")
    out = graph.cut(out_of="X")
    assert out == Graph("WXYZ", ["WX", "YZ"], ["XY", "YZ", "XW"], hidden="W")
    assert graph.cut(into="Y", out_of="W") == Graph("WXYZ", ["YZ"], ["XW"], hidden="W")
    with pytest.raises(UnknownVariableError):
        graph.cut(into="Q")


def test_a_bidirected_edge_leaves_the_arrow_between_its_ends() -> None:
    bow = Graph("XY", ["XY"], ["YX"])
    assert bow.directed == (("X", "Y"),)
    assert bow.bidirected == (("X", "Y"),)


def test_no_hidden_cause_joins_a_variable_to_itself() -> None:
    with pytest.raises(ModelError):
        Graph("XY", (), ["XX"])


def test_equality_does_not_hang_on_the_order_of_edges() -> None:
    one = Graph("ABC", ["AB", "BC"], ["AC", "BC"])
    other = Graph("ABC", ["BC", "AB", "AB"], ["CB", "AC"])
    assert one == other
    assert hash(one) == hash(other)
    assert len({one, other, Graph("ABC", ["AB", "BC"], ["AC"])}) == 2
    assert one != Graph("ABC", ["AB", "BC"], ["AC", "BC"], hidden="A")
