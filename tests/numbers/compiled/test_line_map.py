"""What a compiled query costs does not depend on which state of a variable is the remainder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import ParameterRangeError
from symcausal.expr.nodes import Expr
from symcausal.network.loosened import numbers_of
from symcausal.network.network import Network, Table, Variable
from symcausal.network.parameters import remainder_of, symbolic_table
from symcausal.numbers.compiled.arrays import ArrayProgram
from symcausal.numbers.compiled.cells import instructions
from symcausal.numbers.compiled.function import CompiledQuery
from symcausal.numbers.compiled.tape import Contract
from tests.numbers.compiled.test_value import agree, brute_force, compiled
from tests.support.strategies import models_with_queries

Orders = Mapping[str, Sequence[int]]

YES_AND_NO = (("yes", "no"), ("no", "yes"))
ALARM = """
Burglary: {0}, {1}
Quake: {0}, {1}
Alarm: {0}, {1}
Call: {0}, {1}
Burglary -> Alarm
Quake -> Alarm
Alarm -> Call
"""


def operations(function: CompiledQuery, cell: tuple[int, ...] | None = None) -> dict[str, object]:
    """What a program does for a row of data, counted, by NumPy and by the kernel."""
    program = function._guarded._program(cell)
    tape, line_map = program.tape, program.line_map
    made = instructions(
        tape,
        program.needed,
        line_map,
        settled=program.settled,
        answer=program.answer,
        reverse=program.reverse,
        guarded=program.guarded,
    )
    assert made is not None
    return {
        "lines": line_map.lines,
        "lines worked out alone": len(line_map.worked_out),
        "lines checked alone": len(line_map.loose),
        "tables": len(program.needed),
        "products": sum(_products(program, at) for at in program.needed),
        "instructions": Counter(made.kinds.tolist()),
        "operands": len(made.lefts),
        "expressions": len(made.expressions),
    }


def _products(program: ArrayProgram, at: int) -> int:
    operation = program.tape.operations[at]
    summed = operation.summed if isinstance(operation, Contract) else ()
    return program.tape.count((*program.tape.scopes[at], *summed))


# -- over all orders of states --------------------------------------------------------------------
def reordered(network: Network, orders: Orders) -> Network:
    """The network with symbols in its tables and its states in other orders.

    The remainder stays with the state that is the last of ``network``, so that all symbols keep
    their names and meaning.
    """
    variables = {
        name: Variable(name, tuple(variable.states[i] for i in orders[name]))
        for name, variable in network.variables.items()
    }
    tables: dict[str, Table] = {
        name: symbolic_table(
            variables[name],
            table.parents,
            variables,
            remainder=orders[name].index(len(orders[name]) - 1),
        )
        for name, table in network.tables.items()
    }
    return Network(variables, network.graph, tables)


@st.composite
def twins(draw: st.DrawFn) -> tuple[Network, Network, Network, Expr]:
    """A network of numbers, two of symbols that differ in the order of states, and a query."""
    network, query = draw(models_with_queries())
    sizes = {name: len(variable.states) for name, variable in network.variables.items()}
    plain = {name: list(range(size)) for name, size in sizes.items()}
    orders = {name: draw(st.permutations(range(size))) for name, size in sizes.items()}
    return network, reordered(network, plain), reordered(network, orders), query


@given(twins())
def test_the_order_of_states_changes_no_answer(
    twin: tuple[Network, Network, Network, Expr],
) -> None:
    network, _, other, query = twin
    values = numbers_of(network)
    assert brute_force(other, query, values) == brute_force(network, query)
    agree(other, query, values)


@given(twins())
def test_the_order_of_states_changes_no_count_of_operations(
    twin: tuple[Network, Network, Network, Expr],
) -> None:
    _, one, other, query = twin
    first, second = compiled(one, query), compiled(other, query)
    assert operations(second) == operations(first)
    if first.names and not first._compiled.letters:
        assert operations(second, ()) == operations(first, ())


# -- yes and no -----------------------------------------------------------------------------------
@pytest.mark.parametrize("query", ["P(Burglary=yes | Call=no)", "P(Call=yes)", "P(Alarm | Call)"])
def test_no_and_yes_cost_what_yes_and_no_cost(query: str) -> None:
    models = [Model.parse(ALARM.format(*states)).symbolic() for states in YES_AND_NO]
    assert {remainder_of(m.network.variable("Call")) for m in models} == {0, 1}
    functions = [model.compile(query) for model in models]
    assert operations(functions[0]) == operations(functions[1])


@pytest.mark.parametrize("states", YES_AND_NO, ids="-".join)
def test_no_entry_of_a_whole_table_is_worked_out_alone(states: tuple[str, str]) -> None:
    """Each remainder of the network is one of a stretch, so that all of them are one subtraction."""
    function = Model.parse(ALARM.format(*states)).symbolic().compile("P(Burglary | Call)")
    line_map = function._guarded._program(None).line_map
    assert line_map.worked_out == []
    assert line_map.lines == 2 * len(function.names) == 2 * (1 + 1 + 4 + 2)
    assert len(line_map.groups) == 1


@pytest.mark.parametrize("states", YES_AND_NO, ids="-".join)
def test_what_is_no_distribution_is_named_with_its_row(states: tuple[str, str]) -> None:
    function = Model.parse(ALARM.format(*states)).symbolic().compile("P(Burglary=yes | Call=no)")
    columns = {name: np.full(100, 0.25) for name in function.names}
    columns["theta_Call_yes_Alarm_no"][50] = 1.5
    with pytest.raises(ParameterRangeError, match=r"Call \| Alarm=no.* in row 50"):
        function(columns)
