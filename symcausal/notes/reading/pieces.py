r"""The text of a derivation as one stretch, however many formulas it is spread over.

What only sets type (tags, labels, colours, comments, the names under braces) becomes blanks of the
same length, so that every character keeps its place.

Main definitions
----------------
Extract : a formula whose text was changed (macros written out), and where its characters come from.
JoinedExtracts : the joined text, and the way back to the places of the notes.
View : some ranges of it, to be read.

Implementation notes
--------------------
A space parts two pieces. Its place is that of the character before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from symcausal.errors import Source, Span, SymcausalError
from symcausal.notes.reading.bare import bared
from symcausal.patterns import late
from symcausal.reading.characters import plain_characters
from symcausal.reading.lexemes import Lexemes
from symcausal.record import record

_TRAILING = late(r"(?:\s|~|[.,;:&]|\\[,;:! >]|\\q?quad(?![a-z])|\\hfill|\{\s*\})+\Z")
_DECIMAL = late(r"\.\d+\Z")
_LEADING = late(r"(?:\s|~|&|\\[,;:! >]|\\q?quad(?![a-z])|\{\s*\})+")
_SPACES = late(r"\s+")


@record
class Extract:
    """A text to be read whose characters come from ``positions`` of ``source``."""

    text: str
    positions: Sequence[int]
    source: Source


class JoinedExtracts:
    """The texts of one derivation, joined to one.

    Attributes
    ----------
    lexemes : Lexemes
        What is to be read; what only sets type is blank.
    text : str
        Their text.
    ends : list of int
        Where each piece ends, for a row of its own begins there.
    """

    def __init__(self, pieces: Sequence[Span | Extract]) -> None:
        self._pieces: list[tuple[Source, Sequence[int]]] = []
        self._starts: list[int] = []
        self.ends: list[int] = []
        parts: list[Lexemes] = []
        at = 0
        for piece in pieces:
            if isinstance(piece, Span):
                text = piece.source.text[piece.start : piece.end]
                origin: Sequence[int] = range(piece.start, piece.end)
            else:
                text, origin = piece.text, piece.positions
            self._pieces.append((piece.source, origin))
            self._starts.append(at)
            parts.append(bared(plain_characters(text)))
            at += len(text) + 1
            self.ends.append(at - 1)
        self.lexemes = Lexemes.joined(parts)
        self.text = self.lexemes.text

    def span(self, start: int, end: int) -> Span:
        """Return the place in the notes of some characters of the joined text."""
        first = self._index(start)
        last = self._index(max(start, end - 1))
        source, _ = self._pieces[first]
        while last > first and self._pieces[last][0] is not source:
            last -= 1
            end = self.ends[last]
        begin, stop = self._place(first, start), self._place(last, max(start, end - 1)) + 1
        return Span(source, min(begin, stop - 1), stop)

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _place(self, piece: int, offset: int) -> int:
        _, origin = self._pieces[piece]
        if not origin:
            return 0
        return origin[min(max(offset - self._starts[piece], 0), len(origin) - 1)]


def _is_overclosed(text: str) -> bool:
    """Whether a product ends in a bracket that nothing opens, and that changes nothing there.

    In a sum the one that is missing may be around a part of it.
    """
    if not text.endswith(")"):
        return False
    depth = 0
    for place, character in enumerate(text):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth < 0:
                return place == len(text) - 1
        elif depth == 0 and character in "+-\u2212\u00b1":
            return False
    return False


class View:
    """Some ranges of the joined text as a source of their own, the rest blank.

    Attributes
    ----------
    is_overclosed : bool
        Whether a bracket at the end, which nothing opens, was left out.
    """

    def __init__(self, stretch: JoinedExtracts, ranges: Sequence[tuple[int, int]]) -> None:
        self.stretch = stretch
        text = stretch.text
        pieces: list[str] = []
        ranges = sorted(ranges)
        at = ranges[0][0] if ranges else 0
        self.base = at
        for start, end in ranges:
            pieces.append(" " * (start - at))
            pieces.append(text[start:end])
            at = max(at, end)
        joined = "".join(pieces)
        lead = _LEADING.match(joined)
        if lead and lead.end() < len(joined):
            self.base += lead.end()
            joined = joined[lead.end() :]
        trail = _TRAILING.search(joined, max(0, len(joined) - 400))
        stop = trail.start() if trail else len(joined)
        if joined.startswith("...", stop) and _DECIMAL.search(joined, max(0, stop - 40), stop):
            stop += 3  # the dots of 0.333... belong to the number
        self.is_overclosed = _is_overclosed(joined[:stop])
        self.source = Source(joined[: stop - self.is_overclosed])

    @property
    def text(self) -> str:
        """The text of the ranges, on one line."""
        return _SPACES.sub(" ", self.source.text).strip()

    @property
    def span(self) -> Span:
        """The place of all ranges in the notes."""
        return self.place(0, max(1, len(self.source.text)))

    def place(self, start: int, end: int) -> Span:
        """Return the place in the notes of some characters of the view."""
        return self.stretch.span(self.base + start, self.base + max(end, start + 1))

    def placed(self, error: SymcausalError) -> SymcausalError:
        """Return an error with its place in the notes."""
        span = error.span
        if span is not None and span.source is self.source:
            error.span = self.place(span.start, span.end)
        elif span is None:
            error.span = self.span
        return error
