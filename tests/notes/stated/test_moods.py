"""Words around a graph that deny, ask or doubt it, in several languages: then it is not in force."""

from __future__ import annotations

import pytest

from symcausal import check

CLAIM = r"$P(C\mid A,B)=P(C\mid B)$"
CHAIN = r"$A \to B \to C$"
FACTORISED = r"$P(A,B,C)=P(A)P(B\mid A)P(C\mid B)$"
DISPLAYED = f"${FACTORISED}$"
MERMAID = "```mermaid\ngraph LR\nA --> B --> C\n```"


def verdict(text: str) -> str:
    """The verdict on the last claim of a text."""
    return check(text).claims[-1].verdict


DENIED_BEFORE = [
    f"We doubt the DAG {CHAIN}.",
    f"The data refute the DAG {CHAIN}.",
    f"It is unlikely that the DAG is {CHAIN}.",
    f"Our DAG lacks the chain {CHAIN}.",
    f"There is no chain {CHAIN} in our DAG.",
    f"None of our DAGs is the chain {CHAIN}.",
    f"As opposed to the DAG {CHAIN}, ours is complete.",
    f"Myth: the model is {CHAIN}.",
    f"A common misconception is the graph {CHAIN}.",
    f"A common error: the graph {CHAIN}.",
    f"It is tempting to draw the graph {CHAIN}.",
    f"You may think the structure is {CHAIN}.",
    f"Claim (refuted below): the causal graph is {CHAIN}.",
    f"**Student's answer:** {CHAIN} is the DAG.",
    f"Counterexample: the network {CHAIN}.",
    f"Many textbooks are mistaken. They use the graph {CHAIN}.",
    f"Wir nehmen nicht an, dass der Graph {CHAIN} gilt.",
    f"Der falsche Graph {CHAIN}.",
    f"Kein Graph ist die Kette {CHAIN}.",
    f"Le graphe {CHAIN} est faux.",
    f"Aucun graphe n'est {CHAIN}.",
    f"Le graphe n'est pas {CHAIN}.",
    f"The mean-field approximation is {FACTORISED}.",
    f"Assuming (for now) that {FACTORISED}.",
    f"~~The graph is {CHAIN}.~~",
    f"<del>The graph is {CHAIN}.</del>",
    r"$P(A,B,C) \stackrel{?}{=} P(A)P(B\mid A)P(C\mid B)$",
]
DENIED_AFTER = [
    f"Earlier work assumed the DAG {CHAIN}; we do not.",
    f"The DAG {CHAIN} is too simple: it omits the arrow from A to C.",
    f"Consider the DAG {CHAIN}. The data refute it.",
    f"The graph {CHAIN} is what Smith claims; we will show that he errs.",
    f"Smith proposed the DAG {CHAIN}. His critics disagree.",
    f"Consider the DAG {CHAIN}. The correct graph has no arrows.",
    f"The DAG {CHAIN} fails to fit.",
    f"The DAG is {CHAIN}.\n\nThis graph is wrong.",
    f"{MERMAID}\n\nThis graph is wrong.",
    f"{MERMAID}\n\nBut the true graph has no B.",
    f"A student writes {DISPLAYED}\n\nWhat is wrong?",
    f"The joint is\n\n{DISPLAYED}\n\nFind the error.",
    f"> Smith claims that the graph is {CHAIN}. He is mistaken.",
    f"> The graph is {CHAIN}.\n\nHe is mistaken.",
    f"Der Graph ist {CHAIN}. Das ist falsch.",
    f"Le graphe est {CHAIN}. C'est une erreur.",
]
CHOICES = [
    f"Which factorisation is right?\n\n(a) $P(A)P(B)$\n\n(b) {FACTORISED}",
    f"Which factorisation is right?\n\n(a) {FACTORISED}\n\n(b) $P(A)P(B)$",
    f"Which of these?\n\n- [ ] $P(A)P(B)$\n- [ ] {FACTORISED}",
    f"Mark true or false.\n\n1. $P(A)=1$\n2. The graph is {CHAIN}",
    "Mark true or false.\n\\begin{enumerate}\n\\item $P(A)=1$\n\\item The graph is "
    f"{CHAIN}\n\\end{{enumerate}}",
]
FIGURES = [
    f"\\begin{{figure}}\nThe graph {CHAIN}\n\\caption{{A wrong model.}}\n\\end{{figure}}",
    f"\\begin{{figure}}\n\\caption{{A common mistake}}\nThe graph {CHAIN}\n\\end{{figure}}",
]


@pytest.mark.parametrize("words", [*DENIED_BEFORE, *DENIED_AFTER, *CHOICES, *FIGURES])
def test_words_that_deny_ask_or_doubt(words: str) -> None:
    assert verdict(f"{words}\n\nThen {CLAIM}.") == "undecided"


ASSERTED = [
    f"The errors are independent, so the graph is {CHAIN}.",
    f"The graph is {CHAIN}, so that $A$ and $C$ are not independent.",
    f"The graph is {CHAIN}. Here $A$ is smoking and $B$ is tar.",
    f"Nothing else acts. The DAG is {CHAIN}.",
    f"The graph is\n\n{MERMAID}\n\nIt is a chain.",
    f"1. The graph is {CHAIN}.",
    f"Der Graph ist {CHAIN}.",
    f"Le graphe est {CHAIN}.",
    f"The naive Bayes of old aside, the joint is {FACTORISED}.",
    f"We have three facts:\n\n1. The graph is {CHAIN}.",
]


@pytest.mark.parametrize("words", ASSERTED)
def test_words_that_assert(words: str) -> None:
    assert verdict(f"{words}\n\nThen {CLAIM}.") == "holds"


NO_VARIABLES = [
    "A neural network:",
    "The tensors of the model:",
    "A Markov chain with states A, B, C:",
    "A finite state machine:",
    "Our data flow:",
    "The network of bus stops:",
]
DRAWN = [
    "```mermaid\nflowchart TD\nA[Start] --> B{Is it?}\nB -->|Yes| C[OK]\n```",
    "```mermaid\nflowchart TD\nA[Load data] --> B[Train]\nB --> C[Deploy]\n```",
    "```mermaid\nflowchart TD\nA --> B\nB -- yes --> C\n```",
    "```mermaid\ngraph LR\nA -->|0.3| B\nB -->|0.5| C\n```",
    "```dot\ndigraph fsm { A -> B; B -> C; }\n```",
    '```dot\ndigraph { A -> B [label="0.3"]; B -> C [label="0.7"]; }\n```',
    "```python\nG = nx.DiGraph([('A','B'),('B','C')])\nnx.shortest_path_length(G,'A','C')\n```",
    '$$\\begin{tikzcd} A \\ar[r, "f"] & B \\ar[r, "g"] & C \\end{tikzcd}$$ is commutative',
]


@pytest.mark.parametrize("words", [f"{lead}\n\n{MERMAID}" for lead in NO_VARIABLES] + DRAWN)
def test_drawings_of_no_variables(words: str) -> None:
    assert verdict(f"{words}\n\nThen {CLAIM}.") == "undecided"


@pytest.mark.parametrize(
    "words", ["The Markov chain moves", "The model's tensors go", "The network of bus stops is"]
)
def test_arrows_between_no_variables(words: str) -> None:
    assert verdict(f"{words} {CHAIN}.\n\nThen {CLAIM}.") == "undecided"
