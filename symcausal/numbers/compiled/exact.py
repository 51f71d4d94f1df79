"""The value of a tape in Python's own numbers: exact over fractions, and floats without NumPy.

Tables of fractions are whole numbers over one common denominator each, so that no fraction is
reduced on the way; a quotient goes on in fractions. ``None`` is a value that is not defined: zero
times it is zero, and it spoils anything else.

Main definitions
----------------
Walk : the values of the tables of one tape, and the derivatives from those of its reverse pass.
entry_value, slopes : the value of a table entry, and its derivatives by parameters.

References
----------
[Darwiche2003]_ for the evaluation of a circuit from its leaves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from operator import mul

from symcausal.algebra import scalar
from symcausal.algebra.scalar import Indeterminate, Number
from symcausal.hints import TypeAlias
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

Real: TypeAlias = Fraction | float
Maybe: TypeAlias = Fraction | float | None  # whole numbers are floats to a type checker
ROUNDING = 2.0**-52


class ScaledTable:
    """The values of a table over a common denominator; None is a value that is not defined."""

    __slots__ = ("below", "plain", "values")

    def __init__(self, values: Sequence[Maybe], below: int = 1, *, plain: bool = True) -> None:
        self.values = values
        self.below = below
        self.plain = plain  # whether everything is defined

    def numbers(self) -> list[Maybe]:
        """Return the values, each divided by the denominator."""
        if self.below == 1:
            return list(self.values)
        return [None if v is None else Fraction(v) / self.below for v in self.values]


class Walk:
    """The values of the tables of one tape under one assignment of numbers.

    Parameters
    ----------
    tape : Tape
        The operations.
    numbers : mapping of str to Fraction or float
        A number for every parameter that is gathered.
    exact : bool
        Whether to compute in fractions; in floats otherwise.
    guarded : bool
        Whether guards look at what they guard.
    """

    def __init__(
        self, tape: Tape, numbers: Mapping[str, Real], *, exact: bool, guarded: bool
    ) -> None:
        self.tape = tape
        self.numbers = numbers
        self.exact = exact
        self.guarded = guarded
        self.tables: dict[int, ScaledTable] = {}

    def run(self, tables: Iterable[int]) -> None:
        """Compute some tables, and all that they are made of."""
        for table in self.tape.needed(tables, guarded=self.guarded):
            if table not in self.tables:
                self.tables[table] = self._operate(table)

    def __getitem__(self, table: int) -> list[Maybe]:
        return self.tables[table].numbers()

    def derivatives(self, adjoints: Mapping[int, int]) -> dict[str, Maybe]:
        """Return the derivative by each parameter, from the adjoints of the gathered tables."""
        found: dict[str, Maybe] = {}
        for table, adjoint in adjoints.items():
            gather = self.tape.operations[table]
            assert isinstance(gather, Gather)
            shares = self._spread(adjoint, self.tape.scopes[table])
            for position, share in zip(gather.terms, shares, strict=True):
                for name, slope in slopes(self.tape.terms[position], self.numbers).items():
                    found[name] = _total([found.get(name, 0), _times(share, slope)])
        return found

    # -- operations -----------------------------------------------------------------------------
    def _operate(self, at: int) -> ScaledTable:
        tape = self.tape
        match tape.operations[at]:
            case Gather(terms):
                return self._gathered(terms)
            case Contract(left, right, summed):
                pool = [left] if right is None else [left, right]
                return self._contracted(pool, tape.scopes[at], summed)
            case Slice(table, axis, state):
                inner = self.tables[table]
                picks = self._offsets(tape.scopes[table], tape.scopes[at], {axis: state})
                return ScaledTable([inner.values[i] for i in picks], inner.below, plain=inner.plain)
            case OneState(table, axis, state):
                return self._placed(at, table, axis, state)
            case Divide(top, bottom, _):
                above, below = (self._spread(t, tape.scopes[at]) for t in (top, bottom))
                return _table([_quotient(x, y) for x, y in zip(above, below, strict=True)])
            case Guard(table, possible, _):
                if not self.guarded:
                    return _table(self._spread(table, tape.scopes[at]))
                values, allowed = (self._spread(t, tape.scopes[at]) for t in (table, possible))
                return _table([v if p else None for v, p in zip(values, allowed, strict=True)])
            case TablesAdded(tables):
                columns = [self._spread(table, tape.scopes[at]) for table in tables]
                return _table([_total(cell) for cell in zip(*columns, strict=True)])

    def _gathered(self, terms: Sequence[int]) -> ScaledTable:
        entries = [entry_value(self.tape.terms[term], self.numbers) for term in terms]
        if not self.exact:
            return ScaledTable([float(entry) for entry in entries])
        fractions = [Fraction(entry) for entry in entries]
        below = math.lcm(*(entry.denominator for entry in fractions))
        return ScaledTable([e.numerator * (below // e.denominator) for e in fractions], below)

    def _contracted(
        self, pool: Sequence[int], scope: tuple[int, ...], summed: tuple[int, ...]
    ) -> ScaledTable:
        inner = [self.tables[table] for table in pool]
        axes = (*scope, *summed)
        columns = [
            [table.values[i] for i in self._offsets(self.tape.scopes[at], axes)]
            for at, table in zip(pool, inner, strict=True)
        ]
        plain = all(table.plain for table in inner)
        cells = columns[0]
        if len(columns) == 2:
            times = mul if plain else _times
            cells = [times(x, y) for x, y in zip(*columns, strict=True)]
        if summed:
            width = self.tape.count(summed)
            cells = [_total(cells[i : i + width]) for i in range(0, len(cells), width)]
        return ScaledTable(cells, math.prod(table.below for table in inner), plain=plain)

    def _placed(self, at: int, table: int, axis: int, state: int) -> ScaledTable:
        scope, inner = self.tape.scopes[at], self.tables[table]
        values: list[Maybe] = [0] * self.tape.count(scope)
        rest = tuple(a for a in scope if a != axis)
        spread = self._offsets(self.tape.scopes[table], rest)
        for i, target in enumerate(self._offsets(scope, rest, {axis: state})):
            values[target] = inner.values[spread[i]]
        return ScaledTable(values, inner.below, plain=inner.plain)

    def _spread(self, table: int, axes: tuple[int, ...]) -> list[Maybe]:
        numbers = self.tables[table].numbers()
        return [numbers[i] for i in self._offsets(self.tape.scopes[table], axes)]

    def _offsets(
        self,
        scope: Sequence[int],
        axes: Sequence[int],
        fixed: Mapping[int, int] | None = None,
    ) -> list[int]:
        """Return the offsets of the entries of a table over ``scope``, run through along ``axes``."""
        strides, stride, start = dict[int, int](), 1, 0
        for axis in reversed(scope):
            strides[axis] = stride
            stride *= self.tape.sizes[axis]
        for axis, state in (fixed or {}).items():
            start += strides.pop(axis) * state
        offsets = [start]
        for axis in axes:
            size, stride = self.tape.sizes[axis], strides.get(axis, 0)
            steps = range(0, size * stride, stride) if stride else (0,) * size
            offsets = [offset + step for offset in offsets for step in steps]
        return offsets


# -- numbers that may not be defined ----------------------------------------------------------------
def _table(values: Sequence[Maybe]) -> ScaledTable:
    return ScaledTable(values, plain=None not in values)


def _quotient(top: Maybe, bottom: Maybe) -> Maybe:
    if top is None or not bottom:
        return None
    if isinstance(top, float) or isinstance(bottom, float):
        return top / bottom
    return Fraction(top) / bottom


def _times(left: Maybe, right: Maybe) -> Maybe:
    if left is None or right is None:
        return 0 if left == 0 or right == 0 else None
    return left * right


def _total(terms: Sequence[Maybe]) -> Maybe:
    return None if None in terms else sum(terms)  # type: ignore[arg-type]


def entry_value(term: scalar.Term, numbers: Mapping[str, Real]) -> Real:
    """Return the value of a table entry; a remainder within rounding of zero is zero."""
    match term:
        case Number(value):
            return value
        case Indeterminate(name=name):
            return numbers[name]
        case scalar.Plus(parts):
            total = sum(entry_value(part, numbers) for part in parts)
            if isinstance(total, float) and abs(total) < ROUNDING * len(parts):
                return 0.0  # 1 - 0.7 - 0.2 - 0.1 is 3e-17 in floats, and nobody means that
            return total
        case scalar.Times(parts):
            return math.prod(entry_value(part, numbers) for part in parts)
        case scalar.Power(base, exponent):
            return entry_value(base, numbers) ** exponent


def slopes(term: scalar.Term, numbers: Mapping[str, Real]) -> dict[str, Real]:
    """Return the derivatives of a table entry by its parameters."""
    match term:
        case Number():
            return {}
        case Indeterminate(name=name):
            return {name: 1}
        case scalar.Plus(parts):
            return _weighted([(1, slopes(part, numbers)) for part in parts])
        case scalar.Times(parts):
            values = [entry_value(part, numbers) for part in parts]
            return _weighted(
                (math.prod(values[:i] + values[i + 1 :]), slopes(part, numbers))
                for i, part in enumerate(parts)
            )
        case scalar.Power(base, exponent):
            steep = exponent * entry_value(base, numbers) ** (exponent - 1)
            return _weighted([(steep, slopes(base, numbers))])


def _weighted(parts: Iterable[tuple[Real, Mapping[str, Real]]]) -> dict[str, Real]:
    found: dict[str, Real] = {}
    for weight, inner in parts:
        for name, slope in inner.items():
            found[name] = found.get(name, 0) + weight * slope
    return found
