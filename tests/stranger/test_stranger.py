"""A stranger's script: type checkers take it, and it runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import EXAMPLES, ROOT

SCRIPT = ROOT / "tests" / "stranger" / "script.py"


def strict(script: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    """Check a script as its author would, who is told nothing of what stands in our own files."""
    options = ["--strict", "--follow-imports=silent", "--config-file=", "--cache-dir", str(cache)]
    return subprocess.run(
        [sys.executable, "-m", "mypy", *options, str(script)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mypy")


def test_the_script_passes_a_strict_type_checker(cache: Path) -> None:
    ended = strict(SCRIPT, cache)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('Model("A -> B").derive("P(B)", detail="long")', '"detail"'),
        ('Model("A -> B").derive("P(B)").to_latex(notation="perl")', '"notation"'),
        ('latex(1, "perl")', "incompatible type"),
        ('Model("A -> B").adjustment_sets("A", "B", kind="least")', '"kind"'),
        ('Model("A -> B").derive("P(B)").step', '"step"'),
        ('check("P(A) = P(B)").claims[0].verdicts', '"verdicts"'),
    ],
    ids=["detail", "notation", "latex", "kind", "a derivation's attribute", "a claim's attribute"],
)
def test_a_slip_is_found(line: str, complaint: str, tmp_path: Path, cache: Path) -> None:
    """Or the script would pass because everything is ``Any``."""
    script = tmp_path / "slip.py"
    script.write_text(f"from symcausal import Model, check, latex\n\nprint({line})\n")
    ended = strict(script, cache)
    assert ended.returncode == 1
    assert ended.stdout.count("error:") == 1
    assert complaint in ended.stdout


def test_the_script_runs() -> None:
    ended = subprocess.run(
        [sys.executable, str(SCRIPT)],
        capture_output=True, text=True, cwd=EXAMPLES, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    for said in ("0.769", "known: A, B, C 16", "::error file=notes.md"):
        assert said in ended.stdout
