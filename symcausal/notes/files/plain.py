r"""Plain text: formulas between dollar signs, and lines or parts of lines that are formulas.

Main definitions
----------------
scan_plain : the items of a plain text.
scan_bare : the items of a paragraph of Markdown in which nothing delimits a formula.
scan_table : the items of a table of Markdown.
PlainScanner : finds formulas that nothing delimits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcausal.errors import Source
from symcausal.notes.files.inline import InlineScanner
from symcausal.notes.files.items import FilePart, Formula
from symcausal.notes.files.scanner import STEM, Notes
from symcausal.patterns import late

_DELIMITED = late(rf"(?<!\\)\$|\\[(\[]|\\begin\s*\{{|<!--|:math:`|{STEM}|<d-math\b")
_PARAGRAPH = late(r"\S[^\n]*+(?:\n[^\S\n]*+\S[^\n]*+)*+")
_PROBABLE = late(r"(?<![A-Za-z\\])(?:P|p|Pr|Prob)[*']?\s?[(\[]|[\u22a5\u27c2]|_\|\|_")
_MARKED = late(rf"{_DELIMITED.pattern}|`|<[A-Za-z!/]|\{{\{{[<%]")
_TABLE = late(r"[ \t]*\|")
_TASK = late(r"[ \t]*\[[ xX]\][ \t]+")
_EMPHASIS = late(r"[ \t]*(?P<mark>\*\*|__|\*|_)(?P<inside>[^\n]*?)(?P=mark)[ \t.,;]*")
_COMMENT = late(r"[ \t]*(?:%|#|//)(?=[ \t]*symcausal\b)", re.IGNORECASE)
_SPEAKS = late(
    r"(?<![A-Za-z\\])(?:P|p|Pr|Prob|E)[*']?(?:_\{[^{}\n]{0,200}\}|_\w)?\s?[(\[]"
    r"|\\(?:Pr|mathbb|mathrm|operatorname|sum|perp|frac)\b|\u2211|\u22a5|\u27c2|_\|\|_"
)
_RELATION = late(r"\s*(?:=|\u2248|~=|!=|\u2260|<=|>=|\u2264|\u2265|\u221d|\\approx|\\propto)")
_OPERATOR = late(r"[ \t]*[-+*/\u00d7\u00b7\u22c5\u2212](?!-)")
_GOES_ON = late(rf"{_RELATION.pattern}|{_OPERATOR.pattern}")
_BLANKS = late(r"[ \t]*")
_ENDS_OPEN = late(r"[-+*/\u00d7\u00b7\u22c5\u2212(\[{,=][ \t\r]*\n\Z")
_ITEM = late(r"[ \t]*(?:[-*+\u2022]|\.{1,5}|(?:\d{1,3}|#)[.)])[ \t]+(?:\[[ xX*]\][ \t]+)?")
_RELATES = late(_RELATION.pattern.removeprefix(r"\s*"))
_RELATED = late(rf"{_RELATES.pattern}|[\u22a5\u27c2<>]|_\|\|_")
_ATOM = late(
    r"(?P<open>[(\[{])|(?P<close>[)\]}])|\\(?:[A-Za-z]+|.)"
    r"|(?P<word>[^\W\d_]{2,})(?P<call>[_'*]*[(\[{]|_)?|.",
    re.DOTALL,
)
_NAMES = frozenset(("Pr", "Prob", "sum", "prod", "do", "not", "and", "or", "min", "max"))
_BEGINS = late(r"[^\w\\(\[{\u2211.=<>!~\u2248\u2260\u2264\u2265\u221d-]*")


def scan_plain(notes: Notes, path: str, text: str) -> None:
    """Gather the items of a plain text."""
    part = FilePart(path, None, text, Source(text, path))
    notes.parts.append(part)
    scanner = PlainScanner(notes, part)
    for paragraph in _PARAGRAPH.finditer(text):
        scanner.words(paragraph.start(), paragraph.end())


def speaks_plainly(text: str, start: int, end: int) -> bool:
    """Return whether a paragraph relates probabilities, and delimits no formula."""
    return (
        _PROBABLE.search(text, start, end) is not None
        and _RELATED.search(text, start, end) is not None
        and not _MARKED.search(text, start, end)
    )


def scan_bare(notes: Notes, part: FilePart, start: int, end: int) -> None:
    """Gather the formulas that are a whole line, item or cell of a table of a Markdown paragraph.

    A formula among words is prose in Markdown, which has signs for formulas.
    """
    scanner = _BareScanner(notes, part)
    task = _TASK.match(part.source.text, start, end)
    if _TABLE.match(part.original, start, end):
        scanner.rows(start, end)
    else:
        scanner.lines(task.end() if task else start, end)


def scan_table(notes: Notes, part: FilePart, start: int, end: int) -> None:
    """Gather the formulas of a table of Markdown: in each row those between signs, else whole cells."""
    scanner = _BareScanner(notes, part)
    while start < end:
        stop = part.source.text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if _MARKED.search(part.source.text, start, stop):
            scanner.paragraph(start, stop)
        else:
            scanner.rows(start, stop)
        start = stop + 1


class PlainScanner(InlineScanner):
    """The scanner that finds formulas which nothing delimits, where no signs delimit any."""

    def words(self, start: int, end: int) -> None:
        """Gather the formulas of a paragraph: those between signs, else those that are lines."""
        if self.delimits(start, end):
            self.paragraph(start, end)
        else:
            self.lines(start, end)

    def delimits(self, start: int, end: int) -> bool:
        """Whether a stretch has signs that delimit formulas."""
        return _DELIMITED.search(self.text, start, end) is not None

    def lines(self, start: int, end: int) -> None:
        """Gather the formulas of each line of a paragraph."""
        previous = listed = False
        while start < end:
            stop = self.text.find("\n", start, end)
            stop = end if stop < 0 else stop
            below = self._ends_in_formula(start)
            mark = self._mark(start, stop) if listed or not below else start
            listed = mark > start
            previous = self._line(mark, stop, previous and not listed, below)
            start = stop + 1

    def _mark(self, start: int, end: int) -> int:
        """Where the mark of a list's item ends, before a whole relation; else where the line begins."""
        mark = _ITEM.match(self.text, start, end)
        if not mark or not _SPEAKS.search(self.text, mark.end(), end):
            return start
        return mark.end() if _RELATES.search(self.text, mark.end(), end) else start

    def _line(self, start: int, end: int, previous: bool, below: bool) -> bool:
        """Gather what a line holds, and decide whether it has a formula.

        ``previous`` says the same of the line above, ``below`` whether that line ends in it.
        """
        comment = _COMMENT.match(self.text, start, end)
        if comment:
            self.comment(comment.end(), end)
            return False
        whole = previous and below
        joins = _OPERATOR.match(self.text, start, end) if whole else None
        if whole and _ENDS_OPEN.search(self.text, max(0, start - 40), start):
            joins = _BLANKS.match(self.text, start, end)
        continues = previous and bool(joins or _RELATION.match(self.text, start, end))
        if not continues and not _SPEAKS.search(self.text, start, end):
            self.prose(start, end)
            return False
        found = False
        words = start
        for begin, stop in self._stretches(start, end):
            if continues or _SPEAKS.search(self.text, begin, stop):
                if joins and not self.text[joins.end() : begin].strip():
                    begin = self.take_back().offset
                    words = begin
                self.prose(words, begin)
                alone = not self.text[start:begin].strip() and not self.text[stop:end].strip(
                    " .,;\r"
                )
                self.formula(begin, stop, display=alone)
                words = stop
                found = True
        self.prose(words, end)
        return found

    def _ends_in_formula(self, start: int) -> bool:
        """Whether the line above a place ends in a formula of these notes."""
        last = self.notes.items[-1] if self.notes.items else None
        between = self.text[last.end : start] if isinstance(last, Formula) else "?"
        return not between.strip() and between.count("\n") == 1

    def _stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        """The parts of a line between words; a word inside brackets is a name."""
        found: list[tuple[int, int]] = []
        depth, begin = 0, start
        for atom in _ATOM.finditer(self.text, start, end):
            if atom.group("open"):
                depth += 1
            elif atom.group("close"):
                depth = max(0, depth - 1)
            elif atom.group("word"):
                call = atom.group("call")
                if depth == 0 and not call and atom.group("word") not in _NAMES:
                    self._stretch(found, begin, atom.start(), begin > start)
                    begin = atom.end()
                elif call and call[-1] in "([{":
                    depth += 1
        self._stretch(found, begin, end, begin > start)
        return found

    def _stretch(
        self, found: list[tuple[int, int]], start: int, end: int, after_words: bool
    ) -> None:
        """Keep a stretch from its first sign of a formula to its last."""
        first = _BEGINS.match(self.text, start, end)
        start = first.end() if first else start
        if after_words:
            speaks = _SPEAKS.search(self.text, start, end)
            article = re.compile(r"(?:[aAI]|[.,:])\s+(?=\S)").match(self.text, start, end)
            if article and speaks and article.end() <= speaks.start():
                start = article.end()
        while end > start and self.text[end - 1] in " \t\r.,;:":
            end -= 1
        if start < end:
            found.append((start, end))


