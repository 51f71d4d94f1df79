"""What IPython shows of everything that a question returns, and of the notebooks of ``examples``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from symcausal import Model
from symcausal.answer.derivation import Derivation
from symcausal.answer.derivation_step import DerivationStep
from symcausal.record import LONGEST_REPR
from tests.command_line import EXAMPLES
from tests.model.test_notebook_displays import results

pytestmark = pytest.mark.notebooks
DUMP = re.compile(r"\b[A-Z][A-Za-z]+\([a-z_]+=|<\w+(\.\w+)+ object at 0x")


@pytest.fixture
def shell() -> Iterator[Any]:
    """A shell as a kernel has one; nothing of it is kept."""
    interactive = pytest.importorskip("IPython.core.interactiveshell")
    config = pytest.importorskip("traitlets.config").Config()
    config.HistoryManager.enabled = False
    made = interactive.InteractiveShell.instance(config=config)
    # a shell of the terminal shows words alone
    made.display_formatter.active_types = made.display_formatter.format_types
    yield made
    made.clear_instance()


@pytest.mark.parametrize("name", sorted(results()))
def test_everything_shows_itself(name: str, shell: Any) -> None:
    made = results()[name]
    shown, _ = shell.display_formatter.format(made)
    assert shown["text/plain"].strip()
    assert len(repr(made)) <= LONGEST_REPR
    if isinstance(made, list | tuple):  # whose words IPython writes itself
        del shown["text/plain"]
    if "_repr_mimebundle_" in dir(made):
        assert not any(DUMP.search(words) for words in shown.values() if isinstance(words, str))
    else:
        assert len(shown["text/plain"]) <= LONGEST_REPR
    if isinstance(made, Model) and len(made.variables) < 60:
        assert "<svg" in shown["text/html"]
    if isinstance(made, Derivation | DerivationStep):
        assert shown["text/markdown"].startswith("$$")
        assert r"\begin{aligned}" in shown["text/markdown"]


def played(shell: Any, path: Path) -> Iterator[tuple[str, object, dict[str, str], dict[str, str]]]:
    """The cells of a notebook, with what IPython shows and with what stands in the file."""
    with chdir(path.parent):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] != "code":
                continue
            source = "".join(cell["source"])
            ended = shell.run_cell(source)
            ended.raise_error()
            value = ended.result
            shown = {} if value is None else shell.display_formatter.format(value)[0]
            kept = [out["data"] for out in cell["outputs"] if "data" in out]
            stands = {kind: "".join(lines) for kind, lines in (kept[-1] if kept else {}).items()}
            yield source, value, shown, stands


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ipynb")), ids=lambda path: path.name)
def test_the_examples_show_what_stands_in_them(path: Path, shell: Any) -> None:
    seen = 0
    for source, value, shown, stands in played(shell, path):
        if isinstance(value, list):  # whose words IPython writes itself
            del shown["text/plain"], stands["text/plain"]
        assert shown == stands, source
        seen += bool(shown)
    assert seen > 3
