"""Formulas as books print them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcausal.algebra.scalar import (
    ONE,
    Indeterminate,
    Number,
    Term,
    minus,
    number,
    plus,
    power,
    times,
)
from symcausal.expr.build import product, quotient, total
from symcausal.expr.nodes import (
    NO_EVENTS,
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    State,
    Sum,
)
from symcausal.rules.condition import Distinct, Positive, Separated
from symcausal.writing.latex import latex
from symcausal.writing.notations import PRESETS, Notation
from symcausal.writing.terms import decimal
from symcausal.writing.text import text

STUDENT = ("I", "D", "S", "G", "L")


def e(names: str) -> Events:
    """Events from words: ``L G=A X'`` (primes make a second copy, ``X=w`` names a state)."""
    events = []
    for word in names.split():
        variable, _, state = word.partition("=")
        name = variable.rstrip("'")
        events.append(Event(name, State(state) if state else Letter(variable)))
    return Events(events)


def p(outcome: str, given: str = "", do: str = "") -> Prob:
    """``P(outcome | given, do(do))``."""
    return Prob(e(outcome), e(given), e(do))


ADJUSTED = total(e("S"), product([p("L", "G=A S"), p("S")]))
SPLIT = total(e("S"), product([p("L", "G=A S"), total(e("I"), product([p("S", "I"), p("I")]))]))
MARGINAL = total(e("G I D"), product([p("L", "G"), p("G", "I D"), p("I"), p("D")]))
BAYES = quotient(product([p("L", "I"), p("I")]), p("L"))


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        (p("L", do="G=A"), r"P[L \mid \mathrm{do}(G=\mathrm{A})]"),
        (p("I D S G L"), "P[I, D, S, G, L]"),
        (ADJUSTED, r"\sum_{S} P[L \mid G=\mathrm{A}, S]\,P[S]"),
        (MARGINAL, r"\sum_{I,D,G} P[L \mid G]\,P[G \mid I, D]\,P[I]\,P[D]"),
        (BAYES, r"\frac{P[L \mid I]\,P[I]}{P[L]}"),
        (p("L", "S=high", "G"), r"P[L \mid \mathrm{do}(G), S=\mathrm{high}]"),
    ],
)
def test_the_lecture_style(formula: Expr, written: str) -> None:
    assert latex(formula, order=STUDENT) == written


def test_a_derivation_line_of_the_adjustment() -> None:
    line = r"\sum_{S} P[L \mid G=\mathrm{A}, S] \sum_{I} P[S \mid I]\,P[I]"
    assert latex(SPLIT, order=("I", "G", "D", "S", "L")) == line


@pytest.mark.parametrize(
    ("preset", "written"),
    [
        ("lecture", r"P[Y \mid \mathrm{do}(X), Z=1]"),
        ("pearl", r"P(y \mid do(x), Z=1)"),
        ("koller", r"P(Y \mid do(X), z^{1})"),
        ("bishop", r"p(y | do(x), Z=1)"),
        ("murphy", r"p(y \mid do(x), Z=1)"),
    ],
)
def test_presets(preset: str, written: str) -> None:
    assert latex(p("Y", "Z=1", "X"), Notation.preset(preset)) == written


@pytest.mark.parametrize(
    ("notation", "written"),
    [
        (Notation(do="operator"), r"P[Y \mid \operatorname{do}(X)]"),
        (Notation(do="subscript"), "P_{X}[Y]"),
        (Notation(do="hat", values="lower"), r"P[y \mid \hat{x}]"),
        (Notation(letter=r"\Pr", brackets="round"), r"\Pr(Y \mid \mathrm{do}(X))"),
        (Notation(letter=r"\mathbb{P}"), r"\mathbb{P}[Y \mid \mathrm{do}(X)]"),
    ],
)
def test_single_choices(notation: Notation, written: str) -> None:
    assert latex(p("Y", do="X"), notation) == written


