"""Documents as PDF, made by the package typst, or by pdflatex where that is what there is.

Main definitions
----------------
document_pdf : the bytes of a PDF.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec

from symcausal.errors import LimitError, UsageError
from symcausal.writing.document_facts import DocumentFacts
from symcausal.writing.formats import as_latex, as_typst

_SECONDS = 120
_PAGE = '#set page(paper: "a4", margin: 2.2cm)\n#set text(size: 10pt)\n\n'


def document_pdf(document: DocumentFacts) -> bytes:
    """Return a document as PDF.

    Raises
    ------
    UsageError
        If there is neither typst nor pdflatex, or if they refuse the page.
    LimitError
        If it takes too long.
    """
    if find_spec("typst") is not None:
        return _by_typst(document)
    program = shutil.which("pdflatex")
    if program is not None:
        return _by_latex(document, program)
    raise UsageError(
        "nothing here makes a PDF",
        expected="the package typst, or pdflatex",
        hint="pip install 'symcausal[pdf]', or write a .tex file",
    )


def _by_typst(document: DocumentFacts) -> bytes:
    import typst

    try:
        made = typst.compile((_PAGE + as_typst(document)).encode())
    except RuntimeError as error:
        raise UsageError(f"typst refuses the page: {str(error)[:200]}") from None
    return bytes(made)


def _by_latex(document: DocumentFacts, program: str) -> bytes:
    """Run pdflatex in a folder of its own; the page runs no programs and reads no other files."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "page.tex")
        with open(path, "w", encoding="utf-8") as file:
            file.write(as_latex(document, standalone=True))
        words = [program, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", path]
        try:
            ended = subprocess.run(
                words, cwd=folder, capture_output=True, timeout=_SECONDS, check=False,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise LimitError(f"pdflatex took longer than {_SECONDS} seconds") from None
        if ended.returncode:
            log = ended.stdout.decode("utf-8", "replace")
            said = next((line for line in log.splitlines() if line.startswith("!")), "see its log")
            raise UsageError(f"pdflatex refuses the page: {said[:200]}")
        with open(os.path.join(folder, "page.pdf"), "rb") as made:
            return made.read()
