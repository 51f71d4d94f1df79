"""Two names for one role are asked about, where that makes a claim hold, and only there."""

from __future__ import annotations

import pytest

from symcausal.model import Model
from symcausal.notes.check import check_text

STUDENT = "I -> G <- D; I -> S; G -> L"
CONFOUNDED = "Z -> X; Z -> Y; X -> Y"


@pytest.mark.parametrize(
    ("model", "text", "name", "variable", "suggestion"),
    [
        # the course of the words is the difficulty of the factors
        (STUDENT, r"P(I, C, S, G, L) = P(L \mid G) P(S \mid I) P(G \mid I, D) P(I) P(D)", "C", "D",
         r"P(I, D, S, G, L) = P(L \mid G) P(S \mid I) P(G \mid I, D) P(I) P(D)"),
        (CONFOUNDED, r"P(y \mid do(x)) = \sum_z P(y \mid x, z) P(w)", "w", "Z",
         r"\sum_z P(y \mid x, z) P(z)"),
    ],
)  # fmt: skip
def test_an_unknown_name_may_be_another_spelling(
    model: str, text: str, name: str, variable: str, suggestion: str
) -> None:
    (claim,) = Model.parse(model).check(text).claims
    assert claim.verdict == "undecided"
    assert f"there is no variable '{name}'; same variable as {variable}?" in claim.reason
    assert [shown.replace("do", "") for shown in claim.suggestions] == [suggestion]


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (STUDENT, r"P(L) = P(Q)"),
        (STUDENT, r"P(I, C, S) = P(I) P(C) P(S \mid D)"),  # no name makes it hold
        (STUDENT, r"P(G \mid I, C) = P(G \mid I, D)"),  # nobody writes a = a
        (STUDENT, r"P(L \mid G) = P(L \mid G, Q)"),  # it would stand twice in one probability
    ],
)
def test_a_name_that_helps_nothing_stays_unknown(model: str, text: str) -> None:
    (claim,) = Model.parse(model).check(text).claims
    assert claim.verdict == "unreadable"
    assert "there is no variable" in claim.reason


def test_without_a_model_two_names_are_asked_about() -> None:
    (claim,) = check_text(r"$P(C, G) = P(G \mid D) P(D)$").claims
    assert claim.verdict == "fails"
    assert claim.message.startswith("same variable? with C = D it holds")
    (claim,) = check_text(r"$P(C, G) = P(G \mid D)$").claims
    assert "same variable" not in claim.message


def test_no_suggestion_without_a_model_speaks_of_interventions() -> None:
    (claim,) = check_text(r"$P(H \mid E) = \frac{P(E \mid H) P(H)}{P(D)}$").claims
    assert claim.suggestions
    assert not any("do" in shown for shown in claim.suggestions)
