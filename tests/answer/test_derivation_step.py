"""A step alone: both sides, its rule and its conditions, and the graphs in which these are read off."""

from __future__ import annotations

from itertools import pairwise

import networkx
import pytest

from symcausal import Model
from symcausal.answer.derivation_step import MOST_PICTURES, DerivationStep
from symcausal.answer.figures import MOST_DRAWN
from symcausal.derive.step import Step
from symcausal.expr.nodes import Expr
from symcausal.rules.adjustment import adjustment
from symcausal.rules.condition import Decision, Separated
from symcausal.rules.independence import conditional_independence
from symcausal.writing.blocks import Block, Drawn, Paragraph
from symcausal.writing.notations import Notation
from symcausal.writing.picture import Picture
from tests.command_line import EXAMPLES

STUDENT = Model.load(str(EXAMPLES / "student.model"))
FRONT_DOOR = Model("X -> Z -> Y; X <-> Y")
CONFOUNDED = Model("Z -> X; Z -> Y; X -> Y")
NAPKIN = Model("W -> Z -> X -> Y; W <-> X; W <-> Y")
CHAIN = Model([(f"V{i}", f"V{i + 1}") for i in range(1, 60)])

DERIVED: dict[str, tuple[DerivationStep, ...]] = {
    "a posterior": STUDENT.derive("P(I | L)").steps,
    "an action": STUDENT.derive("P(L | do(G=A))").steps,
    "every single step": STUDENT.derive("P(I | G=A)", detail="full").steps,
    "in one step": STUDENT.derive("P(L | do(I=high))", detail="brief").steps,
    "back door": CONFOUNDED.identify("P(Y | do(X))").steps,
    "front door": FRONT_DOOR.identify("P(Y | do(X))").steps,
    "napkin": NAPKIN.identify("P(Y | do(X))").steps,
}
SHOWN = [
    pytest.param(step, id=f"{name} {i}") for name, s in DERIVED.items() for i, step in enumerate(s)
]


def pictures(blocks: list[Block]) -> list[Picture]:
    return [one for block in blocks if isinstance(block, Drawn) for one in block.pictures]


def drawn_for(step: DerivationStep) -> list[tuple[Separated, Picture]]:
    """The separations that are drawn, each with the picture that follows it."""
    blocks = step.blocks()
    return [
        (here.pieces[0], following.pictures[0])
        for here, following in pairwise(blocks)
        if isinstance(here, Paragraph)
        and isinstance(here.pieces[0], Separated)
        and isinstance(following, Drawn)
    ]


def is_separated(picture: Picture, asked: Separated) -> bool:
    """By networkx: whether the arrows that are drawn in full separate what is asked for."""
    left = picture.mutilated
    graph = networkx.DiGraph(left.directed)
    graph.add_nodes_from(left.nodes)
    for number, pair in enumerate(left.bidirected):
        graph.add_edges_from((f"U{number} ", name) for name in pair)
    seen = {*picture.evidence, *picture.done}
    return networkx.is_d_separator(
        graph, set(asked.left) - seen, set(asked.right) - seen, seen & {*asked.given}
    )


@pytest.mark.parametrize("step", SHOWN)
def test_the_graph_that_is_drawn_shows_the_separation(step: DerivationStep) -> None:
    for asked, picture in drawn_for(step):
        assert is_separated(picture, asked)
        # what is conditioned on is shaded, or stands in a rectangle
        assert {*asked.given} <= {*picture.evidence, *picture.done}
        assert {*picture.evidence} <= {*asked.given}
        assert {*picture.done} == {*asked.cut_into}


def test_there_are_separations_of_every_kind_above() -> None:
    asked = [one for param in SHOWN for one, _ in drawn_for(param.values[0])]  # type: ignore[attr-defined]
    assert any(one.cut_into and one.cut_out_of for one in asked)
    assert any(one.cut_into and not one.cut_out_of for one in asked)
    assert any(one.cut_out_of and not one.cut_into for one in asked)
    assert any(one.given and not one.cut_into and not one.cut_out_of for one in asked)


