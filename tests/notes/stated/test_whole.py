"""What stands beside a graph is read, or the graph is not taken for the whole."""

from __future__ import annotations

import pytest

from symcausal import check

AFTER = "\n\nThen $P(C|A,B)=P(C|B)$.\n\nAlso $P(A,C)=P(A)P(C)$.\n"


def verdicts(text: str) -> list[str]:
    """The verdicts on the two claims after a text: the chain has the first, and not the second."""
    return [claim.verdict for claim in check(text + AFTER).claims][-2:]


# more is said than the chain
MORE_ARROWS = [
    "The graph is $A \\to B \\to C$, $A \\leftrightarrow C$.",
    "The graph is $A \\to B \\to C$ and $A \\leftrightarrow C$.",
    "The graph is $A \\to B \\to C$, $A \\to C$.",
    "The graph is $A \\to B$, $B \\to C$, $A \\leftrightarrow C$.",
    "The edges are $A \\to B$, $B \\to C$, plus $A \\to C$.",
    "The edges are $A \\to B$, $B \\to C$, as well as $A \\leftrightarrow C$.",
    "The edges are $A \\to B$, $B \\to C$, and finally $A \\to C$.",
    "The DAG is A -> B -> C and A <-> C.",
    "The DAG has `A -> B -> C` and `A -> C`.",
    "The graph:\n\n- A -> B -> C\n- A <-> C\n",
    "The graph is\n\nA -> B -> C\nA <-> C\n",
    "The graph is\n\nA -> B -> C  \nA -> C\n",
    "The graph:\n\n- $A \\to B \\to C$\n- $A \\leftrightarrow C$\n",
    "The DAG has $A \\to B \\to C$ and $U \\to \\{A, C\\}$.",
    "The DAG is A -> B -> C with U -> {A, C}.",
    r"The DAG is $A \to B \to C$ with $A \overset{U}{\leftrightarrow} C$.",
    r"The DAG is $A \to B \to C$ and $A \dashrightarrow C$.",
    "The DAG is A -> B -> C, A --> C",
    "The graph is $A \\to B \\to C$ with a latent common cause U of A and C.",
    r"The DAG is $A \to B \to C$ with a bidirected edge between $A$ and $C$.",
    "The mediator part of the model is A -> B -> C, plus a direct effect of A on C.",
    "B mediates: $A \\to B \\to C$. A also affects C directly.",
    "Besides $A \\to B \\to C$ the model has an edge from A to C.",
    "The graph has the edges $A \\to B \\to C$ and an unobserved confounder of A and C.",
    "The graph is $A \\to B \\to C$, where A and C share a hidden cause.",
    "The graph is $A \\to B \\to C$, with an extra arrow from $A$ to $C$.",
    "The edges are $A \\to B$, $B \\to C$, $U \\to A$, $U \\to C$.",
    "The graph is $A \\to B \\to C$. Also, $A$ causes $C$ on its own.",
    "The graph is $A \\to B \\to C$. $A$ and $C$ have a common cause.",
    "The graph is $A \\to B \\to C$ but $A$ and $C$ are confounded.",
    "The graph is $$A \\to B \\to C$$ with $$A \\leftrightarrow C$$",
    "The graph is $A \\to B \\to C$ and $A \\leadsto C$.",
    "The graph is $A \\to B \\to C$. There is $A \\longleftrightarrow C$, too.",
    "Model:\n\n1. $A \\to B \\to C$;\n2. $A \\leftarrow U \\to C$\n",
    "The graph is $A \\to B \\to C$; $A \\xrightarrow{} C$.",
    "The graph is A → B → C and A ⇢ C.",
    "The graph is $A \\to B \\to C$ and $A \\leftarrow\\rightarrow C$.",
]

