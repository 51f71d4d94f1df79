"""One soundness property for all rules, for ever.

Random graphs, random models in exact fractions, random formulas: whatever a rule proposes at any
node keeps its value in the brute-force semantics, unless one of its conditions is refuted. The
formulas are met on random walks: start from something that a user may ask for, let every rule of
the catalogue propose at every node, check every proposal, follow one of them, repeat.

In strictly positive models a proposal must have the same value wherever the old formula has one; in
models with zeros it must agree wherever both are defined.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pytest

from symcausal.algebra.scalar import Term
from symcausal.expr import build, path
from symcausal.expr.nodes import Event, Events, Expr, Letter, Minus, Prob, Quotient, State, Sum
from symcausal.network.network import Network
from symcausal.rules.catalogue import CATALOGUE
from symcausal.rules.condition import Condition, Distinct, Positive
from symcausal.rules.decide import decide
from symcausal.rules.rule import Context, Rewrite, Rule
from tests.support.depth import many
from tests.support.oracle import Oracle, free_letters_of
from tests.support.random_models import overlapping_query, random_network, random_query

MOST_ASSIGNMENTS = 8
MOST_NODES = 40
MOST_OF_ONE_RULE = 5
STEPS = 4
MANY = many(150)
LEAST_FIRED = 36  # a rule that hardly ever fires has hardly been tested

Proposal: TypeAlias = tuple[path.NodePath, Expr, Rule, Rewrite]


class NetworkTables:
    """The entries of a network, as transforms ask for them."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def entry_of(self, variable: str, state: str, parents: dict[str, str]) -> Term | None:
        """One entry."""
        return self.network.entry(variable, state, parents)


def starting_points(rng: random.Random, network: Network) -> Expr:
    """A query, or one of the shapes that sums, quotients and differences take in derivations."""
    kind = rng.choice(("query", "query", "mean", "prime", "overlap", "sum", "quotient", "minus"))
    names = list(network.graph.nodes)
    match kind:
        case "mean":
            return random_query(rng, network, "expectation")
        case "prime":
            return _with_second_copy(rng, random_query(rng, network, "conditional"))
        case "overlap":
            return overlapping_query(rng, network)
        case "sum":
            return _sum_of_tables(rng, network, rng.sample(names, min(len(names), 3)))
        case "quotient":
            shared = random_query(rng, network, "conditional")
            parts = [random_query(rng, network, "do"), random_query(rng, network, "marginal")]
            return Quotient(*(build.product(rng.sample([shared, p], 2)) for p in parts))
        case "minus":
            over = Events([Event(names[0], Letter(names[0]))])
            shared = Prob(over)
            left, right = (random_query(rng, network, "conditional") for _ in range(2))
            sides = [build.product((part, shared)) for part in (left, right)]
            return (
                Minus(*(Sum(over, side) for side in sides)) if rng.random() < 0.7 else Minus(*sides)
            )
        case _:
            return random_query(rng, network)


def _sum_of_tables(rng: random.Random, network: Network, names: list[str]) -> Expr:
    """``sum`` of the product of all tables above some variables, over some of them."""
    graph = network.graph
    above = graph.topological(graph.ancestors(names))
    fixed = {name: Event(name, Letter(name)) for name in graph.nodes}
    factors = [Prob(Events([fixed[n]]), Events(fixed[p] for p in graph.parents(n))) for n in above]
    rng.shuffle(factors)
    count = rng.randint(1, max(1, len(above) - 1))
    return Sum(Events(fixed[name] for name in rng.sample(above, count)), build.product(factors))


def _with_second_copy(rng: random.Random, query: Expr) -> Expr:
    """A conditional probability with another value of its condition in the intervention."""
    if not isinstance(query, Prob) or not query.given:
        return query
    event = query.given[0]
    second = Event(event.variable, Letter(event.variable + "'"))
    if rng.random() < 0.5:
        return Prob(query.outcome | [second], query.given)
    return Prob(query.outcome | [second], query.given.without([event.variable]), Events([event]))


# -- checking one proposal ----------------------------------------------------------------------
def holds(condition: Condition, oracle: Oracle, at: dict[str, str]) -> bool:
    """Whether an assumed condition is true in this model, for all values of bound letters."""
    match condition:
        case Positive(event, do):
            if not event:
                return True
            chance = Prob(event, do=do)
            bound = {k: v for k, v in free_letters_of(chance).items() if k not in at}
            return all(oracle.value(chance, {**at, **more}) for more in oracle.assignments(bound))
        case Distinct(_, left, right):
            return at[left] != at[right]
        case _:
            return True  # separations were decided by the graph


