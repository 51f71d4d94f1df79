"""Build a network from Python values: edges, states, tables of numbers, text or SymPy expressions.

Main definitions
----------------
network_from : the network of ``Model(edges, states=..., cpts=...)``.
Built : that network, and which rows of floats were settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import NamedTuple

from symcausal.algebra.scalar import Term, parameters
from symcausal.errors import (
    LimitError,
    ModelError,
    SymcausalError,
    UnknownStateError,
    UnknownVariableError,
    UsageError,
    nearest,
)
from symcausal.graph.graph import Graph
from symcausal.hints import TypeAlias, TypeVar
from symcausal.model.entries import EntryLike, row_from
from symcausal.model.held import names_in
from symcausal.network.network import DEFAULT_STATES, Network, Table, Variable
from symcausal.network.parameters import symbolic_row, told_apart
from symcausal.network.rows import row_name, row_problem
from symcausal.network.unmade import MOST_OPEN, with_unmade
from symcausal.reading.vocabulary import Vocabulary, tell_apart, tell_states_apart
from symcausal.record import replace

MOST_STATES = 1000

V = TypeVar("V")
RowLike: TypeAlias = Sequence[EntryLike] | Mapping[str, EntryLike] | None
RowsLike: TypeAlias = Mapping[object, RowLike] | Sequence[EntryLike] | None


class Built(NamedTuple):
    """A network from Python values.

    Attributes
    ----------
    network : Network
        What was built.
    rounded : mapping of str to Fraction
        The rows of floats that were settled, and what they sum to as they print.
    """

    network: Network
    rounded: Mapping[str, Fraction]


def network_from(
    edges: Iterable[tuple[str, str]],
    *,
    states: Mapping[str, Sequence[str] | int] | None = None,
    cpts: Mapping[str, RowsLike] | None = None,
    bidirected: Iterable[tuple[str, str]] = (),
    hidden: Iterable[str] = (),
    monotone: Iterable[tuple[str, str]] = (),
    known: Mapping[str, Variable] | None = None,
) -> Built:
    """Return the network of Python values; what is not given is symbolic.

    A name may be spelt in each way that a formula may spell it: ``θ`` is the ``theta`` of an arrow.

    Parameters
    ----------
    edges : iterable of (str, str)
        Arrows ``(cause, effect)``.
    states : mapping
        Names of states, or their number, by variable; two states 0 and 1 by default. A variable
        without arrows is declared here.
    cpts : mapping
        By variable: a row for a variable without parents; otherwise a mapping from the parents'
        states (one state, or a tuple in the order of the arrows) to rows. A row is a sequence of
        entries in the order of the states, or a mapping from state to entry. An entry is an exact
        number, text such as ``"3/10"``, a float (read as the decimal it prints as; rows of rounded
        ones are settled), ``"rest"`` or a SymPy expression.
    bidirected, hidden
        Hidden common causes, and hidden variables; these are named by an arrow, a pair or the states.
    monotone
        Arrows along which the effect never falls as the cause rises.
    known : mapping of str to Variable
        The variables that a text declares, with labels and aliases.

    Raises
    ------
    ModelError
        With every row that does not fit or does not sum to one.
    UnknownVariableError
        If a hidden variable is none of the graph, or if a pair has one of its names but for the case.
    """
    known, arrows, pairs = known or {}, _pairs(edges), _pairs(bidirected)
    hidden = names_in(hidden)
    ends = dict.fromkeys([*known, *(name for arrow in arrows for name in arrow)])
    # a typing error in what is hidden would be one more variable, and the cause not hidden
    named = () if ends or pairs else hidden
    of_graph = {name: known.get(name, Variable(name)) for name in (*ends, *named)}
    states = _by_variable(states or {}, Vocabulary(of_graph), "the states")
    of_graph |= {name: Variable(name) for name in states if name not in of_graph}
    of_graph |= {name: Variable(name) for name in _new_ends(pairs, of_graph)}
    tell_apart(of_graph)
    vocabulary = Vocabulary(of_graph)
    pairs = [(_found(a, vocabulary), _found(b, vocabulary)) for a, b in pairs]
    hidden = [_found(name, vocabulary) for name in hidden]
    cpts = _by_variable(cpts or {}, vocabulary, "the table")
    ordered = dict.fromkeys([*known, *states, *of_graph])
    graph = Graph(ordered, arrows, pairs, hidden)
    variables = {
        n: replace(of_graph[n], states=_states(n, states[n])) if n in states else of_graph[n]
        for n in graph.nodes
    }
    rising = [(_found(a, vocabulary), _found(b, vocabulary)) for a, b in _pairs(monotone)]
    graph = graph.rising({(a, b): (variables[a].states, variables[b].states) for a, b in rising})
    problems: list[SymcausalError] = []
    problems += [
        ModelError(f"a table for '{name}', which is no variable", hint=nearest(name, variables))
        for name in cpts
        if name not in variables
    ]
    tables: dict[str, Table] = {}
    rounded: dict[str, Fraction] = {}
    unmade: list[str] = []
    for name in graph.nodes:
        parents = tuple(a for a, b in dict.fromkeys(arrows) if b == name)
        if prod(len(variables[p].states) for p in (name, *parents)) > MOST_OPEN:
            if cpts.get(name) is None:
                unmade.append(name)
            else:
                problems.append(
                    LimitError(
                        f"the table of {name} with more than {MOST_OPEN} entries",
                        hint="leave arrows out, or give the variables fewer states",
                    )
                )
            continue
        try:
            tables[name] = _table(variables[name], parents, variables, cpts.get(name), rounded)
        except ModelError as error:
            problems += error.problems
        except SymcausalError as error:
            problems.append(error)
    if problems:
        if len(problems) == 1:
            raise problems[0]
        raise ModelError(f"{len(problems)} problems", problems=problems)
    declared = {
        p.name: p
        for t in tables.values()
        for e in t.entries
        for p in parameters(e)
        if not p.variable
    }
    whole = with_unmade(told_apart(tables, declared), unmade)
    return Built(Network(variables, graph, whole, declared), rounded)


def _pairs(edges: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    pairs = []
    for edge in edges:
        if isinstance(edge, str) or not hasattr(edge, "__len__") or len(edge) != 2:
            raise UsageError(f"{edge!r} as an edge", expected="a pair (cause, effect)")
        for name in edge:
            if not isinstance(name, str) or not name.strip():
                raise UsageError(f"{name!r} as a variable", expected="a name")
        pairs.append((edge[0], edge[1]))
    return pairs


def _by_variable(given: Mapping[str, V], vocabulary: Vocabulary, what: str) -> dict[str, V]:
    """What is given by names, by the names of the graph where it has them."""
    found: dict[str, V] = {}
    for written, value in given.items():
        if not isinstance(written, str):
            raise UsageError(f"{written!r} as a variable", expected="a name")
        name = vocabulary.name_of(written) or written
        if name in found:
            raise ModelError(f"{what} of {name} twice", expected="once")
        found[name] = value
    return found


def _new_ends(pairs: Iterable[tuple[str, str]], known: Mapping[str, Variable]) -> list[str]:
    """The variables that only pairs name, as the middle of an M: ``X <-> M <-> Y``."""
    vocabulary = Vocabulary(known)
    cases = {name.casefold() for name in known}
    new = dict.fromkeys(name for pair in pairs for name in pair if vocabulary.name_of(name) is None)
    return [name for name in new if name.casefold() not in cases]


def _found(written: str, vocabulary: Vocabulary) -> str:
    name = vocabulary.name_of(written)
    if name is None:
        raise UnknownVariableError(
            f"the graph has no variable '{written}'",
            expected="a name of the arrows or the states",
            hint=nearest(str(written), vocabulary.variables),
        )
    return name


def _states(name: str, given: Sequence[str] | int | None) -> tuple[str, ...]:
    if given is None:
        return DEFAULT_STATES
    if not isinstance(given, int) and (isinstance(given, str) or not hasattr(given, "__iter__")):
        raise ModelError(
            f"{given!r} as the states of {name}", expected="names, or how many there are"
        )
    if isinstance(given, int) and not 0 < given <= MOST_STATES:
        raise ModelError(f"{given} states of {name}", expected=f"1 to {MOST_STATES}")
    found = tuple(map(str, range(given) if isinstance(given, int) else given))
    if not found:
        raise ModelError(f"{name} has no states", expected="different names")
    tell_states_apart(name, found)
    return found


def _table(
    variable: Variable,
    parents: tuple[str, ...],
    variables: Mapping[str, Variable],
    rows: RowsLike,
    rounded: dict[str, Fraction],
) -> Table:
    given = _keyed(variable, parents, variables, rows)
    entries: list[Term] = []
    problems: list[SymcausalError] = []
    for states in product(*(variables[p].states for p in parents)):
        assignment = tuple(zip(parents, states, strict=True))
        row = given.pop(states, None)
        if row is None:
            entries += symbolic_row(variable, assignment)
            continue
        label = row_name(variable.name, assignment)
        try:
            terms, total = row_from(_row(variable, row), label)
        except SymcausalError as error:
            problems.append(error)
            continue
        if total is not None:
            rounded[label] = total
        problem = row_problem(variable, assignment, terms)
        if problem is not None:
            problems.append(problem)
        entries += terms
    if problems:
        raise ModelError(f"the table of {variable.name} does not fit", problems=problems)
    return Table(variable.name, parents, tuple(entries))


def _keyed(
    variable: Variable, parents: tuple[str, ...], variables: Mapping[str, Variable], rows: RowsLike
) -> dict[tuple[str, ...], RowLike]:
    if rows is None:
        return {}
    if not parents:
        return {(): rows}  # type: ignore[dict-item]
    if not isinstance(rows, Mapping):
        raise ModelError(
            f"the table of {variable.name} is a single row",
            expected=f"a mapping from states of {', '.join(parents)} to rows",
        )
    keyed: dict[tuple[str, ...], RowLike] = {}
    for key, row in rows.items():
        states = tuple(map(str, key)) if isinstance(key, tuple) else (str(key),)
        if len(states) != len(parents):
            raise ModelError(
                f"row {key!r} of {variable.name}",
                expected=f"one state for each of {', '.join(parents)}",
            )
        for parent, state in zip(parents, states, strict=True):
            variables[parent].position(state)
        if states in keyed:
            raise ModelError(f"row {key!r} of {variable.name} is given twice")
        keyed[states] = row
    return keyed


def _row(variable: Variable, row: RowLike) -> list[EntryLike]:
    if isinstance(row, Mapping):
        for state in row:
            variable.position(str(state))
        missing = [s for s in variable.states if s not in {str(k) for k in row}]
        if missing:
            raise UnknownStateError(
                f"a row of {variable.name} without {', '.join(missing)}", expected="every state"
            )
        by_name = {str(state): entry for state, entry in row.items()}
        return [by_name[state] for state in variable.states]
    if row is None or isinstance(row, str) or not hasattr(row, "__iter__"):
        raise ModelError(
            f"{row!r} as a row of {variable.name}",
            expected=f"one entry for each of {', '.join(variable.states)}",
        )
    entries = list(row)
    if len(entries) != len(variable.states):
        raise ModelError(
            f"a row of {variable.name} has {len(entries)} entries",
            expected=f"{len(variable.states)}: {', '.join(variable.states)}",
        )
    return entries
