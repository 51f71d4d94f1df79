"""What marimo shows of everything that a question returns: formulas as formulas, graphs as graphs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest

from symcausal import Model
from symcausal.answer.derivation import Derivation
from symcausal.answer.derivation_step import DerivationStep
from tests.command_line import ROOT
from tests.model.test_notebook_displays import results

pytestmark = [
    pytest.mark.notebooks,
    pytest.mark.skipif(find_spec("marimo") is None, reason="marimo is not installed"),
]
HEAD = """
import marimo
app = marimo.App()

@app.cell
def _():
    from tests.model.test_notebook_displays import results
    return (results,)
"""
CELL = """
@app.cell
def _(results):
    results()[{name!r}]
    return
"""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the cell of each result shows, as marimo keeps it."""
    folder = tmp_path_factory.mktemp("marimo")
    names = sorted(results())
    cells = "".join(CELL.format(name=name) for name in names)
    (folder / "page.py").write_text(f"{HEAD}{cells}", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "marimo", "-y", "export", "session", "page.py"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    (kept,) = folder.rglob("*.json")
    _, *found = json.loads(kept.read_text(encoding="utf-8"))["cells"]
    return {
        name: "".join(str(out["data"]) for out in cell["outputs"])
        for name, cell in zip(names, found, strict=True)
    }


def test_every_cell_shows_something_and_no_dump(shown: dict[str, str]) -> None:
    assert len(shown) >= 36
    for name, data in shown.items():
        assert len(data) > 10, name
        assert not re.search(r"\b[A-Z][A-Za-z]+\([a-z_]+=\w|object at 0x|Traceback", data), name


def test_derivations_are_formulas(shown: dict[str, str]) -> None:
    of = [name for name, made in results().items() if isinstance(made, Derivation)]
    assert of
    for name in of:
        assert "<marimo-tex" in shown[name]
        assert r"\begin{aligned}" in shown[name]


def test_steps_are_formulas_and_those_that_cut_arrows_graphs(shown: dict[str, str]) -> None:
    of = [name for name, made in results().items() if isinstance(made, DerivationStep)]
    assert all("<math" in shown[name] or "<marimo-tex" in shown[name] for name in of)
    assert any("<svg" in shown[name] for name in of)


def test_models_are_graphs(shown: dict[str, str]) -> None:
    of = {name: made for name, made in results().items() if isinstance(made, Model)}
    small = [name for name, made in of.items() if len(made.variables) < 60]
    assert len(small) >= 2
    assert all("<svg" in shown[name] for name in small)
