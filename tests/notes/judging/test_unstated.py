"""What notes without a model leave unsaid is no reason for an alarm."""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.notes.check import check_text


def verdict(text: str) -> str:
    (claim,) = check_text(f"$${text}$$").claims
    return claim.verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # x may be the vector of all the x_i
        (r"p(\mathbf{x}) = p(x_1) p(x_2 \mid x_1)", "undecided"),
        ("P(X) = P(X_1, X_2)", "undecided"),
        ("p(x_A) p(x_i | x_A) = p(x)", "undecided"),
        # what is false of one name and another stays so
        ("P(X_1) = P(X_2)", "fails"),
        ("P(Y) = P(X_1, X_2)", "fails"),
        ("P(X_1, X_2) = P(X_1)", "fails"),
        # all variables but one, and ranges
        ("p(x_{-i}) p(x_i | x_{-i}) = p(x)", "unreadable"),
        (r"p(x_{\setminus i}) p(x_i | x_{\setminus i}) = p(x)", "unreadable"),
        (r"p(x_{V \setminus i}) = p(x_i)", "unreadable"),
        (r"p(x_{\setminus\{i\}}) = p(x_i)", "unreadable"),
        (r"p(x_{\neq i}) = p(x_i)", "unreadable"),
        # words that begin like a command
        ("p(x_{new}, y) = p(x_{new}) p(y | x_{new})", "holds"),
        ("p(x_{next}, y) = p(x_{next}) p(y | x_{next})", "holds"),
        ("p(x_{new}, y) = p(x_{new})", "fails"),
        ("p(x_{-1}) p(x_0 | x_{-1}) = p(x_{-1}, x_0)", "holds"),
        ("p(r_{1..2} | x) = p(r_2 | x, r_{1..1}) p(r_{1..1} | x)", "holds"),
        ("p(r_{1..2} | x) = p(r_2 | x) p(r_{1..1} | r_2)", "undecided"),
        ("p(r_{1..2} | x) = p(r_2 | x, r_1)", "fails"),
        ("p(x_{i+1:n}) = p(x_i)", "undecided"),
    ],
)
def test_without_a_model(text: str, expected: str) -> None:
    assert verdict(text) == expected


def test_a_model_says_what_its_names_are() -> None:
    (claim,) = Model.parse("X; X_1 -> X_2").check("$P(X) = P(X_1, X_2)$").claims
    assert claim.verdict == "fails"


def test_what_is_set_as_code_is_no_formula() -> None:
    (claim,) = Model.parse("X -> Y").check(r"$P_x(y) = \texttt{P[x](Y)}$").claims
    assert claim.verdict == "unreadable"
    assert "code" in claim.reason


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "What a model of this kind could assert is",
            "which this one does not assert",
            "undecided",
        ),
        ("A chain might imply", "too", "undecided"),
        ("The arrows assert", "as above", "fails"),
        ("We can say that", "as above", "fails"),
        ("One could claim", "as above", "fails"),
        ("It can imply", "as above", "fails"),
    ],
)
def test_what_some_model_could_assert_is_not_claimed(before, after, expected) -> None:
    (claim,) = Model.parse("T -> C").check(rf"{before} $T \perp C$, {after}.").claims
    assert claim.verdict == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        # 1 is a state only because it stands between those that are named
        (r"$\sum_{x \in \{0,2\}} P(x) = 1$", "undecided"),
        (r"$P(y) = \sum_{x \in \{0,2\}} P(x, y)$", "undecided"),
        ("$P(y) = P(y, X=0) + P(y, X=5)$", "undecided"),
        # what is false for any states
        ("$P(y) = P(y | X=0) + P(y | X=2)$", "fails"),
        ("$P(X=2) = P(X=0)$", "fails"),
        # the state is named elsewhere
        (r"Let $X \in \{0,1,2\}$. Then $P(y) = P(y, X=0) + P(y, X=2)$", "fails"),
        ("$P(X=1) = 0.2$. $P(y) = P(y, X=0) + P(y, X=2)$", "fails"),
    ],
)
def test_a_state_that_nobody_names_refutes_nothing(notes: str, expected: str) -> None:
    assert check_text(notes).claims[-1].verdict == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("$P(X=1) = p$", "undecided"),
        ("$E(X) = 1/p$", "undecided"),
        ("$E(X) = E(Np)$", "undecided"),
        ("$P(A=1) = p$", "holds"),
        # without the name
        ("$P(A|B) = P(B|A)$", "fails"),
        # a variable of the same name
        ("$P(p | x) = P(p, x)$", "fails"),
    ],
)
def test_a_name_of_another_section_refutes_nothing(claim: str, expected: str) -> None:
    notes = f"# One\nLet $p = P(A=1)$.\n\n# Two\nHere {claim}."
    assert check_text(notes).claims[-1].verdict == expected


def test_a_name_refutes_in_its_own_section() -> None:
    notes = "# One\nLet $p = P(A=1)$. Then $E(X) = 1/p$."
    assert check_text(notes).claims[-1].verdict == "fails"
