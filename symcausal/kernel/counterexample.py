"""A small model in which two formulas differ, found by random search and then made plainer.

Main definitions
----------------
Counterexample : the rows that are not uniform, the place, and both values.
counterexample : search for one.
"""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import partial
from itertools import pairwise, product
from math import prod

from symcausal.algebra.deadline import OutOfTime, spend
from symcausal.algebra.field import Field, Modulo, Rationals
from symcausal.expr.distributions import speaks_of_worlds
from symcausal.expr.nodes import Expr, State, Value
from symcausal.expr.scope import free_letters, substitute, variables
from symcausal.graph.graph import Graph
from symcausal.hints import TypeVar
from symcausal.kernel.core.interpretation import Interpretation, with_explicit_causes
from symcausal.kernel.core.meaning import meaning
from symcausal.kernel.core.worlds import COUPLINGS, Coupled, Coupling
from symcausal.record import record, replace

V = TypeVar("V")

FractionRow = tuple[Fraction, ...]
FractionRows = dict[str, list[FractionRow]]
_StatesAt = tuple[str, ...]
_Simpler = Callable[[list[FractionRow]], list[FractionRow]]
_Refutation = tuple[dict[str, str], Fraction, Fraction]  # where, and both values there

TRIES = 60
MOST_PLACES = 4096
FEW_PLACES = 16
MOST_ROWS = 200
_SEED = 1763
_PARTS = {2: ((1, 3), (3, 1), (1, 1)), 3: ((2, 1, 1), (1, 2, 1), (1, 1, 2))}
# inequalities are refuted near certainty, where they are refuted at all
_FAR_PARTS = {2: ((1, 9), (9, 1), (1, 1)), 3: ((8, 1, 1), (1, 8, 1), (1, 1, 8))}


@record
class Counterexample:
    """A model with small fractions in which two formulas differ.

    Attributes
    ----------
    rows : tuple of (str, tuple, tuple)
        Variable, assignment of the parents that matter as (name, state) pairs, and the entries of its
        row; every row that is not listed is uniform.
    states : mapping of str to tuple of str
        The states of each variable.
    at : mapping of str to str
        The free letters' states where the two sides differ.
    left, right : Fraction
        The two values there.
    in_model : bool
        Whether the model is the reader's own, in which case no rows are listed.
    chosen : tuple of (str, Fraction)
        The numbers that were put for parameters of the reader's own model.
    coupling : str or None
        How a variable's answers to several values of its parents go together, where the formulas speak
        of several worlds: ``independent`` draws, or ``ordered``, by one draw for all.
    """

    rows: tuple[tuple[str, tuple[tuple[str, str], ...], FractionRow], ...]
    states: Mapping[str, tuple[str, ...]]
    at: Mapping[str, str]
    left: Fraction
    right: Fraction
    in_model: bool = False
    chosen: tuple[tuple[str, Fraction], ...] = ()
    coupling: Coupling | None = None

    def turned(self) -> Counterexample:
        """Return the same model for the relation read from right to left."""
        return replace(self, left=self.right, right=self.left)


