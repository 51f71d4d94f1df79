"""No wrong verdict on true equations and on thousands of slips; the original is mostly suggested.

Every claim is judged by brute force on the joint distributions of random positive models, and every
counterexample is evaluated again there.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from fractions import Fraction
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest

from symcausal.algebra.scalar import Number
from symcausal.derive.worksheet import same_form
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.kernel.core.interpretation import with_explicit_causes
from symcausal.kernel.counterexample import Counterexample
from symcausal.network.network import Network, Table, Variable
from symcausal.notes.judging.judge import judge
from symcausal.notes.judging.mending.oddities import sums_in_front
from symcausal.notes.judging.mending.suggestions import suggestions
from symcausal.notes.judging.setting import Setting, setting_of
from symcausal.notes.reporting.verdict import Verdict
from tests.notes.judging.equations import Equation, Truth, equations, textbook
from tests.notes.judging.mutators import MUTATORS
from tests.support.depth import many
from tests.support.oracle import Oracle

SAMPLE = 100
LARGEST_DENOMINATOR = 10
MOST_UNDECIDED = 0.05
LEAST_SUGGESTED = 0.9


class Mutant(NamedTuple):
    """An equation with one slip on one side."""

    kind: str
    equation: Equation
    left: Expr
    right: Expr


@cache
def truth(model: str) -> Truth:
    return Truth(model)


@cache
def setting(model: str) -> Setting:
    return setting_of(truth(model).network)


@cache
def mutants() -> dict[tuple[str, str], list[Mutant]]:
    """All slips in all equations, by kind and side."""
    found: defaultdict[tuple[str, str], list[Mutant]] = defaultdict(list)
    for equation in equations():
        model, left, right = equation
        graph = truth(model).network.graph
        scope = free_letters(left) | free_letters(right)
        for kind, slips in MUTATORS.items():
            for new in dict.fromkeys(slips(right, scope, graph)):
                if new != right:
                    found["right", kind].append(Mutant(kind, equation, left, new))
            for new in dict.fromkeys(slips(left, scope, graph)):
                if new != left:
                    found["left", kind].append(Mutant(kind, equation, new, right))
    return found


def sample(count: int, seed: int) -> list[Mutant]:
    """About as many of each kind and side."""
    rng, groups = random.Random(seed), mutants()
    share = count // len(groups) + 1
    return [m for group in groups.values() for m in rng.sample(group, min(share, len(group)))]


def check(mutant: Mutant) -> Verdict:
    """Judge a mutant; fail on a verdict that brute force contradicts."""
    model = mutant.equation.model
    verdict = judge(mutant.left, "=", mutant.right, setting(model))
    if verdict.word in ("holds", "fails"):
        holds = truth(model).holds(mutant.left, mutant.right)
        assert holds == (verdict.word == "holds"), mutant
    else:
        assert verdict.reason, mutant
    if verdict.example is not None:
        replay(verdict.example, mutant)
    return verdict


def replay(example: Counterexample, mutant: Mutant) -> None:
    """Evaluate both sides in the counterexample's model, by brute force.

    A row names only the parents that matter.
    """
    graph = with_explicit_causes(truth(mutant.equation.model).network.graph)
    states = {name: tuple(example.states[name]) for name in graph.nodes}
    tables = {}
    for name in graph.nodes:
        parents, entries = graph.parents(name), []
        for place in product(*(states[p] for p in parents)):
            uniform = (Fraction(1, len(states[name])),) * len(states[name])
            at = set(zip(parents, place, strict=True))
            told = (row for one, given, row in example.rows if one == name and at.issuperset(given))
            row = next(told, uniform)
            entries += [Number(entry) for entry in row]
        tables[name] = Table(name, parents, tuple(entries))
    variables = {name: Variable(name, states[name]) for name in graph.nodes}
    oracle = Oracle(Network(variables, graph, tables))
    assert oracle.value(mutant.left, example.at) == example.left, mutant
    assert oracle.value(mutant.right, example.at) == example.right, mutant
    assert example.left != example.right, mutant
    entries = [entry for _, _, row in example.rows for entry in row]
    assert max((e.denominator for e in entries), default=1) <= LARGEST_DENOMINATOR, mutant


def is_original(mutant: Mutant) -> bool:
    """Whether what was mutated is among the suggestions, up to where its sums stand."""
    # what is found, not how fast the machine is: users wait for a part of this time
    found = suggestions(mutant.left, mutant.right, setting(mutant.equation.model), seconds=8.0)
    for mended in found:
        assert truth(mutant.equation.model).holds(mended.left, mended.right), (mutant, mended)
    return any(
        alike(mended.left, mutant.equation.left) and alike(mended.right, mutant.equation.right)
        for mended in found
    )


def alike(one: Expr, other: Expr) -> bool:
    return same_form(one, other) or same_form(sums_in_front(one), sums_in_front(other))


def undecided(verdicts: list[Verdict]) -> float:
    words = Counter(verdict.word for verdict in verdicts)
    return 1 - (words["holds"] + words["fails"]) / len(verdicts)


def test_there_are_enough_equations_over_enough_graphs() -> None:
    assert len(list(textbook())) >= 300
    assert len({equation.model for equation in textbook()}) >= 25
    assert len(equations()) >= 500


@pytest.mark.parametrize(
    "some", [slice(0, None, 5), pytest.param(slice(None), marks=pytest.mark.slow)]
)
def test_every_equation_is_true_and_holds(some: slice) -> None:
    for model, left, right in equations()[some]:
        assert truth(model).holds(left, right), (model, left, right)
        assert judge(left, "=", right, setting(model)).word == "holds", (model, left, right)


def test_no_slip_is_judged_wrongly() -> None:
    assert undecided([check(mutant) for mutant in sample(SAMPLE, 1)]) < MOST_UNDECIDED


def test_the_original_is_suggested() -> None:
    slips = [m for m in sample(40, 2) if check(m).word == "fails"]
    share = sum(map(is_original, slips)) / len(slips)
    assert share > LEAST_SUGGESTED - 0.12  # a small sample


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_slip_of_thousands_is_judged_wrongly(seed: int) -> None:
    slips = sample(many(500), 10 + seed)
    assert undecided([check(mutant) for mutant in slips]) < MOST_UNDECIDED


@pytest.mark.slow
def test_the_original_is_suggested_for_nine_in_ten() -> None:
    slips = [m for seed in (20, 21) for m in sample(many(150), seed) if check(m).word == "fails"]
    assert sum(map(is_original, slips)) >= LEAST_SUGGESTED * len(slips)
