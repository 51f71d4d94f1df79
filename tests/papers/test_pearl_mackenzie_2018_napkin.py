"""The napkin problem: a ratio that looks as if it depended on ``z``.

[PearlMackenzie2018]_ Chapter 7; the ratio in this form in [ShpitserPearl2008]_ and its successors.
"""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.expr.scope import free_letters, variables
from symcausal.identify.tidy import terms
from tests.papers.asking import asked, same

GRAPH = "W -> Z -> X -> Y; W <-> X; W <-> Y"
RATIO = "(sum_{W} P(X, Y | Z, W) P(W)) / (sum_{W} P(X | Z, W) P(W))"


def test_the_ratio_is_the_effect_whatever_z_is():
    """The oracle compares for every value of the free ``z``."""
    answer = asked(GRAPH, "P(Y | do(X))", RATIO)
    assert terms(answer.estimand) <= terms(Model.parse(GRAPH).query(RATIO))


def test_no_stray_variable_is_left():
    answer = asked(GRAPH, "P(Y | do(X))")
    assert set(free_letters(answer.estimand)) == {"X", "Y"}
    assert set(variables(answer.estimand)) == {"W", "X", "Y", "Z"}


def test_that_z_does_not_matter_is_the_graphs_constraint():
    model = Model.parse(GRAPH)
    (constraint,) = model.constraints()
    assert constraint.irrelevant == ("Z",)
    assert same(model, constraint.formula, model.query("P(Y | do(X))"))


@pytest.mark.parametrize(
    "wrong",
    [
        "sum_{W} P(Y | X, Z, W) P(W)",
        "sum_{Z} P(Y | X, Z) P(Z)",
        "(sum_{W} P(X, Y | Z, W)) / (sum_{W} P(X | Z, W))",
        "P(Y | X)",
    ],
)
def test_no_adjustment_does(wrong):
    model = Model.parse(GRAPH)
    assert not same(model, model.query("P(Y | do(X))"), model.query(wrong))
    assert model.adjustment_sets("X", "Y") == []
