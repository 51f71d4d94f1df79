"""Verma constraints in exact models with explicit hidden causes, and where only arrows are left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations, product
from random import Random

import pytest

from symcausal.answer.constraints import Constraint, verified_constraints, verma_constraints
from symcausal.answer.implications import implications
from symcausal.errors import LimitError
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.graph.separation import separated
from symcausal.kernel.core.interpretation import with_explicit_causes
from symcausal.writing.notations import Notation
from symcausal.writing.text import text
from tests.graph.brute import random_graph, subsets
from tests.support.oracle import Oracle
from tests.support.random_models import random_tables

VERMA = Graph("ABCD", ["AB", "BC", "CD"], ["BD"])
NAPKIN = Graph("WZXY", ["WZ", "ZX", "XY"], ["WX", "WY"])


def constraints(graph: Graph) -> list[Constraint]:
    return verma_constraints(graph, dict.fromkeys(graph.nodes, ("0", "1")))


def values(oracle: Oracle, one: Constraint) -> list[set[object]]:
    """The values of the formula, apart for each choice of what it does depend on."""
    groups: dict[tuple[str, ...], set[object]] = {}
    letters = free_letters(one.formula)
    for at in oracle.assignments(letters):
        key = tuple(s for letter, s in at.items() if letters[letter] not in one.irrelevant)
        groups.setdefault(key, set()).add(oracle.value(one.formula, at))
    return list(groups.values())


def positive(random: Random, graph: Graph, count: int) -> Oracle:
    """A random model in which no two rows are the same by design."""
    states = {n: tuple(map(str, range(count if "U" in n else 2))) for n in graph.nodes}
    return Oracle(random_tables(random, graph, states, positive=True))


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        # the first such constraint that was published: Verma and Pearl (1990)
        (VERMA, [("sum_{B} P(B | A) P(D | A, B, C)", "A", "P(D | do(C))")]),
        (
            NAPKIN,
            [
                (
                    "(sum_{W} P(W) P(X, Y | W, Z)) / (sum_{W} P(W) P(X | W, Z))",
                    "Z",
                    "P(Y | do(X))",
                )
            ],
        ),
        (
            Graph("UABCD", ["AB", "BC", "CD", "UB", "UD"], hidden="U"),
            [("sum_{B} P(B | A) P(D | A, B, C)", "A", "P(D | do(C))")],
        ),
        # nothing beyond independence
        (Graph("XMY", ["XM", "MY"], ["XY"]), []),
        (Graph("XY", ["XY"], ["XY"]), []),
        (Graph("IDGSL", ["IG", "DG", "IS", "GL"]), []),
        (Graph("ABCD", ["AB", "BC", "CD", "AD"], ["BD"]), []),
    ],
)
def test_known_constraints(graph: Graph, expected: list[tuple[str, str, str]]) -> None:
    found = [
        (
            text(one.formula, order=graph.nodes),
            "".join(one.irrelevant),
            text(one.effect, order=graph.nodes),
        )
        for one in constraints(graph)
    ]
    assert found == expected


def test_random_graphs_keep_their_constraints() -> None:
    """In every model with hidden causes the formula ignores what it is said to ignore."""
    random, found = Random(11), 0
    for _ in range(800):
        graph = random_graph(random, random.randint(4, 7), arrows=0.4, both=0.25)
        for one in constraints(graph):
            found += 1
            oracle = positive(random, with_explicit_causes(graph), 2)
            assert all(len(group) == 1 for group in values(oracle, one)), (graph, one)
            at = next(oracle.assignments(free_letters(one.formula)))
            assert oracle.value(one.formula, at) == oracle.value(one.effect, at)
            assert not graph.hidden & set(free_letters(one.formula).values())
    assert found >= 10


def test_three_states_of_the_hidden_cause_change_nothing() -> None:
    random = Random(2)
    for graph in (VERMA, NAPKIN):
        [one] = constraints(graph)
        explicit = with_explicit_causes(graph)
        assert all(len(g) == 1 for g in values(positive(random, explicit, 3), one))


def ordered_graphs(names: str) -> Iterator[Graph]:
    """Every graph with bidirected edges whose arrows run along the names."""
    pairs = list(combinations(names, 2))
    for arrows, both in product(product((0, 1), repeat=len(pairs)), repeat=2):
        yield Graph(
            names,
            [pair for pair, there in zip(pairs, arrows, strict=True) if there],
            [pair for pair, there in zip(pairs, both, strict=True) if there],
        )


def test_no_constraint_of_four_variables_follows_from_independence() -> None:
    """A graph of arrows alone with the same independencies has models that break the constraint."""
    random, broken = Random(3), 0
    for graph in ordered_graphs("ABCD"):
        for one in constraints(graph):
            same = _arrows_alone(graph)
            if same is None:
                continue
            models = (positive(random, same, 2) for _ in range(5))
            assert any(len(group) > 1 for model in models for group in values(model, one)), graph
            broken += 1
    assert broken >= 4


@pytest.mark.parametrize("graph", [VERMA, NAPKIN])
def test_the_published_constraints_do_not_follow_from_independence(graph: Graph) -> None:
    [one] = constraints(graph)
    same = _arrows_alone(graph)
    assert same is not None
    models = (positive(Random(seed), same, 2) for seed in range(5))
    assert any(len(group) > 1 for model in models for group in values(model, one))


def _independencies(graph: Graph) -> set[object]:
    return {
        (a, b, given)
        for a, b in combinations(sorted(graph.nodes), 2)
        for given in subsets(sorted(set(graph.nodes) - {a, b}))
        if separated(graph, a, b, given)
    }


def _arrows_alone(graph: Graph) -> Graph | None:
    """A graph without hidden causes that implies the same independencies, if there is one."""
    wanted = _independencies(graph)
    for order in permutations(graph.nodes):
        arrows = [
            (a, b)
            for a, b in combinations(order, 2)
            if (*sorted((a, b)), tuple(sorted(set(order[: order.index(b)]) - {a}))) not in wanted
        ]
        made = Graph(graph.nodes, arrows)
        if _independencies(made) == wanted:
            return made
    return None


def test_what_takes_too_long_to_verify_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symcausal.answer.constraints.BUDGET", -1.0)
    states = dict.fromkeys("ABCD", tuple("012345678"))
    assert verified_constraints(VERMA, states) == ([], 1)
    with pytest.raises(LimitError, match="too long to verify: 1"):
        verma_constraints(VERMA, states)
    found = implications(VERMA, states, notation=Notation())
    assert not found.constraints
    assert str(found).endswith("take too long to verify and are not listed: 1")


def test_a_component_with_too_many_sets_is_remarked_on() -> None:
    names = [f"V{i}" for i in range(16)]
    graph = Graph(names, (), list(combinations(names, 2)))
    found = implications(graph, dict.fromkeys(names, ("0", "1")), notation=Notation())
    assert "not listed: more than 5000 sets" in str(found)
