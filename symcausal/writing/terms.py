r"""Numbers and expressions over parameters as boxes.

Main definitions
----------------
term_box : a term; ``\theta_{\mathrm{A}\mid \mathrm{high}}`` for a table entry.
closed : a term in brackets where it needs them.
unsigned : a term without the minus sign in front of it.
decimal : a fraction as a short decimal, where it is one.

Notation
--------
A table entry is :math:`\theta` with its state and its parents' states at the foot. States that are
bare numbers say nothing of their variable, so its name then stands at the top.

Implementation notes
--------------------
How tightly a laid-out term holds together, its strength, decides about brackets: ``SUM`` (also
anything with a sign in front), ``PRODUCT`` (also a fraction in one line), ``POWER``, ``ATOM``.
"""

from __future__ import annotations

from fractions import Fraction as Rational

from symcausal.algebra.decimals import written
from symcausal.algebra.scalar import Indeterminate, Number, Plus, Power, Term, Times
from symcausal.writing.boxes import (
    Box,
    Fence,
    Figure,
    Fraction,
    Label,
    Script,
    Sign,
    is_single,
    row,
    separated,
)
from symcausal.writing.names import is_number

SUM, PRODUCT, POWER, ATOM = range(4)
_MINUS, _PLUS, _TIMES = Sign("minus"), Sign("plus"), Sign("times")


def term_box(term: Term, *, inline: bool = False) -> Box:
    """Return the box of a term; with ``inline`` it has no fraction bar, as in plain text."""
    match term:
        case Number(value):
            return number_box(value, inline=inline)
        case Indeterminate():
            return Label(term.name, "parameter") if inline else parameter_box(term)
        case Plus(parts):
            boxes = [term_box(parts[0], inline=inline)]
            for part in parts[1:]:
                negative, size = unsigned(part)
                boxes += [_MINUS if negative else _PLUS, closed(size, PRODUCT, inline=inline)]
            return row(boxes)
        case Times(parts):
            negative, size = unsigned(term)
            if negative:
                return row([Sign("negative"), closed(size, PRODUCT, inline=inline)])
            return _product(parts, inline)
        case Power(base, exponent) if exponent < 0:
            below = base if exponent == -1 else Power(base, -exponent)
            return _ratio(Figure("1"), below, inline)
        case Power(base, exponent):
            box = term_box(base, inline=inline)
            return Script(box if is_single(box) else Fence(box), sup=Figure(str(exponent)))


def strength(term: Term, *, inline: bool = False) -> int:
    """Return how tightly a laid-out term holds together: ``SUM``, ``PRODUCT``, ``POWER`` or ``ATOM``."""
    match term:
        case Number(value):
            if value < 0:
                return SUM
            return PRODUCT if inline and value.denominator > 1 else ATOM
        case Indeterminate():
            return ATOM
        case Plus():
            return SUM
        case Times():
            if unsigned(term)[0]:
                return SUM
            return PRODUCT if inline or not _is_fraction(term) else ATOM
        case Power(_, exponent):
            return POWER if exponent > 0 else PRODUCT if inline else ATOM


def closed(term: Term, least: int, *, inline: bool = False) -> Box:
    """Return the box of a term, in brackets if it holds together less tightly than ``least``."""
    box = term_box(term, inline=inline)
    return box if strength(term, inline=inline) >= least else Fence(box)


def unsigned(term: Term) -> tuple[bool, Term]:
    """Return whether a term is written with a minus sign in front, and what follows the sign."""
    match term:
        case Number(value) if value < 0:
            return True, Number(-value)
        case Times((Number(value), *rest)) if value < 0:
            parts = tuple(rest) if value == -1 else (Number(-value), *rest)
            return True, parts[0] if len(parts) == 1 else Times(parts)
        case Number() | Indeterminate() | Plus() | Times() | Power():
            return False, term


