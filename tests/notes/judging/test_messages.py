"""What people are told: reasons and hints, case by case, in words that they can act on."""

from __future__ import annotations

import pytest

from symcausal.model import Model
from symcausal.notes.check import check_text
from symcausal.notes.reporting.claim import Claim

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
def test_counterfactual_notation_is_called_that_without_a_model(text: str, name: str) -> None:
    """It is neither an unknown variable nor a product; what is said points at the name."""
    told = claims(f"$P(x, z, a) = P(x, z, a)$\n\n${text}$")[-1]
    assert told.verdict == "unreadable"
    assert told.reason.startswith(f"{name} is counterfactual notation")


@pytest.mark.parametrize("case", COUNTERFACTUAL)
def test_counterfactual_notation_never_holds_by_mistake(case: str) -> None:
    """In a model it is read, and each of these claims is wrong in this one, or says too little.

    But ignorability: given Z, every path from X to what Y would have been is blocked.
    """
    text, name = COUNTERFACTUAL[case]
    told = claims(f"$P(x, z, a) = P(x, z, a)$\n\n${text}$", MEDIATED)[-1]
    assert (told.verdict == "holds") == case.startswith("ignorability")
    assert told.verdict != "unreadable" or told.reason.startswith(("'1' sets nothing", name))


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


STUDENT = "I -> G <- D; I -> S; G -> L"
CONFOUNDED = "Z -> X -> Y; Z -> Y"
FRONT = "X <-> Y; X -> M -> Y"
PATHS = {
    "a chain": ("A -> B -> C", r"A \perp C", "A -> B -> C (B is not given)"),
    "a neighbour": ("A -> B", r"A \perp B", "A -> B"),
    "a fork": ("A <- B -> C", r"P(A, C) = P(A) P(C)", "(B is not given)"),
    "a collider": ("A -> B <- C", r"A \perp C \mid B", "(B is a collider and it is given)"),
    "a collider's descendant": (
        "A -> B <- C; B -> D",
        r"A \perp C \mid D",
        "(B is a collider and its descendant D is given)",
    ),
    "a condition left out": (STUDENT, r"P(I \mid G, D) = P(I \mid G)", "I -> G <- D"),
    "a product": (STUDENT, r"P(L, S) = P(L) P(S)", "S <- I -> G -> L (I and G are not given)"),
    "a product given something": (STUDENT, r"P(I, D \mid G) = P(I \mid G) P(D \mid G)", "-> G <-"),
    "a parent left out": (STUDENT, r"P(I, D, G) = P(I) P(D) P(G \mid I)", "G <- D"),
    "a prior for a condition": ("A -> B -> C", r"P(C | A) = \sum_B P(C | B) P(B)", "B <- A"),
    "a condition too many": ("A -> B -> C", r"P(C) = \sum_B P(C | B) P(B | A)", "C <- B <- A"),
    "a back door": (CONFOUNDED, r"P(y | do(x)) = P(y | x)", "X <- Z -> Y (Z is not given)"),
    "a back door of a mean": (CONFOUNDED, "E[Y | do(X=1)] = E[Y | X=1]", "X <- Z -> Y"),
    "a weight that sees": (CONFOUNDED, r"P(y | do(x)) = \sum_z P(y | x, z) P(z | x)", "X <- Z"),
    "a mediator": ("X -> W -> Y; X -> Y", r"P(y|do(x)) = \sum_w P(y|x,w) P(w)", "X -> W"),
    "half a front door": (FRONT, r"P(y | do(x)) = \sum_m P(m | x) P(y | m)", "X <-> Y"),
}


@pytest.mark.parametrize(("model", "text", "path"), PATHS.values(), ids=PATHS)
def test_what_fails_names_the_open_path(model: str, text: str, path: str) -> None:
    """With what opens it: a collider that is given, or another variable that is not."""
    claim = first(text, model)
    assert claim.verdict == "fails"
    assert f"path {path}" in claim.reason or path in claim.reason


def test_without_a_model_no_arrow_is_made_up() -> None:
    """Nobody has drawn one."""
    claim = first("P(A | B) = P(B | A)")
    assert claim.verdict == "fails"
    assert "path" not in claim.reason


