"""Claims that state a separation themselves are about every graph in which it is so."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.graph.graph import Graph
from symcausal.model import Model
from symcausal.notes.check import check_text
from symcausal.notes.reporting.claim import Claim
from symcausal.reading.reader import read
from tests.support.oracle import Oracle, disagreements
from tests.support.random_models import random_graph, random_tables
from tests.support.separation import d_separated

OBSERVE = "P(y | z, do(x), w) = P(y | do(x), w)"
EXCHANGE = "P(y | do(z), do(x), w) = P(y | z, do(x), w)"
ACT = "P(y | do(z), do(x), w) = P(y | do(x), w)"


def claims(text: str) -> list[Claim]:
    return [c for c in check_text(text).claims if "⟂" not in c.relation]


def stated(claim: str, separation: str, graph: str) -> Claim:
    text = rf"$${claim} \quad \text{{if }} ({separation})_{{G_{{{graph}}}}}$$"
    (found,) = claims(text)
    return found


@pytest.mark.parametrize(
    ("claim", "separation", "graph"),
    [
        (OBSERVE, r"Y \perp Z \mid X, W", r"\overline{X}"),
        (EXCHANGE, r"Y \perp Z \mid X, W", r"\overline{X}\underline{Z}"),
        (ACT, r"Y \perp Z \mid X, W", r"\overline{X}\,\overline{Z(W)}"),
        # which side is which says nothing
        (OBSERVE, r"Z \perp Y \mid W, X", r"\overline{X}"),
        # no arrows lead into what is set, so it need not be given
        (OBSERVE, r"Y \perp Z \mid W", r"\overline{X}"),
        # a graph with more arrows separates no more
        (OBSERVE, r"Y \perp Z \mid X, W", ""),
        (EXCHANGE, r"Y \perp Z \mid X, W", r"\overline{X}"),
        (ACT, r"Y \perp Z \mid X, W", r"\overline{X}"),
        # parts of what is separated, also where they are given
        (OBSERVE, r"Y, V \perp Z \mid X, W", r"\overline{X}"),
        (OBSERVE, r"Y \perp Z, W \mid X", r"\overline{X}"),
        # without an observation nothing spares the arrows into Z
        ("P(y | do(z)) = P(y)", r"Y \perp Z", r"\overline{Z}"),
        ("P(y | do(z), do(x)) = P(y | do(x))", r"Y \perp Z \mid X", r"\overline{X, Z}"),
        # inside a formula
        (r"\sum_w P(y | w, do(z)) P(w) = \sum_w P(y | w, z) P(w)", r"Y \perp Z \mid W",
         r"\underline{Z}"),
    ],
)  # fmt: skip
def test_a_rule_holds_under_its_own_condition(claim: str, separation: str, graph: str) -> None:
    if graph:
        found = stated(claim, separation, graph)
    else:
        (found,) = claims(rf"$${claim} \quad \text{{if }} ({separation})_G$$")
    assert (found.verdict, found.evidence) == ("holds", "derivation")
    assert "of do-calculus" in found.reason


@pytest.mark.parametrize(
    ("claim", "separation", "graph"),
    [
        ("P(y | z, do(x)) = P(y | do(x))", r"Y \perp Z \mid X", r"\underline{Z}"),
        ("P(y | do(z)) = P(y | z)", r"Y \perp Z", r"\overline{Z}"),
        ("P(y | do(z)) = P(y)", r"Y \perp Z", r"\underline{Z}"),
        ("P(y | do(z), w) = P(y | z, w)", r"Y \perp Z", r"\underline{Z}"),
        # arrows into Z may not be cut where W is below Z
        ("P(y | do(z), w) = P(y | w)", r"Y \perp Z \mid W", r"\overline{Z}"),
        # an observation of what the rule does not observe
        ("P(y | do(z)) = P(y | z)", r"Y \perp Z \mid W", r"\underline{Z}"),
    ],
)
def test_a_wrong_condition_is_refuted_by_a_graph(claim: str, separation: str, graph: str) -> None:
    found = stated(claim, separation, graph)
    assert (found.verdict, found.evidence) == ("fails", "counterexample")
    edges = found.reason.partition("in the graph ")[2].partition(", where")[0]
    shown = Model.parse(f"{edges}; W -> V; X").network.graph
    left, right = separation.replace(r"\mid", "|").split(r"\perp")
    right, _, seen = right.partition("|")
    cut = after_surgery(explicit(shown), graph)
    assert d_separated(cut, (left.strip(),), (right.strip(),), names_in(seen))


def names_in(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def explicit(graph: Graph) -> Graph:
    """The graph with a variable for each hidden common cause."""
    arrows = list(graph.directed)
    for number, pair in enumerate(graph.bidirected):
        arrows += [(f"U{number}", one) for one in pair]
    hidden = [f"U{number}" for number in range(len(graph.bidirected))]
    return Graph((*graph.nodes, *hidden), arrows)


def after_surgery(graph: Graph, name: str) -> Graph:
    """The graph that a subscript names, with lines above and below."""
    arrows = list(graph.directed)
    cut = [v for v in "XZ" if rf"\overline{{{v}}}" in name]
    if "Z(W)" in name:
        kept = [(a, b) for a, b in arrows if b not in cut]
        above = {"W"}
        for _ in graph.nodes:
            above |= {a for a, b in kept if b in above}
        cut += [] if "Z" in above else ["Z"]
    out = [v for v in "XZ" if rf"\underline{{{v}}}" in name]
    return Graph(graph.nodes, [(a, b) for a, b in arrows if b not in cut and a not in out])


CLAIMS = [
    OBSERVE, EXCHANGE, ACT, "P(y | z, do(x)) = P(y | do(x))", "P(y | do(z), w) = P(y | w)",
    "P(y | do(z), w) = P(y | z, w)", "P(y | do(z)) = P(y)", "P(y | z, w) = P(y | w)",
]  # fmt: skip
GIVEN = ["", "W", "X", "X, W"]
INTO = ["", r"\overline{X}", r"\overline{Z}", r"\overline{Z(W)}", r"\overline{X}\overline{Z}",
        r"\overline{X}\overline{Z(W)}"]  # fmt: skip
OUT = ["", r"\underline{Z}", r"\underline{X}"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_what_holds_is_so_in_random_models_with_the_separation(seed: int) -> None:
    rng = random.Random(seed)
    claim, seen = rng.choice(CLAIMS), rng.choice(GIVEN)
    graph = rng.choice(INTO) + rng.choice(OUT)
    separation = r"Y \perp Z" + (rf" \mid {seen}" if seen else "")
    if stated(claim, separation, graph or "0").verdict != "holds":
        return
    left, right = map(read, claim.split(" = "))
    for _ in range(40):
        true = random_graph(rng, 6, names=("X", "Y", "Z", "W", "U", "V"))
        if d_separated(after_surgery(true, graph), ("Y",), ("Z",), names_in(seen)):
            binary = dict.fromkeys(true.nodes, ("0", "1"))
            oracle = Oracle(random_tables(rng, true, binary, positive=True))
            assert not list(disagreements(left, right, oracle)), (claim, separation, graph)


@pytest.mark.parametrize(
    "text",
    [
        r"If $(Y \perp Z)_{G_{\underline{Z}}}$, then $P(y \mid do(z)) = P(y \mid z)$.",
        r"**Rule 2** If $(Y \perp Z)_{G_{\underline{Z}}}$, then $$P(y \mid do(z)) = P(y \mid z).$$",
        r"$P(y \mid do(z)) = P(y \mid z)$ if $(Y \perp Z)_{G_{\underline{Z}}}$.",
        r"$$P(y \mid do(z)) = P(y \mid z)$$ whenever $(Y \perp Z)_{G_{\underline{Z}}}$.",
        r"$P(y \mid do(z)) = P(y \mid z)$ provided that $Y \perp Z$ in $G_{\underline{Z}}$.",
        r"$P(y \mid do(z)) = P(y \mid z)$ when $Y \perp_{G_{\underline{Z}}} Z$.",
        r"1. $P(y \mid do(z)) = P(y \mid z)$ if $(Y \perp Z)_{\mathcal{G}_{\underline{Z}}}$",
        r"Wenn $(Y \perp Z)_{G_{\underline{Z}}}$, dann gilt $P(y \mid do(z)) = P(y \mid z)$.",
        r"Es gilt $P(y \mid do(z)) = P(y \mid z)$, falls $(Y \perp Z)_{G_{\underline{Z}}}$.",
        r"Si $(Y \perp Z)_{G_{\underline{Z}}}$, alors $P(y \mid do(z)) = P(y \mid z)$.",
        r"$(Y \perp Z)_{G_{\underline{Z}}} \implies P(y \mid do(z)) = P(y \mid z)$",
    ],
)
def test_the_condition_may_stand_before_or_after(text: str) -> None:
    assert [c.verdict for c in claims(text)] == ["holds"]


@pytest.mark.parametrize(
    "condition",
    [
        r"\text{only if } (Y \perp Z)_{G_{\underline{Z}}}",
        r"\text{unless } (Y \perp Z)_{G_{\underline{Z}}}",
        r"\text{even if } (Y \perp Z)_{G_{\underline{Z}}}",
        r"\iff (Y \perp Z)_{G_{\underline{Z}}}",
        r"\text{if } (Y \not\perp Z)_{G_{\underline{Z}}}",
        # of numbers, not of a graph: what acts may be balanced by what confounds
        r"\text{if } Y \perp Z",
        # another pair, or another condition
        r"\text{if } (Y \perp W)_{G_{\underline{Z}}}",
        r"\text{if } (Y \perp Z \mid W)_{G'}",
    ],
)
def test_another_condition_holds_nothing(condition: str) -> None:
    (found,) = claims(rf"$$P(y \mid do(z)) = P(y \mid z) \quad {condition}$$")
    assert found.verdict in ("undecided", "fails")


@pytest.mark.parametrize(
    "text",
    [
        r"Only if $(Y \perp Z)_{G_{\underline{Z}}}$, $P(y \mid do(z)) = P(y \mid z)$.",
        r"$P(y \mid do(z)) = P(y \mid z)$, only if $(Y \perp Z)_{G_{\underline{Z}}}$.",
        r"$P(y \mid do(z)) = P(y \mid z)$ unless $(Y \perp Z)_{G_{\underline{Z}}}$.",
        r"$P(y \mid do(z)) = P(y \mid z)$. If $(Y \perp Z)_{G_{\underline{Z}}}$, all is well.",
        r"Genau dann, wenn $(Y \perp Z)_{G_{\underline{Z}}}$, ist $P(y \mid do(z)) = P(y \mid z)$.",
    ],
)
def test_words_that_turn_a_condition_round_hold_nothing(text: str) -> None:
    assert "undecided" in [c.verdict for c in claims(text)]
    assert "holds" not in [c.verdict for c in claims(text)]


GRAPH = "The graph is $Z \\to Y$ with $Z \\leftarrow U \\to Y$, so $P(u, y, z) = P(u)P(z|u)P(y|z,u)$.\n\n"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"$$P(y | do(z)) = P(y | z) \quad \text{if } (Y \perp Z)_{G_{\underline{Z}}}$$", "holds"),
        (r"$P(y | do(z)) = P(y | z)$ if $(Y \perp Z)_{G_{\underline{Z}}}$", "holds"),
        (r"If $(Y \perp Z)_{G_{\underline{Z}}}$ then $P(y | do(z)) = P(y | z)$", "holds"),
        (r"$P(y | do(z)) = P(y | z)$ because $(Y \perp Z)_{G_{\underline{Z}}}$", "fails"),
    ],
)
def test_a_graph_in_force_does_not_make_a_rule_less_true(text: str, word: str) -> None:
    assert claims(GRAPH + text)[-1].verdict == word


def test_a_reason_that_is_false_in_the_graph_in_force_holds_nothing() -> None:
    text = (
        GRAPH + r"$$P(y | do(z)) = P(y | z) \quad \text{since } (Y \perp Z)_{G_{\underline{Z}}}$$"
    )
    assert claims(text)[-1].verdict in ("fails", "undecided")
