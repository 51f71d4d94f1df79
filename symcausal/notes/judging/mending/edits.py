"""The slips that people make, as edits of a formula, each with the cost of having made it.

A condition dropped or added, seeing for doing, outcome and condition swapped, a factor or a sum
forgotten, a variable renamed, a wrong denominator, a lost prime.

Main definitions
----------------
edits : all formulas one edit away, with their costs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from symcausal.expr import build
from symcausal.expr.nodes import (
    Add,
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
    bound_by,
    children,
)
from symcausal.expr.path import NodePath, everywhere, replace
from symcausal.expr.scope import all_letters, free_letters, fresh, substitute
from symcausal.graph.graph import Graph
from symcausal.hints import TypeAlias, assert_never
from symcausal.notes.judging.mending.oddities import sums_in_front

EditScope: TypeAlias = Mapping[str, Event]  # the events that may be spoken of at a place, by letter
Edit: TypeAlias = tuple[float, Expr]

MOST_CONDITIONS = 3  # of a factor that may have been forgotten
LARGE_SCOPE = 6


def edits(formula: Expr, other: Expr, graph: Graph) -> Iterator[Edit]:
    """Yield all formulas one edit away, cheap kinds first.

    Parameters
    ----------
    formula : Expr
        The formula to edit.
    other : Expr
        What it should equal; its letters and states may be brought in.
    graph : Graph
        Its variables may be brought in.
    """
    places = list(_places(formula, (), _events(other, formula)))
    for path, node, scope in places:
        yield from _put_back(formula, path, _of_condition(node, scope))
    for path, node, scope in places:
        match node:
            case Prob():
                yield from _put_back(formula, path, _on_causes(node, scope, graph))
            case Product(factors):
                rests = (factors[:i] + factors[i + 1 :] for i in range(len(factors)))
                yield from _put_back(formula, path, ((1, build.product(rest)) for rest in rests))
            case Sum(over, body):
                for event in over:
                    yield 1.2, replace(formula, path, build.total(over - (event,), body))
            case Quotient(top, _):
                mended: list[Edit] = [(1.5, top)]
                mended += [(1.3, Quotient(top, old)) for old in _denominators(other)]
                mended += [(cost, Quotient(top, new)) for cost, new in _below(top, scope)]
                yield from _put_back(formula, path, mended)
            case Expectation() | Add() | Minus() | Counterfactual() | Scalar() | Numeric():
                pass
            case _:
                assert_never(node)
        yield from _put_back(formula, path, _forgotten_sums(node, other))
    for path, node, scope in places:
        if not isinstance(_parent(formula, path), Product):
            more = 0.8 if isinstance(node, Quotient) else 0.0
            lost: list[Edit] = [(0.9, old) for old in _factors(other)]
            lost += _forgotten_factors(node, scope, graph)
            wider = ((cost + more, build.product((node, factor))) for cost, factor in lost)
            yield from _put_back(formula, path, wider)
    if not isinstance(formula, Quotient):
        for lower in _denominators(other):
            yield 1.3, Quotient(formula, lower)
        for cost, lower in _below(formula, _events(other, formula)):
            yield cost, Quotient(formula, lower)
    yield from _adjusted(formula, other, graph)


def _put_back(formula: Expr, path: NodePath, parts: Iterable[Edit]) -> Iterator[Edit]:
    for cost, part in parts:
        yield cost, replace(formula, path, part)


def _places(
    node: Expr, path: NodePath, scope: EditScope
) -> Iterator[tuple[NodePath, Expr, EditScope]]:
    """Every part of a formula with its path and with the events that are in scope there."""
    yield path, node, scope
    inner = {**scope, **{event.value.name: event for event in bound_by(node)}}
    for position, child in enumerate(children(node)):
        yield from _places(child, (*path, position), inner)


def _parent(formula: Expr, path: NodePath) -> Expr | None:
    for position in path[:-1]:
        formula = tuple(children(formula))[position]
    return formula if path else None


def _events(*formulas: Expr) -> dict[str, Event]:
    """The free events of formulas by letter; states count as letters."""
    found: dict[str, Event] = {}
    for formula in formulas:
        free = free_letters(formula)
        for _, node in everywhere(formula):
            for event in _spoken_of(node):
                name = event.value.name
                if isinstance(event.value, Letter):
                    if name in free:
                        found[name] = event
                else:
                    found[f"{event.variable}={name}"] = event
    return found


def _spoken_of(node: Expr) -> tuple[Event, ...]:
    """The events that a node speaks of without binding them."""
    match node:
        case Prob(outcome, given, do):
            return (*outcome, *given, *do)
        case Expectation(_, _, given, do):
            return (*given, *do)
        case Counterfactual():  # whose events are of other worlds
            return ()
        case Sum() | Product() | Quotient() | Add() | Minus() | Scalar() | Numeric():
            return ()


# -- probabilities --------------------------------------------------------------------------------
def _on_causes(node: Prob, scope: EditScope, graph: Graph) -> Iterator[Edit]:
    """A variable given its causes, where more than one of them were forgotten."""
    if len(node.outcome) == 1 and not node.do and node.outcome[0].variable in graph.nodes:
        known = {event.variable: event for event in scope.values()}
        causes = graph.parents(node.outcome[0].variable)
        lost = [known[c] for c in causes if c in known and c not in node.given.variables]
        if len(lost) > 1:
            yield 1.6, Prob(node.outcome, node.given | lost)


def _of_condition(node: Expr, scope: EditScope) -> Iterator[Edit]:
    """A probability or a mean with other events in it."""
    match node:
        case Prob():
            yield from _of_probability(node, scope)
        case Expectation():
            yield from _of_expectation(node)
        case Sum() | Product() | Quotient() | Add() | Minus():
            pass
        case Counterfactual() | Scalar() | Numeric():
            pass
        case _:
            assert_never(node)


def _of_probability(node: Prob, scope: EditScope) -> Iterator[Edit]:
    outcome, given, do = node.outcome, node.given, node.do
    used = {*outcome.variables, *given.variables, *do.variables}
    absent = [event for event in dict.fromkeys(scope.values()) if event.variable not in used]
    for event in given:
        yield 1, Prob(outcome, given - (event,), do)
        yield 1, Prob(outcome, given - (event,), do | (event,))
    for event in absent:
        yield 1, Prob(outcome, given | (event,), do)
    for event in do:
        yield 1, Prob(outcome, given | (event,), do - (event,))
        yield 1.2, Prob(outcome, given, do - (event,))
    if given:
        yield 1, Prob(given, outcome, do)
    for old in (*outcome, *given, *do):
        for new in scope.values():
            if new != old and (new.variable == old.variable or new in absent):
                cost = 0.9 if new.variable == old.variable else 1.1
                yield cost, Prob(*(_swap(part, old, new) for part in (outcome, given, do)))
    for event in outcome if len(outcome) > 1 else ():
        yield 1.3, Prob(outcome - (event,), given, do)
        yield 1.3, Prob(outcome - (event,), given | (event,), do)
    for event in given:
        yield 1.3, Prob(outcome | (event,), given - (event,), do)
    for event in absent:
        yield 1.5, Prob(outcome | (event,), given, do)
        yield 1.5, Prob(outcome, given, do | (event,))
    if len(given) > 1:
        yield 1.5, Prob(outcome, Events(), given | do)
    if len(do) > 1:
        yield 1.5, Prob(outcome, given | do)


def _of_expectation(node: Expectation) -> Iterator[Edit]:
    for event in node.given:
        rest = node.given - (event,)
        yield 1, Expectation(node.over, node.body, rest, node.do)
        yield 1, Expectation(node.over, node.body, rest, node.do | (event,))
    for event in node.do:
        rest = node.do - (event,)
        yield 1, Expectation(node.over, node.body, node.given | (event,), rest)


def _swap(events: Events, old: Event, new: Event) -> Events:
    return Events(new if event == old else event for event in events)


# -- sums -----------------------------------------------------------------------------------------
def _forgotten_sums(node: Expr, other: Expr) -> Iterator[Edit]:
    """An index that a sum may have lost, or a sum that may have gone altogether."""
    wanted = free_letters(other)
    for letter, variable in free_letters(node).items():
        cost = 1.6 if letter in wanted else 1.0
        index = Event(variable, Letter(letter))
        if isinstance(node, Sum):
            yield cost - 0.2, Sum(node.over | (index,), node.body)
        else:
            yield cost, Sum(Events((index,)), node)


# -- factors --------------------------------------------------------------------------------------
def _forgotten_factors(node: Expr, scope: EditScope, graph: Graph) -> Iterator[Edit]:
    """Tables and priors first, then other conditional probabilities of what is in scope."""
    free = free_letters(node)
    events = list(dict.fromkeys(scope.values()))
    by_variable = {event.variable: event for event in events}
    seen: set[Expr] = set()
    for event in events:
        parents = [by_variable[p] for p in graph.parents(event.variable) if p in by_variable]
        others = [e for e in events if e.variable != event.variable]
        table = build.prob((event,), parents)
        many = MOST_CONDITIONS if len(others) < LARGE_SCOPE else 1
        sets = [c for size in range(many + 1) for c in combinations(others, size)]
        for given in (tuple(parents), *sets):
            factor = build.prob((event,), given)
            if factor in seen:
                continue
            seen.add(factor)
            used = event.value.name in free or not isinstance(event.value, Letter)
            cost = 1.0 if factor == table or not given else 1.2 + 0.2 * len(given)
            yield cost + (0 if used else 0.4), factor
        for cause in others:
            yield 1.8, build.prob((event,), (), (cause,))


def _factors(formula: Expr) -> Iterator[Expr]:
    """The factors that stand in a formula."""
    for _, node in everywhere(formula):
        if isinstance(node, Product):
            yield from node.factors


# -- denominators ---------------------------------------------------------------------------------
def _below(top: Expr, scope: EditScope) -> Iterator[Edit]:
    """Yield possible denominators: a sum of the numerator, or a probability of some of its events."""
    free = free_letters(top)
    taken = all_letters(top) | set(scope)
    for letters in (c for size in (1, 2) for c in combinations(free, size)):
        index = [Event(free[x], Letter(fresh(x, taken))) for x in letters]
        copy = {x: event.value for x, event in zip(letters, index, strict=True)}
        if isinstance(top, Prob) and is_whole(letters, top):
            continue  # what is below would be one
        lower = build.total(index, substitute(top, copy))
        flat = sums_in_front(lower)
        yield 0.5 + 0.5 * len(letters), flat
        if flat != lower:
            yield 0.7 + 0.5 * len(letters), lower
    events = list(dict.fromkeys(scope.values()))
    for size in (1, 2, 3):
        for some in combinations(events, size):
            if len({event.variable for event in some}) < size:
                continue
            yield 1.0 + 0.1 * size, build.prob(some)
            for outcome in some if size > 1 else ():
                rest = Events(some) - (outcome,)
                yield 1.2 + 0.1 * size, build.prob((outcome,), rest)
                yield 1.5 + 0.1 * size, build.prob((outcome,), (), rest)


def is_whole(letters: Collection[str], node: Prob) -> bool:
    """Decide whether letters are all that a probability has left of its bar, so that its sum is one."""
    own = node.outcome.letters
    return (
        len(own) == len(node.outcome)
        and set(own) == set(letters)
        and not set(own) & {*node.given.letters, *node.do.letters}
    )


def _denominators(formula: Expr) -> Iterator[Expr]:
    """The denominators that stand in a formula."""
    for _, node in everywhere(formula):
        if isinstance(node, Quotient):
            yield node.denominator


# -- adjustment -----------------------------------------------------------------------------------
def _adjusted(formula: Expr, other: Expr, graph: Graph) -> Iterator[Edit]:
    """A probability averaged over a variable that nobody has spoken of."""
    spoken = {*free_letters(formula), *all_letters(formula), *free_letters(other)}
    for name in graph.nodes:
        if name in spoken or name in graph.hidden:
            continue
        index = Event(name, Letter(name))
        for path, node in list(everywhere(formula)):
            if isinstance(node, Prob):
                wider = build.prob(node.outcome, node.given | (index,), node.do)
                weighed = build.product((wider, build.prob((index,))))
                yield 2.0, replace(formula, path, build.total((index,), weighed))
