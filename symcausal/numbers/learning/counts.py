"""How often data show each state beside each assignment of the parents.

Main definitions
----------------
TableCounts : the counts of the tables that data are asked for.
count : count a data frame.
count_symbol : the symbol of a count, such as ``n_L_strong_G_A``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import product

from symcausal.algebra.scalar import Indeterminate
from symcausal.errors import UsageError
from symcausal.network.network import Network
from symcausal.numbers.learning.columns import MISSING, DataColumns, read_columns

CountedEvent = tuple[tuple[str, str], ...]


class TableCounts:
    """The counts of some tables.

    Attributes
    ----------
    cells : dict
        By variable: how often each of its states was seen with each assignment of its parents, as
        ``(state, *parents' states)``; what was not seen is not in it.
    left_out : dict of str to int
        By variable: the rows that lack a value in its table.
    """

    __slots__ = ("cells", "left_out")

    def __init__(
        self, cells: dict[str, Counter[tuple[str, ...]]], left_out: dict[str, int]
    ) -> None:
        self.cells = cells
        self.left_out = left_out

    def by_symbol(self, network: Network) -> dict[str, int]:
        """The counts by the names of their symbols: those of rows, and those of cells."""
        found: dict[str, int] = {}
        for name, seen in self.cells.items():
            parents = network.table(name).parents
            for states in product(*(network.variable(parent).states for parent in parents)):
                given = tuple(zip(parents, states, strict=True))
                row = [seen[(state, *states)] for state in network.variable(name).states]
                found[count_symbol(given).name] = sum(row)
                for state, number in zip(network.variable(name).states, row, strict=True):
                    found[count_symbol(((name, state), *given)).name] = number
        return found


def count(
    table: object,
    network: Network,
    wanted: Iterable[str],
    *,
    weights: str | None = None,
    missing: str = "refuse",
) -> TableCounts:
    """Count what the tables of some variables need.

    Parameters
    ----------
    table : object
        The data; see :func:`~symcausal.numbers.learning.columns.read_columns`.
    network : Network
        Whose tables they are.
    wanted : iterable of str
        The variables whose tables are counted.
    weights : str, optional
        A column that says how often each row was seen.
    missing : {"refuse", "skip"}
        What to do with rows that lack a value: refuse the data, or leave each such row out of the
        tables that it cannot speak of.

    Raises
    ------
    UsageError
        If columns are missing, or values are and ``missing`` is ``"refuse"``.
    UnknownStateError
        If a cell is no state.
    """
    if missing not in ("refuse", "skip"):
        raise UsageError(f"missing='{missing}'", expected="refuse or skip")
    names = list(wanted)
    needed = dict.fromkeys(n for name in names for n in (name, *network.table(name).parents))
    columns = read_columns(table, network, needed, weights)
    cells, left_out = {}, {}
    for name in names:
        cells[name], left_out[name] = _counted((name, *network.table(name).parents), columns)
    lacking = {name: number for name, number in left_out.items() if number}
    if lacking and missing == "refuse":
        told = ", ".join(f"{number} for the table of {name}" for name, number in lacking.items())
        raise UsageError(
            f"values are missing in rows of the data: {told}",
            hint='missing="skip" leaves such rows out of the tables that they cannot speak of',
        )
    return TableCounts(cells, left_out)


def _counted(names: tuple[str, ...], columns: DataColumns) -> tuple[Counter[tuple[str, ...]], int]:
    rows = zip(*(columns.values[name] for name in names), strict=True)
    raw: Counter[tuple[object, ...]] = Counter()
    if columns.weights is None:
        raw.update(rows)
    else:
        for row, weight in zip(rows, columns.weights, strict=True):
            raw[row] += weight
    found: Counter[tuple[str, ...]] = Counter()
    left_out = 0
    for row, number in raw.items():
        states = [columns.state(name, cell) for name, cell in zip(names, row, strict=True)]
        if MISSING in states:
            left_out += number
        else:
            found[tuple(state for state in states if state is not None)] += number
    return found, left_out


def count_symbol(event: CountedEvent) -> Indeterminate:
    """The symbol of how often an event was seen: ``n_L_strong_G_A``; ``n`` for all rows."""
    words = (re.sub(r"\W+", "", word) or "x" for pair in event for word in pair)
    return Indeterminate("_".join(("n", *words)), parents=tuple(event))
