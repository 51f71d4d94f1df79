import json

import pytest

from symcausal.errors import LimitError, ParseError
from symcausal.notes.check import check_document
from symcausal.notes.files.items import Formula
from symcausal.notes.files.reading import read_document


def notebook(*cells: tuple[str, object]) -> str:
    return json.dumps({"cells": [{"cell_type": k, "source": s} for k, s in cells], "nbformat": 4})


def test_places_are_cell_line_and_column():
    text = notebook(
        ("markdown", ["Let\n", "so $P(a)$\n"]),
        ("code", "x = '$P(no)$'"),
        ("markdown", "$$\nP(b)\n$$"),
        ("raw", "$no$"),
    )
    document = read_document(text, "week1.ipynb")
    found = [i for i in document.items if isinstance(i, Formula)]
    assert [(i.text, str(i.position)) for i in found] == [
        ("P(a)", "week1.ipynb:cell 1:2:5"),
        ("P(b)", "week1.ipynb:cell 3:2:1"),
    ]
    assert [part.cell for part in document.parts] == [1, 3]
    assert found[1].span.where == "week1.ipynb:cell 3:2:1"


def test_macros_and_models_go_on_into_the_next_cell():
    text = notebook(("markdown", "$\\newcommand{\\p}{P}$"), ("markdown", "$\\p(a)$"))
    (formula,) = read_document(text, "a.ipynb").items
    assert isinstance(formula, Formula)
    assert formula.expanded().text == "P(a)"


def test_old_notebooks_keep_cells_in_worksheets():
    text = json.dumps({"worksheets": [{"cells": [{"cell_type": "markdown", "source": "$a$"}]}]})
    assert [i.text for i in read_document(text, "a.ipynb").items] == ["a"]


def test_half_a_surrogate_can_be_printed():
    text = '{"cells": [{"cell_type": "markdown", "source": "\\ud800 $a$"}]}'
    "".join(i.text for i in read_document(text, "a.ipynb").items).encode()


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"cells": [\n  {,}\n]}', 2, 4),
        ("", 1, 1),
        ("{}", 1, 1),
        ("[]", 1, 1),
        ('{"cells": 3}', 1, 1),
    ],
)
def test_refuses_what_is_no_notebook(text, line, column):
    with pytest.raises(ParseError) as caught:
        read_document(text, "a.ipynb")
    span = caught.value.span
    assert span is not None
    assert (span.line, span.column) == (line, column)


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 200_000])
def test_refuses_what_is_nested_too_deep(text):
    with pytest.raises(LimitError):
        read_document(text, "a.ipynb")


@pytest.mark.parametrize(
    "cells",
    ['[3, null, "x", {}]', '[{"cell_type": "markdown"}]', '[{"cell_type": "markdown", "source": 3}]',
     '[{"cell_type": "markdown", "source": [3, "a"]}]', "[1e999999, " + "9" * 5000 + "]"],
)  # fmt: skip
def test_passes_over_cells_of_another_shape(cells):
    document = read_document(f'{{"cells": {cells}}}', "a.ipynb")
    assert not [i for i in document.items if isinstance(i, Formula)]


def test_a_claim_of_a_chain_over_two_cells_stands_where_it_begins():
    cells = [("markdown", "So\n$P(A)$"), ("markdown", "a\n\n$= P(A, B) = P(A)$")]
    report = check_document(read_document(notebook(*cells), "a.ipynb"))
    assert [(claim.cell, claim.line) for claim in report.claims] == [(1, 2), (2, 3)]
