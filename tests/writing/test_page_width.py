"""Widths of pages, by name and by number, and answers that are printed for them."""

from __future__ import annotations

import math
import re

import pytest

from symcausal import Model
from symcausal.errors import UsageError
from symcausal.writing.metrics import latex_ems
from symcausal.writing.page_width import PAGE_WIDTHS, characters_of, ems_of

MODEL = Model("A -> B -> C -> D -> E; A -> C; B -> D")


def test_a_width_is_a_name_or_a_number() -> None:
    assert [ems_of(name) for name in PAGE_WIDTHS] == list(PAGE_WIDTHS.values())
    assert (ems_of(20), ems_of("20"), ems_of("12.5"), ems_of(None)) == (20, 20, 12.5, None)
    assert (characters_of(72), characters_of("none"), characters_of(None)) == (72, math.inf, None)


@pytest.mark.parametrize("wrong", ["artikel", "", "nan", "-3", 2, "0", math.nan])
def test_what_is_no_width_is_refused_by_name(wrong: float | str) -> None:
    with pytest.raises(UsageError, match="no width"):
        MODEL.derive("P(E | A)").to_latex(width=wrong)


@pytest.mark.parametrize("width", [*range(12, 40, 4)])
def test_no_part_of_a_derivation_is_wider_than_asked_for(width: int) -> None:
    written = MODEL.derive("P(A | E)").to_latex(width=width)
    displays = re.findall(r"\\begin\{align\*\}(.*?)\\end\{align\*\}", written, re.DOTALL)
    lines = [line for display in displays for line in display.split(r"\\")]
    formulas = [line.partition("&&")[0] for line in lines if r"\scriptstyle" not in line]
    assert len(formulas) > 3
    assert max(map(latex_ems, formulas)) <= width


@pytest.mark.parametrize("width", [40, 60, 80])
def test_plain_text_is_as_many_characters_wide(width: int) -> None:
    derivation = MODEL.derive("P(E | A)")
    formulas = [line.partition("   (")[0] for line in derivation.to_text(width=width).splitlines()]
    assert max(map(len, formulas)) <= width
    whole = [line.partition("   (")[0] for line in derivation.to_text().splitlines()]
    assert len(formulas) > len(whole) or max(map(len, whole)) <= width
