"""Inequalities: what is proved is true in every model, what is refuted is wrong in the one shown."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.expr import build
from symcausal.expr.nodes import Event, Events, Expr, Letter, Minus, Prob
from symcausal.kernel.inequality import polynomial_sign
from symcausal.kernel.ratios import WIDTH
from symcausal.model import Model
from symcausal.network.network import Network
from symcausal.notes.check import check_text
from symcausal.notes.judging.judge import judge
from symcausal.notes.judging.setting import setting_of
from tests.notes.judging.equations import positive_model
from tests.support.oracle import Oracle, free_letters_of

CONFOUNDED = "Z -> X; Z -> Y; X -> Y"
BOW = "X -> Y; X <-> Y"
INSTRUMENT = "Z -> X; X -> Y; X <-> Y"


def verdicts(model: str, text: str) -> list[str]:
    return [claim.verdict for claim in Model.parse(model).check(text).claims]


@pytest.mark.parametrize(
    ("model", "claim", "expected"),
    [
        (CONFOUNDED, r"0 \le P(x, y) \le P(x) \le 1", ["holds"] * 3),
        (CONFOUNDED, r"P(y, x) \le P(y \mid do(x)) \le P(y, x) + 1 - P(x)", ["holds"] * 2),
        (BOW, r"P(y, x) \le P(y \mid do(x)) \le P(y, x) + 1 - P(x)", ["holds"] * 2),
        (BOW, r"P(y, x) < P(y \mid do(x)) < 1", ["holds"] * 2),
        (INSTRUMENT, r"P(y, x \mid z) \le P(y \mid do(x))", ["holds"]),
        (INSTRUMENT, r"P(y \mid do(x)) \le P(y, x \mid z) + 1 - P(x \mid z)", ["holds"]),
        (INSTRUMENT, r"P(y \mid do(x)) \le P(y, x \mid z)", ["fails"]),
        (CONFOUNDED, r"P(x, y) \ge P(x) + P(y) - 1", ["holds"]),  # Bonferroni
        (CONFOUNDED, r"P(x)^2 \le P(x)", ["holds"]),
        (CONFOUNDED, r"P(y \mid x) \ge P(y \mid do(x))", ["fails"]),
        (CONFOUNDED, r"P(x) P(y) \le P(x, y)", ["fails"]),
        ("X -> Y", r"P(x) P(y) \le P(y)", ["holds"]),
        ("X -> Y", r"P(x) \ge 1", ["fails"]),
        ("X -> Y", r"P(x) \le 1/2", ["undecided"]),  # perhaps an assumption
        ("X -> Y", r"P(x) \ge P(x)", ["holds"]),
        ("X -> Y", r"P(x) > P(x)", ["fails"]),
        # true, but not by signs of coefficients: we say that we do not know
        ("X -> Y", r"P(x) (1 - P(x)) \le 1/4", ["undecided"]),
        ("X: 0, 1\nP(X) = 0.2, 0.8", r"P(X=0) < P(X=1)", ["holds"]),  # in these numbers
        ("X: 0, 1\nP(X) = 0.2, 0.8", r"P(X=0) > P(X=1)", ["fails"]),
        # every row of the worst case is refuted, for three states too
        ("X: a, b, c\nX -> Y", r"P(X=a, y) \le P(y)", ["holds"]),
        ("X: a, b, c\nX -> Y", r"P(X=a) + P(X=b) \le P(X=c)", ["fails"]),
    ],
)
def test_known_inequalities(model: str, claim: str, expected: list[str]) -> None:
    assert verdicts(model, claim) == expected


def test_without_a_model_the_laws_of_probability_are_proved() -> None:
    for claim, word in (
        (r"P(A \cap B) \le P(A)", "holds"),
        (r"P(A, B, C) \le P(A, B)", "holds"),
        # equal if they are independent, and false in other distributions
        (r"P(A) \le P(A \mid B)", "undecided"),
        (r"P(A \mid B) \le P(A, B)", "fails"),
        (r"P(A, B) \ge P(A) + P(B) - 1", "holds"),
    ):
        assert without_model(claim) == [word], claim


def without_model(claim: str) -> list[str]:
    return [c.verdict for c in check_text(f"${claim}$", None).claims]


# -- random inequalities ------------------------------------------------------------------------
MODELS = (CONFOUNDED, BOW, INSTRUMENT, "A -> B -> C", "A -> C; B -> C", "A -> M -> Y; A <-> Y")


@st.composite
def probabilities(draw: st.DrawFn, names: list[str]) -> Prob:
    chosen = draw(st.permutations(names))
    sizes = draw(st.sampled_from([(1, 0, 0), (2, 0, 0), (1, 1, 0), (1, 0, 1), (2, 1, 0)]))
    events = [Event(name, Letter(name.lower())) for name in chosen]
    parts, at = [], 0
    for size in sizes:
        parts.append(Events(events[at : at + size]))
        at += size
    return Prob(*parts) if parts[0] else Prob(Events(events[:1]))


@st.composite
def sides(draw: st.DrawFn, names: list[str]) -> Expr:
    terms = [draw(probabilities(names)) for _ in range(draw(st.integers(1, 2)))]
    formula = build.product(terms)
    match draw(st.integers(0, 3)):
        case 0:
            return Minus(build.ONE, formula)
        case 1:
            return build.add((formula, draw(probabilities(names))))
    return formula


def in_a_random_model(network: Network, rng: random.Random) -> Oracle:
    return Oracle(positive_model(network.graph, network.states, rng))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_inequality_is_judged_wrongly(data: st.DataObject) -> None:
    network = Model.parse(data.draw(st.sampled_from(MODELS))).network
    names = list(network.variables)
    left, right = data.draw(sides(names)), data.draw(sides(names))
    sign = data.draw(st.sampled_from("≤≥<>"))
    verdict = judge(left, sign, right, setting_of(network))
    if verdict.word == "holds":
        rng = random.Random(7)
        for _ in range(3):
            oracle = in_a_random_model(network, rng)
            for at in oracle.assignments({**free_letters_of(left), **free_letters_of(right)}):
                x, y = oracle.value(left, at), oracle.value(right, at)
                assert x is None or y is None or related(x, sign, y), (left, sign, right)
    elif verdict.example is not None:
        assert not related(verdict.example.left, sign, verdict.example.right)


def related(x: Fraction, sign: str, y: Fraction) -> bool:
    return {"≤": x <= y, "≥": x >= y, "<": x < y, ">": x > y}[sign]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_sign_of_a_polynomial_is_its_sign_at_every_point(data: st.DataObject) -> None:
    widths = {0: 2, 1: 3, 2: 2}
    unknowns = [row * WIDTH + state for row, width in widths.items() for state in range(width)]
    monomial = st.lists(st.sampled_from(unknowns), max_size=3).map(lambda m: tuple(sorted(m)))
    polynomial = data.draw(
        st.dictionaries(monomial, st.integers(-2, 3).filter(bool).map(Fraction), max_size=6)
    )
    found = polynomial_sign(polynomial, widths)
    rng = random.Random(1)
    for _ in range(20):
        weights = {row: [rng.randint(1, 30) for _ in range(width)] for row, width in widths.items()}
        value = sum(
            factor * product_at(monomial, weights) for monomial, factor in polynomial.items()
        )
        if found is not None:
            assert (value > 0) == (found == 1)
            assert (abs(value) < 1e-12) == (found == 0)


def product_at(monomial: tuple[int, ...], weights: dict[int, list[int]]) -> float:
    result = 1.0
    for unknown in monomial:
        row = weights[unknown // WIDTH]
        result *= row[unknown % WIDTH] / sum(row)
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the number behind a sign settles it; each is the order of the two numbers
        (r"P(A) = 0.2 < P(B) = 0.3", ["definition", "holds", "definition"]),
        (r"P(A \mid C) = 0.8 \ge P(B \mid C) = 0.7", ["definition", "holds", "definition"]),
        (r"P(A) = 0.2 < P(B) = 0.3 < P(C) = 0.4", ["definition", "holds"] * 2 + ["definition"]),
        # one against the order is told, and blamed on nobody: either number may be the slip
        (r"P(A) = 0.8 < P(B) = 0.7", ["definition", "undecided", "definition"]),
        # without a number behind it nothing settles the sign
        (r"P(A) = 0.2 < P(B)", ["definition", "undecided"]),
        (r"P(A) < P(B) = 0.3", ["undecided", "definition"]),
    ],
)
def test_the_numbers_of_a_chain_settle_the_signs_between_them(
    text: str, expected: list[str]
) -> None:
    assert [claim.verdict for claim in check_text(f"${text}$").claims] == expected


def test_a_number_behind_a_sign_is_named_where_it_speaks_against_it() -> None:
    claim = check_text(r"$P(A) = 0.8 < P(B) = 0.7$").claims[1]
    assert "0.8" in claim.reason
    assert "0.7" in claim.reason
