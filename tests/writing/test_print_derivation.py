"""Derivations on paper and on screen."""

from __future__ import annotations

import json
import math
import re
from xml.etree import ElementTree

import pytest

from symcausal import Model
from symcausal.derive.step import Step, StepChain
from symcausal.expr.build import product, total
from symcausal.expr.nodes import Event, Expr, Letter, Minus, Numeric, Quotient
from symcausal.expr.scope import canonical
from symcausal.graph.graph import Graph
from symcausal.kernel.core.identity import identical, points
from symcausal.reading.reader import read
from symcausal.rules.condition import Decision, Positive, Separated
from symcausal.rules.rule import Rule
from symcausal.writing.breaking import broken, ems, pieces_ems
from symcausal.writing.derivation import derivation_latex, derivation_markdown
from symcausal.writing.derivation_html import derivation_html
from symcausal.writing.derivation_json import derivation_json
from symcausal.writing.derivation_lines import set_lines
from symcausal.writing.derivation_text import derivation_text
from symcausal.writing.html_page import page
from symcausal.writing.latex import latex, render
from symcausal.writing.layout import layout
from symcausal.writing.notations import PRESETS
from symcausal.writing.reasons import reason
from symcausal.writing.style import Style
from symcausal.writing.text import text
from tests.writing.read_trees import from_tree
from tests.writing.test_print_formulas import e, p

ORDER = ("I", "G", "D", "S", "L")
IN_ORDER = Style(order=ORDER)


def named(name: str, title: str) -> Rule:
    """A rule that proposes nothing."""
    return Rule(name, title, "", "", "", lambda expr, context: iter(()))


def step(before: Expr, after: Expr, rule: Rule, *decisions: Decision) -> Step:
    """A step at the root."""
    return Step(before, after, rule, (), (before, after), decisions)


QUERY = p("L", do="G=A")
FULL = total(e("I D S"), product([p("I"), p("D"), p("S", "I"), p("L", "G=A S")]))
SHORT = total(e("I S"), product([p("I"), p("S", "I"), p("L", "G=A S")]))
SPLIT = total(e("S"), product([p("L", "G=A S"), total(e("I"), product([p("S", "I"), p("I")]))]))
END = total(e("S"), product([p("L", "G=A S"), p("S")]))
TRUNCATED, SUM_TO_ONE = named("truncated", "truncated factorisation"), named("sum-to-one", "1")
DISTRIBUTE, MARGINALISE = named("distribute", "distribute the sum"), named("m", "marginalise")
POSITIVE = Positive(e("G=A S"))
CHAIN = StepChain(
    QUERY,
    (
        step(QUERY, FULL, TRUNCATED, Decision(POSITIVE, "assumed")),
        step(FULL, SHORT, SUM_TO_ONE),
        step(SHORT, SPLIT, DISTRIBUTE),
        step(SPLIT, END, MARGINALISE),
    ),
)


LINES = (
    r" &= \sum_{I,D,S} P[I]\,P[D]\,P[S \mid I]\,P[L \mid G=\mathrm{A}, S]"
    r" && \text{(truncated factorisation)} \\",
    r" &= \sum_{I,S} P[I]\,P[S \mid I]\,P[L \mid G=\mathrm{A}, S]"
    r" && \text{($\sum_{D} P[D] = 1$)} \\",
    r" &= \sum_{S} P[L \mid G=\mathrm{A}, S] \sum_{I} P[S \mid I]\,P[I]"
    r" && \text{(distribute the sum)} \\",
    r" &= \sum_{S} P[L \mid G=\mathrm{A}, S]\,P[S] && \text{(marginalise)}",
)


def test_the_published_derivation_as_align() -> None:
    first, start, *lines, last, closing = derivation_latex(
        CHAIN, [POSITIVE], style=IN_ORDER
    ).splitlines()
    assert (first, last) == (r"\begin{align*}", r"\end{align*}")
    # with the query in front the longest line would have 39 ems, and an article has less than 35
    assert start == r"&P[L \mid \mathrm{do}(G=\mathrm{A})] \\"
    assert tuple(lines) == LINES
    assert closing == r"provided $P[G=\mathrm{A}, S] > 0$."


def test_markdown_has_no_dollars_inside_the_display() -> None:
    written = derivation_markdown(CHAIN, [POSITIVE], style=IN_ORDER)
    _, display, closing = written.split("$$")
    assert "$" not in display
    assert r"\text{(}\textstyle \sum_{D} P[D] = 1\text{)}" in display
    assert closing.strip() == r"provided $P[G=\mathrm{A}, S] > 0$."


def test_text_has_its_reasons_in_a_column() -> None:
    lines = derivation_text(CHAIN, [POSITIVE], style=IN_ORDER).splitlines()
    assert lines[0] == "P(L | do(G=A))"
    assert lines[-1] == "provided P(G=A, S) > 0"
    reasons = [
        "(truncated factorisation)",
        "(sum_{D} P(D) = 1)",
        "(distribute the sum)",
        "(marginalise)",
    ]
    assert len({line.index(why) for line, why in zip(lines[1:-1], reasons, strict=True)}) == 1


