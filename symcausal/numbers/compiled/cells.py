"""A tape taken apart into single cells: instructions for a compiled kernel.

An operation on tables becomes one instruction for each cell of its result, with the cells that it
reads listed beside it. So a slice or a reordering is no work at all, zeros and ones that stand in the
model drop out of the products, and what depends on numbers alone is worked out here, once. The values
of cells live in slots, which are given to others once nobody reads them any more, since the time of a
kernel is the time to reach its memory.

Main definitions
----------------
instructions : what to do for some tables of a tape, or for derivatives.
Instructions : the list, as arrays.
Load, Rest, Products, Quotient, Guarded : the kinds of instructions.

References
----------
[Darwiche2003]_ for the circuit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from symcausal.algebra.scalar import Term, parameters
from symcausal.hints import assert_never
from symcausal.numbers.compiled.contraction import Array
from symcausal.numbers.compiled.line_map import LineMap
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

Cells = NDArray[np.int64]
CellPair = tuple[int, int]

# Kinds of instructions. Operands stand in pairs.
LOAD, CHECKED, REST, PRODUCTS, QUOTIENT, GUARDED = range(6)
MOST_PAIRS = 2_000_000  # a kernel that reads longer lists than values gains nothing

# Constants are counted downwards from -1, everything else upwards from 0.
_ZERO, _ONE, _MINUS = -1, -2, -3


class Expression(NamedTuple):
    """A table entry, or its derivative by a parameter, that is computed from columns."""

    term: Term
    name: str | None


class Instructions(NamedTuple):
    """The operations on single cells that a compiled kernel carries out, in order.

    Attributes
    ----------
    kinds, outs, starts : array of int
        For each instruction its kind, the slot that it fills, and where its operands begin.
    lefts, rights : array of int
        The operands, in slots; of a load the number of its input.
    constants : array of float
        The first slots, which never change.
    slots : int
        How many slots there are.
    answers : array of int
        The slots that are wanted.
    names : list of str
        The parameters of the line map, whose columns are loaded.
    expressions : list of Expression
        What is loaded besides, with numbers that follow on those of the parameters.
    is_careful : bool
        Whether zero times what is not defined may come up, which no product of floats knows.
    """

    kinds: NDArray[np.int8]
    outs: NDArray[np.int32]
    starts: NDArray[np.int64]
    lefts: NDArray[np.int32]
    rights: NDArray[np.int32]
    constants: NDArray[np.float64]
    slots: int
    answers: NDArray[np.int64]
    names: list[str]
    expressions: list[Expression]
    is_careful: bool


def instructions(
    tape: Tape,
    needed: Sequence[int],
    line_map: LineMap,
    *,
    settled: Mapping[int, Array],
    answer: int,
    reverse: Mapping[int, int],
    guarded: bool,
) -> Instructions | None:
    """Return the instructions for the cells of a table, or for the derivatives of one of them.

    Parameters
    ----------
    tape : Tape
        The operations.
    needed : sequence of int
        The tables that are needed, in order.
    line_map : LineMap
        The lines of the tables that are gathered.
    settled : mapping of int to array
        Tables that are the same for each row of data.
    answer : int
        The table that is wanted, if there is no reverse pass.
    reverse : mapping of int to int
        The adjoints of gathered tables, for derivatives.
    guarded : bool
        Whether guards look at what they guard.

    Returns
    -------
    Instructions or None
        ``None`` if the list would be longer than is good for it.
    """
    pairs = 0
    for at in needed:
        operation = tape.operations[at]
        if isinstance(operation, Contract) and at not in settled:
            pairs += tape.count((*tape.scopes[at], *operation.summed))
    pairs += sum(values.size for values in settled.values())
    if pairs > MOST_PAIRS:
        return None
    writer = _CellWriter(tape, line_map, guarded=guarded)
    for at in needed:
        if at in settled:
            writer.constants(at, settled[at])
        else:
            writer.table(at)
    writer.remaining_checks()
    wanted = writer.derivatives(reverse) if reverse else writer.cells[answer].ravel().tolist()
    return writer.finished(wanted)


class _CellWriter:
    """Instructions on cells, each known by a number of its own."""

    def __init__(self, tape: Tape, line_map: LineMap, *, guarded: bool) -> None:
        self.cells: dict[int, Cells] = {}
        self._tape, self._line_map, self._guarded = tape, line_map, guarded
        self._constants = [0.0, 1.0, -1.0]
        self._constant_of: dict[float, int] = {0.0: _ZERO, 1.0: _ONE, -1.0: _MINUS}
        self._kinds: list[int] = []
        self._starts: list[int] = [0]
        self._lefts: list[int] = []
        self._rights: list[int] = []
        self._expressions: list[Expression] = []
        self._lines: dict[int, int] = {
            line: self._constant(value) for line, value in line_map.constants
        }
        self._names = {line_map.sources[name]: at for at, name in enumerate(line_map.names)}
        self._terms = dict(line_map.worked_out)
        self._loose = set(line_map.loose)
        self._fragile: set[int] = set()
        self._is_careful = False

    # -- tables ---------------------------------------------------------------------------------
    def table(self, at: int) -> None:
        """Write down how the cells of a table are worked out."""
        tape, line_map = self._tape, self._line_map
        scope, operation = tape.scopes[at], tape.operations[at]
        shape = tuple(tape.sizes[axis] for axis in scope)
        if at in line_map.tables:
            lines = [self._line(line) for line in line_map.lines_of(at)]
            self.cells[at] = np.array(lines, dtype=np.int64).reshape(shape)
            return
        parts = tape.parts(at, guarded=self._guarded)
        if any(part in self._fragile for part in parts):
            self._fragile.add(at)
        match operation:
            case Contract(_, right, summed):
                self._is_careful |= at in self._fragile and right is not None
                whole = (*scope, *summed)
                sides = [self._spread(part, whole) for part in parts]
                first = sides[0]
                second = np.full_like(first, _ONE) if right is None else sides[1]
                count = tape.count(scope)
                found = self._products(first.reshape(count, -1), second.reshape(count, -1))
            case Slice(table, axis, state):
                found = np.take(self.cells[table], [state], axis=tape.scopes[table].index(axis))
            case OneState(table, axis, state):
                found = np.full(shape, _ZERO, dtype=np.int64)
                rest = tuple(a for a in scope if a != axis)
                pick = (slice(None),) * scope.index(axis) + (state,)
                found[pick] = self._spread(table, rest)
            case Divide(top, bottom, _):
                self._fragile.add(at)
                found = self._each(self._quotient, scope, top, bottom)
            case Guard(table, possible, _) if self._guarded:
                self._fragile.add(at)
                found = self._each(self._guarded_cell, scope, table, possible)
            case Guard(table, _, _):
                found = self._spread(table, scope)
            case TablesAdded(tables):
                terms = np.stack([self._spread(t, scope).ravel() for t in tables], axis=1)
                found = self._products(terms, np.full_like(terms, _ONE))
            case Gather():
                raise AssertionError("its cells are lines of memory")
            case _:
                assert_never(operation)
        self.cells[at] = found.reshape(shape)

    def constants(self, at: int, values: Array) -> None:
        """Take a table as it is."""
        numbers = [self._constant(value) for value in values.ravel().tolist()]
        self.cells[at] = np.array(numbers, dtype=np.int64).reshape(values.shape[:-1])

    def remaining_checks(self) -> None:
        """Load what is to be checked although no table needs it."""
        line_map = self._line_map
        for group in line_map.groups:
            for line in group.rests:
                self._line(line)
        for line in line_map.loose:
            self._line(line)

    def derivatives(self, reverse: Mapping[int, int]) -> list[int]:
        """For each parameter of the line map the cell of its derivative."""
        tape, line_map = self._tape, self._line_map
        shares: dict[int, list[CellPair]] = {}
        for at, adjoint in reverse.items():
            spread = self._spread(adjoint, tape.scopes[at]).ravel().tolist()
            for line, share in zip(line_map.lines_of(at), spread, strict=True):
                shares[line] = [(share, _ONE)]
        found: dict[int, list[CellPair]] = {
            line: shares.get(line, []) for line in line_map.sources.values()
        }
        for group in line_map.groups:
            for rest, *free in zip(group.rests, *group.free, strict=True):
                less = [(share, _MINUS) for share, _ in shares.get(rest, ())]
                for line in free:
                    found[line] = found[line] + less
        for line, term in line_map.worked_out:
            for share, _ in shares.get(line, ()):
                for name in dict.fromkeys(p.name for p in parameters(term)):
                    source = line_map.sources[name]
                    slope = self._expression(Expression(term, name), LOAD)
                    found[source] = [*found[source], (share, slope)]
        return [self._sum(found[line_map.sources[name]]) for name in line_map.names]

    # -- cells ----------------------------------------------------------------------------------
    def _line(self, line: int) -> int:
        """The cell of a line, loaded or worked out where it is first needed."""
        known = self._lines.get(line)
        if known is None:
            kind = CHECKED if line in self._loose else LOAD
            if line in self._names:
                known = self._write(kind, [self._names[line]], [0])
            elif line in self._terms:
                known = self._expression(Expression(self._terms[line], None), kind)
            else:
                group = next(g for g in self._line_map.groups if line < g.stop)
                row = group.rests.index(line)
                free = [self._line(stretch[row]) for stretch in group.free]
                known = self._write(REST, free, free)
            self._lines[line] = known
        return known

    def _expression(self, source: Expression, kind: int) -> int:
        self._expressions.append(source)
        return self._write(kind, [-len(self._expressions)], [0])

    def _constant(self, value: float) -> int:
        known = self._constant_of.get(value)
        if known is None:
            self._constants.append(value)
            known = self._constant_of[value] = -len(self._constants)
        return known

    def _value(self, cell: int) -> float | None:
        return self._constants[-cell - 1] if cell < 0 else None

    def _each(
        self, write: Callable[[int, int], int], scope: Sequence[int], *tables: int
    ) -> NDArray[np.int64]:
        first, second = (self._spread(table, scope) for table in tables)
        shape = tuple(self._tape.sizes[axis] for axis in scope)
        sides = (np.broadcast_to(side, shape).ravel().tolist() for side in (first, second))
        return np.array([write(*pair) for pair in zip(*sides, strict=True)], dtype=np.int64)

    def _products(self, lefts: Cells, rights: Cells) -> Cells:
        """For each row the sum of the products of its pairs."""
        count, width = lefts.shape
        alone = bool((rights == _ONE).all())
        if (lefts < 0).any() or (width == 1 and alone) or (not alone and (rights < 0).any()):
            rows = zip(lefts.tolist(), rights.tolist(), strict=True)
            sums = [self._sum(zip(left, right, strict=True)) for left, right in rows]
            return np.array(sums, dtype=np.int64)
        first = len(self._kinds)
        self._kinds += [PRODUCTS] * count
        start = len(self._lefts) + width
        self._starts += range(start, start + count * width, width)
        self._lefts += lefts.ravel().tolist()
        self._rights += rights.ravel().tolist()
        return np.arange(first, first + count)

    def _sum(self, pairs: Iterable[CellPair]) -> int:
        """The sum of some products, without what is zero, and with numbers worked out."""
        settled, found = 0.0, []
        for pair in pairs:
            left, right = self._value(pair[0]), self._value(pair[1])
            if left == 0 or right == 0:
                continue
            if left is not None and right is not None:
                settled += left * right
            else:
                found.append(pair if left is None else pair[::-1])
        if not found:
            return self._constant(settled)
        if settled:
            found.append((self._constant(settled), _ONE))
        elif len(found) == 1 and found[0][1] == _ONE:
            return found[0][0]
        return self._write(PRODUCTS, [pair[0] for pair in found], [pair[1] for pair in found])

    def _quotient(self, top: int, bottom: int) -> int:
        above, below = self._value(top), self._value(bottom)
        if below == 1:
            return top
        if above is not None and below:
            return self._constant(above / below)
        return self._write(QUOTIENT, [top], [bottom])

    def _guarded_cell(self, cell: int, possible: int) -> int:
        return cell if self._value(possible) else self._write(GUARDED, [cell], [possible])

    def _write(self, kind: int, lefts: Sequence[int], rights: Sequence[int]) -> int:
        self._kinds.append(kind)
        self._lefts += lefts
        self._rights += rights
        self._starts.append(len(self._lefts))
        return len(self._kinds) - 1

    def _spread(self, table: int, scope: Sequence[int]) -> Cells:
        """The cells of a table along the axes of another."""
        own, sizes = self._tape.scopes[table], self._tape.sizes
        turned = self.cells[table].transpose([own.index(axis) for axis in scope if axis in own])
        pick = tuple(slice(None) if axis in own else None for axis in scope)
        return np.broadcast_to(turned[pick], tuple(sizes[axis] for axis in scope))

    # -- slots ----------------------------------------------------------------------------------
    def finished(self, wanted: Sequence[int]) -> Instructions:
        """Give every cell a slot, free again after its last reader."""
        kinds = np.array(self._kinds, dtype=np.int8)
        starts = np.array(self._starts, dtype=np.int64)
        lefts, rights = (np.array(side, dtype=np.int64) for side in (self._lefts, self._rights))
        count = len(kinds)
        reader = np.repeat(np.arange(count), np.diff(starts))
        reads = reader[~np.isin(kinds[reader], (LOAD, CHECKED))]
        pairs = ~np.isin(kinds[reader], (LOAD, CHECKED))
        last = np.arange(count)  # who reads nothing of it has done with it at once
        for side in (lefts, rights):
            read = side[pairs]
            np.maximum.at(last, read[read >= 0], reads[read >= 0])
        answers = np.array(wanted, dtype=np.int64)
        last[answers[answers >= 0]] = count
        slots, size = self._slots(last.tolist())
        place = np.concatenate([slots, np.arange(len(self._constants))[::-1]])  # from the end
        loaded = lefts[~pairs]  # expressions were counted downwards from -1
        lefts[~pairs] = np.where(loaded < 0, len(self._names) - 1 - loaded, loaded)
        lefts[pairs], rights[pairs] = place[lefts[pairs]], place[rights[pairs]]
        return Instructions(
            kinds,
            slots.astype(np.int32),
            starts,
            lefts.astype(np.int32),
            rights.astype(np.int32),
            np.array(self._constants),
            size,
            place[answers],
            self._line_map.names,
            self._expressions,
            self._is_careful,
        )

    def _slots(self, last: Sequence[int]) -> tuple[Cells, int]:
        ending: dict[int, list[int]] = {}
        for cell, reader in enumerate(last):
            ending.setdefault(reader, []).append(cell)
        size = len(self._constants)
        free: list[int] = []
        slots: list[int] = []
        for now in range(len(last)):
            # An instruction reads all that it needs before it writes, but a cell that nobody
            # reads is given up after it was written.
            gone = [cell for cell in ending.get(now, ()) if cell != now]
            free += [slots[cell] for cell in gone]
            if not free:
                free.append(size)
                size += 1
            slots.append(free.pop())
            if last[now] == now:
                free.append(slots[now])
        return np.array(slots, dtype=np.int64), size
