"""What is printed fits the page that it is printed for, and no reason is lost."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from symcausal.answer.derivation import Derivation
from symcausal.answer.evaluation import Evaluation
from symcausal.notes.check import check_files
from symcausal.writing.reasons import reason
from tests.latex.pages import PAGES, Page, answers
from tests.latex.setting import needs, overfull, set_document

# What has no place for a cut in a column of 19 ems: TuberculosisOrCancer has 10.6, so that it takes
# more than the line beside a sum over itself, or in the graph below a separation.
TOO_LONG_FOR_A_COLUMN = {
    f"asia, long names: {name}"
    for name in ("hedge", "tables", "derive fully", "derive P(T | X, D)")
}


def printed(page: Page) -> dict[str, str]:
    """All answers in LaTeX for a page."""
    found: dict[str, str] = {}
    for name, shown in answers().items():
        if page.width == "twocolumn" and name in TOO_LONG_FOR_A_COLUMN:
            continue
        found[name] = displayed(shown.to_latex(width=page.width))
        if isinstance(shown, Evaluation) and shown.is_numeric:
            written = shown.to("latex-numbers", width=page.width)
            found[f"{name} in one calculation"] = displayed(written)
    return found


def displayed(written: str) -> str:
    """A formula as a display; what stands in one is as it is."""
    return written if r"\begin" in written or "$" in written else rf"\[{written}\]"


def document(page: Page) -> str:
    """Everything on pages of one kind; each output is announced in the log."""
    lines = [
        rf"\documentclass[{page.options}]{{{page.document_class}}}",
        r"\usepackage{amsmath,amssymb,booktabs,tikz}",
        r"\usetikzlibrary{arrows.meta,shapes.geometric}\allowdisplaybreaks",
        r"\begin{document}",
    ]
    for name, written in printed(page).items():
        frame = page.document_class == "beamer"
        lines += [r"\begin{frame}[allowframebreaks]"] * frame
        lines += [rf"\typeout{{BEGIN {name.replace('_', ' ')}}}", written, r"\par"]
        lines += [r"\end{frame}"] * frame
    return "\n".join([*lines, r"\end{document}"])


@pytest.mark.latex
@needs("tikz.sty")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name.replace(" ", "-"))
def test_everything_fits_its_page(page: Page, tmp_path: Path) -> None:
    if page.document_class == "beamer" and needs("beamer.cls").args[0]:
        pytest.skip("LaTeX has no beamer")
    log, words = set_document(document(page), tmp_path)
    assert overfull(log) == {}
    if words:
        missing = [why for why in reasons() if squeezed(why) not in squeezed(words)]
        assert missing == []


def reasons() -> set[str]:
    """The words of all reasons of the derivations."""
    return {
        piece.strip(" :;,")
        for shown in answers().values()
        if isinstance(shown, Derivation)
        for step in shown.steps
        for piece in reason(step, shown.style)
        if isinstance(piece, str) and piece.strip(" :;,")
    }


def squeezed(words: str) -> str:
    """Words without spaces and ends of lines, which a page sets as it likes; a quote is a quote."""
    plain = unicodedata.normalize("NFKC", words).replace("\u2019", "'")
    return re.sub(r"[\s-]", "", plain)


@pytest.mark.parametrize("width", ["article", "twocolumn"])
@pytest.mark.parametrize("shape", ["latex", "markdown"])
def test_what_is_broken_still_reads_as_the_same_steps(
    shape: str, width: str, tmp_path: Path
) -> None:
    for name, shown in answers().items():
        if isinstance(shown, Derivation) and "alarm" in name and "full" not in name:
            if ":=" in shown.to(shape, width=width):
                continue  # a name without arguments is a constant for `check`; these depend on values
            verdicts = claims(shown, shape, width, tmp_path)
            assert set(verdicts) == {"holds"}, (name, verdicts)
            assert len(verdicts) >= len(shown.steps)


def claims(shown: Derivation, shape: str, width: str, folder: Path) -> list[str]:
    """The verdicts of ``check`` on an answer in notes about its model, but for definitions."""
    edges = "; ".join(f"{a} -> {b}" for a, b in shown.network.graph.directed)
    written = shown.to(shape, width=width)
    text = (
        f"% symcausal:\n% {edges}\n\n{written}\n"
        if shape == "latex"
        else f"```symcausal\n{edges}\n```\n\n{written}\n"
    )
    path = folder / ("notes.tex" if shape == "latex" else "notes.md")
    path.write_text(text, encoding="utf-8")
    report = check_files([str(path)])
    found = [claim.verdict for file in report.files for claim in file.claims]
    return [str(v) for v in found if str(v) != "definition"]
