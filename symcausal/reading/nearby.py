"""The words near a place in a text, measured in what a reader sees.

What is no text of a file (the tags of a web page, the signs before a line) is blank, and a number of
characters must not be used up by blanks: any run of them counts as one space, one end of a line, or
one empty line.

Main definitions
----------------
words_before, words_after : so many characters beside a place, with short blanks.
reach_before, reach_after : how far they reach.
folded : a text with short blanks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from symcausal.patterns import late

_LONG = late(r"\s{2,}")  # a single blank is as long as what it counts for
_OTHER = late(r"\s{2,}|[^\S\n ]")  # what is not short as it stands


def folded(text: str) -> str:
    """Return a text whose runs of blanks are one space, one end of a line or one empty line."""
    return _OTHER.sub(lambda run: _short(run.group()), text)


@lru_cache(64)  # several readers look at the words around one passage
def words_before(text: str, at: int, count: int) -> str:
    """Return up to ``count`` characters before a place."""
    return folded(text[reach_before(text, at, count) : at])


@lru_cache(64)
def words_after(text: str, at: int, count: int) -> str:
    """Return up to ``count`` characters from a place on."""
    return folded(text[at : reach_after(text, at, count)])


def reach_before(text: str, at: int, count: int) -> int:
    """Return where the ``count`` characters before a place begin."""
    return at - _reach(lambda size: text[max(0, at - size) : at][::-1], at, count)


def reach_after(text: str, at: int, count: int) -> int:
    """Return where the ``count`` characters after a place end."""
    return at + _reach(lambda size: text[at : at + size], len(text) - at, count)


def _reach(stretch: Callable[[int], str], longest: int, count: int) -> int:
    """How many characters of a stretch are ``count`` short ones; it is read no further than needed."""
    size = max(count, 1)
    while True:
        length = _length(stretch(size), count)
        if size >= longest or length < size:
            return length
        size *= 4


def _short(blanks: str) -> str:
    return "\n\n" if blanks.count("\n") > 1 else "\n" if "\n" in blanks else " "


def _length(text: str, count: int) -> int:
    """Return how many characters of a text are ``count`` of it once its blanks are short."""
    seen = end = 0
    for run in _LONG.finditer(text):
        start, width = run.start(), len(_short(run.group()))
        if seen + start - end + width > count:
            return min(start, end + count - seen)
        seen, end = seen + start - end + width, run.end()
    return min(len(text), end + count - seen)
