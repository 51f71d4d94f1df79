"""What pgmpy and pyAgrum make of the files that we write, where they are installed."""

from __future__ import annotations

import sys
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from types import SimpleNamespace

import pytest

from symcausal import Model
from symcausal.errors import ModelError, SymcausalError, UsageError
from tests.command_line import EXAMPLES

WITH_PGMPY = pytest.mark.skipif(not find_spec("pgmpy"), reason="pgmpy is not installed")
WITH_PYAGRUM = pytest.mark.skipif(not find_spec("pyagrum"), reason="pyagrum is not installed")
IGNORED = pytest.mark.filterwarnings("ignore")  # theirs

# Lauritzen and Spiegelhalter (1988) do not print all of these; they follow from their tables, and
# are the same in every text that treats the example.
MARGINALS = {
    "Tuberculosis": "0.0104", "Cancer": "0.055", "Bronchitis": "0.45", "Either": "0.064828",
    "Dyspnoea": "0.4359706",
}  # fmt: skip


@pytest.fixture(scope="module")
def asia() -> Model:
    return Model.load(EXAMPLES / "asia.bif")


@pytest.mark.parametrize(("name", "value"), MARGINALS.items())
def test_the_chest_clinic(asia, name, value):
    assert asia.probability(f"P({name}=yes)") == Fraction(value)


def marginals_of_pyagrum(network: object) -> dict[str, list[float]]:
    gum = import_module("pyagrum")
    inference = gum.LazyPropagation(network)
    names = [network.variable(node).name() for node in network.nodes()]
    return {name: inference.posterior(name).tolist() for name in names}


def ours(model: Model) -> dict[str, list[float]]:
    return {
        name: [float(model.probability(f'P("{name}"="{state}")')) for state in states]
        for name, states in model.variables.items()
    }


@WITH_PYAGRUM
@IGNORED
@pytest.mark.parametrize("ending", ["bif", "bifxml", "net"])
def test_pyagrum_reads_our_files(asia, ending, tmp_path):
    """BIF and XMLBIF in single precision, as it does."""
    path = tmp_path / f"asia.{ending}"
    asia.save(path)
    found = marginals_of_pyagrum(import_module("pyagrum").loadBN(str(path)))
    for name, values in ours(asia).items():
        assert found[name] == pytest.approx(values, abs=1e-6)


@WITH_PYAGRUM
@IGNORED
@pytest.mark.parametrize("ending", ["xdsl", "uai"])
def test_pyagrum_reads_chains_of_formats_whose_parents_it_turns_round(ending, tmp_path):
    chain = Model("A -> B -> C; A: 2; B: 3; P(A) = 0.25, 0.75").network
    texts = {"B": {"0": ("0.1", "0.2", "0.7"), "1": ("0.3", "0.3", "0.4")}}
    texts["C"] = {"0": ("0.5", "0.5"), "1": ("0.125", "0.875"), "2": ("0.9", "0.1")}
    model = Model(chain.graph.directed, states={"B": 3}, cpts={"A": ("0.25", "0.75"), **texts})
    path = tmp_path / f"chain.{ending}"
    model.save(path)
    found = list(marginals_of_pyagrum(import_module("pyagrum").loadBN(str(path))).values())
    expected = list(ours(model).values())
    assert sorted(map(len, found)) == sorted(map(len, expected))
    assert any(values == pytest.approx(expected[2], abs=1e-6) for values in found)


@WITH_PYAGRUM
@IGNORED
@pytest.mark.parametrize("ending", ["bif", "bifxml", "net"])
def test_we_read_what_pyagrum_writes(asia, ending, tmp_path):
    path = str(tmp_path / f"asia.{ending}")
    import_module("pyagrum").saveBN(asia.to_pyagrum(), path)
    again = Model.load(path)
    for name, values in ours(asia).items():
        for state, value in zip(asia.variables[name], values, strict=True):
            assert float(again.probability(f"P({name}={state})")) == pytest.approx(value, abs=1e-6)


@WITH_PYAGRUM
@IGNORED
def test_what_pyagrum_turns_round_is_refused_or_told(asia, tmp_path):
    gum, there = import_module("pyagrum"), asia.to_pyagrum()
    gum.saveBN(there, str(tmp_path / "asia.xdsl"))
    with pytest.raises(SymcausalError, match="in a file of aGrUM"):
        Model.load(tmp_path / "asia.xdsl")
    gum.saveBN(there, str(tmp_path / "asia.uai"))
    assert any("pyAgrum" in note for note in Model.load(tmp_path / "asia.uai").notes)


@WITH_PYAGRUM
@IGNORED
def test_objects_of_pyagrum_there_and_back(asia):
    there = asia.to_pyagrum()
    for name, values in ours(asia).items():
        assert marginals_of_pyagrum(there)[name] == pytest.approx(values, abs=1e-12)
    assert Model.from_pyagrum(there) == asia


