"""The value at one place is the entry of the formula's table there."""

from __future__ import annotations

import random

from symcausal.algebra.field import MERSENNE_127
from symcausal.expr.nodes import (
    Event,
    Events,
    Expr,
    Letter,
    Prob,
    Quotient,
    State,
    Sum,
    free_events,
)
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.kernel.core.identity import Probe, points
from symcausal.kernel.core.meaning import meaning
from symcausal.kernel.quick import Glance, Place
from tests.kernel.test_identity import pairs

GRAPH = Graph("XY", [("X", "Y")])
STATES = {"X": ("0", "1", "2"), "Y": ("0", "1")}


class Chosen:
    """Draws the states that a test wants."""

    def __init__(self, states: list[int]) -> None:
        self.states = states

    def randrange(self, start: int, stop: int) -> int:
        """The next of them."""
        assert start <= self.states[0] < stop
        return self.states.pop(0)


def test_is_the_entry_of_the_table():
    """Over random formulas, at random places."""
    seen = 0
    for left, right, graph, states, _ in pairs():
        (at,) = points(graph, states)
        for formula in (left, right):
            letters, rng = free_letters(formula), random.Random(seen)
            place = [rng.randrange(len(at.states_of(v))) for v in letters.values()]
            number = 0
            for state, variable in zip(place, letters.values(), strict=True):
                number = number * len(at.states_of(variable)) + state
            found = Place(at, MERSENNE_127, letters, Chosen(place)).value(formula)
            if found is not None:
                assert found == meaning(formula, at, letters).values[number]
                seen += 1
    assert seen > 300, "most formulas have a value that is quickly found"


def test_never_denies_what_is_true():
    """Equal formulas may agree; most others are told apart at once."""
    told = 0
    for left, right, graph, states, _ in pairs():
        letters = {**free_letters(left), **free_letters(right)}
        try:
            at = points(graph, states)
            true = Probe(left, at, letters).agrees(right)
            maybe = Glance(left, at[0], letters).may_agree(right)
        except ZeroDivisionError:
            continue
        assert maybe or not true
        told += not maybe
    assert told > 60


def test_leaves_what_it_cannot_see_to_others():
    """Zero below, a letter that is another variable's, too many terms: there is no value."""
    (at,) = points(GRAPH, STATES)
    place = Place(at, MERSENNE_127, {"X": "X", "Y": "Y"}, Chosen([2, 1]))
    x, y = free_events("X"), free_events("Y")
    assert place.value(Prob(y, x)) is not None
    assert place.value(Prob(Events([Event("Y", Letter("X"))]))) is None
    impossible = Prob(Events([Event("X", State("0")), *x]))
    assert place.value(impossible) == 0
    assert place.value(Quotient(Prob(y), impossible)) is None
    many: Expr = Prob(x)
    for _ in range(6):
        many = Sum(x, many)
    assert place.value(many) is None
