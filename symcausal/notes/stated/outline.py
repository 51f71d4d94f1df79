"""The sections of notes, and the places at which a graph ends for other reasons.

Main definitions
----------------
NotesPlace : a place in notes: the number of the cell (0 without cells), and the offset.
Outline : sections, words that name another graph, and numbered exercises of some notes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from symcausal.notes.files.items import FilePart, SectionHeading
from symcausal.patterns import late

NotesPlace = tuple[int, int]
_FAR = 2_000  # characters of a line before a place
END: NotesPlace = (1 << 60, 0)
START: NotesPlace = (-1, 0)

_WORD = r"\W{1,3}[\w-]{1,20}"
_KIND = (
    r"(?:graph|DAG|model|network|structure|diagram|figure|picture|SCM|system|scenario|example|case|world"
    r"|setting|situation|population|study|panel)s?"
)
_ADJECTIVES = rf"(?:{_WORD}){{0,3}}?\W{{1,3}}"
_ANOTHER = late(
    rf"\b(?:another|an?(?:{_WORD}){{0,2}}?\W{{1,3}}(?:different|second|third|new|modified|altered"
    rf"|alternative|simpler|richer|other)|the\W{{1,3}}(?:other|second|third|next|following|new|modified|reversed)"
    rf"|this\W{{1,3}}(?:other|second|new)){_ADJECTIVES}?{_KIND}\b"
    rf"|\b(?:another|different|second|new|other)\W{{1,3}}{_KIND}\b"
    rf"|\b(?:now|next|instead)\W{{1,3}}(?:let\W{{1,3}}us\W{{1,3}})?"
    rf"(?:suppose|consider|assume|take|look at|imagine){_ADJECTIVES}{_KIND}\b"
    rf"|\b(?:add|revers|insert|flip|turn)(?:e|s|ed|ing)?{_ADJECTIVES}(?:edge|arrow|arc|link)s?\b",
    re.I,
)
# a graph with a name of its own, other than the first
_LABELLED = late(
    r"\b(?:graph|model|DAG|network|panel|diagram)\s*~?(?:\(?[2-9]\b|\([b-z2-9]\)|[B-Z]\b"
    r"|\$[^$\n]{0,12}?_\{?[2-9b-zB-Z]\b|\$[^$\n]{0,12}?')"
    r"|\bfig(?:ure|\.)?\s*~?\d+\s*\(?[b-z]\b",
    re.I,
)
_EXERCISE = late(
    r"^[ \t>]*+(?:[-*+#>]++[ \t]*)?(?:\*\*|__|\\textbf\{|\\paragraph\{|\\item\s*)?"
    r"(?:exercise|example|problem|question|task|exercice|exemple|aufgabe|beispiel)s?\s*~?\(?\d+"
    r"|\\(?:begin|end)\{(?:exercise|example|problem|question|solution)\*?\}|\\question\b"
    r"|\b(?:case|scenario)\s*~?\(?(?:\d+|[A-C]|two|three|I+)\b",
    re.I | re.M,
)
_CAPTION = late(r"[\s>*_]*(?:fig(?:ure|\.)?|abb(?:ildung|\.)?)\s*~?\d+", re.I)
_CAPTION_OPENS = late(r"\\caption\*?\s*(?:\[[^\]]*\])?\{[^{}$]*(?:\$[^$]*\$[^{}$]*)*\$?\Z")
_FIGURE = late(r"!\[[^\]\n]*\]\([^)\n]*\)|\\includegraphics|<img\b", re.I)


class Outline:
    """The sections of notes, and the places where something new begins."""

    def __init__(self, parts: Sequence[FilePart], headings: Iterable[SectionHeading]) -> None:
        told = sorted((place_of(h.part, h.offset), h.level) for h in headings)
        self.headings = [place for place, _ in told]
        self.levels = [level for _, level in told]
        self.breaks: list[NotesPlace] = []
        self.has_figures = False
        for part in parts:
            text = part.source.text
            self.breaks += [place_of(part, m.end()) for m in _ANOTHER.finditer(text)]
            self.breaks += [place_of(part, m.start()) for m in _LABELLED.finditer(text)]
            self.breaks += [place_of(part, m.start()) for m in _EXERCISE.finditer(text)]
            self.has_figures = self.has_figures or _FIGURE.search(text) is not None
        self.breaks.sort()
        self._ends = self._section_ends()

    def _section_ends(self) -> list[NotesPlace]:
        """Where each section ends: at the next heading of the same or a higher level."""
        ends = [END] * len(self.headings)
        open_sections: list[int] = []
        for number, level in enumerate(self.levels):
            while open_sections and self.levels[open_sections[-1]] >= level:
                ends[open_sections.pop()] = self.headings[number]
            open_sections.append(number)
        return ends

    def section(self, place: NotesPlace) -> tuple[NotesPlace, NotesPlace]:
        """Return where the innermost section around a place begins and ends."""
        number = bisect_right(self.headings, place) - 1
        return (START, END) if number < 0 else (self.headings[number], self._ends[number])

    def next_break(self, place: NotesPlace) -> NotesPlace:
        """Return the first place from another on at which something new begins."""
        number = bisect_left(self.breaks, place)
        return self.breaks[number] if number < len(self.breaks) else END

    def is_parted(self, start: NotesPlace, end: NotesPlace) -> bool:
        """Decide whether a heading or something new stands between two places."""
        number = bisect_left(self.headings, start)
        heading = self.headings[number] if number < len(self.headings) else END
        return min(heading, self.next_break(start)) < end


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
