r"""reStructuredText: roles and directives of mathematics, and formulas among words.

Main definitions
----------------
scan_restructured : the items of a text in reStructuredText.

Notes
-----
Read are ``:math:`` roles and ``math`` directives, of which each part between blank lines is a
display; besides, as in plain text, formulas between other signs, and lines that are formulas. Literal
blocks, inline literals, code, doctests, targets and comments are passed over. A model stands in a
comment, ``.. symcausal: X -> Y``, or in a code block of the language ``symcausal``.
"""

from __future__ import annotations

import re

from symcausal.notes.files.blocks import Blocks, BlockScanner
from symcausal.notes.files.items import FilePart
from symcausal.notes.files.listings import holds_no_text
from symcausal.notes.files.scanner import Notes
from symcausal.patterns import late

_MARKUP = late(r"\.\.(?:[ \t]+|\Z)|__[ \t]")
_DIRECTIVE = late(
    r"\.\.[ \t]+(?:\|[^|\n]{1,200}\|[ \t]+)?(?P<name>[\w:.+-]{1,60}?)[ \t]?::(?:[ \t]+|\Z)"
)
_NOTE = late(r"\.\.[ \t]+\[[\w#*.:+-]{0,60}\](?:[ \t]+|\Z)")
_TARGET = late(r"\.\.[ \t]+(?:_|\|)|__[ \t]")
_FIELD = late(r":[\w][\w \t.-]{0,60}:(?:[ \t]+|\Z)")
_ITEM = late(
    r"(?:[-*+\u2022\u2023\u2043]|\(?(?:\d{1,4}|#|[A-Za-z]|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})[.)])[ \t]+"
)
_ADORNMENT = late(r"([!-/:-@\[-`{-~])\1*\Z")
_DOCTEST = late(r">>>(?:[ \t]|\Z)")
_MATH_DEFAULT = late(r"^\.\.[ \t]+default-role::[ \t]+math[ \t\r]*$", re.MULTILINE)
_SUFFIX = ":math:"
_QUOTES = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def scan_restructured(notes: Notes, path: str, text: str) -> None:
    """Gather the items of a text in reStructuredText."""
    blocks = _RestBlocks(text)
    blocks.run()
    part = blocks.part(path)
    notes.parts.append(part)
    _RestScanner(notes, part).gather(blocks)


