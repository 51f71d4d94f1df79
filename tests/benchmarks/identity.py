"""How much faster equality is judged than by ``sympy.simplify``, as ratios of times in one run.

Asked is whether a form worked out by hand equals the marginal: the factorised sum with its sums pushed
inside, against ``P(last)``. SymPy gets both sides as expressions in the table entries, made by two
orders of elimination, outside the time that is taken; it is stopped after a minute, and then the ratio
is a lower bound. Each of our own times is that of a fresh random model with nothing remembered. Run it
by ``python -m tests.benchmarks.identity``.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise, product
from statistics import median
from time import perf_counter

import sympy

from symcausal.expr import build
from symcausal.expr.nodes import Expr, Prob, free_events
from symcausal.graph.graph import Graph
from symcausal.kernel.core.identity import identical, points

STATES = ("0", "1")
PATIENCE = 60.0
ROUNDS = 15
GOALS = {"asia": 1_500, "chain 12": 50_000}
ASIA = ("A T", "S L", "S B", "T E", "L E", "E X", "E D", "B D")
# the sizes of the well-known alarm network: 37 variables, 46 arrows, at most four parents
ALARM_SIZE, ALARM_ARROWS = 37, 46


def chain(length: int) -> Graph:
    """``X0 -> X1 -> ...``."""
    names = [f"X{i}" for i in range(length)]
    return Graph(names, list(pairwise(names)))


def asia() -> Graph:
    """The chest clinic."""
    return Graph(list("ASTLBEXD"), [tuple(arrow.split()) for arrow in ASIA])


def alarm_like() -> Graph:
    """A random graph of the alarm network's size, arrows mostly between near variables."""
    rng = random.Random(37)
    names = [f"X{i}" for i in range(ALARM_SIZE)]
    arrows: set[tuple[str, str]] = set()
    parents = dict.fromkeys(names, 0)
    while len(arrows) < ALARM_ARROWS:
        effect = rng.randrange(1, ALARM_SIZE)
        cause = max(0, effect - rng.randint(1, 5))
        if parents[names[effect]] < 4 and (names[cause], names[effect]) not in arrows:
            arrows.add((names[cause], names[effect]))
            parents[names[effect]] += 1
    return Graph(names, sorted(arrows))


def factorised(graph: Graph, kept: str) -> Expr:
    """The sum over everything else of the product of all tables, each sum pushed inside."""
    factors: list[Expr] = [
        build.prob(free_events([n]), free_events(graph.parents(n))) for n in graph.topological()
    ]
    for name in reversed(graph.topological()):
        if name == kept:
            continue
        (event,) = free_events([name])
        held = [f for f in factors if name in _letters(f)]
        factors = [f for f in factors if name not in _letters(f)]
        factors.append(build.total((event,), build.product(held)))
    return build.product(factors)


def _letters(formula: Expr) -> set[str]:
    from symcausal.expr.scope import free_letters

    return set(free_letters(formula))


def seconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of a call."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return median(times)


def ours(graph: Graph, kept: str, *, whole: bool = False) -> float:
    """Seconds for one judgement; ``whole`` counts drawing the random models, too."""
    left, right = Prob(free_events([kept])), factorised(graph, kept)
    states = dict.fromkeys(graph.nodes, STATES)
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        at = points(graph, states)
        if not whole:
            start = perf_counter()
        assert identical(left, right, at)
        times.append(perf_counter() - start)
    return median(times)


# -- SymPy ----------------------------------------------------------------------------------------
Cell = Mapping[tuple[str, ...], sympy.Expr]


def closed_forms(graph: Graph, kept: str) -> tuple[sympy.Expr, sympy.Expr]:
    """``P(kept = 0)`` by elimination from the roots down, and from the leaves up."""
    order = [name for name in graph.topological() if name != kept]
    return _eliminated(graph, order), _eliminated(graph, order[::-1])


def _eliminated(graph: Graph, order: Sequence[str]) -> sympy.Expr:
    pool: list[tuple[tuple[str, ...], Cell]] = []
    for name in graph.nodes:
        scope = (*graph.parents(name), name)
        cells = {}
        for place in product((0, 1), repeat=len(scope)):
            symbol = sympy.Symbol(f"{name}_{''.join(map(str, place[:-1]))}", positive=True)
            cells[place] = 1 - symbol if place[-1] else symbol
        pool.append((scope, cells))
    for name in order:
        held = [table for table in pool if name in table[0]]
        pool = [table for table in pool if name not in table[0]]
        scope = tuple(dict.fromkeys(v for s, _ in held for v in s if v != name))
        cells = {}
        for place in product((0, 1), repeat=len(scope)):
            cells[place] = sum(
                (_product_at(held, {**dict(zip(scope, place, strict=True)), name: state})
                 for state in (0, 1)),
                sympy.Integer(0),
            )  # fmt: skip
        pool.append((scope, cells))
    kept = next(s for s, _ in pool if s)
    return _product_at(pool, dict.fromkeys(kept, 0))


def _product_at(
    tables: Sequence[tuple[tuple[str, ...], Cell]], at: Mapping[str, int]
) -> sympy.Expr:
    result = sympy.Integer(1)
    for scope, cells in tables:
        result *= cells[tuple(at[v] for v in scope)]
    return result


def _simplified(left: sympy.Expr, right: sympy.Expr) -> None:
    if sympy.simplify(left - right) != 0:
        raise AssertionError("SymPy finds them different")


def simplify(graph: Graph, kept: str) -> tuple[float, bool]:
    """Seconds of ``simplify(left - right) == 0``, and whether it came to an end."""
    left, right = closed_forms(graph, kept)
    process = multiprocessing.get_context("fork").Process(target=_simplified, args=(left, right))
    start = perf_counter()
    process.start()
    process.join(PATIENCE)
    took, ended = perf_counter() - start, not process.is_alive()
    if not ended:
        process.terminate()
        process.join()
    return took, ended


def ratios() -> dict[str, float]:
    """How many times faster, by network, printed on the way."""
    found = {}
    for name, graph, kept in (("asia", asia(), "D"), ("chain 12", chain(12), "X11")):
        mine, whole = ours(graph, kept), ours(graph, kept, whole=True)
        theirs, ended = simplify(graph, kept)
        found[name] = theirs / mine
        more = "" if ended else "more than "
        print(
            f"{name}: {1e3 * mine:.3f} ms ({1e3 * whole:.3f} with drawing the models), "
            f"simplify {more}{theirs:.2f} s, ratio {more}{found[name]:,.0f} "
            f"(goal {GOALS[name]:,})"
        )
    return found


def growth() -> dict[int, float]:
    """Seconds by the length of a chain."""
    return {n: ours(chain(n), f"X{n - 1}") for n in (6, 12, 24, 48)}


def alarm() -> float:
    """Seconds for the network of alarm's size, the models drawn."""
    return ours(alarm_like(), f"X{ALARM_SIZE - 1}", whole=True)


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    for length, took in growth().items():
        print(f"chain {length}: {1e3 * took:.3f} ms")
    print(f"37 variables: {1e3 * alarm():.2f} ms")
    ratios()
