"""Deterministic models over several worlds, against units that are enumerated in plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.answer.prediction import is_predictable, prediction
from symcausal.errors import ImpossibleEventError, LimitError, MissingParameterError, UsageError
from symcausal.expr.nodes import Counterfactual

GATES = {
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "==": lambda a, b: int(a == b),
    "<": lambda a, b: int(a < b),
}
Gate = tuple[str, str, str]
Setting = Mapping[str, int]


@st.composite
def circuits(draw: st.DrawFn) -> dict[str, Gate]:
    """Three gates over two inputs, each with two things from before it."""
    found = dict[str, Gate]()
    before = ["U", "V"]
    for name in "ABC":
        left, right = draw(st.lists(st.sampled_from(before), min_size=2, max_size=2))
        found[name] = left, draw(st.sampled_from(sorted(GATES))), right
        before.append(name)
    return found


def run(circuit: Mapping[str, Gate], inputs: Setting, held: Setting) -> dict[str, int]:
    values = {name: held.get(name, value) for name, value in inputs.items()}
    for name, (left, gate, right) in circuit.items():
        values[name] = held.get(name, GATES[gate](values[left], values[right]))
    return values


EVENTS = st.tuples(
    st.sampled_from("ABCUV"), st.dictionaries(st.sampled_from("ABUV"), st.integers(0, 1), max_size=2),
    st.integers(0, 1),
)  # fmt: skip
Asked = list[tuple[str, dict[str, int], int]]


def written(events: Asked) -> str:
    found = []
    for name, held, value in events:
        settings_of = ", ".join(f"{n}={v}" for n, v in sorted(held.items()) if n != name)
        found.append(f"{name}_{{{settings_of}}}={value}" if settings_of else f"{name}={value}")
    return ", ".join(found)


def oracle(circuit: Mapping[str, Gate], asked: Asked, seen: Asked) -> Fraction | None:
    both = among = Fraction(0)
    for u, v in product((0, 1), repeat=2):
        share = Fraction(1 + 2 * u, 4) * Fraction(1 + v, 3)

        def fits(events: Asked, u: int = u, v: int = v) -> bool:
            return all(
                run(circuit, {"U": u, "V": v}, {n: s for n, s in held.items() if n != name})[name]
                == value
                for name, held, value in events
            )

        if fits(seen):
            among += share
            both += share * fits(asked)
    return both / among if among else None


@settings(deadline=None, max_examples=150)
@given(circuits(), st.lists(EVENTS, min_size=1, max_size=3), st.lists(EVENTS, max_size=2))
def test_numbers_are_those_of_enumerated_units(
    circuit: dict[str, Gate], asked: Asked, seen: Asked
) -> None:
    gates = "; ".join(f"{name} := {' '.join(gate)}" for name, gate in circuit.items())
    model = Model.parse(f"U; V; {gates}; P(U) = 1/4, 3/4; P(V) = 1/3, 2/3")
    query = f"P({written(asked)}{' | ' if seen else ''}{written(seen)})"
    value = oracle(circuit, asked, seen)
    if value is None:
        with pytest.raises(ImpossibleEventError):
            model.probability(query)
    else:
        assert model.probability(query) == value


CHANCE = (
    "X -> Y; P(X) = 1/4, rest; P(Y | X=0) = 1/2, 1/2; P(Y | X=1) = 1/5, 4/5; Z := X xor Y; M := Z or W;"
    "P(W) = 1/3, 2/3"
)


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("P(Y_{X=1}=1)", "4/5"),  # one world
        ("P(Y_{X=1}=1, X=0)", "1/5"),  # 4/5 * 1/4: Y answers by itself
        ("P(Y_{X=1}=1 | X=1, Y=1)", "1"),  # consistency
        ("P(Y_{X=1}=1 | X=1, Y=0)", "0"),
        ("P(Z_{Y=1}=1, Z_{Y=0}=1)", "0"),  # Z is a mechanism
        ("P(Z_{X=0, Y=1}=1 | Y=0)", "1"),
        ("P(M_{Z=0}=1, M_{Z=1}=1)", "2/3"),  # iff W = 1
        ("E[Z_{X=1} - Z_{X=0}]", "-3/10"),  # of one world each: P(Y=0 | 1) - P(Y=1 | 0)
    ],
)
def test_what_tables_determine(query: str, value: str) -> None:
    assert Model.parse(CHANCE).probability(query) == Fraction(value)


@pytest.mark.parametrize("query", ["P(Y_{X=1}=1, Y_{X=0}=0)", "P(Y_{X=1}=1 | X=0, Y=0)"])
def test_what_they_do_not_determine_names_the_table(query: str) -> None:
    with pytest.raises(UsageError, match="the table of Y does not say how its answers go together"):
        Model.parse(CHANCE).probability(query)


def test_a_variable_that_does_not_matter_is_not_named() -> None:
    text = "X -> Y; X -> W; P(X) = 1/2, 1/2; Z := X and Y"
    rows = "; P(Y | X=0) = 1/2, 1/2; P(Y | X=1) = 1/3, 2/3; P(W | X=0) = 1/2, 1/2; P(W | X=1) = 1/3, 2/3"
    with pytest.raises(UsageError, match="the table of Y does not"):
        Model.parse(text + rows).probability("P(Z_{X=1}=1, Y_{X=0}=1, W=1)")


def test_values_that_are_free_give_a_table() -> None:
    model = Model.parse("Y := X xor M; P(X) = 1/4, rest; P(M) = 1, 0")
    found = model.evaluation("P(Y_{X=1}=1 | X=0, Y)").value
    assert found["0"] == 1
    with pytest.raises(ImpossibleEventError):
        found["1"]


def test_numbers_that_are_missing_are_asked_for() -> None:
    with pytest.raises(MissingParameterError, match="theta_X_0"):
        Model.parse("Y := X xor M").probability("P(Y_{X=1}=1, Y_{X=0}=0)")
    assert Model.parse("Y := X xor M").probability(
        "P(Y_{X=1}=1, Y_{X=0}=0)", {"theta_X_0": "1/2", "theta_M_0": "1/3"}
    ) == Fraction(1, 3)


def test_what_is_left_open_in_worlds_that_cannot_be_does_not_matter() -> None:
    rows = "P(Z) = 1/2, 1/2; P(Y | X=0) = 1/2, 1/2; P(Y | X=1) = 1/3, 2/3"
    model = Model.parse(f"X := Z; X -> Y; {rows}")
    # with Z = 1, X = 1 and Y answers it as it answers X set to 1
    assert model.probability("P(Y_{X=1}=1, Y=1 | Z=1)") == Fraction(2, 3)


def test_a_hidden_cause_without_a_table_is_told() -> None:
    rows = "; P(X) = 1/2, 1/2; P(Y | X=0) = 0, 1; P(Y | X=1) = 1, 0"
    with pytest.raises(UsageError, match="the hidden common cause of X and Y has no table"):
        Model.parse("X -> Y; X <-> Y" + rows).probability("P(Y_{X=1}=1, X=0)")
    with pytest.raises(UsageError, match="the hidden common cause of X and W has no table"):
        Model.parse("X -> Y; X <-> W; P(W) = 1/2, 1/2" + rows).probability(
            "P(Y_{X=1}=1, Y_{X=0}=1) + P(X=1, W=1)"
        )


# -- abduction, action, prediction --------------------------------------------------------------------
@settings(deadline=None, max_examples=60)
@given(circuits(), st.lists(EVENTS, min_size=1, max_size=2), st.lists(EVENTS, max_size=2))
def test_the_three_steps_are_those_of_enumerated_units(
    circuit: dict[str, Gate], asked: Asked, seen: Asked
) -> None:
    gates = "; ".join(f"{name} := {' '.join(gate)}" for name, gate in circuit.items())
    model = Model.parse(f"U; V; {gates}; P(U) = 1/4, 3/4; P(V) = 1/3, 2/3")
    query = model.query(f"P({written(asked)}{' | ' if seen else ''}{written(seen)})")
    if not is_predictable(query, model.network):
        return
    assert isinstance(query, Counterfactual)
    value = oracle(circuit, asked, seen)
    if value is None:
        with pytest.raises(ImpossibleEventError):
            prediction(query, model.network)
        return
    found = prediction(query, model.network)
    assert found.value == value
    for case in found.cases:
        inputs: Asked = [(name, {}, int(state)) for name, state in case.states.items()]
        assert case.prior == oracle(circuit, inputs, [])
        assert case.posterior == oracle(circuit, inputs, seen)
        assert case.happens == oracle(circuit, asked, inputs)
    assert sum(case.posterior for case in found.cases) == 1
    for shape in ("text", "latex", "markdown", "html", "typst", "json"):
        shown = found.to(shape)
        places = [shown.lower().find(step.name) for step in found.steps]
        assert -1 < places[0] < places[1] < places[2]


SQUAD = "C := U; A := C; B := C or W; D := A or B; P(U) = 2/5, 3/5; P(W) = 3/4, 1/4"


def test_a_firing_squad() -> None:
    """Would the prisoner have died, had A not shot? See Section 7.1 of [Pearl2009]_."""
    found = Model.parse(SQUAD).derive("P(D_{A=0}=1 | D=1)")
    # U, W have the weights 6, 2, 9, 3 of 20; dead unless both are 0, and whenever dead B shot, too
    assert [str(case.posterior) for case in found.cases] == ["1/7", "9/14", "3/14"]
    assert found.value == found.closed_form == 1
    assert found.actions == (
        ("as it was", ("C := U", "A := C", "B := C or W", "D := A or B")),
        ("where A = 0 is set", ("C := U", "A := 0", "B := C or W", "D := A or B")),
    )
    assert found.headline == "P(D_{A=0}=1 | D=1) = 1"


def test_an_action_on_an_input_and_a_nested_one() -> None:
    model = Model.parse("M := X xor U; Y := M and X; P(U) = 1/3, 2/3; P(X) = 1/2, 1/2")
    found = model.derive("P(Y_{X=1, M_{X=0}}=1)")  # U and 1
    assert found.value == Fraction(2, 3)
    assert found.actions[-1][1] == ("X := 1", "M := M_{X=0}", "Y := M and X")


def test_chance_above_mechanisms_and_between_them_is_an_input() -> None:
    rows = "P(U) = 1/3, 2/3; P(W | A=0) = 1/2, 1/2; P(W | A=1) = 1/5, 4/5"
    model = Model.parse(f"A := not U; A -> W; Y := W xor U; {rows}")
    found = model.derive("P(Y_{W=0}=1 | Y=1)")
    # Y = 1: U=0, A=1, W=1 with 1/3 * 4/5; U=1, A=0, W=0 with 2/3 * 1/2; then Y_{W=0} = U
    assert found.inputs == ("U", "W")
    assert found.value == Fraction(1, 3) / (Fraction(4, 15) + Fraction(1, 3))
    # had U been another, W would have answered anew, and no table says how
    assert not is_predictable(model.query("P(Y_{U=0}=1 | Y=1)"), model.network)
    with pytest.raises(UsageError, match="W"):
        model.probability("P(Y_{U=0}=1 | Y=1, U=1)")


def test_one_world_without_numbers_stays_a_formula() -> None:
    model = Model.parse("Y := X xor M")
    assert str(model.derive("P(Y_{X=1}=1)").formula) == str(model.query("P(Y=1 | X=1)"))
    with pytest.raises(MissingParameterError):
        model.derive("P(Y_{X=1}=1 | X=0, Y=0)")


def test_what_cannot_be_seen_and_what_is_too_much_is_told() -> None:
    with pytest.raises(ImpossibleEventError, match="probability zero"):
        Model.parse("Y := X; P(X) = 0, 1").derive("P(Y_{X=1}=1 | X=0)")
    names = [f"N{i}" for i in range(13)]
    rows = "; ".join(f"P({name}) = 1/2, 1/2" for name in names)
    wide = Model.parse(f"Y := {' xor '.join(names)}; {rows}")
    with pytest.raises(LimitError, match="8192 assignments of 13 inputs"):
        wide.derive("P(Y_{N0=1}=1 | Y=0)")
    assert wide.probability("P(Y_{N0=1}=1 | Y=0)") == Fraction(1, 2)


def test_a_calculation_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="leave --numbers"):
        Model.parse(SQUAD).derive("P(D_{A=0}=1 | D=1)").calculation()


@pytest.mark.parametrize(
    "query", ["P(A_{B=0}=0 | A=1)", "P(A=0 | A_{B=0}=1)", "P(A_{B=0}=1 | A=1)"]
)
def test_a_condition_that_cannot_be_is_not_left_out(query: str) -> None:
    model = Model.parse("A := U < U; B := U; P(U) = 1/4, 3/4")
    with pytest.raises(ImpossibleEventError):
        model.probability(query)
    possible = Model.parse("A := not U; B := U; P(U) = 1/4, 3/4")
    assert possible.probability(query) == (query == "P(A_{B=0}=1 | A=1)")
