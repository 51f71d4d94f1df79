"""What was probably meant: small edits of a formula after which a claim holds.

The edits are the slips that people make: a condition dropped or added, seeing for doing, outcome and
condition swapped, a factor or a sum forgotten, a variable renamed, a wrong denominator, a lost prime.
Every candidate is judged by the kernel; none is offered on its looks.

Main definitions
----------------
suggestions : up to three formulas, fewest edits first.
edits : all formulas one edit away.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping

from symcausal.check.setting import Setting, named_variables
from symcausal.errors import SymcausalError
from symcausal.expr import build
from symcausal.expr.nodes import (
    Event,
    Events,
    Expr,
    Letter,
    Prob,
    Product,
    Quotient,
    Sum,
)
from symcausal.expr.path import everywhere, replace
from symcausal.expr.scope import canonical, free_letters
from symcausal.graph.graph import Graph
from symcausal.kernel.identity import Probe

MOST = 3
MOST_CANDIDATES = 4000


def suggestions(wrong: Expr, right: Expr, setting: Setting, *, seconds: float = 0.4) -> list[Expr]:
    """Formulas near ``wrong`` that equal ``right`` in every positive model.

    Parameters
    ----------
    wrong : Expr
        The side to mend.
    right : Expr
        The side that stays.
    setting : Setting
        Where the claim is judged.
    seconds : float
        When to stop looking for formulas that are two edits away.
    """
    end = time.monotonic() + seconds
    letters = {**free_letters(wrong), **free_letters(right)}
    probe = Probe(right, setting.models(named_variables(wrong, right)), letters)
    found: dict[Expr, Expr] = {}
    tried: set[Expr] = {canonical(wrong), canonical(right)}
    frontier = [wrong]
    for _ in range(2):
        grown: list[Expr] = []
        for formula in frontier:
            for candidate in edits(formula, right, setting):
                if len(tried) > MOST_CANDIDATES or time.monotonic() > end:
                    return _best(found, wrong, right)
                form = canonical(candidate)
                if form in tried or not set(free_letters(candidate)) <= set(letters):
                    if form not in tried and len(grown) < MOST_CANDIDATES:
                        grown.append(candidate)
                        tried.add(form)
                    continue
                tried.add(form)
                grown.append(candidate)
                if _agrees(candidate, probe):
                    found.setdefault(form, candidate)
        if found:
            break
        frontier = grown
    return _best(found, wrong, right)


def _best(found: Mapping[Expr, Expr], wrong: Expr, right: Expr) -> list[Expr]:
    """The first few; last those that bring in a ``do`` or merely repeat the other side."""
    plain = not _mentions_do(wrong)

    def roundabout(candidate: Expr) -> tuple[bool, bool]:
        repeats = any(node == right for _, node in everywhere(candidate))
        return repeats, plain and _mentions_do(candidate)

    return sorted(found.values(), key=roundabout)[:MOST]


def _mentions_do(formula: Expr) -> bool:
    return any(isinstance(node, Prob) and node.do for _, node in everywhere(formula))


def _agrees(candidate: Expr, probe: Probe) -> bool:
    try:
        return probe.agrees(candidate)
    except (SymcausalError, ZeroDivisionError, KeyError):
        return False


def edits(formula: Expr, other: Expr, setting: Setting) -> Iterator[Expr]:
    """All formulas one edit away, the commonest slips first."""
    letters = _letters_in_scope(formula, other)
    for path, node in list(everywhere(formula)):
        if isinstance(node, Prob):
            for part in _of_prob(node, letters, setting.graph):
                yield replace(formula, path, part)
    for path, node in list(everywhere(formula)):
        match node:
            case Product(factors):
                for i in range(len(factors)):
                    rest = build.product((*factors[:i], *factors[i + 1 :]))
                    yield replace(formula, path, rest)
            case Sum(over, body):
                yield replace(formula, path, body)
                for event in over:
                    yield replace(formula, path, build.total(over - (event,), body))
                for factor in _factors(over, letters, setting.graph):
                    inner = build.product((body, factor))
                    yield replace(formula, path, Sum(over, inner))
            case Quotient(top, bottom):
                yield replace(formula, path, top)
                for lower in _denominators(top, bottom):
                    yield replace(formula, path, Quotient(top, lower))
    yield from _whole(formula, other, letters, setting.graph)


def _of_prob(node: Prob, letters: Mapping[str, Event], graph: Graph) -> Iterator[Expr]:
    outcome, given, do = node.outcome, node.given, node.do
    for event in given:
        yield build.prob(outcome, given - (event,), do)
    present = {*outcome.variables, *given.variables, *do.variables}
    for name in graph.nodes:
        if name not in present and name not in graph.hidden:
            for event in _events_of(name, letters):
                yield build.prob(outcome, given | (event,), do)
    for event in do:
        yield build.prob(outcome, given | (event,), do - (event,))
    for event in given:
        yield build.prob(outcome, given - (event,), do | (event,))
    if given and not do:
        yield build.prob(given, outcome)
    for event in outcome if len(outcome) > 1 else ():
        yield build.prob(outcome - (event,), given, do)
        yield build.prob(outcome - (event,), given | (event,), do)
    for event in given:
        yield build.prob(outcome | (event,), given - (event,), do)
    for name in graph.nodes:
        if name not in present and name not in graph.hidden:
            for event in _events_of(name, letters):
                yield build.prob(outcome | (event,), given, do)
    for event in do:
        yield build.prob(outcome, given, do - (event,))
    for part in _renamed(node, letters, graph):
        yield part
    for part in _primed(node, letters):
        yield part


def _renamed(node: Prob, letters: Mapping[str, Event], graph: Graph) -> Iterator[Expr]:
    present = {*node.outcome.variables, *node.given.variables, *node.do.variables}
    for old in (*node.outcome, *node.given, *node.do):
        for name in graph.nodes:
            if name in present or name in graph.hidden:
                continue
            for new in _events_of(name, letters):
                yield Prob(
                    _swap(node.outcome, old, new),
                    _swap(node.given, old, new),
                    _swap(node.do, old, new),
                )


def _primed(node: Prob, letters: Mapping[str, Event]) -> Iterator[Expr]:
    """The same probability with another copy of one of its letters."""
    for old in (*node.outcome, *node.given, *node.do):
        if not isinstance(old.value, Letter):
            continue
        for event in letters.values():
            if event.variable == old.variable and event != old:
                yield Prob(
                    _swap(node.outcome, old, event),
                    _swap(node.given, old, event),
                    _swap(node.do, old, event),
                )


def _swap(events: Events, old: Event, new: Event) -> Events:
    return Events(new if event == old else event for event in events)


def _factors(over: Events, letters: Mapping[str, Event], graph: Graph) -> Iterator[Expr]:
    """Factors that a sum may have lost: tables, and priors of what is summed."""
    for event in over:
        yield build.prob((event,))
        parents = [letters[p] for p in graph.parents(event.variable) if p in letters]
        if parents:
            yield build.prob((event,), parents)
        for other in letters.values():
            if other.variable != event.variable:
                yield build.prob((event,), (other,))
    for event in letters.values():
        parents = [letters[p] for p in graph.parents(event.variable) if p in letters]
        yield build.prob((event,), parents)


def _denominators(top: Expr, bottom: Expr) -> Iterator[Expr]:
    """What may stand below: the sum of the numerator, or a probability of part of its events."""
    for _, node in everywhere(top):
        if isinstance(node, Prob):
            for event in (*node.outcome, *node.given):
                yield build.prob((event,))
            if node.given:
                yield build.prob(node.given)
            yield build.prob(node.outcome)


def _whole(
    formula: Expr, other: Expr, letters: Mapping[str, Event], graph: Graph
) -> Iterator[Expr]:
    """A sum or a factor that the whole formula may have lost."""
    free = free_letters(formula)
    wanted = free_letters(other)
    for letter, variable in free.items():
        if letter not in wanted:
            yield build.total((Event(variable, Letter(letter)),), formula)
    for event in letters.values():
        if isinstance(event.value, Letter) and event.value.name in wanted:
            parents = [letters[p] for p in graph.parents(event.variable) if p in letters]
            yield build.product((formula, build.prob((event,), parents)))
            if parents:
                yield build.product((formula, build.prob((event,))))
    for name in graph.nodes:
        if name not in free and name not in graph.hidden and name not in wanted:
            index = Event(name, Letter(name))
            for path, node in list(everywhere(formula)):
                if isinstance(node, Prob) and name not in _variables(node):
                    wider = build.prob(node.outcome, node.given | (index,), node.do)
                    prior = build.prob((index,))
                    yield build.total(
                        (index,), build.product((replace(formula, path, wider), prior))
                    )
    if isinstance(other, Prob) and other.given:
        yield build.quotient(formula, build.prob(other.given, (), other.do))


def _variables(node: Prob) -> set[str]:
    return {*node.outcome.variables, *node.given.variables, *node.do.variables}


def _letters_in_scope(formula: Expr, other: Expr) -> dict[str, Event]:
    """The events that a claim speaks of, by variable and, for copies, by letter."""
    found: dict[str, Event] = {}
    for side in (formula, other):
        for _, node in everywhere(side):
            events: Iterable[Event] = ()
            match node:
                case Prob(outcome, given, do):
                    events = (*outcome, *given, *do)
                case Sum(over, _):
                    events = over
            for event in events:
                key = event.variable if event.variable not in found else event.value.name
                found.setdefault(key, event)
    return found


def _events_of(name: str, letters: Mapping[str, Event]) -> list[Event]:
    known = [event for event in dict.fromkeys(letters.values()) if event.variable == name]
    return known or [Event(name, Letter(name))]
