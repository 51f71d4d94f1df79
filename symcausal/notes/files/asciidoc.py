r"""AsciiDoc: macros and blocks of mathematics, and formulas among words.

Main definitions
----------------
scan_asciidoc : the items of a text in AsciiDoc.

Notes
-----
Read are ``stem:[..]``, ``latexmath:[..]`` and ``asciimath:[..]``, in which ``\]`` stands for a bracket,
and blocks of these styles; besides, as in plain text, formulas between other signs, lines that are
formulas, and such cells of tables. Comments, listings, literal blocks and passthroughs are passed
over. A model stands in a comment, ``// symcausal: X -> Y``, or in a listing of the language
``symcausal``.
"""

from __future__ import annotations

import re
from itertools import pairwise

from symcausal.notes.files.blocks import Blocks, BlockScanner
from symcausal.notes.files.items import FilePart
from symcausal.notes.files.scanner import STEM, Notes
from symcausal.patterns import late

_MACRO = late(rf"(?<!\\){STEM}")
_CLOSE = late(r"(?<!\\)\]")
_ESCAPED = late(r"\\(?=\])")
_BAR = late(r"\\(?=\|)")
_CELL = late(
    r"(?:(?<![^\s|])(?:[\d.]{1,9}[*+])?(?:[<^>]|\.[<^>]){0,2}[adehlmsv]?)?(?<!\\)\|"
)  # with what says how it is set
_CODE = late(r"`|\bpass:|(?<!\w)\+\S")
_VERBATIM = late(r"(?:/{4,}|-{4,}|\.{4,}|\+{4,}|`{3,}(?P<language>[\w+-]*))\Z")
_CONTAINER = late(r"(?:={4,}|\*{4,}|_{4,}|--|\+|<{3,}|'{3,})\Z")
_TABLE = late(r"[|,:!]={3,}\Z")
_ATTRIBUTES = late(r"\[(?:\[.*\]|(?P<style>[\w-]*+)(?:[^,]*+,[ \t]*+(?P<second>[\w+-]*+))?.*)\]\Z")
_NO_TEXT = late(r"(?:ifdef|ifndef|ifeval|endif)::|:!?\w[\w-]{0,60}!?:(?:[ \t]|\Z)")
_INCLUDE = late(r"include::([^\[\n]{1,300})\[")
_COMMENT = late(r"//(?!/)")
_BLOCK_TITLE = late(r"\.[^. \t]")
_TITLE = late(r"(={1,6}|#{1,6})[ \t]+(?=\S)")
_LIST = late(r"(?:-|\*{1,6}|\.{1,6}|\d{1,4}\.|[A-Za-z]\.|[ivxIVX]{1,6}\)|<[\d.]{1,3}>)[ \t]+\S")
_ENDING = (_VERBATIM, _CONTAINER, _TABLE, _NO_TEXT, _INCLUDE, _COMMENT, _ATTRIBUTES)
_MAY_END = "/-.+`=*_<'|,:!ie["
_MATH = ("stem", "latexmath", "asciimath")
_HIDING = ("source", "listing", "literal", "pass", "comment")
_NAMES = {
    "/": "a comment", "-": "a listing", ".": "a literal block", "+": "a passthrough", "`": "a fence",
}  # fmt: skip


def scan_asciidoc(notes: Notes, path: str, text: str) -> None:
    """Gather the items of a text in AsciiDoc."""
    blocks = _DocBlocks(text)
    blocks.run()
    macros = _macros(text)
    blocks.hidden += (m.span() for span in macros.items() for m in _ESCAPED.finditer(text, *span))
    part = blocks.part(path)
    notes.parts.append(part)
    _DocScanner(notes, part, macros).gather(blocks)


def _macros(text: str) -> dict[int, int]:
    """Return where the inside of each macro begins, and where it ends."""
    found: dict[int, int] = {}
    opening = _MACRO.search(text)
    while opening and (closing := _CLOSE.search(text, opening.end())):
        found[opening.end()] = closing.start()
        opening = _MACRO.search(text, closing.end())
    return found


