"""From what a file says, in whatever order, to a network that fits together.

Main definitions
----------------
Content : what a file holds: the network, and what a reader should know about how it was read.
Assembly : collects variables, families and rows, keeps every fault, and makes the network.

Implementation notes
--------------------
Rows are counted in the file's own order of the parents. The tables of the network have the parents in
the order of declaration, as a model text has, so that the same network read from two formats is equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, pairwise, product
from math import prod

from symcausal.algebra.scalar import Number, Term
from symcausal.errors import (
    CyclicGraphError,
    LimitError,
    ModelError,
    Source,
    Span,
    SymcausalError,
    UnknownStateError,
    UnknownVariableError,
    nearest,
)
from symcausal.graph.graph import Graph
from symcausal.network.formats.printed import PrintedNumbers, printed
from symcausal.network.network import Network, Table, Variable
from symcausal.network.parameters import symbolic_row, told_apart
from symcausal.network.rows import row_name
from symcausal.network.unmade import MOST_OPEN, with_unmade
from symcausal.record import field, record

MOST_CHARACTERS = 50_000_000
MOST_STATES = 1000
MOST_ENTRIES = 2_000_000
MOST_SYMBOLS = MOST_OPEN
MOST_PROBLEMS = 50
_MOST_NAMED = 3
DECISIONS = "decisions and utilities make an influence diagram: leave them out"
CONTINUOUS = "variables here have states: divide its range into some"
_MOST_RESCALED = 50


@record
class Content:
    """The network that a file holds, and what was done to read it.

    Attributes
    ----------
    network : Network
        Variables, graph and tables.
    notes : tuple of str
        What a reader should know: rows that were settled, what was passed over.
    rounded : mapping of str to Fraction
        The rows whose printed numbers are rounded, and what they sum to.
    rescaled : mapping of str to Fraction
        The rows that were further off and divided by their sums, and what these are.
    """

    network: Network
    notes: tuple[str, ...] = ()
    rounded: Mapping[str, Fraction] = field(default_factory=dict)
    rescaled: Mapping[str, Fraction] = field(default_factory=dict)


class Family:
    """A variable with its parents, and the rows given so far."""

    __slots__ = ("default", "parents", "rows", "shape", "span", "variable")

    def __init__(
        self, variable: Variable, parents: tuple[Variable, ...], span: Span | None
    ) -> None:
        self.variable = variable
        self.parents = parents
        self.shape = tuple(len(parent.states) for parent in parents)
        self.span = span
        self.rows: dict[int, tuple[Number, ...]] = {}
        self.default: tuple[Number, ...] | None = None

    @property
    def is_unmade(self) -> bool:
        """Whether there are no rows, and too many entries to make symbols of."""
        return not self.rows and self.default is None and self.height * self.width > MOST_SYMBOLS

    @property
    def width(self) -> int:
        """How many entries a row has."""
        return len(self.variable.states)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return prod(self.shape)

    def assignment(self, index: int) -> list[tuple[str, str]]:
        """The parents' states of a row."""
        found = []
        for parent in reversed(self.parents):
            index, state = divmod(index, len(parent.states))
            found.append((parent.name, parent.states[state]))
        return found[::-1]

    def label(self, index: int) -> str:
        """How a row is called."""
        return row_name(self.variable.name, self.assignment(index))


