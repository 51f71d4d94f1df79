"""What a derivation promises, stated against the brute-force oracle.

Main definitions
----------------
check_derivation : every step keeps its value, every link fits, the replay agrees.
check_numbers : exact probabilities, and refusals where nothing is defined.
settled : a query with states put for its free letters.
within : a limit of time, so that a search without an end is a failure and not a wait.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction

import pytest

from symcausal.derive.step import Step
from symcausal.errors import ImpossibleEventError
from symcausal.expr.nodes import Event, Events, Expectation, Expr, Letter, Minus, Prob, State
from symcausal.rules.condition import Distinct
from tests.support.oracle import Oracle, free_letters_of

MOST_ASSIGNMENTS = 4


def few_assignments(
    oracle: Oracle, letters: Mapping[str, str], rng: random.Random
) -> list[dict[str, str]]:
    """Some assignments of letters; all of them if there are few."""
    found = list(oracle.assignments(letters))
    return found if len(found) <= MOST_ASSIGNMENTS else rng.sample(found, MOST_ASSIGNMENTS)


def all_steps(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps as shown, and the single steps that shown ones were merged from."""
    for step in steps:
        yield step
        yield from all_steps(step.substeps)


def check_derivation(
    query: Expr, derivation: object, oracle: Oracle, rng: random.Random, *, positive: bool
) -> None:
    """Every step keeps its value at every assignment where both of its sides are defined.

    In a strictly positive model every line is defined, so there it keeps its value everywhere.
    """
    steps = list(all_steps(derivation.steps))
    shown = [query, *(step.after for step in derivation.steps)]
    assert [step.before for step in derivation.steps] == shown[:-1], "the steps do not join up"
    assert derivation.formula == shown[-1], "the formula is not the end of the last step"
    assert set(free_letters_of(shown[-1])) <= set(free_letters_of(query)), "a stray free letter"
    different = [d.condition for step in steps for d in step.conditions
                 if isinstance(d.condition, Distinct)]  # fmt: skip
    for at in few_assignments(oracle, free_letters_of(query), rng):
        if any(at[c.left] == at[c.right] for c in different):
            continue
        values: dict[Expr, Fraction | None] = {}
        for step in steps:
            for side in (step.before, step.after):
                if side not in values:
                    values[side] = oracle.value(side, at)
            before, after = values[step.before], values[step.after]
            if positive:
                assert before is not None, f"not defined at {at} in a positive model: {step.before}"
                assert after is not None, f"not defined at {at} in a positive model: {step.after}"
            same = before == after or before is None or after is None
            assert same, f"{step.rule.name} made {after} of {before} at {at}:\n{step}"
        first, last = oracle.value(query, at), oracle.value(shown[-1], at)
        assert first == last or first is None or last is None, f"{last} instead of {first} at {at}"


def check_numbers(query: Expr, model: object, oracle: Oracle, rng: random.Random) -> None:
    """The exact probability is the brute-force one; what is not defined is refused by name."""
    for at in few_assignments(oracle, free_letters_of(query), rng)[:3]:
        asked = settled(query, at)
        expected = oracle.value(asked)
        if expected is None:
            with pytest.raises(ImpossibleEventError):
                model.probability(asked)
        else:
            found = model.probability(asked)
            assert isinstance(found, Fraction), f"{found!r} is no exact fraction"
            assert found == expected, f"{found} instead of {expected} for {asked}"


def settled(query: Expr, at: Mapping[str, str]) -> Expr:
    """Put states for the free letters of a query (a Prob, an Expectation or a difference)."""

    def put(events: Events) -> Events:
        return Events(
            Event(e.variable, State(at[e.value.name])) if isinstance(e.value, Letter) else e
            for e in events
        )

    match query:
        case Prob(outcome, given, do):
            return Prob(put(outcome), put(given), put(do))
        case Expectation(over, body, given, do):
            return Expectation(over, body, put(given), put(do))
        case Minus(left, right):
            return Minus(settled(left, at), settled(right, at))
    raise TypeError(query)


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail if the block takes longer (where the system has alarms)."""

    def too_long(*_: object) -> None:
        raise AssertionError(f"no end within {seconds} s")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
