"""Flat tables over axes, and the elimination of axes from a pool of them.

An axis is a whole number with a size: the letter of a formula, or a variable that is summed out. A
:class:`AxisFactor` holds one value for each assignment of its axes, the last fastest. What the values
are is left to an :class:`Arithmetic`: nodes of a circuit, whole numbers, or plain yes and no.

Main definitions
----------------
Arithmetic, Integers, Support : sums and products of values.
AxisFactor : a flat table.
eliminate : sum axes out of a product of factors.
joined : the product of factors as one table.

References
----------
[Koller2009]_ Section 9.3 for variable elimination.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from symcausal.hints import Protocol
from symcausal.numbers.evaluate.elimination_order import (
    LARGEST_TABLE,
    MOST_NUMBERS,
    EliminationOrder,
    best_order,
    too_large,
)

_AT_ONCE = 1 << 16  # products that are held before they are summed


class Arithmetic(Protocol):
    """The sums and products of values that are whole numbers; 0 is zero and 1 is one.

    ``most`` is how many products one elimination may take before it is refused.
    """

    @property
    def most(self) -> int:
        """The most products of one elimination."""
        ...

    def product(self, factors: Sequence[int]) -> int:
        """Return the product of some values."""
        ...

    def total(self, terms: Sequence[int]) -> int:
        """Return the sum of some values."""
        ...


class Integers:
    """The arithmetic of whole numbers: tables of fractions over a common denominator."""

    most = MOST_NUMBERS

    def product(self, factors: Sequence[int]) -> int:
        """Return the product of some values."""
        return math.prod(factors)

    def total(self, terms: Sequence[int]) -> int:
        """Return the sum of some values."""
        return sum(terms)


class Support:
    """The arithmetic of support: 1 for a value that can be other than zero, else 0.

    It is exact where nothing is negative.
    """

    most = MOST_NUMBERS

    def product(self, factors: Sequence[int]) -> int:
        """Return the product of some values."""
        return int(all(factors))

    def total(self, terms: Sequence[int]) -> int:
        """Return the sum of some values."""
        return int(any(terms))


class AxisFactor:
    """A flat table over the axes of ``scope``, the last axis fastest."""

    __slots__ = ("scope", "values")

    def __init__(self, scope: tuple[int, ...], values: Sequence[int]) -> None:
        self.scope = scope
        self.values = values


def eliminate(
    pool: Iterable[AxisFactor],
    axes: Iterable[int],
    sizes: Mapping[int, int],
    arithmetic: Arithmetic,
    *,
    order: EliminationOrder | None = None,
) -> list[AxisFactor]:
    """Return the factors that are left when some axes are summed out of a product.

    Parameters
    ----------
    pool : iterable of AxisFactor
        Each eliminated axis stands in at least one of them.
    axes : iterable of int
        The axes to sum out.
    sizes : mapping of int to int
        How many values each axis runs over.
    arithmetic : Arithmetic
        How to add and multiply.
    order : EliminationOrder, optional
        That of :func:`symcausal.numbers.evaluate.elimination_order.best_order`, if it is known.

    Returns
    -------
    list of AxisFactor
        Factors over the other axes, whose product is the sum.

    Raises
    ------
    LimitError
        If a table would have more than :data:`LARGEST_TABLE` entries, or all of them more than the
        arithmetic allows; before any of them is made.
    """
    pool = list(pool)
    order = order or best_order([factor.scope for factor in pool], axes, sizes)
    order.refuse_if_endless(arithmetic.most)
    for axis in order.axes:
        touched = [factor for factor in pool if axis in factor.scope]
        scope = tuple(sorted({a for factor in touched for a in factor.scope} - {axis}))
        pool = [factor for factor in pool if axis not in factor.scope]
        pool.append(_sum_out(touched, scope, axis, sizes, arithmetic))
    return pool


def joined(
    pool: Iterable[AxisFactor],
    scope: Sequence[int],
    sizes: Mapping[int, int],
    arithmetic: Arithmetic,
) -> list[int]:
    """Return the product of factors as one column over ``scope``, which must hold all their axes."""
    axes = [(axis, sizes[axis]) for axis in scope]
    count = _checked(axes)
    columns = [_column(factor, axes) for factor in pool]
    product = arithmetic.product
    if not columns:
        return [1] * count
    return [0 if 0 in cell else product(cell) for cell in zip(*columns, strict=True)]


def _sum_out(
    pool: Sequence[AxisFactor],
    scope: tuple[int, ...],
    axis: int,
    sizes: Mapping[int, int],
    arithmetic: Arithmetic,
) -> AxisFactor:
    size = sizes[axis]
    axes = [(a, sizes[a]) for a in scope]
    _checked(axes)
    axes.append((axis, size))
    product, total = arithmetic.product, arithmetic.total
    found: list[int] = []
    for columns in _pieces(pool, axes):
        if len(columns) == 1:
            cells = columns[0]
        else:
            cells = [0 if 0 in cell else product(cell) for cell in zip(*columns, strict=True)]
        found += [total(cells[i : i + size]) for i in range(0, len(cells), size)]
    return AxisFactor(scope, found)


def _pieces(
    pool: Sequence[AxisFactor], axes: Sequence[tuple[int, int]]
) -> Iterator[list[list[int]]]:
    """The values of factors along axes, a part of the first axes at a time where they are many."""
    split, inner = len(axes), 1
    while split and inner * axes[split - 1][1] <= _AT_ONCE:
        split -= 1
        inner *= axes[split][1]
    split = min(split, len(axes) - 1)  # the last axis stays whole
    starts = [_offsets(factor, axes[:split], dict(axes)) for factor in pool]
    steps = [_offsets(factor, axes[split:], dict(axes)) for factor in pool]
    for first in zip(*starts, strict=True):
        yield [
            [factor.values[start + step] for step in ahead]
            if start
            else [factor.values[step] for step in ahead]
            for factor, start, ahead in zip(pool, first, steps, strict=True)
        ]


def _column(factor: AxisFactor, axes: Sequence[tuple[int, int]]) -> list[int]:
    """The values of a factor along more axes than its own, in the given order of axes."""
    values = factor.values
    return [values[offset] for offset in _offsets(factor, axes, dict(axes))]


def _offsets(
    factor: AxisFactor, axes: Sequence[tuple[int, int]], sizes: Mapping[int, int]
) -> list[int]:
    """Return the offsets of the values of a factor from its first one, along some axes."""
    strides = {}
    stride = 1
    for axis in reversed(factor.scope):
        strides[axis] = stride
        stride *= sizes[axis]
    offsets = [0]
    for axis, size in axes:
        stride = strides.get(axis, 0)
        if stride:
            steps = range(0, size * stride, stride)
            offsets = [offset + step for offset in offsets for step in steps]
        elif size > 1:
            offsets = [offset for offset in offsets for _ in range(size)]
    return offsets


def _checked(axes: Sequence[tuple[int, int]]) -> int:
    count = math.prod(size for _, size in axes)
    if count > LARGEST_TABLE:
        raise too_large(len(axes), count)
    return count
