"""What nobody would write on purpose, though it may be true: a measure for ranking formulas.

Main definitions
----------------
oddity : how odd a formula looks; 0 for most of what stands in books.
has_twice : whether a variable stands twice in one probability.
cancelled : a formula without factors that may cancel.
has_idle_sum : whether a sum in it only says that probabilities sum to one.
sums_in_front : one sum over one product, where sums were nested.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.derive.worksheet import same_form
from symcausal.expr import build
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Event,
    Events,
    Expectation,
    Expr,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
)
from symcausal.expr.path import everywhere, replace
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.graph.separation import separated
from symcausal.hints import assert_never


def oddity(formula: Expr, graph: Graph) -> float:
    """Return how odd a formula looks over a graph, as a number."""
    return sum(_of_parts(formula, graph)) + sum(_of_terms(formula))


def _of_parts(formula: Expr, graph: Graph) -> Iterator[float]:
    for _, node in everywhere(formula):
        match node:
            case Prob():
                yield 0.05  # the shorter of two, other things being equal
                yield from _idle_conditions(node, graph)
            case Sum(over, body):
                yield from _of_sum(over, body)
            case Quotient(top, bottom):
                below = build.factors_of(bottom)
                yield from (1.0 for factor in build.factors_of(top) if factor in below)
                if same_form(top, bottom):
                    yield 3.0
                if isinstance(top, Quotient):
                    yield 2.0
            case Expectation() | Product() | Add() | Minus():
                pass
            case Counterfactual() | Scalar() | Numeric():
                pass
            case _:
                assert_never(node)


def _idle_conditions(node: Prob, graph: Graph) -> Iterator[float]:
    """Conditions that say nothing new."""
    for event in node.given:
        others = [e.variable for e in (*node.given, *node.do) if e != event]
        if event.variable in (*node.outcome.variables, *others):
            yield 2.0
        elif separated(
            graph,
            node.outcome.variables,
            (event.variable,),
            others,
            cut_into=node.do.variables,
        ):
            yield 0.5


def _of_sum(over: Events, body: Expr) -> Iterator[float]:
    inside = free_letters(body)
    told = set(_told(body))
    for event in over:
        letter = event.value.name
        if letter not in inside:
            yield 4.0  # a sum of nothing but copies
        elif event not in told:
            yield 1.0  # values added up without weights
        elif any(v == event.variable and x != letter for x, v in inside.items()):
            yield 0.5  # two copies of one variable under one sum
        if any(isinstance(n, Sum) and letter in n.over.letters for _, n in everywhere(body)):
            yield 1.5  # one name for two indices
    if isinstance(body, Prob) and set(body.outcome) <= set(over):
        yield 1.5  # a sum that is 1


def _of_terms(formula: Expr) -> Iterator[float]:
    """Something predicted twice in one product."""
    told = _told(formula)
    yield 1.5 * (len(told) - len(set(told)))
    for _, node in everywhere(formula):
        match node:
            case Quotient(_, bottom):
                below = _told(bottom)
                yield 1.5 * (len(below) - len(set(below)))
            case Add(terms):
                for term in terms:
                    yield 1.5 * (len(_told(term)) - len(set(_told(term))))
            case Minus(left, right):
                for term in (left, right):
                    yield 1.5 * (len(_told(term)) - len(set(_told(term))))
            case Prob() | Expectation() | Sum() | Product():
                pass
            case Counterfactual() | Scalar() | Numeric():
                pass
            case _:
                assert_never(node)


def _told(node: Expr) -> list[Event]:
    """The events that a product predicts, sums and numerators looked into."""
    match node:
        case Prob(outcome):
            return list(outcome)
        case Sum(_, body):
            return _told(body)
        case Quotient(top, _):
            return _told(top)
        case Product(factors):
            return [event for factor in factors for event in _told(factor)]
        case Expectation() | Add() | Minus() | Counterfactual() | Scalar() | Numeric():
            return []


def sums_in_front(formula: Expr) -> Expr:
    """Return a formula with its nested sums of products as one sum over one product."""
    match formula:
        case Sum(over, body):
            inner = sums_in_front(body)
            if isinstance(inner, Sum) and not set(inner.over.letters) & set(over.letters):
                return Sum(over | inner.over, inner.body)
            return Sum(over, inner)
        case Product(factors):
            parts = [sums_in_front(factor) for factor in factors]
            over = Events(e for part in parts if isinstance(part, Sum) for e in part.over)
            bound = sum(len(part.over) for part in parts if isinstance(part, Sum))
            free = {letter for part in parts for letter in free_letters(part)}
            if len(over) < bound or free & set(over.letters):
                return formula
            inside = (part.body if isinstance(part, Sum) else part for part in parts)
            return build.total(over, build.product(inside))
        case Prob() | Expectation() | Quotient() | Add() | Minus():
            return formula
        case Counterfactual() | Scalar() | Numeric():
            return formula


def has_twice(formula: Expr) -> bool:
    """Decide whether a variable stands twice in one probability, as in ``P(Y=1 | X, Y)``."""
    for _, node in everywhere(formula):
        if isinstance(node, Prob):
            names = [*node.outcome.variables, *node.given.variables, *node.do.variables]
            if len(set(names)) < len(names):
                return True
    return False


def cancelled(formula: Expr) -> Iterator[Expr]:
    """Yield a formula without one factor above and one below the line of a fraction.

    If it means the same as the formula, these factors cancel.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> read("P(A) / P(C)") in cancelled(read("P(A) P(B) / (P(B) P(C))"))
    True
    """
    for path, node in everywhere(formula):
        if not isinstance(node, Quotient):
            continue
        above, below = build.factors_of(node.numerator), build.factors_of(node.denominator)
        for i in range(len(above)):
            for j in range(len(below)):
                rest = build.product((*above[:i], *above[i + 1 :]))
                under = build.product((*below[:j], *below[j + 1 :]))
                shorter = rest if under == build.ONE else Quotient(rest, under)
                yield replace(formula, path, shorter)


def has_idle_sum(formula: Expr) -> bool:
    """Decide whether a formula has a sum over a distribution alone, or over a letter of nothing."""
    for _, node in everywhere(formula):
        if not isinstance(node, Sum):
            continue
        factors = build.factors_of(node.body)
        for event in node.over:
            letter = event.value.name
            having = [factor for factor in factors if letter in free_letters(factor)]
            if not having:
                return True
            if len(having) == 1 < len(factors) and _is_distribution(having[0], event):
                return True
    return False


def _is_distribution(factor: Expr, event: Event) -> bool:
    return isinstance(factor, Prob) and factor.outcome == Events((event,))