# nothing more is said than the chain
WHOLE_ARROWS = [
    "The graph is $A \\to B \\to C$.",
    "The DAG is A -> B -> C.",
    "The DAG is `A -> B -> C`.",
    "The graph is $A \\to B$, $B \\to C$.",
    "The graph is $A \\to B \\to C$ without latent confounders.",
    "The graph is $A \\to B \\to C$, with no edge from A to C.",
    "The chain is $A \\to B \\to C$. There is no direct effect of $A$ on $C$.",
    "The graph is $A \\to B \\to C$, so that $A \\to B$ is a cause.",
    "The DAG is $A \\to B \\to C$, and $n \\to \\infty$.",
    "The graph is $A \\to B \\to C$. All variables are binary.",
    "The graph is $A \\to B \\to C$. $A$ directly causes $B$.",
    "The graph is A -> B -> C where B is unobserved.",
]


@pytest.mark.parametrize("text", MORE_ARROWS)
def test_arrows_with_another_edge_are_no_chain(text: str) -> None:
    assert verdicts(text)[0] in ("fails", "undecided")


@pytest.mark.parametrize("text", WHOLE_ARROWS)
def test_arrows_without_another_edge_are_a_chain(text: str) -> None:
    assert verdicts(text) == ["holds", "fails"]


def fenced(language: str, text: str) -> str:
    """A fence with a drawing or code."""
    return f"\n\n```{language}\n{text}\n```\n"


CHAIN = "The graph is $A \\to B \\to C$.\n\n$P(A)=P(A)$\n\n"
UNREAD_DRAWINGS = [
    fenced("mermaid", "graph LR\nA[B] --> B[A]\nB --> C"),
    fenced("mermaid", "graph LR\nA[Smoking] --> B[C]\nB --> C[B]"),
    fenced("mermaid", "graph LR\nA[Cancer C] --> B[Age A]\nB --> C[B]"),
    fenced("dot", 'digraph { A [label="Event C"]; B [label="A"]; A -> B; B -> C }'),
    CHAIN + fenced("mermaid", "graph LR\nA --> B --> C\nA --o C"),
    CHAIN + fenced("dot", "digraph { A -> B -> C; A -> C [style=invis] }"),
    CHAIN + fenced("mermaid", "graph LR\nsubgraph g\nA --> B --> C\nend\ng --> A"),
]


@pytest.mark.parametrize("text", UNREAD_DRAWINGS)
def test_drawings_that_are_not_read_state_nothing(text: str) -> None:
    assert verdicts(text)[0] != "holds"


def test_labels_are_the_names_where_they_are_all_variables() -> None:
    alarm = "graph TD\nA[B] --> C[A]\nB[E] --> C\nC --> D[J]\nC --> E[M]"
    claims = "$P(B,E)=P(B)P(E)$, $P(B,E|A)=P(B|A)P(E|A)$, $P(J,M|A)=P(J|A)P(M|A)$"
    found = [claim.verdict for claim in check(fenced("mermaid", alarm) + claims).claims]
    assert found == ["holds", "fails", "holds"]


EQUATIONS = r"$$A := U_A \\ B := f(A, U_B) \\ C := g(B, U_C)$$"


@pytest.mark.parametrize("text", [
    f"{EQUATIONS} where $U_A$ and $U_C$ are correlated.",
    f"{EQUATIONS} The noises are dependent.",
    f"{EQUATIONS} The noises are not all jointly independent.",
    f"{EQUATIONS} The noises aren't mutually independent.",
    f"{EQUATIONS} The noises have a joint law.",
    f"In the algorithm we set {EQUATIONS}",
    f"Define {EQUATIONS}",
])  # fmt: skip
def test_equations_that_are_no_model_with_noises_of_their_own(text: str) -> None:
    assert verdicts(text)[0] == "undecided"


@pytest.mark.parametrize(
    "noises",
    [
        "independent noises", "jointly independent noises", "noises that are mutually independent",
        "noises $U_A$, $U_B$ and $U_C$ that are jointly independent",
    ],
)  # fmt: skip
@pytest.mark.parametrize("equations", [EQUATIONS, EQUATIONS.replace(":=", "=")])
def test_equations_that_are_one(equations: str, noises: str) -> None:
    assert verdicts(f"The model is {equations} with {noises}.") == ["holds", "fails"]


