"""Derivations have the shape of a textbook, at each of three lengths."""

from __future__ import annotations

import random
import re

import pytest

from symcausal import Model, parse
from symcausal.derive.step import Step, StepChain
from symcausal.derive.worksheet import same_form
from symcausal.expr.nodes import (
    Event,
    Events,
    Expectation,
    Expr,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
    Value,
)
from symcausal.expr.scope import canonical, variables
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Table, Variable
from symcausal.writing.text import text
from tests.support.oracle import Oracle, free_letters_of
from tests.support.random_models import random_network, random_query
from tests.support.student import student, student_with_sat_letter

PLAIN = Model.from_network(student())
CONFOUNDED = Model.from_network(student_with_sat_letter())
SHAPES = [
    (PLAIN, "P(L)", r"\sum_{g, i, d} P(i) P(d) P(g | i, d) P(L | g)"),
    (PLAIN, "P(L | do(G=A))", "P(L | G=A)"),
    (PLAIN, "P(S | do(G=A))", "P(S)"),
    (PLAIN, "P(G | I, D)", "P(G | I, D)"),
    (PLAIN, "P(L | I)", r"\sum_{g, d} P(d) P(g | I, d) P(L | g)"),
    (PLAIN, "P(I, D, S, G, L)", "P(I) P(D) P(S | I) P(G | I, D) P(L | G)"),
    (PLAIN, "P(L | do(G=A)) - P(L | G=A)", "0"),
    (CONFOUNDED, "P(L | do(G=A))", r"\sum_{s} P(L | G=A, s) P(s)"),
    (CONFOUNDED, "P(S | do(G=A))", "P(S)"),
    (CONFOUNDED, "P(L | do(S=high))", r"\sum_{i} P(L | i, S=high) P(i)"),
    (
        CONFOUNDED,
        "P(L | do(G=A)) - P(L | G=A)",
        r"\sum_{s} P(L | G=A, s) (P(s) - P(s | G=A))",
    ),
]


@pytest.mark.parametrize(("model", "query", "end"), SHAPES, ids=lambda value: str(value)[:60])
def test_ends_as_in_the_textbook(model, query, end):
    """At every length, and in at most six lines for a lecture."""
    for detail in ("brief", "lecture", "full"):
        derivation = model.derive(query, detail=detail)
        if detail != "full":
            assert same_form(derivation.formula, parse(end)), detail
    assert len(model.derive(query).steps) <= 6
    assert len(model.derive(query, detail="brief").steps) <= 1


def test_diagnosis_goes_through_bayes():
    """``P(I | L)`` turns the likelihood around, and says what must be possible."""
    derivation = PLAIN.derive("P(I | L)")
    assert derivation.steps[0].rule.name == "bayes"
    assert same_form(derivation.steps[0].after, parse(r"\frac{P(L | I) P(I)}{P(L)}"))
    assert isinstance(derivation.formula, Quotient)
    assert len(derivation.steps) <= 6


def test_the_sat_is_named_as_barren():
    """The reason why S does not occur in ``P(L)``."""
    reasons = [step for step in PLAIN.derive("P(L)").steps if step.rule.name == "sum-to-one"]
    instances = [part.instance for step in reasons for part in (step.substeps or (step,))]
    assert any(
        "S" in before.over.variables and "S" not in variables(after) for before, after in instances
    )


@pytest.mark.parametrize("seed", range(60))
def test_three_lengths_of_one_derivation(seed):
    """Brief is one line, a lecture six at most, full has single steps only; all reach one end."""
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 5))
    model, query = Model.from_network(network), random_query(rng, network)
    brief, lecture, full = (model.derive(query, detail=d) for d in ("brief", "lecture", "full"))
    assert len(brief.steps) <= 1
    assert len(lecture.steps) <= 6
    assert all(not step.substeps for step in full.steps)
    assert brief.formula == lecture.formula
    without_entries = [s for s in full.steps if s.rule.name != "table-entry"]
    assert (without_entries[-1].after if without_entries else query) == lecture.formula
    assert not any(step.rule.name == "table-entry" for step in lecture.steps)


