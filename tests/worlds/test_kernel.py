"""Probabilities over several worlds, against functional models that are enumerated.

Of the identities of the literature both sides are compared, and what is not one has to differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.algebra.field import MERSENNE_127, Modulo
from symcausal.expr.nodes import (
    Copy,
    CopyEvent,
    CopyEvents,
    Counterfactual,
    Imposed,
    Letter,
    State,
    Value,
)
from symcausal.expr.scope import free_letters, substitute
from symcausal.graph.graph import Graph
from symcausal.kernel.core.draws import Draws
from symcausal.kernel.core.identity import identical, points
from symcausal.kernel.core.meaning import meaning
from symcausal.kernel.core.worlds import Responses, minimal
from symcausal.reading.reader import read
from tests.support.functional import FunctionalModel


def copy(variable: str, **set_to: str | Value | Copy) -> Copy:
    """``copy("Y", X="1")`` is Y had X been 1; a letter is written ``x`` or ``x'``."""
    found = []
    for name, value in sorted(set_to.items()):
        found.append(Imposed(name, valued(name, value) if isinstance(value, str) else value))
    return Copy(variable, tuple(found))


def valued(name: str, value: str) -> Value:
    return Letter(name + value[1:]) if value[0].isalpha() else State(value)


def law(outcome: Mapping[Copy, str], seen: Mapping[Copy, str] | None = None) -> Counterfactual:
    both = [
        CopyEvents(CopyEvent(one, valued(one.variable, value)) for one, value in part.items())
        for part in (outcome, seen or {})
    ]
    return Counterfactual(*both)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    names = "ABC"
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    arrows = [pair for pair in pairs if draw(st.booleans())]
    joined = [pair for pair in pairs if draw(st.integers(0, 3)) == 0]
    return Graph(names, arrows, joined)


@st.composite
def copies(draw: st.DrawFn, depth: int = 1) -> Copy:
    variable = draw(st.sampled_from("ABC"))
    chosen = draw(st.sets(st.sampled_from("ABC"), max_size=2))
    found = dict[str, str | Value | Copy]()
    for name in sorted(chosen):
        nested = depth and draw(st.integers(0, 2)) == 0
        inner = draw(copies(depth - 1)) if nested else None
        if inner is not None and inner.variable == name:
            found[name] = inner
        else:
            found[name] = draw(st.sampled_from(["0", "1", "x", "x'"]))
    return copy(variable, **found)


@st.composite
def queries(draw: st.DrawFn) -> Counterfactual:
    value = st.sampled_from(["0", "1", "x", "x'"])
    outcome = draw(st.dictionaries(copies(), value, min_size=1, max_size=2))
    seen = draw(st.dictionaries(copies(), value, max_size=1))
    return law(outcome, seen)


@settings(deadline=None, max_examples=60)
@given(graphs(), queries(), st.integers(0, 10**6))
def test_the_kernel_agrees_with_enumeration(graph: Graph, query: Counterfactual, seed: int) -> None:
    model = FunctionalModel(graph, Random(seed), 2)
    letters = free_letters(query)
    found = meaning(query, model.interpretation(), letters).values
    for value, place in zip(found, product("01", repeat=len(letters)), strict=True):
        at = {letter: State(state) for letter, state in zip(letters, place, strict=True)}
        settled = substitute(query, at)
        assert isinstance(settled, Counterfactual)
        assert value == model.probability(settled)


@settings(deadline=None, max_examples=40)
@given(graphs(), copies(), st.integers(0, 10**6))
def test_the_minimal_form_is_the_same_variable(graph: Graph, one: Copy, seed: int) -> None:
    rng = Random(seed)
    at = {letter: State(rng.choice("01")) for letter in ("A", "B", "C", "A'", "B'", "C'")}
    (settled,) = (e.copy for e in put(one, at))
    (plain,) = (e.copy for e in put(minimal(one, graph), at))
    model = FunctionalModel(graph, rng, 2)
    units = [unit for _, unit in model.units()]
    assert all(
        model.run(unit, settled) == model.run(unit, plain)
        for unit in rng.sample(units, min(40, len(units)))
    )


def put(one: Copy, at: Mapping[str, Value]) -> CopyEvents:
    found = substitute(Counterfactual(CopyEvents([CopyEvent(one, State("0"))])), at)
    assert isinstance(found, Counterfactual)
    return found.outcome


@settings(deadline=None)
@given(st.integers(2, 3), st.integers(2, 3), st.integers(1, 3), st.integers(0, 10**6))
def test_laws_at_fewer_rows_are_sums_of_laws_at_more(
    states: int, above: int, count: int, seed: int
) -> None:
    rng, field = Random(seed), Modulo()
    column = list[int]()
    for _ in range(above):
        entries = [rng.randrange(1, MERSENNE_127) for _ in range(states - 1)]
        column += [*entries, (1 - sum(entries)) % MERSENNE_127]
    names = {"A": tuple(map(str, range(above))), "B": tuple(map(str, range(states)))}
    responses = Responses({"A": ((), []), "B": (("A",), column)}, names, field, Draws(seed))
    rows = [(i,) for i in rng.sample(range(above), min(count, above))]
    *kept, last = rows
    for values in product(range(states), repeat=len(kept)):
        fewer = dict(zip(kept, values, strict=True))
        total = sum(responses.at("B", {**fewer, last: state}) for state in range(states))
        assert total % MERSENNE_127 == responses.at("B", fewer)
    assert [responses.at("B", {(i,): s}) for i in range(above) for s in range(states)] == column


