"""Where nothing is to be gathered from notes, claims without a declared model wait for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from symcausal.notes.check import check_files, check_text

NO_MODEL = "no model is declared"
UNDECIDED = {
    "Bayes' rule": r"P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}",
    "the swap": r"P(A \mid B) = P(B \mid A)",
    "an action": r"P(A \mid do(B)) = P(A \mid B)",
    "an inequality": r"P(A, B) \le P(A)",
    "an independence": r"A \perp B \mid C",
    "a given number": "P(A=1) = 0.3",
    "a calculation": r"P(A=1) = 0.2 \cdot 0.5",
    "a list": r"P(B \mid j, m) = \alpha \langle 0.2, 0.3 \rangle",
}
OTHERS = {
    "arithmetic": (r"0.2 \cdot 0.5 = 0.1 = P(A=1)", ["holds", "undecided"]),
    "wrong arithmetic": (r"P(A=1) = 0.2 \cdot 0.5 = 0.2", ["undecided", "fails"]),
    "no formula": ("P(A=1 = 0.2", ["unreadable"]),
    "a new name": ("q := P(A)", ["definition"]),
}


@pytest.mark.parametrize("text", UNDECIDED.values(), ids=UNDECIDED)
def test_a_claim_without_a_model_is_undecided(text: str) -> None:
    (claim,) = check_text(f"${text}$", infer=False).claims
    assert (claim.verdict, claim.reason, claim.message) == ("undecided", NO_MODEL, "")
    assert claim.suggestions == ()


@pytest.mark.parametrize(("text", "expected"), OTHERS.values(), ids=OTHERS)
def test_what_needs_no_model_is_judged(text: str, expected: list[str]) -> None:
    assert [claim.verdict for claim in check_text(f"${text}$", infer=False).claims] == expected


def test_declared_models_are_models(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    formula = r"$P(X, Y) = P(X) P(Y \mid X)$"
    notes.write_text(f"{formula}\n\n```symcausal\nX -> Y\n```\n\n{formula}\n")
    report = check_files([str(notes)], infer=False)
    assert [claim.verdict for claim in report.claims] == ["undecided", "holds"]
    assert report.claims[0].reason == NO_MODEL
    assert [claim.verdict for claim in check_files([str(notes)]).claims] == ["holds", "holds"]
