"""The graph whose hidden cause shows in a constraint that is no independence.

[VermaPearl1990]_; [TianPearl2002b]_ Section 1 writes the constraint.
"""

from __future__ import annotations

from symcausal import Model
from tests.papers.asking import asked, same

GRAPH = "V1 -> V2 -> V3 -> V4; V2 <-> V4"


def test_the_sum_does_not_depend_on_the_first_variable():
    model = Model.parse(GRAPH)
    (constraint,) = model.constraints()
    published = model.query("sum_{V2} P(V4 | V1, V2, V3) P(V2 | V1)")
    assert constraint.irrelevant == ("V1",)
    assert same(model, constraint.formula, published)
    assert same(model, published, model.query("P(V4 | do(V3))"))


def test_the_only_independence_is_another():
    """V1 and V3 are apart given V2; no set separates V1 from V4."""
    model = Model.parse(GRAPH)
    assert [str(one) for one in model.independencies()] == ["V1 _||_ V3 | V2"]
    assert model.separating_sets("V1", "V4") == []


def test_the_constraint_is_an_effect():
    asked(GRAPH, "P(V4 | do(V3))", "sum_{V2} P(V4 | V1, V2, V3) P(V2 | V1)")
