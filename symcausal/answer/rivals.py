"""Two models that agree on all that is known and differ on what is asked, ready to be shown.

Main definitions
----------------
Rivals : the pair, with readable names for hidden causes, and where they differ.
rivals : find them.
rival_tables : their tables side by side.
shared_table : what is known, which is the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from symcausal.algebra.deadline import within
from symcausal.errors import LimitError
from symcausal.expr.distributions import speaks_of_worlds
from symcausal.expr.nodes import Event, Events, Expr, Prob, State, free_events
from symcausal.expr.scope import free_letters, substitute
from symcausal.graph.graph import Graph
from symcausal.hints import Any, Protocol, TypeAlias
from symcausal.identify.question import Input
from symcausal.identify.witness import answers_of, thin, two_models
from symcausal.kernel.core.interpretation import exact
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network, Table
from symcausal.record import record, replace
from symcausal.writing.boxes import Label
from symcausal.writing.grid import Cell, Grid

SECONDS = 5.0
LONGEST_SHARED = 16
MOST_ROWS = 40
_CAUSES = ("U", "H", "L", "C")
_ANSWERS = ("R", "F", "A")


class RivalModel(Protocol):
    """What can be asked of one of two models that disagree: it is a ``Model``, which stands above."""

    @property
    def network(self) -> Network:
        """The graph, the states and the tables."""

    def probability(self, query: str | Expr, /) -> Fraction | Any:
        """Return the exact value of a query."""

    def to_text(self) -> str:
        """Return the text of the model."""


@record
class Rivals:
    """Two models that agree on all inputs and differ on a query, which proves it not identifiable.

    Attributes
    ----------
    first, second : Network
        Over the same graph, with explicit hidden causes; every entry is a positive fraction.
    query : Expr
        What was asked, at states where the two differ.
    values : tuple of Fraction
        What it is in each.
    causes : mapping of str to tuple of str
        The names that bidirected edges got, and what they join.
    answers : mapping of str to str
        The names of what variables answer their parents, and the variables that do as it says, where
        the query speaks of several worlds; a state of it spells one of the variable for each row.
    """

    first: Network
    second: Network
    query: Expr
    values: tuple[Fraction, Fraction]
    causes: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, str]


def rivals(
    query: Expr,
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    inputs: Sequence[Input],
) -> Rivals | None:
    """Return two such models; None if none were found, which says nothing about the query."""
    try:
        with within(SECONDS):
            found = _of_worlds if speaks_of_worlds(query) else _of_one_world
            pair, difference = found(query, graph, states, inputs)
    except LimitError:
        return None
    if pair is None or difference is None:
        return None
    place, values = difference
    whole = pair[0].graph
    named = _names(whole, graph)
    first, second = (_renamed(network, named) for network in pair)
    answers = {named[old]: name for old, name in answers_of(whole, graph).items()}
    causes = {
        new: tuple(answers.get(named.get(n, n), n) for n in whole.children(old))
        for old, new in named.items()
        if new not in answers
    }
    at = {letter: State(state) for letter, state in place.items()}
    return Rivals(first, second, substitute(query, at), values, causes, answers)


_RivalPair: TypeAlias = tuple[Network, Network] | None
_RivalPlace: TypeAlias = tuple[dict[str, str], tuple[Fraction, Fraction]] | None


def _of_one_world(
    query: Expr, graph: Graph, states: Mapping[str, tuple[str, ...]], inputs: Sequence[Input]
) -> tuple[_RivalPair, _RivalPlace]:
    """Two models, and where they differ: at the last place in order."""
    pair = two_models(graph, states, query, inputs)
    if pair is None:
        return None, None
    letters = free_letters(query)
    left, right = (meaning(query, exact(thin(one)), letters).values for one in pair)
    places = list(product(*(pair[0].variable(name).states for name in letters.values())))
    for place, one, other in reversed(list(zip(places, left, right, strict=True))):
        if one is not None and other is not None and one != other:
            return pair, (dict(zip(letters, place, strict=True)), (one, other))
    return None, None


def _of_worlds(
    query: Expr, graph: Graph, states: Mapping[str, tuple[str, ...]], inputs: Sequence[Input]
) -> tuple[_RivalPair, _RivalPlace]:
    """The same of functional models."""
    from symcausal.identify.functional import answering  # few queries speak of several worlds
    from symcausal.identify.witness_worlds import functional_models, telling_places

    pair = functional_models(graph, states, query, inputs)
    if pair is None:
        return None, None
    *_, last = telling_places(query, *(answering(thin(one)) for one in pair))
    return pair, last


def rival_tables(found: Rivals) -> Grid | None:
    """Return the tables of two models side by side, without each variable's first state.

    Parents that make no difference in either model are left out, and so are variables that only do
    as their answers say. If the tables are long, only those
    in which the two differ are shown; None if that is still too much.
    """
    names = [n for n in found.first.graph.topological() if n not in found.answers.values()]
    differing = [n for n in names if found.first.table(n) != found.second.table(n)]
    for shown in (names, differing):
        rows = [row for name in shown for row in _rows(found, name)]
        if len(rows) <= MOST_ROWS:
            return Grid(("", "first", "second"), tuple(rows), stubs=1)
    rows = [row for row in rows if row[1] != row[2]]
    return Grid(("", "first", "second"), tuple(rows), stubs=1) if len(rows) <= MOST_ROWS else None


def shared_table(found: Rivals, one: Input) -> Grid | None:
    """Return the values of an input, the same in both models; None if they are many."""
    names = (*one.done, *one.observed)
    sizes = [found.first.size(name) for name in names]
    if prod(sizes) > LONGEST_SHARED:
        return None
    law = Prob(free_events(one.observed), do=free_events(one.done))
    values = meaning(law, exact(thin(found.first)), {name: name for name in names}).values
    places = product(*(found.first.variable(name).states for name in names))
    rows = (
        tuple[Cell, ...]((*place, str(value))) for place, value in zip(places, values, strict=True)
    )
    return Grid((*map(Label, names), law), tuple(rows), stubs=len(names))


def _rows(found: Rivals, name: str) -> Iterator[tuple[Cell, ...]]:
    parents = [
        parent
        for parent in found.first.table(name).parents
        if any(_matters(network, name, parent) for network in (found.first, found.second))
    ]
    for place in product(*(found.first.variable(parent).states for parent in parents)):
        given = dict(zip(parents, place, strict=True))
        ours, theirs = (_row(network, name, given) for network in (found.first, found.second))
        seen = Events(Event(parent, State(state)) for parent, state in given.items())
        for state in list(ours)[1:]:
            head = Prob(Events((Event(name, State(state)),)), seen)
            yield head, ours[state], theirs[state]


def _row(network: Network, name: str, given: Mapping[str, str]) -> dict[str, str]:
    """The first row that has these states."""
    parents = network.table(name).parents
    for place, entries in network.rows(name):
        at = dict(zip(parents, place, strict=True))
        if all(at[parent] == state for parent, state in given.items()):
            states = network.variable(name).states
            values = (str(getattr(entry, "value", entry)) for entry in entries)
            return dict(zip(states, values, strict=True))
    return {}


def _matters(network: Network, name: str, parent: str) -> bool:
    """Whether two rows that differ in one parent only are different."""
    parents = network.table(name).parents
    at = parents.index(parent)
    seen: dict[tuple[str, ...], object] = {}
    return any(
        seen.setdefault((*place[:at], *place[at + 1 :]), entries) != entries
        for place, entries in network.rows(name)
    )


def _names(whole: Graph, declared: Graph) -> dict[str, str]:
    """Short names for what was not declared: hidden causes are ``U``, or ``U_1``, ``U_2``..."""
    answers = answers_of(whole, declared)
    causes = [n for n in whole.nodes if n not in declared.nodes and n not in answers]
    for letter, *others in product(_CAUSES, _ANSWERS):
        new = [letter] if len(causes) == 1 else [f"{letter}_{i + 1}" for i in range(len(causes))]
        new += [f"{others[0]}_{name}" for name in answers.values()]
        if not set(new) & set(whole.nodes):
            return dict(zip((*causes, *answers), new, strict=True))
    return {name: name for name in (*causes, *answers)}


def _renamed(network: Network, names: Mapping[str, str]) -> Network:
    def new(name: str) -> str:
        return names.get(name, name)

    graph = network.graph
    return Network(
        {new(n): replace(variable, name=new(n)) for n, variable in network.variables.items()},
        Graph(
            map(new, graph.nodes),
            [(new(a), new(b)) for a, b in graph.directed],
            [(new(a), new(b)) for a, b in graph.bidirected],
            map(new, graph.hidden),
        ),
        {
            new(n): Table(new(n), tuple(map(new, table.parents)), table.entries)
            for n, table in network.tables.items()
        },
        network.declared,
    )
