"""How much faster a closed form is than the same by plain SymPy and by Lea, as ratios of times.

The network is the chest clinic with every entry a symbol, the question a root given a leaf. Rounds
are interleaved and medians compared, SymPy's cache is emptied before every answer, and all answers
are checked to be equal in fractions. SymPy and Lea find their entries made beforehand, so ratios
are to the library with its tables read in beforehand; the row of a first answer reads them, too.
Lea's own call of ``simplify`` is switched off: with it, one answer takes minutes. Lea conditions
branch by branch, which suits the second question, so less is asked there. Run it by
``python -m tests.benchmarks.closed_form [ROUNDS]``.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import product
from statistics import median

import sympy

from symcausal.algebra.scalar import Indeterminate as Entry
from symcausal.expr.nodes import Event, Events, Prob, State
from symcausal.network.network import Network
from symcausal.network.parameters import symbolic_table
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.sympy_bridge import closed_form_to_sympy
from tests.benchmarks.timing import interleaved, seconds
from tests.support.student import asia
from tests.support.sympy_terms import term_to_sympy

QUESTIONS = (("A", "D"), ("S", "D"))
OURS, FIRST = "symcausal", "symcausal, first answer"
CIRCUIT = "symcausal, without SymPy objects"
NAIVE, GROWING = "SymPy, one Add of all products", "SymPy, sum() of all products"
LEA = "Lea, without its simplify"
AT_LEAST = {"A": {NAIVE: 20, GROWING: 20, LEA: 20}, "S": {NAIVE: 20, GROWING: 20, LEA: 10}}
REPEATS = 3  # in a row, so that nobody finds the processor's caches full of somebody else's data

Answer = Callable[[], sympy.Expr]
Entrant = Callable[[], Answer]  # made ready outside the time that is taken


def clinic() -> Network:
    """The chest clinic with a symbol in every entry, remainders apart."""
    plain = asia()
    names = plain.variables
    tables = {n: symbolic_table(names[n], plain.tables[n].parents, names) for n in names}
    return Network(names, plain.graph, tables)


def first(network: Network, root: str, leaf: str) -> Entrant:
    """The library from the tables of the model, SymPy objects included."""
    query = _query(root, leaf)
    return lambda: lambda: closed_form_to_sympy(closed_form(network, query))


def ours(network: Network, root: str, leaf: str) -> Entrant:
    """The library with the tables read into a new circuit."""
    query = _query(root, leaf)

    def prepared() -> Answer:
        circuit = _read_in(network)
        return lambda: closed_form_to_sympy(closed_form(network, query, circuit=circuit))

    return prepared


def without_sympy(network: Network, root: str, leaf: str) -> Entrant:
    """The library up to the circuit, from which text and LaTeX are printed."""
    query = _query(root, leaf)

    def prepared() -> Answer:
        circuit = _read_in(network)
        return lambda: closed_form(network, query, circuit=circuit)

    return prepared


def _read_in(network: Network) -> Circuit:
    circuit = Circuit()
    for table in network.tables.values():
        for entry in table.entries:
            circuit.term(entry)
    return circuit


def naive(
    network: Network, root: str, leaf: str, add: Callable[[list[sympy.Expr]], sympy.Expr]
) -> Entrant:
    """The joint summed entry by entry; the symbols are made beforehand."""
    names = list(network.variables)
    entries = {
        (name, state, parents): term_to_sympy(entry)
        for name in names
        for parents, row in network.rows(name)
        for state, entry in zip(network.variables[name].states, row, strict=True)
    }
    parents_of = {name: network.tables[name].parents for name in names}

    def terms(fixed: dict[str, str]) -> list[sympy.Expr]:
        ranges = [(fixed[n],) if n in fixed else network.variables[n].states for n in names]
        joint = []
        for states in product(*ranges):
            at = dict(zip(names, states, strict=True))
            factors = [entries[n, at[n], tuple(at[p] for p in parents_of[n])] for n in names]
            joint.append(sympy.Mul(*factors))
        return joint

    return lambda: lambda: add(terms({root: "yes", leaf: "yes"})) / add(terms({leaf: "yes"}))


def by_lea(root: str, leaf: str) -> Entrant | None:
    """The package Lea, or nothing where it is not installed."""
    try:
        import lea
    except ImportError:
        return None
    lea.set_prob_type("s")
    lea.Alea._symbolic_simplify_function = None

    def event(*words: str) -> object:
        return lea.event("theta_" + "_".join(words))

    def depends(name: str, *parents: str) -> object:
        rows = {}
        for states in product(("yes", "no"), repeat=len(parents)):
            words = [w for pair in zip(parents, states, strict=True) for w in pair]
            key = tuple(state == "yes" for state in states)
            rows[key if len(key) > 1 else key[0]] = event(name, "yes", *words)
        chosen = nodes[parents[0]] if len(parents) == 1 else lea.joint(*(nodes[p] for p in parents))
        return chosen.switch(rows)

    nodes = {"A": event("A", "yes"), "S": event("S", "yes")}
    for name, *parents in (("T", "A"), ("L", "S"), ("B", "S"), ("E", "T", "L"), ("D", "B", "E")):
        nodes[name] = depends(name, *parents)
    return lambda: lambda: lea.P(nodes[root].given(nodes[leaf]))


def entrants(network: Network, root: str, leaf: str) -> dict[str, Entrant]:
    """Everybody who answers ``P(root = yes | leaf = yes)``."""
    found = {
        OURS: ours(network, root, leaf),
        FIRST: first(network, root, leaf),
        CIRCUIT: without_sympy(network, root, leaf),
        NAIVE: naive(network, root, leaf, lambda terms: sympy.Add(*terms)),
        GROWING: naive(network, root, leaf, sum),
    }
    peer = by_lea(root, leaf)
    return found if peer is None else {**found, LEA: peer}


def medians(ready: dict[str, Entrant], rounds: int) -> dict[str, float]:
    """Median seconds of each, the rounds interleaved."""
    return interleaved(
        {name: partial(_seconds, entrant) for name, entrant in ready.items()}, rounds
    )


def _seconds(entrant: Entrant) -> float:
    return median(seconds(entrant()) for _ in range(REPEATS))


def value(expr: sympy.Expr, entries: list[Entry]) -> Fraction:
    """An answer at a fixed random point, in fractions."""
    rng = random.Random(1988)
    point = {e.name: Fraction(rng.randint(1, 99), 100) for e in entries}
    symbols = sorted(expr.free_symbols, key=str)
    compute = sympy.lambdify(symbols, expr, modules=[{}], cse=True)
    return Fraction(compute(*(point[symbol.name] for symbol in symbols)))


def _query(root: str, leaf: str) -> Prob:
    return Prob(Events([Event(root, State("yes"))]), Events([Event(leaf, State("yes"))]))


def measured(rounds: int) -> Iterator[tuple[str, dict[str, float], bool]]:
    """For each root everybody's seconds, and whether all answers are equal."""
    network = clinic()
    entries = list(network.parameters)
    for root, leaf in QUESTIONS:
        ready = entrants(network, root, leaf)
        values = {value(entrant()(), entries) for name, entrant in ready.items() if name != CIRCUIT}
        yield root, medians(ready, rounds), len(values) == 1


def report(rounds: int) -> int:
    """Print the table; give 1 if a peer's ratio is too small or two answers differ."""
    failed = False
    for root, times, equal in measured(rounds):
        sys.stdout.write(f"P({root}=yes | D=yes), answers {'equal' if equal else 'DIFFER'}\n")
        for name, time in times.items():
            ratio = time / times[OURS]
            sys.stdout.write(f"  {name:34}{time * 1000:10.3f} ms{ratio:9.1f}x\n")
            failed |= not equal or ratio < AT_LEAST[root].get(name, 0)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(report(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
