"""Lists of single arrows: which state a graph, and which name only some of its edges, or others."""

from __future__ import annotations

import pytest

from symcausal import check

AFTER = "\n\n$P(C\\mid A,B)=P(C\\mid B)$ and $P(A,C)=P(A)P(C)$."


def verdicts(text: str) -> list[str]:
    """The verdicts on two claims: the chain A -> B -> C has the first, and not the second."""
    return [claim.verdict for claim in check(text + AFTER).claims][-2:]


def bulleted(lead: str, *items: str, sign: str = "-") -> str:
    """A lead with items below it."""
    return f"{lead}\n\n" + "\n".join(f"{sign} {item}" for item in items)


CHAINS = [
    r"The graph has edges $A \to B$ and $B \to C$.",
    r"The graph has the edges $A \to B$, and $B \to C$.",
    r"The DAG has the two arrows $A \to B$; also $B \to C$.",
    r"Its edges are $A \rightarrow B$, $B \rightarrow C$.",
    "The DAG has edges A -> B and B -> C.",
    "The DAG has edges `A -> B` and `B -> C`.",
    "The DAG has edges A → B, B → C, and nothing else.",
    r"The directed edges of our model are $A \to B$ and $B \to C$.",
    r"Let the DAG be given by the edges $A \to B$ and $B \to C$.",
    bulleted("Edges:", r"$A \to B$", r"$B \to C$"),
    bulleted("Edges:", "A -> B", "B -> C"),
    bulleted("The graph has the following edges:", "`A -> B`", "`B -> C`", sign="*"),
    bulleted("The arrows of the graph are:", r"$A \to B$;", r"$B \to C$.", sign="1."),
    bulleted("Words.\n\n### Edges", "A --> B", "B --> C"),
    bulleted(
        "The graph:", r"$A \to B$ (rain wets the road)", r"$B \to C$ (and that makes it slippery)"
    ),
    "The model consists of\n\n- Edges:\n  - $A \\to B$\n  - $B \\to C$\n- Tables of numbers.",
    "The graph is\n\n$$\\begin{aligned} A &\\to B \\\\ B &\\to C \\end{aligned}$$",
    "\\begin{itemize}\n\\item $A \\to B$\n\\item $B \\to C$\n\\end{itemize} are the edges of the graph.",
    "The edges of the small network are\n\n- $A \\to B$\n- $B \\to C$",
    "The graph has the edges\n\\begin{enumerate}\n\\item $A \\to B$,\n\\item $B \\to C$.\n"
    "\\end{enumerate}",
    r"The DAG has the edge set $E = \{A \to B, B \to C\}$.",
    r"The graph has edges $A \to B$, $B \to C$, and $P(A) = 0.3$.",
    "Consider the chain A -> B -> C.",
    "The DAG: A -> B -> C.",
]

# more edges, other edges, or no edges of a graph
NO_CHAINS = [
    r"The graph has edges $A \to B$, $B \to C$ and many more.",
    r"The graph has edges $A \to B$, $B \to C$, etc.",
    r"The graph has edges $A \to B$, $B \to C$, $\ldots$",
    r"The graph has edges $A \to B$, $B \to C$, and so on.",
    r"Among the edges of the graph are $A \to B$ and $B \to C$.",
    r"Some edges of the graph are $A \to B$ and $B \to C$.",
    r"The graph has, for example, the edges $A \to B$ and $B \to C$.",
    r"The missing edges of the graph are $A \to B$ and $B \to C$.",
    r"The blue edges of the graph are $A \to B$ and $B \to C$.",
    r"The graph has the new edges $A \to B$ and $B \to C$.",
    r"The edges into the sink of the graph are $A \to B$ and $B \to C$.",
    r"We have $A \to B$ and $B \to C$.",
    r"A spanning tree of the graph has edges $A \to B$ and $B \to C$.",
    r"Two edges of the graph are $A \to B$ and $B \to C$.",
    r"The graph has edges $A \to B$ and $B \to C$. There are more edges.",
    r"The graph has edges $A \to B$, $B \to C$ and $A - C$.",
    "These are not all edges of the graph\n\n- $A \\to B$\n- $B \\to C$",
    "Types f: A -> B and g: B -> C.",
    "Here we have: A -> B -> C.",
    bulleted("Edges:", r"$A \to B$", r"$B \to C$", "..."),
    bulleted("Edges:", r"$A \to B$", r"$B \to C$", "from A to C"),
    bulleted("Edges:", "from A to C", r"$A \to B$", r"$B \to C$"),
    bulleted("Edges:", r"$A \to B$", "from A to C", r"$B \to C$"),
    bulleted("Edges:", r"$A \to B$", r"$B \to C$", r"$A \Rightarrow C$"),
    bulleted("Edges:", r"$A \to B$ (and A directly causes C)", r"$B \to C$"),
    bulleted("Missing edges:", r"$A \to B$", r"$B \to C$"),
    bulleted("Added edges:", "A -> B", "B -> C"),
    bulleted("Some of the edges:", "`A -> B`", "`B -> C`"),
    bulleted("Which of these edges are in the graph?", r"$A \to B$", r"$B \to C$"),
    bulleted("Maps:", r"$A \to B$", r"$B \to C$"),
]  # fmt: skip


