"""What numbers in closed forms shall cost, beside what they cost: one table.

A, closed forms with a symbol in every entry; B, exact rational functions of some entries; C, batches of
parameter sets; D, one set; E, all derivatives; H, commands from a cold start; M, memory for a file of
ten million rows. Each goal is measured by a script of its own, whose description says what is timed;
there, peers and we take turns, medians are compared, and answers are checked to be equal, or equal to
1e-9. Here their ratios stand beside the aims: how many times as long the peer takes, or else, where it
says "at most", how many times as long as something of our own, or how much.

Equality and identification have scripts of their own (``identity.py``, ``identify_peers.py``).
Run it in an environment with the dependency group ``peers`` by
``python -m tests.benchmarks.goals [--rounds N] [--rows N] [GOAL ...]``.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import NamedTuple

from tests.support.bnlearn import packed, unpacked

# Goal A: how many times as fast as a peer, by network; and how long a closed form may take.
CLOSED = {
    ("asia", "Lea, without its simplify"): 300,
    ("child", "Lea, without its simplify"): 10_000,
    ("asia", "Storm"): 600,
    ("child", "Storm"): 20_000,
    ("alarm", "SymPy, elimination"): 100,
    ("insurance", "SymPy, elimination"): 1000,
    ("alarm", "symengine, elimination"): 3,
    ("insurance", "symengine, elimination"): 50,
}
# Goal B, by network, number of entries, and peer.
RATIONAL = {
    ("alarm", 4, "Storm"): 500,
    ("alarm", 8, "Storm"): 500,
    ("alarm", 16, "Storm"): 200,
    ("insurance", 4, "Storm"): 300,
    ("insurance", 8, "Storm"): 150,
    ("insurance", 16, "Storm"): 20,
    ("insurance", 4, "flint"): 15,
    ("insurance", 8, "flint"): 8,
}
# Goal C, by network: how many times as fast as pyAgrum.
BATCHES = {
    "alarm": 1000, "hepar2": 2000, "win95pts": 2000, "pigs": 4000, "hailfinder": 400, "andes": 250,
    "insurance": 100,
}  # fmt: skip
BY_PGMPY = {"alarm": 5000}
ONE_SET = 15
DERIVATIVES = 4
COLD = 5
GIGABYTE = 1000


class Line(NamedTuple):
    """One line of the table."""

    goal: str
    case: str
    peer: str
    found: float
    aim: float | None = None
    unit: str = "x"
    at_most: bool = False

    @property
    def met(self) -> str:
        """Whether the aim is met, if there is one."""
        if self.aim is None:
            return "-"
        return (
            "yes" if (self.found <= self.aim if self.at_most else self.found >= self.aim) else "no"
        )


def number(value: float | None) -> str:
    """Three digits, or all before the point."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


# -- the goals ------------------------------------------------------------------------------------
def closed_forms(chosen: Namespace) -> Iterator[Line]:
    """Goal A."""
    from tests.benchmarks.closed_form_networks import (
        AT_MOST_SECONDS,
        CELLS,
        SECONDS,
        TABLES,
        folder_of,
        measured,
    )

    folder = folder_of([])
    assert folder is not None
    for name, seconds, notes in measured(folder, chosen.rounds):
        case = f"{name} {notes[0].partition(',')[0]}"
        if any("DIFFERS" in note for note in notes):
            raise ArithmeticError(f"{case}: {notes}")
        most = AT_MOST_SECONDS.get(name)
        limit = None if most is None else most * 1000
        yield Line("A", case, "itself", seconds[TABLES] * 1000, limit, "ms", at_most=True)
        yield Line("A", case, "itself, every cell a node", seconds[CELLS] * 1000, unit="ms")
        for peer, time in seconds.items():
            if peer not in (TABLES, CELLS):
                yield Line("A", case, peer, time / seconds[TABLES], CLOSED.get((name, peer)))
        for note in dict.fromkeys(notes[1:]):
            peer, colon, what = note.partition(": ")
            if colon and what.startswith("stopped"):
                least = SECONDS / seconds[TABLES]
                yield Line(
                    "A", case, f"{peer}: stopped", least, CLOSED.get((name, peer)), "x or more"
                )
            else:
                sys.stdout.write(f"   {case}: {note}\n")


def rational_functions(chosen: Namespace) -> Iterator[Line]:
    """Goal B."""
    from symcausal import Model
    from symcausal.expr.nodes import Prob
    from tests.benchmarks.rational import CASES, COUNTS, measured

    for name, asked in CASES.items():
        model = Model.load(unpacked(name))
        query = model.query(asked)
        assert isinstance(query, Prob)
        for count in COUNTS:
            seconds, values = measured(model.network, query, count, chosen.rounds)
            case = f"{name}, {count} entries"
            if len(values) != 1:
                raise ArithmeticError(f"{case}: the answers differ")
            mine = seconds.pop("symcausal")
            yield Line("B", case, "itself", mine * 1000, unit="ms", at_most=True)
            for peer, time in seconds.items():
                yield Line("B", case, peer, time / mine, RATIONAL.get((name, count, peer)))


