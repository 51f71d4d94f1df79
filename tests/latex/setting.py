"""Documents through pdfLaTeX.

Main definitions
----------------
set_document : the log of a document that is set, and its pages as text.
overfull : what sticks out of its line, in the log.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tex_files import has_tex

_OVERFULL = re.compile(r"Overfull \\hbox \((\d+\.\d+)pt")


def set_document(text: str, folder: Path, *, runs: int = 1) -> tuple[str, str]:
    """Set a document; the log, and the words on its pages, empty where there is no pdftotext.

    Parameters
    ----------
    text : str
        The document.
    folder : Path
        Where it is set, as ``page.pdf``.
    runs : int
        How often; references are settled in the second run.
    """
    program = shutil.which("pdflatex")
    assert program is not None, "pdflatex is not installed"
    (folder / "page.tex").write_text(text, encoding="utf-8")
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    for _ in range(runs):
        ended = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", check=False
        )
        assert ended.returncode == 0, ended.stdout[-3000:]
    reader = shutil.which("pdftotext")
    words = ""
    if reader is not None:
        read = subprocess.run(
            [reader, "-layout", "page.pdf", "-"], cwd=folder, capture_output=True, check=True
        )
        words = read.stdout.decode("utf-8", errors="replace")
    return (folder / "page.log").read_text(encoding="utf-8", errors="replace"), words


def overfull(log: str) -> dict[str, float]:
    """The points by which each output is too wide, by the name that was written before it."""
    found: dict[str, float] = {}
    name = ""
    for line in log.splitlines():
        if line.startswith("BEGIN "):
            name = line.removeprefix("BEGIN ")
        elif (wide := _OVERFULL.match(line)) is not None:
            found[name] = max(found.get(name, 0.0), float(wide[1]))
    return found


def needs(name: str) -> pytest.MarkDecorator:
    """A mark that leaves a test out where LaTeX lacks a file."""
    return pytest.mark.skipif(not has_tex(name), reason=f"LaTeX has no {name}")
