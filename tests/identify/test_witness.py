"""Pairs of models that agree on the inputs and differ on the answer, for all that has no answer.

Which queries have none is decided by ``oracle_id``; whether a pair is what it should be, by brute
force over the joint distribution.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import pytest

from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import (
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    State,
    free_events,
)
from symcausal.graph.graph import Graph
from symcausal.graph.projection import latent_projection
from symcausal.identify.witness import is_witness, two_models
from symcausal.kernel.core.interpretation import with_explicit_causes
from symcausal.network.network import Network
from tests.identify.oracle_id import identifiable, identifiable_from
from tests.support.depth import many
from tests.support.oracle import Oracle
from tests.support.pace import soon

Inputs = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]

LARGEST_BY_HAND = 3000  # entries of a joint distribution


def graph_of(arrows: str, joins: str, hidden: str = "") -> Graph:
    """A graph of one-letter variables: ``XZ ZY`` for X -> Z -> Y."""
    directed, bidirected = ([(e[0], e[1]) for e in text.split()] for text in (arrows, joins))
    return Graph(sorted({*arrows, *joins} - {" "}), directed, bidirected, hidden)


def ask(outcome: Sequence[str], do: Sequence[str] = (), given: Sequence[str] = ()) -> Prob:
    """``P(outcome | do(do), given)`` for all values."""
    return Prob(free_events(outcome), free_events(given), free_events(do))


def observational(graph: Graph) -> Inputs:
    """The joint distribution of all that is not hidden."""
    return ((tuple(n for n in graph.nodes if n not in graph.hidden), ()),)


def proves(
    pair: tuple[Network, Network] | None, graph: Graph, query: Expr, inputs: Inputs | None = None
) -> bool:
    """Whether a pair shows that a query has no answer; by brute force if it is small enough."""
    if pair is None:
        return False
    inputs = inputs or observational(graph)
    for network in pair:
        assert network.graph == with_explicit_causes(graph)
        for table in network.tables.values():
            assert all(isinstance(e, Number) and e.value > 0 for e in table.entries)
    if max(network.joint_entries for network in pair) > LARGEST_BY_HAND:
        return is_witness(*pair, query, inputs)
    first, second = (Oracle(network) for network in pair)
    for observed, done in inputs:
        known = Prob(free_events(observed), do=free_events(done))
        assert first.table(known) == second.table(known)
    assert is_witness(*pair, query, inputs)
    return first.table(query) != second.table(query)


# Arrows, bidirected edges, outcome, do, condition; the first are in every text on the subject.
WITHOUT_AN_ANSWER = {
    "the bow": ("XY", "XY", "Y", "X", ""),
    "a bow before a mediator": ("XZ ZY", "XZ", "Y", "X", ""),
    "a bow behind a mediator": ("XZ ZY", "XY ZY", "Y", "X", ""),
    "a mediator confounded with both": ("XZ ZY", "XZ ZY", "Y", "X", ""),
    "the instrument": ("ZX XY", "XY", "Y", "X", ""),
    "a back door and a confounded covariate": ("ZX ZY XY", "ZX ZY", "Y", "X", ""),
    "the front door confounded with its treatment": ("XZ ZY", "XY XZ", "Y", "X", ""),
    "two outcomes that are known one by one": ("XY", "XZ ZY", "YZ", "X", ""),
    "a treatment that is an effect of another": ("XW WY", "XY WY", "Y", "XW", ""),
    "a collider below": ("XW WZ QZ QY", "XW", "Y", "X", "Z"),
    "a confounded condition": ("XZ", "XZ ZY", "Y", "X", "Z"),
    "a condition below the outcome": ("XY YZ", "XZ YZ", "Y", "X", "Z"),
    "an outcome above the condition": ("XZ YZ", "XZ", "Y", "X", "Z"),
    "a member of the hedge is asked for": ("AE CD DE", "AC AD CE", "A", "D", "E"),
    "a member of the hedge is confounded": ("AC BE CE", "AB AD AE BC BD", "D", "C", "E"),
}


@pytest.mark.parametrize("name", WITHOUT_AN_ANSWER)
def test_shapes_without_an_answer(name: str) -> None:
    """The textbook's negative examples, and shapes that a construction may forget."""
    arrows, joins, y, x, z = WITHOUT_AN_ANSWER[name]
    graph = graph_of(arrows, joins)
    assert not verdict(graph, y, x, z)
    pair = two_models(graph, {}, ask(y, x, z))
    assert proves(pair, graph, ask(y, x, z))


def verdict(graph: Graph, y: Sequence[str], x: Sequence[str], z: Sequence[str] = ()) -> bool:
    """What the oracle says of a query over a graph."""
    seen = latent_projection(graph)
    outcome, do, given, names = (frozenset(s) for s in (y, x, z, seen.nodes))
    arrows, joins = frozenset(seen.directed), frozenset(seen.bidirected)
    return identifiable(outcome, do, given, names, arrows, joins)


