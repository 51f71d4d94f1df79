"""A sample of the claims that `make fuzz-check` puts to `check` for minutes, always the same one."""

from __future__ import annotations

from functools import partial

import pytest

from tests.notes.fuzz.identities import identity_sketch
from tests.notes.fuzz.known import KNOWN
from tests.notes.fuzz.makers import MAKERS
from tests.notes.fuzz.numbers import numbers_sketch
from tests.notes.fuzz.runner import Tally, search, smallest

IDENTITIES, NUMBERS = 10, 60
KINDS = pytest.mark.parametrize("kind", ["identities", *MAKERS])


def sample(kind: str, part: int = 1) -> Tally:
    """The first cases of one kind, or one in so many of them."""
    if kind == "identities":
        return search(identity_sketch, range(0, IDENTITIES, part))
    return search(partial(numbers_sketch, MAKERS[kind]), range(0, NUMBERS, part))


def no_claim_is_judged_wrongly(kind: str, tally: Tally) -> None:
    for finding in tally.news[:1]:
        pytest.fail(f"python -m tests.notes.fuzz {kind} --seed {finding.seed}\n{smallest(finding)}")


@KINDS
def test_no_claim_of_a_small_sample_is_judged_wrongly(kind: str) -> None:
    tally = sample(kind, 3)
    no_claim_is_judged_wrongly(kind, tally)
    assert tally.claims


@pytest.mark.slow
@KINDS
def test_no_claim_of_a_sample_is_judged_wrongly(kind: str) -> None:
    tally = sample(kind)
    no_claim_is_judged_wrongly(kind, tally)
    mended = [rule for rule, of in KNOWN.items() if of == kind and not tally.wrong[rule]]
    assert not mended, f"judged rightly now, so they leave tests/notes/fuzz/known.py: {mended}"
    assert sum(tally.claims.values()) >= IDENTITIES
