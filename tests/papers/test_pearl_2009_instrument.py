"""The instrument: not identifiable, bounded, and which instruments a graph has.

[Pearl2009]_ Sections 3.5 and 8.2; conditional instruments in [BritoPearl2002]_.
"""

from __future__ import annotations

from fractions import Fraction

from symcausal import Model
from tests.papers.asking import refused

GRAPH = "Z -> X -> Y; X <-> Y"


def test_two_models_agree_on_all_data_and_differ_on_the_effect():
    answer = refused(GRAPH, "P(Y | do(X))")
    assert (set(answer.hedge.larger), answer.hedge.smaller) == ({"X", "Y"}, ("Y",))
    one, two = answer.two_models
    for z in "01":
        for x in "01":
            for y in "01":
                cell = f"P(Z={z}, X={x}, Y={y})"
                assert one.probability(cell) == two.probability(cell)
    effects = {tuple(m.probability(f"P(Y=1 | do(X={x}))") for x in "01") for m in (one, two)}
    assert len(effects) == 2
    assert all(isinstance(number, Fraction) for pair in effects for number in pair)


def test_the_natural_bounds_given_the_instrument():
    text = refused(GRAPH, "P(Y | do(X))").to_text()
    assert "P(X, Y | Z) <= P(Y | do(X)) <= P(X, Y | Z) + 1 - P(X | Z)" in text


def test_which_variables_are_instruments():
    """Given W, Z is one; without, the path through the hidden cause's other child is open."""
    (plain,) = Model.parse(GRAPH).instruments("X", "Y").found
    assert (plain.variable, plain.given) == ("Z", ())
    (given,) = (
        Model.parse("hidden U; W -> Z -> X -> Y; W -> U; U -> X; U -> Y")
        .instruments("X", "Y")
        .found
    )
    assert (given.variable, given.given) == ("Z", ("W",))
