"""The demo's documents are notes themselves: `symcausal check` reads all three and finds no fault."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.command_line import EXAMPLES, ROOT, run

ENDINGS = (".md", ".tex", ".html")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    source = EXAMPLES / "lecture.md"
    (folder / "lecture.md").write_bytes(source.read_bytes())
    assert run("fill", str(folder / "lecture.md")).returncode == 0
    (queries,) = re.findall(r"^QUERIES := (.*)$", MAKEFILE, flags=re.MULTILINE)
    for ending in (".tex", ".html"):
        model, path = str(EXAMPLES / "student.model"), str(folder / f"lecture{ending}")
        assert run("report", model, *shlex.split(queries), "-o", path).returncode == 0
    return folder


def test_the_source_has_about_sixty_lines_and_its_answers_are_up_to_date(written: Path) -> None:
    assert len((EXAMPLES / "lecture.md").read_text(encoding="utf-8").splitlines()) < 75
    assert run("fill", "--check", str(EXAMPLES / "lecture.md")).returncode == 1
    assert run("fill", "--check", str(written / "lecture.md")).returncode == 0


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_claim_holds(ending: str, written: Path) -> None:
    ended = run("check", str(written / f"lecture{ending}"), "--strict")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    holds = int(ended.stdout.split(" holds")[0].rpartition("\n")[2])
    assert holds > 60
    assert "0 fails, 0 undecided, 0 unreadable" in ended.stdout
