"""The probability of events in several worlds: copies of variables, each with its response function.

A variable answers its parents by a function, drawn at random for each unit; all copies of a variable
use the same draw. What a query sees of that law are the joint laws of the function's values at a few
rows of the parents, one for each copy. Any family of such laws in which the smaller follow from the
larger is that of a functional model, or of a signed sum of some; polynomials do not tell these apart.

Main definitions
----------------
minimal : a copy with those settings only that act on it.
Responses : the joint laws of a variable's values at several rows, in agreement with its table.
Coupled : the laws of one functional model, for counterexamples.
Worlds : the copies that a query needs, with the values of their parents.
rows_needed : for each variable, how many rows a query asks it for at once.

References
----------
[Pearl2009]_ Section 7.1; [ShpitserPearl2008]_ for the copies that a query needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

from symcausal.algebra.deadline import spend
from symcausal.algebra.field import MERSENNE_127, Field
from symcausal.expr.nodes import Copy, CopyEvent, Counterfactual, Expr, Imposed, Letter, Value
from symcausal.expr.path import everywhere
from symcausal.graph.graph import Graph
from symcausal.hints import Generic, Literal, TypeAlias, TypeVar, get_args
from symcausal.kernel.core.draws import Draws, RandomSource

V = TypeVar("V")

_ParentStates: TypeAlias = tuple[int, ...]  # a state of each parent, by number
_ColumnsByName: TypeAlias = Mapping[str, tuple[tuple[str, ...], Sequence[V]]]


def minimal(copy: Copy, graph: Graph) -> Copy:
    """Return the copy with only the settings that a directed path carries to its variable.

    A path through another variable that is set carries nothing. A setting to what its variable would
    have been anyway is none: ``Y_{X=1, M_{X=1}}`` is ``Y_{X=1}``. A copy of a variable that is itself
    set keeps that setting alone.

    Examples
    --------
    >>> from symcausal.expr.nodes import State
    >>> chain, direct = Graph("XMY", ["XM", "MY"]), Graph("XMY", ["XM", "MY", "XY"])
    >>> one, zero = Imposed("X", State("1")), Imposed("M", State("0"))
    >>> [s.variable for s in minimal(Copy("Y", (zero, one)), chain).settings]
    ['M']
    >>> natural = Imposed("M", Copy("M", (one,)))
    >>> [s.variable for s in minimal(Copy("Y", (natural, one)), direct).settings]
    ['X']
    """
    settings = tuple(
        Imposed(s.variable, minimal(s.value, graph) if isinstance(s.value, Copy) else s.value)
        for s in copy.settings
    )
    own = tuple(s for s in settings if s.variable == copy.variable)
    kept = own or _acting(copy.variable, settings, graph)
    for setting in () if own else kept:
        others = tuple(s for s in kept if s is not setting)
        if minimal(Copy(setting.variable, others), graph) == setting.value:
            return minimal(Copy(copy.variable, others), graph)
    return Copy(copy.variable, kept)


def _acting(name: str, settings: Iterable[Imposed], graph: Graph) -> tuple[Imposed, ...]:
    """The settings from which a directed path leads to a variable and through no other of them."""
    held = graph.mask(setting.variable for setting in settings)
    reached, new = 0, graph.mask((name,))
    while new:
        reached |= new
        new = graph.parents_mask(new & ~held) & ~reached
    return tuple(s for s in settings if graph.mask((s.variable,)) & reached)


class Responses(Generic[V]):
    """The joint laws of what a variable would have been at several rows of its parents.

    The law at rows ``r, s, ...`` is a sum over sets of them: of a single row what its table has beyond
    evenness, of larger sets random numbers whose sum over any one state is zero. So the law at fewer
    rows is always the sum of that at more, and nothing but that is assumed. Where a row of the table
    has a zero no function has that state there: all is spread over the other states alone, and a row
    of zeros and a one leaves nothing to be drawn.

    Parameters
    ----------
    columns : mapping
        For each variable its parents and its flat table.
    states : mapping of str to tuple of str
        The states of each variable.
    field : Field
        Where the numbers live.
    rng : RandomSource
        Where what the tables leave open is drawn from.
    """

    def __init__(
        self,
        columns: _ColumnsByName[V],
        states: Mapping[str, tuple[str, ...]],
        field: Field[V],
        rng: RandomSource,
    ) -> None:
        self._columns, self._states, self._field, self._rng = columns, states, field, rng
        self._parts: dict[tuple[str, tuple[_ParentStates, ...]], dict[_ParentStates, V]] = {}
        self._even = {
            count: field.constant(Fraction(1, count))
            for count in range(1, 1 + max(map(len, states.values()), default=0))
        }
        self._possible: dict[tuple[str, _ParentStates], list[int]] = {}
        self._minus = field.constant(Fraction(-1))

    def at(self, variable: str, values: Mapping[_ParentStates, int]) -> V:
        """Return the probability that a variable has these states at these rows."""
        field, rows = self._field, list[_ParentStates]()
        total = field.zero
        for row in sorted(values):
            possible = self._possible_at(variable, row)
            if values[row] not in possible:
                return total
            if len(possible) > 1:
                rows.append(row)
        even = {row: self._even[len(self._possible_at(variable, row))] for row in rows}
        for size in range(len(rows) + 1):
            for chosen in combinations(rows, size):
                part = self._part(variable, chosen)[tuple(values[row] for row in chosen)]
                for row in rows:
                    if row not in chosen:
                        part = field.mul(part, even[row])
                total = field.add(total, part)
        return total

    def _row(self, variable: str, row: _ParentStates) -> Sequence[V]:
        """The entries of one row of a table."""
        parents, column = self._columns[variable]
        count, place = len(self._states[variable]), 0
        for name, state in zip(parents, row, strict=True):
            place = place * len(self._states[name]) + state
        return column[place * count : (place + 1) * count]

    def _possible_at(self, variable: str, row: _ParentStates) -> list[int]:
        """The states that have not probability zero in one row of a table."""
        known = self._possible.get((variable, row))
        if known is None:
            zero = self._field.zero
            known = [s for s, entry in enumerate(self._row(variable, row)) if entry != zero]
            self._possible[variable, row] = known
        return known

    def _part(self, variable: str, rows: tuple[_ParentStates, ...]) -> Mapping[_ParentStates, V]:
        """What the law at some rows has beyond those at fewer, for all states."""
        known = self._parts.get((variable, rows))
        if known is None:
            known = self._made(variable, rows)
            spend(len(known))
            self._parts[variable, rows] = known
        return known

    def _made(self, variable: str, rows: tuple[_ParentStates, ...]) -> dict[_ParentStates, V]:
        field = self._field
        if not rows:
            return {(): field.one}
        if len(rows) == 1:
            entries, possible = self._row(variable, rows[0]), self._possible_at(variable, rows[0])
            less = field.mul(self._minus, self._even[len(possible)])
            return {(state,): field.add(entries[state], less) for state in possible}
        made = dict[_ParentStates, V]()
        each = [self._possible_at(variable, row) for row in rows]
        for states in product(*each):  # the last state of each comes last
            last = [i for i, state in enumerate(states) if state == each[i][-1]]
            if not last:
                number = self._rng.randrange(0, MERSENNE_127)
                made[states] = field.constant(Fraction(number))
                continue
            at = last[0]
            others = [made[(*states[:at], s, *states[at + 1 :])] for s in each[at][:-1]]
            total = field.zero
            for other in others:
                total = field.add(total, other)
            made[states] = field.mul(self._minus, total)
        return made


Coupling: TypeAlias = Literal["independent", "ordered"]
COUPLINGS: tuple[Coupling, ...] = get_args(Coupling)


class Coupled(Responses[V]):
    """The laws of one functional model, in which nothing is left to be drawn.

    A variable's answers to several values of its parents are independent draws, or ``ordered``: one
    draw for all, of which a larger one nowhere gives an earlier state.
    """

    def __init__(
        self,
        columns: _ColumnsByName[V],
        states: Mapping[str, tuple[str, ...]],
        field: Field[V],
        coupling: Coupling,
    ) -> None:
        super().__init__(columns, states, field, Draws(0))
        self._coupling = coupling

    def at(self, variable: str, values: Mapping[_ParentStates, int]) -> V:
        """Return the probability that a variable has these states at these rows."""
        spend(len(values))
        if self._coupling == "independent":
            found = self._field.one
            for row, state in values.items():
                found = self._field.mul(found, self._row(variable, row)[state])
            return found
        begins, ends = list[Fraction](), list[Fraction]()
        for row, state in values.items():
            entries = [_as_fraction(entry) for entry in self._row(variable, row)]
            begins.append(sum(entries[:state], Fraction(0)))
            ends.append(begins[-1] + entries[state])
        return self._field.constant(max(min(ends) - max(begins), Fraction(0)))


def _as_fraction(number: object) -> Fraction:
    if not isinstance(number, Fraction):
        raise TypeError("draws have an order in fractions only")
    return number


class Worlds:
    """The copies that a query needs, each with its value and those of its parents.

    Parameters
    ----------
    graph : Graph
        Arrows only; hidden causes are explicit.
    new : callable
        Makes a letter for a variable.

    Attributes
    ----------
    bound : list of str
        The letters that were made, over which the query is summed.
    """

    def __init__(self, graph: Graph, new: Callable[[str], str]) -> None:
        self.bound: list[str] = []
        self._graph, self._new = graph, new
        self._values: dict[Copy, Value] = {}
        self._above: dict[Copy, tuple[Value, ...]] = {}

    def assume(self, event: CopyEvent) -> Value | None:
        """Give a copy its value; return the one that it has already, if it has."""
        copy = _settled(minimal(event.copy, self._graph))
        if not isinstance(copy, Copy):
            return copy
        if copy in self._values:
            return self._values[copy]
        self._values[copy] = event.value
        return None

    def needed(self) -> Iterator[tuple[str, list[tuple[tuple[Value, ...], Value]]]]:
        """Yield each variable that is needed with its copies: values of the parents, and its own."""
        for copy in list(self._values):
            self._look_above(copy)
        found = dict[str, list[tuple[tuple[Value, ...], Value]]]()
        for copy, above in self._above.items():
            found.setdefault(copy.variable, []).append((above, self._values[copy]))
        yield from found.items()

    def _value(self, copy: Copy) -> Value:
        """The value of a minimal copy; a new letter if it has none yet."""
        settled = _settled(copy)
        if not isinstance(settled, Copy):
            return settled
        if settled not in self._values:
            self.bound.append(self._new(settled.variable))
            self._values[settled] = Letter(self.bound[-1])
        self._look_above(settled)
        return self._values[settled]

    def _look_above(self, copy: Copy) -> None:
        if copy not in self._above:
            parents = self._graph.parents(copy.variable)
            self._above[copy] = tuple([self._parent(copy, name) for name in parents])

    def _parent(self, copy: Copy, name: str) -> Value:
        for setting in copy.settings:
            if setting.variable == name:
                value = setting.value
                return self._value(value) if isinstance(value, Copy) else value
        return self._value(minimal(Copy(name, copy.settings), self._graph))


def _settled(copy: Copy) -> Copy | Value:
    """What a copy of a variable that is itself set is set to; any other copy itself."""
    for setting in copy.settings:
        if setting.variable == copy.variable:
            return _settled(setting.value) if isinstance(setting.value, Copy) else setting.value
    return copy


def rows_needed(query: Expr, graph: Graph) -> dict[str, int]:
    """Return at how many rows of its parents each variable is asked for in one probability.

    Arrows only; hidden causes are explicit. A variable of which no copy is needed is left out.
    """
    most = dict[str, int]()
    for _, node in everywhere(query):
        if isinstance(node, Counterfactual):
            worlds = Worlds(graph, lambda name: f"{name}#")
            for event in (*node.outcome, *node.given):
                worlds.assume(event)
            for name, found in worlds.needed():
                most[name] = max(most.get(name, 0), len(found))
    return most
