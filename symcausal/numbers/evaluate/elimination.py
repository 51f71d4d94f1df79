"""Flat tables over axes, and the elimination of axes from a pool of them.

An axis is a whole number with a size: the letter of a formula, or a variable that is summed out. A
:class:`AxisFactor` holds one value for each assignment of its axes, the last fastest. What the values
are is left to an :class:`Arithmetic`: nodes of a circuit, whole numbers, or plain yes and no.

Main definitions
----------------
Arithmetic, Integers, Support : sums and products of values.
AxisFactor : a flat table.
eliminate : sum axes out of a product of factors.
best_order : weighted min-fill.
joined : the product of factors as one table.

References
----------
[Koller2009]_ Section 9.3 for variable elimination, 9.4.3 for min-fill orders.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

from symcausal.algebra.decimals import digit_count
from symcausal.errors import LimitError
from symcausal.graph.graph import bits

LARGEST_TABLE = 2_000_000  # entries that are kept; their products are summed as they come
MOST_NUMBERS = 50_000_000
_WORTH_ANOTHER_TRY = 100_000
_AT_ONCE = 1 << 16  # products that are held before they are summed

_Cost: TypeAlias = tuple[int, int, int]
_Groups: TypeAlias = Sequence[tuple[int, int]]


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


class EliminationOrder:
    """An order in which axes are summed out, with its cost.

    Attributes
    ----------
    axes : list of int
        The axes, first comes first.
    width : int
        How many variables the widest table on the way is over, the one summed out included.
    largest, total : int
        How many entries the largest of these tables has, and all together.
    kept : int
        How many entries are left of the largest, when it has been summed out.
    """

    __slots__ = ("axes", "kept", "largest", "total", "width")

    def __init__(self, axes: list[int], width: int, largest: int, total: int) -> None:
        self.axes = axes
        self.kept = 0
        self.width = width
        self.largest = largest
        self.total = total

    def refuse_if_endless(self, most: int = MOST_NUMBERS, *, kept: int = LARGEST_TABLE) -> None:
        """Refuse an order with more products than would end.

        Raises
        ------
        LimitError
            If a table that is kept has more than ``kept`` entries, or all products on the way
            together have more than ``most``.
        """
        if self.kept > kept:
            raise _too_large(self.width, self.largest, kept)
        if self.total > most:
            raise LimitError(
                f"the tables on the way have {self.total} entries together, the widest over "
                f"{self.width} variables",
                expected=f"at most {most}",
                hint=_FEWER + (_TABLES if most < MOST_NUMBERS else ""),
            )


_TABLES = "; m.elimination(query) gives the tables without their cells"
_FEWER = "condition on more variables, or ask for fewer free values at once"


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
        That of :func:`best_order`, if it is known.

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
        raise _too_large(len(axes), count)
    return count


def _too_large(width: int, count: int, most: int = LARGEST_TABLE) -> LimitError:
    entries = str(count) if count < 10**12 else f"about 10^{digit_count(count) - 1}"
    return LimitError(
        f"a table over {width} variables with {entries} entries is needed on the way",
        expected=f"at most {most} that have to be kept",
        hint=_FEWER,
    )


# -- orders ---------------------------------------------------------------------------------------
def best_order(
    scopes: Sequence[tuple[int, ...]], axes: Iterable[int], sizes: Mapping[int, int]
) -> EliminationOrder:
    """Return the order of weighted min-fill, or of the smallest tables where that costs less.

    Parameters
    ----------
    scopes : sequence of tuple of int
        The axes of each factor.
    axes : iterable of int
        What is summed out.
    sizes : mapping of int to int
        How many values each axis runs over.
    """
    axes = list(axes)
    order = _order(scopes, axes, sizes, by_fill=True)
    if order.total > _WORTH_ANOTHER_TRY:
        other = _order(scopes, axes, sizes, by_fill=False)
        if (other.largest, other.total) < (order.largest, order.total):
            return other
    return order


def _order(
    scopes: Sequence[tuple[int, ...]],
    axes: Iterable[int],
    sizes: Mapping[int, int],
    *,
    by_fill: bool,
) -> EliminationOrder:
    """Greedy: next comes the axis that costs least at that time."""
    remaining = set(axes)
    neighbours: dict[int, int] = {}
    for scope in scopes:
        mask = 0
        for axis in scope:
            mask |= 1 << axis
        for axis in scope:
            neighbours[axis] = neighbours.get(axis, 0) | mask
    groups = _groups(neighbours, sizes)
    cost = _fill if by_fill else _table
    costs = {axis: cost(axis, neighbours, groups, sizes) for axis in remaining}
    order = EliminationOrder([], 0, 0, 0)
    while remaining:
        best = min(remaining, key=costs.__getitem__)
        order.axes.append(best)
        remaining.remove(best)
        closed, own = neighbours[best], ~(1 << best)
        around = closed & own
        table = costs[best][1] if by_fill else costs[best][0]
        order.total += table
        kept = table // sizes[best]
        if kept > order.kept:
            order.kept = kept
        if table > order.largest:
            order.largest, order.width = table, around.bit_count() + 1
        if by_fill and not costs[best][0]:  # no new links: what is around loses one neighbour
            size = sizes[best]
            for axis in bits(around):
                neighbours[axis] &= own
                if axis in remaining:
                    fill, count, _ = costs[axis]
                    apart = neighbours[axis] & ~closed
                    if apart:
                        fill -= 2 * size * sum([s * (apart & m).bit_count() for s, m in groups])
                    costs[axis] = fill, count // size, axis
            continue
        beyond = 0
        for axis in bits(around):
            if around & ~neighbours[axis]:
                beyond |= neighbours[axis]
            neighbours[axis] = (neighbours[axis] | around) & own
        # Farther away only what sees two of the newly linked changes its cost.
        stale = [axis for axis in bits(around) if axis in remaining]
        stale += [
            axis
            for axis in bits(beyond & ~around)
            if axis in remaining and (neighbours[axis] & around).bit_count() > 1
        ]
        for axis in stale:
            costs[axis] = cost(axis, neighbours, groups, sizes)
    return order


def _groups(axes: Iterable[int], sizes: Mapping[int, int]) -> _Groups:
    """For each size the mask of the axes that have it: few sizes, so sums over masks are short."""
    masks: dict[int, int] = {}
    for axis in axes:
        masks[sizes[axis]] = masks.get(sizes[axis], 0) | 1 << axis
    return list(masks.items())


def _count(mask: int, groups: _Groups) -> int:
    """Return the number of assignments of the axes of a mask."""
    return math.prod([size ** (mask & one).bit_count() for size, one in groups])


def _fill(
    axis: int, neighbours: Mapping[int, int], groups: _Groups, sizes: Mapping[int, int]
) -> _Cost:
    """Weighted min-fill: how much the new links weigh, both ways; then the size of the table."""
    rest = neighbours[axis] & ~(1 << axis)
    fill, count = 0, sizes[axis]
    while rest:  # each pair once
        low = rest & -rest
        rest ^= low
        near = low.bit_length() - 1
        size = sizes[near]
        count *= size
        missing = rest & ~neighbours[near]
        if missing:
            for other_size, other in groups:
                fill += size * other_size * (missing & other).bit_count()
    return 2 * fill, count, axis


def _table(
    axis: int, neighbours: Mapping[int, int], groups: _Groups, sizes: Mapping[int, int]
) -> _Cost:
    """The size of the table; then how many variables it is over."""
    around = neighbours[axis]
    return _count(around, groups), around.bit_count(), axis
