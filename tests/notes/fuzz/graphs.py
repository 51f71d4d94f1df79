"""Random graphs with hidden causes, the text that declares them, and random exact models of them.

Main definitions
----------------
Shape : variables with their states, arrows, and hidden causes.
random_shape, unknown_shape, independent_shape : a graph; none known; no arrow at all.
worlds : exact models of a shape, with two and three states where none are declared.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from tests.notes.fuzz.worlds import World, positive_row

States: TypeAlias = tuple[str, ...] | None
TOTAL = 97  # of a row; a prime, so that no two rows agree by accident more often than they must


class Shape(NamedTuple):
    """A graph. Variables stand parents first; states are names, or none where they are not declared."""

    stated: tuple[tuple[str, States], ...]
    arrows: tuple[tuple[str, str], ...]
    causes: tuple[tuple[str, str], ...] = ()  # pairs with a hidden common cause
    hidden: tuple[str, ...] = ()  # variables that are declared as hidden

    @property
    def states(self) -> dict[str, States]:
        """The states of each variable, or none."""
        return dict(self.stated)

    @property
    def seen(self) -> tuple[str, ...]:
        """The variables that a formula may name."""
        return tuple(name for name in self.states if name not in self.hidden)

    def parents(self, name: str) -> tuple[str, ...]:
        """The parents of a variable."""
        return tuple(a for a, b in self.arrows if b == name)


NAMED_STATES = (("low", "high"), ("A", "B", "C"), ("no", "yes"), ("0", "1", "2"), ("0", "1"))


def random_shape(rng: random.Random, size: int) -> Shape:
    """A graph of so many variables, with a hidden cause or two about half of the time."""
    names = [f"V{i}" for i in range(size)]
    dense = rng.choice([0.3, 0.5, 0.8])
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    arrows = [pair for pair in pairs if rng.random() < dense]
    states = {n: rng.choice(NAMED_STATES) if rng.random() < 0.3 else None for n in names}
    causes = tuple(rng.sample(pairs, min(rng.choice([0, 0, 1, 1, 2]), len(pairs))))
    hidden: tuple[str, ...] = ()
    if size > 2 and rng.random() < 0.15:  # a variable of which formulas say nothing
        hidden = (names[0],)
        states[names[0]] = None
        arrows += [(names[0], b) for b in rng.sample(names[1:], 2) if (names[0], b) not in arrows]
        causes = tuple(pair for pair in causes if names[0] not in pair)
    return Shape(tuple(states.items()), tuple(arrows), causes, hidden)


def unknown_shape(names: Iterable[str]) -> Shape:
    """All joint distributions of some variables: every arrow that an order of them allows."""
    order = list(names)
    pairs = tuple((a, b) for i, a in enumerate(order) for b in order[i + 1 :])
    return Shape(tuple((name, None) for name in order), pairs)


def independent_shape(names: Iterable[str]) -> Shape:
    """Some variables, and no arrow."""
    return Shape(tuple((name, None) for name in names), ())


def random_world(
    shape: Shape, rng: random.Random, open_states: int, fixed: frozenset[str]
) -> World:
    """An exact positive model; a variable without states has so many, those that are fixed two."""
    sizes = {
        name: len(states) if states else (2 if name in fixed else open_states)
        for name, states in shape.states.items()
    }
    causes = {f"cause {i}": pair for i, pair in enumerate(shape.causes)}
    parents = {
        name: (*shape.parents(name), *(cause for cause, pair in causes.items() if name in pair))
        for name in sizes
    }
    everything = dict.fromkeys(causes, 2 if open_states == 2 else 3) | sizes
    return World(
        everything,
        dict.fromkeys(causes, ()) | parents,
        shape.seen,
        lambda name, _: positive_row(rng, everything[name], TOTAL),
        TOTAL,
    )


@lru_cache(maxsize=64)  # a world remembers what it has added up
def worlds(shape: Shape, seed: int, fixed: frozenset[str] = frozenset()) -> tuple[World, ...]:
    """Models of a shape: two with two states where none are declared, one with three."""
    rng = random.Random(seed)
    return tuple(random_world(shape, rng, count, fixed) for count in (2, 3, 2))
