"""Supposed independences without a model: what follows from them holds, what does not is no failure."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.graph.graph import Graph
from symcausal.notes.check import check_text
from symcausal.notes.judging.words.hypotheses import graph_of
from tests.support.random_models import random_graph
from tests.support.separation import d_separated

NAMES = ("A", "B", "C", "D")


@pytest.mark.parametrize(
    ("claim", "condition", "word"),
    [
        (r"P(a, b, c) = P(a) P(b) P(c)", r"A \perp B \text{ and } C \perp A, B", "holds"),
        (r"P(a, b) = P(a) P(b)", r"A \perp B \text{ and } A \perp C", "holds"),
        # contraction: X from Z, and from Y given Z, is X from both
        (r"P(x \mid y, z) = P(x)", r"X \perp Y \mid Z \text{ and } X \perp Z", "holds"),
        (r"P(x \mid y) = P(x)", r"X \perp Y \mid Z \text{ and } X \perp Z", "holds"),
        (r"P(x \mid y, z) = P(x)", r"X \perp Y \mid Z \text{ and } Y \perp Z", "undecided"),
        # intersection, which needs that nothing is impossible
        (r"P(x \mid y, z) = P(x)", r"X \perp Y \mid Z \text{ and } X \perp Z \mid Y", "holds"),
        # pairs that are independent need not be so together
        (r"P(x \mid a, b) = P(x)", r"X \perp A \text{ and } X \perp B", "undecided"),
        # independence in the shape of an equation
        (r"P(x \mid y) = P(x)", r"P(y \mid x) = P(y)", "holds"),
        (r"P(x \mid y, z) = P(x \mid z)", r"P(x, y \mid z) = P(x \mid z) P(y \mid z)", "holds"),
        (r"P(x \mid y) = P(x)", r"P(y \mid x, z) = P(y \mid z)", "undecided"),
        # one is enough here, and nothing is supposed there
        (r"P(x \mid y) = P(x)", r"X \perp Y", "holds"),
    ],
)
def test_known_consequences(claim: str, condition: str, word: str) -> None:
    found = [c.verdict for c in check_text(rf"$${claim} \quad \text{{if }} {condition}$$").claims]
    assert found[0] == word


def separations(graph: Graph) -> list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    return [
        ((one,), (other,), seen)
        for one, other in combinations(NAMES, 2)
        for size in range(len(NAMES) - 1)
        for seen in combinations([n for n in NAMES if n not in (one, other)], size)
        if d_separated(graph, (one,), (other,), seen)
    ]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_concluded_is_true_wherever_the_hypotheses_are(seed: int) -> None:
    """Some separations of a graph are supposed; what is read off them must hold in that graph too."""
    rng = random.Random(seed)
    graph = random_graph(rng, len(NAMES), names=NAMES)
    known = separations(graph)
    supposed = rng.sample(known, min(len(known), rng.randint(1, 3)))
    concluded = graph_of(NAMES, supposed)
    for triple in separations(concluded):
        assert triple in known, (graph, supposed, triple)