class _BareScanner(PlainScanner):
    """Find formulas that are whole lines, or whole cells of a table."""

    def rows(self, start: int, end: int) -> None:
        """Gather the formulas of the cells of a table; a bar in brackets parts no cells."""
        while start < end:
            stop = self.text.find("\n", start, end)
            stop = end if stop < 0 else stop
            for begin, close in self._cells(start, stop):
                self._line(begin, close, previous=False, below=False)
            start = stop + 1

    def _cells(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        depth = 0
        begin = start
        for at in range(start, end):
            sign = self.text[at]
            if sign in "([{":
                depth += 1
            elif sign in ")]}":
                depth = max(0, depth - 1)
            elif sign == "|" and depth == 0:
                yield begin, at
                begin = at + 1
        yield begin, end

    def _line(self, start: int, end: int, previous: bool, below: bool) -> bool:
        """Gather a line that is a formula, within its emphasis; any other is prose."""
        emphasis = _EMPHASIS.fullmatch(self.text, start, end)
        if emphasis:
            start, end = emphasis.span("inside")
        parts = self._stretches(start, end)
        continues = previous and below and _GOES_ON.match(self.text, start, end)
        related = continues or _RELATED.search(self.text, start, end)
        if len(parts) != 1 or not related or not self._is_whole(parts[0], start, end):
            self.prose(start, end)
            return False
        return super()._line(start, end, previous, below)

    def _is_whole(self, part: tuple[int, int], start: int, end: int) -> bool:
        before, after = self.text[start : part[0]], self.text[part[1] : end]
        return not before.strip() and not after.strip(" .,;\r")
