"""Which subsets a rule tries: all of a small set, single members and the whole of a large one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symcausal.expr.nodes import Events

ALL_SUBSETS_UP_TO = 5


def splits(events: Events) -> Iterator[tuple[Events, Events]]:
    """Yield each way to split events into a nonempty part and the rest, smaller parts first."""
    count = len(events)
    sizes = (
        range(1, count + 1) if count <= ALL_SUBSETS_UP_TO else dict.fromkeys((1, count - 1, count))
    )
    for size in sizes:
        for part in combinations(events, size):
            yield Events(part), events - part
