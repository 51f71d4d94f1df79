"""Claims under graphs that the notes state: the verdict, the graph, and where none is in force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symcausal import check, check_file
from symcausal.notes.reporting.claim import Claim

FACTORISED = r"$P(A,B,C)=P(A)P(B\mid A)P(C\mid B)$"
CLAIM = r"$P(C\mid A,B)=P(C\mid B)$"
EFFECT = r"$P(Y\mid do(X))=\sum_Z P(Y\mid X,Z)P(Z)$"


def claims(text: str) -> list[Claim]:
    """The claims of a text in Markdown."""
    return list(check(text if "$" in text else f"$x$ {text}").claims)


def verdict(text: str) -> str:
    """The verdict on the last claim of a text."""
    return claims(text)[-1].verdict


# what asserts no graph, or another one; the claim at its end is true under the graph alone
STATES_NOTHING = [
    r"This is not $A \to B \to C$.",
    r"The graph is not A -> B -> C.",
    r"$A \to B \to C$ is not the graph.",
    r"$A \to B \to C$ would be wrong.",
    r"Suppose for contradiction that $A \to B \to C$.",
    r"If the graph is $A \to B \to C$, what follows?",
    r"Which of the graphs $A \to B \to C$ and $A \leftarrow B \to C$ is it?",
    r"Is it the chain $A \to B \to C$?",
    r"Unlike $A \to B \to C$, this is a graph.",
    r"Either $A \to B \to C$ or $A \leftarrow B \to C$.",
    r"Compare the chain $A \to B \to C$.",
    r"The composition of the functions $A \to B \to C$.",
    r"Let $f: A \to B \to C$.",
    r"The limit as $A \to B \to C$.",
    r"The implication $A \to B \to C$.",
    r"The reaction A -> B -> C is fast.",
    r"Transitions A -> B -> C of the Markov chain.",
    r"The path $A \to B \to C$ in the graph.",
    r"The graph contains $A \to B \to C$.",
    r"An arrow $A \to B$ alone.",
    r"Both $A \to B \to C$ and $A \leftarrow B \to C$.",
    "- $A \\to B \\to C$\n- $A \\leftarrow B \\to C$\n",
    "| graph |\n|---|\n| $A \\to B \\to C$ |\n",
    "```mermaid\ngraph LR\nA --- B --- C\n```",
    "```python\nG = nx.Graph([('A','B'),('B','C')])\n```",
    "```python\nroads = nx.DiGraph([('A','B'),('B','C')])  # roads\n```",
    "```python\nG = nx.DiGraph([('A','B'),('B','C'),('C','D')])\n```",
    "The transitions of the machine:\n\n```mermaid\ngraph LR\nA --> B --> C\n```",
    "This graph is wrong:\n\n```mermaid\ngraph LR\nA --> B --> C\n```",
    "```python\n# wrong model\nm = BayesianNetwork([('A','B'),('B','C')])\n```",
    rf"It is wrong that {FACTORISED}.",
    rf"We do not assume {FACTORISED}.",
    rf"{FACTORISED} does not hold.",
    rf"{FACTORISED}, which is false.",
    rf"{FACTORISED}. This is wrong.",
    rf"Is {FACTORISED}?",
    rf"Show that {FACTORISED}.",
    rf"If {FACTORISED}, what follows?",
    r"$P(a,\neg b,c)=P(a)P(\neg b\mid a)P(c\mid\neg b)$ only at these values.",
    f"<!-- symcausal: expect fails -->\n{FACTORISED}",
    f"<!-- symcausal: off -->\n{FACTORISED}\n<!-- symcausal: on -->",
    "<!-- symcausal: off -->\n\n$A \\to B \\to C$ is the graph\n\n<!-- symcausal: on -->",
    r"$q(A,B,C)=q(A)q(B\mid A)q(C\mid B)$.",
    r"$P^*(A,B,C)=P^*(A)P^*(B\mid A)P^*(C\mid B)$.",
    r"$P(A,B,C)=P(A)P(B\mid A)P(C\mid A,B)$.",
    r"$P(A,C)=P(A)P(C)$ and $B$.",
    r"$\sum_B P(A)P(B\mid A)P(C\mid B)$.",
    rf"Students often write {FACTORISED}.",
    rf"Bob claims that {FACTORISED}.",
    rf"A common mistake is {FACTORISED}.",
    rf"Only if $C$ is independent of $A$ do we get {FACTORISED}.",
    rf"Under the assumption that $C \perp A \mid B$, {FACTORISED}.",
    rf"The assumption {FACTORISED} is violated.",
    r"Let us test the hypothesis $A \to B \to C$.",
    r"One candidate is $A \to B \to C$.",
    r"Case 1: suppose $C \perp A \mid B$. Then " + FACTORISED + ".\n\nCase 2: nothing is known.",
]


@pytest.mark.parametrize("words", STATES_NOTHING)
def test_words_that_state_no_graph(words: str) -> None:
    assert verdict(f"{words}\n\nThen {CLAIM}.") == "undecided"


STATES = [
    FACTORISED,
    rf"Assume that {FACTORISED}.",
    rf"The joint is {FACTORISED}, as always.",
    r"$$P(A,B,C) = P(A)P(B\mid A)P(C\mid A,B) = P(A)P(B\mid A)P(C\mid B)$$",
    r"Consider the chain $A \to B \to C$.",
    r"Consider $a \to b \to c$.",
    r"The graph has the edges $A \to B$ and $B \to C$.",
    r"The DAG is $A \to B, B \to C$.",
    "The DAG is `A -> B -> C`.",
    "The DAG is A -> B -> C.",
    "The DAG is A → B → C.",
    "### The chain $A \\to B \\to C$\n",
    "```mermaid\ngraph LR\nA --> B --> C\n```",
    "```mermaid\ngraph LR\nx1[A] --> x2[B] --> x3[C]\n```",
    "```dot\ndigraph { A -> B -> C }\n```",
    "```dagitty\ndag { A -> B -> C }\n```",
    "```python\nm = BayesianNetwork([('A','B'),('B','C')])\n```",
    "```python\nG = nx.DiGraph([('A','B'),('B','C')])\n```",
    "```r\ndagify(B ~ A, C ~ B)\n```",
    r"$$\begin{cases} A := U_A \\ B := f(A, U_B) \\ C := g(B, U_C) \end{cases}$$",
    "$$\\begin{tikzcd} A \\ar[r] & B \\ar[r] & C \\end{tikzcd}$$",
]


@pytest.mark.parametrize("words", STATES)
def test_words_that_state_a_chain(words: str) -> None:
    *_, claim = claims(f"{words}\n\nThen {CLAIM}.")
    assert claim.verdict == "holds"
    assert claim.under is not None
    assert claim.under.graph == "A -> B; B -> C"
    false = claims(rf"{words}" "\n\n" r"Then $P(A\mid C)=P(A)$.")[-1]
    assert false.verdict in ("fails", "undecided")


ENDS = [
    "# Another section\n",
    "## One below the first\n\n# And one of its level\n",
    "**Exercise 2.** Here",
    "In another graph,",
    "Now consider a different model.",
    "Now suppose a model in which all is new.",
    r"Consider the graph $A \to C \leftarrow B$.",
]
LEAVES = [
    "In general",
    "In another example,",
    "In reality",
    "Without this assumption",
    "For any distribution",
    "If there is an edge from $A$ to $C$, then",
    "In model 2 of the paper",
    "In Figure 1(b),",
]


@pytest.mark.parametrize("words", LEAVES)
def test_sentences_about_another_graph(words: str) -> None:
    assert verdict(f"In Figure 1(a), {FACTORISED}.\n\n{words} {CLAIM}.") == "undecided"


# where the graph stands, where the claim stands, and whether they may be of one figure
IN_FIGURES = [
    ("In Fig. 1 the graph is", "In Fig. 2", False),
    ("In Fig. 1 the graph is", "For Figure 2:", False),
    ("In Fig. 2 the graph is", "In Figure 2", True),
    ("Figure 2 shows the graph", "In Fig.~2", True),
    ("The graph is", "In Figure 1", True),
    ("The graph is", "In Figure 3", False),
    ("Abb. 1 zeigt den Graphen", "In Abb. 2", False),
    ("The graph is", "As the data in Table 2 show,", True),
    (r"In Figure~\ref{fig:one} the graph is", r"In Figure~\ref{fig:two}", False),
    (r"In Figure~\ref{fig:one} the graph is", r"In Figure~\ref{fig:one}", True),
    ("In Fig. 1 the graph is", "Fig. 2 adds $A \\to C$. For Fig. 2:", False),
]


@pytest.mark.parametrize(("graph", "claim", "same"), IN_FIGURES)
def test_a_claim_about_a_figure_is_about_its_graph(graph: str, claim: str, same: bool) -> None:
    expected = "holds" if same else "undecided"
    assert verdict(f"{graph} $A \\to B \\to C$.\n\n{claim} {CLAIM}.") == expected


def test_a_claim_about_the_figure_of_a_drawing(tmp_path: Path) -> None:
    drawn = (
        r"\begin{figure}\begin{tikzpicture}[->] \node (a) {$A$}; \node (b) {$B$}; \node (c) {$C$};"
        r" \draw (a) -- (b); \path (b) edge (c); \end{tikzpicture}\caption{The model.}\label{fig:dag}"
        "\\end{figure}"
    )
    for named, expected in (("dag", "holds"), ("other", "undecided")):
        path = tmp_path / "notes.tex"
        path.write_text(f"{drawn}\n\nIn Figure~\\ref{{fig:{named}}}, {CLAIM}.", encoding="utf-8")
        assert check_file(path).claims[-1].verdict == expected


GOES_ON = [
    "Some words.",
    "### A subsection\n",
    "Now suppose that we observe $B$.",
    r"The graph $D \to E \to F$, with $P(D)$, $P(E)$ and $P(F)$, is nothing to it.",
    "Now let us compute.",
]


@pytest.mark.parametrize("words", ENDS)
def test_where_a_graph_ends(words: str) -> None:
    before = claims(f"# One\n\n{FACTORISED} and {CLAIM}.\n\n{words}\n\n{CLAIM}")
    assert [claim.verdict for claim in before][:2] == ["definition", "holds"]
    assert before[-1].verdict in ("undecided", "fails")


@pytest.mark.parametrize("words", GOES_ON)
def test_where_a_graph_goes_on(words: str) -> None:
    assert verdict(f"# One\n\n{FACTORISED}\n\n{words}\n\n{CLAIM}") == "holds"


def test_the_only_graph_of_a_section_counts_before_it() -> None:
    assert verdict(f"# One\n\n{CLAIM}\n\nby\n\n```mermaid\ngraph LR\nA --> B --> C\n```") == "holds"
    assert claims(f"# One\n\n{CLAIM}\n\n# Two\n\n{FACTORISED}")[0].verdict == "undecided"


def test_a_caption_stands_on_no_graph() -> None:
    assert verdict(f"{FACTORISED}\n\n![x](y.png)\n*Figure 2: {CLAIM}*") == "undecided"


ONE_AFTER_THE_OTHER = [
    # the same again, in another order, Markov-equivalent
    (r"$P(A,B,C)=P(C\mid B)P(B\mid A)P(A)$", "holds"),
    (r"$P(A,B,C)=P(C)P(B\mid C)P(A\mid B)$", "holds"),
    # another one
    (r"$P(A,B,C)=P(A)P(B)P(C\mid A,B)$", "undecided"),
]


@pytest.mark.parametrize(("text", "expected"), ONE_AFTER_THE_OTHER)
def test_a_second_factorisation(text: str, expected: str) -> None:
    found = claims(f"{FACTORISED}\n\n{text}\n\n$P(A,B)=P(A)P(B)$")
    assert [c.verdict for c in found][:2] == ["definition", expected]
    # the new graph is in force
    assert (found[2].verdict == "holds") == (expected == "undecided")


def test_a_factorisation_against_arrows_fails() -> None:
    arrows = r"Consider $x \to z \leftarrow y$."
    wrong = r"$P(x,y,z)=P(x)P(z\mid x)P(y\mid z)$"
    right = r"$P(x,y,z)=P(x)P(y)P(z\mid x,y)$"
    assert verdict(f"{arrows}\n\n{wrong}") == "fails"
    assert verdict(f"{arrows}\n\n{right}") == "holds"
    assert verdict(f"# One\n\n{arrows}\n\n## Two\n\n{wrong}") == "undecided"


def test_a_name_on_one_side_only() -> None:
    lecture = r"$P[I,C,S,G,L]=P[L\mid G]P[S\mid I]P[G\mid I,D]P[I]P[D]$"
    found = claims(rf"{lecture} and $P[L]=\sum_{{\{{G,I,D\}}}} P[L\mid G]P[G\mid I,D]P[I]P[D]$")
    assert [c.verdict for c in found] == ["undecided", "holds"]
    assert found[0].reason.startswith("states the graph")
    assert "same variable as D?" in found[0].reason


def test_the_claim_that_states() -> None:
    found, claim = claims(f"Words.\n\n{FACTORISED}\n\n{CLAIM}")
    assert (found.verdict, found.reason) == ("definition", "states the graph A -> B -> C")
    assert found.as_data()["under"] is None
    told = {"line": 3, "graph": "A -> B; B -> C", "source": "factorisation"}
    assert claim.as_data()["under"] == told
    assert "under the graph that line 3 states" in claim.message


CAUSAL = [
    ("```mermaid\ngraph LR\nZ --> X\nZ --> Y\nX --> Y\n```", "holds", "drawing"),
    (r"The graph is $Z \to X, Z \to Y, X \to Y$.", "holds", "arrows"),
    ("```r\ndagify(Y ~ X + Z, X ~ Z)\n```", "holds", "code"),
    (r"$$X := U_X,\\ $$", "undecided", ""),
    (r"$$\begin{cases} Z := U_Z \\ X := f(Z, U_X) \\ Y := f(X, Z, U_Y) \end{cases}$$", "holds",
     "equations"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected", "source"), CAUSAL)
def test_actions_need_causal_arrows(words: str, expected: str, source: str) -> None:
    *_, claim = claims(f"{words}\n\n{EFFECT}")
    assert claim.verdict == expected
    assert (claim.under.source if claim.under else "") == source


def test_a_factorisation_is_not_causal() -> None:
    *_, claim = claims(rf"{FACTORISED} so $P(C\mid do(B))=P(C\mid B)$")
    assert claim.verdict == "undecided"
    assert "if the arrows are causal" in claim.reason


HIDDEN = [
    "```dot\ndigraph { X -> Y; X -> Y [dir=both, style=dashed] }\n```",
    "```mermaid\ngraph LR\nX --> Y\nX <-.-> Y\n```",
    "```dagitty\ndag { X -> Y; X <-> Y }\n```",
    "```dagitty\ndag { U [latent]; U -> X; U -> Y; X -> Y }\n```",
    r"$$\begin{cases} X := U \\ Y := f(X, U) \end{cases}$$",
    "```r\ndagify(Y ~ X, X ~~ Y)\n```",
]


@pytest.mark.parametrize("words", HIDDEN)
def test_hidden_causes_confound(words: str) -> None:
    assert verdict(rf"{words}" "\n\n" r"$P(Y\mid do(X))=P(Y\mid X)$") == "fails"


NO_NEGATION = [
    (
        r"The naive Bayes model is $P(C,X,Y)=P(C)P(X\mid C)P(Y\mid C)$.",
        r"$P(X\mid Y,C)=P(X\mid C)$",
    ),
    (r"The chain $X\to Y\to Z$ implies that", r"$P(Z\mid X,Y)=P(Z\mid Y)$"),
    (r"The graph is $X\to Y\to Z$. Removing the arrow into $Y$,", r"$P(Z\mid do(Y))=P(Z\mid Y)$"),
]


@pytest.mark.parametrize(("words", "claim"), NO_NEGATION)
def test_words_that_only_look_like_doubt(words: str, claim: str) -> None:
    assert verdict(f"{words} {claim}.") == "holds"


def test_names_that_the_graph_does_not_have() -> None:
    assert verdict(rf"{FACTORISED} and $P(D\mid A,B)=P(D\mid B)$") == "undecided"
    assert verdict(rf"{FACTORISED} and $P(D,A)=P(D\mid A)P(A)$") == "holds"
    assert verdict(rf"{FACTORISED} and $P(D\mid A)=P(A\mid D)$") == "fails"
    assert verdict(rf"{FACTORISED} and $P(C\mid A,B)P(D)=P(C\mid B)P(D)$") == "holds"


def test_a_model_turns_it_off() -> None:
    block = "```symcausal\nA -> C; B -> C\n```\n\n"
    assert verdict(f"{block}{FACTORISED}\n\n{CLAIM}") == "fails"
    found = check(f"{FACTORISED}\n\n{CLAIM}", "A -> C; B -> C").claims
    assert [claim.verdict for claim in found] == ["fails", "fails"]


def test_it_can_be_turned_off() -> None:
    found = check(f"{FACTORISED}\n\n{CLAIM}", infer=False).claims
    assert [claim.verdict for claim in found] == ["undecided", "undecided"]


def test_cells_of_a_notebook(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": "# Model"},
        {"cell_type": "code", "source": "m = BayesianNetwork([('A','B'),('B','C')])"},
        {"cell_type": "markdown", "source": CLAIM},
        {"cell_type": "markdown", "source": "# Another section"},
        {"cell_type": "markdown", "source": CLAIM},
    ]
    path = tmp_path / "notes.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    one, other = check_file(path).claims
    assert (one.verdict, other.verdict) == ("holds", "undecided")
    told = {"cell": 2, "line": 1, "graph": "A -> B; B -> C", "source": "code"}
    assert one.as_data()["under"] == told
    assert [c.verdict for c in check_file(path, infer=False).claims] == ["undecided", "undecided"]


def test_latex(tmp_path: Path) -> None:
    path = tmp_path / "notes.tex"
    path.write_text(
        r"""\section{One}
