"""A small model in which two formulas differ, found by random search and then made plainer.

Main definitions
----------------
Counterexample : the rows that are not uniform, the place, and both values.
counterexample : search for one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from symcausal.algebra.field import Rationals
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.kernel.interpretation import Interpretation, with_explicit_causes
from symcausal.kernel.meaning import meaning

Row = tuple[Fraction, ...]
Rows = dict[str, list[Row]]

TRIES = 60
_SEED = 1763
_PARTS = {2: ((1, 3), (3, 1), (1, 1)), 3: ((2, 1, 1), (1, 2, 1), (1, 1, 2))}


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A model in which two formulas differ.

    Attributes
    ----------
    rows : tuple of (str, tuple, tuple)
        Variable, parents' assignment as (name, state) pairs, and the entries of its row; every row
        that is not listed is uniform.
    states : mapping of str to tuple of str
        The states of each variable.
    at : mapping of str to str
        The free letters' states where the two sides differ.
    left, right : Fraction
        The two values there.
    """

    rows: tuple[tuple[str, tuple[tuple[str, str], ...], Row], ...]
    states: Mapping[str, tuple[str, ...]]
    at: Mapping[str, str]
    left: Fraction
    right: Fraction


def counterexample(
    left: Expr, right: Expr, graph: Graph, states: Mapping[str, tuple[str, ...]]
) -> Counterexample | None:
    """Find a model with small fractions in which two formulas differ, or None after some tries."""
    graph = with_explicit_causes(graph)
    known = {name: states.get(name, ("0", "1")) for name in graph.nodes}
    rng = random.Random(_SEED)
    for _ in range(TRIES):
        rows = {name: list(_random_rows(name, graph, known, rng)) for name in graph.topological()}
        if _difference(left, right, graph, known, rows):
            return _told(left, right, graph, known, _plainer(left, right, graph, known, rows))
    return None


def _random_rows(
    name: str, graph: Graph, states: Mapping[str, tuple[str, ...]], rng: random.Random
) -> Iterator[Row]:
    width = len(states[name])
    for _ in product(*(states[parent] for parent in graph.parents(name))):
        parts = rng.choice(_PARTS[width]) if width in _PARTS else _one_heavy(width, rng)
        yield tuple(Fraction(part, sum(parts)) for part in parts)


def _one_heavy(width: int, rng: random.Random) -> tuple[int, ...]:
    heavy = rng.randrange(width)
    return tuple(2 if i == heavy else 1 for i in range(width))


def _uniform(width: int) -> Row:
    return (Fraction(1, width),) * width


def _plainer(
    left: Expr, right: Expr, graph: Graph, states: Mapping[str, tuple[str, ...]], rows: Rows
) -> Rows:
    """Make rows uniform as long as the two sides still differ: whole tables first."""
    for name in graph.topological():
        even = [_uniform(len(states[name]))] * len(rows[name])
        if _difference(left, right, graph, states, {**rows, name: even}):
            rows = {**rows, name: even}
    for name in graph.topological():
        for i in range(len(rows[name])):
            tried = [*rows[name][:i], _uniform(len(states[name])), *rows[name][i + 1 :]]
            if _difference(left, right, graph, states, {**rows, name: tried}):
                rows = {**rows, name: tried}
    return rows


def _difference(
    left: Expr, right: Expr, graph: Graph, states: Mapping[str, tuple[str, ...]], rows: Rows
) -> tuple[dict[str, str], Fraction, Fraction] | None:
    columns = {
        name: (graph.parents(name), [entry for row in rows[name] for entry in row])
        for name in graph.nodes
    }
    at: Interpretation[Fraction | None] = Interpretation(
        graph, states, columns, Rationals(), {}, positive=False
    )
    letters = {**free_letters(left), **free_letters(right)}
    ours, theirs = (meaning(side, at, letters).values for side in (left, right))
    places = product(*(states[variable] for variable in letters.values()))
    for place, x, y in zip(places, ours, theirs, strict=True):
        if x is not None and y is not None and x != y:
            return dict(zip(letters, place, strict=True)), x, y
    return None


def _told(
    left: Expr, right: Expr, graph: Graph, states: Mapping[str, tuple[str, ...]], rows: Rows
) -> Counterexample:
    found = _difference(left, right, graph, states, rows)
    assert found is not None
    listed = []
    for name in graph.topological():
        parents = graph.parents(name)
        for place, row in zip(product(*(states[p] for p in parents)), rows[name], strict=True):
            if row != _uniform(len(states[name])):
                listed.append((name, tuple(zip(parents, place, strict=True)), row))
    return Counterexample(tuple(listed), states, *found)
