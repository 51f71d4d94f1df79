"""Pseudo-random numbers for identity tests, the same in every run.

The standard library's generator would do as well; importing it takes a fortieth of the time of a
whole command, and a test at random points needs nothing better than well mixed bits.

Main definitions
----------------
Draws : a generator with the one method that is needed; ``random.Random`` may stand in for it.
SEED : what every identity test starts from.

References
----------
[Steele2014]_, the mixing function of SplitMix.
"""

from __future__ import annotations

from symcausal.hints import Protocol

SEED = 20090914
_MASK = 2**64 - 1


class RandomSource(Protocol):
    """Anything that draws whole numbers."""

    def randrange(self, start: int, stop: int) -> int:
        """Return a number from ``start`` up to but without ``stop``."""
        ...


class Draws:
    """A stream of well mixed 64-bit words."""

    __slots__ = ("_state",)

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def _word(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        word = self._state
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB & _MASK
        return word ^ (word >> 31)

    def randrange(self, start: int, stop: int) -> int:
        """Return a number from ``start`` up to but without ``stop``.

        Two words make one number, so that the remainder is even to within 2**-64 for a range below
        2**64, and to within 2**-125 for the range of the prime 2**127 - 1, which goes into 2**128
        twice but for a rest of a few units.
        """
        return start + (self._word() << 64 | self._word()) % (stop - start)
