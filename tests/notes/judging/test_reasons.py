"""Why a claim holds: the shortest chain of rules, with the separations that it rests on."""

from __future__ import annotations

import pytest

from symcausal.model import Model
from symcausal.notes.judging.judge import judge
from symcausal.notes.judging.setting import setting_of
from symcausal.rules.catalogue import CATALOGUE
from tests.notes.judging.equations import equations

CHAIN = "A -> B -> C -> D"
CONFOUNDED = "Z -> X; Z -> Y; X -> Y"
FRONT = "X -> M -> Y; X <-> Y"


@pytest.mark.parametrize(
    ("model", "claim", "reason"),
    [
        (CHAIN, r"P(d \mid c, a) = P(d \mid c)", "conditional independence: D _||_ A | C"),
        (CHAIN, r"P(d) P(c \mid d) = P(c, d)", "product rule"),
        (CHAIN, r"P(c \mid d) = \frac{P(d \mid c) P(c)}{P(d)}", "Bayes' rule"),
        (FRONT, r"P(m \mid do(x)) = P(m \mid x)",
         "rule 2 of do-calculus: (M _||_ X) in the graph without arrows out of X"),
        (FRONT, r"P(x \mid do(m)) = P(x)",
         "rule 3 of do-calculus: (X _||_ M) in the graph without arrows into M"),
        (FRONT, r"P(y \mid do(x)) \cdot P(x) = P(x) P(y \mid do(x))", "both sides are the same formula"),
    ],
)  # fmt: skip
def test_known_reasons(model: str, claim: str, reason: str) -> None:
    (found,) = Model.parse(model).check(claim).claims
    assert (found.verdict, found.reason) == ("holds", reason)


NAPKIN = "W -> R -> X -> Y; W <-> X; W <-> Y"
BY_PARTS = "rule 3 of do-calculus, rule 2 of do-calculus, definition of conditional probability"


@pytest.mark.parametrize(
    ("model", "claim", "reason"),
    [
        (FRONT, r"P(y \mid do(x)) = \sum_m P(m \mid x) \sum_{x'} P(y \mid x', m) P(x')",
         "front-door adjustment: total probability, product rule, "
         "rule 2 of do-calculus, rule 3 of do-calculus, back-door adjustment"),
        (FRONT, r"\sum_m P(m \mid x) \sum_{x'} P(x') P(y \mid x', m) = P(y \mid do(x))",
         "front-door adjustment: total probability, product rule, "
         "rule 2 of do-calculus, rule 3 of do-calculus, back-door adjustment"),
        (NAPKIN, r"P(y \mid do(x)) = \frac{\sum_w P(x, y \mid R=0, w) P(w)}"
         r"{\sum_w P(x \mid R=0, w) P(w)}", f"ID: {BY_PARTS}, back-door adjustment"),
        (NAPKIN, r"P(y \mid do(x)) = \frac{\sum_w P(x, y \mid r, w) P(w)}"
         r"{\sum_w P(x \mid r, w) P(w)}", f"ID: {BY_PARTS}, back-door adjustment"),
    ],
)  # fmt: skip
def test_effects_are_explained_by_identification(model: str, claim: str, reason: str) -> None:
    """Where hidden causes leave no shorter argument; any value of the napkin's R will do."""
    (found,) = Model.parse(model).check(claim).claims
    assert (found.verdict, found.evidence) == ("holds", "derivation")
    assert found.reason == reason


def test_two_rules_are_named_in_their_order() -> None:
    (found,) = Model.parse(CHAIN).check(r"P(c, d \mid a, b) = P(c \mid b) P(d \mid c)").claims
    assert found.evidence == "derivation"


def test_most_textbook_equations_are_explained_by_rules() -> None:
    titles = [rule.title for rule in CATALOGUE]
    explained = total = 0
    for model, left, right in equations()[::5]:
        verdict = judge(left, "=", right, setting_of(Model.parse(model).network))
        total += 1
        if verdict.evidence == "derivation":
            explained += 1
            assert any(title in verdict.reason for title in titles)
    assert explained > 0.7 * total
