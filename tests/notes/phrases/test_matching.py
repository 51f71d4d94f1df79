"""The small language of the tables, and how words are spoken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.notes.phrases.matching import _SpokenWords, class_of, said, translated

# a pattern, words in which it stands, and words in which it does not
PATTERNS = [
    ("wrong*", "the wrongly drawn graph", "the graph"),
    ("true|false", "it is false", "it is falsely so"),
    ("*ed&!red|*ded graph", "the marked graph", "a red graph, and a landed graph"),
    ("un*able", "it is unstable", "it is stable"),
    ("no|not longer", "no longer so", "longer no"),
    ("data_set|table", "a data set", "data, and a set of them"),
    ("the [new|old] graph", "the graph", "the other graph"),
    ("the [new|old] graph", "the old graph", "the old new graph"),
    ("add .. edge", "add just one more edge", "add one, two, three, four edge"),
    ("let ..2-3 be", "let A and be", "let A be"),
    ("if ... edge", "if $A$ has an edge", "if so. An edge"),
    ("if ...!cut* edge", "if $A$ has an edge", "if we cut an edge"),
    ("it ~ not", "it is surely not", "it is $A$ and not"),
    ("naive !bayes", "the naive way", "the naive Bayes way"),
    ("drop* !...gives", "dropping it", "dropping it here gives all"),
    ("!noise errors", "the errors", "noise errors"),
    ("^ but", "We do. But", "all but one"),
    ("no ..1 $", "with no such", "with no such thing here"),
    ("so-called", "a so-called graph", "so we called"),
    ("n't", "it doesn\u2019t hold", "a hint"),
    ("n'", "le graphe n'est", "the n is"),
]


def stands(pattern: str, words: str) -> bool:
    """Whether a pattern stands in words."""
    return re.search(translated(pattern), _SpokenWords(words).text) is not None


@pytest.mark.parametrize(("pattern", "words", "others"), PATTERNS)
def test_the_language_of_patterns(pattern: str, words: str, others: str) -> None:
    assert stands(pattern, words)
    assert not stands(pattern, others)


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ("A *very* \\emph{wrong} graph.", " a very wrong graph ."),
        ("the graph\n\nof 2 (or more)", " the graph . of 2 or more"),
        ("See Fig. 2, e.g. it. No?", " see fig 2 , e g it . no ?"),
        ("It doesn't; Smith's won't.", " it does n't ; smith 's wo n't ."),
        ("*in*correct, **mis**taken", " incorrect , mistaken"),
        ("\\emph{in}correct un\\textbf{true}", " incorrect untrue"),
        ("<em>in</em>correct", " incorrect"),
        ("$A \\perp B$ or A \u2aeb B", r" $ a \perp b $ or a \perp b"),
    ],
)
def test_how_words_are_spoken(words: str, spoken: str) -> None:
    assert _SpokenWords(words).text == spoken


@given(st.text("aA n't.,;$?\\*_{}\n-1\u2019", max_size=40))
def test_places_of_words_lie_in_the_text(text: str) -> None:
    spoken = _SpokenWords(text)
    assert len(spoken.begins) == len(spoken.spans)
    for begin, (start, end) in zip(spoken.begins, spoken.spans, strict=True):
        assert spoken.place(begin, begin + 1) == (start, end)
        assert 0 <= start < end <= len(text)
    assert [*spoken.spans] == sorted(spoken.spans)


def test_places_of_phrases() -> None:
    words = "We add (say) an *edge* here."
    ((start, end),) = said(words, "section", "names another graph")
    assert words[start:end] == "add (say) an *edge"
    assert set(class_of("figure").split("|")) == {"fig", "figure", "abb", "abbildung"}
