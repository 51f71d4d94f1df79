"""Bounds hold in every model of the graph, and are called sharp only where two models reach them."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations, product

import pytest

from symcausal import Model, parse
from symcausal.algebra.scalar import Number
from symcausal.derive.worksheet import same_form
from symcausal.expr.nodes import Prob, free_events
from symcausal.graph.graph import Graph
from symcausal.identify.bounds import natural_bounds
from symcausal.identify.question import Input
from symcausal.kernel.core.interpretation import exact, with_explicit_causes
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network, Table, Variable


def random_graph(rng: random.Random, count: int) -> Graph:
    """Arrows from left to right, hidden causes anywhere; sometimes a declared hidden variable."""
    names = "ABCDE"[:count]
    pairs = list(combinations(names, 2))
    hidden = [names[0]] if rng.random() < 0.2 else []
    return Graph(
        names,
        [pair for pair in pairs if rng.random() < 0.55],
        [pair for pair in pairs if rng.random() < 0.3],
        hidden,
    )


def random_network(graph: Graph, rng: random.Random) -> Network:
    """Positive fractions for every table; hidden causes have three states."""
    whole = with_explicit_causes(graph)
    states = {n: ("0", "1") if n in graph.nodes else ("0", "1", "2") for n in whole.nodes}
    tables = {}
    for name in whole.nodes:
        entries = []
        for _ in product(*(states[parent] for parent in whole.parents(name))):
            row = [rng.choice((1, 2, 9, 40)) for _ in states[name]]
            entries += [Number(Fraction(weight, sum(row))) for weight in row]
        tables[name] = Table(name, whole.parents(name), tuple(entries))
    return Network({n: Variable(n, s) for n, s in states.items()}, whole, tables)


def random_query(graph: Graph, rng: random.Random) -> Prob:
    """One or two treatments and outcomes, up to one condition."""
    names = [name for name in graph.nodes if name not in graph.hidden]
    rng.shuffle(names)
    outcomes, treatments = rng.choice(((1, 1), (1, 1), (2, 1), (1, 2)))
    rest = names[outcomes + treatments :]
    return Prob(
        free_events(names[:outcomes]),
        free_events(rest[: rng.choice((0, 0, 1))]),
        free_events(names[outcomes : outcomes + treatments]),
    )


def test_bounds_hold_in_random_models():
    """With conditions, several treatments, experiments, and the narrower ones too."""
    rng, met, narrower, late, experiments = random.Random(3), 0, 0, 0, 0
    while met < 150:
        graph = random_graph(rng, rng.choice((3, 4)))
        query = random_query(graph, rng)
        seen = tuple(n for n in graph.nodes if n not in graph.hidden)
        inputs = [Input(seen)]
        if len(query.do) == 2 and rng.random() < 0.7:
            (done, _) = query.do.variables
            inputs = [Input(tuple(n for n in seen if n != done), (done,))]
        found = natural_bounds(query, graph, inputs)
        if found is None:
            continue
        met += 1
        narrower += found.narrower is not None
        late += "Quotient" in repr(type(found.lower))
        experiments += bool(inputs[0].done)
        network = exact(random_network(graph, rng))
        letters = {name: name for name in seen}
        value = meaning(query, network, letters).values
        for one in (found, found.narrower):
            if one is not None:
                low, high = (meaning(e, network, letters).values for e in (one.lower, one.upper))
                assert all(a <= b <= c for a, b, c in zip(low, value, high, strict=True)), (
                    graph,
                    query,
                )
    assert min(narrower, late, experiments) > 5


@pytest.mark.parametrize(
    ("text", "query", "sharp"),
    [
        ("X -> Y; X <-> Y", "P(Y | do(X))", True),
        ("hidden U; U -> X; U -> Y; X -> Y", "P(Y | do(X))", True),
        ("X -> Y; X <-> Y; Y -> D; D <-> Y; X -> D", "P(Y | do(X))", True),
        ("X1 -> X2; X1 -> Y; X2 -> Y; X1 <-> Y; X2 <-> Y", "P(Y | do(X1, X2))", True),
        # what leads to the treatment shares a hidden cause with the outcome as well
        ("W -> X -> Y; W <-> Y; X <-> Y", "P(Y | do(X))", True),
        ("W -> X -> Y; W -> Y; W <-> Y; X <-> Y; W <-> X", "P(Y | do(X))", True),
        ("W -> X -> Y; W <-> Y; X <-> Y", "P(Y | do(W, X))", True),
        # an instrument, with an arrow or with a hidden cause in common
        ("Z -> X -> Y; X <-> Y", "P(Y | do(X))", False),
        ("Z <-> X; X -> Y; X <-> Y", "P(Y | do(X))", False),
        # P(y, z | do(x)) = P(y | do(x)) P(z | x)
        ("X -> Y; X <-> Y; X -> Z", "P(Y, Z | do(X))", False),
        # the law of what stands between is known
        ("X -> M -> Y; M <-> Y; X <-> Y", "P(Y | do(X))", False),
        # X1 may as well be seen: P(y, x2 | x1) is a better lower bound
        ("X1 -> X2; X1 -> Y; X2 -> Y; X2 <-> Y", "P(Y | do(X1, X2))", False),
    ],
)
def test_calls_sharp_what_is_sharp(text, query, sharp):
    """Each "no" has bounds that are narrower in some model."""
    model = Model.parse(text)
    assert natural_bounds(model.query(query), model.network.graph).sharp is sharp


def test_two_models_reach_sharp_bounds():
    """The outcome knows the treatments that it did not get by choice, and does anything then."""
    rng, met, above = random.Random(5), 0, 0
    while met < 40 or above < 5:
        graph = random_graph(rng, 3)
        query = random_query(graph, rng)
        found = None if graph.hidden else natural_bounds(query, graph)
        if found is None or not found.sharp:
            continue
        met += 1
        above += not set(graph.ancestors(query.do.variables)) <= set(query.do.variables)
        (outcome,), treated = query.outcome.variables, query.do.variables
        letters = {name: name for name in graph.nodes}
        reached = []
        for forced in ("0", "1"):
            network = exact(_knowing(graph, outcome, treated, forced, random.Random(met)))
            joint = Prob(free_events(graph.nodes))
            value = meaning(query, network, letters).values
            low, high = (meaning(e, network, letters).values for e in (found.lower, found.upper))
            at = list(product("01", repeat=len(letters)))
            place = list(letters).index(outcome)
            for states, a, b, c in zip(at, low, value, high, strict=True):
                assert b == (c if states[place] == forced else a)
            reached.append(meaning(joint, network, letters).values)
        assert list(reached[0]) == list(reached[1])


def _knowing(
    graph: Graph, outcome: str, treated: tuple[str, ...], forced: str, rng: random.Random
) -> Network:
    """A model in which the outcome knows how each treatment, and all before it, would be by itself.

    Each of these takes the sum of its parents and of the hidden cause that it shares with the
    outcome, modulo 2, so that the outcome can work it out. Where a treatment is not what it would be,
    the outcome is ``forced``.
    """
    whole = with_explicit_causes(graph)
    states = dict.fromkeys(whole.nodes, ("0", "1"))
    acting = [t for t in treated if t in graph.parents(outcome)]
    before = [n for n in graph.topological() if n in graph.ancestors(acting)]
    told = {t: next(u for u in whole.parents(t) if u not in graph.nodes and u in whole.parents(outcome))
            for t in before}  # fmt: skip

    def natural(name: str, above: dict[str, str]) -> str:
        return str((int(above[told[name]]) + sum(int(above[p]) for p in graph.parents(name))) % 2)

    tables = {}
    for name in whole.nodes:
        parents, entries = whole.parents(name), []
        for states_of in product("01", repeat=len(parents)):
            at = dict(zip(parents, states_of, strict=True))
            weight = Fraction(rng.randint(1, 7), 8)
            if name in before:
                weight = Fraction(int(natural(name, at)))
            elif name == outcome:
                known = {told[t]: at[told[t]] for t in before}
                for t in before:
                    known[t] = natural(t, known)
                if any(known[t] != at[t] for t in acting):
                    weight = Fraction(int(forced))
            entries += [Number(1 - weight), Number(weight)]
        tables[name] = Table(name, parents, tuple(entries))
    return Network({n: Variable(n, s) for n, s in states.items()}, whole, tables)


def test_an_instrument_narrows():
    """Within each of its values the effect is the same."""
    model = Model.parse("Z -> X -> Y; X <-> Y")
    found = natural_bounds(model.query("P(Y | do(X))"), model.network.graph)
    assert found.narrower.every == ("Z",)
    assert same_form(found.lower, parse("P(X, Y)"))
    assert same_form(found.upper, parse("P(X, Y) + 1 - P(X)"))
    assert same_form(found.narrower.lower, parse("P(X, Y | Z)"))
    assert same_form(found.narrower.upper, parse("P(X, Y | Z) + 1 - P(X | Z)"))


@pytest.mark.parametrize(
    ("query", "given", "lower"),
    [
        ("P(Y | do(X, Z))", "P(X, Y | do(Z))", "P(X, Y | do(Z))"),
        ("P(Y | do(X))", "P(X, Y)", "P(X, Y)"),
        ("P(Y | do(X))", "P(X, Y | do(Z))", None),  # nobody left Z alone
        ("P(Y | do(X))", "P(X, Z)", None),
    ],
)
def test_bounds_speak_of_what_is_given(query, given, lower):
    """An experiment that sets a part of the treatments will do as well."""
    answer = Model.parse("Z -> X -> Y; Z -> Y; X <-> Y; Z <-> Y").identify(query, given=given)
    assert not answer.identifiable
    if lower is None:
        assert answer.bounds is None
    else:
        assert same_form(answer.bounds.lower, parse(lower))
