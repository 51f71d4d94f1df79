"""Formulas of Distill, reStructuredText and AsciiDoc, and comments of Obsidian."""

from __future__ import annotations

import pytest

from symcausal.notes.files.items import Formula
from symcausal.notes.files.reading import read_document

FOUND = [
    ("<d-math>P(A)</d-math> in <d-math block>P(B)</d-math>", "md html", ["P(A)", "P(B)"]),
    ("<D-MATH>P(A)</d-math> <d-math>P(B)</d-math>", "md", ["P(A)", "P(B)"]),
    ("<p>Words.\n<d-math block>\nP(A)\n= P(B)\n</d-math></p>", "md html", ["P(A)\n= P(B)"]),
    ("`<d-math>P(A)</d-math>` and <d-math>P(B)</d-math>", "md", ["P(B)"]),
    ("<pre><d-math>P(A)</d-math></pre>", "md html", []),
    ("<d-mathematics>P(A)</d-mathematics>", "md html", []),
    (":math:`P(A)` and $P(B)$", "rst md", ["P(A)", "P(B)"]),
    (r"stem:[P(A)], latexmath:[P[B \mid C\]] and stem:[x", "adoc", ["P(A)", r"P[B \mid C\]"]),
    ("stem:[P(A)] and system:[P(B)]", "adoc md", ["P(A)"]),
    ("$P(A)$ %%$P(B)$%% $P(C)$", "md", ["P(A)", "P(C)"]),
    ("%%\n\n$P(A)$\n\n- $P(B)$\n\n%%\n\n$P(C)$", "md", ["P(C)"]),
    ("$P(A)$ 100%% and 50%% $P(B)$", "md", ["P(A)", "P(B)"]),
    ("a %% b, $P(A)$", "md", ["P(A)"]),
    ("%%% $P(A)$ %%%", "md", ["P(A)"]),
]


@pytest.mark.parametrize(("text", "endings", "formulas"), FOUND)
def test_finds(text: str, endings: str, formulas: list[str]) -> None:
    for ending in endings.split():
        document = read_document(text, f"notes.{ending}")
        found = [item for item in document.items if isinstance(item, Formula)]
        written = [text[item.offset : item.end] for item in found]
        assert written == formulas, ending


@pytest.mark.parametrize(
    ("text", "ending"),
    [("<d-math>P(A) = P(B)", "md"), ("<d-math>P(A) = P(B)", "html"), ("stem:[P(A) = P(B)", "adoc")],
)
def test_tells_of_what_is_not_closed(text: str, ending: str) -> None:
    (problem,) = read_document(text, f"notes.{ending}").problems
    assert "not closed" in problem.message


def test_a_display_is_one() -> None:
    text = "See <d-math>P(A)</d-math> and\n\n<d-math block>P(B)</d-math>\n"
    for ending in ("md", "html"):
        items = read_document(text, f"notes.{ending}").items
        assert [item.display for item in items if isinstance(item, Formula)] == [False, True]


@pytest.mark.parametrize("sign", ["%%", "<d-math>", "stem:[", ":math:`", "<d-math>x</d-math>%%"])
def test_many_openings_are_read_in_linear_time(sign: str) -> None:
    for ending in ("md", "html", "adoc"):
        assert read_document(sign * 1_000, f"notes.{ending}") is not None
