"""Hypothesis strategies for valid graphs, networks, queries and formulas.

Everything is valid by construction, so nothing is filtered, and everything shrinks: to fewer
variables, fewer arrows, even rows, plain marginals.

Main definitions
----------------
dags, networks, queries, formulas : the strategies.
models_with_queries : a network together with a query to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

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
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Table, Variable
from tests.support.random_models import NAMES


@st.composite
def dags(
    draw: st.DrawFn,
    min_nodes: int = 1,
    max_nodes: int = 6,
    *,
    names: Sequence[str] = NAMES,
    bidirected: bool = False,
    most_parents: int = 3,
) -> Graph:
    """Acyclic graphs; the arrows run along a drawn order of the names."""
    size = draw(st.integers(min_nodes, max_nodes))
    nodes = list(names[:size])
    order = draw(st.permutations(nodes))
    arrows = []
    for i, effect in enumerate(order):
        causes = draw(st.lists(st.sampled_from(order[:i]), unique=True, max_size=most_parents)
                      if i else st.just([]))  # fmt: skip
        arrows += [(cause, effect) for cause in causes]
    pairs = [(a, b) for i, a in enumerate(nodes) for b in nodes[i + 1 :]]
    both = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3)
                if bidirected and pairs else st.just([]))  # fmt: skip
    return Graph(nodes, arrows, both)


@st.composite
def rows(draw: st.DrawFn, width: int, *, positive: bool = False) -> list[Fraction]:
    """Distributions over small fractions; certain and impossible states unless ``positive``."""
    least = 1 if positive else 0
    weights = [draw(st.integers(least, 5)) for _ in range(width)]
    if not any(weights):
        weights[0] = 1
    return [Fraction(weight, sum(weights)) for weight in weights]


@st.composite
def networks(
    draw: st.DrawFn,
    *,
    nodes: tuple[int, int] = (3, 7),
    states: tuple[int, int] = (2, 3),
    positive: bool = False,
    names: Sequence[str] = NAMES,
) -> Network:
    """Networks with exact small fractions; the states are named by numbers."""
    graph = draw(dags(*nodes, names=names))
    ranges = {name: tuple(map(str, range(draw(st.integers(*states))))) for name in graph.nodes}
    tables = {}
    for name in graph.nodes:
        parents = graph.parents(name)
        count = len(list(product(*(ranges[parent] for parent in parents))))
        drawn = [draw(rows(len(ranges[name]), positive=positive)) for _ in range(count)]
        tables[name] = Table(name, parents, tuple(Number(x) for row in drawn for x in row))
    return Network({n: Variable(n, ranges[n]) for n in graph.nodes}, graph, tables)


def values(network: Network, name: str) -> st.SearchStrategy[Value]:
    """The free value of a variable, or one of its states."""
    states = st.sampled_from(network.variables[name].states).map(State)
    return st.just(Letter(name)) | states


@st.composite
def events(draw: st.DrawFn, network: Network, names: Sequence[str]) -> Events:
    """One event for each of some variables."""
    return Events([Event(name, draw(values(network, name))) for name in names])


@st.composite
def probabilities(
    draw: st.DrawFn, network: Network, *, given: bool = True, do: bool = True
) -> Prob:
    """``P(outcome | given, do)`` over disjoint variables; each part may have several."""
    names = draw(st.permutations(list(network.variables)))
    outcome = draw(st.integers(1, min(3, len(names))))
    left = names[outcome:]
    seen = left[: draw(st.integers(0, min(2, len(left))))] if given else []
    left = left[len(seen) :]
    acts = left[: draw(st.integers(0, min(2, len(left))))] if do else []
    parts = [draw(events(network, part)) for part in (names[:outcome], seen, acts)]
    return Prob(*parts)


@st.composite
def below_treatment(draw: st.DrawFn, network: Network) -> Prob:
    """``P(y | do(x), z)`` with z a descendant of x, where the graph has such a pair."""
    graph = network.graph
    pairs = [(x, z) for x in graph.nodes for z in graph.descendants((x,)) if x != z]
    others = [p for p in product(graph.nodes, repeat=2) if p[0] != p[1]]
    x, z = draw(st.sampled_from(pairs or others))
    y = draw(st.sampled_from([name for name in graph.nodes if name not in (x, z)]))
    return Prob(*(draw(events(network, [name])) for name in (y, z, x)))


@st.composite
def differences(draw: st.DrawFn, network: Network) -> Minus:
    """Seeing against doing, for the same events."""
    names = draw(st.permutations(list(network.variables)))
    y, x = (draw(events(network, [name])) for name in names[:2])
    z = draw(events(network, names[2:3]))
    return Minus(
        draw(st.sampled_from([Prob(y, do=x), Prob(y, x), Prob(y, z, x)])),
        draw(
            st.sampled_from([Prob(y, x), Prob(y), Prob(y, z | x), Prob(y, do=z) if z else Prob(y)])
        ),
    )


@st.composite
def expectations(draw: st.DrawFn, network: Network) -> Expectation:
    """The mean of a variable whose states are numbers."""
    asked = draw(probabilities(network))
    event = Event(asked.outcome[0].variable, Letter(asked.outcome[0].variable))
    return Expectation(Events([event]), Numeric(event), asked.given, asked.do)


def queries(network: Network) -> st.SearchStrategy[Expr]:
    """Whatever may be asked of a network of three variables or more."""
    return st.one_of(
        probabilities(network, given=False, do=False),
        probabilities(network, do=False),
        probabilities(network, given=False),
        probabilities(network),
        below_treatment(network),
        differences(network),
        expectations(network),
    )


@st.composite
def models_with_queries(draw: st.DrawFn, *, positive: bool = False) -> tuple[Network, Expr]:
    """A network and a query to it."""
    network = draw(networks(positive=positive))
    return network, draw(queries(network))


@st.composite
def formulas(
    draw: st.DrawFn,
    network: Network,
    *,
    depth: int = 3,
    options: dict[str, tuple[Value, ...]] | None = None,
) -> Expr:
    """Well-scoped trees over a network's variables, in the flat shape that the builders make."""
    if options is None:
        options = {
            name: (Letter(name), *map(State, variable.states))
            for name, variable in network.variables.items()
        }
    kind = draw(st.sampled_from(("leaf", "product", "sum", "quotient", "add", "minus")))
    if depth == 0 or kind == "leaf":
        return draw(_leaves(options))
    if kind == "sum":
        return draw(_sums(network, depth, options))
    count = draw(st.integers(2, 3)) if kind in ("product", "add") else 2
    parts = [draw(formulas(network, depth=depth - 1, options=options)) for _ in range(count)]
    match kind:
        case "product":
            return build.product(parts)
        case "add":
            return build.add(parts)
        case "quotient":
            return Quotient(*parts)
        case _:
            return Minus(*parts)


