"""Short answers in words: a sentence with a list under it, in every format.

Main definitions
----------------
Saying : a sentence and its list.
Said : the base class of answers that are sayings.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import NamedTuple

from symcausal.writing.blocks import Block, Items, Paragraph, Piece
from symcausal.writing.document import Document
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style


class Saying(NamedTuple):
    """A sentence, and what is listed under it."""

    head: tuple[Piece, ...]
    items: tuple[tuple[Piece, ...], ...] = ()


class Said(Shown):
    """An answer of a few sayings, whose text is a line for each sentence and each of its items."""

    __slots__ = ()

    @abstractmethod
    def sayings(self) -> Sequence[Saying]:
        """The sentences with their lists."""

    def blocks(self) -> list[Block]:
        """A paragraph and a list for each saying."""
        found: list[Block] = []
        for saying in self.sayings():
            found.append(Paragraph(saying.head))
            found += [Items(saying.items)] * bool(saying.items)
        return [*found, *self.figures()]

    def figures(self) -> Sequence[Block]:
        """The figures that stand below."""
        return ()

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Text without empty lines."""
        return {"text": self._lines}

    def _lines(self) -> str:
        lines = []
        for saying in self.sayings():
            lines += _wrapped(saying.head, self.style)
            for item in saying.items:
                lines += ["  " + line for line in _wrapped(item, self.style)]
        return "\n".join(lines)


def _wrapped(pieces: tuple[Piece, ...], style: Style) -> list[str]:
    return Document("", (Paragraph(pieces),), style).to_text().splitlines()
