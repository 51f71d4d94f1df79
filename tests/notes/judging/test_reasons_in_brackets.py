r"""Reasons and numbers that end a row are no factors, even where a bracket spans the rows."""

from __future__ import annotations

import pytest

from symcausal.model import Model

MODEL = "X -> Y; P(X) = 0.3, 0.7; P(Y=1 | X=0) = 0.2; P(Y=1 | X=1) = 0.5"
NUMBERED = [r"&& \text{(2)}", "&& (2)", r"& \text{(2)}", r"\quad && \text{(2)}"]
REASONS = [
    *NUMBERED, r"\text{(marginalise)}", r"\quad\text{by (1)}", r"&& \text{since $P(X) > 0$}",
    "&& P(X) > 0",
]  # fmt: skip


def _verdicts(formula: str) -> list[str]:
    text = rf"$$\begin{{aligned}}{formula}\end{{aligned}}$$"
    return [claim.verdict for claim in Model.parse(MODEL).check(text).claims]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("factor", [r"x\,", r"x ", r"x \cdot "])
def test_a_reason_multiplies_nothing(factor: str, reason: str) -> None:
    sums = rf"E[X] &= \sum_x {factor}\bigl(P(x, Y=0) {reason} \\ &\qquad + P(x, Y=1)\bigr)"
    assert _verdicts(sums) == ["holds"]
    assert _verdicts(sums.replace(r"\sum_x", r"\tfrac12 \sum_x")) == ["fails"]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize(("factor", "expected"), [(r"\tfrac12 ", "fails"), (r"\tfrac22 ", "holds")])
def test_no_number_of_an_equation_makes_up_for_a_factor(
    factor: str, expected: str, reason: str
) -> None:
    product = (
        rf"P(Y=1) &= {factor}\bigl(\sum_{{X}} P(X) {reason} \\ &\qquad \times P(Y=1 \mid X)\bigr)"
    )
    assert _verdicts(product) == [expected]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # P(Y=1) = 0.7 * 0.5 + 0.06
        (r"P(Y=1 \mid X=1) \cdot && 0.7 \\ & + 0.06", "holds"),
        (r"P(Y=1 \mid X=1) \cdot && 0.3 \\ & + 0.06", "fails"),
        (r"P(Y=1 \mid X=1) && \cdot 0.7 \\ & + 0.06", "holds"),
        (r"P(Y=1 \mid X=1) && \cdot 0.3 \\ & + 0.06", "fails"),
        (r"& 0.35 \\ && + 0.06", "holds"),
        (r"& 0.7 \\ && + 0.06", "fails"),
        (r"0.35 && + 0.06 \\ && + 0", "holds"),
        (r"0.35 && + 0.17 \\ && + 0", "fails"),
        (r"0.35 + && (0.06) \\ && + 0", "holds"),
        (r"0.35 + && (0.17) \\ && + 0", "fails"),
    ],
)
def test_terms_in_columns_count(row: str, expected: str) -> None:
    assert _verdicts(rf"P(Y=1) &= 1 \bigl({row}\bigr)") == [expected]
