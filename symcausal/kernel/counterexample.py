"""A small model in which two formulas differ, found by random search and then made plainer.

Main definitions
----------------
Counterexample : the rows that are not uniform, the place, and both values.
counterexample : search for one.
"""

from __future__ import annotations

import dataclasses
import operator
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from symcausal.algebra.deadline import OutOfTime, spend
from symcausal.algebra.field import Rationals
from symcausal.expr.nodes import Expr, State, Value
from symcausal.expr.scope import free_letters, substitute, variables
from symcausal.graph.graph import Graph
from symcausal.kernel.interpretation import Interpretation, with_explicit_causes
from symcausal.kernel.meaning import meaning

Row = tuple[Fraction, ...]
Rows = dict[str, list[Row]]
_Refutation = tuple[dict[str, str], Fraction, Fraction]  # where, and both values there

TRIES = 60
MOST_PLACES = 4096
MOST_ROWS = 200
_SEED = 1763
_PARTS = {2: ((1, 3), (3, 1), (1, 1)), 3: ((2, 1, 1), (1, 2, 1), (1, 1, 2))}
# inequalities are refuted near certainty, where they are refuted at all
_FAR_PARTS = {2: ((1, 9), (9, 1), (1, 1)), 3: ((8, 1, 1), (1, 8, 1), (1, 1, 8))}


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

    def turned(self) -> Counterexample:
        """The same model for the relation read from right to left."""
        return dataclasses.replace(self, left=self.right, right=self.left)


def counterexample(
    left: Expr,
    right: Expr,
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    *,
    wrong: Callable[[Fraction, Fraction], bool] = operator.ne,
) -> Counterexample | None:
    """Find a model with small fractions in which two formulas differ, or None after some tries.

    Parameters
    ----------
    left, right : Expr
        The formulas.
    graph, states
        Whose models are tried.
    wrong : callable
        Whether two values refute the claim; by default that they differ.
    """
    graph = with_explicit_causes(graph)
    known = {name: states.get(name, ("0", "1")) for name in graph.nodes}
    rng = random.Random(_SEED)
    letters = {**free_letters(left), **free_letters(right)}
    places = prod(len(known[variable]) for variable in letters.values())
    named = [name for name in (*variables(left), *variables(right)) if name in known]
    needed = set(graph.names(graph.ancestors_mask(graph.mask(named))))
    for attempt in range(TRIES):
        far = wrong is not operator.ne and attempt % 2 == 1
        fixed: dict[str, Value] = {}
        if places > MOST_PLACES:  # look at one place of a large table at a time
            fixed = {x: State(rng.choice(known[variable])) for x, variable in letters.items()}
        claim = _Claim(substitute(left, fixed), substitute(right, fixed), graph, known, wrong)
        rows = {
            name: list(_random_rows(name, graph, known, rng, far=far))
            for name in graph.topological()
        }
        rows |= {name: _all_uniform(rows[name]) for name in rows if name not in needed}
        found = claim.refuted_by(rows)
        if found:
            told = claim.told(*claim.plainer(rows, found))
            there = {letter: value.name for letter, value in fixed.items()}
            return dataclasses.replace(told, at={**there, **told.at})
    return None


def _random_rows(
    name: str,
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    rng: random.Random,
    *,
    far: bool = False,
) -> Iterator[Row]:
    width = len(states[name])
    known = _FAR_PARTS if far else _PARTS
    for _ in product(*(states[parent] for parent in graph.parents(name))):
        spend(width)
        parts = rng.choice(known[width]) if width in known else _one_heavy(width, rng)
        yield tuple(Fraction(part, sum(parts)) for part in parts)


def _one_heavy(width: int, rng: random.Random) -> tuple[int, ...]:
    heavy = rng.randrange(width)
    return tuple(2 if i == heavy else 1 for i in range(width))


def _uniform(width: int) -> Row:
    return (Fraction(1, width),) * width


def _all_uniform(table: list[Row]) -> list[Row]:
    return [_uniform(len(row)) for row in table]


@dataclass(frozen=True, slots=True)
class _Claim:
    """Two formulas over a graph, and what would refute their relation."""

    left: Expr
    right: Expr
    graph: Graph
    states: Mapping[str, tuple[str, ...]]
    wrong: Callable[[Fraction, Fraction], bool]

    def plainer(self, rows: Rows, found: _Refutation) -> tuple[Rows, _Refutation]:
        """Make rows uniform as long as the claim stays refuted: whole tables first.

        Rows one by one only where there are few: each of them costs an evaluation. When time is over
        the model stays as plain as it is.
        """
        few = sum(map(len, rows.values())) <= MOST_ROWS
        order = self.graph.topological()
        single = [(name, i) for name in order for i in range(len(rows[name]))] if few else []
        for name, i in (*((name, None) for name in order), *single):
            table = rows[name]
            even = _all_uniform(table)
            tried = even if i is None else [*table[:i], even[i], *table[i + 1 :]]
            if tried == table:
                continue
            try:
                again = self.refuted_by({**rows, name: tried})
            except OutOfTime:
                break
            if again:
                rows, found = {**rows, name: tried}, again
        return rows, found

    def refuted_by(self, rows: Rows) -> _Refutation | None:
        """Where the claim fails in a model, and both values there."""
        columns = {
            name: (self.graph.parents(name), [entry for row in rows[name] for entry in row])
            for name in self.graph.nodes
        }
        at: Interpretation[Fraction | None] = Interpretation(
            self.graph, self.states, columns, Rationals(), {}, positive=True
        )
        letters = {**free_letters(self.left), **free_letters(self.right)}
        ours, theirs = (meaning(side, at, letters).values for side in (self.left, self.right))
        places = product(*(self.states[variable] for variable in letters.values()))
        for place, x, y in zip(places, ours, theirs, strict=True):
            if x is not None and y is not None and self.wrong(x, y):
                return dict(zip(letters, place, strict=True)), x, y
        return None

    def told(self, rows: Rows, found: _Refutation) -> Counterexample:
        """The model with the rows that are not uniform."""
        listed = []
        for name in self.graph.topological():
            parents = self.graph.parents(name)
            places = product(*(self.states[p] for p in parents))
            for place, row in zip(places, rows[name], strict=True):
                if row != _uniform(len(self.states[name])):
                    listed.append((name, tuple(zip(parents, place, strict=True)), row))
        return Counterexample(tuple(listed), self.states, *found)
