"""Sets of parameters by rows, with nothing but the standard library: CSV files and data frames.

It prints the same bytes as pyarrow does, and takes some fifty times as long: a row at a time.

Main definitions
----------------
PlainReader, plain_writer : rows of cells, in batches.
header, csv_rows, as_number, refuse_twice : what every reader of CSV files asks of them.
answered : rows with their values behind them.
columns_of : the columns of a frame, whatever library made it, as lists.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from symcausal.errors import ImpossibleEventError, ParameterRangeError, UsageError
from symcausal.hints import Any, TypeAlias
from symcausal.numbers.compiled.function import CompiledQuery
from symcausal.numbers.learning.columns import listed, named_columns
from symcausal.output import printing

Rows: TypeAlias = "list[list[Any]]"

FRAME = "the data frame"
_ROWS_AT_ONCE = 4096


def header(path: str) -> list[str]:
    """Return the names of the columns of a CSV file."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [name.strip() for name in next(csv.reader(file), [])]


def refuse_twice(path: str, names: Collection[str]) -> None:
    """Refuse two columns of one name."""
    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    if twice is not None:
        raise UsageError(f"{path} has two columns '{twice}'")


def csv_rows(path: str, names: Collection[str], *, errors: str = "strict") -> Iterator[list[Any]]:
    """Yield the rows of a CSV file below its line of names, each with as many cells as that."""
    with open(path, encoding="utf-8-sig", errors=errors, newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        for number, row in enumerate(filter(None, rows), 1):
            if len(row) != len(names):
                raise UsageError(
                    f"row {number} of {path} has {len(row)} cells",
                    expected=f"{len(names)}, as in its line of names",
                )
            yield row


def as_number(cell: Any, row: int, name: str, path: str) -> float | None:
    """Return the number that a cell says; None for an empty one.

    Raises
    ------
    UsageError
        If it says none.
    """
    if cell is None or cell == "":
        return None
    try:
        return float(cell)
    except (TypeError, ValueError):
        raise UsageError(
            f"'{str(cell)[:60]}' in row {row} of {path}", expected=f"a number for {name}"
        ) from None


def columns_of(frame: object) -> dict[str, list[Any]]:
    """Return the columns of a frame of pandas, polars or pyarrow, or of a dictionary, as lists.

    Examples
    --------
    >>> columns_of({"q": (0.25, 0.5)})
    {'q': [0.25, 0.5]}
    """
    columns = {name: list(listed(column)) for name, column in named_columns(frame).items()}
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        told = ", ".join(f"{name} {len(column)}" for name, column in columns.items())
        raise UsageError(f"the columns have different lengths: {told}")
    return columns


class PlainReader:
    """A CSV file, or a frame, by rows.

    Parameters
    ----------
    source : str or object
        A path, or a frame.

    Attributes
    ----------
    path : str
        The file, or what messages call the frame.
    names : list of str
        Its columns.
    size : int
        Its bytes, or the rows of a frame.

    Raises
    ------
    UsageError
        If it cannot be read, or two columns have the same name.
    """

    def __init__(self, source: object) -> None:
        self.path = source if isinstance(source, str) else FRAME
        self._frame: Mapping[str, list[Any]] | None = None
        if isinstance(source, str):
            try:
                self.size = os.path.getsize(source)
                self.names = header(source)
            except (OSError, UnicodeDecodeError, csv.Error) as error:
                raise self._unreadable(error) from None
        else:
            self._frame = columns_of(source)
            self.names = list(self._frame)
            self.size = max(map(len, self._frame.values()), default=0)
        refuse_twice(self.path, self.names)

    def batches(self, numbers: Collection[str]) -> Iterator[Rows]:
        """The rows in batches, with some columns as floats, and None for a cell without a number.

        Raises
        ------
        UsageError
            If a cell of such a column is no number.
        """
        places = [i for i, name in enumerate(self.names) if name in numbers]
        batch: Rows = []
        for number, row in enumerate(self._rows(), 1):
            for i in places:
                row[i] = as_number(row[i], number, self.names[i], self.path)
            batch.append(row)
            if len(batch) == _ROWS_AT_ONCE:
                yield batch
                batch = []
        if batch:
            yield batch

    def _rows(self) -> Iterator[list[Any]]:
        if self._frame is not None:
            yield from map(list, zip(*self._frame.values(), strict=True))
            return
        try:
            yield from csv_rows(self.path, self.names)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: Exception) -> UsageError:
        reason = getattr(error, "strerror", None) or str(error)
        return UsageError(f"cannot read {self.path}: {reason[:300]}")


@contextmanager
def plain_writer(path: str | None, names: list[str]) -> Iterator[Callable[[Rows], None]]:
    """Open a CSV file, or standard output, and return what writes rows to it.

    Parameters
    ----------
    path : str or None
        Where to; None for standard output. The file gets its name when everything is written.
    names : list of str
        The headings.
    """
    with printing(path) as file:

        def write(rows: Rows) -> None:
            text = "".join(",".join(map(_cell, row)) + "\n" for row in rows)
            file.write(text.encode("utf-8"))

        write([[*names]])
        yield write


def _cell(value: object) -> str:
    """A cell of a CSV file: numbers bare, text between quotes, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, int):
        return str(value).lower()  # a bool is one
    return '"' + str(value).replace('"', '""') + '"'


def answered(
    compiled: CompiledQuery,
    rows: Rows,
    reader: PlainReader,
    columns: list[str],
    constants: Mapping[str, object],
    before: int,
    places: list[tuple[str, ...]],
) -> Rows:
    """Return the rows with their values behind them; None where one is not defined."""
    at = [(name, reader.names.index(name)) for name in columns]
    found = []
    for number, row in enumerate(rows, before + 1):
        numbers = {name: row[place] for name, place in at}
        lacking = next((name for name, cell in numbers.items() if cell is None), None)
        if lacking is not None:
            raise UsageError(f"row {number} of {reader.path} has no number for {lacking}")
        answer: Any
        try:
            answer = compiled({**constants, **numbers})
        except ImpossibleEventError:
            answer = {} if places else None
        except ParameterRangeError as error:
            raise at_row(error, number, reader.path) from None
        found.append([*row, *([answer.get(place) for place in places] if places else [answer])])
    return found


def at_row(error: ParameterRangeError, row: int, path: str) -> ParameterRangeError:
    """The same error, with the row in which it was found."""
    return ParameterRangeError(
        f"row {row} of {path}: {error.found}", rows=error.rows, hint=error.hint
    )
