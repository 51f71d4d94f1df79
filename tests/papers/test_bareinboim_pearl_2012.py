"""Experiments on a variable that can be set stand in for those on one that cannot.

[BareinboimPearl2012]_ defines z-identifiability; [Lee2019]_ generalises it to any experiments.
"""

from __future__ import annotations

import pytest

from tests.papers.asking import asked, refused

GRAPH = "W -> Z -> X -> Y; W -> Y; W <-> Y; Z <-> Y; Z <-> X"


def test_an_experiment_on_z_gives_the_effect_of_x():
    """``P(y | do(x)) = P(y | do(z), x)`` for any ``z``."""
    refused(GRAPH, "P(Y | do(X))")
    asked(GRAPH, "P(Y | do(X))", "P(Y | do(Z), X)", given=["P(V)", "P(W, X, Y | do(Z))"])
    asked(GRAPH, "P(Y | do(X))", given="P(W, X, Y | do(Z))")


def test_an_instrument_that_is_set_is_no_better():
    """In the instrument's graph the bow between X and Y stays under any experiment on Z."""
    graph = "Z -> X -> Y; X <-> Y"
    refused(graph, "P(Y | do(X))", given=["P(V)", "P(X, Y | do(Z))"])


def test_two_experiments_are_put_together():
    """Neither alone gives the effect of both; each gives a component."""
    graph, query = "X1 -> Y; X2 -> Z -> Y; X1 <-> Y; X2 <-> Z", "P(Y | do(X1, X2))"
    first, second = "P(X2, Z, Y | do(X1))", "P(X1, Z, Y | do(X2))"
    refused(graph, query)
    refused(graph, query, given=first)
    refused(graph, query, given=second)
    asked(graph, query, "sum_{Z} P(Z | do(X2)) P(Y | do(X1), Z)", given=[first, second])


@pytest.mark.parametrize("given", [["P(X, Y | do(Z))"], ["P(V)", "P(X, Y | do(Z))"]])
def test_an_experiment_that_cuts_the_confounder_itself(given):
    """X shares a hidden cause with Z and none with Y: an experiment on Z suffices."""
    asked("Z -> X -> Y; Z <-> X; Z <-> Y", "P(Y | do(X))", given=given)
    refused("Z -> X -> Y; Z <-> X; Z <-> Y", "P(Y | do(X))")
