"""The linear programme over response types whose optima are the sharp bounds of a query.

Data give the probabilities of events that each type either shows or does not; so does the query. What
is left free is the law over types.

Main definitions
----------------
Programme : the types, merged where data cannot tell them apart, with the costs of the query.
programme : the programme of a query in a graph.
DataRow : one probability that the data give.

References
----------
[BalkePearl1997]_; [Sachs2023]_ for the class of graphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from symcausal.bounds.query import QueryTerm, condition_of, terms_of
from symcausal.bounds.response_types import OutsideTypesError, ResponseType, ResponseTypes
from symcausal.errors import UsageError
from symcausal.expr.nodes import (
    Copy,
    CopyEvent,
    CopyEvents,
    Event,
    Events,
    Expr,
    Imposed,
    Prob,
    State,
    Value,
)
from symcausal.expr.scope import free_letters, variables
from symcausal.graph.graph import Graph
from symcausal.graph.projection import latent_projection
from symcausal.identify.components import c_component
from symcausal.identify.question import Input, observational
from symcausal.record import record


@record
class DataRow:
    """A probability that data give, and the columns of the outside variables that it stands at."""

    formula: Prob
    block: int


@record
class Programme:
    """A linear programme over response types.

    Attributes
    ----------
    rows : tuple of DataRow
        The probabilities that the data give. Those of one block sum to one.
    columns : tuple of tuple of int
        For each kind of type, whether it shows the event of each row.
    least, most : tuple of Fraction
        What a type of each kind adds to the query, at least and at most.
    divisor : Prob or None
        What both bounds are divided by: the probability of what is given.
    variables : tuple of str
        The c-component.
    is_sharp : bool
        Whether one hidden cause, of any kind, acts on all of it.
    types : int
        The number of types before they were merged.
    """

    rows: tuple[DataRow, ...]
    columns: tuple[tuple[int, ...], ...]
    least: tuple[Fraction, ...]
    most: tuple[Fraction, ...]
    divisor: Prob | None
    variables: tuple[str, ...]
    is_sharp: bool
    types: int

    def contradicted(self, data: Sequence[Fraction]) -> tuple[Prob, ...]:
        """Return the first probability that others determine otherwise; nothing if data agree."""
        basis = list[tuple[int, list[Fraction]]]()
        whole = [Fraction(1)] * (len(self.columns) + 1)  # the shares of types sum to one
        for number in range(-1, len(self.rows)):
            row = whole
            if number >= 0:
                row = [*(Fraction(column[number]) for column in self.columns), data[number]]
            for pivot, other in basis:
                if row[pivot]:
                    factor = row[pivot] / other[pivot]
                    row = [x - factor * y for x, y in zip(row, other, strict=True)]
            first = next((i for i, value in enumerate(row[:-1]) if value), None)
            if first is not None:
                basis.append((first, row))
            elif row[-1]:
                return (self.rows[number].formula,)
        return ()


def programme(
    query: Expr,
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    inputs: Sequence[Input] = (),
) -> Programme:
    """Return the programme of a query.

    Parameters
    ----------
    query : Expr
        A sum or difference of probabilities of events, with states for all values.
    graph : Graph
        As declared.
    states : mapping of str to tuple of str
        Of its variables.
    inputs : sequence of Input
        What data give; all that is observed, if left out.

    Raises
    ------
    UsageError
        If the query is not linear in the types of one c-component, with the reason.
    LimitError
        If there are too many types.
    """
    seen = latent_projection(graph)
    hidden = next((name for name in variables(query) if name not in seen.nodes), None)
    if hidden is not None:
        raise UsageError(
            f"a query that names {hidden}, which is hidden in this model",
            expected="observed variables",
        )
    free = free_letters(query)
    if free:
        letter, variable = next(iter(free.items()))
        raise UsageError(
            f"a query with the free value '{letter}' of {variable}",
            expected="a state for each variable",
            hint=f"ask for one, as in {variable}={states[variable][-1]}",
        )
    terms = terms_of(query, states)
    given = CopyEvents(
        CopyEvent(_as_seen(event.copy, seen), event.value) for event in condition_of(terms)
    )
    names = _component(terms, given, seen)
    outside = [p for p in _parents(names, seen) if p not in names]
    below = [name for name in outside if name in seen.descendants(names)]
    if below:
        raise OutsideTypesError(
            f"{below[0]}, through which a part of {', '.join(names)} acts on another",
            expected="variables that share one hidden cause, and parents of these",
            hint="ask for the effect of or on it",
        )
    # what is outside is independent of the types, so that a condition on it says where to look
    about = {e.copy.variable: _state(e.value) for e in given if _is_outside(e, outside)}
    acted = {name for term in terms for event in term.outcome for name in _set_in(event.copy)}
    fixed = {name: state for name, state in about.items() if name not in acted}
    types = ResponseTypes(seen, names, states, fixed)
    inside = CopyEvents(event for event in given if not _is_outside(event, outside))
    if any(
        setting.variable == copy.variable for copy in _copies(terms) for setting in copy.settings
    ):
        raise OutsideTypesError(
            "a variable that is asked for and set", expected="others set, or its value known"
        )
    rows = list[DataRow]()
    for one in inputs or [observational(graph)]:
        rows += _rows(one, names, outside, fixed, states, blocks=rows[-1].block + 1 if rows else 0)
    if not rows:
        raise OutsideTypesError(
            f"data that say nothing of {' and '.join(names)}", expected="a distribution of them"
        )
    divisor = _divisor(inside, outside, fixed)
    if divisor is not None and not any(gives(row.formula, divisor) for row in rows):
        raise OutsideTypesError(
            "a condition whose probability is not given", expected="data in which it is recorded"
        )
    known = {*names, *outside}
    is_all_used = all(
        set(one.observed) <= known or one == observational(graph)
        for one in inputs or [observational(graph)]
    )
    # a value that is fixed leaves out what the others say of the same answers
    is_all_used &= all(set(names) <= set(seen.children(name)) for name in fixed)
    is_all_used &= len(seen.monotone) == len(graph.monotone)
    found: dict[tuple[int, ...], tuple[Fraction, Fraction]] = {}
    for unit in types:
        column = tuple([int(_shows(unit, row.formula, types)) for row in rows])
        cost = _cost(unit, terms, inside, types)
        low, high = found.get(column, (cost, cost))
        found[column] = min(low, cost), max(high, cost)
    if inside and not any(_happens(unit, inside, types) for unit in types):
        raise OutsideTypesError("a condition that nobody shows", expected="one that may happen")
    return Programme(
        tuple(rows),
        tuple(found),
        tuple(low for low, _ in found.values()),
        tuple(high for _, high in found.values()),
        divisor,
        names,
        is_all_used and _is_one_cause(names, graph, seen),
        types.count,
    )


# -- the graph ----------------------------------------------------------------------------------
def _as_seen(copy: Copy, graph: Graph) -> Copy:
    """A copy without settings that do not reach it."""
    above = graph.ancestors([copy.variable])
    kept = tuple(setting for setting in copy.settings if setting.variable in above)
    return Copy(copy.variable, kept)


def _copies(terms: Sequence[QueryTerm]) -> Iterator[Copy]:
    """All copies that a query speaks of, nested ones too."""
    waiting = [event.copy for term in terms for event in (*term.outcome, *term.given)]
    while waiting:
        copy = waiting.pop()
        yield copy
        waiting += [s.value for s in copy.settings if isinstance(s.value, Copy)]


def _is_outside(event: CopyEvent, outside: Sequence[str]) -> bool:
    return event.copy.variable in outside and not event.copy.settings


def _set_in(copy: Copy) -> Iterator[str]:
    for setting in copy.settings:
        yield setting.variable
        if isinstance(setting.value, Copy):
            yield from _set_in(setting.value)


def _state(value: Value) -> str:
    assert isinstance(value, State)
    return value.name


def _component(terms: Sequence[QueryTerm], given: CopyEvents, graph: Graph) -> tuple[str, ...]:
    """The c-component whose answers decide the query."""
    asked = [event.copy for term in terms for event in term.outcome]
    asked += [event.copy for event in given]
    consulted = dict.fromkeys(name for copy in asked for name in _consulted(copy, graph))
    for name in consulted:
        if graph.sibling_masks[graph.index(name)]:
            start = 1 << graph.index(name)
            mask = c_component(graph, start, (1 << len(graph.nodes)) - 1)
            return graph.topological(graph.names(mask))
    raise OutsideTypesError(
        "a query about variables without a hidden common cause",
        expected="one that the data do not determine",
        hint="ask `identify` for its formula",
    )


def _consulted(copy: Copy, graph: Graph) -> Iterator[str]:
    """The variables whose answers a copy depends on."""
    settled = {setting.variable: setting.value for setting in copy.settings}
    waiting, seen = [copy.variable], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in settled and name != copy.variable:
            value = settled[name]
            if isinstance(value, Copy):
                yield from _consulted(value, graph)
            continue
        yield name
        waiting += graph.parents(name)


def _parents(names: Sequence[str], graph: Graph) -> tuple[str, ...]:
    return graph.names(graph.parents_mask(graph.mask(names)))


def _is_one_cause(names: Sequence[str], graph: Graph, seen: Graph) -> bool:
    """Whether one hidden cause acts on all variables: the edge of a pair, or a hidden variable."""
    if len(names) == 2:
        return True
    return any(set(names) <= set(graph.children(name)) for name in graph.hidden)


# -- the data -------------------------------------------------------------------------------------
def _rows(
    one: Input,
    names: Sequence[str],
    outside: Sequence[str],
    fixed: Mapping[str, str],
    states: Mapping[str, tuple[str, ...]],
    *,
    blocks: int,
) -> Iterator[DataRow]:
    """What an input says of the component at each value of its parents outside; one block each."""
    seen = [name for name in names if name in one.observed]
    if not seen:
        return
    for name in outside:
        if name not in one.observed and name not in one.done:
            raise OutsideTypesError(
                f"an input without {name}, on which {', '.join(names)} depend",
                expected=f"{name} recorded or set with them",
            )
    about = [name for name in outside if name not in one.done]
    known = [(fixed[n],) if n in fixed else states[n] for n in (*one.done, *about)]
    for block, place in enumerate(product(*known), blocks):
        at = [Event(n, State(s)) for n, s in zip((*one.done, *about), place, strict=True)]
        do, given = Events(at[: len(one.done)]), Events(at[len(one.done) :])
        for values in product(*(states[name] for name in seen)):
            outcome = Events(Event(n, State(s)) for n, s in zip(seen, values, strict=True))
            yield DataRow(Prob(outcome, given, do), block)


def _shows(unit: ResponseType, formula: Prob, types: ResponseTypes) -> bool:
    """Whether a unit of a type shows an event where the outside variables have their values."""
    settings = tuple(Imposed(e.variable, e.value) for e in formula.given | formula.do)
    return all(
        types.value(unit, Copy(event.variable, settings)) == _state(event.value)
        for event in formula.outcome
    )


def _divisor(given: CopyEvents, outside: Sequence[str], fixed: Mapping[str, str]) -> Prob | None:
    """The probability of what is given, where data say it."""
    if not given:
        return None
    if any(event.copy.settings for event in given):
        raise OutsideTypesError(
            "a condition on what would have been", expected="a condition on what is seen"
        )
    if any(name not in fixed for name in outside):
        open_ = next(name for name in outside if name not in fixed)
        raise OutsideTypesError(
            f"a condition whose probability depends on {open_}",
            expected=f"{open_} given, too",
        )
    outcome = Events(Event(event.copy.variable, event.value) for event in given)
    return Prob(outcome, Events(Event(n, State(s)) for n, s in fixed.items()))


def _cost(
    unit: ResponseType, terms: Sequence[QueryTerm], inside: CopyEvents, types: ResponseTypes
) -> Fraction:
    """What a unit of a type adds to the query, times the probability of what is given."""
    if not _happens(unit, inside, types):
        return Fraction(0)
    found = Fraction(0)
    for term in terms:
        shown = all(types.value(unit, event.copy) == _state(event.value) for event in term.outcome)
        found += term.factor * shown
    return found


def _happens(unit: ResponseType, events: CopyEvents, types: ResponseTypes) -> bool:
    return all(types.value(unit, event.copy) == _state(event.value) for event in events)


def gives(known: Prob, asked: Prob) -> bool:
    """Whether the distribution of a cell has a probability among its sums."""
    same = known.given == asked.given and not known.do
    return same and set(asked.outcome.variables) <= set(known.outcome.variables)
