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
from typing import Any

from symcausal.algebra.scalar import Indeterminate
from symcausal.errors import ParameterRangeError, UsageError, nearest
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.network.loosened import numbers_of, symbolic
from symcausal.network.network import Network
from symcausal.numbers.bulk.files import BatchWriter, ColumnReader
from symcausal.numbers.compiled.function import CompiledQuery
from symcausal.numbers.evaluate.substitution import with_values
from symcausal.numbers.evaluate.value_table import ValueTable
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
    source: str,
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
    source, target : str
        CSV or Parquet, by the ending; a target of None is standard output. The target appears when
        it is complete, or not at all.
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
    reader = ColumnReader(source)
    settled = with_values(network, values or {})
    fixed = numbers_of(settled)
    freed, columns = _freed(settled, reader.names, fixed)
    known = [*_names(freed), *fixed]
    for name in sorted(reader.names, key=lambda name: not name.startswith("theta_")):
        if name not in columns and (not columns or name.startswith("theta_")):
            raise UsageError(
                f"column '{name}' of {source} is no parameter",
                expected="columns named by parameters; the last entry of a row is what they leave",
                hint=nearest(name, known) or f"such as {known[0]}",
            )
    constants: dict[str, object] = {n: float(fixed[n]) for n in _names(freed) if n in fixed}
    constants = {n: v for n, v in constants.items() if n not in columns}
    compiled = CompiledQuery(freed, query, shown=shown)
    rows = undefined = 0
    with BatchWriter(target) as writer:
        for batch in reader.batches(set(columns)):
            answers = _answers(compiled, batch, columns, constants, source, rows)
            for heading, answer in _headed(answers, query, freed, shown):
                if heading in reader.names:
                    raise UsageError(f"{source} has a column '{heading}' already")
                batch = batch.append_column(heading, _nulled(answer))
            undefined += _undefined(batch, len(reader.names))
            writer.write(batch)
            rows += batch.num_rows
            if progress is not None:
                progress(rows, reader.size)
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
            raise ParameterRangeError(
                f"row {before + low + 1} of {source}: {error.found}",
                rows=error.rows,
                hint=error.hint,
            ) from None
        raise


def _headed(answers: Any, query: Expr, network: Network, shown: str) -> list[tuple[str, Any]]:
    """The columns to write, with their headings."""
    if not isinstance(answers, ValueTable):
        return [(shown, answers)]
    letters = free_letters(query)
    found = []
    for states in product(*(network.variable(name).states for name in letters.values())):
        at = ", ".join(f"{n}={s}" for n, s in zip(letters, states, strict=True))
        found.append((f"{shown} at {at}", answers[states]))
    return found


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
