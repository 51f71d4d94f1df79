from fractions import Fraction

import pytest

from symcausal.errors import ImpossibleEventError, UnknownStateError
from symcausal.numbers.evaluate.value_table import ValueTable

LETTER = ValueTable(
    ("L",), (("weak", "strong"),), {("weak",): Fraction(1, 4), ("strong",): Fraction(3, 4)}
)
GIVEN = ValueTable(
    ("L", "G"),
    (("weak", "strong"), ("A", "B")),
    {("weak", "A"): 1, ("strong", "A"): 2},
    {("weak", "B"): "G=B", ("strong", "B"): "G=B"},
)


def test_cells_are_found_by_states():
    assert LETTER["strong"] == LETTER["strong",] == Fraction(3, 4)
    assert GIVEN["weak", "A"] == 1
    assert list(LETTER) == [("weak",), ("strong",)]
    assert len(GIVEN) == 2
    assert "weak" in LETTER
    assert ("weak", "B") not in GIVEN
    assert GIVEN.get(("weak", "B")) is None
    assert GIVEN.get(("weak", "B"), 0) == 0
    assert GIVEN.get(("weak", "A")) == 1


def test_a_cell_that_is_not_defined_names_its_condition():
    with pytest.raises(ImpossibleEventError, match="G=B has probability zero"):
        GIVEN["weak", "B"]


@pytest.mark.parametrize("key", ["stron", ("strong", "A")])
def test_an_unknown_cell(key: object):
    with pytest.raises(UnknownStateError):
        LETTER[key]


def test_a_misspelt_state_gets_the_nearest():
    with pytest.raises(UnknownStateError, match="did you mean 'strong'"):
        LETTER["stron"]


def test_cells_are_mapped_and_compared():
    doubled = LETTER.map(lambda value: 2 * value)
    assert doubled["weak"] == Fraction(1, 2)
    assert doubled != LETTER
    assert LETTER.map(lambda value: value) == LETTER
    assert GIVEN.map(str).undefined == GIVEN.undefined


def test_the_text_lists_every_cell():
    assert repr(LETTER).splitlines() == ["L       value", "weak    1/4", "strong  3/4"]
    assert "undefined: G=B is impossible" in repr(GIVEN)
