"""Read a file of notes, by its kind.

Main definitions
----------------
read_file : the document in a file, or on standard input.
read_document : the document in a text, whose kind the path tells.
read_bytes : the bytes of a file, or of standard input.
kind_of : the kind of a file, by its ending.
"""

from __future__ import annotations

import os
import sys

from symcausal.errors import LimitError, UsageError
from symcausal.hints import Literal, TypeAlias
from symcausal.network.formats.encodings import decoded
from symcausal.notes.files.items import NotesFile
from symcausal.notes.files.scanner import Notes

MAX_TEXT = 5_000_000
MAX_NOTEBOOK = 50_000_000

NotesKind: TypeAlias = Literal[
    "markdown", "latex", "page", "notebook", "restructured", "asciidoc", "typst", "text"
]

_ENDINGS: dict[NotesKind, tuple[str, ...]] = {
    "markdown": (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".myst"),
    "latex": (".tex", ".ltx", ".latex", ".rnw"),
    "page": (".html", ".htm", ".xhtml"),
    "notebook": (".ipynb",),
    "restructured": (".rst", ".rest"),
    "asciidoc": (".adoc", ".asciidoc", ".asc"),
    "typst": (".typ",),
}


def kind_of(path: str) -> NotesKind:
    """Return the kind of a file of notes, which the ending of its name tells.

    Examples
    --------
    >>> kind_of("lecture.qmd"), kind_of("notes")
    ('markdown', 'text')
    """
    ending = os.path.splitext(path)[1].casefold()
    return next((kind for kind, endings in _ENDINGS.items() if ending in endings), "text")


def read_document(text: str, path: str) -> NotesFile:
    """Return the formulas, words, models and directives of a text.

    Parameters
    ----------
    text : str
        The whole file. A byte-order mark at its beginning is no part of it.
    path : str
        Its name, which messages show; the extension tells the kind: Markdown, LaTeX, a web page, a
        notebook, reStructuredText, AsciiDoc, Typst, and plain text for any other.

    Raises
    ------
    LimitError
        If it is too long or holds too much.
    ParseError
        If a notebook is no notebook.
    """
    kind = kind_of(path)
    text = text.removeprefix("\ufeff")
    limit = MAX_NOTEBOOK if kind == "notebook" else MAX_TEXT
    if len(text) > limit:
        raise _too_long(path, limit)
    notes = Notes(path)
    # each kind imports what it needs: a LaTeX file does not pay for Markdown
    if kind == "markdown":
        from symcausal.notes.files.markdown import scan_markdown

        scan_markdown(notes, path, None, text, path)
    elif kind == "latex":
        from symcausal.notes.files.latex import scan_latex

        scan_latex(notes, path, text)
    elif kind == "page":
        from symcausal.notes.files.html import scan_html

        scan_html(notes, path, text)
    elif kind == "notebook":
        from symcausal.notes.files.notebook import scan_notebook

        scan_notebook(notes, path, text)
    elif kind == "restructured":
        from symcausal.notes.files.restructured import scan_restructured

        scan_restructured(notes, path, text)
    elif kind == "asciidoc":
        from symcausal.notes.files.asciidoc import scan_asciidoc

        scan_asciidoc(notes, path, text)
    elif kind == "typst":
        from symcausal.notes.files.typst import scan_typst

        scan_typst(notes, path, text)
    else:
        from symcausal.notes.files.plain import scan_plain

        scan_plain(notes, path, text)
    return NotesFile(
        path,
        tuple(notes.parts),
        tuple(notes.items),
        tuple(notes.problems),
        tuple(notes.headings),
        tuple(notes.code),
        tuple(notes.left_out),
        notes.page,
    )


def read_file(path: str) -> NotesFile:
    """Return what stands in a file; ``-`` is standard input, as plain text.

    Raises
    ------
    UsageError
        If the file cannot be opened, or is no text in UTF-8 or in what a byte-order mark says.
    LimitError, ParseError
        As for :func:`read_document`.
    """
    return read_document(decoded(read_bytes(path), path, guess=False).text, path)


def read_bytes(path: str) -> bytes:
    """Return the bytes of a file of notes; ``-`` is standard input.

    Raises
    ------
    UsageError
        If the file cannot be opened.
    LimitError
        If it is too long.
    """
    limit = MAX_NOTEBOOK if kind_of(path) == "notebook" else 4 * MAX_TEXT
    if path == "-" and sys.stdin is None:
        raise UsageError("standard input is closed")
    try:
        if path == "-":
            raw = sys.stdin.buffer.read(limit + 1)
        else:
            with open(path, "rb") as file:
                raw = file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no such name"
        raise UsageError(f"cannot read {path!r}: {reason}") from None
    if len(raw) > limit:
        raise _too_long(path, limit)
    return raw


def _too_long(path: str, limit: int) -> LimitError:
    return LimitError(
        f"{path} is longer than {limit} characters", hint="split it, or check a part of it"
    )
