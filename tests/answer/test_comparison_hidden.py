"""``Model.compare`` where hidden causes have no tables."""

from __future__ import annotations

from symcausal import Model

ROWS = {"X": ["1/2", "1/2"], "Y": {0: ["3/4", "1/4"], 1: ["1/4", "3/4"]}}


def test_numbers_beside_a_hidden_cause_do_not_stop_a_comparison():
    """What is seen has no value there; that doing and seeing differ, the graph says."""
    bow = Model("X -> Y", bidirected=[("X", "Y")], cpts=ROWS)
    found = bow.compare("P(Y=1 | do(X=1))", "P(Y=1 | X=1)")
    assert (found.equal, found.values) == (False, None)
    assert [str(path) for path in found.open_paths] == ["X <-> Y"]


def test_a_cause_without_a_name_is_explained():
    """Whatever a small model speaks of is introduced."""
    said = Model("X -> Y; X <-> Y").compare("P(Y | do(X))", "P(Y | X)").to_text()
    assert '"U[X,Y]"=' in said
    assert 'Here "U[X,Y]" is the hidden cause' in said
