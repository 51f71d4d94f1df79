"""Closed forms of bnlearn's networks with every entry a symbol, beside SymPy, symengine, Lea, Storm.

For each network the question is ``P(root | leaf)`` for the root and the leaf whose answer takes the
most symbols, and every pair that is dependent at all is timed once. Rounds are interleaved and
medians compared. Our answer are the tables of the elimination; with its cells as nodes it is a row
of its own. SymPy and symengine eliminate in our order, over symbols that are made beforehand, and
start from tables like ours; Storm solves the same elimination's chain of live variables, twice; Lea
gets the network as its documentation builds one. A peer that takes longer than its limit is stopped.
All answers are compared at a random point.

The networks are read from a folder of ``.bif`` or ``.bif.gz`` files, such as pgmpy's
``utils/example_models``, which is used if pgmpy is installed. Run it by
``python -m tests.benchmarks.closed_form_networks [FOLDER [ROUNDS]]``.
"""

from __future__ import annotations

import gzip
import multiprocessing
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from importlib.util import find_spec
from math import prod
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from symcausal.algebra.scalar import Indeterminate, Number, Term
from symcausal.errors import Source
from symcausal.expr.nodes import Event, Events, Prob, State
from symcausal.graph.graph import bits
from symcausal.network.formats.catalogue import read_format
from symcausal.network.formats.encodings import decoded
from symcausal.network.network import Network, Table
from symcausal.network.parameters import symbolic_table, told_apart
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.elimination import AxisFactor, eliminate, joined
from symcausal.numbers.evaluate.table_form import TableForm, expanded
from symcausal.numbers.evaluate.table_reading import table_form
from tests.benchmarks.timing import LONG, in_a_row
from tests.numbers.evaluate.queries import exact_value
from tests.support.bnlearn import packed

NETWORKS = (
    "asia",
    "child",
    "alarm",
    "insurance",
    "hailfinder",
    "andes",
    "hepar2",
    "win95pts",
    "munin1",
)
AT_MOST_SECONDS = dict.fromkeys(("alarm", "insurance", "hailfinder", "andes"), 0.010)
TABLES, CELLS = "symcausal, tables", "symcausal, cells as nodes"
SECONDS = 30.0  # after which a peer is stopped
FEW_NODES = 25  # larger networks are not put to those who multiply out

Values = dict[str, Fraction]
Answer = Callable[[], Any]


# -- networks and questions -----------------------------------------------------------------------
def networks(folder: Path) -> Iterator[tuple[str, Network]]:
    """The networks of a folder by name, with a symbol in every entry but the last of a row."""
    for name in NETWORKS:
        for path in (folder / f"{name}.bif", folder / f"{name}.bif.gz"):
            if path.exists():
                data = path.read_bytes()
                text = decoded(
                    gzip.decompress(data) if path.suffix == ".gz" else data, path.name
                ).text
                yield name, symbolic(read_format(Source(text, path.name), "bif").network)
                break


def symbolic(network: Network) -> Network:
    """The same arrows with nothing known."""
    variables = network.variables
    tables = {
        n: symbolic_table(variables[n], network.tables[n].parents, variables) for n in variables
    }
    return Network(variables, network.graph, told_apart(tables))


def questions(network: Network) -> Iterator[Prob]:
    """Every root given every leaf that depends on it, each in its first state."""
    graph = network.graph
    leaves = [name for name in graph.nodes if not graph.child_masks[graph.index(name)]]
    for root in graph.nodes:
        below = 0 if graph.parents(root) else _below(network, root)
        for leaf in leaves:
            if leaf != root and below >> graph.index(leaf) & 1:
                yield Prob(_first(network, root), _first(network, leaf))


def _below(network: Network, root: str) -> int:
    graph = network.graph
    reached = frontier = graph.mask([root])
    while frontier:
        grown = 0
        for node in bits(frontier):
            grown |= graph.child_masks[node]
        frontier = grown & ~reached
        reached |= frontier
    return reached


def _first(network: Network, name: str) -> Events:
    return Events([Event(name, State(network.variables[name].states[0]))])


def numbers_for(network: Network) -> tuple[Network, Values]:
    """A random point: numbers for all symbols, and the network that has them."""
    rng = random.Random(1988)
    values: Values = {}
    tables = {}
    for name, table in network.tables.items():
        entries: list[Term] = []
        for _, row in network.rows(name):
            weights = [rng.randint(1, 9) for _ in row]
            chosen = [Fraction(w, sum(weights)) for w in weights]
            entries += map(Number, chosen)
            for entry, number in zip(row, chosen, strict=True):
                if isinstance(entry, Indeterminate):
                    values[entry.name] = number
        tables[name] = Table(name, table.parents, tuple(entries))
    return Network(network.variables, network.graph, tables), values


