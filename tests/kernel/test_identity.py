"""Verdicts on identities agree with the truth, and counterexamples can be checked by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product

import pytest

from symcausal.algebra.scalar import Number
from symcausal.errors import LimitError
from symcausal.expr import path
from symcausal.expr.build import product as times
from symcausal.expr.build import total
from symcausal.expr.nodes import (
    Add,
    Event,
    Events,
    Expr,
    Letter,
    Minus,
    Prob,
    Quotient,
    Scalar,
    State,
    Sum,
    free_events,
)
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.kernel.core.identity import all_identical, identical, points
from symcausal.kernel.counterexample import Counterexample, counterexample
from symcausal.network.network import Network, Table, Variable
from symcausal.rules.catalogue import CATALOGUE
from symcausal.rules.condition import Distinct
from symcausal.rules.decide import decide
from symcausal.rules.rule import Context
from symcausal.rules.table_entries import table_entry
from tests.support.oracle import Oracle, free_letters_of
from tests.support.pace import soon
from tests.support.random_models import random_graph, random_query, random_tables

MODELS = 6  # positive models at random; two formulas that agree in all of them are called equal


def states_for(rng: random.Random, graph: Graph) -> dict[str, tuple[str, ...]]:
    """Two or three states each."""
    return {n: tuple(map(str, range(rng.choice((2, 2, 3))))) for n in graph.nodes}


def differ(
    left: Expr, right: Expr, graph: Graph, states: dict[str, tuple[str, ...]], rng: random.Random
) -> bool:
    """Whether brute force finds a positive model and a place where two formulas differ."""
    letters = free_letters_of(left) | free_letters_of(right)
    for _ in range(MODELS):
        oracle = Oracle(random_tables(rng, graph, states, positive=True))
        for at in oracle.assignments(letters):
            if oracle.value(left, at) != oracle.value(right, at):
                return True
    return False


def rewritten(expr: Expr, context: Context, rng: random.Random, steps: int) -> Iterator[Expr]:
    """The formulas of a random walk by rules, refuted conditions ignored every now and then."""
    for _ in range(steps):
        found = [
            (place, rewrite.after)
            for place, node in list(path.everywhere(expr))[:12]
            for rule in CATALOGUE
            if rule is not table_entry
            for rewrite in rule(node, context)
            if not any(isinstance(c, Distinct) for c in rewrite.requires)
            and (
                rng.random() < 0.1
                or all(decide(c, context.graph).verdict != "fails" for c in rewrite.requires)
            )
        ]
        if not found:
            return
        place, part = rng.choice(found)
        expr = path.replace(expr, place, part)
        yield expr


def mutated(expr: Expr, rng: random.Random, states: dict[str, tuple[str, ...]]) -> Expr:
    """One event dropped, moved or given another value; a factor doubled; a difference turned."""
    places = list(path.everywhere(expr))
    place, node = rng.choice(places)
    match node:
        case Prob(outcome, given, do):
            kind = rng.choice(("drop", "see", "state", "double"))
            if kind == "drop" and (given or len(outcome) > 1):
                pool = given if given and rng.random() < 0.6 else outcome
                lost = (rng.choice(pool),)
                if len(outcome - lost):
                    return path.replace(expr, place, Prob(outcome - lost, given - lost, do))
            if kind == "see" and do:
                return path.replace(expr, place, Prob(outcome, given | do))
            if kind == "state":
                event = rng.choice(outcome)
                other = Event(event.variable, State(rng.choice(states[event.variable])))
                return path.replace(expr, place, Prob((outcome - (event,)) | (other,), given, do))
            return path.replace(expr, place, times((node, node)))
        case Minus(left, right):
            return path.replace(expr, place, Minus(right, left))
        case Quotient(top, bottom):
            return path.replace(expr, place, Quotient(bottom, top))
    return path.replace(expr, place, times((Scalar(Number(Fraction(1, 2))), node)))


def pairs() -> Iterator[tuple[Expr, Expr, Graph, dict[str, tuple[str, ...]], random.Random]]:
    """True and false equations, about half of each."""
    for seed in range(130):
        rng = random.Random(seed)
        graph = random_graph(rng, rng.randint(3, 4))
        states = states_for(rng, graph)
        network = random_tables(rng, graph, states, positive=True)
        start = random_query(rng, network)
        chain = [start, *rewritten(start, Context(graph), rng, 3)]
        yield start, chain[-1], graph, states, rng
        yield chain[-1], mutated(rng.choice(chain), rng, states), graph, states, rng


def test_never_gives_a_wrong_verdict():
    """``identical`` says what brute force says, and a counterexample comes if and only if it fails."""
    verdicts = {True: 0, False: 0}
    for left, right, graph, states, rng in pairs():
        try:
            verdict = identical(left, right, points(graph, states))
        except ZeroDivisionError:
            continue  # a turned quotient may divide by zero everywhere
        expected = not differ(left, right, graph, states, rng)
        assert verdict is expected, f"{left}\n{right}\n{graph}"
        verdicts[verdict] += 1
        found = counterexample(left, right, graph, states)
        assert (found is None) is verdict, f"{left}\n{right}\n{graph}"
        if found is not None:
            replay(found, left, right, graph)
    assert min(verdicts.values()) > 60, "both kinds are tested"


def replay(found: Counterexample, left: Expr, right: Expr, graph: Graph) -> None:
    """Build the model that a counterexample tells of, and evaluate both sides by brute force.

    A row names only the parents that matter, and stands for all rows that differ in the others.
    """
    used = set()
    tables = {}
    for name in graph.nodes:
        parents, width = graph.parents(name), len(found.states[name])
        entries: list[Number] = []
        for place in product(*(found.states[p] for p in parents)):
            row = (Fraction(1, width),) * width
            at = set(zip(parents, place, strict=True))
            told = [one for one in found.rows if one[0] == name and at.issuperset(one[1])]
            assert len(told) < 2
            for one in told:
                used.add(one)
                row = one[2]
            assert sum(row) == 1
            assert all(0 < entry < 1 and entry.denominator <= 10 for entry in row)
            entries += map(Number, row)
        tables[name] = Table(name, parents, tuple(entries))
    assert used == set(found.rows), "every row of a counterexample is a row of the model"
    variables = {name: Variable(name, found.states[name]) for name in graph.nodes}
    oracle = Oracle(Network(variables, graph, tables))
    assert set(found.at) == {*free_letters(left), *free_letters(right)}
    assert oracle.value(left, found.at) == found.left
    assert oracle.value(right, found.at) == found.right
    assert found.left != found.right


def test_judges_a_chain_by_its_worst_link():
    """One false formula in a chain, wherever it stands, spoils the chain."""
    graph = Graph("XYZ", [("X", "Y"), ("Y", "Z")])
    states = dict.fromkeys("XYZ", ("0", "1"))
    x, y, z = (free_events(name) for name in "XYZ")
    true = [
        Prob(z, x),
        Sum(y, Prob(y | z, x)),
        Sum(y, times((Prob(z, y), Prob(y, x)))),
        Prob(z, do=x),
    ]
    at = points(graph, states)
    assert all_identical(true, at)
    for i in range(len(true)):
        assert not all_identical([*true[:i], Prob(z), *true[i + 1 :]], at)


def test_keeps_letters_apart_where_told_to():
    """``P(x, x')`` is 0 only where the two values differ."""
    graph, states = Graph("X"), {"X": ("0", "1", "2")}
    both = Prob(Events([Event("X", Letter("X")), Event("X", Letter("X'"))]))
    zero = Scalar(Number(Fraction(0)))
    at = points(graph, states)
    assert not identical(both, zero, at)
    assert identical(both, zero, at, apart=[("X", "X'")])


def test_hidden_causes_break_what_arrows_alone_allow():
    """In the bow graph seeing is not doing; without the hidden cause it is."""
    x, y = free_events("X"), free_events("Y")
    states = dict.fromkeys("XY", ("0", "1"))
    seeing, doing = Prob(y, x), Prob(y, do=x)
    plain, bow = Graph("XY", [("X", "Y")]), Graph("XY", [("X", "Y")], [("X", "Y")])
    assert identical(seeing, doing, points(plain, states))
    assert counterexample(seeing, doing, plain, states) is None
    assert not identical(seeing, doing, points(bow, states))
    found = counterexample(seeing, doing, bow, states)
    assert found is not None
    assert found.left != found.right


class TestLargeModels:
    """Forty-eight variables in a chain, and tables that must not be made."""

    NAMES = tuple(f"X{i}" for i in range(1, 49))
    GRAPH = Graph(NAMES, pairwise(NAMES))
    STATES = dict.fromkeys(NAMES, ("0", "1"))

    def factorised(self, wrong: int | None = None) -> Expr:
        """The product of the tables, perhaps with one variable given its effect."""
        tables = [Prob(free_events(self.NAMES[:1]))]
        for i in range(1, len(self.NAMES)):
            cause = self.NAMES[i + 1 if i == wrong else i - 1]
            tables.append(Prob(free_events((self.NAMES[i],)), free_events((cause,))))
        return times(tables)

    def test_decides_the_factorisation_of_a_long_chain_fast(self):
        """Neither side is ever written out: it would have 2**48 entries."""
        at, joint = points(self.GRAPH, self.STATES), Prob(free_events(self.NAMES))
        with soon(2):
            assert identical(joint, self.factorised(), at)
            assert not identical(joint, self.factorised(wrong=30), at)

    def test_decides_a_sum_over_a_long_chain(self):
        """``P(X48)`` is the sum over all the others."""
        over = free_events(self.NAMES[:-1])
        marginal = Prob(free_events(self.NAMES[-1:]))
        at = points(self.GRAPH, self.STATES)
        assert identical(marginal, total(over, self.factorised()), at)
        assert not identical(marginal, total(over, self.factorised(wrong=20)), at)

    @pytest.mark.parametrize("inner", [Minus, lambda a, b: Add((a, b))], ids=["minus", "plus"])
    def test_takes_sums_of_large_formulas_term_by_term(self, inner):
        """``(f + g) - g`` is ``f`` without a table of either."""
        joint, at = Prob(free_events(self.NAMES)), points(self.GRAPH, self.STATES)
        other = self.factorised(wrong=30)
        undo = inner(joint, other)
        back = Minus(undo, other) if isinstance(undo, Add) else Add((undo, other))
        assert identical(back, joint, at)
        assert not identical(undo, joint, at)

    @pytest.mark.parametrize("kind", [Quotient, lambda a, b: times((Add((a, b)), a))],
                             ids=["quotient", "product of a sum"])  # fmt: skip
    def test_refuses_a_table_that_would_not_fit(self, kind):
        """What cannot be taken apart is refused at once."""
        joint = Prob(free_events(self.NAMES))
        with soon(2), pytest.raises(LimitError):
            identical(kind(joint, self.factorised()), joint, points(self.GRAPH, self.STATES))
