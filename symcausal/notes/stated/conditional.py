r"""Tables of notes that are conditional probability tables, read where their shape leaves no choice.

Every number gets the events of its row and of its column. Of which variable it is the table is said by a
head such as ``P(G | I, D)``, by a caption or the words above it, or by the graph in force. It is read
where it then has one number for each case, and each distribution sums to one within what was rounded.

Main definitions
----------------
UnreadTable : why a table is not read.
tables_of : what a table gives.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product

from symcausal.network.network import DEFAULT_STATES
from symcausal.notes.stated.cells import CellLabel, NamedStates, TableCells, probabilities_in
from symcausal.notes.stated.table_rows import StatedTable, finer_row, in_order, summed_to_one
from symcausal.notes.stated.tables import WrittenTable
from symcausal.reading.numerals import Numeral
from symcausal.record import record

MOST_HEADS = 3
_MOST_NAMES = 12

FamilyOf = Callable[[frozenset[str]], Collection[str] | None]
_TableHead = tuple[str, frozenset[str]]


@record
class UnreadTable:
    """Why a table is not read, and whether it says of itself that it is one of probabilities."""

    reason: str
    says: bool


class _NotThisTable(Exception):  # noqa: N818 - no error: it ends the reading of one table
    """The reason why a reading comes to nothing."""


@record
class _CellNumber:
    """A number with the events of its row and column, and what they say it is a probability of."""

    events: NamedStates
    number: Numeral
    head: _TableHead | None


@record
class _BareAxis:
    """States along the columns or the rows of a table of which nothing says whose they are."""

    cells: tuple[str, ...]
    is_column: bool


def tables_of(
    table: WrittenTable,
    cells: TableCells,
    family: FamilyOf,
) -> list[StatedTable] | UnreadTable:
    """Return the conditional probability tables that a table gives, or why it gives none.

    Parameters
    ----------
    table : WrittenTable
        The cells.
    cells : TableCells
        What reads them.
    family : callable
        The variables that have the others of a set for parents in the graph in force; None without one.
    """
    caption = _head_in(table, cells)
    told = [table.head] if table.head is not None else range(MOST_HEADS)
    found: list[list[StatedTable]] = []
    reasons: list[str] = []
    for head in told:
        try:
            read = _ReadingOfCells(table, head, cells, caption, family).tables()
        except _NotThisTable as refusal:
            reasons.append(str(refusal))
        else:
            found += [read] if read not in found else []
    if len(found) == 1:
        return found[0]
    says = caption is not None or _says(table, cells)
    if found:
        return UnreadTable("it can be read in several ways", says)
    return UnreadTable(max(reasons, key=_weight, default="nothing in it is read"), says)


def _weight(reason: str) -> int:
    """How much a reason says: a sum is told before a head that is not understood."""
    return ("sums to" in reason) * 2 + ("says" in reason)


def _says(table: WrittenTable, cells: TableCells) -> bool:
    """Whether a head or a label is a probability of one variable."""
    rows = table.cells[:MOST_HEADS]
    edge = {cell for row in rows for cell in row} | {row[0] for row in table.cells}
    return any(cells.label(cell).kind == "probability" for cell in edge)


def _head_in(table: WrittenTable, cells: TableCells) -> _TableHead | None:
    """What the caption says, else the words above: None where they say nothing, or several things."""
    for words in (table.caption, table.above):
        heads = {
            (label.names[0], frozenset(label.names[1:]))
            for label in probabilities_in(words, cells)
            if label.kind == "probability"
        }
        if heads:
            return next(iter(heads)) if len(heads) == 1 else None
    return None


class _ReadingOfCells:
    """One reading of a table: with so many rows for its head."""

    def __init__(
        self,
        table: WrittenTable,
        head: int,
        cells: TableCells,
        caption: _TableHead | None,
        family: FamilyOf,
    ) -> None:
        self.heads = table.cells[:head]
        self.body = table.cells[head:]
        self.cells = cells
        self.caption = caption
        self.family = family
        self.axes: list[_BareAxis] = []
        if len(self.body) < 1 or not self.body[0]:
            raise _NotThisTable("it has no rows")

    # -- columns and rows ----------------------------------------------------------------------------
    def tables(self) -> list[StatedTable]:
        """Return what the table gives."""
        columns = [self._column_head(number) for number in range(len(self.body[0]))]
        numbers = self._number_columns(columns)
        if not numbers:
            raise _NotThisTable("no column holds numbers under a head that says of what")
        rows = [self._row_events(columns, numbers, row) for row in range(len(self.body))]
        tops = self._column_events(columns, numbers)
        entries = [
            self._entry(place, head, tops[column], columns[column], self.body[row][column])
            for row, (place, head) in enumerate(rows)
            for column in numbers
        ]
        return self._settled(entries)

    def _column_head(self, number: int) -> CellLabel:
        """What stands over a column, several rows put together."""
        told = list(dict.fromkeys(row[number] for row in self.heads if row[number].strip()))
        labels = [(cell, self._affirmed(cell)) for cell in told]
        labels = [(cell, label) for cell, label in labels if label.kind != "nothing"]
        if not labels:
            return CellLabel("nothing")
        (_, whole), *below = labels
        for cell, label in below:
            whole = self._below(whole, cell, label)
        return whole

    def _affirmed(self, cell: str) -> CellLabel:
        """What a cell of the head says; beside a denial a small letter affirms."""
        label = self.cells.label(cell)
        if label.kind != "variables" or len(label.names) != 1:
            return label
        others = {other for row in self.heads for other in row if other != cell}
        own = [o for o in others if self.cells.label(o).names == label.names]
        state = self.cells.affirmed(label.names[0], cell, own)
        return (
            label if state is None else CellLabel("events", label.names, ((label.names[0], state),))
        )

    def _below(self, above: CellLabel, cell: str, label: CellLabel) -> CellLabel:
        """What a head says under another that spans several columns."""
        if above.kind == "variables" and len(above.names) == 1:
            state = self.cells.state(above.names[0], cell)
            if state is not None and label.kind in ("word", "events"):
                return CellLabel("events", above.names, ((above.names[0], state),))
        if above.kind in ("events", "probability") and label.kind in ("events", "probability"):
            if above.kind == label.kind == "probability":
                raise _NotThisTable("a head says two things")
            known, told = dict(above.events), dict(label.events)
            if not known.keys() & told.keys():
                named = label if label.kind == "probability" else above
                names = named.names if named.kind == "probability" else (*above.names, *label.names)
                return CellLabel(named.kind, names, (*above.events, *label.events))
        if above.kind == "probability" and label.kind == "word":
            state = self.cells.state(above.names[0], cell)
            if state is not None and above.names[0] not in dict(above.events):
                return CellLabel(
                    "probability", above.names, (*above.events, (above.names[0], state))
                )
        if above.is_generic:
            return label
        if label.is_generic:
            return above
        raise _NotThisTable(f"'{cell}' under another head is not understood")

    def _number_columns(self, columns: Sequence[CellLabel]) -> list[int]:
        found = []
        for number, label in enumerate(columns):
            body = [row[number] for row in self.body]
            if label.kind in ("variables", "other"):
                if label.kind == "other":
                    raise _NotThisTable(
                        f"its head '{label.word[:40]}' is no probability of one variable"
                    )
                continue
            values = [self.cells.number(cell) for cell in body]
            if None in values:
                continue
            plain = all(
                v is not None and v.value.denominator == 1 and v.unit is None for v in values
            )
            if plain and label.kind not in ("events", "probability"):
                continue  # 0 and 1 may be states
            found.append(number)
        return found

    def _row_events(
        self, columns: Sequence[CellLabel], numbers: Sequence[int], row: int
    ) -> tuple[NamedStates, _TableHead | None]:
        """The events that the labels of a row name, and what they say it is a probability of."""
        found: dict[str, str] = {}
        head: _TableHead | None = None
        for column, label in enumerate(columns):
            if column in numbers:
                continue
            cell = self.body[row][column]
            if label.kind == "variables":
                told = self._states_under(label.names, cell, column)
            elif label.kind in ("nothing", "word"):
                own = self._row_label(cell, column)
                if own is None:
                    continue
                told = own.events
                if own.kind == "probability":
                    head = own.names[0], frozenset(own.names[1:])
            else:
                raise _NotThisTable(f"'{cell[:40]}' is no number")
            for name, state in told:
                if found.setdefault(name, state) != state:
                    raise _NotThisTable(f"a row names two states of {name}")
        return tuple(found.items()), head

    def _states_under(self, names: tuple[str, ...], cell: str, column: int) -> NamedStates:
        parts = [part.strip() for part in cell.split(",")] if len(names) > 1 else [cell]
        if len(parts) != len(names):
            raise _NotThisTable(f"'{cell[:40]}' is no state for each of {', '.join(names)}")
        found = []
        for name, part in zip(names, parts, strict=True):
            others = [row[column] for row in self.body if row[column] != cell]
            state = self.cells.affirmed(name, part, others) or self.cells.state(name, part)
            if state is None:
                raise _NotThisTable(f"'{part[:40]}' is no state of {name}")
            found.append((name, state))
        return tuple(found)

    def _row_label(self, cell: str, column: int) -> CellLabel | None:
        """What a label under no head says; None for a bare state, of which nothing says whose it is."""
        label = self.cells.label(cell)
        others = [row[column] for row in self.body if row[column] != cell]
        if label.kind == "variables" and len(label.names) == 1:
            state = self.cells.affirmed(label.names[0], cell, others)
            if state is not None:
                return CellLabel("events", label.names, ((label.names[0], state),))
        if label.kind in ("events", "probability"):
            return label
        if label.kind == "word" and column == 0:
            axis = _BareAxis(tuple(row[0] for row in self.body), is_column=False)
            if axis not in self.axes:
                self.axes.append(axis)
            return None
        raise _NotThisTable(f"'{cell[:40]}' is not understood")

    def _column_events(
        self, columns: Sequence[CellLabel], numbers: Sequence[int]
    ) -> dict[int, NamedStates]:
        bare = [n for n in numbers if columns[n].kind in ("nothing", "word")]
        if bare and len(numbers) > 1:
            if len(bare) < len(numbers) or any(columns[n].is_generic for n in bare):
                raise _NotThisTable("some of its columns do not say of what they are")
            self.axes.append(_BareAxis(tuple(self.heads[-1][n] for n in numbers), is_column=True))
        elif bare and not columns[bare[0]].is_generic:
            raise _NotThisTable(f"its head '{columns[bare[0]].word[:40]}' is not understood")
        return {n: columns[n].events for n in numbers}

    def _entry(
        self,
        place: NamedStates,
        head: _TableHead | None,
        top: NamedStates,
        label: CellLabel,
        cell: str,
    ) -> _CellNumber:
        number = self.cells.number(cell)
        assert number is not None
        found = dict(place)
        for name, state in top:
            if found.setdefault(name, state) != state:
                raise _NotThisTable(f"a row and a column name two states of {name}")
        if label.kind == "probability":
            over = label.names[0], frozenset(label.names[1:])
            if head is not None and head != over:
                raise _NotThisTable("a row and a column are of different probabilities")
            head = over
        return _CellNumber(tuple(sorted(found.items())), number, head)

    # -- what the whole is -----------------------------------------------------------------------------
    def _settled(self, entries: Sequence[_CellNumber]) -> list[StatedTable]:
        heads = {entry.head for entry in entries}
        if len(heads) > 1:
            return self._several(entries)
        (head,) = heads
        head = head or self.caption
        if not self.axes:
            return [self._table(entries, head)]
        named = {name for entry in entries for name, _ in entry.events}
        if head is None:
            raise _NotThisTable("nothing says whose states it names")
        free = sorted({head[0], *head[1]} - named)
        if len(free) != len(self.axes):
            raise _NotThisTable("nothing says whose states it names")
        found: list[StatedTable] = []
        problem = _NotThisTable("nothing says whose states it names")
        for order in permutations(free):
            try:
                found.append(self._table(self._with_axes(entries, order), head))
            except _NotThisTable as refusal:
                problem = refusal
        if len(found) == 1:
            return found
        raise _NotThisTable("it may be read by rows or by columns") if found else problem

    def _with_axes(self, entries: Sequence[_CellNumber], order: Sequence[str]) -> list[_CellNumber]:
        """The entries with the states along the axes as those of some variables."""
        width = len(entries) // len(self.body)
        found = []
        for number, entry in enumerate(entries):
            row, column = divmod(number, width)
            events = dict(entry.events)
            for axis, name in zip(self.axes, order, strict=True):
                cell = axis.cells[column if axis.is_column else row]
                state = self.cells.state(name, cell)
                if state is None:
                    raise _NotThisTable(f"'{cell[:40]}' is no state of {name}")
                events[name] = state
            found.append(_CellNumber(tuple(sorted(events.items())), entry.number, entry.head))
        return found

    def _several(self, entries: Sequence[_CellNumber]) -> list[StatedTable]:
        """A list of probabilities, each written out: the tables that they make up."""
        groups: dict[_TableHead, list[_CellNumber]] = {}
        for entry in entries:
            if entry.head is None or self.axes:
                raise _NotThisTable("some of its columns do not say of what they are")
            groups.setdefault(entry.head, []).append(entry)
        return [self._table(group, head) for head, group in groups.items()]

    def _table(self, entries: Sequence[_CellNumber], head: _TableHead | None) -> StatedTable:
        named = {frozenset(name for name, _ in entry.events) for entry in entries}
        if len(named) != 1:
            raise _NotThisTable("its numbers are not all about the same variables")
        (names,) = named
        if len(names) > _MOST_NAMES:
            raise _NotThisTable("it has too many variables")
        if head is not None and names and names == head[1]:
            entries, names = self._affirming(entries, head[0]), names | {head[0]}
        if head is not None and names != {head[0], *head[1]}:
            told = ", ".join(sorted({head[0], *head[1]} ^ names))
            raise _NotThisTable(f"it says P({head[0]} | ...), and {told} is in one of the two only")
        numbers = {entry.events: entry.number for entry in entries}
        if len(numbers) < len(entries):
            raise _NotThisTable("it has two numbers for one case")
        states = _states(entries)
        if head is not None:
            return self._over(head[0], states, numbers)
        known = self.family(names)
        # without a graph a distribution of one variable is that of the variable
        candidates = known if known is not None else names if len(names) == 1 else ()
        found = []
        problem = _NotThisTable("nothing says of which variable it is")
        for name in candidates:
            if len(states[name]) < 2:
                continue  # no sum shows that it is a distribution, and no joint one
            try:
                found.append(self._over(name, states, numbers))
            except _NotThisTable as refusal:
                problem = refusal
        if len(found) != 1:
            raise problem if not found else _NotThisTable("nothing says of which variable it is")
        return found[0]

    def _affirming(self, entries: Sequence[_CellNumber], name: str) -> list[_CellNumber]:
        """The entries of ``P(A | B)`` in one column: those of *yes* where all states are yes or no."""
        pairs = {self.cells.yes_of(states) for states in _states(entries).values()}
        if len(pairs) != 1 or None in pairs:
            raise _NotThisTable(f"it does not say which state of {name} its numbers are of")
        (told,) = pairs
        state = self.cells.state(name, told or "")
        if state is None:
            raise _NotThisTable(f"'{told}' is no state of {name}")
        return [
            _CellNumber(tuple(sorted((*one.events, (name, state)))), one.number, one.head)
            for one in entries
        ]

    def _over(
        self,
        name: str,
        states: Mapping[str, tuple[str, ...]],
        numbers: Mapping[NamedStates, Numeral],
    ) -> StatedTable:
        """The table as the one of a variable."""
        every = dict(states)
        every[name] = self._all_states(name, states[name])
        parents = tuple(other for other in states if other != name)
        for parent in parents:
            if len(states[parent]) < 2:
                raise _NotThisTable(f"it has only one state of {parent}")
            every[parent] = self._all_states(parent, states[parent])
        rows: dict[tuple[str, ...], tuple[Fraction, ...]] = {}
        finer: dict[tuple[str, ...], tuple[Fraction, ...]] = {}
        is_exact = True
        for place in product(*(every[parent] for parent in parents)):
            at = dict(zip(parents, place, strict=True))
            row = [numbers.get(tuple(sorted({**at, name: s}.items()))) for s in states[name]]
            told = [number for number in row if number is not None]
            if len(told) < len(row):
                raise _NotThisTable("it does not have a number for each case")
            values = [number.value for number in told]
            if len(values) < len(every[name]):
                told = [*told, Numeral(1 - values[0], told[0].unit)]
                values.append(1 - values[0])
            where = ", ".join(f"{n}={s}" for n, s in at.items())
            total = sum(values, Fraction(0))
            summed = summed_to_one(told)
            if summed is None:
                shown = f"P({name}{' | ' * bool(where)}{where}) sums to {float(total):g}, not to 1"
                raise _NotThisTable(shown)
            is_exact = is_exact and total == 1
            values = summed
            rows[place] = in_order(every[name], states[name], values)
            thirds = finer_row(told)
            if thirds is not None:
                finer[place] = in_order(every[name], states[name], thirds)
        own = {n: every[n] for n in (name, *parents)}
        return StatedTable(name, parents, own, rows, is_exact, finer)

    def _all_states(self, name: str, told: tuple[str, ...]) -> tuple[str, ...]:
        """All states of a variable of which a table names some."""
        closed = self.cells.closed(name)
        known = set(closed if closed is not None else self.cells.known.get(name, ())) - {"other"}
        if len(told) > 1:
            if not known <= set(told) or (closed is not None and set(told) != known):
                raise _NotThisTable(f"it does not have the states of {name}")
            return DEFAULT_STATES if set(told) == set(DEFAULT_STATES) else closed or told
        whole = self.cells.completed(name, told[0])
        if len(whole) != 2:
            raise _NotThisTable(f"it has only one state of {name}")
        return whole


def _states(entries: Sequence[_CellNumber]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        for name, state in entry.events:
            found.setdefault(name, {})[state] = None
    return {name: tuple(states) for name, states in found.items()}
