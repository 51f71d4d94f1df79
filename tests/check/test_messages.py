"""What people are told: reasons and hints, case by case, in words that they can act on."""

from __future__ import annotations

import pytest

from symcausal.check.notes import check_text
from symcausal.check.report import Claim
from symcausal.model import Model

MEDIATED = "Z -> X -> M -> Y; Z -> Y; A -> Y"


def claims(text: str, model: str | None = None) -> tuple[Claim, ...]:
    """The claims of Markdown text."""
    report = check_text(text) if model is None else Model.parse(model).check(text)
    return report.claims


def first(text: str, model: str | None = None) -> Claim:
    """The only claim of one formula."""
    (claim,) = claims(f"${text}$", model)
    return claim


COUNTERFACTUAL = {
    "an assignment below": (r"P(Y_{X=1}=1) = P(Y=1)", "'Y_{X=1}'"),
    "a letter below": (r"P(Y_x = y) = P(y)", "'Y_x'"),
    "a letter below, alone": (r"P(Y_x) = P(Y)", "'Y_x'"),
    "a small letter below": (r"P(y_x \mid x') = P(y)", "'y_x'"),
    "two worlds": (r"P(y_x, y'_{x'}) = P(y) P(x)", "'y_x'"),
    "an argument": (r"P(Y(1)=1) = P(Y=1)", "'Y(1)'"),
    "a letter as argument": (r"P(Y(x)=y) = P(y|x)", "'Y(x)'"),
    "a nested world": (r"P(Y_{x, M_{x'}} = y) = P(y)", "'Y_{x, M_{x'}}'"),
    "a mean of a difference": (r"E[Y(1)-Y(0)] = E[Y|X=1] - E[Y|X=0]", "'Y(1)'"),
    "a mean with subscripts": (r"E[Y_{X=1}] = E[Y|X=1]", "'Y_{X=1}'"),
    "an assignment above": (r"P(Y^{a=1}=1) = P(Y=1)", "'Y^{a=1}'"),
    "a letter above": (r"E[Y^{a}] = E[Y]", "'Y^{a}'"),
    "ignorability": (r"Y(1), Y(0) \perp X \mid Z", "'Y(1)'"),
    "ignorability by subscript": (r"Y_x \perp X \mid Z", "'Y_x'"),
}


@pytest.mark.parametrize(("text", "name"), COUNTERFACTUAL.values(), ids=COUNTERFACTUAL)
@pytest.mark.parametrize("model", [MEDIATED, None], ids=["model", "no model"])
def test_counterfactual_notation_is_called_that(text: str, name: str, model: str | None) -> None:
    """It is neither an unknown variable nor a product; what is said points at the name."""
    told = claims(f"$P(x, z, a) = P(x, z, a)$\n\n${text}$", model)[-1]
    assert told.verdict == "unreadable"
    assert told.reason.startswith(f"{name} is counterfactual notation")


PLAIN = (
    r"P(X_1, X_2) = P(X_1) P(X_2 \mid X_1)",
    r"P(x_t, x_{t-1}) = P(x_{t-1}) P(x_t \mid x_{t-1})",
    r"p_{X,Y}(x, y) = p_X(x) p_{Y \mid X}(y \mid x)",
    r"E[X(X-1)] = E[X^2] - E[X]",
    r"P(x_i, x_j) = P(x_j) P(x_i \mid x_j)",
    r"P(g^1, i^0) = P(i^0) P(g^1 \mid i^0)",
    r"P(x_a, x_b) = P(x_a) P(x_b \mid x_a)",
    r"P(Y=y_1, X=x_0) = P(Y=y_1 \mid X=x_0) P(X=x_0)",
    r"P(A^c) = 1 - P(A)",
    r"P(X_{t=1}) = P(X_{t=1})",
)


@pytest.mark.parametrize("text", PLAIN)
def test_scripts_of_variables_and_states_are_no_counterfactuals(text: str) -> None:
    """Each of these holds over every distribution."""
    assert first(text).verdict == "holds"


def test_a_variable_of_the_model_may_look_like_one() -> None:
    """What the model declares is what it declares it to be."""
    model = 'X -> "Y_x"; X -> Z'
    assert first(r"P(Y_x, X) = P(X) P(Y_x \mid X)", model).verdict == "holds"


STATES = "G: A, B, C; L: weak, strong; N: 1, 2, 3; K: k1, k2; G -> L; N -> K"
BARE = {
    "a state": (r"P(strong) = 1 - P(weak)", "holds"),
    "a state under the bar": (r"P(strong \mid A) = P(L=strong \mid G=A)", "holds"),
    "in words": (r"P(\text{strong}) = P(L=strong)", "holds"),
    "a letter and a state": (r"P(n3) = P(N=3)", "holds"),
    "a letter and a state under the bar": (r"P(k1 \mid n2) = P(K=k1 \mid N=2)", "holds"),
    "a state whose name has the letter": (r"P(k1, n3) = P(k1 \mid n3) P(n3)", "holds"),
    "after do": (r"P(weak \mid do(A)) = P(weak \mid A)", "holds"),
    "a false claim": (r"P(k1 \mid n2) = P(k1)", "fails"),
}


@pytest.mark.parametrize(("text", "verdict"), BARE.values(), ids=BARE)
def test_a_state_of_one_variable_stands_for_its_event(text: str, verdict: str) -> None:
    """What a bare state means is told by the explicit form."""
    assert first(text, STATES).verdict == verdict


UNCLEAR = {
    "a state of two": (r"P(yes) = P(A)", "A: no, yes; B: no, yes", "A=yes and B=yes"),
    "a state and a letter": (r"P(b1) = P(A)", "A; B: 1, 2; C: b1, b2", "B=1 and C=b1"),
}


@pytest.mark.parametrize(("text", "model", "said"), UNCLEAR.values(), ids=UNCLEAR)
def test_two_readings_of_a_state_are_both_said(text: str, model: str, said: str) -> None:
    """Nothing is guessed."""
    claim = first(text, model)
    assert claim.verdict == "unreadable"
    assert said in claim.reason


HINTS = {
    "a label": ("P(Burglary) = P(A)", "did you mean B (label Burglary)?"),
    "a misspelt label": ("P(Burglry) = P(A)", "did you mean B (label Burglary)?"),
    "a label of two words": ("P(JohnCalls) = P(A)", "did you mean J (label John calls)?"),
    "a misspelt alias": ("P(Alrm) = P(A)", "did you mean A (alias Alarm)?"),
    "no such state": ("P(a7) = P(B)", "A has no state 7: 0, 1"),
    "nothing near": ("P(Q) = P(B)", "known: B, A, J"),
}


@pytest.mark.parametrize(("text", "said"), HINTS.values(), ids=HINTS)
def test_an_unknown_name_is_told_what_may_be_meant(text: str, said: str) -> None:
    """Labels and aliases count, since notes use them."""
    claim = first(text, 'B "Burglary"; A alias Alarm; J "John calls"; B -> A -> J')
    assert claim.verdict == "unreadable"
    assert claim.reason.startswith("there is no variable")
    assert said in claim.reason
