"""Tables of models and the nested lists of formulas."""

from __future__ import annotations

import json
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given

from symcausal import Model
from symcausal.algebra.scalar import Indeterminate, Number, number
from symcausal.errors import UnknownVariableError
from symcausal.expr import build
from symcausal.expr.build import total
from symcausal.expr.nodes import Expr, Minus, Prob, Scalar
from symcausal.expr.path import everywhere
from symcausal.writing.boxes import Label
from symcausal.writing.grid import Grid
from symcausal.writing.style import Style
from symcausal.writing.table_html import grid_html
from symcausal.writing.tables import (
    cpt_grid,
    grid_latex,
    grid_markdown,
    grid_text,
)
from symcausal.writing.trees import tree
from tests.support.student import student
from tests.writing.print_strategies import STATES, formulas
from tests.writing.read_trees import from_tree
from tests.writing.test_print_formulas import e, p

ORDER = ("I", "D", "S", "G", "L")
IN_ORDER = Style(order=ORDER)
BOOK = {
    ("low", "easy"): ("0.3", "0.4", "0.3"),
    ("low", "hard"): ("0.05", "0.25", "0.7"),
    ("high", "easy"): ("0.9", "0.08", "0.02"),
    ("high", "hard"): ("0.5", "0.3", "0.2"),
}


def test_a_conditional_table_as_text() -> None:
    title, heads, rule, *rows = grid_text(cpt_grid(student(), "G"), Style(order=ORDER)).splitlines()
    assert title == "P(G | I, D)"
    assert heads.split() == ["I", "D", "G=A", "G=B", "G=C"]
    assert set(rule) == {"-", " "}
    assert {tuple(r.split()[:2]): tuple(r.split()[2:]) for r in rows} == BOOK
    assert len({len(row) for row in (heads, rule, *rows)}) == 1


def test_a_conditional_table_in_markdown() -> None:
    _, _, heads, rule, *rows = grid_markdown(cpt_grid(student(), "G"), style=IN_ORDER).splitlines()
    assert r"| $G=\mathrm{A}$ |" in heads
    assert [cell.strip().endswith(":") for cell in rule.split("|")[1:-1]] == [False] * 2 + [
        True
    ] * 3
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]
    assert {tuple(r[:2]): tuple(r[2:]) for r in cells} == BOOK


def test_a_bar_cannot_tear_a_markdown_table_apart() -> None:
    grid = Grid(("a|b", p("L", "G")), (("x", p("L", "G")),), 1, p("L", "G"))
    for name in ("lecture", "bishop"):
        _, _, *rows = grid_markdown(grid, Style.of(name)).splitlines()
        assert all(row.replace(r"\|", "").count("|") == 3 for row in rows)


def test_a_conditional_table_with_booktabs() -> None:
    lines = grid_latex(cpt_grid(student(), "G")).splitlines()
    assert lines[0] == r"\begin{tabular}{llrrr}"
    assert [lines[1], lines[3], lines[-2]] == [r"\toprule", r"\midrule", r"\bottomrule"]
    assert lines[5] == r"low & hard & 0.05 & 0.25 & 0.7 \\"


def test_a_table_in_html_is_well_formed() -> None:
    root = ElementTree.fromstring(grid_html(cpt_grid(student(), "G"), style=IN_ORDER))
    body = root.find("tbody")
    assert body is not None
    rows = [["".join(cell.itertext()) for cell in row] for row in body]
    assert {tuple(r[:2]): tuple(r[2:]) for r in rows} == BOOK


def test_a_root_has_one_row_without_a_head() -> None:
    assert grid_text(cpt_grid(student(), "D")).splitlines()[-1].split() == ["0.6", "0.4"]


def test_symbols_and_endless_decimals() -> None:
    grid = Grid(
        ("a", "b"), ((Number(Fraction(1, 3)), Indeterminate("q")), (Number(Fraction(1)), "c"))
    )
    assert grid_text(grid) == "  a    b\n---  ---\n1/3    q\n  1    c"
    assert "1/3 & $q$" in grid_latex(grid)


