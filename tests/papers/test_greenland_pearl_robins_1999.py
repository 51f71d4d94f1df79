"""M-bias: adjusting for a variable makes the bias that it seems to repair.

[GreenlandPearlRobins1999]_ Figure 4 and its discussion.
"""

from __future__ import annotations

import pytest

from symcausal import Model
from tests.papers.asking import asked, same

HIDDEN_CAUSES = "hidden A, B; A -> X; A -> Z; B -> Z; B -> Y; X -> Y"
BIDIRECTED = "X -> Y; X <-> Z; Z <-> Y"


@pytest.mark.parametrize("graph", [HIDDEN_CAUSES, BIDIRECTED])
def test_nothing_is_to_be_adjusted(graph):
    model = Model.parse(graph)
    (found,) = model.adjustment_sets("X", "Y", kind="all")
    assert found.variables == ()
    assert asked(graph, "P(Y | do(X))").estimand == model.query("P(Y | X)")


@pytest.mark.parametrize("graph", [HIDDEN_CAUSES, BIDIRECTED])
def test_adjusting_for_the_collider_is_wrong(graph):
    model = Model.parse(graph)
    assert not same(model, model.query("P(Y | do(X))"), model.query("sum_{Z} P(Y | X, Z) P(Z)"))


def test_with_all_observed_the_collider_needs_one_of_its_causes():
    model = Model.parse(HIDDEN_CAUSES.removeprefix("hidden A, B; "))
    found = {frozenset(one.variables) for one in model.adjustment_sets("X", "Y", forced="Z")}
    assert found == {frozenset("AZ"), frozenset("BZ")}
