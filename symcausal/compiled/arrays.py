"""The value of a tape over many rows of numbers, by NumPy: one block of rows after another.

Main definitions
----------------
Program : the calls that work out one table of a tape, and the derivatives of one of its cells.

References
----------
[Darwiche2003]_ for the circuit that is evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from symcausal.compiled.block import Block
from symcausal.compiled.checks import Rows
from symcausal.compiled.contraction import Array
from symcausal.compiled.layout import Layout
from symcausal.compiled.lines import Lines
from symcausal.compiled.tape import Gather, Tape
from symcausal.errors import ParameterRangeError, UsageError

BLOCK = 1_000_000  # numbers that all tables of a block hold together, if it is to stay in caches
_NARROW = 4_000  # numbers for a row of data; for fewer, long lines are worth more than caches
_MOST_ROWS = 1024  # where a line no longer gets faster by being longer


class Program:
    """The calls that work out some tables of a tape.

    Parameters
    ----------
    tape : Tape
        The operations.
    answer : int
        The table that is wanted.
    rows : Rows
        What to check.
    reverse : mapping of int to int, optional
        The adjoints of gathered tables, for derivatives.
    guarded : bool
        Whether guards look at what they guard.
    """

    def __init__(
        self,
        tape: Tape,
        answer: int,
        rows: Rows,
        *,
        reverse: Mapping[int, int] | None = None,
        guarded: bool,
    ) -> None:
        self.tape = tape
        self.answer = answer
        self.rows = rows
        self.reverse = reverse or {}
        self.guarded = guarded
        self.needed = tape.needed([answer, *self.reverse.values()], guarded=guarded)
        gathered = [at for at in self.needed if isinstance(tape.operations[at], Gather)]
        self.layout = Layout(tape, gathered, rows.terms)
        self.names = self.layout.names
        entries = self.layout.lines + sum(tape.count(tape.scopes[at]) for at in self.needed)
        self._size = _MOST_ROWS if entries <= _NARROW else _multiple(max(1, BLOCK // entries))
        self._spare: list[tuple[Lines, Block]] = []
        self._singles: list[Block] = []

    def run(self, numbers: Mapping[str, Any], count: int) -> Array:
        """The answer: a line of values for each cell.

        Parameters
        ----------
        numbers : mapping of str to number or column
            By the name of the parameter.
        count : int
            How many rows of data there are.
        """
        result = np.empty((self.tape.count(self.tape.scopes[self.answer]), count))

        def keep(block: Block, start: int, stop: int) -> None:
            result[:, start:stop] = block.tables[self.answer].reshape(len(result), -1)

        self._run(numbers, count, keep)
        return result

    def one(self, numbers: Sequence[float]) -> list[float]:
        """The answer for one number by each of :attr:`names`: a value for each cell."""
        block = self._singles.pop() if self._singles else self._block(self._lines(1))
        with np.errstate(all="ignore"):
            block.lines.load_one(numbers)
            block.run()
        result: list[float] = block.tables[self.answer].reshape(-1).tolist()
        self._singles.append(block)
        return result

    def derivatives(self, numbers: Mapping[str, Any], count: int) -> dict[str, Array]:
        """The derivative by each parameter, from the adjoint of each gathered table."""
        result = np.empty((len(self.names), count))
        runs = self.layout.runs()

        def keep(block: Block, start: int, stop: int) -> None:
            shares = block.pulled_back()
            for line, first, last in runs:
                result[first:last, start:stop] = shares[line : line + last - first]

        self._run(numbers, count, keep)
        return dict(zip(self.names, result, strict=True))

    # -- inside ---------------------------------------------------------------------------------
    def _run(
        self, numbers: Mapping[str, Any], count: int, keep: Callable[[Block, int, int], None]
    ) -> None:
        """Work out all tables for one block of rows after another, and keep what is wanted."""
        columns = [as_column(name, numbers[name], count) for name in self.names]
        if not count:
            return
        lines, block = self._taken(min(_MOST_ROWS, count), min(self._size, count))
        width, inner = lines.width, block.width
        with np.errstate(all="ignore"):
            for start in range(0, count, width):
                first = min(start, count - width)  # the last block may overlap the one before
                lines.load([column[first : first + width] for column in columns], first)
                for offset in range(0, width, inner):
                    here = min(offset, width - inner)
                    if block.lines is not lines:
                        block.lines.memory[...] = lines.memory[:, here : here + inner]
                    block.run()
                    keep(block, first + here, first + here + inner)
        self._spare.append((lines, block))

    def _taken(self, width: int, inner: int) -> tuple[Lines, Block]:
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
        return Lines(self.layout, self.rows, width)

    def _block(self, lines: Lines) -> Block:
        return Block(self.tape, self.needed, lines, reverse=self.reverse, guarded=self.guarded)


def as_column(name: str, value: Any, count: int) -> Array:
    """A column of floats.

    Raises
    ------
    UsageError
        If it is no column.
    ParameterRangeError
        If there is something else than a number in it.
    """
    try:
        column = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
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
