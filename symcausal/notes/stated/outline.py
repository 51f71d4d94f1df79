"""The sections of notes, and the places at which a graph ends for other reasons.

Main definitions
----------------
NotesPlace : a place in notes: the number of the cell (0 without cells), and the offset.
Outline : sections, words that name another graph, and numbered exercises of some notes.
outline_of : the outline of notes, but for their code.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from symcausal.errors import Source
from symcausal.notes.files.items import CODE_SPAN, CodeBlock, FilePart, NotesFile, SectionHeading
from symcausal.notes.phrases.matching import class_of, said
from symcausal.notes.reading.measures import PROBABLE
from symcausal.notes.stated.mood import doubts, names_no_variables, turns_down
from symcausal.patterns import late

NotesPlace = tuple[int, int]
_FAR = 2_000  # characters of a line before a place
_MOST_ITEMS = 50
END: NotesPlace = (1 << 60, 0)
START: NotesPlace = (-1, 0)

_INK = late(r"\S")
# a graph with a name of its own, other than the first
_LABELLED = late(
    r"\b(?:graph|model|DAG|network|panel|diagram)\s*~?(?:\(?[2-9]\b|\([b-z2-9]\)|[B-Z]\b"
    r"|\$[^$\n]{0,12}?_\{?[2-9b-zB-Z]\b|\$[^$\n]{0,12}?')"
    r"|\bfig(?:ure|\.)?\s*~?\d+\s*\(?[b-z]\b",
    re.I,
)
_EXERCISE = late(
    r"^[ \t>]*+(?:[-*+#>]++[ \t]*)?(?:\*\*|__|\\textbf\{|\\paragraph\{|\\item\s*)?"
    rf"(?:{class_of('exercise')})s?\s*~?\(?\d+"
    r"|\\(?:begin|end)\{(?:exercise|example|problem|question|solution)\*?\}|\\(?:question|problem)\b"
    r"|\b(?:case|scenario)\s*~?\(?(?:\d+|[A-C]|two|three|I+)\b",
    re.I | re.M,
)
_RULE = late(r"^[ \t>]{0,9}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$", re.M)
_UNDERLINED = late(r"^([ \t>]*[^\s$|>#`:\\{}-][^\n$|{}]*)\n[ \t>]*(=+|-{2,})[ \t]*$", re.M)
_TAGGED = late(r"<h([1-6])\b[^<>]*>([^<\n]*)", re.I)
_TITLE = late(
    rf"(?:\A|\n[ \t>]*\n)[ \t>]*(?:\*\*|__|[*_]|\\(?:textbf|emph|textit)\{{)"
    rf"(?!\W*(?:{class_of('goes on')})\b)([^*_\n{{}}]{{1,100}}?)(?:\*|_|\}})",
    re.I,
)
_MODEL_TITLE = late(
    r"(?:\A|\n[ \t>]*\n)[ \t>]*(?:(?:model|graph|DAG|network|scenario|case"
    r"|situation)\W{0,3}(?:\d|[A-H]\b|I)"
    r"|(?:\w+ ){0,2}model[.:])",
    re.I,
)
_PLAIN_ENVIRONMENTS = (
    r"(?:equation|align|alignat|flalign|gather|multline|eqnarray|displaymath|math|dmath|split|aligned"
    r"|gathered|cases|array|\w*matrix|itemize|enumerate|description|tikz\w*|scope|axis|center|figure"
    r"|wrapfigure|subfigure|table|tabular\w*|document|quote|quotation|minipage|proof|verbatim|lstlisting"
    r"|minted|small|flushleft|flushright|abstract|multicols|IEEE\w*|empheq|dgroup|pgf\w*|columns?"
    r"|adjustbox|subequations|landscape|solution|answer)\*?\}"
)
_ENVIRONMENT = late(
    rf"\\appendix\b|\\begin\s*\{{(?!{_PLAIN_ENVIRONMENTS})|\\end\s*\{{proof\}}"
    rf"|\\end\s*\{{(?!{_PLAIN_ENVIRONMENTS})[^{{}}\n]*\}}(?!\s*\\begin\s*\{{(?:proof|solution|answer))"
    r"|^[ \t]*(?::{3,}|`{3,})[ \t]*\{\.?(?:prf:)?(?:exercise|example|problem|question"
    r"|theorem|lemma|definition"
    r"|proposition|corollary|algorithm)",
    re.M | re.I,
)
_MARK = late(
    r"(?:^|(?<=\n))[ \t>]*(?:\*\*|__)?(?:(\d{1,3})[.)](?!\d)|\(?([a-hA-H])[.)]|\(?(?:iii|ii|iv|i"
    r"|v)\)|(\\item)\b)"
    r"|\\end\s*\{(?:enumerate|itemize|parts|choices)\*?\}"
)
_LEVEL_OF_TITLES = 9
_CAPTION = late(
    rf"[\s>*_]*(?:{class_of('figure')})\.?\s*~?\d+[\w.-]*\s*(?:[:.)|*_\u2013\u2014-]|\Z)", re.I
)
_OVER_A_TABLE = late(
    r"[^\n]*+\n(?:[ \t>]*+\n)*+[ \t>]*+"
    r"(?:\||\\begin\s*\{(?:table|tabular|array|center)|<table\b|\+[-=]|={2,}[ \t])",
    re.I,
)
_CAPTION_OPENS = late(r"\\caption\*?\s*(?:\[[^\]]*\])?\{[^{}$]*(?:\$[^$]*\$[^{}$]*)*\$?\Z")


class Outline:
    """The sections of notes, and the places where something new begins."""

    def __init__(self, parts: Sequence[FilePart], headings: Iterable[SectionHeading]) -> None:
        told = [
            (place_of(h.part, h.offset), h.level, h.text)
            for h in headings
            if not titles_a_table(h.part.source.text, h.offset)
        ]
        self.breaks: list[NotesPlace] = []
        self.items: list[tuple[NotesPlace, str]] = []
        self._cells = {part.cell: part.source.text for part in parts if part.cell is not None}
        for part in parts:
            text = part.source.text
            others = said(text, "section", "names another graph")
            self.breaks += [place_of(part, end) for _, end in others]
            for pattern in (_LABELLED, _EXERCISE, _RULE, _ENVIRONMENT, _MODEL_TITLE):
                self.breaks += [place_of(part, m.start()) for m in pattern.finditer(text)]
            self.items += [(place_of(part, m.start()), _kind(m)) for m in _MARK.finditer(text)]
            told += _unmarked_headings(part)
            titles = [
                (place_of(part, m.start(1)), m[1])
                for m in _TITLE.finditer(text)
                if not titles_a_table(text, m.start(1))
            ]
            self.breaks += [place for place, _ in titles]
            told += [(place, _LEVEL_OF_TITLES, words) for place, words in titles]
        told.sort()
        self.headings = [place for place, _, _ in told]
        self.levels = [level for _, level, _ in told]
        self.breaks.sort()
        self.items.sort()
        self._marks = [place for place, _ in self.items]
        self._ends = self._section_ends()
        self._doubted = self._inherited([doubts(words) for _, _, words in told])
        self._foreign = self._inherited([names_no_variables(words) for _, _, words in told])

    def _section_ends(self) -> list[NotesPlace]:
        """Where each section ends: at the next heading of the same or a higher level."""
        ends = [END] * len(self.headings)
        open_sections: list[int] = []
        for number, level in enumerate(self.levels):
            while open_sections and self.levels[open_sections[-1]] >= level:
                ends[open_sections.pop()] = self.headings[number]
            open_sections.append(number)
        return ends

    def _inherited(self, own: Sequence[bool]) -> list[bool]:
        """What is so of each section because it is so of its heading, or of one around it."""
        found: list[bool] = []
        around: list[int] = []
        for number, level in enumerate(self.levels):
            while around and self.levels[around[-1]] >= level:
                around.pop()
            found.append(own[number] or (bool(around) and found[around[-1]]))
            around.append(number)
        return found

    def is_doubted(self, start: NotesPlace, end: NotesPlace) -> bool:
        """Decide whether a heading over a graph, or the cell after it, denies or doubts it."""
        number = bisect_right(self.headings, start) - 1
        if number >= 0 and self._doubted[number]:
            return True
        cell, offset = end
        rest = self._cells.get(cell, "")[offset:].strip(" \n$`.\\)]")
        return not rest and turns_down(self._cells.get(cell + 1, ""))

    def is_of_no_variables(self, place: NotesPlace) -> bool:
        """Decide whether a heading over a place names something else than variables."""
        number = bisect_right(self.headings, place) - 1
        return number >= 0 and self._foreign[number]

    def item_end(self, start: NotesPlace, end: NotesPlace) -> NotesPlace:
        """Return where the item of a list ends in which something stands; the last place outside one."""
        number = bisect_right(self._marks, start) - 1
        if number < 0 or self._marks[number][0] != start[0] or not self.items[number][1]:
            return END
        if self._parted_from_item(self._marks[number], start):
            return END
        following = bisect_left(self._marks, end)
        if following != number + 1:
            return END  # the list as a whole states it
        kind = self.items[number][1]
        for place, other in self.items[following : following + _MOST_ITEMS]:
            if place[0] != start[0] or self.is_headed(start, place):
                return END
            if other in (kind, ""):
                return place
        return END

    def _parted_from_item(self, mark: NotesPlace, place: NotesPlace) -> bool:
        number = bisect_left(self.breaks, mark)
        is_broken = number < len(self.breaks) and self.breaks[number] < place
        return self.is_headed(mark, place) or (is_broken and place[1] - mark[1] > _FAR)

    def is_headed(self, start: NotesPlace, end: NotesPlace) -> bool:
        """Decide whether a heading stands between two places."""
        number = bisect_right(self.headings, start)
        return number < len(self.headings) and self.headings[number] < end

    def section(self, place: NotesPlace) -> tuple[NotesPlace, NotesPlace]:
        """Return where the innermost section around a place begins and ends."""
        number = bisect_right(self.headings, place) - 1
        if number < 0:
            return START, self.headings[0] if self.headings else END
        return self.headings[number], self._ends[number]

    def next_break(self, place: NotesPlace) -> NotesPlace:
        """Return the first place from another on at which something new begins."""
        number = bisect_left(self.breaks, place)
        return self.breaks[number] if number < len(self.breaks) else END

    def is_parted(self, start: NotesPlace, end: NotesPlace) -> bool:
        """Decide whether a heading or something new stands between two places."""
        number = bisect_left(self.headings, start)
        heading = self.headings[number] if number < len(self.headings) else END
        return min(heading, self.next_break(start)) < end


def _kind(mark: re.Match[str]) -> str:
    """The kind of a mark of items, empty for the end of a list."""
    if mark.group().lstrip().startswith("\\end"):
        return ""
    return "1" if mark[1] else "a" if mark[2] else "item" if mark[3] else "i"


def _unmarked_headings(part: FilePart) -> list[tuple[NotesPlace, int, str]]:
    """Headings that readers of formulas pass over: underlined ones, and tags."""
    text = part.source.text
    found = [
        (place_of(part, m.start(1)), 1 if m[2][0] == "=" else 2, m[1])
        for m in _UNDERLINED.finditer(text)
    ]
    found += [(place_of(part, m.start()), int(m[1]), m[2]) for m in _TAGGED.finditer(text)]
    return [one for one in found if not titles_a_table(text, one[0][1])]


def titles_a_table(text: str, offset: int) -> bool:
    r"""Decide whether a heading is the title of the table of a probability, which begins nothing new.

    Examples
    --------
    >>> titles_a_table("## The table of P(A)\n\n| A | P(A) |", 0), titles_a_table("## A\n\n| A |", 0)
    (True, False)
    """
    if not _OVER_A_TABLE.match(text, offset):
        return False
    stop = text.find("\n", offset)
    return PROBABLE.search(text, offset, stop if stop >= 0 else len(text)) is not None


def line_in_words(line: int, cell: int | None) -> str:
    """Return a line in words, with the cell of a notebook that it is counted in."""
    return f"line {line}" if cell is None else f"line {line} of cell {cell}"


def place_of(part: FilePart, offset: int) -> NotesPlace:
    """Return the place of a character of a part."""
    return part.cell or 0, offset


def in_caption(text: str, offset: int) -> bool:
    """Decide whether a place lies in the caption of a figure."""
    line = text.rfind("\n", max(0, offset - _FAR), offset) + 1 or max(0, offset - _FAR)
    before = text[line:offset]
    if before.lstrip().startswith("|"):
        return True  # a table says nothing of one graph, either
    if _CAPTION.match(before):
        return True
    return "\\caption" in before[-400:] and _CAPTION_OPENS.search(before[-400:]) is not None


def outline_of(document: NotesFile) -> Outline:
    """Return the outline of notes, whose code says nothing of it."""
    blocks: dict[int, list[CodeBlock]] = defaultdict(list)
    for block in document.code:
        if block.language != CODE_SPAN:
            blocks[id(block.part)].append(block)
    parts = []
    for part in document.parts:
        pieces, at = list[str](), 0
        for block in sorted(blocks[id(part)], key=lambda block: block.offset):
            pieces += part.source.text[at : block.offset], _INK.sub(" ", block.text)
            at = block.end
        text = "".join([*pieces, part.source.text[at:]])
        parts.append(FilePart(part.file, part.cell, text, Source(text, part.source.name)))
    return Outline(parts, document.headings)
