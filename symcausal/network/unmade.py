"""Tables that are not made: too large, and open in every entry, so that there is nothing to say of them.

A graph may have a node with seventeen parents. Its table has 2^18 entries, each a symbol of its own, and
no question to the arrows needs one of them.

Main definitions
----------------
MadeTables : the tables of a network, of which some are not made.
MOST_OPEN : how many entries a table may have that nobody gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from symcausal.errors import LimitError
from symcausal.hints import TypeVar
from symcausal.record import Frozen, field, record

T = TypeVar("T")  # a table, whose class stands above

MOST_OPEN = 200_000


@record
class MadeTables(Mapping[str, T]):
    """The tables of a network by variable, of which some are too large to be made.

    Attributes
    ----------
    made : mapping of str to Table
        The others.
    unmade : frozenset of str
        Variables whose tables are too large.
    """

    made: Mapping[str, T] = field(convert=Frozen)
    unmade: frozenset[str] = field(convert=frozenset)

    def __getitem__(self, name: str) -> T:
        if name in self.unmade:
            raise LimitError(
                f"the table of {name} is too large to be made",
                expected=f"at most {MOST_OPEN} entries that no row gives",
                hint="leave arrows out, or ask the graph alone: draw, independent, adjust, identify",
            )
        return self.made[name]

    def __contains__(self, name: object) -> bool:
        return name in self.made or name in self.unmade

    def __iter__(self) -> Iterator[str]:
        yield from self.made
        yield from sorted(self.unmade)

    def __len__(self) -> int:
        return len(self.made) + len(self.unmade)


def with_unmade(made: Mapping[str, T], unmade: Iterable[str]) -> Mapping[str, T]:
    """Return the tables, with the names of those that are not made; a plain mapping if all are."""
    names = list(unmade)
    return MadeTables(made, frozenset(names)) if names else made


def kept(tables: Mapping[str, T]) -> Mapping[str, T]:
    """Return the tables as a mapping that nobody changes."""
    return tables if isinstance(tables, MadeTables) else Frozen(tables)
