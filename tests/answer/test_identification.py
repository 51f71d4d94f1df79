"""``Model.identify``: the answer, what it prints, and what it says when the answer is no."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from symcausal import Model, errors, parse
from symcausal.derive.worksheet import same_form
from symcausal.identify.question import Input
from tests.support.oracle import Oracle

FRONT_DOOR = "X -> Z -> Y; X <-> Y"
NAPKIN = "W -> R -> X -> Y; W <-> X; W <-> Y"
BOW = "X -> Y; X <-> Y"

# model, query, estimand as textbooks write it, argument
TEXTBOOK = [
    ("Z -> X; Z -> Y; X -> Y", "P(Y | do(X))", r"\sum_{Z} P(Y | X, Z) P(Z)", "back-door adjustment"),
    (FRONT_DOOR, "P(Y | do(X))", r"\sum_{Z} P(Z | X) \sum_{X'} P(Y | X', Z) P(X')",
     "front-door adjustment"),
    (NAPKIN, "P(Y | do(X))", r"\frac{\sum_{W} P(X, Y | R=0, W) P(W)}{\sum_{W} P(X | R=0, W) P(W)}",
     "ID"),
    ("X -> Y", "P(X | do(Y))", "P(X)", "do-calculus"),
    ("X -> Y", "P(Y | do(X))", "P(Y | X)", "do-calculus"),
    ("X -> Z; X -> Y; Y -> Z", "P(Y | do(X), Z)", "P(Y | X, Z)", "do-calculus"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "query", "estimand", "method"), TEXTBOOK)
def test_finds_the_textbook_formula(text, query, estimand, method):
    """Named shortcuts come before the general algorithm."""
    answer = Model.parse(text).identify(query)
    wanted = Model.parse(text).query(estimand)
    assert answer.identifiable
    assert same_form(answer.estimand, wanted), str(answer)
    assert answer.method == method
    assert answer.steps
    assert answer.derivation.verify()
    assert answer.hedge is None
    assert answer.two_models is None


def test_json_has_what_the_contract_names():
    """Also where the answer is no."""
    for text, identifiable in ((FRONT_DOOR, True), (BOW, False)):
        data = json.loads(Model.parse(text).identify("P(Y | do(X))").to_json())
        assert data["identifiable"] is identifiable
        for key in ("query", "estimand", "estimand_tree", "assumptions", "steps", "hedge"):
            assert key in data
        assert (data["estimand"] is not None) is identifiable
        assert (data["hedge"] is None) is identifiable
        assert all(step["verified"] for step in data["steps"])


def test_two_models_show_that_there_is_no_formula():
    """Same data, another effect; by brute force."""
    answer = Model.parse(BOW).identify("P(Y | do(X))")
    assert not answer.identifiable
    assert answer.hedge.larger == ("X", "Y")
    assert answer.hedge.smaller == ("Y",)
    first, second = (Oracle(model.network) for model in answer.two_models)
    seen, done = parse("P(X, Y)"), parse("P(Y | do(X))")
    places = [{"X": x, "Y": y} for x in "01" for y in "01"]
    assert [first.value(seen, at) for at in places] == [second.value(seen, at) for at in places]
    assert [first.value(done, at) for at in places] != [second.value(done, at) for at in places]


def test_bounds_enclose_both_models():
    """``P(y, x) <= P(y | do(x)) <= P(y, x) + 1 - P(x)``."""
    answer = Model.parse(BOW).identify("P(Y | do(X))")
    assert answer.bounds.sharp
    for model in answer.two_models:
        oracle = Oracle(model.network)
        for at in ({"X": x, "Y": y} for x in "01" for y in "01"):
            value = oracle.value(parse("P(Y | do(X))"), at)
            low, high = (oracle.value(e, at) for e in (answer.bounds.lower, answer.bounds.upper))
            assert Fraction(0) <= low <= value <= high <= 1


def test_says_what_to_measure():
    """The common cause, or an instrument's experiment where that helps."""
    assert [str(r) for r in Model.parse(BOW).identify("P(Y | do(X))").remedies] == [
        "measuring the common cause of X and Y"
    ]
    hidden = Model.parse("hidden U; U -> X; U -> Y; X -> Y").identify("P(Y | do(X))")
    assert [str(remedy) for remedy in hidden.remedies] == ["measuring U"]


def test_takes_experiments():
    """The effect of X2 on Y is known, so that of both is (z-identification)."""
    model = Model.parse("X1 -> X2 -> Y; X1 <-> X2; X2 <-> Y; X1 <-> Y")
    assert not model.identify("P(Y | do(X1, X2))").identifiable
    answer = model.identify("P(Y | do(X1, X2))", given=["P(V)", "P(X1, Y | do(X2))"])
    assert answer.inputs == (Input(("X1", "X2", "Y")), Input(("X1", "Y"), ("X2",)))
    assert same_form(answer.estimand, model.query("P(Y | do(X2))"))
    assert model.identify("P(Y | do(X1, X2))", given="P(V | do(X2))").identifiable


def test_says_that_partial_inputs_are_not_decided():
    """It never claims impossibility that it has not proved."""
    model = Model.parse("X -> W -> Y; X <-> W; W <-> Y")
    answer = model.identify("P(Y | do(X))", given=["P(W | do(X))", "P(X, Y | do(W))"])
    assert not answer.identifiable
    assert "not decided" in answer.to_text()
    assert json.loads(answer.to_json())["proven"] is False


def test_the_reader_may_choose_what_to_adjust_for():
    """Any valid set will do."""
    model = Model.parse("A -> X -> Y; B -> Y; A -> B")
    assert same_form(
        model.identify("P(Y | do(X))", adjust_for="A").estimand,
        model.query(r"\sum_{A} P(Y | A, X) P(A)"),
    )
    assert same_form(
        model.identify("P(Y | do(X))", adjust_for="B").estimand,
        model.query(r"\sum_{B} P(Y | B, X) P(B)"),
    )


@pytest.mark.parametrize("shape", ["text", "latex", "markdown", "html"])
@pytest.mark.parametrize("text", [FRONT_DOOR, BOW])
def test_prints(text, shape):
    """Every format names the inputs."""
    assert "X" in Model.parse(text).identify("P(Y | do(X))").to(shape)


def test_derive_goes_through_identification():
    """A derivation in a graph with hidden causes ends at what is observed."""
    derivation = Model.parse(FRONT_DOOR).derive("P(Y | do(X))")
    assert derivation.verify()
    with pytest.raises(errors.NotIdentifiableError) as caught:
        Model.parse(BOW).derive("P(Y | do(X))")
    assert caught.value.hedge.larger == ("X", "Y")


def test_refuses_what_makes_no_sense():
    """In words."""
    model = Model.parse("hidden U; U -> X; U -> Y; X -> Y")
    with pytest.raises(errors.UsageError, match="hidden"):
        model.identify("P(Y | do(U))")
    with pytest.raises(errors.UsageError, match="hidden"):
        model.identify("P(Y | do(X))", given="P(U, Y)")
    with pytest.raises(errors.UsageError, match="nothing is given"):
        model.identify("P(Y | do(X))", given=[])
    with pytest.raises(errors.UsageError, match="interventions"):
        Model("X -> Y", causal=False).identify("P(Y | do(X))")
