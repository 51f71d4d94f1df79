"""Random networks, queries and formulas from a seeded generator, for loops of thousands.

The names include those that a computer-algebra system would take for something else (I, S, E, N, Q,
O), and tables include certain, impossible and repeated rows, because that is where mistakes hide.

Main definitions
----------------
random_graph, random_network : models of a few variables.
random_query : something that a user may ask for; :data:`KINDS` names the kinds.
random_formula : a well-scoped tree over the variables of a network.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product

from symcausal.algebra.scalar import Number
from symcausal.expr import build
from symcausal.expr.nodes import (
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    Quotient,
    Scalar,
    State,
    Sum,
    Value,
)
from symcausal.expr.scope import fresh
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Table, Variable

NAMES = ("I", "S", "E", "N", "Q", "O", "C")
KINDS = (
    "joint",
    "marginal",
    "conditional",
    "evidential",
    "do",
    "do-evidence",
    "several",
    "difference",
    "expectation",
)


# -- models -------------------------------------------------------------------------------------
def random_graph(
    rng: random.Random, size: int, *, names: Sequence[str] = NAMES, most_parents: int = 3
) -> Graph:
    """Arrows along a random order, declared in another random order."""
    order = rng.sample(list(names), size)
    density = rng.choice((0.25, 0.45, 0.7))
    arrows = []
    for i, effect in enumerate(order):
        causes = [cause for cause in order[:i] if rng.random() < density]
        arrows += [(cause, effect) for cause in causes[:most_parents]]
    rng.shuffle(arrows)
    return Graph(rng.sample(order, size), arrows)


def random_row(rng: random.Random, width: int, *, positive: bool = False) -> list[Fraction]:
    """A distribution over small fractions; sometimes certain or with an impossible state."""
    kind = "positive" if positive else rng.choice(("positive", "positive", "zero", "certain"))
    weights = [rng.randint(1, 5) for _ in range(width)]
    if kind == "certain":
        weights = [0] * width
        weights[rng.randrange(width)] = 1
    elif kind == "zero":
        weights[rng.randrange(width)] = 0
    return [Fraction(weight, sum(weights)) for weight in weights]


def random_tables(
    rng: random.Random, graph: Graph, states: dict[str, tuple[str, ...]], *, positive: bool = False
) -> Network:
    """Numbers for a graph; now and then a row repeats the one before (an arrow without effect)."""
    tables = {}
    for name in graph.nodes:
        parents = graph.parents(name)
        row: list[Fraction] = []
        entries: list[Number] = []
        for _ in product(*(states[parent] for parent in parents)):
            if not row or rng.random() > 0.15:
                row = random_row(rng, len(states[name]), positive=positive)
            entries += map(Number, row)
        tables[name] = Table(name, parents, tuple(entries))
    variables = {name: Variable(name, states[name]) for name in graph.nodes}
    return Network(variables, graph, tables)


def random_network(
    rng: random.Random,
    *,
    nodes: tuple[int, int] = (3, 7),
    states: tuple[int, int] = (2, 3),
    positive: bool = False,
    names: Sequence[str] = NAMES,
) -> Network:
    """A network of a random graph, with numbers as the names of states."""
    graph = random_graph(rng, rng.randint(*nodes), names=names)
    counts = {name: rng.randint(*states) for name in graph.nodes}
    if len(graph.nodes) > 5:  # keeps brute force below a thousand joint entries or so
        for name in graph.nodes[3:]:
            counts[name] = states[0]
    ranges = {name: tuple(map(str, range(count))) for name, count in counts.items()}
    return random_tables(rng, graph, ranges, positive=positive)


# -- queries ------------------------------------------------------------------------------------
def random_query(rng: random.Random, network: Network, kind: str | None = None) -> Expr:
    """A query of a kind, or of any kind; every variable stands in it at most once per term."""
    kind = kind or rng.choice(KINDS)
    names = list(network.graph.nodes)
    match kind:
        case "joint":
            return _prob(rng, network, rng.sample(names, rng.randint(2, len(names))))
        case "marginal":
            return _prob(rng, network, rng.sample(names, 1))
        case "conditional":
            return _split(rng, network, 1, rng.randint(1, 2), 0)
        case "evidential":
            return _evidential(rng, network)
        case "do":
            return _split(rng, network, 1, 0, 1)
        case "do-evidence":
            return _do_evidence(rng, network)
        case "several":
            given = rng.randint(0, 1) if len(names) > 3 else 0
            acts = rng.randint(1, 2) if len(names) - given > 3 else 1
            return _split(rng, network, 2, given, acts)
        case "difference":
            return _difference(rng, network)
        case "expectation":
            return _expectation(rng, network)
    raise KeyError(kind)


def random_event(rng: random.Random, network: Network, name: str, *, states: float = 0.4) -> Event:
    """The variable with its free value, or with a state."""
    value: Value = Letter(name)
    if rng.random() < states:
        value = State(rng.choice(network.variables[name].states))
    return Event(name, value)


def _prob(
    rng: random.Random,
    network: Network,
    outcome: Iterable[str],
    given: Iterable[str] = (),
    do: Iterable[str] = (),
) -> Prob:
    made = [Events(random_event(rng, network, name) for name in part)
            for part in (outcome, given, do)]  # fmt: skip
    return Prob(*made)


def _split(rng: random.Random, network: Network, outcome: int, given: int, do: int) -> Prob:
    picked = rng.sample(
        list(network.graph.nodes), min(outcome + given + do, len(network.variables))
    )
    parts = (picked[:outcome], picked[outcome + do :], picked[outcome : outcome + do])
    return _prob(rng, network, *parts)


def _evidential(rng: random.Random, network: Network) -> Prob:
    """A cause given an effect of it, if there is one."""
    graph = network.graph
    pairs = [(a, b) for b in graph.nodes for a in graph.ancestors((b,)) if a != b]
    cause, effect = rng.choice(pairs) if pairs else rng.sample(list(graph.nodes), 2)
    return _prob(rng, network, (cause,), (effect,))


def _do_evidence(rng: random.Random, network: Network) -> Prob:
    """``P(y | do(x), z)``, in half the cases with z below x."""
    graph = network.graph
    acting = [x for x in graph.nodes if len(graph.descendants((x,))) > 1]
    if acting and rng.random() < 0.5:
        cause = rng.choice(acting)
        seen = rng.choice([z for z in graph.descendants((cause,)) if z != cause])
        asked = rng.choice([y for y in graph.nodes if y not in (cause, seen)])
        return _prob(rng, network, (asked,), (seen,), (cause,))
    return _split(rng, network, 1, 1, 1)


def _difference(rng: random.Random, network: Network) -> Expr:
    """``P(y | do(x)) - P(y | x)`` and its relatives, with the same events on both sides."""
    outcome, cause, *rest = rng.sample(list(network.graph.nodes), 3)
    y = Events([random_event(rng, network, outcome)])
    x = Events([random_event(rng, network, cause)])
    z = Events([random_event(rng, network, rest[0])])
    pairs = [
        (Prob(y, do=x), Prob(y, x)),
        (Prob(y, x), Prob(y)),
        (Prob(y, do=x), Prob(y)),
        (Prob(y, z, x), Prob(y, z | x)),
        (Prob(y, do=x), Prob(y, do=z)),
    ]
    left, right = rng.choice(pairs)
    return Minus(left, right)


def _expectation(rng: random.Random, network: Network) -> Expr:
    names = rng.sample(list(network.graph.nodes), rng.randint(1, 3))
    event = Event(names[0], Letter(names[0]))
    given, do = (
        Events(random_event(rng, network, name) for name in part)
        for part in ((names[1:], ()) if rng.random() < 0.5 else (names[2:], names[1:2]))
    )
    return Expectation(Events([event]), Numeric(event), given, do)


def overlapping_query(rng: random.Random, network: Network) -> Prob:
    """A query whose parts share a variable, all values states: ``P(y, x | do(x'))``."""
    names = rng.sample(list(network.graph.nodes), 2)
    y, x = (Event(n, State(rng.choice(network.variables[n].states))) for n in names)
    again = Event(x.variable, State(rng.choice(network.variables[x.variable].states)))
    return rng.choice(
        (
            Prob(Events([x]), do=Events([again])),
            Prob(Events([x]), Events([again])),
            Prob(Events([y, x]), do=Events([again])),
            Prob(Events([y, x]), Events([again])),
            Prob(Events([y]), Events([x]), Events([again])),
            Prob(Events([x, again])),
            Prob(Events([x]), Events([y]), Events([again])),
        )
    )


# -- formulas -----------------------------------------------------------------------------------
def random_formula(
    rng: random.Random,
    network: Network,
    *,
    depth: int = 3,
    values: dict[str, list[Value]] | None = None,
) -> Expr:
    """A well-scoped tree; sums take primes where their letter is already in use.

    Parameters
    ----------
    rng : random.Random
        The source of choices.
    network : Network
        Whose variables and states it speaks of.
    depth : int
        Of the tree above its probabilities.
    values : mapping of str to list of Value, optional
        What may stand for each variable; its free letter and its states by default.
    """
    if values is None:
        values = {n: [Letter(n), *map(State, v.states)] for n, v in network.variables.items()}
    if depth <= 0:
        return _leaf(rng, values)

    def part() -> Expr:
        return random_formula(rng, network, depth=depth - 1, values=values)

    match rng.choice(("leaf", "sum", "sum", "product", "product", "quotient", "add", "minus")):
        case "sum":
            over, inner = _bound(rng, network, values)
            body = random_formula(rng, network, depth=depth - 1, values=inner)
            return build.total(over, body) if not isinstance(body, Sum) else Sum(over, body)
        case "product":
            return build.product([part() for _ in range(rng.randint(2, 3))])
        case "quotient":
            return Quotient(part(), part())
        case "add":
            return build.add([part() for _ in range(rng.randint(2, 3))])
        case "minus":
            return Minus(part(), part())
        case _:
            return _leaf(rng, values)


def _bound(
    rng: random.Random, network: Network, values: dict[str, list[Value]]
) -> tuple[Events, dict[str, list[Value]]]:
    inner = {name: list(options) for name, options in values.items()}
    over = []
    for name in rng.sample(list(values), rng.randint(1, min(2, len(values)))):
        taken = {v.name for v in inner[name] if isinstance(v, Letter)} if rng.random() < 0.7 else ()
        letter = Letter(fresh(name, taken))
        inner[name] = [letter, letter, *(v for v in inner[name] if v != letter)]
        over.append(Event(name, letter))
    return Events(over), inner


def _leaf(rng: random.Random, values: dict[str, list[Value]]) -> Expr:
    if rng.random() < 0.08:
        return Scalar(Number(Fraction(rng.randint(1, 9), rng.randint(2, 9))))
    names = rng.sample(list(values), rng.randint(1, min(4, len(values))))
    cut = sorted(rng.randint(1, len(names)) for _ in range(2))
    parts = (names[: cut[0]], names[cut[0] : cut[1]], names[cut[1] :])
    return Prob(*(Events(Event(n, rng.choice(values[n])) for n in part) for part in parts))
