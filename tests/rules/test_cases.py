"""Where each rule must fire, with the result written by hand, and where it must refuse.

The soundness property cannot see a rule that fires too seldom; these tables can. Formulas are
written as in a textbook: a capital or small letter is the free value, ``X=1`` a state.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

import pytest

from symcausal import parse
from symcausal.algebra.scalar import Number, Term
from symcausal.derive.worksheet import same_form
from symcausal.expr.build import ONE, ZERO
from symcausal.expr.nodes import Event, Events, Expr, Letter, Numeric, Product, Scalar, Sum
from symcausal.graph.graph import Graph
from symcausal.rules.catalogue import CATALOGUE
from symcausal.rules.condition import Condition, Decision, Distinct, Positive, Separated
from symcausal.rules.decide import decide
from symcausal.rules.rule import Context, Rule

GRAPHS = {
    "student": "I -> G, D -> G, I -> S, G -> L",
    "student with S -> L": "I -> G, D -> G, I -> S, G -> L, S -> L",
    "chain": "X -> Z, Z -> Y",
    "collider": "X -> Z, Y -> Z",
    "fork": "Z -> X, Z -> Y",
    "back door": "Z -> X, Z -> Y, X -> Y",
    "front door": "U -> X, U -> Y, X -> M, M -> Y",
    "instrument": "Z -> X, U -> X, U -> Y, X -> Y",
    "mediator": "X -> Z, Z -> Y, X -> Y",
    "hidden": "X -> Y, X <-> Y",
    "m": "A -> X, A -> Z, B -> Z, B -> Y, X -> Y",
    "effect of the set": "U -> Z, U -> Y, Z -> W",
    "cause of the set": "U -> Z, U -> Y, W -> Z, W -> Y",
    "reversed": "Y -> X",
    "hidden below": "Z -> X, Z -> Y, X -> Y, Y -> A, A <-> B",
    "hidden cause of the set": "W -> X, X -> Y, W <-> Y",
    "hidden front door": "X -> Z, Z -> Y, X <-> Y",
    "napkin": "W -> R, R -> X, X -> Y, W <-> X, W <-> Y",
}
SPECIAL: dict[str, Expr] = {
    "0": ZERO,
    "1": ONE,
    "1/4": Scalar(Number(Fraction(1, 4))),
    r"\sum_{y} y P(y | do(X=1))": Sum(
        Events([Event("Y", Letter("Y"))]),
        Product((Numeric(Event("Y", Letter("Y"))), parse("P(y | do(X=1))"))),
    ),
}


class Entries:
    """One table: ``P(G=A | I=low, D=hard) = 1/4``."""

    def entry_of(self, variable: str, state: str, parents: dict[str, str]) -> Term | None:
        """Answer for that entry alone."""
        known = (variable, state, parents) == ("G", "A", {"I": "low", "D": "hard"})
        return Number(Fraction(1, 4)) if known else None


class Fires(NamedTuple):
    """The rule proposes ``after``, and what it needs, apart from what the graph proves, is assumed."""

    rule: str
    graph: str
    before: str
    after: str
    assumes: tuple[Condition, ...] = ()


class Refuses(NamedTuple):
    """The graph refutes what the rule needs, by an open path; without one nothing is proposed."""

    rule: str
    graph: str
    before: str
    after: str
    because: str = ""


def ev(text: str) -> Events:
    """Events as ``P(...)`` holds them."""
    formula = parse(f"P({text})")
    return formula.outcome


FIRES = [
    Fires("chain-rule", "student", "P(I, G)", "P(I) P(G | I)"),
    Fires("chain-rule", "student", "P(L, G, I)", "P(I) P(G | I) P(L | G, I)"),
    Fires("chain-rule", "student", "P(I, D | S=1)", "P(I | S=1) P(D | I, S=1)"),
    Fires("chain-rule", "student", "P(G, L | do(I=1))", "P(G | do(I=1)) P(L | G, do(I=1))"),
    Fires("product-rule", "student", "P(G, L | I)", "P(L | G, I) P(G | I)"),
    Fires("product-rule", "student", "P(G, L | I)", "P(G | L, I) P(L | I)"),
    Fires("product-rule", "student", "P(G, L, S)", "P(L, S | G) P(G)"),
    Fires("product-rule", "student", "P(G, L | do(D=1))", "P(L | G, do(D=1)) P(G | do(D=1))"),
    Fires("conditional-probability", "student", "P(I | L)", r"\frac{P(I, L)}{P(L)}",
          (Positive(ev("L")),)),
    Fires("conditional-probability", "student", "P(G | I, D)", r"\frac{P(G, I | D)}{P(I | D)}",
          (Positive(ev("I, D")),)),
    Fires("conditional-probability", "student", "P(L | S, do(G=1))",
          r"\frac{P(L, S | do(G=1))}{P(S | do(G=1))}", (Positive(ev("S"), ev("G=1")),)),
    Fires("total-probability", "student", "P(L)", r"\sum_{g} P(L, g)"),
    Fires("total-probability", "student", "P(L | I)", r"\sum_{d} P(L, d | I)"),
    Fires("total-probability", "student", "P(L | do(I=1))", r"\sum_{s} P(L, s | do(I=1))"),
    Fires("marginalise", "student", r"\sum_{g} P(L, g)", "P(L)"),
    Fires("marginalise", "student", r"\sum_{g, s} P(L, g, s | I)", r"\sum_{s} P(L, s | I)"),
    Fires("marginalise", "student", r"\sum_{g} P(g | I)", "1"),
    Fires("bayes", "student", "P(I | L)", r"\frac{P(L | I) P(I)}{P(L)}", (Positive(ev("L")),)),
    Fires("bayes", "student", "P(I | L, D)", r"\frac{P(L | I, D) P(I | D)}{P(L | D)}",
          (Positive(ev("L, D")),)),
    Fires("bayes", "student", "P(I | L, S)", r"\frac{P(L, S | I) P(I)}{P(L, S)}",
          (Positive(ev("L, S")),)),
    Fires("bayes", "student", "P(I | L, do(D=1))",
          r"\frac{P(L | I, do(D=1)) P(I | do(D=1))}{P(L | do(D=1))}",
          (Positive(ev("L"), ev("D=1")),)),
    Fires("normalise", "student", "P(I | L)", r"\frac{P(I, L)}{\sum_{I'} P(I', L)}",
          (Positive(ev("L")),)),
    Fires("normalise", "student", "P(I=1 | L)", r"\frac{P(I=1, L)}{\sum_{i} P(i, L)}",
          (Positive(ev("L")),)),
    Fires("conditional-independence", "chain", "P(Y | Z, X)", "P(Y | Z)"),
    Fires("conditional-independence", "fork", "P(X | Y, Z)", "P(X | Z)"),
    Fires("conditional-independence", "collider", "P(X | Y)", "P(X)"),
    Fires("conditional-independence", "student", "P(L | G, I, D, S)", "P(L | G)"),
    Fires("conditional-independence", "student", "P(S, I | D)", "P(S, I)"),
    Fires("markov-factorisation", "student", "P(I, D, G)", "P(I) P(D) P(G | I, D)"),
    Fires("markov-factorisation", "student", "P(I, D, G, L, S)",
          "P(I) P(D) P(G | I, D) P(S | I) P(L | G)"),
    Fires("markov-factorisation", "student", "P(G, L | I, D)", "P(G | I, D) P(L | G)"),
    Fires("markov-factorisation", "student", "P(G=1, S=0 | I, D)", "P(G=1 | I, D) P(S=0 | I)"),
    Fires("sum-to-one", "student", r"\sum_{s} P(s | I)", "1"),
    Fires("sum-to-one", "student", r"\sum_{s} P(s | I) P(L | I)", "P(L | I)"),
    Fires("sum-to-one", "student", r"\sum_{g, s} P(g | I) P(s | I) P(L | g)",
          r"\sum_{g} P(g | I) P(L | g)"),
    Fires("distribute", "student", r"\sum_{s} P(I) P(s | I)", r"P(I) \sum_{s} P(s | I)"),
    Fires("distribute", "student", r"\sum_{g, i} P(L | g) P(g | i) P(i)",
          r"\sum_{g} P(L | g) \left(\sum_{i} P(g | i) P(i)\right)"),
    Fires("collect", "fork", "P(Y) - P(Y)", "0"),
    Fires("collect", "fork", "P(X) P(Y | X) - P(X) P(Y)", "P(X) (P(Y | X) - P(Y))"),
    Fires("collect", "fork", r"\sum_{z} P(Y | z) P(z) - \sum_{z} P(Y | z) P(z | X)",
          r"\sum_{z} P(Y | z) (P(z) - P(z | X))"),
    Fires("cancel", "fork", r"\frac{P(Y | X) P(X)}{P(X)}", "P(Y | X)", (Positive(ev("X")),)),
    Fires("cancel", "fork", r"\frac{P(X)}{P(X) P(Y)}", r"\frac{1}{P(Y)}", (Positive(ev("X")),)),
    Fires("cancel", "fork", r"P(X) \frac{P(Z)}{P(X)} P(Y)", "P(Z) P(Y)", (Positive(ev("X")),)),
    Fires(
        "cancel", "fork", r"\frac{\sum_{Z} P(X) P(Y | Z)}{\sum_{Z} P(X) P(Z)}",
        r"\frac{\sum_{Z} P(Y | Z)}{\sum_{Z} P(Z)}", (Positive(ev("X")),),
    ),
    Fires("truncated-factorisation", "back door", "P(Y | do(X=1))",
          r"\sum_{z} P(z) P(Y | X=1, z)", (Positive(ev("X=1, Z")),)),
    Fires("truncated-factorisation", "student with S -> L", "P(L | do(G=1))",
          r"\sum_{i, d, s} P(i) P(d) P(s | i) P(L | G=1, s)", (Positive(ev("G=1, S")),)),
    Fires("truncated-factorisation", "student with S -> L", "P(L | do(G=1))",
          r"\sum_{i, s} P(i) P(s | i) P(L | G=1, s)", (Positive(ev("G=1, S")),)),
    Fires("truncated-factorisation", "hidden below", "P(Y | do(X=1))",
          r"\sum_{z} P(z) P(Y | X=1, z)", (Positive(ev("X=1, Z")),)),
    Fires("truncated-factorisation", "chain", "P(X, Y | do(Z))", "P(X) P(Y | Z)",
          (Positive(ev("Z")),)),
    Fires("do-calculus.1", "instrument", "P(Y | do(X), Z)", "P(Y | do(X))"),
    Fires("do-calculus.1", "chain", "P(Y | do(Z), X)", "P(Y | do(Z))"),
    Fires("do-calculus.1", "front door", "P(M | do(X), U)", "P(M | do(X))"),
    Fires("do-calculus.2", "back door", "P(Y | do(X), Z)", "P(Y | X, Z)",
          (Positive(ev("X, Z")),)),
    Fires("do-calculus.2", "chain", "P(Y | do(X))", "P(Y | X)", (Positive(ev("X")),)),
    Fires("do-calculus.2", "front door", "P(M | do(X))", "P(M | X)", (Positive(ev("X")),)),
    Fires("do-calculus.2", "front door", "P(Y | do(M), X)", "P(Y | M, X)",
          (Positive(ev("M, X")),)),
    Fires("do-calculus.2", "front door", "P(Y | do(X), do(M))", "P(Y | do(X), M)",
          (Positive(ev("M"), ev("X")),)),
    Fires("do-calculus.3", "reversed", "P(Y | do(X))", "P(Y)"),
    Fires("do-calculus.3", "front door", "P(Y | do(X), do(M))", "P(Y | do(M))"),
    Fires("do-calculus.3", "front door", "P(X | do(M))", "P(X)"),
    Fires("do-calculus.3", "fork", "P(Y | do(X), Z)", "P(Y | Z)"),
    Fires("do-calculus.3", "cause of the set", "P(Y | do(Z), W)", "P(Y | W)"),
    Fires("do-calculus.3", "chain", "P(Y | do(X), Z)", "P(Y | Z)"),
    Fires("do-calculus.3", "student", "P(S | do(G=1), do(D=1))", "P(S)"),
    Fires("c-component-factorisation", "hidden front door", "P(Z, Y | do(X))",
          "P(Z | do(X)) P(Y | do(Z))"),
    Fires("c-component-factorisation", "napkin", "P(X, Y, W | do(R=1))", "P(X, Y, W | do(R=1))"),
    Fires("c-component-factorisation", "napkin", "P(W, R, Y | do(X))", "P(W, Y | do(X)) P(R | do(W))"),
    Fires("product-rule", "student", "P(G) P(L | G) P(S)", "P(G, L) P(S)"),
    Fires("adjustment", "back door", "P(Y | do(X))", r"\sum_{z} P(Y | X, z) P(z)",
          (Positive(ev("X, Z")),)),
    Fires("adjustment", "student with S -> L", "P(L | do(G=1))",
          r"\sum_{s} P(L | G=1, s) P(s)", (Positive(ev("G=1, S")),)),
    Fires("adjustment", "student with S -> L", "P(L | do(G=1))",
          r"\sum_{i} P(L | G=1, i) P(i)", (Positive(ev("G=1, I")),)),
    Fires("adjustment", "mediator", "P(Y | do(X))", "P(Y | X)", (Positive(ev("X")),)),
    Fires("adjustment", "m", "P(Y | do(X))", "P(Y | X)", (Positive(ev("X")),)),
    Fires("adjustment", "front door", "P(Y | do(X))", r"\sum_{u} P(Y | X, u) P(u)",
          (Positive(ev("X, U")),)),
    Fires("certain-event", "chain", "P(X=1 | do(X=1))", "1"),
    Fires("certain-event", "chain", "P(x | x)", "1", (Positive(ev("X")),)),
    Fires("certain-event", "chain", "P(Y, X=1 | X=1)", "P(Y | X=1)", (Positive(ev("X=1")),)),
    Fires("certain-event", "chain", "P(Y | do(X=1), X=1)", "P(Y | do(X=1))"),
    Fires("impossible-event", "chain", "P(X=1 | do(X=0))", "0"),
    Fires("impossible-event", "chain", "P(Y, X=1 | do(X=0))", "0"),
    Fires("impossible-event", "chain", "P(X=1 | X=0)", "0"),
    Fires("impossible-event", "chain", "P(x, x')", "0", (Distinct("X", "X", "X'"),)),
    Fires("impossible-event", "chain", "P(Y, x | do(x'))", "0", (Distinct("X", "X", "X'"),)),
    Fires("table-entry", "student", "P(G=A | I=low, D=hard)", "1/4"),
    Fires("expectation", "chain", "E[Y | do(X=1)]", r"\sum_{y} y P(y | do(X=1))"),
]  # fmt: skip

REFUSES = [
    Refuses("c-component-factorisation", "hidden front door", "P(Y | do(X))", "P(Y | do(X))"),
    Refuses("c-component-factorisation", "hidden", "P(Y, X | do(X))", "P(Y | do(X)) P(X)"),
    Refuses("chain-rule", "student", "P(I)", "P(I)"),
    Refuses("chain-rule", "student", "P(I, I=1)", "P(I) P(I=1 | I)"),
    Refuses("product-rule", "student", "P(I | G)", "P(I | G)"),
    Refuses("conditional-probability", "student", "P(I)", "P(I)"),
    Refuses("total-probability", "student", "P(L | G)", r"\sum_{G'} P(L, G' | G)"),
    Refuses("total-probability", "student", "P(L | do(G))", r"\sum_{G'} P(L, G' | do(G))"),
    Refuses("marginalise", "student", r"\sum_{g} P(L, g | do(g))", "P(L | do(g))"),
    Refuses("marginalise", "student", r"\sum_{g} P(L | g)", "P(L)"),
    Refuses("marginalise", "student", r"\sum_{g} P(g) P(L | g)", "P(L)"),
    Refuses("bayes", "student", "P(I)", "P(I)"),
    Refuses("bayes", "student", "P(I | I)", r"\frac{P(I | I) P(I)}{P(I)}"),
    Refuses("bayes", "student", "P(L | do(G))", r"\frac{P(G | L) P(L)}{P(G)}"),
    Refuses("normalise", "student", "P(I)", r"\frac{P(I)}{\sum_{I'} P(I')}"),
    Refuses("conditional-independence", "chain", "P(Y | X)", "P(Y)", "Y <- Z <- X"),
    Refuses("conditional-independence", "fork", "P(Y | X)", "P(Y)", "Y <- Z -> X"),
    Refuses("conditional-independence", "collider", "P(X | Y, Z)", "P(X | Z)", "X -> Z <- Y"),
    Refuses("conditional-independence", "student", "P(I | D, L)", "P(I | L)", "I -> G <- D"),
    Refuses("conditional-independence", "hidden", "P(Y | X)", "P(Y)", "Y <- X"),
    Refuses("conditional-independence", "instrument", "P(Y | do(X), Z)", "P(Y | do(X))"),
    Refuses("markov-factorisation", "student", "P(I, L)", "P(I) P(L | G)"),
    Refuses("markov-factorisation", "student", "P(D, G | I, L)", "P(D) P(G | I, D)",
            "D -> G -> L"),
    Refuses("markov-factorisation", "student", "P(G, L | do(I), D)", "P(G | I, D) P(L | G)"),
    Refuses("sum-to-one", "student", r"\sum_{s} P(s | I) P(L | s)", "P(L)"),
    Refuses("sum-to-one", "student", r"\sum_{i} P(S | i)", "1"),
    Refuses("sum-to-one", "student", r"\sum_{s} P(s, g | I)", "1"),
    Refuses("distribute", "student", r"\sum_{i} P(I=i) P(S | i)", r"P(i) \sum_{i} P(S | i)"),
    Refuses("collect", "fork", "P(X) - P(Y)", "0"),
    Refuses("collect", "fork", r"\sum_{z} P(Y | z) P(z) - \sum_{x} P(Y | x) P(x)", "0"),
    Refuses("cancel", "fork", r"\frac{P(Y)}{P(X)}", "1"),
    Refuses("cancel", "fork", r"P(Y) \frac{P(Z)}{P(X)}", "P(Z)"),
    Refuses("cancel", "fork", r"\frac{\sum_{Z} P(Z) P(Y)}{\sum_{X} P(Z) P(X)}", r"\frac{P(Y)}{1}"),
    Refuses("cancel", "fork", r"\frac{P(X) + P(Y)}{P(X)}", "1 + P(Y)"),
    Refuses("truncated-factorisation", "back door", "P(Y | do(X), Z)", "P(Y | X, Z)"),
    Refuses("truncated-factorisation", "back door", "P(X=1 | do(X=0))", "P(X=1 | Z)"),
    Refuses("truncated-factorisation", "hidden", "P(Y | do(X))", "P(Y | X)"),
    Refuses("truncated-factorisation", "hidden cause of the set", "P(Y | do(X))", "P(Y | X)"),
    Refuses("truncated-factorisation", "hidden below", "P(A | do(Y))", "P(A | Y)"),
    Refuses("do-calculus.1", "back door", "P(Y | do(X), Z)", "P(Y | do(X))", "Y <- Z"),
    Refuses("do-calculus.1", "mediator", "P(Y | do(X), Z)", "P(Y | do(X))", "Y <- Z"),
    Refuses("do-calculus.1", "chain", "P(Y | X)", "P(Y)"),
    Refuses("do-calculus.2", "back door", "P(Y | do(X))", "P(Y | X)", "Y <- Z -> X"),
    Refuses("do-calculus.2", "front door", "P(Y | do(M))", "P(Y | M)", "Y <- U -> X -> M"),
    Refuses("do-calculus.2", "front door", "P(Y | do(X), M)", "P(Y | X, M)", "Y <- U -> X"),
    Refuses("do-calculus.2", "m", "P(Y | do(X), Z)", "P(Y | X, Z)", "Y <- B -> Z <- A -> X"),
    Refuses("do-calculus.2", "hidden", "P(Y | do(X))", "P(Y | X)", "Y <-> X"),
    Refuses("do-calculus.2", "chain", "P(X=1 | do(X=0))", "P(X=1 | X=0)"),
    Refuses("do-calculus.3", "chain", "P(Y | do(X))", "P(Y)", "Y <- Z <- X"),
    # Z is a cause of W, so the arrows into Z stay: seeing W tells about U
    Refuses("do-calculus.3", "effect of the set", "P(Y | do(Z), W)", "P(Y | W)", "Y <- U -> Z"),
    Refuses("do-calculus.3", "front door", "P(Y | do(X), do(M))", "P(Y | do(X))", "Y <- M"),
    Refuses("do-calculus.3", "chain", "P(Z | do(Z))", "P(Z)"),
    Refuses("adjustment", "mediator", "P(Y | do(X))", r"\sum_{z} P(Y | X, z) P(z)"),
    Refuses("adjustment", "m", "P(Y | do(X))", r"\sum_{z} P(Y | X, z) P(z)"),
    Refuses("adjustment", "back door", "P(Y | do(X))", "P(Y | X)"),
    Refuses("adjustment", "hidden", "P(Y | do(X))", "P(Y | X)"),
    Refuses("certain-event", "chain", "P(X=1 | do(X=0))", "1"),
    Refuses("certain-event", "chain", "P(x | x')", "1"),
    Refuses("certain-event", "chain", "P(Y | X)", "P(Y)"),
    Refuses("impossible-event", "chain", "P(X=1 | do(X=1))", "0"),
    Refuses("impossible-event", "chain", "P(X=1 | do(X))", "0"),
    Refuses("impossible-event", "chain", "P(Y=1 | X=0)", "0"),
    Refuses("table-entry", "student", "P(G=A | I=low)", "1/4"),
    Refuses("table-entry", "student", "P(G=A | I, D=hard)", "1/4"),
    Refuses("table-entry", "student", "P(G=A | do(I=low), D=hard)", "1/4"),
    Refuses("expectation", "chain", "P(Y | do(X=1))", r"\sum_{y} y P(y | do(X=1))"),
]  # fmt: skip


def graph_of(arrows: str) -> Graph:
    """A graph from ``X -> Y, X <-> Z``, nodes in order of mention."""
    nodes, directed, bidirected = [], [], []
    for arrow in arrows.split(","):
        left, kind, right = arrow.split()
        nodes += [left, right]
        (bidirected if kind == "<->" else directed).append((left, right))
    return Graph(nodes, directed, bidirected)


def formula(text: str) -> Expr:
    """A formula from its text, or one of those that the notation does not write."""
    return SPECIAL[text] if text in SPECIAL else parse(text)


def rule_named(name: str) -> Rule:
    """A rule of the catalogue."""
    return next(rule for rule in CATALOGUE if rule.name == name)


def proposed(case: Fires | Refuses) -> Iterator[list[Decision]]:
    """What was decided about each proposal that leads to ``after``."""
    graph = graph_of(GRAPHS[case.graph])
    wanted = formula(case.after)
    for rewrite in rule_named(case.rule)(formula(case.before), Context(graph, Entries())):
        if same_form(rewrite.after, wanted):
            yield [decide(condition, graph) for condition in rewrite.requires]


def shown(case: Fires | Refuses) -> str:
    """The name of a case in the report of a failure."""
    return f"{case.rule}: {case.before} to {case.after} in {case.graph}"


@pytest.mark.parametrize("case", FIRES, ids=shown)
def test_fires(case):
    """The rewrite is proposed, the graph proves the separations, positivity is assumed."""
    found = list(proposed(case))
    assert found, "not proposed"
    verdicts = [[d.verdict for d in decisions] for decisions in found]
    sound = [decisions for decisions in found if all(d.verdict != "fails" for d in decisions)]
    assert sound, verdicts
    for decisions in sound:
        assumed = tuple(d.condition for d in decisions if d.verdict == "assumed")
        assert assumed == case.assumes
        held = [d.condition for d in decisions if d.verdict == "holds"]
        assert all(isinstance(condition, Separated) for condition in held)


@pytest.mark.parametrize("case", REFUSES, ids=shown)
def test_refuses(case):
    """The rewrite is not proposed, or the graph shows an open path against it."""
    found = list(proposed(case))
    if not case.because:
        assert not found
        return
    assert found, "not proposed at all"
    for decisions in found:
        assert case.because in [d.witness for d in decisions if d.verdict == "fails"]


def test_every_rule_has_cases():
    """A rule comes with rows where it fires and rows where it refuses; those on worlds elsewhere."""
    names = {rule.name for rule in CATALOGUE if not rule.transform.__module__.endswith("worlds")}
    assert {case.rule for case in FIRES} == names
    assert {case.rule for case in REFUSES} == names
