"""Numbers among formulas: those of the model, those that notes give, and those that nobody settles."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.algebra.scalar import Number
from symcausal.expr import build
from symcausal.expr.nodes import Add, Event, Events, Prob, Scalar, State
from symcausal.model import Model
from symcausal.notes.check import check_text
from symcausal.notes.judging.judge import judge
from symcausal.notes.judging.setting import setting_of
from tests.support.oracle import Oracle
from tests.support.strategies import networks

NUMBERS = """
X -> Y
X: a, b
Y: c, d
P(X) = 0.3, 0.7
P(Y | X=a) = 0.2, 0.8
P(Y | X=b) = 0.5, 0.5
"""
HALF = "X -> Y\nX: a, b\nY: c, d\nP(X) = 0.3, 0.7"
GIVEN = "X -> Y\nX: a, b\nY: c, d\ngiven P(X=a) = 0.3"
EVIDENCE = "I -> L\nI: low, high\nL: weak, strong\ngiven P(L=strong) = 0.502"
SYMBOL = "X -> Y\nX: a, b\nY: c, d\nparameters q in (0, 1)\nP(X) = q, rest"


@pytest.mark.parametrize(
    ("model", "claim", "expected"),
    [
        (NUMBERS, "P(Y) = 0.3 P(Y | X=a) + 0.7 P(Y | X=b)", ["holds"]),
        # 0.4 and 0.6 are no entries, and may be off by half a unit
        (NUMBERS, "P(Y) = 0.4 P(Y | X=a) + 0.6 P(Y | X=b)", ["undecided"]),
        (NUMBERS, "P(Y) = 0.40 P(Y | X=a) + 0.60 P(Y | X=b)", ["fails"]),
        (NUMBERS, "P(Y=c) = 0.3 * 0.2 + 0.7 * 0.5 = 0.41", ["holds", "holds"]),
        (NUMBERS, "P(Y=c) = 0.3 * 0.2 + 0.7 * 0.5 = 0.42", ["holds", "fails"]),
        (NUMBERS, "P(X=a | Y=c) = 0.06 / 0.41 = 0.146", ["holds", "holds"]),
        (NUMBERS, "P(X=a | Y=c) = 0.06 / 0.40", ["undecided"]),
        (NUMBERS, "P(X=a | Y=c) = 0.060 / 0.400", ["fails"]),
        # 0.0732 may be anything from 0.07315 to 0.07325
        (NUMBERS, "P(X=a | Y=c) = 2 * 0.0732", ["holds"]),
        (NUMBERS, "P(X=a | Y=c) = 2 * 0.07", ["undecided"]),
        (NUMBERS, "P(X=a | Y=c) = 2 * 0.0832", ["fails"]),
        (NUMBERS, r"P(Y=c) \approx 0.4", ["holds"]),
        (NUMBERS, r"P(Y=c) \neq 0.4", ["holds"]),  # it is 0.41
        (NUMBERS, r"P(Y=c) \neq 0.41", ["fails"]),
        # tables that are half open
        (HALF, "P(X=a) = 0.3", ["holds"]),
        (HALF, "P(X=a) = 0.4", ["fails"]),
        (HALF, "P(Y) = 0.3 P(Y | X=a) + 0.7 P(Y | X=b)", ["holds"]),
        (HALF, "P(Y=c) = 0.41", ["definition"]),
        (HALF, "P(X=a, Y) = 0.4 P(Y | X=a)", ["undecided"]),
        # numbers that the text of the model takes as known
        (GIVEN, "P(X=b) = 0.7", ["holds"]),
        (GIVEN, "P(X=b) = 0.6", ["fails"]),
        (GIVEN, "P(X=a, Y) = 0.3 P(Y | X=a)", ["holds"]),
        (EVIDENCE, r"P(I \mid L=strong) = \frac{P(L=strong \mid I) P(I)}{0.502}", ["holds"]),
        (EVIDENCE, r"P(I \mid L=strong) = \frac{P(L=strong \mid I) P(I)}{0.6}", ["undecided"]),
        # parameters that the model declares
        (SYMBOL, "P(X=b) = 1 - q", ["holds"]),
        (SYMBOL, "P(Y) = q P(Y | X=a) + (1 - q) P(Y | X=b)", ["holds"]),
        (SYMBOL, "P(X=a) = 0.3", ["definition"]),
        # laws with numbers in them
        ("X -> Y", "P(X) + P(X) = 2 P(X)", ["holds"]),
        ("X -> Y", r"\sum_y P(y \mid x) = 1", ["holds"]),
        ("X -> Y", "P(X) = 2 P(Y)", ["undecided"]),
        ("X <-> Y", "P(X) + P(X) = 2 P(X)", ["holds"]),
    ],
)
def test_known_numbers(model: str, claim: str, expected: list[str]) -> None:
    assert [found.verdict for found in Model.parse(model).check(claim).claims] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$P(X=a) = 0.3$ and $P(Y=c | X=a) = 0.2$, so $P(X=a, Y=c) = 0.3 * 0.2$.",
         ["definition", "definition", "holds"]),
        # what notes gave may be for another example: no failure rests on it
        ("$P(X=a) = 0.3$ and $P(Y=c | X=a) = 0.2$, so $P(X=a, Y=c) = 0.3 * 0.3$.",
         ["definition", "definition", "undecided"]),
        ("$P(X=a) = 0.3$. Now let $P(X=a) = 0.4$. Then $P(X=b) = 0.6$.",
         ["definition", "definition", "holds"]),
    ],
)  # fmt: skip
def test_numbers_that_notes_give(text: str, expected: list[str]) -> None:
    model = Model.parse("X -> Y\nX: a, b\nY: c, d")
    assert [found.verdict for found in model.check(text).claims] == expected


def test_numbers_are_remembered_without_a_model() -> None:
    text = (
        r"$P(H) = 0.01$, $P(E | H) = 0.9$, $P(E) = 0.0585$. $$\frac{P(E | H) P(H)}{P(E)} = 0.154$$"
    )
    found = [claim.verdict for claim in check_text(text).claims]
    assert found == ["definition"] * 3 + ["holds"]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_mixtures_are_judged_by_their_weights(data: st.DataObject) -> None:
    """``P(y) = sum of w_x P(y | x)`` holds if the weights are those of x; brute force says which."""
    network = data.draw(networks(nodes=(2, 4), positive=True))
    names = data.draw(st.permutations(list(network.variables)))
    x, y = names[:2]
    oracle = Oracle(network)
    end = Prob(Events([Event(y, State(network.variables[y].states[0]))]))
    terms, weights = [], []
    for state in network.variables[x].states:
        at = Event(x, State(state))
        weight = oracle.value(Prob(Events([at])), {})
        assert weight is not None
        if data.draw(st.booleans()):
            weight += data.draw(st.sampled_from([Fraction(1, 7), Fraction(-1, 9), Fraction(0)]))
        weights.append(weight)
        terms.append(build.product((Scalar(Number(weight)), Prob(end.outcome, Events([at])))))
    mixture = Add(tuple(terms))
    true = oracle.value(end, {}) == oracle.value(mixture, {})
    verdict = judge(end, "=", mixture, setting_of(network))
    assert verdict.word == ("holds" if true else "fails")


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        # the start of the chain is given the number
        (r"$P(E, F) = P(E|F) P(F) = 0.15 \cdot 0.54 = 0.081$", ["holds", "definition", "holds"]),
        (r"$P(H|M) = \frac{P(H, M)}{P(M)} = \frac{0.05}{0.2} = \frac14$",
         ["holds", "definition", "holds"]),
        (r"$P(M|D) = \frac{P(M, D)}{P(D)} = \frac{30}{44} \approx 0.68$",
         ["holds", "definition", "holds"]),
        # what is given before is shown
        (r"$P(F) = 0.54$. $P(E, F) = P(E|F) P(F) = 0.15 \cdot 0.54$",
         ["definition", "holds", "definition"]),
        (r"$P(F) = 0.5$. $P(E, F) = P(E|F) P(F) = 0.15 \cdot 0.54$",
         ["definition", "holds", "undecided"]),
        # a number that is none of a probability
        (r"$P(M|D) = \frac{P(M, D)}{P(D)} = \frac{44}{30}$", ["holds", "fails"]),
        # the formula is not what the chain starts from
        (r"$P(E|F) = P(F|E) P(E) = 0.3 \cdot 0.4$", ["fails", "undecided"]),
        # it does not start from a probability
        (r"$P(E|F) P(F) = 0.15 \cdot 0.54$", ["undecided"]),
        # what is given is used
        (r"$P(E, F) = P(E|F) P(F) = 0.15 \cdot 0.5$. So $P(E, F) = 0.075$.",
         ["holds", "definition", "holds"]),
        (r"$P(E, F) = P(E|F) P(F) = 0.15 \cdot 0.5 = 0.09$", ["holds", "definition", "fails"]),
    ],
)  # fmt: skip
def test_a_calculation_gives_a_number_to_the_start_of_its_chain(notes, words):
    assert [claim.verdict for claim in check_text(notes).claims] == words
