"""The README and every page of the documentation say what is true.

Python examples are doctests that share the names of their page; console examples are run. The
documents run in the folder ``examples``, where the model files are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from tests.command_line import EXAMPLES, ROOT
from tests.docs.transcripts import BLOCK, play

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
HOMES = (ROOT, ROOT / "symcausal")
PATH = re.compile(r"`((?:[a-z_0-9]+/)+[a-z_0-9]+\.py)`")


def transcripts(document: Document) -> Iterable[Region]:
    """Find the console blocks of a page."""
    for found in BLOCK.finditer(document.text):
        yield Region(found.start("body"), found.end("body"), found["body"], evaluate)


def evaluate(example: Example) -> str | None:
    """Say how a transcript differs from what the commands print, if it does."""
    printed = play(example.parsed)
    tidy = "\n".join(line.rstrip() for line in printed.splitlines())
    if tidy == "\n".join(line.rstrip() for line in example.parsed.splitlines()):
        return None
    return f"`make docs-update` would write:\n{printed}"


@pytest.mark.docs
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples_of_a_page(page: Path) -> None:
    sybil = Sybil([PythonCodeBlockParser(), transcripts], path=str(ROOT))
    before = Path.cwd()
    os.chdir(EXAMPLES)
    try:
        for example in sybil.parse(page).examples():
            example.evaluate()
    finally:
        os.chdir(before)


@pytest.mark.parametrize(
    "page",
    [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"],
    ids=lambda page: page.relative_to(ROOT).as_posix(),
)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []


def test_every_page_is_linked_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / link).resolve() for link in LINK.findall(index.read_text("utf-8"))}
    assert {*(ROOT / "docs").rglob("*.md")} - {index} <= linked


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_files_that_a_page_names_exist(page: Path) -> None:
    named = PATH.findall(page.read_text(encoding="utf-8"))
    assert [path for path in named if not any((at / path).exists() for at in HOMES)] == []
