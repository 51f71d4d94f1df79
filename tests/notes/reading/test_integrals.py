r"""Integrals of densities, ``\int p(x, y)\,dx``: sums over all values, where both sides have one unit."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import SymcausalError
from symcausal.expr.scope import canonical
from symcausal.network.network import Variable
from symcausal.notes.check import check_text
from symcausal.reading.densities import unit
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary

NAMES = Vocabulary({name: Variable(name) for name in "DXYZ"})

SAME = [
    (r"\int p(x, y)\,dx", r"\sum_x P(x, y)"),
    (r"\int p(x, y)\,\mathrm{d}x", r"\sum_x P(x, y)"),
    (r"\int p(x, y) d x", r"\sum_x P(x, y)"),
    ("∫ p(x, y) dx", r"\sum_x P(x, y)"),
    (r"\int_{-\infty}^{\infty} p(x, y)\,dx", r"\sum_x P(x, y)"),
    (r"\int_{\mathcal{X}} p(x, y)\,dx", r"\sum_x P(x, y)"),
    (r"\int_{\mathbb{R}} p(x, y)\,dx", r"\sum_x P(x, y)"),
    (r"\int\limits_X p(x, y)\,dx", r"\sum_x P(x, y)"),
    (r"\int\int p(x, y, z)\,dx\,dz", r"\sum_{x} \sum_z P(x, y, z)"),
    (r"\iint p(x, y, z) dxdz", r"\sum_{x} \sum_z P(x, y, z)"),
    (r"\int p(x, y, z)\,dx\,dz", r"\sum_{x, z} P(x, y, z)"),
    (r"\int p(z) \int p(x, y | z)\,dx\,dz", r"\sum_z P(z) (\sum_x P(x, y | z))"),
    (r"\int p(y | x)p(x)\,dx \, p(x)", r"(\sum_x P(y | x) P(x)) P(x)"),
    (r"\frac{p(x, y)}{\int p(x, y)\,dx}", r"\frac{P(x, y)}{\sum_x P(x, y)}"),
    (r"\int p(y | x')p(x')\,dx'", r"\sum_{x'} P(y | x') P(x')"),
    (r"\int p(d, x)\,dx", r"\sum_x P(d, x)"),
    (r"\int (p(x, y) + p(x) p(y))\,dx", r"\sum_x (P(x, y) + P(x) P(y))"),
    (r"\int x\, p(x)\,dx", r"\sum_x x P(x)"),
]


@pytest.mark.parametrize(("text", "plain"), SAME)
def test_an_integral_is_a_sum_over_all_values(text: str, plain: str) -> None:
    assert canonical(read(text, NAMES)) == canonical(read(plain, NAMES))


REFUSED = [
    r"\int p(x, y)", r"\int_0^1 p(x, y)\,dx", r"\int_{0}^{\infty} p(x, y)\,dx",
    r"\int dx\, p(x, y)", r"\int_x p(x, y)", r"\int p(x, y)\,dw", r"\int p(x, y)\,dx\,dx",
    r"\oint p(x)\,dx", r"\int (p(x, y)\,dx)", r"\int^1 p(x, y)\,dx", r"\int",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    with pytest.raises(SymcausalError):
        read(text, NAMES)


CLAIMS = [
    (r"p(y) = \int p(y \mid x) p(x)\,dx", "holds"),
    (r"p(x \mid y) = \frac{p(y \mid x) p(x)}{\int p(y \mid x') p(x')\,dx'}", "holds"),
    (r"\int p(x)\,dx = 1", "holds"),
    (r"P(Y=1) = \int P(Y=1 \mid x) p(x)\,dx", "holds"),
    (r"p(y) = \int p(y)p(x)\,dx", "holds"),
    (r"p(y, z) = \int p(x, y)\,dx\, p(z \mid y)", "holds"),
    (r"p(y) = \int p(y \mid x) p(x) p(x)\,dx", "unreadable"),
    (r"p(y) = \int p(x \mid y) p(x)\,dx", "unreadable"),
    (r"\int p(x, y) p(z)\,dx = p(y \mid z) p(z)", "undecided"),
    (r"\int p(y \mid x) p(x)\,dx = p(y \mid z)", "undecided"),
    (r"\int p(x)\,dx = 2", "fails"),
    # true of probabilities, and of no densities
    (r"p(x, y) \le \int p(x, y)\,dy", "unreadable"),
    (r"\int p(x)^2\,dx \le 1", "unreadable"),
    (r"1 \ge \int p(x, y)\,dy", "unreadable"),
    (r"p(x \mid x) = \int p(y)\,dy", "unreadable"),
    (r"\int (1 - p(x)) p(y)\,dy = 1 - p(x)", "unreadable"),
]


@pytest.mark.parametrize(("claim", "verdict"), CLAIMS)
def test_is_judged(claim: str, verdict: str) -> None:
    (found,) = check_text(f"${claim}$").claims
    assert found.verdict == verdict


CELLS = st.lists(st.integers(1, 9), min_size=6, max_size=6)


@settings(max_examples=30)
@given(CELLS)
def test_integrals_over_a_table_are_its_sums(cells: list[int]) -> None:
    whole = sum(cells)
    joint = {(x, y): Fraction(cells[3 * y + x], whole) for x in range(3) for y in range(2)}
    prior = [joint[x, 0] + joint[x, 1] for x in range(3)]
    rows = "; ".join(f"P(Y=1 | X={x}) = {joint[x, 1] / prior[x]}" for x in range(3))
    model = Model.parse(f"X: 0, 1, 2; X -> Y; P(X) = {', '.join(map(str, prior))}; {rows}")
    value = sum(joint[x, 1] for x in range(3))
    mean = sum(x * prior[x] for x in range(3))
    for text, number in [
        (r"\int p(x, Y=1)\,dx", value),
        (r"\int P(Y=1 \mid x) p(x)\,dx", value),
        (r"\int x p(x)\,dx", mean),
    ]:
        for shift, verdict in [(0, "holds"), (1, "fails")]:
            (claim,) = model.check(f"${text} = {number + shift}$").claims
            assert claim.verdict == verdict


# by rescaling a variable: a density of cX is that of X divided by c, and an integral is c times as long
@given(st.sampled_from([plain for _, plain in SAME]))
def test_units_are_those_of_rescaled_variables(plain: str) -> None:
    found = unit(read(plain, NAMES))
    assert found is not None
    for name in "DXYZ":
        powers = _powers(plain, name.lower())
        assert found[name] == powers
    assert unit(read(f"({plain}) * P(z)", NAMES)) == found + Counter("Z")


def _powers(plain: str, letter: str) -> int:
    """How often a formula counts per a variable, by hand, from its text without fractions."""
    by_hand = {
        r"\frac{P(x, y)}{\sum_x P(x, y)}": "x", r"(\sum_x P(y | x) P(x)) P(x)": "xy",
        r"\sum_x P(d, x)": "d", r"\sum_x x P(x)": "",
    }  # fmt: skip
    return by_hand.get(plain, "y").count(letter)
