"""Some five hundred true equations over more than thirty graphs, and the truth by brute force.

Main definitions
----------------
Equation : a model, its two sides.
equations : all of them: the textbook's, and every step of derivations of our own.
Truth : brute force over random positive models of one graph, hidden causes spelled out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from symcausal.algebra.scalar import Number
from symcausal.errors import SymcausalError
from symcausal.expr.nodes import Expectation, Expr
from symcausal.expr.path import everywhere
from symcausal.graph.graph import Graph
from symcausal.model import Model
from symcausal.network.network import DEFAULT_STATES, Network, Table, Variable
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary
from tests.notes.judging.textbook import TEXTBOOK
from tests.support.oracle import Oracle, disagreements
from tests.support.random_models import random_graph

HIDDEN_STATES = ("0", "1", "2")
MODELS = 3
QUERIES = {
    "I -> S; I -> G; D -> G; G -> L; S -> L; G: A, B, C": (
        "P(L)",
        "P(L | do(G=A))",
        "P(I | L)",
        "P(L | G=A)",
        "P(L | do(G=A)) - P(L | do(G=B))",
    ),
    "Z -> X; Z -> Y; X -> Y": ("P(Y | do(X))", "P(Y | X)", "P(Z | Y)", "E[Y | do(X=1)]"),
    "X -> M -> Y; X <-> Y": ("P(M | do(X))", "P(Y | X)", "P(X | M)"),
    "A -> T; S -> L; S -> B; T -> E; L -> E; E -> X; E -> D; B -> D": (
        "P(X)",
        "P(D | do(E))",
        "P(L | do(S))",
    ),
    "A -> X; A -> Z; B -> Z; B -> Y; X -> Y": ("P(Y | do(X))", "P(Z | A)", "P(B | Z)"),
}
RANDOM_GRAPHS = 8


class Equation(NamedTuple):
    """Two formulas with the same meaning in every positive model of a graph."""

    model: str
    left: Expr
    right: Expr


def equations() -> list[Equation]:
    """All equations, each once, always in the same order."""
    return list(dict.fromkeys([*textbook(), *derived()]))


def textbook() -> Iterator[Equation]:
    """The equations that are written by hand."""
    for model, lines in TEXTBOOK:
        names = Vocabulary.of(Model.parse(model).network)
        for line in lines.strip().splitlines():
            left, right = line.split(" == ")
            yield Equation(model, read(left, names), read(right, names))


def derived() -> Iterator[Equation]:
    """Every step of derivations, and their ends."""
    for model, queries in QUERIES.items():
        for query in queries:
            yield from _steps(model, query)
    rng = random.Random(5)
    for _ in range(RANDOM_GRAPHS):
        graph = random_graph(rng, 5, names=("A", "B", "C", "D", "F"))
        model = "; ".join(f"{a} -> {b}" for a, b in graph.directed)
        model = f"{', '.join(graph.nodes)}; {model}" if model else ", ".join(graph.nodes)
        for _ in range(3):
            a, b = rng.sample(list(graph.nodes), 2)
            for query in (f"P({a} | {b})", f"P({a} | do({b}))", f"P({a})"):
                yield from _steps(model, query)


def _steps(model: str, query: str) -> Iterator[Equation]:
    try:
        steps = Model.parse(model).derive(query).steps
    except SymcausalError:
        return
    for step in steps:
        yield Equation(model, step.before, step.after)
    if len(steps) > 1:
        yield Equation(model, steps[0].before, steps[-1].after)


class Truth:
    """Whether equations hold, by the joint distributions of random positive models.

    The first models have the states of the graph's variables; the others have three states where
    none were declared, but for variables whose states the two sides name.
    """

    def __init__(self, model: str) -> None:
        self.network = Model.parse(model).network
        self._oracles: dict[frozenset[str], list[Oracle]] = {}

    def holds(self, left: Expr, right: Expr) -> bool:
        """Whether two formulas agree in all models, wherever both sides are defined."""
        return not any(
            next(disagreements(left, right, oracle, where_defined=True), None)
            for oracle in self.oracles(left, right)
        )

    def oracles(self, left: Expr, right: Expr) -> Iterator[Oracle]:
        """Random models: with two states each, then with three where they are open."""
        yield from self._made(frozenset())
        named = _named(left) | _named(right)
        yield from self._made(
            frozenset(
                name
                for name, variable in self.network.variables.items()
                if variable.states == DEFAULT_STATES
                and name not in named
                and len(self.network.variables) <= 6
            )
        )

    def _made(self, wide: frozenset[str]) -> list[Oracle]:
        if wide not in self._oracles:
            rng = random.Random(len(wide))
            count = 1 if wide else MODELS - 1
            states = {**self.network.states, **dict.fromkeys(wide, HIDDEN_STATES)}
            self._oracles[wide] = [
                Oracle(positive_model(self.network.graph, states, rng)) for _ in range(count)
            ]
        return self._oracles[wide]


def positive_model(graph: Graph, states: dict[str, tuple[str, ...]], rng: random.Random) -> Network:
    """Random tables without zeros; every bidirected edge becomes a root with three states."""
    names, arrows = list(graph.nodes), list(graph.directed)
    states = dict(states)
    for i, (one, other) in enumerate(graph.bidirected):
        names.append(f"Cause{i}")
        states[f"Cause{i}"] = HIDDEN_STATES
        arrows += [(f"Cause{i}", one), (f"Cause{i}", other)]
    explicit = Graph(names, arrows)
    tables = {}
    for name in explicit.nodes:
        entries: list[Number] = []
        for _ in product(*(states[parent] for parent in explicit.parents(name))):
            weights = [rng.randint(1, 60) for _ in states[name]]
            entries += [Number(Fraction(weight, sum(weights))) for weight in weights]
        tables[name] = Table(name, explicit.parents(name), tuple(entries))
    return Network({n: Variable(n, states[n]) for n in explicit.nodes}, explicit, tables)


def _named(formula: Expr) -> set[str]:
    """Variables of which a formula names a state, or takes the states for numbers."""
    found = set()
    for _, node in everywhere(formula):
        if isinstance(node, Expectation):
            found.update(node.over.variables)
        for field in ("outcome", "given", "do"):
            for event in getattr(node, field, ()):
                if type(event.value).__name__ == "State":
                    found.add(event.variable)
        if hasattr(node, "event"):
            found.add(node.event.variable)
    return found
