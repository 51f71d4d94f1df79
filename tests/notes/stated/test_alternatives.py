"""Graphs side by side, each with an item or paragraph of its own, and graphs only mentioned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import check

CHAIN, FORK, COLLIDER = r"$X \to W \to Y$", r"$X \leftarrow W \to Y$", r"$X \to W \leftarrow Y$"
GIVEN, ALONE = r"$X \perp Y \mid W$", r"$X \perp Y$"
# of the two claims in each entry, by graph: with three variables in a row only the collider differs
EXPECTED = {
    CHAIN: ["holds", "fails"],
    FORK: ["holds", "fails"],
    COLLIDER: ["fails", "holds"],
}
STYLES = [
    "- {graph}: here {one}; here {other}.\n",
    "* Pattern {graph}: here {one}; here {other}.\n",
    "{number}. {graph}. Here {one}; here {other}.\n",
    "{number}) **Pattern** {graph}\n\n   Here {one}; here {other}.\n\n",
    "**Pattern {graph}**: here {one}; here {other}.\n\n",
    "**Pattern** {graph}\n\n- here {one}\n- here {other}\n\n",
    "**Pattern {graph}**: $p(v) = 1/2$\n- here {one}\n- here {other}\n\n",
    "Pattern {number} is {graph}: here {one}; here {other}.\n\n",
    "Now {graph}, where {one}.\nHere {other}.\n\n",
    "Pattern {number} is {graph}.\n\n- here {one}\n- here {other}\n\n",
    "Pattern {number} is\n\n${graph}$\n\nHere {one}; here {other}.\n\n",
    "Pattern {number} is {graph}.\n\nHere {one}.\n\nHere {other}.\n\n",
    "### Pattern {graph}\n\nHere {one}; here {other}.\n\n",
]


def verdicts(text: str) -> list[str]:
    """The verdicts on the independences of a text."""
    return [claim.verdict for claim in check(text).claims if claim.relation not in ("=",)]


@given(
    st.sampled_from(STYLES),
    st.lists(st.sampled_from([CHAIN, FORK, COLLIDER]), min_size=2, max_size=4),
)
def test_each_claim_is_judged_by_the_graph_of_its_entry(style: str, graphs: list[str]) -> None:
    graphs = [g for g, before in zip(graphs, ["", *graphs], strict=False) if g != before]
    if len(graphs) < 2:
        return
    entries = [
        style.format(graph=graph, number=number, one=GIVEN, other=ALONE)
        for number, graph in enumerate(graphs, 1)
    ]
    told = verdicts("There are some patterns.\n\n" + "".join(entries))
    assert told == [verdict for graph in graphs for verdict in EXPECTED[graph]]


UNDECIDED = [
    # after a list whose graphs differ none is in force
    f"- {CHAIN}: a chain.\n- {COLLIDER}: a collider.\n\nIn all of them {ALONE}.",
    f"1. {CHAIN}\n2. {FORK}\n\nThen {GIVEN}.",
    # two in one entry, alternatives that are asked or denied, and more edges for all
    f"- {CHAIN} or {FORK}: here {GIVEN}.\n- {COLLIDER}: a collider.",
    f"Which one is right?\n\n- {CHAIN}: here {GIVEN}.\n- {FORK}: here {GIVEN}.",
    f"Wrong answers are:\n\n- {CHAIN}: here {GIVEN}.\n- {FORK}: here {GIVEN}.",
    "Both have a hidden common cause of $X$ and $Y$:"
    f"\n\n- {CHAIN}: here {GIVEN}.\n- {FORK}: here {GIVEN}.",
    r"Both have $X \leftrightarrow Y$ as well:"
    f"\n\n- {CHAIN}: here {GIVEN}.\n- {FORK}: here {GIVEN}.",
    f"- {CHAIN}, and $X$ also affects $Y$ directly: here {GIVEN}.\n- {FORK}: a fork.",
    # parts of one graph
    r"- One part is $X \to W \to Y$: here $X \perp Y \mid W$."
    "\n"
    r"- One is $X \to V \to Y$: here.",
    r"- $X \to W \to Y$: here $X \perp Y \mid W$." "\n" r"- $X \to W$, $X \to Y$: here.",
    # what is said of several paragraphs, before or after them
    f"Both have $X \\leftrightarrow Y$ too.\n\nFirst {CHAIN}: {GIVEN}.\n\nSecond {FORK}: {GIVEN}.",
    f"First {CHAIN}: {GIVEN}.\n\nSecond {FORK}: {GIVEN}.\n\nBoth have $X \\leftrightarrow Y$ too.",
    # alternatives that are asked, perhaps, or told of others
    f"Is it {CHAIN}? Then {GIVEN}.\n\nIs it {COLLIDER}? Then {ALONE}.",
    f"Perhaps it is {CHAIN}, so {GIVEN}.\n\nPerhaps {COLLIDER}, so {ALONE}.",
    f"One may draw {CHAIN}. Then {GIVEN}.\n\nOne may draw {COLLIDER}. Then {ALONE}.",
    f"It is either {CHAIN}.\n\nOr it is {FORK}. Then {GIVEN}.",
    # one word that is in bold begins no list
    f"{CHAIN} or {FORK}\n\n**Then** {GIVEN}.",
]


@pytest.mark.parametrize("text", UNDECIDED)
def test_no_graph_counts_outside_of_its_entry(text: str) -> None:
    assert set(verdicts(text)) == {"undecided"}


def test_a_question_under_a_graph_of_its_own_is_no_claim() -> None:
    text = (
        f"**Chain {CHAIN}**: a chain\n- {ALONE}? Hm.\n\n**Fork {FORK}**: a fork\n- {ALONE}? Hm.\n"
    )
    assert set(verdicts(text)) == {"undecided"}


AFTER_ALL = [
    "In both, {claim}.",
    "In all three, {claim}.",
    "In the first two, {claim}.",
    "For each of the graphs {claim}.",
    "Under the former {claim}.",
    "Back to the chain. Here {claim}.",
    "We return to the first. Here {claim}.",
]


@pytest.mark.parametrize("words", AFTER_ALL)
@pytest.mark.parametrize("claim", [GIVEN, ALONE])
def test_what_is_said_of_several_graphs_is_not_judged_by_the_last(words: str, claim: str) -> None:
    text = f"First {CHAIN}: {GIVEN}.\n\nSecond {COLLIDER}: {ALONE}.\n\n{words.format(claim=claim)}"
    assert verdicts(text) == ["holds", "holds", "undecided"]


@pytest.mark.parametrize("graph", EXPECTED)
@pytest.mark.parametrize("shape", ["chain", "fork", "collider"])
def test_a_claim_about_a_shape_is_not_judged_by_another(graph: str, shape: str) -> None:
    told = verdicts(
        f"The graph is {graph}. Well.\n\nIn the {shape}, {GIVEN}; in the {shape}, {ALONE}."
    )
    is_own = shape == {CHAIN: "chain", FORK: "fork", COLLIDER: "collider"}[graph]
    assert told == (EXPECTED[graph] if is_own else ["undecided", "undecided"])


MENTIONED = [
    f"Smith claims that it is {COLLIDER}, so {ALONE}.",
    f"It is not the collider {COLLIDER}, in which {ALONE}.",
    f"Perhaps it is {COLLIDER}. Then {ALONE}.",
]


@pytest.mark.parametrize("mentioned", MENTIONED)
def test_a_claim_beside_a_graph_that_is_only_mentioned_is_about_no_other(mentioned: str) -> None:
    before = f"{mentioned}\n\nThe graph is {CHAIN}. Here {GIVEN}."
    assert verdicts(before) == ["undecided", "holds"]
    after = f"The graph is {CHAIN}. Here {GIVEN}.\n\n{mentioned}\n\nAs said, {GIVEN}."
    assert verdicts(after) == ["holds", "undecided", "holds"]


def test_a_path_of_the_graph_leaves_it_in_force() -> None:
    text = f"The only trail is {CHAIN}, and {GIVEN}.\n\nThe graph is {CHAIN}. Here {GIVEN}."
    assert verdicts(text) == ["holds", "holds"]


FORK_AND_CHAIN = r"""- Common parent, $A \leftarrow B \rightarrow C$:
  - $A \perp C \mid B$ and $A \not\perp C$.
- Cascade, $A \rightarrow B \rightarrow C$:
  - $A \perp C \mid B$ and $A \not\perp C$.
"""
V_STRUCTURE = r"""- V-structure, $A \rightarrow C \leftarrow B$:
  - $A \perp B$ and $A \not\perp B \mid C$.
"""


def test_another_graph_goes_on_a_list_of_alternatives() -> None:
    """None of its arrows is turned round; those before show that the list has alternatives."""
    assert verdicts(FORK_AND_CHAIN + V_STRUCTURE) == ["holds"] * 6


def test_two_paths_that_agree_are_no_alternatives() -> None:
    """``A -> B -> C`` and ``A -> C <- B`` may be paths of one graph, in which A and B are dependent."""
    text = "- One, $A \\rightarrow B \\rightarrow C$:\n  - words\n" + V_STRUCTURE
    assert verdicts(text) == ["undecided"] * 2
