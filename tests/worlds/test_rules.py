"""Every rule on several worlds keeps the value, and refuses what is not of its form."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from symcausal.expr.nodes import Copy, CopyEvent, CopyEvents, Counterfactual, Imposed, Letter, State
from symcausal.graph.graph import Graph
from symcausal.kernel.core.identity import identical, points
from symcausal.reading.reader import read
from symcausal.rules.condition import Distinct
from symcausal.rules.contradicting_worlds import contradiction
from symcausal.rules.rule import Context, Rule
from symcausal.rules.worlds import (
    complement,
    composition,
    conditional_counterfactual,
    exclusion,
    independence_across_worlds,
    one_world,
)

RULES = (
    exclusion,
    one_world,
    conditional_counterfactual,
    composition,
    independence_across_worlds,
    complement,
    contradiction,
)
NAMES = "ABC"
STATES = dict.fromkeys(NAMES, ("0", "1"))
LEAST_FIRED = 15


def random_graph(rng: Random) -> Graph:
    pairs = [(a, b) for i, a in enumerate(NAMES) for b in NAMES[i + 1 :]]
    arrows = [pair for pair in pairs if rng.random() < 0.6]
    return Graph(NAMES, arrows, [pair for pair in pairs if rng.random() < 0.25])


def random_copy(rng: Random) -> Copy:
    name = rng.choice(NAMES)
    chosen = sorted(rng.sample([n for n in NAMES if n != name], rng.randint(0, 2)))
    settings = [
        Imposed(n, rng.choice([State("0"), State("1"), Letter(n), Letter(f"{n}'")])) for n in chosen
    ]
    return Copy(name, tuple(settings))


def random_query(rng: Random) -> Counterfactual:
    sides = []
    for most in (2, 1):
        copies = [random_copy(rng) for _ in range(rng.randint(2 - (most == 1) * 2, most))]
        found = (
            rng.choice([State("0"), State("1"), Letter(c.variable), Letter(f"{c.variable}'")])
            for c in copies
        )
        sides.append(CopyEvents(CopyEvent(c, v) for c, v in zip(copies, found, strict=True)))
    return Counterfactual(
        sides[0] or CopyEvents([CopyEvent(random_copy(rng), State("1"))]), sides[1]
    )


def test_every_rule_keeps_the_value() -> None:
    fired = Counter[str]()
    for seed in range(400):
        rng = Random(seed)
        graph, waiting = random_graph(rng), [random_query(rng)]
        model = points(graph, STATES)
        for query in waiting:
            for rule in RULES:
                for rewrite in rule(query, Context(graph)):
                    apart = [(c.left, c.right) for c in rewrite.requires if isinstance(c, Distinct)]
                    try:
                        assert identical(query, rewrite.after, model, apart=apart), (
                            rule.name,
                            query,
                        )
                    except ZeroDivisionError:
                        continue  # under a condition that cannot be
                    fired[rule.name] += 1
                    inner = [part for part in _laws(rewrite.after) if part not in waiting]
                    waiting += inner if len(waiting) < 8 else []
    assert {rule.name: fired[rule.name] for rule in RULES if fired[rule.name] < LEAST_FIRED} == {}


def _laws(formula: object) -> list[Counterfactual]:
    from symcausal.expr.path import everywhere

    return [node for _, node in everywhere(formula) if isinstance(node, Counterfactual)]  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("formula", ["P(A)", "P(A | do(B))", "sum_{b} P(A, b)"])
def test_a_rule_proposes_nothing_for_one_world(rule: Rule, formula: str) -> None:
    assert [*rule(read(formula), Context(Graph(NAMES, ["AB"])))] == []


def test_what_one_hidden_cause_joins_stays_together() -> None:
    joined = Counterfactual(
        CopyEvents([CopyEvent(Copy("A"), State("0")), CopyEvent(Copy("B"), State("1"))])
    )
    assert not [*independence_across_worlds(joined, Context(Graph("AB", [], ["AB"])))]
    assert [*independence_across_worlds(joined, Context(Graph("AB")))]


def test_two_copies_of_one_variable_are_of_no_one_world() -> None:
    both = CopyEvents(CopyEvent(Copy("B", (Imposed("A", State(x)),)), State("1")) for x in "01")
    assert not [*one_world(Counterfactual(both), Context(Graph("AB", ["AB"])))]
