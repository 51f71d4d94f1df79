"""The least change of a whole table after which a bound holds.

A bound on ``P(y | e)`` is a linear condition on the entries of one table. If no entry may move by more
than some number, each row gains most by moving what it may from the entries that count least to those
that count most. The gain is a concave function of that number, made of straight pieces, so following
its tangents leads to the least such number in finitely many steps, in fractions.

Main definitions
----------------
TableChange : the new table, and by how much its entries move at most.
least_table_change : find it.

References
----------
[ChanDarwiche2004]_ for changing all entries of one table together.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symcausal.algebra.scalar import Number
from symcausal.hints import TypeAlias
from symcausal.network.network import Network, Table
from symcausal.numbers.sensitivity.gradient import Weights

# A number and how fast it grows with the allowed change; compared in this order.
Growing: TypeAlias = tuple[Fraction, Fraction]

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class TableChange:
    """The least change of one whole table, measured by the entry that moves most.

    Attributes
    ----------
    variable : str
        Whose table it is.
    size : Fraction
        By how much an entry moves at most.
    entries : tuple of Fraction
        The new table.
    """

    variable: str
    size: Fraction
    entries: tuple[Fraction, ...]

    def network(self, old: Network) -> Network:
        """Return the network with the new table."""
        table = old.tables[self.variable]
        new = Table(self.variable, table.parents, tuple(Number(x) for x in self.entries))
        tables = {**old.tables, self.variable: new}
        return Network(old.variables, old.graph, tables, old.declared)


def least_table_change(
    found: Weights, width: int, bound: Fraction, *, at_least: bool
) -> TableChange | None:
    """Return the least change of a table after which a probability reaches a bound, None if none does.

    Parameters
    ----------
    found : Weights
        How the probability depends on the table.
    width : int
        How many entries a row has.
    bound : Fraction
        What is to be reached.
    at_least : bool
        From below; otherwise from above.
    """
    sign = 1 if at_least else -1
    values = [
        sign * (x - bound * y) for x, y in zip(found.above, found.below, strict=True)
    ]  # fmt: skip
    missing = -sum((x * v for x, v in zip(found.entries, values, strict=True)), ZERO)
    if missing <= 0:
        return TableChange(found.variable, ZERO, found.entries)
    size = ZERO
    while True:
        gain, slope, entries = _moved(found.entries, values, width, size)
        if gain >= missing:
            return TableChange(found.variable, size, entries)
        if not slope:
            return None
        size += (missing - gain) / slope


def _moved(
    entries: tuple[Fraction, ...], values: list[Fraction], width: int, size: Fraction
) -> tuple[Fraction, Fraction, tuple[Fraction, ...]]:
    """The greatest gain if no entry moves by more than ``size``, its growth, and the new table."""
    gain, slope = ZERO, ZERO
    new = list(entries)
    for start in range(0, len(entries), width):
        row = range(start, start + width)
        rising = sorted(row, key=lambda i: (-values[i], i))
        falling = sorted(row, key=lambda i: (values[i], i))
        up: dict[int, Growing] = {i: min((size, Fraction(1)), (1 - entries[i], ZERO)) for i in row}
        down: dict[int, Growing] = {i: min((size, Fraction(1)), (entries[i], ZERO)) for i in row}
        i = j = 0
        while values[rising[i]] > values[falling[j]]:
            to, off = rising[i], falling[j]
            mass = min(up[to], down[off])
            worth = values[to] - values[off]
            gain += worth * mass[0]
            slope += worth * mass[1]
            new[to] += mass[0]
            new[off] -= mass[0]
            up[to] = _less(up[to], mass)
            down[off] = _less(down[off], mass)
            if up[to] == (ZERO, ZERO):
                i += 1
            if down[off] == (ZERO, ZERO):
                j += 1
    return gain, slope, tuple(new)


def _less(left: Growing, right: Growing) -> Growing:
    return left[0] - right[0], left[1] - right[1]
