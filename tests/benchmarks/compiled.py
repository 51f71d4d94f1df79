"""How many times as fast as its peers a compiled query is: in batches, for one set, and derivatives.

Every entry of every table is a symbol, the question is a root given a leaf (the pair that needs most
tables), and every parameter set has numbers of its own for all of them. A peer answers each set anew:
its tables are filled from what is made beforehand, and it infers. pyAgrum does so by whichever of lazy
propagation and variable elimination is the faster; pgmpy, by variable elimination, on networks of which
little is left after pruning. We compute by NumPy alone; where numba is installed, batches are timed with
its kernel, too. Rounds are interleaved and medians compared; all answers are checked to agree to 1e-9.

YODO ("you only derive once", all derivatives by PyTorch's reverse pass) is not among the peers: it is
on no package index, only as a repository of its authors. Its claim is that of Darwiche's reverse pass:
all derivatives for a small multiple of one value, which is the ratio that is printed here.

Run it, where pyAgrum and pgmpy are installed, by
``python -m tests.benchmarks.compiled [DIRECTORY [ROUNDS]]``, with networks as ``.bif`` files; without a
directory they are those that pgmpy brings.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from symcausal import Model
from symcausal.algebra.scalar import Indeterminate
from symcausal.expr.nodes import Event, Events, Prob, State
from symcausal.network.network import Network
from symcausal.numbers.evaluate.requisite import requisite
from tests.benchmarks.timing import interleaved, warm
from tests.support.bnlearn import unpacked

NETWORKS = ("asia", "child", "alarm", "hepar2", "win95pts", "pigs", "hailfinder", "andes",
            "insurance")  # fmt: skip
BY_PGMPY = ("asia", "child", "alarm")
SETS = 10_000
CHECKED = 3


class Timed(NamedTuple):
    """Seconds for one parameter set; None of who is not asked."""

    batch: float
    one: float
    slopes: float
    fill: float
    infer: float
    batch_numba: float | None
    slopes_numba: float | None
    pgmpy_fill: float | None
    pgmpy_infer: float | None


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
                if isinstance(entry, Indeterminate):
                    found[entry.name] = column.copy()
    return found


class Peer:
    """A package that is filled with one parameter set, and infers."""

    def __init__(self, model: Model, root: str, leaf: str, columns: dict[str, Any]) -> None:
        self.network, self.root, self.leaf = model.symbolic().network, root, leaf
        self.state = model.variables[leaf][0]
        self.net = self.built(model)
        self.sets = [
            {name: self.filling(name, columns, row) for name in self.network.tables}
            for row in range(CHECKED)
        ]

    def built(self, model: Model) -> Any:
        """The network as an object of theirs."""
        raise NotImplementedError

    def axes(self, name: str) -> list[str]:
        """The variables of a table of theirs, the last running fastest."""
        raise NotImplementedError

    def filling(self, name: str, columns: dict[str, Any], row: int) -> Any:
        """The numbers of a table in their order."""
        table = self.network.tables[name]
        own = (*table.parents, name)
        entries = []
        for _, terms in self.network.rows(name):
            free = [columns[t.name][row] for t in terms if isinstance(t, Indeterminate)]
            entries += [*free, 1 - sum(free)] if len(terms) > 1 else [1.0]
        array = np.array(entries).reshape([self.network.size(n) for n in own])
        return array.transpose([own.index(n) for n in self.axes(name)])

    def fill(self, row: int = 0) -> None:
        """Put the numbers of one parameter set into the tables."""
        raise NotImplementedError


class Agrum(Peer):
    """pyAgrum, whose tables take lists."""

    def built(self, model: Model) -> Any:
        """Without numbers."""
        import pyagrum

        self.engines = (pyagrum.LazyPropagation, pyagrum.VariableElimination)
        net = pyagrum.BayesNet()
        for name, states in model.variables.items():
            net.add(pyagrum.LabelizedVariable(name, name, list(states)))
        for name, table in model.network.tables.items():
            for parent in table.parents:
                net.addArc(parent, name)
        return net

    def axes(self, name: str) -> list[str]:
        """Their first runs fastest."""
        return list(self.net.cpt(name).names)[::-1]

    def filling(self, name: str, columns: dict[str, Any], row: int) -> Any:
        """A flat list."""
        return super().filling(name, columns, row).ravel().tolist()

    def fill(self, row: int = 0) -> None:
        """Into every table."""
        for name, filling in self.sets[row].items():
            self.net.cpt(name).fillWith(filling)

    def infer(self, engine: Callable[[Any], Any]) -> float:
        """The probability of the root's first state given the leaf's."""
        inference = engine(self.net)
        inference.setEvidence({self.leaf: self.state})
        inference.setTargets({self.root})
        inference.makeInference()
        return float(inference.posterior(self.root)[0])


class Pgmpy(Peer):
    """pgmpy, whose tables are arrays."""

    def built(self, model: Model) -> Any:
        """With a table for each variable, and its first state first."""
        net = model.to_pgmpy()
        self.cpds = {name: net.get_cpds(name) for name in model.variables}
        for name, states in model.variables.items():
            if list(self.cpds[name].state_names[name]) != list(states):
                raise ArithmeticError(f"pgmpy has the states of {name} in another order")
        return net

    def axes(self, name: str) -> list[str]:
        """The variable comes first."""
        return list(self.cpds[name].variables)

    def fill(self, row: int = 0) -> None:
        """The arrays as they are."""
        for name, filling in self.sets[row].items():
            self.cpds[name].values = filling

    def infer(self) -> float:
        """The probability of the root's first state given the leaf's."""
        from pgmpy.inference import VariableElimination

        found = VariableElimination(self.net).query(
            [self.root], evidence={self.leaf: self.state}, show_progress=False
        )
        return float(found.values[0])


def measured(model: Model, rounds: int, *, pgmpy: bool = False) -> tuple[str, int, Timed]:
    """The question, how many parameters vary, and the medians.

    Raises
    ------
    ArithmeticError
        If the answers differ.
    """
    free = model.symbolic()
    root, leaf = question(free.network)
    query = Prob(*(Events([Event(n, State(free.variables[n][0]))]) for n in (root, leaf)))
    function = free.compile(query, numba=False)
    every = drawn(free.network, SETS)
    columns = {name: every[name] for name in function.names}
    one = {name: float(column[0]) for name, column in columns.items()}
    found = function(columns)
    peers: dict[str, Callable[[], float]] = {}
    fillings: dict[str, Callable[[], None]] = {}

    def known(label: str, peer: Peer, infer: Callable[[], float]) -> None:
        for row in range(CHECKED):
            peer.fill(row)
            if abs(infer() - found[row]) > 1e-9:
                raise ArithmeticError(f"P({root} | {leaf}) differs from {label}'s")
        peers[label], fillings[label] = infer, peer.fill

    agrum = Agrum(model, root, leaf, every)
    for engine in agrum.engines:
        known(f"pyAgrum {engine.__name__}", agrum, partial(agrum.infer, engine))
    if pgmpy:
        other = Pgmpy(model, root, leaf, every)
        known("pgmpy", other, other.infer)
    entrants: dict[str, Callable[[], float]] = {
        "batch": lambda: warm(lambda: function(columns), 3) / SETS,
        "slopes": lambda: warm(lambda: function.gradient(columns), 3) / SETS,
        "one": lambda: warm(lambda: function(one), 50),
    }
    if find_spec("numba"):
        kernel = free.compile(query, numba=True)
        if not np.allclose(kernel(columns), found, rtol=0, atol=1e-9):
            raise ArithmeticError(f"P({root} | {leaf}) differs with numba")
        entrants["batch numba"] = lambda: warm(lambda: kernel(columns), 3) / SETS
        entrants["slopes numba"] = lambda: warm(lambda: kernel.gradient(columns), 3) / SETS
    for label in peers:
        entrants[label] = partial(warm, peers[label], 20)
        entrants[f"{label}, filling"] = partial(warm, fillings[label], 20)
    middle = interleaved(entrants, rounds)
    timed = Timed(
        middle["batch"],
        middle["one"],
        middle["slopes"],
        middle["pyAgrum LazyPropagation, filling"],
        min(middle[label] for label in peers if label.startswith("pyAgrum")),
        middle.get("batch numba"),
        middle.get("slopes numba"),
        middle.get("pgmpy, filling"),
        middle.get("pgmpy"),
    )
    return f"P({root} | {leaf})", len(columns), timed


def networks(folder: Path | None) -> Iterator[tuple[str, Model]]:
    """Those of a folder, or pgmpy's."""
    for name in NETWORKS:
        path = unpacked(name) if folder is None else folder / f"{name}.bif"
        if path.exists():
            yield name, Model.load(path)


