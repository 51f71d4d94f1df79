"""Every help page ends with commands that work as they are typed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from symcausal.cli.main import COMMANDS
from tests.command_line import ENTRY, EXAMPLES, ROOT, run
from tests.test_catalogues import parser

TYPED = [
    pytest.param(line, id=line, marks=() if number == 0 else pytest.mark.slow)
    for name in COMMANDS
    for number, line in enumerate(parser(name).standard.examples)
]
ANSWERS = (0, 1, 3)  # fine; a claim fails; the answer is no


@pytest.mark.parametrize("command", COMMANDS)
def test_a_help_page_ends_with_examples(command: str) -> None:
    examples = parser(command).standard.examples
    assert 2 <= len(examples) <= 3
    assert all(line.startswith(f"symcausal {command} ") for line in examples)
    shown = run(command, "--help").stdout
    assert shown.endswith("\n".join(["examples:", *(f"  {line}" for line in examples)]) + "\n")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder of examples, and a command of our name on the path."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    script = tmp_path / "bin" / "symcausal"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -W error -c "{ENTRY}" "$@"\n')
    script.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("line", TYPED)
def test_an_example_works_as_typed(line: str, desk: Path) -> None:
    path = f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        ["bash", "-c", line],
        capture_output=True, text=True, cwd=desk / "examples", check=False, timeout=120,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ended.returncode in ANSWERS, ended.stderr
    assert "error[" not in ended.stderr
    answers = ended.stdout or set(os.listdir(desk / "examples")) != set(os.listdir(EXAMPLES))
    assert answers or "symcausal lsp" in line  # a server answers whoever asks, and nobody does here
