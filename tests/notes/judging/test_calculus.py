"""Do-calculus as notes speak of it: graphs after surgery, rules by number, wrong surgeries."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.expr.nodes import Event, Events, Letter, Prob
from symcausal.model import Model
from symcausal.notes.judging.judge import judge
from symcausal.notes.judging.setting import setting_of
from symcausal.notes.judging.words.calculus import remark, rule_named
from symcausal.notes.reporting.claim import Claim
from tests.notes.judging.equations import Truth
from tests.support.random_models import random_graph

CONFOUNDED = "Z -> X; Z -> Y; X -> Y"
FRONT = "X -> M -> Y; X <-> Y"
COLLIDER = "X -> Z; Y -> Z; Z -> W"


def claims(model: str, text: str) -> tuple[Claim, ...]:
    return Model.parse(model).check(text).claims


@pytest.mark.parametrize(
    ("model", "text", "word"),
    [
        (CONFOUNDED, r"$(Y \perp X)_{G_{\underline{X}}}$", "fails"),
        (CONFOUNDED, r"$(Y \perp X \mid Z)_{G_{\underline{X}}}$", "holds"),
        (CONFOUNDED, r"$(X \perp Z)_{G_{\overline{X}}}$", "holds"),
        (CONFOUNDED, r"$(X \perp Z)_{G_{\bar X}}$", "holds"),
        (CONFOUNDED, r"$X \perp Z$ in $G_{\overline{X}}$", "holds"),
        (CONFOUNDED, r"$X \perp Z$ holds in the graph $G_{\overline{X}}$", "holds"),
        (CONFOUNDED, r"In $G_{\overline{X}}$ we have $X \perp Z$", "holds"),
        (CONFOUNDED, r"$X \perp Z \text{ in } G_{\overline{X}}$", "holds"),
        (CONFOUNDED, r"$X \perp_{G_{\overline{X}}} Z$", "holds"),
        (CONFOUNDED, r"$X \perp_d Z$", "fails"),
        (CONFOUNDED, r"$X \perp Z$", "fails"),
        (CONFOUNDED, r"$(X \not\perp Z)_{G_{\overline{X}}}$", "fails"),
        (FRONT, r"$(M \perp X)_{G_{\underline X}}$", "holds"),
        (FRONT, r"$(Y \perp M \mid X)_{G_{\overline{X}\,\underline{M}}}$", "holds"),
        (FRONT, r"$(Y \perp M)_{G_{\underline{M}}}$", "fails"),
        (CONFOUNDED, r"$X \perp Z$ in $G_{2}$", "fails"),  # the name of a graph, no surgery
        (CONFOUNDED, r"$X \perp Z$ in $G_{\overline{Q}}$", "unreadable"),
        # Z(W): Z is an ancestor of W, so the arrows into Z stay
        (COLLIDER, r"$(X \perp Z \mid W)_{G_{\overline{Z(W)}}}$", "fails"),
        (COLLIDER, r"$(X \perp Z \mid Y)_{G_{\overline{Z(Y)}}}$", "holds"),
    ],
)
def test_independences_are_judged_in_the_graph_that_is_named(
    model: str, text: str, word: str
) -> None:
    (claim,) = claims(model, text)
    assert claim.verdict == word


def test_an_open_path_is_shown_with_its_graph() -> None:
    (claim,) = claims(CONFOUNDED, r"$(Y \perp X)_{G_{\underline{X}}}$")
    assert claim.reason == (
        "the path Y <- Z -> X (Z is not given) is open in the graph without arrows out of X"
    )


RIGHT = [
    (CONFOUNDED, r"By rule 2, $P(y \mid do(x), z) = P(y \mid x, z)$.", 2),
    (CONFOUNDED, r"$P(z \mid do(x)) = P(z)$ by rule 3.", 3),
    (FRONT, r"$$P(m \mid do(x)) = P(m \mid x) \quad \text{(Rule 2)}$$", 2),
    (FRONT, r"$$P(m \mid do(x)) \overset{R2}{=} P(m \mid x)$$", 2),
    (FRONT, r"$$P(m \mid do(x)) = P(m \mid x) \tag{Rule 2}$$", 2),
    (FRONT, r"$P(y \mid do(x), do(m)) = P(y \mid do(m))$ (third rule)", 3),
    ("X -> M -> Y", r"Rule 1 gives $P(y \mid do(x), m) = P(y \mid do(x), m)$.", 0),
]


@pytest.mark.parametrize(("model", "text", "number"), RIGHT)
def test_a_rule_that_gives_the_step_is_its_reason(model: str, text: str, number: int) -> None:
    (claim,) = claims(model, text)
    assert claim.verdict == "holds"
    if number:
        assert claim.reason.startswith(f"rule {number} of do-calculus: (")


def test_a_rule_that_does_not_apply_says_which_separation_fails() -> None:
    (claim,) = claims(CONFOUNDED, r"By rule 2, $P(y \mid do(x)) = P(y \mid x)$.")
    assert claim.verdict == "fails"
    assert (
        "rule 2 of do-calculus asks for (Y _||_ X) in the graph without arrows out of X"
        in claim.message
    )
    assert "the path Y <- Z -> X is open" in claim.message


def test_a_wrong_number_is_told_from_a_wrong_equation() -> None:
    (claim,) = claims(CONFOUNDED, r"By rule 3, $P(y \mid do(x), z) = P(y \mid x, z)$.")
    assert claim.verdict == "holds"
    assert claim.message == "this is no step by rule 3 of do-calculus; rule 2 gives it"


def test_each_row_has_its_own_rule() -> None:
    text = (
        r"$$\begin{aligned} P(y \mid do(x), do(m)) &= P(y \mid do(x), m) && \text{(rule 2)} \\"
        r" &= P(y \mid m) && \text{(rule 3)} \end{aligned}$$"
    )
    first, second = claims("X -> M -> Y", text)
    assert first.reason.startswith("rule 2 of do-calculus: (")
    assert second.verdict == "holds"
    first, second = claims(FRONT, text)
    assert (first.verdict, second.verdict) == ("holds", "fails")
    assert "rule 3 of do-calculus" in second.message


def test_a_reason_that_does_not_hold_is_a_claim_that_fails() -> None:
    text = r"$$P(y \mid do(x)) = P(y \mid x) \quad \text{since } (Y \perp X)_{G_{\underline{X}}}$$"
    assert [c.verdict for c in claims(CONFOUNDED, text)] == ["fails", "fails"]
    text = r"$$P(y \mid do(x)) = P(y \mid x) \quad \text{if } (Y \perp X)_{G_{\underline{X}}}$$"
    assert [c.verdict for c in claims(CONFOUNDED, text)] == ["undecided"]


@pytest.mark.parametrize(
    ("graph", "given", "fits"),
    [
        (r"\underline{X}", "Z", True),
        (r"\overline{Z} \underline{X}", "Z", False),  # arrows cut that rule 2 leaves
        (r"\underline{X}, \underline{Z}", "Z", False),
    ],
)
def test_another_surgery_than_that_of_the_rule_is_told(graph: str, given: str, fits: bool) -> None:
    text = (
        r"$$P(y \mid do(x), z) = P(y \mid x, z) \quad"
        rf" \text{{by rule 2, since }} (Y \perp X \mid {given})_{{G_{{{graph}}}}}$$"
    )
    step, separation = claims(CONFOUNDED, text)
    assert (step.verdict, separation.verdict) == ("holds", "holds")
    assert step.message == ("" if fits else "the separation that is given is not that of rule 2")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("by rule 2", 2), ("Rule~3 of do-calculus", 3), ("(R1)", 1), ("$R_2$", 2), ("rule II", 2),
        ("the second rule", 2), ("action/observation exchange", 2), ("by Bayes' rule", None),
        ("by the chain rule", None), ("rules 2 and rule 3", None), ("in 3 steps", None),
        ("R1a", None), ("by the product rule 1", None),
    ],
)  # fmt: skip
def test_rules_are_named_in_many_ways(words: str, number: int | None) -> None:
    assert rule_named(words) == number


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**6))
def test_what_a_rule_gives_is_true(seed: int) -> None:
    """Random steps in random graphs: where the rule's separation holds, so does the equation."""
    rng = random.Random(seed)
    graph = random_graph(rng, 4, names=("A", "B", "C", "D"))
    arrows = "; ".join(f"{one} -> {other}" for one, other in graph.directed) or "A; B; C; D"
    model = arrows + "; A; B; C; D"
    network = Model.parse(model).network
    names = rng.sample(list(network.variables), 4)
    y, z, x, w = (Events([Event(name, Letter(name))]) for name in names)
    do, seen = (x if rng.random() < 0.6 else Events()), (w if rng.random() < 0.6 else Events())
    number = rng.choice((1, 2, 3))
    pairs = {
        1: (Prob(y, seen | z, do), Prob(y, seen, do)),
        2: (Prob(y, seen, do | z), Prob(y, seen | z, do)),
        3: (Prob(y, seen, do | z), Prob(y, seen, do)),
    }
    left, right = pairs[number]
    given_by_rule, words = remark(left, right, number, network.graph)
    if given_by_rule:
        assert Truth(model).holds(left, right), (model, left, right, words)
        assert judge(left, "=", right, setting_of(network)).word == "holds"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"\text{Sprinkler} \perp \text{Tar}", "holds"),
        (r"\text{Sprinkler} \perp \text{Rain}", "fails"),
        (r"\text{Sprinkler} \not\perp \text{Rain}", "holds"),
        (r"(\text{Sprinkler} \perp\!\!\!\perp \text{Tar} \mid \text{Rain})", "holds"),
        (r"\text{Tar} \perp \text{Sprinkler}, \text{Rain}", "holds"),
        (r"\mathrm{Sprinkler} \perp \mathrm{Tar} \mid \mathrm{Rain}", "holds"),
    ],
)
def test_variables_in_words_beside_the_sign(text: str, word: str) -> None:
    model = Model.parse("Sprinkler -> Rain; Tar")
    assert [claim.verdict for claim in model.check(f"${text}$").claims] == [word]


@pytest.mark.parametrize(
    "text",
    [r"\sum_{E} (P(I, E)) = P(I)", r"\sum_{E} [P(I, E)] = P(I)", r"\sum_{E, I} [P(I, E)] = 1"],
)
def test_a_variable_called_as_the_expectation_is_summed(text: str) -> None:
    assert [c.verdict for c in Model.parse("E -> I").check(f"${text}$").claims] == ["holds"]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("nach Regel 2", 2), ("nach der zweiten Regel", 2), ("Regel drei", 3), ("nach Teil 2", None),
        ("par la r\u00e8gle 1", 1), ("la deuxi\u00e8me r\u00e8gle", 2), ("par la partie 2", None),
        ("nach der Kettenregel", None),
    ],
)  # fmt: skip
def test_rules_in_other_languages(words: str, number: int | None) -> None:
    assert rule_named(words) == number
