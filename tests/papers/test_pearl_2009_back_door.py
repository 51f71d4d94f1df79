"""The back-door criterion on the graph that introduces it: [Pearl2009]_ Figure 3.4."""

from __future__ import annotations

import pytest

from symcausal import Model
from tests.papers.asking import asked

GRAPH = """X1 -> X3 -> Xi; X1 -> X4; X2 -> X4; X2 -> X5; X4 -> Xi; X4 -> Xj; X5 -> Xj
           Xi -> X6 -> Xj"""


def test_the_minimal_sets_are_x4_with_any_one_beside_it():
    found = Model.parse(GRAPH).adjustment_sets("Xi", "Xj")
    assert {frozenset(one.variables) for one in found} == {
        frozenset({"X4", other}) for other in ("X1", "X2", "X3", "X5")
    }


@pytest.mark.parametrize("one", ["X4", "X6", "X3", "X5"])
def test_one_variable_alone_is_not_enough(one):
    """X4 alone opens the path through X1 and X2; X6 lies on the way."""
    found = Model.parse(GRAPH).adjustment_sets("Xi", "Xj", kind="all")
    assert frozenset({one}) not in {frozenset(s.variables) for s in found}


@pytest.mark.parametrize("other", ["X3", "X5"])
def test_the_book_adjusts_for_x4_and_x3_or_x4_and_x5(other):
    model = Model.parse(GRAPH)
    published = f"sum_{{X4,{other}}} P(Xj | Xi, X4, {other}) P(X4, {other})"
    answer = model.identify("P(Xj | do(Xi))", adjust_for=["X4", other])
    assert answer.estimand == model.query(published)
    assert answer.method == "back-door adjustment"
    asked(GRAPH, "P(Xj | do(Xi))", published)
