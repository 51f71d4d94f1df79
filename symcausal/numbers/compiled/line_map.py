"""Where each table entry lies in one stretch of memory, so that tables are views of it.

The stretch has a line for each entry, and a number for each row of data in the line. Ordinary tables,
whose rows are parameters and one remainder each, are laid out by their number of states and by which
of these is the remainder: first the lines of all first states, then of all second states, and so on.
So the remainders of half the model are one subtraction, and a table is a view without a copy. What is
not ordinary (shared symbols, expressions, numbers) gets lines of its own, worked out one by one.

Main definitions
----------------
LineMap : the lines of memory of the tables that are gathered.
Group : the ordinary tables of one number of states, with the remainder in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from symcausal.algebra.scalar import (
    ONE,
    Indeterminate,
    Number,
    Plus,
    Power,
    Term,
    Times,
    parameters,
)
from symcausal.hints import assert_never
from symcausal.numbers.compiled.tape import Gather, Tape


class TableShape(NamedTuple):
    """How many states a row is over, and which of them is its remainder."""

    states: int
    rest: int


class Group(NamedTuple):
    """The ordinary tables of one shape, as a stretch of ``rows`` lines for each state."""

    start: int
    shape: TableShape
    rows: int

    @property
    def stop(self) -> int:
        """The line after the last one."""
        return self.start + self.shape.states * self.rows

    @property
    def free(self) -> list[range]:
        """The lines of each state that has parameters, one for each row."""
        states, rest = self.shape
        return [self._stretch(state) for state in range(states) if state != rest]

    @property
    def rests(self) -> range:
        """The lines of the remainders, one for each row."""
        return self._stretch(self.shape.rest)

    def _stretch(self, state: int) -> range:
        start = self.start + state * self.rows
        return range(start, start + self.rows)


class Stretch(NamedTuple):
    """The lines of a gathered table: ``states`` stretches of ``rows`` lines, so far ``apart``."""

    start: int
    states: int
    rows: int
    apart: int


class Ordinary(NamedTuple):
    """A table of rows of parameters with one remainder each, or the remainders of these alone."""

    rests: Sequence[Term]  # for each row
    names: Sequence[Sequence[str]]  # for each row
    place: int | None  # the remainder's among the states; None where it stands alone

    @property
    def states(self) -> int:
        """How many states a row is over."""
        return len(self.names[0]) + 1


class DerivedLine(NamedTuple):
    """A line that is computed from the lines of parameters."""

    line: int
    term: Term


class LineMap:
    """The lines of memory in which the entries of all gathered tables lie.

    Attributes
    ----------
    lines : int
        How many there are.
    sources : dict of str to int
        The line of each parameter.
    names : list of str
        The parameters in the order of their lines.
    groups : list of Group
        The ordinary tables.
    tables : dict of int to Stretch
        The lines of each gathered table.
    settled : dict of int to list of float
        The entries of gathered tables that hold numbers alone, which take no lines.
    constants : list of (int, float)
        Lines of numbers in other tables.
    worked_out : list of DerivedLine
        Lines of expressions, and second copies of parameters.
    entries : list of int
        The lines that must lie between 0 and 1, in the order of what is to be checked.
    loose : list of int
        Those of them that are in no group.
    """

    def __init__(self, tape: Tape, tables: Sequence[int], checked: Iterable[Term]) -> None:
        self.lines = 0
        self.sources: dict[str, int] = {}
        self.groups: list[Group] = []
        self.tables: dict[int, Stretch] = {}
        self.settled: dict[int, list[float]] = {}
        self.constants: list[tuple[int, float]] = []
        self.worked_out: list[DerivedLine] = []
        self.entries: list[int] = []
        self._terms: dict[int, int] = {}
        self._tape = tape
        ordinary = self._ordinary(tables)
        shapes = _shapes(ordinary)
        for shape in sorted(set(shapes.values())):
            self._group(shape, {at: t for at, t in ordinary.items() if shapes[at] == shape})
        for at in tables:
            if at not in ordinary:
                terms = self._gathered(at)
                numbers = [float(term.value) for term in terms if isinstance(term, Number)]
                if len(numbers) == len(terms):
                    self.settled[at] = numbers
                    continue
                self.tables[at] = Stretch(self.lines, 1, len(terms), len(terms))
                for term in terms:
                    self._line(term)
        for term in checked:
            if self._place(term) is None:
                self._line(term)
        self.entries = [line for term in checked if (line := self._place(term)) is not None]
        self.loose = sorted({line for line in self.entries if line >= self.grouped})
        for name in self._unplaced():
            self.sources[name] = self.lines
            self.lines += 1
        self.names = sorted(self.sources, key=self.sources.__getitem__)

    @property
    def grouped(self) -> int:
        """How many lines are those of ordinary tables, which come first."""
        return self.groups[-1].stop if self.groups else 0

    def runs(self) -> list[tuple[int, int, int]]:
        """Return the stretches of lines of parameters: the first line, and the slice of the names."""
        lines = [self.sources[name] for name in self.names]
        breaks = [i for i in range(len(lines)) if not i or lines[i] != lines[i - 1] + 1]
        return [(lines[i], i, j) for i, j in zip(breaks, [*breaks[1:], len(lines)], strict=True)]

    def lines_of(self, table: int) -> Iterator[int]:
        """Yield the lines of a gathered table."""
        first, states, rows, apart = self.tables[table]
        for state in range(states):
            yield from range(first + state * apart, first + state * apart + rows)

    # -- inside ---------------------------------------------------------------------------------
    def _gathered(self, at: int) -> list[Term]:
        gather = self._tape.operations[at]
        assert isinstance(gather, Gather)
        return [self._tape.terms[term] for term in gather.terms]

    def _ordinary(self, tables: Sequence[int]) -> dict[int, Ordinary]:
        """The ordinary tables, none of whose parameters is in another."""
        found = {}
        placed: set[str] = set()
        for at in tables:
            scope, terms = self._tape.scopes[at], self._gathered(at)
            table = _ordinary(terms, self._tape.sizes[scope[0]] if scope else 1)
            if table is not None:
                names = {name for row in table.names for name in row}
                if len(names) == sum(map(len, table.names)) and not placed & names:
                    found[at] = table
                    placed |= names
        return found

    def _group(self, shape: TableShape, tables: Mapping[int, Ordinary]) -> None:
        group = Group(self.lines, shape, sum(len(table.names) for table in tables.values()))
        free, rests, row = group.free, group.rests, 0
        for at, table in tables.items():
            count = len(table.names)
            self.tables[at] = (
                Stretch(rests[row], 1, count, group.rows)
                if table.place is None
                else Stretch(group.start + row, shape.states, count, group.rows)
            )
            for rest, names in zip(table.rests, table.names, strict=True):
                for stretch, name in zip(free, names, strict=True):
                    self.sources[name] = stretch[row]
                self._terms[id(rest)] = rests[row]
                row += 1
        self.groups.append(group)
        self.lines = group.stop

    def _line(self, term: Term) -> None:
        match term:
            case Number(value):
                self.constants.append((self.lines, float(value)))
            case Indeterminate(name) if name not in self.sources:
                self.sources[name] = self.lines
            case Indeterminate() | Plus() | Times() | Power():
                self.worked_out.append(DerivedLine(self.lines, term))
            case _:
                assert_never(term)
        self._terms[id(term)] = self.lines
        self.lines += 1

    def _place(self, term: Term) -> int | None:
        if isinstance(term, Indeterminate):
            return self.sources.get(term.name)
        return self._terms.get(id(term))

    def _unplaced(self) -> list[str]:
        used = [p.name for line in self.worked_out for p in parameters(line.term)]
        return [name for name in dict.fromkeys(used) if name not in self.sources]


def _shapes(ordinary: Mapping[int, Ordinary]) -> dict[int, TableShape]:
    """The shape of each ordinary table; remainders that stand alone go to a group that there is."""
    places = {t.states: t.place for t in ordinary.values() if t.place is not None}
    return {
        at: TableShape(t.states, places.get(t.states, 0) if t.place is None else t.place)
        for at, t in ordinary.items()
    }


def _ordinary(terms: Sequence[Term], states: int) -> Ordinary | None:
    """The rows of an ordinary table whose first axis runs over its states, if it is one."""
    rests = [remainder(term) for term in terms]
    count = len(terms) // states
    stretches = [range(state * count, (state + 1) * count) for state in range(states)]
    whole = [place for place, lines in enumerate(stretches) if all(rests[i] for i in lines)]
    alone = len(whole) == states
    place = None if alone or not whole else whole[0]
    lines = range(len(terms)) if place is None else stretches[place]
    rows = [names for i in lines if (names := rests[i])]
    if len(rows) < len(lines) or len({len(names) for names in rows}) > 1:
        return None
    if place is not None:
        free = [term for i, term in enumerate(terms) if i not in lines]
        names = [term.name for term in free if isinstance(term, Indeterminate)]
        if len(names) < len(free) or any(r != names[i::count] for i, r in enumerate(rows)):
            return None
    return Ordinary([terms[i] for i in lines], rows, place)


def remainder(term: Term) -> list[str] | None:
    """Return the parameters that a term is one minus the sum of, None for any other term.

    Examples
    --------
    >>> from symcausal.network.network import Variable
    >>> from symcausal.network.parameters import symbolic_row
    >>> remainder(symbolic_row(Variable("A", ("0", "1", "2")), ())[-1])
    ['theta_A_0', 'theta_A_1']
    """
    if not isinstance(term, Plus) or term.terms[0] != ONE:
        return None
    names = []
    for part in term.terms[1:]:
        match part:
            case Times((Number(value), Indeterminate(name=name))) if value == -1:
                names.append(name)
            case _:  # more than one minus parameters, whatever it is
                return None
    return names
