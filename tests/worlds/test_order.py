"""Order between worlds: what is proved is so in enumerated models, what is refuted is not in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise, product
from random import Random

import pytest

from symcausal.expr.nodes import CopyEvents, Counterfactual
from symcausal.graph.graph import Graph
from symcausal.kernel.core.answers import MOST_FUNCTIONS, functions
from symcausal.kernel.core.interpretation import with_explicit_causes
from symcausal.kernel.counterexample import Counterexample, counterexample
from symcausal.kernel.inequality import difference_sign
from tests.support.depth import many
from tests.support.functional import FunctionalModel, Table
from tests.worlds.test_monotone import random_events, random_graph

STATES = dict.fromkeys("ABC", ("0", "1"))


class Replayed(FunctionalModel):
    """The model of a counterexample: tables, and how the answers to several rows go together."""

    def __init__(self, example: Counterexample, graph: Graph) -> None:
        explicit = with_explicit_causes(graph)
        plain = Graph(explicit.nodes, explicit.directed, (), (), explicit.monotone)
        super().__init__(plain, Random(0), 2, most=1)
        for name in plain.nodes:
            found = dict[tuple[int, ...], Fraction]()  # a function as its values, with its share
            places = list(product((0, 1), repeat=len(plain.parents(name))))
            ones = [self.entry(example, plain, name, place) for place in places]
            if example.coupling == "ordered":
                ends = sorted({Fraction(0), *(1 - one for one in ones), Fraction(1)})
                for begin, end in pairwise(ends):
                    function = tuple(int(begin >= 1 - one) for one in ones)
                    found[function] = found.get(function, Fraction(0)) + end - begin
            else:
                for function in product((0, 1), repeat=len(places)):
                    share = Fraction(1)
                    for value, one in zip(function, ones, strict=True):
                        share *= one if value else 1 - one
                    found[function] = share
            tables: list[Table] = [dict(zip(places, f, strict=True)) for f in found]
            self.functions[name], self.laws[name, ()] = tables, list(found.values())
            for table, share in zip(tables, found.values(), strict=True):
                assert not share or self.rises(name, table)

    @staticmethod
    def entry(example: Counterexample, graph: Graph, name: str, place: tuple[int, ...]) -> Fraction:
        """How often a variable is 1 under some values of its parents."""
        at = dict(zip(graph.parents(name), map(str, place), strict=True))
        for variable, given, row in example.rows:
            if variable == name and all(at[parent] == state for parent, state in given):
                return row[1]
        return Fraction(1, 2)


def test_a_sign_is_that_of_every_model_and_an_example_is_one() -> None:
    kinds = told_rightly(range(20))
    assert min(kinds["proved"], kinds["refuted"]) > 3


@pytest.mark.slow
def test_signs_of_many_differences() -> None:
    kinds = told_rightly(range(20, 20 + many(200)))
    assert min(kinds["proved"], kinds["refuted"]) > 30
    assert 10 * kinds["open"] < kinds.total()


def told_rightly(seeds: Iterable[int]) -> Counter[str]:
    """How many differences of each kind there are, once all that is said of them is found true."""
    kinds = Counter[str]()
    for seed in seeds:
        rng = Random(seed)
        graph = random_graph(rng, 2)
        high = Counterfactual(random_events(rng, 2, 1))
        low = Counterfactual(random_events(rng, 2, 2))
        if seed % 3 == 0:
            high = Counterfactual(random_events(rng, 2, 1), CopyEvents(random_events(rng, 2, 1)))
        try:
            sign = difference_sign(high, low, graph, STATES)
        except ZeroDivisionError:
            continue  # under a condition that cannot be
        if sign is not None:
            kinds["proved"] += 1
            for again in range(2):
                oracle = FunctionalModel(graph, Random(again), 2, most=3)
                one, other = oracle.value(high, {}), oracle.value(low, {})
                assert one is None or other is None or one >= other, (graph, high, low)
                assert sign or one is None or other is None or one == other
        example = counterexample(high, low, graph, STATES, wrong=lambda x, y: x < y)
        if example is not None:
            kinds["refuted"] += 1
            assert sign is None, (graph, high, low)
            if example.coupling == "independent" and len(graph.bidirected) > 1:
                continue  # too many functions to be listed
            replayed = Replayed(example, graph)
            assert replayed.value(high, {}) == example.left < example.right
            assert replayed.value(low, {}) == example.right
        elif sign is None:
            kinds["open"] += 1
    return kinds


@pytest.mark.parametrize("sizes", [(2,), (2, 2), (3,), (2, 3)])
@pytest.mark.parametrize("width", [2, 3])
def test_functions_that_rise_are_all_that_do_not_fall(sizes: tuple[int, ...], width: int) -> None:
    rows = list(product(*map(range, sizes)))
    for rising in product((False, True), repeat=len(sizes)):
        every = [
            dict(zip(rows, values, strict=True))
            for values in product(range(width), repeat=len(rows))
        ]
        kept = [
            f
            for f in every
            if all(
                f[row] <= f[*row[:i], row[i] + 1, *row[i + 1 :]]
                for i, up in enumerate(rising)
                if up
                for row in rows
                if row[i] + 1 < sizes[i]
            )
        ]
        if len(kept) <= MOST_FUNCTIONS:
            found = functions(sizes, rising, width)
            assert sorted(map(repr, found)) == sorted(map(repr, kept))