def test_the_bow_is_as_plain_as_can_be() -> None:
    """Quarters and eighths, and one hidden coin."""
    graph = graph_of("XY", "XY")
    pair = two_models(graph, {}, ask("Y", "X"))
    assert pair is not None
    for network in pair:
        assert network.joint_entries == 8
        entries = [e for table in network.tables.values() for e in table.entries]
        assert all(isinstance(e, Number) and e.value.denominator <= 8 for e in entries)


@pytest.mark.parametrize(
    "query",
    [
        Prob(Events([Event("Y", State("b"))]), do=Events([Event("X", State("z"))])),
        Prob(Events([Event("Y", Letter("y"))]), do=Events([Event("X", State("w"))])),
        Prob(free_events("Y"), do=Events([Event("X", Letter("x'"))])),
    ],
)
def test_states_and_letters_are_values(query: Prob) -> None:
    """The difference shows at the values that are asked for, and states keep their names."""
    graph = graph_of("XY", "XY")
    states = {"X": ("u", "w", "z"), "Y": ("a", "b", "c", "d")}
    pair = two_models(graph, states, query)
    assert proves(pair, graph, query)
    assert pair is not None
    assert all(network.variable(n).states == states[n] for network in pair for n in "XY")


def test_a_hidden_variable_with_several_effects() -> None:
    """One hidden variable stands for several coins, and hidden ones pass them on."""
    for graph in (
        graph_of("XM MY HX HM HY", "", "H"),
        graph_of("XA AY HA HX", "", "AH"),
        graph_of("GH HX XY GY", "", "GH"),
        graph_of("HX XY", "HY", "H"),
    ):
        pair = two_models(graph, {}, ask("Y", "X"))
        assert proves(pair, graph, ask("Y", "X"))


@pytest.mark.parametrize(
    ("arrows", "joins", "inputs", "query"),
    [
        ("ZX XY", "XY ZX ZY", [("ZXY", ""), ("XY", "Z")], ask("Y", "X")),
        ("XZ ZY", "XZ XY ZY", [("XZY", ""), ("ZY", "X")], ask("Y", "Z")),
        ("XZ ZY", "XY", [("XZ", ""), ("ZY", "")], ask("Y", "X")),  # the parts of a front door
        ("XY", "", [("X", ""), ("Y", "")], ask("Y", "X")),
        ("XY", "", [("Y", "X")], ask("X")),
        ("XY WY", "XW", [("Y", "X")], ask("Y", "XW")),
    ],
)
def test_experiments_and_parts_as_inputs(
    arrows: str, joins: str, inputs: list[tuple[str, str]], query: Prob
) -> None:
    """Experiments that do not help, and data that do not hold everything together."""
    graph = graph_of(arrows, joins)
    known = [(tuple(observed), tuple(done)) for observed, done in inputs]
    assert proves(two_models(graph, {}, query, known), graph, query, known)


def test_effects_as_differences_and_expectations() -> None:
    """Neither the effect of the treatment nor the mean of the outcome is known under the bow."""
    graph = graph_of("XY", "XY")
    one, zero = (
        Prob(Events([Event("Y", State("1"))]), do=Events([Event("X", State(x))])) for x in "10"
    )
    over = Events([Event("Y", Letter("Y"))])
    mean = Expectation(over, Numeric(Event("Y", Letter("Y"))), do=free_events("X"))
    for query in (Minus(one, zero), mean):
        assert proves(two_models(graph, {}, query), graph, query)


def test_a_variable_with_one_state_carries_nothing() -> None:
    """With one state of the treatment there is nothing to set."""
    graph = graph_of("XY", "XY")
    assert two_models(graph, {"X": ("only",)}, ask("Y", "X")) is None
    assert two_models(graph, {"Y": ("only",)}, ask("Y", "X"), [(("X",), ("Y",))]) is None


def test_no_pair_where_there_is_an_answer() -> None:
    """The front door and the napkin have one, and the search is given up at once."""
    for arrows, joins in (("XZ ZY", "XY"), ("WZ ZX XY", "WX WY")):
        with soon(0.5):
            assert two_models(graph_of(arrows, joins), {}, ask("Y", "X")) is None


def test_is_witness_refuses_what_proves_nothing() -> None:
    """A pair for one query says nothing of another, nor under more inputs."""
    graph = graph_of("XY", "XY")
    pair = two_models(graph, {}, ask("Y", "X"))
    assert pair is not None
    joint = observational(graph)
    assert is_witness(*pair, ask("Y", "X"), joint)
    assert not is_witness(*pair, ask("Y"), joint)
    assert not is_witness(pair[0], pair[0], ask("Y", "X"), joint)
    assert not is_witness(*pair, ask("Y", "X"), [*joint, (("Y",), ("X",))])


