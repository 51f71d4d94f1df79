"""Variable elimination in whole numbers by NumPy: residues modulo several primes, and back.

The numbers of an elimination over common denominators have hundreds of digits, which Python multiplies
one at a time. Their residues modulo primes of 29 bits are multiplied and summed by NumPy, all primes at
once. What comes out is a probability times the common denominators, so it is no larger than these;
as many primes as multiply to more determine it, and nothing is left to chance.

Main definitions
----------------
joined_sum : the product of factors with axes summed out, as whole numbers.
primes_above : so many primes that a number below a bound is known by its residues.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from string import ascii_letters
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from symcausal.numbers.evaluate.elimination import AxisFactor

try:  # what np.einsum calls after a look at its arguments
    from numpy._core.multiarray import c_einsum
except ImportError:
    c_einsum = np.einsum

_MOST_BITS = 29
_MOST = 2**63 - 1
_WITNESSES = (2, 3, 5, 7)  # tell all primes below 3 215 031 751


def joined_sum(
    pool: Sequence[AxisFactor],
    order: Sequence[int],
    scope: Sequence[int],
    sizes: Mapping[int, int],
    bound: int,
) -> list[int]:
    """Return the product of factors with axes summed out, as one column over the others.

    Parameters
    ----------
    pool : sequence of Factor
        Whole numbers that are not negative.
    order : sequence of int
        The axes to sum out, first comes first.
    scope : sequence of int
        The other axes, the last fastest.
    sizes : mapping of int to int
        How many values each axis runs over.
    bound : int
        None of the results is larger.
    """
    # A sum of so many products of two residues has to fit into 63 bits.
    widest = max(sizes.values(), default=1)
    bits = min(_MOST_BITS, (63 - math.ceil(math.log2(widest))) // 2)
    primes = primes_above(max(bound, 1), bits)
    # Axes lie in the same order everywhere, so that those of two tables run together in long loops.
    work = _ResidueElimination(sizes, primes, {axis: i for i, axis in enumerate((*order, *scope))})
    tables = [work.table(factor) for factor in pool]
    for axis in order:
        if sizes[axis] == 1:
            continue
        touched = [table for table in tables if axis in table.scope]
        tables = [table for table in tables if axis not in table.scope]
        tables.append(work.multiplied(touched, axis))
    found = work.reduced(work.multiplied(tables, None))
    wide = tuple(slice(None) if axis in found.scope else None for axis in scope)
    shape = (*(sizes[axis] for axis in scope), len(primes))
    cells = np.broadcast_to(found.values[wide], shape).reshape(-1, len(primes))
    return _whole_numbers(cells, primes)


class ResidueTable(NamedTuple):
    """A table of numbers along some axes, and along the primes if these have been told apart."""

    scope: tuple[int, ...]
    values: NDArray[np.int64]
    most: int  # what none of the numbers exceeds


class _ResidueElimination:
    """Products of tables. Numbers are reduced when products might not fit any more."""

    def __init__(
        self, sizes: Mapping[int, int], primes: Sequence[int], rank: Mapping[int, int]
    ) -> None:
        self._sizes = sizes
        self._rank = rank
        self._primes = np.array(primes, dtype=np.int64)
        self._largest = max(primes)

    def table(self, factor: AxisFactor) -> ResidueTable:
        """The numbers of a factor."""
        # Axes of one value are left out: NumPy takes no more than 32 axes, or 64.
        own = tuple(axis for axis in factor.scope if self._sizes[axis] > 1)
        scope = tuple(sorted(own, key=self._rank.__getitem__))
        shape = tuple(self._sizes[axis] for axis in own)
        most = max(factor.values, default=0)
        if most <= _MOST:
            values = np.array(factor.values, dtype=np.int64).reshape(*shape, 1)
        else:
            primes = self._primes.tolist()
            reduced = [[value % prime for prime in primes] for value in factor.values]
            values, most = np.array(reduced, dtype=np.int64).reshape(*shape, -1), self._largest
        turned = values.transpose(*(own.index(axis) for axis in scope), len(scope))
        return ResidueTable(scope, np.ascontiguousarray(turned), most)

    def multiplied(self, tables: Sequence[ResidueTable], axis: int | None) -> ResidueTable:
        """A product two by two, the smallest first, summed where the last two meet."""
        pool = sorted(tables, key=lambda table: table.values.size)
        while len(pool) > 2:
            pool.append(self._product(pool.pop(0), pool.pop(0), None))
            pool.sort(key=lambda table: table.values.size)
        if len(pool) == 2:
            return self._product(pool[0], pool[1], axis)
        one = ResidueTable((), np.ones(1, dtype=np.int64), 1)
        return self._product(pool[0] if pool else one, one, axis)

    def reduced(self, table: ResidueTable) -> ResidueTable:
        """The residues of a table."""
        return ResidueTable(table.scope, np.remainder(table.values, self._primes), self._largest)

    def _product(self, left: ResidueTable, right: ResidueTable, axis: int | None) -> ResidueTable:
        terms = 1 if axis is None else self._sizes[axis]
        if left.most * right.most * terms > _MOST:
            if left.most > self._largest:
                left = self.reduced(left)
            if right.most > self._largest:
                right = self.reduced(right)
        both = sorted({*left.scope, *right.scope}, key=self._rank.__getitem__)
        kept = tuple([a for a in both if a != axis])
        letters = dict(zip(both, ascii_letters, strict=False))
        words = ["".join([letters[a] for a in scope]) for scope in (left.scope, right.scope, kept)]
        formula = f"{words[0]}Z,{words[1]}Z->{words[2]}Z"
        return ResidueTable(
            kept, c_einsum(formula, left.values, right.values), left.most * right.most * terms
        )


@lru_cache(64)
def primes_above(bound: int, bits: int) -> tuple[int, ...]:
    """Return the largest primes of so many bits, as many as multiply to more than a bound.

    Examples
    --------
    >>> primes_above(1000, 7)
    (127, 113)
    """
    found, product, candidate = [], 1, (1 << bits) - 1
    while product <= bound:
        if all(
            pow(a, candidate - 1, candidate) == 1 and _is_strong(candidate, a) for a in _WITNESSES
        ):
            found.append(candidate)
            product *= candidate
        candidate -= 2
    return tuple(found)


def _is_strong(number: int, base: int) -> bool:
    """Whether an odd number passes the test of Miller and Rabin for a base."""
    odd = number - 1
    while not odd % 2:
        odd //= 2
    power = pow(base, odd, number)
    if power in (1, number - 1):
        return True
    while odd < number - 1:
        power, odd = power * power % number, odd * 2
        if power == number - 1:
            return True
    return False


def _whole_numbers(cells: NDArray[np.int64], primes: Sequence[int]) -> list[int]:
    """From residues to the numbers between zero and the product of all primes."""
    whole = math.prod(primes)
    weights = [whole // prime * pow(whole // prime, -1, prime) for prime in primes]
    return [
        sum([residue * weight for residue, weight in zip(cell, weights, strict=True)]) % whole
        for cell in cells.tolist()
    ]