BOW = Graph("XY", ["XY"], ["XY"])
FRONT = Graph("XZY", ["XZ", "ZY"], ["XY"])
BACK = Graph("CXY", ["CX", "CY", "XY"])
MEDIATED = Graph("CXMY", ["CX", "CM", "CY", "XM", "XY", "MY"])
IV = Graph("ZXY", ["ZX", "XY"], ["XY"])
JOINED = Graph("XMY", ["XM", "XY", "MY"], ["MY"])
Y_X, M_X = copy("Y", X="x"), copy("M", X="x'")


@pytest.mark.parametrize(
    ("graph", "left", "right", "holds"),
    [
        # Pearl 2009, Corollary 7.3.2 (consistency), and what it does not say
        (BOW, law({Y_X: "y"}, {copy("X"): "x"}), "P(y | x)", True),
        (BOW, law({Y_X: "y"}, {copy("X"): "x'"}), "P(y | x)", False),
        (BOW, law({Y_X: "y"}), "P(y | do(x))", True),
        (BOW, law({Y_X: "y"}), "P(y | x)", False),
        # the effect of treatment on the treated: Pearl 2009 Section 8.2.5, front and back door
        (FRONT, law({Y_X: "y"}, {copy("X"): "x'"}), "sum_z P(z | x) P(y | x', z)", True),
        (FRONT, law({Y_X: "y"}, {copy("X"): "x'"}), "sum_z P(z | x') P(y | x', z)", False),
        (BACK, law({Y_X: "y"}, {copy("X"): "x'"}), "sum_c P(y | x, c) P(c | x')", True),
        (BACK, law({Y_X: "y"}, {copy("X"): "x'"}), "sum_c P(y | x, c) P(c)", False),
        # with two states, from an experiment and observations
        (
            BOW,
            law({copy("Y", X="1"): "y"}, {copy("X"): "0"}),
            "(P(y | do(X=1)) - P(y, X=1)) / P(X=0)",
            True,
        ),
        # a nested counterfactual: Pearl 2001, natural effects
        (
            MEDIATED,
            law({copy("Y", X="x", M=M_X): "y"}),
            "sum_{c,m} P(y | x, m, c) P(m | x', c) P(c)",
            True,
        ),
        (
            JOINED,
            law({copy("Y", X="x", M=M_X): "y"}),
            "sum_{m} P(y | x, m) P(m | x')",
            False,
        ),
        # exclusion: only what acts on a variable can be set
        (FRONT, law({copy("Y", X="x", Z="z"): "y"}), "P(y | do(z))", True),
        (FRONT, law({copy("X", Z="z"): "x"}), "P(x)", True),
        (IV, law({copy("Y", X="x", Z="z"): "y"}), "P(y | do(x))", True),
        # exogeneity: what is randomised is independent of what would have been
        (IV, law({copy("Y", X="x"): "y"}, {copy("Z"): "z"}), "P(y | do(x))", True),
        (IV, law({copy("Y", X="x"): "y"}, {copy("X"): "x'"}), "P(y | do(x))", False),
        # a condition of the same world as the action
        (BACK, law({Y_X: "y"}, {copy("C", X="x"): "c"}), "P(y | do(x), c)", True),
    ],
)
def test_identities_of_the_literature(
    graph: Graph, left: Counterfactual, right: str, holds: bool
) -> None:
    for count in (2, 3) if "do(X=1)" not in right else (2,):
        states = {name: tuple(map(str, range(count))) for name in graph.nodes}
        assert identical(left, read(right), points(graph, states)) is holds


def test_two_worlds_have_no_law_of_their_own() -> None:
    """What would have been under both treatments is in no table, whatever the experiment."""
    both = law({copy("Y", X="0"): "0", copy("Y", X="1"): "1"})
    apart = read("P(Y=0 | do(X=0)) P(Y=1 | do(X=1))")
    graph = Graph("XY", ["XY"])
    assert not identical(both, apart, points(graph, {"X": ("0", "1"), "Y": ("0", "1")}))


def test_with_three_states_the_complement_says_nothing() -> None:
    left = law({copy("Y", X="1"): "y"}, {copy("X"): "0"})
    right = read("(P(y | do(X=1)) - P(y, X=1)) / P(X=0)")
    states = {"X": ("0", "1", "2"), "Y": ("0", "1")}
    assert not identical(left, right, points(BOW, states))
