r"""Documents: words, formulas, derivations and tables, written in any format from one source.

Main definitions
----------------
Document : a title and blocks.
"""

from __future__ import annotations

from os import PathLike

from symcausal.record import replace, shortened
from symcausal.writing.composing import Composing
from symcausal.writing.formats import as_html, as_latex, as_markdown, as_text, as_typst

LONGEST_HEADLINE = 120


class Document(Composing):
    """A title and blocks, each method of which returns a document.

    Attributes
    ----------
    title : str
        Empty for a fragment.
    blocks : tuple of Block
        From top to bottom.
    style : Style
        How formulas are written.
    page_title : str
        What a browser calls the page of a fragment.

    Examples
    --------
    >>> from symcausal.writing.blocks import Code
    >>> page = Document("Dice").heading("Two").paragraph("They are ", Code("A"), " and ", Code("B"), ".")
    >>> print(page.to_markdown(), end="")
    # Dice
    <BLANKLINE>
    ## Two
    <BLANKLINE>
    They are `A` and `B`.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        count = len(self.blocks)
        title = shortened(self.title, LONGEST_HEADLINE)
        return f"<Document: {title + ', ' * bool(title)}{count} block{'s' * (count != 1)}>"

    def to_text(self) -> str:
        """Return the document as plain text."""
        return as_text(self)

    def to_markdown(self) -> str:
        """Return the document as Markdown with ``$`` formulas."""
        return as_markdown(self)

    def to_latex(self, *, standalone: bool = False) -> str:
        """Return the document as LaTeX; with a preamble if it is to stand alone."""
        return as_latex(self, standalone=standalone)

    def to_html(self) -> str:
        """Return the document as a web page of its own, with MathML and without scripts."""
        return as_html(self)

    def to_fragment(self) -> str:
        """Return the HTML of the blocks, to stand in a page of somebody else's."""
        from symcausal.writing.html_document import fragment_html

        return fragment_html(self)

    def to_typst(self) -> str:
        """Return the document as Typst."""
        return as_typst(self)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the document to a file: ``.md``, ``.tex``, ``.html``, ``.pdf``, ``.typ``, ``.ipynb``.

        Raises
        ------
        UsageError
            If no format has this ending, or if nothing here makes a PDF.
        """
        from symcausal.writing.saving import save

        save(self, path)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from symcausal.writing.given_parts import titled

        whole = replace(self, blocks=titled(self, level=1))
        return {
            "text/html": whole.to_fragment(),
            "text/markdown": self.to_markdown(),
            "text/plain": self.to_text(),
        }
