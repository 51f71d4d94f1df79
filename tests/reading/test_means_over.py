r"""Means over the variables of a subscript: ``E_X[P(Y \mid X)]`` is ``\sum_x P(x) P(Y \mid x)``."""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.errors import SymcausalError
from symcausal.expr.scope import canonical
from symcausal.network.network import Variable
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary

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
    ],
)
def test_adjustment_is_judged(claim: str, verdict: str) -> None:
    (found,) = Model.parse("Z -> X; Z -> Y; X -> Y").check(f"${claim}$").claims
    assert found.verdict == verdict
