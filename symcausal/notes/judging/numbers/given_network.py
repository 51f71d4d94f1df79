"""A model made of the numbers that notes give, where they declare none.

``P(A)``, ``P(B | A)`` and ``P(B | not A)`` settle all that can be asked of A and B. They are entries of
the tables of a complete graph, which assumes nothing.

Main definitions
----------------
given_network : that model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations, permutations

from symcausal.expr.nodes import Expr, Prob, State
from symcausal.expr.scope import variables
from symcausal.graph.graph import Graph
from symcausal.network.network import DEFAULT_STATES, Network, Variable
from symcausal.network.parameters import symbolic_table

_MOST = 4


def given_network(
    known: Mapping[Expr, Fraction], asked: Iterable[str], states: Mapping[str, tuple[str, ...]]
) -> Network | None:
    """Return a complete graph in whose tables the most given numbers are entries.

    Parameters
    ----------
    known : mapping of Expr to Fraction
        The numbers that notes give.
    asked : iterable of str
        The variables of a claim.
    states : mapping of str to tuple of str
        Their states. Where notes name states there may be more of them, and nothing is made.

    Returns
    -------
    Network or None
        None if no number is an entry, or there are more than four variables.
    """
    names = _beside(known, asked)
    named = any(states.get(name, DEFAULT_STATES) != DEFAULT_STATES for name in names)
    if not names or len(names) > _MOST or named:
        return None
    entries = list(_entries(known))
    best: tuple[str, ...] | None = None
    most = 0
    for order in permutations(names):
        fitting = sum(
            given == set(order[: order.index(name)]) for name, given in entries if name in order
        )
        if fitting > most:
            best, most = order, fitting
    if best is None:
        return None
    declared = {name: Variable(name) for name in best}
    graph = Graph(best, list(combinations(best, 2)))
    tables = {n: symbolic_table(declared[n], graph.parents(n), declared) for n in best}
    return Network(declared, graph, tables)


def _entries(known: Iterable[Expr]) -> Iterator[tuple[str, set[str]]]:
    """Yield X and the variables of u for each ``P(X=x | u)`` with default states and no action."""
    for formula in known:
        if not isinstance(formula, Prob) or formula.do or len(formula.outcome) != 1:
            continue
        values = [event.value for event in (*formula.outcome, *formula.given)]
        if all(isinstance(value, State) and value.name in DEFAULT_STATES for value in values):
            yield formula.outcome.variables[0], set(formula.given.variables)


def _beside(known: Mapping[Expr, Fraction], asked: Iterable[str]) -> tuple[str, ...]:
    """Return the variables of a claim, and those that given numbers tie to them."""
    names = dict.fromkeys(asked)
    grown = True
    while grown and len(names) <= _MOST:
        grown = False
        for formula in known:
            told = variables(formula)
            if any(name in names for name in told) and not all(name in names for name in told):
                names.update(dict.fromkeys(told))
                grown = True
    return tuple(names)
