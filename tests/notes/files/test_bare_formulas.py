"""Formulas of Markdown that nothing delimits: whole lines, items of lists, cells of tables."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Model, check_file
from symcausal.notes.files.items import Formula
from symcausal.notes.files.reading import read_document

CHAIN = Model.parse("X -> Y -> Z")


def formulas(text: str) -> list[str]:
    """The formulas of a Markdown text, as they are read."""
    items = read_document(text, "notes.md").items
    return [item.excerpt().text for item in items if isinstance(item, Formula)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("P(X) = P(Y)", ["P(X) = P(Y)"]),
        ("- P(X) = P(Y).\n- and so on", ["P(X) = P(Y)"]),
        ("1. P(X) = P(Y)\n   1. P(X) = P(Z)", ["P(X) = P(Y)", "P(X) = P(Z)"]),
        ("> P(X) = P(Y)\n> P(X) = P(Z)", ["P(X) = P(Y)", "P(X) = P(Z)"]),
        ("**P(X) = P(Y)**", ["P(X) = P(Y)"]),
        ("_P(X) = P(Y)_.", ["P(X) = P(Y)"]),
        ("P(X\\_1) = P(X\\_2)", ["P(X _1) = P(X _2)"]),
        ("X ⟂ Y", ["X ⟂ Y"]),
        ("| a | b |\n|---|---|\n| P(X\\|Y) = P(X) | no |", ["P(X |Y) = P(X)"]),
        ("| P(X|Y) = P(X) | P(Y) = 1 |", ["P(X|Y) = P(X)", "P(Y) = 1"]),
    ],
)
def test_whole_lines_items_and_cells_are_formulas(text: str, found: list[str]) -> None:
    assert formulas(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "We know P(X) = P(Y).",
        "P(X) = P(Y) is wrong",
        "P(X), the prior",
        "Is it P(X) = P(Y)?",
        "`P(X) = P(Y)`",
        "    P(X) = P(Y)",  # code
        "```\nP(X) = P(Y)\n```",
        "<b>P(X) = P(Y)</b>",
        "E(m) = m c^2",
        "f(x) = 3",
        "print(x) = 3",
        "| P(X) | 0.3 |",
    ],
)
def test_words_code_and_other_functions_are_none(text: str) -> None:
    assert formulas(text) == []


def test_a_paragraph_with_marks_is_read_by_its_marks_alone() -> None:
    assert formulas("P(X) = P(Y)\n$P(Y) = P(Z)$") == ["P(Y) = P(Z)"]
    assert formulas("P(X) = P(Y)\n\\(P(Y) = P(Z)\\)") == ["P(Y) = P(Z)"]


def test_lines_below_a_formula_go_on_with_it(tmp_path: Path) -> None:
    text = "P(Z|X) = sum_Y P(Z,Y|X)\n  = sum_Y P(Z|Y) P(Y|X)\n  = P(Z)\n"
    (tmp_path / "notes.md").write_text(text, "utf-8")
    claims = check_file(tmp_path / "notes.md", CHAIN).claims
    assert [
        (c.line, str(c.verdict)) for c in claims
    ] == [  # a claim stands where its left side begins
        (1, "holds"),
        (1, "holds"),
        (2, "fails"),
    ]


@given(st.text("P(XY|) =*_\\|-\n>#`0,", max_size=60))
def test_nothing_is_read_twice_and_places_are_true(text: str) -> None:
    items = [i for i in read_document(text, "notes.md").items if isinstance(i, Formula)]
    spans = [(item.offset, item.end) for item in items]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for item in items:
        assert text[item.offset : item.end] == item.text
