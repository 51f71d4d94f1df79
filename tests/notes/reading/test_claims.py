r"""Formulas as people write them in notes, and what they claim.

A row of the table is a text and its statements. A statement is written as a chain of formulas in
plain notation; ``?`` is a side that cannot be read, ``:=`` a relation that only introduces a name,
``∝`` one up to a constant. ``if``, ``given`` and ``since`` end it with what it supposes.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import Source, Span, SymcausalError
from symcausal.network.network import Variable
from symcausal.notes.reading.claims import Extract, Statement, read_claims
from symcausal.notes.reading.guessing import denied, guess_vocabulary
from symcausal.notes.reading.measures import PROBABLE
from symcausal.reading.reader import read, read_independence
from symcausal.reading.vocabulary import Vocabulary
from symcausal.record import replace
from tests.support.pace import soon

STUDENT = Vocabulary(
    {
        v.name: v
        for v in (
            Variable("I", ("low", "high")),
            Variable("D", ("easy", "hard"), aliases=("C", "Course")),
            Variable("S", ("low", "high")),
            Variable("G", ("A", "B", "C")),
            Variable("L", ("weak", "strong")),
        )
    }
)


def claims(*texts: str, names=None, **options) -> list[Statement]:
    return read_claims([Span(Source(t), 0, len(t)) for t in texts], names, **options)


def as_told(statement: Statement, names=None) -> list[object]:
    """A statement as the table has it."""
    if statement.kind == "independence":
        found = statement.independence
        told: list[object] = ["?" if found is None else (found.left, found.right, found.given)]
    else:
        told = [
            "?" if part.problem is not None or part.expr is None else part.expr
            for part in statement.parts
        ]
        if statement.problem is not None:
            told = ["?"]
    for i, sign in enumerate(statement.relations[: len(told) - 1]):
        told.insert(2 * i + 1, ":=" if sign.definition else "∝" if sign.proportional else sign.sign)
    for cause in statement.hypotheses:
        told.append(("since" if cause.asserted else "if", cause.kind))
        if cause.kind == "independence":
            found = cause.independence
            told[-1] = (*told[-1], found.left, found.right, found.given)
        if cause.kind == "positive":
            told[-1] = (*told[-1], cause.part.expr)
    return told


SIGNS = re.compile(r" (=|:=|∝|≈|≠|≤|≥|<|>|if|since) ")


def expected(line: str, names=None) -> list[object]:
    """A line of the table as :func:`as_told` makes it."""
    pieces = SIGNS.split(f"{line} ")
    told: list[object] = []
    word = ""
    for i, piece in enumerate(pieces):
        text = piece.strip()
        if i % 2:
            word = text if text in ("if", "since") else ""
            if not word:
                told.append(text)
        elif "_||_" in text:
            sides = read_independence(text, names)
            told.append((word, "independence", *sides) if word else sides)
        elif word and text.endswith(">0"):
            told.append((word, "positive", read(text[:-2], names)))
        elif word:
            told.append((word, text))
        else:
            told.append("?" if text == "?" else read(text, names))
    return told


TABLE = [
    # -- signs, letters, bars and brackets
    (r"P(L) = \sum_G P(L \mid G) P(G)", "P(L) = sum_{G} P(L|G) P(G)"),
    (r"p(y) = \sum_x p(y|x)\,p(x).", "P(Y) = sum_{X} P(Y|X) P(X)"),
    (r"\Pr(A\vert B) = \Pr(A)", "P(A|B) = P(A)"),
    (
        r"\mathbb{P}[Y] = \sum_{x} \mathbb{P}[Y \;|\; x]\; \mathbb{P}[x]",
        "P(Y) = sum_{X} P(Y|X) P(X)",
    ),
    (r"P(A ∣ B) ≠ P(A)", "P(A|B) ≠ P(A)"),
    (r"P(a~|~b) \neq P(b~|~a)", "P(A|B) ≠ P(B|A)"),
    (r"\mathrm{P}(A) = \operatorname{P}(B)", "P(A) = P(B)"),
    (
        r"P\left(A \middle| B\right) = \frac{P\left(A, B\right)}{P\left(B\right)}",
        "P(A|B) = P(A,B)/P(B)",
    ),
    (r"P\big(A \,\big|\, B\big) = P(A)", "P(A|B) = P(A)"),
    (r"P(A) ⋅ P(B|A) = P(B) × P(A|B)", "P(A) P(B|A) = P(B) P(A|B)"),
    (r"P(A) . P(B|A) = P(A,B)", "P(A) P(B|A) = P(A,B)"),
    (r"P(A) * P(B|A) = P(A \cap B) = P(A \wedge B)", "P(A) P(B|A) = P(A,B) = P(A,B)"),
    (r"P(B) = Σ_a P(B|a) P(a)", "P(B) = sum_{A} P(B|A) P(A)"),
    (r"\sum\limits_ap(b|a)p(a)=p(b)", "sum_{A} P(B|A) P(A) = P(B)"),
    (r"P(Y=y|Z{=}z) = P(Y=y)", "P(Y=y|Z=z) = P(Y=y)"),
    (r"2(P(A) - P(B)) = 2P(A) - 2P(B)", "2 (P(A) - P(B)) = 2 P(A) - 2 P(B)"),
    (r"P(x) \le 1", "P(X) ≤ 1"),
    (r"0 \leq P(x)", "0 ≤ P(X)"),
    (r"P(a,b) \geqslant P(a) P(b)", "P(A,B) ≥ P(A) P(B)"),
    # -- events in words, and the outcome of a test
    (r"P(A \text{ and } B) = P(A) P(B|A)", "P(A,B) = P(A) P(B|A)"),
    (r"P(\text{Rain and Wind}) = P(\text{Rain}, \text{Wind})", "P(Rain,Wind) = P(Rain,Wind)"),
    (r"P(\text{no rain}) = 1 - P(\text{rain})", "P(¬rain) = 1 - P(rain=1)"),
    (r"P(\text{Not A}) + P(A) = 1", "P(¬A) + P(A=1) = 1"),
    (
        r"P(+ \mid D) + P(- \mid D) = 1",
        "P(positive=1|D) + P(¬positive|D) = 1",
    ),
    # -- do
    (r"P(y \mid do(x)) = \sum_z P(y|x,z)P(z)", "P(Y|do(X)) = sum_{Z} P(Y|X,Z) P(Z)"),
    (r"P(Y|\operatorname{do}(X=x)) \neq P(Y|X=x)", "P(Y|do(X=x)) ≠ P(Y|X=x)"),
    (r"P(Y \mid \mathrm{do(}X=x\mathrm{)}) = P(Y)", "P(Y|do(X=x)) = P(Y)"),
    (r"P(y|d o(x)) = P(y|x)", "P(Y|do(X)) = P(Y|X)"),
    (r"P(y|\hat{x}) = P(y|x)", "P(Y|do(X)) = P(Y|X)"),
    (r"P_x(y) = \sum_z P(y|x,z) P(z)", "P(Y|do(X)) = sum_{Z} P(Y|X,Z) P(Z)"),
    (r"P_{X=x}(y) = P(y \mid \do(X=x))", "P(Y|do(X=x)) = P(Y|do(X=x))"),
    (r"P(y \mid X := 1) = P(y \mid X = 1)", "P(Y|do(X=1)) = P(Y|X=1)"),
    (r"p_{A \mid B}(a \mid b) = p_A(a)", "P(A|B) = P(A)"),
    # -- primes, shadowing, mixed cases
    (
        r"P(y|do(x)) = \sum_z P(z|x) \sum_{x'} P(y|x',z)P(x')",
        "P(Y|do(X)) = sum_{Z} P(Z|X) sum_{X'} P(Y|X',Z) P(X')",
    ),
    (
        r"P(y|do(x)) = \sum_m P(m|x) \sum_{x^{\prime}} P(y|x^{\prime},m)P(x^{\prime})",
        "P(Y|do(X)) = sum_{M} P(M|X) sum_{X'} P(Y|X',M) P(X')",
    ),
    (
        r"P(x,y) = P(x) \sum_x P(x) P(y|x)",
        "P(X,Y) = P(X) sum_{X} P(X) P(Y|X)",
    ),
    (r"P(Y|X) = \sum_m P(M | X) P(Y | m)", "P(Y|X) = sum_{M} P(M|X) P(Y|M)"),
    (r"\sum_{M} P(m | x) = 1", "sum_{M} P(M|X) = 1"),
    (r"\sum_{\{G, I\}} P(G,I,l) = P(l)", "sum_{G,I} P(G,I,L) = P(L)"),
    (r"P(l) = \sum_{g \in Val(G)} P(l, g)", "P(L) = sum_{G} P(L,G)"),
    # -- rows
    (r"P(a,b) &= P(a)P(b|a) \\ &= P(b)P(a|b)", "P(A,B) = P(A) P(B|A) = P(B) P(A|B)"),
    (r"P(a,b) =& P(a)P(b|a) \\ =& P(b)P(a|b) \\", "P(A,B) = P(A) P(B|A) = P(B) P(A|B)"),
    (r"P(a,b) &= P(a)P(b|a) &= \\ & P(b)P(a|b)", "P(A,B) = P(A) P(B|A) = P(B) P(A|B)"),
    (r"& P(a,b) \\ &= P(a)P(b|a) \\[4pt] =\;& P(b)P(a|b).", "P(A,B) = P(A) P(B|A) = P(B) P(A|B)"),
    (r"P(b) &= P(b|a)P(a) \\ &+ P(b|c)P(c)", "P(B) = P(B|A) P(A) + P(B|C) P(C)"),
    (r"P(a,b) &= P(a) \\ &\times P(b|a) \\ &= P(b)", "P(A,B) = P(A) P(B|A) = P(B)"),
    (r"P(a,b) &= P(a) \\ &\quad P(b|a)", "P(A,B) = P(A) P(B|A)"),
    (r"P(a) &= 0.2 \\ P(b) &= 0.3", "P(A) = 0.2", "P(B) = 0.3"),
    (r"P(a) &= P(b) \\ % &= P(c) \\" + "\n &= P(d)", "P(A) = P(B) = P(D)"),
    (r"\begin{aligned} P(a) &= P(b) \\ &= P(c) \end{aligned}", "P(A) = P(B) = P(C)"),
    (r"\begin{aligned}[b]&P(a)\end{aligned} = P(b)", "P(A) = P(B)"),
    (r"\begin{aligned} [t] P(a) &= P(b) \\ &= P(c) \end{aligned}", "P(A) = P(B) = P(C)"),
    (r"\begin{alignedat}[c]{2} P(a) &= P(b) \\ &= P(c) \end{alignedat}", "P(A) = P(B) = P(C)"),
    (
        r"P(a) = \Bigl(\begin{aligned}[t]& P(b) \\ &+ P(c) \end{aligned}\Bigr) [P(d)]",
        "P(A) = (P(B) + P(C)) P(D)",
    ),
    (r"\begin{aligned} P(a) &= [P(b)] \end{aligned} [P(c)]", "P(A) = P(B) P(C)"),
    (r"\begin{split} P(a) = \Big( P(b) \\ + P(c) \Big) \end{split}", "P(A) = P(B) + P(C)"),
    (r"P(a) & = & P(b) \\ & = & P(c)", "P(A) = P(B) = P(C)"),
    (r"P(a) &= P(b) & P(c) &= P(d)", "P(A) = P(B)", "P(C) = P(D)"),
    (r"P(a) &= P(b) \nonumber \\ &= P(c) \label{eq:a=b} \tag{2}", "P(A) = P(B) = P(C)"),
    (r"P(a) &= P(b) \\ \intertext{and so} &= P(c)", "P(A) = P(B) = P(C)"),
    (r"P(a) = {}& P(b) \\ {}={}& P(c)", "P(A) = P(B) = P(C)"),
    (r"P(a) &= P(b) \\ &\phantom{=} + P(c)", "P(A) = P(B) + P(C)"),
    (r"P(a) \\ = P(b)", "P(A) = P(B)"),
    (
        r"P(a,b) = P(a)P(b|a)," + "\n" + r"\qquad P(a|b) = P(a,b)/P(b)",
        "P(A,B) = P(A) P(B|A)",
        "P(A|B) = P(A,B)/P(B)",
    ),
    # -- words
    (
        r"P(a,b) &= P(a)P(b|a) && \text{(chain rule)} \\ &= P(b) && \text{by Bayes}",
        "P(A,B) = P(A) P(B|A) = P(B)",
    ),
    (
        r"P(y|x,z) = P(y|x) \qquad \text{if } (Y \perp Z \mid X)",
        "P(Y|X,Z) = P(Y|X) if Y _||_ Z | X",
    ),
    (
        r"P(y|x,z) = P(y|x) \quad\text{when } Y \perp\!\!\!\perp Z \mid X",
        "P(Y|X,Z) = P(Y|X) if Y _||_ Z | X",
    ),
    (r"P(y|x,z) = P(y|x) \quad (Y \perp Z \mid X)", "P(Y|X,Z) = P(Y|X) if Y _||_ Z | X"),
    (r"P(y|x) = P(y) \quad \text{since } Y \perp X", "P(Y|X) = P(Y) since Y _||_ X"),
    (r"P(y|x) = \frac{P(x,y)}{P(x)}, \quad P(x) > 0", "P(Y|X) = P(X,Y)/P(X) if P(X)>0"),
    (
        r"P(y|x) = \frac{P(x,y)}{P(x)} \text{ provided } P(x) \neq 0",
        "P(Y|X) = P(X,Y)/P(X) if P(X)>0",
    ),
    (r"\text{If } Y \perp X \text{ then } P(y|x) = P(y)", "P(Y|X) = P(Y) if Y _||_ X"),
    (
        r"P(y|x,z) = P(y) \text{ if } Y \perp X \mid Z \text{ and } Y \perp Z",
        "P(Y|X,Z) = P(Y) if Y _||_ X | Z if Y _||_ Z",
    ),
    (r"P(y|x) = P(y) \text{ if $Y \perp X$ and $P(x) > 0$}", "P(Y|X) = P(Y) if Y _||_ X if P(X)>0"),
    (r"P(y|x) = P(y), \; X \perp Y, Z \mid W", "P(Y|X) = P(Y) if X _||_ Y,Z | W"),
    (r"P(a|b) = P(a) \text{ for all } a", "P(A|B) = P(A)"),
    (r"P(a) = P(b) \text{ and } P(c) = P(d)", "P(A) = P(B)", "P(C) = P(D)"),
    (r"\text{Therefore, } P(a) = P(b)", "P(A) = P(B)"),
    (r"P(a) = P(b) \\ \text{by the chain rule} \\ = P(c)", "P(A) = P(B) = P(C)"),
    (r"P(a) \overset{(a)}{=} P(b) \stackrel{\text{Bayes}}{=} P(c)", "P(A) = P(B) = P(C)"),
    (r"P(a) \underset{(1)}{=} P(b)", "P(A) = P(B)"),
    (
        r"P(a|b) = \frac{\overbrace{P(b|a)}^{\text{likelihood}} "
        r"\underbrace{P(a)}_{\text{prior } P(a)}}{P(b)}",
        "P(A|B) = (P(B|A) P(A))/P(B)",
    ),
    (r"P(a) \underbrace{= P(b)}_{\text{why?}}", "P(A) = P(B)"),
    (r"\boxed{P(a) = P(b)}", "P(A) = P(B)"),
    (r"\textcolor{red}{P(a)} = \color{blue} P(b)", "P(A) = P(B)"),
    (r"P(\mathbf{a}) = \mathbf{P}(\mathbf{b})", "P(A) = P(B)"),
    (r"P(a \mid \text{nothing}) = P(a)", "P(A) = P(A)"),
    (r"P(a \mid {\color{red} \text{nothing!}}) = P(a)", "P(A) = P(A)"),
    (r"P(a|\emptyset) = P(a)", "P(A) = P(A)"),
    (
        r"P(a,b) = P(a)P(b) \text{ (since } \sum_d P(d) = 1 \text{)}",
        "P(A,B) = P(A) P(B)",
        "sum_{D} P(D) = 1",
    ),
    (r"P(L) = \sum_g P(L,g) \hspace{1cm} \hfill (3)", "P(L) = sum_{G} P(L,G)"),
    (
        r"P(a) &= \bigl( P(b) && \text{(Bayes)} \\ &\qquad {} \times P(c) \bigr) \\"
        r" &\qquad {} / \bigl( P(\text{rain}) \\ &\qquad + P(d) \bigr) && \text{(why)} \\ &= P(e)",
        "P(A) = (P(B) P(C)) / (P(rain) + P(D)) = P(E)",
    ),
    (r"\text{posterior} = \frac{P(a|b)P(b)}{P(a)}", "P(A|B)P(B)/P(A) := P(A|B)P(B)/P(A)"),
    # -- names
    (
        r"P(x_t) = \sum_{x_{t-1}} P(x_t|x_{t-1}) P(x_{t-1})",
        "P(x_t) = sum_{x_{t-1}} P(x_t|x_{t-1}) P(x_{t-1})",
    ),
    (r"P(e_{1:2}) = P(e_1,e_2)", "P(e_1,e_2) = P(e_1,e_2)"),
    (r"P(e_{1..2}) = P(e_1,e_{2..2})", "P(e_1,e_2) = P(e_1,e_2)"),
    (r"P(e_{1:t}) = P(e_1)", "? = P(E_1)"),
    (r"P(e_{1..t}) = P(e_1)", "? = P(E_1)"),
    (r"P(e_i) = P(e_{-i})", "P(e_i) = ?"),
    (r"P(e) = \texttt{P[e](f)}", "P(E) = ?"),
    (r"P(e) = \mathtt{P}(e)", "P(E) = P(E)"),
    (r"P(g^1) = 0.362", "P(G=1) = 0.362"),
    (r"P(\mathrm{two\ words}) = P(\text{rain})", 'P("two words") = P(rain)'),
    (r"P(b) = P(b|a)P(a) + P(b|\neg a)P(\neg a)", "P(B) = P(B|A=1) P(A=1) + P(B|A=0) P(A=0)"),
    (r"P(b) = P(b|a)P(a) + P(b|\bar{a})P(\bar a)", "P(B) = P(B|A=1) P(A=1) + P(B|A=0) P(A=0)"),
    (r"P(A^c) = 1 - P(A=1)", "P(A=0) = 1 - P(A=1)"),
    (r"P(\overline{A}) = 1 - P(A)", "P(A=0) = 1 - P(A=1)"),
    (
        r"P(D|T) = \frac{P(T|D)P(D)}{P(T|D)P(D) + P(T|D^c)P(D^c)}",
        "P(D=1|T) = P(T|D=1) P(D=1)/(P(T|D=1) P(D=1) + P(T|D=0) P(D=0))",
    ),
    (
        r"P(j \land a \land \lnot b) = P(j|a) P(a|\lnot b) P(\lnot b) = 0.628",
        "P(J=1,A=1,B=0) = P(J=1|A=1) P(A=1|B=0) P(B=0) = 0.628",
    ),
    (r"P(x,y) = P(x)P(y) \ \forall x, y", "P(X,Y) = P(X) P(Y)"),
    (r"P(x) \in [0,1]", "P(X)"),
    (r"P(A \cup B) = P(A) + P(B) - P(A \cap B)", "P(A) + P(B) - P(A,B) = P(A) + P(B) - P(A,B)"),
    (r"p(x,y) \neq p(x)p(y) \text{ unless } X \perp Y", "P(X,Y) ≠ P(X) P(Y)"),
    (r"P(Y=1|X=0) = P(Y=1)", "P(Y=1|X=0) = P(Y=1)"),
    # the length behind a row break is none with a probability in it
    (r"P(a) \\[-2pt] P(b)", "P(A)", "P(B)"),
    (r"P(a) \\[0.5\jot] P(b)", "P(A)", "P(B)"),
    (r"P(a) \\[P(b) \\[2pt]", "P(A)", "?"),
    # -- no claims
    (r"G = \{A, B\}",),
    (r"f(x) = x^2",),
    (r"x = 1",),
    (r"Val(G) = \{1,2\}",),
    (r"P(y|do(x))", "P(Y|do(X))"),
    (r"P(A), P(B|A)", "P(A)", "P(B|A)"),
    (r"i = 1, \ldots, n",),
    # -- definitions
    (r"\tau_1(g) := \sum_i P(g|i)P(i)", "sum_{I} P(G|I) P(I) := sum_{I} P(G|I) P(I)"),
    (r"\phi(a,b) = P(a|b)", "P(A|B) := P(A|B)"),
    (r"P(x,y) = f(x,y)", "P(X,Y) := P(X,Y)"),
    (
        r"\tau(g) = \sum_i P(g|i)P(i) \\ P(g) = \tau(g)",
        "sum_{I} P(G|I) P(I) := sum_{I} P(G|I) P(I)",
        "P(G) = sum_{I} P(G|I) P(I)",
    ),
    (r"\tau(x) = P(x) \\ \sum_{x'} \tau(x') = 1", "P(X) := P(X)", "sum_{X'} P(X') = 1"),
    (
        r"\tau(x) = P(x|y) \\ P(x,y) = \tau(x) P(y) = g(x) P(y)",
        "P(X|Y) := P(X|Y)",
        "P(X,Y) = P(X|Y) P(Y) = ?",
    ),
    (r"P(y) := \sum_x P(x,y)", "P(Y) := sum_{X} P(X,Y)"),
    (r"P(y) \triangleq \sum_x P(x,y)", "P(Y) := sum_{X} P(X,Y)"),
    (r"P(y) \overset{\text{def}}{=} \sum_x P(x,y)", "P(Y) := sum_{X} P(X,Y)"),
    (r"\sum_x P(x,y) =: m(y)", "sum_{X} P(X,Y) := sum_{X} P(X,Y)"),
    (
        r"\mathrm{ATE} = P(y|do(X=1)) - P(y|do(X=0))",
        "P(Y|do(X=1)) - P(Y|do(X=0)) := P(Y|do(X=1)) - P(Y|do(X=0))",
    ),
    # -- proportional
    (r"P(x|e) \propto P(e|x)P(x)", "P(X|E) ∝ P(E|X) P(X)"),
    (r"P(x|e) = \alpha P(e|x)P(x)", "P(X|E) ∝ P(E|X) P(X)"),
    (r"P(x|e) = \alpha \, \sum_y P(x,y,e)", "P(X|E) ∝ sum_{Y} P(X,Y,E)"),
    (r"P(x|e) = \frac{1}{Z} P(e|x)P(x)", "P(X|E) ∝ P(E|X) P(X)"),
    (r"P(x|e) = \frac{P(e|x)P(x)}{Z}", "P(X|E) ∝ P(E|X) P(X)"),
    (r"P(x|e) = 1/Z \cdot P(e|x) P(x)", "P(X|E) ∝ P(E|X) P(X)"),
    (r"P(x|e) = Z^{-1} P(e|x) P(x)", "P(X|E) ∝ P(E|X) P(X)"),
    (
        r"P(x|e) = \alpha P(x,e), \quad \text{where } \alpha = 1/P(e)",
        "P(X|E) = (1/P(E)) P(X,E)",
        "1/P(E) := 1/P(E)",
    ),
    (r"P(x|e) = \alpha P(x,e) + P(x)", "P(X|E) = ?"),
    (r"P(x) = \alpha", "P(X) = ?"),
    (r"P(g|i) = \theta_{g|i}", "P(G|I) := P(G|I)"),
    (r"P(x|e) = \alpha \langle 0.1, 0.2 \rangle", "P(X|E) ∝ ?"),
    (r"O(H|E) = \frac{P(H|E)}{P(\neg H|E)}", "? := P(H=1|E)/P(H=0|E)"),
    # -- numbers
    (r"P(A=1) = 0.3 \cdot 0.8 + 0.7 \cdot 0.05 = 0.275", "P(A=1) = 0.3*0.8+0.7*0.05 = 0.275"),
    (r"P(A=1) \approx 27.5\%", "P(A=1) ≈ 0.275"),
    (r"P(A=1) = 27.5 %", "P(A=1) = 0.275"),
    (r"P(A=1) = \frac{1}{3} = 0.333\ldots", "P(A=1) = 1/3 = 1/3"),
    (r"P(A=1) = 0.2, P(B=1) = 0.3", "P(A=1) = 0.2", "P(B=1) = 0.3"),
    (r"P(x) > 0", "P(X) > 0"),
    # -- outside
    (r"\log P(x,y) = \log P(x) + \log P(y|x)", "? = ?"),
    (r"P(x_1,\dots,x_n) = \prod_{i=1}^n P(x_i | pa_i)", "? = ?"),
    (r"P(x_1, ..., x_n) = P(x_1)", "? = P(X_1)"),
    (r"p(x) = \int p(x,y) \, dy", r"P(X) = sum_{Y} P(X, Y)"),
    (r"p(x) = \mathcal{N}(0, 1)", "P(X) = ?"),
    (r"P^*(y) = P(y)", "? = P(Y)"),
    (r"P_\theta(x) = P(x)", "? = P(X)"),
    (r"P(x;\theta) = P(x)", "? = P(X)"),
    (r"\hat{x} = \arg\max_x P(x)", "? = ?"),
    (r"P(a|b|c) = P(a)", "? = P(A)"),
    (r"P(x) = \begin{cases} P(a) & x \\ P(b) & y \end{cases}", "P(X) = ?"),
    (r"\mathrm{Corr}(x, x) = P(x)", "? = P(X)"),
    # -- independences
    (r"L \perp I \mid G", "L _||_ I | G"),
    (r"(L \perp\!\!\!\perp I, D \mid G)", "L _||_ I,D | G"),
    (r"L \perp\!\!\!\perp I \mid G, D", "L _||_ I | G,D"),
    (r"L, S \perp \! \! \! \perp I", "L,S _||_ I"),
    (r"L \perp\!\!\!\perp I, L \perp\!\!\!\perp D", "L _||_ I", "L _||_ D"),
    (r"X \perp Y \mid \emptyset", "X _||_ Y"),
    (r"\{A, B\} \perp C \mid \{D, E\}.", "A,B _||_ C | D,E"),
    (r"A ⟂ B | C", "A _||_ B | C"),
    (r"X \perp Y \iff P(x,y) = P(x)P(y)", "X _||_ Y", "P(X,Y) = P(X) P(Y) if Y _||_ X"),
    (
        r"P(a,b) = P(a) P(b) \quad \Longleftrightarrow \quad a \perp b",
        "P(A,B) = P(A) P(B) if A _||_ B",
    ),
    (r"P(a|b) = P(a) \implies P(b|a) = P(b)", "P(A|B) = P(A)", "P(B|A) = P(B) if statement"),
    # -- reasons in the last column; the next row goes on with the formula
    (
        r"P(A) &= \sum_D P(A) P(D) && \text{(}\textstyle \sum_D P(D) = 1\text{)} \\ &= P(A)",
        "P(A) = sum_{D} P(A) P(D) = P(A)",
        "sum_{D} P(D) = 1",
    ),
    (r"P(A) &= P(B) && P(C) = P(D) \\ &= P(E)", "P(A) = P(B) = P(E)", "P(C) = P(D)"),
    # -- expectations
    (r"\mathbb{E}[Y] = \sum_y y\,P(y)", "E[Y] = sum_{Y} Y P(Y)"),
    (r"E[Y \mid do(X=1)] = \sum_z E[Y|X=1,z]P(z)", "E[Y|do(X=1)] = sum_{Z} E[Y|X=1,Z] P(Z)"),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0][:60])
def test_reads(row):
    text, *lines = row
    found = claims(text)
    wanted = [expected(line) for line in lines]
    if "iff" in text:
        wanted[1][-1] = ("if", "independence", ("X",), ("Y",), ())
    assert [as_told(s) for s in found] == wanted


MODELLED = [
    (
        r"P[L \mid \mathrm{do(}G=\mathrm{A})] = \sum_{S} P[L | G=A, S] P[S]",
        "P(L|do(G=A)) = sum_{S} P(L|G=A,S) P(S)",
    ),
    (r"P(l) = \sum_{g,i,d} P(l|g)P(g|i,d)P(i)P(d)", "P(L) = sum_{G,I,D} P(L|G) P(G|I,D) P(I) P(D)"),
    (r"P(I,C,S) = P(S|I) P(I) P(D)", "P(I,D,S) = P(S|I) P(I) P(D)"),
    (r"\sum_gP(g|i,d)=1", "sum_{G} P(G|I,D) = 1"),
    (r"P(g^A) = 0.362", "P(G=A) = 0.362"),
    (r"P(G=A) \approx 36.2\%", "P(G=A) ≈ 0.362"),
    (r"P(L | G=A) = P(L | Grade)", "P(L|G=A) = ?"),
    (r"P(L|G=D) = P(L)", "? = P(L)"),
    (
        r"\tau_1(g) = \sum_{i,d} P(g|i,d)P(i)P(d) \\ P(G=A) = \tau_1(A)",
        "sum_{I,D} P(G|I,D)P(I)P(D) := sum_{I,D} P(G|I,D)P(I)P(D)",
        "P(G=A) = sum_{I,D} P(G=A|I,D)P(I)P(D)",
    ),
    (
        r"ATE = P(L=strong|do(G=A)) - P(L=strong|do(G=B))",
        "P(L=strong|do(G=A)) - P(L=strong|do(G=B)) := P(L=strong|do(G=A)) - P(L=strong|do(G=B))",
    ),
    (r"L \perp I, S \mid g", "L _||_ I,S | G"),
    (
        r"P(I=high|L=strong) = \frac{1}{Z} P(I=high, L=strong)",
        "P(I=high|L=strong) ∝ P(I=high,L=strong)",
    ),
    (r"P(l|g,i) = P(l|g) \text{ because } L \perp I | G", "P(L|G,I) = P(L|G) since L _||_ I | G"),
    (r"P(i|l) = \kappa P(l|i) P(i)", "P(I|L) ∝ P(L|I) P(I)"),
]


@pytest.mark.parametrize("row", MODELLED, ids=lambda row: row[0][:60])
def test_reads_with_a_model(row):
    text, *lines = row
    found = claims(text, names=STUDENT)
    assert [as_told(s) for s in found] == [expected(line, STUDENT) for line in lines]


def test_the_spans_are_those_of_the_notes():
    text = r"Notes: $P(a) &= P(b) \\ &= P(c)$ here."
    source = Source(text, "notes.md")
    (found,) = read_claims([Span(source, text.index("$") + 1, text.rindex("$"))])
    assert [p.span.source.text[p.span.start : p.span.end] for p in found.parts] == [
        "P(a)", "P(b)", "P(c)",
    ]  # fmt: skip
    assert [text[s.span.start : s.span.end] for s in found.relations] == ["=", "="]
    assert found.span.where == "notes.md:1:9"


def test_a_derivation_goes_on_over_several_formulas():
    text = "$P(a)$ = $P(b)$, so $= P(c)$ and $P(d) = P(e)$"
    source = Source(text)
    parts = [("P(a)", 0), ("= ", 0), ("P(b)", 0), ("= P(c)", 0), ("P(d) = P(e)", 0)]
    spans = [Span(source, text.index(p), text.index(p) + len(p)) for p, _ in parts]
    first, second = read_claims(spans)
    assert as_told(first) == expected("P(A) = P(B) = P(C)")
    assert as_told(second) == expected("P(D) = P(E)")
    assert first.parts[2].span.start == text.index("P(c)")


def test_written_out_macros_keep_the_places_of_the_notes():
    original = Source(r"\cond{a}{b} = P(a|b|c)")
    text = "P(a | b) = P(a|b|c)"
    positions = [0] * 8 + list(range(11, len(original.text)))
    (found,) = read_claims([Extract(text, positions, original)])
    assert found.parts[0].span.start == 0
    problem = found.parts[1].problem
    assert problem.span.source is original
    assert original.text[problem.span.start] == "|"
    assert problem.span.start == original.text.rindex("|")


def test_a_fault_costs_its_own_side_only():
    (found,) = claims(r"P(a) &= P(b|c|d) \\ &= P(e) \\ &= \foo(P(a)")
    assert as_told(found) == expected("P(A) = ? = P(E) = ?")
    assert "second" in found.parts[1].problem.message
    assert [s.parts[0].expr for s in claims(r"P(a) = P(b \\ P(c) = P(d)")[1:]] == [read("P(C)")]


ALTERNATIVES = [
    (r"P(y) = \sum_z P(y|z)P(z) + P(w)", "sum_{Z} (P(Y|Z) P(Z) + P(W))"),
    (r"P(x,y) = \sum_x P(x) P(y|x)", "(sum_{X} P(X)) P(Y|X)"),
    (r"P(y) = \sum_z P(y|z)P(z) - P(y|z)", "sum_{Z} (P(Y|Z) P(Z) - P(Y|Z))"),
]


@pytest.mark.parametrize(("text", "other"), ALTERNATIVES)
def test_tells_the_other_reading(text, other):
    (found,) = claims(text)
    assert found.parts[1].alternatives[0] == read(other)


@pytest.mark.parametrize(
    "text",
    [
        r"P(y) = \sum_x P(x) P(y|x)",
        r"P(y) = \sum_z P(y|z) P(z)",
        r"P(y) = P(w) + \sum_z P(z)",
        r"P(y) = \sum_z P(z) + \sum_w P(w)",
        r"P(y) = \sum_z \left[P(z)\right] + P(w)",
        r"P(y) = \left(\sum_z P(z)\right) P(w) + P(v)",
        r"P(y) = \sum_z P(z) - 1",
    ],
)
def test_invents_no_other_reading(text):
    (found,) = claims(text)
    assert found.parts[1].alternatives == ()


def test_definitions_last_beyond_their_derivation():
    known = {}
    claims(r"\tau_1(g, d) := \sum_i P(g|i,d)P(i)", names=STUDENT, definitions=known)
    (found,) = claims(r"P(g|d) = \tau_1(g, d)", names=STUDENT, definitions=known)
    assert as_told(found) == expected("P(G|D) = sum_{I} P(G|I,D) P(I)", STUDENT)
    (found,) = claims(r"\tau_2(g) = \sum_d \tau_1(g,d) P(d)", names=STUDENT, definitions=known)
    assert found.definition
    (found,) = claims(r"P(G=A) = \tau_2(A)", names=STUDENT, definitions=known)
    assert found.parts[1].expr == read("sum_{D} (sum_{I} P(G=A|I,D) P(I)) P(D)", STUDENT)
    (found,) = claims(r"P(g) = \tau_1(g)", names=STUDENT, definitions=known)
    assert "arguments" in found.parts[1].problem.message
    (found,) = claims(r"P(l) = \tau_2(l)", names=STUDENT, definitions=known)
    assert "value of G" in found.parts[1].problem.message
    assert claims(r"\tau_1(g, d) = \tau_1(g, d)", names=STUDENT, definitions=known)


def test_a_constant_of_another_derivation_is_a_new_one():
    known = {}
    claims(r"\alpha = 1/P(e)", definitions=known)
    (found,) = claims(r"P(x|f) = \alpha P(x,f)", definitions=known)
    assert [part.constant for part in found.parts] == [False, True]
    assert found.relations[0].proportional


def test_a_constant_that_is_introduced_keeps_its_meaning_in_other_derivations():
    known = {}
    claims(r"D := \sum_X P(x,f)", definitions=known)
    (found,) = claims(r"P(x|f) = \frac{P(x,f)}{D}", definitions=known)
    assert not found.relations[0].proportional
    claims(r"N := P(x,f)", definitions=known)
    (found,) = claims(r"P(x|f) = \frac{N}{D}", definitions=known)
    assert [part.constant for part in found.parts] == [False, False]
    assert not found.relations[0].proportional
    ended = {name: replace(one, ended=True) for name, one in known.items()}
    (found,) = claims(r"P(x|f) = \frac{P(x,f)}{N}", definitions=ended)
    assert found.relations[0].proportional


def test_all_formulas_of_the_notes_tell_what_a_name_is():
    names = guess_vocabulary([r"P(rain|sprinkler)", r"\sum_m P(M) P(Rain)"])
    (found,) = claims(r"P(rain) = \sum_m P(rain, m)", names=names)
    assert found.parts[0].expr == read("P(Rain)")
    # words between formulas part them; a word within brackets is a name
    names = guess_vocabulary([r"\sum_{\text{rain}} P(\text{Wet}=0, \text{Rain}) \text{ where } 2"])
    assert all(names.is_event(name) for name in ("Wet", "Rain"))
    assert not names.is_event("where")
    texts = [r"P(b) = 0.3", r"P(\neg b) = 0.7"]
    names = guess_vocabulary(texts)
    (found,) = claims(texts[0], names=names, denied=denied(texts, names))
    assert found.parts[0].expr == read("P(B=1)")


def test_the_surgery_of_an_independence():
    (found,) = claims(r"(Y \perp Z \mid X, W)_{G_{\overline{X}\underline{Z}}}")
    assert found.independence.surgery.into == ("X",)
    assert found.independence.surgery.out_of == ("Z",)
    (found,) = claims(r"(Y \not\perp Z \mid X)_{\mathcal{G}}")
    assert not found.independence.holds
    assert found.independence.left == ("Y",)
    (found,) = claims(r"P(y|do(x),z) = P(y|do(x)) \text{ if } (Y \perp Z | X)_{G_{\bar X}}")
    assert found.hypotheses[0].independence.surgery.into == ("X",)


def test_200_formulas_are_read_in_no_time():
    texts = [row[0] for row in TABLE if "PP" not in row[0]]
    texts = (texts * 2)[:200]
    claims(texts[0])
    with soon(0.6):  # 0.1 on an idle machine
        for text in texts:
            claims(text)


HOSTILE = [
    r"\boxed{" * 10_000 + "P(x)",
    r"\underbrace{" * 5_000 + "P(x)" + "}_{a}" * 5_000,
    "P(x) = " * 10_000,
    r"P(x) &= P(y) \\ " * 4_000,
    "(" * 50_000 + "P(x) = 1",
    r"\text{if $P(x)$ " * 3_000,
    "P(x), " * 8_000,
    r"\text{if } X \perp Y " * 2_000 + "P(x)",
    r"f(" * 20_000 + "P(x) = 1",
    "%" * 50_000 + "\nP(x) = 1",
    r"P(x) \implies " * 3_000,
    r"\sum_x P(x) + " * 3_000 + "P(x) = 1",
    r"\sum_x P(x) " * 60 + "= P(x)",
    r"\overset{" * 9_000 + "P(x)",
    "{=}" * 9_000 + "P(x)",
    "(Y \\perp Z) " * 3_000 + "P(x) = 1",
    "(\\text{a} " * 3_000 + "P(x) = 1" + ")" * 3_000,
    r"\begin{cases}" * 3_000 + "P(x)",
    "P(x)" + " \\," * 20_000 + "= 1",
    "P(x) = 1" + " .,;~" * 15_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:14] + f" {len(text)}")
def test_hostile_text_ends_soon(text):
    with soon(5):  # 1.6 on an idle machine
        claims(text)


PIECES = [
    "P(", "p(y", "P(x)", "P(x|y)", "E[", ")", "]", "|", r"\mid ", "do(", r"\mathrm{", "}", "{", "x",
    "X", "=", "&=", "&", "&&", ",", r"\sum_x ", r"\sum_", r"\frac{", "^", "_", "'", "1", "0.5", "+",
    "-", "/", " ", r"\hat", r"\perp ", r"\\", r"\\[2pt]", ";", "\n", "%", r"\text{if }", r"\text{by $",
    "$", r"\text{and}", r"\text{where }", r"\quad", r"\qquad", r"\implies ", r"\iff ", r"\tag{1}",
    r"\underbrace{", r"\overset{a}{=}", r"\boxed{", r"\alpha ", r"\tau(x)", ":=", r"\begin{aligned}",
    r"\end{aligned}", r"\begin{cases}", r"\intertext{", r"\color{red}", r"\neg ", r"\ldots", r"\log",
    "(", "[", r"\{", r"\}", r"\left(", r"\right)", "<", ">", "0", r"\propto ",
]  # fmt: skip
FRAGMENTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@settings(max_examples=1500, deadline=None)
@given(texts=st.lists(st.one_of(FRAGMENTS, st.text(max_size=40)), min_size=1, max_size=3))
def test_random_notes_raise_nothing(texts):
    for names in (None, STUDENT):
        for statement in claims(*texts, names=names):
            problems = [part.problem for part in statement.parts] + [statement.problem]
            assert all(p is None or isinstance(p, SymcausalError) for p in problems)
            assert all(p is None or str(p) for p in problems)
            for part in statement.parts:
                assert (
                    part.expr is not None
                    or part.problem is not None
                    or any(sign.definition for sign in statement.relations)
                )


CALM = [piece for piece in PIECES if piece.strip("&$") and "%" not in piece and piece not in (
    r"\underbrace{", r"\tag{1}", r"\intertext{", r"\text{by $", r"\color{red}", r"\overset{a}{=}",
    r"\mathrm{", r"\boxed{", "_", "^", "'", "E[", "do(", "P(", "p(y", r"\hat", r"\frac{",
)]  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(parts=st.lists(st.sampled_from([*CALM, "P(x)", "P(x|y)", "="]), max_size=20))
def test_no_probability_is_lost(parts):
    text = "".join(parts)
    covered: set[int] = set()
    for statement in claims(text):
        spans = [part.span for part in statement.parts]
        spans += [cause.span for cause in statement.hypotheses]
        if statement.problem is not None or statement.kind == "independence":
            spans.append(statement.span)
        for span in spans:
            covered.update(range(span.start, span.end))
    read = {i for found in PROBABLE.finditer(text) for i in range(found.start(), found.end())}
    for match in re.finditer(r"P\(x", text):
        # the P of XP(x) is the end of the name of a function
        if match.start() in read:
            assert match.start() in covered


@pytest.mark.parametrize("notation", ["lecture", "pearl", "koller", "bishop", "murphy"])
@pytest.mark.parametrize(
    "query", ["P(L=strong | do(G=A))", "P(I=high | L=weak)", "P(L | do(G)) - P(L | G)"]
)
def test_our_own_derivations_are_read_as_they_are(query, notation):
    model = Model.parse("I: low, high; G: A, B, C; L: weak, strong; I -> S; I, D -> G; G, S -> L")
    derivation = model.derive(query)
    printed = derivation.to_latex(notation=notation, width="none")
    rows = re.search(r"\\begin\{align\*\}(.*?)\\end\{align\*\}", printed, re.DOTALL)
    found = read_claims(
        [Span(Source(printed), rows.start(1), rows.end(1))], Vocabulary.of(model.network)
    )
    wanted = [derivation.steps[0].before, *(step.after for step in derivation.steps)]
    assert [part.expr for part in found[0].parts] == wanted
