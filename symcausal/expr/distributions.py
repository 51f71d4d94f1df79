"""The distributions that a formula speaks of: its probabilities, and those that means are taken over.

Main definitions
----------------
distribution_of : the one that a node itself speaks of.
distributions : those of all nodes.
mentions_do : whether there is one after an intervention.
first_probability : the probability that is written first.
"""

from __future__ import annotations

from collections.abc import Iterator

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
)
from symcausal.expr.path import everywhere


def distribution_of(expr: Expr) -> Prob | None:
    """The probability that a node is, or takes the mean over; None for any other kind of node.

    Examples
    --------
    >>> from symcausal.expr.nodes import Event, Letter, free_events
    >>> mean = Expectation(free_events("Y"), Numeric(Event("Y", Letter("Y"))), free_events("X"))
    >>> distribution_of(mean)
    Prob(outcome=Events(Y:Y), given=Events(X:X), do=Events())
    """
    match expr:
        case Prob():
            return expr
        case Expectation(over, _, given, do):
            return Prob(over, given, do)
        case Counterfactual():  # of several worlds, so of no distribution that has a name
            return None
        case Sum() | Product() | Quotient() | Add() | Minus() | Scalar() | Numeric():
            return None


def distributions(expr: Expr) -> Iterator[Prob]:
    """The distributions of all nodes, parents before children."""
    for _, node in everywhere(expr):
        found = distribution_of(node)
        if found is not None:
            yield found


def mentions_do(*formulas: Expr) -> bool:
    """Whether formulas speak of an intervention."""
    return any(found.do for formula in formulas for found in distributions(formula))


def first_probability(expr: Expr) -> Prob | None:
    """The probability that a formula begins with; None if it has none."""
    return next((node for _, node in everywhere(expr) if isinstance(node, Prob)), None)


def speaks_of_worlds(*formulas: Expr) -> bool:
    """Whether formulas speak of what variables would have been."""
    return any(
        isinstance(node, Counterfactual) for formula in formulas for _, node in everywhere(formula)
    )
