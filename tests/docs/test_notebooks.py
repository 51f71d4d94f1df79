"""The notebooks of ``examples`` run, and what stands in them is what they show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.docs.notebooks import NOTEBOOKS, play

EVERY = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 2


@EVERY
def test_a_notebook_shows_what_its_cells_give(path: Path) -> None:
    """If it doesn't, `make docs-update` writes it anew: read the difference."""
    assert play(path) == path.read_text(encoding="utf-8")


@EVERY
def test_nothing_that_is_shown_is_a_dump(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    shown = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    assert len(shown) >= 6
    for output in shown:
        plain = "".join(output.get("data", {}).get("text/plain", ""))
        assert " object at 0x" not in plain
        assert not re.search(r"\b(?:Prob|Step|Events|Picture)\(", plain)
