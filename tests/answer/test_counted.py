"""Counts of entries, parameters and operations, beside counts by brute force."""

from __future__ import annotations

import random
from itertools import product

import pytest

from symcausal import Model
from tests.command_line import EXAMPLES
from tests.support.random_models import random_network

STUDENT = Model.load(str(EXAMPLES / "student.model"))
CHAIN = Model("A -> B -> C -> D")
JOINT, OUT, ONCE = (
    "sum over the joint distribution", "nested sums", "nested sums, each table once",
)  # fmt: skip


def operations(model: Model, query: str) -> dict[str, dict[str, int | None]]:
    return model.counting(query).as_data()


def test_entries_of_the_student_network() -> None:
    """The published count: 48 entries of the joint distribution, 15 free parameters of the tables."""
    found = STUDENT.counting().as_data()
    assert found["joint distribution"] == {
        "states": None, "rows": None, "entries": 48, "free parameters": 47,
    }  # fmt: skip
    assert found["all tables"]["free parameters"] == 15
    assert found["G"] == {"states": 3, "rows": 4, "entries": 12, "free parameters": 8}


@pytest.mark.parametrize("seed", range(20))
def test_entries_are_those_of_the_tables(seed: int) -> None:
    network = random_network(random.Random(seed))
    found = Model.from_network(network).counting().as_data()
    for name, table in network.tables.items():
        assert found[name]["entries"] == len(table.entries)
    assert found["joint distribution"]["entries"] == len(list(product(*network.states.values())))
    assert found["all tables"]["free parameters"] == network.free_parameters


def by_brute_force(model: Model, query: str) -> tuple[int, int, int]:
    """Operations of the sum over the joint distribution, counted one by one."""
    asked = model.query(query)
    names = list(model.variables)
    sizes = model.network.states
    added = multiplied = divided = 0

    def summed(fixed: set[str]) -> None:
        nonlocal added, multiplied
        for number, _ in enumerate(product(*(sizes[n] for n in names if n not in fixed))):
            added += number > 0
            multiplied += len([n for n in names if n not in asked.do.variables]) - 1

    def cells(events: object) -> int:
        free = [e.variable for e in events if e.value.name == e.variable]  # type: ignore[attr-defined]
        return len(list(product(*(sizes[n] for n in free))))

    above = {*asked.outcome.variables, *asked.given.variables, *asked.do.variables}
    for _ in range(cells([*asked.outcome, *asked.given, *asked.do])):
        summed(above)
        divided += bool(asked.given)
    if asked.given:
        for _ in range(cells([*asked.given, *asked.do])):
            summed({*asked.given.variables, *asked.do.variables})
    return added, multiplied, divided


@pytest.mark.parametrize(
    "query",
    ["P(L)", "P(L=weak)", "P(L | I)", "P(I=high | L, S)", "P(S | do(G=A))", "P(L | do(G), I)"],
)
def test_the_joint_distribution_is_summed_term_by_term(query: str) -> None:
    found = operations(STUDENT, query)[JOINT]
    assert tuple(found.values()) == by_brute_force(STUDENT, query)


def test_nested_sums_of_a_chain() -> None:
    """Two cells for B and for C of one addition and two products each, and one sum over C."""
    found = operations(CHAIN, "P(D=0)")
    assert tuple(found[JOINT].values()) == (7, 24, 0)
    assert tuple(found[OUT].values()) == (7, 14, 0)
    assert tuple(found[ONCE].values()) == (5, 10, 0)


def test_what_is_no_sum_over_the_joint_distribution_has_no_row_of_it() -> None:
    assert JOINT not in operations(CHAIN, "P(D=0) - P(C=0)")


def test_large_counts_are_shown_by_their_size() -> None:
    model = Model([(f"V{i}", f"V{i + 1}") for i in range(60)])
    assert "about 10^18" in model.counting().to_text()  # 2^61
    assert model.counting().as_data()["joint distribution"]["entries"] == 2**61
    assert "V7" not in model.counting().to_text()


@pytest.mark.parametrize("parents", [17, 40, 300])
def test_tables_too_large_to_be_made_are_counted(parents: int) -> None:
    """A node of so many parents has two entries for each of their assignments, one of them free."""
    wide = Model("; ".join(f"X{i} -> Y" for i in range(parents)))
    assert wide.counts.joint_entries == 2 ** (parents + 1)
    assert wide.counts.table_entries == 2 * parents + 2 * 2**parents
    assert wide.counts.free_parameters == parents + 2**parents
    assert wide.counting().as_data()["all tables"]["entries"] == wide.counts.table_entries


@pytest.mark.parametrize("seed", range(20))
def test_counts_after_an_action_are_those_of_its_tables(seed: int) -> None:
    network = random_network(random.Random(seed))
    name = network.graph.nodes[-1]
    after = network.do({name: network.variable(name).states[0]})
    for one in (network, after):
        assert one.table_entries == sum(len(table.entries) for table in one.tables.values())
        assert all(one.row_count(name) == len(list(one.rows(name))) for name in one.variables)
