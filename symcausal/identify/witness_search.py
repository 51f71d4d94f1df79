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
from math import gcd, lcm, prod

from symcausal.algebra.deadline import spend
from symcausal.algebra.field import Rationals
from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import Prob
from symcausal.graph.graph import Graph
from symcausal.kernel.core.factor import Factor, contract, multiply
from symcausal.network.network import Network, Table, Variable

MOST_UNKNOWNS = 400
MOST_SOLUTIONS = 24
THINNER = 12
LARGEST_TABLE = 2**15
MOST_WORK = 2**20
# of the hidden causes of the table that is changed, and of all others
HIDDEN_STATES = ((2, 2), (3, 2), (4, 2), (5, 2), (6, 3), (8, 2), (4, 4))
_SEED = 1812

SparseRow = dict[int, Fraction]


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
                equations = _equations(name, thin, known, columns, inputs, linked)
                first = _network(whole, thin, known, columns)
                for change in _solutions(equations, unknowns):
                    table = _changed(columns[name], change)
                    yield first, _network(whole, thin, known, {**columns, name: table})


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


def _equations(
    name: str,
    thin: Graph,
    states: Mapping[str, tuple[str, ...]],
    columns: Mapping[str, Sequence[Fraction]],
    inputs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]],
    linked: set[str],
) -> list[SparseRow]:
    """Return the equations by which a change of one table keeps the sums of rows and all inputs."""
    own = (*thin.parents(name), name)
    sizes = {n: len(states[n]) for n in thin.nodes}
    width = sizes[name]
    count = prod(sizes[n] for n in own)
    found = [{i + k: Fraction(1) for k in range(width)} for i in range(0, count, width)]
    for observed, done in inputs:
        if name in done:
            continue
        kept = [n for n in (*observed, *done) if n in linked or n == name]
        cut = thin.cut(into=done)
        needed = [n for n in cut.ancestors([*kept, name]) if n not in done and n != name]
        factors = [Factor[Fraction | None]((*thin.parents(n), n), columns[n]) for n in needed]
        bound = [n for n in needed if n not in kept and n not in own]
        scope = tuple(dict.fromkeys((*kept, *own)))
        whole = multiply(contract(factors, bound, sizes, Rationals()), scope, sizes, Rationals())
        rows: dict[tuple[int, ...], SparseRow] = {}
        for place, value in zip(
            product(*(range(sizes[n]) for n in scope)), whole.values, strict=True
        ):
            unknown = 0
            at = dict(zip(scope, place, strict=True))
            for n in own:
                unknown = unknown * sizes[n] + at[n]
            if value:
                row = rows.setdefault(place[: len(kept)], {})
                row[unknown] = row.get(unknown, Fraction(0)) + value
        found += rows.values()
    return found


def _solutions(equations: Sequence[SparseRow], unknowns: int) -> Iterator[dict[int, int]]:
    """Whole-numbered solutions of homogeneous equations, from a reduced echelon form."""
    solved: dict[int, SparseRow] = {}  # by its leading unknown, which no other row holds
    for equation in equations:
        row = dict(equation)
        for lead in [i for i in row if i in solved]:
            _subtract(row, solved[lead], row[lead])
        if not row:
            continue
        lead = min(row)
        first = row[lead]
        row = {i: value / first for i, value in row.items()}
        for other in solved.values():
            if lead in other:
                _subtract(other, row, other[lead])
        solved[lead] = row
    for count, free in enumerate(i for i in range(unknowns) if i not in solved):
        if count == MOST_SOLUTIONS:
            return
        solution = {free: Fraction(1)}
        solution.update({i: -row[free] for i, row in solved.items() if free in row})
        scale = lcm(*(value.denominator for value in solution.values()))
        numbers = {i: int(value * scale) for i, value in solution.items()}
        common = gcd(*numbers.values())
        yield {i: value // common for i, value in numbers.items()}


def _subtract(row: SparseRow, other: SparseRow, times: Fraction) -> None:
    spend(len(other))
    for i, value in other.items():
        left = row.get(i, Fraction(0)) - times * value
        if left:
            row[i] = left
        else:
            row.pop(i, None)


def _changed(column: Sequence[Fraction], change: Mapping[int, int]) -> list[Fraction]:
    """A table with a change as large as half of what keeps it positive."""
    room = min(column[i] / -value for i, value in change.items() if value < 0)
    room = min(room, *(column[i] / value for i, value in change.items() if value > 0))
    step = Fraction(1, -(-2 * room.denominator // room.numerator))  # 1 / ceiling(2 / room)
    return [entry + step * change.get(i, 0) for i, entry in enumerate(column)]


def _network(
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
