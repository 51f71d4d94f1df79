"""Every row of the page on verdicts says what the checker says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from symcausal.model import Model
from symcausal.notes.check import check_text
from tests.command_line import ROOT

PAGE = ROOT / "docs" / "reference" / "verdicts.md"
ROW = re.compile(r"\| `(?P<text>\$[^`]*\$)` \| (?P<verdicts>[a-z, ]+?) \| (?P<why>.*?)\|")


def rows() -> Iterator[tuple[str, str, list[str]]]:
    """The model, the text and the verdicts of each row."""
    model = ""
    for part in re.split(
        r"(```model\n.*?```|^## .*?$)", PAGE.read_text("utf-8"), flags=re.S | re.M
    ):
        if part.startswith("```model"):
            model = part.removeprefix("```model\n").removesuffix("```")
        elif part.startswith("## "):
            model = ""
        for row in ROW.finditer(part):
            yield model, row["text"], row["verdicts"].split(", ")


ROWS = list(rows())


@pytest.mark.parametrize(("model", "text", "expected"), ROWS, ids=[text for _, text, _ in ROWS])
def test_a_row_of_the_page(model: str, text: str, expected: list[str]) -> None:
    network = Model.parse(model).network if model else None
    assert [claim.verdict for claim in check_text(text, network).claims] == expected


def test_the_page_has_rows_of_each_verdict() -> None:
    assert len(ROWS) > 80
    assert {word for _, _, words in ROWS for word in words} >= {
        "holds",
        "fails",
        "undecided",
        "definition",
    }
