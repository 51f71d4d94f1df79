"""Every row of the tables of phrases does what it says in its own examples."""

from __future__ import annotations

import pytest

from symcausal import check
from symcausal.notes.phrases.matching import TABLES, said, says
from symcausal.notes.phrases.table import VOIDING, Phrase, PhraseMeaning, PhrasePlace

FILLED = {
    "graph": r"$A \to B \to C$",
    "product": r"$P(A,B,C)=P(A)P(B\mid A)P(C\mid B)$",
    "claim": r"$P(C\mid A,B)=P(C\mid B)$",
}
PLACES: tuple[PhrasePlace, ...] = ("before", "after", "next", "paragraph", "section")
EDGES: tuple[PhraseMeaning, ...] = ("hidden cause", "shared cause", "direct effect", "acts")
TAKING_AWAY: tuple[PhraseMeaning, ...] = (
    *VOIDING, *EDGES, "asks to show", "assumes independence", "assumes here", "of no variables",
    "of something else", "names another graph", "leaves the graph",
    "in another graph", "defines",
)  # fmt: skip
ROWS = [row for table in TABLES for row in table]


def verdict(example: str) -> str:
    """The verdict on a claim that holds under the graph of an example."""
    text = example if "{graph}" in example or "{product}" in example else f"{{graph}}\n\n{example}"
    text = text if "{claim}" in text else f"{text}\n\nThen {{claim}}."
    return check(text.format(**FILLED)).claims[-1].verdict


def rows(*, judged: bool) -> list[object]:
    """The rows that take a graph away, or the others: those look at what words do to other words."""
    return [
        pytest.param(row, id=f"{row.meaning}: {row.pattern[:50]}")
        for row in ROWS
        if (row.meaning in TAKING_AWAY) == judged
    ]


@pytest.mark.parametrize("row", rows(judged=True))
def test_words_that_take_a_graph_away(row: Phrase) -> None:
    assert verdict(row.applies) != "holds"


@pytest.mark.parametrize("row", rows(judged=True))
def test_words_like_them_that_do_not(row: Phrase) -> None:
    assert verdict(row.spared) == "holds"


@pytest.mark.parametrize("row", rows(judged=False))
def test_words_that_do_something_else(row: Phrase) -> None:
    place = row.places.split()[0]
    assert says(row.applies, place, row.meaning)
    assert not says(row.spared, place, row.meaning)


def words_at(example: str) -> dict[str, str]:
    """The words of an example at each place around its graph."""
    before, _, rest = example.replace("{product}", "{graph}").partition("{graph}")
    after = rest or before
    next_one = after.partition(".")[2] or after
    return {
        "before": before,
        "after": after,
        "next": next_one,
        "paragraph": before,
        "section": example,
    }


@pytest.mark.parametrize("row", [pytest.param(row, id=row.pattern[:60]) for row in ROWS])
def test_every_row_is_found_in_its_own_example(row: Phrase) -> None:
    """The meaning of a row stands in its example at one of its places."""
    words = words_at(row.applies)
    for place in PLACES:
        for start, end in said(words[place], place, row.meaning):
            assert 0 <= start < end <= len(words[place])
    assert any(says(words[place], place, row.meaning) for place in PLACES if place in row.places)
