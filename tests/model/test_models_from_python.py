"""Models made of Python values, and what a comparison offers as a repair."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcausal import Model
from symcausal.algebra.scalar import number
from symcausal.errors import ModelError, SymcausalError, UnknownVariableError


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
        {"edges": [("X", "Y")], "states": {5: 2}},
    ],
)
def test_values_that_do_not_fit_are_refused_in_words(arguments: dict[str, object]) -> None:
    with pytest.raises(SymcausalError):
        Model(**arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("spelt", ["θ", "theta", r"\theta", '"theta"', " θ "])
@pytest.mark.parametrize("edges", ["θ -> X; θ -> Y; X -> Y", r"\theta -> X, Y; X -> Y"])
def test_a_variable_is_hidden_however_its_name_is_spelt(edges: str, spelt: str) -> None:
    model = Model(edges, hidden=[spelt])
    assert set(model.variables) == {"theta", "X", "Y"}
    assert model.network.graph.hidden == {"theta"}
    assert not model.identify("P(Y | do(X))").identifiable
    assert Model(edges).identify("P(Y | do(X))").identifiable


@pytest.mark.parametrize(
    "edges", ["x_{1,2} -> X, Y; U -> Y", [("x_{1,2}", "X"), ("x_{1,2}", "Y"), ("U", "Y")]]
)
def test_a_comma_in_an_index_ends_no_name(edges: object) -> None:
    model = Model(edges, hidden="x_{1,2}, U ,")  # type: ignore[arg-type]
    assert model.network.graph.hidden == {"x_{1,2}", "U"}
    assert not model.independent("X", "U", given="Y")
    assert model.independent("X", "U", given="Y, x_{1,2}")


@pytest.mark.parametrize("spelt", ["x₁", "x_1", "x_{1}", "first", "x1"])
def test_what_is_said_beside_arrows_is_of_their_variables(spelt: str) -> None:
    text = "x₁ alias first; x₁ -> Y; W"
    model = Model(
        text,
        states={spelt: ["no", "yes"]},
        cpts={spelt: ["1/4", "rest"]},
        bidirected=[(spelt, "W")],
        hidden=spelt,
    )
    assert model.variables == {"x_1": ("no", "yes"), "Y": ("0", "1"), "W": ("0", "1")}
    assert model.network.graph.bidirected == (("x_1", "W"),)
    assert model.network.graph.hidden == {"x_1"}
    assert model.network.entry("x_1", "yes", {}) == number(Fraction(3, 4))
    assert model.network.variable("x_1").aliases == ("first",)


@pytest.mark.parametrize("edges", ["U -> X; U -> Y; X -> Y", [("U", "X"), ("U", "Y"), ("X", "Y")]])
@pytest.mark.parametrize("said", [{"hidden": ["u"]}, {"bidirected": [("X", "u")]}])
def test_a_mistyped_name_beside_arrows_is_refused(edges: object, said: dict[str, object]) -> None:
    with pytest.raises(UnknownVariableError, match="'u'") as refused:
        Model(edges, **said)  # type: ignore[arg-type]
    assert "did you mean 'U'" in refused.value.hint
    with pytest.raises(ModelError, match="'u'"):
        Model(edges, cpts={"u": ["1/2", "rest"]})  # type: ignore[arg-type]


def test_states_declare_what_has_no_arrow_and_pairs_alone_are_a_graph() -> None:
    declared = Model("X -> Y", states={"W": 3}, hidden=["W"], bidirected=[("W", "Y")])
    assert declared.variables["W"] == ("0", "1", "2")
    assert declared.network.graph.hidden == {"W"}
    assert set(Model(bidirected=[("A", "B")]).variables) == {"A", "B"}
    bow = Model([("X", "Y")], bidirected=[("X", "M"), ("M", "Y")], hidden=["M"])
    assert bow.network.graph.bidirected == (("X", "M"), ("Y", "M"))
    assert bow.network.graph.hidden == {"M"}


def test_arrows_keep_the_notation_of_their_text() -> None:
    assert Model("notation koller; X -> Y", hidden=["X"]).notation.states == "superscript"


@pytest.mark.parametrize(
    "arguments",
    [
        {"edges": [("θ", "X"), ("theta", "Y")]},
        {"edges": "θ -> X", "states": {"θ": 2, "theta": 3}},
        {"edges": "θ -> X", "cpts": {"θ": ["1/2", "rest"], "theta": ["1/2", "rest"]}},
    ],
)
def test_two_spellings_of_one_name_are_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="theta"):
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
