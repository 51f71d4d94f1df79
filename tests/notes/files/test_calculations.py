"""Plain text that our own printers lay out reads back, whatever its width, and nothing is lost of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from symcausal import Model
from symcausal.notes.check import check_files
from tests.command_line import EXAMPLES

STUDENT = Model.load(str(EXAMPLES / "student.model"))
QUERIES = ("P(L | do(G=A))", "P(I | L)", "P(I | G, D)", "P(S)", "P(I, D | L=weak, S)")


def verdicts(text: str, folder: Path) -> list[str]:
    """What is said of the claims of a text about the student network."""
    path = folder / "notes.txt"
    path.write_text(text, encoding="utf-8")
    (file,) = check_files([str(path)], STUDENT.network).files
    return [str(claim.verdict) for claim in file.claims]


@pytest.mark.parametrize("width", [None, 100, 60, 40])
@pytest.mark.parametrize("query", QUERIES)
def test_a_derivation_checks_at_any_width(query: str, width: int | None, tmp_path: Path) -> None:
    derivation = STUDENT.derive(query)
    found = verdicts(derivation.to_text(width=width), tmp_path)
    assert set(found) == {"holds"}
    assert len(found) >= len(derivation.steps)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P(S)\n  = sum_{I} P(I) P(S | I)   (total probability)", ["holds"]),
        ("P(S)\n  = sum_{I} P(I) P(S | L)   (total probability)", ["fails"]),
        ("P(S)\n  = sum_{I} P(S | I)   (weights P(I), which are left out)", ["fails"]),
        # a factor, a number and an index are no reasons
        ("P(S)\n  = sum_{I} P(S | I)   (P(I))", ["holds"]),
        ("P(S)\n  = sum_{I} P(S | I)   (P(I) + P(I))", ["fails"]),
        ("P(S)\n  = sum_{I} P(S | I)   (P(I)) (2 - 1)", ["holds"]),
        # what goes on further to the right is a factor
        ("P(S)\n  = sum_{I} P(I)   (total probability)\n      * P(S | I)", ["holds"]),
        ("P(S)\n  = sum_{I} P(I)   (total probability)\n      * P(S | L)", ["fails"]),
        ("P(S)\n  = sum_{I} P(I) P(S\n      | I)\nas was said.", ["holds"]),
        # ... and a line that begins anew is none
        ("P(S)\n  = sum_{I} P(I) P(S | I)\nP(D | I) = P(D)", ["holds", "holds"]),
    ],
)
def test_how_a_calculation_is_read(text: str, expected: list[str], tmp_path: Path) -> None:
    assert verdicts(text, tmp_path) == expected
