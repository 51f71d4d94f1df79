"""The memory for one block of rows of data, and the calls of NumPy that fill it.

The rows are the last axis of every table, so that each operation on tables is one call, whose
innermost loop runs along the rows. Memory is set aside once and used again for each block, and so
are the calls, with the tables that they read and write bound to them.

Main definitions
----------------
TableBlock : the tables of a block, and how they are worked out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from symcausal.hints import assert_never
from symcausal.numbers.compiled.contraction import Array, Contraction, ContractionStep
from symcausal.numbers.compiled.exact import slopes
from symcausal.numbers.compiled.lines import Lines
from symcausal.numbers.compiled.tape import (
    Contract,
    Divide,
    Gather,
    Guard,
    OneState,
    Slice,
    TablesAdded,
    Tape,
)


class TableBlock:
    """The memory for a block of rows of data, and the calls of NumPy that fill it.

    Parameters
    ----------
    tape : Tape
        The operations.
    needed : sequence of int
        The tables to work out.
    lines : Lines
        The entries of those that are gathered.
    settled : mapping of int to array
        Tables that are the same for each row of data.
    reverse : mapping of int to int
        The adjoints of gathered tables, for derivatives.
    guarded : bool
        Whether guards look at what they guard.

    Attributes
    ----------
    tables : dict of int to array
        The tables by their positions on the tape, rows of data last.
    """

    def __init__(
        self,
        tape: Tape,
        needed: Sequence[int],
        lines: Lines,
        *,
        settled: Mapping[int, Array],
        reverse: Mapping[int, int],
        guarded: bool,
    ) -> None:
        self.lines = lines
        self.width = lines.width
        self.tables: dict[int, Array] = {}
        self.defined = True  # whether nothing has been divided by zero in this block
        self._tape, self._guarded = tape, guarded
        self._fragile: set[int] = set()
        self._steps: list[ContractionStep] = []
        for at in needed:
            if at in settled:
                shape = (*self._shape(at), self.width)
                self.tables[at] = np.broadcast_to(settled[at], shape)
            elif at in lines.line_map.tables:
                self.tables[at] = lines.table(lines.memory, at, self._shape(at))
            else:
                self._plan(at)
        self._shares = np.zeros_like(lines.memory) if reverse else lines.memory
        self._pulls = [
            (
                lines.table(self._shares, at, self._shape(at)),
                self._spread(adjoint, tape.scopes[at]),
            )
            for at, adjoint in reverse.items()
        ]
        # Lines of parameters that are in no table themselves: what remainders add has to go again.
        pulled = {line for at in reverse for line in lines.line_map.lines_of(at)}
        self._stale = sorted({*lines.line_map.sources.values()} - pulled)

    def run(self) -> None:
        """Compute all tables of the block from its lines."""
        self.defined = True
        for step in self._steps:
            step()

    def pulled_back(self) -> Array:
        """Return the derivatives by parameters, each in its line."""
        shares, line_map = self._shares, self.lines.line_map
        shares[self._stale] = 0.0
        for view, adjoint in self._pulls:
            view[...] = adjoint
        for free, rest in self.lines.groups(shares):
            for stretch in free:
                stretch -= rest
        if line_map.worked_out:
            numbers = self.lines.numbers()
            for line, term in line_map.worked_out:
                for name, slope in slopes(term, numbers).items():
                    steep = np.asarray(slope, dtype=np.float64)
                    shares[line_map.sources[name]] += shares[line] * steep
        return shares

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
            case OneState(table, axis, state):
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
                shape = (*self._shape(at), self.width)
                tables[at] = np.broadcast_to(self._spread(table, scope), shape)
            case TablesAdded(terms):
                out = tables[at] = np.empty((*self._shape(at), self.width))
                spread = [self._spread(term, scope) for term in terms]
                add(partial(np.add, spread[0], spread[1], out=out))
                for term in spread[2:]:
                    add(partial(np.add, out, term, out=out))
            case Gather():
                raise AssertionError("its cells are lines of memory")
            case _:
                assert_never(operation)

    def _contract(self, at: int, operation: Contract) -> None:
        tape, tables = self._tape, self.tables
        left, right = operation.left, operation.right
        pool = [left] if right is None else [left, right]
        scopes = [tape.scopes[table] for table in pool]
        is_turned = [self._is_turned(table) for table in pool]
        shapes = Contraction(
            scopes[0], None if right is None else scopes[1], tape.scopes[at], tape.sizes
        )
        if right is not None and shapes.is_turned(self.width, is_turned):
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
        if self.width > 1 and self._is_turned(table):
            turned, found = found, np.empty(found.shape)
            self.tables[table] = found
            self._steps.append(partial(np.copyto, found, turned))
        return found

    def _is_turned(self, table: int) -> bool:
        found = self.tables[table]  # what is the same for all rows has no stride there
        return found.strides[-1] not in (0, found.itemsize)

    def _product(
        self,
        steps: Sequence[ContractionStep],
        parts: Sequence[Array],
        summed: tuple[int, ...],
        out: Array,
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
