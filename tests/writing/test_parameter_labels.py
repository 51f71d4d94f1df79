"""No two parameters of a model share a name or look the same in print."""

from __future__ import annotations

import random

import pytest
import sympy

from symcausal import Model
from symcausal.writing.latex import latex
from tests.support.random_models import random_graph

CLASHES = [
    "A: no, yes; B: no, yes; A -> C; B -> C; C: no, yes",
    "A_B: C, x; A: B_C, y",
    "parameters theta_X_0; X; Y",
    'X: "+", "-"; Y: "+", "-"',
]


@pytest.mark.parametrize("text", CLASHES)
def test_parameters_differ_in_name_and_in_print(text: str) -> None:
    model = Model.parse(text)
    found = model.network.parameters
    assert len({p.name for p in found}) == len(found)
    assert len({latex(p) for p in found}) == len(found)
    assert len({sympy.latex(symbol) for symbol in model.parameters}) == len(found)


def test_random_models_with_few_state_names() -> None:
    rng = random.Random(5)
    for _ in range(60):
        graph = random_graph(rng, rng.randint(2, 5))
        states = {name: rng.choice([["no", "yes"], ["a", "b", "c"], 2]) for name in graph.nodes}
        model = Model(graph.directed, states=states)
        found = model.network.parameters
        assert len({p.name for p in found}) == len(found)
        assert len({latex(p) for p in found}) == len(found)
