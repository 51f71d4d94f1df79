"""What speaks of another model says so to the checker, which then judges the rest of the page."""

import re

import pytest

from symcausal import Model, check_file
from symcausal.writing.blocks import Aside, Paragraph
from symcausal.writing.document import Document

NUMBERS = Model.parse("""
C -> A; C -> B; A -> B
P(C) = 1/3, rest
P(A | C=0) = 1/5, rest;  P(A | C=1) = 1/7, rest
P(B | A=0, C=0) = 1/9, rest;  P(B | A=0, C=1) = 2/9, rest
P(B | A=1, C=0) = 4/9, rest;  P(B | A=1, C=1) = 5/9, rest
""")
ORDER = re.compile(r".*symcausal: (?:off|on)[^\n]*\n?")
ENDINGS = {"markdown": ".md", "latex": ".tex", "html": ".html"}


@pytest.mark.parametrize("shape", ENDINGS)
def test_a_counterexample_is_no_claim_about_the_model_of_the_page(shape, tmp_path):
    page = NUMBERS.compare("P(B=1 | do(A=1))", "P(B=1 | A=1)").to(shape)
    assert len(ORDER.findall(page)) == 2
    verdicts = []
    for number, text in enumerate((page, ORDER.sub("", page))):
        path = tmp_path / f"{number}{ENDINGS[shape]}"
        path.write_text(text, encoding="utf-8")
        report = check_file(path, NUMBERS)
        verdicts.append(report.failed())
        assert report.summary["holds"] > 3
    assert verdicts == [False, True]  # the second would be judged by the numbers of this model


@pytest.mark.parametrize("shape", ["text", "typst"])
def test_where_nobody_checks_there_is_no_order(shape):
    page = NUMBERS.compare("P(B=1 | do(A=1))", "P(B=1 | A=1)").to(shape)
    assert "uniform" in page
    assert "symcausal:" not in page


def test_an_aside_reads_as_its_blocks():
    inside = Paragraph(("words",))
    aside, plain = (Document("", (block,)) for block in (Aside((inside, inside)), inside))
    assert aside.to_text() == f"{plain.to_text()}\n\n{plain.to_text()}"
