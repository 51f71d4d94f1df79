"""A query for each row of a file of parameter sets.

Main definitions
----------------
Written : what was done.
evaluate_rows : read the sets, write them with the values beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product

from symcausal.algebra.scalar import Indeterminate
from symcausal.errors import ParameterRangeError, UsageError, nearest
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.hints import Any
from symcausal.network.loosened import numbers_of, symbolic
from symcausal.network.network import Network
from symcausal.numbers.bulk.files import ColumnReader, batch_writer, has_pyarrow, is_parquet
from symcausal.numbers.bulk.plain import PlainReader, answered, at_row, plain_writer
from symcausal.numbers.compiled.function import CompiledQuery
from symcausal.numbers.evaluate.substitution import with_values
from symcausal.record import record

BatchProgress = Callable[[int, int], None]


@record
class Written:
    """The counts of a file of parameter sets that was evaluated.

    Attributes
    ----------
    rows : int
        How many there were.
    undefined : int
        In how many the value is not defined, since the condition is impossible; their cell is empty.
    carried : tuple of str
        Columns that are no parameters, and were written as they came.
    """

    rows: int
    undefined: int
    carried: tuple[str, ...]


def evaluate_rows(
    network: Network,
    query: Expr,
    source: object,
    target: str | None,
    *,
    shown: str,
    values: Mapping[object, object] | None = None,
    progress: BatchProgress | None = None,
) -> Written:
    """Evaluate a query once for each row of a file.

    Parameters
    ----------
    network : Network
        A column called as one of its parameters, or as the entry of a row with numbers
        (``theta_S_high_I_low``), replaces that number in each row.
    query : Expr
        With free values it takes a column for each cell.
    source : str or object
        CSV or Parquet, by the ending; or a data frame.
    target : str or None
        Likewise; None is CSV on standard output. The target appears when it is complete, or not at all.
    shown : str
        The query as the heading of its column.
    values : mapping, optional
        Numbers of parameters that the file has no columns for.
    progress : callable, optional
        Told the rows that are done and the bytes of the file, after each batch.

    Raises
    ------
    UsageError
        If the file has no column of a parameter, or cannot be read.
    MissingParameterError
        If a parameter has neither a column nor a number.
    ParameterRangeError
        If the numbers of a row leave no distribution; the row is named.
    """
    reader: ColumnReader | PlainReader
    arrow = has_pyarrow() or any(isinstance(p, str) and is_parquet(p) for p in (source, target))
    reader = ColumnReader(source) if arrow else PlainReader(source)
    name_of_source = reader.path
    settled = with_values(network, values or {})
    fixed = numbers_of(settled)
    freed, columns = _freed(settled, reader.names, fixed)
    known = [*_names(freed), *fixed]
    for name in sorted(reader.names, key=lambda name: not name.startswith("theta_")):
        if name not in columns and (not columns or name.startswith("theta_")):
            raise UsageError(
                f"column '{name}' of {name_of_source} is no parameter",
                expected="columns named by parameters; one entry of each row is what they leave",
                hint=nearest(name, known) or f"such as {known[0]}",
            )
    constants: dict[str, object] = {n: float(fixed[n]) for n in _names(freed) if n in fixed}
    constants = {n: v for n, v in constants.items() if n not in columns}
    compiled = CompiledQuery(freed, query, shown=shown)
    places = _places(query, freed)
    headings = _headings(query, places, shown)
    for heading in headings:
        if heading in reader.names:
            raise UsageError(f"{reader.path} has a column '{heading}' already")
    rows = undefined = 0

    def told(count: int, lacking: int) -> None:
        nonlocal rows, undefined
        rows, undefined = rows + count, undefined + lacking
        if progress is not None:
            progress(rows, reader.size)

    if isinstance(reader, PlainReader):
        with plain_writer(target, [*reader.names, *headings]) as write:
            for few in reader.batches(set(columns)):
                found = answered(compiled, few, reader, columns, constants, rows, places)
                write(found)
                told(len(few), sum(None in row[len(reader.names) :] for row in found))
    else:
        with batch_writer(target) as write:
            for batch in reader.batches(set(columns)):
                answers = _answers(compiled, batch, columns, constants, reader.path, rows)
                cells = [answers[states] for states in places] or [answers]
                for heading, answer in zip(headings, cells, strict=True):
                    batch = batch.append_column(heading, _nulled(answer))
                write(batch)
                told(batch.num_rows, _undefined(batch, len(reader.names)))
    carried = tuple(name for name in reader.names if name not in columns)
    return Written(rows, undefined, carried)


def _freed(
    network: Network, names: list[str], fixed: Mapping[str, Fraction]
) -> tuple[Network, list[str]]:
    """The network with the rows open that the file has columns for, and these columns."""
    own = _names(network)
    entries = {p.name: p for p in symbolic(network).parameters if p.name in fixed}
    wanted = [entries[name] for name in names if name not in own and name in entries]
    places = {(entry.variable, entry.parents) for entry in wanted}
    columns = [name for name in names if name in own or name in entries]
    if places:
        network = symbolic(network, lambda name, at: (name, tuple(at.items())) in places)
    return network, columns


def _names(network: Network) -> dict[str, Indeterminate]:
    return {p.name: p for p in network.parameters} | dict(network.declared)


def _answers(
    compiled: CompiledQuery,
    batch: Any,
    columns: list[str],
    constants: Mapping[str, object],
    source: str,
    before: int,
) -> Any:
    found = {name: batch.column(batch.schema.get_field_index(name)) for name in columns}
    for name, column in found.items():
        if column.null_count:
            row = before + 1 + column.is_null().to_pylist().index(True)
            raise UsageError(f"row {row} of {source} has no number for {name}")
    arrays = {name: column.to_numpy(zero_copy_only=False) for name, column in found.items()}
    try:
        return compiled({**constants, **arrays})
    except ParameterRangeError:
        low, high = 0, batch.num_rows  # the first row at fault, by halves
        while high - low > 1:
            middle = (low + high) // 2
            try:
                compiled({**constants, **{n: a[low:middle] for n, a in arrays.items()}})
                low = middle
            except ParameterRangeError:
                high = middle
        try:
            compiled({**constants, **{n: float(a[low]) for n, a in arrays.items()}})
        except ParameterRangeError as error:
            raise at_row(error, before + low + 1, source) from None
        raise


def _places(query: Expr, network: Network) -> list[tuple[str, ...]]:
    """The choices of states of the free letters; none where no letter is free."""
    letters = free_letters(query).values()
    return [*product(*(network.variable(name).states for name in letters))] if letters else []


def _headings(query: Expr, places: list[tuple[str, ...]], shown: str) -> list[str]:
    letters = free_letters(query)
    return [
        f"{shown} at " + ", ".join(f"{n}={s}" for n, s in zip(letters, states, strict=True))
        for states in places
    ] or [shown]


def _nulled(answer: Any) -> Any:
    import pyarrow

    return pyarrow.array(answer, from_pandas=True)  # what is not defined becomes an empty cell


def _undefined(batch: Any, before: int) -> int:
    """Return the number of rows that lack one of the new values."""
    lacking = None
    for column in batch.columns[before:]:
        if column.null_count:
            here = column.is_null().to_numpy(zero_copy_only=False)
            lacking = here if lacking is None else lacking | here
    return 0 if lacking is None else int(lacking.sum())
