"""Pages about queries, and documents of one's own, in every format and in files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from symcausal import Document, Model, check_file
from symcausal.cli.main import main
from symcausal.errors import UsageError
from symcausal.sheets.report import report
from symcausal.writing import pdf
from symcausal.writing.saving import ENDINGS
from tests.command_line import EXAMPLES
from tests.typst_pages import NEEDS_TYPST

STUDENT = Model.load(EXAMPLES / "student.model")
QUERIES = ["P(L | do(G=A))", "P(S=high | do(G=A))", "P(I | L)"]
PAGES = {
    "numbers": report(STUDENT, QUERIES),
    "letters": report(
        Model("Z -> X -> Y; Z -> Y"), ["P(Y | do(X))", "P(Y | do(X=1)) - P(Y | X=1)"]
    ),
    "front door": report(Model("X -> Z -> Y; X <-> Y"), ["P(Y | do(X))"]),
    "not identifiable": report(Model("X -> Y; X <-> Y"), ["P(Y | do(X))"]),
}
READ_BY_CHECK = [".md", ".tex", ".html", ".ipynb"]


@pytest.mark.parametrize("ending", READ_BY_CHECK)
@pytest.mark.parametrize("name", PAGES)
def test_every_claim_of_a_page_holds(name, ending, tmp_path):
    path = tmp_path / f"page{ending}"
    PAGES[name].save(path)
    report = check_file(path)
    assert report.summary["holds"] > 1
    assert (report.summary["fails"], report.problems) == (0, ())
    assert not report.failed(strict=True)


def test_a_page_tells_why_doing_is_not_seeing():
    text = PAGES["numbers"].to_markdown()
    _, letter, score, posterior = text.split("\n## ")[1:]
    assert "### Why doing is seeing here" in letter
    assert "### Why doing is not seeing" in score
    assert "`G <- I -> S`" in score
    assert "29/40" not in score  # P(S=high | do(G=A)) is P(S=high): 0.7 * 0.05 + 0.3 * 0.8
    assert r"\frac{11}{40} = 0.275" in score
    assert "seeing" not in posterior


def test_what_is_not_identifiable_is_told():
    assert "hedge" in PAGES["not identifiable"].to_text()


def test_what_cannot_happen_is_told():
    page = report(Model.parse("A -> B; P(A) = 1, 0; P(B | A=0) = 1/2, rest; P(B | A=1) = 1/2, rest"),
                  ["P(B | A=1)"])  # fmt: skip
    assert "It has no value in this model" in page.to_text()


@NEEDS_TYPST
@pytest.mark.parametrize("name", PAGES)
def test_typst_makes_a_pdf(name, tmp_path):
    PAGES[name].save(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.latex
@pytest.mark.parametrize("name", PAGES)
def test_pdflatex_makes_a_pdf(name, monkeypatch):
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    assert pdf.document_pdf(PAGES[name]).startswith(b"%PDF")


def test_what_a_pdf_needs_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UsageError, match="nothing here makes a PDF") as refused:
        PAGES["letters"].save(tmp_path / "page.pdf")
    assert "pip install 'symcausal[pdf]'" in str(refused.value)
    assert [*tmp_path.iterdir()] == []


def test_a_name_without_a_format_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        main(["report", "A -> B", "P(B)", "-o", str(tmp_path / "page.doc")])
    assert end.value.code == 2
    assert ".md, .tex, .html, .pdf, .typ, .ipynb" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("ending", [ending for ending in ENDINGS if ending != ".pdf"])
def test_the_command_writes_what_the_function_makes(ending, tmp_path, capsys):
    path = tmp_path / f"page{ending}"
    main(["report", str(EXAMPLES / "student.model"), *QUERIES, "-o", str(path)])
    assert path.read_bytes() == bytes_of(PAGES["numbers"], ending)
    assert capsys.readouterr() == ("", "")


def bytes_of(page: Document, ending: str) -> bytes:
    """A page as a file."""
    made = ENDINGS[ending](page)
    return made.encode() if isinstance(made, str) else made


# -- documents of one's own -----------------------------------------------------------------------
def test_a_document_is_made_block_by_block(tmp_path: Path) -> None:
    empty = Document("Grades")
    page = (
        empty.heading("One")
        .paragraph("With ", STUDENT.query("P(L | G)"), " known:")
        .maths(STUDENT.query("P(L)"), "=", STUDENT.query("P(L | G) P(G)"))
        .show(STUDENT.derive("P(L | do(G))"))
        .figure(STUDENT.network.graph, do={"G": "A"})
        .listing("I -> S", "symcausal")
    )
    assert empty.blocks == ()
    text = page.to_markdown()
    assert text.startswith("# Grades\n\n## One\n\nWith $P[L \\mid G]$ known:\n\n$$\nP[L] = ")
    assert "- `I -> S`\n- `G -> L`\n- `D`" in text  # the arrows into G are cut
    assert text.endswith("```symcausal\nI -> S\n```\n")
    page.save(tmp_path / "page.ipynb")
    cells = json.loads((tmp_path / "page.ipynb").read_text(encoding="utf-8"))["cells"]
    assert [cell["source"][0] for cell in cells] == ["# Grades", "## One\n"]


def test_the_first_answer_says_how_formulas_are_written():
    pearl = Model.parse("A -> B; notation pearl")
    assert Document("").show(pearl.derive("P(B)")).style.notation == pearl.notation
