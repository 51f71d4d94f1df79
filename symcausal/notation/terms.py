r"""Numbers and expressions over parameters as boxes.

Main definitions
----------------
term_box : a term; ``\theta_{\mathrm{A}\mid \mathrm{high}}`` for a table entry.
decimal : a fraction as a short decimal, where it is one.

Notation
--------
A table entry is :math:`\theta` with its state and its parents' states at the foot. States that are
bare numbers say nothing of their variable, so its name then stands at the top.
"""

from __future__ import annotations

from fractions import Fraction as Rational

from symcausal.algebra.scalar import Number, Parameter, Plus, Power, Term, Times
from symcausal.notation.boxes import (
    Box,
    Fence,
    Figure,
    Fraction,
    Label,
    Script,
    Sign,
    row,
    separated,
)
from symcausal.notation.names import is_number

_MINUS, _PLUS, _TIMES = Sign("minus"), Sign("plus"), Sign("times")


def term_box(term: Term, *, inline: bool = False) -> Box:
    """Lay a term out; ``inline`` as plain text wants it."""
    match term:
        case Number(value):
            return number_box(value, inline=inline)
        case Parameter():
            return Label(term.name, "parameter") if inline else parameter_box(term)
        case Plus(parts):
            boxes = [term_box(parts[0], inline=inline)]
            for part in parts[1:]:
                boxes += _signed(part, inline)
            return row(boxes)
        case Times(parts):
            return _product(parts, inline)
        case Power(base, exponent) if exponent < 0:
            below = base if exponent == -1 else Power(base, -exponent)
            return _ratio(Figure("1"), below, inline)
        case Power(base, exponent):
            box = term_box(base, inline=inline)
            atom = isinstance(base, Parameter) and not isinstance(box, Script)
            return Script(box if atom else Fence(box), sup=Figure(str(exponent)))


def number_box(value: Rational, *, inline: bool = False) -> Box:
    """An exact number: ``3``, ``-1/2``."""
    if value < 0:
        return row([Sign("negative"), number_box(-value, inline=inline)])
    top, bottom = Figure(str(value.numerator)), Figure(str(value.denominator))
    if value.denominator == 1:
        return top
    return row([top, Sign("tight-slash"), bottom]) if inline else Fraction(top, bottom)


def parameter_box(parameter: Parameter) -> Box:
    """A declared parameter by its name, a table entry as theta with its states."""
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
        return str(value)
    sign, figures = "-" if value < 0 else "", str(abs(scaled.numerator)).rjust(digits + 1, "0")
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
        case _:
            return False


def _signed(term: Term, inline: bool) -> list[Box]:
    """A later summand, with the sign before it."""
    match term:
        case Number(value) if value < 0:
            return [_MINUS, number_box(-value, inline=inline)]
        case Times((Number(value), *rest)) if value < 0:
            parts = tuple(rest) if value == -1 else (Number(-value), *rest)
            positive = parts[0] if len(parts) == 1 else Times(parts)
            box = term_box(positive, inline=inline)
            return [_MINUS, Fence(box) if isinstance(positive, Plus) else box]
        case _:
            return [_PLUS, term_box(term, inline=inline)]


def _product(parts: tuple[Term, ...], inline: bool) -> Box:
    if parts[0] == Number(Rational(-1)) and len(parts) > 1:
        rest = parts[1] if len(parts) == 2 else Times(parts[1:])
        box = term_box(rest, inline=inline)
        return row([Sign("negative"), Fence(box) if isinstance(rest, Plus) else box])
    above = [p for p in parts if not (isinstance(p, Power) and p.exponent < 0)]
    below: list[Term] = [
        p.base if p.exponent == -1 else Power(p.base, -p.exponent)
        for p in parts
        if isinstance(p, Power) and p.exponent < 0
    ]
    top = _factors(above, inline) if above else Figure("1")
    if not below:
        return top
    return _ratio(top, below[0] if len(below) == 1 else Times(tuple(below)), inline)


def _factors(parts: list[Term], inline: bool) -> Box:
    boxes: list[Box] = []
    for part in parts:
        box = term_box(part, inline=inline)
        if isinstance(part, Plus) and len(parts) > 1:
            box = Fence(box)
        if boxes:
            plain = not inline and not term_starts_bare(part) and not isinstance(box, Fence)
            boxes.append(Sign("thin") if plain or isinstance(boxes[-1], Fence) else _TIMES)
        boxes.append(box)
    return row(boxes)


def _ratio(top: Box, below: Term, inline: bool) -> Box:
    box = term_box(below, inline=inline)
    if not inline:
        return Fraction(top, box)
    atom = isinstance(below, Parameter | Power)
    return row([top, Sign("slash"), box if atom else Fence(box)])
