"""What is true of the mean of a variable with two values need not be true of any other."""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.notes.check import check_text

ANY = [
    (r"E[X + Y] = E[X] + E[Y]", "holds"),
    (r"E[X] = E[E[X \mid Y]]", "holds"),
    (r"E[X] = \sum_x x P(x)", "holds"),
    (r"E[(X - E[X])^2] = E[X^2] - E[X]^2", "holds"),
    (r"E[X^2] \ge 0", "holds"),
    (r"E[X Y] = \sum_{x, y} x y P(x, y)", "holds"),
    # of 0 and 1 alone
    (r"E[X^2] = E[X]", "undecided"),
    (r"E[X^3 Y] = E[X Y]", "undecided"),
    (r"E[X] \le 1", "undecided"),
    (r"E[X] \ge 0", "undecided"),
    (r"\sum_x x^2 P(x) = E[X]", "undecided"),
    (r"\int x^2 p(x)\,dx = E[X]", "undecided"),
    (r"E[X] = E[X^2] + 1", "fails"),
    # which X has here
    (r"E[X] = P(X=1)", "holds"),
]


@pytest.mark.parametrize(("claim", "verdict"), ANY)
def test_without_a_model_values_are_any_numbers(claim: str, verdict: str) -> None:
    (found,) = check_text(f"${claim}$").claims
    assert found.verdict == verdict


def test_a_model_has_the_values_that_it_declares() -> None:
    for states, verdict in [("0, 1", "holds"), ("0, 1, 2", "fails")]:
        (claim,) = Model.parse(f"X: {states}").check("$E[X^2] = E[X]$").claims
        assert claim.verdict == verdict
