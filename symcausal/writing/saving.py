"""Documents in files: the ending of the name says in which format.

Main definitions
----------------
save : write a document.
ENDINGS : the formats, by ending.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from symcausal.errors import UsageError, nearest
from symcausal.output import write_whole
from symcausal.writing.document_facts import DocumentFacts
from symcausal.writing.formats import as_html, as_latex, as_markdown, as_typst


def save(document: DocumentFacts, path: str | os.PathLike[str]) -> None:
    """Write a document to a file, which appears whole or not at all.

    Raises
    ------
    UsageError
        If no format has this ending, if it cannot be written, or if there is nothing that makes a PDF.
    """
    name = os.fspath(path)
    write_whole(name, printer(name)(document))


def printer(path: str) -> Callable[[DocumentFacts], str | bytes]:
    """Return what prints a document for a file of some name.

    Raises
    ------
    UsageError
        If no format has its ending.
    """
    ending = os.path.splitext(path)[1].casefold()
    if ending not in ENDINGS:
        raise UsageError(
            f"no format for '{path}'",
            expected=f"a name ending in {', '.join(ENDINGS)}",
            hint=nearest(ending, ENDINGS),
        )
    return ENDINGS[ending]


def _latex(document: DocumentFacts) -> str:
    return as_latex(document, standalone=True)


def _notebook(document: DocumentFacts) -> str:
    from symcausal.writing.notebook_document import document_notebook

    return document_notebook(document)


def _pdf(document: DocumentFacts) -> bytes:
    from symcausal.writing.pdf import document_pdf

    return document_pdf(document)


ENDINGS: dict[str, Callable[[DocumentFacts], str | bytes]] = {
    ".md": as_markdown,
    ".tex": _latex,
    ".html": as_html,
    ".pdf": _pdf,
    ".typ": as_typst,
    ".ipynb": _notebook,
}
