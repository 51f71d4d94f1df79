"""A stranger's script: type checkers take it, and it runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import EXAMPLES, ROOT

SCRIPT = ROOT / "tests" / "stranger" / "script.py"


# a line, and what a type checker complains of
SLIPS = {
    'Model("A -> B").derive("P(B)", detail="long")': '"detail"',
    'Model("A -> B").derive("P(B)").to_latex(notation="perl")': '"notation"',
    'latex(1, "perl")': "incompatible type",
    'Model("A -> B").adjustment_sets("A", "B", kind="least")': '"kind"',
    'Model("A -> B").derive("P(B)").step': '"step"',
    'check("P(A) = P(B)").claims[0].verdicts': '"verdicts"',
}


@pytest.mark.slow
def test_a_strict_type_checker_takes_the_script_and_finds_slips(tmp_path: Path) -> None:
    """It is called as its author would, who is told nothing of what stands in our own files.

    The slips show that the script does not pass because everything is ``Any``.
    """
    scripts = {tmp_path / f"slip{number}.py": line for number, line in enumerate(SLIPS)}
    for script, line in scripts.items():
        script.write_text(f"from symcausal import Model, check, latex\n\nprint({line})\n")
    options = ["--strict", "--follow-imports=silent", "--config-file=", f"--cache-dir={os.devnull}"]
    ended = subprocess.run(
        [sys.executable, "-m", "mypy", *options, str(SCRIPT), *map(str, scripts)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    errors = [line for line in ended.stdout.splitlines() if "error:" in line]
    found = {line: [e for e in errors if script.name in e] for script, line in scripts.items()}
    assert len(errors) == len(SLIPS), ended.stdout
    assert all(len(found[line]) == 1 and SLIPS[line] in found[line][0] for line in SLIPS), found


def test_the_script_runs() -> None:
    ended = subprocess.run(
        [sys.executable, str(SCRIPT)],
        capture_output=True, text=True, cwd=EXAMPLES, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    for said in ("0.769", "known: A, B, C 16", "::error file=notes.md"):
        assert said in ended.stdout
