"""All makers of cases for numbers, by name."""

from __future__ import annotations

from tests.check.fuzz.calculations import chains, given_parameters, hand, parameters
from tests.check.fuzz.givens import exercise, half_open
from tests.check.fuzz.numbers import Maker
from tests.check.fuzz.relations import formulas, independence, proportional
from tests.check.fuzz.stated import coins, constants, expectations, named
from tests.check.fuzz.values import letters, lists, lone

MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        lone, letters, lists, formulas, independence, proportional, hand, chains, parameters,
        given_parameters, exercise, half_open, coins, named, constants, expectations,
    )
}  # fmt: skip