@pytest.mark.parametrize(
    ("notation", "written"),
    [
        (Notation(), r"\sum_{G,I,D}"),
        (Notation(sums="set"), r"\sum_{\{G, I, D\}}"),
        (Notation(sums="lower"), r"\sum_{g,i,d}"),
        (PRESETS["pearl"], r"\sum_{g,i,d}"),
    ],
)
def test_the_index_of_a_sum(notation: Notation, written: str) -> None:
    assert latex(MARGINAL, notation, ("G", "I", "D")).startswith(written + " ")


def test_a_second_copy_has_a_prime() -> None:
    copies = total(e("X'"), product([p("Y", "X' Z"), p("X'")]))
    front_door = total(e("Z"), product([p("Z", "X"), copies]))
    wanted = r"\sum_{z} P(z \mid x) \sum_{x'} P(y \mid x', z)\,P(x')"
    assert latex(front_door, PRESETS["pearl"]) == wanted
    assert latex(p("X X'")) == "P[X, X']"


def test_an_intervention_that_would_name_a_mass_function_is_written_out() -> None:
    notation = Notation(do="subscript")
    for outcome, do, written in (
        ("X=1", "X", r"P[X=1 \mid \mathrm{do}(X)]"),
        ("X X'", "X", r"P[X, X' \mid \mathrm{do}(X)]"),
        ("X=1", "X=0", "P_{X=0}[X=1]"),
        ("X=1", "X'", "P_{X'}[X=1]"),
        ("X Y", "X", "P_{X}[X, Y]"),
    ):
        assert latex(Prob(e(outcome), do=e(do)), notation) == written


def test_a_foreign_letter_is_written_out() -> None:
    event = Events([Event("X", Letter("W"))])
    assert latex(Prob(event)) == "P[X=w]"
    assert latex(Prob(event), PRESETS["pearl"]) == "P(X=w)"


def test_a_small_letter_that_is_another_variable_stays_capital() -> None:
    assert latex(Prob(e("X x")), PRESETS["pearl"]) == "P(X, x)"
    assert latex(Prob(e("SAT X")), PRESETS["pearl"]) == r"P(\mathrm{SAT}, x)"


@pytest.mark.parametrize(
    ("name", "in_latex", "in_text"),
    [
        ("X", "X", "X"),
        ("x_1", "x_{1}", "x_1"),
        ("x_{t-1}", "x_{t-1}", "x_{t-1}"),
        ("rain", r"\mathrm{rain}", "rain"),
        ("two words", r"\mathrm{two\ words}", '"two words"'),
        ("blood_pressure", r"\mathrm{blood}_{\mathrm{pressure}}", "blood_pressure"),
        ("alpha", r"\alpha", "alpha"),
        (r"\theta_{1}", r"\theta_{1}", r"\theta_{1}"),
        ("a&b", r"\text{a\(\&\)b}", '"a&b"'),
        (r"\input{x}", r"\text{\(\backslash\)input\{x\}}", r'"\input{x}"'),
        ("50% #1 $", r"\text{50\(\%\) \(\#\)1 \$}", '"50% #1 $"'),
        ("Größe", r"\text{Größe}", "Größe"),
    ],
)
def test_names(name: str, in_latex: str, in_text: str) -> None:
    formula = Prob(Events([Event(name, Letter(name))]))
    assert latex(formula) == f"P[{in_latex}]"
    assert text(formula) == f"P({in_text})"


def test_brackets_follow_the_reach_of_a_sum() -> None:
    inner = Sum(e("X"), p("X"))
    assert text(product([inner, p("Y")])) == "(sum_{X} P(X)) P(Y)"
    assert text(product([p("Y"), inner])) == "P(Y) sum_{X} P(X)"
    assert text(Sum(e("X"), Minus(p("X"), p("Y")))) == "sum_{X} (P(X) - P(Y))"
    assert text(Minus(inner, p("Y"))) == "sum_{X} P(X) - P(Y)"
    assert text(Minus(p("Y"), Minus(p("X"), p("Y")))) == "P(Y) - (P(X) - P(Y))"
    assert latex(product([Minus(p("X"), p("Y")), p("Y")])) == r"(P[X] - P[Y])\,P[Y]"


