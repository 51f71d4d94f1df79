"""A Bayesian network: variables with states, a graph, and tables of exact entries.

Main definitions
----------------
Variable : a name, its states, its label and other spellings.
Table : the conditional probability table of one variable.
Network : variables, graph and tables that fit together.

Implementation notes
--------------------
A table is flat: rows follow the parents' assignments with the last parent fastest, and a row has an
entry per state. An entry is a :data:`~symcausal.algebra.scalar.Term`; what a user left open has been
filled with parameters by ``symcausal.network.parameters`` before a table is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from symcausal.algebra.scalar import ONE, ZERO, Indeterminate, Number, Term, parameters
from symcausal.errors import UnknownStateError, UnknownVariableError, UsageError, nearest
from symcausal.graph.graph import Graph
from symcausal.hints import TYPE_CHECKING
from symcausal.network.unmade import MadeTables, kept, with_unmade
from symcausal.record import Frozen, field, record, replace

if TYPE_CHECKING:
    from symcausal.network.mechanism import Mechanism

DEFAULT_STATES = ("0", "1")


@record
class Variable:
    """A variable with its states, label and aliases.

    Attributes
    ----------
    name : str
        As formulas write it.
    states : tuple of str
        At least one, in order; the position is the state's index.
    label : str
        A longer name for tables (``Intelligence``), or empty.
    aliases : tuple of str
        Other spellings in notes; one may be LaTeX.
    """

    name: str
    states: tuple[str, ...] = DEFAULT_STATES
    label: str = ""
    aliases: tuple[str, ...] = ()

    def position(self, state: str) -> int:
        """Return the position of a state by its name."""
        try:
            return self.states.index(state)
        except ValueError:
            raise UnknownStateError(
                f"{self.name} has no state '{state}'", hint=nearest(state, self.states)
            ) from None


@record
class Table:
    """The table ``P(variable | parents)``: a row that sums to one for each assignment of the parents.

    Attributes
    ----------
    variable : str
        Whose table it is.
    parents : tuple of str
        In the order in which the rows run, the last fastest.
    entries : tuple of Term
        ``rows * states`` entries, row after row.
    mechanism : Mechanism or None
        The expression that made the entries, each zero or one. It belongs to them: a table of other
        entries has none.
    """

    variable: str
    parents: tuple[str, ...]
    entries: tuple[Term, ...]
    mechanism: Mechanism | None = None


@record
class Network:
    """The variables, a graph, and one table for each observed or hidden variable.

    Attributes
    ----------
    variables : mapping of str to Variable
        In declaration order.
    graph : Graph
        Over the same names.
    tables : mapping of str to Table
        One for each variable, though :class:`~symcausal.network.unmade.MadeTables` may make none of some
        that are too large and open. A graph with bidirected edges has tables for its directed part only;
        ``symcausal.network.hidden`` makes the hidden causes explicit where numbers are needed.
    declared : mapping of str to Indeterminate
        The symbols that the model introduces by name.
    """

    variables: Mapping[str, Variable] = field(convert=Frozen)
    graph: Graph
    tables: Mapping[str, Table] = field(convert=kept)
    declared: Mapping[str, Indeterminate] = field(default_factory=dict, convert=Frozen)

    def __post_init__(self) -> None:
        if self.graph.monotone:
            from symcausal.network.rising import refuse_falling  # few models have such an arrow

            tables = {name: (table.parents, table.entries) for name, table in self.made.items()}
            refuse_falling(self.graph, self.states, tables)

    def variable(self, name: str) -> Variable:
        """Return a variable by its name."""
        try:
            return self.variables[name]
        except KeyError:
            raise UnknownVariableError(
                f"there is no variable '{name}'", hint=nearest(name, self.variables)
            ) from None

    def table(self, name: str) -> Table:
        """Return the table of a variable."""
        self.variable(name)
        return self.tables[name]

    @property
    def states(self) -> dict[str, tuple[str, ...]]:
        """The states of each variable by its name, in declaration order."""
        return {name: variable.states for name, variable in self.variables.items()}

    def size(self, name: str) -> int:
        """Return the number of states of a variable."""
        return len(self.variable(name).states)

    def row_count(self, name: str) -> int:
        """Return the number of rows of a table: one for each assignment of the parents."""
        return prod(self.size(parent) for parent in self.graph.parents(name))

    def rows(self, name: str) -> Iterator[tuple[tuple[str, ...], tuple[Term, ...]]]:
        """Yield the rows of a table: the parents' states by name, and the entries."""
        table, width = self.table(name), self.size(name)
        assignments = product(*(self.variable(p).states for p in table.parents))
        for i, assignment in enumerate(assignments):
            yield assignment, table.entries[i * width : (i + 1) * width]

    def entry(self, name: str, state: str, parents: Mapping[str, str]) -> Term:
        """Return one table entry, for a state and the parents' states by name."""
        table, row = self.table(name), 0
        for parent in table.parents:
            variable = self.variable(parent)
            row = row * len(variable.states) + variable.position(parents[parent])
        return table.entries[row * self.size(name) + self.variable(name).position(state)]

    @property
    def parameters(self) -> tuple[Indeterminate, ...]:
        """The parameters that occur in the tables that are made, in reading order, each once."""
        found: dict[Indeterminate, None] = {}
        for table in self.made.values():
            for entry in table.entries:
                found.update(dict.fromkeys(parameters(entry)))
        return tuple(found)

    @property
    def made(self) -> Mapping[str, Table]:
        """The tables, but for those that are open and too large to be made."""
        return self.tables.made if isinstance(self.tables, MadeTables) else self.tables

    @property
    def unmade(self) -> frozenset[str]:
        """The variables whose tables are open and too large to be made."""
        return self.tables.unmade if isinstance(self.tables, MadeTables) else frozenset()

    @property
    def is_numeric(self) -> bool:
        """Whether every entry is a number."""
        return not self.unmade and all(
            isinstance(e, Number) for t in self.tables.values() for e in t.entries
        )

    @property
    def is_open(self) -> bool:
        """Whether nobody gave any entry: every row has parameters of its own."""
        return not self.declared and all(map(self.is_open_table, self.variables))

    def is_open_table(self, name: str) -> bool:
        """Return whether nobody gave an entry of a table: every row has parameters of its own."""
        if self.size(name) < 2 or name in self.unmade:
            return True
        return all(
            any(isinstance(entry, Indeterminate) and entry.variable == name for entry in row)
            for _, row in self.rows(name)
        )

    @property
    def joint_entries(self) -> int:
        """The number of entries of the table of the joint distribution."""
        return prod(self.size(name) for name in self.variables)

    @property
    def table_entries(self) -> int:
        """The number of entries of all conditional tables together, made or not."""
        return sum(self.row_count(name) * self.size(name) for name in self.variables)

    @property
    def free_parameters(self) -> int:
        """The number of numbers that fix all tables: a row of ``k`` states takes ``k - 1``."""
        return sum(self.row_count(name) * (self.size(name) - 1) for name in self.variables)

    def do(self, states: Mapping[str, str]) -> Network:
        """Return the mutilated network: arrows into the set variables cut, their states certain.

        Raises
        ------
        UnknownVariableError, UnknownStateError
            If a variable or a state is not there.
        UsageError
            If no variable is named.
        """
        if not states:
            raise UsageError("do() needs at least one variable", hint='write m.do(G="A")')
        tables = dict(self.made)
        for name, state in states.items():
            position = self.variable(name).position(state)
            row = tuple(ONE if i == position else ZERO for i in range(self.size(name)))
            tables[name] = Table(name, (), row)
        unmade = self.unmade.difference(states)
        return replace(self, graph=self.graph.cut(into=states), tables=with_unmade(tables, unmade))
