"""The demo's documents are notes themselves: `symcausal check` reads all three and finds no fault."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import EXAMPLES, ROOT, run

ENDINGS = (".md", ".tex", ".html")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, str(EXAMPLES / "lecture.py"), str(folder)]
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return folder


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_claim_holds(ending: str, written: Path) -> None:
    ended = run("check", str(written / f"lecture{ending}"), "--strict")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    holds = int(ended.stdout.split(" holds")[0].rpartition("\n")[2])
    assert holds > 60
    assert "0 fails, 0 undecided, 0 unreadable" in ended.stdout
