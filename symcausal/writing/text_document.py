"""Documents in plain text.

Main definitions
----------------
document_text : a document.
"""

from __future__ import annotations

from functools import partial

from symcausal.patterns import late
from symcausal.writing.blocks import (
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
    Typeset,
)
from symcausal.writing.derivation_text import derivation_text
from symcausal.writing.document_facts import DocumentFacts
from symcausal.writing.equations import RELATIONS, TEXT, boxed
from symcausal.writing.pieces import joined, related
from symcausal.writing.style import Style
from symcausal.writing.tables import grid_text
from symcausal.writing.text import render

LONGEST = 100  # characters
_BREAK = late(r"(?<! ->| <-|<->) (?!(?:->|<-|<->) )")


def document_text(document: DocumentFacts) -> str:
    """Write a document in plain text."""
    title = [f"{document.title}\n{'=' * len(document.title)}"] if document.title else []
    written = (_block(block, document.style) for block in document.blocks)
    return "\n\n".join([*title, *filter(None, written)])


def _block(block: Block, style: Style) -> str:
    match block:
        case Heading(words, level):
            return f"{words}\n{('-' if level == 2 else '~') * len(words)}"
        case Paragraph(pieces):
            return _wrapped(joined(pieces, str, str, partial(_plain, style=style)))
        case Items(entries):
            lines = (joined(entry, str, str, partial(_plain, style=style)) for entry in entries)
            return "\n".join(f"  - {line}" for line in lines)
        case Display(pieces):
            return "  " + related(pieces, TEXT, partial(_plain, style=style))
        case Equations():
            return "\n".join("  " + line for line in _equations(block, style).splitlines())
        case Derived(chain, assumptions):
            width = (style.width or LONGEST + 8) - 2
            within = Style(style.notation, style.order, width)
            written = derivation_text(chain, assumptions, within)
            return "\n".join("  " + line for line in written.splitlines())
        case Tabled(grid):
            return grid_text(grid, style)
        case Drawn():
            return _block(block.items, style)
        case Plotted():
            return ""
        case Listing(lines):
            return "\n".join("    " + line for line in lines.splitlines())
        case Aside(blocks):
            return "\n\n".join(_block(one, style) for one in blocks)


def _equations(equations: Equations, style: Style) -> str:
    """Write equations as plain text, each on a line."""
    lines = []
    for one in equations.rows:
        left = [] if one.left is None else [render(boxed(one.left, style, inline=True))]
        right = "".join(
            piece if isinstance(piece, str) else render(boxed(piece, style, inline=True))
            for piece in one.right
        )
        lines.append(" ".join([*left, *filter(None, [RELATIONS[one.sign][TEXT]]), right]))
    return "\n".join(lines)


def _plain(thing: Typeset, style: Style) -> str:
    return render(boxed(thing, style, inline=True))


def _wrapped(words: str, width: int = LONGEST) -> str:
    """Return words in lines, broken between words but never at an arrow."""
    lines, line = [], ""
    for word in _BREAK.split(words):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])