# -- renaming -----------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(100, 140))
def test_renaming_all_variables_commutes_with_derivation(seed):
    """Names mean nothing: other names give the same rules, and the same end in other words.

    Sets are listed in the order of names, so the new names keep that order.
    """
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 5))
    query = random_query(rng, network)
    names = {old: f"V{i}x" for i, old in enumerate(sorted(network.variables))}
    ours = Model.from_network(network).derive(query).chain
    theirs = Model.from_network(renamed_network(network, names)).derive(renamed(query, names)).chain
    assert same_rules(ours, theirs)
    assert canonical(renamed(ours.end, names)) == canonical(theirs.end)


@pytest.mark.parametrize("seed", range(200, 230))
def test_any_renaming_keeps_the_value(seed):
    """Names in another order may change the order of a listing, never what the end means."""
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 5), positive=True)
    query = random_query(rng, network)
    shuffled = rng.sample(sorted(network.variables), len(network.variables))
    names = {old: f"V{i}x" for i, old in enumerate(shuffled)}
    ours = Model.from_network(network).derive(query)
    theirs = Model.from_network(renamed_network(network, names)).derive(renamed(query, names))
    oracle, other = Oracle(network), Oracle(renamed_network(network, names))
    for at in oracle.assignments(free_letters_of(query)):
        there = {names[letter]: state for letter, state in at.items()}
        assert oracle.value(ours.formula, at) == other.value(theirs.formula, there)


def same_rules(left: StepChain, right: StepChain) -> bool:
    """Whether two chains take the same steps."""

    def rules(steps: tuple[Step, ...]) -> list[object]:
        return [(step.rule.name, rules(step.substeps)) for step in steps]

    return rules(left.steps) == rules(right.steps)


def renamed(expr: Expr, names: dict[str, str]) -> Expr:
    """The formula with other variables; letters are named after their variables."""

    def value(given: Value) -> Value:
        base = given.name.rstrip("'")
        if type(given).__name__ == "State":
            return given
        return type(given)(names[base] + given.name[len(base) :])

    def put(events: Events) -> Events:
        return Events(Event(names[e.variable], value(e.value)) for e in events)

    match expr:
        case Prob(outcome, given, do):
            return Prob(put(outcome), put(given), put(do))
        case Expectation(over, body, given, do):
            return Expectation(put(over), renamed(body, names), put(given), put(do))
        case Sum(over, body):
            return Sum(put(over), renamed(body, names))
        case Numeric(event):
            return Numeric(put(Events([event]))[0])
        case Scalar():
            return expr
        case Product(parts):
            return Product(tuple(renamed(part, names) for part in parts))
        case Quotient(top, bottom):
            return Quotient(renamed(top, names), renamed(bottom, names))
        case Minus(left, right):
            return Minus(renamed(left, names), renamed(right, names))
    return type(expr)(tuple(renamed(part, names) for part in expr.terms))


def renamed_network(network: Network, names: dict[str, str]) -> Network:
    """The network with other variables, everything else as it was."""
    graph = Graph(
        [names[n] for n in network.graph.nodes],
        [(names[a], names[b]) for a, b in network.graph.directed],
    )
    variables = {names[n]: Variable(names[n], v.states) for n, v in network.variables.items()}
    tables = {
        names[n]: Table(names[n], tuple(names[p] for p in table.parents), table.entries)
        for n, table in network.tables.items()
    }
    return Network(variables, graph, tables)


ALARM = Model("B -> A <- E; A -> J; A -> M")


def test_which_way_an_action_is_dropped():
    names = [step.rule.name for step in ALARM.derive("P(J | do(M))").steps]
    assert names == ["do-calculus.3"]
    names = [step.rule.name for step in PLAIN.derive("P(S | do(G))").steps]
    assert names == ["truncated-factorisation", "sum-to-one", "marginalise"]


@pytest.mark.parametrize(
    "edges",
    ["A -> M -> Y; A -> Y; Z -> A; Z -> Y; W -> Z", "A -> M -> Y; Z -> A; Z -> Y", "Z -> A -> Y"],
)
@pytest.mark.parametrize("query", ["E[Y | do(A={})]", "P(Y=1 | do(A={}))"])
def test_both_terms_of_a_difference_go_through_the_same_rules(edges, query):
    model = Model(edges)
    derivation = model.derive(f"{query.format(1)} - {query.format(0)}")
    lines = [step.after for step in derivation.steps if isinstance(step.after, Minus)]
    assert lines
    for line in lines:
        swapped = re.sub("A=1", "A=0", text(line.left, order=tuple(model.variables)))
        assert same_form(model.query(swapped), line.right)
    names = [step.rule.name for step in derivation.steps]
    assert "collect" not in names[:-1]
