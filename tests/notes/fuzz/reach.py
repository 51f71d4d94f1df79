"""How far a sum reaches: what else a claim says where its author may have left brackets out.

A sum sign binds the product behind it. Where a later factor names its letter too, the sum may have been
meant to end before it, and then the claim must not be said to fail if it holds so.

Main definitions
----------------
or_undecided : what else may be said of a claim that fails as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product as pairs

from tests.notes.fuzz.case import UNDECIDED
from tests.notes.fuzz.formulas import Formula, Times, Total, letters, parts, product, replaced
from tests.notes.fuzz.numerals import Unsettled


def or_undecided(
    left: Formula, right: Formula, holds: Callable[[Formula, Formula], bool]
) -> frozenset[str]:
    """``undecided`` if the claim holds, or is settled by nothing, where some sums end earlier."""
    for one, other in pairs((left, *_shorter(left)), (right, *_shorter(right))):
        if (one, other) == (left, right):
            continue
        try:
            if holds(one, other):
                return UNDECIDED
        except (Unsettled, KeyError):  # undefined somewhere, or about a letter that is free then
            return UNDECIDED
    return frozenset()


def _shorter(formula: Formula) -> Iterator[Formula]:
    """The formula with one sum ending before a factor that names one of its letters."""
    for path, part in parts(formula):
        if isinstance(part, Total) and isinstance(part.body, Times):
            factors = part.body.factors
            for i, factor in enumerate(factors[1:], 1):
                if set(part.over) & letters(factor):
                    short = Total(part.over, product(*factors[:i]))
                    yield replaced(formula, path, product(short, *factors[i:]))