CODE = fenced("python", "G = nx.DiGraph([('A', 'B'), ('B', 'C')])")


@pytest.mark.parametrize(
    "later",
    [
        "G.add_edge('A', 'C')", "grow(G)", "H = G", "G.update([('A', 'C')])", "globals()['G'] = H",
        "exec(code)", "G = load()", "%run more.py", "def G(): pass", "import G", "G +",
    ],
)  # fmt: skip
def test_code_below_that_may_change_a_graph_ends_it(later: str) -> None:
    assert verdicts(CODE + "Then:" + fenced("python", later))[0] == "undecided"


def test_code_below_that_looks_at_a_graph_does_not() -> None:
    assert verdicts(CODE + "Then:" + fenced("python", "nx.draw(G)")) == ["holds", "fails"]


R_CODE = fenced("r", "dag <- dagify(B ~ A, C ~ B)")


@pytest.mark.parametrize(
    "later",
    [
        "dag <- addEdge(dag, 'A', 'C')", "edges(dag) <- more", "dag <- other", "h <- dag",
        "assign('dag', other)", "if (more) dag <- other",
    ],
)  # fmt: skip
def test_r_code_below_that_may_change_a_graph_ends_it(later: str) -> None:
    assert verdicts(R_CODE + "Then:" + fenced("r", later))[0] == "undecided"


def test_r_code_below_that_looks_at_a_graph_does_not() -> None:
    looks = "ggdag(dag) + theme_dag()\nadjustmentSets(dag, 'A', 'C')\nx <- rnorm(10)"
    assert verdicts(R_CODE + "Then:" + fenced("r", looks)) == ["holds", "fails"]


CHAIN_FOLLOWS = "$P(Y \\mid X, Z) = P(Y \\mid X)$"


@pytest.mark.parametrize(
    "text",
    [
        "$$P(X,Y,Z)=P(Z)P(X\\mid Z)P(Y\\mid X)$$\n\nSadly, in our data this does not hold.",
        "```mermaid\ngraph LR\nZ --> X\nX --> Y\n```\n\nNot drawn: a common cause of $Z$ and $Y$.",
        r"Part of our DAG is $Z \to X \to Y$.",
        r"A simplified DAG is $Z \to X \to Y$. The full DAG is in the appendix.",
        r"Our DAG is $Z \to X \to Y$. This ignores a possible effect of $Z$ on $Y$.",
        r"Our DAG is $Z \to X \to Y$. Exclusion is violated here.",
        "Our DAG is $Z \\to X \\to Y$.\n\nBack to the general case: let $P$ be arbitrary.",
        "Under the null, $Z \\to X \\to Y$.\n\nUnder the alternative all is dependent.",
        r"Our DAG is $Z \to X \to Y$. Imagine that $Z \to Y$ were there, too.",
        r"$$Z := N_Z \\ X := f(Z, N_X) \\ Y := g(X, N_Y)$$ with $(N_Z, N_Y) \sim N(0, \Sigma)$.",
    ],
)
def test_what_is_partly_told_or_taken_back_is_no_ground(text: str) -> None:
    verdicts = [str(claim.verdict) for claim in check(f"{text}\n\n{CHAIN_FOLLOWS}").claims]
    assert verdicts[-1] == "undecided"


@pytest.mark.parametrize(
    "text",
    [
        r"Our DAG is $Z \to X \to Y$.",
        "$$P(X,Y,Z)=P(Z)P(X\\mid Z)P(Y\\mid X)$$",
        "```mermaid\ngraph LR\nZ --> X\nX --> Y\n```",
        r"$$Z := N_Z \\ X := f(Z, N_X) \\ Y := g(X, N_Y)$$",
    ],
)
def test_what_is_plainly_told_is_one(text: str) -> None:
    verdicts = [str(claim.verdict) for claim in check(f"{text}\n\n{CHAIN_FOLLOWS}").claims]
    assert verdicts[-1] == "holds"
