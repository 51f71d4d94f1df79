"""Two models that differ in one table, found by linear algebra.

All tables but one are drawn at random. Every input is then a linear function of the table that is
left, so that the changes of this table which no input shows are the solutions of linear equations.
Small multiples of a solution leave a table that is positive. Whether the query shows the change has
to be tried, since a query with conditions is no linear function.

Main definitions
----------------
perturbed_models : pairs of networks with the same inputs.
thinner : graphs with fewer arrows to try.

References
----------
[ShpitserPearl2006]_ for the guarantee that two models exist; that they may differ in one table is
what experience says.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import Prob
from symcausal.graph.graph import Graph
from symcausal.identify.linear import changed, equations, solutions
from symcausal.network.network import Network, Table, Variable

MOST_UNKNOWNS = 400
THINNER = 12
LARGEST_TABLE = 2**15
MOST_WORK = 2**20
# of the hidden causes of the table that is changed, and of all others
HIDDEN_STATES = ((2, 2), (3, 2), (4, 2), (5, 2), (6, 3), (8, 2), (4, 4))
_SEED = 1812


def perturbed_models(
    whole: Graph,
    thin_ones: Sequence[Graph],
    states: Mapping[str, tuple[str, ...]],
    query: Prob,
    inputs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]],
) -> Iterator[tuple[Network, Network]]:
    """Yield pairs of networks that agree on all inputs.

    Parameters
    ----------
    whole : Graph
        The graph of the networks: arrows only, hidden causes explicit.
    thin_ones : sequence of Graph
        Over the same variables, with the arrows that tables shall use; all are tried in turn.
    states : mapping
        States of the observed variables.
    query : Prob
        Whose variables and their ancestors are worth changing.
    inputs : sequence of (observed, do)
        What must stay the same.
    """
    rng = random.Random(_SEED)
    work = 0
    for near, far in HIDDEN_STATES:
        for thin in thin_ones:
            thin = Graph(whole.nodes, thin.directed, (), whole.hidden)
            linked = {name for edge in thin.directed for name in edge}
            for name in _changeable(thin, query):
                sizes = {n: near if name in thin.children(n) else far for n in thin.nodes}
                known = {n: _states_of(n, thin, states, sizes[n]) for n in thin.nodes}
                unknowns = prod(len(known[n]) for n in (*thin.parents(name), name))
                size = unknowns * prod(len(known[n]) for n in linked - thin.hidden)
                widest = max(
                    prod(len(known[n]) for n in (*whole.parents(m), m)) for m in whole.nodes
                )
                if unknowns > MOST_UNKNOWNS or max(size, widest) > LARGEST_TABLE:
                    continue
                work += size
                if work > MOST_WORK:
                    return
                columns = {n: _random_table(n, thin, known, rng, n in linked) for n in thin.nodes}
                same = equations(name, thin, known, columns, inputs, linked)
                first = network_over(whole, thin, known, columns)
                for change in solutions(same, unknowns):
                    table = changed(columns[name], change)
                    yield first, network_over(whole, thin, known, {**columns, name: table})


def thinner(whole: Graph) -> Iterator[Graph]:
    """Yield the graph, and some without part of its arrows; the same at every run.

    With fewer arrows more can be changed unseen, such as a cause that nothing reacts to.
    """
    rng = random.Random(_SEED)
    yield whole
    for name in whole.nodes:
        if name not in whole.hidden and whole.children(name):
            yield whole.cut(out_of=(name,))
    for _ in range(THINNER):
        arrows = [arrow for arrow in whole.directed if rng.randrange(2)]
        yield Graph(whole.nodes, arrows, (), whole.hidden)


def _changeable(thin: Graph, query: Prob) -> list[str]:
    """The variables that act on the query and are not set, those with hidden causes first."""
    asked = (*query.outcome.variables, *query.given.variables)
    above = thin.cut(into=query.do.variables).ancestors(asked)
    found = [n for n in above if n not in thin.hidden and n not in query.do.variables]
    return sorted(found, key=lambda n: not thin.hidden.intersection(thin.parents(n)))


def _states_of(
    name: str, thin: Graph, states: Mapping[str, tuple[str, ...]], hidden: int
) -> tuple[str, ...]:
    if name in thin.hidden:
        return tuple(map(str, range(hidden)))
    return states.get(name, ("0", "1"))


def _random_table(
    name: str,
    thin: Graph,
    states: Mapping[str, tuple[str, ...]],
    rng: random.Random,
    linked: bool,
) -> list[Fraction]:
    """Rows of small fractions; hidden roots and variables without neighbours are uniform."""
    parents, width = thin.parents(name), len(states[name])
    column: list[Fraction] = []
    for _ in range(prod(len(states[p]) for p in parents)):
        parts = [1] * width
        if linked and (parents or name not in thin.hidden):
            parts[rng.randrange(width)] += rng.randrange(3)
        column += [Fraction(part, sum(parts)) for part in parts]
    return column


def network_over(
    whole: Graph,
    thin: Graph,
    states: Mapping[str, tuple[str, ...]],
    columns: Mapping[str, Sequence[Fraction]],
) -> Network:
    """The network over the whole graph: rows repeated for parents that the tables do not use."""
    tables = {}
    for name in whole.nodes:
        parents, width = whole.parents(name), len(states[name])
        entries: list[Number] = []
        for place in product(*(range(len(states[p])) for p in parents)):
            at, row = dict(zip(parents, place, strict=True)), 0
            for parent in thin.parents(name):
                row = row * len(states[parent]) + at[parent]
            entries += [Number(e) for e in columns[name][row * width : (row + 1) * width]]
        tables[name] = Table(name, parents, tuple(entries))
    return Network({n: Variable(n, states[n]) for n in whole.nodes}, whole, tables)
