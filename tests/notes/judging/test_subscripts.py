"""Subscripts of P: an intervention sets what it says, the name of a mass function sets nothing."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest

from symcausal import Model

MODEL = Model.parse(
    """
    Z -> X; Z -> Y; X -> Y
    P(Z) = 3/4, 1/4
    P(X=1 | Z=0) = 1/5
    P(X=1 | Z=1) = 4/5
    P(Y=1 | X=0, Z=0) = 1/10
    P(Y=1 | X=0, Z=1) = 3/10
    P(Y=1 | X=1, Z=0) = 1/2
    P(Y=1 | X=1, Z=1) = 9/10
    """
)
_YES = {
    "Z": {(): Fraction(1, 4)},
    "X": {(0,): Fraction(1, 5), (1,): Fraction(4, 5)},
    "Y": {
        (0, 0): Fraction(1, 10), (0, 1): Fraction(3, 10),
        (1, 0): Fraction(1, 2), (1, 1): Fraction(9, 10),
    },
}  # fmt: skip
_PARENTS = {"Z": (), "X": ("Z",), "Y": ("X", "Z")}

States = Mapping[str, int]


def truth(outcome: States, do: States, given: States | None = None) -> Fraction:
    """``P(outcome | do, given)`` by adding the rows of the joint distribution after surgery."""
    above = below = Fraction(0)
    for row in product((0, 1), repeat=3):
        at = dict(zip(("Z", "X", "Y"), row, strict=True))
        weight = Fraction(1)
        for name, parents in _PARENTS.items():
            if name in do:
                weight *= at[name] == do[name]
            else:
                yes = _YES[name][tuple(at[parent] for parent in parents)]
                weight *= yes if at[name] else 1 - yes
        if all(at[name] == value for name, value in (given or {}).items()):
            below += weight
            above += weight * all(at[name] == value for name, value in outcome.items())
    return above / below


def verdicts(text: str) -> list[str]:
    """The verdicts on one line of notes."""
    return [str(claim.verdict) for claim in MODEL.check(f"${text}$").claims]


NUMBERS: list[tuple[str, States, States, States]] = [
    ("P_{X=0}(X=1)", {"X": 1}, {"X": 0}, {}),
    ("P_{X=0}(X=0)", {"X": 0}, {"X": 0}, {}),
    ("P_{x^0}(X=0)", {"X": 0}, {"X": 0}, {}),
    ("P_{x^0}(X=1)", {"X": 1}, {"X": 0}, {}),
    ("P_{x^1}(x^1)", {"X": 1}, {"X": 1}, {}),
    ("P_{x_0}(x^1)", {"X": 1}, {"X": 0}, {}),
    (r"P_{\neg x}(X=0)", {"X": 0}, {"X": 0}, {}),
    (r"P_{\bar{x}}(X=1)", {"X": 1}, {"X": 0}, {}),
    ("P_{do(X=0)}(X=1)", {"X": 1}, {"X": 0}, {}),
    (r"P_{\hat{X}=0}(X=1)", {"X": 1}, {"X": 0}, {}),
    ("P_{X := 0}(X=1)", {"X": 1}, {"X": 0}, {}),
    (r"P_{X \leftarrow 1}(X=1)", {"X": 1}, {"X": 1}, {}),
    ("P_{X=0}(Y=1)", {"Y": 1}, {"X": 0}, {}),
    ("P_{X=1}(X=1, Y=1)", {"X": 1, "Y": 1}, {"X": 1}, {}),
    ("P_{X=1}(X=0, Y=1)", {"X": 0, "Y": 1}, {"X": 1}, {}),
    ("P_{X=1, Y=0}(X=1, Y=0)", {"X": 1, "Y": 0}, {"X": 1, "Y": 0}, {}),
    ("P_{X=1, Y=0}(X=1, Y=1)", {"X": 1, "Y": 1}, {"X": 1, "Y": 0}, {}),
    (r"P_{X=1}(X=1 \mid Z=1)", {"X": 1}, {"X": 1}, {"Z": 1}),
    (r"P_{X=0}(X=1 \mid Y=1)", {"X": 1}, {"X": 0}, {"Y": 1}),
    (r"P_{Z=1}(X=1 \mid Y=1)", {"X": 1}, {"Z": 1}, {"Y": 1}),
    ("P_X(X=1)", {"X": 1}, {}, {}),
    ("p_{X}(X=1)", {"X": 1}, {}, {}),
    ("p_{X,Y}(X=1, Y=1)", {"X": 1, "Y": 1}, {}, {}),
    (r"p_{X \mid Y}(X=1 \mid Y=1)", {"X": 1}, {}, {"Y": 1}),
    (r"p_{X \mid Y=1}(X=1 \mid Y=1)", {"X": 1}, {}, {"Y": 1}),
]


@pytest.mark.parametrize(("text", "outcome", "do", "given"), NUMBERS, ids=lambda value: str(value))
def test_a_number_is_that_of_the_joint_distribution(
    text: str, outcome: States, do: States, given: States
) -> None:
    value = truth(outcome, do, given)
    assert verdicts(f"{text} = {value}") == ["holds"]
    assert verdicts(f"{text} = {(3 * value + 1) / 5}") == ["fails"]


FORMULAS = [
    ("P_{X=0}(X=1) = P(X=1)", "fails"),
    ("P_{X=0}(X=1) = P(X=1 \\mid do(X=0))", "holds"),
    ("P_{x'}(y) = P(y \\mid do(x'))", "holds"),
    ("P_{X=x}(x, y) = P(y \\mid do(x))", "holds"),
    ("P_{X=x}(x) = P(x)", "fails"),
    ("P_X(x) = P(x)", "holds"),
    ("P_X(x) = P(x \\mid do(x))", "fails"),
    ("p_{X,Y}(x,y) = p_X(x) p_{Y \\mid X}(y \\mid x)", "holds"),
    # small letters read both ways, and neither reading is guessed
    ("P_x(x) = 1", "holds"),
    ("p_x(x) = P(x)", "undecided"),
    ("\\sum_x p_x(x) = 1", "undecided"),
    ("p_x(x) = P(y)", "fails"),
    # a subscript with a bar is a name, and may not say something else than the brackets
    ("p_{X=0 \\mid Y}(X=1 \\mid Y) = P(X=1 \\mid Y)", "unreadable"),
    ("p_{X \\mid Y=0}(x \\mid Y=1) = P(x \\mid Y=1)", "unreadable"),
    ("p_{X \\mid do(Z)}(x) = P(x)", "unreadable"),
    ("E_{X=0}[Y] = E[Y]", "unreadable"),
]


@pytest.mark.parametrize(("text", "verdict"), FORMULAS)
def test_a_formula(text: str, verdict: str) -> None:
    assert verdicts(text) == [verdict]


def test_the_reason_names_both_readings() -> None:
    (claim,) = MODEL.check("$p_x(x) = P(x)$").claims
    assert "mass function" in claim.reason
    assert "intervention" in claim.reason


def test_a_small_variable_may_be_set_or_name_its_mass_function() -> None:
    model = Model.parse("x -> y; P(x) = 1/4, 3/4")
    for text, verdict in (
        ("p_x(x) = p(x)", "holds"),
        ("p_x(x) = p(x | do(x))", "undecided"),
        ("p_{x=0}(x=1) = 0", "holds"),
        ("p_x(x) = 1/2", "fails"),
    ):
        assert [c.verdict for c in model.check(f"${text}$").claims] == [verdict]
