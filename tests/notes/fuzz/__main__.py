"""Search for claims that `check` judges wrongly: python -m tests.notes.fuzz KIND SECONDS [--seed N].

With ``--seed N`` alone one case is put again, and told whatever comes of it.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
from functools import partial

from tests.notes.fuzz.case import Sketch, faults
from tests.notes.fuzz.identities import identity_sketch
from tests.notes.fuzz.makers import MAKERS
from tests.notes.fuzz.numbers import numbers_sketch
from tests.notes.fuzz.runner import Finding, Maker, search, smallest


def _some(rng: random.Random) -> Sketch:
    return numbers_sketch(rng.choice(list(MAKERS.values())), rng)


KINDS: dict[str, Maker] = {
    "identities": identity_sketch,
    "numbers": _some,
    **{name: partial(numbers_sketch, maker) for name, maker in MAKERS.items()},
}
TOLD = 12  # findings that are told in full


def main() -> int:
    """Search; give 1 if something was judged wrongly."""
    parser = argparse.ArgumentParser(prog="python -m tests.notes.fuzz", description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("seconds", nargs="?", type=float)
    parser.add_argument("--seed", type=int, default=0, help="of one case, or of the first")
    parser.add_argument("--all", action="store_true", help="tell also what is known to be wrong")
    arguments = parser.parse_args()
    maker = KINDS[arguments.kind]
    if arguments.seconds is None:
        return _again(maker, arguments.seed)
    print(
        f"{arguments.kind}: python -m tests.notes.fuzz {arguments.kind} --seed N puts one case again"
    )
    tally = search(maker, itertools.count(arguments.seed), seconds=arguments.seconds)
    findings = tally.findings if arguments.all else tally.news
    print(f"from seed {arguments.seed} on, {sum(tally.claims.values())} claims:\n{tally}")
    told: set[str] = set()
    for finding in findings:
        if finding.fault.rule not in told and len(told) < TOLD:
            told.add(finding.fault.rule)
            print(smallest(finding), flush=True)
    old = len(tally.findings) - len(tally.news)
    print(f"{len(tally.news)} wrong" + (f", {old} more in classes that are known" if old else ""))
    return int(bool(findings))


def _again(maker: Maker, seed: int) -> int:
    sketch = maker(random.Random(seed))
    for one in (sketch, sketch.twin()):
        if one is None:
            continue
        found, words = faults(one.case())
        print(one.case(), "\n--- got", *words)
        for fault in found:
            print(smallest(Finding(seed, fault, one)))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
