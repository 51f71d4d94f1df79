"""A derivation that was tampered with does not pass."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest

from symcausal import Model
from symcausal.algebra.scalar import Number
from symcausal.derive.step import Step, StepChain
from symcausal.derive.verify import verify
from symcausal.errors import VerificationError
from symcausal.expr.build import product
from symcausal.expr.nodes import Scalar, free_events
from symcausal.network.network import Network
from symcausal.record import replace
from symcausal.rules.catalogue import CATALOGUE
from symcausal.rules.condition import Decision, Positive
from symcausal.rules.rule import Context
from tests.support.random_models import random_network, random_query
from tests.support.student import student, student_with_sat_letter

ALIENS = ("expectation", "table-entry", "impossible-event", "normalise")  # give no other's steps
HALF = Scalar(Number(Fraction(1, 2)))
QUERIES = [
    (student(), "P(L)"),
    (student(), "P(I | L)"),
    (student(), "P(L | do(G=A))"),
    (student(), "P(I=high | G=C)"),
    (student_with_sat_letter(), "P(L | do(G=A))"),
    (student_with_sat_letter(), "P(L | do(G=A)) - P(L | G=A)"),
    (student_with_sat_letter(), "P(L | do(G=A), I)"),
]


def passes(chain: StepChain, network: Network, context: Context) -> bool:
    """Whether a chain is accepted; any other exception than a refusal is a defect."""
    try:
        verify(chain, context, network.states, network)
    except VerificationError:
        return False
    return True


def tampered_steps(step: Step, rng: random.Random) -> Iterator[tuple[str, Step]]:
    """One step with one field forged, in every way."""
    wrong = product((HALF, step.after))
    yield "after", replace(step, after=wrong)
    yield "before", replace(step, before=product((HALF, step.before)))
    yield "path", replace(step, path=(*step.path, 0))
    yield "far path", replace(step, path=(7, 7, 7))
    yield "instance", replace(step, instance=(step.instance[0], product((HALF, step.instance[1]))))
    yield (
        "consistent",
        replace(step, after=wrong, instance=(step.before, wrong), path=(), substeps=()),
    )
    used = {step.rule.name, *(inner.rule.name for inner in step.substeps)}
    alien = [rule for rule in CATALOGUE if rule.name not in used and rule.name in ALIENS]
    yield "rule", replace(step, rule=rng.choice(alien))
    more = Decision(Positive(free_events(["L"])), "assumed")
    yield "more conditions", replace(step, conditions=(*step.conditions, more))
    if step.conditions:
        yield "fewer conditions", replace(step, conditions=step.conditions[1:])
        first = step.conditions[0]
        turned = replace(first, verdict="assumed" if first.verdict == "holds" else "holds")
        yield "verdict", replace(step, conditions=(turned, *step.conditions[1:]))
    for i, inner in enumerate(step.substeps):
        for kind, forged in tampered_steps(inner, rng):
            substeps = (*step.substeps[:i], forged, *step.substeps[i + 1 :])
            yield f"inner {kind}", replace(step, substeps=substeps)


def tampered(chain: StepChain, rng: random.Random) -> Iterator[tuple[str, StepChain]]:
    """A chain with one thing forged, in every way."""
    yield "start", StepChain(product((HALF, chain.start)), chain.steps)
    for i, step in enumerate(chain.steps):
        for kind, forged in tampered_steps(step, rng):
            yield (
                f"step {i} {kind}",
                StepChain(chain.start, (*chain.steps[:i], forged, *chain.steps[i + 1 :])),
            )
        if len(chain.steps) > 1 and i < len(chain.steps) - 1:
            yield f"step {i} gone", StepChain(chain.start, chain.steps[:i] + chain.steps[i + 1 :])
        yield f"step {i} twice", StepChain(chain.start, (*chain.steps[: i + 1], *chain.steps[i:]))


@pytest.mark.parametrize("detail", ["brief", "lecture", "full"])
@pytest.mark.parametrize(("network", "query"), QUERIES, ids=lambda value: str(value)[:40])
def test_refuses_every_tampering(network, query, detail):
    """Whatever is forged, the replay finds it."""
    derivation = Model.from_network(network).derive(query, detail=detail)
    assert passes(derivation.chain, network, derivation.context)
    kinds = 0
    for kind, chain in tampered(derivation.chain, random.Random(1)):
        assert not passes(chain, network, derivation.context), kind
        kinds += 1
    assert kinds > 8


@pytest.mark.parametrize("seed", range(25))
def test_refuses_tampering_in_random_derivations(seed):
    """The same for queries of every kind, with one forgery drawn at random from each sort."""
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 4), positive=True)
    derivation = Model.from_network(network).derive(random_query(rng, network))
    assert passes(derivation.chain, network, derivation.context)
    forgeries = list(tampered(derivation.chain, rng))
    for kind, chain in rng.sample(forgeries, min(12, len(forgeries))):
        if chain.steps:
            assert not passes(chain, network, derivation.context), kind


def test_refuses_the_right_derivation_in_a_wrong_graph():
    """What holds without S -> L fails with it."""
    plain, confounded = student(), student_with_sat_letter()
    derivation = Model.from_network(plain).derive("P(L | do(G=A))")
    assert passes(derivation.chain, plain, derivation.context)
    assert not passes(derivation.chain, confounded, Context(confounded.graph))


def test_refuses_an_entry_of_another_table():
    """A number that the model does not have in that place."""
    network = student()
    derivation = Model.from_network(network).derive("P(I=high | D=hard)", detail="full")
    *before, last = derivation.chain.steps
    assert last.rule.name == "table-entry"
    other = Scalar(Number(Fraction(7, 10)))
    forged = replace(last, after=other, instance=(last.instance[0], other))
    assert not passes(
        StepChain(derivation.chain.start, (*before, forged)), network, derivation.context
    )
