r"""What of a formula is printed, in which order, and where brackets stand.

Main definitions
----------------
Printable : formulas, terms, events and conditions.
layout : a printable thing as a box.
Plan : the choices of one printing: notation, order of variables, how fractions stand.

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

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
    Mark,
    Script,
    Sign,
    row,
    separated,
)
from symcausal.notation.names import lowered
from symcausal.notation.notations import Notation
from symcausal.notation.terms import term_box, term_starts_bare
from symcausal.rules.condition import Condition, Distinct, Positive, Separated

Printable: TypeAlias = Expr | Term | Event | Events | Condition

COMMA, EQUALS, GIVEN = Sign("comma"), Sign("equals"), Sign("given")


@dataclass(frozen=True, slots=True)
class Plan:
    """The choices of one printing.

    Attributes
    ----------
    notation : Notation
        The book's choices.
    order : tuple of str
        The variables in the order of their declaration; alphabetical where it is silent.
    inline : bool
        Whether a fraction stands in one line, as in plain text.
    taken : frozenset of str
        The names of all variables, which no lower-case form may equal.
    """

    notation: Notation
    order: tuple[str, ...] = ()
    inline: bool = False
    taken: frozenset[str] = frozenset()

    def sorted(self, events: Iterable[Event]) -> list[Event]:
        """Events in the order of declaration."""
        return sorted(events, key=lambda event: (*self.place(event.variable), event.key))

    def place(self, variable: str) -> tuple[int, str]:
        """Sort key of a variable."""
        known = variable in self.order
        return (self.order.index(variable) if known else len(self.order), variable)


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
            sides = (_letter(*_unprimed(name), plan) for name in (left, right))
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


def prob_box(prob: Prob, plan: Plan) -> Box:
    """``P(outcome | do(...), given)``, with the intervention where the notation puts it."""
    style = _do_style(prob.do, plan)
    head: Box = Label(plan.notation.letter, "function")
    if prob.do and style == "subscript":
        head = Script(head, sub=events_box(prob.do, plan))
    parts = [events_box(prob.outcome, plan)]
    condition = _condition(prob.given, prob.do, style, plan)
    if condition:
        parts += [GIVEN, separated(condition, COMMA)]
    square = plan.notation.brackets == "square" and not plan.inline
    return row([head, Fence(row(parts), "square" if square else "round")])


def event_box(event: Event, plan: Plan) -> Box:
    """``X``, ``x``, ``X'``, ``X=A`` or ``x^{1}``."""
    variable = event.variable
    match event.value:
        case Letter(name):
            primes = _primes(name, variable)
            if primes is not None:
                return _letter(variable, primes, plan)
            return row([Label(variable), EQUALS, _letter(*_unprimed(name), plan)])
        case State(name):
            small = lowered(variable, plan.taken)
            if _superscript(plan) and small != variable and name.isalnum():
                return Script(Label(small), sup=Label(name, "state"))
            return row([Label(variable), EQUALS, Label(name, "state")])


def events_box(events: Iterable[Event], plan: Plan) -> Box:
    """Events side by side, in the order of declaration."""
    return separated((event_box(event, plan) for event in plan.sorted(events)), COMMA)


def index_box(over: Iterable[Event], plan: Plan) -> Box:
    """The index of a sum."""
    style = plan.notation.sums
    if style == "lower":
        plan = Plan(Notation(values="lower"), plan.order, plan.inline, plan.taken)
    if style != "set" or plan.inline:
        sign = Sign("tight-comma")
        return separated((event_box(event, plan) for event in plan.sorted(over)), sign)
    return Fence(events_box(over, plan), "set")


def separation_box(separation: Separated, plan: Plan) -> Box:
    r"""``L ⟂ S | I``, with the surgery graph at its foot if arrows were cut."""
    parts = [_listed(separation.left, plan), Sign("separated"), _listed(separation.right, plan)]
    if separation.given:
        parts += [GIVEN, _listed(separation.given, plan)]
    if not separation.cut_into and not separation.cut_out_of:
        return row(parts)
    cuts: list[Box] = []
    if separation.cut_into:
        cuts.append(Mark(_listed(separation.cut_into, plan), "over"))
    if separation.cut_out_of:
        cuts.append(Mark(_listed(separation.cut_out_of, plan), "under"))
    graph = Label("G", "graph" if "G" in plan.taken else "variable")
    return Script(Fence(row(parts)), sub=Script(graph, sub=row(cuts)))


def _condition(given: Events, do: Events, style: str, plan: Plan) -> list[Box]:
    condition: list[Box] = []
    if do and style == "hat":
        condition += [Mark(event_box(event, plan), "hat") for event in plan.sorted(do)]
    elif do and style != "subscript":
        word = Label("do", "variable" if style == "plain" else "word")
        if style == "operator":
            word = Label("do", "function")
        condition.append(row([word, Fence(events_box(do, plan))]))
    return condition + [event_box(event, plan) for event in plan.sorted(given)]


def _do_style(do: Events, plan: Plan) -> str:
    style = plan.notation.do
    alone = all(_stands_alone(event) for event in do)
    if plan.inline or (style == "hat" and not alone):
        return "plain"
    return style


def _expectation(mean: Expectation, plan: Plan) -> Box:
    capital = Plan(Notation(), plan.order, plan.inline, plan.taken)
    style = _do_style(mean.do, plan)
    head: Box = Label("E", "function")
    if mean.do and style == "subscript":
        style = "upright"
    parts = [expr_box(mean.body, capital)]
    condition = _condition(mean.given, mean.do, style, plan)
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
        case Scalar(value) if _is_signed(value) or (plan.inline and not first):
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
            return _letter(*_unprimed(name), plan)


def _letter(variable: str, primes: int, plan: Plan) -> Box:
    small = plan.notation.values == "lower"
    return Label(lowered(variable, plan.taken) if small else variable, "variable", primes)


def _listed(names: Iterable[str], plan: Plan) -> Box:
    return separated((Label(name) for name in sorted(names, key=plan.place)), COMMA)


def _stands_alone(event: Event) -> bool:
    value = event.value
    return isinstance(value, Letter) and _primes(value.name, event.variable) is not None


def _primes(letter: str, variable: str) -> int | None:
    """How many primes a variable's own letter has; None for a foreign letter."""
    primes = len(letter) - len(variable)
    return primes if letter == variable + "'" * primes else None


def _unprimed(letter: str) -> tuple[str, int]:
    base = letter.rstrip("'")
    return (base, len(letter) - len(base)) if base else (letter, 0)


def _superscript(plan: Plan) -> bool:
    return plan.notation.states == "superscript" and not plan.inline


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
