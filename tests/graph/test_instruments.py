"""Instruments against the criterion path by path, all subsets, and exact linear models."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from symcausal.errors import UsageError
from symcausal.graph.graph import Graph
from symcausal.graph.instruments import instruments, is_instrument
from symcausal.kernel.core.interpretation import with_explicit_causes
from tests.graph.brute import below, is_open, random_graph, subsets, ways

Sets = dict[str, list[tuple[str, ...]]]


def meets_criterion(graph: Graph, x: str, y: str, z: str, w: tuple[str, ...]) -> bool:
    """Pearl (2009), Definition 7.4.1 in graphs, path by path."""
    mine = {z, *w}
    if z in w or mine & (below(graph.directed, [x]) | {x, y} | graph.hidden):
        return False
    cut = Graph(graph.nodes, [(a, b) for a, b in graph.directed if a != x], graph.bidirected)
    reaches = any(is_open(cut, way, w) for way in ways(cut, z, y))
    return not reaches and any(is_open(graph, way, w) for way in ways(graph, z, x))


def by_variable(graph: Graph, x: str, y: str, **options: str) -> Sets:
    found: Sets = {}
    for one in instruments(graph, x, y, **options):
        found.setdefault(one.variable, []).append(one.given)
    return found


def test_lists_the_variables_that_have_a_set() -> None:
    random, some, none = Random(8), 0, 0
    for _ in range(700):
        graph = random_graph(
            random, random.randint(3, 6), both=0.15, hidden=random.choice((0, 0.15))
        )
        x, y = random.sample(graph.nodes, 2)
        if {x, y} & graph.hidden:
            continue
        expected: Sets = {}
        for z in graph.nodes:
            if z in (x, y):
                continue
            for w in subsets([name for name in graph.nodes if name not in (x, y, z)]):
                found = meets_criterion(graph, x, y, z, w)
                assert is_instrument(graph, x, y, z, w) == found, (graph, x, y, z, w)
                if found:
                    expected.setdefault(z, []).append(w)
        listed = by_variable(graph, x, y)
        assert set(listed) == set(expected), (graph, x, y)
        for z, sets in listed.items():
            assert len(set(sets)) == len(sets)
            assert set(sets) <= set(expected[z])
            if () in expected[z]:
                assert sets == [()]
        some, none = some + bool(expected), none + (not expected)
        for one in instruments(graph, x, y):
            assert is_open(graph, (one.relevance.nodes, one.relevance.arrows), one.given)
    assert min(some, none) > 100


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (Graph("ZXY", ["ZX", "XY"], ["XY"]), {"Z": [()]}),
        (Graph("ZXY", ["ZX", "XY", "ZY"], ["XY"]), {}),
        (Graph("ZXY", ["XY"], ["ZX", "XY"]), {"Z": [()]}),
        # a confounder of instrument and outcome has to be seen
        (Graph("ZXYW", ["ZX", "XY", "WZ", "WY"], ["XY"]), {"Z": [("W",)]}),
        # W is a collider and best left alone; as a cause of Y it ought to be both seen and not seen
        (Graph("ZXYW", ["ZX", "XY", "ZW"], ["XY", "WY"]), {"Z": [()]}),
        (Graph("ZXYW", ["ZX", "XY", "WY", "ZW"], ["XY", "WY"]), {}),
        # a path to the outcome through the treatment's other effect is no harm
        (Graph("ZXMY", ["ZX", "XM", "MY", "XY"], ["XY"]), {"Z": [()]}),
        (Graph("ZXMY", ["ZX", "XM", "MY", "ZM"], ["XY"]), {}),
        # two steps before the treatment: either will do
        (Graph("VZXY", ["VZ", "ZX", "XY"], ["XY"]), {"V": [()], "Z": [()]}),
    ],
)
def test_known_graphs(graph: Graph, expected: Sets) -> None:
    assert by_variable(graph, "X", "Y") == expected


def test_a_variable_that_depends_on_the_treatment_only_where_more_is_seen() -> None:
    """Z and X are the two causes of C, which moves nothing: seeing C makes Z tell of X."""
    graph = Graph("ZCVXY", ["ZC", "VC", "VX", "XY"], ["XY"])
    assert by_variable(graph, "X", "Y")["Z"] == [("C",)]


def test_forced_and_forbidden() -> None:
    graph = Graph("ZXYABW", ["ZX", "XY", "AZ", "AB", "BY"], ["XY"])
    assert by_variable(graph, "X", "Y")["Z"] == [("A",), ("B",)]
    assert by_variable(graph, "X", "Y", forbidden="A")["Z"] == [("B",)]
    assert by_variable(graph, "X", "Y", forced="W")["Z"] == [("A", "W"), ("B", "W")]
    assert "Z" not in by_variable(graph, "X", "Y", forbidden="Z")


@pytest.mark.parametrize(
    ("x", "y", "options"),
    [("X", "X", {}), ("X", "Y", {"forced": "Y"}), ("H", "Y", {}), ("X", "Y", {"forced": "M"})],
)
def test_refusals(x: str, y: str, options: dict[str, str]) -> None:
    graph = Graph("ZXMYH", ["ZX", "XM", "MY", "HX"], hidden="H")
    with pytest.raises(UsageError):
        instruments(graph, x, y, **options)


# -- linear models ------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(25))
def test_a_ratio_of_covariances_is_the_effect_in_linear_models(seed: int) -> None:
    random, tried = Random(seed), 0
    while tried < 4:
        graph = random_graph(random, random.randint(3, 6), both=0.2)
        x, y = random.sample(graph.nodes, 2)
        for one in instruments(graph, x, y):
            tried += 1
            model = _Linear(random, with_explicit_causes(graph))
            moved = model.covariance(one.variable, x, one.given)
            assert moved != 0
            ratio = model.covariance(one.variable, y, one.given) / moved
            assert ratio == model.effect(x, y), (graph, x, y, one)


class _Linear:
    """Each variable is a weighted sum of its causes and a noise of its own, in fractions."""

    def __init__(self, random: Random, graph: Graph) -> None:
        self.graph = graph
        self.weights = {arrow: Fraction(random.randint(1, 99), 10) for arrow in graph.directed}
        self.noise = {name: Fraction(random.randint(1, 9)) for name in graph.nodes}

    def effect(self, x: str, y: str) -> Fraction:
        """The sum over directed paths of the product of their weights."""
        if x == y:
            return Fraction(1)
        return sum(
            (self.weights[a, b] * self.effect(b, y) for a, b in self.graph.directed if a == x),
            Fraction(0),
        )

    def covariance(self, left: str, right: str, given: tuple[str, ...]) -> Fraction:
        """What is left of a covariance once some variables are held, one after the other."""
        if not given:
            return sum(
                (self.effect(n, left) * self.effect(n, right) * v for n, v in self.noise.items()),
                Fraction(0),
            )
        *rest, last = given
        before = tuple(rest)
        return self.covariance(left, right, before) - self.covariance(
            left, last, before
        ) * self.covariance(last, right, before) / self.covariance(last, last, before)
