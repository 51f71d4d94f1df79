"""The extreme rays of a polyhedral cone, exactly: the double description method.

Main definitions
----------------
extreme_rays : the rays of a cone that is given by inequalities.

References
----------
[Fukuda1996]_ for the method; its combinatorial test of adjacency.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from symcausal.algebra.deadline import spend
from symcausal.errors import LimitError

MOST_RAYS = 20_000

Ray = tuple[int, ...]


def extreme_rays(inequalities: Sequence[Sequence[int]], width: int) -> list[Ray]:
    """Return the extreme rays of ``{x : <a, x> >= 0 for each inequality a}``.

    Parameters
    ----------
    inequalities : sequence of sequence of int
        The normals, each of ``width`` numbers; together they have full rank, so that the cone holds no
        line.
    width : int
        The dimension.

    Returns
    -------
    list of tuple of int
        Each ray by its smallest integers, sorted.

    Raises
    ------
    LimitError
        If there are too many rays on the way.

    Examples
    --------
    >>> extreme_rays([(1, 0), (0, 1), (1, 1)], 2)
    [(0, 1), (1, 0)]
    """
    inequalities = sorted(map(tuple, inequalities), reverse=True)  # so that few rays come and go
    first, rays = _simplicial(inequalities, width)
    done = 0  # of which inequalities a ray may be on the border, as bits
    for number in first:
        done |= 1 << number
    found = [
        (ray, sum(1 << number for number in first if not _at(inequalities[number], ray)))
        for ray in rays
    ]
    for number, normal in enumerate(inequalities):
        if not done >> number & 1:
            found = _cut(found, normal, number, width)
            done |= 1 << number
    return sorted(ray for ray, _ in found)


def _cut(
    found: list[tuple[Ray, int]], normal: Sequence[int], number: int, width: int
) -> list[tuple[Ray, int]]:
    """The rays of the cone on the right side of one more hyperplane."""
    inside, outside, kept = list[tuple[Ray, int, int]](), list[tuple[Ray, int, int]](), []
    spend(len(found) * width)
    for ray, border in found:
        value = _at(normal, ray)
        if value > 0:
            inside.append((ray, border, value))
            kept.append((ray, border))
        elif value < 0:
            outside.append((ray, border, value))
        else:
            kept.append((ray, border | 1 << number))
    borders = [border for _, border in found]
    for ray, border, value in inside:
        spend(len(outside))
        for other, other_border, minus in outside:
            shared = border & other_border
            if shared.bit_count() < width - 2:
                continue
            spend(len(borders))
            if sum(shared & one == shared for one in borders) > 2:
                continue  # the two do not lie on a common edge
            mixed = [value * b - minus * a for a, b in zip(ray, other, strict=True)]
            kept.append((_smallest(mixed), shared | 1 << number))
    if len(kept) > MOST_RAYS:
        raise LimitError(
            f"more than {MOST_RAYS} terms on the way to the bounds",
            expected="fewer",
            hint="ask with fewer states or variables",
        )
    return kept


def _at(normal: Sequence[int], ray: Ray) -> int:
    return sum([a * b for a, b in zip(normal, ray, strict=True) if a and b])


def _smallest(ray: Sequence[int]) -> Ray:
    common = gcd(*ray)
    return tuple([value // common for value in ray]) if common > 1 else tuple(ray)


def _simplicial(inequalities: Sequence[Sequence[int]], width: int) -> tuple[list[int], list[Ray]]:
    """The first inequalities that are independent, and the rays of the cone that they make alone."""
    chosen, rows = list[int](), list[list[int]]()
    for number, normal in enumerate(inequalities):
        row = list(normal)
        for pivot, other in zip(map(_leading, rows), rows, strict=True):
            if row[pivot]:
                row = [x * other[pivot] - y * row[pivot] for x, y in zip(row, other, strict=True)]
        if any(row):
            rows.append(list(_smallest(row)))
            chosen.append(number)
            if len(chosen) == width:
                break
    if len(chosen) < width:
        raise ValueError("the inequalities leave a line")
    return chosen, _inverse_columns([inequalities[number] for number in chosen])


def _leading(row: Sequence[int]) -> int:
    return next(i for i, value in enumerate(row) if value)


def _inverse_columns(matrix: Sequence[Sequence[int]]) -> list[Ray]:
    """The columns of the inverse of a matrix, each times a positive number."""
    width = len(matrix)
    rows = [[*row, *(int(i == j) for j in range(width))] for i, row in enumerate(matrix)]
    for i in range(width):
        pivot = next(j for j in range(i, width) if rows[j][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for j in range(width):
            if j != i and rows[j][i]:
                x, y = rows[i][i], rows[j][i]
                rows[j] = list(
                    _smallest([b * x - a * y for a, b in zip(rows[i], rows[j], strict=True)])
                )
    scale = 1
    for i in range(width):
        scale = scale * abs(rows[i][i]) // gcd(scale, rows[i][i])
    columns = []
    for k in range(width):
        column = [rows[i][width + k] * (scale // rows[i][i]) for i in range(width)]
        columns.append(_smallest(column))
    return columns
