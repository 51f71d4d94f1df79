"""The reverse pass: the tape of all derivatives, made of the same operations.

What a table contributes to the answer, its *adjoint*, has an entry for each entry of the table. The
adjoint of a factor is the adjoint of the product times the other factor, summed over what the factor
lacks; so the tape of derivatives has two contractions for each one of the value, and whoever can
evaluate the value can evaluate all derivatives. An adjoint that does not depend on an axis of its
table lacks that axis.

Main definitions
----------------
adjoints : the adjoint of each gathered table, as more operations on the same tape.

References
----------
[Darwiche2003]_ Section 4 for the derivatives of a circuit from one downward pass.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

from symcausal.algebra.scalar import Number, parameters
from symcausal.hints import assert_never
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


def adjoints(tape: Tape, answer: int, cell: Mapping[int, int]) -> dict[int, int]:
    """Add the derivatives of one cell of a table to a tape, and return the adjoints.

    Parameters
    ----------
    tape : Tape
        Grows by the operations of the reverse pass.
    answer : int
        The table.
    cell : mapping of int to int
        A state for each axis of the table.

    Returns
    -------
    dict of int to int
        For each gathered table that holds parameters, the table of its adjoint, whose axes are among
        its own.
    """
    return _Reverse(tape).run(answer, cell)


class _Reverse:
    """One reverse pass."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.found: dict[int, list[int]] = {}

    def run(self, answer: int, cell: Mapping[int, int]) -> dict[int, int]:
        needed = self.tape.needed([answer], guarded=True)
        varying = self._varying(needed)
        self.found[answer] = [self._seed(answer, cell)]
        gathered = {}
        for at in reversed(needed):
            if at not in self.found or at not in varying:
                continue
            adjoint = self.tape.add(self.found.pop(at))
            operation = self.tape.operations[at]
            if isinstance(operation, Gather):
                gathered[at] = adjoint
            for part, share in self._shares(at, adjoint):
                if part in varying:
                    self.found.setdefault(part, []).append(share)
        return gathered

    def _varying(self, needed: Iterable[int]) -> set[int]:
        tape, varying = self.tape, set[int]()
        for at in needed:
            match tape.operations[at]:
                case Gather(terms):
                    varies = any(any(parameters(tape.terms[term])) for term in terms)
                case Contract() | Slice() | OneState() | Divide() | Guard() | TablesAdded():
                    varies = not varying.isdisjoint(tape.parts(at, guarded=True))
            if varies:
                varying.add(at)
        return varying

    def _shares(self, at: int, adjoint: int) -> Iterable[tuple[int, int]]:
        """What each part of an operation gets of the adjoint of the whole."""
        tape = self.tape
        match tape.operations[at]:
            case Gather():
                pass  # its adjoint is what is asked for
            case Contract(left, right, _):
                if right is None:
                    yield left, adjoint
                else:
                    yield left, self._onto(left, adjoint, right)
                    yield right, self._onto(right, adjoint, left)
            case Slice(table, axis, state):
                scope = (axis, *tape.scopes[adjoint])
                yield table, tape.place(adjoint, axis, state, scope)
            case Divide(top, bottom, reason):
                # A factor rather than a quotient: where the adjoint is zero it is zero all the same.
                inverse = tape.divide(self._number(1), bottom, tape.reasons[reason])
                yield top, self._onto(top, adjoint, inverse)
                less = tape.contract(tape.contract(adjoint, inverse), self._number(-1))
                yield bottom, self._onto(bottom, less, at)
            case Guard(table, possible, reason):
                allowed = tape.guard(self._number(1), possible, tape.reasons[reason])
                yield table, self._onto(table, adjoint, allowed)
            case TablesAdded(tables):
                for table in tables:
                    yield table, self._part(at, table, adjoint)
            case OneState():
                raise AssertionError("only a reverse pass makes these, and none is reversed")
            case _:
                assert_never(tape.operations[at])

    def _onto(self, part: int, left: int, right: int) -> int:
        """A product, summed over the axes that a part lacks."""
        tape = self.tape
        lacking = {*tape.scopes[left], *tape.scopes[right]} - {*tape.scopes[part]}
        return tape.contract(left, right, lacking)

    def _part(self, at: int, table: int, adjoint: int) -> int:
        """The share of a term of a sum, which an axis that it lacks takes once for each state."""
        tape = self.tape
        lacking = {*tape.scopes[at]} - {*tape.scopes[table]}
        share = tape.contract(adjoint, summed=lacking)
        times = math.prod(tape.sizes[axis] for axis in lacking - {*tape.scopes[adjoint]})
        return share if times == 1 else tape.contract(share, self._number(times))

    def _seed(self, answer: int, cell: Mapping[int, int]) -> int:
        seed = self._number(1)
        for axis in self.tape.scopes[answer]:
            seed = self.tape.place(seed, axis, cell[axis], (axis, *self.tape.scopes[seed]))
        return seed

    def _number(self, value: int) -> int:
        return self.tape.gather([Number(Fraction(value))], ())
