"""Table entries by name, and tables in which some of them vary.

When an entry varies, the rest of its row must give way so that the row still sums to one. Under
*proportional co-variation* the others keep their ratios: what the varying entries leave is shared as
it was before. Where nothing was left to share (the entry was 1), each gets the same.

Main definitions
----------------
Entry : the place of one entry in the tables.
entry_of, named_entry : find one by a formula, or by its name.
Freed : the entries of one table that vary together.
freed : all that vary, by table.
with_symbols : the network with a symbol in place of each entry that varies.

References
----------
[CoupeVanDerGaag2002]_ for proportional co-variation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from symcausal.algebra import scalar
from symcausal.errors import UsageError, nearest
from symcausal.expr.nodes import Event, Events, Prob, State
from symcausal.network.network import Network, Table
from symcausal.network.parameters import parameter_name


@dataclass(frozen=True, slots=True)
class Entry:
    """The place of one table entry: its variable, its state, and the states of the parents.

    Attributes
    ----------
    variable, state : str
        Whose entry it is, and for which state.
    parents : tuple of (str, str)
        The parents' assignment, in the order of the table.
    """

    variable: str
    state: str
    parents: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The name that the entry has as a parameter, such as ``theta_S_high_I_high``."""
        return parameter_name(self.variable, self.state, self.parents)

    @property
    def formula(self) -> Prob:
        """The entry as a conditional probability."""
        return Prob(
            Events([Event(self.variable, State(self.state))]),
            Events(Event(name, State(state)) for name, state in self.parents),
        )

    def position(self, network: Network) -> tuple[int, int]:
        """Return the row of the table, and the place in the row."""
        row = 0
        for name, state in self.parents:
            parent = network.variable(name)
            row = row * len(parent.states) + parent.position(state)
        return row, network.variable(self.variable).position(self.state)

    def term(self, network: Network) -> scalar.Term:
        """Return the term that stands in the table."""
        row, place = self.position(network)
        return network.table(self.variable).entries[row * network.size(self.variable) + place]


def entry_of(network: Network, formula: Prob) -> Entry:
    """Return the entry that a formula such as ``P(S=high | I=high)`` names.

    Raises
    ------
    UsageError
        If it is not one variable's state given a state of each parent.
    """
    events = (*formula.outcome, *formula.given)
    states = [event for event in events if isinstance(event.value, State)]
    if len(formula.outcome) != 1 or formula.do or len(states) != len(events):
        raise UsageError(
            "this names no table entry",
            expected="one state of a variable given a state of each parent",
            hint=_example(network, formula.outcome[0].variable),
        )
    (outcome,) = formula.outcome
    given = {event.variable: event.value.name for event in formula.given}
    parents = network.table(outcome.variable).parents
    if set(given) != set(parents) or len(given) != len(formula.given):
        named = ", ".join(parents) if parents else "none"
        raise UsageError(
            f"the table of {outcome.variable} has no such row",
            expected=f"a state of each parent of {outcome.variable} ({named}) and of nothing else",
            hint=_example(network, outcome.variable),
        )
    found = Entry(outcome.variable, outcome.value.name, tuple((p, given[p]) for p in parents))
    found.position(network)  # refuses states that are not there
    return found


def named_entry(network: Network, name: str) -> Entry:
    """Return the entry that has this name as a parameter, such as ``theta_S_high_I_high``.

    Raises
    ------
    UsageError
        If there is none, or more than one.
    """
    found = [entry for entry in entries(network) if entry.name == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"{len(found)} table entries are called '{name}'", hint="name one as P(... | ...)"
        )
    known = [entry.name for entry in entries(network)]
    raise UsageError(
        f"there is no parameter '{name}'",
        expected="the name of a parameter, or a table entry such as P(X=x | Y=y)",
        hint=nearest(name, [*known, *(p.name for p in network.parameters)]),
    )


