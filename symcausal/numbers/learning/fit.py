"""Tables fitted to data: the entries that a model leaves open, by exact counts.

An open row gets the shares in which its states were seen: the maximum of the likelihood, or with a
prior count ``a`` for each state, ``(n_x + a) / (n + k a)``, the mean under a Dirichlet prior. What a
model fixes stays: in a row ``1/4, q, rest`` the open entries share what is left, in the proportion in
which they were seen. Rows that use the same symbol are one unknown and are counted together.

Main definitions
----------------
Fitted : the network, and what data could not say.
fit : put counts in the place of open entries.
counted : put symbols of counts there.

References
----------
[Koller2009]_ Sections 17.2 and 17.3 for both estimates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from symcausal.algebra.polynomial import is_one
from symcausal.algebra.scalar import (
    Indeterminate,
    Number,
    Term,
    number,
    parameters,
    plus,
    power,
    times,
)
from symcausal.errors import UsageError
from symcausal.network.network import Network
from symcausal.network.rows import row_name
from symcausal.numbers.evaluate.substitution import exact_number, settled
from symcausal.numbers.learning.counts import TableCounts, count, count_symbol
from symcausal.record import record, replace

Shares = dict[str, Fraction] | str  # the values of symbols by name, or why there are none


class _FitRow(NamedTuple):
    """A row of a table: the parents with their states, and the entries."""

    variable: str
    given: tuple[tuple[str, str], ...]
    states: tuple[str, ...]
    entries: tuple[Term, ...]


@record
class Fitted:
    """A network with numbers from data.

    Attributes
    ----------
    network : Network
        The same, with numbers where data say something.
    notes : tuple of str
        Which rows stay open, and why; which rows of data were left out.
    """

    network: Network
    notes: tuple[str, ...] = ()


def fit(
    network: Network,
    table: object,
    *,
    prior: object = 0,
    weights: str | None = None,
    missing: str = "refuse",
) -> Fitted:
    """Fill open entries by exact counts.

    Parameters
    ----------
    network : Network
        With open entries, of observed variables whose parents are observed.
    table : object
        The data; see :func:`~symcausal.numbers.learning.columns.read_columns`.
    prior : number
        What is added to the count of each state; 0 gives the maximum of the likelihood.
    weights, missing : str, optional
        See :func:`~symcausal.numbers.learning.counts.count`.

    Raises
    ------
    UsageError
        If the prior is negative, or the data do not fit the network.
    """
    added = _prior(prior)
    wanted = open_tables(network)
    found = count(table, network, wanted, weights=weights, missing=missing)
    values: dict[str, Fraction] = {}
    notes = [
        f"{n} {'row' if n == 1 else 'rows'} of data left out of the table of {name}: a value is missing"
        for name, n in found.left_out.items()
        if n
    ]
    for rows in _unknowns(network, wanted):
        shares = _shares(rows, network, found, added)
        if isinstance(shares, str):
            names = ", ".join(row_name(row.variable, row.given) for row in rows)
            notes.append(f"{names} {'stay' if len(rows) > 1 else 'stays'} open: {shares}")
        else:
            values |= shares
    hidden = [name for name in network.variables if name not in wanted and _is_open(network, name)]
    if hidden:
        notes.append(
            f"the {'table' if len(hidden) == 1 else 'tables'} of {', '.join(hidden)} cannot be counted: "
            "a hidden variable is in it"
        )
    return Fitted(_with(network, values), tuple(notes))


def counted(network: Network, *, prior: object = 0) -> Network:
    """Put counts as symbols in the place of open entries: ``n_L_strong_G_A / n_G_A``.

    Rows that are open in part, or that share symbols, stay as they are.
    """
    added = _prior(prior)
    new: dict[str, dict[tuple[str, ...], list[Term]]] = {}
    for rows in _unknowns(network, open_tables(network)):
        row = rows[0]
        if len(rows) > 1 or not _is_plain(row.entries, list(row.entries)):
            continue
        whole = power(plus([number(added * len(row.entries)), count_symbol(row.given)]), -1)
        events = (((row.variable, s), *row.given) for s in network.variable(row.variable).states)
        seen = [plus([number(added), count_symbol(event)]) for event in events]
        new.setdefault(row.variable, {})[row.states] = [times([n, whole]) for n in seen]
    tables = dict(network.tables)
    for name, by_states in new.items():
        entries = [e for states, old in network.rows(name) for e in by_states.get(states, old)]
        tables[name] = replace(network.table(name), entries=tuple(entries))
    return replace(network, tables=tables)


def open_tables(network: Network) -> list[str]:
    """The variables whose tables have open entries that data can speak of."""
    hidden = network.graph.hidden
    return [
        name
        for name, table in network.tables.items()
        if _is_open(network, name) and not hidden & {name, *table.parents}
    ]


def _is_open(network: Network, name: str) -> bool:
    return any(not isinstance(entry, Number) for entry in network.table(name).entries)


def _prior(prior: object) -> Fraction:
    value = exact_number(prior)
    if value < 0:
        raise UsageError(f"a prior of {value}", expected="a number that is not negative")
    return value


def _unknowns(network: Network, wanted: Iterable[str]) -> list[list[_FitRow]]:
    """The open rows, those that share a symbol together, in the order of the tables."""
    owner: dict[Indeterminate, list[_FitRow]] = {}
    groups: list[list[_FitRow]] = []
    for name in wanted:
        parents = network.table(name).parents
        for states, entries in network.rows(name):
            row = _FitRow(name, tuple(zip(parents, states, strict=True)), states, entries)
            own = dict.fromkeys(symbol for entry in entries for symbol in parameters(entry))
            if not own:
                continue
            group = [row]
            groups.append(group)
            for symbol in own:
                other = owner.setdefault(symbol, group)
                if other is not group:  # the later group goes into the earlier one
                    groups.remove(group)
                    other += group
                    for known, at in owner.items():
                        if at is group:
                            owner[known] = other
                    group = other
    return groups


def _shares(rows: list[_FitRow], network: Network, found: TableCounts, added: Fraction) -> Shares:
    """The value of each symbol of rows that share them, or why there is none."""
    first = [entry for entry in rows[0].entries if not isinstance(entry, Number)]
    if not _is_plain(rows[0].entries, first):
        return "an entry is more than a symbol, or what symbols leave"
    fixed = _fixed(rows[0].entries)
    totals = dict.fromkeys(first, added)
    for row in rows:
        here = [entry for entry in row.entries if not isinstance(entry, Number)]
        if set(here) != set(first) or len(here) != len(first) or _fixed(row.entries) != fixed:
            return "its symbols stand in other rows in another way"
        cells = found.cells[row.variable]
        for state, entry in zip(network.variable(row.variable).states, row.entries, strict=True):
            seen = cells[(state, *row.states)]
            if not isinstance(entry, Number):
                totals[entry] += seen
            elif seen and not entry.value:
                return f"the data show {row.variable}={state}, which it excludes"
    whole = sum(totals.values())
    if not whole:
        return "no row of the data shows its condition"
    return {
        entry.name: total / whole * (1 - fixed)
        for entry, total in totals.items()
        if isinstance(entry, Indeterminate)
    }


def _is_plain(entries: Sequence[Term], open_entries: Sequence[Term]) -> bool:
    """Whether a row has symbols, each once, and at most one other entry, which is what they leave."""
    symbols = {entry for entry in open_entries if isinstance(entry, Indeterminate)}
    rest = [entry for entry in open_entries if entry not in symbols]
    return (
        len(set(open_entries)) == len(open_entries)
        and len(rest) <= 1
        and all(symbol in symbols for entry in rest for symbol in parameters(entry))
        and (not rest or is_one(entries))
    )


def _fixed(entries: tuple[Term, ...]) -> Fraction:
    return sum((entry.value for entry in entries if isinstance(entry, Number)), Fraction(0))


def _with(network: Network, values: dict[str, Fraction]) -> Network:
    tables = {
        name: replace(table, entries=tuple(settled(entry, values) for entry in table.entries))
        for name, table in network.tables.items()
    }
    return replace(network, tables=tables)
