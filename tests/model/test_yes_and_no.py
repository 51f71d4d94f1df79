"""The parameter of a variable that is true or not is the probability that it is."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from symcausal import Model

WORDS = [("yes", "no"), ("true", "false"), ("t", "f"), ("TRUE", "FALSE"), ("Yes", "No"), ("y", "n")]
ORDERS = [
    pytest.param(words, states, id="/".join(states))
    for words in WORDS
    for states in (words, words[::-1])
]


def opened(states: tuple[str, ...]) -> str:
    listed = ", ".join(f'"{state}"' for state in states)
    return f"A -> B; A: {listed}; B: {listed}"


def numeric(states: tuple[str, ...], yes: str) -> Model:
    """P(A=yes) = 1/5, P(B=yes | A=yes) = 3/10, P(B=yes | A=no) = 1/10."""

    def row(number: str) -> str:
        p = Fraction(number)
        return ", ".join(str(p if state == yes else 1 - p) for state in states)

    rows = [f"P(A) = {row('1/5')}"]
    rows += [f'P(B | A="{s}") = {row("3/10" if s == yes else "1/10")}' for s in states]
    return Model.parse("; ".join([opened(states), *rows]))


@pytest.mark.parametrize(("words", "states"), ORDERS)
def test_an_open_row_has_the_parameter_of_yes(
    words: tuple[str, str], states: tuple[str, ...], tmp_path: Path
) -> None:
    yes, no = words
    python = Model([("A", "B")], states={"A": states, "B": states})
    path = tmp_path / "net.bif"
    body = f"{{ type discrete [ 2 ] {{ {', '.join(states)} }}; }}"
    path.write_text(
        f"network n {{ }} variable A {body} variable B {body} "
        "probability ( A ) { } probability ( B | A ) { }"
    )
    freed = numeric(states, yes).symbolic()
    for model in (python, Model.parse(opened(states)), Model.load(str(path)), freed):
        (parameter,) = model.closed_form(f"P(A={yes})").free_symbols
        assert model.closed_form(f"P(A={yes})") == parameter
        assert model.closed_form(f"P(A={no})") == 1 - parameter
        assert (parameter.variable, parameter.state) == ("A", yes)
        names = {s.name for s in model.closed_form(f"P(B={no})").free_symbols}
        assert names == {f"theta_A_{yes}", f"theta_B_{yes}_A_{yes}", f"theta_B_{yes}_A_{no}"}


@pytest.mark.parametrize(("words", "states"), ORDERS)
def test_values_come_out_as_by_hand(words: tuple[str, str], states: tuple[str, ...]) -> None:
    """P(B=yes) = 1/5 * 3/10 + 4/5 * 1/10, in fractions, compiled, and for many rows at once."""
    yes, no = words
    numpy = pytest.importorskip("numpy")
    model = numeric(states, yes).symbolic()
    values = model.closed_form(f"P(B={yes})")
    wanted = Fraction(1, 5) * Fraction(3, 10) + Fraction(4, 5) * Fraction(1, 10)
    at = {
        f"theta_A_{yes}": Fraction(1, 5),
        f"theta_B_{yes}_A_{yes}": Fraction(3, 10),
        f"theta_B_{yes}_A_{no}": Fraction(1, 10),
    }
    assert values.subs({s: at[s.name] for s in values.free_symbols}) == wanted
    compiled = model.compile(f"P(B={yes})")
    assert compiled({name: str(value) for name, value in at.items()}) == wanted
    column = numpy.array([0.2, 0.5])
    floats = {name: float(value) for name, value in at.items()} | {f"theta_A_{yes}": column}
    assert compiled(floats) == pytest.approx([float(wanted), 0.5 * 0.3 + 0.5 * 0.1])


@pytest.mark.parametrize(
    "states", [("0", "1"), ("1", "0"), ("low", "high"), ("no", "maybe", "yes"), ("no", "true")]
)
def test_of_any_other_variable_the_last_is_what_is_left(states: tuple[str, ...]) -> None:
    model = Model([], states={"A": states})
    *free, last = states
    parameters = [model.closed_form(f"P(A={state})") for state in free]
    assert [p.state for p in parameters] == free
    assert model.closed_form(f"P(A={last})") == 1 - sum(parameters)


def test_the_states_of_a_row_that_is_given_stay_as_they_are_written() -> None:
    model = Model.parse('A: "no", "yes"; parameters q in (0, 1); P(A) = q, rest')
    assert str(model.closed_form("P(A=yes)")) == "1 - q"


@pytest.mark.parametrize("states", [("no", "yes"), ("yes", "no"), ("false", "true"), ("0", "1")])
@pytest.mark.parametrize("name", ["A", "Gène", "x²", "日本"])
def test_what_is_open_stays_open_when_it_is_written(name: str, states: tuple[str, str]) -> None:
    values = ", ".join(states)
    model = Model.parse(f'"{name}": {values}; Y: {values}; "{name}" -> Y')
    assert "theta" not in model.to_text()
    again = Model.parse(model.to_text())
    assert again == model
    assert again.network.is_open
