"""Random graphs with hidden causes: every estimand is right, every "no" has two models behind it.

What is right is decided by ``tests.identify.oracle``, which shares no code with the library.
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest

from symcausal.errors import LimitError
from symcausal.expr.nodes import Prob, free_events
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters, variables
from symcausal.graph.graph import Graph
from symcausal.identify.estimand import estimand
from symcausal.identify.identification import Identified, identify, is_identifiable
from symcausal.identify.question import Hedge, Input
from symcausal.identify.witness import two_models
from symcausal.kernel.core.interpretation import exact
from symcausal.kernel.core.meaning import meaning
from symcausal.rules.rule import Context
from tests.identify.oracle import HiddenModel
from tests.support.depth import many

ORACLES = 2
GRAPHS, EXPERIMENTS = many(100), many(60)


def question(rng: random.Random):
    """A graph of three to eight variables and a query about it."""
    names = [f"V{i}" for i in range(rng.randint(3, 8))]
    pairs = list(combinations(names, 2))
    dense, confounded = rng.choice((0.3, 0.5, 0.7)), rng.choice((0.1, 0.2, 0.4))
    directed = [pair for pair in pairs if rng.random() < dense]
    bidirected = [pair for pair in pairs if rng.random() < confounded][:12]
    hidden = rng.sample(names[:-1], rng.choice((0, 0, 1)))
    visible = [name for name in names if name not in hidden]
    late = visible[-1:] + rng.sample(visible[:-1], rng.choice((0, 0, 1)) if len(visible) > 2 else 0)
    rest = [name for name in visible if name not in late]
    rng.shuffle(rest)
    treated = rest[: rng.choice((1, 1, 2))]
    seen = rest[len(treated) :][: rng.choice((0, 0, 1, 2))]
    return Graph(names, directed, bidirected, hidden), late, treated, seen


def experiments(rng: random.Random, graph: Graph, late: list[str]) -> list[Input]:
    """Data from one or two experiments, perhaps besides observation."""
    visible = [name for name in graph.nodes if name not in graph.hidden]
    found = [Input(tuple(visible))] if rng.random() < 0.7 else []
    for _ in range(rng.choice((1, 2))):
        free = [name for name in visible if name not in late]
        done = rng.sample(free, min(len(free), rng.choice((1, 1, 2))))
        kept = tuple(name for name in visible if name not in done)
        found.append(Input(kept, tuple(sorted(done))))
    return found


def check(seed: int, *, with_experiments: bool) -> str:
    """Ask one question and check the answer; says how it ended."""
    rng = random.Random(seed)
    graph, late, treated, seen = question(rng)
    inputs = experiments(rng, graph, late) if with_experiments else None
    query = Prob(free_events(late), free_events(seen), free_events(treated))
    sizes = {name: rng.choice((2, 2, 3)) if len(graph.nodes) < 6 else 2 for name in graph.nodes}
    sizes = {name: size for name, size in sizes.items() if name not in graph.hidden}
    states = {name: tuple(map(str, range(sizes.get(name, 2)))) for name in graph.nodes}
    answer = identify(query, Context(graph), states, inputs=inputs)
    possible = is_identifiable(graph, late, treated, seen, inputs)
    assert isinstance(answer, Identified) is possible, seed
    formulas = [answer.estimand] if isinstance(answer, Identified) else []
    if inputs is None:
        plain = estimand(graph, late, treated, seen, states=states)
        assert isinstance(plain, Hedge) is not possible, seed
        formulas += [plain] * possible
    for formula in formulas:
        assert set(free_letters(formula)) <= {*late, *treated, *seen}, seed
        assert not set(variables(formula)) & graph.hidden, seed
        assert all(is_given(part, inputs) for _, part in everywhere(formula)), seed
        for _ in range(ORACLES):
            model = HiddenModel(graph, rng, sizes)
            assert model.same(query, formula), f"seed {seed}: {formula}"
    if not possible:
        check_witness(graph, states, query, inputs, seed)
    return "identified" if possible else "not identifiable"


def is_given(part, inputs) -> bool:
    """Whether a term of an estimand is a marginal or conditional of an input."""
    if not isinstance(part, Prob):
        return True
    if inputs is None:
        return not part.do
    named = {*part.outcome.variables, *part.given.variables}
    return any(
        set(part.do.variables) == set(one.done) and named <= set(one.observed) for one in inputs
    )


def check_witness(graph, states, query, inputs, seed) -> None:
    """Two models with the same inputs and another answer, entry by entry in fractions."""
    pair = two_models(graph, states, query, inputs)
    assert pair is not None, f"seed {seed}: no two models"
    visible = tuple(name for name in graph.nodes if name not in graph.hidden)
    for one in inputs or [Input(visible)]:
        law = Prob(free_events(one.observed), do=free_events(one.done))
        first, second = (values(law, network) for network in pair)
        assert first == second, seed
    first, second = (values(query, network) for network in pair)
    assert first != second, seed
    for network in pair:
        entries = [entry.value for table in network.tables.values() for entry in table.entries]
        assert all(Fraction(0) < entry < 1 for entry in entries), seed


def values(formula, network):
    """All values of a formula."""
    return list(meaning(formula, exact(network), free_letters(formula)).values)


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_some_random_graphs(start):
    """From observation."""
    assert {check(seed, with_experiments=False) for seed in range(start, start + 20)} == {
        "identified",
        "not identifiable",
    }


def test_some_experiments():
    """From experiments."""
    ended = Counter(check(seed, with_experiments=True) for seed in range(20))
    assert set(ended) == {"identified", "not identifiable"}


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(10))
def test_a_thousand_random_graphs(chunk):
    """From observation; none is refused."""
    for seed in range(1000 + chunk * GRAPHS, 1000 + (chunk + 1) * GRAPHS):
        try:
            check(seed, with_experiments=False)
        except LimitError as error:
            raise AssertionError(f"seed {seed} was refused: {error}") from error


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(4))
def test_hundreds_of_experiments(chunk):
    """From experiments."""
    for seed in range(100_000 + chunk * EXPERIMENTS, 100_000 + (chunk + 1) * EXPERIMENTS):
        check(seed, with_experiments=True)
