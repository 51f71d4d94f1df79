"""Seven graphs in which ``P(y | do(x))`` is identifiable and eight in which it is not.

[Pearl2009]_ Figures 3.8 and 3.9; [ShpitserPearl2008]_ Figure 2 has the former, [TianPearl2002]_ a
formula for the last.
"""

from __future__ import annotations

import pytest

from symcausal.identify.tidy import terms
from tests.papers.asking import asked, refused

FRONT = "sum_{Z} P(Z | X) sum_{X'} P(Y | X', Z) P(X')"
YES = {
    "a": ("X -> Y", "P(Y | X)"),
    "b": ("X -> Z; X -> Y; Z -> Y; Z <-> Y", "P(Y | X)"),
    "c": ("Z -> X; Z -> Y; X -> Y; Z <-> Y", "sum_{Z} P(Y | X, Z) P(Z)"),
    "d": ("Z -> X; Z -> Y; X -> Y; X <-> Z", "sum_{Z} P(Y | X, Z) P(Z)"),
    "e": ("X -> Z; Z -> Y; X <-> Y", FRONT),
    "f": (
        "X -> Z1; Z1 -> Z2; X, Z1, Z2 -> Y; X <-> Z2; Z1 <-> Y",
        "sum_{Z1,Z2} P(Z1 | X) P(Y | X, Z1, Z2) sum_{X'} P(Z2 | X', Z1) P(X')",
    ),
    "g": (
        "Z2 -> X; X, Z2 -> Z1; Z2 -> Z3; Z1, Z3 -> Y; X <-> Z2; X <-> Z3; X <-> Y; Z2 <-> Y",
        "sum_{Z1,Z2} P(Z1 | X, Z2) sum_{X'} P(Y | X', Z1, Z2) P(X', Z2)",
    ),
}
NO = {
    "a": "X -> Y; X <-> Y",
    "b": "X -> Z -> Y; X <-> Z",
    "d": "X, Z -> Y; X <-> Z; Z <-> Y",
    "e": "Z -> X -> Y; X <-> Z; Z <-> Y",
    "f": "X -> Z -> Y; X <-> Y; Z <-> Y",
    "g": "X -> Z1; Z1, Z2 -> Y; X <-> Z2; Z1 <-> Z2",
    "h": "Z -> X -> W -> Y; X <-> Z; X <-> Y; Z <-> Y; Z <-> W",
}
METHODS = {
    "a": "do-calculus",
    "b": "do-calculus",
    "c": "back-door adjustment",
    "d": "back-door adjustment",
    "e": "front-door adjustment",
}


@pytest.mark.parametrize("figure", YES)
def test_an_estimand_as_published_and_no_longer(figure):
    graph, published = YES[figure]
    answer = asked(graph, "P(Y | do(X))", published)
    assert terms(answer.estimand) <= published.count("P(")
    assert answer.method == METHODS.get(figure, "ID")


@pytest.mark.parametrize("figure", NO)
def test_a_hedge_and_two_models(figure):
    """The hedge holds the treatment; its smaller part does not."""
    hedge = refused(NO[figure], "P(Y | do(X))").hedge
    assert "X" in hedge.larger
    assert "X" not in hedge.smaller
    assert set(hedge.smaller) < set(hedge.larger)
