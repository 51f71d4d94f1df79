"""Rules about sums: sum to one, distribute, collect.

References
----------
[Koller2009]_ Section 9.2, where a sum is pushed in.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.expr.build import ZERO, factors_of, product, quotient, total
from symcausal.expr.nodes import Events, Expr, Minus, Prob, Product, Quotient, Sum
from symcausal.expr.scope import canonical, free_letters, substitute
from symcausal.rules.condition import Positive
from symcausal.rules.rule import Context, Rewrite, rule


@rule(
    name="sum-to-one",
    title="sums to one",
    statement=r"\sum_{x} P(x \mid y) = 1",
    source="Koller2009",
)
def sum_to_one(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Drop a barren variable: its own table is the only factor that mentions it."""
    match expr:
        case Sum(over, body):
            factors = factors_of(body)
            for event in over:
                holders = [f for f in factors if event.value.name in free_letters(f)]
                if len(holders) == 1 and is_distribution_of(holders[0], Events((event,))):
                    left = [f for f in factors if f is not holders[0]]
                    yield Rewrite(total(over - (event,), product(left)))


def is_distribution_of(expr: Expr, events: Events) -> bool:
    """Whether a factor is ``P(events | ...)``, and the letters of ``events`` stand nowhere else in it."""
    match expr:
        case Prob(outcome, given, do):
            elsewhere = {*given.letters, *do.letters}
            return outcome == events and not elsewhere & set(events.letters)
    return False


@rule(
    name="distribute",
    title="distribute the sum",
    statement=r"\sum_{x} f(y) \, g(x, y) = f(y) \sum_{x} g(x, y)",
    source="Koller2009",
)
def distribute(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Move the factors that do not depend on a summed value out of its sum."""
    match expr:
        case Sum(over, Product(factors)):
            for event in over:
                inside = [f for f in factors if event.value.name in free_letters(f)]
                outside = [f for f in factors if event.value.name not in free_letters(f)]
                if not inside or not (outside or len(over) > 1):
                    continue
                inner = Sum(Events((event,)), product(inside))
                rest = over - (event,)
                body = product((*outside, inner))
                if outside:
                    yield Rewrite(Sum(rest, body) if rest else body)


@rule(
    name="collect",
    title="collect the common factor",
    statement=r"\sum_{x} f \, g - \sum_{x} f \, h = \sum_{x} f \, (g - h)",
    source="Koller2009",
)
def collect(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Collect the common factors of a difference, of two sums over the same variables too."""
    match expr:
        case Minus(left, right) if canonical(left) == canonical(right):
            yield Rewrite(ZERO)
        case Minus(Sum(over, left), Sum(other, right)) if over.variables == other.variables:
            names = {b.value.name: a.value for a, b in zip(over, other, strict=True)}
            joined = _collected(left, substitute(right, names))
            if joined is not None and not set(over.letters) & set(free_letters(Sum(other, right))):
                yield Rewrite(Sum(over, joined))
        case Minus(left, right):
            joined = _collected(left, right)
            if joined is not None:
                yield Rewrite(joined)


def _collected(left: Expr, right: Expr) -> Expr | None:
    shared, ours, theirs = _common(left, right)
    if not shared:
        return None
    return product((*shared, Minus(product(ours), product(theirs))))


@rule(
    name="cancel",
    title="cancel",
    statement=r"\frac{f \, g}{f \, h} = \frac{g}{h}",
    condition=r"f > 0",
    source="Koller2009",
)
def cancel(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Cancel the factors of a denominator that stand in the numerator too, or beside the fraction.

    Those that a sum does not depend on are taken out of it first.
    """
    match expr:
        case Quotient(top, bottom):
            shared, above, below = _common(_opened(top), _opened(bottom))
            if shared:
                yield Rewrite(quotient(product(above), product(below)), _positive(shared))
        case Product(factors):
            for position, fraction in enumerate(factors):
                if not isinstance(fraction, Quotient):
                    continue
                shared, beside, below = _common(
                    product(f for f in factors if f is not fraction), fraction.denominator
                )
                if shared:
                    place = sum(any(f is kept for kept in beside) for f in factors[:position])
                    beside.insert(place, quotient(fraction.numerator, product(below)))
                    yield Rewrite(product(beside), _positive(shared))


def _positive(shared: list[Expr]) -> tuple[Positive, ...]:
    return tuple(Positive(f.outcome | f.given, f.do) for f in shared if isinstance(f, Prob))


def _opened(expr: Expr) -> Expr:
    """Return a sum with the factors that do not depend on it in front; any other formula as it is."""
    match expr:
        case Sum(over, body):
            bound = set(over.letters)
            inside = [f for f in factors_of(body) if bound & set(free_letters(f))]
            outside = [f for f in factors_of(body) if not bound & set(free_letters(f))]
            if inside and outside:
                return product((*outside, Sum(over, product(inside))))
    return expr


def _common(left: Expr, right: Expr) -> tuple[list[Expr], list[Expr], list[Expr]]:
    shared, ours, theirs = list[Expr](), list[Expr](), list(factors_of(right))
    forms = [canonical(f) for f in theirs]
    for factor in factors_of(left):
        form = canonical(factor)
        if form in forms:
            position = forms.index(form)
            del theirs[position], forms[position]
            shared.append(factor)
        else:
            ours.append(factor)
    return shared, ours, theirs
