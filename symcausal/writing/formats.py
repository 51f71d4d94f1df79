"""The formats that everything is printed in: one list, which answers and commands read.

A new format is a printer of documents and its line here.

Main definitions
----------------
Format : a format with its printer.
FORMATS : all of them by name, the default first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from symcausal.record import record

if TYPE_CHECKING:
    from symcausal.writing.document import Document
    from symcausal.writing.shown import Shown
    from symcausal.writing.style import Style

Printer: TypeAlias = "Callable[[Shown, Style], str]"


@record
class Format:
    """A format.

    Attributes
    ----------
    name : str
        What users call it.
    printer : callable
        Prints an answer in it, formulas in a style.
    needs : str
        What the reader of the printed text needs.
    literal : bool
        Whether programs read it, so that control characters in it are kept.
    """

    name: str
    printer: Printer
    needs: str
    literal: bool = True


def _document(shown: Shown, style: Style) -> Document:
    # late: whoever reads the list alone waits for no printer
    from symcausal.writing.document import Document

    return Document("", tuple(shown.blocks()), style, shown.page_title)


def _text(shown: Shown, style: Style) -> str:
    return _document(shown, style).to_text()


def _latex(shown: Shown, style: Style) -> str:
    return _document(shown, style).to_latex()


def _markdown(shown: Shown, style: Style) -> str:
    return _document(shown, style).to_markdown()


def _html(shown: Shown, style: Style) -> str:
    return _document(shown, style).to_html()


def _typst(shown: Shown, style: Style) -> str:
    return _document(shown, style).to_typst()


def _json(shown: Shown, style: Style) -> str:
    import json

    return json.dumps(shown.as_data(), indent=2, ensure_ascii=False)


FORMATS = {
    known.name: known
    for known in (
        Format("text", _text, "nothing; formulas can be read again", literal=False),
        Format(
            "latex",
            _latex,
            "amsmath; amssymb for expectations, booktabs for tables, tikz for graphs",
        ),
        Format("markdown", _markdown, "KaTeX or MathJax for the formulas"),
        Format("html", _html, "a browser: a page of its own, with MathML and without scripts"),
        Format("typst", _typst, "Typst 0.13 or newer, and no package"),
        Format("json", _json, "nothing; JSON reads an escaped character as itself", literal=False),
    )
}
