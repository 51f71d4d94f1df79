"""How many times faster separation is here than by networkx, on the same random questions.

Both answer every question about every graph in one process, in turns, and have to agree. The graphs
are built beforehand for both, without bidirected edges, which networkx does not have.
Run it by ``python -m tests.benchmarks.separation [ROUNDS]``.
"""

from __future__ import annotations

import sys
from random import Random
from statistics import median
from time import perf_counter

import networkx as nx

from symcausal.graph.graph import Graph
from symcausal.graph.separation import separated

GRAPHS, QUESTIONS = 40, 25
SIZES = (10, 50)
Question = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
Case = tuple[Graph, nx.DiGraph, list[Question]]


def cases(size: int) -> list[Case]:
    """Random graphs with about two parents per variable, and questions to each."""
    random, made = Random(size), []
    for _ in range(GRAPHS):
        names = [f"V{i}" for i in range(size)]
        chance = 4 / (size - 1)
        pairs = [(a, b) for i, b in enumerate(names) for a in names[:i] if random.random() < chance]
        questions: list[Question] = []
        for _ in range(QUESTIONS):
            drawn = random.sample(names, 2 + random.randint(0, size // 4))
            questions.append(((drawn[0],), (drawn[1],), tuple(drawn[2:])))
        known = nx.DiGraph(pairs)
        known.add_nodes_from(names)
        made.append((Graph(names, pairs), known, questions))
    return made


def measured(size: int, rounds: int) -> tuple[float, float]:
    """Median seconds per question, here and by networkx, after one round to warm up."""
    made = cases(size)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds + 1):
        start = perf_counter()
        here = [separated(graph, *question) for graph, _, asked in made for question in asked]
        middle = perf_counter()
        there = [
            nx.is_d_separator(known, set(x), set(y), set(z))
            for _, known, asked in made
            for x, y, z in asked
        ]
        end = perf_counter()
        if here != there:
            raise SystemExit("the two disagree")
        ours.append((middle - start) / len(here))
        theirs.append((end - middle) / len(there))
    return median(ours[1:]), median(theirs[1:])


def report(rounds: int) -> None:
    """Print a line per size."""
    for size in SIZES:
        ours, theirs = measured(size, rounds)
        sys.stdout.write(
            f"{size} nodes: networkx {theirs * 1e6:.1f} us, "
            f"symcausal {ours * 1e6:.1f} us, ratio {theirs / ours:.1f}\n"
        )


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
