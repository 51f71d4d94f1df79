"""Lines as they are typed fit the page too, whole where they can be and broken where not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symcausal import Document, Model
from symcausal.notes.check import check_files
from symcausal.writing.page_width import ems_of
from symcausal.writing.style import Style
from tests.latex.pages import PAGES, Page
from tests.latex.setting import needs, overfull, set_document

SHORT = "X: yes, no\nX -> Y"
LONG = """TuberculosisOrCancer "whether a patient has one of two": absent, in_the_left_lung, both, unknown
X: clear, shadow
TuberculosisOrCancer -> X
P(TuberculosisOrCancer) = 0.4, 0.3, 0.2, 0.1
P(X | TuberculosisOrCancer=absent) = 98765432109876543210987654321/100000000000000000000000000000, rest
P(X | TuberculosisOrCancer=in_the_left_lung) = 0.5, 0.5
P(X | TuberculosisOrCancer=both) = 0.5, 0.5
P(X | TuberculosisOrCancer=unknown) = 0.25, 0.75"""
CODE = "    for each in range(3):   print(each)\n\n" + "x" * 200 + "\n# " + "-<{~^\\_%$#&|}>" * 12
QUOTED = "\\begin{verbatim}\nwords\n\\end{verbatim}"


def page_for(width: str) -> Document:
    """An empty page of this width."""
    return Document("", style=Style(width=ems_of(width)))


def listed(width: str) -> str:
    """The lines as LaTeX of this width."""
    page = page_for(width).listing(LONG, "symcausal").listing(SHORT).listing(CODE)
    return page.listing(QUOTED).to_latex()


@pytest.mark.latex
@pytest.mark.parametrize("encoding", ["OT1", "T1"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name.replace(" ", "-"))
def test_no_line_sticks_out_and_no_letter_is_lost(
    page: Page, encoding: str, tmp_path: Path
) -> None:
    beamer = page.document_class == "beamer"
    if beamer and needs("beamer.cls").args[0]:
        pytest.skip("LaTeX has no beamer")
    body = listed(page.width)
    lines = [
        rf"\documentclass[{page.options}]{{{page.document_class}}}",
        rf"\usepackage[{encoding}]{{fontenc}}\usepackage{{amsmath}}",
        r"\begin{document}",
        *[r"\begin{frame}[allowframebreaks,fragile]"] * beamer,
        body,
        *[r"\end{frame}"] * beamer,
        r"\end{document}",
    ]
    log, words = set_document("\n".join(lines), tmp_path)
    assert overfull(log) == {}
    if words and page.width != "twocolumn":  # its columns are read side by side
        shown = re.sub(r"\s", "", words)
        for line in LONG.splitlines():
            assert re.sub(r"[\s\"]", "", line) in re.sub(r"[\"”]", "", shown), line
        assert "x" * 200 in shown


def test_what_fits_stands_as_it_is() -> None:
    written = Document("").listing(SHORT).to_latex()
    assert written == f"\\begin{{verbatim}}\n{SHORT}\n\\end{{verbatim}}"
    assert page_for("none").listing(CODE).to_latex().count("verbatim") == 2


@pytest.mark.parametrize("width", ["article", "twocolumn", "beamer", "none"])
def test_a_broken_model_is_read(width: str, tmp_path: Path) -> None:
    model = Model.parse(LONG)
    value = model.probability("P(X=clear)")
    page = page_for(width).listing(LONG, "symcausal")
    document = page.maths(model.query("P(X=clear)"), "=", value)
    (tmp_path / "page.tex").write_text(document.to_latex(), encoding="utf-8")
    (file,) = check_files([str(tmp_path / "page.tex")]).files
    assert [str(claim.verdict) for claim in file.claims] == ["holds"]
    assert file.problems == ()


def test_lines_that_are_broken_are_no_claims(tmp_path: Path) -> None:
    lines = f"X -> Y\nand besides, of the words {'that go on ' * 9} $P(X) = 2$"
    (tmp_path / "page.tex").write_text(Document("").listing(lines).to_latex(), encoding="utf-8")
    (file,) = check_files([str(tmp_path / "page.tex")]).files
    assert list(file.claims) == []
