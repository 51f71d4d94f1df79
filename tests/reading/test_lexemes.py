"""Lexemes: no ink is lost, a stretch has its own, joined texts have those of the joined text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.errors import Source, Span
from symcausal.reading.brackets import closing_braces
from symcausal.reading.lexemes import RELATIONS, Lexeme, Lexemes, meaning_of
from symcausal.reading.lexer import tokenise

PIECES = st.sampled_from(
    [
        "P(x", ")", "(", "[", "]", "{", "}", r"\{", r"\}", "&", "=", ":=", "<", ">", r"\leq ", r"\le",
        "≈", r"\\", r"\\[2pt]", "[2pt]", r"\\*", "\\", r"\,", r"\!", r"\quad", r"\qquad ", "$", r"\$",
        r"\begin{aligned}", r"\end{aligned}", r"\begin{array}{rl}", r"\begin", "{array}", "{rl}",
        r"\text{if }", r"\mathrm{do}", r"\overset{a}{=}", r"\perp", "_||_", "_|_", "|", r"\mid ", ",",
        ";", " ", "\n", "~", "%", r"\%", "x_1", "Rain", "0.25", "'", "^2", r"\tag{1}", r"\boxed{",
        r"\underbrace{", r"\color{red}", r"\hspace{1em}", r"\hfill", r"\implies", "∴", "⟨", r"\rangle",
        "é", "𝟙", "?",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)


def shown(lexemes: list[Lexeme], by: int = 0) -> list[tuple[object, ...]]:
    return [(x.kind, x.text, x.name, x.meaning, x.start + by, x.end + by) for x in lexemes]


def every(lexemes: Lexemes) -> list[tuple[object, ...]]:
    return shown(list(lexemes.within(0, len(lexemes.text))))


@given(TEXTS)
def test_only_blanks_are_between_lexemes(text: str) -> None:
    at = 0
    for lexeme in Lexemes(text).within(0, len(text)):
        assert lexeme.start >= at
        assert not text[at : lexeme.start].strip(" \n~")
        assert text[lexeme.start : lexeme.end] == lexeme.text != ""
        at = lexeme.end
    assert not text[at:].strip(" \n~")


@given(TEXTS, st.data())
def test_a_stretch_has_the_lexemes_of_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    alone = Lexemes(text[start:end])
    inside = Lexemes(text).within(start, end)
    assert shown(list(inside)) == shown(list(alone.within(0, end - start)), start)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_joined_texts_have_the_lexemes_of_the_joined_text(texts: list[str]) -> None:
    found = Lexemes.joined([Lexemes(text) for text in texts])
    assert found.text == " ".join(texts)
    assert every(found) == every(Lexemes(found.text))


@given(TEXTS)
def test_a_lexeme_is_found_at_its_place(text: str) -> None:
    lexemes = Lexemes(text)
    places = {x.start: x for x in lexemes.within(0, len(text))}
    assert [lexemes.at(i) for i in range(len(text) + 1)] == [
        places.get(i) for i in range(len(text) + 1)
    ]


@given(TEXTS)
def test_braces_close_in_pairs(text: str) -> None:
    escaped = {i + 1 for i, c in enumerate(text) if c == "\\" and _odd(text, i)}
    plain = {i for i, c in enumerate(text) if c in "{}" and i not in escaped}
    pairs = closing_braces(text)
    for opened, closed in pairs.items():
        assert text[opened] + text[closed] == "{}"
        assert {opened, closed} <= plain
        between = [text[i] for i in range(opened + 1, closed) if i in plain]
        assert between.count("{") == between.count("}")
    left = "".join(text[i] for i in sorted(plain - {*pairs, *pairs.values()}))
    assert left == "}" * left.count("}") + "{" * left.count("{")


def _odd(text: str, at: int) -> bool:
    """Whether an odd number of backslashes ends at a place."""
    return (len(text[: at + 1]) - len(text[: at + 1].rstrip("\\"))) % 2 == 1


@pytest.mark.parametrize("spelt", sorted(RELATIONS))
def test_a_relation_means_what_the_lexer_of_formulas_takes_it_for(spelt: str) -> None:
    written = "\\" + spelt if spelt.isalpha() else spelt
    (lexeme,) = Lexemes(written).within(0, len(written))
    assert (lexeme.kind, lexeme.meaning) == ("relation", RELATIONS[spelt]) == meaning_of(spelt)
    if lexeme.meaning == "=:" or spelt in ("cong", "thickapprox", "varpropto"):
        return  # formulas of one line have none of these
    (token,) = tokenise(Span(Source(written), 0, len(written)))
    assert token.text == lexeme.meaning
