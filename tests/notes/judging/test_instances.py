# ruff: noqa: E501 - a row is easier to read in one line
r"""Claims for any number of terms, ``P(x_1, \dots, x_n) = ...``, beside what they say of one number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model, check

# what holds for every number of terms, by the chain rule, total probability or the rule of Bayes
LAWS = [
    r"P(x_1, \dots, x_n) = \prod_{i=1}^n P(x_i \mid x_1, \dots, x_{i-1})",
    r"P(x_1, \dots, x_n) = \prod_i P(x_i \mid x_1, \dots, x_{i-1})",
    r"P(x_1, x_2, .., x_n) = \prod_{i=1}^{n} P(x_i | x_1, x_2, .., x_{i-1})",
    r"P(X_1, \ldots X_N) = P(X_1) \prod_{k=2}^{N} P(X_k \mid X_{<k})",
    r"p(x_1, \dotsc, x_n) = p(x_1) p(x_2 \mid x_1) \cdots p(x_n \mid x_{n-1}, \dotsc, x_2, x_1)",
    r"P(X1, X2, ..., Xn) = P(X1) \cdot P(X2 | X1) \cdot P(X3 | X1, X2) \cdots P(Xn | X1, ..., Xn-1)".replace("Xn-1", "X_{n-1}").replace("X1", "X_1").replace("X2", "X_2").replace("X3", "X_3").replace("Xn", "X_n"),
    r"P(x_{1:T}) = \prod_{t=1}^{T} P(x_t \mid x_{1:t-1})",
    r"P(x_i \mid x_1, \dots, x_{i-1}) = \frac{P(x_1, \dots, x_i)}{P(x_1, \dots, x_{i-1})}",
    r"P(x_n) = \sum_{x_1} \cdots \sum_{x_{n-1}} P(x_1, \dots, x_n)",
    r"P(x_n) = \sum_{x_1, \dots, x_{n-1}} P(x_1, \dots, x_n)",
    r"P(x_t \mid y_{1:t}) = \frac{P(y_t \mid x_t, y_{1:t-1}) P(x_t \mid y_{1:t-1})}{P(y_t \mid y_{1:t-1})}",
    r"P(x_t, y_{1:t}) = \sum_{x_{t-1}} P(x_t, x_{t-1}, y_{1:t})",
    r"P(O_{1:T} = o_{1:T}) = \sum_{X_{1:T}} P(O_{1:T} = o_{1:T}, X_{1:T})",
    r"P(x_t \mid y_{1:T}) = \sum_{x_{t+1}} P(x_t \mid x_{t+1}, y_{1:T}) P(x_{t+1} \mid y_{1:T})",
    r"P(x_{v_1}, \ldots, x_{v_i}) = P(x_{v_i} \mid x_{v_1}, \ldots, x_{v_{i-1}}) P(x_{v_1}, \ldots, x_{v_{i-1}})",
]  # fmt: skip
# what is false for all joint distributions of three or more variables, even if these are independent
SLIPS = [
    r"P(x_1, \dots, x_n) = \prod_{i=2}^n P(x_i \mid x_1, \dots, x_{i-1})",
    r"P(x_t \mid y_{1:t}) = \frac{P(y_t \mid x_t, y_{1:t-1}) P(x_t \mid y_{1:t-1})}{P(y_{1:t})}",
    r"P(x_1, \dots, x_n) = P(x_1) \prod_{i=2}^{n} P(x_{i-1} \mid x_i)",
    r"P(x_i \mid x_1, \dots, x_{i-1}) = \frac{P(x_1, \dots, x_i)}{P(x_1, \dots, x_{i-2})}",
    r"P(x_n) = \sum_{x_2} \cdots \sum_{x_{n-1}} P(x_1, \dots, x_n)",
]
# what says a graph, or supposes an independence, or is about one number of terms
LEFT = {
    r"P(x_1, \dots, x_n) = P(x_1) P(x_2 | x_1) \cdots P(x_n | x_{n-1})": "definition",
    r"P(x_1, \dots, x_n) = P(x_1) \prod_{i=2}^n P(x_i \mid x_{i-1})": "definition",
    r"P(X_{1:T}, O_{1:T}) = P(X_1) P(O_1 | X_1) \prod_{t=2}^T P(X_t | X_{t-1}) P(O_t | X_t)": "definition",
    r"P(X_1, \dots, X_n) = \prod_{i=1}^n P(X_i \mid \mathrm{Pa}(X_i))": "definition",
    r"P(x) = \prod_{v} P(x_v \mid x_{\text{pa}(v)})": "definition",
    r"P(X_1, \dots, X_n) = \prod_{i=2}^n P(X_i \mid \mathrm{Pa}(X_i))": "undecided",
    r"P(X_1, \dots, X_n) = \prod_{i=1}^n P(X_i \mid \mathrm{Pa}(X_j))": "undecided",
    r"P(X_1, \dots, X_n) = \prod_{i=1}^n P(X_i, \mathrm{Pa}(X_i) \mid X_1)": "undecided",
    r"P(X_1, \dots, X_n) = \prod_{i=1}^n P(\mathrm{Pa}(X_i) \mid X_i)": "undecided",
    r"P(X_1) = \prod_{i=1}^n P(X_i \mid \mathrm{Pa}(X_i), Z)": "undecided",
    r"P(x_1, \dots, x_n) = \prod_{i=1}^n P(x_i)": "undecided",
    r"P(x_i | x_1, \dots, x_{i-1}) = P(x_i | x_{i-1})": "undecided",
    r"P(x_1, \dots, x_n) = P(x_1) P(x_2)": "undecided",
    r"P(x_{1:t}, y_1) = P(y_1) P(x_1)": "undecided",
    r"P(x_1, \dots, x_n) = n \cdot P(x_1)": "unreadable",
    r"P(x_1, \dots, x_n) = P(x_1, \dots, x_m)": "unreadable",
    r"P(x_0, \dots, x_n) = P(x_0) \prod_{i=1}^n P(x_i | x_{<i})": "unreadable",
    r"P(x_0, \dots, x_n) = \prod_{i=0}^n P(x_i | x_{<i})": "unreadable",
    r"P(x_s, \dots, x_t) = P(x_s, \dots, x_t)": "unreadable",
}  # fmt: skip


@pytest.mark.parametrize("law", LAWS)
def test_laws_hold_for_any_number_of_terms(law: str) -> None:
    (found,) = check(f"So ${law}$.").claims
    assert (found.verdict, found.message[:12]) == ("holds", "judged with ")


@pytest.mark.parametrize("law", LAWS)
def test_laws_hold_beside_a_model(law: str) -> None:
    (found,) = Model.parse("A -> B").check(f"So ${law}$.").claims
    assert found.verdict == "holds"


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_fail(slip: str) -> None:
    (found,) = check(f"So ${slip}$.").claims
    assert found.verdict == "fails"


@pytest.mark.parametrize(("claim", "verdict"), LEFT.items())
def test_what_is_no_law(claim: str, verdict: str) -> None:
    (found,) = check(f"So ${claim}$.").claims
    assert found.verdict == verdict


def dotted(numbers: list[str]) -> str:
    return r", \dots, ".join([numbers[0], numbers[-1]])


@pytest.mark.slow
@settings(max_examples=40)
@given(
    left=st.sampled_from(["all", "last", "given"]),
    factors=st.lists(st.sampled_from(["chain", "first", "rest", "last given", "before"]), min_size=1, max_size=3),
    divided=st.booleans(),
)  # fmt: skip
def test_a_formula_for_any_number_is_never_more_than_its_instances(
    left: str, factors: list[str], divided: bool
) -> None:
    """What holds with dots holds written out for four terms, and what fails does not."""

    def text(n: str, numbers: list[str], *, dots: bool) -> str:
        def listed(some: list[str]) -> str:
            return dotted(some) if dots and len(some) > 1 else ", ".join(some)

        names = [f"x_{{{number}}}" for number in numbers]
        before = names[:-1]
        product = rf"\prod_{{i=1}}^{{{n}}} P(x_i \mid {dotted(['x_1', 'x_{i-1}'])})"
        if not dots:
            product = " ".join(
                rf"P({name} \mid {', '.join(names[:i])})" if i else f"P({name})"
                for i, name in enumerate(names)
            )
        said = {
            "all": f"P({listed(names)})",
            "last": f"P({names[-1]})",
            "given": rf"P({names[-1]} \mid {listed(before)})",
            "chain": f"({product})",
            "first": f"P({names[0]})",
            "rest": rf"P({listed(names[1:])} \mid {names[0]})",
            "last given": rf"P({names[-1]} \mid {listed(before)})",
            "before": f"P({listed(before)})",
        }
        top, *below = (said[one] for one in factors)
        right = (
            rf"\frac{{{top}}}{{{' '.join(below)}}}"
            if divided and below
            else " ".join([top, *below])
        )
        return f"{said[left]} = {right}"

    short = ["1", "2", "n-1", "n"]
    (found,) = check(f"So ${text('n', short, dots=True)}$.").claims
    (plain,) = check(f"So ${text('4', ['1', '2', '3', '4'], dots=False)}$.").claims
    assert found.verdict != "unreadable"
    if found.verdict in ("holds", "fails"):
        assert plain.verdict == found.verdict
    else:
        assert plain.verdict in ("undecided", "definition", "fails")
