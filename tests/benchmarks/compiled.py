"""How many times as fast as pyAgrum a compiled query is: in batches, for one set, and derivatives.

Every entry of every table is a symbol, the question is a root given a leaf (the pair that needs most
tables), and every parameter set has numbers of its own for all of them. pyAgrum answers each set
anew: its tables are filled from lists that are made beforehand, and it infers by whichever of lazy
propagation and variable elimination is the faster. Rounds are interleaved and medians compared; all
answers are checked to agree to 1e-9. Run it, where pyAgrum is installed, by
``python -m tests.benchmarks.compiled DIRECTORY [ROUNDS]``, with networks as ``.bif`` files.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from symcausal import Model
from symcausal.algebra.scalar import Parameter
from symcausal.evaluate.requisite import requisite
from symcausal.expr.nodes import Event, Events, Prob, State
from symcausal.network.network import Network

NETWORKS = ("asia", "child", "alarm", "hepar2", "win95pts", "pigs", "hailfinder", "andes",
            "insurance")  # fmt: skip
SETS = 10_000
CHECKED = 3


class Timed(NamedTuple):
    """Seconds for one parameter set."""

    batch: float
    one: float
    slopes: float
    fill: float
    infer: float


def question(network: Network) -> tuple[str, str]:
    """The root and the leaf whose ``P(root | leaf)`` needs most tables."""
    graph = network.graph
    parents, children = graph.parent_masks, graph.child_masks
    roots = [i for i, mask in enumerate(parents) if not mask]
    leaves = [i for i, mask in enumerate(children) if not mask]
    needed = {
        (root, leaf): requisite(1 << root, 1 << leaf, parents, children).bit_count()
        for root in roots
        for leaf in leaves
        if root != leaf
    }
    root, leaf = max(needed, key=lambda pair: (needed[pair], -pair[0], -pair[1]))
    return graph.nodes[root], graph.nodes[leaf]


def drawn(network: Network, rows: int, seed: int = 1) -> dict[str, np.ndarray]:
    """A column for each symbol; every row of every table is drawn at random."""
    rng, found = np.random.default_rng(seed), {}
    for name in network.tables:
        for _, row in network.rows(name):
            table = rng.dirichlet(np.ones(len(row)), rows)
            for entry, column in zip(row, table.T, strict=True):
                if isinstance(entry, Parameter):
                    found[entry.name] = column.copy()
    return found


class Peer:
    """pyAgrum with one query, and with the tables of some parameter sets as lists."""

    def __init__(self, network: Network, root: str, leaf: str, columns: dict[str, Any]) -> None:
        import pyagrum

        self.net = pyagrum.BayesNet()
        self.root, self.leaf = root, leaf
        self.engines = (pyagrum.LazyPropagation, pyagrum.VariableElimination)
        for name, variable in network.variables.items():
            self.net.add(pyagrum.LabelizedVariable(name, name, list(variable.states)))
        for name, table in network.tables.items():
            for parent in table.parents:
                self.net.addArc(parent, name)
        self.state = network.variables[leaf].states[0]
        self.sets = [
            {name: self._filling(network, name, columns, row) for name in network.tables}
            for row in range(CHECKED)
        ]

    def _filling(
        self, network: Network, name: str, columns: dict[str, Any], row: int
    ) -> list[float]:
        table = network.tables[name]
        own = (*table.parents, name)
        entries = []
        for _, terms in network.rows(name):
            free = [columns[t.name][row] for t in terms if isinstance(t, Parameter)]
            entries += [*free, 1 - sum(free)] if len(terms) > 1 else [1.0]
        array = np.array(entries).reshape([network.size(n) for n in own])
        theirs = list(self.net.cpt(name).names)[::-1]  # their first runs fastest
        return array.transpose([own.index(n) for n in theirs]).ravel().tolist()

    def fill(self, row: int = 0) -> None:
        """Put the numbers of one parameter set into the tables."""
        for name, filling in self.sets[row].items():
            self.net.cpt(name).fillWith(filling)

    def infer(self, engine: Callable[[Any], Any]) -> float:
        """The probability of the root's first state given the leaf's."""
        inference = engine(self.net)
        inference.setEvidence({self.leaf: self.state})
        inference.setTargets({self.root})
        inference.makeInference()
        return float(inference.posterior(self.root)[0])


def measured(model: Model, rounds: int) -> tuple[str, int, Timed]:
    """The question, how many parameters vary, and the medians.

    Raises
    ------
    ArithmeticError
        If the answers differ.
    """
    free = model.symbolic()
    network = free.network
    root, leaf = question(network)
    query = Prob(*(Events([Event(n, State(network.variables[n].states[0]))]) for n in (root, leaf)))
    function = free.compile(query)
    every = drawn(network, SETS)
    columns = {name: every[name] for name in function.names}
    one = {name: float(column[0]) for name, column in columns.items()}
    peer = Peer(network, root, leaf, every)
    found = function(columns)
    for row in range(CHECKED):
        peer.fill(row)
        for engine in peer.engines:
            if abs(peer.infer(engine) - found[row]) > 1e-9:
                raise ArithmeticError(f"P({root} | {leaf}) differs from pyAgrum's")
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, seconds in _round(function, columns, one, peer):
            times.setdefault(name, []).append(seconds)
    middle = {name: median(found) for name, found in times.items()}
    infer = min(middle[engine.__name__] for engine in peer.engines)
    timed = Timed(middle["batch"], middle["one"], middle["slopes"], middle["fill"], infer)
    return f"P({root} | {leaf})", len(columns), timed


def _round(
    function: Any, columns: dict[str, Any], one: dict[str, float], peer: Peer
) -> Iterator[tuple[str, float]]:
    yield "batch", _seconds(lambda: function(columns), 3) / SETS
    yield "slopes", _seconds(lambda: function.gradient(columns), 3) / SETS
    yield "one", _seconds(lambda: function(one), 50)
    yield "fill", _seconds(peer.fill, 20)
    for engine in peer.engines:
        yield engine.__name__, _seconds(partial(peer.infer, engine), 20)


def _seconds(call: Callable[[], object], repeats: int) -> float:
    call()  # nobody pays for the other's data in the processor's caches
    gc.disable()
    try:
        start = perf_counter()
        for _ in range(repeats):
            call()
        return (perf_counter() - start) / repeats
    finally:
        gc.enable()


def main(arguments: list[str]) -> int:
    """Print a line for each network."""
    directory, rounds = Path(arguments[0]), int(arguments[1]) if arguments[1:] else 7
    print(f"{SETS} parameter sets, microseconds for each; ratios to inference, and with filling in")
    for name in NETWORKS:
        path = directory / f"{name}.bif"
        if not path.exists():
            continue
        query, count, t = measured(Model.load(path), rounds)
        us = {field: seconds * 1e6 for field, seconds in t._asdict().items()}
        print(
            f"{name:10} {query}: {count} parameters; pyAgrum {us['infer']:.0f} + {us['fill']:.0f};"
            f" batch {us['batch']:.2f} ({t.infer / t.batch:.0f}, {(t.infer + t.fill) / t.batch:.0f})"
            f"; one {us['one']:.0f} ({t.infer / t.one:.1f}, {(t.infer + t.fill) / t.one:.1f})"
            f"; all derivatives {t.slopes / t.batch:.1f} values",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
