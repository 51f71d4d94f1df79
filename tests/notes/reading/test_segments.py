"""Where formulas are cut into rows: what ends a row in an open bracket is a part of it, or told of it."""

from __future__ import annotations

import pytest

from symcausal import Model

WET = Model.parse(
    "Rain: yes, no; Sprinkler: yes, no; Wet: yes, no; Cloudy: yes, no; Slippery: yes, no;"
    "Cloudy -> Rain; Cloudy -> Sprinkler; Rain -> Wet; Sprinkler -> Wet; Wet -> Slippery"
)


@pytest.mark.parametrize("width", [9, 12, 19, 26])
@pytest.mark.parametrize(
    "query", ["P(Rain, Wet | Slippery=yes, Sprinkler)", "P(Rain=yes | Wet=yes, Slippery=no)"]
)
def test_words_that_are_events_end_rows(query: str, width: int) -> None:
    printed = WET.derive(query).to_latex(width=width)
    assert {claim.verdict for claim in WET.check(printed).claims} <= {"holds", "definition"}


@pytest.mark.parametrize("told", [r"&& \text{(2)}", r"\text{(marginalise)}", "&& (2)"])
@pytest.mark.parametrize(("factor", "verdict"), [("", "holds"), (r"\tfrac12 ", "fails")])
def test_what_is_told_at_the_end_of_a_row_is_no_factor(
    told: str, factor: str, verdict: str
) -> None:
    model = Model.parse("X -> Y; P(X) = 0.3, 0.7; P(Y=1 | X=0) = 0.2; P(Y=1 | X=1) = 0.5")
    notes = rf"""\begin{{aligned}}
P(Y=1) &= {factor}\bigl(\sum_{{X}} P(X) {told} \\
 &\qquad \times P(Y=1 \mid X)\bigr)
\end{{aligned}}"""
    assert [claim.verdict for claim in model.check(notes).claims] == [verdict]
