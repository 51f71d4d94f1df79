"""The demo's documents go through the programs that readers will use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.command_line import ROOT
from tests.latex.setting import set_document
from tests.web_mathematics import complaints

DEMO = ROOT / "build" / "demo"
DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE = re.compile(r"(?<![$\\])\$([^$\n]+)\$(?!\$)")


def document(name: str) -> str:
    """The text of one of the demo's documents."""
    path = DEMO / name
    assert path.is_file(), f"{path} is missing: run `make demo` first"
    return path.read_text(encoding="utf-8")


@pytest.mark.katex
def test_every_formula_of_the_markdown_document_is_katex() -> None:
    text = document("lecture.md")
    displayed = DISPLAYED.findall(text)
    inline = INLINE.findall(DISPLAYED.sub("", text))
    assert len(displayed) >= 10
    assert complaints(displayed + inline) == []


@pytest.mark.latex
def test_pdflatex_sets_the_latex_document(tmp_path: Path) -> None:
    log, _ = set_document(document("lecture.tex"), tmp_path, runs=2)
    assert "undefined" not in log.lower()
    assert wide_lines(log) == []
    assert (tmp_path / "page.pdf").stat().st_size > 10_000


def wide_lines(log: str) -> list[str]:
    """The lines that stick out of the page by more than a reader forgives (10 points)."""
    found = re.findall(r"Overfull \\hbox \((\d+)\.\d+pt too wide\).*", log)
    return [width for width in found if int(width) >= 10]
