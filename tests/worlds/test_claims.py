"""Written claims about what would have been: verdicts, and the truth by enumeration.

Each claim stands here with its verdict, from the papers or by mathematics. The oracle then says the
same: what holds is equal in functional models that are enumerated, what fails differs in one.
"""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from symcausal import Model, check
from symcausal.expr.scope import free_letters
from symcausal.reading.reader import read_chain
from symcausal.reading.vocabulary import Vocabulary
from tests.support.functional import FunctionalModel

BOW = "X -> Y; X <-> Y"
FRONT = "X -> Z -> Y; X <-> Y"
BACK = "C -> X; C -> Y; X -> Y"
CHAIN = "X -> Z -> Y"
MEDIATED = "C -> X; C -> M; C -> Y; X -> M -> Y; X -> Y"
PLAIN = "X -> M -> Y; X -> Y"
JOINED = "X -> M -> Y; X -> Y; M <-> Y"
IV = "Z -> X -> Y; X <-> Y"
TWO = "X: 0, 1; Y: 0, 1; "  # as they are where nothing is declared
BINARY = "X: no, yes; Y: no, yes; "

CLAIMS = [
    # consistency, and seeing taken for it
    (BOW, r"P(Y_{x} = y \mid X = x) = P(y \mid x)", "holds"),
    (BOW, r"P(Y_{x} = y \mid X = x') = P(y \mid x)", "fails"),
    (BOW, r"P(Y_{x} = y, X = x) = P(x, y)", "holds"),
    (BOW, r"P(Y_{x} = y, X = x') = P(x', y)", "fails"),
    (BOW, r"P(y_x) = P(y \mid do(x))", "holds"),
    (BOW, r"P(y_x) = P(y \mid x)", "fails"),
    # confounding by what is seen, or not at all
    (BACK, r"P(Y_x = y) = \sum_c P(y \mid x, c) P(c)", "holds"),
    (BACK, r"P(Y_x = y) = \sum_c P(y \mid x, c) P(c \mid x)", "fails"),
    (BACK, r"P(Y_x = y \mid C = c, X = x') = P(y \mid x, c)", "holds"),
    (BACK, r"P(Y_x = y \mid X = x') = P(Y_x = y)", "fails"),
    (BACK, r"P(Y_{x} = y \mid X = x') = \sum_c P(y \mid x, c) P(c \mid x')", "holds"),
    (BACK, r"P(Y_{x} = y \mid X = x') = \sum_c P(y \mid x, c) P(c)", "fails"),
    (CHAIN, r"P(Y_x = y) = P(y \mid x)", "holds"),
    (CHAIN, r"P(Y_x = y \mid X = x') = P(y \mid x)", "holds"),
    (CHAIN, r"P(Y_{x} = y \mid Z = z) = P(y \mid z)", "fails"),
    (CHAIN, r"P(Y_{x,z} = y) = P(Y_{z} = y)", "holds"),
    (CHAIN, r"P(Y_{x,z} = y) = P(Y_{x} = y)", "fails"),
    # the effect of treatment on the treated by the front door, line by line
    (FRONT, r"P(Y_{x}=y \mid X=x') = \sum_z P(Y_{x}=y, Z_{x}=z \mid X=x')", "holds"),
    (FRONT, r"P(Y_{x}=y, Z_x=z \mid X=x') = P(Y_{z}=y, Z_x=z \mid X=x')", "holds"),
    (FRONT, r"P(Y_{z}=y, Z_x=z \mid X=x') = P(Z_x=z) P(Y_{z}=y \mid X=x')", "holds"),
    (FRONT, r"P(Y_{z}=y, Z_x=z \mid X=x') = P(Z_x=z) P(Y_{z}=y)", "fails"),
    (FRONT, r"P(Y_{z}=y \mid X=x') = P(y \mid x', z)", "holds"),
    (FRONT, r"P(Y_{z}=y) = P(y \mid z)", "fails"),
    (FRONT, r"P(Y_{x}=y \mid X=x') = \sum_z P(z \mid x) P(y \mid x', z)", "holds"),
    (FRONT, r"P(Y_{x}=y \mid X=x') = \sum_z P(z \mid x') P(y \mid x', z)", "fails"),
    # with an experiment, where the treatment has two states
    (
        TWO + BOW,
        r"P(Y_{X=1}=y \mid X=0) = \frac{P(y \mid do(X=1)) - P(y, X=1)}{P(X=0)}",
        "holds",
    ),
    (BINARY + BOW, r"P(Y_{x}=y, X=x') = P(Y_x=y) - P(Y_x=y, X=x)", "holds"),
    (BINARY + BOW, r"P(Y_{x}=y, X=x') = P(Y_x=y) - P(Y=y, X=x')", "fails"),
    # natural effects
    (
        MEDIATED,
        r"P(Y_{x, M_{x'}} = y) = \sum_{c,m} P(y \mid x, m, c) P(m \mid x', c) P(c)",
        "holds",
    ),
    (
        MEDIATED,
        r"P(Y_{x, M_{x'}} = y) = \sum_{c,m} P(y \mid x', m, c) P(m \mid x, c) P(c)",
        "fails",
    ),
    (MEDIATED, r"P(Y_{x, M_{x'}} = y) = \sum_{m} P(y \mid x, m) P(m \mid x')", "fails"),
    (PLAIN, r"P(Y_{x, M_{x'}} = y) = \sum_{m} P(y \mid x, m) P(m \mid x')", "holds"),
    (JOINED, r"P(Y_{x, M_{x'}} = y) = \sum_{m} P(y \mid do(x, m)) P(m \mid x')", "fails"),
    (PLAIN, r"P(Y_{x, M_{x}} = y) = P(Y_x = y)", "holds"),
    (PLAIN, r"P(Y_{x, M_{x'}} = y) = P(Y_x = y)", "fails"),
    (JOINED, r"P(Y_{x, M_{x}} = y) = P(y \mid x)", "holds"),
    (
        PLAIN,
        r"E[Y_{X=1, M_{X=0}}] - E[Y_{X=0}]"
        r" = \sum_m (E[Y \mid X=1, m] - E[Y \mid X=0, m]) P(m \mid X=0)",
        "holds",
    ),
    (
        PLAIN,
        r"E[Y_{X=1, M_{X=0}}] - E[Y_{X=0}]"
        r" = \sum_m (E[Y \mid X=1, m] - E[Y \mid X=0, m]) P(m \mid X=1)",
        "fails",
    ),
    (PLAIN, r"E[Y_{X=1} - Y_{X=0}] = E[Y \mid X=1] - E[Y \mid X=0]", "holds"),
    (BACK, r"E[Y_{X=1} - Y_{X=0}] = E[Y \mid X=1] - E[Y \mid X=0]", "fails"),
    # instruments and joint laws
    (IV, r"P(Y_{x} = y \mid Z = z) = P(Y_x = y)", "holds"),
    (IV, r"P(Y_{x} = y \mid X = x') = P(Y_x = y)", "fails"),
    (IV, r"P(Y_{x,z} = y) = P(Y_x = y)", "holds"),
    (IV, r"P(X_{z} = x, Y_{z} = y) = P(x, y \mid z)", "holds"),
    (IV, r"P(X_z = x, X_{z'} = x') = P(X_z = x) P(X_{z'} = x')", "fails"),
    (PLAIN, r"P(y_x, y'_{x'}) = P(y_x) P(y'_{x'})", "fails"),
    (BINARY + BOW, r"P(y_x, y'_{x'}) + P(y_x, y_{x'}) = P(y_x)", "holds"),
    (BOW, r"P(Y_{x} = y, Y_{x'} = y') = P(Y_{x'} = y', Y_{x} = y)", "holds"),
]


