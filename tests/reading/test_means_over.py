r"""Means over the variables of a subscript: ``E_X[P(Y \mid X)]`` is ``\sum_x P(x) P(Y \mid x)``."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import SymcausalError
from symcausal.expr.scope import canonical
from symcausal.network.network import Variable
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary

PAIRS = [(z, x) for z in (0, 1) for x in (0, 1)]
NAMES = Vocabulary({name: Variable(name) for name in "XYZ"})

SAME = [
    (r"E_X[P(Y \mid X)]", r"\sum_x P(x) P(Y \mid x)"),
    (r"E_x(P(y \mid x))", r"\sum_x P(x) P(Y \mid x)"),
    (r"\mathbb{E}_{X}\left[P(Y \mid X, Z)\right]", r"\sum_x P(x) P(Y \mid x, Z)"),
    (r"\mathbb{E}_{X, Z}[P(Y \mid X, Z)]", r"\sum_{x, z} P(x, z) P(Y \mid x, z)"),
    (r"E_{Z \mid X}[P(Y \mid X, Z)]", r"\sum_z P(z \mid X) P(Y \mid X, z)"),
    (r"E_{Z}[P(Y \mid X, Z) \mid X=1]", r"\sum_z P(z \mid X=1) P(Y \mid X, z)"),
    (r"E_{Z \mid do(X=1)}[P(Y \mid Z)]", r"\sum_z P(z \mid do(X=1)) P(Y \mid z)"),
    (r"E_Z[Z]", r"\sum_z P(z) z"),
    (r"E_Z[E[Y \mid X, Z]]", r"\sum_z P(z) E[Y \mid X, Z=z]"),
    (r"E_Z[\sum_y y P(y \mid Z)]", r"\sum_z P(z) (\sum_y y P(y \mid z))"),
    (r"E_{x \sim P(x)}[P(Y \mid x)]", r"\sum_x P(x) P(Y \mid x)"),
    (r"\mathbb{E}_{x \sim p}\left[P(Y \mid x)\right]", r"\sum_x P(x) P(Y \mid x)"),
    (r"E_{X ~ P(X)}[P(Y | X)]", r"\sum_x P(x) P(Y \mid x)"),
    (r"E_{x∼p(x)}[P(y|x)]", r"\sum_x P(x) P(Y \mid x)"),
    (r"E_{z \sim P(z \mid x)}[P(y \mid x, z)]", r"\sum_z P(z \mid X) P(Y \mid X, z)"),
    (r"E_{z \sim P(z \mid X=1)}[P(y \mid z)]", r"\sum_z P(z \mid X=1) P(Y \mid z)"),
    (r"E_{z \sim P(z \mid do(x))}[P(y \mid z)]", r"\sum_z P(z \mid do(X)) P(Y \mid z)"),
    (r"E_{x, z \sim P(x, z)}[P(y \mid x, z)]", r"\sum_{x,z} P(x, z) P(Y \mid x, z)"),
    (r"E_{(x, z) \sim p}[P(y \mid x, z)]", r"\sum_{x,z} P(x, z) P(Y \mid x, z)"),
    (r"E_{x \sim p}[x]", r"\sum_x P(x) x"),
    (r"E_{X'}[P(Y \mid X')]", r"\sum_{x'} P(x') P(Y \mid x')"),
]


@pytest.mark.parametrize(("text", "plain"), SAME)
def test_means(text: str, plain: str) -> None:
    assert canonical(read(text, NAMES)) == canonical(read(plain, NAMES))


REFUSED = [
    "E_X[Y]",  # a mean over X of what is no function of it, or a mean of Y where X is set
    "E_x[Y]", r"E_X[P(Y \mid Z)]", "E_X[X Y]", r"E_X[Y P(Z \mid X)]", r"E_{do(X)}[Y]",
    r"E_{X=1}[P(Y \mid X)]", r"E_{X \mid Z}[P(Y \mid X) \mid Z]", r"E_{X \mid x}[P(Y \mid X)]",
    r"E_{X \mid X}[P(Y \mid X)]", r"E^{X}[P(Y \mid X)]", r"E_X'[P(Y \mid X)]", r"E_{U}[P(Y \mid U)]",
    r"E_{x \sim q}[P(Y \mid x)]", r"E_{x \sim q(x)}[P(Y \mid x)]", r"E_{x \sim P(y)}[P(Y \mid x)]",
    r"E_{x \sim P(x, z)}[P(Y \mid x, Z)]", r"E_{x \sim P(x \mid z)}[P(Y \mid x) \mid z]",
    r"E_{x \sim P(x)}[Y]", r"E_{x \sim P(x)}[1]", r"E_{x \sim P(x)}[x Y]", r"P_{x \sim P(x)}(Y)",
    r"E_{x \sim P(x \mid x)}[P(Y \mid x)]", r"E_{X=1 \sim P(X=1)}[P(Y \mid X)]",
    r"E_{x \sim z}[P(Y \mid x)]",
    r"E_{x \sim N(0, 1)}[x]", r"E_{x \sim p_d}[P(Y \mid x)]", r"E_{(x, z)}[P(Y \mid x, z)]",
    r"E_{x_1}[P(Y \mid X)]", r"E_{1}[P(Y \mid X)]", r"E_{}[P(Y \mid X)]",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    with pytest.raises(SymcausalError):
        read(text, NAMES)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"P(Y \mid do(X)) = E_Z[P(Y \mid X, Z)]", "holds"),
        (r"P(Y \mid X) = E_Z[P(Y \mid X, Z)]", "fails"),
        (r"P(Y \mid X) = E_{Z \mid X}[P(Y \mid X, Z)]", "holds"),
        (r"E[Y \mid do(X)] = E_Z[E[Y \mid X, Z]]", "holds"),
        (r"E[Y \mid X] = E_Z[E[Y \mid X, Z]]", "fails"),
        (r"E[Y \mid do(X)] = E_X[Y]", "unreadable"),
        (r"P(Y \mid do(X)) = E_{z \sim P(z)}[P(Y \mid X, z)]", "holds"),
        (r"P(Y \mid X) = E_{z \sim P(z)}[P(Y \mid X, z)]", "fails"),
        (r"P(Y \mid X) = E_{z \sim P(z \mid X)}[P(Y \mid X, z)]", "holds"),
        (r"P(Y \mid do(X)) = E_{z \sim P(z \mid X)}[P(Y \mid X, z)]", "fails"),
    ],
)
def test_adjustment_is_judged(claim: str, verdict: str) -> None:
    (found,) = Model.parse("Z -> X; Z -> Y; X -> Y").check(f"${claim}$").claims
    assert found.verdict == verdict


VALUES = st.integers(0, 3)


@settings(max_examples=30)
@given(st.tuples(VALUES, VALUES, VALUES, VALUES).filter(lambda t: t[0] + t[1] and t[2] + t[3]))
def test_a_mean_over_a_law_is_its_number(table: tuple[int, int, int, int]) -> None:
    whole = sum(table)
    joint = {(z, x): Fraction(n, whole) for (z, x), n in zip(PAIRS, table, strict=True)}
    prior = {z: joint[z, 0] + joint[z, 1] for z in (0, 1)}
    model = Model.parse(
        f"Z -> X; P(Z=1) = {prior[1]}; P(X=1 | Z=0) = {joint[0, 1] / prior[0]};"
        f"P(X=1 | Z=1) = {joint[1, 1] / prior[1]}"
    )
    mean = sum(x * p for (_, x), p in joint.items())
    within = joint[1, 1] / prior[1]
    for text, value in [
        (r"E_{x \sim P(x)}[x]", mean),
        (r"E_{x \sim P(x \mid Z=1)}[x]", within),
        (r"E_{z \sim p}[E[X \mid z]]", mean),
        (r"E_{z \sim P(z)}[P(X=1 \mid z)]", mean),
    ]:
        for shift, verdict in [(0, "holds"), (1, "fails")]:
            (claim,) = model.check(f"${text} = {value + shift}$").claims
            assert claim.verdict == verdict
