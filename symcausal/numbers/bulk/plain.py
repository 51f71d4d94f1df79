"""Sets of parameters by rows, with nothing but the standard library: CSV files and data frames.

It prints the same bytes as pyarrow does, and takes some fifty times as long: a row at a time.

Main definitions
----------------
PlainReader, PlainWriter : rows of cells, in batches.
answered : rows with their values behind them.
columns_of : the columns of a frame, whatever library made it, as lists.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, BinaryIO, TypeAlias

from symcausal.errors import ImpossibleEventError, ParameterRangeError, UsageError
from symcausal.numbers.compiled.function import CompiledQuery
from symcausal.numbers.learning.columns import listed, named_columns
from symcausal.output import writing

Rows: TypeAlias = "list[list[Any]]"

FRAME = "the data frame"
_ROWS_AT_ONCE = 4096


def is_number(cell: object) -> bool:
    """Whether a cell is a number, or the text of one."""
    try:
        float(cell)  # type: ignore[arg-type]  # what it does not take is none
    except (TypeError, ValueError):
        return False
    return True


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
                with open(source, encoding="utf-8-sig", newline="") as file:
                    self.names = [name.strip() for name in next(csv.reader(file), [])]
            except (OSError, UnicodeDecodeError, csv.Error) as error:
                raise self._unreadable(error) from None
        else:
            self._frame = columns_of(source)
            self.names = list(self._frame)
            self.size = max(map(len, self._frame.values()), default=0)
        twice = [name for name in dict.fromkeys(self.names) if self.names.count(name) > 1]
        if twice:
            raise UsageError(f"{self.path} has two columns '{twice[0]}'")

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
                row[i] = self._number(row[i], number, self.names[i])
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
            with open(self.path, encoding="utf-8-sig", newline="") as file:
                rows = csv.reader(file)
                next(rows, None)
                for number, row in enumerate((row for row in rows if row), 1):
                    if len(row) != len(self.names):
                        raise UsageError(
                            f"row {number} of {self.path} has {len(row)} cells",
                            expected=f"{len(self.names)}, as in its line of names",
                        )
                    yield row
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise self._unreadable(error) from None

    def _number(self, cell: Any, row: int, name: str) -> float | None:
        if cell is None or cell == "":
            return None
        if not is_number(cell):
            raise UsageError(
                f"'{str(cell)[:60]}' in row {row} of {self.path}", expected=f"a number for {name}"
            )
        return float(cell)

    def _unreadable(self, error: Exception) -> UsageError:
        reason = getattr(error, "strerror", None) or str(error)
        return UsageError(f"cannot read {self.path}: {reason[:300]}")


class PlainWriter:
    """Writes rows as CSV, to a file or to standard output; a context manager.

    Parameters
    ----------
    path : str or None
        Where to; None for standard output. The file gets its name when everything is written.
    names : list of str
        The headings.
    """

    def __init__(self, path: str | None, names: list[str]) -> None:
        self._path = path
        self._names = names
        self._whole: AbstractContextManager[BinaryIO] | None = None
        self._file: BinaryIO | None = None

    def __enter__(self) -> PlainWriter:
        """Open what is written to, and write the headings."""
        if self._path is not None:
            self._whole = writing(self._path)
            self._file = self._whole.__enter__()
        elif sys.stdout is None:
            raise UsageError("cannot write to standard output: it is closed")
        else:
            self._file = sys.stdout.buffer
        self.write([[*self._names]])
        return self

    def write(self, rows: Rows) -> None:
        """Write some rows."""
        text = "".join(",".join(map(_cell, row)) + "\n" for row in rows)
        try:
            if self._file is not None:
                self._file.write(text.encode("utf-8"))
        except OSError as error:
            raise self._unwritten(error) from None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the file its name, or remove what there is of it."""
        if self._whole is not None:
            self._whole.__exit__(kind, error, trace)
        elif self._file is not None and kind is None:
            try:
                self._file.flush()
            except OSError as problem:
                raise self._unwritten(problem) from None

    def _unwritten(self, error: OSError) -> UsageError:
        name = "to standard output" if self._path is None else self._path
        return UsageError(f"cannot write {name}: {error.strerror or error}")


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