class Assembly:
    """Collect what a file says; ``problems`` holds every fault so far.

    Parameters
    ----------
    source : Source
        The file.
    rescale : bool
        Whether rows that are off by more than rounding are divided by their sums, or else faults.
    """

    def __init__(self, source: Source, *, rescale: bool = False) -> None:
        if len(source.text) > MOST_CHARACTERS:
            raise LimitError(
                f"{source.name} has {len(source.text)} characters",
                expected=f"at most {MOST_CHARACTERS}",
            )
        self.source = source
        self.variables: dict[str, Variable] = {}
        self.families: dict[str, Family] = {}
        self.arrows: dict[tuple[str, str], Span | None] = {}
        self.bidirected: list[tuple[str, str]] = []
        self.hidden: list[str] = []
        self.problems: list[SymcausalError] = []
        self.notes: list[str] = []
        self.numbers = PrintedNumbers(rescale=rescale)
        self._rounded: dict[str, Fraction] = {}
        self._rescaled: dict[str, Fraction] = {}
        self._room = MOST_ENTRIES

    def fault(self, error: SymcausalError, span: Span | None = None) -> None:
        """Keep a fault, at its place."""
        if error.span is None:
            error.span = span
        self.problems.append(error)

    # -- names ----------------------------------------------------------------------------------
    def variable(
        self, name: str, states: Sequence[str], span: Span | None, *, label: str = ""
    ) -> None:
        """Declare a variable; a fault is kept, and the variable too as far as it goes."""
        problem: SymcausalError | None = _name_problem(name, "variable") or next(
            (p for s in states if (p := _name_problem(s, f"state of {name}"))), None
        )
        if problem is None and name in self.variables:
            problem = ModelError(f"the variable {name} twice", expected="each variable once")
        if problem is None and not states:
            problem = ModelError(f"{name} has no states", expected="at least one")
        if problem is None and len(states) > MOST_STATES:
            problem = LimitError(
                f"{len(states)} states of {name}", expected=f"at most {MOST_STATES}"
            )
        if problem is None and len(set(states)) < len(states):
            double = next(s for i, s in enumerate(states) if s in states[:i])
            problem = ModelError(
                f"the state '{double}' of {name} twice", expected="each state once"
            )
        if problem is not None:
            self.fault(problem, span)
        unique = tuple(dict.fromkeys(states))[:MOST_STATES] or ("0",)
        self.variables.setdefault(name, Variable(name, unique, label))

    def family(
        self, name: str, parents: Sequence[str], span: Span | None, *, open_: bool = False
    ) -> Family | None:
        """Say what the parents of a variable are; None if that does not fit.

        One that is ``open_`` gets no rows, and may be of any size.
        """
        unknown = next((n for n in (name, *parents) if n not in self.variables), None)
        problem: SymcausalError | None = None
        if unknown is not None:
            problem = UnknownVariableError(
                f"there is no variable '{unknown}'", hint=nearest(unknown, self.variables)
            )
        elif name in self.families:
            problem = ModelError(f"the table of {name} twice", expected="one table a variable")
        elif len(set(parents)) < len(parents):
            double = next(p for i, p in enumerate(parents) if p in parents[:i])
            problem = ModelError(f"{double} twice among the parents of {name}", expected="once")
        elif name in parents:
            problem = CyclicGraphError([name])
        if problem is not None:
            self.fault(problem, span)
            return None
        family = Family(self.variables[name], tuple(self.variables[p] for p in parents), span)
        entries = 0 if open_ else family.height * family.width
        if entries > self._room:
            raise LimitError(
                f"the table of {name} with {_size(entries)} entries",
                expected=f"at most {MOST_ENTRIES} in all tables",
                span=span,
            )
        self._room -= entries
        self.families[name] = family
        return family

    def state(self, variable: Variable, name: str, span: Span | None) -> int | None:
        """Position of a state; None, and a fault, if there is none of the name."""
        try:
            return variable.position(name)
        except UnknownStateError as error:
            self.fault(error, span)
            return None

    # -- graphs without tables --------------------------------------------------------------------
    def arrow(self, left: str, sign: str, right: str, span: Span | None) -> None:
        """Take an edge ``->``, ``<-`` or ``<->``; any other sign is a fault."""
        if sign == "<-":
            left, sign, right = right, "->", left
        if sign not in ("->", "<->"):
            self.fault(
                ModelError(
                    f"the edge {left} {sign} {right}",
                    expected="->, <- or <->",
                    hint="an edge without a direction stands for several causal graphs",
                ),
                span,
            )
        elif left == right:
            self.fault(CyclicGraphError([left]) if sign == "->" else
                       ModelError(f"{left} <-> {left}", expected="two variables"), span)  # fmt: skip
        elif sign == "->":
            self.arrows.setdefault((left, right), span)
        else:
            self.bidirected.append((left, right))

    def graph_content(self) -> Content:
        """The network of a file that holds a graph alone: every entry is open.

        Raises
        ------
        SymcausalError
            The one fault, or all of them in a ModelError.
        """
        parents: dict[str, list[str]] = {name: [] for name in self.variables}
        for cause, effect in self.arrows:
            parents[effect].append(cause)
        for name, causes in parents.items():
            if causes:
                self.family(name, causes, self.arrows[causes[0], name], open_=True)
        return self.content()

    # -- rows -----------------------------------------------------------------------------------
    def row(self, family: Family, index: int, texts: Sequence[str], span: Span | None) -> None:
        """Take a row as printed; ``index`` counts with the last parent fastest."""
        entries = self.entries(family, texts, span, index)
        if entries is not None:
            self.put(family, index, entries, span)

    def put(
        self, family: Family, index: int, entries: tuple[Number, ...], span: Span | None
    ) -> None:
        """Take a row of exact numbers."""
        if index in family.rows:
            self.fault(
                ModelError(f"a second row {family.label(index)}", expected="each row once"), span
            )
        family.rows[index] = entries

    def entries(
        self, family: Family, texts: Sequence[str], span: Span | None, index: int | None
    ) -> tuple[Number, ...] | None:
        """The exact numbers of a row that is printed so; None, and a fault, if they are none."""
        label = f"P({family.variable.name})" if index is None else family.label(index)
        if len(texts) != family.width:
            self.fault(
                ModelError(
                    f"the row {label} has {_numbers(len(texts))}",
                    expected=f"{family.width}, one for each of {listed(family.variable.states)}",
                ),
                span,
            )
            return None
        try:
            row = self.numbers.row(texts)
        except ModelError as error:
            self.fault(in_row(error, label), span)
            return None
        except LimitError as error:
            self.fault(error, span)
            return None
        if row.rounded is not None:
            self._rounded[label] = row.rounded
        if row.rescaled is not None:
            self._rescaled[label] = row.rescaled
        return row.entries

    def table(self, family: Family, texts: Sequence[str], span: Span | None) -> None:
        """Take a whole table, row after row, printed in one list."""
        width = family.width
        if len(texts) != width * family.height:
            self.fault(
                ModelError(
                    f"the table of {family.variable.name} has {_numbers(len(texts))}",
                    expected=f"{width * family.height}: {family.height} rows of {width}",
                ),
                span,
            )
            return
        for index in range(family.height):
            self.row(family, index, texts[index * width : (index + 1) * width], span)

    # -- the network ----------------------------------------------------------------------------
    def content(self) -> Content:
        """The network.

        Raises
        ------
        SymcausalError
            The one fault, or all of them in a ModelError.
        """
        graph = None
        try:
            graph = self._graph()
        except SymcausalError as error:
            self.problems.append(error)
        self.refuse_problems()
        assert graph is not None
        unmade = [n for n, f in self.families.items() if f.is_unmade]
        tables = {n: self._table(n, graph) for n in self.variables if n not in unmade}
        open_ = [n for n, f in self.families.items() if len(f.rows) < f.height and not f.default]
        open_ += [name for name in self.variables if name not in self.families]
        if open_:
            tables = told_apart(tables)
        network = Network(self.variables, graph, with_unmade(tables, unmade))
        notes = (*rounding_notes(self._rounded, self._rescaled), *self.notes)
        return Content(network, notes, self._rounded, self._rescaled)

    def refuse_problems(self) -> None:
        """Raise what was found so far, if anything."""
        if not self.problems:
            return
        if len(self.problems) == 1:
            raise self.problems[0]
        end = len(self.source.text)
        self.problems.sort(key=lambda p: p.span.start if p.span else end)
        raise ModelError(
            f"{len(self.problems)} problems in {self.source.name}",
            span=self.problems[0].span,
            problems=self.problems[:MOST_PROBLEMS],
        )

    def _graph(self) -> Graph:
        arrows = [(p.name, n) for n, family in self.families.items() for p in family.parents]
        try:
            return Graph(self.variables, arrows, self.bidirected, self.hidden)
        except CyclicGraphError as error:
            pairs = set(pairwise((*error.cycle, error.cycle[0])))
            spans = [
                family.span
                for n, family in self.families.items()
                if any((p.name, n) in pairs for p in family.parents)
            ]
            raise CyclicGraphError(error.cycle, span=next(iter(spans), None)) from None

    def _table(self, name: str, graph: Graph) -> Table:
        variable, parents = self.variables[name], graph.parents(name)
        family = self.families.get(name) or Family(variable, (), None)
        sizes = [len(self.variables[p].states) for p in parents]
        steps, step = dict[str, int](), 1
        for parent in reversed(family.parents):
            steps[parent.name], step = step, step * len(parent.states)
        places = [0]
        for parent_name, size in zip(parents, sizes, strict=True):
            pace = steps[parent_name]
            places = [place + pace * i for place in places for i in range(size)]
        rows, default, entries = family.rows, family.default, list[Term]()
        missing = 0 if default else len(places) - len(rows)
        if missing * family.width > MOST_SYMBOLS:
            raise LimitError(
                f"{_size(missing)} rows of {name} without numbers",
                expected=f"at most {MOST_SYMBOLS} symbols",
                span=family.span,
            )
        if not missing:
            for place in places:
                entries += rows.get(place) or default or ()
            return Table(name, parents, tuple(entries))
        states = product(*(self.variables[p].states for p in parents))
        for place, assignment in zip(places, states, strict=True):
            entries += rows.get(place) or symbolic_row(
                variable, tuple(zip(parents, assignment, strict=True))
            )
        return Table(name, parents, tuple(entries))


