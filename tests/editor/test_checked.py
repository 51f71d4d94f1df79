"""What is said of a text in memory: marks, changes, and words at a place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.editor.checked import Superseded, check_open_text
from symcausal.model import Model
from tests.notes.reporting.test_suggested_edits import PLACES, WRONG, written

GRAPH = "I -> G <- D; I -> S; G -> L"
NOTES = f"""<!-- symcausal: {GRAPH} -->

😀 $P(S) = P(S \\mid G)$ and $P(I, D) = P(I) P(D)$, if $P(Q) = P(S)$; $P(S) = 0.3$.

Suppose $P(I) = P(S)$.

<!-- symcausal: whatever -->
"""


@pytest.mark.parametrize("formula", WRONG)
@pytest.mark.parametrize("name", PLACES)
def test_the_sign_is_underlined_and_a_change_makes_it_hold(name: str, formula: str) -> None:
    text = "\ufeff" + written(name, formula)
    checked = check_open_text(text, name)
    (mark,) = checked.marks()
    assert text[mark.start : mark.end] == "="
    assert (mark.level, mark.kind) == ("error", "claim-fails")
    assert mark.message.startswith("fails: ")
    assert mark.message.endswith("evidence: counterexample")
    mends = list(checked.mends(mark.start, mark.start))
    assert mends
    for mend in mends:
        assert mend.mark == mark
        again = check_open_text(text[: mend.start] + mend.text + text[mend.end :], name)
        assert [claim.verdict for claim in again.report.claims] == ["holds"]
    assert list(checked.mends(0, 1)) == []


def test_levels() -> None:
    marks = check_open_text(NOTES, "notes.md").marks()
    levels = {mark.kind: mark.level for mark in marks}
    assert levels == {
        "claim-fails": "error",
        "claim-undecided": "information",
        "claim-unreadable": "hint",
        "not-understood": "warning",
    }
    shown = {mark.kind: NOTES[mark.start : mark.end] for mark in marks}
    assert shown["claim-fails"] == shown["claim-undecided"] == "="
    assert shown["claim-unreadable"] == "P(Q) = P(S)"


def test_hovering_tells_verdict_reason_and_graph() -> None:
    checked = check_open_text(NOTES, "notes.md")
    told = checked.told(NOTES.index("P(I, D)") + 2)
    assert told is not None
    words, start, end = told
    assert NOTES[start:end] == "P(I, D) = P(I) P(D)"
    assert "holds (derivation): " in words
    assert f"under the model of line 1: {GRAPH}" in words
    assert checked.told(NOTES.index("Suppose")) is None
    for model, said in (
        (Model("A -> B"), "the model that the server was given"),
        (None, "no model"),
    ):
        other = check_open_text("So $P(A, B) = P(A) P(B | A)$", "a.md", model=model).told(6)
        assert other is not None
        assert f"under {said}" in other[0]


def test_at_a_member_of_a_chain_both_claims_are_told() -> None:
    text = "$P(A) = \\sum_B P(A, B) = P(A)$"
    told = check_open_text(text, "a.md").told(text.index("sum"))
    assert told is not None
    assert told[0].count("holds (") == 2


def test_words_of_notes_are_no_markdown() -> None:
    told = check_open_text("$P(A) = P(A, \\text{```*b*})$", "a.md").told(3)
    if told is not None:
        fence = told[0].split("text\n")[0]
        assert set(fence) == {"`"}
        assert told[0].count(fence) == 2


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Untitled-1", "restructuredtext", "so :math:`P(A) = P(A, B)`, ``$P(A)``"),
        ("Untitled-1", "asciidoc", "----\n$\n----\n\nstem:[P(A) = P(A, B)]"),
        ("Untitled-1", "typst", "/* $ */ $P(A) = P(A, B)$"),
        ("Untitled-1", "html", "<p>$P(A) = P(A, B)$</p>"),
        ("Untitled-1", "rmd", "$$P(A) = P(A, B)$$"),
        ("Untitled-1", "plaintext", "P(A) = P(A, B)"),
        ("Untitled-1", "markdown", "\\[P(A) = P(A, B)\\]"),
        ("Untitled-1", "latex", "% symcausal: A\n$P(A) = P(A, B)$"),
        ("notes", "", "P(A) = P(A, B)"),
        ("a.html", "html", "<p>\\(P(A) = P(A, B)\\)</p>"),
        ("a.qmd", "quarto", "$P(A) = P(A, B)$"),
        ("a.rst", "restructuredtext", "$P(A) = P(A, B)$"),
    ],
)
def test_every_kind_of_file_is_checked(name: str, language: str, text: str) -> None:
    assert check_open_text(text, name, language=language).report.claims


@st.composite
def notebooks(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A notebook with a wrong formula in each of some cells, and these cells."""
    model = f"<!-- symcausal: {GRAPH} -->"
    cells: list[dict[str, object]] = [{"cell_type": "markdown", "source": model}]
    sources = []
    for formula in draw(st.lists(st.sampled_from(WRONG), min_size=1, max_size=3)):
        before = draw(st.sampled_from(["", "So\n", 'ä 😀\r\n\\"\t ', "\u2028\n\n", "\\\\ "]))
        source = f"# Title\n\n{before}${formula}$\n\nand so on"
        lines = source.splitlines(keepends=True)
        listed = lines if draw(st.booleans()) and "\u2028" not in source else source
        other = {"cell_type": "code", "source": "x = 1", "outputs": [{"text": [formula]}]}
        cells += [other] * draw(st.integers(0, 1)) + [{"cell_type": "markdown", "source": listed}]
        sources.append(source)
    whole = {"cells": cells, "nbformat": 4}
    spacing = draw(st.sampled_from([None, 1]))
    text = json.dumps(whole, ensure_ascii=draw(st.booleans()), indent=spacing)
    return draw(st.sampled_from(["", "\ufeff"])) + text, sources


