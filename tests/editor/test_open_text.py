"""Places in a text that an editor has open, as the protocol counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.editor.open_text import UNITS, OpenText

TEXTS = st.text(alphabet="aä€😀 \n\r\x0b\x0c\x85\u2028", max_size=30)
ENCODINGS = st.sampled_from([*UNITS])
WIDE = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
UNIT = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def lines_of(text: str) -> list[str]:
    """The lines of a text, which the protocol ends at three signs only."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@given(TEXTS, ENCODINGS)
def test_every_offset_has_its_place(text: str, encoding: str) -> None:
    notes = OpenText(text, encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue  # within an end of line there is no place
        line, units = notes.place(offset)
        before = text[:offset]
        assert line == len(lines_of(before)) - 1
        last = lines_of(before)[-1]
        assert units == len(last.encode(WIDE[encoding])) // UNIT[encoding]
        assert notes.offset((line, units)) == offset


@given(TEXTS, ENCODINGS, st.integers(0, 40), st.integers(0, 200))
def test_a_place_behind_a_line_is_its_end(text: str, encoding: str, line: int, units: int) -> None:
    offset = OpenText(text, encoding).offset((line, units))
    assert 0 <= offset <= len(text)
    lines = lines_of(text)
    if line >= len(lines):
        assert offset == len(text)
    else:
        first = OpenText(text, encoding).offset((line, 0))
        assert first <= offset <= first + len(lines[line])


@given(TEXTS, TEXTS, ENCODINGS, st.data())
def test_a_change_is_made_where_it_says(
    text: str, new: str, encoding: str, data: st.DataObject
) -> None:
    notes = OpenText(text, encoding)
    places = [n for n in range(len(text) + 1) if text[n - 1 : n + 1] != "\r\n"]
    start, end = sorted((data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))))
    changed = notes.changed(notes.place(start), notes.place(end), new)
    assert changed.text == text[:start] + new + text[end:]
    assert changed.encoding == encoding


@pytest.mark.parametrize(("units", "offset"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 3)])
def test_half_a_character_is_its_start(units: int, offset: int) -> None:
    assert OpenText("a😀b", "utf-16").offset((0, units)) == offset
