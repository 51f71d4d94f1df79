"""One question for pgmpy: ``query(do=, evidence=)`` in a network with random tables, nothing hidden.

The truth is the product of all tables but those of what is set, as one array.
"""

from __future__ import annotations

import logging
import random
from itertools import combinations, product

import numpy as np


def tables(rng: random.Random) -> tuple[list[str], dict[str, list[str]], dict[str, np.ndarray]]:
    """Three to six variables of two states; each table has the parents' axes, then its own."""
    names = [f"V{i}" for i in range(rng.randint(3, 6))]
    parents = {b: [] for b in names}
    for a, b in combinations(names, 2):
        if rng.random() < 0.5:
            parents[b].append(a)
    made = {}
    for name, above in parents.items():
        ones = np.array([rng.uniform(0.1, 0.9) for _ in range(2 ** len(above))])
        made[name] = np.stack((1 - ones, ones), axis=-1).reshape((2,) * (len(above) + 1))
    return names, parents, made


def truth(
    names, parents, made, outcome: str, do: dict[str, int], seen: dict[str, int]
) -> np.ndarray:
    """``P(outcome | do, seen)`` by the truncated factorisation."""
    total = np.zeros(2)
    for values in product((0, 1), repeat=len(names)):
        at = dict(zip(names, values, strict=True))
        if all(at[name] == value for name, value in (do | seen).items()):
            free = (name for name in names if name not in do)
            weight = [made[n][(*(at[p] for p in parents[n]), at[n])] for n in free]
            total[at[outcome]] += np.prod(weight)
    return total / total.sum()


def ask_pgmpy(rng: random.Random) -> str:
    """What became of one random query."""
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import CausalInference
    from pgmpy.models import DiscreteBayesianNetwork

    logging.getLogger("pgmpy").setLevel(logging.ERROR)
    names, parents, made = tables(rng)
    outcome, treated, *rest = rng.sample(names, len(names))
    do = {treated: rng.randint(0, 1)}
    seen = {name: rng.randint(0, 1) for name in rest[: rng.choice((0, 1))]}
    expected = truth(names, parents, made, outcome, do, seen)
    network = DiscreteBayesianNetwork([(a, b) for b in names for a in parents[b]])
    network.add_nodes_from(names)
    for name, above in parents.items():
        rows = made[name].reshape(-1, 2).T
        network.add_cpds(TabularCPD(name, 2, rows, above or None, [2] * len(above) or None))
    try:
        answer = CausalInference(network).query([outcome], do, seen, show_progress=False)
    except ValueError:
        return "refused"
    except Exception:
        return "crash"
    return "right" if np.allclose(answer.values, expected) else "wrong"
