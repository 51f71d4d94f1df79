"""What a suggestion replaces: with it in its place, the claim holds."""

from __future__ import annotations

import pytest

from symcausal.notes.check import check_document
from symcausal.notes.files.reading import read_document
from symcausal.notes.reporting.claim import FileReport

GRAPH = "I -> G <- D; I -> S; G -> L"
WRONG = (
    r"P(S \mid do(G)) = P(S \mid G)",
    r"P(L, G) = P(L \mid G)",
    r"P(L) = \sum_{G} P(L \mid G) P(G \mid I)",
    r"P(G \mid I, D) P(I) = P(G, I, D)",
    r"P[I, S] = P[I] P[S]",
)
# Each puts a formula where formulas stand.
PLACES = {
    "inline.md": "<!-- symcausal: {graph} -->\n\n😀 So ${formula}$, they say.\n",
    "display.md": "<!-- symcausal: {graph} -->\n\n$$\n{formula}\n$$\n",
    "quoted.md": "> <!-- symcausal: {graph} -->\n>\n> As ${formula}$.\n",
    "aligned.md": (
        "<!-- symcausal: {graph} -->\n\n$$\\begin{{aligned}}\n{aligned} \\\\\n\\end{{aligned}}$$\n"
    ),
    "notes.tex": "% symcausal: {graph}\n\\begin{{align}}\n{aligned} \\label{{e}}\n\\end{{align}}\n",
    "page.html": "<!-- symcausal: {graph} --><p>&Uuml;ber \\({formula}\\) <b>so</b></p>\n",
    "windows.md": "<!-- symcausal: {graph} -->\r\n\r\nSo ${formula}$,\r\nthey say.\r\n",
}


def checked(text: str, path: str) -> FileReport:
    return check_document(read_document(text, path))


def written(path: str, formula: str) -> str:
    aligned = formula.replace(" = ", " &= ")
    return PLACES[path].format(graph=GRAPH, formula=formula, aligned=aligned)


@pytest.mark.parametrize("formula", WRONG)
@pytest.mark.parametrize("path", PLACES)
def test_with_the_edit_the_claim_holds(path: str, formula: str) -> None:
    text = written(path, formula)
    (claim,) = checked(text, path).claims
    assert claim.verdict == "fails"
    assert claim.proposed
    assert claim.sign is not None
    assert text[claim.sign.start : claim.sign.end] == "="
    for suggestion in claim.proposed:
        span = suggestion.span
        assert span is not None
        assert text[span.start : span.end] in formula.split(" = ")
        mended = text[: span.start] + suggestion.text + text[span.end :]
        (again,) = checked(mended, path).claims
        assert again.verdict == "holds", mended


@pytest.mark.parametrize(
    "text",
    [
        "\\newcommand{\\lg}{L \\mid G}\n\\(P(L) = P(\\lg)\\)",
        "\\(P(L) = P(L \\label{here} \\mid G)\\)",
        "\\(P(L) = P(L \\mid % for each\n G)\\)",
    ],
)
def test_nothing_is_replaced_where_other_characters_stand(text: str) -> None:
    """The place of the side holds a macro, a label or a comment."""
    (claim,) = checked(f"% symcausal: {GRAPH}\n{text}\n", "notes.tex").claims
    spans = [s.span for s in claim.proposed if s.text == s.shown]  # of the right side
    assert spans
    assert spans == [None] * len(spans)
