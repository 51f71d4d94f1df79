"""A tape: the operations on whole tables that a query takes, in order.

What a query needs is fixed by the graph; only the numbers change from call to call. So the graph is
looked at once, and what remains is a short list of operations on tables. Nothing here knows what
numbers the tables hold: fractions, floats, or a block of rows of a data frame.

A table is known by its position on the tape, and has a scope: its axes, in the order in which its
entries lie, the last fastest. Equal operations are made once.

Main definitions
----------------
Gather, Contract, Slice, OneState, Divide, Guard, TablesAdded : the operations.
Tape : the list of them.

References
----------
[Darwiche2003]_ for answers as circuits, whose derivatives one reverse pass gives.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from symcausal.algebra.scalar import Term
from symcausal.errors import LimitError
from symcausal.hints import TypeAlias
from symcausal.network.network import Variable

# Floats of one row of data, eight bytes each. Larger tables are refused before they are made.
LARGEST_TABLE, LARGEST_TAPE = 20_000_000, 50_000_000

# Words for a condition of probability zero, given the positions of states by axis.
Reason: TypeAlias = Callable[[Mapping[int, int]], str]


class Gather(NamedTuple):
    """A table of entries of the model's tables, or of numbers: positions among the tape's terms."""

    terms: tuple[int, ...]


class Contract(NamedTuple):
    """The product of two tables, or one table, with some axes summed out."""

    left: int
    right: int | None
    summed: tuple[int, ...]


class Slice(NamedTuple):
    """A table where one axis has one state."""

    table: int
    axis: int
    state: int


class OneState(NamedTuple):
    """The table that is zero but for one state of one axis, where it is another table."""

    table: int
    axis: int
    state: int


class Divide(NamedTuple):
    """A quotient, not defined where the denominator is zero; ``reason`` is a position."""

    top: int
    bottom: int
    reason: int


class Guard(NamedTuple):
    """A table where another is not zero, and not defined elsewhere; ``reason`` is a position."""

    table: int
    possible: int
    reason: int


class TablesAdded(NamedTuple):
    """The sum of some tables."""

    tables: tuple[int, ...]


TapeOperation: TypeAlias = Gather | Contract | Slice | OneState | Divide | Guard | TablesAdded


def summed_axes(operation: TapeOperation) -> tuple[int, ...]:
    """The axes that an operation sums over."""
    match operation:
        case Contract(_, _, summed):
            return summed
        case Gather() | Slice() | OneState() | Divide() | Guard() | TablesAdded():
            return ()


def reason_of(operation: TapeOperation) -> int | None:
    """The position of what to say where an operation is not defined; None if it always is."""
    match operation:
        case Divide(_, _, reason) | Guard(_, _, reason):
            return reason
        case Gather() | Contract() | Slice() | OneState() | TablesAdded():
            return None


class Tape:
    """A list of operations on tables, each made once, after what it reads.

    Attributes
    ----------
    sizes : dict of int to int
        How many values each axis runs over; filled by whoever makes axes.
    operations : list of TapeOperation
        What makes each table.
    scopes : list of tuple of int
        The axes of each table, in order. Axes of one value are left out.
    terms : list of Term
        The entries and numbers that are gathered.
    rows : dict of int to tuple of (str, int)
        For each term that is a table entry its variable and the number of its row.
    reasons : list of Reason
        What to say where something is divided by zero.
    """

    __slots__ = (
        "_entries", "_known", "_positions", "operations", "reasons", "rows", "scopes", "sizes",
        "terms",
    )  # fmt: skip

    def __init__(self, sizes: dict[int, int]) -> None:
        self.sizes = sizes
        self.operations: list[TapeOperation] = []
        self.scopes: list[tuple[int, ...]] = []
        self.terms: list[Term] = []
        self.rows: dict[int, tuple[str, int]] = {}
        self.reasons: list[Reason] = []
        self._known: dict[tuple[object, ...], int] = {}
        self._positions: dict[int, int] = {}
        self._entries = 0

    # -- tables ---------------------------------------------------------------------------------
    def gather(self, terms: Iterable[Term], scope: Sequence[int]) -> int:
        """Add a table of numbers, or of expressions that are no table entries."""
        return self._append(Gather(tuple(map(self._term, terms))), scope)

    def entries(
        self, entries: Sequence[Term], offsets: Iterable[int], owner: Variable, scope: Sequence[int]
    ) -> int:
        """Add a table of some entries of the table of a variable."""
        found, width = [], len(owner.states)
        for offset in offsets:
            position = self._term(entries[offset])
            self.rows.setdefault(position, (owner.name, offset // width))
            found.append(position)
        return self._append(Gather(tuple(found)), scope)

    def contract(self, left: int, right: int | None = None, summed: Iterable[int] = ()) -> int:
        """Add a product with axes summed out; axes of neither table are passed over."""
        scope = list(self.scopes[left])
        if right is not None:
            scope += [axis for axis in self.scopes[right] if axis not in scope]
        gone = tuple(axis for axis in scope if axis in set(summed))
        if right is None and not gone:
            return left
        kept = [axis for axis in scope if axis not in gone]
        return self._append(Contract(left, right, gone), kept)

    def sum_out(self, table: int, summed: Sequence[int]) -> int:
        """Add a table with axes summed out; a product that nothing else needs is not written down."""
        operation = self.operations[table]
        if isinstance(operation, Contract) and operation.right is not None:
            return self.contract(operation.left, operation.right, (*operation.summed, *summed))
        return self.contract(table, summed=summed)

    def slice(self, table: int, axis: int, state: int) -> int:
        """Add a table in which one axis has one state."""
        scope = self.scopes[table]
        if axis not in scope:
            return table
        return self._append(Slice(table, axis, state), [a for a in scope if a != axis])

    def place(self, table: int, axis: int, state: int, scope: Sequence[int]) -> int:
        """Add a table put at one state of an axis of ``scope``, with zeros at its other states."""
        return self._append(OneState(table, axis, state), scope)

    def divide(self, top: int, bottom: int, reason: Reason) -> int:
        """Add a quotient."""
        scope = list(dict.fromkeys((*self.scopes[top], *self.scopes[bottom])))
        return self._append(Divide(top, bottom, self._reason(reason)), scope)

    def guard(self, table: int, possible: int, reason: Reason) -> int:
        """Add a table with the values of one where another is not zero, not defined elsewhere."""
        scope = list(dict.fromkeys((*self.scopes[table], *self.scopes[possible])))
        return self._append(Guard(table, possible, self._reason(reason)), scope)

    def add(self, tables: Sequence[int]) -> int:
        """Add a sum of tables."""
        if len(tables) == 1:
            return tables[0]
        scope = dict.fromkeys(axis for table in tables for axis in self.scopes[table])
        return self._append(TablesAdded(tuple(tables)), list(scope))

    # -- what there is --------------------------------------------------------------------------
    def count(self, scope: Iterable[int]) -> int:
        """Return the number of entries of a table over some axes."""
        return math.prod(self.sizes[axis] for axis in scope)

    def parts(self, table: int, *, guarded: bool) -> tuple[int, ...]:
        """Return the tables that an operation reads, one only of a guard that guards nothing."""
        match self.operations[table]:
            case Gather():
                return ()
            case Contract(left, right, _):
                return (left,) if right is None else (left, right)
            case Divide(left, right, _):
                return (left, right)
            case Guard(left, right, _):
                return (left, right) if guarded else (left,)
            case Slice(inner, _, _) | OneState(inner, _, _):
                return (inner,)
            case TablesAdded(tables):
                return tables

    def needed(self, tables: Iterable[int], *, guarded: bool) -> list[int]:
        """Return some tables and all that they are made of, in order."""
        seen = set(tables)
        waiting = list(seen)
        while waiting:
            for part in self.parts(waiting.pop(), guarded=guarded):
                if part not in seen:
                    seen.add(part)
                    waiting.append(part)
        return sorted(seen)

    # -- inside ---------------------------------------------------------------------------------
    def _term(self, term: Term) -> int:
        # Told apart by identity, which the list of terms keeps theirs; equal ones do no harm.
        position = self._positions.get(id(term))
        if position is None:
            position = self._positions[id(term)] = len(self.terms)
            self.terms.append(term)
        return position

    def _reason(self, reason: Reason) -> int:
        self.reasons.append(reason)
        return len(self.reasons) - 1

    def _append(self, operation: TapeOperation, scope: Sequence[int]) -> int:
        wide = tuple(axis for axis in scope if self.sizes[axis] > 1)
        key = (type(operation), operation, wide)
        known = self._known.get(key)
        if known is None:
            self._check(wide)
            known = self._known[key] = len(self.operations)
            self.operations.append(operation)
            self.scopes.append(wide)
        return known

    def _check(self, scope: Sequence[int]) -> None:
        count = self.count(scope)
        self._entries += count
        if count > LARGEST_TABLE:
            raise LimitError(
                f"a table over {len(scope)} variables with more than {LARGEST_TABLE} entries is "
                "needed on the way",
                hint="ask for fewer free values at once, or condition on more variables",
            )
        if self._entries > LARGEST_TAPE:
            raise LimitError(
                f"the tables on the way have more than {LARGEST_TAPE} entries together, the last "
                f"of them {count} over {len(scope)} variables",
                hint="ask for fewer free values at once, or condition on more variables",
            )
