"""Queries of several worlds beside y0, from all experiments: verdicts, and how long they take.

Run with ``make peers``. What is asked names no copy within a copy, which y0 does not read. Whether data
determine a query is known from its gradient at an enumerated functional model: where this says no, there
is no formula; where it says yes, there is one near that model. All variables have two states; y0 knows
of none, and does not use them.
"""

from __future__ import annotations

import argparse
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

from symcausal import Model, SymcausalError
from symcausal.expr.nodes import Copy, CopyEvents, Counterfactual, State
from symcausal.graph.graph import Graph
from symcausal.identify.question import experiments
from tests.benchmarks.identify_peers import y0_graph
from tests.worlds.random_worlds import asked, drawn_graph, model_of, oracle_of

Verdict = bool | None  # None where a package refuses
Asked = Callable[[Graph, Model, Counterfactual], Verdict]


def ours(_: Graph, model: Model, query: Counterfactual) -> Verdict:
    """``Model.identify``, with its derivation, and two models where there is none."""
    try:
        return model.identify(query, given="experiments").identifiable
    except SymcausalError:
        return None


def y0(graph: Graph, _: Model, query: Counterfactual) -> Verdict:
    """``id_star`` and ``idc_star``."""
    from y0.algorithm.identify import Unidentifiable
    from y0.algorithm.identify.id_star import id_star
    from y0.algorithm.identify.idc_star import idc_star
    from y0.dsl import Variable

    def at(name: str, state: str) -> object:
        return +Variable(name) if state == "1" else -Variable(name)

    def events(found: CopyEvents) -> dict[object, object]:
        told = {}
        for event in found:
            variable: object = Variable(event.copy.variable)
            set_to = [
                at(s.variable, s.value.name)
                for s in event.copy.settings
                if isinstance(s.value, State)
            ]
            if set_to:
                variable = variable @ set_to
            told[variable] = at(event.copy.variable, event.value.name)
        return told

    mixed = y0_graph(graph)
    try:
        if query.given:
            idc_star(mixed, events(query.outcome), events(query.given))
        else:
            id_star(mixed, events(query.outcome))
    except Unidentifiable:
        return False
    except Exception:
        return None  # whatever a package ends in
    return True


PEERS: dict[str, Asked] = {"symcausal": ours, "y0": y0}


def questions(count: int, seed: int) -> Iterator[tuple[Graph, Counterfactual, bool]]:
    """Random queries without nests, and whether all experiments determine them."""
    rng = Random(seed)
    while count:
        graph, sizes, _ = drawn_graph(rng)
        if len(graph.nodes) > 3 or set(sizes.values()) != {2}:
            continue
        oracle, unseen = oracle_of(graph, sizes, experiments(graph), rng)
        for _ in range(6):
            query = asked(rng, graph, sizes)
            copies = [event.copy for event in (*query.outcome, *query.given)]
            told = oracle.determines(unseen, query)
            nested = any(isinstance(s.value, Copy) for copy in copies for s in copy.settings)
            if nested or told is None or not any(copy.settings for copy in copies):
                continue
            yield graph, query, told
            count -= 1
            if not count:
                return


def compare(count: int, seed: int) -> None:
    """Ask all packages, and print what became of it."""
    ended = {name: Counter[str]() for name in PEERS}
    times: dict[str, list[float]] = {name: [] for name in PEERS}
    for graph, query, told in questions(count, seed):
        model = model_of(graph, dict.fromkeys(graph.nodes, 2))
        for name, ask in PEERS.items():
            start = time.perf_counter()
            said = ask(graph, model, query)
            times[name].append(time.perf_counter() - start)
            kind = "refused" if said is None else "right" if said is told else "wrong"
            ended[name][f"{kind} {'yes' if said else 'no'}" if said is not None else kind] += 1
    print(f"{count} queries of several worlds, 3 variables with two states, from all experiments")
    kinds = ("right yes", "right no", "wrong yes", "wrong no", "refused")
    print(f"{'':12}{''.join(f'{kind:>11}' for kind in kinds)}{'median':>12}")
    for name, found in ended.items():
        middle = statistics.median(times[name]) * 1e3
        print(f"{name:12}{''.join(f'{found[kind]:>11}' for kind in kinds)}{middle:>9.1f} ms")


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    compare(chosen.queries, chosen.seed)


if __name__ == "__main__":
    main()
