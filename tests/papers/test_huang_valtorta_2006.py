"""Do-calculus is complete: what is identifiable has a derivation, what is not has two models.

[HuangValtorta2006]_ and [ShpitserPearl2006]_, over every graph of three variables: 64 graphs with
the arrows in one order, all effects of one variable or of two on another: 576 questions.
"""

from __future__ import annotations

from itertools import combinations

from symcausal.expr.nodes import Prob, free_events
from symcausal.identify.identification import Identified, identify
from symcausal.identify.witness import two_models
from symcausal.rules.rule import Context
from tests.identify.oracle_id import identifiable
from tests.papers.test_tian_pearl_2002 import graphs

STATES = dict.fromkeys("ABC", ("0", "1"))


def test_every_effect_in_every_graph_of_three_variables():
    for graph in graphs("ABC"):
        every = (frozenset(graph.nodes), frozenset(graph.directed), frozenset(graph.bidirected))
        for y in graph.nodes:
            rest = [name for name in graph.nodes if name != y]
            for x in (*combinations(rest, 1), tuple(rest)):
                query = Prob(free_events((y,)), free_events(()), free_events(x))
                answer = identify(query, Context(graph), STATES)
                possible = identifiable(frozenset(y), frozenset(x), frozenset(), *every)
                assert isinstance(answer, Identified) is possible
                if not possible:
                    assert two_models(graph, STATES, query) is not None
