"""Conditional effects: a condition becomes an action where rule 2 allows it, and stays where not.

[ShpitserPearl2006b]_; its first example again in [ShpitserPearl2008]_ Figure 6.
"""

from __future__ import annotations

import pytest

from symcausal import Model
from tests.papers.asking import asked, refused, rules, same


def test_the_condition_makes_an_unidentifiable_effect_identifiable():
    """``P(y | do(x))`` has a hedge; given the mediator, nothing of the treatment is left."""
    graph = "X -> Z -> Y; X <-> Z"
    refused(graph, "P(Y | do(X))")
    answer = asked(graph, "P(Y | do(X), Z)", "P(Y | X, Z)")
    assert rules(answer) == ["do-calculus.3"]


def test_a_condition_below_the_treatment_is_no_adjustment():
    """It is a ratio; averaging as if it were a cause is wrong."""
    graph, query = "W -> X -> Y -> Z; W -> Y", "P(Y | do(X), Z)"
    joint = "sum_{W} P(Y, Z | X, W) P(W)"
    asked(graph, query, f"({joint}) / (sum_{{W}} P(Z | X, W) P(W))")
    model = Model.parse(graph)
    for wrong in ("P(Y | X, Z)", "sum_{W} P(Y | X, Z, W) P(W)"):
        assert not same(model, model.query(query), model.query(wrong))


@pytest.mark.parametrize(
    ("graph", "query"),
    [
        ("Z -> X -> Y; X <-> Y", "P(Y | do(X), Z)"),  # the bow stays
        ("X -> Y -> Z; X <-> Y", "P(Y | do(X), Z)"),
        ("X -> Y -> Z; Y <-> Z; X <-> Z", "P(Y | do(X), Z)"),
        ("W -> Z -> X -> Y; W <-> X; W <-> Y", "P(Y | do(X), Z)"),  # the napkin, seen
    ],
)
def test_a_condition_may_stand_in_the_way(graph, query):
    refused(graph, query)


def test_what_is_seen_of_the_outcome_may_open_a_hedge():
    """``P(y | do(x))`` is identifiable here, and not given a child that shares causes with X."""
    graph = "X -> Y -> Z; Y <-> Z; X <-> Z"
    asked(graph, "P(Y | do(X))", "P(Y | X)")
    refused(graph, "P(Y | do(X), Z)")
