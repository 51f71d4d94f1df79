"""Blocks of code of which nobody says what they are: plainly a drawing, a list of arrows, or nothing."""

from __future__ import annotations

import pytest

from symcausal import check
from symcausal.notes.stated.drawings import language_of

AFTER = "\n\n$P(C\\mid A,B)=P(C\\mid B)$ and $P(A,C)=P(A)P(C)$."


def verdicts(text: str) -> list[str]:
    """The verdicts on two claims: the chain A -> B -> C has the first, and not the second."""
    return [claim.verdict for claim in check(text + AFTER).claims][-2:]


def fenced(text: str, lead: str = "The graph is", language: str = "") -> str:
    """A block of code with some words before it."""
    return f"{lead}\n\n```{language}\n{text}\n```"


LANGUAGES = [
    ("digraph { A -> B }", "dot"),
    ("strict digraph G {\nA -> B }", "dot"),
    ("graph LR\nA --> B", "mermaid"),
    ("%% a comment\nflowchart TD\nA --> B", "mermaid"),
    ("dag {\nA -> B\n}", "dagitty"),
    ("graph the data", ""),
    ("A -> B", ""),
    ("print(digraph)", ""),
]
CHAINS = [
    fenced("digraph G {\n  A -> B;\n  B -> C;\n}"),
    fenced("graph TD\n  A --> B\n  B --> C"),
    fenced("dag {\nA -> B\nB -> C\n}"),
    fenced("A -> B -> C"),
    fenced("A -> B\nB -> C"),
    fenced("A --> B,\nB --> C", language="text"),
    fenced("A → B → C", "Our DAG:"),
    fenced("A -> B -> C", "The chapter's DAG:"),
    fenced("A -> B -> C", "Today's DAG:"),
    fenced("g <- dagify(B ~ A, C ~ B)", "Our DAG:", "{r, eval=FALSE}"),
    fenced("g <- dagify(B ~ A, C ~ B)", "We type:", "{r, echo=FALSE}"),
    fenced("A -> B\nB -> C", "The edges of the DAG:"),
    "The DAG is\n\n    A -> B -> C\n\nand so on.",
    "The graph is\n\n> ```\n> A -> B\n> B -> C\n> ```\n",
]
NO_CHAINS = [
    fenced("A -> B -> C", "The branches:"),
    fenced("A -> B -> C", "States of the chain:"),
    fenced("A -> B -> C", "Our referee's DAG:"),
    fenced("A -> B -> C", "A colleague's first DAG:"),
    fenced("A -> B -> C", "A toy caricature of the DAG:"),
    fenced("A -> B -> C") + "\n\nThis is a caricature.",
    fenced("g <- dagify(B ~ A, C ~ B)", "We type:", "{r, eval=FALSE}"),
    fenced("g <- dagify(B ~ A, C ~ B)", "We type:", "{r, echo=TRUE, eval = F}"),
    fenced("#| eval: false\nm = DAG([('A', 'B'), ('B', 'C')])", "We type:", "{python}"),
    fenced("A -> B -> C", "The wrong graph:"),
    fenced("A -> B -> C", "Is this the graph?"),
    fenced("A -> B\nB -> C", "The missing edges of the DAG:"),
    fenced("A -> B\nB -> C\n...", "The edges of the DAG:"),
    fenced("A -> B -> C\nA ~> C"),
    fenced("- A -> B\n+ B -> C"),
    fenced("INFO: A -> B\nB -> C"),
    fenced(">>> G.edges\nA -> B -> C"),
    fenced("graph G { A -- B; B -- C }"),
    fenced("digraph { A -> B; B -> C; A -> C [style=invis] }"),
    fenced("graph TD\nA --> B\nB --- C"),
    fenced("A -> B -> C", language="haskell"),
    fenced("A -> B -> C") + "\n\n" + fenced("A -> C", "plus"),
    "The graph is $A \\to B \\to C$.\n\n" + fenced("A -> B\nA ~> C", "In full:"),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_the_language_of_a_drawing(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", CHAINS)
def test_blocks_that_state_a_graph(text: str) -> None:
    assert verdicts(text) == ["holds", "fails"]


@pytest.mark.parametrize("text", NO_CHAINS)
def test_blocks_that_state_none(text: str) -> None:
    assert verdicts(text)[0] == "undecided"


def test_code_ends_no_graph_by_its_words() -> None:
    code = "from pgmpy.models import BayesianNetwork\nm = BayesianNetwork([('A', 'B'), ('B', 'C')])"
    drawn = "```mermaid\ngraph LR\nA --> B --> C\n```"
    assert verdicts(f"{drawn}\n\nIn code:\n\n{fenced(code, '', 'python')}") == ["holds", "fails"]
