"""Graphs of several worlds, against graphs that are drawn by hand and units that are enumerated."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.answer.twin import spelt_copy, twin_picture
from symcausal.errors import UsageError
from symcausal.expr.nodes import Counterfactual
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.kernel.core.worlds import minimal
from tests.support.functional import FunctionalModel
from tests.worlds.test_kernel import graphs, queries


def arrows(text: str, query: str) -> set[str]:
    model = Model.parse(text)
    graph = twin_picture(model.query(query), model.network).graph
    return {f"{cause} -> {effect}" for cause, effect in graph.directed}


def test_mechanisms_share_their_inputs() -> None:
    found = arrows("Y := X xor M", "P(Y_{X=1}=1 | X=0, Y=0)")
    assert found == {"X -> Y", "M -> Y", "X=1 -> Y_{X=1}", "M -> Y_{X=1}"}


def test_copies_of_what_varies_share_a_hidden_cause() -> None:
    found = arrows("X -> M -> Y; X -> Y", "P(Y_{X=1}=1 | Y=0)")
    assert found == {
        "X -> M", "X -> Y", "M -> Y", "X=1 -> M_{X=1}", "X=1 -> Y_{X=1}", "M_{X=1} -> Y_{X=1}",
        "U_M -> M", "U_M -> M_{X=1}", "U_Y -> Y", "U_Y -> Y_{X=1}",
    }  # fmt: skip


def test_a_hidden_common_cause_acts_in_each_world() -> None:
    found = arrows("X -> Y; X <-> Y", "P(Y_{X=1}=1, X=0)")
    assert found == {"X=1 -> Y_{X=1}", "U_XY -> X", "U_XY -> Y_{X=1}"}


def test_what_is_set_to_what_would_have_been() -> None:
    found = arrows("M := X; Y := M and X", "P(Y_{X=1, M_{X=0}}=1)")
    assert found == {"X=0 -> M_{X=0}", "M_{X=0} -> Y_{M_{X=0}, X=1}", "X=1 -> Y_{M_{X=0}, X=1}"}


def test_what_no_action_reaches_stands_once() -> None:
    found = arrows("Z -> X; X -> Y; Z -> Y", "P(Y_{X=1}=1, Y_{X=0}=0, Z=1)")
    assert found == {
        "Z -> Y_{X=1}", "X=1 -> Y_{X=1}", "Z -> Y_{X=0}", "X=0 -> Y_{X=0}", "U_Y -> Y_{X=0}",
        "U_Y -> Y_{X=1}",
    }  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(graphs(), queries().filter(lambda one: not free_letters(one)), st.integers(0, 10**6))
def test_each_copy_answers_its_arrows(graph: Graph, query: Counterfactual, seed: int) -> None:
    """A unit runs through the picture as it runs through each world by itself."""
    oracle = FunctionalModel(Graph(graph.nodes, graph.directed), Random(seed), 2, most=6)
    network = Model.parse("\n".join([*graph.nodes, *graph.edges])).network
    picture = twin_picture(query, network)
    asked = {}
    for event in (*query.outcome, *query.given):
        copy = minimal(event.copy, graph)
        if not any(setting.variable == copy.variable for setting in copy.settings):
            asked[spelt_copy(copy).words] = copy
    _, unit = Random(seed).choice(oracle.everybody)
    values = dict[str, int]()
    for node in picture.graph.topological():
        name, _, value = node.partition("=")
        variable = node.partition("_")[0]
        if variable == "U":
            continue
        if node in picture.done:
            values[node] = int(value)
            continue
        above = {
            p.partition("=")[0].partition("_")[0]: values[p]
            for p in picture.graph.parents(node)
            if not p.startswith("U_")
        }
        if "_" not in name and value:  # set to what another would have been
            (values[node],) = above.values()
            continue
        row = tuple(above[parent] for parent in graph.parents(variable))
        values[node] = unit[variable][row]
    for node, one in asked.items():
        assert values[node] == oracle.run(unit, one)


def test_formats_and_what_is_marked() -> None:
    model = Model.parse("Rain := Wet and X")
    shown = model.draw("tikz", query="P(Rain_{X=1}=1 | X=0, Rain=0)")
    assert r"{$\mathrm{Rain}_{X = 1}$}" in shown
    assert r"\node[intervened]" in shown and r"{$X = 1$}" in shown  # noqa: PT018
    assert r"evidence] " in shown
    assert "Rain_{X=1}" in model.draw("svg", query="P(Rain_{X=1}=1)")
    assert '"X=1" [shape=box]' in model.draw("dot", query="P(Rain_{X=1}=1)")


def test_what_cannot_be_drawn_is_told() -> None:
    model = Model.parse("Y := X xor M")
    with pytest.raises(UsageError, match="nothing that would have been"):
        model.draw(query="P(Y | X)")
    with pytest.raises(UsageError, match="a query alone"):
        model.draw(query="P(Y_{X=1}=1)", states=True)
    with pytest.raises(UsageError):
        Model.parse("X -> Y; not causal").draw(query="P(Y_{X=1}=1)")
