"""How the benchmarks take times: nobody pays for another's caches, rubbish, or a busy minute.

Main definitions
----------------
seconds : one call, or the mean of several.
in_a_row : the median of some calls, one if it takes long.
interleaved : everybody in turn, round after round, and the medians.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

LONG = 2.0  # seconds that are taken once, not in every round
REPEATS = 5


def seconds(call: Callable[[], object], repeats: int = 1) -> float:
    """How long one call takes; SymPy's cache is empty, and no rubbish is collected meanwhile."""
    if "sympy.core.cache" in sys.modules:
        sys.modules["sympy.core.cache"].clear_cache()
    gc.disable()
    try:
        start = perf_counter()
        for _ in range(repeats):
            call()
        return (perf_counter() - start) / repeats
    finally:
        gc.enable()


def warm(call: Callable[[], object], repeats: int) -> float:
    """The same after a call that is not counted: everybody's data are in the processor's caches."""
    gc.collect()
    call()
    return seconds(call, repeats)


def in_a_row(call: Callable[[], object]) -> float:
    """The median of several calls, one if it takes long."""
    gc.collect()
    times = [seconds(call)]
    while len(times) < REPEATS and sum(times) < LONG / 2:
        times.append(seconds(call))
    return median(times)


def interleaved(entrants: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The medians of what each entrant says that it takes, the rounds interleaved."""
    times: dict[str, list[float]] = {name: [] for name in entrants}
    for _ in range(rounds):
        for name, taken in entrants.items():
            times[name].append(taken())
    return {name: median(found) for name, found in times.items()}
