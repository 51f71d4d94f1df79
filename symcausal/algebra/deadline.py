"""A limit on the time that a piece of work may take, heeded by every loop that may grow long.

The loops of the kernel and of the searches above it report how many operations they are about to do;
now and then the clock is looked at, and when time is over the work stops with an error. There are no
signals and no threads in it, so it works on every platform and in every thread, each with its own
limit.

Main definitions
----------------
within : a context in which work is limited.
spend : what a loop calls before some operations.
in_parts : a long operation on columns, done in pieces between which the clock is looked at.
OutOfTime : the error.
CLAIM_BUDGET : the seconds for one claim of notes, where nobody says another number.

Implementation notes
--------------------
Time is processor time of the thread, where the platform has a clock for it: what else the machine
does changes no answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar, Token

from symcausal.errors import LimitError
from symcausal.hints import TypeVar

V = TypeVar("V")

OPERATIONS_BETWEEN_LOOKS = 4096
CLAIM_BUDGET = 2.0
clock: Callable[[], float] = getattr(time, "thread_time", time.process_time)


class OutOfTime(LimitError):  # noqa: N818 - it is a limit that was reached, and says which
    """Stop, because the time for this piece of work is over."""


class _Deadline:
    __slots__ = ("budget", "end", "left", "what")

    def __init__(self, budget: float, end: float, what: str) -> None:
        self.budget, self.end, self.what = budget, end, what
        self.left = OPERATIONS_BETWEEN_LOOKS

    @property
    def words(self) -> str:
        return f"the budget of {self.budget:g} s{self.what and ' '}{self.what} ran out"


_current: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


class within:  # noqa: N801 - read as a word: with within(2.0)
    """Limit the work that is done inside to some seconds; an outer limit still holds.

    Parameters
    ----------
    seconds : float
        How long it may take.
    what : str
        What the budget is for, which the error says: ``for the whole run``.

    Examples
    --------
    >>> with within(0.001):
    ...     while True:
    ...         spend(1000)
    Traceback (most recent call last):
    ...
    symcausal.algebra.deadline.OutOfTime: error[SC010] the budget of 0.001 s ran out
    """

    __slots__ = ("_seconds", "_token", "_what")

    def __init__(self, seconds: float, what: str = "") -> None:
        self._seconds, self._what = seconds, what

    def __enter__(self) -> None:
        outer, end = _current.get(), clock() + self._seconds
        mine = _Deadline(self._seconds, end, self._what)
        if outer is not None and outer.end < end:
            mine = _Deadline(outer.budget, outer.end, outer.what)
        self._token: Token[_Deadline | None] = _current.set(mine)

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)


def spend(operations: int) -> None:
    """Say that some operations follow.

    Raises
    ------
    OutOfTime
        If the time is over.
    """
    deadline = _current.get()
    if deadline is None:
        return
    deadline.left -= operations
    if deadline.left < 0:
        deadline.left = OPERATIONS_BETWEEN_LOOKS
        if clock() > deadline.end:
            deadline.left = 0  # so that whoever goes on is stopped at once
            raise OutOfTime(deadline.words)


def overdrawn(share: float = 0.0) -> str:
    """Return the words for a time that is over by this share of the budget; empty if it is not."""
    deadline = _current.get()
    if deadline is None or clock() <= deadline.end + share * deadline.budget:
        return ""
    return deadline.words


def remaining() -> float | None:
    """Return how many seconds are left; None if nothing limits the work."""
    deadline = _current.get()
    return None if deadline is None else max(0.0, deadline.end - clock())


def in_parts(
    operation: Callable[[Sequence[V], Sequence[V]], list[V]], left: Sequence[V], right: Sequence[V]
) -> list[V]:
    """An operation on two columns, entry by entry, in pieces between which the clock is looked at."""
    size = len(left)
    if size <= OPERATIONS_BETWEEN_LOOKS:
        spend(size)
        return operation(left, right)
    if _current.get() is None:
        return operation(left, right)
    found: list[V] = []
    for start in range(0, size, OPERATIONS_BETWEEN_LOOKS):
        spend(OPERATIONS_BETWEEN_LOOKS)
        stop = start + OPERATIONS_BETWEEN_LOOKS
        found += operation(left[start:stop], right[start:stop])
    return found
