r"""Letters under accents, ``\tilde a``: what a sum binds, as ``a'`` is, and nothing outside of it."""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.errors import SymcausalError
from symcausal.expr.nodes import Product, Sum
from symcausal.expr.scope import canonical
from symcausal.network.network import Variable
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary

NAMES = Vocabulary({name: Variable(name) for name in ("A", "B", "X_1")})
ACCENTS = [r"\tilde", r"\widetilde", r"\bar", r"\overline", r"\hat", r"\widehat"]
# N stands for the letter with its accent
BOUND = [
    r"\sum_{N} P(B \mid N) P(N)",
    r"\sum_{N} P(B \mid A=N) P(A=N)",
    r"\frac{P(B \mid a) P(a)}{\sum_{N} P(B \mid N) P(N)}",
    r"\sum_{N \in \mathcal{A}} P(B, N)",
    r"\sum_{N=0}^{1} P(B, N)",
    r"\sum_{N, b} P(b, N)",
    r"\sum_{N} P(N) \sum_{a} P(B, a)",
    r"\sum_{a} P(a) + \sum_{N} P(N)",
]


@pytest.mark.parametrize("names", [NAMES, None], ids=["model", "none"])
@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("text", BOUND)
def test_a_sum_binds_a_letter_with_an_accent(
    text: str, accent: str, names: Vocabulary | None
) -> None:
    plain = read(text.replace("N", "a'"), names)
    for letter in (f"{accent} a", f"{accent}{{a}}", f"{accent}{{A}}"):
        assert canonical(read(text.replace("N", letter), names)) == canonical(plain)


def test_a_subscript_belongs_to_the_letter() -> None:
    text = r"\sum_{N} P(B, N)"
    plain = read(text.replace("N", "X_1"), NAMES)
    assert canonical(read(text.replace("N", r"\tilde{x}_1"), NAMES)) == canonical(plain)


def test_primes_and_accents_are_different_letters() -> None:
    both = read(r"\sum_{\tilde a, a', \bar a} P(\tilde a) P(a') P(\bar a)", NAMES)
    assert isinstance(both, Sum)
    assert isinstance(both.body, Product)
    assert len(set(both.over)) == len(set(both.body.factors)) == 3


@pytest.mark.parametrize(
    "text",
    [
        r"P(\tilde a)",
        r"\sum_{a} P(B \mid \tilde a) P(a)",
        r"\sum_{\tilde a} P(\tilde a) + P(\tilde a)",
        r"P(\bar a) + \sum_{\bar a} P(\bar a)",  # not a before the sum, a letter within
        r"\sum_{\bar a} P(\bar a) + P(\bar a)",
        r"\sum_{\hat a} P(B \mid \hat a) P(a)",  # do(a), or a letter?
        r"\sum_{\hat a} P(B \mid \hat a)",
        r"\sum_{\tilde b} P(\tilde a)",
        r"\tilde{P}(a)",
        r"\sum_{\tilde{a b}} P(a)",
    ],
)
def test_refuses(text: str) -> None:
    with pytest.raises(SymcausalError):
        read(text, NAMES)


@pytest.mark.parametrize(
    ("text", "plain"), [(r"P(\bar a)", "P(A=0)"), (r"P(B \mid \hat a)", "P(B | do(A))")]
)
def test_elsewhere_bars_deny_and_hats_act(text: str, plain: str) -> None:
    assert read(text, NAMES) == read(plain, NAMES)


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\sum_{\tilde a} P(B \mid \tilde a) P(\tilde a)", "holds"),
        (r"\sum_{\tilde a} P(B \mid a) P(\tilde a)", "fails"),
        (r"\sum_{\tilde a} P(B \mid \tilde a) P(a)", "fails"),
    ],
)
def test_notes_with_accents_are_judged(right: str, verdict: str) -> None:
    (claim,) = Model.parse("A -> B").check(f"$P(B) = {right}$").claims
    assert claim.verdict == verdict
