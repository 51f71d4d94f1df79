"""How a document is put together, block after block.

Main definitions
----------------
Composing : the methods that add a block at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from symcausal.record import replace
from symcausal.writing.blocks import Block, Display, Drawn, Heading, Listing, Paragraph, Piece
from symcausal.writing.picture import Picture
from symcausal.writing.style import PLAIN, Style

if TYPE_CHECKING:
    from symcausal.graph.graph import Graph
    from symcausal.writing.shown import Shown


class Composing:
    """Something with blocks; each method returns a copy with one more at the end."""

    __slots__ = ()
    if TYPE_CHECKING:  # the fields of what is composed
        blocks: tuple[Block, ...]
        style: Style

    def heading(self, words: str, *, level: int = 2) -> Self:
        """Begin a section."""
        return self._with_blocks(Heading(words, level))

    def paragraph(self, *pieces: Piece) -> Self:
        """Add words, with formulas among them: ``"So ", model.query("P(L)"), " it is."``."""
        return self._with_blocks(Paragraph(pieces))

    def maths(self, *pieces: Piece) -> Self:
        """Add a formula in a line of its own, or several with ``"="`` between them."""
        return self._with_blocks(Display(pieces))

    def show(self, answer: Shown) -> Self:
        """Add an answer: a derivation, a table, a comparison, values...

        Formulas are written as the first answer writes them, unless a style was chosen.
        """
        kept = self if self.style != PLAIN else replace(self, style=answer.style)
        return kept._with_blocks(*answer.blocks())

    def figure(self, graph: Graph, *, do: Mapping[str, str] | None = None) -> Self:
        """Add the picture of a graph, the arrows into what is set cut."""
        picture = Picture(graph, do or {})
        return self._with_blocks(Drawn((picture,), picture.edges))

    def listing(self, lines: str, language: str = "") -> Self:
        """Add lines as they are typed; those of ``symcausal`` state a model that `check` reads."""
        return self._with_blocks(Listing(lines.strip("\n"), language))

    def _with_blocks(self, *more: Block) -> Self:
        return replace(self, blocks=(*self.blocks, *more))
