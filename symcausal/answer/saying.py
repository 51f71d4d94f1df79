"""Short answers in words: a sentence with a list under it, in every format.

Main definitions
----------------
Saying : a sentence and its list.
said : several of them as text, LaTeX or Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from symcausal.errors import UsageError, nearest
from symcausal.writing.blocks import Block, Items, Paragraph, Piece
from symcausal.writing.document import Document
from symcausal.writing.style import PLAIN, Style

SHAPES = ("text", "latex", "markdown", "json")


class Saying(NamedTuple):
    """A sentence, and what is listed under it."""

    head: tuple[Piece, ...]
    items: tuple[tuple[Piece, ...], ...] = ()


def said(shape: str, sayings: Iterable[Saying], style: Style = PLAIN) -> str:
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
        return "\n".join(line for saying in sayings for line in _lines(saying, style))
    blocks: list[Block] = []
    for saying in sayings:
        blocks.append(Paragraph(saying.head))
        blocks += [Items(saying.items)] * bool(saying.items)
    document = Document("", tuple(blocks), style)
    return document.to_latex() if shape == "latex" else document.to_markdown()


def _lines(saying: Saying, style: Style) -> list[str]:
    lines = _wrapped(saying.head, style)
    for item in saying.items:
        lines += ["  " + line for line in _wrapped(item, style)]
    return lines


def _wrapped(pieces: tuple[Piece, ...], style: Style) -> list[str]:
    return Document("", (Paragraph(pieces),), style).to_text().splitlines()
