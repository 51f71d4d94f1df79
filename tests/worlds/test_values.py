"""Values of what would have been, where tables determine them, against every unit of a model."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import ImpossibleEventError, MissingParameterError, UsageError
from symcausal.expr.nodes import Counterfactual
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from tests.support.functional import FunctionalModel
from tests.worlds.test_kernel import graphs, queries
from tests.worlds.test_named import by_hand


def model_of(oracle: FunctionalModel) -> Model:
    """The model with the tables of a functional model, which says nothing of its functions."""
    graph, lines = oracle.graph, [*oracle.graph.nodes, *oracle.graph.edges]
    for name in graph.nodes:
        parents = graph.parents(name)
        for row in product(range(2), repeat=len(parents)):
            entries = [oracle.at_rows(name, parents, [], {row: state}) for state in range(2)]
            given = ", ".join(f"{p}={s}" for p, s in zip(parents, row, strict=True))
            lines.append(f"P({name}{' | ' * bool(given)}{given}) = {entries[0]}, {entries[1]}")
    return Model.parse("\n".join(lines))


def certain(graph: Graph, rng: Random) -> FunctionalModel:
    """A functional model in which each variable with causes is a function of them."""
    oracle = FunctionalModel(graph, rng, 2)
    for name in graph.nodes:
        if graph.parents(name):
            oracle.functions[name] = [rng.choice(oracle.functions[name])]
            oracle.laws[name, ()] = [Fraction(1)]
    return oracle


def without_letters(query: Counterfactual) -> bool:
    return not free_letters(query)


@settings(deadline=None, max_examples=60)
@given(graphs(), queries().filter(without_letters), st.integers(0, 10**6), st.booleans())
def test_a_value_is_that_of_every_functional_model(
    graph: Graph, query: Counterfactual, seed: int, functions: bool
) -> None:
    graph = Graph(graph.nodes, graph.directed)
    rng = Random(seed)
    oracle = certain(graph, rng) if functions else FunctionalModel(graph, rng, 2, most=4)
    wanted = oracle.probability(query)
    try:
        found = model_of(oracle).probability(query)
    except ImpossibleEventError:
        assert wanted is None
    except UsageError:
        assert not functions
    else:
        assert found == wanted


@pytest.mark.parametrize("word", ["PN", "PS", "PNS", "ETT", "TE", "NDE", "NIE"])
def test_quantities_of_a_circuit(word: str) -> None:
    graph = Graph("XMNY", ["XM", "XY", "MY", "NY"])
    arguments = {"P": "(Y=1, X=1)", "N": "(Y, X, M)"}.get(word[0], "(Y, X)")
    for seed in range(6):
        oracle = certain(graph, Random(seed))
        wanted = by_hand(word, oracle, set())
        if wanted is None:
            with pytest.raises(ImpossibleEventError):
                model_of(oracle).probability(word + arguments)
        else:
            assert model_of(oracle).probability(word + arguments) == wanted


@pytest.mark.parametrize("word", ["ETT", "TE", "NDE", "NIE", "CDE"])
def test_quantities_that_need_one_world_at_a_time(word: str) -> None:
    graph = Graph("CXMY", ["CX", "CM", "CY", "XM", "XY", "MY"])
    oracle = FunctionalModel(graph, Random(3), 2, most=4)
    arguments = {"N": "(Y, X, M)", "C": "(Y, X, M=1)"}.get(word[0], "(Y, X)")
    assert model_of(oracle).probability(word + arguments) == by_hand(word, oracle, set())


def test_what_tables_leave_open_is_named() -> None:
    model = Model.parse("X -> Y; P(X)=1/2,rest; P(Y|X=0)=1/3,rest; P(Y|X=1)=1/4,rest")
    with pytest.raises(UsageError, match="the table of Y does not say how its answers go together"):
        model.probability("PNS(Y=1, X=1)")
    with pytest.raises(UsageError, match="hidden cause"):
        Model("X -> Y; X <-> Y").probability("PNS(Y=1, X=1)")
    with pytest.raises(MissingParameterError):
        Model("X -> Y").probability("PNS(Y=1, X=1)")
    with pytest.raises(UsageError, match="the table of Y"):
        model.probability("P(Y_{X=0}=y, Y_{X=1}=1)")


def test_a_hidden_cause_with_a_table_is_known() -> None:
    text = "hidden U; U -> X; U -> Y; X -> Y; P(U)=1/3,rest; P(X|U=0)=1/4,rest; P(X|U=1)=1/2,rest"
    rows = (
        "P(Y|U=0,X=0)=1/5,rest; P(Y|U=0,X=1)=2/5,rest; P(Y|U=1,X=0)=3/5,rest; P(Y|U=1,X=1)=4/5,rest"
    )
    seen = Model.parse(f"{text}; {rows}".replace("hidden ", ""))
    assert Model.parse(f"{text}; {rows}").probability("ETT(Y, X)") == seen.probability("ETT(Y, X)")
    # by hand: P(U=0 | X=1) = 1/4 * 3 / (1/4 + 1/3), and Y falls by 1/5 in both
    assert seen.probability("ETT(Y, X)") == Fraction(-1, 5)


def test_the_query_stands_on_the_left() -> None:
    model = Model.parse("X -> Y; P(X)=1/2,rest; P(Y|X=0)=1,0; P(Y|X=1)=0,1")
    shown = model.evaluation("PNS(Y=1, X=1)").to_text()
    assert "P(Y_{X=0}=0, Y_{X=1}=1) = 1" in shown
