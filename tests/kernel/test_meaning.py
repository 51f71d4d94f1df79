"""The kernel's meaning is the brute-force one, entry by entry, with everything that is not defined."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from symcausal.errors import LimitError, UsageError
from symcausal.expr.nodes import (
    Add,
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    State,
    Sum,
    free_events,
)
from symcausal.graph.graph import Graph
from symcausal.kernel.core import factor
from symcausal.kernel.core.interpretation import exact
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network
from tests.support.oracle import Maybe, Oracle, free_letters_of
from tests.support.random_models import (
    overlapping_query,
    random_formula,
    random_network,
    random_query,
    random_tables,
)


def kernel_values(expr: Expr, network: Network) -> dict[tuple[str, ...], Maybe]:
    """The kernel's table, keyed by the states of the free letters in their reading order."""
    letters = free_letters_of(expr)
    factor = meaning(expr, exact(network), letters)
    places = product(*(network.variables[v].states for v in letters.values()))
    return dict(zip(places, factor.values, strict=True))


def brute_values(expr: Expr, network: Network) -> dict[tuple[str, ...], Maybe]:
    """The oracle's table with the same keys."""
    oracle, letters = Oracle(network), free_letters_of(expr)
    return {tuple(at.values()): oracle.value(expr, at) for at in oracle.assignments(letters)}


def check(expr: Expr, network: Network) -> None:
    """Kernel and oracle agree at every assignment, also about what is not defined."""
    assert kernel_values(expr, network) == brute_values(expr, network), (expr, network.graph)


@pytest.mark.parametrize("positive", [True, False], ids=["positive", "with zeros"])
def test_means_what_the_joint_says_for_random_formulas(positive):
    """Sums, products, quotients, differences over terms with conditions and ``do``."""
    for seed in range(150):
        rng = random.Random(seed)
        network = random_network(rng, nodes=(2, 4), positive=positive)
        check(random_formula(rng, network, depth=rng.randint(0, 3)), network)


@pytest.mark.parametrize("positive", [True, False], ids=["positive", "with zeros"])
def test_means_what_the_joint_says_for_random_queries(positive):
    """Everything that a user may ask for, expectations included."""
    for seed in range(1000, 1200):
        rng = random.Random(seed)
        network = random_network(rng, nodes=(3, 6), positive=positive)
        check(random_query(rng, network), network)


def test_means_what_the_joint_says_where_events_overlap():
    """``P(x | do(x))``, ``P(y, x | do(x'))``, impossible conditions."""
    for seed in range(2000, 2300):
        rng = random.Random(seed)
        network = random_network(rng, nodes=(2, 4), positive=rng.random() < 0.5)
        check(overlapping_query(rng, network), network)


def test_means_what_the_joint_says_where_a_variable_has_two_values():
    """The outcome, the condition and the intervention may share variables, letters and states."""
    for seed in range(3000, 3300):
        rng = random.Random(seed)
        network = random_network(rng, nodes=(2, 4), positive=rng.random() < 0.5)
        names = list(network.variables)

        def events(
            least: int, rng: random.Random = rng, network: Network = network, names=names
        ) -> Events:
            made = []
            for name in rng.choices(names, k=rng.randint(least, 2)):
                value = rng.choice([Letter(name), Letter(name + "'"),
                                    State(rng.choice(network.variables[name].states))])  # fmt: skip
                made.append(Event(name, value))
            return Events(made)

        do = Events({e.variable: e for e in events(0)}.values())
        check(Prob(events(1), events(0), do), network)


