"""A claim that holds if its names are meant in another common way is no error for certain."""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.notes.check import check_text
from symcausal.notes.reporting.claim import Claim


def claim(text: str) -> Claim:
    (found,) = check_text(f"$${text}$$").claims
    return found


# -- a chain that is the same at all times ---------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P(S_n | S_{n-1}) = P(S_m | S_{m-1})", "undecided"),
        ("P(S_{n+1} | S_n) = P(S_2 | S_1)", "undecided"),
        ("P(S_2 | S_1) = P(S_3 | S_2)", "undecided"),
        ("P(O_1 | S_1) = P(O_2 | S_2)", "undecided"),
        (r"P(S_2 | S_1) = \frac{P(S_3, S_2)}{P(S_2)}", "undecided"),
        # another step, a step back, and what is not about times
        ("P(S_2 | S_1) = P(S_3 | S_1)", "fails"),
        ("P(S_2 | S_1) = P(S_1 | S_2)", "fails"),
        ("P(S_2 | S_1) = P(O_3 | S_2)", "fails"),
        ("P(S_2 | S_1) = P(S_3, S_2)", "fails"),
        ("P(S_n | S_m) = P(S_m | S_n)", "fails"),
        ("P(S_2) = P(S_1)", "fails"),
        ("P(A | B) = P(C | B)", "fails"),
    ],
)
def test_a_chain_may_be_the_same_at_all_times(text: str, expected: str) -> None:
    assert claim(text).verdict == expected


@pytest.mark.parametrize("later", [2, 3])
def test_steps_of_a_chain_are_alike_or_turned(later: int) -> None:
    """All steps of a homogeneous chain are alike; a step and its reverse need not be."""
    one, other = "P(S_1 | S_0)", f"P(S_{later + 1} | S_{later})"
    assert claim(f"{one} = {other}").verdict == "undecided"
    assert claim(f"{one} = P(S_{later} | S_{later + 1})").verdict == "fails"


def test_a_model_says_nothing_of_other_times_but_its_numbers_do() -> None:
    text = "$P(S_2 | S_1) = P(S_3 | S_2)$"
    assert Model.parse("S_1 -> S_2 -> S_3").check(text).claims[0].verdict == "undecided"
    numbers = (
        "S_1 -> S_2 -> S_3\nP(S_1=1) = 0.3\nP(S_2=1 | S_1=0) = 0.2\nP(S_2=1 | S_1=1) = 0.6\n"
        "P(S_3=1 | S_2=0) = 0.2\nP(S_3=1 | S_2=1) = 0.7"
    )
    assert Model.parse(numbers).check(text).claims[0].verdict == "fails"


# -- cases -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"P(M | R) = \frac{P(R | M) P(M)}{P(R | M) P(M) + P(R | F) P(F)}", "undecided"),
        (r"P(F | R) = \frac{P(R | F) P(F)}{P(R | M) P(M) + P(R | F) P(F)}", "undecided"),
        (
            r"P(M | R) = \frac{P(R | M) P(M)}{P(R | M) P(M) + P(R | F) P(F) + P(R | C) P(C)}",
            "undecided",
        ),
        # wrong for two cases, too: a lost prior, another likelihood, the other case, a lost term
        (r"P(M | R) = \frac{P(R | M)}{P(R | M) P(M) + P(R | F) P(F)}", "fails"),
        (r"P(M | R) = \frac{P(R | F) P(M)}{P(R | M) P(M) + P(R | F) P(F)}", "fails"),
        (r"P(F | R) = \frac{P(R | M) P(M)}{P(R | M) P(M) + P(R | F) P(F)}", "fails"),
        (r"P(M | R) = \frac{P(R | M) P(M)}{P(R | M) P(M) + P(R | M, F) P(F)}", "fails"),
        # the cases stand together, so they do not exclude each other
        (r"P(M | R, F) = \frac{P(R | M) P(M)}{P(R | M) P(M) + P(R | F) P(F)}", "fails"),
    ],
)
def test_events_may_be_the_cases_of_one_variable(text: str, expected: str) -> None:
    assert claim(text).verdict == expected


# -- a letter for many -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p(X) = p(A, S, E)", "undecided"),
        ("p(x) = p(a) p(s) p(e)", "undecided"),
        ("p(X) = p(A, S)", "fails"),
        ("p(A) = p(A, S, E)", "fails"),
        ("p(X) = p(A, S | E)", "fails"),
        ("p(Rain) = p(A, S, E)", "fails"),
        ("p(X | Y) = p(A, S, E)", "fails"),
        ("p(X) = p(A=1, S, E)", "fails"),
    ],
)
def test_a_letter_may_stand_for_many(text: str, expected: str) -> None:
    assert claim(text).verdict == expected


# -- means -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E(I_A) = P(A)", "undecided"),
        ("E(I_A | B) = P(A | B)", "undecided"),
        ("E(I_A) = P(B)", "fails"),
        ("E(I_A | B) = P(A)", "fails"),
        ("E(J_A) = P(A)", "fails"),
        ("E(E(T | N)) = E(Np)", "undecided"),
        ("E(T) = E(Np)", "fails"),
        ("E(Y_1 - Y_0) = E(D | T=1) - E(D | T=0)", "undecided"),
        ("E(Y_1) - E(Y_0) = E(D | T=1) - E(D | T=0)", "undecided"),
        ("E(Y_1 - Y_0) = E(Y_1 Y_0)", "fails"),
        ("E(Y_1 - Y_0) = E(D)", "fails"),
        ("E(Y_1 - Z_0) = E(D | T=1) - E(D | T=0)", "fails"),
        # a square outside a mean, and the mean of a square
        ("E(X - E(X))^2 = E(X^2) - E(X)^2", "undecided"),
        ("E[(X - E[X])^2] = E[X^2] - E[X]^2", "holds"),
        ("E[(X - E[X])^2] = E[X^2] - E[X]", "fails"),
        ("E(X - E(X))^2 = E(X^2) + E(X)^2", "fails"),
        ("E(X - E(X))^2 = 0", "undecided"),
        ("E(X + Y)^2 = (E(X) + E(Y))^2", "undecided"),
        ("E(X)^2 = E(X^2)", "fails"),
        ("E(X)^2 = E(X) E(X)", "holds"),
    ],
)
def test_what_stands_within_a_mean(text: str, expected: str) -> None:
    assert claim(text).verdict == expected
