r"""Typst: formulas between dollar signs, in its own notation.

Main definitions
----------------
scan_typst : the items of a text in Typst.

Notes
-----
Read are ``$P(A)$`` and ``$ P(A) $``, which is a display, and as in plain text lines that are formulas.
Names of signs such as ``dot``, ``prop`` and ``perp``, subscripts in brackets, ``"do"`` and letters in
another face are understood; what else has a name of Typst's, such as ``frac``, is unreadable, which is
said. Comments, raw text and the strings of code are passed over. A model stands in a comment,
``// symcausal: X -> Y``, or in raw text of the language ``symcausal``.

Implementation notes
--------------------
A part has one place for each character of the file: a sign stands where its name begins, with blanks
behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from symcausal.errors import Source
from symcausal.notes.files.blocks import Blocks, BlockScanner
from symcausal.notes.files.directives import addressed
from symcausal.notes.files.items import FilePart
from symcausal.notes.files.scanner import Notes, blanked
from symcausal.patterns import late

_TOKEN = late(
    r"\\.|/\*|\*/|(?<!:)//[^\n]*|(?P<fence>`{3,})(?P<language>[\w-]*)|`[^`\n]*`|\"(?:\\.|[^\"\\\n])*\"|\$",
    re.DOTALL,
)
_CODE_LINE = late(r"[ \t]*#")
_HEADING = late(r"(={1,6})[ \t]+(?=\S)")
_NAME = late(r"(?<![\w.\"])[A-Za-z]+(?:\.[a-z]+)*(?![\w\"(])")
_FACE = late(
    r"\b(?:bb|bold|italic|upright|serif|sans)\(([A-Za-z]{1,20})\)|\bop\(\"([A-Za-z]{1,20})\"\)"
)
_DO = late(r"\"do\"")
_SIGNS = {
    "dot": "⋅", "dot.op": "⋅", "dot.c": "⋅", "times": "×", "approx": "≈", "prop": "∝", "perp": "⊥",
    "mid": "|", "sect": "∩", "inter": "∩", "union": "∪", "not": "¬", "eq.not": "≠", "lt.eq": "≤",
    "gt.eq": "≥", "arrow.r": "→", "arrow.l": "←", "product": "∏", "space": " ", "quad": " ", "thin": " ",
    "med": " ", "thick": " ", "PP": "P", "EE": "E",
}  # fmt: skip


def scan_typst(notes: Notes, path: str, text: str) -> None:
    """Gather the items of a text in Typst."""
    blocks = _TypstBlocks(text)
    blocks.run()
    shown = blanked(text, blocks.hidden)
    pieces: list[str] = []
    at = 0
    for start, end in blocks.formulas:
        pieces += (shown[at:start], _plain(shown[start:end]))
        at = end
    part = FilePart(path, None, text, Source("".join([*pieces, shown[at:]]), path))
    notes.parts.append(part)
    _TypstScanner(notes, part).gather(blocks)


class _TypstBlocks(Blocks):
    """The paragraphs of a text, and where formulas stand in them."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.formulas: list[tuple[int, int]] = []
        self.apart: list[tuple[int, int]] = []  # blocks among words

    def run(self) -> None:
        """Find everything."""
        self._tokens()
        visible = blanked(self.text, [*self.hidden, *self.apart])
        number = 0
        while number < len(self.lines):
            after = number
            while after < len(self.lines) and visible[slice(*self.lines[after][::2])].strip():
                after += 1
            if after > number:
                self._paragraph(number, after)
            number = after + 1
        self.found.sort(key=lambda block: block[2])

    def _paragraph(self, number: int, after: int) -> None:
        start, _, end = self.lines[number]
        if title := _HEADING.match(self.text, start, end):
            self.keep("heading", start, end, str(len(title[1])))
            start = title.end()
        end = self.lines[after - 1][2]
        first = bisect_left(self.apart, (start, start))
        for begin, stop in self.apart[first : bisect_left(self.apart, (end, end))]:
            self.keep("words", start, begin)
            start = stop
        self.keep("words", start, end)

    def _tokens(self) -> None:
        at: int | None = 0
        opened: int | None = None
        while at is not None and (token := _TOKEN.search(self.text, at)):
            start, at = token.span()
            sign = token.group()
            if sign == "$":
                if opened is not None:
                    self.formulas.append((opened, start))
                opened = at if opened is None else None
            elif sign == "/*":
                at = self._comment_end(start)
                if at is None:
                    self._swallowed(start, "a comment */")
                    break
                self._remark(start, max(start + 2, at - 2), at)
            elif sign.startswith("//"):
                self._remark(start, at, at)
            elif token["fence"]:
                close = self.text.find(token["fence"], at)
                if close < 0:
                    self._swallowed(start, f"raw text {token['fence']}")
                    break
                at = close + len(token["fence"])
                self._raw(start, token.end(), close, token["language"], at)
            elif sign[0] == "`" or (sign[0] == '"' and opened is None and self._is_code(start)):
                self.hide(start, at)
            elif sign[0] == '"' and opened is None:
                at = start + 1

    def _swallowed(self, start: int, info: str) -> None:
        """Keep what is never closed; the rest of the text is not read."""
        self.keep("swallowed", start, len(self.text), info)
        self.apart.append((start, len(self.text)))

    def _remark(self, start: int, end: int, after: int) -> None:
        """Hide a comment, unless it speaks to the checker."""
        if addressed(self.text, start + 2, end) is None:
            self.hide(start, after)
        else:
            self.keep("comment", start + 2, end)
            self.apart.append((start, after))

    def _is_code(self, place: int) -> bool:
        line = self.text.rfind("\n", 0, place) + 1
        return _CODE_LINE.match(self.text, line, place) is not None

    def _comment_end(self, start: int) -> int | None:
        """Where a comment ends, in which others may stand."""
        depth = 0
        for found in re.compile(r"/\*|\*/").finditer(self.text, start):
            depth += 1 if found.group() == "/*" else -1
            if depth == 0:
                return found.end()
        return None

    def _raw(self, start: int, inside: int, end: int, language: str, after: int) -> None:
        """Keep a block of raw text as code, or as a model."""
        if language:
            self.keep("code", inside, end, language)
            self.apart.append((start, after))
        else:
            self.hide(start, after)


