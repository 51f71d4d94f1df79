"""Curves: their marks are round, and their points stand where the numbers say."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Document, Model
from symcausal.answer.sensitivity_curve import plot_of
from symcausal.writing.plots import Plot, plot_svg, plot_tikz, ticks
from tests.command_line import EXAMPLES

STUDENT = Model.load(str(EXAMPLES / "student.model"))
FOUND = STUDENT.sensitivity("P(I=high | S=high)", "P(S=high | I=low)")
SVG = "{http://www.w3.org/2000/svg}"

numbers = st.floats(-1000, 1000).map(lambda number: round(number, 6))


@given(one=numbers, other=numbers)
def test_marks_are_few_round_and_around_everything(one: float, other: float) -> None:
    low, high = sorted((one, other))
    marks = ticks(low, high)
    assert marks[0] <= low + 1e-6
    assert marks[-1] >= high - 1e-6
    assert 2 <= len(marks) <= 9
    step = marks[1] - marks[0]
    digits = f"{step:.6e}".partition("e")[0].rstrip("0").rstrip(".")
    assert digits in ("1", "2", "2.5", "5")


def places(drawn: str, name: str) -> list[tuple[float, float]]:
    """The points of a path."""
    (path,) = (one for one in ElementTree.fromstring(drawn) if one.get("class") == name)
    pairs = re.findall(r"[ML](\S+) ([\d.]+)", path.get("d", ""))
    return [(float(x), float(y)) for x, y in pairs]


def test_a_curve_goes_through_its_values() -> None:
    plot = plot_of(FOUND, {})
    for across, up in plot.stretches[0]:
        assert up == pytest.approx(float(FOUND(Fraction(across))))
    assert plot.marked == (0.05, pytest.approx(48 / 55))
    drawn = places(plot_svg(plot), "curve")
    assert len(drawn) == len(plot.stretches[0])
    # the curve falls, and the axis of a browser points down
    assert [x for x, _ in drawn] == sorted(x for x, _ in drawn)
    assert [y for _, y in drawn] == sorted(y for _, y in drawn)


def test_a_line_is_drawn_from_corner_to_corner() -> None:
    drawn = plot_svg(Plot("t", "P(X)", 0, 1, (((0.0, 0.0), (1.0, 1.0)),)))
    (left, low), (right, high) = places(drawn, "curve")
    (frame,) = re.findall(r'd="M([\d.]+) ([\d.]+)V([\d.]+)H([\d.]+)"', drawn)
    assert (left, high, low, right) == tuple(map(float, frame))


def test_what_is_not_defined_is_a_gap_and_bounds_are_marked() -> None:
    plot = Plot("t", "P", 0, 1, (((0.0, 0.2), (0.4, 0.3)), ((0.6, 0.4), (1.0, 0.5))), bounds=(0.3,))
    root = ElementTree.fromstring(plot_svg(plot))
    assert sum(one.get("class") == "curve" for one in root) == 2
    assert sum(one.get("class") == "bound" for one in root) == 1
    asked = plot_of(FOUND, {"at_least": "0.9"})
    assert asked.bounds == (0.9,)
    ((low, high),) = asked.bands
    assert float(FOUND(Fraction(low))) > 0.9
    assert float(FOUND(Fraction(high))) == pytest.approx(0.9)


def test_it_takes_the_colours_around_it_and_stands_in_every_format() -> None:
    drawn = plot_svg(plot_of(FOUND, {}))
    assert not re.search(r"#[0-9a-f]{3}|rgb|black|white", drawn)
    assert drawn in FOUND.to_html()
    assert drawn in FOUND._repr_mimebundle_()["text/html"]
    assert "image(" in FOUND.to_typst()
    page = Document("").show(FOUND)
    assert plot_tikz(plot_of(FOUND, {})) in page.to_latex()
    assert "<svg" not in page.to_markdown()
    constant = STUDENT.sensitivity("P(I=high)", "P(S=high | I=low)")
    assert "<svg" not in constant.to_html()
