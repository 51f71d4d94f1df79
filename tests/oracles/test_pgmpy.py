"""pgmpy reads bnlearn's files by itself, eliminates variables, and answers as we do."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from tests.oracles.questions import Question, drawn, exact, model
from tests.support.bnlearn import packed, unpacked

if not find_spec("pgmpy") or not packed():
    pytest.skip("pgmpy is not installed", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore")  # theirs

NETWORKS = ("asia", "cancer", "earthquake", "survey", "sachs", "child", "alarm", "win95pts")


@pytest.mark.parametrize("name", NETWORKS)
def test_pgmpy_answers_the_same(name):
    theirs = import_module("pgmpy.readwrite").BIFReader(str(unpacked(name))).get_model()
    assert {n: set(theirs.get_cpds(n).state_names[n]) for n in theirs.nodes()} == {
        n: set(states) for n, states in model(name).variables.items()
    }
    # Rows that sum to 0.9999999 they take as they are, and we settle.
    close = 1e-6 if model(name).rounded_rows else 1e-9
    for question in drawn(name, 1):
        found = exact(name, question)
        if found is not None and not question.do:
            assert found == pytest.approx(by_pgmpy(theirs, question), abs=close), question


def by_pgmpy(network: Any, question: Question) -> dict[tuple[str, ...], float]:
    """Their distribution by states in the order of the question."""
    inference = import_module("pgmpy.inference").VariableElimination(network)
    found = inference.query(
        list(question.outcome), evidence=dict(question.given), show_progress=False
    )
    places = [found.variables.index(name) for name in question.outcome]
    answer = {}
    for position in range(found.values.size):
        states = [state for _, state in found.assignment([position])[0]]
        answer[tuple(states[place] for place in places)] = float(found.values.flat[position])
    return answer
