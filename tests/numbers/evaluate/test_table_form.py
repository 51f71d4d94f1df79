import random
from fractions import Fraction

import pytest

from symcausal.errors import ImpossibleEventError, LimitError
from symcausal.expr.nodes import Quotient
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Variable
from symcausal.network.parameters import symbolic_table
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.table_form import SumProduct, TableForm, expanded
from symcausal.numbers.evaluate.table_reading import table_form
from symcausal.rules.condition import Positive
from tests.numbers.evaluate.exact import evaluate_exact
from tests.numbers.evaluate.queries import ask, loosened, symbolic
from tests.support.random_models import (
    overlapping_query,
    random_formula,
    random_network,
    random_query,
)
from tests.support.student import SUPERSCRIPTS, asia, student


def grid(side: int) -> Network:
    """Variables in a square, each with arrows from its left and upper neighbour, all symbolic."""
    names = {(i, j): f"X{i}_{j}" for i in range(side) for j in range(side)}
    arrows = [
        (names[i, j], names[k, m])
        for i, j in names
        for k, m in ((i + 1, j), (i, j + 1))
        if (k, m) in names
    ]
    graph = Graph(names.values(), arrows)
    variables = {name: Variable(name) for name in graph.nodes}
    tables = {n: symbolic_table(variables[n], graph.parents(n), variables) for n in graph.nodes}
    return Network(variables, graph, tables)


@pytest.mark.parametrize("seed", range(300))
def test_the_cells_of_the_tables_are_those_of_the_closed_form(seed: int):
    rng = random.Random(seed)
    numeric = random_network(rng, nodes=(3, 6), positive=seed % 2 == 0)
    network, values = loosened(numeric, rng, share=rng.choice((0.3, 0.9)))
    make = (random_query, random_formula, overlapping_query)[seed % 3]
    expr = make(rng, network)
    circuit = Circuit()
    try:
        exact = closed_form(network, expr)
    except ImpossibleEventError:
        return
    form = table_form(network, expr)
    cells = dict(zip(keys_of(exact.nodes.states), expanded(form, circuit), strict=True))
    assert set(exact.nodes) <= set(cells)
    for key, node in exact.nodes.items():
        try:
            value = evaluate_exact(exact.circuit, node, values)
        except ImpossibleEventError:
            continue
        assert evaluate_exact(circuit, cells[key], values) == value, key
    assert set(exact.assumes) <= set(form.assumes)


def keys_of(states: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = [()]
    for names in states:
        keys = [(*key, name) for key in keys for name in names]
    return keys


def test_numerator_and_denominator_share_their_tables():
    form = table_form(symbolic(asia()), ask("A=yes", "D=yes"))
    sums = [op for op in form.operations if isinstance(op, SumProduct)]
    assert len(sums) == len(set(sums)) <= 7  # six hidden variables, and the sum over A


def test_a_table_is_made_for_every_value_at_once():
    form = table_form(symbolic(student(SUPERSCRIPTS)), ask("L", "I"))
    assert [form.letters[axis] for axis in form.axes] == [("L", "L"), ("I", "I")]
    assert len(expanded(form, Circuit())) == 4


@pytest.mark.parametrize("side", [6, 10])
def test_a_grid_is_a_few_tables_however_many_cells(side: int):
    form: TableForm = table_form(grid(side), ask(f"X{side - 1}_{side - 1}=1"))
    assert len(form.operations) <= 3 * side * side
    assert max(map(len, form.scopes)) <= 2 * side


def test_an_infeasible_query_names_its_width():
    with pytest.raises(
        LimitError, match=r"over (2[4-9]|[3-5]\d) variables with (about )?[\d^]+ entries"
    ):
        table_form(grid(24), ask("X23_23=1"))


def test_a_denominator_is_to_be_possible_together_with_its_condition():
    network = symbolic(student(SUPERSCRIPTS))
    odds = Quotient(ask("I=i1", "L=l1"), ask("I=i0", "L=l1"))
    both = Positive(ask("I=i0 L=l1").outcome)
    assert both in table_form(network, odds).assumes
    assert both in closed_form(network, odds).assumes


def test_numbers_come_out_as_numbers():
    form = table_form(student(SUPERSCRIPTS), ask("I=i1", "G=g3"))
    circuit = Circuit()
    (cell,) = expanded(form, circuit)
    assert circuit.number(cell) == Fraction(3, 38)
