"""Each world alone: steps that multiply across worlds are refused."""

from __future__ import annotations

import pytest

from symcausal import Model, SymcausalError
from symcausal.errors import UsageError
from tests.command_line import run

BACK = "C -> X; C -> Y; X -> Y"
BOW = "X -> Y; X <-> Y"
MEDIATED = "X -> M -> Y; X -> Y"

CASES = [
    # what is of one world, and what experiments give by the complement, needs no other world
    (BACK, "P(Y_{x}=y)", None, True),
    (BACK, "TE(Y, X)", None, True),
    (BOW, "P(Y_{x}=y | X=x)", None, True),
    (BOW, "P(Y_{x}=y | X=x')", ["P(X, Y)", "P(Y | do(X))"], True),
    (MEDIATED, "CDE(Y, X, M=0)", None, True),
    # independence across worlds alone leads these to one
    (MEDIATED, "NDE(Y, X, M)", None, False),
    (MEDIATED, "NDE(Y, X, M)", "experiments", False),
    ("X: a, b, c; X -> Z -> Y; X <-> Y", "P(Y_{x}=y | X=x')", None, False),
]


@pytest.mark.parametrize(("model", "query", "known", "single"), CASES)
def test_identification(
    model: str, query: str, known: list[str] | str | None, single: bool
) -> None:
    both = Model(model).identify(query, given=known)
    alone = Model(model).identify(query, given=known, worlds="single")
    assert both.identifiable
    assert alone.identifiable == single
    assert "worlds" not in "".join(map(str, alone.as_data()["assumptions"]))  # type: ignore[call-overload]
    if single:
        assert alone.estimand == both.estimand
    else:
        assert not alone.proven
        assert "without independence across worlds" in " ".join(alone.to_text().split())


def test_derivation() -> None:
    with pytest.raises(SymcausalError, match="single worlds"):
        Model(MEDIATED).derive("NDE(Y, X, M)", worlds="single")
    assert Model(MEDIATED).derive("TE(Y, X)", worlds="single").verify()
    with pytest.raises(UsageError, match="no worlds"):
        Model(MEDIATED).derive("TE(Y, X)", worlds="double")  # type: ignore[arg-type]


CLAIMS = [
    ("P(Y_{X=1, M_{X=0}}=1) = sum_{M} P(M | X=0) P(Y=1 | X=1, M)", "undecided"),
    ("P(Y_{X=1, M_{X=0}}=1) = sum_{M} P(M | X=1) P(Y=1 | X=1, M)", "fails"),
    ("P(Y_{X=1}=1) = P(Y=1 | X=1)", "holds"),
]


@pytest.mark.parametrize(("claim", "verdict"), CLAIMS)
def test_claims(claim: str, verdict: str) -> None:
    model = Model(MEDIATED)
    (one,) = model.check(claim, worlds="single").claims
    assert one.verdict == verdict
    (other,) = model.check(claim).claims
    assert other.verdict == ("holds" if verdict == "undecided" else verdict)
    assert any("worlds" in told for told in other.assumes) == (verdict == "undecided")


def test_the_command_line() -> None:
    asked = ["identify", MEDIATED, "NDE(Y, X, M)"]
    assert run(*asked).returncode == 0
    assert run(*asked, "--worlds", "single").returncode == 3
    assert run("derive", MEDIATED, "NDE(Y, X, M)", "--worlds", "single").returncode == 2
