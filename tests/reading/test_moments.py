r"""Variances and covariances are the means that they stand for: ``Cov(X, Y) = E[XY] - E[X] E[Y]``."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import SymcausalError
from symcausal.notes.check import check_text
from symcausal.reading.reader import read

VALUES = (-1, 0, 2)
CELLS = st.lists(st.integers(1, 9), min_size=6, max_size=6)


@settings(max_examples=25)
@given(CELLS)
def test_numbers_are_those_of_the_joint(cells: list[int]) -> None:
    whole = sum(cells)
    pairs = [(x, y) for x in VALUES for y in (0, 1)]
    joint = {pair: Fraction(n, whole) for pair, n in zip(pairs, cells, strict=True)}
    prior = {x: joint[x, 0] + joint[x, 1] for x in VALUES}
    rows = "; ".join(f"P(Y=1 | X={x}) = {joint[x, 1] / prior[x]}" for x in VALUES)
    model = Model.parse(
        f"X: -1, 0, 2; X -> Y; P(X) = {', '.join(str(prior[x]) for x in VALUES)}; {rows}"
    )

    def mean(power: int, other: int, given_: int | None = None) -> Fraction:
        kept = {pair: p for pair, p in joint.items() if given_ in (None, pair[1])}
        total = sum(x**power * y**other * p for (x, y), p in kept.items())
        return total / sum(kept.values())

    spread = mean(2, 0) - mean(1, 0) ** 2
    both = mean(1, 1) - mean(1, 0) * mean(0, 1)
    within = mean(2, 0, 1) - mean(1, 0, 1) ** 2
    for text, value in [
        ("Var(X)", spread),
        (r"\mathrm{Var}[X]", spread),
        ("Cov(X, Y)", both),
        (r"\operatorname{Cov}(Y, X)", both),
        ("Cov(X, X)", spread),
        (r"Var(X \mid Y=1)", within),
        ("Var(2 X + 1)", 4 * spread),
        ("Cov(X, X + Y)", spread + both),
    ]:
        for shift, verdict in [(0, "holds"), (1, "fails")]:
            (claim,) = model.check(f"${text} = {value + shift}$").claims
            assert claim.verdict == verdict, text


CLAIMS = [
    (r"Cov(X, Y) = E[X Y] - E[X] E[Y]", "holds"),
    (r"Var(X) = E[(X - E[X])^2]", "holds"),
    (r"Var(Y) = E[Var(Y \mid X)] + Var(E[Y \mid X])", "holds"),
    (r"Cov(X, Y) = E[Cov(X, Y \mid Z)] + Cov(E[X \mid Z], E[Y \mid Z])", "holds"),
    (r"Var(X + Y) = Var(X) + Var(Y) + 2 Cov(X, Y)", "holds"),
    (r"Cov(X + Z, Y) = Cov(X, Y) + Cov(Z, Y)", "holds"),
    (r"Var(X) \ge 0", "holds"),
    (r"Cov(X, Y \mid Z=1) = E[X Y \mid Z=1] - E[X \mid Z=1] E[Y \mid Z=1]", "holds"),
    (r"Cov(X, Y) = E[X Y] + E[X] E[Y]", "fails"),
    (r"Var(X + Y) = Var(X) + Var(Y) - 2 Cov(X, Y)", "undecided"),  # true if they are independent
    (r"Var(Y) = E[Var(Y \mid X)]", "undecided"),
    (r"Cov(X, Y) = 0", "undecided"),
    (r"Var(X) \le 1", "undecided"),  # of 0 and 1 alone
    (r"Var(X, Y) = 1", "unreadable"),
    (r"Cov(X) = 1", "unreadable"),
    (r"E[X, Y] = 1", "unreadable"),
    (r"Var_X(X) = 1", "unreadable"),
    (r"Corr(X, Y) = 1", "unreadable"),
]


@pytest.mark.parametrize(("claim", "verdict"), CLAIMS)
def test_is_judged(claim: str, verdict: str) -> None:
    (found,) = check_text(f"${claim}$").claims
    assert found.verdict == verdict


def test_a_model_says_what_depends() -> None:
    for model, verdict in [("X; Y", "holds"), ("X -> Y", "fails")]:
        graph = Model.parse(model)
        assert graph.check("$Cov(X, Y) = 0$").claims[0].verdict == verdict
        assert graph.check("$Var(X + Y) = Var(X) + Var(Y)$").claims[0].verdict == verdict


@pytest.mark.parametrize("text", ["Var()", "Var(3)", "Cov(X, Y, Z)", "P(Var(X))", r"Var(X \mid)"])
def test_refuses(text: str) -> None:
    with pytest.raises(SymcausalError):
        read(text)
