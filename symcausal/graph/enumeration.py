"""Listing sets by asking whether there is one: no subset is tried in vain.

Main definitions
----------------
sets_between : all sets between two bounds, if one can ask whether there is any.
minimal_sets : the minimal ones, if one can ask whether some set contains any.
Kind : which sets are wanted.
listed : the sets in the order in which they are told.

References
----------
[vanderZander2019]_ Section 6 for the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from symcausal.errors import LimitError, UsageError, nearest
from symcausal.graph.graph import bits
from symcausal.hints import Literal, TypeAlias, get_args

MOST_SETS = 1000

Kind: TypeAlias = Literal["minimal", "minimum", "all"]
KINDS: tuple[str, ...] = get_args(Kind)


def sets_between(least: int, most: int, exists: Callable[[int, int], bool]) -> Iterator[int]:
    """Yield the sets between two bounds for which ``exists`` holds, each once.

    Parameters
    ----------
    least, most : int
        Bit masks; ``least`` is part of ``most``.
    exists : callable
        Whether there is a set between two bounds; asked once or twice for each member of ``most``
        before the next set is found. If the bounds are equal: whether that set is one.
    """
    waiting = [(least, most)]
    while waiting:
        least, most = waiting.pop()
        if not exists(least, most):
            continue
        if least == most:
            yield least
            continue
        doubtful = most & ~least
        lowest = doubtful & -doubtful
        waiting += [(least | lowest, most), (least, most & ~lowest)]


def minimal_sets(most: int, contains: Callable[[int], bool], least: int = 0) -> Iterator[int]:
    """Yield all minimal sets that hold ``least`` and lie in ``most``, each once.

    Parameters
    ----------
    most : int
        Bit mask.
    contains : callable
        Whether some set that holds ``least`` lies in a mask. What lies in a mask lies in a larger
        one.

    Notes
    -----
    Any other minimal set lacks a member of the one just found, so the search goes on without that
    member. Searches that meet again are not repeated, but there may be exponentially many.
    """
    waiting, met, found = [most], {most}, set[int]()
    while waiting:
        room = waiting.pop()
        if not contains(room):
            continue
        smallest = _shrunk(room, contains, least)
        if smallest not in found:
            found.add(smallest)
            yield smallest
        for i in bits(smallest & ~least):
            rest = room & ~(1 << i)
            if rest not in met:
                met.add(rest)
                waiting.append(rest)


def _shrunk(room: int, contains: Callable[[int], bool], least: int) -> int:
    for i in bits(room & ~least):
        if contains(room & ~(1 << i)):
            room &= ~(1 << i)
    return room


def refuse_kind(kind: str) -> None:
    """Refuse a word that names no kind of sets.

    Raises
    ------
    UsageError
        If it is none of :data:`KINDS`.
    """
    if kind not in KINDS:
        raise UsageError(
            f"no kind of sets '{kind}'", expected=", ".join(KINDS), hint=nearest(kind, KINDS)
        )


def listed(found: Iterator[int], what: str, most: int | None) -> list[int]:
    """Return masks by size, then by declaration order.

    Raises
    ------
    LimitError
        If there are more than :data:`MOST_SETS` and ``most`` is not given.
    """
    masks = list(islice(found, MOST_SETS + 1 if most is None else most))
    if most is None and len(masks) > MOST_SETS:
        raise LimitError(
            f"more than {MOST_SETS} {what}",
            hint="force or forbid some variables, or ask for the first few",
        )
    return sorted(masks, key=lambda mask: (mask.bit_count(), tuple(bits(mask))))