# -- who answers ----------------------------------------------------------------------------------
class Symbols:
    """A computer-algebra system's sums and products of whole-number names for its expressions."""

    most = 10**9

    def __init__(self, add: Callable[..., Any], times: Callable[..., Any]) -> None:
        self.add = add
        self.times = times
        self.known: list[Any] = []

    def put(self, expression: Any) -> int:
        """A name that is neither 0 nor 1, which mean themselves."""
        self.known.append(expression)
        return len(self.known) + 1

    def get(self, name: int) -> Any:
        """What a name stands for."""
        return name if name < 2 else self.known[name - 2]

    def product(self, factors: Sequence[int]) -> int:
        """Multiply."""
        return self.put(self.times(*map(self.get, factors)))

    def total(self, terms: Sequence[int]) -> int:
        """Add."""
        return self.put(self.add(*map(self.get, terms)))


def by_elimination(
    network: Network, query: Prob, symbol: Callable[[str], Any], algebra: Symbols
) -> Answer:
    """Variable elimination over a system's expressions, in our order, pruned as ours is."""
    form = table_form(network, query)
    graph, sizes = network.graph, form.sizes
    wanted = [op for op in form.operations if type(op).__name__ == "Entries"]
    made = {p.name: symbol(p.name) for p in network.parameters}
    pool = []
    for operation in wanted:
        name = graph.nodes[operation.variable]
        width = len(network.variables[name].states)
        column: list[Any] = []
        for _, row in network.rows(name):
            row_symbols = [made[e.name] for e in row if isinstance(e, Indeterminate)]
            assert len(row_symbols) == width - 1
            column += [*row_symbols, 1 - sum(row_symbols)]
        places, cells = dict(operation.places), [algebra.put(x) for x in column]
        own = [*map(graph.index, network.tables[name].parents), operation.variable]
        start, stride, strides = 0, 1, dict[int, int]()
        for one in reversed(own):
            size = network.size(graph.nodes[one])
            if places[one] < 0:
                start += ~places[one] * stride
            else:
                strides[places[one]] = stride
            stride *= size
        offsets = [start]
        for axis, step in strides.items():
            offsets = [o + k * step for o in offsets for k in range(sizes[axis])]
        pool.append(AxisFactor(tuple(strides), [cells[o] for o in offsets]))
    outcome = query.outcome[0].variable
    axis = next(a for a, (variable, _) in form.letters.items() if variable == outcome)
    hidden = sorted({a for factor in pool for a in factor.scope} - {axis})

    def answer() -> Any:
        left = eliminate(pool, hidden, sizes, algebra)
        top = [algebra.get(cell) for cell in joined(left, [axis], sizes, algebra)]
        return top[0] / algebra.add(*top)

    return answer


def by_sympy(network: Network, query: Prob) -> Answer:
    """SymPy."""
    import sympy

    return by_elimination(network, query, sympy.Symbol, Symbols(sympy.Add, sympy.Mul))


def by_symengine(network: Network, query: Prob) -> Answer:
    """Symengine, SymPy's core in C++."""
    import symengine

    algebra = Symbols(symengine.Add, symengine.Mul)
    return by_elimination(network, query, symengine.Symbol, algebra)


def by_lea(network: Network, query: Prob) -> Answer:
    """Lea, with a table for each variable."""
    import lea
    import sympy

    lea.set_prob_type("s")
    lea.Alea._symbolic_simplify_function = None
    nodes: dict[str, Any] = {}
    graph = network.graph
    for position in graph.order:
        name = graph.nodes[position] if isinstance(position, int) else position
        states, parents = network.variables[name].states, network.tables[name].parents
        rows = {}
        for assignment, row in network.rows(name):
            free = [sympy.Symbol(e.name) for e in row if isinstance(e, Indeterminate)]
            entries = [*free, 1 - sum(free)]
            key = assignment if len(assignment) > 1 else "".join(assignment)
            rows[key] = lea.pmf(dict(zip(states, entries, strict=True)), normalization=False)
        if not parents:
            nodes[name] = rows[""]
        else:
            joint = [nodes[p] for p in parents]
            nodes[name] = (joint[0] if len(joint) == 1 else lea.joint(*joint)).switch(rows)
    (outcome,), (given,) = query.outcome, query.given
    return lambda: lea.P(
        (nodes[outcome.variable] == outcome.value.name).given(
            nodes[given.variable] == given.value.name
        )
    )


