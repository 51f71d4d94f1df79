"""Typst of words, formulas and pages: what is written is what stands on the compiled page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.algebra.scalar import Indeterminate
from symcausal.expr.nodes import (
    Event,
    Events,
    Expr,
    Letter,
    Prob,
    Quotient,
    Scalar,
    State,
    free_events,
)
from symcausal.model import Model
from symcausal.rules.condition import Separated
from symcausal.writing.blocks import (
    Code,
    Display,
    Equation,
    Equations,
    Heading,
    Items,
    Listing,
    Paragraph,
    Tabled,
)
from symcausal.writing.document import Document
from symcausal.writing.grid import Grid
from symcausal.writing.notations import CHOICES, Notation
from symcausal.writing.style import Style
from symcausal.writing.typst import formula_typst, typst_escaped, typst_line
from symcausal.writing.typst_document import document_typst
from tests.typst_pages import NEEDS_TYPST, compiled, texts
from tests.writing.print_strategies import formulas

P = Prob
ORDER = ("L", "G", "I", "S", "rain", "x_1")


@pytest.mark.parametrize(
    ("thing", "written"),
    [
        (P(free_events(("L",)), free_events(("G", "I"))), "P[L bar.v G, I]"),
        (P(free_events(("L",)), do=free_events(("G",))), 'P[L bar.v "do"(G)]'),
        (P(free_events(("rain",))), 'P["rain"]'),
        (P(Events([Event("G", State("A"))])), 'P[G="A"]'),  # a state is upright, as in LaTeX
        (P(Events([Event("G", State("1"))])), "P[G=1]"),
        (P(Events([Event("L", Letter("L'"))])), "P[L']"),
        (P(free_events(("x_1",))), "P[x_(1)]"),
        (Scalar(Indeterminate("theta")), "θ"),
        # a comma would part the arguments of frac
        (
            Quotient(P(free_events(("L", "G"))), P(free_events(("G",)))),
            r"frac(P[L\, G], P[G])",
        ),
        (
            Separated(("L",), ("S",), ("I",), ("L", "G"), ()),
            r"(L perp #h(-0.6em) perp S bar.v I)_(cal(G)_(overline(L\, G)))",
        ),
    ],
    ids=str,
)
def test_formulas_are_written(thing: Expr, written: str) -> None:
    assert formula_typst(thing, Style(order=ORDER)) == written


@NEEDS_TYPST
def test_words_stand_on_the_page_as_they_are() -> None:
    rows = [
        "x_1 *b* `c` <d> @e ~ [f] $g$ #h \\i {j} (k) %l &m ^n |o /p =q +r -s",
        "-- --- - 3 -4 -? // /* http://a.b/c a'b \"c\" 'd'",
        "= no heading", "== nor this", "1. no list", "- nor this", "+ nor this", "/ nor: this",
        "#show: it => panic()", "// seen", "<label>", "a\\ b", "café", "12.5", "1.", "-", "=",
    ]  # fmt: skip
    assert texts([typst_line(typst_escaped(words)) for words in rows]) == rows


@NEEDS_TYPST
@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126)), min_size=40, max_size=60)
)
def test_any_words_stand_on_the_page_as_they_are(rows: list[str]) -> None:
    rows = [" ".join(words.split()) for words in rows]
    # dots become one sign, which is what they mean
    shown = [words.replace("...", "…") for words in rows]
    assert texts([typst_line(typst_escaped(words)) for words in rows]) == shown


NOTATIONS = [
    Notation(
        letter=letter,
        do=do,
        sums=sums,
        values=values,
        states=states,
        brackets=brackets,
        counterfactual=worlds,
    )
    for letter, do, sums, values, states, brackets, worlds in [
        ("P", "upright", "plain", "capital", "equals", "square", "subscript"),
        ("p", "plain", "set", "lower", "superscript", "round", "argument"),
        (r"\Pr", "operator", "lower", "capital", "superscript", "square", "subscript"),
        (r"\mathbb{P}", "subscript", "set", "lower", "equals", "round", "superscript"),
        ("P", "hat", "plain", "lower", "equals", "round", "argument"),
    ]
]


def test_the_notations_make_every_choice() -> None:
    for choice, values in CHOICES.items():
        if choice != "bar":  # Typst has one bar
            assert {getattr(one, choice) for one in NOTATIONS} == set(values)


@NEEDS_TYPST
@settings(max_examples=25, deadline=None)
@given(st.lists(formulas(), min_size=5), st.sampled_from(NOTATIONS))
def test_any_formula_compiles(found: list[Expr], notation: Notation) -> None:
    lines = [f"$ {formula_typst(formula, Style(notation))} $" for formula in found]
    assert compiled("\n\n".join(lines))


AWKWARD = Model(
    [
        ("x_1", "Wet_Grass"),
        ("theta", "a b#$c"),
        ("x_1", "a b#$c"),
        ("Éa", "Wet_Grass"),
        ("x_{t-1}", "Wet_Grass"),
        (r"\theta_{1}", "Wet_Grass"),
        ("e,f", "do"),
        ("(", "do"),
        ("frac", "do"),
    ]
)


@NEEDS_TYPST
@pytest.mark.parametrize("notation", NOTATIONS, ids=str)
def test_awkward_names_compile(notation: Notation) -> None:
    for name in AWKWARD.variables:
        others = [other for other in AWKWARD.variables if other != name][:2]
        query = Prob(free_events((name,)), free_events(others[:1]), free_events(others[1:]))
        assert compiled(AWKWARD.derive(query).to_typst(notation=notation))


@NEEDS_TYPST
def test_every_block_compiles() -> None:
    words = "1. #a $b$ [c] *d*"
    page = Document(
        words,
        (
            Heading(words, 3),
            Paragraph((words, Code("`#x`"), free_events(("L",)), "(a)", Code("b"), "[c]")),
            Items((("- a", Code("")), (words,))),
            Display((P(free_events(("L",))), "=", "0.5", "~", "1e-05", "!=", "<=", "2")),
            Equations(
                (Equation(None, ":=", (words,)), Equation(P(free_events(("L",))), "", ("",)))
            ),
            Tabled(Grid(("a", P(free_events(("L",)))), (("= b", "[c]"),), stubs=1, title=words)),
            Listing("```\n  #x\n\\end", "symcausal"),
        ),
    )
    assert compiled(document_typst(page))


def test_long_lines_are_broken() -> None:
    model = Model("A -> B -> C -> D -> E -> F -> G")
    written = model.derive("P(A | G)").to_typst(width=15)
    whole = model.derive("P(A | G)").to_typst(width="none")
    assert written.count("quad quad") > 0
    assert "quad quad" not in whole
    assert len(re.findall(r"&=", written)) == len(re.findall(r"&=", whole))
