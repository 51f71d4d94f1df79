"""A document takes what can stand on a page, and refuses the rest when it is handed over."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from symcausal import Document, Model
from symcausal.errors import (
    SymcausalError,
    UnknownStateError,
    UnknownVariableError,
    UnprintableError,
    UsageError,
)
from symcausal.writing.notebook import side_by_side

MODEL = Model.parse("θ: a, b; θ -> L; P(θ) = 1/4, rest; P(L | θ=a) = 1/2, rest; P(L | θ=b) = 0, 1")
QUERY = MODEL.query("P(L)")
EMPTY = Document("")
PRINTERS: list[Callable[[Document], str]] = [
    Document.to_text, Document.to_markdown, Document.to_latex, Document.to_html, Document.to_typst,
]  # fmt: skip

TAKEN: dict[str, Callable[[], Document]] = {
    "an int among words": lambda: EMPTY.paragraph("n: ", 5),
    "a negative fraction": lambda: EMPTY.paragraph(Fraction(-2, 3), " of them"),
    "a number in a display": lambda: EMPTY.maths(QUERY, "=", Fraction(7, 8)),
    "a model": lambda: EMPTY.show(MODEL),
    "a graph": lambda: EMPTY.show(MODEL.network.graph),
    "a graph of networkx": lambda: EMPTY.show(MODEL.graph),
    "a formula": lambda: EMPTY.show(QUERY),
    "a number": lambda: EMPTY.show(MODEL.probability("P(L=0)")),
    "a drawing": lambda: EMPTY.show(MODEL.draw("svg")),
    "a document": lambda: EMPTY.show(Document("y").paragraph("words")),
    "a figure of a model": lambda: EMPTY.figure(MODEL),
    "a figure of networkx": lambda: EMPTY.figure(MODEL.graph),
    "a figure with something set": lambda: EMPTY.figure(MODEL, do={"θ": "a"}),
    "lines": lambda: EMPTY.listing(["a", "b"]),
    "a deep heading": lambda: EMPTY.heading("h", level=6),
}


@pytest.mark.parametrize("printed", PRINTERS)
@pytest.mark.parametrize("made", TAKEN)
def test_what_is_taken_is_printed_in_every_format(
    made: str, printed: Callable[[Document], str]
) -> None:
    assert printed(TAKEN[made]()).strip()


REFUSED: dict[str, tuple[Callable[[], object], type[SymcausalError]]] = {
    "nothing among words": (lambda: EMPTY.paragraph("n: ", None), UnprintableError),  # type: ignore[arg-type]
    "a truth value": (lambda: EMPTY.paragraph(True), UnprintableError),
    "a float": (lambda: EMPTY.maths(0.5), UnprintableError),  # type: ignore[arg-type]
    "an answer among words": (lambda: EMPTY.paragraph(MODEL.derive("P(L)")), UnprintableError),  # type: ignore[arg-type]
    "a list among words": (lambda: EMPTY.paragraph(["a"]), UnprintableError),  # type: ignore[arg-type]
    "nothing shown": (lambda: EMPTY.show(None), UnprintableError),
    "words shown": (lambda: EMPTY.show("words"), UnprintableError),
    "a list shown": (lambda: EMPTY.show([MODEL]), UnprintableError),
    "a figure of words": (lambda: EMPTY.figure("A -> B"), UsageError),
    "a figure of nothing": (lambda: EMPTY.figure(None), UsageError),
    "a variable that is not there": (
        lambda: EMPTY.figure(MODEL.network.graph, do={"Q": 1}), UnknownVariableError,
    ),
    "a state that is not there": (lambda: EMPTY.figure(MODEL, do={"θ": "c"}), UnknownStateError),
    "no lines": (lambda: EMPTY.listing(5), UsageError),  # type: ignore[arg-type]
    "lines of numbers": (lambda: EMPTY.listing([1, 2]), UsageError),  # type: ignore[list-item]
    "a heading too deep": (lambda: EMPTY.heading("h", level=9), UsageError),
    "a heading above all": (lambda: EMPTY.heading("h", level=0), UsageError),
    "a heading of half a level": (lambda: EMPTY.heading("h", level=2.0), UsageError),  # type: ignore[arg-type]
    "a number for a heading": (lambda: EMPTY.heading(5), UsageError),  # type: ignore[arg-type]
    "a number for a title": (lambda: Document(5), UsageError),  # type: ignore[arg-type]
}  # fmt: skip


@pytest.mark.parametrize("made", REFUSED)
def test_what_has_no_page_is_refused_when_it_is_handed_over(made: str) -> None:
    hand_over, error = REFUSED[made]
    with pytest.raises(error) as refused:
        hand_over()
    assert (
        "expected" in str(refused.value)
        or "did you mean" in str(refused.value)
        or refused.value.hint
    )


def test_numbers_are_formulas_among_words() -> None:
    assert EMPTY.paragraph("n: ", 5, ".").to_markdown() == "n: $5$.\n"
    assert EMPTY.paragraph(Fraction(2, 3)).to_text() == "2/3"
    assert EMPTY.paragraph("n: ", "5").to_markdown() == "n: 5\n"  # words stay words


def test_what_has_a_graph_is_shown_as_its_picture() -> None:
    drawn = EMPTY.figure(MODEL.network.graph)
    same = [EMPTY.figure(MODEL), EMPTY.show(MODEL), EMPTY.show(MODEL.draw("dot"))]
    assert all(page.blocks == drawn.blocks for page in same)
    cut = EMPTY.figure(MODEL, do={"L": "1"})
    assert cut.blocks == EMPTY.figure(MODEL.network.graph, do={"L": 1}).blocks != drawn.blocks


def test_a_document_shown_in_another_stands_below_its_title() -> None:
    inner = Document("Inner").paragraph("words")
    assert Document("Outer").show(inner).to_markdown() == "# Outer\n\n## Inner\n\nwords\n"


def test_a_notebook_shows_the_page_of_a_document() -> None:
    page = Document("Title").paragraph("The ", QUERY).figure(MODEL)
    shown = page._repr_mimebundle_()
    assert shown["text/markdown"] == page.to_markdown()
    assert "<h1>Title</h1>" in shown["text/html"]
    assert "<svg" in shown["text/html"]
    assert "<math" in shown["text/html"]
    assert repr(page) == "<Document: Title, 2 blocks>"
    assert repr(Document("").paragraph("a")) == "<Document: 1 block>"
    assert len(repr(Document("x" * 1000))) < 200
    assert "<h1>Title</h1>" in side_by_side(page, MODEL)._repr_html_()
