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

from collections.abc import Iterator
from fractions import Fraction as Rational

from symcausal.algebra.scalar import ONE, ZERO, Number, Plus, Term
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
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
from symcausal.hints import TypeAlias, assert_never
from symcausal.patterns import late
from symcausal.rules.condition import (
    AcrossWorlds,
    Condition,
    Distinct,
    Positive,
    Rises,
    Separated,
    TwoStates,
)
from symcausal.writing.boxes import (
    Big,
    Box,
    Fence,
    Figure,
    Fraction,
    Label,
    Sign,
    row,
    separated,
)
from symcausal.writing.events import (
    COMMA,
    GIVEN,
    PrintChoices,
    across_worlds_box,
    condition_boxes,
    counterfactual_box,
    do_style,
    event_box,
    events_box,
    index_box,
    letter_box,
    mean_box,
    mean_over_copy,
    prob_box,
    separation_box,
)
from symcausal.writing.notations import Notation
from symcausal.writing.style import PLAIN, Style
from symcausal.writing.terms import (
    POWER,
    PRODUCT,
    closed,
    term_box,
    term_starts_bare,
    unsigned,
)

Printable: TypeAlias = Expr | Term | Event | Events | Condition

_SPELT = late(r"[+-]?\d{1,200}(?:\.\d{1,200}|/0*[1-9]\d{0,200})?")


def layout(
    thing: Printable,
    style: Style = PLAIN,
    *,
    inline: bool = False,
) -> Box:
    """Lay a formula, a term, an event, a set of events or a condition out."""
    plan = PrintChoices(
        style.notation, style.order, inline, frozenset(style.order) | set(_names(thing))
    )
    if isinstance(thing, Expr):
        return expr_box(thing, plan, leading=True)
    if isinstance(thing, Term):
        return term_box(thing, inline=inline)
    match thing:
        case Event():
            return event_box(thing, plan)
        case Events():
            return events_box(thing, plan)
        case Separated():
            return separation_box(thing, plan)
        case AcrossWorlds():
            return across_worlds_box(thing, plan)
        case TwoStates(variable):
            states = row([Label("states", "function"), Fence(Label(variable))])
            return row([states, Sign("equals"), Figure("2")])
        case Rises(cause, effect):
            pair = separated([Label(cause), Label(effect)], Sign("comma"))
            return row([Label("monotone", "function"), Fence(pair)])
        case Positive(event, do):
            zero = term_box(ZERO)
            return row([prob_box(Prob(event, do=do), plan), Sign("greater"), zero])
        case Distinct(_, left, right):
            sides = (letter_box(name, plan) for name in (left, right))
            return separated(sides, Sign("differs"))


def expr_box(expr: Expr, plan: PrintChoices, *, leading: bool = False) -> Box:
    """Lay a formula out; ``leading`` where a minus sign may stand in front of it."""
    match expr:
        case Prob():
            return prob_box(expr, plan)
        case Counterfactual():
            return counterfactual_box(expr, plan)
        case Expectation():
            return _expectation(expr, plan)
        case Sum() if (mean := mean_over_copy(expr)) is not None:
            return mean_box(*mean, plan)
        case Sum(over, body):
            return row([Big(index_box(over, plan)), _summand(_settled(body), plan)])
        case Product(factors):
            return _product(tuple(map(_settled, factors)), plan, leading=leading)
        case Quotient(top, bottom):
            if plan.inline:
                above, below = _over(_settled(top), plan), _closed(_settled(bottom), plan)
                return row([above, Sign("slash"), below])
            return Fraction(expr_box(top, plan, leading=True), expr_box(bottom, plan, leading=True))
        case Add(terms):
            first, *rest = map(_settled, terms)
            boxes = [_first_term(first, plan), *(_term(t, plan) for t in rest)]
            return separated(boxes, Sign("plus"))
        case Minus(left, right):
            first, last = _settled(left), _settled(right)
            return row([_first_term(first, plan), Sign("minus"), _term(last, plan)])
        case Scalar(value):
            return term_box(value, inline=plan.inline)
        case Numeric(event):
            settled = _settled(expr)
            if settled is not expr:
                return expr_box(settled, plan)
            match event.value:
                case Letter(name):
                    return letter_box(name, plan)
                case State(name):
                    return Label(name, "state")


def _settled(expr: Expr) -> Expr:
    """Return the scalar that a state spells, such as 2 of ``X=2``; any other formula as it is."""
    match expr:
        case Numeric(Event(_, State(name))) if _SPELT.fullmatch(name):
            return Scalar(Number(Rational(name)))
        case _:  # this is about the one form above
            return expr


def _expectation(mean: Expectation, plan: PrintChoices) -> Box:
    capital = PrintChoices(Notation(), plan.order, plan.inline, plan.taken)
    style = do_style(mean.do, plan)
    head: Box = Label("E", "function")
    if mean.do and style == "subscript":
        style = "upright"
    parts = [expr_box(mean.body, capital, leading=True)]
    condition = condition_boxes(mean.given, mean.do, style, plan)
    if condition:
        parts += [GIVEN, separated(condition, COMMA)]
    return row([head, Fence(row(parts), "square")])


