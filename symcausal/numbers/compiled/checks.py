"""Whether numbers for parameters leave distributions in the tables that a query reads.

Main definitions
----------------
ReadRows : the rows of tables that a tape reads.
TOLERANCE : how far floats may miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.scalar import Number, Term, parameters
from symcausal.errors import ParameterRangeError
from symcausal.network.network import Network
from symcausal.network.rows import row_name
from symcausal.numbers.compiled.exact import Real, entry_value

TOLERANCE = 1e-9
HINT = "each entry lies between 0 and 1, and each row sums to one"
_MOST_NAMED = 8


class ReadRows:
    """The rows of tables that a tape reads, whose entries have to lie in [0, 1].

    Attributes
    ----------
    terms : list of Term
        The entries to check, each once.
    names : list of str
        The row of each, in words.
    """

    __slots__ = ("names", "terms")

    def __init__(
        self, network: Network, read: Mapping[tuple[str, int], Sequence[Term]], known: set[str]
    ) -> None:
        self.terms: list[Term] = []
        self.names: list[str] = []
        for (variable, row), terms in read.items():
            table, width = network.tables[variable], network.size(variable)
            whole = table.entries[row * width : (row + 1) * width]
            # The remainder counts even if the query reads the other entries alone; of two
            # entries, one between 0 and 1 is enough.
            complete = width > 2 and all(
                p.name in known for entry in whole for p in parameters(entry)
            )
            name = row_in_words(network, variable, row)
            for term in whole if complete else dict.fromkeys(terms):
                if not isinstance(term, Number):
                    self.terms.append(term)
                    self.names.append(name)

    def check(self, numbers: Mapping[str, Real]) -> None:
        """Refuse an assignment of numbers in which an entry leaves [0, 1].

        Raises
        ------
        ParameterRangeError
            If an entry leaves [0, 1]; its rows are named.
        """
        faults: dict[str, str] = {}
        for term, name in zip(self.terms, self.names, strict=True):
            value = entry_value(term, numbers)
            slack = TOLERANCE if isinstance(value, float) else 0
            if not -slack <= value <= 1 + slack:  # true of nan as well
                faults.setdefault(name, f"{name} has the entry {shown(value)}")
        refuse(faults)


def refuse(faults: Mapping[str, str]) -> None:
    """Raise an error if there is any fault; keys are rows, values say what is wrong."""
    if faults:
        shown = list(faults.values())[:_MOST_NAMED]
        more = len(faults) - len(shown)
        raise ParameterRangeError(
            "these numbers leave no distribution: "
            + "; ".join(shown)
            + (f"; and {more} more rows" if more else ""),
            rows=list(faults),
            hint=HINT,
        )


def row_in_words(network: Network, variable: str, row: int) -> str:
    """Return the name of a row of a table, such as ``P(G | I=low, D=easy)``."""
    return row_name(variable, _assignment(network, variable, row))


def _assignment(network: Network, variable: str, row: int) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for parent in reversed(network.tables[variable].parents):
        states = network.variables[parent].states
        found.append((parent, states[row % len(states)]))
        row //= len(states)
    return found[::-1]


def shown(value: Fraction | float) -> str:
    """Return a number as messages show it."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def rows_read(
    terms: Iterable[int], rows: Mapping[int, tuple[str, int]], known: Sequence[Term]
) -> dict[tuple[str, int], list[Term]]:
    """Return the entries that are read, by variable and row."""
    found: dict[tuple[str, int], list[Term]] = {}
    for term in terms:
        if term in rows:
            found.setdefault(rows[term], []).append(known[term])
    return found
