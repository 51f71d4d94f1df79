"""Tables over letters, and the one operation that everything is made of: contraction.

Main definitions
----------------
Factor : a flat table over letters, the last letter fastest.
contract : multiply factors and sum letters out, cheapest letter first.

References
----------
[Koller2009]_ Section 9.3, variable elimination.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from heapq import heapify, heappop, heappush
from math import prod
from operator import itemgetter

from symcausal.algebra.deadline import in_parts, spend
from symcausal.algebra.field import Field
from symcausal.errors import LimitError
from symcausal.hints import Any, Generic, TypeVar
from symcausal.record import record

V = TypeVar("V")

LARGEST_TABLE = 2**20
LARGEST_AT_ONCE = 2**16  # products that are held before they are summed
TINY_TABLE, FEW_LETTERS = 16, 4
SMALL_TABLE = 2**9  # for these it is remembered where a factor's entries go
FEW_TO_REMEMBER = 100  # letters of tables of which it is remembered how they are contracted


@record
class Factor(Generic[V]):
    """A function of letters: ``values`` runs through all assignments of ``scope``, last fastest."""

    scope: tuple[str, ...]
    values: Sequence[V]


def _spread(
    factor: Factor[V], scope: tuple[str, ...], entries: int, sizes: Mapping[str, int]
) -> Sequence[V]:
    """The values of a factor along a scope that includes its own."""
    if factor.scope == scope:
        return factor.values
    return _reader(factor.scope, scope, sizes, small=entries <= SMALL_TABLE)(factor.values)


def _reader(
    own: tuple[str, ...], scope: tuple[str, ...], sizes: Mapping[str, int], *, small: bool = True
) -> Callable[[Sequence[V]], Sequence[V]]:
    """Return a function that reads the values of a table along a scope that includes its own.

    A letter that stands twice in the table's own scope is read on the diagonal.
    """
    if own == scope:
        return _as_it_is
    strides = dict.fromkeys(scope, 0)
    stride = 1
    for letter in reversed(own):
        strides[letter] += stride
        stride *= sizes[letter]
    steps = tuple([(step, sizes[letter]) for letter, step in strides.items()])
    return _small_along(steps) if small else _along(steps)


def _as_it_is(values: Sequence[V]) -> Sequence[V]:
    return values


def _along(steps: tuple[tuple[int, int], ...]) -> Callable[[Sequence[V]], Sequence[V]]:
    """Return a function that reads a flat table along letters, given each one's stride and size."""
    places = [0]
    for step, size in steps:
        states = range(0, step * size, step) if step else (0,) * size
        places = [place + state for place in places for state in states]
    return itemgetter(*places) if len(places) > 1 else _as_it_is


_small_along = lru_cache(1024)(_along)


def multiply(
    factors: Sequence[Factor[V]], scope: tuple[str, ...], sizes: Mapping[str, int], field: Field[V]
) -> Factor[V]:
    """Return the product of factors over a scope that holds all their letters."""
    entries = 1
    for letter in scope:
        entries *= sizes[letter]
    refuse_large(scope, sizes)
    if not factors:
        return Factor(scope, [field.one] * entries)
    spend(entries)
    values = _spread(factors[0], scope, entries, sizes)
    for factor in factors[1:]:
        values = in_parts(field.mul_all, values, _spread(factor, scope, entries, sizes))
    return Factor(scope, values)


def sum_out(
    letter: str, factors: Sequence[Factor[V]], sizes: Mapping[str, int], field: Field[V]
) -> Factor[V]:
    """Return the product of the factors with a letter, summed over it; 1 if there are none."""
    rest = dict.fromkeys([name for factor in factors for name in factor.scope])
    rest.pop(letter, None)
    scope, count = tuple(rest), sizes[letter]
    if prod([sizes[name] for name in scope]) * count > LARGEST_AT_ONCE and scope:
        refuse_large(scope, sizes)
        first, found = scope[0], list[V]()
        for state in range(sizes[first]):
            here = [_where(first, state, factor, sizes) for factor in factors]
            found += sum_out(letter, here, sizes, field).values
        return Factor(scope, found)
    values = multiply(factors, (*scope, letter), sizes, field).values
    return Factor(scope, _summed(values, count, field))


def _where(letter: str, state: int, factor: Factor[V], sizes: Mapping[str, int]) -> Factor[V]:
    """A factor where a letter has a state."""
    scope, values = factor.scope, factor.values
    while letter in scope:  # on the diagonal, if it stands there twice
        at = scope.index(letter)
        inner = prod([sizes[name] for name in scope[at + 1 :]])
        starts = range(state * inner, len(values), inner * sizes[letter])
        scope = (*scope[:at], *scope[at + 1 :])
        values = [value for start in starts for value in values[start : start + inner]]
    return Factor(scope, values)


