"""Derivations and numbers against brute force, in thousands of random models.

Models have three to seven variables with two or three states, certain and impossible entries, and
arrows without effect; queries are of every kind that is derived. The expectation is always the
joint distribution, written out: see ``tests/support/oracle.py``.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings

from symcausal import Model
from symcausal.errors import ImpossibleEventError, SymcausalError
from symcausal.expr.nodes import Expr, Letter, Prob
from symcausal.network.network import Network
from symcausal.network.parameters import symbolic_table
from tests.properties.checking import (
    check_derivation,
    check_numbers,
    few_assignments,
    settled,
    within,
)
from tests.support.depth import many
from tests.support.oracle import Oracle, free_letters_of
from tests.support.random_models import (
    KINDS,
    overlapping_query,
    random_network,
    random_query,
)
from tests.support.strategies import models_with_queries

DETAILS = ("brief", "lecture", "full")
IN_MAKE_TEST = 300
IN_ALL = many(1000)
LONGEST = 15  # seconds for one derivation; they take a hundredth of one
CHUNKS = 8
CLOSED_FORMS = many(100)


def check_model(seed: int) -> None:
    """One random model, one random query of the kind that is the seed's turn."""
    rng = random.Random(seed)
    positive = seed % 3 == 0
    network = random_network(rng, positive=positive)
    query = random_query(rng, network, KINDS[seed % len(KINDS)])
    model, oracle = Model.from_network(network), Oracle(network)
    context = f"seed {seed}: {query}\nin {network.graph}"
    try:
        with within(LONGEST):
            derivation = model.derive(query, detail=rng.choice(DETAILS))
        check_derivation(query, derivation, oracle, rng, positive=positive)
        assert derivation.verify() is not False
        check_numbers(query, model, oracle, rng)
    except (AssertionError, SymcausalError) as error:
        raise AssertionError(f"{context}\n{error}") from error


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_steps_and_numbers_agree_with_brute_force(chunk):
    """Every step of every derivation keeps its value, and the exact number is right."""
    for seed in range(chunk, IN_MAKE_TEST, CHUNKS):
        check_model(seed)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_steps_and_numbers_agree_with_brute_force_in_thousands_of_models(chunk):
    """The same over a thousand models and more."""
    for seed in range(IN_MAKE_TEST + chunk, IN_MAKE_TEST + IN_ALL, CHUNKS):
        check_model(seed)


@pytest.mark.parametrize("seed", [1381, 1780])
def test_folding_comes_to_an_end(seed):
    """Two models in which a product was once folded back and forth for ever."""
    check_model(seed)


@settings(max_examples=25)
@given(models_with_queries(positive=True))
def test_small_counterexamples_would_be_found(model_and_query):
    """The same property in a form that shrinks, for positive models."""
    network, query = model_and_query
    model, oracle, rng = Model.from_network(network), Oracle(network), random.Random(0)
    check_derivation(query, model.derive(query), oracle, rng, positive=True)
    check_numbers(query, model, oracle, rng)


@settings(max_examples=25)
@given(models_with_queries())
def test_small_counterexamples_with_zeros_would_be_found(model_and_query):
    """The same with impossible events."""
    network, query = model_and_query
    model, oracle, rng = Model.from_network(network), Oracle(network), random.Random(0)
    check_derivation(query, model.derive(query), oracle, rng, positive=False)
    check_numbers(query, model, oracle, rng)


# -- do -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(5_000, 5_040))
def test_do_is_truncated_factorisation(seed):
    """``P(v | do(x))`` is the product of all tables but that of X, in three renderings."""
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 5))
    cause, effect = rng.sample(list(network.graph.nodes), 2)
    state = rng.choice(network.variables[cause].states)
    value = rng.choice(network.variables[effect].states)
    expected = sum(
        chance
        for states, chance in truncated_product(network, cause, state)
        if states[effect] == value
    )
    model = Model.from_network(network)
    assert model.probability(f"P({effect}={value} | do({cause}={state}))") == expected
    assert model.do(**{cause: state}).probability(f"P({effect}={value})") == expected


def truncated_product(network: Network, cause: str, state: str):
    """Every assignment with X set, and the product of the other tables' entries."""
    oracle = Oracle(network)
    letters = {name: name for name in network.variables}
    for states in oracle.assignments(letters):
        if states[cause] == state:
            chance = Fraction(1)
            for name in network.variables:
                if name != cause:
                    parents = {p: states[p] for p in network.tables[name].parents}
                    chance *= oracle.number(network.entry(name, states[name], parents))
            yield states, chance


