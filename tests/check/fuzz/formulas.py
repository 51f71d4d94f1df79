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


Formula: TypeAlias = Prob | Total | Times | Ratio | Plus | Minus | Number
Path: TypeAlias = tuple[int, ...]


def children(formula: Formula) -> tuple[Formula, ...]:
    """The formulas right under one."""
    match formula:
        case Prob() | Number():
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
        case Prob() | Number():
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


def events(prob: Prob) -> tuple[Event, ...]:
    """All events of a probability."""
    return (*prob.of, *prob.given, *prob.do)


def altered(prob: Prob, change: Callable[[Event], Event]) -> Prob:
    """A probability with other events."""
    return Prob(*(tuple(map(change, some)) for some in (prob.of, prob.given, prob.do)))


def free(formula: Formula) -> frozenset[Letter]:
    """The letters that no sum binds."""
    if isinstance(formula, Prob):
        return frozenset(e.value for e in events(formula) if isinstance(e.value, Letter))
    inside = frozenset[Letter]().union(*map(free, children(formula)))
    return inside - set(formula.over) if isinstance(formula, Total) else inside


def letters(formula: Formula) -> frozenset[Letter]:
    """The letters of a formula, bound ones included."""
    found = free(formula) if isinstance(formula, Prob) else frozenset[Letter]()
    found = found.union(*map(letters, children(formula)))
    return found.union(formula.over) if isinstance(formula, Total) else found


def variables(formula: Formula) -> frozenset[str]:
    """The variables that a formula is about."""
    found = (
        frozenset(e.variable for e in events(formula)) if isinstance(formula, Prob) else frozenset()
    )
    return found.union(*map(variables, children(formula)))


def named(formula: Formula) -> frozenset[str]:
    """The variables of which a formula names a state."""
    found = frozenset[str]()
    if isinstance(formula, Prob):
        found = frozenset(e.variable for e in events(formula) if isinstance(e.value, int))
    return found.union(*map(named, children(formula)))
