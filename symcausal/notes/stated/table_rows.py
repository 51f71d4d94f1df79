"""The numbers of a table of conditional probabilities: rows that sum to one.

Main definitions
----------------
StatedTable : the numbers ``P(X | parents)`` that a table gives.
summed_to_one : the values that the numbers of a row stand for.
finer_row : the fractions that its decimals may stand for.
in_order : values in the order of all states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from symcausal.reading.numerals import Numeral
from symcausal.record import Frozen, field, record, replace

_NICE = (3, 6)


@record
class StatedTable:
    """The numbers ``P(X | parents)`` that a table of notes gives.

    Attributes
    ----------
    variable : str
        X.
    parents : tuple of str
        What it is conditioned on.
    states : mapping of str to tuple of str
        The states of X and its parents.
    rows : mapping of tuple of str to tuple of Fraction
        By the states of the parents the probabilities of X's, which sum to one.
    is_exact : bool
        Whether all rows sum to one as they are written; otherwise they are rounded.
    finer : mapping of tuple of str to tuple of Fraction
        The rows whose numbers may be rounded thirds, sixths and the like: 1/3 and 2/3 for 0.33 and 0.67.
    """

    variable: str
    parents: tuple[str, ...]
    states: Mapping[str, tuple[str, ...]] = field(convert=Frozen)
    rows: Mapping[tuple[str, ...], tuple[Fraction, ...]] = field(convert=Frozen)
    is_exact: bool = True
    finer: Mapping[tuple[str, ...], tuple[Fraction, ...]] = field(
        default_factory=dict, convert=Frozen
    )

    def cases(self) -> Iterator[tuple[dict[str, str], str, Fraction]]:
        """Yield the states of the parents, the state of X, and its probability."""
        for place, row in self.rows.items():
            at = dict(zip(self.parents, place, strict=True))
            for state, value in zip(self.states[self.variable], row, strict=True):
                yield at, state, value

    def with_finer(self) -> StatedTable:
        """The table with fractions for the decimals that may be rounded."""
        return replace(self, rows={**self.rows, **self.finer}, finer={})

    def renamed(self, states: Mapping[str, Mapping[str, str]]) -> StatedTable:
        """The table with other names for some states."""
        shown = {
            name: tuple(states.get(name, {}).get(s, s) for s in told)
            for name, told in self.states.items()
        }
        names = [states.get(parent, {}) for parent in self.parents]
        rows, finer = (
            {
                tuple(new.get(s, s) for new, s in zip(names, place, strict=True)): row
                for place, row in every.items()
            }
            for every in (self.rows, self.finer)
        )
        return replace(self, states=shown, rows=rows, finer=finer)


def in_order(
    states: Sequence[str], told: Sequence[str], values: Sequence[Fraction]
) -> tuple[Fraction, ...]:
    """Return values in the order of all states, from the order in which they are written."""
    order = [*told, *(state for state in states if state not in told)]
    by_state = dict(zip(order, values, strict=True))
    return tuple(by_state[state] for state in states)


def summed_to_one(row: Sequence[Numeral]) -> list[Fraction] | None:
    """Return the values of a row that sum to one and round to its numbers; None without any.

    The last is what the others leave; where that does not round to it all are stretched alike.
    """
    values = [number.value for number in row]
    total = sum(values, Fraction(0))
    rest = [*values[:-1], 1 - sum(values[:-1], Fraction(0))]
    stretched = [value / total for value in values] if total else values
    for found in (rest, stretched):
        near = all(
            2 * abs(value - number.value) <= (number.unit or 0)
            for value, number in zip(found, row, strict=True)
        )
        if near and min(found) >= 0 and sum(found) == 1:
            return found
    return None


def finer_row(row: Sequence[Numeral]) -> list[Fraction] | None:
    """Return the row of fractions with one small denominator that a row of decimals may stand for."""
    if any(number.unit is None or number.unit > Fraction(1, 100) for number in row):
        return None
    for below in _NICE:
        found = [Fraction(round(number.value * below), below) for number in row]
        near = all(
            2 * abs(value - number.value) <= (number.unit or 0)
            for value, number in zip(found, row, strict=True)
        )
        if near and sum(found) == 1 and found != [number.value for number in row]:
            return found
    return None
