"""What only sets type becomes blank; every other character stays in its place."""

from __future__ import annotations

import pytest
from hypothesis import given

from symcausal.notes.reading.bare import bared
from symcausal.reading.lexemes import Lexemes
from tests.reading.test_lexemes import TEXTS, every


@given(TEXTS)
def test_what_only_sets_type_is_blank_and_all_else_stays(text: str) -> None:
    bare = bared(text).text
    assert len(bare) == len(text)
    for before, after in zip(text, bare.replace(r"\quad ", " " * 6), strict=True):
        assert after in (before, " ")
    assert (bare.count("\n"), bared(bare).text) == (text.count("\n"), bare)
    assert every(bared(text)) == every(Lexemes(bare))


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (r"P(x) \tag{1}", "P(x)"),
        (r"\boxed{P(x)} = 1", "P(x) = 1"),
        (r"\textcolor{red}{P(x)} = 1", "P(x) = 1"),
        (r"{\color{red} P(x)}", "{ P(x)}"),
        (r"\underbrace{P(x)}_{\text{prior}} P(y)", "{P(x)} P(y)"),
        (r"\underbrace{= P(x)}_a", "= P(x)"),
        ("P(x) % the prior\n= 1", "P(x) = 1"),
        (r"P(x) = 50\% % half", r"P(x) = 50\%"),
        ("P(x) = 50%", "P(x) = 50%"),
        (r"P(x)\hfill P(y)", r"P(x)\quad P(y)"),
        ("P(x)\\\n= 1", "P(x) = 1"),
    ],
)
def test_bare_formulas(written: str, left: str) -> None:
    assert bared(written).text.split() == left.split()