def rounding_notes(
    rounded: Mapping[str, Fraction], rescaled: Mapping[str, Fraction]
) -> Iterator[str]:
    """Yield notes on the rows that do not sum to one as they are printed."""
    if rounded:
        named = [f"{row} sums to {_total(s)}" for row, s in islice(rounded.items(), _MOST_NAMED)]
        more = f" and {len(rounded) - len(named)} more" if len(rounded) > len(named) else ""
        rows = "1 row has" if len(rounded) == 1 else f"{len(rounded)} rows have"
        yield (
            f"{rows} rounded numbers, each moved by no more than its rounding to make the sum 1:"
            f" {'; '.join(named)}{more}"
        )
    for row, total in islice(rescaled.items(), _MOST_RESCALED):
        yield f"row {row} sums to {_total(total)} and was divided by that"
    if len(rescaled) > _MOST_RESCALED:
        yield f"{len(rescaled) - _MOST_RESCALED} more rows were divided by their sums"


def in_row(error: ModelError, label: str) -> ModelError:
    """A fault with the row that it is in."""
    return ModelError(f"{error.found} in the row {label}", expected=error.expected, hint=error.hint)


def _name_problem(name: str, what: str) -> ModelError | None:
    if not name.strip():
        return ModelError(f"an empty name of a {what}", expected="a name")
    if '"' in name or not name.isprintable():
        return ModelError(
            f"the name {name!r} of a {what}", expected="a name without quotes and line breaks"
        )
    return None


def listed(names: Iterable[str]) -> str:
    """Some names, the first six of them."""
    names = list(names)
    return ", ".join(names[:6]) + (", ..." if len(names) > 6 else "")


def _numbers(count: int) -> str:
    return f"{count} number{'' if count == 1 else 's'}"


def _total(total: Fraction) -> str:
    return printed(total)[0]


def _size(count: int) -> str:
    return str(count) if count < 10**9 else f"about 2^{count.bit_length() - 1}"
