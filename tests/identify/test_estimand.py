"""The plain algorithm and the derivation: two roads to one answer."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.expr.nodes import Prob, free_events
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters, variables
from symcausal.graph.graph import Graph
from symcausal.identify.estimand import estimand
from symcausal.identify.identification import Identified, identify, is_identifiable
from symcausal.identify.question import Hedge
from symcausal.kernel.core.identity import identical, points
from symcausal.rules.rule import Context


@st.composite
def questions(draw):
    """A small graph with hidden causes, and a question about it."""
    names = [f"V{i}" for i in range(draw(st.integers(3, 6)))]
    pairs = list(combinations(names, 2))
    directed = draw(st.lists(st.sampled_from(pairs), unique=True))
    bidirected = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6))
    hidden = draw(st.lists(st.sampled_from(names), unique=True, max_size=1))
    visible = draw(st.permutations([name for name in names if name not in hidden]))
    outcome = visible[: draw(st.integers(1, 2))]
    rest = visible[len(outcome) :]
    do = rest[: draw(st.integers(0, 2))]
    rest = rest[len(do) :]
    seen = rest[: draw(st.integers(0, 2))]
    return Graph(names, directed, bidirected, hidden), outcome, do, seen


@settings(max_examples=150, deadline=None)
@given(questions())
def test_both_roads_agree_with_each_other_and_with_the_kernel(question):
    """Verdicts are the same, and either formula is the query in random models with hidden causes."""
    graph, outcome, do, seen = question
    states = dict.fromkeys(graph.nodes, ("0", "1"))
    query = Prob(free_events(outcome), free_events(seen), free_events(do))
    derived = identify(query, Context(graph), states)
    plain = estimand(graph, outcome, do, seen)
    possible = is_identifiable(graph, outcome, do, seen)
    assert isinstance(derived, Identified) is possible
    assert isinstance(plain, Hedge) is not possible
    if possible:
        assert identical(query, plain, points(graph, states))
        assert identical(query, derived.estimand, points(graph, states))
        assert speaks_of_data_alone(plain, graph)
        assert speaks_of_data_alone(derived.estimand, graph)
        asked = {*outcome, *do, *seen}
        assert set(free_letters(derived.estimand)) <= asked
        assert set(free_letters(plain)) <= asked


def speaks_of_data_alone(formula, graph):
    """No intervention and no hidden variable is left."""
    left = [node for _, node in everywhere(formula) if isinstance(node, Prob) and node.do]
    return not left and not set(variables(formula)) & graph.hidden
