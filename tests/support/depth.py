"""How many random cases the slow proofs go through.

Main definitions
----------------
many : a number of cases, times the depth that the environment asks for.
"""

from __future__ import annotations

import os


def many(cases: int) -> int:
    """Return how many cases to try: as many as given, or ``SYMCAUSAL_DEPTH`` times as many."""
    return cases * int(os.environ.get("SYMCAUSAL_DEPTH", "1"))
