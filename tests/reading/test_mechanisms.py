"""Mechanisms in the model language, against Python's own operators and a reader of another kind."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Model, SymcausalError
from symcausal.algebra.scalar import Number
from symcausal.errors import LimitError, ModelError, ParseError, Source, Span
from symcausal.network.mechanism import (
    BINDING,
    Combined,
    Mechanism,
    NamedParent,
    WholeNumber,
    inputs_of,
    value_of,
    written_mechanism,
)
from symcausal.reading.mechanism_reader import read_mechanism
from symcausal.reading.statements import parse_statement


def read(text: str) -> Mechanism:
    source = Source(f"Y := {text}", "model")
    _, tokens = parse_statement(Span(source, 0, len(source.text)))
    return read_mechanism(tokens, source).body


A, B, C = 1, 0, 1
IN_PYTHON = [  # the second of each is an expression of Python, or one that has the same brackets
    ("2 + 3 * 4", 2 + 3 * 4),
    ("7 - 2 - 1", 7 - 2 - 1),
    ("7 mod 4 * 2", 7 % 4 * 2),
    ("2 * 7 mod 4", 2 * 7 % 4),
    ("-7 mod 4", -7 % 4),
    ("7 mod -4", 7 % -4),
    ("-2 * -3", -2 * -3),
    ("1 - -2", 1 - -2),
    ("1 + 1 == 2", int(1 + 1 == 2)),
    ("not A == B", int(not A == B)),  # noqa: SIM201
    ("not A and B", int((not A) and B)),
    ("not (A and B)", int(not (A and B))),
    ("A or B and B", int(A or (B and B))),
    ("(A or B) and B", int((A or B) and B)),
    ("0 < A < 2", int(0 < A < 2)),
    ("2 > A > 1", int(2 > A > 1)),
    ("A == B == 0", int(A == B == 0)),
    ("A != B", int(A != B)),
    ("A <= B", int(A <= B)),
    ("A >= B", int(A >= B)),
    ("B < A + 1", int(B < A + 1)),
    ("A and B xor C", (A & B) ^ C),
    ("A xor B and C", A ^ (B & C)),
    ("A or B xor C", A | (B ^ C)),
    ("A xor B or C", (A ^ B) | C),
    ("A xor B xor C", (A ^ B) ^ C),
    ("not A xor C", (1 - A) ^ C),
    ("A xor C == 0", A ^ int(C == 0)),
    ("mux(A, 5, 6)", 6 if A else 5),
    ("mux(B, 5, 6)", 6 if B else 5),
    ("maj(A, B, C)", 1),
    ("maj(A, B)", 0),
    ("maj(B, B, A)", 0),
    ("min(3, A, 2)", min(3, A, 2)),
    ("max(3, A, 2) - 1", max(3, A, 2) - 1),
]


@pytest.mark.parametrize(("text", "value"), IN_PYTHON, ids=lambda part: str(part))
def test_operators_are_those_of_python(text: str, value: int) -> None:
    assert value_of(read(text), {"A": A, "B": B, "C": C}) == value


# -- another reader: the loosest operator is looked for first ------------------------------------------
LOOSEST_FIRST = [
    ["or"],
    ["xor"],
    ["and"],
    ["==", "!=", "<", "<=", ">", ">="],
    ["+", "-"],
    ["*"],
]
FUNCTIONS: Mapping[str, Callable[[int, int], int]] = {
    "or": operator.or_, "xor": operator.xor, "and": operator.and_, "==": operator.eq,
    "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "+": operator.add, "-": operator.sub, "*": operator.mul,
}  # fmt: skip


def valued(words: list[str], at: Mapping[str, int]) -> int | None:
    """The value of words without brackets; None if a logical operator meets another number."""
    for level in LOOSEST_FIRST:
        places = [i for i, word in enumerate(words) if word in level]
        if not places:
            continue
        if level[0] == "==":  # of several comparisons in a row each is meant
            ends = [*places, len(words)]
            values = [valued(words[: places[0]], at)]
            values += [valued(words[i + 1 : j], at) for i, j in zip(places, ends[1:], strict=True)]
            if None in values:
                return None
            known = [value for value in values if value is not None]
            return int(
                all(
                    FUNCTIONS[words[i]](*pair)
                    for i, pair in zip(places, pairwise(known), strict=True)
                )
            )
        last = places[-1]
        left, right = valued(words[:last], at), valued(words[last + 1 :], at)
        if left is None or right is None:
            return None
        if level[0] in ("or", "xor", "and") and not {left, right} <= {0, 1}:
            return None
        return FUNCTIONS[words[last]](left, right)
    (word,) = words
    return at[word] if word in at else int(word)


ATOMS = ["A", "B", "C", "0", "1", "2", "3"]
FLAT = st.builds(
    lambda first, rest: [first, *(word for pair in rest for word in pair)],
    st.sampled_from(ATOMS),
    st.lists(st.tuples(st.sampled_from(sorted(FUNCTIONS)), st.sampled_from(ATOMS)), max_size=7),
)


@given(FLAT, st.tuples(*[st.integers(0, 1)] * 3))
def test_precedence_is_that_of_another_reader(words: list[str], states: tuple[int, ...]) -> None:
    at = dict(zip("ABC", states, strict=True))
    wanted = valued(words, at)
    found = read(" ".join(words))
    if wanted is None:
        with pytest.raises(ModelError, match="expected 0 or 1"):
            value_of(found, at)
    else:
        assert value_of(found, at) == wanted


def trees() -> st.SearchStrategy[Mechanism]:
    leaves = st.one_of(
        st.integers(-9, 9).map(WholeNumber),
        st.sampled_from(["A", "B", "long name", "xor", "x_1"]).map(NamedParent),
    )

    def larger(inside: st.SearchStrategy[Mechanism]) -> st.SearchStrategy[Mechanism]:
        signed = inside.filter(lambda one: not isinstance(one, WholeNumber) or one.value < 0)
        return st.one_of(
            st.builds(
                lambda name, left, right: Combined(name, (left, right)),
                st.sampled_from(sorted(BINDING)),
                inside,
                inside,
            ),
            inside.map(lambda one: Combined("not", (one,))),
            signed.map(lambda one: Combined("-", (one,))),
            st.tuples(inside, inside, inside).map(lambda three: Combined("mux", three)),
            st.builds(
                lambda name, some: Combined(name, tuple(some)),
                st.sampled_from(["maj", "min", "max"]),
                st.lists(inside, min_size=1, max_size=3),
            ),
        )

    return st.recursive(leaves, larger, max_leaves=12)


@given(trees())
def test_written_text_reads_as_the_same_mechanism(mechanism: Mechanism) -> None:
    text = written_mechanism(
        mechanism, lambda name: f'"{name}"' if " " in name or name == "xor" else name
    )
    assert read(text) == mechanism


# -- in a model -------------------------------------------------------------------------------------
@given(FLAT)
def test_a_table_is_the_function(words: list[str]) -> None:
    named = [name for name in "ABC" if name in words]
    values = {
        states: valued(words, dict(zip(named, states, strict=True)))
        for states in product((0, 1), repeat=len(named))
    }
    text = f"Y := {' '.join(words)}"
    if None in values.values():
        with pytest.raises(SymcausalError):
            Model.parse(text)
        return
    model = Model.parse(text)
    assert Model.parse(model.to_text()) == model
    network = model.network
    given_values = {value for value in values.values() if value is not None}
    wanted = {0, 1} if given_values <= {0, 1} else given_values
    assert network.states["Y"] == tuple(map(str, sorted(wanted)))
    assert sorted(network.graph.parents("Y")) == named
    for states, row in network.rows("Y"):
        at = dict(zip(network.tables["Y"].parents, states, strict=True))
        value = values[tuple(int(at[name]) for name in named)]
        assert [entry.value for entry in row if isinstance(entry, Number)] == [
            int(state == str(value)) for state in network.states["Y"]
        ]


def test_states_follow_through_a_chain() -> None:
    model = Model.parse("T := 2 * S; S := A + B; A: 3; hidden B")
    assert model.network.states == {
        "T": ("0", "2", "4", "6"),
        "S": ("0", "1", "2", "3"),
        "A": ("0", "1", "2"),
        "B": ("0", "1"),
    }
    assert model.to_text() == "T\nS\nA: 3\nB\nhidden B\nT := 2 * S\nS := A + B\n"


def test_declared_states_stay() -> None:
    model = Model.parse("S: 2, 1, 0, 9; S := A + B")
    assert model.network.states["S"] == ("2", "1", "0", "9")
    assert Model.parse(model.to_text()) == model


def test_arrows_may_be_written_too() -> None:
    assert Model.parse("Y := X xor M; X, M -> Y") == Model.parse("Y := X xor M")


def test_an_action_replaces_one_mechanism_and_keeps_the_others() -> None:
    model = Model.parse("Z := X or M; Y := Z xor X")
    assert "Y := Z xor X" in model.do(Z=1).to_text()
    assert "Z := X or M" not in model.do(Z=1).to_text()
    assert "Z := X or M" in model.do(X=1).to_text()
    assert Model.parse(model.do(Z=1).to_text()).to_text() == model.do(Z=1).to_text()


def test_symbols_in_its_place_are_no_mechanism() -> None:
    assert ":=" not in Model.parse("Y := X").symbolic().to_text()
    assert "theta_Y_0_X_1" in map(str, Model.parse("Y := X").symbolic().parameters)


def test_other_formats_hold_the_table() -> None:
    model = Model.parse("Y := X xor M; P(X) = 1/4, rest; P(M) = 1/2, rest")
    written = model.to_format("bif")
    assert "(1, 1) 1, 0;" in " ".join(written.text.split()).replace("1.0", "1").replace("0.0", "0")


REFUSED = [  # the text, the class, where the place is, and words of the message
    ("A: 3; Y := A and B", ModelError, 7, "'and' of 2 where A=2, B=0"),
    ("Y := X; Y := M", ModelError, 9, "a second mechanism of Y"),
    ("Y := X; P(Y | X=0) = 0, 1", ModelError, 9, "which has a mechanism"),
    ("P(Y | X=0); Y := X", ModelError, 1, "which has a mechanism"),
    ("P(Y=0 | X=0) = 1; Y := X", ModelError, 1, "which has a mechanism"),
    ("Y := Y xor X", ModelError, 6, "circle: Y -> Y"),
    ("Y := X; X := Y", ModelError, 6, "circle"),
    ("Y := X xro M", ParseError, 8, "'xro'"),
    ("Y := X ^ 2", ParseError, 8, "expected an operator"),
    ("Y := h^2", ParseError, 6, "'h^2' in a mechanism"),
    ("Y := A / B", ParseError, 8, "'/'"),
    ("A: low, high; Y := A", ModelError, 20, "the state 'low' of A"),
    ("A: 0.5, 1; Y := A", ModelError, 17, "the state '0.5' of A"),
    ("Y: no, yes; Y := A", ModelError, 13, "gives 0, which is no state of Y"),
    ("Y: 0, 1; A: 3; Y := A", ModelError, 16, "gives 2, which is no state of Y"),
    ("Y := A mod B", ModelError, 1, "'mod' of 0 where A=0, B=0"),
    ("A: 3; Y := mux(A, 0, 1)", ModelError, 7, "'mux' of 2"),
    ("Z -> Y; Y := X", ModelError, 1, "the arrow Z -> Y"),
    ("Y <-> Z; Y := X", ModelError, 10, "Y <-> Z"),
    ("Y :=", ParseError, 4, "the end"),
    ("Y := X = 1", ParseError, 8, "write == to compare"),
    ("Y := f(X)", ParseError, 6, "the function 'f'"),
    ("Y := mux(a, b)", ParseError, 6, "mux(...) of 2"),
    ("Y := maj()", ParseError, 10, "expected a variable"),
    ("Y := A == not B", ParseError, 11, "brackets around"),
    ("Y := 0.5", ParseError, 6, "a whole number"),
    ("Y := 2 A", ParseError, 8, "expected an operator"),
    ("Y := P(1)", ParseError, 6, "expected a variable"),
    ("parameters p; Y := p", ModelError, 20, "the parameter 'p'"),
    ("Y := 12345678901", LimitError, 6, "11 digits"),
    ("Y := " + "not " * 300 + "X", LimitError, None, "nested too deep"),
    ("Y := " + "- " * 300 + "X", LimitError, None, "nested too deep"),
    ("Y := " + " xor ".join(["X"] * 300), LimitError, None, "nested too deep"),
    ("Y := " + " xor ".join(f"X{i}" for i in range(30)), LimitError, 1, "30 inputs"),
    ("A: 999; B: 999; Y := A + 1000 * B", LimitError, 17, "2 inputs and 998001 assignments"),
    ("A: 60; B: 60; Y := A + 60 * B", LimitError, 15, "3600 states of Y"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "column", "words"), REFUSED, ids=lambda part: str(part)[:40]
)
def test_what_does_not_fit_is_told(
    text: str, kind: type[SymcausalError], column: int | None, words: str
) -> None:
    with pytest.raises(kind) as raised:
        Model.parse(text)
    assert words in str(raised.value)
    assert raised.value.span is not None
    assert column is None or raised.value.span.column == column


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ModelError) as raised:
        Model.parse("A: 3; Y := A and B\nZ := Y or A\nW := A xor 2\nV := (")
    columns = [(p.span.line, p.span.column) for p in raised.value.problems if p.span]
    assert columns == [(1, 7), (3, 1), (4, 6)]  # of Z nothing is known


def test_inputs_are_named_once() -> None:
    assert inputs_of(read("B and A or B")) == ("B", "A")
