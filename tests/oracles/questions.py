"""Questions about a network, drawn by its name, and our answers to them.

Main definitions
----------------
Question : a distribution over some variables, given others, under interventions.
drawn : questions of all kinds.
exact, compiled : our answers, in fractions and in floats.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from symcausal import Model
from symcausal.errors import ImpossibleEventError
from symcausal.expr.build import prob
from symcausal.expr.nodes import Event, Expr, Letter, State
from symcausal.network.network import Network
from symcausal.numbers.evaluate.value_table import ValueTable
from tests.benchmarks.compiled import question as hardest
from tests.support.bnlearn import unpacked

# How many variables a question has as outcome, as condition, and set by intervention; and whether
# the condition's states are as they come together, or each is any of its variable's.
KINDS = (
    (1, 0, 0, True),
    (1, 1, 0, True),
    (1, 2, 0, True),
    (2, 1, 0, True),
    (1, 3, 0, False),
    (1, 0, 1, True),
    (1, 1, 1, True),
)

Answer = dict[tuple[str, ...], float] | None  # None if the condition is impossible


class Question(NamedTuple):
    """``P(outcome | given, do(do))`` for all states of the outcome."""

    outcome: tuple[str, ...]
    given: Mapping[str, str] = {}
    do: Mapping[str, str] = {}

    @property
    def query(self) -> Expr:
        """The same as a formula."""
        given, do = (
            [Event(name, State(state)) for name, state in part.items()]
            for part in (self.given, self.do)
        )
        return prob([Event(name, Letter(name)) for name in self.outcome], given, do)


@cache
def model(name: str) -> Model:
    """One of bnlearn's networks."""
    return Model.load(unpacked(name))


@cache
def opened(name: str) -> tuple[Model, dict[str, float]]:
    """The same with a symbol for every entry, and the numbers for the symbols."""
    return model(name).symbolic(), {p: float(v) for p, v in model(name).values.items()}


def drawn(name: str, times: int) -> Iterator[Question]:
    """Questions of each kind, and the root given a leaf that needs most tables."""
    network = model(name).network
    names, rng = list(network.variables), random.Random(f"questions about {name}")
    root, leaf = hardest(network)
    yield Question((root,), {leaf: simulated(network, {}, rng)[leaf]})
    for _ in range(times):
        for outcomes, conditions, interventions, typical in KINDS:
            chosen = rng.sample(names, outcomes + conditions + interventions)
            outcome, given = chosen[:outcomes], chosen[outcomes : outcomes + conditions]
            do = {n: any_state(network, n, rng) for n in chosen[outcomes + conditions :]}
            seen = simulated(network, do, rng)
            states = {n: seen[n] if typical else any_state(network, n, rng) for n in given}
            yield Question(tuple(outcome), states, do)


def any_state(network: Network, name: str, rng: random.Random) -> str:
    """One of its states, whatever their chances."""
    return rng.choice(network.variables[name].states)


def simulated(network: Network, do: Mapping[str, str], rng: random.Random) -> dict[str, str]:
    """A state for each variable, causes first."""
    found: dict[str, str] = {}
    while len(found) < len(network.variables):
        for name, variable in network.variables.items():
            parents = network.tables[name].parents
            if name in found or not all(parent in found for parent in parents):
                continue
            offset = 0
            for parent in parents:
                offset = offset * network.size(parent)
                offset += network.variables[parent].states.index(found[parent])
            width = len(variable.states)
            row = network.tables[name].entries[offset * width : (offset + 1) * width]
            weights = [float(entry.value) for entry in row]
            found[name] = do.get(name) or rng.choices(variable.states, weights)[0]
    return found


# -- our answers --------------------------------------------------------------------------------
def exact(name: str, question: Question) -> Answer:
    """By fractions."""
    try:
        return as_answer(model(name).probability(question.query), question)
    except ImpossibleEventError:
        return None


def compiled(name: str, question: Question) -> Answer:
    """By a function of all entries, which is given the numbers as floats."""
    free, values = opened(name)
    try:
        # All of them are given: some only tell that a condition is impossible.
        return as_answer(free.compile(question.query)(values), question)
    except ImpossibleEventError:
        return None


def as_answer(found: ValueTable, question: Question) -> Answer:
    """The values by states in the order of the question."""
    places = [found.variables.index(name) for name in question.outcome]
    return {tuple(key[place] for place in places): value for key, value in found.items()}
