"""Curves as LaTeX sets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from symcausal import Document, Model
from tests.command_line import EXAMPLES
from tests.latex.setting import needs, overfull, set_document


@pytest.mark.latex
@needs("tikz.sty")
def test_a_curve_fits_a_column(tmp_path: Path) -> None:
    model = Model.load(str(EXAMPLES / "student.model"))
    shown = model.sensitivity("P(I=high | S=high)", "P(S=high | I=low)")
    log, words = set_document(Document("").show(shown).to_latex(standalone=True), tmp_path)
    assert overfull(log) == {}
    assert not words or "now" in words.split()
