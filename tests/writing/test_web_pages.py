"""What a web page of ours holds: every formula and reason, and colours that can be read."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Model, check_file
from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import Expr
from symcausal.notes.check import check_text
from symcausal.notes.reporting.report_page import COLOURS
from symcausal.writing.breaking import ems
from symcausal.writing.flowing import WHOLE, flowing
from symcausal.writing.grid import Grid, Share
from symcausal.writing.html_style import DARK, FRAGMENT, LIGHT, PAGE
from symcausal.writing.latex import render as latex_of
from symcausal.writing.layout import layout
from symcausal.writing.mathml import render
from symcausal.writing.notations import PRESETS
from symcausal.writing.picture import PATH_MARKS
from symcausal.writing.style import Style
from symcausal.writing.table_html import grid_html
from symcausal.writing.tables import grid_text
from tests.command_line import EXAMPLES
from tests.latex.pages import answers
from tests.writing.print_strategies import ORDER, formulas

LEAST_CONTRAST = 4.5  # of words, by the Web Content Accessibility Guidelines 2.2, 1.4.3
LEAST_OF_LINES = 3.0  # of what is drawn, by 1.4.11


def luminance(colour: str) -> float:
    """Relative luminance, as the guidelines define it."""
    parts = [int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("behind", [LIGHT["paper"], DARK["paper"], "#f5f5f5", "#111111", "#212121"])
def test_a_verdict_is_seen_on_light_and_dark_and_in_the_rows_of_jupyterlab(behind: str) -> None:
    report = check_text("```symcausal\nA -> B\n```\n\n$P(A) = P(A)$, $P(A) = P(B)$")
    page = report._repr_mimebundle_()["text/html"]
    lines = re.findall(r'<b style="border-bottom:0.15em solid (#\w+)">(\w+)</b>', page)
    assert {verdict for _, verdict in lines} == {"holds", "fails"}
    assert not re.search(r"(?<!-)color:#", page)  # words have that of the page
    assert all(contrast(colour, behind) >= LEAST_OF_LINES for colour in COLOURS.values())


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read(scheme: dict[str, str]) -> None:
    for ink, paper in product(("ink", "soft"), ("paper", "tint")):
        assert contrast(scheme[ink], scheme[paper]) >= LEAST_CONTRAST, (ink, paper)
    for mark in PATH_MARKS:
        assert contrast(mark.colour, scheme["paper"]) >= LEAST_OF_LINES


def test_all_colours_are_those_of_the_two_schemes() -> None:
    assert set(re.findall(r"#[0-9a-f]{6}\b", PAGE + FRAGMENT)) == {*LIGHT.values(), *DARK.values()}
    assert "opacity" not in PAGE + FRAGMENT
    assert "overflow-x" not in PAGE + FRAGMENT


def words(fragment: str) -> tuple[str, list[str]]:
    """The words of a fragment as they are shown, and its LaTeX, which is not."""
    root = ElementTree.fromstring(f"<div>{fragment}</div>")
    notes = [one for one in root.iter() if one.tag.endswith("annotation")]
    sources = ["".join(note.itertext()) for note in notes]
    for note in notes:
        note.text = ""
    return "".join(root.itertext()), sources


@given(formula=formulas(), preset=st.sampled_from(sorted(PRESETS)), whole=st.floats(3, 40))
def test_pieces_say_what_the_whole_says(formula: Expr, preset: str, whole: float) -> None:
    box = layout(formula, Style.of(preset, ORDER))
    assert words(flowing(box, whole=whole)) == (words(render(box))[0], [latex_of(box)])


def test_no_piece_is_wider_than_a_small_screen() -> None:
    page = answers()["student: derive P(I, D | L=weak, S) fully"].to_html()
    assert page.count('class="symcausal-piece"') > 20
    assert 'class="ratio"' in page
    formula = layout(Model("A -> B -> C -> D").query("P(D | A, B, C) P(C | A, B) P(A, B)"), Style())
    assert ems(formula) > WHOLE
    assert flowing(formula).count("<math") > 1


@pytest.mark.parametrize(
    "name", ["student: compare", "alarm, long names: derive P(B | J=1, M=1) full"]
)
def test_a_page_needs_nothing_from_elsewhere(name: str) -> None:
    page = answers()[name].to_html()
    assert "<script" not in page
    known = ("http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2000/svg")
    for address in known:
        page = page.replace(address, "")
    assert not re.search(r"http|url\((?!#)|@import|<link|src=", page)


def test_what_stands_in_pieces_is_checked_as_a_whole(tmp_path: Path) -> None:
    shown = answers()["student: derive P(I, D | L=weak, S) fully"]
    path = tmp_path / "page.html"
    path.write_text(shown.to_html(), encoding="utf-8")
    report = check_file(path, Model.load(str(EXAMPLES / "student.model")))
    assert report.summary["holds"] >= len(shown.steps)
    assert {claim.verdict for claim in report.claims} == {"holds"}
    assert [file.problems for file in report.files] == [()]


def test_no_line_begins_with_a_comma_behind_a_formula() -> None:
    page = answers()["student: compare"].to_html() + answers()["asia, long names: hedge"].to_html()
    assert page.count('class="kept"') > 5
    assert not re.search(
        r"</math>(</span>)*[,.;:)\]]", re.sub(r"</math>[,.;:)\]]</span>", "", page)
    )


def test_numbers_from_0_to_1_have_bars_and_fractions_their_decimals() -> None:
    third = Number(Fraction(1, 3))
    cells = (third, Number(Fraction(-1, 3)), Number(Fraction(3, 2)), Share("half", Fraction(1, 2)))
    table = ElementTree.fromstring(grid_html(Grid(("a", "b", "c", "d"), (cells,))))
    found = [(cell.get("style"), cell.text) for cell in table.iter("td")]
    assert found == [
        ("--share: 0.3333", "1/3 = 0.333333..."),
        (None, "-1/3 = -0.333333..."),
        (None, "1.5"),
        ("--share: 0.5", "half"),
    ]
    assert "half" in grid_text(Grid(("d",), (cells[3:],)))
