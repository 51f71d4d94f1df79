"""Words woven into patterns: every row in its own examples, and the small language of the rows."""

from __future__ import annotations

import re

import pytest

from symcausal.errors import InternalError
from symcausal.hints import get_args
from symcausal.notes.phrases.table import IdeaWords, WordIdea
from symcausal.notes.phrases.weaving import WORDINGS, words_for, woven, written

ROWS = [row for table in WORDINGS for row in table]

# a pattern, words in which it stands, and words in which it does not
PATTERNS = [
    ("since|as", "it is, as seen", "it is so, asked or not"),
    ("as|*dent", "an independent", "an independently"),
    ("assum*", "we assumed", "we reassume"),
    ("*dis*", "indisposed", "a dose"),
    ("the_case", "the\ncase", "the other case"),
    ("counter-example*", "counterexamples", "counter an example"),
    ("counter-example*", "a counter example", "an example"),
    ("[and|but] as it", "but as it is", "but is it"),
    ("is [very|so]* good", "it is so very good", "it is much good"),
    ("wrong ..2 step", "the wrong second little step", "the wrong and all too little step"),
    ("!can|may write", "we write", "we may write"),
    ("!not *able", "unable", "not able"),
    ("don't", "we don\u2019t", "we donate"),
    ("a b / c", "c", "a c2"),
]  # fmt: skip


def stands(pattern: str, words: str) -> bool:
    """Whether a pattern stands in words."""
    return re.search(written(pattern.split(" / ")), words, re.I) is not None


@pytest.mark.parametrize(("pattern", "words", "others"), PATTERNS)
def test_the_language_of_wordings(pattern: str, words: str, others: str) -> None:
    assert stands(pattern, words)
    assert not stands(pattern, others)


@pytest.mark.parametrize("row", [pytest.param(r, id=f"{r.idea}: {r.pattern[:40]}") for r in ROWS])
def test_every_wording_in_its_own_examples(row: IdeaWords) -> None:
    assert stands(row.pattern, row.applies)
    assert not stands(row.pattern, row.spared)
    assert not re.search(words_for(row.idea), row.spared, re.I)


def test_every_idea_has_words() -> None:
    assert {row.idea for row in ROWS} == {*get_args(WordIdea)}


def test_an_idea_without_words_is_refused() -> None:
    with pytest.raises(InternalError, match="no table"):
        woven("<<nonsense>>").search("words")


def test_words_stand_within_signs() -> None:
    pattern = woven(r"\((?P<told><<since>>)\)", re.I)
    found = pattern.search("(Because) of it")
    assert found is not None
    assert found["told"] == "Because"
    assert pattern.search("(Becauses)") is None
