"""Independences of what would have been, as notes write them, beside laws that are enumerated."""

from __future__ import annotations

from collections import Counter
from itertools import product
from random import Random

import pytest

from symcausal import check
from symcausal.expr.nodes import Copy, Imposed, State
from symcausal.graph.graph import Graph
from symcausal.model import Model
from symcausal.network.network import Network
from symcausal.notes.judging.setting import setting_of
from symcausal.notes.judging.several_worlds import judge_copies
from symcausal.reading.independence import WrittenIndependence
from tests.support.depth import many
from tests.support.functional import FunctionalModel
from tests.worlds.test_monotone import random_graph

PLAIN = "X -> Y"
BOW = "X -> Y; X <-> Y"
BACK = "C -> X; C -> Y; X -> Y"
MEDIATED = "X -> M -> Y; X -> Y"
JOINED = "X -> M -> Y; X -> Y; M <-> Y"
IV = "Z -> X -> Y; X <-> Y"
WRITTEN = [
    # ignorability, alone and given what is seen
    (PLAIN, r"Y_x \perp X", "holds"),
    (BOW, r"Y_x \perp X", "fails"),
    (BACK, r"Y_x \perp X \mid C", "holds"),
    (BACK, r"Y_x \perp X", "fails"),
    (BACK, r"(Y_0, Y_1) \perp\!\!\!\perp X \mid C", "holds"),
    (PLAIN, r"(Y_1, Y_0) \perp X", "holds"),
    (PLAIN, r"Y(1) \perp X", "holds"),
    (BOW, r"Y(1) \perp X", "fails"),
    (BOW, r"Y^{x} \perp X", "fails"),
    ("C -> X; C -> Y; X -> Y; X <-> Y", r"Y_x \perp X \mid C", "fails"),
    # what is denied
    (BOW, r"Y_x \not\perp X", "holds"),
    (PLAIN, r"Y_x \not\perp X", "fails"),
    # sequential ignorability, and what confounds the mediator
    (MEDIATED, r"Y_{x,m} \perp M_{x'}", "holds"),
    (JOINED, r"Y_{x,m} \perp M_{x'}", "fails"),
    (MEDIATED, r"Y_{x,m} \perp M \mid X", "holds"),
    (MEDIATED, r"Y_{x} \perp M \mid X", "fails"),
    # instruments
    (IV, r"(Y_{X=0}, Y_{X=1}, X_{Z=0}, X_{Z=1}) \perp Z", "holds"),
    (IV, r"Y_{x} \perp X_{z}", "fails"),
    ("Z -> X -> Y; Z -> Y; X <-> Y", r"Y_x \perp Z", "fails"),
    ("Z -> X -> Y; X <-> Y", r"Y_x \perp Z", "holds"),
    # what a variable would have been under two actions rests on one function
    (PLAIN, r"Y_{X=0} \perp Y_{X=1}", "fails"),
    # a collider: seeing the effect joins what would have been with its cause
    (PLAIN, r"Y_x \perp X \mid Y", "fails"),
    # a mechanism
    ("Y := X xor M", r"Y_x \perp X", "holds"),
    ("Y := X xor M", r"Y_x \perp X \mid M", "holds"),  # given M it is certain
    ("Y := X xor M", r"Y_x \perp M", "fails"),
    # what is supposed is not judged as a claim
    (BOW, r"Suppose that $Y_x \perp X$.", "undecided"),
    # a number where nothing says what it sets, or where it would set what does not act
    (PLAIN, r"X_0 \perp X_1", "undecided"),
    (PLAIN, r"X_1 \perp Y", "undecided"),
]


@pytest.mark.parametrize(("model", "text", "expected"), WRITTEN)
def test_a_written_independence(model: str, text: str, expected: str) -> None:
    (found,) = check(text if "$" in text else f"We have ${text}$.", model=model).claims
    assert found.verdict in (expected, "unreadable" if expected == "undecided" else expected)


def test_what_rests_on_several_worlds_is_said() -> None:
    (found,) = check(r"$Y_x \perp X$", model=PLAIN).claims
    assert "across worlds" in found.reason
    (alone,) = Model(PLAIN).check(r"$Y_x \perp X$", worlds="single").claims
    assert alone.verdict == "undecided"


def drawn(rng: Random, graph: Graph) -> list[Copy]:
    """Three copies; the last may be what is given."""
    found = list[Copy]()
    while len(found) < 3:
        name = rng.choice("ABCC")
        chosen = [n for n in graph.nodes if n < name and rng.random() < 0.5]
        settings = tuple(Imposed(n, State(rng.choice("01"))) for n in chosen)
        if Copy(name, settings) not in found:
            found.append(Copy(name, settings))
    return found


def is_product(oracle: FunctionalModel, one: Copy, other: Copy, given: list[Copy]) -> bool:
    for values in product((0, 1), repeat=2 + len(given)):
        seen = list(zip(given, values[2:], strict=True))
        both = oracle.share([(one, values[0]), (other, values[1])], seen)
        alone = oracle.share([(one, values[0])], seen), oracle.share([(other, values[1])], seen)
        if both is None or alone[0] is None or alone[1] is None:
            continue
        if both != alone[0] * alone[1]:
            return False
    return True


def judged(seeds: range) -> Counter[str]:
    words = Counter[str]()
    for seed in seeds:
        rng = Random(seed)
        graph = random_graph(rng, 2)
        one, other, third = drawn(rng, graph)
        given = [third] if rng.random() < 0.5 else []
        names = (("one",), ("other",), ("third",) if given else ())
        said = WrittenIndependence(*names, copies=((one,), (other,), tuple(given)))
        declared = "; ".join([f"{n}: no, yes" for n in graph.nodes])
        network = Model.parse("; ".join([declared, *graph.edges])).network
        assert isinstance(network, Network)
        verdict = judge_copies(renamed(said), setting_of(network))
        words[verdict.word] += 1
        oracles = (FunctionalModel(plain(graph), Random(again), 2, most=5) for again in range(4))
        alike = all(is_product(oracle, one, other, given) for oracle in oracles)
        if verdict.word != "undecided":
            assert alike == (verdict.word == "holds"), (graph, said, verdict.reason)
    return words


def plain(graph: Graph) -> Graph:
    return Graph(graph.nodes, graph.directed, graph.bidirected)


def renamed(said: WrittenIndependence) -> WrittenIndependence:
    """The same with states that are declared, and so are all that there are."""
    assert said.copies is not None
    called = {"0": "no", "1": "yes"}

    def named(copy: Copy) -> Copy:
        return Copy(
            copy.variable,
            tuple(
                Imposed(s.variable, State(called[s.value.name]))
                for s in copy.settings
                if isinstance(s.value, State)
            ),
        )

    left, right, given = (tuple(map(named, part)) for part in said.copies)
    return WrittenIndependence(said.left, said.right, said.given, copies=(left, right, given))


def test_a_verdict_is_that_of_enumerated_laws() -> None:
    words = judged(range(30))
    assert min(words["holds"], words["fails"]) > 2


@pytest.mark.slow
def test_verdicts_are_those_of_enumerated_laws() -> None:
    words = judged(range(30, 30 + many(500)))
    assert min(words["holds"], words["fails"]) > 50
