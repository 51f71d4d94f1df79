"""One conditional probability as factors: sums and products along its plan.

Main definitions
----------------
Run : the value of a plan over the letters that occur in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import product

from symcausal.algebra.scalar import Number
from symcausal.graph.graph import bits
from symcausal.numbers.evaluate.columns import TableColumns, constants
from symcausal.numbers.evaluate.elimination import (
    Arithmetic,
    AxisFactor,
    Integers,
    Support,
    eliminate,
    joined,
)
from symcausal.numbers.evaluate.elimination_order import best_order
from symcausal.numbers.evaluate.plan import Plan

_LARGEST_OUTCOME = 64
_LARGE_TO_READ = 50_000  # entries
_INTEGERS, _SUPPORT = Integers(), Support()


class Run:
    """The sums and products that the value of one conditional probability takes.

    Parameters
    ----------
    plan : Plan
        What is needed.
    columns : TableColumns
        The tables.
    sizes : dict of int to int
        Sizes of all axes in use; grows by one for each variable that is summed out.
    """

    def __init__(self, plan: Plan, columns: TableColumns, sizes: dict[int, int]) -> None:
        self.plan = plan
        self.columns = columns
        self.circuit = columns.circuit
        self.sizes = sizes

    def refuse_if_endless(self) -> None:
        """Refuse an elimination that would not end, before large tables are read in.

        Raises
        ------
        LimitError
            If a table on the way is too large.
        """
        plan, network = self.plan, self.columns.network
        names = network.graph.nodes
        used = list(bits(plan.tables))
        if sum(len(network.tables[names[v]].entries) for v in used) < _LARGE_TO_READ:
            return
        fixed = {v for v, place in plan.place.items() if place < 0}
        scopes = [tuple(a for a in self.columns.axes(v) if a not in fixed) for v in used]
        hidden = bits(plan.tables & ~plan.targets & ~plan.evidence)
        tables = [network.tables[names[v]].entries for v in used]
        is_numeric = all(isinstance(entry, Number) for table in tables for entry in table)
        order = best_order(scopes, hidden, dict(enumerate(self.columns.sizes)))
        order.refuse_if_endless(_INTEGERS.most if is_numeric else self.circuit.most)

    def factors(self, reason: Callable[[dict[int, int]], str]) -> list[AxisFactor]:
        """Return the value as factors over its letters; ``reason`` names an impossible condition."""
        plan, circuit = self.plan, self.circuit
        possible = [*plan.agreement, *self._support()]
        top, bottom = self._ratio()
        top = [*plan.clashes, *top]
        if bottom is None and not possible:
            return top
        below = [] if bottom is None else [bottom]
        scope = _scope((*possible, *top, *below))
        allowed = joined(possible, scope, self.sizes, _SUPPORT)
        above = joined(top, scope, self.sizes, circuit)
        under = joined(below, scope, self.sizes, circuit)
        values = [
            circuit.quotient(x, y) if fine else 0
            for x, y, fine in zip(above, under, allowed, strict=True)
        ]
        if 0 in allowed:
            states = product(*(range(self.sizes[axis]) for axis in scope))
            for i, state in enumerate(states):
                if not allowed[i]:
                    values[i] = circuit.undefined(reason(dict(zip(scope, state, strict=True))))
        return [AxisFactor(scope, values)]

    def is_certain(self) -> bool:
        """Decide whether the condition rests on numbers alone, which tell whether it is possible."""
        return all(self.columns[v].is_numeric for v in bits(self.plan.condition))

    def _support(self) -> list[AxisFactor]:
        """Return the support of the condition as factors; none if it is always possible."""
        columns, tables = self.columns, self.plan.condition
        if not any(columns[v].has_zero for v in bits(tables)):
            return []
        place, hidden = self._places(tables & ~self.plan.evidence)
        pool = [columns.slice(v, columns.support(v), place, self.sizes) for v in bits(tables)]
        pool = eliminate(pool, hidden, self.sizes, _SUPPORT)
        return [factor for factor in pool if 0 in factor.values]

    def _ratio(self) -> tuple[list[AxisFactor], AxisFactor | None]:
        """Numerator and denominator; no denominator where it is one."""
        plan = self.plan
        hidden = plan.tables & ~plan.targets & ~plan.evidence
        if plan.below == plan.tables and self._is_plain():
            return self._shared(hidden)
        top = self._summed(plan.tables, hidden)
        if not plan.below:
            return top, None
        bottom = self._summed(plan.below, plan.below & ~plan.evidence)
        scope = _scope(bottom)
        return top, AxisFactor(scope, joined(bottom, scope, self.sizes, self.circuit))

    def _shared(self, hidden: int) -> tuple[list[AxisFactor], AxisFactor]:
        """One elimination for both: the denominator is the sum of all numerators."""
        plan, sizes, circuit = self.plan, self.sizes, self.circuit
        targets = list(bits(plan.targets))
        place = {v: plan.place[v] for v in targets}
        open_place, axes = self._places(plan.targets)
        pool = self._summed(plan.tables, hidden, open_place)
        others = tuple(axis for axis in _scope(pool) if axis not in axes)
        cells = joined(pool, (*others, *axes), sizes, circuit)
        width = math.prod(sizes[axis] for axis in axes)
        rows = [cells[i : i + width] for i in range(0, len(cells), width)]
        bottom = AxisFactor(others, [circuit.total(row) for row in rows])
        picks = [0]
        for variable in targets:
            size, where = self.columns.sizes[variable], place[variable]
            states = range(size) if where >= 0 else (~where,)
            picks = [pick * size + state for pick in picks for state in states]
        letters = tuple(place[v] for v in targets if place[v] >= 0)
        return [
            AxisFactor((*others, *letters), [row[pick] for row in rows for pick in picks])
        ], bottom

    def _summed(
        self, tables: int, hidden: int, opened: dict[int, int] | None = None
    ) -> list[AxisFactor]:
        """The product of some tables with hidden variables summed out, as circuit nodes."""
        columns, used = self.columns, list(bits(tables))
        place, axes = self._places(hidden)
        if opened:
            place |= {v: opened[v] for v in bits(self.plan.targets)}
        arithmetic: Arithmetic
        if all(columns[v].is_numeric for v in used):
            whole = {v: columns.integers(v) for v in used}
            arithmetic, values = _INTEGERS, {v: whole[v][0] for v in used}
            scale = Fraction(1, math.prod(whole[v][1] for v in used))
        else:
            arithmetic, values, scale = self.circuit, {v: columns[v].nodes for v in used}, None
        pool = [columns.slice(v, values[v], place, self.sizes) for v in used]
        pool = eliminate(pool, axes, self.sizes, arithmetic)
        return pool if scale is None else constants(pool, scale, self.circuit)

    def _places(self, hidden: int) -> tuple[dict[int, int], list[int]]:
        """The places of all variables, with a new axis for each hidden one."""
        place, axes = dict(self.plan.place), []
        for variable in bits(hidden):
            axis = len(self.sizes)
            self.sizes[axis] = self.columns.sizes[variable]
            place[variable] = axis
            axes.append(axis)
        return place, axes

    def _is_plain(self) -> bool:
        """Whether no letter stands for two variables, and few outcomes are possible."""
        axes = [place for place in self.plan.place.values() if place >= 0]
        outcomes = math.prod(self.columns.sizes[v] for v in bits(self.plan.targets))
        return len(set(axes)) == len(axes) and outcomes <= _LARGEST_OUTCOME


def _scope(pool: Iterable[AxisFactor]) -> tuple[int, ...]:
    return tuple(sorted({axis for factor in pool for axis in factor.scope}))
