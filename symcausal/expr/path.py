"""Places in a formula: a path is the tuple of child positions from the root."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symcausal.expr import build
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Expectation,
    Expr,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
    children,
)
from symcausal.hints import TypeAlias, assert_never

NodePath: TypeAlias = tuple[int, ...]


def at(expr: Expr, path: NodePath) -> Expr:
    """The part of a formula at a path."""
    for position in path:
        expr = tuple(children(expr))[position]
    return expr


def everywhere(expr: Expr, prefix: NodePath = ()) -> Iterator[tuple[NodePath, Expr]]:
    """Every part of a formula with its path, parents before children."""
    yield prefix, expr
    for position, child in enumerate(children(expr)):
        yield from everywhere(child, (*prefix, position))


def replace(expr: Expr, path: NodePath, part: Expr) -> Expr:
    """Put another part at a path; products and sums of products stay flat."""
    if not path:
        return part
    head, rest = path[0], path[1:]
    match expr:
        case Sum(over, body):
            return build.total(over, replace(body, rest, part))
        case Expectation(over, body, given, do):
            return Expectation(over, replace(body, rest, part), given, do)
        case Product(parts):
            return build.product(_swap(parts, head, rest, part))
        case Add(parts):
            return build.add(_swap(parts, head, rest, part))
        case Quotient(left, right):
            if head == 0:
                return build.quotient(replace(left, rest, part), right)
            return build.quotient(left, replace(right, rest, part))
        case Minus(left, right):
            if head == 0:
                return Minus(replace(left, rest, part), right)
            return Minus(left, replace(right, rest, part))
        case Prob() | Counterfactual() | Scalar() | Numeric():
            raise IndexError(path)


def rewritten(expr: Expr, put: Callable[[Expr], Expr | None]) -> Expr:
    """Put other parts for some, outermost first; what ``put`` has none for is looked into."""
    other = put(expr)
    if other is not None:
        return other
    match expr:
        case Sum(over, body):
            return build.total(over, rewritten(body, put))
        case Expectation(over, body, given, do):
            return Expectation(over, rewritten(body, put), given, do)
        case Product(parts):
            return build.product(rewritten(part, put) for part in parts)
        case Add(parts):
            return build.add(rewritten(part, put) for part in parts)
        case Quotient(left, right):
            return build.quotient(rewritten(left, put), rewritten(right, put))
        case Minus(left, right):
            return Minus(rewritten(left, put), rewritten(right, put))
        case Prob() | Counterfactual() | Scalar() | Numeric():
            return expr
        case _:
            assert_never(expr)


def _swap(parts: tuple[Expr, ...], head: int, rest: NodePath, part: Expr) -> Iterator[Expr]:
    for position, old in enumerate(parts):
        yield replace(old, rest, part) if position == head else old
