"""The extreme rays of small cones are those that solving every choice of borders finds."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symcausal.bounds.double_description import extreme_rays

Row = tuple[int, ...]


def reduced(rows: Sequence[Row]) -> list[list[Fraction]]:
    """The rows in echelon form, without zeros."""
    left, found = [list(map(Fraction, row)) for row in rows], list[list[Fraction]]()
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        for others in (left, found):
            others[:] = [
                [x - row[column] * y for x, y in zip(row, pivot, strict=True)] for row in others
            ]
        found.append(pivot)
    return found


def on_borders(rows: Sequence[Row], width: int) -> Row | None:
    """The one direction that is orthogonal to some rows; None if there are others."""
    echelon = reduced(rows)
    if len(echelon) != width - 1:
        return None
    pivots = [next(i for i, value in enumerate(row) if value) for row in echelon]
    (free,) = set(range(width)) - set(pivots)
    found = [Fraction(0)] * width
    found[free] = Fraction(1)
    for pivot, row in zip(pivots, echelon, strict=True):
        found[pivot] = -row[free]
    scale = lcm(*(value.denominator for value in found))
    whole = [int(value * scale) for value in found]
    return tuple(value // gcd(*whole) for value in whole)


@st.composite
def cones(draw: st.DrawFn) -> tuple[list[Row], int]:
    width = draw(st.integers(2, 4))
    row = st.tuples(*[st.integers(-2, 2)] * width)
    rows = draw(st.lists(row, min_size=width, max_size=width + 4))
    assume(len(reduced(rows)) == width)
    return rows, width


@settings(max_examples=200, deadline=None)
@given(cones())
def test_rays_are_the_directions_on_enough_borders(cone: tuple[list[Row], int]) -> None:
    rows, width = cone
    expected = set[Row]()
    for some in combinations(rows, width - 1):
        found = on_borders(some, width)
        for ray in (found, found and tuple(-value for value in found)):
            if ray and all(sum(a * b for a, b in zip(row, ray, strict=True)) >= 0 for row in rows):
                expected.add(ray)
    assert extreme_rays(rows, width) == sorted(expected)
