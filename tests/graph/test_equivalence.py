"""Markov equivalence against the independencies themselves and published counts of classes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from symcausal.errors import CyclicGraphError, UsageError
from symcausal.graph.equivalence import markov_equivalent, skeleton, v_structures
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
