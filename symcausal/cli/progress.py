"""What a terminal is told while long work is done: one line, a few times a second.

Main definitions
----------------
told : a function that says how far the work is.
wipe : remove the line.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from symcausal.cli.streams import say
from symcausal.controls import escaped
from symcausal.hints import ParamSpec

P = ParamSpec("P")

BETWEEN_WORDS = 0.2  # seconds
_WIPE = "\r\033[K"


def told(words: Callable[P, str]) -> Callable[P, None]:
    """Say on standard error how far work is, in these words, if enough time has passed."""
    last = time.monotonic()

    def tell(*args: P.args, **kwargs: P.kwargs) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > BETWEEN_WORDS:
            last = now
            say(_WIPE + escaped(words(*args, **kwargs)), end="", literal=True)

    return tell


def wipe() -> None:
    """Remove what was said."""
    say(_WIPE, end="", literal=True)
