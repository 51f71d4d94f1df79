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

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from symcausal.errors import Source, Span, SymcausalError
from symcausal.patterns import late
from symcausal.reading.characters import plain_characters
from symcausal.reading.lexemes import closing_braces
from symcausal.record import record

BEGINS_OR_ENDS = (
    r"=|<|>|≈|≃|∝|≠|≤|≥|≡|≔|\+|\*|×|·|⋅"
    r"|\\(?:approx|simeq|propto|neq?|leq?|geq?|lt|gt|equiv|coloneqq|triangleq|times|cdot)(?![A-Za-z])"
)
_EDGE_BEFORE = late(rf"\s*(?:{BEGINS_OR_ENDS}|-)")
_EDGE_AFTER = late(rf"(?:{BEGINS_OR_ENDS}|-)\s*\Z")
_COMMENT = late(r"\\.|%", re.DOTALL)
_LABEL = late(r"\s*[_^]\s*")
_LETTER = late(r"\\[A-Za-z]+|\w")
_TRAILING = late(r"(?:\s|~|[.,;:&]|\\[,;:! >]|\\q?quad(?![a-z])|\\hfill|\{\s*\})+\Z")
_DECIMAL = late(r"\.\d+\Z")
_LEADING = late(r"(?:\s|~|&|\\[,;:! >]|\\q?quad(?![a-z])|\{\s*\})+")
_SPACES = late(r"\s+")
_PERCENT = late(r"\d\s*\Z")
_COMMAND = late(
    r"\\(tag|label|nonumber|notag|color|textcolor|colorbox|boxed|fbox|underbrace|overbrace|hspace"
    r"|vspace|phantom|hphantom|vphantom|ref|eqref|cite|qedhere|qed|hfill|displaystyle|textstyle"
    r"|scriptstyle|scriptscriptstyle|mathrel|mathbin|mathop|checkmark|blacksquare|square|tiny"
    r"|scriptsize|footnotesize|small|normalsize|large"
    r"|require)(?![A-Za-z])\*?|\\([^\S ])|\\.",
    re.DOTALL,
)
_DROPPED_WITH_ARGUMENT = frozenset(
    "tag label color hspace vspace phantom hphantom vphantom ref eqref cite require".split()
)
_GAPS = frozenset({"hspace", "hfill"})
_UNWRAPPED = frozenset({"boxed", "fbox", "textcolor", "colorbox", "mathrel", "mathbin", "mathop"})
_BRACES = frozenset({"underbrace", "overbrace"})


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
    text : str
        What is to be read; what only sets type is blank.
    ends : list of int
        Where each piece ends, for a row of its own begins there.
    """

    def __init__(self, pieces: Sequence[Span | Extract]) -> None:
        self._pieces: list[tuple[Source, Sequence[int]]] = []
        self._starts: list[int] = []
        self.ends: list[int] = []
        texts: list[str] = []
        at = 0
        for piece in pieces:
            if isinstance(piece, Span):
                text = piece.source.text[piece.start : piece.end]
                origin: Sequence[int] = range(piece.start, piece.end)
            else:
                text, origin = piece.text, piece.positions
            self._pieces.append((piece.source, origin))
            self._starts.append(at)
            texts.append(_bared(plain_characters(text)))
            at += len(text) + 1
            self.ends.append(at - 1)
        self.text = " ".join(texts)

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


class View:
    """Some ranges of the joined text as a source of their own, the rest blank."""

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
        self.source = Source(joined[:stop])

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


def _bared(text: str) -> str:
    """The text with comments and typesetting blank."""
    if "%" not in text and "\\" not in text:
        return text
    letters = list(text)
    for match in _COMMENT.finditer(text):
        at = match.start()
        if match.group() != "%" or letters[at] == " ":
            continue
        end = text.find("\n", at)
        if end < 0 and _PERCENT.search(text, max(0, at - 20), at):
            continue  # 50% in the last line is a percentage
        _blank(letters, at, len(text) if end < 0 else end)
    text = "".join(letters)
    pairs = closing_braces(text)
    for match in _COMMAND.finditer(text):
        word = match.group(1)
        if match.group(2):  # the blank that a backslash and the end of a line are
            _blank(letters, match.start(), match.start() + 1)
        if word is None:
            continue
        _blank(letters, match.start(), match.end())
        if word in _GAPS:
            letters[match.start() : match.start() + 6] = "\\quad "
        opened = _opening(text, match.end())
        if opened < 0:
            continue
        close = pairs.get(opened, -1)
        if close < 0:
            continue
        if word in ("textcolor", "colorbox"):
            _blank(letters, match.start(), close + 1)
            opened = _opening(text, close + 1)
            close = pairs.get(opened, -1)
            if close < 0:
                continue
        if word in _DROPPED_WITH_ARGUMENT:
            _blank(letters, match.end(), close + 1)
        elif word in _UNWRAPPED:
            letters[opened] = letters[close] = " "
        elif word in _BRACES:
            _drop_label(text, letters, close + 1, pairs)
            if _EDGE_BEFORE.match(text, opened + 1, close) or _EDGE_AFTER.search(
                text[max(opened + 1, close - 20) : close]
            ):
                letters[opened] = letters[close] = " "
    return "".join(letters)


def _drop_label(text: str, letters: list[str], at: int, pairs: dict[int, int]) -> None:
    match = _LABEL.match(text, at)
    if not match:
        return
    end = match.end()
    if text[end : end + 1] == "{":
        _blank(letters, at, pairs.get(end, end - 1) + 1)
    else:
        word = _LETTER.match(text, end)
        _blank(letters, at, word.end() if word else end)


def _opening(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at if text[at : at + 1] == "{" else -1


def _blank(letters: list[str], start: int, end: int) -> None:
    for i in range(start, min(end, len(letters))):
        if letters[i] != "\n":
            letters[i] = " "
