"""A node with so many parents that its table is not made: the arrows answer all the same."""

from __future__ import annotations

import pickle
from itertools import product

import pytest

from symcausal import Model
from symcausal.cli.main import main
from symcausal.errors import LimitError, ModelError

NAMES = [f"A{i}" for i in range(17)]
TEXT = f"{', '.join(NAMES)} -> Y; A0 -> A1; Y -> Z"


def wide(how: str, tmp_path) -> Model:
    if how == "text":
        return Model.parse(TEXT)
    if how == "python":
        return Model([*((name, "Y") for name in NAMES), ("A0", "A1"), ("Y", "Z")])
    path = tmp_path / f"a.{how}"
    Model.parse(TEXT).save(path)
    return Model.load(path)


@pytest.mark.parametrize("how", ["text", "python", "dagitty", "dot", "gml", "model"])
def test_graphs_with_a_wide_node_are_read_asked_and_drawn(how, tmp_path):
    model = wide(how, tmp_path)
    assert len(model.graph) == 19
    assert set(model.graph.edges) == set(Model.parse(TEXT).graph.edges)
    assert model.independent("A3", "Z", given="Y")
    assert not model.independent("A3", "A4", given="Y")
    assert [found.variables for found in model.adjustment_sets("A1", "Y")] == [("A0",)]
    assert '"A16" -> "Y"' in model.draw("dot")
    assert model.network.is_open
    assert not model.network.is_numeric
    assert model.network.unmade == {"Y"}


def test_an_effect_in_a_graph_with_a_wide_node_is_identified():
    assert Model.parse(TEXT).identify("P(Z | do(A1))").identifiable


def test_what_needs_the_table_says_so():
    model = Model.parse(TEXT)
    for ask in (
        lambda: model.closed_form("P(Y)"),
        lambda: model.network.table("Y"),
        lambda: model.network.tables["Y"],
        lambda: list(model.network.tables.values()),
        lambda: model.table("Y"),
    ):
        with pytest.raises(LimitError, match="the table of Y"):
            ask()
    assert "theta_A1_0" in str(model.closed_form("P(A1=0)"))  # which needs none of it


def test_surgery_takes_the_parents_away():
    cut = Model.parse(TEXT).do(Y=1)
    assert not cut.network.unmade
    assert cut.probability("P(Y=1)") == 1


def test_a_model_with_a_wide_node_keeps(tmp_path):
    model = Model.parse(TEXT)
    assert Model.parse(model.to_text()) == model
    assert hash(Model.parse(model.to_text())) == hash(model)
    assert pickle.loads(pickle.dumps(model.network.tables)).unmade == {"Y"}
    with pytest.raises(ModelError):
        model.to_format("bif")


def test_a_table_with_rows_is_never_left_out():
    row = f"; P(Y | {', '.join(f'{n}=0' for n in NAMES)}) = 0.5, 0.5"
    with pytest.raises(LimitError):
        Model.parse(TEXT + row)
    with pytest.raises(LimitError):
        Model([(n, "Y") for n in NAMES], cpts={"Y": {("0",) * 17: [0.5, 0.5]}})
    rows = {states: [0.5, 0.5] for states in product("01", repeat=4)}
    model = Model([(n, "Y") for n in NAMES[:4]], cpts={"Y": rows})  # type: ignore[dict-item]
    assert not model.network.unmade


@pytest.mark.parametrize("parents", [40, 400])
def test_any_number_of_parents(parents):
    model = Model([(f"A{i}", "Y") for i in range(parents)])
    assert model.independent("A0", "A1")
    assert len(model.graph) == parents + 1


def test_many_tables_that_are_large_together():
    """Each has 2^14 entries, all of them more than a model may leave open."""
    names = [f"B{i}" for i in range(13)]
    model = Model.parse("; ".join(f"{', '.join(names)} -> Y{i}" for i in range(30)))
    assert model.independent("Y0", "Y1", given=",".join(names))
    assert model.network.unmade


def test_claims_beside_it_are_judged_or_left_open(tmp_path, capsys):
    """Random tables of that size take longer than the budget of a claim: no verdict, and no fault."""
    path = tmp_path / "notes.md"
    path.write_text("$P(A1 | A0) = P(A1)$ and $P(A0, A1) = P(A0) P(A1 | A0)$\n")
    with pytest.raises(SystemExit) as raised:
        main(["check", str(path), "--model", TEXT, "--budget", "0.5"])
    assert raised.value.code in (1, 4)
    out = capsys.readouterr().out
    assert "2 undecided" in out or "1 fails, 1 undecided" in out or "1 holds, 1 fails" in out