def batches(chosen: Namespace) -> Iterator[Line]:
    """Goals C, D and E, which are measured together."""
    from tests.benchmarks.compiled import measured, networks

    for name, model in networks(None):
        pgmpy = name in BY_PGMPY and bool(find_spec("pgmpy"))
        query, _, t = measured(model, chosen.rounds, pgmpy=pgmpy)
        case, aim = f"{name} {query}", BATCHES.get(name)
        both = t.fill + t.infer
        yield Line("C", case, "itself, a set", t.batch * 1e6, unit="µs", at_most=True)
        yield Line("C", case, "pyAgrum, anew for each set", both / t.batch, aim)
        yield Line("C", case, "pyAgrum, its inference alone", t.infer / t.batch, aim)
        if t.batch_numba is not None:
            yield Line("C", case, "pyAgrum, numba for us", both / t.batch_numba)
        if t.pgmpy_infer is not None and t.pgmpy_fill is not None:
            anew = t.pgmpy_fill + t.pgmpy_infer
            yield Line("C", case, "pgmpy, anew for each set", anew / t.batch, BY_PGMPY[name])
        yield Line("D", case, "pyAgrum, anew for a set", both / t.one, ONE_SET)
        yield Line("D", case, "pyAgrum, its inference alone", t.infer / t.one, ONE_SET)
        yield Line("E", case, "a value", t.slopes / t.batch, DERIVATIVES, at_most=True)
        if t.batch_numba is not None and t.slopes_numba is not None:
            ratio = t.slopes_numba / t.batch_numba
            yield Line("E", case, "a value, numba for both", ratio, at_most=True)


def cold_starts(chosen: Namespace) -> Iterator[Line]:
    """Goal H."""
    from tests.benchmarks.startup import BARE, COMMANDS, ENTRIES, heavy_modules, medians

    seconds = medians(3 * chosen.rounds)
    for name in (*COMMANDS, "import symcausal"):
        if heavy := heavy_modules(ENTRIES[name]):
            sys.stdout.write(f"   {name}: imports {', '.join(heavy)}\n")
        yield Line("H", name, BARE, seconds[name] / seconds[BARE], COLD, at_most=True)


def memory(chosen: Namespace) -> Iterator[Line]:
    """Goal M."""
    from tests.benchmarks.table_memory import measured

    for ending in ("csv", "parquet"):
        taken = measured(chosen.rows, f".{ending}")
        case = f"{chosen.rows:,} rows of {ending}, {taken.seconds:.0f} s"
        yield Line("M", case, "itself", taken.megabytes, GIGABYTE, "MB", at_most=True)


GOALS: dict[str, Callable[[Namespace], Iterator[Line]]] = {
    "A": closed_forms, "B": rational_functions, "C": batches, "D": batches, "E": batches,
    "H": cold_starts, "M": memory,
}  # fmt: skip


def main() -> int:
    """Print the table; 1 if an aim is missed under ``--strict``; answers that differ raise."""
    parser = ArgumentParser(
        prog="python -m tests.benchmarks.goals", description="Goals and figures"
    )
    parser.add_argument("goals", nargs="*", metavar="GOAL", help=f"of {', '.join(GOALS)}; or all")
    parser.add_argument("--rounds", type=int, default=5, help="5, if not given")
    parser.add_argument("--rows", type=int, default=10_000_000, help="of goal M; ten million")
    parser.add_argument("--strict", action="store_true", help="end with 1 if an aim is missed")
    chosen = parser.parse_args()
    wanted = [goal.upper() for goal in chosen.goals] or [*GOALS]
    if unknown := [goal for goal in wanted if goal not in GOALS]:
        parser.error(f"no goal {', '.join(unknown)}")
    if not packed() and {*wanted} - {"H", "M"}:
        parser.error("there are no networks: pgmpy, which brings them, is not installed")
    missed = 0
    print(f"{'':2} {'case':42} {'beside':29} {'found':>17} {'aim':>15}  met")
    for measure in dict.fromkeys(GOALS[goal] for goal in wanted):
        for line in measure(chosen):
            if line.goal in wanted:
                missed += line.met == "no"
                at_most = "at most " if line.at_most and line.aim is not None else ""
                print(
                    f"{line.goal:2} {line.case:42} {line.peer:29} "
                    f"{number(line.found) + ' ' + line.unit:>17} "
                    f"{at_most + number(line.aim):>15}  {line.met}",
                    flush=True,
                )
    print(f"{missed} aims missed")
    return int(missed > 0 and chosen.strict)


if __name__ == "__main__":
    sys.exit(main())
