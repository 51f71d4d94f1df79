r"""Calculations as they are written: which numerals stand where, with the digits that they show.

A formula folds its numbers: ``0.9 \cdot 0.7 \cdot 0.0025`` is one scalar, and how it was written is
gone. A calculation keeps it.

Main definitions
----------------
WrittenFormula, WrittenSum, WrittenProduct, WrittenFraction, WrittenPower : with
    :class:`~symcausal.reading.numerals.Numeral` the closed union :data:`WrittenCalculation`.
calculation_of : the calculation that a syntax tree is.
interval : where its value lies if every numeral may be off by so much.
numerals, is_arithmetic : the numerals in it; whether nothing else is in it.
formula_of : its formula, with other formulas for some of its numerals.

Notation
--------
Brackets are the grouping and nothing else. A numeral times a power of ten, ``5.9\times10^{-4}``, is a
numeral; a minus sign before a lone numeral is its own. A fraction of whole numbers, also written
``3:2``, is a calculation of exact numerals. A probability, an expected value, a parameter, a name and
a whole ``\sum`` are parts of their own. An unnamed constant (``\alpha``) is left out, as in the formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from symcausal.algebra.scalar import number
from symcausal.errors import LimitError, Source, Span
from symcausal.expr import build
from symcausal.expr.nodes import Expr, Scalar
from symcausal.hints import TypeAlias, assert_never
from symcausal.reading.arithmetic import add, divide, multiply, power
from symcausal.reading.numerals import Numeral
from symcausal.reading.syntax import SyntaxPart, SyntaxTree, signed
from symcausal.reading.tokens import Token
from symcausal.record import record

_MAX_BITS = 50_000
_NOWHERE = Span(Source(""), 0, 0)


@record
class WrittenFormula:
    """A part without numerals of its own: a probability, a sum, a parameter, a name."""

    expr: Expr


@record
class WrittenSum:
    """Terms, each with ``+`` or ``-`` before it."""

    terms: tuple[tuple[str, WrittenCalculation], ...]


@record
class WrittenProduct:
    """Factors, each with ``*`` or ``/`` before it, from left to right."""

    factors: tuple[tuple[str, WrittenCalculation], ...]


@record
class WrittenFraction:
    """A numerator over a denominator."""

    numerator: WrittenCalculation
    denominator: WrittenCalculation


@record
class WrittenPower:
    """A whole power."""

    base: WrittenCalculation
    exponent: int


WrittenCalculation: TypeAlias = (
    Numeral | WrittenFormula | WrittenSum | WrittenProduct | WrittenFraction | WrittenPower
)
Enclosure: TypeAlias = tuple[Fraction, Fraction]


def numerals(calculation: WrittenCalculation) -> Iterator[Numeral]:
    """Return the numerals of a calculation, in the order written."""
    match calculation:
        case Numeral():
            yield calculation
        case WrittenFormula():
            return
        case WrittenSum(parts) | WrittenProduct(parts):
            for _, part in parts:
                yield from numerals(part)
        case WrittenFraction(above, below):
            yield from numerals(above)
            yield from numerals(below)
        case WrittenPower(base):
            yield from numerals(base)
        case _:
            assert_never(calculation)


def is_arithmetic(calculation: WrittenCalculation) -> bool:
    """Whether a calculation is made of numerals alone."""
    match calculation:
        case Numeral():
            return True
        case WrittenFormula():
            return False
        case WrittenSum(parts) | WrittenProduct(parts):
            return all(is_arithmetic(part) for _, part in parts)
        case WrittenFraction(above, below):
            return is_arithmetic(above) and is_arithmetic(below)
        case WrittenPower(base):
            return is_arithmetic(base)
        case _:
            assert_never(calculation)


def formula_of(calculation: WrittenCalculation, named: Callable[[Numeral], Expr | None]) -> Expr:
    """Return the formula of a calculation, with what numerals are names for in their place.

    Parameters
    ----------
    calculation : WrittenCalculation
        As it is written; nothing in it is worked out.
    named : callable
        The formula that a numeral stands for, None for the number itself.
    """

    def of(part: WrittenCalculation) -> Expr:
        return formula_of(part, named)

    match calculation:
        case Numeral(value):
            return named(calculation) or Scalar(number(value))
        case WrittenFormula(expr):
            return expr
        case WrittenSum(terms):
            return add([(sign, of(term)) for sign, term in terms], _NOWHERE)
        case WrittenProduct(factors):
            return multiply([(sign, of(factor)) for sign, factor in factors], _NOWHERE)
        case WrittenFraction(above, below):
            return divide(of(above), of(below), _NOWHERE)
        case WrittenPower(base, exponent):
            return power(of(base), exponent, _NOWHERE)
        case _:
            assert_never(calculation)


# -- values -------------------------------------------------------------------------------------
def interval(
    calculation: WrittenCalculation,
    values: Callable[[Expr], Fraction | None],
    half: Callable[[Numeral], Fraction],
) -> Enclosure | None:
    """Return the interval in which the value of a calculation lies, by exact interval arithmetic.

    Parameters
    ----------
    calculation : WrittenCalculation
        What is calculated.
    values : callable
        The value of a part that is no numeral, None if it has none.
    half : callable
        How far a numeral may be off, either way.

    Returns
    -------
    tuple of Fraction or None
        The lowest and the highest value; each numeral is off on its own, wherever it stands. None if a
        part has no value, or zero is among those of a denominator.

    Raises
    ------
    LimitError
        If numbers grow beyond some ten thousand digits.
    """
    return _Intervals(values, half).of(calculation)


class _Intervals:
    def __init__(
        self, values: Callable[[Expr], Fraction | None], half: Callable[[Numeral], Fraction]
    ) -> None:
        self.values = values
        self.half = half

    def of(self, calculation: WrittenCalculation) -> Enclosure | None:
        match calculation:
            case Numeral(value):
                off = abs(self.half(calculation))
                return value - off, value + off
            case WrittenFormula(expr):
                known = self.values(expr)
                return None if known is None else (known, known)
            case WrittenSum(terms):
                return self._sum(terms)
            case WrittenProduct(factors):
                return self._product(factors)
            case WrittenFraction(above, below):
                return self._product((("*", above), ("/", below)))
            case WrittenPower(base, exponent):
                inside = self.of(base)
                return None if inside is None else _power(inside, exponent)
            case _:
                assert_never(calculation)

    def _sum(self, terms: tuple[tuple[str, WrittenCalculation], ...]) -> Enclosure | None:
        low = high = Fraction(0)
        for sign, term in terms:
            one = self.of(term)
            if one is None:
                return None
            least, most = one if sign == "+" else (-one[1], -one[0])
            low, high = _small(low + least), _small(high + most)
        return low, high

    def _product(self, factors: tuple[tuple[str, WrittenCalculation], ...]) -> Enclosure | None:
        found: Enclosure | None = (Fraction(1), Fraction(1))
        for sign, factor in factors:
            one = self.of(factor)
            if one is not None and sign == "/":
                one = _inverse(one)
            found = None if one is None or found is None else _times(found, one)
            if found is None:
                return None
        return found


def _times(one: Enclosure, other: Enclosure) -> Enclosure:
    if one[0] == one[1] and other[0] == other[1]:
        exact = _small(one[0] * other[0])
        return exact, exact
    corners = [_small(x * y) for x in one for y in other]
    return min(corners), max(corners)


def _inverse(one: Enclosure) -> Enclosure | None:
    low, high = one
    return None if low <= 0 <= high else (1 / high, 1 / low)


def _power(base: Enclosure, exponent: int) -> Enclosure | None:
    if exponent < 0:
        below = _power(base, -exponent)
        return None if below is None else _inverse(below)
    low, high = base
    for end in base:
        if (end.numerator.bit_length() + end.denominator.bit_length()) * exponent > _MAX_BITS:
            raise _too_large()
    ends = sorted((low**exponent, high**exponent))
    if exponent and exponent % 2 == 0 and low < 0 < high:
        ends[0] = Fraction(0)
    return ends[0], ends[1]


def _small(value: Fraction) -> Fraction:
    if value.numerator.bit_length() + value.denominator.bit_length() > _MAX_BITS:
        raise _too_large()
    return value


def _too_large() -> LimitError:
    return LimitError("a calculation with too many digits", expected="fewer or shorter numbers")


# -- from syntax ----------------------------------------------------------------------------------
def calculation_of(
    tree: SyntaxPart, formula: Callable[[SyntaxPart], Expr], number: Callable[[Token], Numeral]
) -> WrittenCalculation:
    """Return the calculation that a syntax tree writes down.

    Parameters
    ----------
    tree : SyntaxPart
        Of a whole formula that was read.
    formula : callable
        What a part without numerals of its own means.
    number : callable
        What a number says.
    """
    return _Shape(formula, number).of(tree)


class _Shape:
    def __init__(
        self, formula: Callable[[SyntaxPart], Expr], number: Callable[[Token], Numeral]
    ) -> None:
        self.formula = formula
        self.number = number

    def of(self, part: SyntaxPart) -> WrittenCalculation:
        if isinstance(part, Token):
            return self.number(part)
        match part.kind:
            case "bracket":
                return self.of(part.parts[0])
            case "terms":
                return _sum([(sign, self.of(one)) for sign, one in signed(part)])
            case "factors":
                return _product([(sign, self.of(one)) for sign, one in signed(part)])
            case "fraction":
                return WrittenFraction(self.of(part.parts[2]), self.of(part.parts[5]))
            case "power":
                return WrittenPower(self.of(part.parts[0]), _exponent(part.parts[2]))
            case _:  # no arithmetic
                return WrittenFormula(self.formula(part))


def _exponent(part: SyntaxPart) -> int:
    tokens = part.parts if isinstance(part, SyntaxTree) else [part]
    digits = tokens[-1]
    assert isinstance(digits, Token)
    return int(digits.text) * (-1 if len(tokens) > 1 else 1)


def _sum(terms: list[tuple[str, WrittenCalculation]]) -> WrittenCalculation:
    sign, first = terms[0]
    if len(terms) == 1 and sign == "+":
        return first
    if len(terms) == 1 and isinstance(first, Numeral):
        return first.negative()
    return WrittenSum(tuple(terms))


def _product(factors: list[tuple[str, WrittenCalculation]]) -> WrittenCalculation:
    found: list[tuple[str, WrittenCalculation]] = []
    for sign, factor in factors:
        if isinstance(factor, WrittenFormula) and factor.expr == build.ONE:
            continue  # an unnamed constant
        if sign == "*" and found and _is_power_of_ten(factor):
            before, last = found[-1]
            if before == "*" and isinstance(last, Numeral) and isinstance(factor, WrittenPower):
                found[-1] = ("*", last.scaled(factor.exponent))
                continue
        found.append((sign, factor))
    if not found:
        return WrittenFormula(build.ONE)
    if len(found) == 1 and found[0][0] == "*":
        return found[0][1]
    return WrittenProduct(tuple(found))


def _is_power_of_ten(factor: WrittenCalculation) -> bool:
    return isinstance(factor, WrittenPower) and factor.base == Numeral(Fraction(10))
