"""The demo's documents go through the programs that readers will use."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command_line import ROOT
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
    program = shutil.which("pdflatex")
    assert program is not None, "pdflatex is not installed"
    (tmp_path / "lecture.tex").write_text(document("lecture.tex"), encoding="utf-8")
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "lecture.tex"]
    for _ in range(2):  # the second run settles references
        ended = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False
        )
        assert ended.returncode == 0, ended.stdout[-3000:]
    log = (tmp_path / "lecture.log").read_text(encoding="utf-8", errors="replace")
    assert "undefined" not in log.lower()
    assert wide_lines(log) == []
    assert (tmp_path / "lecture.pdf").stat().st_size > 10_000


def wide_lines(log: str) -> list[str]:
    """The lines that stick out of the page by more than a reader forgives (10 points)."""
    found = re.findall(r"Overfull \\hbox \((\d+)\.\d+pt too wide\).*", log)
    return [width for width in found if int(width) >= 10]
