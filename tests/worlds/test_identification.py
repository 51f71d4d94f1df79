"""What data say of several worlds: verdicts of the papers, and estimands against enumeration."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model, SymcausalError
from symcausal.expr.nodes import Counterfactual, Expr
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.writing.text import text
from tests.support.functional import FunctionalModel
from tests.worlds.test_kernel import graphs, queries

FRONT = "X -> Z -> Y; X <-> Y"
BOW = "X -> Y; X <-> Y"
BACK = "C -> X; C -> Y; X -> Y"
NAPKIN = "W -> R -> X -> Y; W <-> X; W <-> Y"
BOTH = ["P(X, Y)", "P(Y | do(X))"]
MEDIATED = "C -> X; C -> M; C -> Y; X -> M -> Y; X -> Y"
CASES = [
    (FRONT, "P(Y_{x}=y | X=x')", None, "sum_{Z} P(Y | X', Z) P(Z | X)"),
    (BACK, "P(Y_{x}=y | X=x')", None, "*"),
    (BOW, "P(Y_{x}=y | X=x')", BOTH, "(P(Y | do(X)) - P(X, Y)) / P(X')"),
    (BOW, "P(Y_{x}=y | X=x)", None, "P(Y | X)"),
    (MEDIATED, "P(Y_{x, M_{x'}}=y)", None, "sum_{C,M} P(C) P(M | C, X') P(Y | C, M, X)"),
    # the shape of an estimand is ours, that there is none, or one, is the papers'
    ("X -> M -> Y; X -> Y; X <-> Y", "P(Y_{X=1, M_{X=0}}=1)", "experiments", "*"),
    ("X -> M -> Y; X -> Y; M <-> Y", "P(Y_{X=1, M_{X=0}}=1)", None, None),
    ("X -> M -> Y; X -> Y; M <-> Y", "P(Y_{X=1, M_{X=0}}=1)", "experiments", None),
    (BOW, "P(Y_{x}=y | X=x')", None, None),
    # of two states the complement of the whole law: no factor of it is known
    (NAPKIN, "P(Y_{x}=y | X=x')", None, "*"),
    (NAPKIN, "P(Y_{X=1}=1 | X=0)", None, "*"),
    ("X: 0, 1, 2; " + NAPKIN, "P(Y_{x}=y | X=x')", None, None),
    ("X: a, b, c; " + BOW, "P(Y_{x}=y | X=x')", BOTH, None),
    ("X -> Y", "P(Y_{X=0}=0, Y_{X=1}=1)", "experiments", None),
    # substituting at some of the mediators: Avin, Shpitser and Pearl 2005
    ("X -> A -> Y; X -> B -> Y; X -> Y", "P(Y_{X=1, A_{X=0}}=1)", None, "*"),
    ("X -> A -> Y; X -> B -> Y; X -> Y; A -> B", "P(Y_{X=1, A_{X=0}, B_{X=1}}=1)", None, None),
    ("X -> A -> Y; X -> B -> Y; X -> Y; A -> B", "P(Y_{X=1, A_{X=0}}=1)", None, "*"),
]


@pytest.mark.parametrize(("model", "query", "known", "estimand"), CASES)
def test_a_verdict(
    model: str, query: str, known: list[str] | str | None, estimand: str | None
) -> None:
    found = Model(model).identify(query, given=known)
    if estimand is None:
        assert not found.identifiable
        assert found.proven
        assert all((found.to_text(), found.to_latex(), found.to_json()))
        return
    assert found.identifiable
    assert found.estimand is not None
    assert estimand in ("*", text(found.estimand)), text(found.estimand)
    assert agrees(Model(model).network.graph, found.query, found.estimand)


def agrees(graph: Graph, query: Expr, estimand: Expr) -> bool:
    """Whether both have one value in functional models, wherever they are defined."""
    letters = {**free_letters(query), **free_letters(estimand)}
    for seed in range(2):
        oracle = FunctionalModel(graph, Random(seed), 2, most=4)
        for place in product("01", repeat=len(letters)):
            at = dict(zip(letters, place, strict=True))
            if any(f"{x}'" in at and at[x] == at[f"{x}'"] for x in letters):
                continue
            one, other = oracle.value(query, at), oracle.value(estimand, at)
            if one is not None and other is not None and one != other:
                return False
    return True


@settings(deadline=None, max_examples=30)
@given(graphs(), queries(), st.sampled_from(["P(V)", "experiments"]))
def test_an_estimand_is_right(graph: Graph, query: Counterfactual, known: str) -> None:
    model = _model(graph)
    try:
        found = model.identify(query, given=known)
    except SymcausalError:
        return  # an event that cannot be, or that is certain
    if found.identifiable:
        assert found.estimand is not None
        assert agrees(graph, query, found.estimand)


def _model(graph: Graph) -> Model:
    return Model.parse("; ".join([*graph.nodes, *graph.edges]))


def test_what_is_assumed_across_worlds_is_printed() -> None:
    found = Model(FRONT).identify("P(Y_{x}=y | X=x')")
    assert "worlds" in found.to_text()
    assert "worlds" not in Model(FRONT).identify("P(Y_{x}=y)").to_text()


def test_a_derivation_starts_from_several_worlds() -> None:
    found = Model(BACK).derive("P(Y_{x}=y | X=x')")
    assert agrees(Model(BACK).network.graph, found.query, found.formula)
    with pytest.raises(SymcausalError, match="under X=0"):
        Model("X -> Y").derive("P(Y_{X=0}=0, Y_{X=1}=1)")
