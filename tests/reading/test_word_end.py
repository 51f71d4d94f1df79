"""Where a word of a formula ends, beside the pattern that says the same."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from symcausal.reading.words import word_end

WORD = re.compile(r"[^\W\d_⁰¹²³⁴-⁹₀-₉][^\W_⁰¹²³⁴-⁹₀-₉]*")
TEXTS = st.text(st.characters() | st.sampled_from("aZ_9²₃ßµ٣ Ⅷ½α'"))


@given(TEXTS, st.integers(0, 5), st.integers(0, 9))
def test_words_end_where_the_pattern_ends(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    start = min(start, end)
    found = WORD.match(text, start, end)
    assert word_end(text, start, end) == (found.end() if found else start)
