"""Numbers that a value does not read, beside those that it reads in the same row of a table.

``P(Y = c)`` reads the entry of one state. Where a caller gives the numbers of the others, too, they
have to leave a distribution together; otherwise the value would belong to no model.

Main definitions
----------------
RowBeside : a row of which a query reads some entries.
rows_beside : these rows.
refuse_contradictions : check them, as far as their numbers are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from symcausal.algebra.scalar import Number, Term, parameters
from symcausal.hints import Any
from symcausal.network.network import Network
from symcausal.numbers.compiled.checks import TOLERANCE, refuse, row_in_words, shown
from symcausal.numbers.compiled.exact import entry_value


class RowBeside(NamedTuple):
    """A row of a table of which a query reads some entries and not all parameters.

    Attributes
    ----------
    name : str
        In words.
    terms : list of Term
        All its entries but numbers.
    needed : frozenset of str
        The parameters in it.
    """

    name: str
    terms: list[Term]
    needed: frozenset[str]


def rows_beside(
    network: Network, read: Iterable[tuple[str, int]], names: Set[str]
) -> list[RowBeside]:
    """Return the rows of which a query reads some entries, and not all parameters.

    Parameters
    ----------
    network : Network
        Whose tables these are.
    read : iterable of (str, int)
        The rows that are read, by variable and number.
    names : set of str
        The parameters that are read.
    """
    found = []
    for variable, row in read:
        width = network.size(variable)
        whole = network.tables[variable].entries[row * width : (row + 1) * width]
        needed = frozenset(p.name for entry in whole for p in parameters(entry))
        if not needed <= names:
            terms: list[Term] = [entry for entry in whole if not isinstance(entry, Number)]
            found.append(RowBeside(row_in_words(network, variable, row), terms, needed))
    return found


def refuse_contradictions(
    rows: Sequence[RowBeside], given: Set[str], read: Callable[[Sequence[str]], Mapping[str, Any]]
) -> None:
    """Refuse numbers under which a row does not fit, of the rows whose numbers are all given.

    Parameters
    ----------
    rows : sequence of RowBeside
        What to check.
    given : set of str
        The parameters that there are numbers or columns for.
    read : callable
        Gives the numbers of some parameters.

    Raises
    ------
    ParameterRangeError
        If an entry leaves [0, 1]; its rows are named.
    """
    here = [row for row in rows if row.needed <= given]
    if not here:
        return
    numbers = read(sorted({name for row in here for name in row.needed}))
    faults: dict[str, str] = {}
    for row in here:
        for term in row.terms:
            fault = _fault(term, numbers)
            if fault is not None:
                faults.setdefault(row.name, f"{row.name} has the entry {fault}")
    refuse(faults)


def _fault(term: Term, numbers: Mapping[str, Any]) -> str | None:
    """An entry below 0 or above 1, and where in a column it stands."""
    involved = {p.name: numbers[p.name] for p in parameters(term)}
    if any(getattr(number, "shape", None) for number in involved.values()):
        import numpy as np

        from symcausal.numbers.compiled.lines import worked_out

        column = np.asarray(worked_out(term, involved))
        wrong = np.flatnonzero(~((column >= -TOLERANCE) & (column <= 1 + TOLERANCE)))
        return f"{column[wrong[0]]:.6g} in row {wrong[0]}" if len(wrong) else None
    value = entry_value(term, involved)
    slack = TOLERANCE if isinstance(value, float) else 0
    return None if -slack <= value <= 1 + slack else shown(value)
