# ruff: noqa: E501 - a row is easier to read in one line
r"""Products over numbers, ``\prod_{t=2}^{4} P(x_t \mid x_{t-1})``, are what they are written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import SymcausalError
from symcausal.expr.scope import canonical
from symcausal.network.network import Variable
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary

NAMES = Vocabulary(
    {name: Variable(name) for name in ("Z", *(f"{b}_{i}" for b in "XY" for i in range(8)))}
)
# T, T-1 and T+1 stand for the index and its neighbours
BODIES = [
    "P(x_{T})",
    r"P(x_{T} \mid x_{T-1})",
    r"P(x_{T+1} \mid x_{T}, z)",
    r"P(x_{T}) P(y_{T} \mid x_{T})",
    r"P(x_{T}) \cdot P(y_{T})",
    r"\frac{P(x_{T}, z)}{P(x_{T})}",
    "P(x_{T}) / P(y_{T})",
    "(P(x_{T}) + P(z))",
    r"\sum_{x_{T}} P(x_{T}, y_{T})",
]


def written_out(body: str, first: int, last: int) -> str:
    def numbered(n: int) -> str:
        return body.replace("T-1", str(n - 1)).replace("T+1", str(n + 1)).replace("T", str(n))

    return " * ".join(f"({numbered(n)})" for n in range(first, last + 1))


@pytest.mark.parametrize(
    "sign",
    [r"\prod_{t=%s}^{%s}", r"\prod_{t=%s}^%s", r"\prod\limits_{t = %s}^{%s}", "∏_{t=%s}^{%s}"],
)
@given(body=st.sampled_from(BODIES), first=st.integers(1, 3), count=st.integers(1, 4))
def test_a_product_is_its_factors(sign: str, body: str, first: int, count: int) -> None:
    last = first + count - 1
    product = sign % (first, last) + " " + body.replace("T", "t")
    flat = canonical(read(written_out(body, first, last), NAMES))
    assert canonical(read(product, NAMES)) == flat
    assert canonical(read(f"P(z) * {product}", NAMES)) == canonical(
        read(f"P(z) * {written_out(body, first, last)}", NAMES)
    )


SAME = [
    (r"\prod_{t=1}^{2} P(x_t) P(z)", "P(x_1) P(x_2) P(z)"),
    (r"\prod_{t=1}^{2} P(x_t) / P(z)", "P(x_1) P(x_2) / P(z)"),
    (r"\prod_{t=1}^{2} P(x_t) + P(z)", "P(x_1) P(x_2) + P(z)"),
    (r"\prod_{t=1}^{2} P(x_t) \prod_{t=1}^{2} P(y_t)", "P(x_1) P(x_2) P(y_1) P(y_2)"),
    (r"\prod_{t=1}^{2} P(x_t) \prod_{s=1}^{2} P(y_s)", "P(x_1) P(x_2) P(y_1) P(y_2)"),
    (r"\prod_{t=1}^{3} P(x_t \mid x_{1:t-1})", r"P(x_1) P(x_2 \mid x_1) P(x_3 \mid x_1, x_2)"),
    (r"\prod_{t=1}^{3} P(x_t \mid z, x_{<t})", r"P(x_1 \mid z) P(x_2 \mid z, x_1) P(x_3 \mid z, x_1, x_2)"),
    (r"\prod_{t=1}^{3} P(x_t \mid x_1, \dots, x_{t-1})", r"P(x_1) P(x_2 \mid x_1) P(x_3 \mid x_1, x_2)"),
    (r"\prod_{t=1}^{3} P(x_t \mid x_1, x_2, \dots, x_{t-1}, z)", r"P(x_1 \mid z) P(x_2 \mid x_1, z) P(x_3 \mid x_1, x_2, z)"),
    (r"\prod_{t=1}^{3} P(x_t \mid x_{t-1}, \dots, x_1)", r"P(x_1) P(x_2 \mid x_1) P(x_3 \mid x_1, x_2)"),
    (r"\prod_{t=1}^{3} P(x_t \mid x_{t-1}, x_{t-2}, \ldots, x_1)", r"P(x_1) P(x_2 \mid x_1) P(x_3 \mid x_1, x_2)"),
    (r"\prod_{t=1}^{2} P(x_t \mid x_{t+1}, \dots, x_3)", r"P(x_1 \mid x_2, x_3) P(x_2 \mid x_3)"),
    (r"\prod_{t=2}^{3} P(y_t, x_{1:t} \mid z)", r"P(y_2, x_1, x_2 \mid z) P(y_3, x_1, x_2, x_3 \mid z)"),
    (r"\sum_z P(z) \prod_{t=1}^{2} P(x_t \mid z)", r"\sum_z P(z) P(x_1 \mid z) P(x_2 \mid z)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plain"), SAME)
def test_a_product_ends_before_what_its_index_is_not_in(text: str, plain: str) -> None:
    assert canonical(read(text, NAMES)) == canonical(read(plain, NAMES))


REFUSED = [
    r"\prod_{t} P(x_t)", r"\prod_{t=1}^{n} P(x_t)", r"\prod_t P(x_t)", r"\prod_{t=1} P(x_t)",
    r"\prod_{t=1}^{2} P(z)", r"\prod_{t=1}^{2} P(z) P(x_t)", r"\prod_{t=1}^{2} P(x_t) P(z) P(y_t)",
    r"\prod_{t=3}^{2} P(x_t)", r"\prod_{t=1}^{99} P(x_t)", r"\prod_{t=0}^{2} P(x_t \mid x_{t-1})",
    r"\prod_{z=1}^{2} P(x_z)", r"\prod_{t=1}^{2} P(x^t)", r"\prod_{t=1}^{2} P(X_1=t)",
    r"\prod_{t=1}^{2} P(x_{2t})", r"\prod_{t=1}^{2} P(x_{1:s})", r"\prod_{t=1}^{2} t P(x_t)",
    r"\prod_{t=1}^{2} P(x_t \mid x_{v_{t-1}}, \dots, x_1)", r"\prod_{t=1}^{2} P(x_t \mid x_{t,z}, \dots, x_1)",
    r"\prod_{t=1}^{2} P(x_{1:t-1} \mid z)", r"\prod_{t=1}^{2} P(x_{1:t-1})", r"\prod_{t=1}^{2} P(x_{1:2t})",
    r"\prod_{t=1}^{2} P(z \mid x_1, \dots, y_{t-1})", r"\prod_{t=1}^{2} P(x_t \mid x_1, \dots, x_s)",
    r"\prod_{t=1}^{2} P(x_t \mid x_2, x_1, \dots, x_{t-1})", r"\prod_{t=1}^{2} P(x_t \mid x_{t-1}, \dots, x_s)",
    r"\prod_{t=1, s=1}^{2} P(x_t)", r"\prod_{t=1}^{12} P(x_t)", r"\prod_{t \in \{1, 2\}} P(x_t)",
    r"\prod_{t=1}^{2}", r"\prod_{t=1}^12 P(x_t)",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    with pytest.raises(SymcausalError):
        read(text, NAMES)


@pytest.mark.parametrize("names", [r"P(x_1, \dots, x_4)", "P(x_{1:4})", "P(x_1, x_2, x_3, x_4)"])
@pytest.mark.parametrize(
    ("product", "verdict"),
    [
        (r"P(x_1) \prod_{t=2}^{4} P(x_t \mid x_{t-1})", "holds"),
        (r"P(x_1) \prod_{t=2}^{4} P(x_t \mid x_1)", "fails"),
        (r"P(x_1) \prod_{t=2}^{3} P(x_t \mid x_{t-1})", "fails"),
        (r"\prod_{t=1}^{4} P(x_t \mid x_{t-1})", "unreadable"),
        # whatever n is, it is no chain of four variables
        (r"\prod_{t=1}^{n} P(x_t \mid x_{t-1})", "undecided"),
    ],
)
def test_a_chain_factorises(names: str, product: str, verdict: str) -> None:
    chain = Model.parse("X_1 -> X_2 -> X_3 -> X_4")
    (claim,) = chain.check(f"${names} = {product}$").claims
    assert claim.verdict == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"P(y, x_1, x_2) = \prod_{i=1}^{2} P(x_i \mid y) P(y)", "holds"),
        (r"P(y, x_1, x_2) = \prod_{i=1}^{2} P(x_i) P(y)", "fails"),
        # true if the product went on over P(y)
        (r"P(y, x_1, x_2) P(y) = \prod_{i=1}^{2} P(x_i \mid y) P(y)", "undecided"),
    ],
)
def test_another_reading_of_a_product_makes_undecided(claim: str, verdict: str) -> None:
    (found,) = Model.parse("Y -> X_1; Y -> X_2").check(f"${claim}$").claims
    assert found.verdict == verdict
