"""Short answers in words: a sentence with a list under it, in every format.

Main definitions
----------------
Saying : a sentence and its list.
said : several of them as text, LaTeX or Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from symcausal.errors import UsageError, nearest
from symcausal.writing.document import Block, Document, Items, Paragraph, Piece
from symcausal.writing.latex import LECTURE
from symcausal.writing.notations import Notation

SHAPES = ("text", "latex", "markdown", "json")


class Saying(NamedTuple):
    """A sentence, and what is listed under it."""

    head: tuple[Piece, ...]
    items: tuple[tuple[Piece, ...], ...] = ()


def said(
    shape: str, sayings: Iterable[Saying], order: Sequence[str], notation: Notation = LECTURE
) -> str:
    """Print sayings as ``text``, ``latex`` or ``markdown``.

    Raises
    ------
    UsageError
        If there is no such format.
    """
    if shape not in SHAPES:
        raise UsageError(
            f"no format '{shape}'", expected=", ".join(SHAPES), hint=nearest(shape, SHAPES)
        )
    if shape == "text":
        return "\n".join(line for saying in sayings for line in _lines(saying, order, notation))
    blocks: list[Block] = []
    for saying in sayings:
        blocks.append(Paragraph(saying.head))
        blocks += [Items(saying.items)] * bool(saying.items)
    document = Document("", tuple(blocks), notation, tuple(order))
    return document.to_latex() if shape == "latex" else document.to_markdown()


def _lines(saying: Saying, order: Sequence[str], notation: Notation) -> list[str]:
    lines = _wrapped(saying.head, order, notation)
    for item in saying.items:
        lines += ["  " + line for line in _wrapped(item, order, notation)]
    return lines


def _wrapped(pieces: tuple[Piece, ...], order: Sequence[str], notation: Notation) -> list[str]:
    return Document("", (Paragraph(pieces),), notation, tuple(order)).to_text().splitlines()
