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
from symcausal.writing.document import Document


def save(document: Document, path: str | os.PathLike[str]) -> None:
    """Write a document to a file, which appears whole or not at all.

    Raises
    ------
    UsageError
        If no format has this ending, if it cannot be written, or if there is nothing that makes a PDF.
    """
    name = os.fspath(path)
    write_whole(name, printer(name)(document))


def printer(path: str) -> Callable[[Document], str | bytes]:
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


def _latex(document: Document) -> str:
    return document.to_latex(standalone=True)


def _notebook(document: Document) -> str:
    from symcausal.writing.notebook_document import document_notebook

    return document_notebook(document)


def _pdf(document: Document) -> bytes:
    from symcausal.writing.pdf import document_pdf

    return document_pdf(document)


ENDINGS: dict[str, Callable[[Document], str | bytes]] = {
    ".md": Document.to_markdown,
    ".tex": _latex,
    ".html": Document.to_html,
    ".pdf": _pdf,
    ".typ": Document.to_typst,
    ".ipynb": _notebook,
}