def _product(factors: tuple[Expr, ...], plan: PrintChoices, *, leading: bool) -> Box:
    first, *rest = factors
    if leading and isinstance(first, Scalar):
        negative, size = unsigned(first.value)
        if negative:
            left = tuple(rest) if size == ONE else (Scalar(size), *rest)
            return row([Sign("negative"), _product(left, plan, leading=False)])
    boxes: list[Box] = []
    for position, factor in enumerate(factors):
        last = position == len(factors) - 1
        box = _factor(factor, plan, first=not position, last=last)
        if boxes:
            boxes.append(_times(factors[position - 1], boxes[-1], factor, box, plan))
        boxes.append(box)
    return row(boxes)


def _times(left: Expr, left_box: Box, right: Expr, right_box: Box, plan: PrintChoices) -> Sign:
    """Return the sign between two factors: a space where both are plainly factors, else a dot."""
    bare = _is_bare(left)
    opens = isinstance(right_box, Fence)
    if isinstance(right, Scalar) and term_starts_bare(right.value):
        return Sign("times")
    if plan.inline and (bare or _is_bare(right)):
        return Sign("times")
    if bare and not isinstance(left_box, Fence) and opens:
        return Sign("times")
    match right:
        case Sum():
            return Sign("space")
        case Prob() | Counterfactual() | Expectation() | Product() | Quotient():
            return Sign("thin")
        case Add() | Minus() | Scalar() | Numeric():
            return Sign("thin")


def _is_bare(factor: Expr) -> bool:
    """Decide whether a factor is a number or a name alone, which runs into what stands beside it."""
    match factor:
        case Scalar() | Numeric():
            return True
        case Prob() | Counterfactual() | Expectation():
            return False
        case Sum() | Product() | Quotient() | Add() | Minus():
            return False


def _factor(expr: Expr, plan: PrintChoices, *, first: bool, last: bool) -> Box:
    match expr:
        case Add() | Minus():
            return _fenced(expr, plan)
        case Sum() if not last and mean_over_copy(expr) is None:
            return _fenced(expr, plan)
        case Quotient() if plan.inline:
            return _fenced(expr, plan)
        case Scalar(value):
            return closed(value, PRODUCT if first else POWER, inline=plan.inline)
        case Sum() | Quotient() | Product():
            return expr_box(expr, plan)
        case Prob() | Counterfactual() | Expectation() | Numeric():
            return expr_box(expr, plan)


def _summand(body: Expr, plan: PrintChoices) -> Box:
    match body:
        case Add() | Minus():
            return _fenced(body, plan)
        case Quotient() if plan.inline:
            return _fenced(body, plan)
        case Scalar(value):
            return closed(value, POWER, inline=plan.inline)
        case Quotient() | Sum() | Product():
            return expr_box(body, plan)
        case Prob() | Counterfactual() | Expectation() | Numeric():
            return expr_box(body, plan)


def _first_term(expr: Expr, plan: PrintChoices) -> Box:
    """The first of several terms, which may have a minus sign in front."""
    whole = isinstance(expr, Scalar) and isinstance(expr.value, Plus)
    return _fenced(expr, plan) if whole else expr_box(expr, plan, leading=True)


def _term(expr: Expr, plan: PrintChoices) -> Box:
    match expr:
        case Add() | Minus():
            return _fenced(expr, plan)
        case Scalar(value):
            return closed(value, PRODUCT, inline=plan.inline)
        case Quotient() | Sum() | Product():
            return expr_box(expr, plan)
        case Prob() | Counterfactual() | Expectation() | Numeric():
            return expr_box(expr, plan)


def _over(expr: Expr, plan: PrintChoices) -> Box:
    if isinstance(expr, Product) and not isinstance(expr.factors[-1], Sum):
        return expr_box(expr, plan)
    return _closed(expr, plan)


def _closed(expr: Expr, plan: PrintChoices) -> Box:
    """A formula in brackets unless it is in one piece, for both sides of a slash."""
    match expr:
        case Scalar(value):
            return closed(value, POWER, inline=plan.inline)
        case Prob() | Counterfactual() | Expectation() | Numeric():
            return expr_box(expr, plan)
        case Sum() if mean_over_copy(expr) is not None:
            return expr_box(expr, plan)
        case Sum() | Product() | Quotient() | Add() | Minus():
            return _fenced(expr, plan)


def _fenced(expr: Expr, plan: PrintChoices) -> Box:
    return Fence(expr_box(expr, plan, leading=True))


def _names(thing: Printable) -> Iterator[str]:
    """The names of all variables of a thing."""
    if isinstance(thing, Expr):
        yield from variables(thing)
        return
    if isinstance(thing, Term):
        return
    match thing:
        case Event(variable):
            yield variable
        case Events():
            yield from thing.variables
        case Separated():
            yield from (*thing.left, *thing.right, *thing.given)
            yield from (*thing.cut_into, *thing.cut_out_of)
        case TwoStates(variable):
            yield variable
        case Rises(cause, effect):
            yield from (cause, effect)
        case AcrossWorlds(parts):
            yield from (name for part in parts for name in part)
        case Positive(event, do):
            yield from (event | do).variables
        case Distinct(variable):
            yield variable
        case _:
            assert_never(thing)
