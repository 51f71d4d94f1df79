import math
import random
from itertools import product

import pytest

from symcausal.algebra.scalar import Indeterminate
from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Table, Variable
from symcausal.numbers.evaluate import elimination
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.elimination import AxisFactor, Integers, Support, eliminate, joined
from symcausal.numbers.evaluate.elimination_order import best_order
from symcausal.numbers.evaluate.requisite import requisite
from tests.numbers.evaluate.queries import ask
from tests.support.pace import soon
from tests.support.random_models import random_graph
from tests.support.separation import d_separated


def random_pool(rng: random.Random) -> tuple[list[AxisFactor], dict[int, int]]:
    sizes = {axis: rng.randint(1, 3) for axis in range(rng.randint(1, 6))}
    pool = []
    for _ in range(rng.randint(1, 5)):
        scope = tuple(rng.sample(list(sizes), rng.randint(0, min(3, len(sizes)))))
        count = len(list(product(*(range(sizes[axis]) for axis in scope))))
        pool.append(AxisFactor(scope, [rng.randint(0, 3) for _ in range(count)]))
    pool.append(AxisFactor(tuple(sizes), [1] * len(list(product(*map(range, sizes.values()))))))
    return pool, sizes


def value(factor: AxisFactor, at: dict[int, int], sizes: dict[int, int]) -> int:
    offset = 0
    for axis in factor.scope:
        offset = offset * sizes[axis] + at[axis]
    return factor.values[offset]


@pytest.mark.parametrize("at_once", [1, 4, elimination._AT_ONCE])
@pytest.mark.parametrize("seed", range(50))
def test_elimination_is_summation(seed: int, at_once: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(elimination, "_AT_ONCE", at_once)
    rng = random.Random(seed)
    pool, sizes = random_pool(rng)
    gone = rng.sample(list(sizes), rng.randint(0, len(sizes)))
    kept = [axis for axis in sizes if axis not in gone]
    expected = []
    for states in product(*(range(sizes[axis]) for axis in kept)):
        whole = 0
        for others in product(*(range(sizes[axis]) for axis in gone)):
            at = dict(zip((*kept, *gone), (*states, *others), strict=True))
            weight = 1
            for factor in pool:
                weight *= value(factor, at, sizes)
            whole += weight
        expected.append(whole)
    left = eliminate(pool, gone, sizes, Integers())
    assert joined(left, kept, sizes, Integers()) == expected
    signs = [AxisFactor(f.scope, [int(v != 0) for v in f.values]) for f in pool]
    left = eliminate(signs, gone, sizes, Support())
    assert joined(left, kept, sizes, Support()) == [int(total != 0) for total in expected]


def test_a_table_that_is_too_large_is_refused():
    sizes = dict.fromkeys(range(30), 2)
    pool = [AxisFactor((axis, 29), [1] * 4) for axis in range(29)]
    with pytest.raises(LimitError, match="29 variables"):
        joined(pool[:28], list(range(29)), sizes, Integers())


def test_what_would_not_end_is_refused_before_any_table_is_made():
    # The variables of a grid: every order passes a table over at least as many as it has rows.
    side = 24
    sizes = dict.fromkeys(range(side * side), 2)
    links = [(i, i + 1) for i in sizes if (i + 1) % side]
    links += [(i, i + side) for i in range(side * (side - 1))]
    pool = [AxisFactor(link, [1] * 4) for link in links]
    with (
        soon(5),
        pytest.raises(
            LimitError, match=r"a table over (2[4-9]|[3-9]\d) variables with \d+ entries"
        ),
    ):
        eliminate(pool, sizes, sizes, Integers())
    assert best_order(links, sizes, sizes).width >= side


def test_many_tables_that_are_small_are_refused_together():
    # 20 cliques of 18 variables: each table has 2**18 entries, too many only all together.
    sizes = dict.fromkeys(range(20 * 18), 2)
    links = [
        (first + i, first + j)
        for first in range(0, 20 * 18, 18)
        for i in range(18)
        for j in range(i)
    ]
    pool = [AxisFactor(link, [1] * 4) for link in links]
    order = best_order(links, sizes, sizes)
    assert (order.width, order.largest, order.total) == (18, 2**18, 20 * (2**19 - 2))
    with pytest.raises(LimitError, match="10485720 entries together, the widest over 18 variables"):
        eliminate(pool, sizes, sizes, Circuit())


@pytest.mark.parametrize("seed", range(30))
def test_an_order_knows_the_sizes_of_its_tables(seed: int):
    rng = random.Random(seed)
    pool, sizes = random_pool(rng)
    gone = rng.sample(list(sizes), rng.randint(0, len(sizes)))
    order = best_order([factor.scope for factor in pool], gone, sizes)
    assert sorted(order.axes) == sorted(gone)
    scopes = [set(factor.scope) for factor in pool]
    made, kept = [], []
    for axis in order.axes:
        union = set().union(*(scope for scope in scopes if axis in scope))
        scopes = [scope for scope in scopes if axis not in scope] + [union - {axis}]
        made.append((math.prod(sizes[a] for a in union), len(union)))
        kept.append(math.prod(sizes[a] for a in union - {axis}))
    assert order.total == sum(count for count, _ in made)
    assert order.largest == max((count for count, _ in made), default=0)
    assert order.kept == max(kept, default=0)
    assert (order.largest, order.width) in [*made, (0, 0)]


@pytest.mark.parametrize("seed", range(100))
def test_a_table_is_requisite_if_its_entries_are_connected_to_the_outcome(seed: int):
    # An entry is a hidden parent of its variable: it matters unless Z separates it from Y.
    rng = random.Random(seed)
    graph = random_graph(rng, rng.randint(2, 7))
    names = rng.sample(graph.nodes, len(graph.nodes))
    count = rng.randint(1, len(names) - 1)
    targets, evidence = names[:count], names[count : count + rng.randint(0, 3)]
    entries = {name: f"entry of {name}" for name in names}
    wider = Graph(
        [*graph.nodes, *entries.values()],
        [*graph.directed, *((entry, name) for name, entry in entries.items())],
    )
    expected = {
        name
        for name, entry in entries.items()
        if not d_separated(wider, targets, [entry], evidence)
    }
    found = requisite(
        graph.mask(targets), graph.mask(evidence), graph.parent_masks, graph.child_masks
    )
    assert set(graph.names(found)) == expected


def test_large_tables_are_not_read_in_for_an_answer_that_is_refused():
    # Given Y, its four parents of 45 states depend on each other: a product of 45**4 entries.
    names = [f"A{i}" for i in range(4)]
    graph = Graph([*names, "X", "Y"], [*((a, "X") for a in names[:2]), *((a, "Y") for a in names)])
    variables = {n: Variable(n, tuple(map(str, range(45 if n != "Y" else 2)))) for n in graph.nodes}
    shared = Indeterminate("q")
    tables = {}
    for name in graph.nodes:
        parents = graph.parents(name)
        count = math.prod(len(variables[v].states) for v in (*parents, name))
        tables[name] = Table(name, parents, (shared,) * count)
    network = Network(variables, graph, tables)
    circuit = Circuit()
    with pytest.raises(LimitError, match=r"the widest over \d variables"):
        closed_form(network, ask("X=0", "Y=0"), circuit=circuit)
    assert circuit.parameters == []