@pytest.mark.parametrize(("model", "claim", "verdict"), CLAIMS)
def test_a_written_claim(model: str, claim: str, verdict: str) -> None:
    report = check(f"We have ${claim}$.", model=model)
    (found,) = report.claims
    assert found.verdict == verdict, found.reason


@pytest.mark.parametrize(("model", "claim", "verdict"), CLAIMS)
def test_enumeration_says_the_same(model: str, claim: str, verdict: str) -> None:
    network = Model(model).network
    left, right = read_chain(claim, Vocabulary.of(network)).formulas
    letters = {**free_letters(left), **free_letters(right)}
    equal = True
    for seed in range(3 if verdict == "holds" else 8):
        oracle = FunctionalModel(network.graph, Random(seed), 2, most=4)
        for place in product("01", repeat=len(letters)):
            at = dict(zip(letters, place, strict=True))
            if any(f"{x}'" in at and at[x] == at[f"{x}'"] for x in letters):
                continue  # the other value
            one, other = oracle.value(left, at), oracle.value(right, at)
            equal = equal and (one is None or other is None or one == other)
    assert equal == (verdict == "holds")


def test_without_a_causal_model_nothing_is_said() -> None:
    claim = r"$P(Y_{x} = y \mid X = x) = P(y \mid x)$"
    (found,) = check(claim, model="X -> Y; not causal").claims
    assert found.verdict == "undecided"
    (found,) = check(claim).claims
    assert found.verdict in ("undecided", "unreadable")


def test_worlds_are_said_to_be_independent_where_several_are_spoken_of() -> None:
    (across,) = check(r"$P(Y_{x} = y \mid X = x') = P(y \mid x)$", model=CHAIN).claims
    (single,) = check(r"$P(Y_{x} = y) = P(y \mid x)$", model=CHAIN).claims
    assert "across worlds" in across.reason
    assert "across worlds" not in single.reason


def test_a_claim_that_needs_two_states_is_undecided_where_none_are_declared() -> None:
    claim = r"$P(Y_{x}=y, X=x') = P(Y_x=y) - P(Y_x=y, X=x)$"
    (found,) = check(claim, model=BOW).claims
    assert found.verdict == "undecided"
    assert "two" in found.reason


def test_tables_do_not_settle_several_worlds() -> None:
    model = "X -> Y; P(X) = 1/2, rest; P(Y | X=0) = 1/4, rest; P(Y | X=1) = 3/4, rest"
    (found,) = check("$P(Y_{X=0}=0, Y_{X=1}=1) = 1/16$", model=model).claims
    assert found.verdict == "undecided"


@pytest.mark.parametrize(
    "claim",
    [
        r"P(Y_{x}=y, X=x') = P(Y_{x''}=y)",
        r"P(y_x, y'_{x'}) = P(y''_{x})",
        r"P(Y_{X=yes}=y', X=no) = P(Y_{X=yes}=y'', Y=y)",
    ],
)
def test_more_values_than_states_prove_nothing(claim: str) -> None:
    """Three values of two states cannot all differ, so that nothing would refute the claim."""
    (found,) = check(f"${claim}$", model=BINARY + BOW).claims
    assert found.verdict == "undecided"
    (found,) = check(f"${claim}$", model="X: yes, no, other; Y: a, b, c; " + BOW).claims
    assert found.verdict == "fails"
