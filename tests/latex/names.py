"""Every awkward name and state of the tests in every place of a printed answer.

Main definitions
----------------
NAMES, STATES : those of the tests of names, and some more.
models : one small model for each of them.
displays : what a model prints.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy

from symcausal import Model
from symcausal.expr.nodes import Prob, free_events
from symcausal.writing.notations import PRESETS
from tests.writing import print_strategies, test_print_names

NAMES = tuple(
    dict.fromkeys(
        (
            *test_print_names.AWKWARD, *test_print_names.ALIKE, *print_strategies.STATES,
            "α_{t-1}", "\\theta_{1}", "ϑ_a", "Ž_ij", "çøß", "x & y", "50 %", "a\\b", "<|>",
        )
    )
)  # fmt: skip
STATES = tuple(
    dict.fromkeys(
        (*test_print_names.STATES, *(s for of in print_strategies.STATES.values() for s in of))
    )
)
LAST_OF_LATIN = "\u017f"  # up to here the fonts of pdfLaTeX have letters


def models() -> Iterator[Model]:
    """A parent and its child, with each name and each pair of states somewhere."""
    count = len(STATES)
    for i, name in enumerate(NAMES):
        one, two, three, four = (STATES[(3 * i + j) % count] for j in (0, 7, 1, 12))
        yield Model([(name, "Zz")], states={name: [one, two], "Zz": [three, four]})


def displays(model: Model) -> Iterator[str]:
    """Closed forms, their tables and derivations, in pieces that a document can hold."""
    name, child = model.variables
    yield model.evaluation(Prob(free_events([child]))).to_latex()
    yield model.table().to_latex()
    for symbol in model.parameters:
        yield f"${sympy.latex(symbol**2 / (1 - symbol))}$"
    derivation = model.derive(Prob(free_events([child]), do=free_events([name])))
    for preset in PRESETS:
        yield derivation.to_latex(notation=preset)
    found = model.compare(
        Prob(free_events([name])), Prob(free_events([name]), free_events([child]))
    )
    yield found.to_latex()