class _RestBlocks(Blocks):
    """The blocks of a text; each method returns the number of the line that is the next."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.levels: list[str] = []  # the adornments of titles, the highest first

    def run(self) -> None:
        """Find everything."""
        number = 0
        while number < len(self.lines):
            number = number + 1 if self.is_blank(number) else self._block(number)

    def _indent(self, number: int) -> int:
        return self._column(number, self.lines[number][1])

    def _column(self, number: int, place: int) -> int:
        return len(self.text[self.lines[number][0] : place].expandtabs(8))

    def _block(self, number: int) -> int:
        start, end = self._behind_items(number)
        if _DOCTEST.match(self.text, start, end):
            last = self._next_blank(number)
            self.hide(start, self.lines[last - 1][2])
            return last
        if _MARKUP.match(self.text, start, end):
            return self._markup(number, start)
        after = self._title(number)
        if after is not None:
            return after
        if end - start >= 4 and _ADORNMENT.match(self.text, start, end):
            self.hide(start, end)  # a transition
            return number + 1
        field = _FIELD.match(self.text, start, end)
        return self._paragraph(number, field.end() if field else start)

    def _behind_items(self, number: int) -> tuple[int, int]:
        """The words of a line, without the marks of items before what is a block of its own."""
        _, at, end = self.lines[number]
        start = at
        while mark := _ITEM.match(self.text, at, end):
            at = mark.end()
        if _DIRECTIVE.match(self.text, at, end) or _DOCTEST.match(self.text, at, end):
            return at, end
        return start, end

    def _next_blank(self, number: int) -> int:
        while not self.is_blank(number):
            number += 1
        return number

    def _behind(self, number: int, indent: int) -> int:
        """The line after those that are deeper than the block above them."""
        end = number
        while number < len(self.lines):
            if not self.is_blank(number):
                if self._indent(number) <= indent:
                    break
                end = number + 1
            number += 1
        return end

    # -- paragraphs and titles ----------------------------------------------------------------
    def _paragraph(self, number: int, start: int) -> int:
        """Keep the words from a place to a blank line; a literal block behind them is hidden."""
        after = number + 1
        listed = _ITEM.match(self.text, *self.lines[number][1:]) is not None
        while not (
            self.is_blank(after)
            or _DIRECTIVE.match(self.text, *self.lines[after][1:])
            or (listed and _ITEM.match(self.text, *self.lines[after][1:]))
        ):
            after += 1
        _, begin, end = self.lines[after - 1]
        self.keep("words", start, end)
        if not self.text.endswith("::", begin, end) or not self.is_blank(after):
            return after
        indent = self._indent(number)
        if after > number + 1:
            indent = min(self._indent(one) for one in range(number + 1, after))
        elif mark := _ITEM.match(self.text, begin, end):
            indent = self._column(number, mark.end())
        while after < len(self.lines) and self.is_blank(after):
            after += 1
        literal = last = after
        if literal < len(self.lines) and self._indent(literal) > indent:
            last = self._behind(literal, indent)
        elif literal < len(self.lines) and self._indent(literal) == indent:
            quote = self.text[self.lines[literal][1]]
            while quote in _QUOTES and self._begins(last, quote):
                last += 1
        if last > literal:
            self.hide(self.lines[literal][1], self.lines[last - 1][2])
        return last

    def _begins(self, number: int, sign: str) -> bool:
        return number < len(self.lines) and self.text.startswith(sign, *self.lines[number][1:])

    def _title(self, number: int) -> int | None:
        """Keep a title with a line of signs below it, and perhaps one above."""
        sign = self._adornment(number)
        if sign and not self.is_blank(number + 1) and self._adornment(number + 2) == sign:
            self.hide(*self.lines[number][1:])
            return self._keep_title(number + 1, sign * 2)
        start, begin, end = self.lines[number]
        under = self._adornment(number + 1)
        if sign or not under or start != begin:
            return None
        _, first, last = self.lines[number + 1]
        return self._keep_title(number, under) if last - first >= min(4, end - begin) else None

    def _keep_title(self, number: int, style: str) -> int:
        if style not in self.levels:
            self.levels.append(style)
        _, start, end = self.lines[number]
        self.keep("heading", start, end, str(self.levels.index(style) + 1))
        self.keep("words", start, end)
        self.hide(*self.lines[number + 1][1:])
        return number + 2

    def _adornment(self, number: int) -> str:
        """The sign of which a line consists."""
        if number >= len(self.lines):
            return ""
        found = _ADORNMENT.match(self.text, *self.lines[number][1:])
        return found[1] if found else ""

    # -- explicit markup ----------------------------------------------------------------------
    def _markup(self, number: int, start: int) -> int:
        """Take what begins with two dots."""
        end = self.lines[number][2]
        stop = max(number + 1, self._behind(number + 1, self._column(number, start)))
        directive = _DIRECTIVE.match(self.text, start, end)
        if directive is not None:
            return self._directive(directive, number, stop)
        note = _NOTE.match(self.text, start, end)
        if note is not None:
            return self._paragraph(number, note.end())
        mark = _MARKUP.match(self.text, start, end)
        inside = mark.end() if mark else end
        if inside == end and self.is_blank(number + 1):
            return number + 1  # an empty comment, which hides nothing
        last = self.lines[stop - 1][2]
        if _TARGET.match(self.text, start, end):
            self.hide(start, last)
        else:
            self.comment(inside, last)
        return stop

    def _directive(self, found: re.Match[str], number: int, stop: int) -> int:
        name = found["name"].casefold()
        told, body = self._options(number, stop, found.end())
        if name.rpartition(":")[2] == "math":
            self._math(told, body, stop)
            return stop
        if name == "include":
            self.keep("left out", found.end(), self.lines[number][2])
            return stop
        if not holds_no_text(name):
            self.keep("words", *told)
            return body
        while body < stop and self.is_blank(body):
            body += 1
        if body < stop:
            start, end = self.lines[body][0], self.lines[stop - 1][2]
            language = self.text[found.end() : self.lines[number][2]]
            if name.startswith(("code", "sourcecode")) and language:
                self.keep("code", start, end, language)
            else:
                self.hide(start, end)
        return stop

    def _options(self, number: int, stop: int, start: int) -> tuple[tuple[int, int], int]:
        """The words of a directive before its options, and the line where its content begins."""
        end = max(start, self.lines[number][2])
        number += 1
        while number < stop and not self.is_blank(number):
            _, first, last = self.lines[number]
            if _FIELD.match(self.text, first, last):
                after = min(self._next_blank(number), stop)
                self.hide(first, self.lines[after - 1][2])
                number = after
                break
            if not self.text[start:end].strip():
                start = first
            end = last
            number += 1
        return (start, end), number

    def _math(self, told: tuple[int, int], body: int, stop: int) -> None:
        """Keep the displays of a directive: what stands beside its name, and each part below."""
        if self.text[slice(*told)].strip():
            self.keep("display", *told)
        while body < stop:
            after = self._next_blank(body)
            if after > body:
                after = min(after, stop)
                self.keep("display", self.lines[body][1], self.lines[after - 1][2])
            body = max(after, body + 1)


class _RestScanner(BlockScanner):
    """Find the formulas of paragraphs."""

    def __init__(self, notes: Notes, part: FilePart) -> None:
        super().__init__(notes, part)
        self.is_math = _MATH_DEFAULT.search(part.original) is not None

    def _code(self, start: int, after: int, end: int) -> int | None:
        """Pass over literals, and read `` `..`:math: ``, or `` `..` `` where that is the default."""
        close = super()._code(start, after, end)
        if close is None or after - start > 1:
            return close
        is_math = self.text.startswith(_SUFFIX, close, end)
        plain = self.text[start - 1 : start] != ":" and self.text[close : close + 1] not in (
            ":",
            "_",
        )
        if is_math or (self.is_math and plain):
            self.formula(after, close - 1, display=False)
        return close + len(_SUFFIX) if is_math else close
