"""All makers of cases for numbers, by name."""

from __future__ import annotations

from tests.notes.fuzz.calculations import chains, given_parameters, hand, parameters
from tests.notes.fuzz.givens import exercise, half_open
from tests.notes.fuzz.numbers import Maker
from tests.notes.fuzz.relations import formulas, independence, proportional
from tests.notes.fuzz.stated import coins, constants, expectations, named
from tests.notes.fuzz.values import letters, lists, lone

MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        lone, letters, lists, formulas, independence, proportional, hand, chains, parameters,
        given_parameters, exercise, half_open, coins, named, constants, expectations,
    )
}  # fmt: skip