def test_means_what_the_joint_says_for_nested_means():
    """An expectation inside a sum, a product and a quotient, with a shadowed letter."""
    for seed in range(4000, 4060):
        rng = random.Random(seed)
        network = random_network(rng, nodes=(3, 4), positive=rng.random() < 0.5)
        y, x, z = rng.sample(list(network.variables), 3)
        own, other = Event(y, Letter(y)), Event(x, Letter(x))
        mean = Expectation(
            Events([own]), Product((Numeric(own), Numeric(other))), Events([other]),
            Events([Event(z, State(rng.choice(network.variables[z].states)))]),
        )  # fmt: skip
        check(mean, network)
        check(Sum(Events([other]), Product((mean, Prob(Events([other]))))), network)
        # the outer y is free, the inner one bound
        check(Quotient(Product((Prob(Events([own])), mean)), Minus(mean, Numeric(own))), network)
        check(Add((mean, Prob(Events([own])))), network)


def test_zero_weight_silences_what_is_not_defined():
    """``P(a) P(b | a)`` is 0 where ``P(a) = 0``; ``P(b | a)`` alone has no value there."""
    network = random_network(random.Random(1), nodes=(2, 2))
    a, b = network.graph.topological()
    never = random_tables(random.Random(1), Graph((a, b), [(a, b)]),
                          {a: ("0", "1"), b: ("0", "1")})  # fmt: skip
    table = never.tables[a]
    zero, one = (type(table.entries[0])(Fraction(n)) for n in (0, 1))
    tables = {**never.tables, a: type(table)(a, (), (zero, one))}
    network = Network(never.variables, never.graph, tables)
    impossible = Events([Event(a, State("0"))])
    outcome = Events([Event(b, State("0"))])
    assert kernel_values(Prob(outcome, impossible), network) == {(): None}
    weighed = Product((Prob(impossible), Prob(outcome, impossible)))
    assert kernel_values(weighed, network) == {(): 0}
    for expr in (Prob(outcome, impossible), weighed, Quotient(Prob(outcome), Prob(impossible)),
                 Prob(outcome, impossible, impossible), Prob(outcome, do=impossible)):  # fmt: skip
        check(expr, network)


def test_a_letter_cannot_range_over_two_sizes():
    """``P(X = a, Y = a)`` needs a common set of values."""
    graph = Graph(("X", "Y"))
    network = random_tables(random.Random(1), graph, {"X": ("0", "1"), "Y": ("0", "1", "2")})
    expr = Prob(Events([Event("X", Letter("X")), Event("Y", Letter("X"))]))
    with pytest.raises(UsageError, match="stands for a value of"):
        meaning(expr, exact(network), {"X": "X"})


class TestLimits:
    """Too much is refused before memory is gone."""

    NAMES = tuple(f"X{i}" for i in range(60))

    def network(self) -> Network:
        """Sixty variables in a chain."""
        graph = Graph(self.NAMES, zip(self.NAMES, self.NAMES[1:], strict=False))
        states = dict.fromkeys(self.NAMES, ("0", "1"))
        return random_tables(random.Random(5), graph, states, positive=True)

    @pytest.mark.parametrize("kind", ["whole", "quotient", "add", "minus", "condition"])
    def test_refuses_a_table_over_sixty_letters(self, kind):
        """Wherever the formula forces the table into one piece."""
        joint = Prob(free_events(self.NAMES))
        half = Prob(free_events(self.NAMES[:30]))
        expr = {
            "whole": joint,
            "quotient": Quotient(half, joint),
            "add": Add((joint, half)),
            "minus": Minus(half, joint),
            "condition": Prob(free_events(self.NAMES[:1]), free_events(self.NAMES[1:])),
        }[kind]
        with pytest.raises(LimitError):
            meaning(expr, exact(self.network()), dict(zip(self.NAMES, self.NAMES, strict=True)))

    def test_sums_sixty_letters_of_a_chain(self):
        """A large sum is no large table if it falls apart."""
        everything = Sum(free_events(self.NAMES), Prob(free_events(self.NAMES)))
        assert meaning(everything, exact(self.network()), {}).values == [1]


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_sum_may_be_made_in_parts(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factor, "LARGEST_AT_ONCE", at_once)
    rng = random.Random(at_once)
    for _ in range(20):
        network = random_network(rng)
        check(random_query(rng, network), network)
        check(overlapping_query(rng, network), network)
        check(random_formula(rng, network), network)