def by_storm(network: Network, query: Prob) -> Answer:
    """Storm, on the chain that draws the variables one after the other and forgets what it can.

    The chain is built beforehand; an answer solves it for the joint probability and for that of the
    condition, and divides.
    """
    import stormpy

    path = _chain(network, query)
    model = stormpy.build_model_from_drn[stormpy.RationalFunction](str(path))
    path.unlink()
    both, given = stormpy.parse_properties('P=? [F "both"]; P=? [F "given"]')
    start = model.initial_states[0]

    def answer() -> Any:
        joint, condition = (
            stormpy.model_checking(model, formula).get_value(start) for formula in (both, given)
        )
        return joint / condition

    return answer


def _chain(network: Network, query: Prob) -> Path:
    """The chain as a file: a state is what is still to be remembered of the variables drawn."""
    (outcome,), (given,) = query.outcome, query.given
    graph = network.graph
    above = {outcome.variable, given.variable}
    grown = list(above)
    while grown:
        for parent in graph.parents(grown.pop()):
            if parent not in above:
                above.add(parent)
                grown.append(parent)
    order: list[str] = []
    while len(order) < len(above):
        order += [
            n for n in graph.nodes
            if n in above and n not in order and all(p in order for p in graph.parents(n))
        ]  # fmt: skip
    lines: list[str] = []
    layer: dict[tuple[tuple[str, str], ...], int] = {(): 0}
    count = 1
    for position, name in enumerate(order):
        rows = dict(network.rows(name))
        states, parents = network.variables[name].states, network.tables[name].parents
        later = {p for n in order[position + 1 :] for p in graph.parents(n)}
        later |= {outcome.variable, given.variable}
        following: dict[tuple[tuple[str, str], ...], int] = {}
        for memory, number in layer.items():
            at = dict(memory)
            row = rows[tuple(at[p] for p in parents)]
            free = [e.name for e in row if isinstance(e, Indeterminate)]
            lines += [f"state {number}" + " init" * (not position), "\taction 0"]
            for state, entry in zip(states, [*free, "1-" + "-".join(free)], strict=True):
                kept = tuple((n, s) for n, s in (*memory, (name, state)) if n in later)
                if kept not in following:
                    following[kept] = count
                    count += 1
                lines.append(f"\t\t{following[kept]} : {entry}")
        layer = following
        if len(lines) > 2_000_000:
            raise MemoryError("the chain has too many states")
    for memory, number in layer.items():
        at = dict(memory)
        fits = at[given.variable] == given.value.name
        labels = " given" * fits + " both" * (fits and at[outcome.variable] == outcome.value.name)
        lines += [f"state {number}{labels}", "\taction 0", f"\t\t{number} : 1"]
    names = " ".join(p.name for p in network.parameters)
    head = ["@type: DTMC", "@parameters", names, "@reward_models", "", "@nr_states", str(count),
            "@nr_choices", str(count), "@model"]  # fmt: skip
    path = Path(tempfile.mkstemp(suffix=".drn")[1])
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
    return path


PEERS: dict[str, tuple[str, Callable[[Network, Prob], Answer], int]] = {
    "SymPy, elimination": ("sympy", by_sympy, 10**9),
    "symengine, elimination": ("symengine", by_symengine, 10**9),
    "Lea, without its simplify": ("lea", by_lea, FEW_NODES),
    "Storm": ("stormpy", by_storm, FEW_NODES),
}


# -- measuring ------------------------------------------------------------------------------------
def _peer(peer: str, network: Network, query: Prob, rounds: int, out: Any) -> None:
    """A peer's seconds, and its answer at the random point."""
    answer = PEERS[peer][1](network, query)
    times = []
    for _ in range(rounds):
        times.append(in_a_row(answer))
        out.send(times)
    _, values = numbers_for(network)
    out.send((times, _at(answer(), values)))


def _at(expression: Any, values: Values) -> float:
    """An expression's value by floats, whatever system it is of; each part is worked out once."""
    if hasattr(expression, "evaluate"):  # a rational function of Storm's
        from stormpy.numbers.developer.cln import Rational

        point = {v: Rational(str(values[v.name])) for v in expression.gather_variables()}
        return float(expression.evaluate(point))
    # SymPy compares equal objects deeply, so its parts are told apart by identity.
    key: Callable[[Any], Any] = id if type(expression).__module__.startswith("sympy") else _itself
    known: dict[Any, float] = {}
    waiting = [expression]
    while waiting:
        part = waiting[-1]
        missing = [arg for arg in part.args if key(arg) not in known]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        inside = [known[key(arg)] for arg in part.args]
        if part.is_Symbol:
            known[key(part)] = float(values[str(part)])
        elif part.is_Add:
            known[key(part)] = sum(inside)
        elif part.is_Mul:
            known[key(part)] = prod(inside)
        elif part.is_Pow:
            known[key(part)] = inside[0] ** inside[1]
        else:
            known[key(part)] = float(part)
    return known[key(expression)]


