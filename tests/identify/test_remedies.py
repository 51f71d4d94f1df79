"""What would help does help, by identification itself; and nothing smaller would."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest

from symcausal import Model
from symcausal.answer.inputs import inputs_of
from symcausal.errors import SymcausalError
from symcausal.identify.remedies import remedies
from symcausal.reading.vocabulary import Vocabulary


def helped(text: str, query: str) -> list[str]:
    """The remedies in words."""
    answer = Model.parse(text).identify(query)
    assert not answer.identifiable
    return [str(remedy) for remedy in answer.remedies]


@pytest.mark.parametrize(
    ("text", "query", "wanted"),
    [
        ("X -> Y; X <-> Y", "P(Y | do(X))", ["measuring the common cause of X and Y"]),
        ("hidden U; U -> X; U -> Y; X -> Y", "P(Y | do(X))", ["measuring U"]),
        # the student's grade and letter: either of the hidden ones blocks the only path
        ("hidden I, S; S <- I -> G -> L <- S", "P(L | do(G))", ["measuring I", "measuring S"]),
        # a front door with a hidden mediator
        ("hidden M; X -> M -> Y; X <-> Y", "P(Y | do(X))",
         ["measuring M", "measuring the common cause of X and Y"]),
        # each opens the way for an adjustment; and X is no confounder where it is set
        ("X -> W -> Y; X <-> W; X <-> Y", "P(Y | do(X, W))",
         ["measuring the common cause of X and W", "measuring the common cause of X and Y",
          "an experiment that sets X", "an experiment that sets W"]),
        ("X1 -> X2 -> Y; X1 <-> X2; X2 <-> Y; X1 <-> Y", "P(Y | do(X1, X2))",
         ["an experiment that sets X2",
          "measuring the common cause of X1 and X2 and the common cause of X2 and Y",
          "measuring the common cause of X2 and Y and the common cause of X1 and Y"]),
        ("X -> Y; X <-> Y", "E[Y | do(X=1)] - E[Y | do(X=0)]",
         ["measuring the common cause of X and Y"]),
    ],
)  # fmt: skip
def test_names_the_smallest_remedies(text, query, wanted):
    """By hand."""
    assert helped(text, query) == wanted


def test_a_remedy_helps_every_part_of_a_query():
    """Measuring one common cause is not enough for both effects."""
    found = helped("X -> Y; X <-> Y; X -> Z; X <-> Z", "P(Y | do(X)) - P(Z | do(X))")
    assert found == ["measuring the common cause of X and Y and the common cause of X and Z"]


def test_remedies_work_on_random_graphs():
    """The model with the cause measured, or with the experiment given, is identifiable."""
    rng, met = random.Random(11), 0
    while met < 12:
        names = "ABCD"
        pairs = list(combinations(names, 2))
        arrows = [f"{a} -> {b}" for a, b in pairs if rng.random() < 0.6]
        joined = [f"{a} <-> {b}" for a, b in pairs if rng.random() < 0.35]
        do, outcome = sorted(rng.sample(names, 2))
        query, text = f"P({outcome} | do({do}))", "; ".join([*names, *arrows, *joined])
        answer = Model.parse(text).identify(query)
        if answer.identifiable or not answer.remedies:
            continue
        met += 1
        for remedy in answer.remedies:
            if remedy.experiment:
                done = ", ".join(remedy.experiment)
                again = Model.parse(text).identify(query, given=["P(V)", f"P(V | do({done}))"])
            else:
                measured = text
                for number, (a, b) in enumerate(remedy.causes):
                    measured = measured.replace(f"{a} <-> {b}", f"{a} <- M{number} -> {b}")
                again = Model.parse(measured).identify(query)
            assert again.identifiable, (text, query, str(remedy))


def test_large_graphs_end():
    """The search is bounded, whatever it finds."""
    names = [f"V{i}" for i in range(30)]
    edges = [f"{a} -> {b}; {a} <-> {b}" for a, b in pairwise(names)]
    try:
        answer = Model.parse("; ".join(edges)).identify("P(V29 | do(V0))")
    except SymcausalError:
        return
    assert not answer.identifiable
    assert len(answer.remedies) <= 6


def test_remedies_are_for_what_is_missing():
    """Here the law of D, which is a cause by itself: any experiment elsewhere shows it."""
    text = "A: 2; B: 2; C: 2; D: 3; E: 3; A -> B; A -> C; B -> C; B -> E; C -> E; D -> E; A <-> E"
    model = Model.parse(text)
    given = [parse_input(model, "P(A, E, B)"), parse_input(model, "P(V | do(D))")]
    found = remedies(model.query("P(E=0 | C)"), model.network.graph, given)
    assert [str(one) for one in found] == [f"an experiment that sets {name}" for name in "ABC"]
    assert remedies(model.query("P(E | do(B, C))"), model.network.graph) == []


def parse_input(model, written):
    """One distribution."""
    (one,) = inputs_of(written, Vocabulary.of(model.network), model.network)
    return one
