"""What is printed is well formed and reads back as what it was."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.expr.nodes import Expr
from symcausal.reading.reader import read
from symcausal.writing.latex import latex
from symcausal.writing.names import latex_name
from symcausal.writing.notations import PRESETS, Notation
from symcausal.writing.text import text
from tests.writing.print_strategies import ORDER, VOCABULARY, formulas, notations
from tests.writing.web_formulas import mathml


@pytest.mark.parametrize("preset", PRESETS)
@given(formula=formulas())
@settings(max_examples=60)
def test_latex_reads_back_in_every_preset(preset: str, formula: Expr) -> None:
    assert read(latex(formula, PRESETS[preset], ORDER), VOCABULARY) == formula


@given(formula=formulas(), notation=notations())
def test_latex_reads_back_in_any_mixture_of_choices(formula: Expr, notation: Notation) -> None:
    assert read(latex(formula, notation, ORDER), VOCABULARY) == formula


@given(formula=formulas(), notation=notations(), unicode=st.booleans())
def test_text_reads_back(formula: Expr, notation: Notation, unicode: bool) -> None:
    written = text(formula, notation, ORDER, unicode=unicode)
    assert read(written, VOCABULARY) == formula
    assert unicode or written.isascii()


@given(formula=formulas(), notation=notations())
def test_brackets_balance(formula: Expr, notation: Notation) -> None:
    written = latex(formula, notation)
    for sign in ("\\\\", "\\{", "\\}"):
        written = written.replace(sign, "")
    for left, right in ("{}", "()", "[]"):
        depths = [written[:i].count(left) - written[:i].count(right) for i in range(len(written))]
        assert min(depths, default=0) >= 0
        assert written.count(left) == written.count(right)
    assert written.count(r"\left") == written.count(r"\right")


@given(formula=formulas(), notation=notations())
def test_mathml_is_xml_and_says_what_the_text_says(formula: Expr, notation: Notation) -> None:
    root = ElementTree.fromstring(mathml(formula, notation, ORDER))
    drawn = "".join(root.itertext())
    for word in ("high", "SAT", "Rain"):
        assert (word in drawn) == (word in latex(formula, notation, ORDER))


@given(formula=formulas(), orders=st.permutations(ORDER))
def test_events_stand_in_the_order_of_declaration(formula: Expr, orders: list[str]) -> None:
    written = latex(formula, Notation(), orders)
    for index in written.split(r"\sum_{")[1:]:
        inside = index.split("} ")[0]
        names = [_variable(part) for part in inside.split(",")]
        assert all(orders.index(a) <= orders.index(b) for a, b in pairwise(names))


def _variable(written: str) -> str:
    bare = {name: latex_name(name) for name in ORDER}
    return next(name for name, shown in bare.items() if written.rstrip("'") == shown)
