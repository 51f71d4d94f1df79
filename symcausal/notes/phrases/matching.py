"""Which phrases of the tables stand in some words.

Main definitions
----------------
says : whether one of some meanings stands in some words.
said : where it stands.
class_of : a class of words of all tables, as a regular expression.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from symcausal.notes.phrases import english, french, german
from symcausal.notes.phrases.sentences import LAID_OUT, STOP
from symcausal.notes.phrases.table import Phrase, PhraseMeaning, PhrasePlace
from symcausal.patterns import late

TABLES: tuple[tuple[Phrase, ...], ...] = (english.PHRASES, german.PHRASES, french.PHRASES)
_CLASSES = (english.CLASSES, german.CLASSES, french.CLASSES)

_LETTER = r"[^\W_]"
# what may stand between two letters of a word, as in *in*correct
_TAG = r"</?(?:em|i|b|strong|u|mark)>"
_WITHIN = rf"(?:[*_]{{1,3}}|\}}|\\(?:emph|text[a-z]{{2}}|underline|uline)\s*\{{|{_TAG})"
_TOKEN = late(
    rf"(?P<border>{LAID_OUT})"
    rf"|{_TAG}|\\(?:emph|text[a-z]*|math[a-z]*|mbox)\b|(?P<command>\\[A-Za-z]+)"
    r"|(?P<equivalent>[\u21d4\u27fa])|(?P<independent>[\u22a5\u2aeb\u27c2]|_\|\|_)"
    rf"|(?P<word>n['\u2019]t(?!{_LETTER})|{_LETTER}+?(?=n['\u2019]t(?!{_LETTER}))|['\u2019]s(?!{_LETTER})"
    rf"|(?:[cdjlmnst]|qu)['\u2019](?={_LETTER})(?!['\u2019]?s\b)|{_LETTER}+(?:{_WITHIN}{_LETTER}+)*)"
    rf"|(?P<sign>[?,$])|(?P<end>{STOP})|(?P<part>[;:])",
    re.I,
)
_EMPHASIS = late(_WITHIN)
_EQUIVALENCES = frozenset({"iff", "Leftrightarrow", "Longleftrightarrow"})
_PASSED = r"(?: [,$])*"
_ONE = rf"{_PASSED} [\w\\'\u2019][^\s]*"


class _SpokenWords:
    """Words with one space before each, and where each of them stands in the text."""

    __slots__ = ("begins", "spans", "text")

    def __init__(self, text: str) -> None:
        pieces: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.begins: list[int] = []
        length = 0
        for found in _TOKEN.finditer(text):
            match found.lastgroup:
                case "border" | "end":
                    piece = " ."
                case "part":
                    piece = " ;"
                case "equivalent":
                    piece = " iff"
                case "command" if found.group()[1:] in _EQUIVALENCES:
                    piece = " iff"
                case "independent":
                    piece = " \\perp"
                case None:
                    continue
                case "word":
                    piece = " " + _EMPHASIS.sub("", found.group().lower()).replace("\u2019", "'")
                case _:  # a sign
                    piece = " " + found.group().lower()
            pieces.append(piece)
            self.spans.append(found.span())
            self.begins.append(length)
            length += len(piece)
        self.text = "".join(pieces)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words between two places of the spoken text stand in the text."""
        first = bisect_right(self.begins, start) - 1
        last = bisect_right(self.begins, max(start, end - 1)) - 1
        return self.spans[first][0], self.spans[last][1]


def says(words: str, place: PhrasePlace, *meanings: PhraseMeaning) -> bool:
    """Decide whether a phrase with one of some meanings stands in words at a place.

    Examples
    --------
    >>> says("The wrong graph", "before", "refutes"), says("The graph", "before", "refutes")
    (True, False)
    """
    pattern = _finder(place, meanings)
    return pattern is not None and pattern.search(_spoken(words).text) is not None


def said(words: str, place: PhrasePlace, *meanings: PhraseMeaning) -> Iterator[tuple[int, int]]:
    """Yield where the phrases with some meanings begin and end in words at a place."""
    pattern = _finder(place, meanings)
    spoken = _spoken(words)
    for found in () if pattern is None else pattern.finditer(spoken.text):
        if found.end() > found.start():
            yield spoken.place(*found.span())


def class_of(name: str) -> str:
    """Return a class of words of all tables as a regular expression, without a group of its own."""
    return "|".join(_either(word) for table in _CLASSES for word in table.get(name, "").split())


@lru_cache(maxsize=64)
def _spoken(words: str) -> _SpokenWords:
    return _SpokenWords(words)


@cache
def _finder(place: PhrasePlace, meanings: tuple[PhraseMeaning, ...]) -> re.Pattern[str] | None:
    rows = [
        row
        for table in TABLES
        for row in table
        if row.meaning in meanings and place in row.places.split()
    ]
    patterns = [translated(one) for row in rows for one in row.pattern.split(" / ")]
    return re.compile("|".join(patterns)) if patterns else None


def translated(pattern: str) -> str:
    """Return a pattern of a table as a regular expression for spoken words."""
    parts: list[str] = []
    for number, element in enumerate(pattern.split()):
        parts.append(_element(element, first=number == 0))
    return "".join(parts)


def _element(element: str, *, first: bool) -> str:
    passed = "" if first else _PASSED
    if element == "^^":
        return rf"\A{_PASSED}"
    if element == "^":
        return rf"(?:\A|(?<=[.?;])){_PASSED}"
    if element == "$":
        return rf"{_PASSED}\Z"
    if element == "~":
        return r"(?: [^\s.?;$]\S*)*?"
    if element.startswith("..."):
        besides = rf"(?!(?:{_either(element[4:])})(?!\S))" if element[3:] else ""
        return rf"(?: {besides}[^\s.?;]\S*)*?"
    if element.startswith(".."):
        low, _, high = element[2:].rpartition("-")
        return rf"(?:{_ONE}){{{low or 0},{high or 3}}}?"
    if element.startswith("!") and first:
        return "".join(rf"(?<! {_simple(word)})" for word in element[1:].split("|"))
    if element.startswith("!..."):
        return rf"(?!(?: [^\s.?;]\S*)*? (?:{_either(element[4:])})(?!\S))"
    if element.startswith("!"):
        return rf"(?!{_PASSED} (?:{_either(element[1:])})(?!\S))"
    if element.startswith("["):
        return rf"(?:{passed} (?:{_either(element[1:-1])})(?!\S))?"
    return rf"{passed} (?:{_either(element)})(?!\S)"


def _either(element: str) -> str:
    liked, _, others = element.partition("&!")
    if others:
        return rf"(?!(?:{_either(others)})(?!\S))(?:{_either(liked)})"
    words = element.split("|")
    return "|".join(class_of(w[1:-1]) if w.startswith("<") else _simple(w) for w in words)


def _simple(word: str) -> str:
    written = re.escape(word.replace("-", " ").replace("_", " "))
    return written.replace(r"\ ", " ").replace(r"\*", r"\S*")
