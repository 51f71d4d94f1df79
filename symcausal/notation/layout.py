r"""What of a formula is printed, in which order, and where brackets stand.

Main definitions
----------------
Printable : formulas, terms, events and conditions.
layout : any printable thing as a box.
expr_box : a formula as a box.

Notation
--------
A sum binds the product that follows it, not ``+``. So a sum needs brackets as any factor but the
last, and a sum of terms needs them in every product.

Implementation notes
--------------------
Brackets are set here, for all back-ends. Plain text has no fraction bar: a fraction there is laid
out in a line and gets brackets wherever a reader might doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from symcausal.algebra.scalar import ZERO, Number, Parameter, Plus, Power, Term, Times
from symcausal.expr.nodes import (
    Add,
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    State,
    Sum,
)
from symcausal.expr.scope import variables
from symcausal.notation.boxes import (
    Big,
    Box,
    Fence,
    Fraction,
    Label,
    Row,
    Sign,
    row,
    separated,
)
from symcausal.notation.events import (
    COMMA,
    GIVEN,
    Plan,
    condition_boxes,
    do_style,
    event_box,
    events_box,
    index_box,
    letter_box,
    prob_box,
    separation_box,
)
from symcausal.notation.notations import Notation
from symcausal.notation.terms import term_box, term_starts_bare
from symcausal.rules.condition import Condition, Distinct, Positive, Separated

Printable: TypeAlias = Expr | Term | Event | Events | Condition


def layout(
    thing: Printable, notation: Notation, order: Sequence[str] = (), *, inline: bool = False
) -> Box:
    """Lay a formula, a term, an event, a set of events or a condition out."""
    plan = Plan(notation, tuple(order), inline, frozenset(order) | set(_names(thing)))
    match thing:
        case Number() | Parameter() | Plus() | Times() | Power():
            return term_box(thing, inline=inline)
        case Event():
            return event_box(thing, plan)
        case Events():
            return events_box(thing, plan)
        case Separated():
            return separation_box(thing, plan)
        case Positive(event, do):
            zero = term_box(ZERO)
            return row([prob_box(Prob(event, do=do), plan), Sign("greater"), zero])
        case Distinct(_, left, right):
            sides = (letter_box(name, plan) for name in (left, right))
            return separated(sides, Sign("differs"))
        case _:
            return expr_box(thing, plan)


def expr_box(expr: Expr, plan: Plan) -> Box:
    """Lay a formula out."""
    match expr:
        case Prob():
            return prob_box(expr, plan)
        case Expectation():
            return _expectation(expr, plan)
        case Sum(over, body):
            return row([Big(index_box(over, plan)), _summand(body, plan)])
        case Product(factors):
            return _product(factors, plan)
        case Quotient(top, bottom):
            if plan.inline:
                return row([_over(top, plan), Sign("slash"), _under(bottom, plan)])
            return Fraction(expr_box(top, plan), expr_box(bottom, plan))
        case Add(terms):
            first, *rest = terms
            boxes = [_term(first, plan, first=True)]
            return separated([*boxes, *(_term(t, plan) for t in rest)], Sign("plus"))
        case Minus(left, right):
            return row([_term(left, plan, first=True), Sign("minus"), _term(right, plan)])
        case Scalar(value):
            return term_box(value, inline=plan.inline)
        case Numeric(event):
            return _numeric(event, plan)


def _expectation(mean: Expectation, plan: Plan) -> Box:
    capital = Plan(Notation(), plan.order, plan.inline, plan.taken)
    style = do_style(mean.do, plan)
    head: Box = Label("E", "function")
    if mean.do and style == "subscript":
        style = "upright"
    parts = [expr_box(mean.body, capital)]
    condition = condition_boxes(mean.given, mean.do, style, plan)
    if condition:
        parts += [GIVEN, separated(condition, COMMA)]
    return row([head, Fence(row(parts), "square")])


def _product(factors: tuple[Expr, ...], plan: Plan) -> Box:
    boxes: list[Box] = []
    for position, factor in enumerate(factors):
        last = position == len(factors) - 1
        box = _factor(factor, plan, first=not position, last=last)
        if boxes:
            boxes.append(_times(factors[position - 1], boxes[-1], factor, box, plan))
        boxes.append(box)
    return row(boxes)


def _times(left: Expr, left_box: Box, right: Expr, right_box: Box, plan: Plan) -> Sign:
    """The sign between two factors: none where both are plainly factors."""
    bare = (Scalar, Numeric)
    opens = isinstance(right_box, Fence)
    if isinstance(right, Scalar) and term_starts_bare(right.value):
        return Sign("times")
    if plan.inline and (isinstance(left, bare) or isinstance(right, bare)):
        return Sign("times")
    if isinstance(left, bare) and not isinstance(left_box, Fence) and opens:
        return Sign("times")
    return Sign("space" if isinstance(right, Sum) else "thin")


def _factor(expr: Expr, plan: Plan, *, first: bool, last: bool) -> Box:
    box = expr_box(expr, plan)
    match expr:
        case Add() | Minus():
            return Fence(box)
        case Sum():
            return box if last else Fence(box)
        case Quotient():
            return Fence(box) if plan.inline else box
        case Scalar(Plus()):
            return Fence(box)
        case Scalar(value) if _is_signed(value) or (not first and isinstance(box, Row)):
            return box if _is_simple(value) else Fence(box)
        case _:
            return box


def _summand(body: Expr, plan: Plan) -> Box:
    box = expr_box(body, plan)
    signed = isinstance(body, Scalar) and not _is_simple(body.value)
    fenced = isinstance(body, Add | Minus) or signed or (plan.inline and isinstance(body, Quotient))
    return Fence(box) if fenced else box


def _term(expr: Expr, plan: Plan, *, first: bool = False) -> Box:
    box = expr_box(expr, plan)
    match expr:
        case Add() | Minus():
            return box if first else Fence(box)
        case Scalar(value) if not first and (_is_signed(value) or isinstance(value, Plus)):
            return Fence(box)
        case Scalar(Plus()):
            return Fence(box)
        case _:
            return box


def _over(expr: Expr, plan: Plan) -> Box:
    box = expr_box(expr, plan)
    if isinstance(expr, Product) and not isinstance(expr.factors[-1], Sum):
        return box
    return box if _is_atom(expr) else Fence(box)


def _under(expr: Expr, plan: Plan) -> Box:
    box = expr_box(expr, plan)
    return box if _is_atom(expr) else Fence(box)


def _is_atom(expr: Expr) -> bool:
    return isinstance(expr, Prob | Expectation | Numeric) or (
        isinstance(expr, Scalar) and _is_simple(expr.value)
    )


def _is_simple(term: Term) -> bool:
    match term:
        case Number(value):
            return value >= 0 and value.denominator == 1
        case Parameter():
            return True
        case _:
            return False


def _is_signed(term: Term) -> bool:
    match term:
        case Number(value):
            return value < 0
        case Times(factors):
            return _is_signed(factors[0])
        case _:
            return False


def _numeric(event: Event, plan: Plan) -> Box:
    match event.value:
        case State(name):
            return Label(name, "state")
        case Letter(name):
            return letter_box(name, plan)


def _names(thing: Printable) -> Iterator[str]:
    """The names of all variables of a thing."""
    match thing:
        case Number() | Parameter() | Plus() | Times() | Power():
            return
        case Event(variable):
            yield variable
        case Events():
            yield from thing.variables
        case Separated():
            yield from (*thing.left, *thing.right, *thing.given)
            yield from (*thing.cut_into, *thing.cut_out_of)
        case Positive(event, do):
            yield from (event | do).variables
        case Distinct(variable):
            yield variable
        case _:
            yield from variables(thing)
