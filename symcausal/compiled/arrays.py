"""The value of a tape over many rows of numbers at once, by NumPy.

The only module here that imports NumPy. Rows go through in blocks that are small enough for the
widest table to stay in the processor's cache; within a block the rows are the last axis of every
table, so that each operation on tables is one call, whose innermost loop runs along the rows.

Main definitions
----------------
Program : the calls that work out one table of a tape.

References
----------
[Darwiche2003]_ for the circuit that is evaluated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from string import ascii_letters
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from symcausal.algebra import scalar
from symcausal.compiled.checks import TOLERANCE, Rows, refuse
from symcausal.compiled.exact import ROUNDING, slopes
from symcausal.compiled.layout import Group, Layout
from symcausal.compiled.tape import Add, Contract, Divide, Gather, Guard, Place, Slice, Tape
from symcausal.errors import ParameterRangeError, UsageError

Array: TypeAlias = NDArray[np.float64]

CACHE = 512 * 1024  # bytes that the widest table of a block may take
_FEWEST, _MOST = 16, 1024


class Tables(dict[int, Array]):
    """The tables of one block, and whether all that was divided is defined."""

    defined = True


Call: TypeAlias = Callable[[Tables], Array]


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
        needed = tape.needed([answer, *self.reverse.values()], guarded=guarded)
        gathered = [at for at in needed if isinstance(tape.operations[at], Gather)]
        self.layout = Layout(tape, gathered, rows.terms)
        self.names = list(self.layout.sources)
        self.widest = max(tape.count(tape.scopes[at]) for at in needed)
        self._fragile: set[int] = set()
        self._calls = [
            (at, self._call(at, guarded=guarded)) for at in needed if at not in self.layout.tables
        ]

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
        for start, stop, tables in self._blocks(numbers, count):
            result[:, start:stop] = tables[self.answer].reshape(len(result), -1)
        return result

    def derivatives(self, numbers: Mapping[str, Any], count: int) -> dict[str, Array]:
        """The derivative by each parameter, from the adjoint of each gathered table."""
        result = np.empty((len(self.names), count))
        lines = list(self.layout.sources.values())
        spread = {at: self._spread(adjoint, at) for at, adjoint in self.reverse.items()}
        columns = {name: as_column(name, numbers[name], count) for name in self.names}
        for start, stop, tables in self._blocks(columns, count):
            shares = np.zeros((self.layout.lines, stop - start))
            for at, share in spread.items():
                self._view(shares, at)[...] = share(tables)
            self._pull_back(shares, {n: c[start:stop] for n, c in columns.items()})
            result[:, start:stop] = shares[lines]
        return dict(zip(self.names, result, strict=True))

    def _blocks(self, numbers: Mapping[str, Any], count: int) -> Iterator[tuple[int, int, Tables]]:
        """All tables, for one block of rows after another."""
        columns = [as_column(name, numbers[name], count) for name in self.names]
        size = max(_FEWEST, min(_MOST, CACHE // 8 // self.widest))
        for start in range(0, count, size):
            stop = min(start + size, count)
            with np.errstate(all="ignore"):
                tables = self._gathered(columns, start, stop)
                for at, call in self._calls:
                    tables[at] = call(tables)
            yield start, stop, tables

    def _pull_back(self, shares: Array, numbers: Mapping[str, Any]) -> None:
        """From the derivatives by entries to those by parameters, in place."""
        layout = self.layout
        for group in layout.groups:
            stretches = group_of(shares, group)
            stretches[:-1] -= stretches[-1]
        for line, term in layout.worked_out:
            for name, slope in slopes(term, numbers).items():
                shares[layout.sources[name]] += shares[line] * np.asarray(slope, dtype=np.float64)

    # -- what is gathered -----------------------------------------------------------------------
    def _gathered(self, columns: Sequence[Array], start: int, stop: int) -> Tables:
        layout, width = self.layout, stop - start
        block = np.empty((layout.lines, width))
        for line, column in zip(layout.sources.values(), columns, strict=True):
            block[line] = column[start:stop]
        for line, number in layout.constants:
            block[line] = number
        for group in layout.groups:
            stretches = group_of(block, group)
            rest = stretches[-1]
            rest[...] = 1.0
            for stretch in stretches[:-1]:
                rest -= stretch
            rest[np.abs(rest) < ROUNDING * group.states] = 0.0
        numbers = {name: block[line] for name, line in layout.sources.items()}
        for line, term in layout.worked_out:
            block[line] = _worked_out(term, numbers)
        self._check(block, start)
        return Tables((at, self._view(block, at)) for at in layout.tables)

    def _view(self, block: Array, at: int) -> Array:
        """The lines of a gathered table, as a table."""
        first, states, rows, apart = self.layout.tables[at]
        stride, step = block.strides
        lines = np.lib.stride_tricks.as_strided(
            block[first:], (states, rows, block.shape[1]), (apart * stride, stride, step)
        )
        return lines.reshape(*self._shape(at), block.shape[1])

    def _check(self, block: Array, start: int) -> None:
        entries = block[self.layout.entries]
        fine = (entries >= -TOLERANCE) & (entries <= 1 + TOLERANCE)  # false of nan
        if fine.all():
            return
        faults: dict[str, str] = {}
        for entry, row in zip(*np.nonzero(~fine), strict=True):
            name, value = self.rows.names[entry], entries[entry, row]
            faults.setdefault(name, f"{name} has the entry {value:.6g} in row {start + row}")
        refuse(faults)

    # -- operations -----------------------------------------------------------------------------
    def _shape(self, at: int) -> tuple[int, ...]:
        return tuple(self.tape.sizes[axis] for axis in self.tape.scopes[at])

    def _call(self, at: int, *, guarded: bool) -> Call:
        tape = self.tape
        if any(part in self._fragile for part in tape.parts(at, guarded=guarded)):
            self._fragile.add(at)
        match tape.operations[at]:
            case Contract():
                return self._contract(at)
            case Slice(table, axis, state):
                pick = (slice(None),) * tape.scopes[table].index(axis) + (state,)
                return lambda tables: tables[table][pick]
            case Place(table, axis, state):
                return self._place(at, table, axis, state)
            case Divide(top, bottom, _):
                self._fragile.add(at)
                above, below = self._spread(top, at), self._spread(bottom, at)
                return lambda tables: _quotient(tables, above, below)
            case Guard(table, possible, _):
                if not guarded:
                    return lambda tables: tables[table]
                self._fragile.add(at)
                value, allowed = self._spread(table, at), self._spread(possible, at)
                return lambda tables: _guarded(tables, value, allowed)
            case Add(parts):
                spread = [self._spread(part, at) for part in parts]
                return lambda tables: sum(part(tables) for part in spread)  # type: ignore[return-value]
        raise AssertionError(tape.operations[at])

    def _contract(self, at: int) -> Call:
        operation = self.tape.operations[at]
        assert isinstance(operation, Contract)
        pool = [operation.left] if operation.right is None else [operation.left, operation.right]
        axes = dict.fromkeys(axis for table in pool for axis in self.tape.scopes[table])
        letters = dict(zip(axes, ascii_letters, strict=False))

        def word(scope: Sequence[int]) -> str:
            return "".join(letters[axis] for axis in scope) + "..."

        inner = ",".join(word(self.tape.scopes[table]) for table in pool)
        formula = f"{inner}->{word(self.tape.scopes[at])}"
        if at not in self._fragile:
            return lambda tables: np.einsum(formula, *[tables[table] for table in pool])
        scope = (*self.tape.scopes[at], *operation.summed)
        spread = [self._spread(table, scope) for table in pool]
        summed = tuple(range(len(self.tape.scopes[at]), len(scope)))

        def product(tables: Tables) -> Array:
            if tables.defined:
                return np.einsum(formula, *[tables[table] for table in pool])
            return _sheltered([part(tables) for part in spread], summed)

        return product

    def _place(self, at: int, table: int, axis: int, state: int) -> Call:
        scope, shape = self.tape.scopes[at], self._shape(at)
        pick = (slice(None),) * scope.index(axis) + (state,)
        spread = self._spread(table, tuple(a for a in scope if a != axis))

        def placed(tables: Tables) -> Array:
            inner = spread(tables)
            whole = np.zeros((*shape, inner.shape[-1]))
            whole[pick] = inner
            return whole

        return placed

    def _spread(self, table: int, onto: int | tuple[int, ...]) -> Call:
        """A table along the axes of another, with axes of one value where it has none."""
        own = self.tape.scopes[table]
        scope = self.tape.scopes[onto] if isinstance(onto, int) else onto
        turned = (*(own.index(axis) for axis in scope if axis in own), len(own))
        pick = tuple(slice(None) if axis in own else None for axis in scope)
        return lambda tables: tables[table].transpose(turned)[pick]


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


def group_of(block: Array, group: Group) -> Array:
    """The lines of a group, by state and row."""
    lines = block[group.start : group.start + group.states * group.rows]
    return lines.reshape(group.states, group.rows, block.shape[1])


def _quotient(tables: Tables, top: Call, bottom: Call) -> Array:
    below = bottom(tables)
    return _undefined(tables, top(tables) / below, below == 0)


def _guarded(tables: Tables, value: Call, allowed: Call) -> Array:
    possible = allowed(tables)
    return _undefined(tables, value(tables) * np.ones_like(possible), possible == 0)


def _undefined(tables: Tables, values: Array, where: NDArray[np.bool_]) -> Array:
    if where.any():
        tables.defined = False
        values[np.broadcast_to(where, values.shape)] = np.nan
    return values


def _sheltered(parts: Sequence[Array], summed: tuple[int, ...]) -> Array:
    """A product with axes summed out, in which zero times what is not defined is zero."""
    product = parts[0]
    for part in parts[1:]:
        zero = (product == 0) | (part == 0)
        product = product * part
        product[zero] = 0.0
    total: Array = product.sum(axis=summed)
    return total


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
