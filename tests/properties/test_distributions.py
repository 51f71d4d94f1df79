"""The distributions of a formula are those that its printed form shows."""

from __future__ import annotations

import random

import pytest

from symcausal.expr.distributions import distributions, mentions_do
from symcausal.expr.nodes import Quotient
from symcausal.writing.text import text
from tests.support.random_models import random_formula, random_network, random_query


@pytest.mark.parametrize("seed", range(80))
def test_each_probability_and_mean_on_paper_is_a_distribution(seed: int) -> None:
    rng = random.Random(seed)
    network = random_network(rng)
    formula = Quotient(random_formula(rng, network), random_query(rng, network))
    shown = text(formula)
    assert len(list(distributions(formula))) == shown.count("P(") + shown.count("E[")
    assert mentions_do(formula) == ("do(" in shown)
