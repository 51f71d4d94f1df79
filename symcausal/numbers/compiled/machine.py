"""Numbers through the compiled kernel, where numba is installed.

Main definitions
----------------
Machine : instructions with the memory that they work on.
is_worth_it : whether so much work is to be done that way.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec

import numpy as np

from symcausal.algebra.scalar import parameters
from symcausal.hints import Any
from symcausal.numbers.compiled.cells import Expression, Instructions
from symcausal.numbers.compiled.contraction import Array
from symcausal.numbers.compiled.exact import slopes
from symcausal.numbers.compiled.lines import worked_out

LANES = 16  # rows at once: two registers of the widest kind
_ROWS = 4096  # between two looks at what the kernel reports
_WORTH_STARTING = 3e9  # operands: two seconds for NumPy, as a rule, where numba starts in one
_KERNEL = "symcausal.numbers.compiled.kernel"
_NUMBER = 8  # bytes


def is_worth_it(operands: int, rows: int, *, wanted: bool | None) -> bool:
    """Decide whether the compiled kernel is to do so much work.

    ``wanted`` is what the caller says of it.
    """
    if wanted is False or rows < 1 or not _is_installed():
        return False
    return bool(wanted) or _KERNEL in sys.modules or operands * rows >= _WORTH_STARTING


@cache
def _is_installed() -> bool:
    return find_spec("numba") is not None


@cache
def kernel(lanes: int) -> Callable[..., int] | None:
    """Return the kernel for so many rows at once, None if numba cannot make it on this machine."""
    none = np.zeros(0, dtype=np.int64)
    slots = none.astype(np.int32)
    kinds = none.astype(np.int8)
    try:
        from symcausal.numbers.compiled.kernel import kernel as compiled

        run = compiled(lanes)
        run(0, kinds, slots, none, slots, slots, none, none, none, 0, 0, 0)
    except Exception:  # whatever ails a compiler that nobody asked for, NumPy is there
        return None
    return run


class Machine:
    """The instructions of a query, and the memory that they work on.

    Parameters
    ----------
    made : Instructions
        What to do.
    run : callable
        The kernel for many rows.
    """

    def __init__(self, made: Instructions, run: Callable[..., int]) -> None:
        self._made = made
        self._run = run
        self._used = {p.name for source in made.expressions for p in parameters(source.term)}
        self._offsets = np.arange(len(made.names), dtype=np.int64) * _NUMBER
        self._still = np.zeros_like(self._offsets)
        self._spare: list[Array] = []

    def run(self, columns: Mapping[str, Array], result: Array) -> list[tuple[int, int]]:
        """Fill the result as far as the kernel can, and return the rest as slices of rows.

        Parameters
        ----------
        columns : mapping of str to array
            Floats, by the name of the parameter.
        result : array
            A line of values for each answer.
        """
        from symcausal.numbers.compiled.kernel import OUT_OF_RANGE, UNDEFINED

        count = result.shape[1]
        if count < LANES:
            wide = {name: np.resize(column, LANES) for name, column in columns.items()}
            padded = np.empty((len(result), LANES))
            left = self.run(wide, padded)
            result[...] = padded[:, :count]
            return [(0, count)] if left else []
        made, memory, left = self._made, self._memory(LANES), []
        inputs = _RowAddresses(made, columns)
        faults = OUT_OF_RANGE | UNDEFINED if made.is_careful else OUT_OF_RANGE
        for start in range(0, count, _ROWS):
            first, stop = min(start, count - LANES), min(start + _ROWS, count)
            inputs.move(first, stop, {name: columns[name][first:stop] for name in self._used})
            flags = self._run(
                memory.ctypes.data, made.kinds, made.outs, made.starts, made.lefts, made.rights,
                inputs.places, inputs.steps, made.answers,
                result.ctypes.data + first * _NUMBER, result.strides[0], stop - first,
            )  # fmt: skip
            if flags & faults:
                left.append((start, stop))
        return left

    def one(self, numbers: Sequence[float]) -> list[float] | None:
        """Return the answers for one assignment of numbers, None where NumPy has to say."""
        run, made = kernel(1), self._made
        if run is None or made.expressions:
            return None
        memory = self._spare.pop() if self._spare else self._memory(1)
        packed = array("d", numbers)
        found = array("d", bytes(_NUMBER * len(made.answers)))
        places = self._offsets + packed.buffer_info()[0]
        flags = run(
            memory.ctypes.data, made.kinds, made.outs, made.starts, made.lefts, made.rights,
            places, self._still, made.answers, found.buffer_info()[0], _NUMBER, 1,
        )  # fmt: skip
        self._spare.append(memory)
        return None if flags else found.tolist()

    def _memory(self, lanes: int) -> Array:
        """The slots, on a boundary of a line of the processor's caches, with the constants."""
        made = self._made
        raw = np.zeros(made.slots * lanes + 8)
        ahead = -raw.ctypes.data % 64 // _NUMBER
        memory = raw[ahead : ahead + made.slots * lanes].reshape(-1, lanes)
        memory[: len(made.constants)] = made.constants[:, None]
        return memory


class _RowAddresses:
    """The addresses of the numbers of some rows, which stay alive as long as this does.

    Attributes
    ----------
    places, steps : array of int
        The address of each input, and how many bytes a row takes there.
    """

    def __init__(self, made: Instructions, columns: Mapping[str, Array]) -> None:
        self._kept = [columns[name] for name in made.names]
        self._expressions = made.expressions
        strides = [column.strides[0] for column in self._kept]
        # The kernel takes several rows at once, so that they have to lie side by side.
        self._apart = [at for at, stride in enumerate(strides) if stride not in (0, _NUMBER)]
        self._copied = [*self._apart, *range(len(strides), len(strides) + len(self._expressions))]
        self._bases = np.zeros(len(strides) + len(self._expressions), dtype=np.int64)
        self._bases[: len(strides)] = [column.ctypes.data for column in self._kept]
        self.places = self._bases.copy()
        self.steps = np.full_like(self._bases, _NUMBER)
        self.steps[: len(strides)] = [stride and _NUMBER for stride in strides]
        self._copies: list[Array] = []

    def move(self, first: int, stop: int, numbers: Mapping[str, Array]) -> None:
        """Go to some rows, with the numbers that expressions take there."""
        np.multiply(self.steps, first, out=self.places)
        self.places += self._bases
        self._copies = [np.ascontiguousarray(self._kept[at][first:stop]) for at in self._apart]
        for source in self._expressions:
            column = np.empty(stop - first)
            column[...] = _values(source, numbers)
            self._copies.append(column)
        self.places[self._copied] = [column.ctypes.data for column in self._copies]


def _values(source: Expression, numbers: Mapping[str, Array]) -> Any:
    """The values of an expression, or of its derivatives by a parameter."""
    if source.name is None:
        return worked_out(source.term, numbers)
    return slopes(source.term, numbers)[source.name]  # type: ignore[arg-type]