MENDED = {
    "spelling as typed": (
        "A -> B -> C", r"P(C|A)=\sum_B P(C|B)P(B)", r"\sum_B P(C|B)P(B|A)",
    ),
    "square brackets": (
        STUDENT, r"P[L] = \sum_{G} P[L \mid G] P[G|I]", r"\sum_{G} P[L \mid G] P[G]",
    ),
    "conditions in the order typed": (
        CONFOUNDED, r"P(y|do(x))=P(y|x,z)P(z)", r"\sum_{z} P(y|x,z)P(z)",
    ),
    "factors in the order typed": (
        CONFOUNDED,
        r"P(y\mid \mathrm{do}(x))=\sum_z P(z\mid x)\, P(y\mid x,z)",
        r"\sum_z P(z)\,P(y\mid x,z)",
    ),
    "words": (
        "rain -> wet <- sprinkler",
        r"P(wet | rain) = \sum_{sprinkler} P(wet | rain, sprinkler)",
        r"\sum_{sprinkler} P(wet | rain, sprinkler) P(sprinkler)",
    ),
    "words in their font": (
        "rain -> wet <- sprinkler",
        r"P(\text{wet} \mid \text{rain}) = "
        r"\sum_{\text{sprinkler}} P(\text{wet} \mid \text{rain}, \text{sprinkler})",
        r"\sum_{\text{sprinkler}} P(\text{wet} \mid \text{rain}, \text{sprinkler}) "
        r"P(\text{sprinkler})",
    ),
    "the right adjustment": (
        "Z -> X -> W -> Y; Z -> Y", r"P(y|do(x))=\sum_w P(y|x,w)P(w)", r"\sum_z P(y|x,z)P(z)",
    ),
    "the front door": (
        FRONT,
        r"P(y|do(x))=\sum_m P(m|x)P(y|m)",
        r"\sum_m P(m|x) \sum_{x'} P(y|x',m)P(x')",
    ),
    "a sign of its own": (
        None,
        r"\Pr(A\mid B) = \frac{\Pr(B\mid A)}{\Pr(B)}",
        r"\frac{\Pr(B\mid A) \Pr(A)}{\Pr(B)}",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("model", "text", "mended"), MENDED.values(), ids=MENDED)
def test_what_was_meant_is_offered_as_the_reader_would_write_it(
    model: str | None, text: str, mended: str
) -> None:
    """Blanks apart, which do not print."""
    claim = first(text, model)
    assert claim.verdict == "fails"
    assert mended.replace(" ", "") in [shown.replace(" ", "") for shown in claim.suggestions]


@pytest.mark.parametrize(("model", "text", "mended"), MENDED.values(), ids=MENDED)
def test_every_suggestion_holds(model: str | None, text: str, mended: str) -> None:
    """Put into the place of what was written, it is judged to hold."""
    claim = first(text, model)
    for shown in claim.suggestions:
        again = f"{claim.left} = {shown}" if " = " not in shown else shown
        assert first(again, model).verdict == "holds", shown


WITHOUT_DO = (
    ("A -> B -> C", "P(B|A) = P(B|C)"),
    ("A -> B -> C", "P(A) = P(A|B)"),
    ("A -> B <- C", "P(A|B) = P(A|B,C)"),
    ("A -> B -> C", "P(A,C) = P(A)P(C)"),
    (STUDENT, "P(I,D,G,S,L) = P(I) P(D) P(G|I) P(S|I) P(L|G)"),
)


@pytest.mark.parametrize(("model", "text"), WITHOUT_DO)
def test_notes_without_do_are_not_offered_one(model: str, text: str) -> None:
    """Nor is a fraction in which something cancels."""
    claim = first(text, model)
    assert claim.verdict == "fails"
    assert not any("do" in shown for shown in claim.suggestions)


def test_notes_with_do_elsewhere_may_be_offered_one() -> None:
    """The other claims show that the author acts."""
    text = r"$P(y|do(x)) = \sum_z P(y|x,z)P(z)$, and $P(y|x) = \sum_z P(y|x,z)P(z)$"
    assert any("do(x)" in shown for shown in claims(text, CONFOUNDED)[1].suggestions)
