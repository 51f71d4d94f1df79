"""All tables of notes that give numbers, with the stretches in which they are in force.

Main definitions
----------------
PlacedTable : a table that gives numbers, where it stands, and how far it reaches.
PassedOver : a table that gives none, and why.
StatedNumbers : the tables of some notes, as the names of a model or of the formulas say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from functools import partial

from symcausal.guard import sheltered
from symcausal.notes.files.items import FilePart, ModelBlock, NotesFile
from symcausal.notes.phrases.weaving import woven
from symcausal.notes.stated.cells import TableCells
from symcausal.notes.stated.conditional import UnreadTable, tables_of
from symcausal.notes.stated.mood import doubts, is_asserted, turns_down
from symcausal.notes.stated.outline import (
    END,
    NotesPlace,
    Outline,
    line_in_words,
    outline_of,
    place_of,
)
from symcausal.notes.stated.table_rows import StatedTable
from symcausal.notes.stated.tables import WrittenTable, may_have_tables, tables_in
from symcausal.patterns import late
from symcausal.record import record

FamilyAt = Callable[[NotesPlace, frozenset[str]], Collection[str] | None]

_HIDDEN = late(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,}).*?(?:^[ \t>]*(?P=fence)|\Z)|<!--.*?(?:-->|\Z)"
    r"|\\begin\{(?P<name>verbatim|lstlisting|minted|comment)\}.*?(?:\\end\{(?P=name)\}|\Z)",
    re.M | re.S,
)
# numbers of another distribution than the one that the notes are about
_UPDATED = woven(r"<<of other numbers>>|\bdo\s*\(|\\hat\b", re.I)


@record
class PlacedTable:
    """A table that gives numbers, where it stands, and how far it reaches.

    Attributes
    ----------
    table : StatedTable
        Its numbers.
    start, end, until : NotesPlace
        Where it stands, and where it is in force no more.
    line : int
        The line.
    cell : int or None
        The notebook's cell.
    """

    table: StatedTable
    start: NotesPlace
    end: NotesPlace
    until: NotesPlace
    line: int
    cell: int | None = None

    @property
    def where(self) -> str:
        """The place in words: ``line 12``."""
        return line_in_words(self.line, self.cell)


@record
class PassedOver:
    """A table that gives no numbers, and why."""

    reason: str
    part: FilePart
    start: int
    end: int


@record
class _TableOnItsWay:
    written: WrittenTable
    part: FilePart
    start: NotesPlace
    end: NotesPlace
    until: NotesPlace
    is_meant: bool


class StatedNumbers:
    """The tables of some notes.

    Parameters
    ----------
    document : NotesFile
        The notes.
    is_off : callable
        Whether a place lies where the checker is turned off.
    """

    def __init__(self, document: NotesFile, is_off: Callable[[NotesPlace], bool]) -> None:
        self._found: list[_TableOnItsWay] = []
        written = [(part, table) for part in document.parts for table in _written(document, part)]
        if not written:
            return
        outline = outline_of(document)
        models = [
            place_of(item.part, item.offset)
            for item in document.items
            if isinstance(item, ModelBlock)
        ]
        for part, table in written:
            start, end = place_of(part, table.start), place_of(part, table.end)
            later = bisect_right(models, start)
            until = min(
                outline.section(start)[1],
                outline.next_break(end),
                outline.item_end(start, end),
                models[later] if later < len(models) else END,
            )
            meant = not is_off(start) and _is_meant(part, table, outline)
            self._found.append(_TableOnItsWay(table, part, start, end, until, meant))

    def __bool__(self) -> bool:
        return bool(self._found)

    def read(
        self, cells: TableCells, family: FamilyAt
    ) -> tuple[list[PlacedTable], list[PassedOver]]:
        """Return the tables that give numbers, and those that say they do and are not read.

        Parameters
        ----------
        cells : TableCells
            What reads their cells.
        family : callable
            The variables that have the others of a set for parents in the graph in force at a place;
            None without one.
        """
        placed: list[PlacedTable] = []
        passed: list[PassedOver] = []
        for found in self._found:
            if not found.is_meant:
                continue
            start = found.start
            read = partial(tables_of, found.written, cells, partial(family, start))
            told = sheltered(read, lambda error: UnreadTable(str(error), True))
            if isinstance(told, UnreadTable):
                if told.says:
                    passed.append(
                        PassedOver(told.reason, found.part, found.written.start, found.written.end)
                    )
                continue
            line = found.part.position(_first_sign(found.part, found.written)).line
            for one in told:
                own = family(start, frozenset((one.variable, *one.parents)))
                reason = ""
                if own is not None and one.variable not in own:
                    reason = f"the graph in force has other parents of {one.variable}"
                elif not one.parents and _UPDATED.search(_words(found.written)):
                    reason = "the words beside it speak of another distribution"
                if reason:
                    passed.append(
                        PassedOver(reason, found.part, found.written.start, found.written.end)
                    )
                else:
                    placed.append(
                        PlacedTable(one, start, found.end, found.until, line, found.part.cell)
                    )
        return _without_contradictions(placed, passed, self._found)


def _first_sign(part: FilePart, table: WrittenTable) -> int:
    text = part.source.text
    at = table.start
    while at < table.end and at < len(text) and text[at].isspace():
        at += 1
    return min(at, max(0, len(text) - 1))


def _written(document: NotesFile, part: FilePart) -> list[WrittenTable]:
    text = document.page or part.source.text
    if not may_have_tables(text):
        return []
    shown = _HIDDEN.sub(lambda hidden: re.sub(r"[^\n]", " ", hidden.group()), text)
    return tables_in(shown)


def _words(table: WrittenTable) -> str:
    return f"{table.above}\n{table.caption}"


def _is_meant(part: FilePart, table: WrittenTable, outline: Outline) -> bool:
    """Whether the words around a table, and its caption, assert it."""
    text = part.source.text
    before = text[: table.start].rstrip(" \t>\n")
    start, end = place_of(part, table.start), place_of(part, table.end)
    return (
        not outline.is_doubted(start, end)
        and not doubts(table.caption)
        and is_asserted(text, len(before), len(before))
        and not turns_down(text[table.end :][:400])
    )


def _without_contradictions(
    placed: Sequence[PlacedTable], passed: list[PassedOver], found: Sequence[_TableOnItsWay]
) -> tuple[list[PlacedTable], list[PassedOver]]:
    """The tables but for those that another contradicts where both are in force."""
    kept: list[PlacedTable] = []
    parts = {one.start: one for one in found}
    for one in placed:
        others = [
            other
            for other in placed
            if _is_same_family(one.table, other.table)
            and not _agree(one.table, other.table)
            and one.start < other.until
            and other.start < one.until
        ]
        if not others:
            kept.append(one)
        elif one.start > others[0].start:
            at = parts[one.start]
            reason = f"it contradicts the table of {others[0].where}, and neither is used"
            passed.append(PassedOver(reason, at.part, at.written.start, at.written.end))
    return kept, passed


def _is_same_family(one: StatedTable, other: StatedTable) -> bool:
    return one.variable == other.variable and set(one.parents) == set(other.parents)


def _agree(one: StatedTable, other: StatedTable) -> bool:
    """Whether two tables give the same numbers."""
    cases, others = (
        {
            frozenset({**at, table.variable: state}.items()): value
            for at, state, value in table.cases()
        }
        for table in (one, other)
    )
    return cases == others
