"""Cases for numbers: a model with all of them, some or none, and what people write about it.

Main definitions
----------------
Draft : a model's text, chains of sides, and what is right for each claim of them.
Numbers : the sketch of such a case, made from two seeds: what is claimed, and how it is written.
with_states, known : a formula at states; its value.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from tests.notes.fuzz.case import Case, Expected
from tests.notes.fuzz.documents import Chain, notes
from tests.notes.fuzz.formulas import (
    Event,
    Formula,
    Letter,
    Mean,
    Minus,
    Prob,
    Ratio,
    altered,
    free,
    parts,
    product,
    replaced,
)  # fmt: skip
from tests.notes.fuzz.numerals import Unsettled
from tests.notes.fuzz.rewriting import question
from tests.notes.fuzz.tables import Tables, Writer
from tests.notes.fuzz.worlds import value


class Draft(NamedTuple):
    """What a maker gives.

    Attributes
    ----------
    model : str or None
        The text of a model, if there is one.
    chains : tuple
        Chains of sides, each with what is right for its relation signs.
    before : str
        A line in front of the notes.
    """

    model: str | None
    chains: tuple[tuple[Chain, tuple[Expected, ...]], ...]
    before: str = ""


Maker: TypeAlias = Callable[[random.Random, Writer], Draft]


class Numbers(NamedTuple):
    """A case made from two seeds: what is claimed, and how it is written."""

    maker: Maker
    seed: int
    writing: int
    dull: bool = False

    def case(self) -> Case:
        """The notes, with what is right for every claim."""
        writer = Writer(random.Random(self.writing), dull=self.dull)
        draft = self.maker(random.Random(self.seed), writer)
        layout = writer.layout()
        if draft.model is None or draft.before:
            layout = layout._replace(model="", ending=".md", frame="$")
        text = draft.before + notes([chain for chain, _ in draft.chains], layout, draft.model)
        expected = tuple(one for _, some in draft.chains for one in some)
        return Case(None if layout.model else draft.model, text, layout.ending, expected)

    def twin(self) -> Numbers:
        """The same claims, written by another writer."""
        return self._replace(writing=self.writing + 1)

    def smaller(self) -> Iterator[Numbers]:
        """The same claims in dull notation."""
        if not self.dull:
            yield self._replace(dull=True)


def numbers_sketch(maker: Maker, rng: random.Random) -> Numbers:
    """A case of one maker."""
    while True:
        sketch = Numbers(maker, rng.randrange(10**9), rng.randrange(10**9))
        try:
            sketch.case()
            sketch.twin().case()
        except Unsettled:
            continue
        return sketch


def claim(
    left: str, relation: str, right: str, expected: Expected
) -> tuple[Chain, tuple[Expected, ...]]:
    """A chain with one relation sign."""
    return Chain((left, right), (relation,)), (expected,)


def simple(rng: random.Random, tables: Tables, *, doing: float = 0.2) -> Formula:
    """A probability, or a small formula of two, with letters."""
    one = question(rng, tables.shape, doing=rng.random() < doing)
    other = question(rng, tables.shape, doing=rng.random() < doing)
    return rng.choice([one] * 4 + [Minus(one, other), product(one, other), Ratio(one, other)])


def at_states(rng: random.Random, formula: Formula, tables: Tables) -> Formula:
    """A formula with a state for every free letter."""
    return with_states(
        formula, {x: rng.randrange(tables.world.sizes[x.variable]) for x in sorted(free(formula))}
    )


def with_states(formula: Formula, at: Mapping[Letter, int]) -> Formula:
    """A formula with states for some of its letters."""

    def put(event: Event) -> Event:
        if isinstance(event.value, int) or event.value not in at:
            return event
        return Event(event.variable, at[event.value])

    for path, part in list(parts(formula)):
        if isinstance(part, Prob | Mean):
            formula = replaced(formula, path, altered(part, put))
    return formula


def known(formula: Formula, tables: Tables) -> Fraction:
    """The value of a formula without free letters.

    Raises
    ------
    Unsettled
        If it has none.
    """
    found = value(formula, tables.world, {})
    if found is None:
        raise Unsettled("a side is undefined")
    return found
