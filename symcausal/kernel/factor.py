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

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial, reduce
from typing import Generic, NamedTuple, TypeVar

from symcausal.algebra.deadline import in_parts, spend
from symcausal.algebra.field import Field
from symcausal.errors import LimitError

V = TypeVar("V")

LARGEST_TABLE = 2**20


class Factor(NamedTuple, Generic[V]):
    """A function of letters: ``values`` runs through all assignments of ``scope``, last fastest."""

    scope: tuple[str, ...]
    values: Sequence[V]


def spread(factor: Factor[V], scope: Sequence[str], sizes: Mapping[str, int]) -> list[V]:
    """The values of a factor along a scope that includes its own.

    A letter that stands twice in the factor's scope is read on the diagonal.
    """
    if factor.scope == scope:
        return list(factor.values)
    strides: dict[str, int] = {}
    stride = 1
    for letter in reversed(factor.scope):
        strides[letter] = strides.get(letter, 0) + stride
        stride *= sizes[letter]
    places = [0]
    for letter in scope:
        step = strides.get(letter, 0)
        states = range(0, step * sizes[letter], step) if step else (0,) * sizes[letter]
        places = [place + state for place in places for state in states]
    values = factor.values
    return [values[place] for place in places]


def multiply(
    factors: Sequence[Factor[V]], scope: Sequence[str], sizes: Mapping[str, int], field: Field[V]
) -> Factor[V]:
    """The product of factors over a scope that holds all their letters."""
    entries = 1
    for letter in scope:
        entries *= sizes[letter]
        if entries > LARGEST_TABLE:
            raise LimitError(
                f"a table over {', '.join(scope)} is needed, which has more than "
                f"{LARGEST_TABLE} entries",
                hint="ask about fewer variables at once, or fix some of them to states",
            )
    if not factors:
        return Factor(tuple(scope), [field.one] * entries)
    spend(entries)
    columns = [spread(factor, scope, sizes) for factor in factors]
    return Factor(tuple(scope), reduce(partial(in_parts, field.mul_all), columns))


def sum_out(factor: Factor[V], sizes: Mapping[str, int], field: Field[V]) -> Factor[V]:
    """Sum the last letter of a factor out."""
    count = sizes[factor.scope[-1]]
    columns = [factor.values[state::count] for state in range(count)]
    return Factor(factor.scope[:-1], reduce(partial(in_parts, field.add_all), columns))


def contract(
    factors: Iterable[Factor[V]], bound: Collection[str], sizes: Mapping[str, int], field: Field[V]
) -> list[Factor[V]]:
    """Factors over the other letters, whose product is the sum over the bound letters.

    Each bound letter must occur in some factor. The letter whose elimination makes the smallest
    table goes first; ties go to the name, so that the order never depends on hashing.
    """
    if not bound:
        return list(factors)
    pool = dict(enumerate(factors))
    holders: dict[str, list[int]] = {letter: [] for letter in bound}
    for number, factor in pool.items():
        for name in holders.keys() & factor.scope:
            holders[name].append(number)
    costs = {letter: _cost(held, pool, sizes) for letter, held in holders.items()}
    made = len(pool)
    while costs:
        letter = min(costs, key=lambda name: (costs[name], name))
        del costs[letter]
        touched = [pool.pop(number) for number in holders.pop(letter)]
        rest = dict.fromkeys(name for factor in touched for name in factor.scope)
        rest.pop(letter)
        pool[made] = sum_out(multiply(touched, (*rest, letter), sizes, field), sizes, field)
        for name in holders.keys() & rest:
            holders[name] = [number for number in holders[name] if number in pool] + [made]
            costs[name] = _cost(holders[name], pool, sizes)
        made += 1
    return list(pool.values())


def _cost(held: Sequence[int], pool: Mapping[int, Factor[V]], sizes: Mapping[str, int]) -> int:
    cost = 1
    for name in {name for number in held for name in pool[number].scope}:
        cost *= sizes[name]
    return cost
