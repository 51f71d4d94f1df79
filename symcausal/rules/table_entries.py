"""Rules that leave the formula layer: table entries, and the definition of expectation."""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.expr.build import prob, product, total
from symcausal.expr.nodes import Expectation, Expr, Prob, Scalar, State
from symcausal.expr.scope import apart_from, substitute
from symcausal.rules.rule import Context, Rewrite, rule


@rule(
    name="table-entry",
    title="table entry",
    statement=r"P(x \mid \mathrm{pa}_X) = \theta_{x \mid \mathrm{pa}_X}",
    source="Koller2009",
)
def table_entry(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Read the probability of a state given all parents' states off the table."""
    match expr:
        case Prob(outcome, given, do) if context.tables and not do and len(outcome) == 1:
            (event,) = outcome
            if any(not isinstance(e.value, State) for e in (event, *given)):
                return
            parents = {e.variable: e.value.name for e in given}
            wanted = set(context.graph.parents(event.variable))
            if len(parents) == len(given) and set(parents) == wanted:
                term = context.tables.entry_of(event.variable, event.value.name, parents)
                if term is not None:
                    yield Rewrite(Scalar(term))


@rule(
    name="expectation",
    title="definition of expectation",
    statement=r"E(f(X) \mid z) = \sum_{x} f(x) \, P(x \mid z)",
    source="Koller2009",
)
def expectation(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Write an expectation as a sum over the values of its variables."""
    match expr:
        case Expectation(over, body, given, do):
            # what is fixed has no other value to average over: E(XY | x) = sum_y x y P(y | x)
            fixed = {event.variable: event.value for event in (*given, *do)}
            settled = {e.value.name: fixed[e.variable] for e in over if e.variable in fixed}
            over, body = over.without(fixed), substitute(body, settled)
            over, body = apart_from(over, body, {*given.letters, *do.letters})
            yield Rewrite(total(over, product((body, prob(over, given, do)))))