class _TypstScanner(BlockScanner):
    """Find the formulas of paragraphs."""

    def holds_code(self, start: int, end: int) -> bool:
        return _CODE_LINE.match(self.text, start, end) is not None

    def _single(self, start: int, end: int) -> int | None:
        """Read a formula, which is a display if blanks stand inside its dollars on both sides."""
        close = re.compile(r"(?<!\\)\$").search(self.text, start + 1, end)
        if close is None:
            self.unclosed(start, start + 1, end, expected="$")
            return None
        inside = self.text[start + 1 : close.start()]
        self.formula(
            start + 1, close.start(), display=inside[:1].isspace() and inside[-1:].isspace()
        )
        return close.end()


def _plain(formula: str) -> str:
    """A formula with the signs that names stand for, every offset kept."""
    formula = _FACE.sub(lambda face: (face[1] or face[2]).rjust(len(face[0])), formula)
    formula = _DO.sub(" do ", formula)
    formula = _NAME.sub(lambda name: _SIGNS.get(name[0], name[0]).ljust(len(name[0])), formula)
    signs = list(formula)
    for opening, closing in _indices(formula):
        signs[opening], signs[closing] = "{", "}"
    return "".join(signs)


def _indices(formula: str) -> Iterator[tuple[int, int]]:
    """Yield the brackets around subscripts and superscripts."""
    opened: list[tuple[int, bool]] = []
    for at, sign in enumerate(formula):
        if sign == "(":
            opened.append((at, at > 0 and formula[at - 1] in "_^"))
        elif sign == ")" and opened:
            start, is_index = opened.pop()
            if is_index:
                yield start, at
