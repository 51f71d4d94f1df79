"""Models made of Python values, and what a comparison offers as a repair."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcausal import Model
from symcausal.errors import SymcausalError


def test_a_text_as_first_argument_keeps_all_that_it_says() -> None:
    text = "X: a, b\nX -> Y\nP(X) = 0.3, 0.7"
    assert Model(text) == Model.parse(text)


def test_a_text_and_tables_beside_it_are_refused() -> None:
    with pytest.raises(SymcausalError, match="beside"):
        Model("X -> Y; P(X) = 0.3, 0.7", cpts={"Y": {0: [1, 0], 1: [0, 1]}})


def test_floats_are_the_decimals_that_they_print_as() -> None:
    model = Model([("X", "Y")], cpts={"X": [0.3, 0.7], "Y": {0: [0.1, 0.9], "1": ["1/2", "1/2"]}})
    assert model.probability("P(Y=1)") == Fraction(3, 10) * Fraction(9, 10) + Fraction(7, 20)


def test_states_that_differ_in_a_sign_have_symbols_of_their_own() -> None:
    model = Model("X", states={"X": ["-1", "1", "1.0", "10"]})
    names = [parameter.name for parameter in model.network.parameters]
    assert len(set(names)) == 3
    assert "theta_X_1" in names
    assert next(p.name for p in model.network.parameters if p.state == "-1") != "theta_X_1"


@pytest.mark.parametrize(
    "arguments",
    [
        {"edges": ["XY"]},
        {"edges": [("X", "")]},
        {"edges": [("X", "Y")], "states": {"X": 2.0}},
        {"edges": [("X", "Y")], "states": {"X": 0}},
        {"edges": [("X", "Y")], "cpts": {"X": 0.3}},
        {"edges": [("X", "Y")], "cpts": {"X": [float("nan"), 1]}},
        {"edges": [("X", "Y")], "cpts": {"X": [0.1 + 0.2, 0.6]}},
        {"edges": [("X", "Y")], "cpts": {"Y": {"0": [1, 0], 0: [0, 1]}}},
        {"edges": [("X", "Y")], "cpts": {"Z": [1, 0]}},
    ],
)
def test_values_that_do_not_fit_are_refused_in_words(arguments: dict[str, object]) -> None:
    with pytest.raises(SymcausalError):
        Model(**arguments)  # type: ignore[arg-type]


def test_nothing_is_repaired_where_nothing_is_confounded() -> None:
    found = Model("X -> Y").compare("P(Y | do(X))", "P(Y)")
    assert not found.equal
    assert found.repairs == ()


def test_a_comparison_with_many_parents_ends() -> None:
    model = Model.parse(", ".join(f"X{i}" for i in range(10)) + " -> Y")
    found = model.compare("P(Y | do(X0))", "P(Y | X1)")
    assert found.example is not None
    assert found.example.left != found.example.right