# -- random graphs ------------------------------------------------------------------------------
class Question(NamedTuple):
    """A random query without an answer."""

    graph: Graph
    query: Prob
    inputs: Inputs | None
    states: dict[str, tuple[str, ...]]


def random_question(rng: random.Random, *, most: int, experiments: bool = False) -> Question:
    """Draw until the oracle says no."""
    while True:
        names = [f"V{i}" for i in range(rng.randint(3, most))]
        pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
        dense, joined = rng.choice((0.2, 0.35, 0.5)), rng.choice((0.15, 0.3, 0.5))
        arrows = [pair for pair in pairs if rng.random() < dense]
        joins = [pair for pair in pairs if rng.random() < joined]
        drawn = iter(rng.sample(names, len(names)))
        y, x, z = (
            [n for n, _ in zip(drawn, range(rng.choice(counts)), strict=False)]
            for counts in ((1, 1, 2), (1, 1, 2, 3), (0, 0, 1, 1, 2))
        )
        settings, inputs = [frozenset[str]()], None
        if experiments:
            count = rng.randint(1, 3)
            settings = [frozenset(rng.sample(names, rng.randint(0, 2))) for _ in range(count)]
            inputs = [
                (tuple(n for n in names if n not in setting), tuple(sorted(setting)))
                for setting in settings
            ]
        edges = frozenset(arrows), frozenset(joins)
        outcome, do, given, everything = (frozenset(s) for s in (y, x, z, names))
        if y and not identifiable_from(outcome, do, given, everything, *edges, settings):
            states = {n: ("0", "1", "2")[: rng.choice((2, 2, 2, 3))] for n in names}
            return Question(Graph(names, arrows, joins), ask(y, x, z), inputs, states)


def seconds_for(questions: Sequence[Question]) -> list[float]:
    """The processor time for each question, once its proof has been checked."""
    taken = []
    for question in questions:
        start = time.process_time()
        pair = two_models(question.graph, question.states, question.query, question.inputs)
        taken.append(time.process_time() - start)
        assert proves(pair, question.graph, question.query, question.inputs), question
    return taken


@pytest.mark.parametrize("experiments", [False, True])
def test_every_query_without_an_answer_gets_two_models(experiments: bool) -> None:
    """Random graphs, conditions, several treatments, experiments; and it takes no time."""
    rng = random.Random(20061)
    taken = seconds_for([random_question(rng, most=7, experiments=experiments) for _ in range(60)])
    assert median(taken) < 0.1


@pytest.mark.slow
@pytest.mark.parametrize("experiments", [False, True])
def test_every_query_without_an_answer_gets_two_models_at_length(experiments: bool) -> None:
    """Hundreds of them, with up to eight variables."""
    rng = random.Random(20062)
    taken = seconds_for(
        [random_question(rng, most=8, experiments=experiments) for _ in range(many(400))]
    )
    assert median(taken) < 0.1
    assert max(taken) < 5


@pytest.mark.slow
def test_hidden_variables_at_length() -> None:
    """Graphs whose hidden variables have causes and several effects."""
    rng, done = random.Random(20063), 0
    while done < 200:
        names = [f"V{i}" for i in range(rng.randint(4, 8))]
        pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
        arrows = [pair for pair in pairs if rng.random() < 0.4]
        joins = [pair for pair in pairs if rng.random() < 0.1]
        hidden = rng.sample(names, rng.randint(1, 3))
        y, *others = rng.sample([n for n in names if n not in hidden], len(names) - len(hidden))
        graph, x, z = Graph(names, arrows, joins, hidden), others[:1], others[1 : rng.randint(1, 2)]
        if not x or verdict(graph, [y], x, z):
            continue
        done += 1
        assert proves(two_models(graph, {}, ask([y], x, z)), graph, ask([y], x, z))


def test_the_same_pair_at_every_run() -> None:
    """Numbers do not depend on what has been asked before."""
    question = random_question(random.Random(7), most=6)
    first, second = (two_models(question.graph, question.states, question.query) for _ in range(2))
    assert first is not None
    assert first == second


def test_fractions_are_small() -> None:
    """Denominators of the tables that the construction writes are low powers of two."""
    rng = random.Random(20064)
    largest = []
    for _ in range(20):
        question = random_question(rng, most=5)
        pair = two_models(question.graph, {}, question.query)
        assert pair is not None
        entries = [e for network in pair for t in network.tables.values() for e in t.entries]
        largest.append(max(e.value.denominator for e in entries if isinstance(e, Number)))
    assert median(largest) <= 16
    assert all(size.bit_count() == 1 for size in largest)