def main(arguments: list[str]) -> int:
    """Print a line for each network."""
    folder = Path(arguments[0]) if arguments else None
    rounds = int(arguments[1]) if arguments[1:] else 7
    print(f"{SETS} parameter sets, microseconds for each; ratios to inference, and with filling in")
    for name, model in networks(folder):
        pgmpy = name in BY_PGMPY and bool(find_spec("pgmpy"))
        query, count, t = measured(model, rounds, pgmpy=pgmpy)
        us = {field: s * 1e6 for field, s in t._asdict().items() if s is not None}
        print(
            f"{name:10} {query}: {count} parameters; pyAgrum {us['infer']:.0f} + {us['fill']:.0f};"
            f" batch {us['batch']:.2f} ({t.infer / t.batch:.0f}, {(t.infer + t.fill) / t.batch:.0f})"
            f"; one {us['one']:.0f} ({t.infer / t.one:.1f}, {(t.infer + t.fill) / t.one:.1f})"
            f"; all derivatives {t.slopes / t.batch:.1f} values",
            flush=True,
        )
        if t.pgmpy_infer is not None:
            print(f"{'':10} pgmpy {us['pgmpy_infer']:.0f}; batch {t.pgmpy_infer / t.batch:.0f}")
        if t.batch_numba is not None and t.slopes_numba is not None:
            print(
                f"{'':10} with numba {us['batch_numba']:.2f} ({t.infer / t.batch_numba:.0f})"
                f"; all derivatives {t.slopes_numba / t.batch_numba:.1f} values"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
