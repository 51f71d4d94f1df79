"""What is said of sensitivities fits the page, and our own checker misreads none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from symcausal import Model
from symcausal.notes.check import check_files
from symcausal.writing.shown import Shown
from tests.command_line import EXAMPLES
from tests.latex.pages import PAGES, Page
from tests.latex.setting import needs, overfull, set_document

STUDENT = Model.load(str(EXAMPLES / "student.model"))
ENTRY = "P(S=high | I=high)"


def shown() -> dict[str, Shown]:
    """Functions of one entry and of several, short and long."""
    return {
        "one": STUDENT.sensitivity("P(I=high | L=weak, S=high)", ENTRY),
        "a table": STUDENT.sensitivity("P(G | S=high, L=weak)", ENTRY),
        "joint": STUDENT.sensitivity(
            "P(I=high | S=high, L=weak)", [ENTRY, "P(G=A | I=low, D=easy)"]
        ),
    }


@pytest.mark.latex
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name.replace(" ", "-"))
def test_sensitivities_fit_their_page(page: Page, tmp_path: Path) -> None:
    beamer = page.document_class == "beamer"
    if beamer and needs("beamer.cls").args[0]:
        pytest.skip("LaTeX has no beamer")
    bounded = shown()["one"].to_latex(width=page.width, at_least="1/3", below="9/10")
    body = [
        f"\\typeout{{BEGIN one with bounds}}\n{bounded}",
    ]
    body += [
        f"\\typeout{{BEGIN {name}}}\n{one.to_latex(width=page.width)}"
        for name, one in shown().items()
    ]
    lines = [
        rf"\documentclass[{page.options}]{{{page.document_class}}}",
        r"\usepackage{amsmath,amssymb}\allowdisplaybreaks\begin{document}",
        *[r"\begin{frame}[allowframebreaks]"] * beamer,
        *body,
        *[r"\end{frame}"] * beamer,
        r"\end{document}",
    ]
    log, _ = set_document("\n\n".join(lines), tmp_path)
    assert overfull(log) == {}


@pytest.mark.parametrize("width", ["article", "twocolumn", "beamer"])
def test_sensitivities_check(width: str, tmp_path: Path) -> None:
    for name, one in shown().items():
        for shape, ending in (("latex", "tex"), ("markdown", "md")):
            path = tmp_path / f"page.{ending}"
            path.write_text(one.to(shape, width=width), encoding="utf-8")
            (file,) = check_files([str(path)], STUDENT.network).files
            for claim in file.claims:
                wanted = (
                    {"unreadable"} if r"\frac{d}{dt}" in claim.left else {"holds", "definition"}
                )
                assert claim.verdict in wanted, (name, shape, claim.left)
