"""Every "no" about several worlds comes with two functional models, which are enumerated here."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symcausal import Model, SymcausalError
from symcausal.answer.rivals import Rivals
from symcausal.expr.nodes import Counterfactual
from symcausal.graph.graph import Graph
from symcausal.identify.question import Input
from symcausal.identify.tangent import is_excluded
from tests.support.answers import data, value
from tests.support.depth import many
from tests.worlds.random_worlds import asked, drawn_graph, model_of, oracle_of
from tests.worlds.test_kernel import graphs, queries

BOW = "X -> Y; X <-> Y"
MEDIATED = "X -> M -> Y; X -> Y; M <-> Y"
FORKED = "X -> A -> Y; X -> B -> Y; X -> Y; A -> B"
TWICE = "X -> A -> B -> Y; A -> Y"
BOTH = ["P(X, Y)", "P(Y | do(X))"]

# Of the literature: Pearl 2001 and 2009 (Sections 8.2, 9.2), Shpitser and Pearl 2008, Avin et al. 2005
NO = [
    (BOW, "P(Y_{x}=y | X=x')", None),
    ("X: a, b, c; " + BOW, "P(Y_{x}=y | X=x')", BOTH),
    ("X -> Y", "P(Y_{X=0}=0, Y_{X=1}=1)", "experiments"),
    (BOW, "P(Y_{X=0}=0 | X=1, Y=1)", BOTH),
    ("C -> X; C -> Y; X -> Y", "P(Y_{X=0}=0 | X=1, Y=1)", "experiments"),
    (MEDIATED, "P(Y_{X=1, M_{X=0}}=1)", None),
    (MEDIATED, "P(Y_{X=1, M_{X=0}}=1)", "experiments"),
    (FORKED, "P(Y_{X=0, A_{X=1}, B_{X=0}}=1)", None),
    (FORKED, "P(Y_{X=1, A_{X=0}, B_{X=1}}=1)", "experiments"),
    (TWICE, "P(Y_{A_{X=0}, B_{A_{X=1}}}=1)", "experiments"),
    (TWICE, "P(Y_{A_{X=1}, B_{A_{X=0}}}=1)", None),
    ("Z -> X -> Y; X <-> Y", "P(Y_{X=1}=1 | X_{Z=1}=1, X_{Z=0}=0)", None),
    ("U -> X; U -> Y; X -> Y; hidden U", "P(Y_{x}=y | X=x')", None),
    ("Y: low, mid, high; X -> Y", "P(Y_{X=0}=low, Y_{X=1}=high)", None),
]
YES = [
    (BOW, "P(Y_{x}=y | X=x')", BOTH),
    ("X -> M -> Y; X -> Y; X <-> Y", "P(Y_{X=1, M_{X=0}}=1)", "experiments"),
    (FORKED, "P(Y_{X=0, A_{X=0}, B_{X=1, A_{X=0}}}=1)", None),
    (FORKED, "P(Y_{X=1, A_{X=0}}=1)", None),
]


def is_proof(found: Rivals, inputs: tuple[Input, ...]) -> bool:
    """Whether both models have the same data, without zeros, and differ as they say."""
    assert isinstance(found.query, Counterfactual)
    for one in inputs:
        ours, theirs = data(found.first, one), data(found.second, one)
        if ours != theirs or not all(ours.values()):
            return False
    values = value(found.first, found.query), value(found.second, found.query)
    return values == found.values and values[0] != values[1]


@pytest.mark.parametrize(("model", "query", "known"), NO)
def test_a_no_of_the_literature_is_shown_by_two_models(
    model: str, query: str, known: list[str] | str | None
) -> None:
    found = Model(model).identify(query, given=known)
    assert not found.identifiable
    assert found.proven
    assert found.rivals is not None
    assert is_proof(found.rivals, found.inputs)
    assert found.clash or found.hedge
    assert is_excluded(found.query, found.network.graph, found.network.states, found.inputs)


@pytest.mark.parametrize(("model", "query", "known"), YES)
def test_what_is_identifiable_is_not_excluded(
    model: str, query: str, known: list[str] | str | None
) -> None:
    found = Model(model).identify(query, given=known)
    assert found.identifiable
    assert not is_excluded(found.query, found.network.graph, found.network.states, found.inputs)


@settings(deadline=None, max_examples=25)
@given(graphs(), queries(), st.sampled_from(["P(V)", "experiments"]))
def test_two_models_are_a_proof(graph: Graph, query: Counterfactual, known: str) -> None:
    try:
        found = model_of(graph, dict.fromkeys(graph.nodes, 2)).identify(query, given=known)
    except SymcausalError:
        assume(False)  # an event that cannot be, or that is certain
    if not found.identifiable and found.rivals is not None:
        assert is_proof(found.rivals, found.inputs)


def test_what_two_models_show_is_printed_with_the_clash() -> None:
    found = Model("X -> Y").identify("P(Y_{X=0}=0, Y_{X=1}=1)", given="experiments")
    page = " ".join(found.to_text().split())
    assert "it needs Y under X=0 and under X=1." in page
    assert "Two models show it." in page
    assert "R_Y spells what Y is at X=0; X=1" in page
    written = json.loads(found.to_json())
    assert written["identifiable"] is False
    assert written["proven"] is True
    assert written["clash"] == "Y under X=0 and under X=1"
    assert len(set(written["two_models"]["values"])) == 2
    again = [Model.parse(each) for each in written["two_models"]["models"]]
    assert [model.network.table("X") for model in again] == [
        model.network.table("X") for model in found.two_models or ()
    ]
    assert found.rivals is not None
    assert found.two_models is not None
    told = tuple(model.probability(found.rivals.query) for model in found.two_models)
    assert told == found.rivals.values
    assert all((found.to_latex(), found.to_html(), found.to_markdown()))


def test_primed_letters_are_other_states() -> None:
    """At equal values the query is P(Y | X), which the two models would agree on."""
    found = Model(BOW).identify("P(Y_{x}=y | X=x')")
    assert found.rivals is not None
    asked_at = found.rivals.query
    assert isinstance(asked_at, Counterfactual)
    (event,), (seen,) = asked_at.outcome, asked_at.given
    assert event.copy.settings[0].value != seen.value


def test_a_constant_is_not_excluded_although_its_terms_are() -> None:
    query = Model("X -> Y").query("P(Y_{X=0}=0, Y_{X=1}=1) + P(Y_{X=0}=1, Y_{X=1}=1)")
    data_known = [(("X", "Y"), ())]
    assert not is_excluded(query, Graph("XY", ["XY"]), {}, data_known)
    half = Model("X -> Y").query("P(Y_{X=0}=0, Y_{X=1}=1)")
    assert is_excluded(half, Graph("XY", ["XY"]), {}, data_known)


def test_with_a_mechanism_random_models_prove_nothing() -> None:
    found = Model("U -> Y; X -> Y; hidden U; Y := X xor U").identify("P(Y_{X=0}=0, Y_{X=1}=1)")
    assert not found.proven


@pytest.mark.slow
def test_verdicts_agree_with_an_exact_test_that_enumerates_functions() -> None:
    """A "no" of the oracle is a proof; where it finds none, our own "no" has to bring two models."""
    rng, proven, unseen_pairs = Random(20091), 0, 0
    for _ in range(many(420)):  # 5,040 queries, two minutes
        graph, sizes, inputs = drawn_graph(rng)
        oracle, unseen = oracle_of(graph, sizes, inputs, rng)
        model = model_of(graph, sizes)
        known = "experiments" if len(inputs) > 1 else None
        for _ in range(12):
            query = asked(rng, graph, sizes)
            try:
                found = model.identify(query, given=known)
            except SymcausalError:
                continue  # an event that cannot be, or that is certain
            determined = oracle.determines(unseen, query)
            if found.identifiable:
                assert determined is not False, (graph, sizes, query)
            elif determined is False:
                assert found.proven, (graph, sizes, query)
                proven += 1
                unseen_pairs += found.rivals is None  # then a gradient proves it, without a pair
            elif found.rivals is not None and len(graph.nodes) == 3:
                assert is_proof(found.rivals, found.inputs)
    assert 200 * unseen_pairs < proven
