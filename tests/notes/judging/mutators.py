"""Slips of the pen, one function for each kind, as people make them in derivations.

They take the right side of an equation (or the left) and yield what somebody may have written instead.
Nothing here comes from the library's own search for repairs.

Main definitions
----------------
MUTATORS : the kinds by name; each yields all formulas one such slip away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symcausal.expr import build
from symcausal.expr.nodes import (
    Add,
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Minus,
    Prob,
    Product,
    Quotient,
    Sum,
)
from symcausal.graph.graph import Graph

Rewrite = Callable[[Expr, dict[str, str], Graph], Iterator[Expr]]


def _everywhere(
    formula: Expr, scope: dict[str, str], graph: Graph, rewrite: Rewrite
) -> Iterator[Expr]:
    """The formula with one of its parts rewritten; ``scope`` has the letters at that part."""
    yield from rewrite(formula, scope, graph)
    match formula:
        case Sum(over, body):
            inner = scope | {e.value.name: e.variable for e in over}
            for part in _everywhere(body, inner, graph, rewrite):
                yield Sum(over, part)
        case Product(parts):
            for i, part in enumerate(parts):
                for new in _everywhere(part, scope, graph, rewrite):
                    yield build.product((*parts[:i], new, *parts[i + 1 :]))
        case Add(parts):
            for i, part in enumerate(parts):
                for new in _everywhere(part, scope, graph, rewrite):
                    yield build.add((*parts[:i], new, *parts[i + 1 :]))
        case Quotient(top, bottom):
            for new in _everywhere(top, scope, graph, rewrite):
                yield Quotient(new, bottom)
            for new in _everywhere(bottom, scope, graph, rewrite):
                yield Quotient(top, new)
        case Minus(top, bottom):
            for new in _everywhere(top, scope, graph, rewrite):
                yield Minus(new, bottom)
            for new in _everywhere(bottom, scope, graph, rewrite):
                yield Minus(top, new)
        case Expectation(over, body, given, do):
            if len(given) and not do:
                yield Expectation(over, body, Events(), given)
            if len(do) and not given:
                yield Expectation(over, body, do, Events())


def _absent(node: Prob, scope: dict[str, str], graph: Graph) -> Iterator[Event]:
    """Events of variables that a probability does not mention."""
    used = {*node.outcome.variables, *node.given.variables, *node.do.variables}
    for name in graph.nodes:
        if name not in used and name not in graph.hidden:
            letters = [letter for letter, variable in scope.items() if variable == name]
            yield Event(name, Letter(letters[-1] if letters else name))


def drop_condition(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """``P(y | x, z)`` became ``P(y | x)``."""
    if isinstance(node, Prob):
        for event in node.given:
            yield Prob(node.outcome, node.given - (event,), node.do)


def add_condition(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """``P(z)`` became ``P(z | x)``."""
    if isinstance(node, Prob):
        for event in _absent(node, scope, graph):
            yield Prob(node.outcome, node.given | (event,), node.do)


def see_for_do(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """``P(y | do(x))`` became ``P(y | x)``, or the other way round."""
    if isinstance(node, Prob):
        for event in node.do:
            yield Prob(node.outcome, node.given | (event,), node.do - (event,))
        for event in node.given:
            yield Prob(node.outcome, node.given - (event,), node.do | (event,))


def swap(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """``P(y | x)`` became ``P(x | y)``."""
    if isinstance(node, Prob) and node.given:
        yield Prob(node.given, node.outcome, node.do)


def drop_factor(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """A factor was forgotten."""
    if isinstance(node, Product):
        for i in range(len(node.factors)):
            yield build.product(node.factors[:i] + node.factors[i + 1 :])


def add_factor(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """A factor too many: a prior or a table of something that is in scope."""
    if isinstance(node, Prob | Product):
        for letter, variable in scope.items():
            event = Event(variable, Letter(letter))
            yield build.product((node, Prob(Events((event,)))))
            by_variable = {v: ell for ell, v in scope.items()}
            parents = [
                Event(p, Letter(by_variable[p]))
                for p in graph.parents(variable)
                if p in by_variable
            ]
            if parents:
                yield build.product((node, Prob(Events((event,)), Events(parents))))


def drop_sum(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """A sum was forgotten, or one of its indices."""
    if isinstance(node, Sum):
        for event in node.over:
            yield build.total(node.over - (event,), node.body)


def add_sum(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """A sum too many, over something that the formula speaks of."""
    if isinstance(node, Prob):
        for event in node.outcome | node.given:
            if isinstance(event.value, Letter):
                yield build.total((event,), node)


def rename(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """``P(y | z)`` became ``P(y | w)``."""
    if isinstance(node, Prob):
        for old in (*node.outcome, *node.given, *node.do):
            for new in _absent(node, scope, graph):
                yield Prob(*(_put(part, old, new) for part in (node.outcome, node.given, node.do)))


def wrong_denominator(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """``P(x, y) / P(x)`` became ``P(x, y) / P(y)``, or the denominator was forgotten."""
    if isinstance(node, Quotient):
        yield node.numerator
        yield Quotient(node.numerator, node.numerator)
        for letter, variable in scope.items():
            lower = Prob(Events((Event(variable, Letter(letter)),)))
            if lower != node.denominator:
                yield Quotient(node.numerator, lower)


def primes(node: Expr, scope: dict[str, str], graph: Graph) -> Iterator[Expr]:
    """``x'`` became ``x``, or ``x`` became ``x'``."""
    if isinstance(node, Prob):
        for old in (*node.outcome, *node.given, *node.do):
            for letter, variable in scope.items():
                new = Event(variable, Letter(letter))
                if variable == old.variable and new != old and isinstance(old.value, Letter):
                    yield Prob(
                        *(_put(part, old, new) for part in (node.outcome, node.given, node.do))
                    )


def _put(events: Events, old: Event, new: Event) -> Events:
    return Events(new if event == old else event for event in events)


def _kind(rewrite: Rewrite) -> Rewrite:
    return lambda formula, scope, graph: _everywhere(formula, scope, graph, rewrite)


MUTATORS: dict[str, Rewrite] = {
    rewrite.__name__: _kind(rewrite)
    for rewrite in (
        drop_condition,
        add_condition,
        see_for_do,
        swap,
        drop_factor,
        add_factor,
        drop_sum,
        add_sum,
        rename,
        wrong_denominator,
        primes,
    )
}
