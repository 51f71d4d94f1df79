"""Each way to state a graph: what is read of a text, and what is not."""

from __future__ import annotations

import pytest

from symcausal.errors import Source
from symcausal.notes.reading.claims import read_claims
from symcausal.notes.reading.pieces import Extract
from symcausal.notes.stated.arrows import arrows_in, arrows_of
from symcausal.notes.stated.drawings import drawing
from symcausal.notes.stated.edges import Edges
from symcausal.notes.stated.equations import equations_of
from symcausal.notes.stated.factorisation import circle_of, stated_by
from symcausal.notes.stated.python_code import graphs_in_python
from symcausal.notes.stated.r_code import graphs_in_r
from symcausal.reading.reader import read


def shown(edges: Edges | None) -> str:
    """The edges in words, ``A>B`` for an arrow and ``A=B`` for a hidden common cause."""
    if edges is None:
        return ""
    told = [f"{a}>{b}" for a, b in edges.directed] + [f"{a}={b}" for a, b in edges.bidirected]
    return " ".join(told)


ARROWS = [
    (r"x \to z \leftarrow y", "x>z y>z"),
    (r"X \rightarrow Y \longrightarrow Z.", "X>Y Y>Z"),
    ("A -> B, A -> C; B --> D", "A>B A>C B>D"),
    ("A → B ← C", "A>B C>B"),
    (r"X \to Y, X \leftrightarrow Y", "X>Y X=Y"),
    (r"\text{Smoking} \to \mathrm{Tar} \to C_1", "Smoking>Tar Tar>C_1"),
    (r"X_{t} \to X_{t+1}", "X_{t}>X_{t+1}"),
    (r"A \to \{B, C\} \to D", "A>B A>C B>D C>D"),
    ("{A, B} -> C <-> D", "A>C B>C C=D"),
    (r"E = \{A \to B, B \to C\}", "A>B B>C"),
    (r"\{A \to B\}, \{B \to C\}", ""),
    (r"A \to \{B, C\}, D", ""),
    (r"A \to \{B; C\}", ""),
    (r"x \to 0", ""),
    (r"n \to \infty", ""),
    (r"f: X \to Y \to Z", ""),
    (r"f(x) \to y \to z", ""),
    (r"A \Rightarrow B \Rightarrow C", ""),
    (r"A \mapsto B \mapsto C", ""),
    (r"0 \to A \to B \to 0", ""),
    (r"A, B \to C \to D", ""),
    (r"A \to B \to", ""),
    (r"A \to B + C \to D", ""),
    (r"P(A) \to P(B) \to P(C)", ""),
    (r"X \xrightarrow{f} Y \xrightarrow{g} Z", ""),
]
IN_WORDS = [
    ("the graph X -> Y <- Z has a collider", ["X>Y Z>Y"]),
    ("X → Y → Z and A ← B → C", ["X>Y Y>Z", "B>A B>C"]),
    ("a single X -> Y is a mention", ["X>Y"]),
    ("x -> 0 -> y", []),
    ("the graph: X -> Y -> Z", ["X>Y Y>Z"]),
    ("f: X -> Y -> Z", []),
    ("a map f: X -> Y -> Z", []),
    ("map :: X -> Y -> Z", []),
    ("A -- B -- C", []),
    ("edges X -> Y, Y -> Z here", ["X>Y Y>Z"]),
]
DRAWINGS = [
    ("mermaid", "graph LR\n  A --> B\n  B ==> C", "A>B B>C"),
    ("mermaid", "flowchart TD; A[Rain] & B --> C((Wet)) --> D", "A>C B>C C>D"),
    ("mermaid", "%% comment\ngraph LR\nA -->|0.5| B\nstyle A fill:#f9f", "A>B"),
    ("mermaid", "graph LR\nA -- causes --> B", "A>B"),
    ("mermaid", "graph LR\nX --> Y\nX <-.-> Y", "X>Y X=Y"),
    ("mermaid", "graph LR\nsubgraph one\nA --> B\nend", "A>B"),
    ("mermaid", "graph LR\nA --- B", ""),
    ("mermaid", "graph LR\nA --> B\nB --- C", ""),
    ("mermaid", "graph LR\nA --o B", ""),
    ("mermaid", "graph LR\nA{ok?} -->|yes| B\nA -->|no| C", ""),
    ("mermaid", "sequenceDiagram\nA->>B: hello", ""),
    ("mermaid", "stateDiagram-v2\nA --> B", ""),
    ("dot", "digraph { Z -> X; Z -> Y; X -> Y }", "Z>X Z>Y X>Y"),
    ("dot", "digraph { X -> Y; X -> Y [dir=both] }", "X>Y X=Y"),
    ("dot", "digraph { X -> Y [dir=none] }", ""),
    ("dot", "graph { X -- Y }", ""),
    ("dot", "digraph { X -> Y -> X }", ""),
    ("dot", "digraph { X -> ", ""),
    ("dagitty", "dag { X -> M -> Y; X <-> Y }", "X>M M>Y X=Y"),
    ("dagitty", "pdag { X -- Y }", ""),
    ("gml", 'graph [directed 1 node [id 0 label "X"] node [id 1 label "Y"] '
     "edge [source 0 target 1]]", "X>Y"),
    ("tikzpicture", r"\node (a) {$A$}; \node (b) {$B$}; \draw[->] (a) -- (b);", "a>b"),
    ("tikzpicture", r"[->] \node (a) {A}; \node (b) {B}; \path (a) edge (b);", "a>b"),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \node (c) {C};"
     r"\path[->] (a) edge (b) (b) edge[bend left] (c);", "a>b b>c"),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \draw[<-] (a) -- (b);", "b>a"),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \draw[->] (a) -- (b);"
     r"\draw[<->,dashed] (a) to[bend left] (b);", "a>b a=b"),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \edge {a} {b};", "a>b"),
    ("tikzpicture", r"\node (1) {A}; \node (2) {B}; \draw[->] (1.east) -- (2);", "1>2"),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \draw[-{Latex[length=2mm, width=1mm]}] (a) -- (b);",
     "a>b"),
    ("tikzpicture", r"[>={Stealth[round]}] \node (a) {A}; \node (b) {B}; \draw[->] (a) -- (b);", "a>b"),
    ("tikzpicture", r"\node (a) at (0,0) {A}; \node (b) at (1.0,0) {B}; \draw[->] (0,0) -- (1, 0);",
     "a>b"),
    ("tikzpicture", r"\node at (0,0) {A}; \node at (1,0) {B}; \node at (5,5) {a title};"
     r"\path[->] (0,0) edge (1,0);", "0,0>1,0"),
    ("tikzpicture", r"[->] \path node (a) at (0,0) {A} node (b) at (1,0) {B}; \path (a) edge (b);",
     "a>b"),
    ("tikzpicture", r"\graph { A -> B -> C };", "A>B B>C"),
    ("tikzpicture", r"\graph { A -> B; A -> C; };", "A>B A>C"),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \draw[->] (a) -- (b); \draw (0,0) -- (5,0);", "a>b"),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \draw[->] (a) -- (b); \draw[->] (0,0) -- (5,0);", ""),
    ("tikzpicture", r"\node at (0,0) {A}; \node at (0,0) {B}; \node at (1,0) {C};"
     r"\draw[->] (0,0) -- (1,0);", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \draw[->] (a) -- (b); \draw[->] -- (b);", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \draw[->] (a) -- (b);"
     r"\draw[->] node (c) at (1,1) {C} -- (b);", ""),
    ("tikzpicture", r"\graph { A -> B -> C; A ->[bend left] C };", ""),
    ("tikzpicture", r"\graph { A -> {B, C} };", ""),
    ("tikz", r"\begin{tikzpicture} \node (a) {A}; \node (b) {B}; \draw[->] (a) -- (b); \end{tikzpicture}"
     r"\begin{tikzpicture} \node (b) {B}; \node (c) {C}; \draw[->] (b) -- (c); \end{tikzpicture}", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \draw (a) -- (b);", ""),
    ("tikzpicture", r"\node (a) {A}; \draw[->] (a) -- (nowhere);", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; % \draw[->] (a) -- (b);", ""),
    ("tikzpicture", r"\draw[->] (0,0) -- (1,1);", ""),
    ("tikzcd", r"X \ar[r] & Y \ar[r] & Z", "X>Y Y>Z"),
    ("tikzcd", r"& Z \arrow[dl] \arrow[dr] & \\ X \arrow[rr] & & Y", "Z>X Z>Y X>Y"),
    ("tikzcd", r"X \ar[r, dash] & Y", ""),
    ("tikzcd", r"X \ar[r]", ""),
    ("mermaid", "graph LR\nsubgraph one\nA\nend\nB --> C\none --> B", ""),
    ("mermaid", "graph LR\nA --> B --> C\nend A --> C", ""),
    ("mermaid", "graph LR\nsubgraph A[group]\nX\nend\nA --> B", ""),
    ("mermaid", "graph LR\nA --> B\nA --> C\nlinkStyle 1 stroke:none", ""),
    ("dot", "digraph { A -> B; A -> C [style=invis] }", ""),
    ("dot", "digraph { A -> B; A -> C [arrowhead=none] }", ""),
    ("dot", "digraph { A -> B [arrowhead=normal] }", "A>B"),
    ("tikzcd", r"X \ar[r] & Y \ar[r, <->] & Z", "X>Y Y=Z"),
    ("tikzcd", r"X \ar[r] & Y \ar[r, leftarrow] & Z", "X>Y Z>Y"),
    ("tikzcd", r"X \ar[r] & Y \ar[r, -] & Z", ""),
    ("tikzcd", r"X \ar[r] & Y \ar[r, bend left=30, dashed, leftrightarrow] & Z", "X>Y Y=Z"),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \node (c) {C}; \draw[->] (a) -- (b); "
     r"\draw[->] (a) .. controls (1,1) and (2,1) .. (c);", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \node (c) {C}; \draw[->] (a) -- (b); "
     r"\draw[->] (a) |- ++(0,1) -| (c);", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \node (c) {C}; \draw[->] (a) -- (b); "
     r"\draw[<->] (a.north) -- ++(0,1) -| (c.north);", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \node (c) {C}; \draw[->] (a) -- (b); "
     r"\factoredge {a} {f} {c};", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \node (c) {C}; \draw[->] (a) -- (b); "
     r"\graph { (a) -> (b) -> (c) };", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \node (c) {C}; \draw[->] (a) -- (b); "
     r"\foreach \x in {a} {\draw[->] (\x) -- (c);}", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \node (c) {C}; \draw[->] (a) -- (b); "
     r"\draw[->,opacity=0] (a) -- (c);", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \node (c) {C}; \draw[->] (a) -- (b); "
     r"\draw[->,draw=none] (a) -- (c);", ""),
    ("tikzpicture", r"\node (a) {A}; \node (b) {B}; \node (c) {C}; \draw[->] (a) -- (b); "
     r"\draw[->] (a) to (0,1) to (c);", ""),
]  # fmt: skip
PYTHON = [
    ("m = BayesianNetwork([('A', 'B'), ('B', 'C')])", ["A>B B>C"]),
    ("m = pgmpy.models.DiscreteBayesianNetwork(ebunch=[('A', 'B')])", ["A>B"]),
    ("edges = [('A', 'B')]\nG = nx.DiGraph(edges)\nG.add_edge('B', 'C')", ["A>B B>C"]),
    ("G = nx.DiGraph()\nG.add_edges_from([('A', 'B'), ('A', 'C')])", ["A>B A>C"]),
    ("bn = gum.fastBN('A->B<-C;B->D{yes|no}')", ["A>B C>B B>D"]),
    ("m = CausalModel(data=d, treatment='X', outcome='Y', graph='digraph {Z->X; Z->Y; X->Y}')",
     ["Z>X Z>Y X>Y"]),
    ("g = CausalGraphicalModel(nodes=['X', 'Y'], edges=[('X', 'Y')], latent_edges=[('X', 'Y')])",
     ["X>Y X=Y"]),
    ("g = NxMixedGraph.from_edges(directed=[(X, Y)], undirected=[(X, Y)])", ["X>Y X=Y"]),
    ("%matplotlib inline\n!pip install x\nm = DAG([('A', 'B')])", ["A>B"]),
    ("G = nx.DiGraph([('A', 'B')])\nnx.draw(G)\nprint(G.edges())\nG", ["A>B"]),
    ("edges = [('A', 'B')]\nedges.append(('B', 'C'))\nG = nx.DiGraph(edges)", []),
    ("edges = [('A', 'B')]\nedges += [('B', 'C')]\nG = nx.DiGraph(edges)", []),
    ("edges = [('A', 'B')]\nedges.insert(0, ('B', 'C'))\nG = nx.DiGraph(edges)", []),
    ("G = nx.DiGraph([('A', 'B')])\nH = G\nH.add_edge('B', 'C')", []),
    ("m = DAG([('A', 'B')])\nm2 = m.copy()\nm2.add_edge('B', 'C')", []),
    ("G = nx.DiGraph([('A', 'B')])\nG.update([('B', 'C')])", []),
    ("G = nx.DiGraph([('A', 'B')])\nG.add_weighted_edges_from([('B', 'C', 1)])", []),
    ("G = nx.DiGraph([('A', 'B')])\ngrow(G)", []),
    ("G = nx.DiGraph([('A', 'B')])\n[G.add_edge(*e) for e in more]", []),
    ("self.m = DAG([('A', 'B')])\nself.m.add_edge('B', 'C')", []),
    ("bn = gum.fastBN('A->B')\nbn.addArc('B', 'C')", []),
    ("G = nx.Graph([('A', 'B')])", []),
    ("roads = nx.DiGraph([('A', 'B')])  # roads", []),
    ("G = nx.DiGraph([('A', 'B', 3)])", []),
    ("G = nx.DiGraph(edges)", []),
    ("m = BayesianNetwork([(a, b)])", []),
    ("m = BayesianNetwork([('A', 'B')])\nif x:\n    m.add_edge('B', 'C')", []),
    ("m = BayesianNetwork([('A', 'B')])\nm.remove_edge('A', 'B')", []),
    ("def f():\n    return BayesianNetwork([('A', 'B')])", []),
    ("G = nx.DiGraph([('A', 'B')])\nglobals()['G'].add_edge('B', 'C')", []),
    ("G = nx.DiGraph([('A', 'B')])\nexec('G.add_edge(1, 2)')", []),
    ("%run helpers.py\nG = nx.DiGraph([('A', 'B')])", []),
    ("%%writefile model.py\nm = DAG([('A', 'B')])", []),
    ("%%time\nm = DAG([('A', 'B')])", ["A>B"]),
    (">>> m = DAG([('A', 'B')])\n>>> m.edges()\n[('A', 'B')]", ["A>B"]),
    ("simulate('dag{A -> B; B -> C}', extra=[('A', 'C')])", []),
    ("m = DAG([('A', 'B'), *more])", []),
    ("m = DAG([('A', 'B')], **more)", []),
    ("m = DAG([('A', 'B')], parts=[('B', 'C')])", []),
    ("m = DAG([('A', 'B')])\nm = load()", []),
    ("m = DAG([('A', 'B')])\nm = other", []),
    ("class DAG:\n    pass\nm = DAG([('A', 'B')])", []),
    ("def DiGraph(edges):\n    return G\nm = DiGraph([('A', 'B')])", []),
    ("DAG = other\nm = DAG([('A', 'B')])", []),
    ("from pgmpy.base import DAG as Graph\nm = Graph([('A', 'B')])", ["A>B"]),
    ("from mine import other as DAG\nm = DAG([('A', 'B')])", []),
    ("m = DAG([('A', 'B')]).grown()", []),
    ("m, n = DAG([('A', 'B')]), 1", []),
    ("show(DAG([('A', 'B')]))", ["A>B"]),
    ("m = DAG([('A', 'B')])\nn = DAG(edges)", []),
    ("m = CausalModel(graph='digraph {A -> B; x}'.replace('x', 'A -> C'))", []),
    ("m = CausalModel(graph='digraph {A -> B; %s}' % more)", []),
    ("m = CausalModel(df, 'A', 'B', 'digraph {A -> B}')", ["A>B"]),
    ("with context:\n    m = DAG([('A', 'B')])", []),
    ("print('A -> B')", []),
    ("not python (", []),
    ("__import__('os').system('false')", []),
    ("(" * 500, []),
]  # fmt: skip
R = [
    ("dag <- dagify(Y ~ X + Z, X ~ Z)", ["X>Y Z>Y Z>X"]),
    ("dagify(Y ~ X, X ~~ Y, exposure = 'X', coords = list(x = c(A = 1)))", ["X>Y Y=X"]),
    ('g <- dagitty("dag{ X -> Y; Z -> X }")', ["Z>X X>Y"]),
    ("graph.formula(x -+ y, z +- y, x -+ w, simplify = FALSE)", ["x>y y>z x>w"]),
    ("graph.formula(x -+ y, x +-+ y)", ["x>y x=y"]),
    ("graph_from_literal(A -+ B:C)", ["A>B A>C"]),
    ('model2network("[A][B|A][C|A:B]")', ["A>B A>C B>C"]),
    ('m <- model2network("[A][B|A]")\nm <- set.arc(m, "A", "C")', []),
    ("g <- graph_from_literal(A -+ B)\ng <- g + edge('A', 'C')", []),
    ("dag = ggdag::dagify(Y ~ X) %>% tidy_dagitty()\nggdag(dag) + theme_dag()", ["X>Y"]),
    ("dagitty('dag{ X -> Y }') -> g; plot(graphLayout(g))", ["X>Y"]),
    (
        "g <-\n  dagify(Y ~ X)\ncoordinates(g) <- list(x = c(X = 1))\nadjustmentSets(g, 'X')",
        ["X>Y"],
    ),
    ("plot(dagify(Y ~ X))\nfor (i in 1:3) print(i)", ["X>Y"]),
    ("if (FALSE) g <- dagify(Y ~ X)", []),
    ("if (FALSE)\n  g <- dagify(Y ~ X)", []),
    ("f <- function() dagify(Y ~ X)", []),
    ("for (i in 1:2) g <- dagify(Y ~ X)", []),
    ("FALSE && (g <- dagify(Y ~ X))", []),
    ("g <- switch(k, dagify(Y ~ X), h)", []),
    ("g <- dagify(Y ~ X) %>% grown()", []),
    ("g <- dagify(Y ~ X) %>% tidy_dagitty() %>% mutate(to = 'C')", []),
    ("dagify(Y ~ X) %>% tidy_dagitty() %>% ggplot(aes(x = x)) + geom_dag()", ["X>Y"]),
    ("g <- dagify(Y ~ X)\ng$data <- NULL", []),
    ("g <- dagify(Y ~ X)\nedges(g) <- more", []),
    ("g <- dagify(Y ~ X)\nassign('g', h)", []),
    ("g <- dagify(Y ~ X)\nplot(grown(g))", []),
    ("g <- dagify(Y ~ X)\nh <- g", []),
    ("g <- dagify(Y ~ X)\ng <- h", []),
    ("dagify <- other\ng <- dagify(Y ~ X)", []),
    ("g <- dagitty(paste('dag{ X -> Y }', more))", []),
    ("g <- dagify(Y ~ X)\nif (k) g <- h", []),
    ("# dagify(Y ~ X)", []),
    ("lm(Y ~ X + Z)", []),
    ("graph.formula(A - B)", []),
    ("dagify(Y ~ s(X))", []),
    ("dagify(Y ~ X", []),
]
EQUATIONS = [
    (r"X = U_X \\ Y = f(X, U_Y)", "X>Y"),
    (r"X = U \\ Y = f(X, U)", "X>Y X=Y"),
    (r"X = U_X \\ Y = X", ""),
    (r"X = Z \\ Y = f(X, U_Y)", ""),
    (r"\begin{cases} X := U_X \\ Y := f(X, U_Y) \end{cases}", "X>Y"),
    (r"Z &:= N_Z \\ X &:= 2 Z + N_X \\ Y &:= Z - 3 X + N_Y", "Z>X Z>Y X>Y"),
    (r"X := U \\ Y := f(X, U)", "X>Y X=Y"),
    (r"X = f_X(U_X) \\ Y = f_Y(X, U_Y)", "X>Y"),
    (r"X := \varepsilon_1 \\ Y := \beta X + \varepsilon_2", "X>Y"),
    (r"A := w \\ B := A + N_B \\ C := B + w", "A>B B>C A=C"),
    (r"A := \lambda \\ B := A + N_B \\ C := B + \lambda", "A>B B>C A=C"),
    (
        r"A := \mathrm{Ber}(0.5) \\ B := A \oplus \mathrm{Ber}(0.1) \\ C := B \oplus \mathrm{Ber}(0.1)",
        "A>B B>C",
    ),
    (r"A := \mathcal{N}(0,1) \\ B := A + \mathcal{N}(0,1) \\ C := B + \mathcal{N}(0,1)", "A>B B>C"),
    (r"A := U_A \\ B := \beta A + U_B \\ C := \beta B + U_C", "A>B B>C"),
    (r"A := U_A \\ B := K A + U_B \\ C := K B + U_C", ""),
    (r"X := U_X \\ Z := U_Z \\ Y := X Z + U_Y", "X>Y Z>Y"),
    (r"A := \varepsilon_A,\quad B := 2A + \varepsilon_B,\quad C := -B + \varepsilon_C", "A>B B>C"),
    (r"A = f_A(U_A),\ B = f_B(A, U_B), C = f_C(B, U_C)", "A>B B>C"),
    (r"A := U_A \qquad B := f(A, U_B)", "A>B"),
    (r"A := f(B, C), D := g(A)", "B>A C>A A>D"),
    (r"A := U_A, \quad B := f(A, \cdot)", ""),
    (r"X = 3 \\ Y = X + 2", ""),
    (r"X := U_X", ""),
    (r"Y := f(X, U_Y) \\ Y := g(X)", ""),
    (r"X := P(A) \\ Y := P(B \mid X)", ""),
    # a word between operands is an operator, unless it is a variable, too
    (
        r"A := U_A \\ B := U_B \\ C := A \mathrm{ xor } B \\ D := A \mathrm{ xor } C",
        "A>C B>C A>D C>D",
    ),
    (r"A := U_A \\ B := U_B \\ C := (A \text{ and } B) \text{ or } U_C", "A>C B>C"),
    (r"A := U_A \\ C := U_C \\ B := \mathrm{max}(A, C)", "A>B C>B"),
    (r"\mathrm{age} := U_A \\ A := \mathrm{age} + U \\ B := A \mathrm{age} U_B", ""),
    (r"A := U_A \\ B := A \text{BMI} U_B", ""),
    (r"A := U_A \\ B := \mathrm{not} A", ""),
]
FACTORISED = [
    ("P(A,B,C) = P(A) P(B | A) P(C | B)", "A>B B>C"),
    ("P(C | B) P(B | A) P(A) = P(A,B,C)", "A>B B>C"),
    ("P(a,b,c) = P(b) P(a | b) P(c | b)", "B>A B>C"),
    ("P(A,B,C) = P(A) P(B | A) P(C | A,B) = P(A) P(B | A) P(C | B)", "A>B B>C"),
    (r"P(A,C) = \sum_B P(A) P(B | A) P(C | B)", ""),  # other joint distributions have it, too
    (r"P(A,B,C) = P(A) P(B \vert A) P(C \vert B)", "A>B B>C"),
    ("P(W) = P(A,B,C) = P(A) P(B | A) P(C | B)", "A>B B>C"),
    ("P(i) = P(i_1) P(i_2 | i_1) P(i_3 | i_2)", "I_1>I_2 I_2>I_3"),
    ("P(W) = P(A) P(B | A) P(C | B)", ""),
    ("P(X) = P(X_1) P(X_2 | X_1) P(Y_3 | X_2)", ""),
    ("P(X_1) = P(X_1) P(X_2 | X_1) P(X_3 | X_2)", ""),
    ("P(A,B,C) = P(A) P(B) P(C | A,B)", "A>C B>C"),
    ("P(A,B,C,D) = P(A) P(B | A) P(C | A) P(E | B,C)", "A>B A>C B>E C>E"),
    ("P(A,B,C) = P(A) P(B | A) P(C | A,B)", ""),  # the chain rule
    ("P(A,B) = P(A) P(B)", ""),  # an independence
    ("P(A,B) = P(A) P(B | A)", ""),
    ("P(A,B,C) = P(A | B) P(B | A) P(C)", ""),  # a circle
    ("P(A,B,C) = P(A) P(B | A) P(C | B) P(C | A)", ""),  # a head twice
    ("P(A,B,C) = P(A,B) P(C | B)", ""),
    ("P(A,B | C) = P(A | C) P(B | C)", ""),
    (r"\sum_B P(A) P(B | A) P(C | B)", ""),
    ("P(A,B,C) < P(A) P(B | A) P(C | B)", ""),
    (r"P(A,B,C) \propto P(A) P(B | A) P(C | B)", ""),
    ("P(A,B,C) = 2 P(A) P(B | A) P(C | B)", ""),
    ("P(A=1,B=1,C=1) = P(A=1) P(B=1 | A=1) P(C=1 | B=1)", "A>B B>C"),
    (
        r"P(j,m,a,\neg b,\neg e) = P(j|a) P(m|a) P(a|\neg b,\neg e) P(\neg b) P(\neg e)",
        "A>J A>M B>A E>A",
    ),
    ("P(+a,-b,+c) = P(+a) P(-b|+a) P(+c|-b)", "A>B B>C"),
    ("P(A=1,B=0,C=1) = P(A=1) P(B=0 | A=0) P(C=1 | B=0)", ""),
    ("P(A=1,B=0,C=1) = P(A=1) P(B=0 | A=1) P(C=1 | B)", ""),
    ("P(A,B,C | do(A)) = P(A) P(B | A) P(C | B)", ""),
    ("P(A,B,C,D) = P(A) P(B | A) P(C | B)", ""),
    ("Q(A,B,C) = Q(A) Q(B | A) Q(C | B)", ""),
]


