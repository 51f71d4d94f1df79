"""The plain algorithm and the derivation: two roads to one answer."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.expr.nodes import Event, Events, Expectation, Numeric, Prob, State, free_events
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


@pytest.mark.parametrize(
    ("directed", "bidirected", "idle"),
    [
        ("UX UW XW UZ WZ ZY", "XY XZ UX UY UZ", {"Z"}),
        ("WX WY ZY UY VY XZ UZ", "XV YV YU UV", {"W", "V"}),
        ("XV XU VZ VW UW ZW UY ZY WY", "XZ UY", {"U", "W"}),
    ],
)
def test_a_mean_names_no_more_variables_than_its_distribution(directed, bidirected, idle):
    """The mean of Y is the sum of y P(y), so what is idle for the distribution is idle for it."""
    pairs = directed.split()
    names = sorted({name for pair in pairs for name in pair})
    graph = Graph(names, map(tuple, pairs), map(tuple, bidirected.split()))
    states = dict.fromkeys(names, ("0", "1"))
    y, x = free_events("Y"), Events((Event("X", State("1")),))
    queries = (Prob(y, do=x), Expectation(y, Numeric(y[0]), do=x))
    found = [identify(query, Context(graph), states) for query in queries]
    assert all(isinstance(one, Identified) for one in found)
    named = [set(variables(one.estimand)) for one in found]
    assert named[0] == named[1]
    assert not idle & named[1]
    assert identical(queries[1], found[1].estimand, points(graph, states))


def speaks_of_data_alone(formula, graph):
    """No intervention and no hidden variable is left."""
    left = [node for _, node in everywhere(formula) if isinstance(node, Prob) and node.do]
    return not left and not set(variables(formula)) & graph.hidden
