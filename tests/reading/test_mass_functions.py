r"""Mass functions: ``p_{Y \mid X}(1 \mid 0)`` gives each variable the value in its place."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from symcausal.errors import SymcausalError
from symcausal.network.network import Variable
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary

STATES = {"X": ("-1", "0", "1"), "Y": ("0", "1"), "E": ("0", "1")}
NAMES = Vocabulary({name: Variable(name, states) for name, states in STATES.items()})


@pytest.mark.parametrize("letter", ["p", "P", r"\Pr", r"\mathbb{P}"])
def test_a_number_belongs_to_the_variable_in_its_place(letter: str) -> None:
    for order in permutations(STATES):
        for values in product(*map(STATES.__getitem__, order)):
            said = dict(zip(order, values, strict=True))
            events = ", ".join(f"{name}={said[name]}" for name in order)
            subscript, inside = ", ".join(order), ", ".join(values)
            joint = rf"{letter}_{{{subscript}}}({inside})"
            assert read(joint, NAMES) == read(f"P({events})", NAMES)
            one, *others = order
            given = ", ".join(values[1:])
            conditional = rf"{letter}_{{{one} \mid {', '.join(others)}}}({values[0]} \mid {given})"
            told = ", ".join(f"{name}={said[name]}" for name in others)
            assert read(conditional, NAMES) == read(f"P({one}={said[one]} | {told})", NAMES)


SAME = [
    ("p_X(-1)", "P(X=-1)"),
    ("p_Y(1 | X=0)", "P(Y=1 | X=0)"),
    (r"p_{Y \mid X}(1 \mid x)", "P(Y=1 | x)"),
    (r"p_{Y \mid X}(y \mid 0)", "P(y | X=0)"),
    ("p_{X, Y}(x, 1)", "P(x, Y=1)"),
    ("p_{X, Y}(x, y)", "P(x, y)"),
    ("p_{XY}(0, 1)", "P(X=0, Y=1)"),
    # a name is no number: what a subscript says of other variables is an action
    ("P_{E}(Y)", "P(Y | do(E))"),
    ("P_E(Y)", "P(Y | do(E))"),
    ("P_{E=1}(Y)", "P(Y | do(E=1))"),
    ("P_{X}(Y)", "P(Y | do(X))"),
]


@pytest.mark.parametrize(("text", "plain"), SAME)
def test_means(text: str, plain: str) -> None:
    assert read(text, NAMES) == read(plain, NAMES)


REFUSED = [
    "P(1)", "P(Y=1 | 0)", "P(Y | do(1))", "P_x(1)", "P_{X=1}(1)", "p_X(0, 1)", "p_{X, Y}(0)",
    r"p_X(1 \mid 0)", r"p_{Y \mid X}(1)", r"p_{X \mid 1}(X \mid 1)", "p_X(2)", "p_{X, Y}(1, -1)",
    "p_{X, Y}(1, Y=0)", "p_X(1/2)",
    # by its place y is a value of X, by its name one of Y
    "p_{X, Y}(y, x)", "p_{X, Y}(y, 1)", r"p_{Y \mid X, E}(y \mid e, x)",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    with pytest.raises(SymcausalError):
        read(text, NAMES)
