"""Formulas under the back-door or the front-door criterion that words state beside them."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.notes.check import check_text
from symcausal.reading.reader import read
from tests.support.oracle import Oracle, disagreements
from tests.support.random_models import random_graph, random_tables
from tests.support.separation import d_separated, digraph

BACK = r"P(y \mid do(x)) = \sum_z P(y \mid x, z) P(z)"
FRONT = r"P(y \mid do(x)) = \sum_z P(z \mid x) \sum_{x'} P(y \mid x', z) P(x')"


def verdict(text: str) -> str:
    return check_text(text).claims[-1].verdict


@pytest.mark.parametrize(
    "text",
    [
        rf"If $Z$ satisfies the back-door criterion relative to $(X, Y)$, then $${BACK}$$",
        rf"Suppose that a set $\mathbf{{Z}}$ satisfies the backdoor criterion. Then ${BACK}$.",
        rf"${BACK}$ whenever $Z$ meets the back-door criterion for $(X, Y)$.",
        rf"${BACK}$, where $Z$ satisfies the back door criterion relative to $X$ and $Y$.",
        rf"If $Z$ satisfies the front-door criterion relative to $(X, Y)$, then $${FRONT}$$",
        r"If $\{V, W\}$ satisfies the back-door criterion relative to $(X, Y)$, we have"
        "\n"
        r"$$P(y | do(x)) = \sum_{v, w} P(y | x, v, w) P(v, w)$$",
        # the same in another form
        r"If $Z$ satisfies the back-door criterion relative to $(X, Y)$, then"
        r" $$P(y \mid do(x)) = \sum_z \frac{P(x, y, z)}{P(x \mid z)}$$",
        r"If $Z$ satisfies the back-door criterion relative to $(X, Y)$, then"
        r" $$P(Y=1 \mid do(X=1)) = \sum_z P(Y=1 \mid X=1, z) P(z)$$",
    ],
)
def test_a_formula_holds_under_the_criterion_that_is_stated(text: str) -> None:
    assert verdict(text) == "holds"


@pytest.mark.parametrize(
    "text",
    [
        rf"If $Z$ does not satisfy the back-door criterion relative to $(X, Y)$, then $${BACK}$$",
        rf"Unless $Z$ satisfies the back-door criterion relative to $(X, Y)$, $${BACK}$$",
        rf"${BACK}$ only if $Z$ satisfies the back-door criterion relative to $(X, Y)$.",
        rf"Only if $Z$ satisfies the back-door criterion do we have ${BACK}$.",
        rf"Nothing but $Z$ satisfies the back-door criterion. ${BACK}$.",
        # the other criterion, another pair, another set
        rf"If $Z$ satisfies the front-door criterion relative to $(X, Y)$, then $${BACK}$$",
        rf"If $Z$ satisfies the back-door criterion relative to $(X, Y)$, then $${FRONT}$$",
        rf"If $Z$ satisfies the back-door criterion relative to $(Y, X)$, then $${BACK}$$",
        rf"If $Z$ satisfies the back-door criterion relative to $(X, V)$, then $${BACK}$$",
        rf"If $W$ satisfies the back-door criterion relative to $(X, Y)$, then $${BACK}$$",
        rf"If $\{{Z, W\}}$ satisfies the back-door criterion, then $${BACK}$$",
        rf"If some set satisfies the back-door criterion relative to $(X, Y)$, then $${BACK}$$",
        # another formula
        r"If $Z$ satisfies the back-door criterion relative to $(X, Y)$, then"
        r" $$P(y \mid do(x)) = \sum_z P(y \mid x, z) P(z \mid x)$$",
        r"If $Z$ satisfies the back-door criterion relative to $(X, Y)$, then"
        r" $$P(y \mid do(x)) = P(y \mid x, z)$$",
        r"If $Z$ satisfies the back-door criterion relative to $(X, Y)$, then"
        r" $$P(y \mid do(x), z) = \sum_z P(y \mid x, z) P(z)$$",
        # a paragraph of its own
        rf"Here $Z$ satisfies the back-door criterion relative to $(X, Y)$."
        "\n\nAnother topic.\n\n"
        rf"${BACK}$",
    ],
)
def test_what_is_stated_of_something_else_holds_nothing(text: str) -> None:
    assert verdict(text) == "undecided"


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6))
def test_both_formulas_are_true_where_the_criterion_is_met(seed: int) -> None:
    """The criteria as Pearl defines them, in random models with hidden causes."""
    rng = random.Random(seed)
    graph = random_graph(rng, 5, names=("X", "Y", "Z", "U", "V"))
    arrows = digraph(graph)
    below = nx.descendants(arrows, "X")
    oracle = Oracle(
        random_tables(rng, graph, dict.fromkeys(graph.nodes, ("0", "1")), positive=True)
    )

    def is_true(claim: str) -> bool:
        left, right = map(read, claim.split(" = "))
        return not list(disagreements(left, right, oracle))

    if "Z" not in below and d_separated(graph, ("Y",), ("X",), ("Z",), cut_out_of=("X",)):
        assert is_true(BACK)
    directed = list(nx.all_simple_paths(arrows, "X", "Y"))
    if (
        all("Z" in path for path in directed)
        and d_separated(graph, ("Z",), ("X",), (), cut_out_of=("X",))
        and d_separated(graph, ("Y",), ("Z",), ("X",), cut_out_of=("Z",))
    ):
        assert is_true(FRONT)