@WITH_PYAGRUM
@IGNORED
def test_single_precision_is_read_as_decimals(asia):
    """It reads a BIF file with floats of 32 bits: 0.01 becomes 0.009999999776482582."""
    there = import_module("pyagrum").loadBN(str(EXAMPLES / "asia.bif"))
    for name, states in Model.from_pyagrum(there).variables.items():
        assert states == asia.variables[name]
    back = Model.from_pyagrum(there)
    assert back.probability("P(Dyspnoea=yes)") == Fraction("0.4359706")


@WITH_PGMPY
@IGNORED
@pytest.mark.parametrize(
    ("ending", "reader"),
    [("bif", "BIFReader"), ("xml", "XMLBIFReader"), ("xdsl", "XDSLReader"), ("net", "NETReader")],
)
def test_pgmpy_reads_our_files(asia, ending, reader, tmp_path):
    path = tmp_path / f"asia.{ending}"
    asia.save(path)
    found = getattr(import_module("pgmpy.readwrite"), reader)(str(path)).get_model()
    again = Model.from_pgmpy(found)
    for name in asia.variables:
        for state in asia.variables[name]:
            query = f"P({name}={state} | Dyspnoea=yes, Xray=positive)"
            assert again.probability(query) == asia.probability(query)


@WITH_PGMPY
@IGNORED
def test_objects_of_pgmpy_there_and_back(asia):
    there = asia.to_pgmpy()
    assert there.check_model()
    inference = import_module("pgmpy.inference").VariableElimination(there)
    found = inference.query(["Dyspnoea"], show_progress=False).get_value(Dyspnoea="yes")
    assert found == pytest.approx(0.4359706, abs=1e-12)
    back = Model.from_pgmpy(there)
    for name in asia.variables:
        assert back.variables[name] == asia.variables[name]
        assert back.probability(f"P({name} | Asia)") == asia.probability(f"P({name} | Asia)")


@WITH_PGMPY
@IGNORED
def test_a_graph_of_pgmpy_stays_symbolic():
    base = import_module("pgmpy.base")
    model = Model.from_pgmpy(base.DAG([("U", "X"), ("X", "Y")], latents={"U"}))
    assert model.network.graph.hidden == {"U"}
    assert model.network.is_open


# -- without either -----------------------------------------------------------------------------------
@pytest.mark.parametrize("package", ["pgmpy", "pyagrum"])
def test_a_package_that_is_missing_is_named(asia, package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, "pgmpy.models", None)
    with pytest.raises(UsageError, match=f"{package} is not installed") as raised:
        getattr(asia, f"to_{package}")()
    assert raised.value.hint == f"pip install {package}"


@pytest.mark.parametrize("package", ["pgmpy", "pyagrum"])
def test_other_objects_are_refused(package):
    with pytest.raises(UsageError, match="expected a Bayesian network"):
        getattr(Model, f"from_{package}")(SimpleNamespace())


@pytest.mark.parametrize("package", ["pgmpy", "pyagrum"])
def test_objects_hold_no_symbols_and_no_hidden_causes(package):
    for text in ("X -> Y", "X: 2; Y: 2; X <-> Y; P(X) = 0.5, 0.5; P(Y) = 0.5, 0.5"):
        with pytest.raises(ModelError):
            getattr(Model(text), f"to_{package}")()


def agrum(rows: list[list[float]]) -> SimpleNamespace:
    """What pyAgrum shows of a network A -> B, both with two states."""
    tables = [
        SimpleNamespace(names=("A",), tolist=lambda: rows[0]),
        SimpleNamespace(names=("B", "A"), tolist=lambda: rows[1:]),
    ]
    variables = [SimpleNamespace(name=lambda n=n: n, labels=lambda: ("0", "1")) for n in "AB"]
    return SimpleNamespace(
        nodes=lambda: {0, 1}, variable=variables.__getitem__, cpt=tables.__getitem__,
        properties=list,
    )  # fmt: skip


def test_floats_are_the_decimals_that_they_print_as():
    single = 0.009999999776482582
    network = agrum([[single, 0.9900000095367432], [0.1, 0.9], [1 / 3, 2 / 3]])
    model = Model.from_pyagrum(network)
    assert model.probability("P(A=0)") == Fraction(1, 100)
    assert model.probability("P(B=0 | A=0)") == Fraction(1, 10)
    assert abs(model.probability("P(B=0 | A=1)") - Fraction(1, 3)) < Fraction(1, 10**15)


def test_rows_of_objects_have_to_sum_to_one():
    with pytest.raises(SymcausalError, match=r"sum of 0.8 in the row P\(B \| A=1\)"):
        Model.from_pyagrum(agrum([[0.5, 0.5], [0.1, 0.9], [0.1, 0.7]]))
