import keyword
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.errors import UsageError
from symcausal.numbers.source.identifiers import Identifiers, plain
from symcausal.numbers.source.languages import LANGUAGES

RESERVED = frozenset().union(*(language.reserved for language in LANGUAGES.values()))


@given(st.lists(st.text(max_size=12) | st.sampled_from(sorted(RESERVED)), max_size=40))
def test_identifiers_are_valid_and_differ(words: list[str]):
    names = Identifiers(RESERVED)
    given_out = [names.of(word) for word in words]
    assert len(set(given_out)) == len(given_out)
    assert not RESERVED & set(given_out)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in given_out)
    assert not any(map(keyword.iskeyword, given_out))


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,20}", fullmatch=True))
def test_a_plain_name_stays_as_it_is(word: str):
    assert plain(word) == word


@pytest.mark.parametrize(
    ("word", "spelled"),
    [("α", "alpha"), ("Α", "Alpha"), ("θ′", "theta_prime"), ("x₁", "x1"), ("é", "e"), ("1", "p1"),
     ("_q", "p_q"), ("a b", "a_b"), ("", "p"), ("Ж", "u416"), ("ﬁ", "fi")],
)  # fmt: skip
def test_signs_are_spelled(word: str, spelled: str):
    assert plain(word) == spelled


def test_a_chosen_name_is_taken_once():
    names = Identifiers(frozenset({"def"}))
    assert names.exactly("f") == "f"
    assert names.of("f") == "f_"
    for wrong in ("f", "def", "é", "", "a-b"):
        with pytest.raises(UsageError, match="as the name of a function"):
            names.exactly(wrong)
