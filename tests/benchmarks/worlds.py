"""How long questions of several worlds take: identification of small ones, and a law over two worlds.

Run it by ``python -m tests.benchmarks.worlds``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from statistics import median
from time import process_time

from symcausal import Model
from symcausal.expr.nodes import Copy, CopyEvent, CopyEvents, Counterfactual, Imposed, State
from symcausal.graph.graph import Graph
from symcausal.kernel.core.identity import Probe, points

ROUNDS = 15
SIZE, MOST_PARENTS, NEAR = 30, 3, 8
SMALL = [
    ("X -> Z -> Y; X <-> Y", "P(Y_{x}=y | X=x')"),
    ("C -> X; C -> M; C -> Y; X -> M -> Y; X -> Y", "P(Y_{x, M_{x'}}=y)"),
    ("X -> M -> Y; X -> Y; M <-> Y", "P(Y_{X=1, M_{X=0}}=1)"),
    ("X -> Y; X <-> Y", "P(Y_{X=0}=0, Y_{X=1}=1)"),
]


def _seconds(task: Callable[[], object]) -> float:
    begun = process_time()
    task()
    return process_time() - begun


def small() -> dict[str, float]:
    """Seconds to identify each of some queries, with the derivation if there is one."""
    found = {}
    for text, query in SMALL:
        model = Model(text)
        asked = model.query(query)
        model.identify(asked)
        found[query] = median(_seconds(partial(model.identify, asked)) for _ in range(ROUNDS))
    return found


def two_models() -> dict[str, float]:
    """Seconds to show each "no" among them by two models."""
    found = {}
    for text, query in SMALL:
        answer = Model(text).identify(query)
        if not answer.identifiable:
            found[query] = _seconds(partial(getattr, answer, "rivals"))
    return found


def two_worlds() -> float:
    """Seconds for the law of a variable under two actions at once, in sparse graphs of 30 variables."""
    return median(_seconds(partial(_law, seed)) for seed in range(ROUNDS))


def _law(seed: int) -> Probe:
    rng = Random(seed)
    names = [f"V{i}" for i in range(SIZE)]
    arrows = [
        (names[j], names[i])
        for i in range(1, SIZE)
        for j in rng.sample(range(max(0, i - NEAR), i), min(i, rng.randint(1, MOST_PARENTS)))
    ]
    copies = [Copy(names[-1], (Imposed(names[2], State(state)),)) for state in "01"]
    both = CopyEvents(CopyEvent(one, State(state)) for one, state in zip(copies, "01", strict=True))
    states = dict.fromkeys(names, ("0", "1"))
    return Probe(Counterfactual(both), points(Graph(names, arrows), states), {})


if __name__ == "__main__":
    for query, seconds in small().items():
        print(f"{query}: {1000 * seconds:.1f} ms")
    for query, seconds in two_models().items():
        print(f"two models for {query}: {1000 * seconds:.1f} ms")
    print(f"two worlds of {SIZE} variables: {1000 * two_worlds():.0f} ms")