# -- overlaps and impossible events -------------------------------------------------------------
def check_overlap(seed: int) -> None:
    """A query whose parts share a variable has the oracle's value, or is refused."""
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 5))
    query = overlapping_query(rng, network)
    model, expected = Model.from_network(network), Oracle(network).value(query)
    if expected is None:
        with pytest.raises(ImpossibleEventError):
            model.probability(query)
        return
    assert model.probability(query) == expected, f"seed {seed}: {query} in {network.graph}"
    check_derivation(query, model.derive(query), Oracle(network), rng, positive=False)


def test_overlaps_agree_with_brute_force():
    """``P(x | do(x))`` is 1, ``P(y, x | do(x'))`` is 0, ``P(y | do(x), x')`` is undefined."""
    for seed in range(150):
        check_overlap(seed)


@pytest.mark.slow
def test_overlaps_agree_with_brute_force_at_length():
    """The same in a thousand models."""
    for seed in range(150, 150 + many(1000)):
        check_overlap(seed)


def test_contradictions_are_refused_in_derivations_too():
    """Nothing is derived from a condition that contradicts itself."""
    for seed in range(60):
        rng = random.Random(seed)
        network = random_network(rng, nodes=(3, 4), positive=True)
        query = overlapping_query(rng, network)
        if Oracle(network).value(query) is None:
            with pytest.raises(ImpossibleEventError):
                Model.from_network(network).derive(query)


# -- closed forms -------------------------------------------------------------------------------
def opened(network: Network, rng: random.Random) -> tuple[Network, dict[str, Fraction]]:
    """The network with a parameter for every free entry, and numbers for them."""
    tables = {
        name: symbolic_table(network.variables[name], table.parents, network.variables)
        for name, table in network.tables.items()
    }
    symbolic = Network(network.variables, network.graph, tables)
    values = {}
    for name, table in tables.items():
        width = len(network.variables[name].states)
        for start in range(0, len(table.entries), width):
            weights = [rng.randint(1, 6) for _ in range(width)]
            for entry, weight in zip(
                table.entries[start : start + width - 1], weights, strict=False
            ):
                values[entry.name] = Fraction(weight, sum(weights))
    return symbolic, values


def check_closed_form(seed: int) -> None:
    """The closed form over parameters, with numbers put in, is the brute-force value."""
    sympy = pytest.importorskip("sympy")
    rng = random.Random(seed)
    network, values = opened(random_network(rng, nodes=(3, 4)), rng)
    query = random_query(rng, network, KINDS[seed % len(KINDS)])
    model, oracle = Model.from_network(network), Oracle(network, values)
    for at in few_assignments(oracle, free_letters_of(query), rng)[:1]:
        asked = settled(query, at)
        expected = oracle.value(asked)
        form = model.closed_form(asked)
        assert not form.atoms(sympy.Float)
        numbers = {s: sympy.Rational(values[s.name].numerator, values[s.name].denominator)
                   for s in form.free_symbols}  # fmt: skip
        found = form.subs(numbers)
        assert found.is_Rational, found
        assert Fraction(int(found.p), int(found.q)) == expected, f"seed {seed}: {asked}"
        assert model.probability(asked, values) == expected


def test_closed_forms_agree_with_brute_force():
    """Symbols first and numbers after is the same as numbers first."""
    for seed in range(45):
        check_closed_form(seed)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_closed_forms_agree_with_brute_force_at_length(chunk):
    """The same in nearly a thousand models."""
    for seed in range(1000 + chunk * CLOSED_FORMS, 1000 + (chunk + 1) * CLOSED_FORMS):
        check_closed_form(seed)


# -- tables -------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(20))
def test_free_values_give_a_table(seed):
    """A query with free values has one exact number for each assignment of states."""
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 4), positive=True)
    query: Expr = random_query(rng, network, "conditional")
    if not free_letters_of(query):
        return
    found = Model.from_network(network).probability(query)
    oracle = Oracle(network)
    assert isinstance(query, Prob)
    order = [e.value.name for part in (query.outcome, query.given, query.do) for e in part
             if isinstance(e.value, Letter)]  # fmt: skip
    for at in oracle.assignments({name: name for name in order}):
        key = tuple(at[name] for name in order)
        assert found[key if len(key) > 1 else key[0]] == oracle.value(query, at)
