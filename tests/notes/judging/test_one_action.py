"""Laws of probability after one action hold in every causal model, and no graph has to be told."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.notes.check import check_text
from symcausal.reading.reader import read
from tests.support.oracle import Oracle, disagreements
from tests.support.random_models import random_graph, random_tables

LAWS = [
    r"P(y | do(x)) = \sum_z P(y | do(x), z) P(z | do(x))",
    r"P(y | do(x)) = \sum_z P(y, z | do(x))",
    r"P(y | z, do(x)) = \frac{P(y, z | do(x))}{P(z | do(x))}",
    r"P(y | z, do(x)) = \frac{P(z | y, do(x)) P(y | do(x))}{P(z | do(x))}",
    r"P(y, z, w | do(x)) = P(y | do(x)) P(z | y, do(x)) P(w | y, z, do(x))",
    r"P(y | do(x), do(w)) = \sum_z P(y | z, do(x), do(w)) P(z | do(x), do(w))",
    r"\sum_y P(y | z, do(x)) = 1",
    r"P(y | do(X=1)) = \sum_z P(y, z | do(X=1))",
    r"P(y, z | do(x)) \le P(y | do(x))",
]
NO_LAWS = [
    # independent after the action, which depends on the graph
    r"P(y, z | do(x)) = P(y | do(x)) P(z | do(x))",
    r"P(y | z, do(x)) = P(y | do(x))",
    # several actions, or none for some of the probabilities
    r"P(y | do(x)) = \sum_z P(y | do(x), z) P(z)",
    r"P(y | do(x)) = \sum_z P(y | z) P(z | do(x))",
    r"P(y | do(x)) = P(y | x)",
    r"P(y | do(X=1)) = \sum_z P(y | z, do(X=1)) P(z | do(X=0))",
    r"P(y | do(x)) = \sum_w P(y | do(x), do(w))",
    # the sum is over what is set, of which there is no distribution
    r"\sum_x P(y | do(x)) = 1",
    r"\sum_x P(y | do(x)) = \sum_x \sum_z P(y | z, do(x)) P(z | do(x))",
    r"P(y, z | do(x)) < P(y | do(x)) P(z | do(x))",
]


def verdict(text: str) -> str:
    return check_text(f"$${text}$$").claims[0].verdict


@pytest.mark.parametrize("law", LAWS)
def test_a_law_holds_after_an_action(law: str) -> None:
    assert verdict(law) == "holds"


@pytest.mark.parametrize("claim", NO_LAWS)
def test_what_is_no_law_after_one_action_needs_a_graph(claim: str) -> None:
    assert verdict(claim) == "undecided"


def test_what_is_supposed_of_observations_says_nothing_of_what_is_after_an_action() -> None:
    text = r"P(y, z | do(x)) = P(y | do(x)) P(z | do(x)) \quad \text{if } Y \perp Z"
    assert verdict(text) == "undecided"


def test_a_number_given_for_observations_is_none_after_an_action() -> None:
    text = "$P(Y=1) = 0.3$ and $P(Z=1) = 0.2$, so $P(Y=1 | do(X=1)) P(Z=1 | do(X=1)) = 0.06$."
    assert check_text(text).claims[2].verdict == "undecided"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_laws_hold_in_random_causal_models_with_hidden_causes(seed: int) -> None:
    rng = random.Random(seed)
    graph = random_graph(rng, 6, names=("X", "Y", "Z", "W", "U", "V"))
    binary = dict.fromkeys(graph.nodes, ("0", "1"))
    oracle = Oracle(random_tables(rng, graph, binary, positive=True))
    law = rng.choice([law for law in LAWS if " = " in law])
    left, right = map(read, law.split(" = "))
    assert not list(disagreements(left, right, oracle))
