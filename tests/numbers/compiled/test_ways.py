"""All ways through the arrays give the same numbers: what is fast is chosen by size."""

import random

import numpy as np
import pytest

from symcausal.network.loosened import numbers_of, symbolic
from symcausal.numbers.compiled import arrays, contraction
from tests.numbers.compiled.columns import random_columns, repeated
from tests.numbers.compiled.test_value import brute_force, cells, close, compiled
from tests.support.random_models import random_network, random_query


@pytest.fixture(params=["matrices", "narrow", "both"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param != "narrow":
        monkeypatch.setattr(contraction, "_EINSUM", 1e9)
        monkeypatch.setattr(contraction, "_WORTH_TURNING", 0)
        monkeypatch.setattr(contraction, "_WORTH_TURNING_ALONE", 0)
    if request.param != "matrices":
        monkeypatch.setattr(arrays, "_NARROW", 0)
        monkeypatch.setattr(arrays, "BLOCK", 1000)
    return request.param


def test_every_way_leads_to_the_brute_force_value(way: str) -> None:
    rng = random.Random(11)
    for _ in range(25):
        network = random_network(rng)
        query, values = random_query(rng, network), numbers_of(network)
        free = symbolic(network)
        expected = brute_force(free, query, values)
        function = compiled(free, query)
        if function.names:
            columns = cells(function, repeated(values, 37), expected)
            for row in (0, 35, 36):
                at = {key: column[row] for key, column in columns.items()}
                close({key: None if np.isnan(x) else x for key, x in at.items()}, expected)
        close(cells(function, {k: float(v) for k, v in values.items()}, expected), expected)


def test_every_way_has_the_same_rows_and_derivatives(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(12)
    for seed in range(8):
        network = symbolic(random_network(rng, positive=True))
        query = random_query(rng, network, kind="evidential")
        columns = random_columns(network, 101, seed)
        one, other = compiled(network, query), compiled(network, query)
        found = one.gradient(columns), one(columns)
        with monkeypatch.context() as plain:
            plain.setattr(contraction, "_EINSUM", 0.0)
            plain.setattr(arrays, "_NARROW", 10**9)
            expected = other.gradient(columns), other(columns)
        _alike(found, expected)


def _alike(found: object, expected: object) -> None:
    if isinstance(expected, np.ndarray):
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-13)
    elif isinstance(expected, tuple):
        for one, other in zip(found, expected, strict=True):  # type: ignore[call-overload]
            _alike(one, other)
    else:
        assert list(found) == list(expected)  # type: ignore[call-overload]
        for key in expected:  # type: ignore[attr-defined]
            _alike(found[key], expected[key])  # type: ignore[index]
