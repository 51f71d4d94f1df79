"""Identification beside other packages: right or wrong, how long the formula, how fast.

Run with ``make peers``: y0, pyAgrum, causaleffect and pgmpy (the dependency group ``peers``) want an
environment of their own. All answer the same random
queries in one run. A formula is right if it has the value of the query in random models with hidden
causes, for all values of its free letters; ``tests.identify.oracle`` decides, for us as for them.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable
from itertools import combinations, pairwise

from symcausal.expr.build import ONE, prob, product, total
from symcausal.expr.nodes import Event, Events, Expr, Letter, Prob, Quotient, free_events
from symcausal.graph.graph import Graph
from symcausal.identify.estimand import estimand
from symcausal.identify.identification import Identified, identify, is_identifiable
from symcausal.identify.question import Hedge
from symcausal.identify.tidy import terms
from symcausal.rules.rule import Context
from tests.benchmarks.identify_pgmpy import ask_pgmpy
from tests.identify.oracle import HiddenModel

NOT_IDENTIFIABLE = None
Answer = Expr | None
Peer = Callable[[Graph, list[str], list[str], list[str]], Answer]


def letters(names) -> Events:
    """Variables with their free values, in a fixed order."""
    return Events(Event(name, Letter(name)) for name in names)


# -- the packages ---------------------------------------------------------------------------------
def ours(graph, outcome, do, given) -> Answer:
    """The derived and shortened estimand."""
    query = Prob(free_events(outcome), free_events(given), free_events(do))
    answer = identify(query, Context(graph), dict.fromkeys(graph.nodes, ("0", "1")))
    return answer.estimand if isinstance(answer, Identified) else NOT_IDENTIFIABLE


def ours_plain(graph, outcome, do, given) -> Answer:
    """The estimand without a derivation."""
    answer = estimand(graph, outcome, do, given)
    return NOT_IDENTIFIABLE if isinstance(answer, Hedge) else answer


def y0(graph, outcome, do, given) -> Answer:
    """``y0.algorithm.identify.identify_outcomes``."""
    from y0.algorithm.identify import identify_outcomes
    from y0.dsl import Variable

    found = identify_outcomes(
        y0_graph(graph),
        outcomes=set(map(Variable, outcome)),
        treatments=set(map(Variable, do)),
        conditions=set(map(Variable, given)) or None,
    )
    return NOT_IDENTIFIABLE if found is None else from_y0(found)


def y0_graph(graph):
    """A graph as y0 has it."""
    from y0.dsl import Variable
    from y0.graph import NxMixedGraph

    made = NxMixedGraph.from_str_edges(directed=graph.directed, undirected=graph.bidirected)
    for name in graph.nodes:
        made.add_node(Variable(name))
    return made


def from_y0(found) -> Expr:
    """A formula of y0; the letter of a variable is its name, bound by the nearest sum."""
    match type(found).__name__:
        case "One":
            return ONE
        case "Probability":
            sides = (found.distribution.children, found.distribution.parents)
            return prob(*(letters(v.name for v in side) for side in sides))
        case "Product":
            return product(map(from_y0, found.expressions))
        case "Sum":
            return total(letters(v.name for v in found.ranges), from_y0(found.expression))
        case "Fraction":
            return Quotient(from_y0(found.numerator), from_y0(found.denominator))
    raise TypeError(type(found))


def causaleffect(graph, outcome, do, given) -> Answer:
    """``causaleffect.ID``, which also takes conditions."""
    import causaleffect as package

    edges = [f"{a}->{b}" for a, b in graph.directed] + [f"{a}<->{b}" for a, b in graph.bidirected]
    made = package.createGraph(edges, verbose=False)
    found = package.ID(set(outcome), set(do), made, cond=set(given), verbose=False)
    return from_causaleffect(found) if found.identifiable else NOT_IDENTIFIABLE


def from_causaleffect(found) -> Expr:
    """A formula of causaleffect: a sum of a product, over a divisor."""
    if found._recursive:
        body = product(map(from_causaleffect, found._children))
    else:
        body = prob(letters(found._var), letters(found._cond))
    body = total(letters(found._sumset), body)
    return Quotient(body, from_causaleffect(found._divisor)) if found._fraction else body


def pyagrum(graph, outcome, do, given) -> Answer:
    """``pyagrum.causal.causalImpact``."""
    import pyagrum as gum
    import pyagrum.causal as csl

    network = gum.BayesNet()
    for name in graph.nodes:
        network.add(gum.LabelizedVariable(name, name, 2))
    for pair in graph.directed:
        network.addArc(*pair)
    network.generateCPTs()
    hidden = [(f"u{i}", pair) for i, pair in enumerate(graph.bidirected)]
    model = csl.CausalModel(network, hidden, True)
    found, _, _ = csl.causalImpact(model, on=set(outcome), doing=set(do), knowing=set(given))
    if found is None or not found.isIdentified():
        return NOT_IDENTIFIABLE
    return from_pyagrum(found.toDict())


def from_pyagrum(found) -> Expr:
    """A formula of pyAgrum."""
    match found["op"]:
        case "P":
            return prob(letters(found["vars"]), letters(found.get("knowing", ())))
        case "joint":
            return prob(letters(found["vars"]))
        case "*":
            return product((from_pyagrum(found["op1"]), from_pyagrum(found["op2"])))
        case "/":
            return Quotient(from_pyagrum(found["op1"]), from_pyagrum(found["op2"]))
        case "sum":
            names = found["var"] if isinstance(found["var"], list) else [found["var"]]
            return total(letters(names), from_pyagrum(found["term"]))
    raise TypeError(found["op"])


PEERS: dict[str, Peer] = {
    "symcausal": ours,
    "symcausal, plain": ours_plain,
    "y0": y0,
    "pyAgrum": pyagrum,
    "causaleffect": causaleffect,
}


# -- right or wrong -------------------------------------------------------------------------------
def question(rng: random.Random):
    """A graph of three to seven variables and a query; every variable has an edge."""
    while True:
        names = [f"V{i}" for i in range(rng.randint(3, 7))]
        pairs = list(combinations(names, 2))
        directed = [pair for pair in pairs if rng.random() < rng.choice((0.4, 0.6))]
        bidirected = [pair for pair in pairs if rng.random() < rng.choice((0.1, 0.3))][:9]
        if {name for pair in (*directed, *bidirected) for name in pair} == set(names):
            break
    rest = names[:-1]
    rng.shuffle(rest)
    do = rest[: rng.choice((1, 1, 2))]
    given = rest[len(do) :][: rng.choice((0, 0, 1))]
    return Graph(names, directed, bidirected), [names[-1]], do, given


def verdict(answer: Answer, possible: bool, query: Prob, graph: Graph, rng) -> str:
    """What became of one answer."""
    if answer is NOT_IDENTIFIABLE:
        return "refused" if possible else "right no"
    if not possible:
        return "wrong"
    sizes = dict.fromkeys(graph.nodes, 2)
    try:
        right = all(HiddenModel(graph, rng, sizes).same(query, answer) for _ in range(2))
    except (ZeroDivisionError, TypeError):
        return "wrong"
    return "right" if right else "wrong"


def outcomes(graph, outcome, do, given, rng) -> tuple[dict[str, str], dict[str, Answer]]:
    """Ask all packages one question: what became of it, and what they said."""
    query = Prob(free_events(outcome), free_events(given), free_events(do))
    possible = is_identifiable(graph, outcome, do, given)
    found, kinds = {}, {}
    for name, ask in PEERS.items():
        try:
            found[name] = ask(graph, outcome, do, given)
        except Exception as error:
            answer = type(error).__name__.lower()
            if "identif" not in answer and "hedge" not in answer:
                kinds[name] = "crash"
                continue
            found[name] = NOT_IDENTIFIABLE
        kinds[name] = verdict(found[name], possible, query, graph, rng)
    return kinds, found


def compare(count: int, seed: int) -> None:
    """Ask all packages the same questions."""
    rng = random.Random(seed)
    ended = {name: Counter() for name in PEERS}
    lengths = {name: Counter() for name in PEERS}
    for _ in range(count):
        graph, outcome, do, given = question(rng)
        kinds, found = outcomes(graph, outcome, do, given, rng)
        for name, kind in kinds.items():
            ended[name][kind] += 1
            # Only right formulas are compared: a wrong one may be as short as it likes.
            if kind == "right" and kinds["symcausal"] == "right":
                lengths[name]["theirs"] += terms(found[name])
                lengths[name]["ours"] += terms(found["symcausal"])
    report(f"{count} random queries, 3 to 7 variables", ended, lengths)


def report(
    title: str, ended: dict[str, Counter], lengths: dict[str, Counter] | None = None
) -> None:
    """What became of the queries, a line for each package."""
    print(title)
    columns = (("right", 8), ("right no", 10), ("wrong", 8), ("refused", 9), ("crash", 7))
    shown = "".join(f"{name:>{width}}" for name, width in columns)
    print(f"{'':18}{shown}{'   terms / ours' if lengths else ''}")
    for name, kinds in ended.items():
        shown = "".join(f"{kinds[kind]:>{width}}" for kind, width in columns)
        size = f"   {lengths[name]['theirs']} / {lengths[name]['ours']}" if lengths else ""
        print(f"{name:18}{shown}{size}")


# -- known weaknesses -------------------------------------------------------------------------------
FAMILIES: dict[str, tuple[str, str, list[str], list[str], list[str]]] = {
    "napkin": ("W->Z Z->X X->Y", "W-X W-Y", ["Y"], ["X"], []),
    "napkin, two below": ("W->Z Z->X X->T T->Y", "W-X W-T", ["Y"], ["X"], []),
    "napkin, conditional": ("W->Z Z->X X->Y", "W-X W-Y", ["Y"], ["X"], ["Z"]),
    "condition lost in a factor": ("X->Z Z->Y W->Y", "X-W X-Y", ["Y"], ["X"], ["Z"]),
    "condition below the treatment": ("Y->X X->Z", "", ["Y"], ["X"], ["Z"]),
    "mediator seen": ("X->Z Z->Y W->X W->Y", "", ["Y"], ["X"], ["Z"]),
    "quotient in a quotient": ("W->Y Z->X X->Y Z->T", "W-Z Z-Y", ["Y"], ["X"], ["W"]),
}


def families(seed: int) -> None:
    """The graphs on which packages have gone wrong before."""
    rng = random.Random(seed)
    print(f"{'':32}{''.join(f'{name:>18}' for name in PEERS)}")
    for title, (arrows, joins, *asked) in FAMILIES.items():
        directed = [tuple(edge.split("->")) for edge in arrows.split()]
        bidirected = [tuple(edge.split("-")) for edge in joins.split()]
        names = dict.fromkeys(n for pair in (*directed, *bidirected) for n in pair)
        kinds = outcomes(Graph(names, directed, bidirected), *asked, rng)[0]
        print(f"{title:32}{''.join(f'{kinds[name]:>18}' for name in PEERS)}")


def seen(count: int, seed: int) -> None:
    """``query(do=, evidence=)`` of pgmpy, which takes tables with nothing hidden."""
    ended = Counter(ask_pgmpy(random.Random(f"{seed} {i}")) for i in range(count))
    report(f"{count} random queries of tables, nothing hidden", {"pgmpy": ended})


# -- speed ----------------------------------------------------------------------------------------
def race(size: int, count: int, seed: int) -> None:
    """Verdict and estimand on graphs of one size, the packages in turn."""
    rng = random.Random(seed)
    racers = {n: PEERS[n] for n in ("symcausal, plain", "y0", "causaleffect")}
    times: dict[str, list[float]] = {name: [] for name in racers}
    for _ in range(count):
        names = [f"V{i}" for i in range(size)]
        directed = [p for p in combinations(names, 2) if rng.random() < 3 / size]
        directed += [(a, b) for a, b in pairwise(names) if (a, b) not in directed]
        bidirected = [p for p in combinations(names, 2) if rng.random() < 1 / size]
        graph = Graph(names, directed, bidirected)
        question = ([names[-1]], [names[size // 2]], [])
        for name, ask in racers.items():
            start = time.perf_counter()
            try:
                ask(graph, *question)
            except Exception:
                continue
            times[name].append(time.perf_counter() - start)
    own = statistics.median(times["symcausal, plain"])
    print(f"{size} variables, medians of {count}: ours {own * 1e6:.0f} us")
    for name, seconds in times.items():
        if name != "symcausal, plain" and seconds:
            middle = statistics.median(seconds)
            ratio = f"{middle / own:6.0f} times ours ({len(seconds)} answered)"
            print(f"  {name:14}{middle * 1e3:8.2f} ms, {ratio}")


def main() -> None:
    """Compare and race."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--races", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    compare(chosen.queries, chosen.seed)
    families(chosen.seed)
    seen(chosen.queries, chosen.seed)
    for size in (10, 50):
        race(size, chosen.races, chosen.seed)


if __name__ == "__main__":
    main()