def test_every_line_reads_back() -> None:
    for one in CHAIN.steps:
        assert read(latex(one.after, order=ORDER)) == one.after


def test_a_sum_to_one_shows_what_was_dropped_of_several_factors() -> None:
    before = total(e("S L D"), product([p("D"), p("S", "D"), p("L", "S")]))
    middle = total(e("S D"), product([p("D"), p("S", "D")]))
    after = total(e("D"), p("D"))
    single = (step(before, middle, SUM_TO_ONE), step(middle, after, SUM_TO_ONE))
    merged = Step(before, after, SUM_TO_ONE, (), (before, after), substeps=single)
    written = derivation_latex(StepChain(before, (merged,)))
    assert r"($\sum_{L} P[L \mid S] = 1$, $\sum_{S} P[S \mid D] = 1$)" in written


def test_the_last_sum_to_one_leaves_one() -> None:
    before = total(e("D"), p("D"))
    chain = StepChain(before, (step(before, read("1"), SUM_TO_ONE),))
    assert derivation_text(chain) == "sum_{D} P(D)\n  = 1   (sum_{D} P(D) = 1)"


def test_a_separation_is_shown_with_its_surgery() -> None:
    cut = Decision(Separated(("L",), ("G",), ("S",), cut_out_of=("G",)), "holds")
    exchange = named("do-calculus.2", "rule 2 of do-calculus")
    chain = StepChain(p("L", "S", "G"), (step(p("L", "S", "G"), p("L", "G S"), exchange, cut),))
    wanted = r"rule 2 of do-calculus: $(L \perp\!\!\!\perp G \mid S)_{\mathcal{G}_{\underline{G}}}$"
    assert wanted in derivation_latex(chain)
    assert "without arrows out of G" in derivation_text(chain)


@pytest.mark.parametrize("width", [12, 15, 18])
def test_a_long_line_goes_on_in_the_next(width: int) -> None:
    written = derivation_latex(CHAIN, style=Style(order=ORDER, width=width))
    assert r"\qquad {} \times P[L \mid G=\mathrm{A}, S]" in written
    joined = written.replace(r" \\", "").replace("\n", "")
    for factor in (r"P[S \mid I]", "P[D]", r"P[L \mid G=\mathrm{A}, S]"):
        assert joined.count(factor) == derivation_latex(CHAIN, style=IN_ORDER).count(factor)


def test_a_wide_fraction_names_its_halves_and_is_worth_the_same() -> None:
    below = total(e("I D S G"), product([p("I"), p("D"), p("S", "I"), p("G", "I D"), p("L", "G")]))
    wide = Quotient(product([p("I"), below]), below)
    graph = Graph(ORDER, [("I", "S"), ("I", "G"), ("D", "G"), ("G", "L")])
    for formula in (wide, Minus(wide, p("S")), product([p("S"), wide]), product([wide, p("S")])):
        chain = StepChain(QUERY, (step(QUERY, formula, MARGINALISE),))
        written = derivation_latex(chain, style=Style(order=ORDER, width=20))
        # D is a variable of the model, so that neither letter is used without a number
        definitions = dict(
            re.findall(r"^([ND]_\{1\}) &:= (.*?)(?: \\\\)?\n(?=[ND]_|\\end)", written, re.M | re.S)
        )
        assert set(definitions) == {"N_{1}", "D_{1}"}
        line = written.split(" &= ")[1].split("\\\\\n &\\qquad \\text")[0].split("&&")[0]
        for name, half in definitions.items():
            line = line.replace(name, in_one_line(half))
        assert identical(
            canonical(read(line.split(r"\\")[0].split(r"\end")[0])),
            canonical(read(text(formula))),
            points(graph, dict.fromkeys(ORDER, ("0", "1"))),
        )


def in_one_line(rows: str) -> str:
    """A formula of several rows without their ends."""
    return re.sub(r" *\\\\\n &\\qquad \{\}", " ", rows).replace(r"\times", r"\cdot")


def test_a_fraction_under_a_sum_is_written_in_line() -> None:
    below = total(e("I D S G"), product([p("I"), p("D"), p("S", "I"), p("G", "I D"), p("L", "G")]))
    formula = total(e("I'"), product([p("I'"), Quotient(product([p("I"), below]), below)]))
    chain = StepChain(QUERY, (step(QUERY, formula, MARGINALISE),))
    written = derivation_latex(chain, style=Style(order=ORDER, width=20))
    assert r"\frac" not in written
    assert ":=" not in written
    assert r"\qquad {} / \bigl(" in written


