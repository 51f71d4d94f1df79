"""The examples of the R package causaleffect and of the two papers on it.

[TikkaKarvanen2017]_ for the package, [TikkaKarvanen2017b]_ for shorter expressions,
[TikkaKarvanen2018]_ for pruning.
"""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.expr.scope import free_letters
from symcausal.identify.tidy import terms
from tests.papers.asking import asked

IDENTIFIABLE = {
    "adjust for a variable that shares causes with X": (
        "Z -> X; Z -> Y; X -> Y; X <-> Z",
        "sum_{Z} P(Y | X, Z) P(Z)",
    ),
    "a mediator of the adjustment set is simplified away": (
        "W -> X -> Y; W -> Z -> Y",
        "sum_{W} P(Y | W, X) P(W)",
    ),
    "nested adjustment": (
        "X -> Z1 -> Y; Z2 -> X; Z2 -> Z1; Z2 -> Z3 -> Y; X <-> Y; X <-> Z3; X <-> Z2; Y <-> Z2",
        "sum_{Z1,Z2} P(Z1 | X, Z2) sum_{X'} P(Y | X', Z1, Z2) P(X', Z2)",
    ),
    "a ratio after pruning": (
        """X -> Z4 -> Y; Z1 -> X; Z2 -> Z1; Z3 -> Z2; Z3 -> X; Z5 -> Z1; Z5 -> Z4
           X <-> Z2; Z3 <-> Z2; Z2 <-> Y; Z4 <-> Y; Z5 <-> Z4""",
        """(sum_{Z2,Z5} P(Y | X, Z1, Z2, Z5) P(X | Z1, Z2, Z5) P(Z2 | Z5) P(Z5))
           / (sum_{Z2} P(X | Z1, Z2) P(Z2))""",
    ),
    "a ratio through one instrument": (
        """X -> Y; Z1 -> X; Z2 -> Z1; W1 -> Z2; W1 -> W2; W2 -> Z2
           X <-> Z2; Z2 <-> Y; W1 <-> W2; W2 <-> Z2""",
        "(sum_{Z2} P(X, Y | Z1, Z2) P(Z2)) / (sum_{Z2} P(X | Z1, Z2) P(Z2))",
    ),
}


@pytest.mark.parametrize("title", IDENTIFIABLE)
def test_the_published_expression_and_ours_agree(title):
    """A letter that is free in theirs may take any value; ours has none."""
    graph, published = IDENTIFIABLE[title]
    answer = asked(graph, "P(Y | do(X))", published)
    assert set(free_letters(answer.estimand)) == {"X", "Y"}
    assert terms(answer.estimand) <= terms(Model.parse(graph).query(published))


def test_ten_variables_with_eight_hidden_causes():
    asked(
        """W1 -> W2; W1 -> X; W2 -> X; Z2 -> X -> Z1 -> Y; Z2 -> Z1; Z2 -> Z3 -> Y; Z4 -> Z1
           W1 <-> W2; W1 <-> X; W2 <-> X; Z4 <-> Z1; X <-> Y; Z2 <-> Y; X <-> Z3; X <-> Z2""",
        "P(Y | do(X))",
    )


def test_two_outcomes_of_two_treatments():
    answer = asked(
        """W1 -> X1 -> Y1; W2 -> W1; W2 -> X2 -> Z; Z -> Y1; Z -> Y2
           W1 <-> W2; W1 <-> X1; W2 <-> X2; X1 <-> Z; X2 <-> Y2; X1 <-> X2""",
        "P(Y1, Y2 | do(X1, X2))",
        "sum_{Z} P(Z | X2) P(Y1 | X1, Z) sum_{X2'} P(Y2 | X2', Z) P(X2')",
    )
    assert terms(answer.estimand) == 4
