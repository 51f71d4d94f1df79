"""Separation against networkx, and witnesses against the enumeration of all paths."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.errors import UnknownVariableError
from symcausal.graph.graph import Graph
from symcausal.graph.separation import Path, open_path, separated
from tests.graph.brute import above, disjoint, is_open, proper_ways, random_graph
from tests.support.separation import d_separated
from tests.support.strategies import dags

STUDENT = Graph("DIGSL", ["DG", "IG", "IS", "GL"])
COLLIDER_CHAIN = Graph("ABCDE", ["AB", "CB", "BD", "DE"])


def cut(graph: Graph, into: list[str], out_of: list[str]) -> Graph:
    """Surgery as the textbook says it, on lists of edges."""
    return Graph(
        graph.nodes,
        [(a, b) for a, b in graph.directed if b not in into and a not in out_of],
        [(a, b) for a, b in graph.bidirected if a not in into and b not in into],
    )


def test_agrees_with_networkx_after_any_surgery() -> None:
    random, separations = Random(20), 0
    for _ in range(4000):
        graph = random_graph(random, random.randint(2, 8), arrows=random.choice((0.2, 0.35)))
        left, right, seen = disjoint(random, graph.nodes, (1, 2), (1, 2), (0, 3))
        into, out_of = disjoint(random, graph.nodes, (0, 2), (0, 2))
        got = separated(graph, left, right, seen, cut_into=into, cut_out_of=out_of)
        want = d_separated(cut(graph, into, out_of), left, right, seen)
        assert got == want, (graph, left, right, seen, into, out_of)
        separations += want
    assert 1000 < separations < 3000  # both answers are common, or the test says little


def test_the_witness_is_a_shortest_open_path_the_first_in_declaration_order() -> None:
    random, witnesses = Random(21), 0
    for _ in range(1200):
        graph = random_graph(random, random.randint(2, 6))
        left, right, seen = disjoint(random, graph.nodes, (1, 2), (1, 2), (0, 3))
        into, out_of = disjoint(random, graph.nodes, (0, 1), (0, 1))
        path = open_path(graph, left, right, seen, cut_into=into, cut_out_of=out_of)
        after = cut(graph, into, out_of)
        ways = [way for way in proper_ways(after, left, right) if is_open(after, way, seen)]
        if path is None:
            assert not ways
            continue
        witnesses += 1
        assert (path.nodes, path.arrows) in ways
        position = {name: i for i, name in enumerate(graph.nodes)}
        first = min(ways, key=lambda way: (len(way[0]), [position[name] for name in way[0]]))
        assert path.nodes == first[0]
        shut = [name for name in path.colliders if name not in seen]
        assert [collider for collider, _ in path.opened_by] == shut
        for collider, observed in path.opened_by:
            assert observed in seen
            assert collider in above(after.directed, [observed])
    assert witnesses > 400


@given(st.data())
def test_separation_is_symmetric_and_the_two_answers_agree(data: st.DataObject) -> None:
    graph = data.draw(dags(2, 6, bidirected=True))
    names = st.lists(st.sampled_from(graph.nodes), unique=True, max_size=3)
    left, right, seen = data.draw(names), data.draw(names), data.draw(names)
    answer = separated(graph, left, right, seen)
    assert answer == separated(graph, right, left, seen)
    assert answer == (open_path(graph, left, right, seen) is None)


def test_prints_a_path() -> None:
    confounded = Graph("IDGSL", ["IG", "DG", "IS", "GL", "SL"])
    path = open_path(confounded, "G", "L", cut_out_of="G")
    assert str(path) == "G <- I -> S -> L"
    assert str(open_path(Graph("XY", [], ["XY"]), "X", "Y")) == "X <-> Y"


def test_tells_which_observed_descendant_opens_a_collider() -> None:
    path = open_path(COLLIDER_CHAIN, "A", "C", "E")
    assert path == Path(("A", "B", "C"), ("->", "<-"), (("B", "E"),))
    assert path.colliders == ("B",)


def test_a_descendant_behind_a_cut_opens_nothing() -> None:
    assert separated(COLLIDER_CHAIN, "A", "C", "E", cut_into="D")
    assert not separated(COLLIDER_CHAIN, "A", "C", "E")


def test_an_observed_collider_is_open_by_itself() -> None:
    path = open_path(COLLIDER_CHAIN, "A", "C", "BE")
    assert path is not None
    assert path.colliders == ("B",)
    assert path.opened_by == ()


def test_bidirected_edges_meet_in_colliders() -> None:
    graph = Graph("ABC", [], ["AB", "BC"])
    assert separated(graph, "A", "C")
    assert str(open_path(graph, "A", "C", "B")) == "A <-> B <-> C"


def test_a_bow_keeps_its_arrow() -> None:
    bow = Graph("XY", ["XY"], ["XY"])
    assert str(open_path(bow, "X", "Y", cut_out_of="X")) == "X <-> Y"
    assert str(open_path(bow, "X", "Y", cut_into="X")) == "X -> Y"


def test_overlaps() -> None:
    assert separated(STUDENT, "G", "L", "G")  # an observed variable varies no more
    assert not separated(STUDENT, "DG", "GL")
    assert open_path(STUDENT, "DG", "GL") == Path(("G",), ())
    assert separated(STUDENT, "", "L")
    assert open_path(STUDENT, "G", "") is None


def test_refuses_a_name_that_the_graph_lacks() -> None:
    with pytest.raises(UnknownVariableError, match="no variable 'Q'"):
        separated(STUDENT, "D", "Q")
