"""Where something holds on a line: unions of intervals with exact ends.

Main definitions
----------------
Interval : from one number to another, each end in it or not.
Region : intervals apart from each other, in order.
region : where a condition on the sign of a function holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symcausal.numbers.sensitivity.roots import RealNumber, Root

_HALVINGS = 400  # two roots that are not told apart by then are taken for one


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from ``low`` to ``high``.

    Attributes
    ----------
    low, high : Fraction or Root
        The ends; the same for a single point.
    includes_low, includes_high : bool
        Whether the ends are in it.
    """

    low: RealNumber
    high: RealNumber
    includes_low: bool = True
    includes_high: bool = True

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, Fraction | int):
            return False
        at = Fraction(number)
        above = compare(at, self.low)
        below = compare(self.high, at)
        return (above > 0 or (above == 0 and self.includes_low)) and (
            below > 0 or (below == 0 and self.includes_high)
        )

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{{{self.low}}}"
        left, right = "[" if self.includes_low else "(", "]" if self.includes_high else ")"
        return f"{left}{self.low}, {self.high}{right}"


@dataclass(frozen=True, slots=True)
class Region:
    """A union of intervals, in order, no two of which touch."""

    intervals: tuple[Interval, ...]

    def __iter__(self) -> Iterator[Interval]:
        return iter(self.intervals)

    def __len__(self) -> int:
        return len(self.intervals)

    def __bool__(self) -> bool:
        return bool(self.intervals)

    def __contains__(self, number: object) -> bool:
        return any(number in interval for interval in self.intervals)

    def __str__(self) -> str:
        return " or ".join(map(str, self.intervals)) or "nowhere"

    def nearest(self, to: Fraction) -> tuple[RealNumber, bool] | None:
        """Return the number of the region nearest to another, and whether the region holds it.

        An open end is named although it is not in the region: any number beyond it is.
        """
        best: tuple[RealNumber, bool] | None = None
        if to in self:
            return to, True
        for interval in self.intervals:
            for end, inside in (
                (interval.low, interval.includes_low),
                (interval.high, interval.includes_high),
            ):
                if best is None or _nearer(end, best[0], to):
                    best = end, inside
        return best


def compare(left: RealNumber, right: RealNumber) -> int:
    """Return -1, 0 or 1 as the left number is less than, equal to or greater than the right."""
    if left == right:
        return 0
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return 1 if left > right else -1
    for _ in range(_HALVINGS):
        low, high = _ends(left), _ends(right)
        if low[1] < high[0] or (low[1] == high[0] and low[0] != high[1]):
            return -1
        if high[1] < low[0] or (high[1] == low[0] and high[0] != low[1]):
            return 1
        # A root is no fraction, so a fraction is told from it sooner or later.
        left = left.sharper() if isinstance(left, Root) else left
        right = right.sharper() if isinstance(right, Root) else right
    return 0


def _ends(number: RealNumber) -> tuple[Fraction, Fraction]:
    return (number.low, number.high) if isinstance(number, Root) else (number, number)


def _nearer(one: RealNumber, other: RealNumber, to: Fraction) -> bool:
    return abs(_middle(one) - to) < abs(_middle(other) - to)


def _middle(number: RealNumber) -> Fraction:
    return (number.low + number.high) / 2 if isinstance(number, Root) else number


def region(
    low: Fraction,
    high: Fraction,
    critical: Iterable[RealNumber],
    holds_between: Callable[[Fraction], bool],
    holds_at: Callable[[RealNumber], bool],
) -> Region:
    """Return the region where a condition holds that can change only at critical points.

    Parameters
    ----------
    low, high : Fraction
        The line's ends, which are critical, too.
    critical : iterable of Fraction or Root
        The points, in any order.
    holds_between, holds_at : callable
        The condition at a point strictly between two critical ones, and at a critical one.
    """
    points = _ordered([low, high, *critical])
    pieces: list[Interval] = []
    for i, point in enumerate(points):
        if holds_at(point):
            pieces.append(Interval(point, point))
        if i + 1 < len(points) and holds_between(_between(point, points[i + 1])):
            pieces.append(Interval(point, points[i + 1], includes_low=False, includes_high=False))
    return Region(tuple(_merged(pieces)))


def _ordered(points: Sequence[RealNumber]) -> list[RealNumber]:
    found: list[RealNumber] = []
    for point in dict.fromkeys(points):
        signs = [compare(other, point) for other in found]
        if 0 not in signs:
            found.insert(signs.count(-1), point)
    return found


def _between(left: RealNumber, right: RealNumber) -> Fraction:
    while True:
        low, high = _ends(left)[1], _ends(right)[0]
        if low < high:
            return (low + high) / 2
        left = left.sharper() if isinstance(left, Root) else left
        right = right.sharper() if isinstance(right, Root) else right


def _merged(pieces: Iterable[Interval]) -> Iterator[Interval]:
    open_: Interval | None = None
    for piece in pieces:
        if open_ is None:
            open_ = piece
        elif open_.high == piece.low and (open_.includes_high or piece.includes_low):
            open_ = Interval(open_.low, piece.high, open_.includes_low, piece.includes_high)
        else:
            yield open_
            open_ = piece
    if open_ is not None:
        yield open_
