"""How probabilities over several worlds print."""

from __future__ import annotations

import pytest

from symcausal.expr.nodes import Copy, CopyEvent, CopyEvents, Counterfactual, Imposed, Letter, State
from symcausal.writing.latex import latex
from symcausal.writing.text import text

ONE, ZERO = State("1"), State("0")
MEDIATOR = Copy("M", (Imposed("X", ZERO),))


def law(*outcome: CopyEvent, given: tuple[CopyEvent, ...] = ()) -> Counterfactual:
    return Counterfactual(CopyEvents(outcome), CopyEvents(given))


@pytest.mark.parametrize(
    ("formula", "plain", "typeset"),
    [
        (
            law(CopyEvent(Copy("Y", (Imposed("X", ONE),)), ONE)),
            "P(Y_{X=1}=1)",
            r"P[Y_{X=1}=1]",
        ),
        (
            law(
                CopyEvent(Copy("Y", (Imposed("X", Letter("X")),)), Letter("Y")),
                given=(CopyEvent(Copy("X"), Letter("X'")),),
            ),
            "P(Y_{x}=y | X')",
            r"P[Y_{x}=y \mid X']",
        ),
        (
            law(CopyEvent(Copy("Y", (Imposed("M", MEDIATOR), Imposed("X", ONE))), ONE)),
            "P(Y_{M_{X=0}, X=1}=1)",
            r"P[Y_{M_{X=0}, X=1}=1]",
        ),
        (
            law(
                CopyEvent(Copy("Y", (Imposed("X", ZERO),)), ZERO),
                CopyEvent(Copy("Y", (Imposed("X", ONE),)), ONE),
            ),
            "P(Y_{X=0}=0, Y_{X=1}=1)",
            r"P[Y_{X=0}=0, Y_{X=1}=1]",
        ),
    ],
)
def test_settings_are_subscripts(formula: Counterfactual, plain: str, typeset: str) -> None:
    assert text(formula) == plain
    assert latex(formula) == typeset
