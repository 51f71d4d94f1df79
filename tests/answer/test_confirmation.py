"""A value is handed out only if the kernel finds it, too: in fractions, or modulo a prime."""

import random
from fractions import Fraction
from math import inf

import pytest

from symcausal import Model
from symcausal.algebra.deadline import OutOfTime, remaining
from symcausal.answer import evaluating
from symcausal.errors import VerificationError
from symcausal.expr.scope import free_letters
from symcausal.network.network import Network
from symcausal.numbers.evaluate.closed_form import ClosedForm
from tests.golden.models import STUDENT
from tests.support.oracle import Oracle
from tests.support.random_models import random_network, random_query


@pytest.fixture(params=["fractions", "residues"])
def road(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "residues":

        def slow(network: Network) -> object:
            if remaining() != inf:
                raise OutOfTime("the budget ran out")
            return exact(network)

        exact = evaluating.exact
        monkeypatch.setattr(evaluating, "exact", slow)
    return request.param


def test_true_values_are_confirmed(road: str) -> None:
    rng = random.Random(1)
    for _ in range(30):
        network = random_network(rng)
        query = random_query(rng, network)
        oracle, letters = Oracle(network), free_letters(query)
        expected = [oracle.value(query, at) for at in oracle.assignments(letters)]
        if all(value is None for value in expected):
            continue
        found = evaluating.evaluate(query, network, {}, asked="a query").value
        if letters:
            assert [found.get(tuple(at.values())) for at in oracle.assignments(letters)] == expected
        else:
            assert [found] == expected


def test_a_false_value_is_withheld(road: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Fraction(1, 3)
    monkeypatch.setattr(ClosedForm, "numbers", lambda self: wrong)
    with pytest.raises(VerificationError, match="two computations"):
        Model.parse(STUDENT).probability("P(I=high | L=weak)")


def test_residues_are_what_decides_when_fractions_take_long(
    road: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = []
    real = evaluating.modular
    monkeypatch.setattr(evaluating, "modular", lambda *a: used.append(1) or real(*a))
    Model.parse(STUDENT).probability("P(I=high | L=weak)")
    assert bool(used) == (road == "residues")
