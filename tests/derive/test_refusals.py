"""What derive says where values overlap: an answer, or a refusal that helps; never a crash."""

from __future__ import annotations

import random

import pytest

from symcausal import Model, parse
from symcausal.errors import ImpossibleEventError, UsageError
from symcausal.expr.nodes import Event, Events, Letter, Prob, State
from symcausal.network.network import Network
from symcausal.rules.rule import Context
from symcausal.rules.table_entries import expectation
from tests.properties.checking import check_derivation, within
from tests.support.oracle import Oracle
from tests.support.random_models import random_formula, random_network
from tests.support.student import student, student_with_sat_letter

DETAILS = ("brief", "lecture", "full")


@pytest.mark.parametrize(
    "query",
    [
        "P(L | do(L=weak))",
        "P(L | L=weak)",
        "P(G, G=A)",
        "P(I | do(G), G=A)",
        "P(I | G, G=A)",
        r"\sum_{G} P(G, L | do(G=A))",
        r"\sum_{G'} P(G', L | do(G))",
        "P(L | do(G=A)) - P(L=weak | do(L))",
    ],
)
def test_refuses_two_values_that_may_be_the_same(query):
    """The answer would have one form where they agree and another where they differ."""
    with pytest.raises(UsageError, match="may be the same or not") as refusal:
        Model.from_network(student()).derive(query)
    assert "name the state" in str(refusal.value)


def events(rng: random.Random, network: Network, least: int) -> Events:
    """Up to two events; a variable may come twice, with a letter, a second letter or a state."""
    names = rng.choices(list(network.variables), k=rng.randint(least, 2))
    return Events(
        Event(
            name,
            rng.choice(
                [
                    Letter(name),
                    Letter(name + "'"),
                    State(rng.choice(network.variables[name].states)),
                ]
            ),
        )
        for name in names
    )


def test_answers_rightly_or_refuses_where_anything_overlaps():
    """Outcome, condition and intervention drawn without regard for each other."""
    answered = 0
    for seed in range(400):
        rng = random.Random(seed)
        network = random_network(rng, nodes=(2, 4), positive=True)
        query = Prob(*(events(rng, network, least) for least in (1, 0, 0)))
        model = Model.from_network(network)
        try:
            with within(15):
                derivation = model.derive(query, detail=rng.choice(DETAILS))
        except (UsageError, ImpossibleEventError):
            continue
        check_derivation(query, derivation, Oracle(network), rng, positive=True)
        answered += 1
    assert answered > 100


def test_a_mean_given_its_own_variable_keeps_the_two_apart():
    """``E[Y | Y=y]`` runs over a second copy of Y, it does not swallow the first."""
    network = random_network(random.Random(4), nodes=(2, 2), positive=True)
    name = network.graph.nodes[0]
    asked = parse(f"E[{name} | {name}]")
    (rewrite,) = expectation(asked, Context(network.graph))
    oracle = Oracle(network)
    for state in network.variables[name].states:
        assert oracle.value(asked, {name: state}) == int(state)
        assert oracle.value(rewrite.after, {name: state}) == int(state)


def test_a_division_by_zero_is_the_question_s_fault():
    """It is refused as such and not reported as a defect."""
    with pytest.raises(UsageError, match="divides by zero"):
        Model.from_network(student()).derive("P(L) / (P(S) - P(S))")


def test_derives_sums_of_products_that_nobody_ordered():
    """Formulas of any shape; the library's own letters step aside where theirs are in use."""
    for seed in range(40):
        rng = random.Random(seed)
        network = random_network(rng, nodes=(2, 4), positive=True)
        formula = random_formula(rng, network, depth=rng.randint(1, 2))
        try:
            with within(15):
                derivation = Model.from_network(network).derive(formula)
        except (UsageError, ImpossibleEventError):
            continue
        check_derivation(formula, derivation, Oracle(network), rng, positive=False)


def test_folding_survives_a_letter_that_is_free_elsewhere():
    """The summed I is renamed when it moves past a free I; the fold looks for it again."""
    model, network = Model.from_network(student_with_sat_letter()), student_with_sat_letter()
    formula = parse("P(I) P(S | do(G=A)) + P(L | do(G=A)) P(I)")
    derivation = model.derive(formula)
    check_derivation(formula, derivation, Oracle(network), random.Random(0), positive=True)