\begin{tikzpicture}[->]
  \node (a) {$A$}; \node (b) {$B$}; \node (c) {$C$};
  \draw (a) -- (b); \path (b) edge (c);
\end{tikzpicture}
Then $P(C\mid A,B)=P(C\mid B)$.
\section{Two}
Here $P(C\mid A,B)=P(C\mid B)$.
""",
        encoding="utf-8",
    )
    assert [claim.verdict for claim in check_file(path).claims] == ["holds", "undecided"]


def test_numbers_under_a_stated_graph() -> None:
    given = r"$P(A=1)=0.3$, $P(B=1\mid A=1)=0.9$, $P(B=1\mid A=0)=0.2$."
    found = claims(rf"{FACTORISED}. {given} So $P(B=1)=0.9\cdot 0.3+0.2\cdot 0.7=0.41$.")
    assert [c.verdict for c in found] == ["definition"] * 4 + ["holds"] * 2


def test_what_a_claim_was_under_the_graph_that_has_ended() -> None:
    *_, claim = claims(f"# One\n\n{FACTORISED}\n\n# Two\n\n{CLAIM}")
    assert claim.verdict == "undecided"
    assert claim.under is None
    assert "it holds under the graph of line 3, which ended at line 5" in claim.message


def test_a_product_in_a_circle_is_named() -> None:
    (claim,) = claims(r"$P(A, L \mid R) = P(A \mid R, L) P(L \mid R, A)$")
    assert claim.verdict == "undecided"
    assert "A and L on each other in a circle" in claim.reason


def test_no_suggestion_brings_in_an_intervention_where_arrows_need_not_be_causes() -> None:
    text = (
        r"$P(A,B,C)=P(A)P(B\mid A)P(C\mid B)$, so $P(B \mid A, C) = P(B \mid A)$."
        "\n\n"
        r"And $P(C \mid do(A)) = P(C \mid A)$."
    )
    claims = check(text).claims
    assert [str(c.verdict) for c in claims] == ["definition", "fails", "undecided"]
    assert not any("do" in shown for shown in claims[1].suggestions)


def test_a_number_beside_a_name_that_the_graph_lacks_does_not_prove_itself() -> None:
    text = "The graph of $P(A,B,C)$ is $A \\to B \\to C$.\n\nThen $P(B=1, E=0) = 0.3141$."
    assert verdict(text) == "definition"


def test_decimals_at_the_beginning_of_lines_are_no_list() -> None:
    text = f"0.5 of them\n\n{FACTORISED}\n\n0.6 of them\n\n{CLAIM}"
    assert verdict(text) == "holds"
