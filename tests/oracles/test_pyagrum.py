"""pyAgrum's lazy propagation answers as we do, on all of bnlearn's networks that we can take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from typing import Any

import numpy as np
import pytest

from symcausal.errors import LimitError
from tests.oracles.questions import Answer, Question, compiled, drawn, exact, model
from tests.support.bnlearn import packed

if not find_spec("pyagrum") or not packed():
    pytest.skip("pyagrum, and pgmpy's networks, are not both installed", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore")  # theirs

LARGE = {"munin", "munin2", "munin3", "munin4", "pathfinder"}
# Some of whose questions take tables that we refuse, or fractions of many thousands of digits.
WIDE = {"barley", "diabetes", "mildew"}
TIMES = 3


def by_pyagrum(network: Any, question: Question) -> Answer:
    """Our model as an object of theirs, which holds floats of 64 bits; their graph is cut for do()."""
    gum = import_module("pyagrum")
    network = gum.BayesNet(network)
    for name, state in question.do.items():
        for parent in list(network.parents(name)):
            network.eraseArc(parent, network.idFromName(name))
        labels = network.variable(name).labels()
        network.cpt(name).fillWith([float(label == state) for label in labels])
    # Evidence that does not bear on the outcome it does not look at, be it impossible.
    if question.given and not chances(network, question.given, {})[tuple(question.given.values())]:
        return None
    return chances(network, question.outcome, question.given)


def chances(network: Any, names: Iterable[str], given: Mapping[str, str]) -> Answer:
    """The joint distribution of variables, by states in their order."""
    inference = import_module("pyagrum").LazyPropagation(network)
    inference.setEvidence(dict(given))
    inference.addJointTarget(set(names))
    found = inference.jointPosterior(set(names))
    axes = list(found.names)[::-1]  # the last is the outermost of their nested lists
    labels = [network.variable(name).labels() for name in axes]
    answer, nested = {}, np.array(found.tolist())
    for positions in product(*map(range, nested.shape)):
        at = {n: own[i] for n, own, i in zip(axes, labels, positions, strict=True)}
        answer[tuple(at[name] for name in names)] = float(nested[positions])
    return answer


NETWORKS = [
    pytest.param(name, marks=[pytest.mark.slow] if name in LARGE else [])
    for name in packed()
    if name not in WIDE
]


@pytest.mark.parametrize("name", NETWORKS)
def test_pyagrum_answers_the_same(name):
    theirs = model(name).to_pyagrum()
    for question in drawn(name, TIMES):
        expected = by_pyagrum(theirs, question)
        for answer in (exact, compiled):
            assert same(answer(name, question), expected), (answer, question)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(WIDE))
def test_pyagrum_answers_the_same_where_we_answer_at_all(name):
    theirs, refused = model(name).to_pyagrum(), 0
    for question in drawn(name, 1):
        try:
            found = compiled(name, question)
        except LimitError:
            refused += 1
        else:
            assert same(found, by_pyagrum(theirs, question)), question
    assert refused <= 2


def same(found: Answer, expected: Answer) -> bool:
    """Whether both are impossible, or agree in every cell."""
    if found is None or expected is None:
        return found is expected
    return found == pytest.approx(expected, abs=1e-9)
