"""Formulas without delimiters over several lines: what belongs together is judged together."""

from __future__ import annotations

import pytest

from symcausal.model import Model
from symcausal.notes.check import check_files, check_text

MODEL = Model.parse(
    "A: no, yes; B: no, yes; A -> B; P(A)=0.3,0.7; P(B|A=no)=0.2,0.8; P(B|A=yes)=0.6,0.4"
)  # P(B=no) = 0.06 + 0.42 = 0.48


@pytest.mark.parametrize(
    ("lines", "verdicts"),
    [
        (["P(A=no, B=no)", "  = 0.06", "  + 0.5"], ["fails"]),
        (["P(A=no, B=no) = 0.2 * 0.3", "   + 0.6 * 0.7"], ["fails"]),
        (["P(B=no) = 0.2 * 0.3", "        + 0.6 * 0.7"], ["holds"]),
        (["P(A=no)", "= 0.3", "+ 0.5"], ["fails"]),
        (["P(A=no) = 0.3", "* 0.2"], ["fails"]),
        (["P(A=no | B=no) = 0.06", "    / 0.48"], ["holds"]),
        (["P(A=no, B=no) = 0.06", "    / 0.48"], ["fails"]),
        (["P(A=no) = 0.3 +", "  0.5"], ["fails"]),
        (["P(B=no) = P(A=no) P(B=no|A=no)", "+ P(A=yes) P(B=no|A=yes)", "= 0.48"], ["holds"] * 2),
        (["P(A=no) = 1", "- P(A=yes)", "= 0.3"], ["holds"] * 2),
        (["- P(A=no) = 0.3", "- P(B=no) = 0.48"], ["holds"] * 2),
        (["* P(A=no) = 0.3", "* P(B=no) = 0.4"], ["holds", "fails"]),
        (["1. P(A=no) = 0.3", "2. P(B=no) = 0.48"], ["holds"] * 2),
        (["P(A=no) = 0.3", "P(B=no) = 0.4"], ["holds", "fails"]),
    ],
)
def test_lines_of_plain_text(lines, verdicts, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = check_files([str(path)], MODEL.network)
    assert [claim.verdict for claim in report.claims] == verdicts


DISPLAY = "\\begin{{align*}}\n{}\n\\end{{align*}}\n"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (DISPLAY.format("P(A=no) &= 0.3") + DISPLAY.format("P(B=no) &= 0.4"), ["holds", "fails"]),
        ("P(A=no) = 0.3\n\nP(B=no) = 0.4", ["holds", "fails"]),
        ("P(A=no) = 0.3\n\n= 0.4", ["holds", "fails"]),
        ("P(A=no)\n\n&= 0.3", ["holds"]),
        ("P(B=no) = 0.06 +\n\n0.42", ["holds"]),
    ],
)
def test_formulas_of_a_text_without_words(text, verdicts):
    report = check_text(text, MODEL.network)
    assert [claim.verdict for claim in report.claims] == verdicts