@pytest.mark.parametrize("step", SHOWN)
def test_words_say_what_the_pictures_show(step: DerivationStep) -> None:
    words = " ".join(step.to_text().split())
    for picture in pictures(step.blocks()):
        cut = picture.cut
        edges = [f"{a} -> {b}" for a, b in cut.directed] + [
            f"{a} <-> {b}" for a, b in cut.bidirected
        ]
        assert ", ".join(edges) in words
    for decision in step.conditions:
        if isinstance(decision.condition, Separated):
            condition = decision.condition
            left, right = (
                ", ".join(sorted(names, key=step.order.index))
                for names in (condition.left, condition.right)
            )
            assert f"{left} _||_ {right}" in words
    assert step.rule.title.lower() in words.lower()


@pytest.mark.parametrize("step", SHOWN)
def test_a_step_is_the_step_of_the_chain(step: DerivationStep) -> None:
    bare = step.step
    for name in ("before", "after", "rule", "path", "instance", "conditions", "backward"):
        assert getattr(step, name) == getattr(bare, name)
    assert tuple(inner.step for inner in step.substeps) == bare.substeps
    assert repr(step) == repr(bare)


def test_do_calculus_draws_what_it_cuts() -> None:
    step = next(s for s in DERIVED["front door"] if s.rule.name == "do-calculus.2")
    (picture,) = pictures(step.blocks())
    # (Y _||_ Z | X) without the arrows into X and out of Z
    assert set(picture.cut.directed) == {("Z", "Y")}
    assert picture.cut.bidirected == (("X", "Y"),)
    assert 'class="cut"' in step.to_html()
    assert r"\draw[cut]" in step.to_latex()


def test_an_adjustment_draws_both_of_its_graphs() -> None:
    (step,) = DERIVED["back door"]
    assert step.rule == adjustment
    closed, before = pictures(step.blocks())
    assert (closed.cut.directed, dict(closed.evidence)) == ((("X", "Y"),), {"Z": ""})
    assert (before.cut.directed, dict(before.done)) == ((("Z", "X"),), {"X": ""})


def test_a_truncated_product_draws_the_action() -> None:
    step = STUDENT.derive("P(S | do(G=A))").steps[0]
    (picture,) = pictures(step.blocks())
    assert dict(picture.done) == {"G": "A"}
    assert set(picture.cut.directed) == {("I", "G"), ("D", "G")}
    root = STUDENT.derive("P(L | do(I=high))", detail="full").steps[0]
    assert "No arrow leads into I." in root.to_text()


def test_of_a_large_graph_the_part_above_is_drawn() -> None:
    near = next(
        s for s in CHAIN.derive("P(V5 | V1, V3)").steps if s.rule == conditional_independence
    )
    (picture,) = pictures(near.blocks())
    assert picture.graph.nodes == ("V1", "V2", "V3", "V4", "V5")
    ((asked, _),) = drawn_for(near)
    assert is_separated(picture, asked)
    far = next(
        s for s in CHAIN.derive("P(V60 | V1, V59)").steps if s.rule == conditional_independence
    )
    assert not pictures(far.blocks())
    assert "V60 _||_ V1 | V59 holds." in far.to_text()
    assert len(CHAIN.variables) > MOST_DRAWN


def test_a_step_that_merges_many_draws_some() -> None:
    model = Model([(f"A{i}", f"A{i + 1}") for i in range(12)])
    (step,) = model.derive("P(A12 | do(A3))", detail="brief").steps
    asked = [one for one in step.conditions if isinstance(one.condition, Separated)]
    assert len({(one.condition.given) for one in asked}) > MOST_PICTURES
    assert len(drawn_for(step)) == MOST_PICTURES
    words = " ".join(step.to_text().split())
    assert words.count("holds.") + words.count("holds; cut") >= len(asked)


def test_a_separation_that_fails_shows_what_is_open() -> None:
    """A step put together by hand."""
    step = CONFOUNDED.derive("P(Y | X)").steps[0].step
    asked = Separated(("Y",), ("X",), ())
    wrong = Decision(asked, "fails", "X <- Z -> Y")
    before: Expr = step.before
    made = Step(before, before, conditional_independence, (), (before, before), (wrong,))
    shown = DerivationStep(made, CONFOUNDED.network.graph, ("Z", "X", "Y"), Notation())
    assert "Y _||_ X fails. Open is X <- Z -> Y." in shown.to_text()
