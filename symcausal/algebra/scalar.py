"""Exact numbers and expressions over parameters, without any computer-algebra system.

A table entry is a number, a parameter, or a small expression such as ``1 - q``. These are trees of
frozen nodes, a closed union; nothing here simplifies except constants. SymPy objects are made from
them (and they from SymPy objects) only where a user asks, in ``symcausal.numbers.evaluate``.

Main definitions
----------------
Number, Indeterminate, Plus, Times, Power : the union :data:`Term`.
plus, times, power, minus : builders that flatten and fold constants.
evaluate : the value of a term for given parameters, in any field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import reduce

from symcausal.algebra.field import Field
from symcausal.hints import TypeAlias, TypeVar, assert_never
from symcausal.record import record

V = TypeVar("V")


@record
class Number:
    """An exact rational number."""

    value: Fraction


@record
class Indeterminate:
    """An unknown number: a table entry, a symbol that the model declares, or a count of data.

    Attributes
    ----------
    name : str
        Unique in a model; a Python identifier.
    variable, state : str
        Whose entry it is and for which state; both empty for a declared parameter and for a count.
    parents : tuple of (str, str)
        The parents' assignment, in the order of the table; of a count, the event that is counted.
    spelled_out : bool
        Whether to print it with its variables, because its states alone are those of another too.
    """

    name: str
    variable: str = ""
    state: str = ""
    parents: tuple[tuple[str, str], ...] = ()
    spelled_out: bool = False


@record
class Plus:
    """A sum of at least two terms."""

    terms: tuple[Term, ...]


@record
class Times:
    """A product of at least two terms."""

    factors: tuple[Term, ...]


@record
class Power:
    """A term to a whole power other than 0 and 1; ``-1`` is the reciprocal."""

    base: Term
    exponent: int


Term: TypeAlias = Number | Indeterminate | Plus | Times | Power

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
MINUS_ONE = Number(Fraction(-1))


def number(value: Fraction | int) -> Number:
    """Wrap an exact number."""
    return Number(Fraction(value))


def plus(terms: Iterable[Term]) -> Term:
    """Add terms: flatten, collect the constant in front, keep the rest in order."""
    constant, rest = Fraction(0), []
    for term in _flattened(terms, Plus):
        if isinstance(term, Number):
            constant += term.value
        else:
            rest.append(term)
    parts = ([Number(constant)] if constant or not rest else []) + rest
    return parts[0] if len(parts) == 1 else Plus(tuple(parts))


def times(factors: Iterable[Term]) -> Term:
    """Multiply terms: flatten, collect the constant in front, keep the rest in order."""
    constant, rest = Fraction(1), []
    for factor in _flattened(factors, Times):
        if isinstance(factor, Number):
            constant *= factor.value
        else:
            rest.append(factor)
    if not constant:
        return ZERO
    parts = ([Number(constant)] if constant != 1 or not rest else []) + rest
    return parts[0] if len(parts) == 1 else Times(tuple(parts))


def minus(term: Term) -> Term:
    """The negative of a term."""
    if isinstance(term, Indeterminate):
        return Times((MINUS_ONE, term))
    return times((MINUS_ONE, term))


def power(base: Term, exponent: int) -> Term:
    """A whole power; a zero base with a negative exponent is kept for the caller to refuse."""
    if exponent == 0:
        return ONE
    if exponent == 1:
        return base
    match base:
        case Number(value) if value or exponent > 0:
            return Number(value**exponent)
        case Power(inner, whole) if whole > 0:
            return power(inner, whole * exponent)
        case Number() | Indeterminate() | Plus() | Times() | Power():
            return Power(base, exponent)


def replaced(term: Term, by: Mapping[Indeterminate, Term]) -> Term:
    """A term with other terms in place of some parameters; sums and products keep their shape."""
    match term:
        case Indeterminate():
            return by.get(term, term)
        case Plus(parts):
            return Plus(tuple(replaced(part, by) for part in parts))
        case Times(parts):
            return Times(tuple(replaced(part, by) for part in parts))
        case Power(base, exponent):
            return Power(replaced(base, by), exponent)
        case Number():
            return term


def parameters(term: Term) -> Iterator[Indeterminate]:
    """Every parameter of a term, in reading order, with repeats."""
    match term:
        case Indeterminate():
            yield term
        case Plus(parts) | Times(parts):
            for part in parts:
                yield from parameters(part)
        case Power(base, _):
            yield from parameters(base)
        case Number():
            pass
        case _:
            assert_never(term)


def evaluate(term: Term, values: Mapping[str, V], field: Field[V]) -> V:
    """Evaluate a term in any field.

    Parameters
    ----------
    term : Term
        What to evaluate.
    values : mapping of str to V
        A value for every parameter's name.
    field : Field
        Where to compute.

    Raises
    ------
    KeyError
        If a parameter has no value.
    """
    match term:
        case Number(value):
            return field.constant(value)
        case Indeterminate(name=name):
            return values[name]
        case Plus(parts):
            return reduce(field.add, [evaluate(part, values, field) for part in parts])
        case Times(parts):
            return reduce(field.mul, [evaluate(part, values, field) for part in parts])
        case Power(base, exponent):
            raised = reduce(field.mul, [evaluate(base, values, field)] * abs(exponent))
            return raised if exponent > 0 else field.div(field.one, raised)


def _flattened(parts: Iterable[Term], kind: type[Plus] | type[Times]) -> Iterator[Term]:
    for part in parts:
        if isinstance(part, kind):
            yield from part.terms if isinstance(part, Plus) else part.factors
        else:
            yield part