def test_words_are_escaped() -> None:
    grid = Grid((Label("x_1"),), (("50% <b> & {c}_|",),))
    assert r"50\% \textless{}b\textgreater{} \& \{c\}\_" in grid_latex(grid)
    assert "50% &lt;b&gt; &amp; {c}_|" in grid_html(grid)
    assert "$x_{1}$" in grid_latex(grid)


def test_an_unknown_variable_is_named() -> None:
    with pytest.raises(UnknownVariableError, match="'Grade'"):
        cpt_grid(student(), "Grade")


# ---- nested lists ----------------------------------------------------------------------------


@given(formula=formulas())
def test_a_tree_of_a_formula_is_the_formula(formula: Expr) -> None:
    if any(isinstance(part, Scalar) for _, part in everywhere(formula)):
        return
    nested = tree(formula, STATES.__getitem__)
    assert from_tree(json.loads(json.dumps(nested)), STATES.__getitem__) == formula


def test_the_promised_shapes() -> None:
    formula = Prob(e("Y"), e("X'"), e("Z=b"))
    states = {"Z": ("a", "b")}
    nested = ["P", {"of": [["Y", "Y"]], "given": [["X", "X'"]], "do": [["Z", 1]]}]
    assert tree(formula, states.__getitem__) == nested
    assert tree(total(e("X'"), formula), states.__getitem__) == ["sum", ["X'"], nested]
    both = tree(total(e("X X'"), formula), states.__getitem__)
    assert both == ["sum", ["X", "X'"], nested]
    half = Scalar(number(Fraction(1, 2)))
    assert tree(half) == ["const", "1/2"]
    assert tree(build.product([half, p("X")])) == ["prod", [["const", "1/2"], tree(p("X"))]]
    assert tree(build.quotient(p("X"), p("Y"))) == ["frac", tree(p("X")), tree(p("Y"))]
    assert tree(build.add([p("X"), p("Y")])) == ["add", tree(p("X")), tree(p("Y"))]
    assert tree(Minus(p("X"), p("Y"))) == ["sub", tree(p("X")), tree(p("Y"))]


def test_a_state_without_an_index_stands_by_its_name() -> None:
    nested = tree(Prob(e("Y=high"), e("X'")))
    assert nested == ["P", {"of": [["Y", "high"]], "given": [["X", "X'"]]}]
    assert from_tree(nested) == Prob(e("Y=high"), e("X'"))


def test_a_query_is_a_table_with_the_states_of_its_outcome_in_columns() -> None:
    model = Model.parse(
        "A: a, b; B; A -> B; P(A) = 1/4, 3/4; P(B | A=a) = 1/2, 1/2; P(B | A=b) = 0, 1"
    )
    (data,) = model.table("P(A | B)").as_data()
    assert data == {
        "table": "P(A | B)",
        "heads": ["B", "A=a", "A=b"],
        # P(A=a, B=0) is all of P(B=0); of P(B=1) = 7/8 the state a has 1/8
        "rows": [["0", "1", "0"], ["1", "1/7", "6/7"]],
    }
    (alone,) = model.table("P(B)").as_data()
    assert (alone["heads"], alone["rows"]) == (["B=0", "B=1"], [["1/8", "7/8"]])
    (several,) = model.table("P(A, B)").as_data()
    assert len(several["rows"]) == 4
    impossible = Model.parse("A -> B; P(A) = 0, 1; P(B | A=1) = 0.5, 0.5").table("P(B | A)")
    assert impossible.as_data()[0]["rows"][0] == ["0", "undefined", "undefined"]


def test_tables_have_headings_in_every_format() -> None:
    model = Model("A -> B")
    for table in (model.table("P(B | A)"), model.table("B")):
        assert table.to_latex().startswith(r"$P[B \mid A]$")
        assert table.to_markdown().startswith(r"$P[B \mid A]$")
        assert table.to_text().startswith("P(B | A)")
