"""Small models with all their numbers, or some, as text and as an exact joint distribution.

Main definitions
----------------
Tables : a graph with states, an exact model of it, and the rows that its text leaves out.
Writer : what a writer chooses: names, notation, layout, the order of statements.
random_tables : a small model with numbers.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from tests.notes.fuzz.documents import Layout, random_layout
from tests.notes.fuzz.formulas import Formula
from tests.notes.fuzz.graphs import Shape
from tests.notes.fuzz.notation import (
    INDEXED,
    SINGLE,
    WORDS,
    Name,
    Style,
    dull_style,
    named_from,
    random_style,
    written,
)
from tests.notes.fuzz.numerals import decimal
from tests.notes.fuzz.worlds import Row, World, positive_row

# the last is what a lone letter means
EVENTS = (("no", "yes"), ("0", "1"), ("false", "true"), ("off", "on"))
OTHERS = (("red", "blue"), ("A", "B", "C"), ("weak", "strong"))


class Tables(NamedTuple):
    """A graph with states, and an exact model of it."""

    shape: Shape
    world: World
    missing: frozenset[tuple[str, tuple[int, ...]]] = frozenset()  # rows without numbers

    @property
    def entries(self) -> frozenset[Fraction]:
        """The numbers of the model's text."""
        return frozenset(
            Fraction(entry, self.world.total)
            for name, table in self.world.rows.items()
            for states, row in table.items()
            if (name, states) not in self.missing
            for entry in row
        )


def random_tables(
    rng: random.Random,
    *,
    events: float = 0.6,
    zeros: float = 0.1,
    twins: float = 0.15,
    size: int = 0,
) -> Tables:
    """A model of two or three variables.

    Parameters
    ----------
    events : float
        How often a variable's states are "no" and "yes", or 0 and 1.
    zeros, twins : float
        How often a row has a zero, or is the same as the one before.
    """
    names = [f"V{i}" for i in range(size or rng.choice([2, 2, 3]))]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    arrows = tuple(p for p in pairs if rng.random() < 0.75) or (pairs[0],)
    states = tuple((n, rng.choice(EVENTS if rng.random() < events else OTHERS)) for n in names)
    shape = Shape(states, arrows)
    total = rng.choice([10, 10, 20, 100, 100, 100, 1000, 6, 12])
    made: dict[str, Row] = {}

    def row(name: str, _: tuple[int, ...]) -> Row:
        count = len(shape.states[name] or ())
        if name in made and rng.random() < twins:
            return made[name]
        if rng.random() < zeros:
            made[name] = tuple(total * (i == 0) for i in range(count))
        else:
            made[name] = positive_row(rng, count, total)
        return made[name]

    sizes = {name: len(some or ()) for name, some in states}
    parents = {name: shape.parents(name) for name in names}
    return Tables(shape, World(sizes, parents, names, row, total))


class Writer:
    """What a writer chooses: names, notation, layout, the order of statements.

    Parameters
    ----------
    rng : random.Random
        For all choices.
    dull : bool
        Whether to choose the plainest notation and layout.
    """

    def __init__(self, rng: random.Random, *, dull: bool = False) -> None:
        self.rng, self.dull = rng, dull
        self.names: dict[str, Name] = {}
        self.style: Style | None = None

    def take(self, shape: Shape, forms: Mapping[str, str] | None = None) -> None:
        """Choose names and notation for the variables of a shape."""
        pool = self.rng.choice([SINGLE, SINGLE, SINGLE, WORDS, INDEXED])
        if any(len(states or ()) > 2 for states in shape.states.values()):
            # a state A beside a variable A is for other tests
            pool = tuple(name for name in pool if name not in "ABC")
        self.names = named_from(self.rng, shape.states, pool)
        style = random_style(self.rng, self.names, shape.states)
        style = dull_style(style) if self.dull else style
        self.style = style._replace(forms={**style.forms, **(forms or {})})

    def formula(self, formula: Formula) -> str:
        """A formula as the writer puts it down."""
        assert self.style is not None
        return written(formula, self.style)

    def layout(self) -> Layout:
        """A layout for chains."""
        found = random_layout(self.rng, alone=False)
        return Layout(".md", "$", "", words=False) if self.dull else found

    def model(self, tables: Tables) -> str:
        """The text of a model, its statements in some order."""
        shape, fractions = tables.shape, self.rng.random() < 0.3
        called = {variable: name.model for variable, name in self.names.items()}
        lines = [f"{called[v]}: {', '.join(states or ())}" for v, states in shape.stated]
        lines += [f"{called[a]} -> {called[b]}" for a, b in shape.arrows]
        for name in shape.states:
            parents = shape.parents(name)
            for at in product(*(range(tables.world.sizes[p]) for p in parents)):
                if (name, at) in tables.missing:
                    continue
                row = [Fraction(e, tables.world.total) for e in tables.world.rows[name][at]]
                entries = ", ".join(self._entry(entry, fractions=fractions) for entry in row)
                lines.append(f"P({self._event(name, parents, at, shape)}) = {entries}")
        if not self.dull:
            self.rng.shuffle(lines)
        return "\n".join(lines)

    def _event(self, name: str, parents: Iterable[str], at: tuple[int, ...], shape: Shape) -> str:
        given = ", ".join(
            f"{self.names[p].model}={(shape.states[p] or ())[s]}"
            for p, s in zip(parents, at, strict=True)
        )
        return f"{self.names[name].model} | {given}" if given else self.names[name].model

    def _entry(self, entry: Fraction, *, fractions: bool) -> str:
        for digits in range(4):
            if not fractions and (entry * 10**digits).denominator == 1:
                return decimal(entry, digits)
        return str(entry)
