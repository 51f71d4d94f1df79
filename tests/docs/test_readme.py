"""The README: its commands as a reader types them, one after the other, and its pictures."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docs import generate_pictures as made
from tests.command_line import ENTRY, ROOT
from tests.docs.test_documents import PAGES
from tests.docs.transcripts import BLOCK

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SVG = "{http://www.w3.org/2000/svg}"


# -- commands -------------------------------------------------------------------------------------
@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder as ``make demo`` leaves it, and a ``make`` that has nothing left to do."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    binaries = tmp_path / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "activate").write_text(f"PATH={shlex.quote(str(binaries))}:$PATH\n")
    tools = tmp_path / "tools"
    tools.mkdir()
    for script, line in (
        (binaries / "symcausal", f'exec "{sys.executable}" -c "{ENTRY}" "$@"'),
        (tools / "make", "exit 0"),
    ):
        script.write_text(f"#!/bin/sh\n{line}\n")
        script.chmod(0o755)
    return tmp_path


def test_the_commands_work_as_typed(checkout: Path) -> None:
    """What the shell is told, then each transcript, in one session."""
    (setting_up,) = SHELL.findall(README)
    assert setting_up.startswith("make demo")
    blocks = [found["body"] for found in BLOCK.finditer(README)]
    typed = [line[2:] for body in blocks for line in body.splitlines() if line.startswith("$ ")]
    assert len(typed) == 3
    ended = subprocess.run(
        ["bash", "-c", setting_up + "".join(f"{line} || :\n" for line in typed)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=checkout, check=True,
        env={
            **os.environ, "PYTHONPATH": str(ROOT),
            "PATH": f"{checkout / 'tools'}{os.pathsep}{os.environ['PATH']}",
        },
    )  # fmt: skip
    printed = "".join(re.sub(r"^\$ .*\n", "", body, flags=re.MULTILINE) for body in blocks)
    assert ended.stdout.split() == printed.split()


def test_make_has_the_targets_that_the_readme_names() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    assert "demo" in named
    assert named <= targets


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) < 110


# -- pictures -------------------------------------------------------------------------------------
def kept(name: str) -> str:
    return (made.FOLDER / name).read_text(encoding="utf-8")


def test_the_picture_of_the_graph_is_current() -> None:
    expected = made.on_white(made.sources()["graph.svg"])
    assert kept("graph.svg") == expected, "run `make docs-update`"


def test_the_picture_of_the_derivation_is_current() -> None:
    """By its source: what Typst makes of one changes with its version."""
    source = made.source_of(kept("derivation.svg"))
    assert source == made.sources()["derivation.svg"], "run `make docs-update`"


def test_every_picture_is_shown_and_every_shown_one_is_there() -> None:
    shown = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"!\[[^]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    assert {made.FOLDER / name for name in made.sources()} <= shown
    assert [path for path in shown if not path.is_file()] == []


@pytest.mark.parametrize("name", made.sources())
def test_a_picture_stands_on_white(name: str) -> None:
    """Its first shape covers it all, and what is drawn on that is black."""
    root = ElementTree.fromstring(kept(name))
    x, y, width, height = map(float, root.attrib["viewBox"].split())
    ground = next(part for part in root if part.tag in (f"{SVG}rect", f"{SVG}path"))
    if ground.tag == f"{SVG}rect":
        sides = [float(ground.attrib[side]) for side in ("x", "y", "width", "height")]
        assert sides == [x, y, width, height]
        assert root.attrib["color"] == "#000"
    else:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", ground.attrib["d"])]
        assert numbers == pytest.approx([0, 0, height, width, -height], abs=0.01)
        inks = set(re.findall(r'(?:fill|stroke)="(#\w+)"', kept(name)))
        assert inks == {"#000000", "#ffffff"}
    assert ground.attrib["fill"] in ("#fff", "#ffffff")
