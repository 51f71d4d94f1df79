"""The figures that introduce hedges; a misprint, and its correction.

[ShpitserPearl2006]_ Figure 1, again in [ShpitserPearl2008]_ Figure 3: ``P(y1, y2 | do(x))`` is
identifiable until an arrow is added. The formula printed there sums ``P(y1, w2)`` where the
variables of the component call for ``P(y2, w2)``.
"""

from __future__ import annotations

from symcausal import Model
from symcausal.identify.tidy import terms
from tests.papers.asking import asked, refused, same

GRAPH = "W1 -> X -> Y1; W2 -> Y2; W1 <-> W2; W1 <-> Y1; W1 <-> Y2; X <-> W2"
QUERY = "P(Y1, Y2 | do(X))"
MISPRINT = "sum_{W2} P(Y1, W2) sum_{W1} P(Y1 | X, W1) P(W1)"
CORRECTED = "sum_{W2} P(Y2, W2) sum_{W1} P(Y1 | X, W1) P(W1)"


def test_the_corrected_formula_is_the_effect():
    """Ours is shorter by the sum over ``w2``."""
    answer = asked(GRAPH, QUERY, CORRECTED)
    assert terms(answer.estimand) == 3
    asked(GRAPH, QUERY, "P(Y2) sum_{W1} P(Y1 | X, W1) P(W1)")


def test_the_misprint_is_not():
    model = Model.parse(GRAPH)
    assert not same(model, model.query(QUERY), model.query(MISPRINT))
    (claim,) = model.check(f"$$ {QUERY} = {MISPRINT} $$".replace("do(", r"\mathrm{do}(").replace(
        "sum_", r"\sum_")).claims  # fmt: skip
    assert claim.verdict == "fails"


def test_one_more_arrow_makes_a_hedge():
    """Everything is held together; without X, so is the rest."""
    hedge = refused(f"{GRAPH}; W1 -> W2", QUERY).hedge
    assert set(hedge.larger) == {"W1", "W2", "X", "Y1", "Y2"}
    assert set(hedge.smaller) == {"W1", "W2", "Y1", "Y2"}
    assert hedge.treatments == ("X",)


def test_the_bow_arc_is_the_smallest_hedge():
    hedge = refused("X -> Y; X <-> Y", "P(Y | do(X))").hedge
    assert (set(hedge.larger), set(hedge.smaller)) == ({"X", "Y"}, {"Y"})


def test_each_line_of_the_algorithm_has_its_example():
    """Lines 1 to 7, as [ShpitserPearl2008]_ explains them."""
    asked("Z -> Y", "P(Y)", "sum_{Z} P(Y, Z)")
    asked("Z -> Y -> X; Z <-> X", "P(Y | do(X))", "P(Y)")
    asked("Z -> X -> Y; Z <-> X", "P(Y | do(X))", "P(Y | X, Z)")
    asked(
        "X -> M -> Y; Z -> X; Z -> Y; X <-> Z; M <-> Y",
        "P(Y | do(X))",
        "sum_{M,Z} P(Z) P(M | X, Z) P(Y | X, M, Z)",
    )
    refused("X -> Y; X <-> Y", "P(Y | do(X))")
    asked("X -> Y; X -> Z -> Y; X <-> Z", "P(Y | do(X, Z))", "P(Y | X, Z)")
    asked("W -> X -> Y; W <-> Y", "P(Y | do(X, W))", "sum_{W'} P(Y | X, W') P(W')")
