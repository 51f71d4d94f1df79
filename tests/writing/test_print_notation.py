"""Notations: presets, their errors, and reading one off somebody's formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.errors import UsageError
from symcausal.writing.latex import latex
from symcausal.writing.notations import PRESETS, Notation
from symcausal.writing.text import text
from tests.writing.test_print_formulas import MARGINAL, p
from tests.writing.web_formulas import mathml

TYPICAL = (p("Y", "Z=1", "X"), p("L", "S=1", "G"), MARGINAL)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_inferred_from_what_it_prints(name: str) -> None:
    notation = Notation.preset(name)
    notes = "\n".join(f"$${latex(formula, notation)}$$" for formula in TYPICAL)
    assert Notation.infer(notes) == notation


@pytest.mark.parametrize(
    ("notes", "choice", "value"),
    [
        (r"\Pr\left[ A \middle| B \right]", "letter", r"\Pr"),
        (r"\mathbb{P}(A)", "letter", r"\mathbb{P}"),
        (r"\operatorname{Pr}(A)", "letter", r"\Pr"),
        (r"\Pr\left[ A \mid B \right]", "brackets", "square"),
        ("P(A | B), P(C|D), P[E]", "brackets", "round"),
        (r"P(A\mid B) = P(A|B)/P(B|C)", "bar", "|"),
        (r"p(y \vert x)", "bar", "|"),
        (r"P(y \mid \hat{x})", "do", "hat"),
        (r"P_{x}(y)", "do", "subscript"),
        (r"P_x(y)", "do", "subscript"),
        (r"P_{X=0}(X=1)", "do", "subscript"),
        (r"P_{x^0}(x^1)", "do", "subscript"),
        (r"P[L \mid \mathrm{do(}G=\mathrm{A})]", "do", "upright"),
        (r"P(Y|\text{do}(X))", "do", "upright"),
        (r"P(Y|do(X=1))", "do", "plain"),
        (r"P(Y\mid\operatorname{do}(X))", "do", "operator"),
        (r"p_{A \mid B}(a \mid b)", "values", "lower"),
        (r"p(\mathbf{x} \mid y, z)", "values", "lower"),
        (r"P(G=a, L=b \mid I)", "values", "capital"),
        (r"p(l \mid g^1, i^0)", "states", "superscript"),
        (r"P(X=1 \mid Y=0)", "states", "equals"),
        (r"\sum_{\{G, I, D\}} P(G)", "sums", "set"),
        (r"\sum_{g} P(L \mid G)", "sums", "lower"),
        (r"\sum\limits_g P(L \mid G)", "sums", "lower"),
        (r"\sum_{z} p(l \mid z)", "sums", "plain"),
    ],
)
def test_single_marks(notes: str, choice: str, value: str) -> None:
    assert getattr(Notation.infer(notes), choice) == value


@pytest.mark.parametrize(
    "notes",
    [
        "p_X(x)",
        r"p_{X}(x) = \sum_y p_{X,Y}(x, y)",
        r"P_X(X=1)",
        r"p_{\mathrm{Rain}}(\mathrm{rain})",
        r"p_{A \mid B}(a \mid b)",
        r"p_{X_1}(x_1)",
    ],
)
def test_the_name_of_a_mass_function_is_no_intervention(notes: str) -> None:
    assert Notation.infer(notes).do == Notation().do


def test_a_preset_may_be_given_by_its_name() -> None:
    formula = p("L", "S=1", "G")
    for name, notation in PRESETS.items():
        assert latex(formula, name) == latex(formula, notation)
        assert text(formula, name) == text(formula, notation)
        assert mathml(formula, name) == mathml(formula, notation)
    with pytest.raises(UsageError, match="'perl'"):
        latex(formula, "perl")


def test_words_alone_say_nothing() -> None:
    assert Notation.infer("Paper (2009) and a map [1] | no formula") == Notation()
    assert Notation.infer("") == Notation()


@given(st.text(alphabet="Pp([{}])|\\midsum_do=xX^1 $", max_size=60))
def test_no_text_is_refused(notes: str) -> None:
    assert isinstance(Notation.infer(notes), Notation)


def test_an_unknown_preset_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="'perl'") as caught:
        Notation.preset("perl")
    assert "did you mean 'pearl'?" in str(caught.value)


def test_an_unknown_choice_names_the_choices() -> None:
    with pytest.raises(UsageError, match="brackets 'squere'") as caught:
        Notation(brackets="squere")
    assert "did you mean 'square'?" in str(caught.value)