@pytest.mark.parametrize("width", [12, 16, 20, 26, 32, 39])
@pytest.mark.parametrize("preset", PRESETS)
def test_every_line_and_its_reason_fit_together(width: int, preset: str) -> None:
    style = Style(PRESETS[preset], ORDER, width)
    found = set_lines(CHAIN, style)
    left = (
        max(ems(line.left) for line in found.lines if line.left)
        if any(line.left for line in found.lines)
        else 0
    )
    column = max(ems(row) + 2 * (i > 0) for line in found.lines for i, row in enumerate(line.rows))
    beside = max((pieces_ems(line.beside) for line in found.lines if line.beside), default=0)
    assert left + column + beside <= width
    told = [line.beside or line.below for line in found.lines if line.sign == "="]
    numbers = [why[0] for why in told if len(why) == 1 and str(why[0]).isdigit()]
    assert numbers == [str(i + 1) for i in range(len(found.notes))]
    whole = [reason(one, style) for one in CHAIN.steps]
    assert [found.notes[int(why[0]) - 1] if why[0] in numbers else why for why in told] == whole


def test_terms_are_cut_before_factors_and_no_sum_sign_loses_its_body() -> None:
    long = total(e("I S"), product([p("I"), p("S", "I"), p("L", "G S")]))
    rows = broken(layout(Minus(long, long), IN_ORDER), 17)
    shown = [render(row) for row in rows]
    assert [row.lstrip()[:1] for row in shown] == ["\\", "-"]
    deep = total(e("S"), product([Numeric(Event("S", Letter("S"))), long, p("D", "S G I L")]))
    for width in (8, 10, 14):
        for row in broken(layout(Minus(p("L"), deep), IN_ORDER), width):
            assert not re.search(r"\\sum_\{\w\}\s*\w?\s*$", render(row))


def test_a_long_list_of_events_is_cut_at_its_commas() -> None:
    names = [f"Variable{c}" for c in "ABCDEF"]
    box = layout(p(" ".join(names[:4]), " ".join(names[4:])))
    rows = broken(box, 16)
    assert len(rows) > 2
    assert all(ems(row) <= 16 for row in rows)
    joined = " ".join(render(row) for row in rows)
    assert read(joined) == read(render(box))


def test_lines_fit_a_page_unless_asked_not_to() -> None:
    formula = product([p("I", "S D G"), p("G", "S D L"), p("D", "L"), p("S", "L G I"), p("L", "I")])
    chain = StepChain(QUERY, (step(QUERY, formula, MARGINALISE),))
    for printer in (derivation_latex, derivation_markdown):
        assert printer(chain, style=IN_ORDER) == printer(chain, style=Style(order=ORDER, width=32))
        assert r"\times" in printer(chain, style=IN_ORDER)
        assert r"\times" not in printer(chain, style=Style(order=ORDER, width=math.inf))


def test_json_has_the_promised_keys() -> None:
    made = derivation_json(
        CHAIN,
        [POSITIVE],
        verified=True,
        closed_form="x + 1",
        states_of=lambda variable: ("A", "B", "C"),
    )
    again = json.loads(json.dumps(made))
    assert set(again) == {
        "query", "steps", "formula", "formula_tree", "closed_form", "assumptions",
    }  # fmt: skip
    assert again["query"] == latex(QUERY)
    assert again["formula"] == again["steps"][-1]["after"] == latex(END)
    assert [s["before"] for s in again["steps"][1:]] == [s["after"] for s in again["steps"][:-1]]
    assert all(s["verified"] is True for s in again["steps"])
    assert again["steps"][0]["rule"] == "truncated"
    assert again["closed_form"] == "x + 1"
    assert again["assumptions"] == [latex(POSITIVE)]
    assert from_tree(again["formula_tree"], lambda variable: ("A", "B", "C")) == END


def test_html_is_complete_and_well_formed() -> None:
    merged = Step(SHORT, END, MARGINALISE, (), (SHORT, END), substeps=CHAIN.steps[2:])
    chain = StepChain(QUERY, (*CHAIN.steps[:2], merged))
    fragment = derivation_html(chain, [POSITIVE], style=IN_ORDER)
    ElementTree.fromstring(fragment)
    assert fragment.count("<details>") == 1
    whole = page("A <derivation>", [fragment])
    assert "<title>A &lt;derivation&gt;</title>" in whole
    assert "http" not in whole.replace("http://www.w3.org/1998/Math/MathML", "")
    assert "<script" not in whole


def test_a_derivation_without_steps_is_its_query() -> None:
    chain = StepChain(p("L"))
    assert derivation_text(chain) == "P(L)"
    assert derivation_markdown(chain) == "$$\nP[L]\n$$"
    assert derivation_latex(chain, style=Style(PRESETS["pearl"])) == (
        "\\begin{align*}\nP(l)\n\\end{align*}"
    )
    ElementTree.fromstring(derivation_html(chain))


def test_a_letter_before_a_ratio_that_is_cut_is_no_function() -> None:
    """`E (...)` would be a mean, where E is a variable."""
    model = Model.parse("E -> D; E -> B; E -> C; B -> A")
    derivation = model.derive("E[E | D]")
    printed = derivation.to_markdown()
    assert r"E \cdot \bigl(" in printed
    assert {claim.verdict for claim in model.check(printed).claims} == {"holds"}
