"""Means in which a variable is fixed: there is nothing to average over it."""

from __future__ import annotations

import random

import pytest

from symcausal import Model
from symcausal.expr.scope import free_letters
from tests.support.oracle import Oracle
from tests.support.random_models import random_tables

GRAPH = "Z -> X; Z -> Y; X -> Y"
QUERIES = [
    "E[X | X]",
    "E[X | X=1]",
    "E[X Y | X]",
    "E[X | do(X)]",
    "E[X Y | do(X)]",
    "E[(Y-X)^2 | do(X)]",
    "E[(Y-E[Y|X])^2 | X]",
    "E[Z-X | Z]",
    "E[Y | do(X=1)]",
]


@pytest.mark.parametrize("query", QUERIES)
def test_every_line_of_a_mean_has_its_value(query: str) -> None:
    model = Model.parse(GRAPH)
    derivation = model.derive(query, detail="full")
    states = dict.fromkeys(model.variables, ("0", "1"))
    for seed in range(3):
        network = random_tables(random.Random(seed), model.network.graph, states, positive=True)
        oracle = Oracle(network)
        for at in oracle.assignments(free_letters(derivation.query)):
            expected = oracle.value(derivation.query, at)
            assert expected is not None
            for step in derivation.steps:
                if step.rule.name != "table-entry":
                    assert oracle.value(step.after, at) == expected
