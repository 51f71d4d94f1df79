"""What data say of a change in one table, as linear equations, and the changes that they do not see.

Main definitions
----------------
derivatives : what each cell of the inputs gains with each entry of a table.
equations : those by which a change of one table keeps all inputs.
solutions : the changes that they leave open.
changed : a table after such a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import gcd, lcm, prod

from symcausal.algebra.deadline import spend
from symcausal.algebra.field import Field, Rationals
from symcausal.graph.graph import Graph
from symcausal.hints import TypeAlias, TypeVar
from symcausal.kernel.core.factor import Factor, contract, multiply

MOST_SOLUTIONS = 24

Inputs: TypeAlias = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
SparseRow: TypeAlias = dict[int, Fraction]
DataCell: TypeAlias = tuple[int, tuple[int, ...]]

V = TypeVar("V")


def equations(
    name: str,
    thin: Graph,
    states: Mapping[str, tuple[str, ...]],
    columns: Mapping[str, Sequence[Fraction]],
    inputs: Inputs,
    linked: set[str],
) -> list[SparseRow]:
    """Return the equations by which a change of one table keeps the sums of rows and all inputs."""
    width = len(states[name])
    count = prod(len(states[n]) for n in (*thin.parents(name), name))
    found = [{i + k: Fraction(1) for k in range(width)} for i in range(0, count, width)]
    shown = derivatives(name, thin, states, columns, inputs, linked, Rationals())
    return [*found, *({i: value for i, value in row.items() if value} for row in shown.values())]


def derivatives(
    name: str,
    thin: Graph,
    states: Mapping[str, tuple[str, ...]],
    columns: Mapping[str, Sequence[V]],
    inputs: Inputs,
    linked: set[str],
    field: Field[V],
) -> dict[DataCell, dict[int, V]]:
    """Return what each cell of the inputs gains with each entry of one table, in which it is linear.

    A cell is the number of its input and the states in it. Variables outside ``linked`` are left out.
    """
    own = (*thin.parents(name), name)
    sizes = {n: len(states[n]) for n in thin.nodes}
    rows: dict[DataCell, dict[int, V]] = {}
    for number, (observed, done) in enumerate(inputs):
        if name in done:
            continue
        kept = [n for n in (*observed, *done) if n in linked or n == name]
        cut = thin.cut(into=done)
        needed = [n for n in cut.ancestors([*kept, name]) if n not in done and n != name]
        factors = [Factor((*thin.parents(n), n), columns[n]) for n in needed]
        bound = [n for n in needed if n not in kept and n not in own]
        scope = tuple(dict.fromkeys((*kept, *own)))
        whole = multiply(contract(factors, bound, sizes, field), scope, sizes, field)
        for place, value in zip(
            product(*(range(sizes[n]) for n in scope)), whole.values, strict=True
        ):
            unknown = 0
            at = dict(zip(scope, place, strict=True))
            for n in own:
                unknown = unknown * sizes[n] + at[n]
            if value:
                row = rows.setdefault((number, place[: len(kept)]), {})
                row[unknown] = field.add(row.get(unknown, field.zero), value)
    return rows


def solutions(equations: Sequence[SparseRow], unknowns: int) -> Iterator[dict[int, int]]:
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


def changed(column: Sequence[Fraction], change: Mapping[int, int]) -> list[Fraction]:
    """A table with a change as large as half of what keeps it positive."""
    room = min(column[i] / -value for i, value in change.items() if value < 0)
    room = min(room, *(column[i] / value for i, value in change.items() if value > 0))
    step = Fraction(1, -(-2 * room.denominator // room.numerator))  # 1 / ceiling(2 / room)
    return [entry + step * change.get(i, 0) for i, entry in enumerate(column)]
