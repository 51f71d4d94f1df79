"""Documents as pages of their own, with MathML and without scripts.

Main definitions
----------------
document_html : a document.
fragment_html : its blocks, to stand in a page of somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from math import inf

from symcausal.writing.blocks import (
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
    Tabled,
)
from symcausal.writing.derivation_html import derivation_html
from symcausal.writing.document import MODEL, Document
from symcausal.writing.equations import RELATIONS, boxed, equations_aligned
from symcausal.writing.html_page import page
from symcausal.writing.mathml import aligned, element, escaped, math, render
from symcausal.writing.pieces import LATEX, UNICODE, in_latex, joined, related, relation
from symcausal.writing.style import Style
from symcausal.writing.svg import svg
from symcausal.writing.table_html import grid_html


def document_html(document: Document) -> str:
    """Write a document as a page."""
    head = [f"<h1>{escaped(document.title)}</h1>"] if document.title else []
    return page(document.title or document.page_title, [*head, fragment_html(document)])


def fragment_html(document: Document) -> str:
    """Write the blocks of a document in HTML, to stand in a page of somebody else's."""
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
            signs = (
                _marked_relation(p) if isinstance(p, str) else render(boxed(p, style))
                for p in pieces
                if not isinstance(p, Code)
            )
            source = related(pieces, LATEX, partial(in_latex, style=style))
            marked = f"<mrow>{''.join(signs)}</mrow>"
            return f"<p>{math(marked, source, display=True)}</p>"
        case Equations():
            return f"<p>{_equations(block, style)}</p>"
        case Derived(chain, assumptions):
            return derivation_html(chain, assumptions, style)
        case Tabled(grid):
            return grid_html(grid, style)
        case Drawn(pictures):
            return f"<p>{' '.join(map(svg, pictures))}</p>"
        case Listing(lines, language):
            kind = f' class="language-{language}"' if language else ""
            return f"<pre><code{kind}>{escaped(lines)}</code></pre>"
        case Aside(blocks):
            inside = (_block(one, style) for one in blocks)
            return "\n".join([f"<!-- {MODEL}: off -->", *inside, f"<!-- {MODEL}: on -->"])


def _equations(equations: Equations, style: Style) -> str:
    """Write equations as one table of MathML."""
    rows = []
    for one in equations.rows:
        sign = RELATIONS[one.sign][2]
        words = (
            f"<mtext>{escaped(piece).replace(' ', chr(0xA0))}</mtext>"
            if isinstance(piece, str)
            else render(boxed(piece, style))
            for piece in one.right
        )
        mark = f"<mo>{sign}</mo>" if sign else ""
        left = "" if one.left is None else render(boxed(one.left, style))
        rows.append((left, f"<mrow>{mark}{''.join(words)}</mrow>"))
    whole = Style(style.notation, style.order, inf)
    return aligned(rows, equations_aligned(equations, whole))


def _marked(pieces: Iterable[Piece], style: Style) -> str:
    return joined(
        pieces,
        escaped,
        lambda words: f"<code>{escaped(words)}</code>",
        lambda thing: element(boxed(thing, style)),
    )


def _marked_relation(sign: str) -> str:
    if sign in RELATIONS:
        return f"<mo>{relation(sign, UNICODE)}</mo>"
    return f"<mn>{escaped(sign)}</mn>"