@pytest.mark.parametrize(("text", "expected"), ARROWS)
def test_arrows(text: str, expected: str) -> None:
    assert shown(arrows_of(text)) == expected


@pytest.mark.parametrize(("text", "expected"), IN_WORDS)
def test_arrows_among_words(text: str, expected: list[str]) -> None:
    found = [*arrows_in(text)]
    assert [shown(edges) for edges in found] == expected
    for edges in found:
        assert shown(arrows_of(text[edges.start : edges.end])) == shown(edges)


@pytest.mark.parametrize(("language", "text", "expected"), DRAWINGS)
def test_drawings(language: str, text: str, expected: str) -> None:
    assert shown(drawing(text, language)) == expected


@pytest.mark.parametrize(("code", "expected"), PYTHON)
def test_python(code: str, expected: list[str]) -> None:
    assert [shown(edges) for edges in graphs_in_python(code)] == expected


@pytest.mark.parametrize(("code", "expected"), R)
def test_r(code: str, expected: list[str]) -> None:
    assert [shown(edges) for edges in graphs_in_r(code)] == expected


@pytest.mark.parametrize(("text", "expected"), EQUATIONS)
def test_structural_equations(text: str, expected: str) -> None:
    assert shown(equations_of(text)) == expected


@pytest.mark.parametrize(("text", "expected"), FACTORISED)
def test_factorisations(text: str, expected: str) -> None:
    whole = Source(text, "text")
    (statement,) = read_claims([Extract(text, range(len(text)), whole)])
    told = stated_by(statement)
    graph = None if told is None else told[1].graph
    arrows = [] if graph is None else [f"{a}>{b}" for a, b in graph.directed]
    assert sorted(arrows) == sorted(expected.split())


def test_names_on_one_side_only() -> None:
    text = "P(I,C,S,G,L) = P(L | G) P(S | I) P(G | I,D) P(I) P(D)"
    (statement,) = read_claims([Extract(text, range(len(text)), Source(text, "text"))])
    told = stated_by(statement)
    assert told is not None
    assert (told[1].left_only, told[1].right_only) == ("C", "D")


def test_a_circle_is_named() -> None:
    assert circle_of(read("P(A | R, L) P(L | R, A)")) == ("A", "L")
    assert circle_of(read("P(A | R) P(R | L)")) == ()
