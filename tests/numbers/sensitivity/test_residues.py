"""Sums of products by residues are those in Python's own whole numbers, and the same functions."""

import random
import sys
from math import isqrt, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.expr.nodes import Prob
from symcausal.expr.scope import free_letters
from symcausal.network.network import Network
from symcausal.numbers.evaluate.elimination import AxisFactor, Integers, eliminate, joined
from symcausal.numbers.evaluate.elimination_order import best_order
from symcausal.numbers.sensitivity import corners
from symcausal.numbers.sensitivity.entries import entries, freed
from symcausal.numbers.sensitivity.residues import joined_sum, primes_above
from tests.numbers.sensitivity.test_many import (
    test_several_entries_are_the_model_with_all_rows_changed as agrees_with_the_joint,
)
from tests.support.random_models import random_network, random_query


@given(st.integers(1, 10**100), st.integers(20, 29))
def test_so_many_primes_tell_all_numbers_up_to_a_bound_apart(bound: int, bits: int) -> None:
    primes = primes_above(bound, bits)
    assert len(set(primes)) == len(primes)
    assert prod(primes) > bound
    assert prod(primes[:-1]) <= bound
    assert all(prime < 1 << bits for prime in primes)


@pytest.mark.parametrize("bits", [15, 22, 29])
def test_they_are_primes(bits: int) -> None:
    for prime in primes_above(10**60, bits):
        assert all(prime % divisor for divisor in range(2, isqrt(prime) + 1))


@pytest.mark.parametrize("size", [1, 10, 10**6, 10**9, 10**40])
@pytest.mark.parametrize("seed", range(12))
def test_sums_of_products_are_those_of_whole_numbers(seed: int, size: int) -> None:
    rng = random.Random(seed)
    sizes = {axis: rng.choice([1, 2, 2, 3, 40 if seed % 3 == 0 else 4]) for axis in range(5)}
    pool = []
    for _ in range(rng.randint(0, 5)):
        scope = tuple(rng.sample(list(sizes), rng.randint(0, 2)))
        count = prod(sizes[axis] for axis in scope)
        pool.append(
            AxisFactor(scope, [rng.choice([0, rng.randint(0, size)]) for _ in range(count)])
        )
    gone = [axis for axis in rng.sample(list(sizes), 3) if any(axis in f.scope for f in pool)]
    kept = [axis for axis in sizes if axis not in gone]
    rng.shuffle(kept)
    expected = joined(eliminate(pool, gone, sizes, Integers()), kept, sizes, Integers())
    order = best_order([factor.scope for factor in pool], gone, sizes).axes
    assert joined_sum(pool, order, kept, sizes, max(expected, default=0)) == expected


def cases(seed: int) -> list[tuple[Network, Prob, dict[str, object]]]:
    rng = random.Random(seed)
    found = []
    while len(found) < 12:
        network = random_network(rng, positive=rng.random() < 0.5)
        query = random_query(rng, network, kind="evidential")
        if isinstance(query, Prob) and not free_letters(query):
            every = list(entries(network, sorted(network.tables)))
            rows = {}
            for entry in rng.sample(every, min(len(every), 6)):
                rows.setdefault((entry.variable, entry.parents), entry)
            found.append((network, query, freed(network, list(rows.values()))))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_every_road_gives_the_same_polynomials(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert np.__name__ in sys.modules
    compared = 0
    for network, query, tables in cases(seed):
        answers = []
        for worth, most in ((10**9, 10**6), (0, 10**6), (0, 0)):  # Python, NumPy, polynomials
            monkeypatch.setattr(corners, "_WORTH_NUMPY", worth)
            monkeypatch.setattr(corners, "MOST_BY_NUMPY", most)
            answers.append(corners.posterior(network, query, tables))
        assert answers[0] == answers[1] == answers[2]
        compared += answers[0] is not None
    assert compared > 3


def test_without_numpy_there_is_python(monkeypatch: pytest.MonkeyPatch) -> None:
    network, query, tables = next(c for c in cases(1) if corners.posterior(*c) is not None)
    monkeypatch.setattr(corners, "_WORTH_NUMPY", 0)
    expected = corners.posterior(network, query, tables)
    monkeypatch.setitem(sys.modules, "symcausal.numbers.sensitivity.residues", None)
    assert corners.posterior(network, query, tables) == expected


def test_any_number_of_variables_of_one_state() -> None:
    sizes = {**dict.fromkeys(range(70), 1), 70: 2, 71: 3}
    pool = [AxisFactor(tuple(range(72)), [1, 2, 3, 4, 5, 6]), AxisFactor((71,), [1, 10, 100])]
    assert joined_sum(pool, [*range(40), 71], [*range(40, 70), 70], sizes, 1000) == [321, 654]


@pytest.mark.parametrize("seed", range(30))
def test_polynomials_by_residues_have_the_values_of_the_joint(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corners, "_WORTH_NUMPY", 0)
    agrees_with_the_joint(4 * seed + 1)
