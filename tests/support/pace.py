"""How slow the machine is at the moment, for tests that say *soon* in seconds.

Processor time stretches too where many share a core or its caches.

Main definitions
----------------
slowness : how many times as long as on an idle machine a fixed piece of work takes.
"""

from __future__ import annotations

import time

_IDLE = 0.016  # seconds for the work below, on the machines that run CI


def slowness() -> float:
    """How many times as long as on an idle machine work takes now; at least one."""
    start = time.process_time()
    sum(i * i for i in range(300_000))
    return max(1.0, (time.process_time() - start) / _IDLE)
