"""Formulas of several worlds as they are written, and read back."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import UsageError
from symcausal.expr.nodes import Copy, Counterfactual
from symcausal.writing.latex import latex
from symcausal.writing.notations import Notation
from symcausal.writing.style import Style
from symcausal.writing.text import text
from symcausal.writing.typst import formula_typst
from tests.worlds.test_kernel import queries
from tests.writing.print_strategies import notations

MODEL = Model("X -> M -> Y; X -> Y")

MEANS = [
    "E[Y_{X=1}]", "E[Y_{X=1, M_{X=0}}] - E[Y_{X=0}]", "E[Y_{X=1} | X=0, Y=1]", "E[Y_{x} | X']",
    "E[Y_{X=1} | M_{X=1}=0]", "2 * E[Y_{X=1}] - P(X=1) E[Y_{X=0} | X=1]", "E[Y_{X=1}] / E[Y_{X=0}]",
    "E[Y_{X=1}] P(X=1)",
]  # fmt: skip


@pytest.mark.parametrize("written", MEANS)
def test_a_mean_is_written_as_one(written: str) -> None:
    formula = MODEL.query(written)
    shown = text(formula, MODEL.notation, tuple(MODEL.variables))
    assert shown == written
    assert MODEL.query(shown) == formula


@pytest.mark.parametrize(
    "written",
    [
        "sum_{Y} Y * P(Y_{X=1}=1)",  # of one state
        "sum_{Y} Y * P(Y_{X=1}=y | X=0) P(X=0)",
        "sum_{Y} Y * P(Y_{X=1}=y | Y=y)",  # not the mean, since Y stands behind the bar as well
        "sum_{M} M * P(Y_{X=1}=m)",
        "sum_{X} Y * P(Y_{X=1}=y)",
    ],
)
def test_another_sum_is_no_mean(written: str) -> None:
    formula = MODEL.query(written)
    shown = text(formula, MODEL.notation, tuple(MODEL.variables))
    assert "E[" not in shown
    assert MODEL.query(shown) == formula


ABC = Model("A -> B -> C; A -> C")


def sets_itself(copy: Copy) -> bool:
    """Whether a copy sets its own variable, or another to what that is anyway: nobody writes this."""
    inner = [s.value for s in copy.settings if isinstance(s.value, Copy)]
    own = any(setting.variable == copy.variable for setting in copy.settings)
    return own or any(not one.settings or sets_itself(one) for one in inner)


def written_apart(query: Counterfactual) -> bool:
    """Whether a query is one that a text can be read as: some variable is set."""
    copies = [event.copy for event in (*query.outcome, *query.given)]
    return any(copy.settings for copy in copies) and not any(map(sets_itself, copies))


@settings(deadline=None, max_examples=300)
@given(queries(), notations(), st.booleans())
def test_what_would_have_been_reads_back(
    query: Counterfactual, notation: Notation, unicode: bool
) -> None:
    assume(written_apart(query))
    order = tuple(ABC.variables)
    assert ABC.query(text(query, notation, order, unicode=unicode)) == query
    assert ABC.query(latex(query, notation, order)) == query


FORMS = [
    ("subscript", "Y_{X=1, M_{X=0}}", "Y_(X=1, M_(X=0))"),
    ("argument", "Y(X=1, M(X=0))", "Y(X=1, M(X=0))"),
    ("superscript", "Y^{X=1, M^{X=0}}", "Y^(X=1, M^(X=0))"),
]


@pytest.mark.parametrize(("choice", "written", "typst"), FORMS)
def test_the_choices(choice: str, written: str, typst: str) -> None:
    notation = Notation(counterfactual=choice)
    formula = MODEL.query("P(Y_{X=1, M_{X=0}}=1)")
    assert text(formula, notation, tuple(MODEL.variables)) == f"P({written}=1)"
    assert latex(formula, notation, tuple(MODEL.variables)) == f"P[{written}=1]"
    assert typst in formula_typst(formula, Style(notation, tuple(MODEL.variables)))


def test_a_superscript_has_one_meaning() -> None:
    with pytest.raises(UsageError, match="superscript"):
        Notation(states="superscript", counterfactual="superscript")
    above = Notation(counterfactual="superscript")
    assert Notation.infer("$P(g^1, l^0)$", above).counterfactual == "subscript"
    assert Notation.infer("$P(G=1)$", above).counterfactual == "superscript"


NAMED = Model(
    '"very hot": yes, "not at all"; Y1: -1, 0, 1; Rain_2: a, b; "very hot" -> Y1 <- Rain_2; Y1 -> Z'
)
AWKWARD = [
    "P(Y1_{Rain_2=a}=0)", 'P(Y1_{"very hot"="not at all"}=0)', "P(Y1_{Rain_2=a}=-1)",
    "P(Y1=0 | Rain_2=a) P(Y1_{Rain_2=b}=1)", "P(Z_{Y1=-1}=0)", "P(Z_{Y1_{Rain_2=a}}=0, Z_{Y1=-1}=1)",
]  # fmt: skip


@pytest.mark.parametrize("choice", ["subscript", "argument", "superscript"])
@pytest.mark.parametrize("written", AWKWARD)
def test_awkward_names_read_back(written: str, choice: str) -> None:
    formula, order = NAMED.query(written), tuple(NAMED.variables)
    notation = Notation(counterfactual=choice)
    assert NAMED.query(text(formula, notation, order)) == formula
    assert NAMED.query(latex(formula, notation, order)) == formula
