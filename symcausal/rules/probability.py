"""Rules that hold in every probability space: chain, product, total probability, Bayes.

Main definitions
----------------
chain_rule, product_rule, conditional_probability, total_probability, bayes, normalise.

References
----------
[Koller2009]_ Section 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from symcausal.expr.build import prob, product, quotient, total
from symcausal.expr.nodes import Event, Expr, Letter, Prob, Product, Sum
from symcausal.expr.scope import all_letters, fresh
from symcausal.rules.choices import splits
from symcausal.rules.condition import Positive
from symcausal.rules.rule import Context, Rewrite, rule


@rule(
    name="chain-rule",
    title="chain rule",
    statement=r"P(x_1, \ldots, x_n) = \prod_i P(x_i \mid x_1, \ldots, x_{i-1})",
    source="Koller2009",
)
def chain_rule(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Split a joint probability into one factor for each variable, causes first."""
    match expr:
        case Prob(outcome, given, do) if len(outcome) > 1 == len(outcome) // len(outcome.variables):
            earlier = given
            factors = list[Expr]()
            for name in context.graph.topological(outcome.variables):
                factors.append(prob(outcome.of((name,)), earlier, do))
                earlier = earlier | outcome.of((name,))
            yield Rewrite(product(factors))


@rule(
    name="product-rule",
    title="product rule",
    statement=r"P(x, y \mid z) = P(x \mid y, z) \, P(y \mid z)",
    source="Koller2009",
)
def product_rule(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Split a joint probability in two, or join two factors of a product."""
    match expr:
        case Product(factors):
            for i, j in permutations(range(len(factors)), 2):
                joint = _joined(factors[i], factors[j])
                if joint is not None:
                    kept = [joint if k == min(i, j) else f for k, f in enumerate(factors)]
                    del kept[max(i, j)]
                    yield Rewrite(product(kept))
        case Prob(outcome, given, do):
            for first, second in splits(outcome):
                if second:
                    factors = (prob(first, second | given, do), prob(second, given, do))
                    yield Rewrite(product(factors))


def _joined(one: Expr, other: Expr) -> Prob | None:
    """Return ``P(x, y | z)`` for the factors ``P(x | y, z)`` and ``P(y | z)``; None for any others."""
    match one, other:
        case Prob(first, seen, do), Prob(second, given, same) if do == same:
            if (
                seen == second | given
                and not set(second) & set(given)
                and not set(first) & set(seen)
            ):
                return Prob(first | second, given, do)
    return None


@rule(
    name="conditional-probability",
    title="definition of conditional probability",
    statement=r"P(x \mid y, z) = \frac{P(x, y \mid z)}{P(y \mid z)}",
    condition=r"P(y, z) > 0",
    source="Koller2009",
)
def conditional_probability(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Write a conditional probability as a ratio of joint ones."""
    match expr:
        case Prob(outcome, given, do):
            for moved, kept in splits(given):
                ratio = quotient(prob(outcome | moved, kept, do), prob(moved, kept, do))
                yield Rewrite(ratio, (Positive(given, do),))


@rule(
    name="bayes",
    title="Bayes' rule",
    statement=r"P(x \mid y, z) = \frac{P(y \mid x, z) \, P(x \mid z)}{P(y \mid z)}",
    condition=r"P(y, z) > 0",
    source="Koller2009",
)
def bayes(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Turn a conditional probability around: the prior and the likelihood give the posterior."""
    match expr:
        case Prob(outcome, given, do):
            for evidence, kept in splits(given):
                if set(evidence) & set(outcome):
                    continue
                top = product((prob(evidence, outcome | kept, do), prob(outcome, kept, do)))
                yield Rewrite(quotient(top, prob(evidence, kept, do)), (Positive(given, do),))


@rule(
    name="normalise",
    title="normalise",
    statement=r"P(x \mid y) = \frac{P(x, y)}{\sum_{x'} P(x', y)}",
    condition=r"P(y) > 0",
    source="Koller2009",
)
def normalise(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Divide the joint probability by its sum over the outcome."""
    match expr:
        case Prob(outcome, given, do) if given and len(outcome) == len(outcome.variables):
            taken = all_letters(expr)
            over = list[Event]()
            for event in outcome:
                letter = fresh(event.variable, taken)
                taken.add(letter)
                over.append(Event(event.variable, Letter(letter)))
            below = total(over, prob((*over, *given), (), do))
            yield Rewrite(quotient(prob(outcome | given, (), do), below), (Positive(given, do),))


@rule(
    name="total-probability",
    title="total probability",
    statement=r"P(x \mid z) = \sum_{y} P(x, y \mid z)",
    source="Koller2009",
)
def total_probability(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Sum over all values of one more variable."""
    match expr:
        case Prob(outcome, given, do):
            present = {*outcome.variables, *given.variables, *do.variables}
            for name in context.graph.nodes:
                if name not in present:
                    event = Event(name, Letter(fresh(name, all_letters(expr))))
                    yield Rewrite(total((event,), prob(outcome | (event,), given, do)))


@rule(
    name="marginalise",
    title="marginalise",
    statement=r"\sum_{y} P(x, y \mid z) = P(x \mid z)",
    source="Koller2009",
)
def marginalise(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Sum a variable out of a joint probability."""
    match expr:
        case Sum(over, Prob(outcome, given, do)):
            for event in over:
                held_elsewhere = {*given.letters, *do.letters, *(outcome - (event,)).letters}
                if event in outcome and event.value.name not in held_elsewhere:
                    yield Rewrite(total(over - (event,), prob(outcome - (event,), given, do)))