def test_text_is_what_people_type() -> None:
    assert text(p("L=strong", "S=high", "G=A")) == "P(L=strong | do(G=A), S=high)"
    assert text(ADJUSTED, order=STUDENT) == "sum_{S} P(L | G=A, S) P(S)"
    assert text(BAYES) == "P(L | I) P(I) / P(L)"
    assert text(ADJUSTED, PRESETS["bishop"], unicode=True) == "Σ_{s} p(l | G=A, s) p(s)"


def test_expectations_and_values() -> None:
    value = Numeric(Event("Y", Letter("Y")))
    mean = Expectation(e("Y"), value, NO_EVENTS, e("X=1"))
    assert latex(mean) == r"\mathbb{E}[Y \mid \mathrm{do}(X=1)]"
    assert text(mean) == "E[Y | do(X=1)]"
    assert latex(total(e("Y"), product([value, p("Y")])), PRESETS["pearl"]) == r"\sum_{y} y\,P(y)"


Q, THETA = Indeterminate("q"), Indeterminate("t", "G", "A", (("I", "high"), ("D", "hard")))


@pytest.mark.parametrize(
    ("term", "in_latex", "in_text"),
    [
        (number(Fraction(-1, 2)), r"-\frac{1}{2}", "-1/2"),
        (plus([ONE, minus(Q)]), "1 - q", "1 - q"),
        (plus([Q, minus(plus([ONE, Q]))]), "q - (1 + q)", "q - (1 + q)"),
        (times([number(2), Q, Indeterminate("alpha")]), r"2\,q\,\alpha", "2 * q * alpha"),
        (times([Q, plus([ONE, minus(Q)])]), r"q \cdot (1 - q)", "q * (1 - q)"),
        (times([number(3), power(Q, -2)]), r"\frac{3}{q^{2}}", "3 / q^2"),
        (power(plus([ONE, Q]), 2), "(1 + q)^{2}", "(1 + q)^2"),
        (THETA, r"\theta_{\mathrm{A} \mid \mathrm{high},\mathrm{hard}}", "t"),
        (Indeterminate("t", "G", "1", (("I", "0"),)), r"\theta_{G=1 \mid I=0}", "t"),
        (Indeterminate("rate"), r"\mathrm{rate}", "rate"),
    ],
)
def test_terms(term: Term, in_latex: str, in_text: str) -> None:
    assert latex(term) == in_latex
    assert text(term) == in_text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(3, 10), "0.3"),
        (Fraction(7849, 15625), "0.502336"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 2**7), "1/128"),
        (Fraction(1), "1"),
        (Fraction(0), "0"),
        (Fraction(-5, 4), "-1.25"),
    ],
)
def test_decimals_end_within_six_digits(value: Fraction, written: str) -> None:
    assert decimal(value) == written
    assert Fraction(decimal(value)) == value
    assert Number(value) == number(Fraction(written))


def test_conditions() -> None:
    plain = Separated(("L",), ("S",), ("I",))
    assert latex(plain) == r"L \perp\!\!\!\perp S \mid I"
    assert text(plain) == "L _||_ S | I"
    assert text(plain, unicode=True) == "L ⟂ S | I"
    cut = Separated(("Y",), ("Z",), ("W",), ("X",), ("Z",))
    assert latex(cut) == (r"(Y \perp\!\!\!\perp Z \mid W)_{G_{\overline{X}\underline{Z}}}")
    assert "arrows into X and arrows out of Z" in text(cut)
    assert latex(Positive(e("G=A"))) == r"P[G=\mathrm{A}] > 0"
    assert latex(Distinct("X", "X", "X'"), PRESETS["pearl"]) == r"x \neq x'"


def test_the_graph_is_not_taken_for_a_variable_called_g() -> None:
    cut = Separated(("L",), ("G",), ("S",), cut_out_of=("G",))
    assert latex(cut).endswith(r"_{\mathcal{G}_{\underline{G}}}")
