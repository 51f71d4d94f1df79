"""The formats that everything is printed in: one list, which answers and commands read.

A new format is a printer of documents and its line here. Whoever prints asks for a printer here, which
knows documents by what stands in them.

Main definitions
----------------
Format : a format with its printer.
FORMATS : all of them by name, the default first.
as_text, as_latex, as_markdown, as_html, as_typst : printers of documents.
ShownFacts : what is printed of an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symcausal.hints import TYPE_CHECKING, Protocol, TypeAlias
from symcausal.record import record

if TYPE_CHECKING:
    from symcausal.writing.blocks import Block
    from symcausal.writing.document_facts import DocumentFacts
    from symcausal.writing.style import Style

Printer: TypeAlias = "Callable[[ShownFacts, Style], str]"


class ShownFacts(Protocol):
    """What is known of an answer before it is printed: its page and its data."""

    @property
    def page_title(self) -> str:
        """What a browser calls the page."""

    def blocks(self) -> Sequence[Block]:
        """What stands on the page, from top to bottom."""

    def as_data(self) -> object:
        """What JSON holds."""


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


# -- printers of documents: late, since whoever reads the list alone waits for none ----------------
def as_text(document: DocumentFacts) -> str:
    """Print a document as plain text."""
    from symcausal.writing.text_document import document_text

    return document_text(document)


def as_latex(document: DocumentFacts, *, standalone: bool = False) -> str:
    """Print a document as LaTeX; with a preamble if it is to stand alone."""
    from symcausal.writing.latex_document import document_latex

    return document_latex(document, standalone=standalone)


def as_markdown(document: DocumentFacts) -> str:
    """Print a document as Markdown."""
    from symcausal.writing.markdown_document import document_markdown

    return document_markdown(document)


def as_html(document: DocumentFacts) -> str:
    """Print a document as a web page of its own."""
    from symcausal.writing.html_document import document_html

    return document_html(document)


def as_typst(document: DocumentFacts) -> str:
    """Print a document as Typst."""
    from symcausal.writing.typst_document import document_typst

    return document_typst(document)


# -- printers of answers ---------------------------------------------------------------------------
def _by(printer: Callable[[DocumentFacts], str]) -> Printer:
    """Return what prints the page of an answer as a document is printed."""

    def printed(shown: ShownFacts, style: Style) -> str:
        from symcausal.writing.document_facts import DocumentFacts

        return printer(DocumentFacts("", tuple(shown.blocks()), style, shown.page_title))

    return printed


def _json(shown: ShownFacts, style: Style) -> str:
    import json

    return json.dumps(shown.as_data(), indent=2, ensure_ascii=False)


FORMATS = {
    known.name: known
    for known in (
        Format("text", _by(as_text), "nothing; formulas can be read again", literal=False),
        Format(
            "latex",
            _by(as_latex),
            "amsmath; amssymb for expectations, booktabs for tables, tikz for graphs",
        ),
        Format("markdown", _by(as_markdown), "KaTeX or MathJax for the formulas"),
        Format(
            "html", _by(as_html), "a browser: a page of its own, with MathML and without scripts"
        ),
        Format("typst", _by(as_typst), "Typst 0.13 or newer, and no package"),
        Format("json", _json, "nothing; JSON reads an escaped character as itself", literal=False),
    )
}
