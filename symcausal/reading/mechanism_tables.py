"""From the mechanisms of a model text to tables of zeros and ones.

Main definitions
----------------
settled_tables : the tables that mechanisms make, with the states that follow from them.
following_states : the states that a variable has by its mechanism alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from symcausal.algebra.scalar import ONE, ZERO
from symcausal.errors import LimitError, ModelError, Span, SymcausalError
from symcausal.graph.graph import Graph
from symcausal.network.mechanism import inputs_of, outcomes, whole_state
from symcausal.network.network import DEFAULT_STATES, Table, Variable
from symcausal.network.unmade import MOST_OPEN
from symcausal.reading.mechanism_reader import StatedMechanism
from symcausal.record import replace

_MOST_STATES = 1000


def settled_tables(
    stated: Mapping[str, StatedMechanism],
    graph: Graph,
    variables: dict[str, Variable],
    named: frozenset[str],
    arrows: Mapping[tuple[str, str], Span],
) -> tuple[dict[str, Table], list[SymcausalError]]:
    """Return the table of each mechanism, and what does not fit.

    Parameters
    ----------
    stated : mapping of str to StatedMechanism
        The mechanisms by variable.
    graph : Graph
        With the arrows from the inputs.
    variables : dict of str to Variable
        A variable gets the states that follow from its mechanism, if none are declared.
    named : frozenset of str
        The variables whose states are declared.
    arrows : mapping
        Where each arrow is written.
    """
    tables: dict[str, Table] = {}
    problems: list[SymcausalError] = []
    for name in graph.topological(stated):
        one = stated[name]
        inputs = inputs_of(one.body)
        if any(parent in stated and parent not in tables for parent in inputs):
            continue  # of what that one does not fit for, nothing follows
        try:
            _check_arrows(one, inputs, graph, arrows)
            tables[name] = _table(one, graph.parents(name), variables, named)
        except SymcausalError as error:
            problems.append(error)
    return tables, problems


def _check_arrows(
    one: StatedMechanism,
    inputs: tuple[str, ...],
    graph: Graph,
    arrows: Mapping[tuple[str, str], Span],
) -> None:
    name = one.variable
    for parent in graph.parents(name):
        if parent not in inputs:
            raise ModelError(
                f"the arrow {parent} -> {name}, and a mechanism of {name} without {parent}",
                expected="arrows from the variables that the mechanism names",
                hint="drop the arrow, or name it in the mechanism",
                span=arrows.get((parent, name), one.span),
            )
    for pair in graph.bidirected:
        if name in pair:
            raise ModelError(
                f"{pair[0]} <-> {pair[1]}, and a mechanism of {name}",
                expected="a mechanism that names all causes",
                hint=f"declare the cause, hidden U, and name it: {name} := ... xor U",
                span=one.span,
            )


def _table(
    one: StatedMechanism,
    parents: tuple[str, ...],
    variables: dict[str, Variable],
    named: frozenset[str],
) -> Table:
    name = one.variable
    states = {parent: variables[parent].states for parent in parents}
    for parent in parents:  # a state that is no number is told where the input stands
        with _told_at(one.places.get(parent, one.span)):
            for state in states[parent]:
                whole_state(parent, state)
    with _told_at(one.span):
        found = outcomes(one.body, parents, states)
        if name not in named:
            variables[name] = replace(variables[name], states=_following(name, found))
    known = variables[name].states
    wanted = {str(value) for value in found}
    outside = wanted - set(known)
    if outside:
        first = next(value for value in found if str(value) in outside)
        raise ModelError(
            f"the mechanism of {name} gives {first}, which is no state of {name}",
            expected=f"one of {', '.join(known)}",
            hint=f"leave the states of {name} away, and they follow",
            span=one.span,
        )
    if len(found) * len(known) > MOST_OPEN:
        raise LimitError(
            f"the table of {name} with more than {MOST_OPEN} entries",
            hint="split the mechanism: Z := A xor B; Y := Z xor C",
            span=one.span,
        )
    rows = {
        value: [ONE if state == str(value) else ZERO for state in known] for value in set(found)
    }
    entries = tuple([entry for value in found for entry in rows[value]])
    return Table(name, parents, entries, one.body)


def following_states(table: Table, states: Mapping[str, Sequence[str]]) -> tuple[str, ...] | None:
    """Return the states that a variable has by its mechanism alone; None if it has no mechanism."""
    if table.mechanism is None:
        return None
    return _following(table.variable, outcomes(table.mechanism, table.parents, states))


def _following(name: str, found: Sequence[int]) -> tuple[str, ...]:
    """The states that a variable has where its mechanism gives some values, and nothing else says."""
    values = sorted(set(found))
    if set(values) <= {0, 1}:
        return DEFAULT_STATES
    if len(values) > _MOST_STATES:
        raise LimitError(f"{len(values)} states of {name}", expected=f"at most {_MOST_STATES}")
    return tuple(map(str, values))


@contextmanager
def _told_at(span: Span) -> Iterator[None]:
    """Give an error that knows no place this one."""
    try:
        yield
    except SymcausalError as error:
        error.span = error.span or span
        raise