def refuse_large(scope: Sequence[str], sizes: Mapping[str, int]) -> None:
    """Refuse a table with too many entries.

    Raises
    ------
    LimitError
        With the letters in its message.
    """
    if prod([sizes[name] for name in scope]) > LARGEST_TABLE:
        raise LimitError(
            f"a table over {', '.join(scope)} is needed, which has more than "
            f"{LARGEST_TABLE} entries",
            hint="ask about fewer variables at once, or fix some of them to states",
        )


def _summed(values: Sequence[V], count: int, field: Field[V]) -> Sequence[V]:
    """Sum the last letter of a flat table, which has ``count`` states."""
    total = values[::count]
    for state in range(1, count):
        total = in_parts(field.add_all, total, values[state::count])
    return total


def contract(
    factors: Sequence[Factor[V]], bound: Collection[str], sizes: Mapping[str, int], field: Field[V]
) -> list[Factor[V]]:
    """Return factors over the other letters, whose product is the sum over the bound letters.

    The letter whose elimination makes the smallest table goes first; ties go to the name, so that
    the order never depends on hashing.
    """
    scopes, letters = tuple([factor.scope for factor in factors]), tuple(bound)
    counts = tuple([sizes[name] for scope in (*scopes, letters) for name in scope])
    plan = _plan if len(counts) <= FEW_TO_REMEMBER else _plan.__wrapped__
    steps, left = plan(scopes, letters, counts)
    pool = list(factors)
    for step in steps:
        pool.append(step.taken([pool[number] for number in step.numbers], sizes, field))
    return [pool[number] for number in left]


@record
class _TableStep:
    """One table made of others: their product over ``scope`` and ``letters``, summed over these.

    ``readers`` give each table's values along all of them, where these are few.
    """

    numbers: tuple[int, ...]
    letters: tuple[str, ...]
    scope: tuple[str, ...]
    entries: int
    count: int
    readers: tuple[Callable[[Sequence[Any]], Sequence[Any]], ...] | None

    def taken(
        self, factors: Sequence[Factor[V]], sizes: Mapping[str, int], field: Field[V]
    ) -> Factor[V]:
        """The new table."""
        if self.readers is None:
            (letter,) = self.letters
            return sum_out(letter, factors, sizes, field)
        spend(self.entries * (len(factors) + 1))
        columns = [read(f.values) for read, f in zip(self.readers, factors, strict=True)]
        values = reduce(field.mul_all, columns) if columns else [field.one] * self.entries
        count = self.count
        return Factor(
            self.scope, reduce(field.add_all, [values[state::count] for state in range(count)])
        )


@lru_cache(2048)
def _plan(
    scopes: tuple[tuple[str, ...], ...], bound: tuple[str, ...], counts: tuple[int, ...]
) -> tuple[list[_TableStep], list[int]]:
    """How letters are summed out of tables, and which tables are left.

    ``counts`` are the sizes of the letters of all scopes and of the bound ones, one after another.
    """
    names = [name for scope in (*scopes, bound) for name in scope]
    sizes = dict(zip(names, counts, strict=True))
    if 1 < len(bound) <= FEW_LETTERS and prod(sizes.values()) <= TINY_TABLE:
        everything = range(len(scopes))  # faster than to look for an order
        return [_step(everything, scopes, bound, sizes)], [len(scopes)]
    pool, steps = dict(enumerate(scopes)), list[_TableStep]()
    holders: dict[str, list[int]] = {letter: [] for letter in bound}
    for number, scope in pool.items():
        for name in holders.keys() & scope:
            holders[name].append(number)
    costs = {letter: _cost(held, pool, sizes) for letter, held in holders.items()}
    queue = [(cost, letter) for letter, cost in costs.items()]
    heapify(queue)
    made = len(pool)
    while costs:
        cost, letter = heappop(queue)
        if costs.get(letter) != cost:  # an older price
            continue
        del costs[letter]
        taken = holders[letter]
        step = _step(taken, [pool.pop(number) for number in taken], (letter,), sizes)
        steps.append(step)
        pool[made] = step.scope
        for name in costs.keys() & step.scope:
            held = holders[name] = [number for number in holders[name] if number in pool] + [made]
            costs[name] = _cost(held, pool, sizes)
            heappush(queue, (costs[name], name))
        made += 1
    return steps, list(pool)


def _step(
    numbers: Iterable[int],
    scopes: Sequence[tuple[str, ...]],
    letters: tuple[str, ...],
    sizes: Mapping[str, int],
) -> _TableStep:
    rest = dict.fromkeys([n for scope in scopes for n in scope if n not in letters])
    scope, count = tuple(rest), prod([sizes[name] for name in letters])
    entries = prod([sizes[name] for name in scope]) * count
    readers = None
    if entries <= SMALL_TABLE:
        everything = (*scope, *letters)
        readers = tuple([_reader(own, everything, sizes) for own in scopes])
    return _TableStep(tuple(numbers), letters, scope, entries, count, readers)


def _cost(
    held: Sequence[int], pool: Mapping[int, tuple[str, ...]], sizes: Mapping[str, int]
) -> int:
    cost = 1
    for name in {name for number in held for name in pool[number]}:
        cost *= sizes[name]
    return cost
