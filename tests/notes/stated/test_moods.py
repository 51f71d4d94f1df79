"""Words around a graph that deny, ask or doubt it, in several languages: then it is not in force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symcausal import check, check_file

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
    f"The *in*correct graph is {CHAIN}.",
    f"The \\emph{{mis}}taken graph is {CHAIN}.",
    f"The outdated DAG of the review is {CHAIN}.",
    f"A worse model is {CHAIN}.",
    f"An unrealistic DAG is {CHAIN}.",
    f"The graph may be {CHAIN}.",
    f"Smith draws {CHAIN}, Jones draws nothing.",
    f"Smith draws {CHAIN}. We follow Jones.",
    f"After $do(A)$ the graph is {CHAIN}.",
    f"The mutilated graph is {CHAIN}.",
    f"After the intervention on $A$ the graph is\n\n{MERMAID}",
    f"Cutting all edges into $A$ we get the graph {CHAIN}.",
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
    f"The model {CHAIN} is inadequate.",
    f"The model is {CHAIN}. It is unrealistic.",
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
    f"Smith draws {CHAIN}. We follow him.",
    f"Our graph is {CHAIN}. We follow the usual notation.",
    f"The student network is {CHAIN}.",
    f"The well-known weather network: {CHAIN}.",
    f"The undirected case is below. The directed acyclic graph is {CHAIN}.",
    f"The estimated model is {CHAIN}. It is displayed below.",
    f"We intervene later. The graph is {CHAIN}.",
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


TIKZ = (
    r"\begin{tikzpicture}[->] \node (a) {$A$}; \node (b) {$B$}; \node (c) {$C$};"
    r" \draw (a) -- (b); \path (b) edge (c); \end{tikzpicture}"
)
SPREAD = TIKZ.replace("; ", ";\n").replace("[->] ", "[->]\n")
# what stands before and after a drawing in LaTeX, and whether it takes it back
PICTURED = [
    ("\\begin{figure}", "\\caption{A wrong model.}\\end{figure}", "undecided"),
    ("\\begin{figure}", "\\caption{The model.}\\end{figure}", "holds"),
    ("\\begin{figure}[ht]\n\\centering\n", "\n\\caption{A myth.}\n\\end{figure}", "undecided"),
    (
        "\\begin{figure}",
        "\\caption{The model.}\n\\end{figure}\n\nThis graph is wrong.",
        "undecided",
    ),
    ("A wrong graph:\n\n\\begin{figure}\n\\centering\n", "\n\\end{figure}", "undecided"),
    ("Our graph:\n\n\\begin{figure}\n\\centering\n", "\n\\end{figure}", "holds"),
    ("A neural network: ", "", "undecided"),
    ("A neural network:\n", "", "undecided"),
    ("A Bayesian network:\n", " It is sparse.", "holds"),
    ("", " This graph is wrong.", "undecided"),
    ("", "\nThis graph is wrong.", "undecided"),
]


@pytest.mark.parametrize("drawing", [TIKZ, SPREAD])
@pytest.mark.parametrize(("before", "after", "expected"), PICTURED)
def test_words_around_a_drawing_in_latex(
    drawing: str, before: str, after: str, expected: str, tmp_path: Path
) -> None:
    path = tmp_path / "notes.tex"
    path.write_text(f"{before}{drawing}{after}\n\nThen {CLAIM}.", encoding="utf-8")
    assert check_file(path).claims[-1].verdict == expected


@pytest.mark.parametrize(
    "words", ["The Markov chain moves", "The model's tensors go", "The network of bus stops is"]
)
def test_arrows_between_no_variables(words: str) -> None:
    assert verdict(f"{words} {CHAIN}.\n\nThen {CLAIM}.") == "undecided"


ENDS = [
    "Another section\n===============",
    "Another section\n---------------",
    "<h2>Another section</h2>",
    "---",
    "* * *",
    "**The weather.** Here",
    "*The weather.* Here",
    "**Model 2.** Here",
    "Model 2. Here",
    "We now drop this assumption.",
    "It is no longer assumed.",
    "In general, all may depend on all.",
    "Take what holds for any distribution.",
    "Suppose instead that all is confounded.",
    "Now let A also cause C.",
    "Here A also affects C.",
    "Let A, B, C denote three coins.",
    "Let $A$, $B$ and $C$ be three coins.",
    "We add an edge from A to C.",
    "Now remove the edge from $A$ to $B$.",
    "In practice A and C are confounded by an unobserved U.",
    "\\begin{frame}{Another}",
    "\\begin{exmp}",
    "\\begin{ex}",
    "\\begin{question}",
    "::: {.exercise}",
]


@pytest.mark.parametrize("words", ENDS)
@pytest.mark.parametrize("graph", [f"The graph is {CHAIN}.", MERMAID])
def test_where_a_graph_ends(words: str, graph: str) -> None:
    (before, after) = check(f"{graph}\n\nSo {CLAIM}.\n\n{words}\n\nThen {CLAIM}.").claims
    assert (before.verdict, after.verdict) == ("holds", "undecided")
    assert "it holds under the graph of line" in after.message


ITEMS = [
    f"(a) The graph is {CHAIN}.\n\n(b) Here",
    f"a) The graph is {CHAIN}.\n\nb) Here",
    f"1. The graph is {CHAIN}.\n2. Here",
    f"**1.** The graph is {CHAIN}.\n\n**2.** Here",
    f"\\begin{{enumerate}}\n\\item The graph is {CHAIN}.\n\\item Here",
    f"\\begin{{enumerate}}\n\\item The graph is {CHAIN}.\n\\end{{enumerate}}\nHere",
    f"**Model 1.** The graph is {CHAIN}.\n\n**Model 2.** Here",
    f"\\begin{{proof}}\nThe graph is {CHAIN}.\n\\end{{proof}}\nHere",
    f"\\begin{{exmp}}\nThe graph is {CHAIN}.\n\\end{{exmp}}\nHere",
    f"\\begin{{frame}}\nThe graph is {CHAIN}.\n\\end{{frame}}\nHere",
    f"\\begin{{proof}}\nSuppose the graph is {CHAIN}. Here",
]


@pytest.mark.parametrize("words", ITEMS)
def test_a_graph_of_an_item_stays_in_it(words: str) -> None:
    assert verdict(f"{words} {CLAIM}.") == "undecided"


GOES_ON = [
    "**Proof.** Here",
    "**Solution.** Here",
    "(a) Here",
    "1. Here",
    "\\begin{proof} Here",
    "Once $C$ is known they are no longer independent.",
    "Removing the arrow into $B$, we see it.",
    "Let $x$ be a number.",
    "Now let us compute.",
    "$$\n1 + 1 = 2\n$$",
]


@pytest.mark.parametrize("words", GOES_ON)
def test_where_a_graph_goes_on(words: str) -> None:
    assert verdict(f"The graph is {CHAIN}.\n\n{words} {CLAIM}.") == "holds"


HEADINGS = [
    f"## A wrong model\n\nThe graph {CHAIN}.",
    f"## A wrong model\n\n### In detail\n\nThe graph {CHAIN}.",
    f"A wrong model\n-------------\n\nThe graph {CHAIN}.",
    f"<h3>A common mistake</h3>\n\nThe graph {CHAIN}.",
    f"**A common mistake.** The graph is {CHAIN}.",
    f"## An arrow may be missing\n\nThe graph is {CHAIN}.",
    f"## Models with a missing arrow\n\nThe graph is {CHAIN}.",
    f"## Is $A \\to C$ missing\n\nThe graph is {CHAIN}.",
    f"## A poor model\n\nThe graph is {CHAIN}.",
    f"## The graph after an intervention\n\nThe graph is {CHAIN}.",
    f"## Is this the model?\n\nThe graph {CHAIN}.",
    f"## Ein falsches Modell\n\n{MERMAID}",
    f"## A Markov chain with states A, B, C\n\n{MERMAID}",
    f"## A neural network\n\n{MERMAID}",
]


@pytest.mark.parametrize("words", HEADINGS)
def test_headings_that_doubt(words: str) -> None:
    assert verdict(f"{words}\n\nThen {CLAIM}.") == "undecided"


SMALLER = [
    f"Consider the graph {CHAIN}.",
    f"Take the chain {CHAIN}.",
    f"Deleting the edge from A to C gives the graph {CHAIN}.",
]


@pytest.mark.parametrize("words", SMALLER)
def test_a_smaller_graph_replaces_a_larger_one(words: str) -> None:
    complete = r"The graph is $A \to B$, $B \to C$, $A \to C$."
    assert verdict(f"{complete}\n\n{words}\n\nThen {CLAIM}.") == "holds"
    assert verdict(f"{complete}\n\nThen {CLAIM}.") != "holds"


CELLS = [
    [("code", "m = BayesianNetwork([('A','B'),('B','C')])"), ("markdown", "This graph is wrong.")],
    [("markdown", f"The graph is {CHAIN}."), ("markdown", "The data refute it.")],
    [("markdown", "A wrong model\n---"), ("markdown", f"The graph is {CHAIN}.")],
    [("markdown", f"The graph is {CHAIN}."), ("markdown", "Another section\n====")],
    [("markdown", f"The graph is {CHAIN}."), ("markdown", "<h2>Another section</h2>")],
]


@pytest.mark.parametrize("cells", CELLS)
def test_cells_of_a_notebook(cells: list[tuple[str, str]], tmp_path: Path) -> None:
    path = tmp_path / "notes.ipynb"
    written = [{"cell_type": kind, "source": text} for kind, text in [*cells, ("markdown", CLAIM)]]
    path.write_text(json.dumps({"cells": written}), encoding="utf-8")
    assert check_file(path).claims[-1].verdict == "undecided"


def test_headings_of_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "notes.html"
    told = f"<h2>One</h2><p>The graph is {CHAIN}.</p><p>{CLAIM}</p>"
    path.write_text(f"{told}<h2>Two</h2><p>{CLAIM}</p>", encoding="utf-8")
    assert [claim.verdict for claim in check_file(path).claims] == ["holds", "undecided"]


LEFT_OPEN = [
    f"There is a mediating pathway {CHAIN} besides the direct one in our DAG.",
    f"The indirect effect is {CHAIN}.",
    f"Besides {CHAIN} the model has an edge from A to C.",
    f"The graph is {CHAIN}.\n\nThere is also an arrow from A to C.",
    f"The graph is {CHAIN}.\n\nNow suppose there is an edge from $A$ to $C$ as well.",
    f"Suppose first that the DAG is {CHAIN}. Then fine. Now suppose it is not.",
]


@pytest.mark.parametrize("words", LEFT_OPEN)
def test_a_part_of_a_graph_states_none(words: str) -> None:
    assert verdict(f"{words}\n\nThen {CLAIM}.") == "undecided"
