"""Names that look alike, mean something else, or are no words at all are still printed apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Model
from symcausal.expr.build import product
from symcausal.expr.nodes import (
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Numeric,
    Prob,
    State,
    Sum,
    free_events,
)
from symcausal.network.network import Variable
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary
from symcausal.writing.latex import latex
from symcausal.writing.names import names_of
from symcausal.writing.notations import PRESETS, Notation
from symcausal.writing.text import text
from tests.writing.print_strategies import notations

AWKWARD = (
    "do", "sum", "sum_1", "do_1", "_u", "a__b", "a_", "E", "P", "p", "Pr", "in", "not", "Do",
    "Ω", "αb", "É", "x²", "two words", "a-b", 'a"b', "1", "x_{t-1}", "Alpha", "SAT", "Rain",
    "α_1", "X_α", "θ_high", "naïve", "≤5", "x₁", "a−b", "Ωmega", "e\u0301", "a%b", "#", "a{b}", "10 °C",
)  # fmt: skip
STATES = ("0", "-1", "2.5", "1/2", "1a", "_s", "do", "sum", "E", "P", "a_", "x y", "é", "α",
          "~^|\\", "~", "{}", "%", 'q"r',
          "≥ 5", "αβ", "α_1", "Α", "5 µm", "−1", "a\u0308b", "Straße",
          "\\(\\leq\\)", "#1", "a_b%", "±×÷¬", "5 m²", "¼ ½ ¾", "«a»", "§ 5", "1ª 1º", "a\u00a0b",
          "c\u0327a", "o\u030b", "α\u0301", "\u030aa", "a<b>c", "é_b")  # fmt: skip
ALIKE = ("A", "a", "Rain", "rain", "RAIN", "rAIN", "X_1", "x_1", "Q", "q", "Omega", "ω", "x")


def _about(name: str) -> tuple[Expr, ...]:
    """Formulas in which a variable stands in every place."""
    copy = Event(name, Letter(name + "'"))
    own = Event(name, Letter(name))
    return (
        Prob(free_events([name])),
        Prob(Events([copy]), Events([own])),
        Prob(free_events(["Z"]), do=Events([own])),
        product([Prob(free_events(["Z"])), Sum(Events([copy]), Prob(Events([copy])))]),
        Sum(Events([own]), product([Numeric(own), Prob(Events([own]), free_events(["Z"]))])),
        Prob(Events([Event(name, State("1"))])),
    )


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_name_reads_back(name: str) -> None:
    vocabulary = Vocabulary({n: Variable(n) for n in (name, "Z")})
    for formula in _about(name):
        assert read(text(formula, order=(name, "Z")), vocabulary) == formula
        for preset in PRESETS:
            assert read(latex(formula, preset, (name, "Z")), vocabulary) == formula


@pytest.mark.parametrize("state", STATES)
def test_an_awkward_state_reads_back(state: str) -> None:
    vocabulary = Vocabulary({"Z": Variable("Z", ("other", state)), "Y": Variable("Y")})
    formula = Prob(Events([Event("Z", State(state))]), free_events(["Y"]))
    assert read(text(formula, order="ZY"), vocabulary) == formula
    for preset in PRESETS:
        assert read(latex(formula, preset, "ZY"), vocabulary) == formula


some_names = st.lists(st.sampled_from(ALIKE), min_size=1, max_size=4, unique=True)


@given(names=some_names, notation=notations())
def test_names_that_differ_by_case_are_told_apart(names: list[str], notation: Notation) -> None:
    vocabulary = Vocabulary({name: Variable(name) for name in (*names, "Z")})
    for name in names:
        for formula in _about(name):
            assert read(latex(formula, notation, (*names, "Z")), vocabulary) == formula
            assert read(text(formula, notation, (*names, "Z")), vocabulary) == formula


@given(
    names=some_names,
    others=some_names,
    parameters=some_names,
    notation=notations(),
)
def test_aliases_and_parameters_are_told_apart(
    names: list[str], others: list[str], parameters: list[str], notation: Notation
) -> None:
    aliases = tuple(name for name in others if name not in names)
    declared = [name for name in parameters if name not in (*names, *aliases)]
    variables = {name: Variable(name) for name in names}
    variables["Z"] = Variable("Z", aliases=aliases)
    model = Model.parse("\n".join(f"parameters {name} in (0, 1)" for name in declared) or "Z")
    vocabulary = Vocabulary(variables, model.network.declared)
    order = names_of(variables, declared)
    for name in names:
        for formula in _about(name):
            assert read(latex(formula, notation, order), vocabulary) == formula
            assert read(text(formula, notation, order), vocabulary) == formula


@pytest.mark.parametrize("preset", PRESETS)
def test_without_a_model_a_word_keeps_its_capital(preset: str) -> None:
    event = Event("Rain", Letter("Rain"))
    for formula in (
        Prob(free_events(["Rain"]), free_events(["X"])),
        Expectation(Events([event]), Numeric(event), free_events(["X"])),
    ):
        assert read(latex(formula, preset)) == formula


def test_an_alias_of_its_own_does_not_forbid_the_small_letter() -> None:
    variables = {"X": Variable("X", aliases=("x", "Treatment"))}
    order = names_of(variables)
    assert order == ("X", "Treatment")
    assert latex(Prob(free_events("X")), "pearl", order) == "P(x)"


def test_a_model_tells_its_printers_all_names() -> None:
    model = Model.parse("""
        A "Age" alias c: 0, 1
        C: 0, 1
        Q: 0, 1
        A -> C; C -> Q
        parameters q in (0, 1)
    """)
    for query in ("P(C | A)", "P(Q | A)", "P(A)"):
        derivation = model.derive(query)
        for preset in PRESETS:
            written = latex(derivation.formula, preset, derivation.order)
            assert read(written, Vocabulary.of(model.network)) == derivation.formula
            assert written in derivation.to_latex(notation=preset, width="none")
