"""Adjustment sets against the criterion path by path, all subsets, and exact models."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest

from symcausal.errors import LimitError, UnknownVariableError, UsageError
from symcausal.graph.adjustment import (
    AdjustmentSet,
    NoAdjustmentSet,
    adjustment_sets,
    is_adjustment_set,
)
from symcausal.graph.enumeration import MOST_SETS
from symcausal.graph.equivalence import skeleton, v_structures
from symcausal.graph.graph import Graph
from tests.graph.brute import adjusts, below, disjoint, is_open, proper_ways, random_graph, subsets
from tests.graph.test_equivalence import all_dags
from tests.support.oracle import Oracle
from tests.support.pace import soon
from tests.support.random_models import random_tables

STUDENT = Graph("IDGSL", ["IG", "DG", "IS", "GL"])
WITH_SAT_LETTER = Graph("IDGSL", ["IG", "DG", "IS", "GL", "SL"])
CLASSES: dict[object, list[Graph]] = {}
for _graph in all_dags("ABCD"):
    CLASSES.setdefault((skeleton(_graph), frozenset(v_structures(_graph))), []).append(_graph)
NAPKIN = Graph("WZXY", ["WZ", "ZX", "XY"], ["WX", "WY"])


def sets(graph: Graph, x: str, y: str, **options: Any) -> list[str]:
    """The sets as words; fails where there is none."""
    found = adjustment_sets(graph, x, y, **options)
    assert all(isinstance(one, AdjustmentSet) for one in found), found
    return ["".join(one.variables) for one in found if isinstance(one, AdjustmentSet)]


def none(graph: Graph, x: str, y: str, **options: str) -> str:
    """The reason why there is no set."""
    [found] = adjustment_sets(graph, x, y, **options)
    assert isinstance(found, NoAdjustmentSet), found
    return str(found.reason)


def test_kinds_of_sets() -> None:
    """Every set closes both ways round; the smallest use the least of them."""
    graph = Graph("XYABCD", ["AX", "AB", "BY", "CX", "CD", "DY", "XY", "AC"])
    assert sets(graph, "X", "Y", kind="minimum") == ["AC", "AD", "BC", "BD"]
    one_way = Graph("XYABC", ["AX", "AB", "AC", "BY", "CY", "XY"])
    assert sets(one_way, "X", "Y") == ["A", "BC"]
    assert sets(one_way, "X", "Y", kind="minimum") == ["A"]
    assert sets(one_way, "X", "Y", kind="all") == ["A", "AB", "AC", "BC", "ABC"]


def test_refuses_other_kinds() -> None:
    with pytest.raises(UsageError, match="no kind of sets 'smallest'"):
        sets(STUDENT, "G", "L", kind="smallest")


@pytest.mark.parametrize("seed", range(8))
def test_sets_for_all_equivalent_graphs_are_those_that_do_in_each(seed: int) -> None:
    random = Random(seed)
    for members in random.sample(list(CLASSES.values()), 40):
        x, y = disjoint(random, "ABCD", (1, 2), (1, 2))
        graph = random.choice(members)
        others = [name for name in "ABCD" if name not in (*x, *y)]
        working = [
            z for z in subsets(others) if all(is_adjustment_set(one, x, y, z) for one in members)
        ]
        for z in subsets(others):
            found = is_adjustment_set(graph, x, y, z, equivalent=True)
            assert found == (z in working), (graph, x, y, z)
        every = adjustment_sets(graph, x, y, kind="all", equivalent=True)
        if working:
            assert [getattr(one, "variables", None) for one in every] == working
        else:
            assert isinstance(every[0], NoAdjustmentSet)
            assert every[0].reason.nodes[0] in x
            assert every[0].reason.nodes[-1] in y


def test_an_arrow_that_may_be_turned_leaves_the_effect_open() -> None:
    """Of ``X -> Y`` alone data cannot say which acts on which; a collider settles it."""
    [found] = adjustment_sets(Graph("XY", ["XY"]), "X", "Y", equivalent=True)
    assert isinstance(found, NoAdjustmentSet)
    assert found.unclear
    assert str(found.reason) == "X -> Y"
    assert sets(Graph("ABXY", ["AX", "BX", "XY"]), "X", "Y", equivalent=True) == [""]
    with pytest.raises(UsageError, match="hidden causes"):
        adjustment_sets(Graph("XY", ["XY"], ["XY"]), "X", "Y", equivalent=True)


# -- known graphs -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (Graph("XY", ["XY"]), [""]),
        (Graph("XY", ["YX"]), None),
        (Graph("XY"), [""]),
        (Graph("XZY", ["XZ", "ZY"]), [""]),
        (Graph("XZY", ["ZX", "ZY", "XY"]), ["Z"]),
        (Graph("XZY", ["XZ", "YZ", "XY"]), [""]),
        (Graph("XY", ["XY"], ["XY"]), None),
        (Graph("XZY", ["XZ", "ZY"], ["XY"]), None),
        (NAPKIN, None),
        (Graph("AMBXY", ["AX", "AM", "BM", "BY", "XY"]), [""]),
        (Graph("UXY", ["UX", "UY", "XY"], hidden="U"), None),
        (Graph("UZXY", ["UZ", "ZX", "UY", "XY"], hidden="U"), ["Z"]),
    ],
    ids=[
        *("arrow", "against the arrow", "apart", "chain", "fork", "collider", "bow", "front door"),
        *("napkin", "M", "hidden cause", "hidden cause behind a variable"),
    ],
)
def test_known_graphs(graph: Graph, expected: list[str] | None) -> None:
    if expected is None:
        none(graph, "X", "Y")
    else:
        assert sets(graph, "X", "Y") == expected


def test_student_graph_needs_nothing_until_the_sat_acts_on_the_letter() -> None:
    assert sets(STUDENT, "G", "L") == [""]
    assert sets(WITH_SAT_LETTER, "G", "L") == ["I", "S"]


def test_conditioning_on_the_middle_of_an_m_does_harm() -> None:
    graph = Graph("AMBXY", ["AX", "AM", "BM", "BY", "XY"])
    assert not is_adjustment_set(graph, "X", "Y", "M")
    assert is_adjustment_set(graph, "X", "Y", "AM")
    assert sets(graph, "X", "Y", forced="M") == ["AM", "MB"]


def test_a_descendant_of_the_treatment_off_the_causal_paths_is_no_back_door_set() -> None:
    graph = Graph("XDY", ["XD", "XY"])
    assert is_adjustment_set(graph, "X", "Y", "D")
    assert adjustment_sets(graph, "X", "Y", forced="D") == [AdjustmentSet(("D",), back_door=False)]


def test_an_open_path_is_the_reason() -> None:
    assert none(Graph("XZY", ["XZ", "ZY"], ["XY"]), "X", "Y") == "X <-> Y"
    assert none(NAPKIN, "X", "Y") == "X <-> W <-> Y"  # W is a parent of Z, a parent of X


def test_a_forced_variable_below_a_causal_path_is_a_reason() -> None:
    graph = Graph("XMDY", ["XM", "MY", "MD"])
    assert none(graph, "X", "Y", forced="D") == "X -> M -> D"


@pytest.mark.parametrize(
    "options",
    [{"forced": "X"}, {"forced": "Y"}, {"forced": "U"}, {"forced": "Z", "forbidden": "Z"}],
)
def test_refuses_to_force_what_no_set_can_hold(options: dict[str, str]) -> None:
    graph = Graph("UXYZ", ["XY", "ZX", "UZ"], hidden="U")
    with pytest.raises(UsageError):
        adjustment_sets(graph, "X", "Y", **options)


@pytest.mark.parametrize("options", [{"forced": "Q"}, {"forbidden": "Q"}])
def test_refuses_unknown_variables(options: dict[str, str]) -> None:
    with pytest.raises(UnknownVariableError):
        adjustment_sets(STUDENT, "G", "L", **options)
    with pytest.raises(UnknownVariableError):
        is_adjustment_set(STUDENT, "G", "L", "GQ")


# -- against plain statements -------------------------------------------------------------------
def test_lists_all_minimal_sets_by_size_and_then_by_declaration() -> None:
    random, without, some = Random(7), 0, 0
    for _ in range(1500):
        graph = random_graph(random, random.randint(2, 7), hidden=random.choice((0, 0.15)))
        x, y, forced, barred = disjoint(random, graph.nodes, (1, 2), (1, 2), (0, 1), (0, 1))
        if not y or {*x, *y, *forced} & graph.hidden:
            continue
        others = [name for name in graph.nodes if name not in (*x, *y)]
        working = []
        for names in subsets(others):
            expected = adjusts(graph, x, y, names)
            assert is_adjustment_set(graph, x, y, names) == expected, (graph, x, y, names)
            if expected and set(forced) <= set(names) and not set(barred) & set(names):
                working.append(names)  # smaller ones and earlier ones first, like the answer
        minimal = [z for z in working if not any(set(other) < set(z) for other in working)]
        found = adjustment_sets(graph, x, y, forced=forced, forbidden=barred)
        if minimal:
            some += 1
            assert [getattr(one, "variables", None) for one in found] == minimal, (graph, x, y)
            assert len({frozenset(z) for z in minimal}) == len(minimal)
            rules = {"forced": forced, "forbidden": barred}
            every = adjustment_sets(graph, x, y, kind="all", **rules)
            assert [getattr(one, "variables", None) for one in every] == working, (graph, x, y)
            least = [z for z in minimal if len(z) == len(minimal[0])]
            fewest = adjustment_sets(graph, x, y, kind="minimum", **rules)
            assert [getattr(one, "variables", None) for one in fewest] == least, (graph, x, y)
        else:
            without += 1
            assert len(found) == 1
            assert isinstance(found[0], NoAdjustmentSet), (graph, x, y, forced, barred)
    assert min(without, some) > 200


def test_the_reason_stays_open_given_all_that_may_be_adjusted_for() -> None:
    random, seen = Random(8), 0
    for _ in range(800):
        graph = random_graph(random, random.randint(2, 6), hidden=0.2)
        x, y = disjoint(random, graph.nodes, (1, 2), (1, 2))
        if not y or {*x, *y} & graph.hidden:
            continue
        for found in adjustment_sets(graph, x, y):
            if isinstance(found, AdjustmentSet):
                continue
            seen += 1
            path = found.reason
            edges = list(graph.directed)
            ends = {*x, *y}
            above = {a for a in graph.nodes if below(edges, [a]) & ends}
            causal = {
                n for way in proper_ways(graph, x, y) if set(way[1]) == {"->"} for n in way[0]
            }
            barred = below(edges, causal - set(x)) | ends | graph.hidden
            assert is_open(graph, (path.nodes, path.arrows), above - barred), (graph, x, y, path)
            assert path.nodes[0] in x
            assert path.nodes[-1] in y
            assert set(path.arrows) != {"->"}
    assert seen > 100


def test_back_door_sets_are_those_of_the_definition() -> None:
    """Pearl 2009, Definition 3.3.1: no descendant of X; every path into X is blocked."""
    random, kinds = Random(9), {True: 0, False: 0}
    for _ in range(1500):
        graph = random_graph(random, random.randint(2, 6), arrows=random.choice((0.3, 0.6)))
        [x], y, forced = disjoint(random, graph.nodes, (1, 1), (1, 1), (0, 2))
        for found in adjustment_sets(graph, [x], y, forced=forced):
            if isinstance(found, AdjustmentSet):
                chosen = found.variables
                expected = not below(graph.directed, [x]) & set(chosen) and not any(
                    way[1][0] != "->" and is_open(graph, way, chosen)
                    for way in proper_ways(graph, [x], y)
                )
                assert found.back_door == expected, (graph, x, y, found)
                kinds[expected] += 1
    assert min(kinds.values()) > 30


# -- against numbers ----------------------------------------------------------------------------
def explicit(graph: Graph) -> Graph:
    """The graph with a hidden variable for each bidirected edge."""
    causes = {f"H{i}": pair for i, pair in enumerate(graph.bidirected)}
    arrows = [(cause, end) for cause, pair in causes.items() for end in pair]
    return Graph([*causes, *graph.nodes], [*graph.directed, *arrows], hidden=causes)


def repairs(oracle: Oracle, x: list[str], y: list[str], z: tuple[str, ...]) -> bool:
    """Whether averaging over z gives the effect, for all values of x and y."""
    for values in product("01", repeat=len(x) + len(y)):
        pairs = list(zip((*x, *y), values, strict=True))
        acts, outcome = pairs[: len(x)], pairs[len(x) :]
        average = Fraction(0)
        for states in product("01", repeat=len(z)):
            stratum = list(zip(z, states, strict=True))
            inside = oracle.probability(outcome, [*acts, *stratum])
            share = oracle.probability(stratum)
            assert inside is not None
            assert share is not None
            average += inside * share
        if average != oracle.probability(outcome, do=acts):
            return False
    return True


def test_accepted_sets_repair_every_model_and_others_fail_in_some() -> None:
    random, accepted, rejected = Random(10), 0, 0
    for _ in range(320):
        graph = explicit(random_graph(random, random.randint(2, 5), arrows=0.45, both=0.15))
        seen = [name for name in graph.nodes if name not in graph.hidden]
        x, y, _ = disjoint(random, seen, (1, 1 + (len(seen) > 3)), (1, 1), (0, 0))
        states = dict.fromkeys(graph.nodes, ("0", "1"))
        models = [Oracle(random_tables(random, graph, states, positive=True)) for _ in range(2)]
        candidates = [name for name in seen if name not in (*x, *y)]
        for z in subsets(candidates):
            if is_adjustment_set(graph, x, y, z):
                accepted += 1
                assert all(repairs(model, x, y, z) for model in models), (graph, x, y, z)
                continue
            rejected += 1
            tries = (Oracle(random_tables(random, graph, states, positive=True)) for _ in range(40))
            assert not all(repairs(model, x, y, z) for model in models) or any(
                not repairs(model, x, y, z) for model in tries
            ), (graph, x, y, z)
    assert min(accepted, rejected) > 300


def test_hidden_variables_are_in_no_set() -> None:
    random = Random(11)
    for _ in range(500):
        graph = random_graph(random, random.randint(3, 8), hidden=0.3)
        x, y = disjoint(random, graph.nodes, (1, 1), (1, 1))
        if {*x, *y} & graph.hidden:
            with pytest.raises(UsageError, match="hidden"):
                adjustment_sets(graph, x, y)
            continue
        for found in adjustment_sets(graph, x, y):
            assert isinstance(found, NoAdjustmentSet) or not graph.hidden & set(found.variables)


# -- size ---------------------------------------------------------------------------------------
def test_answers_quickly_on_large_graphs() -> None:
    random = Random(12)
    graphs = [random_graph(random, 60, arrows=0.06, both=0.0) for _ in range(5)]
    with soon(10):  # seconds, where trying all subsets takes longer than life
        for graph in graphs:
            order = graph.topological()
            for found in adjustment_sets(graph, [order[20]], [order[-1]]):
                assert isinstance(found, AdjustmentSet)
                assert is_adjustment_set(graph, [order[20]], [order[-1]], found.variables)


def test_stops_where_there_are_exponentially_many() -> None:
    """Each of twenty ways from X to Y is closed at one of its two variables: 2^20 sets."""
    ways = [(f"A{i}", f"B{i}") for i in range(20)]
    arrows = [edge for a, b in ways for edge in ((a, "X"), (a, b), (b, "Y"))]
    names = [name for way in ways for name in way]
    graph = Graph([*names, "X", "Y"], [*arrows, ("X", "Y")])
    with pytest.raises(LimitError, match=str(MOST_SETS)):
        adjustment_sets(graph, ["X"], ["Y"])
    found = adjustment_sets(graph, ["X"], ["Y"], most=50)
    assert len(found) == 50
    assert all(isinstance(one, AdjustmentSet) and len(one.variables) == 20 for one in found)
