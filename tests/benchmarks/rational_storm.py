"""Storm as a peer of exact rational functions.

The network becomes a Markov chain that draws the variables that matter in a topological order. A state
holds the values of those that something further on still needs; what contradicts the evidence ends in a
state of its own. Storm gives the probabilities of "outcome and evidence" and of "evidence" as rational
functions. The chain is built and read outside the time that is taken.

Main definitions
----------------
by_storm : the query by Storm, if stormpy is installed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import TypeAlias

from symcausal.algebra.scalar import Number
from symcausal.errors import LimitError
from symcausal.expr.nodes import Prob
from symcausal.network.network import Network
from symcausal.numbers.sensitivity.corners import posterior
from symcausal.numbers.sensitivity.entries import Entry, freed

MOST_STATES = 200_000

ChainState: TypeAlias = tuple[int, tuple[tuple[str, str], ...]]  # how many are drawn; what is kept


def by_storm(
    network: Network, query: Prob, varying: Sequence[Entry]
) -> Callable[[], Callable[[Sequence[Fraction]], tuple[Fraction, Fraction]]] | None:
    """Numerator and denominator by Storm, if stormpy is installed and the chain is not too large."""
    try:
        import stormpy
    except ImportError:
        return None
    try:
        text = chain(network, query, varying)
    except LimitError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chain.drn"
        path.write_text(text, encoding="utf-8")
        model = stormpy.build_model_from_drn[stormpy.RationalFunction](str(path))
    number = stormpy.RationalFunctionCoefficient
    asked = [stormpy.parse_properties(f'P=? [F "{label}"]')[0] for label in ("both", "evidence")]

    def value(function: object, point: Sequence[Fraction]) -> Fraction:
        variables = function.gather_variables()  # type: ignore[attr-defined]
        at = {v: number(str(point[int(v.name[1:])])) for v in variables}
        return Fraction(str(function.evaluate(at)))  # type: ignore[attr-defined]

    def run() -> Callable[[Sequence[Fraction]], tuple[Fraction, Fraction]]:
        top, under = (
            stormpy.model_checking(model, one, only_initial_states=True).get_value(0)
            for one in asked
        )
        return lambda point: (value(top, point), value(under, point))

    return run


def chain(network: Network, query: Prob, varying: Sequence[Entry]) -> str:
    """The Markov chain in the format that Storm reads."""
    found = posterior(network, query, {})
    assert found is not None
    known = {e.variable: e.value.name for e in query.given}
    (outcome,) = query.outcome
    order = _order(network, found.used, outcome.variable)
    rows = _rows(network, varying)
    lines = ["@type: DTMC", "@parameters", " ".join(f"t{i}" for i in range(len(varying)))]
    numbers: dict[ChainState, int] = {(0, ()): 0}
    states: list[ChainState] = [(0, ())]
    body: list[str] = []
    for number, (step, live) in enumerate(_growing(states)):
        if step < 0:
            body += [f"state {number}", "\taction 0", f"\t\t{number} : 1"]
            continue
        at = dict(live)
        if step == len(order):
            both = " both" if at[outcome.variable] == outcome.value.name else ""
            body += [f"state {number} evidence{both}", "\taction 0", f"\t\t{number} : 1"]
            continue
        name = order[step]
        parents = tuple(at[p] for p in network.tables[name].parents)
        moves: dict[int, list[str]] = {}
        for state, weight in zip(network.variable(name).states, rows[name][parents], strict=True):
            if weight == "0":
                continue
            if known.get(name, state) != state:
                key: ChainState = (-1, ())
            else:
                later = order[step + 1 :]
                needed = {p for n in later for p in network.tables[n].parents} | {outcome.variable}
                kept = {**at, name: state}
                key = (step + 1, tuple((n, s) for n, s in sorted(kept.items()) if n in needed))
            if key not in numbers:
                if len(numbers) >= MOST_STATES:
                    raise LimitError(f"a chain of more than {MOST_STATES} states")
                numbers[key] = len(states)
                states.append(key)
            moves.setdefault(numbers[key], []).append(weight)
        init = " init" if not number else ""
        body += [f"state {number}{init}", "\taction 0"]
        body += [f"\t\t{to} : {' + '.join(ws)}" for to, ws in sorted(moves.items())]
    lines += ["@reward_models", "", "@nr_states", str(len(states)), "@model", *body]
    return "\n".join(lines) + "\n"


def _growing(
    states: list[tuple[int, tuple[tuple[str, str], ...]]],
) -> Iterator[tuple[int, tuple[tuple[str, str], ...]]]:
    i = 0
    while i < len(states):
        yield states[i]
        i += 1


def _order(network: Network, used: frozenset[str], outcome: str) -> list[str]:
    """A topological order in which few variables are needed at a time, step by step."""
    children = {n: [c for c in sorted(used) if n in network.tables[c].parents] for n in used}
    done: list[str] = []
    waiting = sorted(used)
    while waiting:
        ready = [n for n in waiting if not set(network.tables[n].parents) & used - set(done)]

        def live(name: str) -> tuple[int, str]:
            drawn = {*done, name}
            kept = [n for n in sorted(drawn) if set(children[n]) - drawn or n == outcome]
            size = 1
            for n in kept:
                size *= network.size(n)
            return size, name

        best = min(ready, key=live)
        done.append(best)
        waiting.remove(best)
    return done


def _rows(
    network: Network, varying: Sequence[Entry]
) -> dict[str, dict[tuple[str, ...], list[str]]]:
    """Every row as texts, with parameters where something varies."""
    tables = freed(network, varying)
    found: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for name, table in network.tables.items():
        width = network.size(name)
        written = [str(t.value) if isinstance(t, Number) else "?" for t in table.entries]
        free = tables.get(name)
        for row, shares in () if free is None else free.shares.items():
            here = {
                place: f"t{i}"
                for (at, place), i in zip(free.places, free.unknowns, strict=True)
                if at == row
            }
            left = "-".join(["1", *here.values()])
            for i, share in enumerate(shares):
                value = share.value if isinstance(share, Number) else Fraction(0)
                part = f"{value}*({left})" if value else "0"
                written[row * width + i] = here.get(i, part)
        keys = product(*(network.variable(p).states for p in table.parents))
        found[name] = {key: written[i * width : (i + 1) * width] for i, key in enumerate(keys)}
    return found
