"""Formulas of several worlds as they are written, and read back."""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.writing.text import text

MODEL = Model("X -> M -> Y; X -> Y")

MEANS = [
    "E[Y_{X=1}]", "E[Y_{X=1, M_{X=0}}] - E[Y_{X=0}]", "E[Y_{X=1} | X=0, Y=1]", "E[Y_{x} | X']",
    "E[Y_{X=1} | M_{X=1}=0]", "2 * E[Y_{X=1}] - P(X=1) E[Y_{X=0} | X=1]", "E[Y_{X=1}] / E[Y_{X=0}]",
    "E[Y_{X=1}] P(X=1)",
]  # fmt: skip


@pytest.mark.parametrize("written", MEANS)
def test_a_mean_is_written_as_one(written: str) -> None:
    formula = MODEL.query(written)
    shown = text(formula, MODEL.notation, tuple(MODEL.variables))
    assert shown == written
    assert MODEL.query(shown) == formula


@pytest.mark.parametrize(
    "written",
    [
        "sum_{Y} Y * P(Y_{X=1}=1)",  # of one state
        "sum_{Y} Y * P(Y_{X=1}=y | X=0) P(X=0)",
        "sum_{Y} Y * P(Y_{X=1}=y | Y=y)",  # not the mean, since Y stands behind the bar as well
        "sum_{M} M * P(Y_{X=1}=m)",
        "sum_{X} Y * P(Y_{X=1}=y)",
    ],
)
def test_another_sum_is_no_mean(written: str) -> None:
    formula = MODEL.query(written)
    shown = text(formula, MODEL.notation, tuple(MODEL.variables))
    assert "E[" not in shown
    assert MODEL.query(shown) == formula
