"""Values that have no page of their own, as tables of what they hold.

Main definitions
----------------
record_grid : a record as a table of its fields; nothing where it has words of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from symcausal.hints import get_args
from symcausal.record import record, shortened
from symcausal.writing.grid import Cell, Grid
from symcausal.writing.layout import Printable
from symcausal.writing.text import text

_PRINTABLE = get_args(Printable)
_LONGEST_ENTRY = 160


def record_grid(thing: object) -> Grid | None:
    """Return a record as a table: its class as the head, a row for each field, functions left out.

    Examples
    --------
    >>> from symcausal.identify.question import Hedge
    >>> grid = record_grid(Hedge(("X", "Y"), ("Y",), ("X",)))
    >>> grid.heads, grid.rows[0]
    (('Hedge', ''), ('larger', 'X, Y'))
    """
    if not _is_without_words(thing):
        return None
    rows: list[tuple[Cell, ...]] = []
    for name in _fields(thing):
        value = getattr(thing, name)
        if callable(value) and not isinstance(value, Mapping):
            continue
        cell: Cell = value if isinstance(value, _PRINTABLE) else _said(value)
        rows.append((name.replace("_", " "), cell))
    return Grid((type(thing).__name__, ""), tuple(rows), 2)


def _is_without_words(thing: object) -> bool:
    kind = type(thing)
    made = getattr(kind.__repr__, "__module__", None) == record.__module__  # by the decorator
    return made and kind.__str__ is object.__str__ and bool(_fields(thing))


def _fields(thing: object) -> tuple[str, ...]:
    return tuple(getattr(type(thing), "__match_args__", ()))


def _said(value: object) -> str:
    """A value in a line."""
    return shortened(_in_words(value), _LONGEST_ENTRY)


def _in_words(value: object) -> str:
    if isinstance(value, _PRINTABLE):
        return text(value)
    if isinstance(value, Mapping):
        if any(map(_is_without_words, value.values())):
            return ", ".join(map(str, value))
        return ", ".join(f"{key}: {_in_words(one)}" for key, one in value.items()) or "none"
    if isinstance(value, Collection) and type(value).__str__ is object.__str__:
        inside = ", ".join(
            f"({_in_words(one)})" if type(one) is tuple and len(one) > 1 else _in_words(one)
            for one in value
        )
        return inside or "none"
    if _is_without_words(value):
        held = (f"{name} {_in_words(getattr(value, name))}" for name in _fields(value))
        return f"{type(value).__name__}: {'; '.join(held)}"
    return "none" if value is None or value == "" else str(value)
