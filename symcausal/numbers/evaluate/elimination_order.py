"""In which order axes are summed out of a pool of tables, and what that costs.

Main definitions
----------------
best_order : weighted min-fill.
EliminationOrder : an order with its cost.
too_large : the error that a table on the way has too many entries.

References
----------
[Koller2009]_ Section 9.4.3 for min-fill orders.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from symcausal.algebra.decimals import digit_count
from symcausal.errors import LimitError
from symcausal.graph.graph import bits
from symcausal.hints import TypeAlias

LARGEST_TABLE = 2_000_000  # entries that are kept; their products are summed as they come
MOST_NUMBERS = 50_000_000
_WORTH_ANOTHER_TRY = 100_000
_TABLES = "; m.elimination(query) gives the tables without their cells"
_FEWER = "condition on more variables, or ask for fewer free values at once"

_Cost: TypeAlias = tuple[int, int, int]
_Groups: TypeAlias = Sequence[tuple[int, int]]


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
            raise too_large(self.width, self.largest, kept)
        if self.total > most:
            raise LimitError(
                f"the tables on the way have {self.total} entries together, the widest over "
                f"{self.width} variables",
                expected=f"at most {most}",
                hint=_FEWER + (_TABLES if most < MOST_NUMBERS else ""),
            )


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


def too_large(width: int, count: int, most: int = LARGEST_TABLE) -> LimitError:
    """Return the error that a table on the way has too many entries."""
    entries = str(count) if count < 10**12 else f"about 10^{digit_count(count) - 1}"
    return LimitError(
        f"a table over {width} variables with {entries} entries is needed on the way",
        expected=f"at most {most} that have to be kept",
        hint=_FEWER,
    )
