r"""What a sum counts: ``\sum_{x=0}^{2}``, ``x = 0, 1``, ``x \in \{0, 1\}``; never more and never less."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.notes.check import check_text

STATES = (-1, 0, 1, 2)
PRIOR = dict(zip(STATES, map(Fraction, ("1/2", "1/4", "1/6", "1/12")), strict=True))
CHANCE = dict(zip(STATES, map(Fraction, ("1/3", "1/5", "1/7", "1/9")), strict=True))
FOUR = Model.parse(
    "X: -1, 0, 1, 2; Y; A: -1, 0, 1, 2; X -> Y; P(X) = 1/2, 1/4, 1/6, 1/12;"
    "P(Y=1 | X=-1) = 1/3; P(Y=1 | X=0) = 1/5; P(Y=1 | X=1) = 1/7; P(Y=1 | X=2) = 1/9;"
    "P(A) = 1/2, 1/4, 1/8, 1/8"
)


def verdicts(formula: str, model: Model = FOUR) -> list[str]:
    return [claim.verdict for claim in model.check(f"${formula}$").claims]


def spellings(values: list[int]) -> list[str]:
    listed = ", ".join(map(str, values))
    found = [rf"\sum_{{x \in \{{{listed}\}}}}"]
    if len(values) > 1:
        found += [rf"\sum_{{x={listed}}}", rf"\sum_{{X={listed}}}", f"sum_{{x={listed}}}"]
    if len(values) > 1 and values == list(range(values[0], values[-1] + 1)):
        first, last = values[0], values[-1]
        found += [
            rf"\sum_{{x={first}}}^{{{last}}}", rf"\sum_{{x={first}}}^{last} ",
            rf"\sum\limits_{{x={first}}}^{{{last}}}", f"Σ_{{x={first}}}^{{{last}}} ",
            rf"\sum^{{{last}}}_{{x={first}}}", rf"\sum\limits^{last}_{{x={first}}}",
            rf"\sum^ {{ {last} }} _ {{x={first}}}",
        ]  # fmt: skip
    return found


@settings(max_examples=30)
@given(st.lists(st.sampled_from(STATES), min_size=1, unique=True), st.data())
def test_a_sum_counts_what_it_lists(values: list[int], data: st.DataObject) -> None:
    sign = data.draw(st.sampled_from(spellings(values)))
    value = sum((CHANCE[v] * PRIOR[v] for v in values), Fraction())
    assert verdicts(rf"{sign} P(Y=1 \mid x) P(x) = {value}") == ["holds"]
    assert verdicts(rf"{sign} P(Y=1 \mid X=x) P(X=x) = {value + 1}") == ["fails"]
    mean = sum((v * PRIOR[v] for v in values), Fraction())
    assert verdicts(rf"{sign} x P(x) = {mean}") == ["holds"]


@pytest.mark.parametrize("values", [[-1, 0, 1, 2], [2, -1, 1, 0], [-1, 0, 1], [0, 1, 2]])
def test_only_a_sum_over_all_values_leaves_a_letter_out(values: list[int]) -> None:
    graph = Model.parse("X: -1, 0, 1, 2; X -> Y")
    for sign in spellings(values):
        (verdict,) = verdicts(rf"P(Y) = {sign} P(Y \mid x) P(x)", graph)
        assert verdict == ("holds" if len(values) == len(STATES) else "fails"), sign


# the values behind several letters are those of each
SHARED = [
    (r"\sum_{x, a = -1}^{2} P(x, a) = 1", "holds"),
    (r"\sum_{x, a = -1, 0, 1, 2} P(x, a) = 1", "holds"),
    (r"\sum_{x, a \in \{-1, 0, 1, 2\}} P(x, a) = 1", "holds"),
    (r"\sum_{x = -1}^{0} \sum_{a = -1}^{0} P(x, a) = \frac{9}{16}", "holds"),
    (r"\sum_{x = -1, 0, a = -1, 0} P(x, a) = \frac{9}{16}", "holds"),
    (r"\sum_{a, X=x} P(x, a) = 1", "holds"),
    (r"\sum_{x, a = -1, 0} P(x, a) = \frac{9}{16}", "unreadable"),
    (r"\sum_{x, a = -1}^{0} P(x, a) = \frac{9}{16}", "unreadable"),
    (r"\sum_{y, x = -1}^{2} P(x, y) = 1", "unreadable"),
]


@pytest.mark.parametrize(("formula", "verdict"), SHARED)
def test_letters_share_values_where_they_have_no_others(formula: str, verdict: str) -> None:
    assert verdicts(formula) == [verdict]


ALL_OF_X = ["{x=-1}^{K}", "{x=-1}^K ", "{x=-1}^{|X|}", "{X=-1}^{n}", "{x=-1}^n", "{k=-1}^{K}"]


@pytest.mark.parametrize("index", [*ALL_OF_X, "^{K}_{x=-1}", "^n_{x=-1}"])
def test_a_limit_without_a_number_is_the_last_value(index: str) -> None:
    letter = "k" if "k" in index else "x"
    sign = r"\sum" + (index if index[0] == "^" else f"_{index}")
    body = rf"P(Y=1 \mid X={letter}) P(X={letter})"
    value = sum((CHANCE[v] * PRIOR[v] for v in STATES), Fraction())
    assert verdicts(f"{sign} {body} = {value}") == ["holds"]
    assert verdicts(f"{sign}{body} = {value / 2}") == ["fails"]
    assert verdicts(f"P(Y=1) = {sign} {body}") == ["holds"]
    assert verdicts(f"P(Y=0) = {sign} {body}") == ["fails"]


OPEN = [
    (r"P(y) = \sum_{x=1}^{K} P(y \mid x) P(x)", "holds"),
    (r"P(y) = \sum_{x=0}^{n} P(y \mid x) P(x)", "holds"),
    (r"P(y) = \sum_{k=1}^KP(y \mid X=k) P(X=k)", "holds"),
    (r"P(y) = \sum_{x=1}^{K} P(y \mid x)", "fails"),
    (r"\sum_{x=1}^{K} P(x) = 1", "holds"),
    (r"\sum_{x,y=1}^{n} P(x, y) = 1", "holds"),
    (r"E[X] = \sum_{x=0}^{n} x P(X=x)", "holds"),
    (r"\sum_{k=0}^{n} P(X=k) \ge 0.95", "unreadable"),  # up to which value?
    (r"P(y) = \sum_{x=2}^{K} P(y, x)", "unreadable"),
    (r"P(y) = \sum_{x=1}^{K-1} P(y, x)", "unreadable"),
    (r"P(y) = \sum_{x=1}^{K} P(y, x, K)", "unreadable"),
    (r"P(y) = \sum_{x=1}^{|Y|} P(y, x)", "unreadable"),
    (r"P(y) = \sum_{x}^{K} P(y, x)", "unreadable"),
    (r"P(y) = \sum_{x=1}^{K} P(y, x) + P(y, X=0)", "unreadable"),  # X begins at 0
    (r"X \in \{0, 1\} @ P(y) = \sum_{x=1}^{K} P(y, x)", "unreadable"),
]


@pytest.mark.parametrize(("formula", "verdict"), OPEN)
def test_limits_without_a_number_and_a_model(formula: str, verdict: str) -> None:
    notes = "\n\n".join(f"${part}$" for part in formula.split("@"))
    (claim,) = check_text(notes).claims
    assert claim.verdict == verdict


def test_a_limit_counts_from_the_first_state() -> None:
    for states, verdict in [("1, 2", "holds"), ("0, 1, 2", "unreadable"), ("a, b, c", "holds")]:
        model = Model.parse(f"X: {states}; X -> Y")
        assert verdicts(r"P(y) = \sum_{x=1}^{K} P(y, x)", model) == [verdict]


REFUSED = [
    r"\sum_{x=0} P(x) = 1",  # one value, or all of them?
    r"\sum_{x=0, a=0} P(x, a) = 1",
    r"\sum_{x=0, a=-1}^{2} P(x, a) = 1",
    r"\sum_{x=0}^{n} P(x) = 1",
    r"\sum_{x=-1}^{n} P(x) = 1",
    r"\sum_{x=-1}^{3} P(x) = 1",  # there is no state 3
    r"\sum_{x=-1}^{-1} P(x) = 1",
    r"\sum_{x=2}^{-1} P(x) = 1",
    r"\sum_{x=0}^{1/2} P(x) = 1",
    r"\sum_{x=0, 1}^{2} P(x) = 1",
    r"\sum_{x=-1, 0, 0, 1, 2} P(x) = 1",
    r"\sum_{x}^{2} P(x) = 1",
    r"\sum_{x \in \{-1, 0\}}^{2} P(x) = 1",
    r"\sum_{0}^{2} P(x) = 1",
    r"\sum_{x=-1}^12 P(x) = 1",  # TeX sets the 1 above the sign, and 2 behind it
    r"\sum_{x=0}^{100000} P(x) = 1",
    r"\sum_{x=0}^{99999999999999999999} P(x) = 1",
]


@pytest.mark.parametrize("formula", REFUSED)
def test_doubtful_limits_are_refused(formula: str) -> None:
    assert verdicts(formula) == ["unreadable"]


def test_a_state_that_is_also_a_name_ends_no_list() -> None:
    grades = Model.parse("G: A, B; A; G -> A")
    assert verdicts(r"\sum_{g=B, A} P(g) = 1", grades) == ["unreadable"]
    assert verdicts(r"\sum_{g \in \{A, B\}} P(g) = 1", grades) == ["holds"]
    alone = Model.parse("G: A, B; X; G -> X")
    assert verdicts(r"\sum_{g=A, B} P(g) = 1", alone) == ["holds"]
    assert verdicts(r"\sum_{g=A, B, x} P(g, x) = 1", alone) == ["holds"]


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"P(Y=y) = \sum_{x=0}^{1} P(Y=y \mid X=x) P(X=x)", "holds"),
        (r"P(Y=y) = \sum_{x=0,1} P(Y=y \mid X=x) P(X=x)", "holds"),
        (r"P(Y=y) = \sum_{x=0}^{1} P(Y=y \mid X=x) P(X=x) + P(X=2)", "fails"),
    ],
)
def test_without_a_model_the_values_named_are_all(formula: str, verdict: str) -> None:
    (claim,) = check_text(f"${formula}$").files[0].claims
    assert claim.verdict == verdict


RANGES = [range(first, last + 1) for first in (0, 1) for last in range(first + 1, 5)]


@settings(max_examples=40)
@given(st.sampled_from(RANGES), st.sampled_from(RANGES), st.data())
def test_two_sums_over_all_values_contradict_each_other(
    one: range, two: range, data: st.DataObject
) -> None:
    claims = []
    for values in (one, two):
        sign = data.draw(st.sampled_from(spellings(list(values))))
        body = data.draw(st.sampled_from([r"P(Y=1 \mid x) P(x)", "P(Y=1, X=x)"]))
        claims.append(f"$P(Y=1) = {sign} {body}$")
    every = range(min(one[0], two[0]), max(one[-1], two[-1]) + 1)
    told = [claim.verdict for claim in check_text("\n\n".join(claims)).claims]
    assert told == ["holds" if values == every else "undecided" for values in (one, two)]


def test_a_counter_names_the_states_of_what_it_is_assigned_to() -> None:
    notes = r"$P(Y) = \sum_{k=1}^{2} P(Y, X=k)$ and $P(Y) = \sum_{x=0}^{2} P(Y, x)$"
    assert [claim.verdict for claim in check_text(notes).claims] == ["undecided", "holds"]
    other = r"$P(Y) = \sum_{x=0}^{1} P(Y, x)$ and $\sum_{i=1}^{3} P(Y=i) = 1$"
    assert [claim.verdict for claim in check_text(other).claims] == ["holds", "holds"]


def test_a_model_without_states_takes_those_that_a_sum_counts() -> None:
    graph = Model.parse("X -> Y")
    for claim in graph.check(r"$P(Y) = \sum_{x=0}^{2} P(Y \mid X=x) P(X=x)$").claims:
        assert claim.verdict == "holds"
