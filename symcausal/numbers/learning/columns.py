"""Columns of a data frame, whatever library made it, as states of a model's variables.

Nothing is imported for it: a frame is asked for its columns by the names that pandas, polars and
pyarrow use. Dictionaries of columns, lists of records and files are read too.

Main definitions
----------------
DataColumns : the columns that belong to a model.
read_columns : take them from a frame or a file.
named_columns, listed : the columns of whatever holds any; the cells of a column.

Implementation notes
--------------------
A value stands for the state that is written like it: ``1``, ``1.0``, ``True`` and ``"1"`` for a state
``1``, unless a state is called ``True``. ``None``, ``nan`` and an empty cell are missing values.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from symcausal.errors import UnknownStateError, UsageError, nearest
from symcausal.hints import Any
from symcausal.network.network import Network, Variable

MISSING = None
_SPELT_MISSING = frozenset({"", "na", "nan", "null", "none", "n/a"})


class DataColumns:
    """Columns of equal length, one for each variable that has data.

    Attributes
    ----------
    values : dict of str to sequence
        The cells as they came, by variable.
    weights : sequence of int or None
        How often each row was seen; None if once.
    """

    __slots__ = ("_states", "values", "weights")

    def __init__(
        self, values: dict[str, Sequence[Any]], weights: Sequence[int] | None, network: Network
    ) -> None:
        self.values = values
        self.weights = weights
        self._states = {name: network.variable(name).states for name in values}

    def state(self, variable: str, cell: Any) -> str | None:
        """The state that a cell stands for; None for a missing value.

        Raises
        ------
        UnknownStateError
            If it stands for none; the row is named.
        """
        known = self._states[variable]
        if hasattr(cell, "item"):  # a number of numpy
            cell = cell.item()
        for spelling in _written(cell):
            if spelling in known:
                return spelling
        if _is_missing(cell):
            return MISSING
        row = next((i for i, other in enumerate(self.values[variable], 1) if other == cell), 0)
        raise UnknownStateError(
            f"{variable} has no state '{str(cell)[:60]}', which is in row {row} of the data",
            hint=nearest(str(cell)[:60], known),
        )


def read_columns(
    table: object, network: Network, wanted: Iterable[str], weights: str | None = None
) -> DataColumns:
    """Take the columns of some variables from a data frame.

    Parameters
    ----------
    table : object
        A frame of pandas, polars or pyarrow; columns by name; a list of records; or the path of a
        CSV or Parquet file. A column is called as its variable, or by its label or an alias.
    network : Network
        Whose variables they are.
    wanted : iterable of str
        The variables.
    weights : str, optional
        A column that says how often each row was seen.

    Raises
    ------
    UsageError
        If there is no such column, or columns have different lengths.
    """
    found = named_columns(table)
    values = {name: found[_column_of(network.variable(name), found)] for name in wanted}
    counts = None
    if weights is not None:
        if weights not in found:
            raise UsageError(f"there is no column '{weights}'", hint=nearest(weights, found))
        counts = [_weight(cell, row) for row, cell in enumerate(listed(found[weights]), 1)]
    cells = {name: listed(column) for name, column in values.items()}
    lengths = {len(column) for column in (*cells.values(), *([] if counts is None else [counts]))}
    if len(lengths) > 1:
        told = ", ".join(f"{name} {len(column)}" for name, column in cells.items())
        raise UsageError(f"the columns have different lengths: {told}")
    return DataColumns(cells, counts, network)


def named_columns(table: Any) -> Mapping[str, Any]:
    """Return the columns of a frame, of columns by name, of records or of a file, by their names."""
    if isinstance(table, str | os.PathLike):
        return _of_file(os.fspath(table))
    if isinstance(table, Mapping):
        return {str(name): column for name, column in table.items()}
    names = getattr(table, "column_names", None)  # pyarrow
    if names is None:
        names = getattr(table, "columns", None)  # pandas, polars
    if names is not None:
        return {str(name): table[name] for name in names}
    if isinstance(table, Iterable):
        return _of_records(list(table))
    raise UsageError(
        f"a {type(table).__name__} is not a table of data",
        expected="a data frame, columns by name, a list of records, or a file",
    )


def _of_records(rows: list[Any]) -> dict[str, list[Any]]:
    if not all(isinstance(row, Mapping) for row in rows):
        raise UsageError(
            "a list of rows without names",
            expected='records such as {"G": "A", "L": "strong"}',
        )
    names = dict.fromkeys(str(name) for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def _of_file(path: str) -> Mapping[str, Any]:
    if path.lower().endswith((".parquet", ".pq")):
        return _of_parquet(path)
    import csv

    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            names = next(reader, [])
            rows = [row for row in reader if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"cannot read {path}: {reason}") from None
    for i, row in enumerate(rows, 2):
        if len(row) != len(names):
            raise UsageError(
                f"line {i} of {path} has {len(row)} cells",
                expected=f"{len(names)}, as its first line",
            )
    return {name.strip(): [row[i] for row in rows] for i, name in enumerate(names)}


def _of_parquet(path: str) -> Mapping[str, Any]:
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        raise UsageError(
            "reading Parquet needs pyarrow", hint='pip install "symcausal[tables]"'
        ) from None
    try:
        table = parquet.read_table(path)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error}") from None
    return {name: table[name] for name in table.column_names}


def _column_of(variable: Variable, found: Mapping[str, Any]) -> str:
    for name in (variable.name, variable.label, *variable.aliases):
        if name and name in found:
            return name
    raise UsageError(
        f"the data have no column for {variable.name}",
        expected="a column for each variable whose table is open, and for its parents",
        hint=nearest(variable.name, found),
    )


def listed(column: Any) -> Sequence[Any]:
    """Return the cells of a column as a sequence of Python values."""
    for method in ("to_pylist", "to_list", "tolist"):  # pyarrow; pandas and polars; numpy
        if hasattr(column, method):
            cells: Sequence[Any] = getattr(column, method)()
            return cells
    return column if isinstance(column, Sequence) else list(column)


def _weight(cell: Any, row: int) -> int:
    try:
        number = int(cell)
        if number == float(cell) and number >= 0:
            return number
    except (TypeError, ValueError, OverflowError):
        pass
    raise UsageError(f"'{cell}' in row {row} of the weights", expected="how often the row was seen")


def _written(cell: Any) -> Iterable[str]:
    """The ways in which a state may be written that this cell stands for."""
    text = str(cell).strip()
    yield text
    if isinstance(cell, bool):
        yield text.lower()
        yield str(int(cell))
    elif isinstance(cell, float) and cell.is_integer():
        yield str(int(cell))


def _is_missing(cell: Any) -> bool:
    return cell is None or cell != cell or str(cell).strip().casefold() in _SPELT_MISSING