def entries(network: Network, variables: Sequence[str] | None = None) -> Iterator[Entry]:
    """Yield all entries of all tables, or of those of some variables, in reading order."""
    for name in network.variables if variables is None else variables:
        if name not in network.tables:
            continue
        parents = network.table(name).parents
        for states in product(*(network.variable(parent).states for parent in parents)):
            given = tuple(zip(parents, states, strict=True))
            for state in network.variable(name).states:
                yield Entry(name, state, given)


def _example(network: Network, variable: str) -> str:
    table = network.table(variable)
    given = ", ".join(f"{p}={network.variable(p).states[0]}" for p in table.parents)
    outcome = f"{variable}={network.variable(variable).states[0]}"
    return f"for example P({outcome} | {given})" if given else f"for example P({outcome})"


# -- co-variation ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Freed:
    """The entries of one table that vary, with the rest of their rows giving way.

    Attributes
    ----------
    variable : str
        Whose table it is.
    places : tuple of (int, int)
        Row and place of each entry, in the order in which they were asked for.
    unknowns : tuple of int
        Which unknown each of them is.
    shares : mapping of int to tuple of Term
        For each row with such an entry: what of the remainder each entry gets, 0 for those that vary.
    """

    variable: str
    places: tuple[tuple[int, int], ...]
    unknowns: tuple[int, ...]
    shares: Mapping[int, tuple[scalar.Term, ...]]


def freed(network: Network, chosen: Sequence[Entry]) -> dict[str, Freed]:
    """Return the tables in which entries vary, under proportional co-variation.

    Raises
    ------
    UsageError
        If an entry is named twice, or a row would have no entry left to give way.
    """
    if len(set(chosen)) != len(chosen):
        raise UsageError("a table entry is named twice")
    found: dict[str, Freed] = {}
    for variable in dict.fromkeys(entry.variable for entry in chosen):
        width = network.size(variable)
        unknowns = tuple(i for i, entry in enumerate(chosen) if entry.variable == variable)
        places = tuple(chosen[i].position(network) for i in unknowns)
        shares = {}
        for row in dict.fromkeys(row for row, _ in places):
            varying = [place for at, place in places if at == row]
            if len(varying) == width:
                raise UsageError(
                    f"all {width} entries of a row of {variable} are to vary",
                    expected="an entry that gives way, so that the row sums to one",
                    hint="leave one of them out",
                )
            old = network.table(variable).entries[row * width : (row + 1) * width]
            shares[row] = _shares(old, varying)
        found[variable] = Freed(variable, places, unknowns, shares)
    return found


def _shares(row: Sequence[scalar.Term], varying: Sequence[int]) -> tuple[scalar.Term, ...]:
    others = [place for place in range(len(row)) if place not in varying]
    left = scalar.plus(row[place] for place in others)
    if len(others) == 1:
        weights: dict[int, scalar.Term] = {others[0]: scalar.ONE}
    elif left == scalar.ZERO:
        weights = dict.fromkeys(others, scalar.number(Fraction(1, len(others))))
    else:
        inverse = scalar.power(left, -1)
        weights = {place: scalar.times((row[place], inverse)) for place in others}
    return tuple(weights.get(place, scalar.ZERO) for place in range(len(row)))


def with_symbols(
    network: Network, tables: Mapping[str, Freed], symbols: Sequence[scalar.Term]
) -> Network:
    """Return the network with a term in place of each varying entry; the rest of its row gives way."""
    changed = dict(network.tables)
    for variable, free in tables.items():
        width = network.size(variable)
        table = network.table(variable)
        new = list(table.entries)
        for row, shares in free.shares.items():
            here = {
                place: symbols[unknown]
                for (at, place), unknown in zip(free.places, free.unknowns, strict=True)
                if at == row
            }
            left = scalar.plus([scalar.ONE, *(scalar.minus(term) for term in here.values())])
            for place, share in enumerate(shares):
                new[row * width + place] = here.get(place) or scalar.times((share, left))
        changed[variable] = Table(variable, table.parents, tuple(new))
    return Network(network.variables, network.graph, changed, network.declared)
