"""Pieces of a paragraph and of a display, put together by whoever can write each kind.

Main definitions
----------------
joined : pieces of a paragraph side by side.
related : formulas with relations between.
in_latex, in_dollars : a formula for those who read LaTeX.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from symcausal.writing.blocks import Code, Piece, Typeset
from symcausal.writing.equations import RELATIONS, boxed
from symcausal.writing.latex import render
from symcausal.writing.style import Style


def joined(
    pieces: Iterable[Piece],
    words: Callable[[str], str],
    code: Callable[[str], str],
    formula: Callable[[Typeset], str],
) -> str:
    """Write pieces side by side."""
    written = []
    for piece in pieces:
        if isinstance(piece, str):
            written.append(words(piece))
        elif isinstance(piece, Code):
            written.append(code(piece.words))
        else:
            written.append(formula(piece))
    return "".join(written)


def related(pieces: Iterable[Piece], language: int, formula: Callable[[Typeset], str]) -> str:
    """Write a display: formulas, relations and digits."""
    return " ".join(
        relation(piece, language) if isinstance(piece, str) else formula(piece)
        for piece in pieces
        if not isinstance(piece, Code)
    )


def relation(sign: str, language: int) -> str:
    """A relation by its sign; digits as they are."""
    return RELATIONS[sign][language] if sign in RELATIONS else sign


def in_latex(thing: Typeset, style: Style) -> str:
    """A formula in LaTeX."""
    return render(boxed(thing, style), bar=style.notation.bar)


def in_dollars(thing: Typeset, style: Style) -> str:
    """A formula in LaTeX, inside a line."""
    return f"${in_latex(thing, style)}$"