def counterexample(
    left: Expr,
    right: Expr,
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    *,
    wrong: Callable[[Fraction, Fraction], bool] = operator.ne,
    certain: Mapping[str, Sequence[Fraction]] | None = None,
) -> Counterexample | None:
    """Return a model with small fractions in which two formulas differ, None if some tries find none.

    Where some arrow is monotone, tables rise along it, and answers go together by one draw for all.

    Parameters
    ----------
    left, right : Expr
        The formulas.
    graph, states
        Whose models are tried.
    wrong : callable
        Whether two values refute the claim; by default that they differ.
    certain : mapping of str to sequence of Fraction
        The flat tables of mechanisms, zeros and ones.
    """
    graph = with_explicit_causes(graph)
    couplings: tuple[Coupling | None, ...] = (None,)
    if speaks_of_worlds(left, right):  # of which residues tell nothing: an order of draws has none
        couplings = ("ordered",) if graph.monotone else COUPLINGS
        wrong = _differ if wrong is operator.ne else wrong
    known = {name: states.get(name, ("0", "1")) for name in graph.nodes}
    mechanisms = {name: _cut(column, len(known[name])) for name, column in (certain or {}).items()}
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
        coupling = couplings[attempt // 2 % len(couplings)]
        claim = _Refutable.at(fixed, left, right, graph, known, wrong, coupling, tuple(mechanisms))
        rows = {
            name: _lifted(name, list(_random_rows(name, graph, known, rng, far=far)), graph, known)
            for name in graph.topological()
        }
        rows |= {name: _all_uniform(rows[name]) for name in rows if name not in needed}
        rows |= mechanisms
        if places > FEW_PLACES:  # one of them is enough to stay refuted
            there = claim.wrong_at(rows)
            if there is None:
                continue
            fixed |= {letter: State(state) for letter, state in there.items()}
            claim = _Refutable.at(
                fixed, left, right, graph, known, wrong, coupling, tuple(mechanisms)
            )
        found = claim.refuted_by(rows)
        if found:
            told = claim.told(*claim.plainer(rows, found))
            there = {letter: value.name for letter, value in fixed.items()}
            return replace(told, at={**there, **told.at})
    return None


def _cut(column: Sequence[Fraction], width: int) -> list[FractionRow]:
    """The rows of a flat table."""
    return [tuple(column[i : i + width]) for i in range(0, len(column), width)]


def _lifted(
    name: str,
    table: list[FractionRow],
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
) -> list[FractionRow]:
    """A table in which a variable is nowhere lower than under a lower state of what it rises with.

    How often it is above a state is at least what it is under those.
    """
    up = [i for i, p in enumerate(graph.parents(name)) if (p, name) in graph.monotone]
    if not up:
        return table
    above = dict[tuple[int, ...], list[Fraction]]()
    for place, row in zip(_places_of(name, graph, states), table, strict=True):
        tails = [sum(row[i:], Fraction(0)) for i in range(len(row))]
        for i in up:
            if place[i]:
                lower = above[*place[:i], place[i] - 1, *place[i + 1 :]]
                tails = list(map(max, tails, lower))
        above[place] = tails
    return [
        tuple(here - after for here, after in pairwise([*tails, Fraction(0)]))
        for tails in above.values()
    ]


def _places_of(
    name: str, graph: Graph, states: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, ...]]:
    """The numbers of the parents' states, for each row of a table in its order."""
    return product(*(range(len(states[parent])) for parent in graph.parents(name)))


def _differ(left: Fraction, right: Fraction) -> bool:
    return left != right


def _random_rows(
    name: str,
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    rng: random.Random,
    *,
    far: bool = False,
) -> Iterator[FractionRow]:
    width = len(states[name])
    known = _FAR_PARTS if far else _PARTS
    for _ in product(*(states[parent] for parent in graph.parents(name))):
        spend(width)
        parts = rng.choice(known[width]) if width in known else _one_heavy(width, rng)
        yield tuple(Fraction(part, sum(parts)) for part in parts)


def _one_heavy(width: int, rng: random.Random) -> tuple[int, ...]:
    heavy = rng.randrange(width)
    return tuple(2 if i == heavy else 1 for i in range(width))


def _uniform(width: int) -> FractionRow:
    return (Fraction(1, width),) * width


def _all_uniform(table: list[FractionRow]) -> list[FractionRow]:
    return [_uniform(len(row)) for row in table]


def _without_parent(
    places: list[_StatesAt], position: int, table: list[FractionRow]
) -> list[FractionRow]:
    """A table in which a parent does not matter: its first state decides."""
    first: dict[_StatesAt, FractionRow] = {}
    return [
        first.setdefault((*place[:position], *place[position + 1 :]), row)
        for place, row in zip(places, table, strict=True)
    ]


def _uniform_at(places: list[_StatesAt], i: int, table: list[FractionRow]) -> list[FractionRow]:
    """A table with a uniform row, and with it all rows that differ by what does not matter."""
    kept = _that_matter(places, table)
    return [
        _uniform(len(row)) if all(place[j] == places[i][j] for j in kept) else row
        for place, row in zip(places, table, strict=True)
    ]


def _that_matter(places: list[_StatesAt], table: list[FractionRow]) -> list[int]:
    """The positions of the parents on which the rows of a table depend."""
    count = len(places[0])
    return [i for i in range(count) if _without_parent(places, i, table) != table]


