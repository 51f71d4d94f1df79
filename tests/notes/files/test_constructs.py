"""Every construct of every format is read, or passed over, as its specification says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.notes.files.reading import read_document
from tests.notes.files.constructs import ALONE, ANYWHERE, filled, read

ROWS = [
    (ending, row) for table in (ANYWHERE, ALONE) for ending, rows in table.items() for row in rows
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize(("ending", "template"), ROWS)
def test_what_is_meant_is_read_and_nothing_else(ending: str, template: str, line_end: str) -> None:
    text, meant = filled(template)
    assert read(text.replace("\n", line_end), ending) == meant


@pytest.mark.parametrize("ending", ANYWHERE)
@given(data=st.data())
def test_constructs_in_any_order_are_read_as_they_are_alone(
    ending: str, data: st.DataObject
) -> None:
    texts, meant = [], []
    for template in data.draw(st.lists(st.sampled_from(ANYWHERE[ending]), max_size=6)):
        text, some = filled(template, len(meant))
        texts.append(text)
        meant += some
    assert read("\n".join(texts), ending) == meant


@pytest.mark.parametrize(("ending", "template"), ROWS)
def test_a_file_that_ends_anywhere_is_read(ending: str, template: str) -> None:
    text, _ = filled(template)
    for end in range(len(text)):
        document = read_document(text[:end], f"notes.{ending}")
        for item in document.items:
            assert item.part.original[item.offset : item.end] == item.text != ""
