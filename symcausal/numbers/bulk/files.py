"""Files and frames of columns, read and written in batches by pyarrow: CSV and Parquet.

Where pyarrow is not installed, CSV and frames go through :mod:`symcausal.numbers.bulk.plain`.

Main definitions
----------------
ColumnReader : the batches of a file, and the names of its columns.
batch_writer : what writes batches; the file appears when it is complete, or not at all.

Implementation notes
--------------------
A column of numbers is read as doubles; every other column of a CSV file as text, so that it comes out
as it went in. Batches have a fixed size in bytes or rows, so memory does not grow with the file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress

from symcausal.errors import UsageError
from symcausal.hints import Any, BinaryIO
from symcausal.numbers.bulk.plain import (
    FRAME,
    as_number,
    columns_of,
    csv_rows,
    header,
    refuse_twice,
)
from symcausal.output import printing

_BYTES_AT_ONCE = 4 * 1024 * 1024
_ROWS_AT_ONCE = 65_536
_PARQUET = (".parquet", ".pq")


def is_parquet(path: str) -> bool:
    """Whether a file's ending says that it is Parquet; everything else is CSV."""
    return path.lower().endswith(_PARQUET)


class ColumnReader:
    """A file of columns, or a frame.

    Parameters
    ----------
    source : str or object
        A CSV file with a line of names, a Parquet file, or a data frame.

    Attributes
    ----------
    path : str
        The file, or what messages call the frame.
    names : list of str
        Its columns.
    size : int
        Its bytes.

    Raises
    ------
    UsageError
        If it cannot be read, or two columns have the same name.
    """

    def __init__(self, source: object) -> None:
        self.path = path = source if isinstance(source, str) else FRAME
        self._pyarrow = _needed()
        self._table: Any = None
        try:
            if not isinstance(source, str):
                self._table = _as_table(source)
                self.size, self.names = self._table.nbytes, self._table.column_names
            else:
                self.size = os.path.getsize(path)
                self.names = (
                    self._parquet().schema_arrow.names if is_parquet(path) else header(path)
                )
        except (OSError, UnicodeDecodeError, self._pyarrow.ArrowException) as error:
            raise _unreadable(path, error) from None
        refuse_twice(path, self.names)

    def batches(self, numbers: Collection[str]) -> Iterator[Any]:
        """The rows in batches, with some columns as doubles.

        Raises
        ------
        UsageError
            If a cell of such a column is no number.
        """
        try:
            if self._table is not None:
                for batch in self._table.to_batches(max_chunksize=_ROWS_AT_ONCE):
                    yield self._as_doubles(batch, numbers)
            elif is_parquet(self.path):
                for batch in self._parquet().iter_batches(batch_size=_ROWS_AT_ONCE):
                    yield self._as_doubles(batch, numbers)
            else:
                yield from self._csv(numbers)
        except (OSError, self._pyarrow.ArrowException) as error:
            raise self._no_number(numbers) or _unreadable(self.path, error) from None

    def _no_number(self, numbers: Collection[str]) -> UsageError | None:
        """The first cell of a CSV file that should be a number and is none."""
        if self._table is not None or is_parquet(self.path):
            return None
        columns = [(i, name) for i, name in enumerate(self.names) if name in numbers]
        try:
            for number, row in enumerate(csv_rows(self.path, self.names, errors="replace"), 1):
                for i, name in columns:
                    as_number(row[i], number, name, self.path)
        except UsageError as error:
            return error
        return None

    def _parquet(self) -> Any:
        import pyarrow.parquet as parquet

        return parquet.ParquetFile(self.path)

    def _csv(self, numbers: Collection[str]) -> Iterator[Any]:
        import pyarrow.csv as csv

        arrow = self._pyarrow
        types = {n: arrow.float64() if n in numbers else arrow.string() for n in self.names}
        yield from csv.open_csv(
            self.path,
            csv.ReadOptions(block_size=_BYTES_AT_ONCE, column_names=self.names, skip_rows=1),
            csv.ParseOptions(newlines_in_values=True),
            csv.ConvertOptions(column_types=types, strings_can_be_null=False),
        )

    def _as_doubles(self, batch: Any, numbers: Collection[str]) -> Any:
        arrow = self._pyarrow
        for i, name in enumerate(batch.schema.names):
            if name in numbers and not arrow.types.is_float64(batch.schema.field(i).type):
                column = batch.column(i).cast(arrow.float64())
                batch = batch.set_column(i, arrow.field(name, arrow.float64()), column)
        return batch


@contextmanager
def batch_writer(path: str | None) -> Iterator[Callable[[Any], None]]:
    """Open a file, or standard output, and return what writes batches to it.

    Parameters
    ----------
    path : str or None
        Where to; None for CSV on standard output. The file gets its name when everything is written.
    """
    sink: Any = None
    with printing(path) as file:

        def write(batch: Any) -> None:
            nonlocal sink
            sink = sink or _sink(path, file, batch.schema)
            sink.write_batch(batch)

        try:
            yield write
        except BaseException:  # no file is kept, but nothing may be written into it later
            if sink is not None:
                with suppress(OSError):
                    sink.close()
            raise
        if sink is not None:
            sink.close()


def _sink(path: str | None, file: BinaryIO, schema: Any) -> Any:
    if path is not None and is_parquet(path):
        import pyarrow.parquet as parquet

        return parquet.ParquetWriter(file, schema)
    import pyarrow.csv as csv

    return csv.CSVWriter(file, schema, write_options=csv.WriteOptions(quoting_style="needed"))


def has_pyarrow() -> bool:
    """Whether pyarrow is installed, and NumPy, which its columns become."""
    try:
        import numpy  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError:
        return False
    return True


def _needed() -> Any:
    if not has_pyarrow():
        raise UsageError("Parquet needs pyarrow", hint='pip install "symcausal[tables]"')
    import pyarrow

    return pyarrow


def _as_table(frame: object) -> Any:
    """A frame as a table of pyarrow: handed over where it can be, and else cell by cell."""
    arrow = _needed()
    if not hasattr(frame, "__arrow_c_stream__"):
        return arrow.table(columns_of(frame))
    table = arrow.table(frame)
    for i, field in enumerate(table.schema):
        # the texts of polars, and categories, which files of CSV have no type for
        if arrow.types.is_string_view(field.type) or arrow.types.is_dictionary(field.type):
            table = table.set_column(i, field.name, table.column(i).cast(arrow.string()))
    return table


def _unreadable(path: str, error: Exception) -> UsageError:
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
    return UsageError(f"cannot read {path}: {reason[:300]}")
