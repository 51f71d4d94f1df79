"""The joint distribution itself, in fractions, on the networks of bnlearn.

A network whose joint is small is written out whole. Of a larger one the variables of a question are
taken with all that is above them: the tables of the others sum to one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from math import prod

import pytest

from symcausal.network.network import Network
from tests.oracles.questions import Question, any_state, drawn, exact, model
from tests.support.bnlearn import packed
from tests.support.oracle import Oracle

if not packed():
    pytest.skip("pgmpy, which brings the networks, is not installed", allow_module_level=True)

WHOLE = ("asia", "cancer", "earthquake", "survey", "sachs")
AT_MOST = 20_000  # assignments that are written out
QUESTIONS = 12


def agree(name: str, oracle: Oracle, question: Question) -> bool:
    """Whether our answer is the oracle's in every cell."""
    found = exact(name, question)
    given, do = question.given.items(), question.do.items()
    for states in product(*(oracle.states[variable] for variable in question.outcome)):
        outcome = zip(question.outcome, states, strict=True)
        expected = oracle.probability(outcome, given, do)
        if (found and found[states]) != expected:
            return False
    return True


@pytest.mark.parametrize("name", WHOLE)
def test_small_networks_written_out_whole(name):
    oracle = Oracle(model(name).network)
    for question in drawn(name, 2):
        assert agree(name, oracle, question), question


@pytest.mark.parametrize("name", [name for name in packed() if name not in WHOLE])
def test_a_variable_given_another_with_all_above_them(name):
    network = model(name).network
    questions = list(pairs(name, network))
    assert questions
    for question, above in questions:
        assert agree(name, Oracle(above), question), question


def pairs(name: str, network: Network) -> Iterator[tuple[Question, Network]]:
    """Pairs that have something in common above them, and that part of the network."""
    rng, found = random.Random(f"pairs of {name}"), 0
    graph, names = network.graph, list(network.variables)
    for _ in range(2000):
        left, right = rng.sample(names, 2)
        above = graph.ancestors([left, right])
        size = prod(network.size(each) for each in above)
        if size > AT_MOST or not {*graph.ancestors([left])} & {*graph.ancestors([right])}:
            continue
        do = {} if found % 2 else {each: any_state(network, each, rng) for each in above[:1]}
        question = Question((left,), {right: any_state(network, right, rng)}, do)
        yield question, restricted(network, above)
        found += 1
        if found == QUESTIONS:
            return


def restricted(network: Network, names: tuple[str, ...]) -> Network:
    """The part of a network that has no arrow into it."""
    kept = {name: network.variables[name] for name in network.variables if name in names}
    tables = {name: network.tables[name] for name in kept}
    return Network(kept, network.graph.restricted(names), tables)
