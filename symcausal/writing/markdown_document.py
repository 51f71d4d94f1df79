"""Documents in Markdown, with formulas for KaTeX and MathJax.

Main definitions
----------------
document_markdown : a document.
"""

from __future__ import annotations

import re
from functools import partial

from symcausal.writing.blocks import (
    MODEL,
    Aside,
    Block,
    Derived,
    Display,
    Drawn,
    Equations,
    Heading,
    Items,
    Listing,
    Paragraph,
    Plotted,
    Tabled,
)
from symcausal.writing.derivation import derivation_markdown
from symcausal.writing.document_facts import DocumentFacts
from symcausal.writing.equations import LATEX, equations_aligned, too_wide
from symcausal.writing.pieces import in_dollars, in_latex, joined, related
from symcausal.writing.style import Style
from symcausal.writing.tables import grid_markdown


def document_markdown(document: DocumentFacts) -> str:
    """Write a document in Markdown."""
    title = [f"# {document.title}"] if document.title else []
    written = (_block(block, document.style) for block in document.blocks)
    return "\n\n".join([*title, *filter(None, written)]) + "\n"


def _block(block: Block, style: Style) -> str:
    match block:
        case Heading(words, level):
            return f"{'#' * level} {_marked_down(words)}"
        case Paragraph(pieces):
            return joined(pieces, _marked_down, _backticks, partial(in_dollars, style=style))
        case Items(entries):
            return "\n".join(
                f"- {joined(entry, _marked_down, _backticks, partial(in_dollars, style=style))}"
                for entry in entries
            )
        case Display(pieces):
            if (chain := too_wide(pieces, style)) is not None:
                return _block(chain, style)
            return f"$$\n{related(pieces, LATEX, partial(in_latex, style=style))}\n$$"
        case Equations():
            return f"$$\n{equations_aligned(block, style)}\n$$"
        case Derived(chain, assumptions):
            return derivation_markdown(chain, assumptions, style)
        case Tabled(grid):
            return grid_markdown(grid, style)
        case Drawn():
            return _block(block.items, style)
        case Plotted():
            return ""
        case Listing(lines, language):
            fence = _fence(lines, 3)
            return f"{fence}{language}\n{lines}\n{fence}"
        case Aside(blocks):
            inside = (_block(one, style) for one in blocks)
            return "\n\n".join([f"<!-- {MODEL}: off -->", *inside, f"<!-- {MODEL}: on -->"])


def _backticks(words: str) -> str:
    fence = _fence(words, 1)
    return f"{fence} {words} {fence}" if "`" in words else f"{fence}{words}{fence}"


def _fence(words: str, least: int) -> str:
    """Return a fence for words: more backticks than stand together in them."""
    return "`" * max([least, *(1 + len(found) for found in re.findall("`+", words))])


def _marked_down(words: str) -> str:
    """Return words with escapes, so that Markdown finds no marks in them.

    An underscore inside a name is none, and a bracket is one only before an address: an escaped one
    would begin a display for those who typeset formulas.
    """
    return re.sub(r"[\\`*<$]|\](?=[(\[:])|\b_(?!\w)|(?<!\w)_", r"\\\g<0>", words)