class _DocBlocks(Blocks):
    """The blocks of a text; each method returns the number of the line that is the next."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.in_table = False

    def run(self) -> None:
        """Find everything."""
        number = 0
        while number < len(self.lines):
            number = number + 1 if self.is_blank(number) else self._block(number)

    def _block(self, number: int) -> int:
        style = language = ""
        while not self.is_blank(number):
            start, _, end = self.lines[number]
            attributes = _ATTRIBUTES.match(self.text, start, end)
            if attributes:
                style, language = _told(attributes, style, language)
                self.hide(start, end)
            elif _BLOCK_TITLE.match(self.text, start, end):
                self.keep("words", start + 1, end)
            else:
                break
            number += 1
        else:
            return number
        verbatim = _VERBATIM.match(self.text, start, end)
        if verbatim:
            return self._verbatim(number, style, verbatim["language"] or language)
        if self._one_line(start, end):
            return number + 1
        return self._paragraph(number, style, language)

    def _one_line(self, start: int, end: int) -> bool:
        """Take a line that is no part of a paragraph; whether it is such a one."""
        if _TABLE.match(self.text, start, end):
            self.in_table = not self.in_table
        elif _COMMENT.match(self.text, start, end):
            self.comment(start + 2, end)
            return True
        elif include := _INCLUDE.match(self.text, start, end):
            self.keep("left out", *include.span(1))
            return True
        elif title := _TITLE.match(self.text, start, end):
            self.keep("heading", start, end, str(len(title[1])))
            self.keep("words", title.end(), end)
            return True
        elif not (_CONTAINER.match(self.text, start, end) or _NO_TEXT.match(self.text, start, end)):
            return False
        self.hide(start, end)
        return True

    # -- paragraphs ---------------------------------------------------------------------------
    def _paragraph(self, number: int, style: str, language: str) -> int:
        last = number + 1
        listed = self._is_item(number)
        while not self._ends_paragraph(last) and not (listed and self._is_item(last)):
            last += 1
        start, end = self.lines[number][0], self.lines[last - 1][2]
        if style in _MATH:
            self.keep("display", start, end)
        elif style in _HIDING:
            self._no_words(style, language, start, end)
        elif self.in_table:
            self._cells(start, end)
        elif self._is_literal(number):
            self.hide(start, end)
        else:
            self.keep("words", start, end)
        return last

    def _ends_paragraph(self, number: int) -> bool:
        if self.is_blank(number):
            return True
        start, _, end = self.lines[number]
        return self.text[start] in _MAY_END and any(
            pattern.match(self.text, start, end) for pattern in _ENDING
        )

    def _is_item(self, number: int) -> bool:
        return _LIST.match(self.text, *self.lines[number][1:]) is not None

    def _is_literal(self, number: int) -> bool:
        """Whether an indented line begins a literal block: no item, nor the text of a term."""
        start, begin, _ = self.lines[number]
        if start == begin or self._is_item(number):
            return False
        before = number - 1
        while before >= 0 and self.is_blank(before):
            before -= 1
        return before < 0 or not self.text.endswith(("::", ";;"), *self.lines[before][1:])

    def _cells(self, start: int, end: int) -> None:
        """Keep the cells of a table; a bar behind a backslash parts none."""
        self.hidden += (found.span() for found in _BAR.finditer(self.text, start, end))
        bars = [found.span() for found in _CELL.finditer(self.text, start, end)]
        for (_, cell), (bar, _) in pairwise([(start, start), *bars, (end, end)]):
            self.keep("cell", cell, bar)

    # -- blocks with lines of signs around them -----------------------------------------------
    def _verbatim(self, number: int, style: str, language: str) -> int:
        """Take a block up to the line with which it began, but for a language."""
        first, _, behind = self.lines[number]
        sign = self.text[first]
        fence = sign * (behind - first - (len(language) if sign == "`" else 0))
        close = number + 1
        while close < len(self.lines) and self.text[slice(*self.lines[close][::2])] != fence:
            close += 1
        self.hide(first, behind)
        if close == len(self.lines):
            self.keep("swallowed", first, len(self.text), f"{_NAMES[sign]} {fence}")
            return close
        self.hide(*self.lines[close][::2])
        if close == number + 1:
            return close + 1
        inside, end = self.lines[number + 1][0], self.lines[close - 1][2]
        if sign == "+" and style in _MATH:
            self.keep("display", inside, end)
        elif sign == "/":
            self.comment(inside, end)
        else:
            self._no_words(style, "" if sign in ".+" else language, inside, end)
        return close + 1

    def _no_words(self, style: str, language: str, start: int, end: int) -> None:
        """Keep code, or a model; what is a comment speaks to the checker, perhaps."""
        if style == "comment":
            self.comment(start, end)
        elif language:
            self.keep("code", start, end, language)
        else:
            self.hide(start, end)


class _DocScanner(BlockScanner):
    """Find the formulas of paragraphs."""

    def __init__(self, notes: Notes, part: FilePart, macros: dict[int, int]) -> None:
        super().__init__(notes, part)
        self.macros = macros  # where the inside of each begins and ends

    def holds_code(self, start: int, end: int) -> bool:
        return _CODE.search(self.text, start, end) is not None

    def _stem(self, start: int, inside: int, end: int) -> int | None:
        """Read a macro, which ends at a bracket without a backslash, and may bring dollars."""
        close = self.macros.get(inside)
        if close is None or close >= end:
            return super()._stem(start, inside, end)
        first, last = self._stripped(inside, close)
        dollars = last - first > 2 and self.text[first] == self.text[last - 1] == "$"
        self.formula(first + dollars, last - dollars, display=False)
        return close + 1


def _told(attributes: re.Match[str], style: str, language: str) -> tuple[str, str]:
    """The style and the language of a block, after one more line that says something of it."""
    told, second = attributes["style"] or "", attributes["second"] or ""
    if told.casefold() == "symcausal":
        return "source", told
    if told in ("", "source") and second:  # [,python] is a listing, too
        language = second
    return told or style, language