def _itself(part: Any) -> Any:
    return part


def peer_seconds(
    peer: str, network: Network, query: Prob, rounds: int
) -> tuple[list[float], float | None]:
    """The same in a process of its own, which is stopped when its time is up."""
    here, there = multiprocessing.Pipe(duplex=False)
    arguments = (peer, network, query, rounds, there)
    process = multiprocessing.get_context("fork").Process(target=_peer, args=arguments)
    process.start()
    there.close()
    times: list[float] = []
    deadline = perf_counter() + SECONDS
    try:
        while (left := deadline - perf_counter()) > 0 and here.poll(left):
            found = here.recv()
            if isinstance(found, tuple):
                return found
            times = found
    except EOFError:
        pass
    finally:
        process.kill()
        process.join()
    return times, None


def hardest(network: Network) -> tuple[Prob, TableForm, list[float]]:
    """The question whose tables are largest, and the seconds of every question, once each."""
    found: tuple[Prob, TableForm] | None = None
    most, times = -1, []
    for query in questions(network):
        start = perf_counter()
        form = table_form(network, query)
        times.append(perf_counter() - start)
        size = sum(form.count(scope) for scope in form.scopes)
        if size > most:
            most, found = size, (query, form)
    assert found is not None
    return (*found, times)


def measured(folder: Path, rounds: int) -> Iterator[tuple[str, dict[str, float], list[str]]]:
    """For each network everybody's seconds, and what else there is to say."""
    for name, network in networks(folder):
        query, form, once = hardest(network)
        exact = checked(network, query)
        middle, most = median(once) * 1000, max(once) * 1000
        notes = [
            f"P({query.outcome[0].variable} | {query.given[0].variable}), {len(form.operations)} "
            f"tables; {len(once)} questions take {middle:.2f} ms in the median, {most:.2f} at most"
        ]
        mine: list[float] = []
        cells: list[float] = []
        peers: dict[str, list[float]] = {}
        for _ in range(rounds):
            mine.append(in_a_row(partial(table_form, network, query)))
            cells.append(in_a_row(partial(closed_form, network, query)))
            for peer in _asked(network, peers):
                times, value = peer_seconds(peer, network, query, 1)
                peers.setdefault(peer, []).extend(times)
                if not times:
                    notes.append(f"{peer}: stopped after {SECONDS:.0f} s")
                elif value is None:
                    notes.append(f"{peer}: its answer was not evaluated within {SECONDS:.0f} s")
                elif abs(value - float(exact)) > 1e-9:
                    notes.append(f"{peer}: DIFFERS, {value} is not {float(exact)}")
        theirs = {peer: median(times) for peer, times in peers.items() if times}
        yield name, {TABLES: median(mine), CELLS: median(cells), **theirs}, notes


def _asked(network: Network, peers: dict[str, list[float]]) -> Iterator[str]:
    """The peers that are here, take networks of this size, and were not too slow before."""
    for peer, (module, _, largest) in PEERS.items():
        before = peers.get(peer, [0.0])
        if find_spec(module) and len(network.variables) <= largest and before and before[0] < LONG:
            yield peer


def checked(network: Network, query: Prob) -> Fraction:
    """The answer at the random point, by tables and by cells."""
    numeric, _ = numbers_for(network)
    circuit = Circuit()
    exact = circuit.number(expanded(table_form(numeric, query), circuit)[0])
    if exact is None or exact_value(numeric, query) != exact:
        raise AssertionError("tables and cells differ")
    return exact


def report(folder: Path, rounds: int) -> int:
    """Print the table; give 1 if a bound is missed or two answers differ."""
    failed = False
    for name, found, notes in measured(folder, rounds):
        sys.stdout.write(f"{name}: {notes[0]}\n")
        for who, time in found.items():
            sys.stdout.write(f"  {who:34}{time * 1000:12.3f} ms{time / found[TABLES]:12.1f}x\n")
        for note in dict.fromkeys(notes[1:]):
            sys.stdout.write(f"  {note}\n")
        sys.stdout.flush()
        failed |= found[TABLES] > AT_MOST_SECONDS.get(name, 1) or any("DIFFERS" in n for n in notes)
    return int(failed)


def folder_of(arguments: Sequence[str]) -> Path | None:
    """Where the networks are: as told, or where pgmpy keeps them."""
    if arguments:
        return Path(arguments[0])
    return next((path.parent for path in packed().values()), None)


if __name__ == "__main__":
    chosen = folder_of(sys.argv[1:])
    if chosen is None:
        raise SystemExit("name a folder of .bif files; pgmpy, which has one, is not installed")
    raise SystemExit(report(chosen, int(sys.argv[2]) if len(sys.argv) > 2 else 3))
