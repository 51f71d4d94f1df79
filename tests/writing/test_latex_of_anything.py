"""`latex` takes whatever can be printed, and says of the rest what it takes."""

from __future__ import annotations

from fractions import Fraction

import networkx
import pytest
import sympy

from symcausal import Model, SymcausalError, latex, parse, types
from symcausal.errors import UnprintableError
from symcausal.hints import get_args
from symcausal.reading.reader import read_chain
from symcausal.rules.condition import Condition
from tests.answer.shown_answers import answers

ANSWERS = answers()
MODEL = Model.parse("A -> B; A <-> B; P(A) = 1/4, rest; given P(B=1) = 0.3")


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_its_own_latex(answer: types.Shown) -> None:
    assert latex(answer) == answer.to_latex()
    assert latex(answer, "koller") == answer.to_latex(notation="koller")


@pytest.mark.parametrize(
    ("thing", "written"),
    [
        (Fraction(3, 4), r"\frac{3}{4}"),
        (-2, "-2"),
        (sympy.Symbol("q") ** 2, "q^{2}"),
        (sympy.Matrix([[1]]), sympy.latex(sympy.Matrix([[1]]))),
        (MODEL.query("P(B | do(A))"), r"P[B \mid \mathrm{do}(A)]"),
        (MODEL.given[0], r"P[B=1] = \frac{3}{10}"),
        (read_chain("P(A) <= P(B) != 1/2"), r"P[A] \leq P[B] \neq \frac{1}{2}"),
        (Model("A -> B -> C").independencies()[0], r"A \perp\!\!\!\perp C \mid B"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_things_that_are_no_answers(thing: object, written: str) -> None:
    assert latex(thing) == written


def test_every_relation_has_its_sign() -> None:
    """And a reader takes it back."""
    for sign in ["=", "≈", "∝", "≠", "≤", "≥", "<", ">", ":="]:
        chain = read_chain(f"P(A) {sign} P(B)")
        assert [one.sign for one in read_chain(latex(chain)).relations] == [sign]


def test_every_kind_of_condition() -> None:
    """Conditions of derivations, bare and decided."""
    seen = set()
    for query in ("P(L | do(G=A))", "P(I | L)", "P(S | G)"):
        steps = (
            Model.parse("I -> G <- D; I -> S; G -> L; G: A, B").derive(query, detail="full").steps
        )
        for made in (made for step in steps for made in step.conditions):
            assert latex(made) == latex(made.condition)
            seen.add(type(made.condition))
    assert seen <= set(get_args(Condition))
    assert len(seen) > 1


@pytest.mark.parametrize("graph", [MODEL, MODEL.network.graph], ids=["model", "graph"])
def test_a_graph_is_its_picture(graph: object) -> None:
    assert latex(graph) == str(MODEL.draw("tikz"))


def test_a_graph_of_networkx_shows_its_hidden_causes() -> None:
    cause = "U[A,B]"
    arrows = [("A", "B"), (cause, "A"), (cause, "B")]
    assert latex(networkx.DiGraph([("A", "B")])) == latex(Model("A -> B"))
    assert latex(MODEL.graph) == latex(types.Graph(["A", "B", cause], arrows, hidden=[cause]))


@pytest.mark.parametrize(
    "thing", ["P(A)", None, True, 0.5, [], object()], ids=lambda thing: type(thing).__name__
)
def test_what_it_does_not_take(thing: object) -> None:
    with pytest.raises(TypeError, match="there is no LaTeX of a ") as raised:
        latex(thing)
    assert isinstance(raised.value, SymcausalError)
    assert "a formula" in str(raised.value)


def test_a_text_is_read_first() -> None:
    with pytest.raises(UnprintableError, match="parse"):
        latex("P(A)")
    assert latex(parse("P(A)")) == "P[A]"