def broken(
    before: Expr, rewrite: Rewrite, oracle: Oracle, rng: random.Random, *, positive: bool
) -> Iterator[str]:
    """Say where a proposal changes the value of a formula."""
    letters = free_letters_of(before) | free_letters_of(rewrite.after)
    for condition in rewrite.requires:
        if isinstance(condition, Distinct):
            letters |= {condition.left: condition.variable, condition.right: condition.variable}
    for at in _some(oracle.assignments(letters), rng):
        if not all(holds(condition, oracle, at) for condition in rewrite.requires):
            continue
        old, new = oracle.value(before, at), oracle.value(rewrite.after, at)
        if old is not None and old != new and (positive or new is not None):
            yield f"at {at}: {old} became {new}"


def _some(assignments: Iterable[dict[str, str]], rng: random.Random) -> list[dict[str, str]]:
    found = list(assignments)
    return found if len(found) <= MOST_ASSIGNMENTS else rng.sample(found, MOST_ASSIGNMENTS)


def proposals(expr: Expr, context: Context) -> Iterator[Proposal]:
    """Everything that may be done at any node, without what the graph refutes."""
    for count, (place, node) in enumerate(path.everywhere(expr)):
        if count >= MOST_NODES:
            return
        for rule in CATALOGUE:
            for rewrite in rule(node, context):
                decisions = [decide(c, context.graph).verdict for c in rewrite.requires]
                if "fails" not in decisions:
                    yield place, node, rule, rewrite


def walk(seed: int, *, positive: bool) -> Counter[str]:
    """Take one random walk, check every proposal on it, and count what fired."""
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 5), positive=positive)
    oracle, context = Oracle(network), Context(network.graph, NetworkTables(network))
    expr, fired = starting_points(rng, network), Counter[str]()
    for _ in range(STEPS):
        found = list(proposals(expr, context))
        for place, node, rule, rewrite in _a_few_of_each(found, rng):
            fired[rule.name] += 1
            faults = list(broken(node, rewrite, oracle, rng, positive=positive))
            assert not faults, (
                f"{rule.name} is wrong with seed {seed} at {place} of\n{expr}\n"
                f"before: {node}\nafter: {rewrite.after}\nrequires: {rewrite.requires}\n"
                f"graph: {network.graph}\n{faults[0]}"
            )
        if not found:
            break
        rare = min(fired[rule.name] for _, _, rule, _ in found)
        choices = [p for p in found if fired[p[2].name] <= rare + 3]
        place, _, _, rewrite = rng.choice(choices)
        if any(isinstance(condition, Distinct) for condition in rewrite.requires):
            continue  # from here on the formula would hold for other values only
        expr = path.replace(expr, place, rewrite.after)
    return fired


def _a_few_of_each(found: list[Proposal], rng: random.Random) -> Iterator[Proposal]:
    """At most a handful of proposals per rule, so that talkative rules don't crowd out others."""
    for rule in CATALOGUE:
        same = [proposal for proposal in found if proposal[2] is rule]
        yield from rng.sample(same, min(len(same), MOST_OF_ONE_RULE))


def test_every_rule_keeps_the_value_in_positive_models():
    """Every rule is an equality, and every rule was tried dozens of times."""
    fired = Counter[str]()
    for seed in range(300):
        fired += walk(seed, positive=True)
    here = [rule for rule in CATALOGUE if not rule.transform.__module__.endswith("worlds")]
    seldom = {rule.name: fired[rule.name] for rule in here if fired[rule.name] < LEAST_FIRED}
    assert not seldom


def test_every_rule_keeps_the_value_where_it_is_defined():
    """Zeros and certainties in the tables make no rule wrong."""
    for seed in range(10_000, 10_100):
        walk(seed, positive=False)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(8))
def test_every_rule_keeps_the_value_in_thousands_of_models(chunk):
    """The same two properties, at length."""
    for seed in range(20_000 + chunk * MANY, 20_000 + (chunk + 1) * MANY):
        walk(seed, positive=seed % 3 != 0)


def test_states_make_conditions_decidable():
    """An event and its contradiction: the oracle agrees with what certainty rules say."""
    network = random_network(random.Random(3), positive=True)
    name = network.graph.nodes[0]
    one, other = (Events([Event(name, State(s))]) for s in network.variables[name].states[:2])
    oracle = Oracle(network)
    assert oracle.value(Prob(one, do=one)) == 1
    assert oracle.value(Prob(one, do=other)) == 0
    assert oracle.value(Prob(one, one, other)) is None
