"""Every row of the pages on verdicts and on what is read says what the checker says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from symcausal import check, check_file
from tests.command_line import ROOT

REFERENCE = ROOT / "docs" / "reference"
PAGES = [REFERENCE / name for name in ("verdicts.md", "what-is-read.md")]
ROW = re.compile(
    r"^\| `(?P<text>\$[^`]*\$)` \| (?P<verdicts>[a-z, ]+?) \| (?P<why>.*?)\|$", re.MULTILINE
)
FILE = re.compile(
    r"^\| `(?P<ending>\.\w+)` \| (?P<ticks>`+)(?P<text>.+?)(?P=ticks) \| (?P<verdicts>[a-z, ]+?) \|$",
    re.MULTILINE,
)


def rows() -> Iterator[tuple[str, str, list[str]]]:
    """The model, the text and the verdicts of each row; a block of notes stands before its rows."""
    for page in PAGES:
        model = before = ""
        for part in re.split(
            r"(```(?:model|notes)\n.*?```|^## .*?$)", page.read_text("utf-8"), flags=re.S | re.M
        ):
            if part.startswith("```model"):
                model = part.removeprefix("```model\n").removesuffix("```")
            elif part.startswith("```notes"):
                before = part.removeprefix("```notes\n").removesuffix("```")
            elif part.startswith("## "):
                model = before = ""
            for row in ROW.finditer(part):
                text = f"{before}\n{row['text']}" if before else row["text"]
                yield model, text, expected(row["verdicts"])


def files() -> Iterator[tuple[str, str, list[str]]]:
    """The ending, the text and the verdicts of each row with a file."""
    for page in PAGES:
        for row in FILE.finditer(page.read_text("utf-8")):
            # a bar is escaped in a table, and an end of line shown
            text = row["text"].strip(" " if len(row["ticks"]) > 1 else "")
            text = text.replace("\\|", "|").replace("↵", "\n")
            yield row["ending"], text, expected(row["verdicts"])


def expected(words: str) -> list[str]:
    """The verdicts that a cell names; *nothing* is none."""
    return [] if words == "nothing" else words.split(", ")


ROWS = list(rows())
FILES = list(files())


@pytest.mark.parametrize(("model", "text", "expected"), ROWS, ids=[text for _, text, _ in ROWS])
def test_a_row_of_the_page(model: str, text: str, expected: list[str]) -> None:
    assert [claim.verdict for claim in check(text, model or None).claims] == expected


@pytest.mark.parametrize(("ending", "text", "expected"), FILES)
def test_a_file_of_the_page(ending: str, text: str, expected: list[str], tmp_path: Path) -> None:
    path = tmp_path / f"notes{ending}"
    path.write_text(f"{text}\n", "utf-8")
    assert [claim.verdict for claim in check_file(path).claims] == expected


def test_the_pages_have_rows_of_each_verdict() -> None:
    assert len(ROWS) > 100
    assert len(FILES) > 10
    assert {word for _, _, words in ROWS for word in words} >= {
        "holds",
        "fails",
        "undecided",
        "definition",
        "unreadable",
    }
