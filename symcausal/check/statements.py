r"""From a passage of notes to statements: chains of formulas that belong together.

What is not mathematics of the statement (alignment marks, tags, reasons, environments) is blanked in
place, so that every position stays what it was in the notes.

Main definitions
----------------
Text : a passage as one text with original positions, pieces joined by the signs between them.
statements : the parts of it that are read as one chain each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcausal.documents.items import Excerpt
from symcausal.documents.passages import Passage

_BLANKED = re.compile(
    r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[^{}]*\})?"
    r"|\\(?:tag|label|vspace|hspace|intertext|shortintertext)\*?\s*\{[^{}]*\}"
    r"|\\(?:nonumber|notag|displaystyle|textstyle|allowbreak)(?![A-Za-z])"
    r"|(?<!\\)%[^\n]*"
)
_REASON = re.compile(r"&&[^\\]*(?:\\(?!\\)[^\\]*)*")
_WORDS = re.compile(
    r"\\q?quad(?:\s|\\[,;:! ]|\\q?quad)*(?:\\(?:text|mbox|textrm|mathrm)\s*\{(?P<words>[^{}]*)\}|\()"
    r"(?P<rest>.*)\Z",
    re.DOTALL,
)
_TEXT_AT_END = re.compile(r"\\(?:text|mbox|textrm|textit)\s*\{(?P<words>[^{}]*\s[^{}]*)\}\s*\Z")
_STACKED = re.compile(r"\\(?:overset|stackrel)\s*\{[^{}]*\}\s*\{(?P<sign>[^{}]*)\}")
_ROW_END = re.compile(r"\\\\(?:\s*\[[^\]]*\])?")
_CONTINUES = re.compile(
    r"[\s&]*(?:\\q?quad|\\[,;:! ]|\{\}|[\s&])*"
    r"(?:[=≈≠≤≥∝<>+×⋅·]|-(?!\d)|\\(?:approx|propto|neq?|leq?|geq?|le|ge|times|cdot|equiv)(?![A-Za-z]))"
)
_OPEN_END = re.compile(r"(?:[=≈∝+×⋅·]|\\(?:approx|propto|times|cdot))[\s&]*\Z")
HAS_PROBABILITY = re.compile(
    r"(?:\\Pr\b|\\(?:mathbb|mathbf|mathrm|mathcal|operatorname)\s*\{\s*[PpE]r?\s*\}|(?<![A-Za-z])[PpE])"
    r"(?:\s|_\{[^{}]*\}|_\w|\\left|\\[bB]igg?l?|\\!|\\,)*[([]"
)
INDEPENDENCE = re.compile(r"\\perp|⟂|⊥|\\independent|_\|\|_|\\indep(?![A-Za-z])")


class Text:
    """A passage as one text; ``excerpt`` has it with positions, ``source_text`` as written."""

    __slots__ = ("excerpt",)

    def __init__(self, passage: Passage) -> None:
        text, offsets = "", list[int]()
        for piece in passage.pieces:
            for excerpt in ([piece.sign.excerpt()] if piece.sign else []) + [
                piece.formula.expanded()
            ]:
                if text:
                    text += " "
                    offsets.append(offsets[-1])
                text += excerpt.text
                offsets += excerpt.offsets
        self.excerpt = Excerpt(text, passage.pieces[0].formula.part.source, offsets)


class Statement:
    """A stretch of a text that is one chain, and the words that condition it."""

    __slots__ = ("excerpt", "words")

    def __init__(self, excerpt: Excerpt, words: str) -> None:
        self.excerpt = excerpt
        self.words = words


def statements(text: Text) -> Iterator[Statement]:
    """The chains of a text, in order."""
    whole = text.excerpt
    plain = _blanked(whole.text)
    for start, end in _stretches(plain):
        body, words = _without_words(plain[start:end])
        if body.strip(" \t\r\n&.,;"):
            yield Statement(Excerpt(body, whole.whole, whole.offsets[start:end]), words)


def _blanked(text: str) -> str:
    text = _BLANKED.sub(lambda m: " " * len(m.group()), text)
    text = _REASON.sub(lambda m: " " * len(m.group()), text)
    return _STACKED.sub(_only_sign, text)


def _only_sign(match: re.Match[str]) -> str:
    start, end = match.span("sign")
    base = match.start()
    whole = match.group()
    return " " * (start - base) + whole[start - base : end - base] + " " * (match.end() - end)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where statements begin and end: rows, joined where a row goes on from the one before."""
    rows: list[tuple[int, int]] = []
    start = 0
    for match in _ROW_END.finditer(text):
        rows.append((start, match.start()))
        start = match.end()
    rows.append((start, len(text)))
    joined: list[tuple[int, int]] = []
    for begin, end in rows:
        if not text[begin:end].strip(" \t\r\n&"):
            continue
        goes_on = joined and (
            _CONTINUES.match(text[begin:end]) or _OPEN_END.search(text[slice(*joined[-1])])
        )
        if goes_on:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def _without_words(body: str) -> tuple[str, str]:
    """The formula, with row ends and alignment blanked, and the words behind it."""
    words = ""
    for pattern in (_WORDS, _TEXT_AT_END):
        match = pattern.search(body)
        if match is not None:
            words = body[match.start() :].strip()
            body = body[: match.start()] + " " * (len(body) - match.start())
    body = _ROW_END.sub(lambda m: " " * len(m.group()), body)
    return body.replace("&", " "), words
