"""Put cases to `check` until the time is up, and tell what was wrong, as small as it gets.

Main definitions
----------------
Tally : how many claims of each class were judged, wrongly, or not decided.
search : run cases of one kind.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tests.notes.fuzz.case import Fault, Sketch, faults
from tests.notes.fuzz.known import KNOWN

Maker = Callable[[random.Random], Sketch]
STEPS = 300  # cases that are tried to make one smaller


class Finding(NamedTuple):
    """A case that is judged wrongly."""

    seed: int
    fault: Fault
    sketch: Sketch

    def __str__(self) -> str:
        return (
            f"=== seed {self.seed}: {self.fault.rule}\n{self.sketch.case()}\n--- wrong: "
            f"{self.fault.claim}\n  wanted {self.fault.wanted}\n  got    {self.fault.got}"
        )


class Tally:
    """How many claims of each class were judged, wrongly, or not decided though that was allowed."""

    def __init__(self) -> None:
        self.claims: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.undecided: Counter[str] = Counter()
        self.findings: list[Finding] = []

    def add(self, seed: int, sketch: Sketch) -> None:
        """Put one case, and the same written otherwise."""
        case = sketch.case()
        found, words = faults(case)
        self.claims.update(claim.rule for claim in case.claims)
        if len(words) == len(case.claims):
            self.undecided.update(
                claim.rule
                for claim, word in zip(case.claims, words, strict=True)
                if word == "undecided" and claim.verdicts != {"undecided"}
            )
        self._note(seed, sketch, found)
        twin = sketch.twin()
        if twin is not None and not found:
            self._note(seed, twin, faults(twin.case())[0])

    def _note(self, seed: int, sketch: Sketch, found: Iterable[Fault]) -> None:
        for fault in found:
            self.wrong[fault.rule] += 1
            self.findings.append(Finding(seed, fault, sketch))

    @property
    def news(self) -> list[Finding]:
        """The findings in classes that are not known to be wrong."""
        return [finding for finding in self.findings if finding.fault.rule not in KNOWN]

    def __str__(self) -> str:
        rows = [
            f"{self.claims[rule]:6} claims {self.wrong[rule]:5} wrong"
            f" {self.undecided[rule]:5} undecided  {rule}"
            for rule in sorted(self.claims | self.wrong)
        ]
        return "\n".join(rows)


def search(maker: Maker, seeds: Iterable[int], *, seconds: float | None = None) -> Tally:
    """Run the cases of some seeds, as many as the time allows."""
    tally, start = Tally(), time.monotonic()
    for seed in seeds:
        if seconds is not None and time.monotonic() - start > seconds:
            break
        tally.add(seed, maker(random.Random(seed)))
    return tally


def smallest(finding: Finding) -> Finding:
    """The same fault in a smaller case."""
    steps, best = STEPS, finding
    going = True
    while going and steps > 0:
        going = False
        for sketch in best.sketch.smaller():
            steps -= 1
            if steps <= 0:
                break
            try:
                found, _ = faults(sketch.case())
            except Exception:
                continue
            same = [f for f in found if f.rule == finding.fault.rule]
            if same:
                best, going = Finding(finding.seed, same[0], sketch), True
                break
    return best
