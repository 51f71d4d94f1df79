"""Markov equivalence against the independencies themselves and published counts of classes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from symcausal.errors import CyclicGraphError, UsageError
from symcausal.graph.equivalence import markov_equivalent, skeleton, v_structures
from symcausal.graph.essential import essential_graph
from symcausal.graph.graph import Graph
from tests.graph.brute import subsets
from tests.support.separation import d_separated

STUDENT = Graph("IDGSL", ["IG", "DG", "IS", "GL"])


def all_dags(names: str) -> Iterator[Graph]:
    """Every acyclic graph over some names."""
    pairs = list(combinations(names, 2))
    for choice in product((None, False, True), repeat=len(pairs)):
        arrows = [
            (b, a) if turned else (a, b)
            for (a, b), turned in zip(pairs, choice, strict=True)
            if turned is not None
        ]
        try:
            yield Graph(names, arrows)
        except CyclicGraphError:
            continue


def implied(graph: Graph) -> frozenset[object]:
    """All independencies of pairs, by networkx."""
    return frozenset(
        (left, right, seen)
        for left, right in combinations(sorted(graph.nodes), 2)
        for seen in subsets(sorted(set(graph.nodes) - {left, right}))
        if d_separated(graph, [left], [right], seen)
    )


@pytest.mark.parametrize(("names", "graphs", "classes"), [("AB", 3, 2), ("ABC", 25, 11)])
def test_equivalent_graphs_are_those_that_imply_the_same(
    names: str, graphs: int, classes: int
) -> None:
    """The counts are those of Robinson (1973) and of Gillispie and Perlman (2001)."""
    found = [(graph, implied(graph)) for graph in all_dags(names)]
    assert len(found) == graphs
    assert len({independencies for _, independencies in found}) == classes
    for (one, here), (other, there) in product(found, repeat=2):
        assert markov_equivalent(one, other) == (here == there), (one, other)


def test_four_variables_have_185_classes_of_543_graphs() -> None:
    """Gillispie and Perlman (2001)."""
    patterns = [(skeleton(graph), v_structures(graph)) for graph in all_dags("ABCD")]
    assert len(patterns) == 543
    assert len(set(patterns)) == 185


def test_the_student() -> None:
    assert skeleton(STUDENT) == (("I", "G"), ("I", "S"), ("D", "G"), ("G", "L"))
    assert v_structures(STUDENT) == (("I", "G", "D"),)


def test_turning_an_arrow_that_makes_no_v_structure_changes_nothing_one_can_see() -> None:
    turned = Graph("IDGSL", ["IG", "DG", "SI", "GL"])
    assert markov_equivalent(STUDENT, turned)
    assert not markov_equivalent(STUDENT, Graph("IDGSL", ["IG", "DG", "IS", "LG"]))
    assert not markov_equivalent(STUDENT, Graph("IDGSL", ["IG", "DG", "IS", "GL", "ID"]))


def test_the_order_of_declaration_does_not_matter_but_the_variables_do() -> None:
    assert markov_equivalent(STUDENT, Graph("LSGDI", STUDENT.directed))
    assert not markov_equivalent(STUDENT, Graph("IDGSLX", STUDENT.directed))


@pytest.mark.parametrize("graph", [Graph("AB", [], ["AB"]), Graph("AB", ["AB"], hidden="A")])
def test_refuses_hidden_causes(graph: Graph) -> None:
    with pytest.raises(UsageError, match="hidden causes"):
        markov_equivalent(graph, graph)


@pytest.mark.parametrize("names", ["AB", "ABC", "ABCD"])
def test_an_arrow_is_compelled_if_all_equivalent_graphs_have_it(names: str) -> None:
    classes: dict[object, list[Graph]] = {}
    for graph in all_dags(names):
        key = skeleton(graph), frozenset(v_structures(graph))
        classes.setdefault(key, []).append(graph)
    for members in classes.values():
        shared = set(members[0].directed).intersection(*(graph.directed for graph in members))
        for graph in members:
            found = essential_graph(graph)
            assert found == essential_graph(members[0])
            assert set(found.compelled) == shared
            reversible = {tuple(sorted(pair)) for pair in set(graph.directed) - shared}
            assert set(found.reversible) == reversible


def test_all_three_rules_are_needed() -> None:
    """A collider below orients onward; a circle is closed; two causes point at what lies between."""
    onward = essential_graph(Graph("ABCD", ["AC", "BC", "CD"]))
    assert ("C", "D") in onward.compelled
    circle = essential_graph(Graph("ABCD", ["AC", "BC", "CD", "AD"]))
    assert ("A", "D") in circle.compelled
    kite = essential_graph(Graph("ABCD", ["AB", "AC", "AD", "BD", "CD"]))
    assert str(kite) == "A -> D; B -> D; C -> D; A -- B; A -- C"


def test_the_student_may_have_been_admitted_for_the_test() -> None:
    """Only the arrow between intelligence and SAT may be turned."""
    assert str(essential_graph(STUDENT)) == "I -> G; D -> G; G -> L; I -- S"
    assert str(essential_graph(Graph("XYZ", ["XY"]))) == "Z; X -- Y"


def test_the_essential_graph_refuses_hidden_causes() -> None:
    with pytest.raises(UsageError, match="hidden causes"):
        essential_graph(Graph("AB", ["AB"], ["AB"]))
