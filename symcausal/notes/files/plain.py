r"""Plain text: formulas between dollar signs, and lines or parts of lines that are formulas.

Main definitions
----------------
scan_plain : the items of a plain text.

Implementation notes
--------------------
A calculation is laid out as our own printers do it: a line begins with its relation, further to the
right; a reason in brackets ends it, apart; and a formula goes on in lines that stand still further to
the right. Reasons are blanked, so that what goes on behind them is one formula with what is before.
"""

from __future__ import annotations

import re

from symcausal.errors import Source
from symcausal.notes.files.items import FilePart
from symcausal.notes.files.markdown import InlineScanner
from symcausal.notes.files.scanner import Notes

_PARAGRAPH = re.compile(r"\S[^\n]*+(?:\n[^\S\n]*+\S[^\n]*+)*+")
_DELIMITED = re.compile(r"(?<!\\)\$|\\[(\[]|\\begin\s*\{|<!--")
_COMMENT = re.compile(r"[ \t]*(?:%|#|//)(?=[ \t]*symcausal\b)", re.IGNORECASE)
_SPEAKS = re.compile(
    r"(?<![A-Za-z\\])(?:P|p|Pr|Prob|E)[*']?(?:_\{[^{}\n]{0,200}\}|_\w)?\s?[(\[]"
    r"|\\(?:Pr|mathbb|mathrm|operatorname|sum|perp|frac)\b|\u2211|\u22a5|\u27c2|_\|\|_"
)
_RELATION = re.compile(r"\s*(?:=|\u2248|~=|!=|\u2260|<=|>=|\u2264|\u2265|\u221d|\\approx|\\propto)")
_ATOM = re.compile(
    r"(?P<open>[(\[{])|(?P<close>[)\]}])|\\(?:[A-Za-z]+|.)"
    r"|(?P<word>[^\W\d_]{2,})(?P<call>[_'*]*[(\[{]|_)?|.",
    re.DOTALL,
)
_CALCULATION = re.compile(r"^[ \t]+:?=\s", re.MULTILINE)
_REASON = re.compile(r"(?<=\S)[ \t]{3,}(\([^\n]*\))[ \t\r]*$", re.MULTILINE)
_NESTED = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_SAID = re.compile(
    r"(?<![\w\\])[^\W\d_]{2,}(?![\w({\[])|[=<>\u2264\u2265\u2260\u22a5\u27c2]|_\|\|_"
)
_GOES_ON = re.compile(r"[*/+|,\u2212\u00b7\u22c5-]")
_NAMES = frozenset(("Pr", "Prob", "sum", "prod", "do", "not", "and", "or", "min", "max"))
_BEGINS = re.compile(r"[^\w\\(\[{\u2211.=<>!~\u2248\u2260\u2264\u2265\u221d-]*")


def scan_plain(notes: Notes, path: str, text: str) -> None:
    """Gather the items of a plain text."""
    part = FilePart(path, None, text, Source(_without_reasons(text), path))
    notes.parts.append(part)
    scanner = _PlainScanner(notes, part)
    for paragraph in _PARAGRAPH.finditer(text):
        if _DELIMITED.search(text, paragraph.start(), paragraph.end()):
            scanner.paragraph(paragraph.start(), paragraph.end())
        else:
            scanner.lines(paragraph.start(), paragraph.end())


def _without_reasons(text: str) -> str:
    """A text whose calculations have blanks for the reasons at the ends of lines."""
    blanked = text
    for paragraph in _PARAGRAPH.finditer(text):
        if not _CALCULATION.search(paragraph.group()):
            continue
        for reason in _REASON.finditer(text, paragraph.start(), paragraph.end()):
            if _is_reason(reason[1]):
                start, end = reason.span(1)
                blanked = blanked[:start] + " " * (end - start) + blanked[end:]
    return blanked


def _is_reason(words: str) -> bool:
    """Whether a bracket holds words or a statement, and is no factor."""
    inside, count = words[1:-1], 1
    while count:
        inside, count = _NESTED.subn("", inside)
    lone = any(c in "()[]{}" for c in inside)
    return not lone and any(found.group() not in _NAMES for found in _SAID.finditer(inside))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


class _PlainScanner(InlineScanner):
    """Find formulas that nothing delimits."""

    def lines(self, start: int, end: int) -> None:
        """Gather the formulas of each line of a paragraph."""
        previous = False
        laid_out = _CALCULATION.search(self.text, start, end) is not None
        while start < end:
            stop = self._line_end(start, end)
            while (
                laid_out
                and stop < end
                and self._goes_on(start, stop, self._line_end(stop + 1, end))
            ):
                stop = self._line_end(stop + 1, end)
            previous = self._line(start, stop, previous)
            start = stop + 1

    def _line_end(self, start: int, end: int) -> int:
        stop = self.text.find("\n", start, end)
        return end if stop < 0 else stop

    def _goes_on(self, start: int, stop: int, end: int) -> bool:
        """Whether what is read up to a line's end goes on in the line that follows."""
        line, following = self.text[start:stop], self.text[stop + 1 : end]
        further = _indent(following) > _indent(line) and not _RELATION.match(following)
        open_ = sum(map(line.count, "([{")) > sum(map(line.count, ")]}"))
        return further and (open_ or _GOES_ON.match(following.lstrip()) is not None)

    def _line(self, start: int, end: int, previous: bool) -> bool:
        comment = _COMMENT.match(self.text, start, end)
        if comment:
            self.comment(comment.end(), end)
            return False
        continues = previous and bool(_RELATION.match(self.text, start, end))
        if not continues and not _SPEAKS.search(self.text, start, end):
            self.prose(start, end)
            return False
        found = False
        words = start
        for begin, stop in self._stretches(start, end):
            if continues or _SPEAKS.search(self.text, begin, stop):
                self.prose(words, begin)
                alone = not self.text[start:begin].strip() and not self.text[stop:end].strip(
                    " .,;\r"
                )
                self.formula(begin, stop, display=alone)
                words = stop
                found = True
        self.prose(words, end)
        return found

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
