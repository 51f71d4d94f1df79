"""Independences as they are written: sets in brackets, signs, what is denied."""

from __future__ import annotations

import pytest

from symcausal.errors import Source, SymcausalError
from symcausal.model import Model
from symcausal.reading.independence import WrittenIndependence, independence_of
from symcausal.reading.vocabulary import Vocabulary


def read(text: str, model: str = "X; Y; Z; W") -> WrittenIndependence:
    return independence_of(Source(text, "test"), Vocabulary.of(Model(model).network))


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (r"(X, Z) \perp Y", ("XZ", "Y", "")),
        (r"X \perp (Y, Z)", ("X", "YZ", "")),
        (r"(X, Z) \perp (Y) \mid (W)", ("XZ", "Y", "W")),
        (r"((X, Z) \perp Y \mid W)", ("XZ", "Y", "W")),
        (r"(X \perp Y \mid (Z, W))", ("X", "Y", "ZW")),
        (r"X, Z \perp Y", ("XZ", "Y", "")),
    ],
)
def test_a_set_may_stand_in_brackets(text: str, sides: tuple[str, str, str]) -> None:
    found = read(text)
    assert (found.left, found.right, found.given) == tuple(map(tuple, sides))


@pytest.mark.parametrize("text", [r"(X \perp Y", r"X) \perp Y", r"(X, (Y) \perp Z", r"() \perp Y"])
def test_brackets_that_do_not_close_are_refused(text: str) -> None:
    with pytest.raises(SymcausalError):
        read(text)
