"""Scope: which letters are free, and substitution that captures none.

Main definitions
----------------
free_letters : the free letters of a formula, each with the variable whose states it runs over.
substitute : put values for free letters; bound letters step aside (``x`` becomes ``x'``).
with_events : put other events for all, in probabilities and in what is summed over.
apart_from : an index whose letters are used nowhere else.
canonical : one representative of all formulas that differ in bound names only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from symcausal.expr.nodes import (
    Add,
    CopyEvents,
    Counterfactual,
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
    Value,
)
from symcausal.hints import assert_never


def free_letters(expr: Expr) -> dict[str, str]:
    """Map every free letter to its variable, in reading order."""
    found: dict[str, str] = {}
    _collect(expr, frozenset(), found)
    return found


def all_letters(expr: Expr) -> set[str]:
    """Every letter that occurs, free or bound."""
    match expr:
        case Prob(outcome, given, do):
            return {*outcome.letters, *given.letters, *do.letters}
        case Counterfactual(outcome, given):
            return set(Events((*outcome.values, *given.values)).letters)
        case Expectation(over, body, given, do):
            return {*over.letters, *given.letters, *do.letters} | all_letters(body)
        case Sum(over, body):
            return set(over.letters) | all_letters(body)
        case Product(parts) | Add(parts):
            return set().union(*map(all_letters, parts))
        case Quotient(left, right) | Minus(left, right):
            return all_letters(left) | all_letters(right)
        case Numeric(event):
            return set(Events((event,)).letters)
        case Scalar():
            return set()


def variables(expr: Expr) -> tuple[str, ...]:
    """Every variable that occurs, in reading order, each once."""
    found: dict[str, None] = {}
    _variables(expr, found)
    return tuple(found)


def fresh(letter: str, taken: Collection[str]) -> str:
    """The letter, with as many primes added as it takes to avoid ``taken``."""
    while letter in taken:
        letter += "'"
    return letter


def substitute(expr: Expr, values: Mapping[str, Value]) -> Expr:
    """Put values in place of free letters, renaming bound letters that would capture one."""
    if not values:
        return expr
    match expr:
        case Prob(outcome, given, do):
            put = _put(outcome, values), _put(given, values), _put(do, values)
            return expr if put == (outcome, given, do) else Prob(*put)
        case Counterfactual(outcome, given):
            return Counterfactual(_put_copies(outcome, values), _put_copies(given, values))
        case Numeric(event):
            return Numeric(_put_event(event, values))
        case Scalar():
            return expr
        case Sum(over, body):
            over, inner = _step_aside(over, body, values)
            return Sum(over, substitute(body, inner))
        case Expectation(over, body, given, do):
            over, inner = _step_aside(over, body, values)
            return Expectation(over, substitute(body, inner), _put(given, values), _put(do, values))
        case Product(parts):
            return Product(tuple(substitute(part, values) for part in parts))
        case Add(parts):
            return Add(tuple(substitute(part, values) for part in parts))
        case Quotient(left, right):
            return Quotient(substitute(left, values), substitute(right, values))
        case Minus(left, right):
            return Minus(substitute(left, values), substitute(right, values))


def with_events(expr: Expr, put: Callable[[Event], Event]) -> Expr:
    """Put another event for each, also for those that a sum or a mean is taken over.

    Examples
    --------
    >>> from symcausal.expr.nodes import Letter
    >>> from symcausal.reading.reader import read
    >>> with_events(read("P(A)"), lambda event: Event("B", Letter("B"))) == read("P(B)")
    True
    """
    match expr:
        case Prob(outcome, given, do):
            return Prob(*(Events(map(put, part)) for part in (outcome, given, do)))
        case Counterfactual():  # whose settings name variables besides
            return expr
        case Numeric(event):
            return Numeric(put(event))
        case Scalar():
            return expr
        case Sum(over, body):
            return Sum(Events(map(put, over)), with_events(body, put))
        case Expectation(over, body, given, do):
            outer, *about = (Events(map(put, part)) for part in (over, given, do))
            return Expectation(outer, with_events(body, put), *about)
        case Product(parts):
            return Product(tuple(with_events(part, put) for part in parts))
        case Add(parts):
            return Add(tuple(with_events(part, put) for part in parts))
        case Quotient(left, right):
            return Quotient(with_events(left, put), with_events(right, put))
        case Minus(left, right):
            return Minus(with_events(left, put), with_events(right, put))


def apart_from(over: Events, body: Expr, taken: Collection[str]) -> tuple[Events, Expr]:
    """Rename the letters of an index, and of what it binds, that are ``taken`` outside."""
    used = {*taken, *over.letters, *all_letters(body)}
    names: dict[str, Value] = {}
    for letter in over.letters:
        if letter in taken:
            names[letter] = Letter(fresh(letter, used))
            used.add(names[letter].name)
    index = Events(Event(e.variable, names.get(e.value.name, e.value)) for e in over)
    return index, substitute(body, names)


def canonical(expr: Expr) -> Expr:
    """Rename bound letters to ``#1``, ``#2``... by depth and order of their variables.

    Two formulas that differ in bound names only have equal canonical forms. Commuted factors do
    not: the order is part of what an author wrote.
    """
    return _canonical(expr, 0)


def _canonical(expr: Expr, depth: int) -> Expr:
    match expr:
        case Prob() | Counterfactual() | Numeric() | Scalar():
            return expr
        case Sum(over, body):
            renamed, inner, depth = _numbered(over, depth)
            return Sum(renamed, _canonical(substitute(body, inner), depth))
        case Expectation(over, body, given, do):
            renamed, inner, depth = _numbered(over, depth)
            return Expectation(renamed, _canonical(substitute(body, inner), depth), given, do)
        case Product(parts):
            inside = tuple([_canonical(part, depth) for part in parts])
            return expr if inside == parts else Product(inside)
        case Add(parts):
            return Add(tuple(_canonical(part, depth) for part in parts))
        case Quotient(left, right):
            return Quotient(_canonical(left, depth), _canonical(right, depth))
        case Minus(left, right):
            return Minus(_canonical(left, depth), _canonical(right, depth))


def _numbered(over: Events, depth: int) -> tuple[Events, dict[str, Value], int]:
    inner: dict[str, Value] = {}
    renamed = []
    for event in over:
        depth += 1
        inner[event.value.name] = Letter(f"#{depth}")
        renamed.append(Event(event.variable, Letter(f"#{depth}")))
    return Events(renamed), inner, depth


def _put_event(event: Event, values: Mapping[str, Value]) -> Event:
    if isinstance(event.value, Letter) and event.value.name in values:
        return Event(event.variable, values[event.value.name])
    return event


def _put(events: Events, values: Mapping[str, Value]) -> Events:
    if all(event.value.name not in values for event in events):
        return events
    return Events(_put_event(event, values) for event in events)


def _put_copies(events: CopyEvents, values: Mapping[str, Value]) -> CopyEvents:
    return events.with_values(lambda event: _put_event(event, values))


def _step_aside(
    over: Events, body: Expr, values: Mapping[str, Value]
) -> tuple[Events, dict[str, Value]]:
    bound = set(over.letters)
    free = free_letters(body)
    inner = {name: value for name, value in values.items() if name not in bound and name in free}
    incoming = {value.name for value in inner.values() if isinstance(value, Letter)}
    if not incoming & bound:
        return over, inner
    taken = incoming | bound | set(free)
    renamed = []
    for event in over:
        name = event.value.name
        if name in incoming:
            name = fresh(name, taken)
            taken.add(name)
            inner[event.value.name] = Letter(name)
        renamed.append(Event(event.variable, Letter(name)))
    return Events(renamed), inner


def _collect(expr: Expr, bound: frozenset[str], found: dict[str, str]) -> None:
    match expr:
        case Prob(outcome, given, do):
            _collect_events((*outcome, *given, *do), bound, found)
        case Counterfactual(outcome, given):
            _collect_events((*outcome.values, *given.values), bound, found)
        case Expectation(over, body, given, do):
            _collect_events((*given, *do), bound, found)
            _collect(body, bound | set(over.letters), found)
        case Sum(over, body):
            _collect(body, bound | set(over.letters), found)
        case Product(parts) | Add(parts):
            for part in parts:
                _collect(part, bound, found)
        case Quotient(left, right) | Minus(left, right):
            _collect(left, bound, found)
            _collect(right, bound, found)
        case Numeric(event):
            _collect_events((event,), bound, found)
        case Scalar():
            pass
        case _:
            assert_never(expr)


def _collect_events(
    events: tuple[Event, ...], bound: frozenset[str], found: dict[str, str]
) -> None:
    for event in events:
        if isinstance(event.value, Letter) and event.value.name not in bound:
            found.setdefault(event.value.name, event.variable)


def _variables(expr: Expr, found: dict[str, None]) -> None:
    match expr:
        case Prob(outcome, given, do):
            found.update(dict.fromkeys(e.variable for e in (*outcome, *given, *do)))
        case Counterfactual(outcome, given):
            found.update(dict.fromkeys((*outcome.variables, *given.variables)))
        case Expectation(over, body, given, do):
            found.update(dict.fromkeys(e.variable for e in (*over, *given, *do)))
            _variables(body, found)
        case Sum(over, body):
            found.update(dict.fromkeys(over.variables))
            _variables(body, found)
        case Product(parts) | Add(parts):
            for part in parts:
                _variables(part, found)
        case Quotient(left, right) | Minus(left, right):
            _variables(left, found)
            _variables(right, found)
        case Numeric(event):
            found[event.variable] = None
        case Scalar():
            pass
        case _:
            assert_never(expr)
