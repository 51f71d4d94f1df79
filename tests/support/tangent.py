"""Whether data determine a query near a random functional model, by enumerating everybody.

Every unit is a response function for each variable. The probability of each unit and its derivatives in
some random directions are worked out once for a graph; an event of several worlds is then a sum over
units. The oracle knows nothing of copies, rows, tables or elimination.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from random import Random

import numpy as np
from numpy.typing import NDArray

from symcausal.expr.nodes import Copy, CopyEvent, Counterfactual
from symcausal.graph.graph import Graph

PRIME = 2**25 - 39
MOST_UNITS = 40_000

Numbers = NDArray[np.int64]


class Tangent:
    """A random functional model modulo a prime, and directions in which its laws move."""

    def __init__(self, graph: Graph, sizes: Mapping[str, int], directions: int, seed: int) -> None:
        self.graph, self.sizes = graph, sizes
        rng = Random(seed)
        self.functions = {name: self._functions(name, rng) for name in graph.nodes}
        while prod(map(len, self.functions.values())) > MOST_UNITS:  # some that anybody has
            longest = max(self.functions, key=lambda n: len(self.functions[n]))
            kept = rng.sample(
                range(len(self.functions[longest])), len(self.functions[longest]) // 2
            )
            self.functions[longest] = self.functions[longest][sorted(kept)]
        counts = [len(self.functions[n]) for n in graph.nodes]
        chosen = np.indices(counts).reshape(len(counts), -1)
        self.chosen = dict(zip(graph.nodes, chosen, strict=True))
        self.units = self._laws(directions, np.random.default_rng(seed))

    def _functions(self, name: str, rng: Random) -> Numbers:
        rows = prod(self.sizes[p] for p in self.graph.parents(name))
        if self.sizes[name] ** rows <= 512:
            return np.array(list(product(range(self.sizes[name]), repeat=rows)))
        drawn = {tuple(rng.randrange(self.sizes[name]) for _ in range(rows)) for _ in range(64)}
        return np.array(sorted(drawn))

    def _laws(self, directions: int, rng: np.random.Generator) -> Numbers:
        """The probability of each unit, and its derivatives: one row each."""
        causes = self.graph.bidirected
        count = 4 if len(causes) <= 2 else 3 if len(causes) == 3 else 2
        weights = [self._random(count, directions, rng) for _ in causes]
        laws: dict[tuple[str, tuple[int, ...]], Numbers] = {}
        total: Numbers | None = None
        for district in self._districts():
            own = [i for i, pair in enumerate(causes) if set(pair) <= set(district)]
            summed: Numbers | None = None
            for above in product(range(count), repeat=len(own)):
                at = dict(zip(own, above, strict=True))
                found = np.zeros((directions + 1, 1), dtype=np.int64)
                found[0] = 1
                for i, state in at.items():
                    found = self._times(found, weights[i][:, state : state + 1])
                for name in district:
                    key = name, tuple(at[i] for i in own if name in causes[i])
                    if key not in laws:
                        laws[key] = self._random(len(self.functions[name]), directions, rng)
                    found = self._times(found, laws[key])
                summed = found if summed is None else (summed + found) % PRIME
            assert summed is not None
            total = summed if total is None else self._times(total, summed)
        assert total is not None
        order = [name for district in self._districts() for name in district]
        shape = [len(self.functions[name]) for name in order]
        whole = total.reshape(directions + 1, *shape)
        axes = [order.index(name) + 1 for name in self.graph.nodes]
        return whole.transpose(0, *axes).reshape(directions + 1, -1)

    @staticmethod
    def _times(left: Numbers, right: Numbers) -> Numbers:
        """The outer product of two laws, by the product rule."""
        moved = left[1:, :, None] * right[0] % PRIME + left[0][:, None] * right[1:, None, :] % PRIME
        value = left[0][:, None] * right[0] % PRIME
        return np.concatenate([value[None], moved % PRIME]).reshape(len(left), -1)

    @staticmethod
    def _random(count: int, directions: int, rng: np.random.Generator) -> Numbers:
        """A law and its derivatives, which keep the sum."""
        law = rng.integers(1, PRIME, size=(directions + 1, count))
        law[0, -1] = (1 - law[0, :-1].sum()) % PRIME
        law[1:, -1] = -law[1:, :-1].sum(axis=1) % PRIME
        return law

    def _districts(self) -> list[tuple[str, ...]]:
        found: list[set[str]] = [{name} for name in self.graph.nodes]
        for pair in self.graph.bidirected:
            joined = [one for one in found if one & set(pair)]
            found = [one for one in found if not one & set(pair)] + [set().union(*joined)]
        return [tuple(n for n in self.graph.nodes if n in one) for one in found]

    # -- worlds ---------------------------------------------------------------------------------
    def run(self, asked: Copy) -> Numbers:
        """What a variable is for each unit, where others are set."""
        fixed: dict[str, Numbers | int] = {}
        for setting in asked.settings:
            value = setting.value
            fixed[setting.variable] = (
                self.run(value) if isinstance(value, Copy) else int(value.name)
            )
        return self.world(fixed)[asked.variable]

    def world(self, fixed: Mapping[str, Numbers | int]) -> dict[str, Numbers]:
        """What all variables are, where some are set."""
        found: dict[str, Numbers] = {}
        for name in self.graph.topological():
            if name in fixed:
                found[name] = np.broadcast_to(fixed[name], self.chosen[name].shape)
                continue
            row = np.zeros_like(self.chosen[name])
            for parent in self.graph.parents(name):
                row = row * self.sizes[parent] + found[parent]
            found[name] = self.functions[name][self.chosen[name], row]
        return found

    def cells(self, inputs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> Numbers:
        """The derivatives of all cells of some distributions: a row for each direction."""
        found = []
        for observed, done in inputs:
            for place in product(*(range(self.sizes[n]) for n in done)):
                world = self.world(dict(zip(done, place, strict=True)))
                cell = np.zeros_like(self.chosen[self.graph.nodes[0]])
                for name in observed:
                    cell = cell * self.sizes[name] + world[name]
                count = prod(self.sizes[n] for n in observed)
                found.append(
                    np.stack([np.bincount(cell, row, count) for row in self.units[1:]])
                )  # whole numbers, far below where floats have gaps
        return np.concatenate(found, axis=1).astype(np.int64) % PRIME

    def event(self, events: Sequence[CopyEvent]) -> Numbers:
        """The probability of some events at once, and its derivatives."""
        holds = np.ones_like(self.chosen[self.graph.nodes[0]], dtype=bool)
        for event in events:
            holds &= self.run(event.copy) == int(event.value.name)
        return self.units[:, holds].sum(axis=1) % PRIME

    def determines(self, unseen: Numbers, query: Counterfactual) -> bool | None:
        """Whether a query keeps its value in a direction that no input sees; None if it has none."""
        above, below = self.event([*query.outcome, *query.given]), self.event(list(query.given))
        if not query.given:
            below = np.array([1] + [0] * (len(above) - 1))
        if not below.any():
            return None
        moved = [int(sum(int(a) * int(v) for a, v in zip(unseen, part[1:], strict=True)))
                 for part in (above, below)]  # fmt: skip
        return (moved[0] * int(below[0]) - moved[1] * int(above[0])) % PRIME == 0


def unseen_direction(cells: Numbers, seed: int) -> Numbers:
    """A random sum of directions in which no cell moves."""
    rng = np.random.default_rng(seed)
    rows = cells.T.copy()
    count, leads = 0, list[int]()
    for column in range(rows.shape[1]):
        at = next((i for i in range(count, len(rows)) if rows[i, column]), None)
        if at is None:
            continue
        rows[[count, at]] = rows[[at, count]]
        rows[count] = rows[count] * pow(int(rows[count, column]), -1, PRIME) % PRIME
        for i in np.nonzero(rows[:, column])[0]:
            if i != count:
                rows[i] = (rows[i] - rows[i, column] * rows[count]) % PRIME
        leads.append(column)
        count += 1
    found = rng.integers(1, PRIME, size=rows.shape[1])
    found[leads] = 0
    for i, lead in enumerate(leads):
        found[lead] = -int((rows[i] * found % PRIME).sum()) % PRIME
    assert len(leads) < rows.shape[1], "more directions are needed"
    return found