@pytest.mark.parametrize("text", CHAINS)
def test_lists_that_state_a_graph(text: str) -> None:
    assert verdicts(text) == ["holds", "fails"]


@pytest.mark.parametrize("text", NO_CHAINS)
def test_lists_that_state_none(text: str) -> None:
    assert verdicts(text)[0] == "undecided"


LATENT = [
    r"Our DAG is $Z \to X \to Y$ with $X \leftrightarrow Y$ (latent common cause).",
    r"Our DAG is $Z \to X \to Y$ and $X \leftrightarrow Y$.",
    "Our DAG is `Z -> X -> Y` plus `X <-> Y`.",
    bulleted("The edges are:", r"$Z \to X$", r"$X \to Y$", r"$X \leftrightarrow Y$"),
]


@pytest.mark.parametrize("text", LATENT)
def test_a_latent_common_cause_beside_a_chain(text: str) -> None:
    claims = r"$P(Y\mid do(Z))=P(Y\mid Z)$ and $P(Y\mid do(X))=P(Y\mid X)$."
    found = [claim.verdict for claim in check(f"{text}\n\n{claims}").claims]
    assert found == ["holds", "fails"]


def test_a_name_that_no_formula_has() -> None:
    (claim,) = check("For a collider A -> C <- B we have $P(A,B)=P(A)P(B)$.").claims
    assert claim.verdict == "holds"


TWO_CHAINS = r"$A \to B \to C$ and $A \to D \to C$"
ACROSS = r"$P(C\mid A,B,D)=P(C\mid B,D)$"
COUNTED = {"two": "holds", "2": "holds", "three": "undecided", "4": "undecided"}


@pytest.mark.parametrize("words", ["The DAG is {}.", "Our model is\n{}.", "The graph has {}."])
def test_two_chains_of_one_graph(words: str) -> None:
    text = f"{words.format(TWO_CHAINS)}\n\n{ACROSS}"
    assert [claim.verdict for claim in check(text).claims] == ["holds"]


@pytest.mark.parametrize(
    "words",
    [
        "The DAGs are {}.", "The paths are {}.", "A part of the DAG is {}.", "We know {}.",
        "The DAG has the paths {}.", "The DAG is the sum of {}.", "In the graph are {}.",
    ],
)  # fmt: skip
def test_two_chains_that_may_be_two_graphs(words: str) -> None:
    text = f"{words.format(TWO_CHAINS)}\n\n{ACROSS}"
    assert [claim.verdict for claim in check(text).claims] == ["undecided"]


def test_two_chains_that_turn_an_arrow_round_are_two_graphs() -> None:
    text = r"The DAG is $A \to B \to C$ and $A \leftarrow B \to C$. $P(C\mid A,B)=P(C\mid B)$"
    assert [claim.verdict for claim in check(text).claims] == ["undecided"]


@pytest.mark.parametrize(
    "words",
    [
        "Our model has {} arrows:\n\n- $D \\to G$\n- $I \\to G$",
        "The DAG has these {} directed edges: $D \\to G$ and $I \\to G$.",
        "The DAG has {} arrows: $D \\to G \\leftarrow I$.",
    ],
)
@pytest.mark.parametrize("number", COUNTED)
def test_a_list_has_as_many_arrows_as_it_announces(words: str, number: str) -> None:
    text = words.format(number) + "\n\n$P(D\\mid I)=P(D)$"
    assert [claim.verdict for claim in check(text).claims] == [COUNTED[number]]
