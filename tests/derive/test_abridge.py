"""At full detail a long derivation shows what each step changes, and every line is an equality."""

from __future__ import annotations

import random

from symcausal import Model
from symcausal.derive.abridge import abridged
from symcausal.derive.step import StepChain
from symcausal.derive.verify import single_steps, verify
from symcausal.errors import ImpossibleEventError, UsageError
from tests.support.random_models import random_network, random_query


def chain_of(length: int) -> Model:
    """Variables in a row."""
    return Model("; ".join(f"X{i} -> X{i + 1}" for i in range(length)))


def proved(model: Model, query: str, *, least: int) -> tuple[StepChain, ...]:
    """The parts of a derivation, after each has been verified by its rules and by the kernel."""
    derivation = model.derive(query, detail="full")
    parts = abridged(derivation.chain)
    assert len(parts) >= least
    for part in parts:
        verify(part, derivation.context, model.variables, model.network)
    assert parts[0].start == derivation.query
    assert parts[-1].end == derivation.formula
    shown = {step.instance for part in parts for step in single_steps(part)}
    assert {step.instance for step in derivation.steps} <= shown
    return parts


def test_each_step_of_a_long_derivation_is_an_equality_of_its_own():
    parts = proved(chain_of(12), "P(X12=1 | X0=0)", least=10)
    alone = [part for part in parts if str(part.start).count("X12") < 2 and len(part.steps) == 1]
    assert len(alone) >= 10


def test_the_parts_of_any_derivation_hold():
    several = 0
    for seed in range(60):
        rng = random.Random(seed)
        network = random_network(rng, nodes=(6, 8), names=tuple("IGDSLKMN"), positive=True)
        query = random_query(rng, network)
        model = Model.from_network(network)
        try:
            derivation = model.derive(query, detail="full")
        except (ImpossibleEventError, UsageError):
            continue
        parts = abridged(derivation.chain)
        several += len(parts) > 1
        for part in parts:
            verify(part, derivation.context, model.variables, network)
    assert several >= 10


def test_a_short_derivation_and_one_for_a_lecture_stay_whole():
    model = chain_of(12)
    for detail in ("brief", "lecture"):
        chain = model.derive("P(X12=1 | X0=0)", detail=detail).chain
        assert abridged(chain) == (chain,)
    short = Model("A -> B -> C").derive("P(C | A=0)", detail="full").chain
    assert abridged(short) == (short,)


def test_what_is_printed_grows_with_the_square_and_can_be_checked(tmp_path):
    sizes = {}
    for length in (10, 20):
        derivation = chain_of(length).derive(f"P(X{length}=1 | X0=0)", detail="full")
        sizes[length] = len(derivation.to_text())
        assert len(derivation.as_data()["steps"]) == len(derivation.steps)  # JSON keeps everything
    assert sizes[20] < 5 * sizes[10]  # whole formulas for each step would be eight times as long
    model = chain_of(10)
    path = tmp_path / "notes.md"
    path.write_text(model.derive("P(X10=1 | X0=0)", detail="full").to_markdown(), encoding="utf-8")
    counts = model.check_file(path).summary
    assert counts["fails"] == counts["unreadable"] == counts["undecided"] == 0
    assert counts["holds"] > 20
