"""Where each table entry lies in one block of memory, so that tables are views of it.

A block has a line for each entry, and a number for each row of data in the line. Ordinary tables,
whose rows are parameters and one remainder each, are laid out by their number of states: first the
lines of all first states, then of all second states, and the remainders last. So the remainders of
half the model are one subtraction, and a table is a view without a copy. What is not ordinary (shared
symbols, expressions, numbers) gets lines of its own, worked out one by one.

Main definitions
----------------
Layout : the lines of the tables that are gathered.
Group : the ordinary tables of one number of states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from symcausal.algebra.scalar import ONE, Number, Parameter, Plus, Term, Times, parameters
from symcausal.compiled.tape import Gather, Tape


class Group(NamedTuple):
    """``states`` stretches of ``rows`` lines each, from line ``start`` on; the last are remainders."""

    start: int
    states: int
    rows: int


class Stretch(NamedTuple):
    """The lines of a gathered table: ``states`` stretches of ``rows`` lines, so far ``apart``."""

    start: int
    states: int
    rows: int
    apart: int


class Line(NamedTuple):
    """A line that is worked out from the lines of parameters."""

    line: int
    term: Term


class Layout:
    """The lines of the tables that are gathered.

    Attributes
    ----------
    lines : int
        How many there are.
    sources : dict of str to int
        The line of each parameter.
    groups : list of Group
        The ordinary tables.
    tables : dict of int to Stretch
        The lines of each gathered table.
    constants : list of (int, float)
        Lines that never change.
    worked_out : list of Line
        Lines of expressions, and second copies of parameters.
    entries : list of int
        The lines of expressions, and of parameters, that must lie between 0 and 1.
    """

    def __init__(self, tape: Tape, tables: Sequence[int], checked: Iterable[Term]) -> None:
        self.lines = 0
        self.sources: dict[str, int] = {}
        self.groups: list[Group] = []
        self.tables: dict[int, Stretch] = {}
        self.constants: list[tuple[int, float]] = []
        self.worked_out: list[Line] = []
        self.entries: list[int] = []
        self._terms: dict[int, int] = {}
        self._tape = tape
        ordinary = self._ordinary(tables)
        for states in sorted({size for size, _ in ordinary.values()}):
            self._group(states, {at: t for at, (size, t) in ordinary.items() if size == states})
        for at in tables:
            if at not in ordinary:
                terms = self._gathered(at)
                self.tables[at] = Stretch(self.lines, 1, len(terms), len(terms))
                for term in terms:
                    self._line(term)
        for term in checked:
            if id(term) not in self._terms:
                self._line(term)
        self.entries = [self._terms[id(term)] for term in checked]
        for name in self._unplaced():
            self.sources[name] = self.lines
            self.lines += 1

    # -- inside ---------------------------------------------------------------------------------
    def _gathered(self, at: int) -> list[Term]:
        gather = self._tape.operations[at]
        assert isinstance(gather, Gather)
        return [self._tape.terms[term] for term in gather.terms]

    def _ordinary(self, tables: Sequence[int]) -> dict[int, tuple[int, list[Term]]]:
        """The tables whose first axis runs over the states of rows with a remainder."""
        found = {}
        placed: set[str] = set()
        for at in tables:
            scope, terms = self._tape.scopes[at], self._gathered(at)
            if not scope:
                continue
            states = self._tape.sizes[scope[0]]
            rows = len(terms) // states
            free = [term.name for term in terms[:-rows] if isinstance(term, Parameter)]
            if len(free) < len(terms) - rows or len(set(free)) < len(free) or placed & set(free):
                continue
            if all(remainder(terms[-rows + i]) == free[i::rows] for i in range(rows)):
                found[at] = (states, terms)
                placed.update(free)
        return found

    def _group(self, states: int, tables: Mapping[int, list[Term]]) -> None:
        start, rows = self.lines, sum(len(terms) for terms in tables.values()) // states
        first = start
        for at, terms in tables.items():
            count = len(terms) // states
            self.tables[at] = Stretch(first, states, count, rows)
            for i, term in enumerate(terms):
                line = first + i // count * rows + i % count
                self._terms[id(term)] = line
                if isinstance(term, Parameter):
                    self.sources[term.name] = line
            first += count
        self.groups.append(Group(start, states, rows))
        self.lines = start + states * rows

    def _line(self, term: Term) -> None:
        if isinstance(term, Number):
            self.constants.append((self.lines, float(term.value)))
        elif isinstance(term, Parameter) and term.name not in self.sources:
            self.sources[term.name] = self.lines
        else:
            self.worked_out.append(Line(self.lines, term))
        self._terms[id(term)] = self.lines
        self.lines += 1

    def _unplaced(self) -> list[str]:
        used = [p.name for line in self.worked_out for p in parameters(line.term)]
        return [name for name in dict.fromkeys(used) if name not in self.sources]


def remainder(term: Term) -> list[str] | None:
    """The parameters that a term is one minus the sum of, in order; ``None`` for any other term."""
    if not isinstance(term, Plus) or term.terms[0] != ONE:
        return None
    names = []
    for part in term.terms[1:]:
        match part:
            case Times((Number(value), Parameter(name=name))) if value == -1:
                names.append(name)
            case _:
                return None
    return names
