"""What a report says of figures that were not read: once, and only where a graph in them may help."""

from __future__ import annotations

import json

import pytest

from symcausal.notes.check import check_document
from symcausal.notes.files.reading import read_document
from symcausal.notes.reporting.report import Report

OPEN = "$P(C\\mid A,B)=P(C\\mid B)$"
FIGURES = [
    "![the graph](graph.png)",
    "![](graph.svg)",
    "![[graph.png]]",
    '<img src="graph.png">',
    "```{figure} graph.png\n```",
]


def remarks(text: str, path: str = "notes.md") -> tuple[str, ...]:
    """What a report remarks on a text."""
    return check_document(read_document(text, path)).remarks


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_beside_an_undecided_claim(figure: str) -> None:
    (remark,) = remarks(f"Words.\n\n{figure}\n\n{OPEN}")
    assert remark.startswith("notes.md:3:1: a figure is not read")
    assert "the undecided claim" in remark


def test_figures_are_told_once() -> None:
    (remark,) = remarks(f"{FIGURES[0]}\n\n{OPEN} and {OPEN}\n\n{FIGURES[3]}")
    assert remark.startswith("notes.md:1:1: this and 1 more figures are not read")
    assert "the 2 undecided claims" in remark


def test_a_figure_in_latex() -> None:
    (remark,) = remarks(f"Words.\n\\includegraphics[width=1cm]{{graph}}\n{OPEN}", "notes.tex")
    assert remark.startswith("notes.tex:2:1: ")
    assert "% symcausal: X -> Y" in remark


SILENT = [
    f"Words.\n\n{OPEN}",
    f"{FIGURES[0]}\n\n$P(A,B)=P(A)P(B\\mid A)$",
    f"<!-- symcausal: A -> B -> C -->\n\n{FIGURES[0]}\n\n{OPEN}",
    f"The DAG is $A \\to B \\to C$.\n\n{FIGURES[0]}\n\n{OPEN}",
    f"[a link](graph.png)\n\n{OPEN}",
]


@pytest.mark.parametrize("text", SILENT)
def test_where_a_figure_would_not_help(text: str) -> None:
    assert remarks(text) == ()


def test_a_remark_is_no_finding() -> None:
    file = check_document(read_document(f"{FIGURES[0]}\n\n{OPEN}", "notes.md"))
    report = Report((file,))
    (remark,) = file.remarks
    assert report.to_text().splitlines()[-2:] == [remark, report.headline]
    assert json.loads(report.to_json())["files"][0]["remarks"] == [remark]
    assert file.problems == ()
    assert remark not in report.to_lines()
