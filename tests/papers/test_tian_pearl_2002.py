"""The effect of one variable on all others: identifiable exactly if no child shares its component.

[TianPearl2002]_ Theorem 3, for every graph over three variables and a sample over six.
"""

from __future__ import annotations

import random
from itertools import chain, combinations

import pytest

from symcausal.graph.components import c_components
from symcausal.graph.graph import Graph
from symcausal.identify.identification import is_identifiable
from tests.papers.asking import asked


def graphs(names: str, picked: random.Random | None = None):
    """All graphs over some variables in this order, or one that is drawn."""
    pairs = list(combinations(names, 2))
    if picked is not None:
        return [Graph(names, *([p for p in pairs if picked.random() < 0.4] for _ in range(2)))]
    subsets = list(chain.from_iterable(combinations(pairs, n) for n in range(len(pairs) + 1)))
    return [Graph(names, arrows, joins) for arrows in subsets for joins in subsets]


def follows(graph: Graph, name: str) -> None:
    """The criterion and the verdict are one."""
    (whole,) = [c for c in c_components(graph) if c & graph.mask([name])]
    apart = not whole & graph.mask(graph.children(name))
    rest = [other for other in graph.nodes if other != name]
    assert is_identifiable(graph, rest, [name], []) is apart


def test_every_graph_over_three_variables():
    """Sixty-four graphs, each variable set in turn."""
    for graph in graphs("ABC"):
        for name in graph.nodes:
            follows(graph, name)


@pytest.mark.parametrize("seed", range(60))
def test_graphs_over_six_variables(seed):
    (graph,) = graphs("ABCDEF", random.Random(seed))
    for name in graph.nodes:
        follows(graph, name)


def test_the_component_is_summed_over_the_treatment():
    """``P(v) / Q sum_x Q`` in the front-door graph, where the component of X is {X, Y}."""
    published = "P(Z | X) sum_{X'} P(X') P(Y | X', Z)"
    asked("X -> Z -> Y; X <-> Y", "P(Y, Z | do(X))", published)
