"""Tests that something ends *soon*: guards against hanging, not measurements.

Processor time stretches where many share a core or its caches, so a bound in seconds is one for an
idle machine and grows with how slow the machine is now. How fast anything is, benchmarks say.

Main definitions
----------------
soon : asserts that the body of a ``with`` ends within some seconds of processor time.
grows_with_length : asserts that the time for longer and longer input grows with its length.
slowness : how many times as long as on an idle machine a fixed piece of work takes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

_IDLE = 0.016  # seconds for the work below, on an idle machine
_SLACK = 3  # what grows too fast takes many times as long; a busy machine, a few


def slowness() -> float:
    """How many times as long as on an idle machine work takes now; at least one."""
    return _slowness_in(int(time.monotonic()))


@lru_cache(maxsize=1)
def _slowness_in(_: int) -> float:
    """Measure once a second: a measurement takes as long as some tests."""
    start = time.process_time()
    sum(i * i for i in range(300_000))
    return max(1.0, (time.process_time() - start) / _IDLE)


@contextmanager
def soon(
    seconds: float,
    *,
    besides: float = 0.0,
    clock: Callable[[], float] = time.process_time,
) -> Iterator[None]:
    """Assert that the body takes the seconds that it has on an idle machine, or a few times that.

    How slow the machine is, is measured before the body and after it. What the body is told to use
    up comes ``besides``, as it is.
    """
    before = slowness()
    start = clock()
    yield
    taken = clock() - start
    allowed = besides + _SLACK * seconds * max(before, slowness())
    assert taken < allowed, f"takes {taken:.1f} s of processor time, where {allowed:.1f} s are soon"


def grows_with_length(seconds: Callable[[int], float], short: int, times: int) -> None:
    """Assert that what is ``times`` as long takes no more than about ``times`` as many seconds.

    What is quadratic takes ``times`` squared. One try in three is enough: a pause of the machine
    falls upon one of them, a bad way of reading upon all.
    """
    tries = []
    for _ in range(3):
        slow, no_time = seconds(short * times), 0.05 * slowness()
        if slow < no_time:
            return
        fast = min(seconds(short) for _ in range(2))
        if slow < (times + times**2) / 3 * fast + no_time:
            return
        tries.append(f"{fast:.3f} s, then {slow:.3f} s")
    raise AssertionError(f"{times} times as long: " + "; ".join(tries))