@settings(max_examples=25, deadline=None)
@given(notebooks())
def test_in_a_notebook_marks_stand_where_its_text_has_them(made: tuple[str, list[str]]) -> None:
    text, sources = made
    checked = check_open_text(text, "a.ipynb")
    marks = checked.marks()
    assert len(marks) == len(sources)
    assert [mark.start for mark in marks] == sorted({mark.start for mark in marks})
    for mark in marks:
        assert text[mark.start : mark.end] == "="
        assert mark.message.startswith("cell ")
        told = checked.told(mark.start)
        assert told is not None
        assert told[1] <= mark.start < told[2]
        for mend in checked.mends(mark.start, mark.start):
            again = check_open_text(text[: mend.start] + mend.text + text[mend.end :], "a.ipynb")
            verdicts = [claim.verdict for claim in again.report.claims]
            assert (verdicts.count("holds"), len(verdicts)) == (1, len(sources))
    assert checked.told(0) is None


def test_no_latex_is_put_into_a_text_in_typst() -> None:
    checked = check_open_text("$P(A) = P(A, B)$", "a.typ")
    (mark,) = checked.marks()
    assert list(checked.mends(mark.start, mark.end)) == []


def test_nobody_waits_for_what_is_given_up() -> None:
    asked: list[int] = []

    def given_up() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Superseded):
        check_open_text("\n\n".join(["$P(A) = P(A)$"] * 9), "a.md", given_up=given_up)
    assert len(asked) == 4


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["a.md", "a.tex", "a.html", "a.ipynb", "a.txt"]), st.integers(0, len(NOTES)))
def test_half_a_text_is_no_fault_of_the_server(name: str, cut: int) -> None:
    checked = check_open_text(NOTES[:cut], name, budget=0.1)
    for mark in checked.marks():
        assert 0 <= mark.start <= mark.end <= cut
        assert mark.message
