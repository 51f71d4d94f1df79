"""Results of a query with free values: one value for each assignment of states.

Main definitions
----------------
ValueTable : a mapping from tuples of state names to values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product

from symcausal.algebra.decimals import decimal, written
from symcausal.errors import ImpossibleEventError, UnknownStateError, nearest
from symcausal.hints import Generic, TypeVar, overload
from symcausal.record import LONGEST_REPR, shortened

V = TypeVar("V")
W = TypeVar("W")


class ValueTable(Mapping[tuple[str, ...], V], Generic[V]):
    """A mapping of states to values: one value for each assignment of states to some letters.

    Parameters
    ----------
    variables : tuple of str
        The free letters, in reading order.
    states : tuple of tuple of str
        The states of each, in order.
    values : mapping of tuple of str to V
        Where the query is defined.
    undefined : mapping of tuple of str to str
        Where it is not: the condition of probability zero.

    Examples
    --------
    >>> table = ValueTable(("L",), (("weak", "strong"),), {("weak",): 1, ("strong",): 2})
    >>> table["strong"], table[("weak",)]
    (2, 1)
    """

    __slots__ = ("_values", "states", "undefined", "variables")

    def __init__(
        self,
        variables: tuple[str, ...],
        states: tuple[tuple[str, ...], ...],
        values: Mapping[tuple[str, ...], V],
        undefined: Mapping[tuple[str, ...], str] | None = None,
    ) -> None:
        self.variables = variables
        self.states = states
        self.undefined = dict(undefined or {})
        self._values = dict(values)

    def __getitem__(self, key: tuple[str, ...] | str) -> V:
        key = (key,) if isinstance(key, str) else key
        if key in self._values:
            return self._values[key]
        if key in self.undefined:
            raise ImpossibleEventError(self.undefined[key])
        raise self._unknown(key)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ValueTable):
            return NotImplemented
        return (
            self.variables == other.variables
            and self._values == other._values
            and self.undefined == other.undefined
        )

    __hash__ = None  # type: ignore[assignment]  # as for every mapping that compares by value

    def __contains__(self, key: object) -> bool:
        return ((key,) if isinstance(key, str) else key) in self._values

    @overload
    def get(self, key: tuple[str, ...], /) -> V | None: ...

    @overload
    def get(self, key: tuple[str, ...], default: V | W, /) -> V | W: ...

    def get(self, key: tuple[str, ...], default: V | W | None = None, /) -> V | W | None:
        """Return the value of a cell, or the default where there is none or it is not defined."""
        if key in self:
            return self[key]  # not by Mapping.get, which lets an impossible condition through
        return default

    def map(self, function: Callable[[V], W]) -> ValueTable[W]:
        """Return the table of a function's values."""
        values = {key: function(value) for key, value in self._values.items()}
        return ValueTable(self.variables, self.states, values, self.undefined)

    def __repr__(self) -> str:
        cells = {key: written(value) for key, value in self._values.items()}
        cells |= {key: f"undefined: {event} is impossible" for key, event in self.undefined.items()}
        rows = [(*self.variables, "value"), *((*key, cell) for key, cell in cells.items())]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        whole = "\n".join(lines)
        if len(whole) <= LONGEST_REPR:
            return whole
        # some rows as an example: a notebook shows them all
        ending = f"... {len(cells)} values of {', '.join(self.variables)}"
        shown = ""
        for line in lines:
            if len(shown) + len(line) + len(ending) >= LONGEST_REPR:
                break
            shown += f"{line}\n"
        return shortened(shown + ending)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from symcausal.writing.blocks import Tabled
        from symcausal.writing.document import Document
        from symcausal.writing.grid import Cell, Grid, Share

        heads = (*self.variables, "value")
        rows: list[tuple[Cell, ...]] = []
        for key in product(*self.states):
            if key in self.undefined:
                rows.append((*key, "undefined", ""))
            elif key in self._values:
                value = self._values[key]
                beside: Cell = ""
                if isinstance(value, Fraction) and value.denominator > 1:
                    words = decimal(value)
                    beside = Share(words, value) if 0 < value < 1 else words
                rows.append((*key, written(value), beside))
        if any(row[-1] for row in rows):
            heads = (*heads, "decimal")
        else:
            rows = [row[:-1] for row in rows]
        page = Document("", (Tabled(Grid(heads, tuple(rows), len(self.variables))),))
        return page._repr_mimebundle_()

    def rows_of_data(self) -> list[dict[str, object]]:
        """Return a row for each assignment as what JSON knows; None where nothing is defined."""
        rows: list[dict[str, object]] = []
        for key in product(*self.states):
            value = self._values.get(key)
            rows.append(
                {
                    "states": dict(zip(self.variables, key, strict=True)),
                    "value": None if value is None else written(value),
                    "float": float(value) if isinstance(value, Fraction) else None,
                }
            )
        return rows

    def _unknown(self, key: tuple[str, ...]) -> UnknownStateError:
        if len(key) != len(self.variables):
            return UnknownStateError(
                f"the key {key!r} names {len(key)} states",
                expected=f"one for each of {', '.join(self.variables)}",
            )
        for name, state, states in zip(self.variables, key, self.states, strict=True):
            if state not in states:
                return UnknownStateError(
                    f"{name} has no state '{state}'", hint=nearest(str(state), states)
                )
        return UnknownStateError(f"the table has no cell {key!r}")
