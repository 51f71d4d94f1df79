"""The account of probabilities itself: what it finds, what it leaves alone, and that it would notice."""

from __future__ import annotations

from unicodedata import decomposition

import pytest

from symcausal.notes.check import check_text
from symcausal.notes.files.reading import read_document
from tests.fuzz import silence


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("P(x) = p(y|x)", 2),
        (r"\Pr[x] \cdot \PP(y) + P\{z\}", 3),
        ("P(x) % P(y)", 1),
        (r"P(x) \text{ and P(y)}", 1),
        (r"XP(x) \mathcal_P(y)", 0),
        ("𝒫(x) 𝕡(x) Ｐ（x）", 2),
        ("𝐴P(x) ᴾ(x)", 0),
    ],
)
def test_finds_the_plain_signs_of_probabilities(text, count):
    assert len(list(silence.probabilities(text))) == count


@pytest.mark.parametrize("form", ["{}P(X)", "{}(X)", "P{}(X)"])
def test_letters_of_every_font_are_accounted_for(form):
    kinds = ("<font>", "<wide>", "<super>", "<sub>", "<circle>", "<small>")
    letters = [c for c in map(chr, range(0x80, 0x20000)) if decomposition(c).startswith(kinds)]
    assert len(letters) > 1_000
    for letter in letters:
        assert not silence.unread(form.format(letter)), letter


def test_would_notice_a_formula_that_is_dropped(monkeypatch):
    assert not silence.unread("P(x) = P(y)")
    monkeypatch.setattr(silence, "read_claims", lambda pieces: [])
    assert silence.unread("P(x) = P(y)") == [0, 7]


def test_would_notice_items_that_are_dropped():
    text = "Words, $P(x) = P(y)$ and P(z)."
    document = read_document(text, "a.md")
    assert not silence.outside_items(text, document)
    empty = read_document("", "a.md")
    assert len(silence.outside_items(text, empty)) == 3


def test_would_notice_a_silent_report():
    document = read_document("$P(x) = P(y)$", "a.md")
    assert not silence.without_claims([document], check_text("$P(x) = P(y)$"))
    assert silence.without_claims([document], check_text("$x$"))
