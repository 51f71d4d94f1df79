"""The entries of tables for a block of rows of data, filled from columns and checked.

Main definitions
----------------
Lines : one line of memory for each entry.
worked_out : a column of values of a table entry.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from symcausal.algebra import scalar
from symcausal.hints import Any
from symcausal.numbers.compiled.checks import TOLERANCE, ReadRows, refuse
from symcausal.numbers.compiled.contraction import Array
from symcausal.numbers.compiled.exact import ROUNDING
from symcausal.numbers.compiled.line_map import LineMap

_ROUNDED = 1e-12  # what is above is not zero up to rounding


class GroupLines(NamedTuple):
    """The lines of a group: those of each state that has parameters, and the remainders."""

    free: list[Array]
    rest: Array


class Lines:
    """The memory of one line for each entry, with a number for each row of data.

    Parameters
    ----------
    line_map : LineMap
        Which entry has which line.
    rows : ReadRows
        What to check.
    width : int
        How many rows of data there are.

    Attributes
    ----------
    memory : array
        The lines.
    """

    def __init__(self, line_map: LineMap, rows: ReadRows, width: int) -> None:
        self.line_map = line_map
        self.width = width
        self.memory = np.zeros((line_map.lines, width))
        self._rows = rows
        for line, number in line_map.constants:
            self.memory[line] = number
        self._runs = [
            (self.memory[line : line + j - i].reshape(-1), i, j) for line, i, j in line_map.runs()
        ]
        self._groups = self.groups(self.memory)
        self._grouped = self.memory[: line_map.grouped].reshape(-1)

    @classmethod
    def of_nothing(cls, line_map: LineMap) -> Lines:
        """Return the lines of tables that hold numbers alone."""
        nothing = cls.__new__(cls)
        nothing.line_map, nothing.width = line_map, 1
        nothing.memory = np.zeros((0, 1))
        return nothing

    def load(self, columns: Sequence[Array], start: int) -> None:
        """Fill all lines from columns of numbers.

        ``start`` is the number of the first row, for what is said of faults.
        """
        for lines, first, last in self._runs:
            np.concatenate(columns[first:last], out=lines)
        self._work_out()
        self._check(start)

    def load_one(self, numbers: Sequence[float]) -> None:
        """Fill the lines of one row of data."""
        packed = np.frombuffer(array("d", numbers))
        for lines, first, last in self._runs:
            lines[:] = packed[first:last]
        self._work_out()
        self._check(None)

    def groups(self, memory: Array) -> list[GroupLines]:
        """Return the lines of each group."""
        return [
            GroupLines([_lines(memory, free) for free in group.free], _lines(memory, group.rests))
            for group in self.line_map.groups
        ]

    def table(self, memory: Array, at: int, shape: Sequence[int]) -> Array:
        """Return the lines of a gathered table as a table."""
        first, states, rows, apart = self.line_map.tables[at]
        stride, step = memory.strides
        lines = np.lib.stride_tricks.as_strided(
            memory[first:], (states, rows, self.width), (apart * stride, stride, step)
        )
        return lines.reshape(*shape, self.width)

    def numbers(self) -> dict[str, Any]:
        """Return the line of each parameter."""
        return {name: self.memory[line] for name, line in self.line_map.sources.items()}

    # -- inside ---------------------------------------------------------------------------------
    def _work_out(self) -> None:
        """Work out the entries that are no parameters."""
        for free, rest in self._groups:
            np.subtract(1.0, free[0], out=rest)
            for stretch in free[1:]:
                np.subtract(rest, stretch, out=rest)
        if self.line_map.worked_out:
            numbers = self.numbers()
            for line, term in self.line_map.worked_out:
                self.memory[line] = worked_out(term, numbers)

    def _check(self, start: int | None) -> None:
        # Where no entry of a row is below zero, remainder included, none is above one.
        least = np.minimum.reduce(self._grouped) if len(self._grouped) else 1.0
        if not least > _ROUNDED:  # true of nan as well
            for free, rest in self._groups:
                rest[np.abs(rest) < ROUNDING * (len(free) + 1)] = 0.0
            least = np.minimum.reduce(self._grouped)
        if least >= -TOLERANCE:
            if not self.line_map.loose:
                return
            loose = self.memory[self.line_map.loose].reshape(-1)
            if np.minimum.reduce(loose) >= -TOLERANCE and np.maximum.reduce(loose) <= 1 + TOLERANCE:
                return
        entries = self.memory[self.line_map.entries]
        fine = (entries >= -TOLERANCE) & (entries <= 1 + TOLERANCE)  # false of nan
        faults: dict[str, str] = {}
        for entry, row in zip(*np.nonzero(~fine), strict=True):
            name, value = self._rows.names[entry], entries[entry, row]
            where = "" if start is None else f" in row {start + row}"
            faults.setdefault(name, f"{name} has the entry {value:.6g}{where}")
        refuse(faults)


def _lines(memory: Array, stretch: range) -> Array:
    return memory[stretch.start : stretch.stop]


def worked_out(term: scalar.Term, numbers: Mapping[str, Array]) -> Any:
    """Return a column of values of a table entry."""
    match term:
        case scalar.Number(value):
            return float(value)
        case scalar.Indeterminate(name=name):
            return numbers[name]
        case scalar.Plus(parts):
            total = sum(worked_out(part, numbers) for part in parts)
            return np.where(np.abs(total) < ROUNDING * len(parts), 0.0, total)
        case scalar.Times(parts):
            return math.prod(worked_out(part, numbers) for part in parts)
        case scalar.Power(base, exponent):
            return worked_out(base, numbers) ** float(exponent)
