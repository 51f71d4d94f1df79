"""Patterns into which the words of the tables for an idea are woven.

Main definitions
----------------
woven : a pattern in which ``<<since>>`` stands for the words of all languages for an idea.
words_for : those words, as a regular expression.
WORDINGS : the tables.
"""

from __future__ import annotations

import re
from functools import cache

from symcausal.errors import InternalError
from symcausal.hints import get_args
from symcausal.notes.phrases import english, french, german, others
from symcausal.notes.phrases.table import IdeaWords, WordIdea
from symcausal.patterns import late

WORDINGS: tuple[tuple[IdeaWords, ...], ...] = (
    english.WORDINGS, german.WORDINGS, french.WORDINGS, others.WORDINGS
)  # fmt: skip

IDEAS: frozenset[str] = frozenset(get_args(WordIdea))
_LETTER = r"[^\W_]"
_IDEA = late(r"<<([a-z ]+)>>")


def woven(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern in which an idea between double angles stands for its words in the tables.

    Examples
    --------
    >>> woven(r"<<since>>:").search("because: it is").group()
    'because:'
    """
    return late(lambda: _IDEA.sub(lambda idea: words_for(idea[1]), pattern), flags)


@cache
def words_for(idea: str) -> str:
    """Return the words for an idea as a regular expression, which begins and ends with a word.

    Raises
    ------
    InternalError
        If no table has the idea.
    """
    rows = [row for table in WORDINGS for row in table if row.idea == idea]
    if not rows:
        raise InternalError(f"no table of phrases has words for {idea!r}")
    return written([one for row in rows for one in row.pattern.split(" / ")])


def written(patterns: list[str]) -> str:
    """Return patterns of wordings as one regular expression for a text."""
    ends: dict[tuple[bool, bool], list[str]] = {}
    for pattern in dict.fromkeys(patterns):
        for one in _parted(pattern):
            begins = next(word for word in one.split() if not word.startswith("!"))
            ends.setdefault((begins.startswith("*"), one.endswith("*")), []).append(_sequence(one))
    groups = [
        ("" if inside else rf"(?<!{_LETTER})")
        + f"(?:{'|'.join(sequences)})"
        + ("" if goes_on else rf"(?!{_LETTER})")
        for (inside, goes_on), sequences in ends.items()
    ]
    return f"(?:{'|'.join(groups)})"


def _parted(pattern: str) -> list[str]:
    """The alternatives of a pattern of one word, each by itself; a pattern of more as it is."""
    one_word = " " not in pattern and not pattern.startswith(("[", "!"))
    return pattern.split("|") if one_word else [pattern]


def _sequence(pattern: str) -> str:
    """A pattern of words that follow each other."""
    made, is_first = "", True
    for element in pattern.split():
        if element.startswith("!"):
            made += "".join(rf"(?<!{_word(word)} )" for word in element[1:].split("|"))
        elif element.startswith(".."):
            made += rf"(?:\s+[^\W\d_]+){{0,{element[2:]}}}"
        elif element.startswith("["):
            inner, _, many = element[1:].rpartition("]")
            one = _either(inner)
            made += rf"(?:{one}\s+){many or '?'}" if is_first else rf"(?:\s+{one}){many or '?'}"
        else:
            made += ("" if is_first else r"\s+") + _either(element)
            is_first = False
    return made


def _either(element: str) -> str:
    words = element.split("|")
    return _word(words[0]) if len(words) == 1 else f"(?:{'|'.join(map(_word, words))})"


def _word(word: str) -> str:
    escaped = re.escape(word.removeprefix("*"))
    plain = escaped.replace("_", r"\s+").replace(r"\-", r"[\s-]?").replace("'", "['\u2019]")
    return plain.replace(r"\*", r"\w*")
