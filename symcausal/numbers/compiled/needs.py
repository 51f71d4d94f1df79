"""What it takes to work out a value and its derivatives, with or without guards.

Main definitions
----------------
Needs : the parameters, the rows to check, and the programs that compute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter

from symcausal.algebra.scalar import Term, parameters
from symcausal.hints import TYPE_CHECKING, Any
from symcausal.network.network import Network
from symcausal.numbers.compiled.beside import RowBeside, rows_beside
from symcausal.numbers.compiled.checks import ReadRows, rows_read
from symcausal.numbers.compiled.exact import Maybe, Walk
from symcausal.numbers.compiled.gradient import adjoints
from symcausal.numbers.compiled.tape import Gather, Tape

if TYPE_CHECKING:
    from symcausal.numbers.compiled.arrays import ArrayProgram
    from symcausal.numbers.compiled.contraction import Array

CellPlace = tuple[int, ...]


class Needs:
    """The operations and entries that an answer needs.

    Parameters
    ----------
    network : Network
        Where the entries come from.
    tape : Tape
        The operations.
    answer : int
        The table that is wanted.
    known : sequence of str
        The names of all parameters, in order.
    guarded : bool
        Whether guards look at what they guard.
    numba : bool, optional
        Whether columns go through a compiled kernel; by default where it saves time.

    Attributes
    ----------
    names : tuple of str
        The names of the parameters that are read.
    """

    def __init__(
        self,
        network: Network,
        tape: Tape,
        answer: int,
        known: Mapping[str, object],
        *,
        guarded: bool,
        numba: bool | None = None,
    ) -> None:
        self.guarded = guarded
        self.numba = numba
        self._network = network
        self._tape = tape
        self._answer = answer
        self._reversed: dict[CellPlace, dict[int, int]] = {}
        self._programs: dict[CellPlace | None, ArrayProgram] = {}
        needed = tape.needed([answer], guarded=guarded)
        gathers = [op for at in needed if isinstance(op := tape.operations[at], Gather)]
        self._terms = list(dict.fromkeys(term for gather in gathers for term in gather.terms))
        found = {p.name for term in self._terms for p in parameters(tape.terms[term])}
        self.names = tuple(name for name in known if name in found)

    @cached_property
    def rows(self) -> ReadRows:
        """The rows of tables that are read."""
        return ReadRows(self._network, self._read, set(self.names))

    @cached_property
    def beside(self) -> list[RowBeside]:
        """The rows of which entries are read, and not all parameters."""
        return rows_beside(self._network, self._read, set(self.names))

    @cached_property
    def _read(self) -> dict[tuple[str, int], list[Term]]:
        return rows_read(self._terms, self._tape.rows, self._tape.terms)

    # -- one assignment of numbers --------------------------------------------------------------
    def slopes(self, walk: Walk, cell: CellPlace) -> dict[str, Maybe]:
        """Return the derivatives of one cell by the parameters."""
        reverse = self._reverse(cell)
        walk.run(reverse.values())
        return dict.fromkeys(self.names, 0) | walk.derivatives(reverse)

    def floats(self, numbers: Mapping[str, Any]) -> list[float] | None:
        """Return the value of each cell in floats, by NumPy; None where that is not installed."""
        program = self._own
        return None if program is None else program.one([numbers[n] for n in program.names])

    def quick_floats(self, values: Mapping[Any, Any]) -> list[float] | None:
        """Return the same for floats by names, as a caller passes them; None for anything else."""
        try:
            numbers = self._pick(values)
        except KeyError:
            return None
        if self._own is None or {*map(type, numbers)} != {float}:
            return None
        return self._own.one(numbers)

    @cached_property
    def _own(self) -> ArrayProgram | None:
        try:
            return self._program(None)
        except ImportError:
            return None

    @cached_property
    def _pick(self) -> Callable[[Mapping[Any, Any]], tuple[Any, ...]]:
        names = self._own.names if self._own is not None else self.names
        if len(names) < 2:
            return lambda values: tuple(values[name] for name in names)
        return itemgetter(*names)

    # -- columns --------------------------------------------------------------------------------
    def columns(self, numbers: Mapping[str, Any], rows: int) -> Sequence[Array]:
        """Return a column of values for each cell."""
        return list(self._program(None).run(numbers, rows))

    def column_slopes(
        self, numbers: Mapping[str, Any], rows: int, cell: CellPlace
    ) -> dict[str, Array]:
        """Return a column of derivatives of one cell for each parameter."""
        return self._program(cell).derivatives(numbers, rows)

    # -- inside ---------------------------------------------------------------------------------
    def _reverse(self, cell: CellPlace) -> dict[int, int]:
        known = self._reversed.get(cell)
        if known is None:
            at = dict(zip(self._tape.scopes[self._answer], cell, strict=True))
            known = self._reversed[cell] = adjoints(self._tape, self._answer, at)
        return known

    def _program(self, cell: CellPlace | None) -> ArrayProgram:
        known = self._programs.get(cell)
        if known is None:
            from symcausal.numbers.compiled.arrays import ArrayProgram

            reverse = None if cell is None else self._reverse(cell)
            known = self._programs[cell] = ArrayProgram(
                self._tape,
                self._answer,
                self.rows,
                reverse=reverse,
                guarded=self.guarded,
                numba=self.numba,
            )
        return known