@record
class _Refutable:
    """Two formulas over a graph, and what would refute their relation."""

    left: Expr
    right: Expr
    graph: Graph
    states: Mapping[str, tuple[str, ...]]
    wrong: Callable[[Fraction, Fraction], bool]
    letters: Mapping[str, str]
    coupling: Coupling | None = None
    certain: tuple[str, ...] = ()

    @classmethod
    def at(
        cls,
        fixed: Mapping[str, Value],
        left: Expr,
        right: Expr,
        graph: Graph,
        states: Mapping[str, tuple[str, ...]],
        wrong: Callable[[Fraction, Fraction], bool],
        coupling: Coupling | None = None,
        certain: tuple[str, ...] = (),
    ) -> _Refutable:
        """The claim with values put for some of its letters."""
        one, other = substitute(left, fixed), substitute(right, fixed)
        letters = {**free_letters(one), **free_letters(other)}
        return cls(one, other, graph, states, wrong, letters, coupling, certain)

    def plainer(self, rows: FractionRows, found: _Refutation) -> tuple[FractionRows, _Refutation]:
        """Make rows uniform as long as the claim stays refuted: whole tables first.

        Then tables do without a parent, and last single rows become uniform, only where there are
        few: each of them costs an evaluation. When time is over the model stays as plain as it is.
        """
        few = sum(map(len, rows.values())) <= MOST_ROWS
        quick = few and self.wrong is operator.ne
        plain, last = rows, found
        with suppress(OutOfTime):
            for name, simpler in self.simpler(rows, few=few):
                table = _lifted(name, simpler(plain[name]), self.graph, self.states)
                tried = {**plain, name: table}
                if table == plain[name]:
                    continue
                if quick and self.wrong_at(tried) is not None:
                    plain = tried
                elif not quick and (again := self.refuted_by(tried)):
                    plain, last = tried, again
            return plain, (quick and self.refuted_by(plain)) or last
        return (rows, found) if quick else (plain, last)

    def simpler(self, rows: FractionRows, *, few: bool) -> Iterator[tuple[str, _Simpler]]:
        """Ways to make one table plainer, the boldest first."""
        order = [name for name in self.graph.topological() if name not in self.certain]
        yield from ((name, _all_uniform) for name in order)
        if not few:
            return
        for name in order:
            for position in range(len(self.graph.parents(name))):
                yield name, partial(_without_parent, self.places_of(name), position)
        for name in order:
            for i in range(len(rows[name])):
                yield name, partial(_uniform_at, self.places_of(name), i)

    def places_of(self, name: str) -> list[_StatesAt]:
        """The states of all parents for each row of a table, in its order."""
        return list(product(*(self.states[parent] for parent in self.graph.parents(name))))

    def wrong_at(self, rows: FractionRows) -> dict[str, str] | None:
        """Where the claim fails in a model; that sides differ is seen in residues, which is faster.

        What differs modulo a prime differs; what does not is taken to be the same.
        """
        if self.wrong is operator.ne:
            with suppress(ZeroDivisionError):
                ours, theirs = self.tables(rows, Modulo())
                for place, x, y in zip(self.places(), ours, theirs, strict=True):
                    if x != y:
                        return dict(zip(self.letters, place, strict=True))
                return None
        found = self.refuted_by(rows)
        return None if found is None else found[0]

    def places(self) -> Iterator[tuple[str, ...]]:
        """The states of all letters, in the order of the tables."""
        return product(*(self.states[variable] for variable in self.letters.values()))

    def tables(self, rows: FractionRows, numbers: Field[V]) -> tuple[Sequence[V], Sequence[V]]:
        """Both sides over their letters, in a model whose numbers are all positive."""
        columns = {
            name: (parents, [numbers.constant(entry) for row in rows[name] for entry in row])
            for name in self.graph.nodes
            for parents in (self.graph.parents(name),)
        }
        made = [Coupled(columns, self.states, numbers, self.coupling)] if self.coupling else []
        at = Interpretation(
            self.graph, self.states, columns, numbers, {}, positive=not self.certain, made=[*made]
        )
        ours, theirs = (meaning(side, at, self.letters).values for side in (self.left, self.right))
        return ours, theirs

    def refuted_by(self, rows: FractionRows) -> _Refutation | None:
        """Where the claim fails in a model, and both values there."""
        ours, theirs = self.tables(rows, Rationals())
        for place, x, y in zip(self.places(), ours, theirs, strict=True):
            if x is not None and y is not None and self.wrong(x, y):
                return dict(zip(self.letters, place, strict=True)), x, y
        return None

    def told(self, rows: FractionRows, found: _Refutation) -> Counterexample:
        """The model with the rows that are not uniform."""
        listed = []
        for name in self.graph.topological():
            parents, places = self.graph.parents(name), self.places_of(name)
            kept = _that_matter(places, rows[name])
            told: dict[tuple[tuple[str, str], ...], FractionRow] = {}
            for place, row in zip(places, rows[name], strict=True):
                told.setdefault(tuple((parents[i], place[i]) for i in kept), row)
            even = _uniform(len(self.states[name]))
            listed += [(name, given, row) for given, row in told.items() if row != even]
        return Counterexample(tuple(listed), self.states, *found, coupling=self.coupling)
