"""Order between worlds: what is proved is so in enumerated models, what is refuted is not in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise, product
from random import Random

import pytest

from symcausal import check
from symcausal.algebra.field import Rationals
from symcausal.errors import LimitError
from symcausal.expr.nodes import CopyEvents, Counterfactual
from symcausal.graph.graph import Graph
from symcausal.kernel.core.answers import MOST_FUNCTIONS, Listed, functions
from symcausal.kernel.core.interpretation import with_explicit_causes
from symcausal.kernel.core.worlds import COUPLINGS, Coupled
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


BOW = "X -> Y; X <-> Y"
RISES = BOW + "; monotone X -> Y"
THREE = "X: a, b, c; Y: a, b, c; "


@pytest.mark.parametrize(
    ("model", "claim", "expected"),
    [
        (BOW, r"P(Y_{x}=y) \ge P(y, x)", "holds"),
        (BOW, r"P(Y_{x}=y, X=x') \le P(x')", "holds"),
        (BOW, r"P(Y_{x}=y, X=x') \le P(y)", "fails"),
        (BOW, r"P(Y_{x}=y) > P(y, x)", "holds"),
        # where x and x' are all that X can be
        ("X: no, yes; Y: no, yes; " + BOW, r"P(y_x, y_{x'}) \le P(y)", "holds"),
        (BOW, r"P(y_x, y_{x'}) \le P(y)", "undecided"),
        # strict order where the sides can be equal, or the order can be either
        (BOW, r"P(Y_{X=1}=1) > P(Y_{X=0}=1)", "undecided"),
        (RISES, r"P(Y_{X=1}=1) > P(Y_{X=0}=1)", "holds"),
        (RISES, r"P(Y_{X=1}=0, Y_{X=0}=1) > 0", "undecided"),
        # of a monotone arrow both values matter: none stands for the other
        (RISES, r"P(Y_{x}=y) \ge P(Y_{x'}=y)", "fails"),
        (THREE + RISES, r"P(Y_{X=c}=c) \ge P(Y_{X=a}=c)", "holds"),
        (THREE + RISES, r"P(Y_{X=c}=b) \ge P(Y_{X=a}=b)", "fails"),
        # one world
        (RISES, r"P(Y=1 \mid do(X=1)) \ge P(Y=1 \mid do(X=0))", "holds"),
        ("X -> Y; monotone X -> Y", r"P(Y=1 \mid X=1) \ge P(Y=1 \mid X=0)", "holds"),
        ("X -> Y; monotone X -> Y", r"P(Y=1 \mid X=1) \le P(Y=1 \mid X=0)", "fails"),
        (RISES, r"P(Y=1 \mid X=1) \ge P(Y=1 \mid X=0)", "fails"),  # confounded the other way
        # numbers that a graph does not settle may be what notes assume
        (BOW, r"P(Y_{X=1}=1) \ge 1/3", "undecided"),
        (BOW, r"P(Y_{X=1}=1, Y_{X=0}=0) \le 1", "holds"),
        # three values of two states are nothing that can be
        ("X: 0, 1; Y: 0, 1; " + BOW, r"P(Y_{x}=y, X=x') \le P(Y_{x''}=y)", "undecided"),
    ],
)
def test_order_in_notes(model: str, claim: str, expected: str) -> None:
    (found,) = check(f"We have ${claim}$.", model=model).claims
    assert found.verdict == expected, found.reason


PARAMETERS = "X -> Y; parameters p in (0, 1); P(X) = p, 1-p"
TABLES = "X -> Y; P(X) = 1/2, 1/2; P(Y | X=0) = 1/4, 3/4; P(Y | X=1) = 1/2, 1/2"


@pytest.mark.parametrize(
    ("model", "claim", "expected"),
    [
        # of one world the tables say all, of several nothing
        (TABLES, "P(Y_{X=1}=1) = 1/2", "holds"),
        (TABLES, "P(Y_{X=1}=1) = 3/4", "fails"),
        (TABLES, r"P(Y_{X=1}=1 \mid X=0) = 1/2", "holds"),
        (TABLES, r"P(Y_{X=1}=1) \le P(Y_{X=0}=1)", "holds"),
        (TABLES, r"P(Y_{X=1}=1) \ge P(Y_{X=0}=1)", "fails"),
        (TABLES, "P(Y_{X=1}=1, Y_{X=0}=0) = 1/8", "undecided"),
        (TABLES, r"P(Y_{X=1}=1, Y_{X=0}=0) \le 1/2", "undecided"),
        (TABLES, r"P(Y_{X=1}=1, Y_{X=0}=0) \le P(Y_{X=1}=1)", "holds"),
        # parameters are those of tables
        (PARAMETERS, "P(X_{Y=1}=0) = p", "holds"),
        (PARAMETERS, "P(X_{Y=1}=0) = 1 - p", "fails"),
        (PARAMETERS, r"P(Y_{X=1}=1) \ge p", "undecided"),
        (PARAMETERS + "; X <-> Y", "P(Y_{X=1}=1) = p", "undecided"),
        # mechanisms leave nothing open
        (
            "Y := X xor M; P(X) = 1/2, 1/2; P(M) = 1/4, 3/4",
            "P(Y_{X=1}=1, Y_{X=0}=0) = 1/4",
            "holds",
        ),
        (
            "Y := X xor M; P(X) = 1/2, 1/2; P(M) = 1/4, 3/4",
            "P(Y_{X=1}=1, Y_{X=0}=0) = 3/4",
            "fails",
        ),
        ("Y := X xor M", r"P(Y_{X=1}=1 \mid X=0, Y=0) = 1", "holds"),
        ("Y := X xor M", r"P(Y_{X=1}=1, Y_{X=0}=1) = P(M=0) P(M=1)", "fails"),
        ("X -> M; Y := X and M; X <-> M", r"P(Y_{X=1}=1) \ge P(Y=1)", "holds"),
        # what else moves Y is not told
        (BOW + "; P(Y | X=0) = 0, 1; P(Y | X=1) = 1, 0", "P(Y_{X=1}=1, X=0) = 0", "undecided"),
    ],
)
def test_tables_and_mechanisms_in_notes(model: str, claim: str, expected: str) -> None:
    (found,) = check(f"We have ${claim}$.", model=model).claims
    assert found.verdict == expected, found.reason


def test_functions_are_listed_up_to_a_limit() -> None:
    assert len(functions([9], [False], 2)) == MOST_FUNCTIONS == 2**9
    with pytest.raises(LimitError):
        functions([10], [False], 2)


def test_what_is_listed_is_asked_for_at_several_rows() -> None:
    rows = {"A": ("0", "1"), "B": ("0", "1")}
    column = [Fraction(1, 3), Fraction(2, 3), Fraction(1), Fraction(0)]
    made = Listed({"B": (("A",), column)}, rows, Rationals())
    assert made.at("B", {(0,): 1}) == Fraction(2, 3)
    with pytest.raises(ValueError, match="not listed"):
        made.at("B", {(0,): 1, (1,): 0})
    certain = Listed({"B": (("A",), [Fraction(n) for n in (0, 1, 1, 0)])}, rows, Rationals())
    assert certain.at("B", {(0,): 1, (1,): 0}) == 1
    assert certain.at("B", {(0,): 1, (1,): 1}) == 0


def test_answers_go_together_by_draws_of_their_own_or_by_one() -> None:
    """One draw from 0 to 1 gives the first state up to its share, then the second, in each row."""
    states = {"A": ("0", "1", "2"), "B": ("0", "1", "2")}
    rows = [[Fraction(n, 6) for n in row] for row in ((1, 2, 3), (3, 1, 2), (2, 2, 2))]
    columns = {"B": (("A",), [entry for row in rows for entry in row])}
    apart, ordered = (Coupled(columns, states, Rationals(), how) for how in COUPLINGS)
    drawn = [[s for s in range(3) for _ in range(int(6 * row[s]))] for row in rows]  # by sixths
    for one, other, third in product(range(3), repeat=3):
        at = {(0,): one, (1,): other, (2,): third}
        assert apart.at("B", at) == rows[0][one] * rows[1][other] * rows[2][third]
        alike = sum((a, b, c) == (one, other, third) for a, b, c in zip(*drawn, strict=True))
        assert ordered.at("B", at) == Fraction(alike, 6)
