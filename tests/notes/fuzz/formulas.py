"""What a claim says: probabilities of events, their sums, products and ratios.

Main definitions
----------------
Letter, Event : a free or bound value of a variable; a variable with a letter or the index of a state.
Prob, Total, Times, Ratio, Plus, Minus, Number : the formulas.
free : the letters that no sum binds.
parts, replaced : every formula inside of one, and one with a part exchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeAlias


class Letter(NamedTuple):
    """A value of a variable; the copies of it are written with primes."""

    variable: str
    copy: int = 0


class Event(NamedTuple):
    """A variable with a letter, or with the index of a state."""

    variable: str
    value: Letter | int


@dataclass(frozen=True)
class Prob:
    """The probability of some events, given others, where still others are done."""

    of: tuple[Event, ...]
    given: tuple[Event, ...] = ()
    do: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Mean:
    """The expected number of a variable's state, given events, where others are done."""

    variable: str
    given: tuple[Event, ...] = ()
    do: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Total:
    """A sum over all states of some letters."""

    over: tuple[Letter, ...]
    body: Formula


@dataclass(frozen=True)
class Times:
    """A product."""

    factors: tuple[Formula, ...]


@dataclass(frozen=True)
class Ratio:
    """A quotient."""

    above: Formula
    below: Formula


@dataclass(frozen=True)
class Plus:
    """A sum of terms."""

    terms: tuple[Formula, ...]


@dataclass(frozen=True)
class Minus:
    """A difference."""

    left: Formula
    right: Formula


@dataclass(frozen=True)
class Number:
    """A number that is meant exactly."""

    value: Fraction


Formula: TypeAlias = Prob | Mean | Total | Times | Ratio | Plus | Minus | Number
Path: TypeAlias = tuple[int, ...]


def children(formula: Formula) -> tuple[Formula, ...]:
    """The formulas right under one."""
    match formula:
        case Prob() | Mean() | Number():
            return ()
        case Total(_, body):
            return (body,)
        case Times(inside) | Plus(inside):
            return inside
        case Ratio(one, other) | Minus(one, other):
            return (one, other)


def rebuilt(formula: Formula, inside: tuple[Formula, ...]) -> Formula:
    """A formula with other children."""
    match formula:
        case Prob() | Mean() | Number():
            return formula
        case Total(over, _):
            return Total(over, *inside)
        case Times():
            return product(*inside)
        case Plus():
            return Plus(inside)
        case Ratio():
            return Ratio(*inside)
        case Minus():
            return Minus(*inside)


def product(*factors: Formula) -> Formula:
    """The product of factors, without products inside of it."""
    flat: list[Formula] = []
    for factor in factors:
        flat += factor.factors if isinstance(factor, Times) else (factor,)
    return flat[0] if len(flat) == 1 else Times(tuple(flat))


def parts(formula: Formula, path: Path = ()) -> Iterator[tuple[Path, Formula]]:
    """Every formula inside of one, itself first, with the way to it."""
    yield path, formula
    for i, child in enumerate(children(formula)):
        yield from parts(child, (*path, i))


def replaced(formula: Formula, path: Path, new: Formula) -> Formula:
    """A formula with another part at the end of a path."""
    if not path:
        return new
    inside = list(children(formula))
    inside[path[0]] = replaced(inside[path[0]], path[1:], new)
    return rebuilt(formula, tuple(inside))


def events(part: Prob | Mean) -> tuple[Event, ...]:
    """All events of a probability, or of a mean."""
    return (*(part.of if isinstance(part, Prob) else ()), *part.given, *part.do)


def altered(part: Prob | Mean, change: Callable[[Event], Event]) -> Prob | Mean:
    """A probability, or a mean, with other events."""
    given, do = tuple(map(change, part.given)), tuple(map(change, part.do))
    if isinstance(part, Mean):
        return Mean(part.variable, given, do)
    return Prob(tuple(map(change, part.of)), given, do)


def free(formula: Formula) -> frozenset[Letter]:
    """The letters that no sum binds."""
    if isinstance(formula, Prob | Mean):
        return frozenset(e.value for e in events(formula) if isinstance(e.value, Letter))
    inside = frozenset[Letter]().union(*map(free, children(formula)))
    return inside - set(formula.over) if isinstance(formula, Total) else inside


def letters(formula: Formula) -> frozenset[Letter]:
    """The letters of a formula, bound ones included."""
    found = free(formula) if isinstance(formula, Prob | Mean) else frozenset[Letter]()
    found = found.union(*map(letters, children(formula)))
    return found.union(formula.over) if isinstance(formula, Total) else found


def variables(formula: Formula) -> frozenset[str]:
    """The variables that a formula is about."""
    found = frozenset[str]()
    if isinstance(formula, Prob | Mean):
        found = frozenset(e.variable for e in events(formula))
    if isinstance(formula, Mean):
        found |= {formula.variable}
    return found.union(*map(variables, children(formula)))


def named(formula: Formula) -> frozenset[str]:
    """The variables of which a formula names a state, or takes the states for numbers."""
    found = frozenset[str]()
    if isinstance(formula, Prob | Mean):
        found = frozenset(e.variable for e in events(formula) if isinstance(e.value, int))
    if isinstance(formula, Mean):
        found |= {formula.variable}
    return found.union(*map(named, children(formula)))


def averaged(formula: Formula, letter: Letter) -> Formula | None:
    """The formula with E[Y | ...] for P(y | ...), if the letter is nowhere else."""
    if isinstance(formula, Prob):
        is_asked = formula.of == (Event(letter.variable, letter),)
        return Mean(letter.variable, formula.given, formula.do) if is_asked else None
    if isinstance(formula, Ratio) and letter in letters(formula.below):
        return None
    inside = [(averaged(c, letter) if letter in letters(c) else c) for c in children(formula)]
    changed = [c for c in inside if c is not None]
    return rebuilt(formula, tuple(changed)) if len(changed) == len(inside) else None
