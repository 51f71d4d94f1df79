"""Formulas that notes ask about, or only speak of, and do not claim.

Main definitions
----------------
answer_to : whether a passage is asked, and how the notes answer.
is_spoken_of : whether a passage says what a formula means, or is about another graph.
"""

from __future__ import annotations

import re

from symcausal.hints import Literal, TypeAlias
from symcausal.notes.files.passages import Passage
from symcausal.notes.phrases.weaving import woven
from symcausal.patterns import late
from symcausal.reading.nearby import words_after, words_before

AnswerGiven: TypeAlias = Literal["", "none", "yes", "no"]

_NEAR = 400
# what and why ask for what follows, or take it as known
_OPEN = woven(r"[\s#>*_\d.)-]*<<open question>>", re.I)
_ITEM_ENDS = late(r"\n\s*\n|\n\s*(?:[-*+]|\d{1,3}[.)])\s|\\item\b|\?")
_ITEM_BEGINS = late(r"\s*(?:[-*+]|\d{1,3}[.)])\s|\s*\\(?:item|end)\b")
_ANSWER = woven(
    r"(?:\A|[.!:;$()\n\u2013\u2014])(?:[\s*_>()$-]|\\[a-z]+\{)*"
    r"(?:(?P<yes><<yes>>)|(?P<no><<no>>))"
    r"(?=[\s*_}]*(?:[.,;:!()\n\u2013\u2014]|\Z))",
    re.I,
)


def answer_to(passage: Passage) -> AnswerGiven:
    """Return how the notes answer a passage that they ask; empty if they ask nothing.

    The question may be its own sentence, or lead to the list in which it stands. *No path is open*
    is no answer.
    """
    first, last = passage.pieces[0].formula, passage.pieces[-1].formula
    text = last.part.source.text
    if first.part is not last.part or not _may_ask(text, first.offset, last.end):
        return ""
    from symcausal.notes.phrases.sentences import FAR, sentence_around

    before, after, _ = sentence_around(text, first.offset, last.end)
    if after.endswith("?"):
        rest = words_after(text, last.end, FAR)[len(after) :]
    elif "?" in before and not _OPEN.match(before) and not _asks_beside(text, first.offset):
        rest = after
    else:
        return ""
    if _ITEM_BEGINS.match(rest):
        return "none"
    found = _ANSWER.search(_ITEM_ENDS.split(rest.lstrip())[0])
    if found is None:
        return "none"
    return "yes" if found["yes"] else "no"


def _may_ask(text: str, start: int, end: int) -> bool:
    """Whether a question mark stands near: a cheap test."""
    return "?" in words_after(text, end, _NEAR) or "?" in words_before(text, start, _NEAR)


def _asks_beside(text: str, start: int) -> bool:
    """Whether the question before an item is another item of the same list, and so leads to nothing."""
    own, *before = reversed(text[max(0, start - _NEAR) : start].split("\n"))
    asks = next((line for line in before if line.rstrip().endswith("?")), "")
    marked = _ITEM_BEGINS.match(asks) is not None and _ITEM_BEGINS.match(own) is not None
    return marked and _indent(asks) >= _indent(own)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def is_spoken_of(passage: Passage) -> bool:
    """Decide whether words say what a passage means, or that it is about another graph."""
    first, last = passage.pieces[0].formula, passage.pieces[-1].formula
    if first.part is not last.part:
        return False
    from symcausal.notes.stated.mood import is_mentioned

    return is_mentioned(first.part.source.text, first.offset, last.end)
