"""Documents as pages of their own, with MathML and without scripts.

Main definitions
----------------
document_html : a document.
fragment_html : its blocks, to stand in a page of somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from math import inf

from symcausal.patterns import late
from symcausal.writing.blocks import (
    MODEL,
    Aside,
    Block,
    Code,
    Derived,
    Display,
    Drawn,
    Equations,
    Heading,
    Items,
    Listing,
    Paragraph,
    Piece,
    Plotted,
    Tabled,
    Typeset,
)
from symcausal.writing.boxes import Box, Figure
from symcausal.writing.derivation_html import derivation_html
from symcausal.writing.document_facts import DocumentFacts
from symcausal.writing.equations import LATEX, RELATIONS, boxed, equations_aligned, laid_out
from symcausal.writing.flowing import flowing, kept
from symcausal.writing.html_lines import ScreenLine, display_html, lines_html
from symcausal.writing.html_page import fragment, page
from symcausal.writing.mathml import escaped
from symcausal.writing.pieces import in_latex, joined, related
from symcausal.writing.plots import plot_svg
from symcausal.writing.style import Style
from symcausal.writing.svg import svg
from symcausal.writing.table_html import grid_html


def document_html(document: DocumentFacts) -> str:
    """Write a document as a page."""
    head = [f"<h1>{escaped(document.title)}</h1>"] if document.title else []
    return page(document.title or document.page_title, [*head, _blocks(document)])


def fragment_html(document: DocumentFacts) -> str:
    """Write the blocks of a document in HTML, with their style, for a page of somebody else's."""
    return fragment([_blocks(document)])


def _blocks(document: DocumentFacts) -> str:
    return "\n".join(_block(block, document.style) for block in document.blocks)


def _block(block: Block, style: Style) -> str:
    match block:
        case Heading(words, level):
            return f"<h{level}>{escaped(words)}</h{level}>"
        case Paragraph(pieces):
            return f"<p>{_marked(pieces, style)}</p>"
        case Items(entries):
            return "\n".join(
                ["<ul>", *(f"<li>{_marked(entry, style)}</li>" for entry in entries), "</ul>"]
            )
        case Display(pieces):
            source = related(pieces, LATEX, partial(in_latex, style=style))
            signs = (_counted(p, style) for p in pieces if not isinstance(p, Code))
            return display_html(signs, source)
        case Equations():
            whole = Style(style.notation, style.order, inf)
            lines = (ScreenLine(*sides) for sides in laid_out(block, style))
            return lines_html(lines, equations_aligned(block, whole))
        case Derived(chain, assumptions):
            return derivation_html(chain, assumptions, style)
        case Tabled(grid):
            return grid_html(grid, style)
        case Drawn(pictures):
            return f"<p>{' '.join(map(svg, pictures))}</p>"
        case Plotted(plot):
            return f"<p>{plot_svg(plot)}</p>"
        case Listing(lines, language):
            kind = f' class="language-{language}"' if language else ""
            return f"<pre><code{kind}>{escaped(lines)}</code></pre>"
        case Aside(blocks):
            inside = (_block(one, style) for one in blocks)
            return "\n".join([f"<!-- {MODEL}: off -->", *inside, f"<!-- {MODEL}: on -->"])


def _marked(pieces: Iterable[Piece], style: Style) -> str:
    return kept(
        joined(
            pieces,
            escaped,
            lambda words: f"<code>{_ARROW.sub(_unbroken, escaped(words))}</code>",
            lambda thing: flowing(boxed(thing, style)),
        )
    )


def _counted(piece: str | Typeset, style: Style) -> str | Box:
    """Return a piece of a display as HTML lines take it: a relation as it is, all else as a box."""
    if isinstance(piece, str):
        return piece if piece in RELATIONS else Figure(piece)
    return boxed(piece, style)


_ARROW = late("&lt;-&gt;|-&gt;|&lt;-")  # a browser would end a line behind its hyphen


def _unbroken(arrow: re.Match[str]) -> str:
    return f'<span class="arrow">{arrow.group()}</span>'
