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

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from heapq import heapify, heappop, heappush
from math import prod
from operator import itemgetter

from symcausal.algebra.deadline import in_parts, spend
from symcausal.algebra.field import Field
from symcausal.errors import LimitError
from symcausal.hints import Generic, TypeVar
from symcausal.record import record

V = TypeVar("V")

LARGEST_TABLE = 2**20
LARGEST_AT_ONCE = 2**16  # products that are held before they are summed
TINY_TABLE, FEW_LETTERS = 16, 4
SMALL_TABLE = 2**9  # for these it is remembered where a factor's entries go


@record
class Factor(Generic[V]):
    """A function of letters: ``values`` runs through all assignments of ``scope``, last fastest."""

    scope: tuple[str, ...]
    values: Sequence[V]


def _spread(
    factor: Factor[V], scope: tuple[str, ...], entries: int, sizes: Mapping[str, int]
) -> Sequence[V]:
    """The values of a factor along a scope that includes its own.

    A letter that stands twice in the factor's scope is read on the diagonal.
    """
    if factor.scope == scope:
        return factor.values
    strides = dict.fromkeys(scope, 0)
    stride = 1
    for letter in reversed(factor.scope):
        strides[letter] += stride
        stride *= sizes[letter]
    steps = tuple([(step, sizes[letter]) for letter, step in strides.items()])
    reader = _small_reader if entries <= SMALL_TABLE else _reader
    return reader(steps)(factor.values)


def _reader(steps: tuple[tuple[int, int], ...]) -> Callable[[Sequence[V]], Sequence[V]]:
    """Return a function that reads a flat table along letters, given each one's stride and size."""
    places = [0]
    for step, size in steps:
        states = range(0, step * size, step) if step else (0,) * size
        places = [place + state for place in places for state in states]
    return itemgetter(*places) if len(places) > 1 else lambda values: values


_small_reader = lru_cache(1024)(_reader)


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
    if len(bound) == 1:  # nothing to order
        (letter,) = bound
        touched = [factor for factor in factors if letter in factor.scope]
        others = [factor for factor in factors if letter not in factor.scope]
        return [*others, sum_out(letter, touched, sizes, field)]
    if len(bound) <= FEW_LETTERS:
        rest = dict.fromkeys([n for f in factors for n in f.scope if n not in bound])
        scope = (*rest, *bound)
        if prod([sizes[name] for name in scope]) <= TINY_TABLE:  # faster than to look for an order
            values = multiply(factors, scope, sizes, field).values
            for letter in reversed(scope[len(rest) :]):
                values = _summed(values, sizes[letter], field)
            return [Factor(tuple(rest), values)]
    pool = dict(enumerate(factors))
    holders: dict[str, list[int]] = {letter: [] for letter in bound}
    for number, factor in pool.items():
        for name in holders.keys() & factor.scope:
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
        new = sum_out(letter, [pool.pop(number) for number in holders[letter]], sizes, field)
        pool[made] = new
        for name in costs.keys() & new.scope:
            held = holders[name] = [number for number in holders[name] if number in pool] + [made]
            costs[name] = _cost(held, pool, sizes)
            heappush(queue, (costs[name], name))
        made += 1
    return list(pool.values())


def _cost(held: Sequence[int], pool: Mapping[int, Factor[V]], sizes: Mapping[str, int]) -> int:
    cost = 1
    for name in {name for number in held for name in pool[number].scope}:
        cost *= sizes[name]
    return cost
