"""Calculations with numerals: as they are written, and with half a unit either way.

Main definitions
----------------
Leaf, Parameter, Op : a numeral, a letter for a number, and an operation.
value_of, interval : what a calculation gives, and between which bounds.
after_formula, after_calculation : what is right of a formula and a calculation, of a calculation and
    a numeral.
shown : a calculation as LaTeX.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TypeAlias

from tests.notes.fuzz.case import DEFINITION, FAILS, HOLDS, UNDECIDED
from tests.notes.fuzz.numerals import Numeral, Verdicts, about, equals

__all__ = ["DEFINITION", "Calc", "Leaf", "Op", "Parameter"]


@dataclass(frozen=True)
class Leaf:
    """A numeral."""

    numeral: Numeral


@dataclass(frozen=True)
class Parameter:
    """A letter that stands for a number."""

    name: str


@dataclass(frozen=True)
class Op:
    """``+``, ``-``, ``*`` or ``/`` of some calculations."""

    sign: str
    inside: tuple[Calc, ...]


Calc: TypeAlias = Leaf | Parameter | Op


def value_of(calc: Calc, at: Mapping[str, Fraction] | None = None) -> Fraction:
    """The value as written; ZeroDivisionError where there is none."""
    match calc:
        case Leaf(numeral):
            return numeral.value
        case Parameter(name):
            return (at or {})[name]
        case Op(sign, inside):
            values = [value_of(one, at) for one in inside]
            match sign:
                case "+":
                    return sum(values, Fraction(0))
                case "*":
                    return prod(values, start=Fraction(1))
                case "-":
                    return values[0] - values[1]
                case _:
                    return values[0] / values[1]


def interval(calc: Calc, known: frozenset[Fraction]) -> tuple[Fraction, Fraction]:
    """The bounds of a calculation where each decimal that is not known carries half a unit."""
    if isinstance(calc, Leaf):
        half = Fraction(0) if calc.numeral.value in known else calc.numeral.half
        return calc.numeral.value - half, calc.numeral.value + half
    assert isinstance(calc, Op)
    bounds = [interval(one, known) for one in calc.inside]
    match calc.sign:
        case "+":
            return sum((b[0] for b in bounds), Fraction(0)), sum(
                (b[1] for b in bounds), Fraction(0)
            )
        case "-":
            (a, b), (c, d) = bounds
            return a - d, b - c
        case "*":
            low, high = bounds[0]
            for other in bounds[1:]:
                ends = [x * y for x in (low, high) for y in other]
                low, high = min(ends), max(ends)
            return low, high
        case _:
            (a, b), (c, d) = bounds
            if c <= 0 <= d:
                raise ZeroDivisionError
            ends = [x / y for x in (a, b) for y in (c, d)]
            return min(ends), max(ends)


def after_formula(value: Fraction, calc: Calc, known: frozenset[Fraction]) -> Verdicts:
    """What is right of ``formula = calculation``, or of a calculation for a formula."""
    try:
        if value_of(calc) == value:  # "Equal values hold first"
            return HOLDS
        low, high = interval(calc, known)
        lowest, highest = interval(calc, frozenset())
    except ZeroDivisionError:  # "Zero inside a denominator: undecided"
        return UNDECIDED
    if low <= value <= high:
        # "inside, and the interval no wider than a tenth of its middle: holds; else undecided"
        middle = abs(low + high) / 2
        return HOLDS if (high - low) * 10 <= middle else UNDECIDED
    # "A numeral that equals an entry is that entry; where half a unit there would make a failing
    # claim true, undecided"
    return UNDECIDED if lowest <= value <= highest else FAILS


def after_calculation(first: Fraction, calc: Calc, sign: str, numeral: Numeral) -> Verdicts:
    """What is right of ``calculation = numeral`` in a chain that begins with an exact value."""
    judge = about if sign == r"\approx" else equals
    try:
        written = value_of(calc)
    except ZeroDivisionError:
        return UNDECIDED
    as_written, as_asked = judge(written, numeral), judge(first, numeral)
    if as_written == HOLDS and as_asked == HOLDS:
        return HOLDS
    if not numeral.unit:
        # an exact side is also judged against the first, which is exact
        if as_written == HOLDS:
            return HOLDS | FAILS | UNDECIDED  # as equal values hold first
        return FAILS | UNDECIDED if as_asked == HOLDS else as_written
    if as_written == HOLDS:
        # "right as written but not the first side's value to its digits: undecided"; the same
        # value, though, holds first
        return HOLDS | UNDECIDED if written == numeral.value else UNDECIDED
    # "wrong as written, fails, unless the numeral is the exact value of the first side rounded"
    return UNDECIDED if as_asked == HOLDS else as_written


def leaves(calc: Calc) -> Iterator[Leaf]:
    """The numerals of a calculation, from the left."""
    if isinstance(calc, Leaf):
        yield calc
    elif isinstance(calc, Op):
        for one in calc.inside:
            yield from leaves(one)


def with_leaf(calc: Calc, old: Calc, new: Calc) -> Calc:
    """The calculation with another numeral or letter for the first that equals one."""
    done = False

    def put(one: Calc) -> Calc:
        nonlocal done
        if one == old and not done:
            done = True
            return new
        return Op(one.sign, tuple(map(put, one.inside))) if isinstance(one, Op) else one

    return put(calc)


def shown(calc: Calc, rng: random.Random) -> str:
    """A calculation as LaTeX, with signs of a writer's choice."""
    times = rng.choice([r" \cdot ", r" \times "])
    fraction = rng.choice([r"\frac{{{}}}{{{}}}", r"\frac{{{}}}{{{}}}", "{} / {}"])
    return _shown(calc, times, fraction, 0)


def _shown(calc: Calc, times: str, fraction: str, place: int) -> str:
    match calc:
        case Leaf(numeral):
            wants = place and (numeral.value < 0 or numeral.kind == "fraction")
            return f"({numeral.text})" if wants else numeral.text
        case Parameter(name):
            return name
        case Op("/", (above, below)) if "/" in fraction:
            one, other = (_shown(x, times, fraction, 2) for x in (above, below))
            text = fraction.format(one, other)
            return f"({text})" if place else text
        case Op("/", inside):
            return fraction.format(*(_shown(one, times, fraction, 0) for one in inside))
        case Op("*", inside):
            has_letters = any(isinstance(one, Parameter) for one in inside)
            sign = " " if has_letters and times == r" \cdot " else times
            text = sign.join(_shown(one, times, fraction, 1) for one in inside)
            return f"({text})" if place == 2 else text
        case Op(sign, inside):
            texts = [_shown(inside[0], times, fraction, 0)]
            texts += [_shown(one, times, fraction, 1 if sign == "-" else 0) for one in inside[1:]]
            text = f" {sign} ".join(texts)
            return f"({text})" if place else text
