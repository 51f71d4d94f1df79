"""Comments between which a command writes: edges of gaps where they stand alone, else what they were."""

import pytest

from symcausal import check
from symcausal.notes.files.directives import FILLING
from symcausal.notes.files.items import Directive, ModelBlock
from symcausal.notes.files.reading import read_document

EDGES = {
    "notes.md": "So\n<!-- symcausal: derive P(L) --detail full -->\n$P(L)$\n<!-- symcausal: end -->\n",
    "quoted.md": "> so\n> <!-- symcausal: draw -->\n> <!-- symcausal: end -->\n",
    "notes.tex": "So\n  % symcausal: table P(L | G)\n% words\n$P(L)$\n% symcausal: end\n% more words",
    "notes.txt": "# symcausal: compare P(L) P(G)\nP(L) = 1\n# symcausal: end\n",
    "page.html": "<p>So</p>\n<!-- symcausal: draw -->\n<!-- symcausal: end -->\n",
}
MODELS = [
    "<!-- symcausal: table -> draw -->",
    "<!-- symcausal: derive: 2; derive -> L -->",
    '<!-- symcausal: draw "the picture": 2 -->',
    "<!-- symcausal:\nX -> table -->",
    "<!-- symcausal notes: X -> Y -->",
]


@pytest.mark.parametrize("name", EDGES)
def test_edges_of_a_gap_are_found(name):
    document = read_document(EDGES[name], name)
    assert document.problems == ()
    assert [i.kind for i in document.items if isinstance(i, Directive)] == ["fill", "end"]
    assert [i for i in document.items if isinstance(i, ModelBlock)] == []


@pytest.mark.parametrize("text", MODELS)
def test_an_arrow_or_a_colon_makes_a_model(text):
    (item,) = read_document(text, "notes.md").items
    assert isinstance(item, ModelBlock)


@pytest.mark.parametrize("words", ["end", "draw", "derive P(L)", "table P(L | G)"])
@pytest.mark.parametrize(
    ("name", "around"),
    [
        ("notes.md", "so <!-- symcausal: {} --> or"),
        ("notes.md", "<!-- symcausal: {} --> or"),
        ("notes.md", "- <!-- symcausal: {} -->"),
        ("notes.tex", "so % symcausal: {}\n% A -> B"),
    ],
)
def test_an_edge_among_words_is_an_error(words, name, around):
    document = read_document(around.format(words), name)
    (problem,) = document.problems
    assert "not alone in its line" in problem.found
    assert problem.span is not None
    assert [i for i in document.items if isinstance(i, Directive | ModelBlock)] == []


@pytest.mark.parametrize(
    "text", [*MODELS, "<!-- symcausal:\ntable\nL -->", "<!-- symcausal: off -->"]
)
def test_models_and_orders_may_stand_among_words(text):
    document = read_document(f"so {text} or", "notes.md")
    assert document.problems == ()
    assert [i for i in document.items if isinstance(i, Directive | ModelBlock)] != []


def test_an_edge_of_two_lines_is_none():
    assert read_document("<!-- symcausal: end\n-->", "notes.md").problems != ()


@pytest.mark.parametrize("command", FILLING)
def test_what_stands_in_a_gap_is_judged_in_the_model_before_it(command):
    edge = f"<!-- symcausal: {command} P(B | do(A)) -->"
    notes = f"<!-- symcausal: A -> B -->\n{edge}\n$P(B | do(A)) = P(B | A)$ and $P(B | A) = P(B)$\n"
    report = check(notes)
    assert [claim.verdict for claim in report.claims] == ["holds", "fails"]
    assert report.problems == ()
