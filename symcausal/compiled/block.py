"""The memory for one block of rows of data, and the calls of NumPy that fill it.

The rows are the last axis of every table, so that each operation on tables is one call, whose
innermost loop runs along the rows. Memory is set aside once and used again for each block, and so
are the calls, with the tables that they read and write bound to them.

Main definitions
----------------
Block : the tables of a block, and how they are worked out.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symcausal.algebra import scalar
from symcausal.compiled.checks import TOLERANCE, Rows, refuse
from symcausal.compiled.contraction import Array, Contraction, Step
from symcausal.compiled.exact import ROUNDING, slopes
from symcausal.compiled.layout import Group, Layout
from symcausal.compiled.tape import Add, Contract, Divide, Guard, Place, Slice, Tape

_ROUNDED = 1e-12  # what is above is not zero up to rounding


class Block:
    """The memory for a block of rows, and the calls that fill it.

    Parameters
    ----------
    tape : Tape
        The operations.
    needed : sequence of int
        The tables to work out.
    layout : Layout
        The lines of those that are gathered.
    rows : Rows
        What to check.
    reverse : mapping of int to int
        The adjoints of gathered tables, for derivatives.
    guarded : bool
        Whether guards look at what they guard.
    width : int
        How many rows of data there are.

    Attributes
    ----------
    tables : dict of int to array
        The tables by their positions on the tape, rows of data last.
    """

    def __init__(
        self,
        tape: Tape,
        needed: Sequence[int],
        layout: Layout,
        rows: Rows,
        *,
        reverse: Mapping[int, int],
        guarded: bool,
        width: int,
    ) -> None:
        self.width = width
        self.tables: dict[int, Array] = {}
        self.defined = True  # whether nothing has been divided by zero in this block
        self._tape, self._layout, self._rows = tape, layout, rows
        self._guarded = guarded
        self._lines = np.zeros((self._layout.lines, width))
        self._shares = np.zeros((self._layout.lines, width)) if reverse else self._lines
        self._fragile: set[int] = set()
        self._steps: list[Step] = []
        self._runs = self._source_runs()
        for line, number in self._layout.constants:
            self._lines[line] = number
        self._groups = [_stretches(self._lines, group) for group in self._layout.groups]
        grouped = sum(group.states * group.rows for group in self._layout.groups)
        self._grouped = self._lines[:grouped].reshape(-1)
        for at in needed:
            if at in self._layout.tables:
                self.tables[at] = self._view(self._lines, at)
            else:
                self._plan(at)
        self._pulls = [
            (self._view(self._shares, at), self._spread(adjoint, self._tape.scopes[at]))
            for at, adjoint in reverse.items()
        ]
        # Lines of parameters that are in no table themselves: what remainders add has to go again.
        pulled = {line for at in reverse for line in self._layout.lines_of(at)}
        self._stale = sorted({*self._layout.sources.values()} - pulled)

    def run(self, columns: Sequence[Array], start: int) -> None:
        """Work out all tables for these columns; ``start`` is the number of their first row."""
        for lines, first, last in self._runs:
            np.concatenate(columns[first:last], out=lines)
        self._fill()
        self._check(start)
        self.defined = True
        for step in self._steps:
            step()

    def run_one(self, numbers: Sequence[float]) -> None:
        """Work out all tables for one number by each parameter."""
        packed = np.frombuffer(array("d", numbers))
        for lines, first, last in self._runs:
            lines[:] = packed[first:last]
        with np.errstate(all="ignore"):
            self._fill()
            self._check(None)
            self.defined = True
            for step in self._steps:
                step()

    def pulled_back(self) -> Array:
        """The derivatives by parameters, each in its line."""
        shares, layout = self._shares, self._layout
        shares[self._stale] = 0.0
        for view, adjoint in self._pulls:
            view[...] = adjoint
        for group in layout.groups:
            stretches = _stretches(shares, group)
            stretches[:-1] -= stretches[-1]
        if layout.worked_out:
            numbers: dict[str, Any] = {n: self._lines[i] for n, i in layout.sources.items()}
            for line, term in layout.worked_out:
                for name, slope in slopes(term, numbers).items():
                    steep = np.asarray(slope, dtype=np.float64)
                    shares[layout.sources[name]] += shares[line] * steep
        return shares

    # -- what is gathered -----------------------------------------------------------------------
    def _source_runs(self) -> list[tuple[Array, int, int]]:
        """Stretches of lines that are filled from columns, and which columns these are."""
        lines = [self._layout.sources[name] for name in self._layout.names]
        breaks = [i for i in range(len(lines)) if not i or lines[i] != lines[i - 1] + 1]
        return [
            (self._lines[lines[i] : lines[i] + j - i].reshape(-1), i, j)
            for i, j in zip(breaks, [*breaks[1:], len(lines)], strict=True)
        ]

    def _fill(self) -> None:
        """Work out what the entries are that are no parameters."""
        for stretches in self._groups:
            rest = stretches[-1]
            np.subtract(1.0, stretches[0], out=rest)
            for stretch in stretches[1:-1]:
                np.subtract(rest, stretch, out=rest)
        if self._layout.worked_out:
            numbers = {name: self._lines[i] for name, i in self._layout.sources.items()}
            for line, term in self._layout.worked_out:
                self._lines[line] = _worked_out(term, numbers)

    def _check(self, start: int | None) -> None:
        # Where no entry of a row is below zero, remainder included, none is above one.
        least = np.minimum.reduce(self._grouped) if len(self._grouped) else 1.0
        if not least > _ROUNDED:  # true of nan as well
            for stretches in self._groups:
                rest = stretches[-1]
                rest[np.abs(rest) < ROUNDING * len(stretches)] = 0.0
            least = np.minimum.reduce(self._grouped)
        if least >= -TOLERANCE:
            if not self._layout.loose:
                return
            loose = self._lines[self._layout.loose]
            if loose.min() >= -TOLERANCE and loose.max() <= 1 + TOLERANCE:
                return
        entries = self._lines[self._layout.entries]
        fine = (entries >= -TOLERANCE) & (entries <= 1 + TOLERANCE)  # false of nan
        faults: dict[str, str] = {}
        for entry, row in zip(*np.nonzero(~fine), strict=True):
            name, value = self._rows.names[entry], entries[entry, row]
            where = "" if start is None else f" in row {start + row}"
            faults.setdefault(name, f"{name} has the entry {value:.6g}{where}")
        refuse(faults)

    def _view(self, lines: Array, at: int) -> Array:
        """The lines of a gathered table, as a table."""
        first, states, rows, apart = self._layout.tables[at]
        stride, step = lines.strides
        stretches = np.lib.stride_tricks.as_strided(
            lines[first:], (states, rows, self.width), (apart * stride, stride, step)
        )
        return stretches.reshape(*self._shape(at), self.width)

    # -- operations -----------------------------------------------------------------------------
    def _shape(self, at: int) -> tuple[int, ...]:
        return tuple(self._tape.sizes[axis] for axis in self._tape.scopes[at])

    def _plan(self, at: int) -> None:
        """Set memory aside for a table, and bind the calls that fill it."""
        tape, tables, add = self._tape, self.tables, self._steps.append
        scope, operation = tape.scopes[at], tape.operations[at]
        parts = tape.parts(at, guarded=self._guarded)
        if any(part in self._fragile for part in parts):
            self._fragile.add(at)
        match operation:
            case Contract():
                self._contract(at, operation)
            case Slice(table, axis, state):
                pick = (slice(None),) * tape.scopes[table].index(axis) + (state,)
                tables[at] = tables[table][pick]
            case Place(table, axis, state):
                whole = tables[at] = np.zeros((*self._shape(at), self.width))
                pick = (slice(None),) * scope.index(axis) + (state,)
                inner = self._spread(table, tuple(a for a in scope if a != axis))
                add(partial(np.copyto, whole[pick], inner))
            case Divide(top, bottom, _):
                self._fragile.add(at)
                out = tables[at] = np.empty((*self._shape(at), self.width))
                above, below = self._spread(top, scope), self._spread(bottom, scope)
                add(partial(np.divide, above, below, out=out))
                add(partial(self._undefine, out, below))
            case Guard(table, possible, _) if self._guarded:
                self._fragile.add(at)
                out = tables[at] = np.empty((*self._shape(at), self.width))
                add(partial(np.copyto, out, self._spread(table, scope)))
                add(partial(self._undefine, out, self._spread(possible, scope)))
            case Guard(table, _, _):
                tables[at] = tables[table]
            case Add(terms):
                out = tables[at] = np.empty((*self._shape(at), self.width))
                spread = [self._spread(term, scope) for term in terms]
                add(partial(np.add, spread[0], spread[1], out=out))
                for term in spread[2:]:
                    add(partial(np.add, out, term, out=out))

    def _contract(self, at: int, operation: Contract) -> None:
        tape, tables = self._tape, self.tables
        left, right = operation.left, operation.right
        pool = [left] if right is None else [left, right]
        scopes = [tape.scopes[table] for table in pool]
        shapes = Contraction(
            scopes[0], None if right is None else scopes[1], tape.scopes[at], tape.sizes
        )
        if right is not None and shapes.is_turned(self.width):
            steps, tables[at] = shapes.turned(tables[left], tables[right], self.width)
        else:
            out = tables[at] = np.empty((*self._shape(at), self.width))
            straight = [self._straight(table) for table in pool]
            steps = [shapes.step(straight[0], straight[1] if right is not None else None, out)]
        if at not in self._fragile:
            self._steps += steps
            return
        scope = (*tape.scopes[at], *operation.summed)
        spread = [self._spread(table, scope) for table in pool]
        summed = tuple(range(len(tape.scopes[at]), len(scope)))
        self._steps.append(partial(self._product, steps, spread, summed, tables[at]))

    def _straight(self, table: int) -> Array:
        """A table whose rows of data lie together, as einsum's innermost loop wants them."""
        found = self.tables[table]
        if self.width > 1 and found.strides[-1] != found.itemsize:
            turned, found = found, np.empty(found.shape)
            self.tables[table] = found
            self._steps.append(partial(np.copyto, found, turned))
        return found

    def _product(
        self, steps: Sequence[Step], parts: Sequence[Array], summed: tuple[int, ...], out: Array
    ) -> None:
        """A product in which zero times what is not defined is zero."""
        if self.defined:
            for step in steps:
                step()
            return
        product = parts[0]
        for part in parts[1:]:
            zero = (product == 0) | (part == 0)
            product = product * part
            product[zero] = 0.0
        np.sum(product, axis=summed, out=out)

    def _undefine(self, values: Array, where_zero: Array) -> None:
        zero: NDArray[np.bool_] = where_zero == 0
        if zero.any():
            self.defined = False
            np.copyto(values, np.nan, where=zero)

    def _spread(self, table: int, scope: Sequence[int]) -> Array:
        """A table along the axes of another, with axes of one value where it has none."""
        own = self._tape.scopes[table]
        turned = (*(own.index(axis) for axis in scope if axis in own), len(own))
        pick = tuple(slice(None) if axis in own else None for axis in scope)
        return self.tables[table].transpose(turned)[pick]


def _stretches(lines: Array, group: Group) -> Array:
    """The lines of a group, by state and row."""
    found = lines[group.start : group.start + group.states * group.rows]
    return found.reshape(group.states, group.rows, lines.shape[1])


def _worked_out(term: scalar.Term, numbers: Mapping[str, Array]) -> Any:
    match term:
        case scalar.Number(value):
            return float(value)
        case scalar.Parameter(name=name):
            return numbers[name]
        case scalar.Plus(parts):
            total = sum(_worked_out(part, numbers) for part in parts)
            return np.where(np.abs(total) < ROUNDING * len(parts), 0.0, total)
        case scalar.Times(parts):
            return math.prod(_worked_out(part, numbers) for part in parts)
        case scalar.Power(base, exponent):
            return _worked_out(base, numbers) ** float(exponent)