def number_box(value: Rational, *, inline: bool = False) -> Box:
    """An exact number: ``3``, ``-1/2``."""
    if value < 0:
        return row([Sign("negative"), number_box(-value, inline=inline)])
    top, bottom = Figure(written(value.numerator)), Figure(written(value.denominator))
    if value.denominator == 1:
        return top
    return row([top, Sign("tight-slash"), bottom]) if inline else Fraction(top, bottom)


def parameter_box(parameter: Indeterminate) -> Box:
    """A declared parameter by its name, a table entry as theta with its states, a count as n."""
    if not parameter.variable and parameter.parents:
        event = [_assignment(name, state, full=True) for name, state in parameter.parents]
        return Script(Label("n", "parameter"), sub=separated(event, Sign("tight-comma")))
    if not parameter.variable:
        return Label(parameter.name, "parameter")
    pairs = ((parameter.variable, parameter.state), *parameter.parents)
    full = parameter.spelled_out or any(is_number(state) for _, state in pairs)
    child, *parents = [_assignment(name, state, full=full) for name, state in pairs]
    foot: list[Box] = [child]
    if parents:
        foot += [Sign("given"), separated(parents, Sign("tight-comma"))]
    return Script(Label("theta", "parameter"), sub=row(foot))


def _assignment(name: str, state: str, *, full: bool) -> Box:
    """A state, with its variable where the state alone says too little."""
    shown = Label(state, "state")
    return row([Label(name), Sign("equals"), shown]) if full else shown


def decimal(value: Rational, *, digits: int = 6) -> str:
    """A number as a decimal that ends within so many digits, or else as a fraction."""
    scaled = value * 10**digits
    if scaled.denominator != 1:
        return written(value)
    sign, figures = "-" if value < 0 else "", written(abs(scaled.numerator)).rjust(digits + 1, "0")
    tail = figures[-digits:].rstrip("0")
    return sign + figures[:-digits] + ("." + tail if tail else "")


def term_starts_bare(term: Term) -> bool:
    """Whether a term begins with digits, which need a sign before them."""
    match term:
        case Number():
            return True
        case Times(parts):
            return term_starts_bare(parts[0])
        case Power(base, exponent):
            return exponent < 0 or term_starts_bare(base)
        case Indeterminate() | Plus():
            return False


def _product(parts: tuple[Term, ...], inline: bool) -> Box:
    above, below = _split(parts)
    if not below:
        return _factors(above, inline)
    under = below[0] if len(below) == 1 else Times(tuple(below))
    if not above:
        return _ratio(Figure("1"), under, inline)
    alone = not inline and len(above) == 1
    top = term_box(above[0]) if alone else _factors(above, inline)
    return _ratio(top, under, inline)


def _split(parts: tuple[Term, ...]) -> tuple[list[Term], list[Term]]:
    """Return what stands above and below the bar of a fraction."""
    above = [p for p in parts if not (isinstance(p, Power) and p.exponent < 0)]
    below: list[Term] = [
        p.base if p.exponent == -1 else Power(p.base, -p.exponent)
        for p in parts
        if isinstance(p, Power) and p.exponent < 0
    ]
    return above, below


def _is_fraction(term: Times) -> bool:
    return bool(_split(term.factors)[1])


def _factors(parts: list[Term], inline: bool) -> Box:
    boxes: list[Box] = []
    for part in parts:
        # only the first factor may be a fraction in one line: 1/2 * q
        box = closed(part, POWER if boxes else PRODUCT, inline=inline)
        if boxes:
            follows = not inline and not isinstance(box, Fence)
            thin = follows or isinstance(boxes[-1], Fence)
            bare = term_starts_bare(part) and not isinstance(box, Fence)
            boxes.append(Sign("thin") if thin and not bare else _TIMES)
        boxes.append(box)
    return row(boxes)


def _ratio(top: Box, below: Term, inline: bool) -> Box:
    if not inline:
        return Fraction(top, term_box(below))
    return row([top, Sign("slash"), closed(below, POWER, inline=True)])
