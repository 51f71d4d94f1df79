"""The value of a tape over many rows of numbers, by NumPy: one block of rows after another.

Main definitions
----------------
ArrayProgram : the calls that work out one table of a tape, and the derivatives of one of its cells.

References
----------
[Darwiche2003]_ for the circuit that is evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from symcausal.errors import ParameterRangeError, UsageError
from symcausal.hints import Any
from symcausal.numbers.compiled.block import TableBlock
from symcausal.numbers.compiled.cells import instructions
from symcausal.numbers.compiled.checks import ReadRows
from symcausal.numbers.compiled.contraction import Array
from symcausal.numbers.compiled.line_map import LineMap
from symcausal.numbers.compiled.lines import Lines
from symcausal.numbers.compiled.machine import LANES, Machine, is_worth_it, kernel
from symcausal.numbers.compiled.settled import settled_tables
from symcausal.numbers.compiled.tape import Gather, Tape, summed_axes

BLOCK = 1_600_000  # numbers that all tables of a block hold together, if it is to stay in caches
_NARROW = 4_000  # numbers for a row of data; for fewer, long lines are worth more than caches
_NUMBERS = "biufOUS"  # kinds of arrays that may hold numbers, if only as objects or in words
_MOST_ROWS = 1024  # where a line no longer gets faster by being longer


class ArrayProgram:
    """The calls that work out some tables of a tape.

    Parameters
    ----------
    tape : Tape
        The operations.
    answer : int
        The table that is wanted.
    rows : ReadRows
        What to check.
    reverse : mapping of int to int, optional
        The adjoints of gathered tables, for derivatives.
    guarded : bool
        Whether guards look at what they guard.
    numba : bool, optional
        Whether the compiled kernel is used; by default where it saves time.
    """

    def __init__(
        self,
        tape: Tape,
        answer: int,
        rows: ReadRows,
        *,
        reverse: Mapping[int, int] | None = None,
        guarded: bool,
        numba: bool | None = None,
    ) -> None:
        self.tape = tape
        self.answer = answer
        self.rows = rows
        self.reverse = reverse or {}
        self.guarded = guarded
        self.numba = numba
        wanted = [answer, *self.reverse.values()]
        needed = tape.needed(wanted, guarded=guarded)
        gathered = [at for at in needed if isinstance(tape.operations[at], Gather)]
        self.line_map = LineMap(tape, gathered, rows.terms)
        self.needed, self.settled = settled_tables(
            tape, needed, wanted, self.line_map, guarded=guarded
        )
        self.names = self.line_map.names
        moving = [at for at in self.needed if at not in self.settled]
        entries = self.line_map.lines + sum(tape.count(tape.scopes[at]) for at in moving)
        self._size = _MOST_ROWS if entries <= _NARROW else _multiple(max(1, BLOCK // entries))
        self._operands = self.line_map.lines + sum(map(self._products, moving))
        self._made: Machine | None = None
        self._spare: list[tuple[Lines, TableBlock]] = []
        self._singles: list[TableBlock] = []

    def run(self, numbers: Mapping[str, Any], count: int) -> Array:
        """Return the answer for columns of numbers: a line of values for each cell.

        Parameters
        ----------
        numbers : mapping of str to number or column
            By the name of the parameter.
        count : int
            How many rows of data there are.
        """
        result = np.empty((self.tape.count(self.tape.scopes[self.answer]), count))

        def keep(block: TableBlock, start: int, stop: int) -> None:
            result[:, start:stop] = block.tables[self.answer].reshape(len(result), -1)

        self._fill(result, numbers, keep)
        return result

    def one(self, numbers: Sequence[float]) -> list[float]:
        """Return the answer for one number by each of :attr:`names`: a value for each cell."""
        machine = self._machine(1)
        if machine is not None:
            answers = machine.one(numbers)
            if answers is not None:
                return answers
        block = self._singles.pop() if self._singles else self._block(self._lines(1))
        with np.errstate(all="ignore"):
            block.lines.load_one(numbers)
            block.run()
        result: list[float] = block.tables[self.answer].reshape(-1).tolist()
        self._singles.append(block)
        return result

    def derivatives(self, numbers: Mapping[str, Any], count: int) -> dict[str, Array]:
        """Return the derivatives by each parameter, from the adjoints of the gathered tables."""
        result = np.empty((len(self.names), count))
        runs = self.line_map.runs()

        def keep(block: TableBlock, start: int, stop: int) -> None:
            shares = block.pulled_back()
            for line, first, last in runs:
                result[first:last, start:stop] = shares[line : line + last - first]

        self._fill(result, numbers, keep)
        return dict(zip(self.names, result, strict=True))

    # -- inside ---------------------------------------------------------------------------------
    def _fill(
        self,
        result: Array,
        numbers: Mapping[str, Any],
        keep: Callable[[TableBlock, int, int], None],
    ) -> None:
        """Fill a result by the compiled kernel, or by NumPy where that is not there or gives up."""
        count = result.shape[1]
        columns = {name: as_column(name, numbers[name], count) for name in self.names}
        machine = self._machine(count)
        left = [(0, count)] if machine is None else machine.run(columns, result)
        for start, stop in left:
            self._run(list(columns.values()), start, stop, keep)

    def _run(
        self,
        columns: Sequence[Array],
        start: int,
        stop: int,
        keep: Callable[[TableBlock, int, int], None],
    ) -> None:
        """Work out all tables for one block of rows after another, and keep what is wanted."""
        if start == stop:
            return
        count = stop - start
        rows = min(_MOST_ROWS, max(self._size, BLOCK // max(1, self.line_map.lines)))
        lines, block = self._taken(min(rows, count), min(self._size, count))
        width, inner = lines.width, block.width
        with np.errstate(all="ignore"):
            for here in range(start, stop, width):
                first = min(here, stop - width)  # the last block may overlap the one before
                lines.load([column[first : first + width] for column in columns], first)
                for offset in range(0, width, inner):
                    at = min(offset, width - inner)
                    if block.lines is not lines:
                        block.lines.memory[...] = lines.memory[:, at : at + inner]
                    block.run()
                    keep(block, first + at, first + at + inner)
        self._spare.append((lines, block))

    def _machine(self, count: int) -> Machine | None:
        """The compiled kernel with the instructions for this program, if it is worth its start."""
        if not is_worth_it(self._operands, count, wanted=self.numba):
            return None
        run = kernel(LANES)
        if self._made is None and run is not None:
            made = instructions(
                self.tape,
                self.needed,
                self.line_map,
                settled=self.settled,
                answer=self.answer,
                reverse=self.reverse,
                guarded=self.guarded,
            )
            if made is not None:
                self._made = Machine(made, run)
        return self._made

    def _products(self, at: int) -> int:
        summed = summed_axes(self.tape.operations[at])
        return self.tape.count((*self.tape.scopes[at], *summed))

    def _taken(self, width: int, inner: int) -> tuple[Lines, TableBlock]:
        """Memory to fill from columns, and to work on: smaller where tables are wide."""
        # Whoever takes something from the spare ones has it alone, in whatever thread.
        try:
            lines, block = self._spare.pop()
        except IndexError:
            pass
        else:
            if (lines.width, block.width) == (width, inner):
                return lines, block
        lines = self._lines(width)
        return lines, self._block(lines if width == inner else self._lines(inner))

    def _lines(self, width: int) -> Lines:
        return Lines(self.line_map, self.rows, width)

    def _block(self, lines: Lines) -> TableBlock:
        return TableBlock(
            self.tape,
            self.needed,
            lines,
            settled=self.settled,
            reverse=self.reverse,
            guarded=self.guarded,
        )


def as_column(name: str, value: Any, count: int) -> Array:
    """Return a value as a column of floats.

    Raises
    ------
    UsageError
        If it is no column.
    ParameterRangeError
        If there is something else than a number in it.
    """
    if np.ma.is_masked(value):
        raise ParameterRangeError(f"{name} has rows without a number", rows=[name])
    try:
        column = np.asarray(value)
        if column.dtype.kind not in _NUMBERS:
            raise TypeError  # what casts to floats, such as dates, is not a number for that
        column = np.asarray(column, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ParameterRangeError(f"{name} is no column of numbers", rows=[name]) from None
    if column.ndim == 0:
        return np.broadcast_to(column, (count,))
    if column.ndim > 1:
        raise UsageError(f"{name} has {column.ndim} axes", expected="a number or one column")
    return column


def _multiple(rows: int) -> int:
    """Fewer rows that end on a boundary, yet not on those on which lines would share a cache set."""
    if rows < 16:
        return rows
    rows -= rows % 8
    return rows if rows % 64 else rows - 8
