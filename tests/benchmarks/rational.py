"""Exact rational functions of 4, 8 and 16 table entries, beside python-flint and Storm.

Every peer answers ``P(root | leaf)`` as a numerator and a denominator in the chosen entries, the rest
of each row co-varying. flint runs the same elimination in the same order over ``fmpz_mpoly``; Storm
eliminates the states of the Markov chain that draws the variables in order and forgets each one as soon
as nothing needs it. Rounds are interleaved, medians compared, and all answers are checked to be equal
in fractions at a random point. NumPy is imported beforehand, as it is in most sessions. The entries
are of different tables as far as there are enough.

The networks are read from a folder that the caller names, as they are not part of this repository:
``python -m tests.benchmarks.rational FOLDER [ROUNDS]``.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm, prod
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from symcausal import Model
from symcausal.algebra.scalar import Number
from symcausal.errors import LimitError
from symcausal.expr.nodes import Prob
from symcausal.network.network import Network
from symcausal.numbers.sensitivity.corners import posterior
from symcausal.numbers.sensitivity.entries import Entry, entries, freed
from symcausal.numbers.sensitivity.polynomials import exponents

CASES = {
    "alarm": "P(HYPOVOLEMIA=TRUE | BP=LOW)",
    "insurance": "P(Age=Adolescent | PropCost=Thousand)",
}
COUNTS = (4, 8, 16)
LIMIT = 120.0  # seconds; who needs more in the first round is left out of the others

Answer = tuple[Fraction, Fraction]  # numerator and denominator at the point
Entrant = Callable[[], Callable[[Sequence[Fraction]], Answer]]


def chosen(network: Network, query: Prob, count: int) -> list[Entry]:
    """Entries that bear on the query, one of each table in turn."""
    rng = random.Random(1997)
    found = posterior(network, query, {})
    assert found is not None
    by_table: dict[str, list[Entry]] = {}
    for entry in entries(network, sorted(found.used)):
        term = entry.term(network)
        if isinstance(term, Number) and 0 < term.value < 1:
            by_table.setdefault(entry.variable, []).append(entry)
    rows: dict[tuple[object, ...], Entry] = {}
    names = rng.sample(sorted(by_table), len(by_table))
    while len(rows) < count:
        for name in names:
            entry = rng.choice(by_table[name])
            if len(rows) < count:
                rows.setdefault((entry.variable, entry.parents), entry)
    return list(rows.values())


def ours(network: Network, query: Prob, varying: Sequence[Entry]) -> Entrant:
    """The function of this package, which takes NumPy where that is loaded."""
    assert np.__name__ in sys.modules

    def run() -> Callable[[Sequence[Fraction]], Answer]:
        found = posterior(network, query, freed(network, varying))
        assert found is not None
        top, under = found.numerator, found.denominator
        return lambda point: (_at(top, point), _at(under, point))

    return run


def _at(polynomial: Mapping[int, int], point: Sequence[Fraction]) -> Fraction:
    total = Fraction(0)
    for key, c in polynomial.items():
        powers = zip(exponents(key, len(point)), point, strict=True)
        total += c * prod((x for e, x in powers if e), start=Fraction(1))
    return total


# -- python-flint ---------------------------------------------------------------------------------
def by_flint(network: Network, query: Prob, varying: Sequence[Entry]) -> Entrant | None:
    """The same elimination over the polynomials of python-flint, if that is installed."""
    try:
        from flint import Ordering, fmpz_mpoly_ctx
    except ImportError:
        return None
    names = [f"t{i}" for i in range(len(varying))]
    ring = fmpz_mpoly_ctx.get(names, Ordering.lex)
    unknowns = ring.gens()
    one = ring.constant(1)

    def tables(name: str) -> list[object]:
        """A table in whole numbers over one denominator; rows that vary as polynomials."""
        width, table = network.size(name), network.tables[name]
        free = freed(network, varying).get(name)
        values = [term.value for term in table.entries if isinstance(term, Number)]
        shares = {} if free is None else free.shares
        for row, terms in shares.items():
            values[row * width : (row + 1) * width] = [
                term.value for term in terms if isinstance(term, Number)
            ]
        scale = lcm(*(value.denominator for value in values))
        whole: list[object] = [int(value * scale) for value in values]
        for row in shares:
            assert free is not None
            here = {
                place: unknowns[i]
                for (at, place), i in zip(free.places, free.unknowns, strict=True)
                if at == row
            }
            left = one - sum(here.values())
            for i in range(width):
                cell = whole[row * width + i]
                whole[row * width + i] = here[i] * scale if i in here else cell * left
        return whole

    found = posterior(network, query, {})
    assert found is not None
    order = _order(network, query, found.used)

    def run() -> Callable[[Sequence[Fraction]], Answer]:
        top, under = _summed(network, query, found.used, order, tables)
        return lambda point: (_flint_at(top, point), _flint_at(under, point))

    return run


def _flint_at(polynomial: object, point: Sequence[Fraction]) -> Fraction:
    if isinstance(polynomial, int):
        return Fraction(polynomial)
    total = Fraction(0)
    for powers, c in polynomial.to_dict().items():  # type: ignore[attr-defined]
        total += int(c) * prod(
            (x ** int(e) for e, x in zip(powers, point, strict=True)), start=Fraction(1)
        )
    return total


def _order(network: Network, query: Prob, used: frozenset[str]) -> list[str]:
    """Weighted min-fill over the variables to sum out."""
    fixed = {event.variable for event in query.given}
    target = query.outcome[0].variable
    around: dict[str, set[str]] = {name: set() for name in used}
    for name in used:
        family = {name, *network.tables[name].parents} & used - fixed
        for member in family:
            around[member] |= family - {member}
    waiting, order = sorted(used - fixed - {target}), list[str]()
    while waiting:

        def cost(name: str) -> tuple[int, int, str]:
            near = sorted(around[name])
            size = network.size
            fill = sum(
                size(a) * size(b)
                for i, a in enumerate(near)
                for b in near[i + 1 :]
                if b not in around[a]
            )
            return fill, prod(map(size, near)), name

        best = min(waiting, key=cost)
        order.append(best)
        waiting.remove(best)
        near = around.pop(best)
        for name in near:
            around[name] = (around[name] | near) - {best, name}
    return order


def _summed(
    network: Network,
    query: Prob,
    used: frozenset[str],
    order: Sequence[str],
    tables: Callable[[str], list[object]],
) -> tuple[object, object]:
    """Numerator and denominator by summing variables out of tables, in any ring."""
    known = {e.variable: network.variable(e.variable).position(e.value.name) for e in query.given}
    pool = []
    for name in sorted(used):
        axes = (*network.tables[name].parents, name)
        cells = _cells(axes, tables(name), network, known)
        pool.append((tuple(a for a in axes if a not in known), cells))
    for name in order:
        touched = [factor for factor in pool if name in factor[0]]
        pool = [factor for factor in pool if name not in factor[0]]
        scope = tuple(sorted({a for axes, _ in touched for a in axes} - {name}))
        pool.append((scope, _eliminated(touched, scope, name, network)))
    (outcome,) = query.outcome
    states = [
        prod(cells[(i,) if axes else ()] for axes, cells in pool)  # type: ignore[misc]
        for i in range(network.size(outcome.variable))
    ]
    asked = network.variable(outcome.variable).position(outcome.value.name)
    return states[asked], sum(states)  # type: ignore[arg-type]


def _cells(
    axes: Sequence[str], values: Sequence[object], network: Network, known: Mapping[str, int]
) -> dict[tuple[int, ...], object]:
    from itertools import product

    ranges = [range(network.size(axis)) for axis in axes]
    found = {}
    for states, value in zip(product(*ranges), values, strict=True):
        if all(known.get(a, s) == s for a, s in zip(axes, states, strict=True)):
            found[tuple(s for a, s in zip(axes, states, strict=True) if a not in known)] = value
    return found


def _eliminated(
    touched: Sequence[tuple[tuple[str, ...], dict[tuple[int, ...], object]]],
    scope: Sequence[str],
    name: str,
    network: Network,
) -> dict[tuple[int, ...], object]:
    from itertools import product

    axes = (*scope, name)
    picks = [[axes.index(a) for a in own] for own, _ in touched]
    found = {}
    for states in product(*(range(network.size(a)) for a in scope)):
        total: object = 0
        for last in range(network.size(name)):
            place = (*states, last)
            term: object = 1
            for (_, cells), pick in zip(touched, picks, strict=True):
                cell = cells[tuple(place[i] for i in pick)]
                if cell == 0:
                    term = 0
                    break
                term = cell if isinstance(term, int) and term == 1 else term * cell  # type: ignore[operator]
            total = total + term  # type: ignore[operator]
        found[states] = total
    return found


# -- the measurement ------------------------------------------------------------------------------
def entrants(network: Network, query: Prob, varying: Sequence[Entry]) -> dict[str, Entrant]:
    """Everybody who is installed."""
    from tests.benchmarks.rational_storm import by_storm

    found: dict[str, Entrant | None] = {
        "symcausal": ours(network, query, varying),
        "flint": by_flint(network, query, varying),
        "Storm": by_storm(network, query, varying),
    }
    return {name: entrant for name, entrant in found.items() if entrant is not None}


def measured(
    network: Network, query: Prob, count: int, rounds: int
) -> tuple[dict[str, float], set[Fraction]]:
    """Everybody's median seconds, and the different values at one point."""
    varying = chosen(network, query, count)
    rng = random.Random(count)
    point = [Fraction(rng.randint(1, 9), 20) for _ in varying]
    ready = entrants(network, query, varying)
    times: dict[str, list[float]] = {name: [] for name in ready}
    values = set()
    for i in range(rounds):
        for name in list(ready):
            start = perf_counter()
            try:
                answer = ready[name]()
            except (LimitError, MemoryError):
                del ready[name], times[name]
                continue
            seconds = perf_counter() - start
            times[name].append(seconds)
            if not i:
                top, under = answer(point)
                values.add(top / under)
                if seconds > LIMIT / rounds:
                    del ready[name]
    return {name: median(found) for name, found in times.items()}, values


def report(folder: Path, rounds: int) -> int:
    """Print the table; give 1 if two answers differ."""
    failed = False
    for name, asked in CASES.items():
        model = Model.load(folder / f"{name}.bif")
        query = model.query(asked)
        assert isinstance(query, Prob)
        for count in COUNTS:
            seconds, values = measured(model.network, query, count, rounds)
            equal = "answers equal" if len(values) == 1 else "answers DIFFER"
            failed |= len(values) != 1
            sys.stdout.write(f"{name} {asked}, {count} entries, {equal}\n")
            for who, time in seconds.items():
                ratio = time / seconds["symcausal"]
                sys.stdout.write(f"  {who:12}{time * 1000:12.2f} ms{ratio:10.1f}x\n")
            sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(report(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5))