@st.composite
def _sums(
    draw: st.DrawFn, network: Network, depth: int, options: dict[str, tuple[Value, ...]]
) -> Expr:
    names = draw(st.lists(st.sampled_from(sorted(options)), unique=True, min_size=1, max_size=2))
    inner = dict(options)
    over = []
    for name in names:
        letters = [value.name for value in options[name] if isinstance(value, Letter)]
        letter = Letter(max(letters, key=len) + "'" * draw(st.integers(0, 1)))
        inner[name] = (letter, *(value for value in options[name] if value != letter))
        over.append(Event(name, letter))
    body = draw(formulas(network, depth=depth - 1, options=inner))
    return Sum(Events(over), body) if isinstance(body, Sum) else build.total(over, body)


@st.composite
def _leaves(draw: st.DrawFn, options: dict[str, tuple[Value, ...]]) -> Expr:
    if draw(st.integers(0, 11)) == 11:
        return Scalar(Number(draw(st.fractions(min_value=0, max_value=9, max_denominator=12))))
    names = draw(st.permutations(sorted(options)))
    first = draw(st.integers(1, min(2, len(names))))
    second = draw(st.integers(first, min(first + 2, len(names))))
    third = draw(st.integers(second, min(second + 1, len(names))))
    return Prob(
        *(
            Events(Event(name, draw(st.sampled_from(options[name]))) for name in part)
            for part in (names[:first], names[first:second], names[second:third])
        )
    )
