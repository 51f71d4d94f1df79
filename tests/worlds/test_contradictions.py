"""Copies that can not have their values together, against the enumeration of response functions."""

from __future__ import annotations

from random import Random

import pytest

from symcausal import Model
from symcausal.errors import ImpossibleEventError
from symcausal.expr.build import ZERO
from symcausal.expr.nodes import Copy, CopyEvent, CopyEvents, Counterfactual, Imposed, State
from symcausal.graph.graph import Graph
from symcausal.rules.contradicting_worlds import conflicts
from tests.support.functional import FunctionalModel

BOW = "X -> Y; X <-> Y"
LEAST = 60


def random_copy(rng: Random, names: str, depth: int = 1, name: str = "") -> Copy:
    name = name or rng.choice(names)
    settings = []
    for other in sorted(rng.sample(names, rng.randint(0, 2))):
        nested = depth and rng.random() < 0.3
        value = random_copy(rng, names, 0, other) if nested else State(rng.choice("01"))
        if other != name:
            settings.append(Imposed(other, value))
    return Copy(name, tuple(settings))


def test_what_is_said_to_be_impossible_is_and_nothing_else() -> None:
    """All functions are possible in the oracle: what has probability zero there has in every model."""
    found = missed = 0
    for seed in range(600):
        rng = Random(seed)
        pairs = [("A", "B"), ("A", "C"), ("B", "C")]
        graph = Graph(
            "ABC",
            [pair for pair in pairs if rng.random() < 0.6],
            [pair for pair in pairs if rng.random() < 0.2],
        )
        events = CopyEvents(
            CopyEvent(random_copy(rng, "ABC"), State(rng.choice("01"))) for _ in range(3)
        )
        value = FunctionalModel(graph, rng, 2).probability(Counterfactual(events))
        said = () in conflicts(events, graph)
        if said:
            assert value == 0, (graph, events)
            found += 1
        elif value == 0:  # by cases: if A were 0, and if A were 1
            missed += 1
    assert found > LEAST
    assert missed < found / 20


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (BOW, "P(X=0, X_{Y=1}=1)"),
        (BOW, "P(Y_{X=1}=1, Y_{X=1}=0)"),
        (BOW, "P(Y_{X=1}=0, X=1, Y=1)"),
        ("X -> M -> Y; X <-> Y", "P(Y_{X=1}=0, X=1, Y=1)"),
        ("X -> M -> Y; X <-> Y", "P(Y_{X=1}=0, M_{X=1}=1, Y_{M=1}=1)"),
        ("X -> M -> Y; X -> Y", "P(Y_{X=1, M_{X=1}}=0, Y_{X=1}=1)"),
        (BOW, "P(Y_{x}=y, X=x, Y=y')"),
        (BOW, "P(Y_{X=1}=0 | X=1, Y=1)"),
    ],
)
def test_what_can_not_be_is_zero_by_the_rule(model: str, query: str) -> None:
    identified = Model(model).identify(query)
    assert identified.estimand == ZERO
    assert [step.rule.name for step in identified.steps] == ["contradiction"]
    assert Model(model).derive(query).formula == ZERO


@pytest.mark.parametrize(
    ("model", "query"),
    [
        ("Y -> X", "P(X=0, X_{Y=1}=1)"),
        (BOW, "P(Y_{X=1}=1, Y_{X=0}=0)"),
        (BOW, "P(Y_{X=1}=0, X=0, Y=1)"),
        ("X -> M -> Y", "P(Y_{X=1}=0, M_{X=1}=1, Y_{M=0}=1)"),
    ],
)
def test_what_can_be_is_not(model: str, query: str) -> None:
    assert Model(model).identify(query).estimand != ZERO


def test_a_sum_over_letters_is_not_taken_for_letters_that_differ() -> None:
    found = Model("X -> Y").identify("sum_{y} P(Y_{X=1}=y, Y_{X=1}=0)")
    assert found.estimand != ZERO


@pytest.mark.parametrize("ask", ["identify", "derive", "probability"])
def test_nothing_is_said_under_what_can_not_be(ask: str) -> None:
    model = Model("X -> Y; P(X=1) = 1/3; P(Y=1 | X=0) = 1/4; P(Y=1 | X=1) = 1/2")
    with pytest.raises(ImpossibleEventError):
        getattr(model, ask)("P(Y_{X=1}=0 | X=0, X_{Y=1}=1)")


def test_a_table_has_rows_for_letters_that_are_equal() -> None:
    """Who has X=x has Y_x = Y: P(Y_x=y, X=x, Y=y) is P(x, y), and P(X=0, Y=0) = 2/3 * 3/4."""
    model = Model("X -> Y; P(X=1) = 1/3; P(Y=1 | X=0) = 1/4; P(Y=1 | X=1) = 1/2")
    same = [model.probability(f"P(Y_{{X={x}}}={y}, X={x}, Y={y})") for x in "01" for y in "01"]
    assert same == [model.probability(f"P(X={x}, Y={y})") for x in "01" for y in "01"]
    shown = str(model.evaluation("P(Y_{x}=y, X=x, Y=y')").to_text())
    assert "X=0, Y'=0, Y=0: 1/2" in shown


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("P(Y_{X=1}=0, X=1, Y=1) = 0", True),
        ("P(X=0, X_{Y=1}=1) = 0", True),
        ("P(Y_{X=1}=0, X=0, Y=1) = 0", False),
        ("P(Y_{X=1}=0, Y_{X=0}=1) = 0", False),
    ],
)
def test_a_claim(claim: str, holds: bool) -> None:
    report = Model("X -> Y; X <-> Y").check(f"${claim}$")
    assert [found.verdict == "holds" for found in report.claims] == [holds]
