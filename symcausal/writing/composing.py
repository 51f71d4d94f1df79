"""How a document is put together, block after block.

Main definitions
----------------
Composing : the methods that add a block at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from symcausal.errors import UsageError
from symcausal.hints import Self
from symcausal.record import replace
from symcausal.writing.blocks import Block, Display, Heading, Listing, Paragraph, Piece
from symcausal.writing.document_facts import DocumentFacts, only_text
from symcausal.writing.style import PLAIN

DEEPEST = 6  # of headings, in a browser


class Composing(DocumentFacts):
    """A page that grows: each method returns a copy with one more block at the end."""

    __slots__ = ()

    def heading(self, words: str, *, level: int = 2) -> Self:
        """Begin a section; those of a higher level stand within it."""
        only_text(words, "a heading")
        if type(level) is not int or not 1 <= level <= DEEPEST:
            raise UsageError(f"a heading of level {level!r}", expected=f"1 to {DEEPEST}")
        return self._with_blocks(Heading(words, level))

    def paragraph(self, *pieces: Piece | int | Fraction) -> Self:
        """Add words, with formulas among them: ``"So ", model.query("P(L)"), " it is."``."""
        from symcausal.writing.given_parts import piece_of

        return self._with_blocks(Paragraph(tuple(map(piece_of, pieces))))

    def maths(self, *pieces: Piece | int | Fraction) -> Self:
        """Add a formula in a line of its own, or several with ``"="`` between them."""
        from symcausal.writing.given_parts import piece_of

        return self._with_blocks(Display(tuple(map(piece_of, pieces))))

    def show(self, thing: object) -> Self:
        """Add an answer, such as a derivation, a table or a comparison, or the blocks of a document.

        Formulas are written as the first answer writes them, unless a style was chosen.

        Raises
        ------
        UnprintableError
            If it is no answer, formula, number, model, graph, drawing or document.
        """
        from symcausal.writing.given_parts import blocks_of
        from symcausal.writing.shown import Shown

        added = blocks_of(thing)
        style = thing.style if isinstance(thing, Shown | Composing) else PLAIN
        kept = self if self.style != PLAIN else replace(self, style=style)
        return kept._with_blocks(*added)

    def figure(self, graph: object, *, do: Mapping[str, object] | None = None) -> Self:
        """Add the picture of a graph or a model, the arrows into what is set cut."""
        from symcausal.writing.given_parts import figure_of

        return self._with_blocks(figure_of(graph, do or {}))

    def listing(self, lines: str | Iterable[str], language: str = "") -> Self:
        """Add lines as they are typed; those of ``symcausal`` state a model that `check` reads."""
        if not isinstance(lines, Iterable):
            raise UsageError(
                f"a {type(lines).__name__} as a listing", expected="text, or its lines"
            )
        if not isinstance(lines, str):
            lines = "\n".join(only_text(line, "a line of a listing") for line in lines)
        return self._with_blocks(Listing(lines.strip("\n"), only_text(language, "a language")))

    def _with_blocks(self, *more: Block) -> Self:
        return replace(self, blocks=(*self.blocks, *more))
