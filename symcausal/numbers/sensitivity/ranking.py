"""All table entries of a model, by how much an answer depends on them.

Main definitions
----------------
Ranked : one entry with its function.
ranked : all entries that an answer may depend on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symcausal.algebra.scalar import Number
from symcausal.errors import LimitError, MissingParameterError, VerificationError
from symcausal.expr.nodes import Expr, Prob, State
from symcausal.expr.scope import variables
from symcausal.kernel.core.interpretation import exact
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network
from symcausal.numbers.sensitivity.curve import Change, Curve, Holds
from symcausal.numbers.sensitivity.entries import Entry, entries
from symcausal.numbers.sensitivity.functions import Unknown, at, ratio_in, univariate, unknown_entry
from symcausal.numbers.sensitivity.gradient import Weights, one_entry, weights

MOST_ENTRIES = 2_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """One table entry, with the answer as a function of it.

    Attributes
    ----------
    entry : Entry
        Where it is.
    present : Fraction
        Its number.
    curve : Curve
        The function.
    slope : Fraction
        Its derivative at present.
    """

    entry: Entry
    present: Fraction
    curve: Curve
    slope: Fraction


def ranked(network: Network, query: Expr, value: Fraction) -> tuple[list[Ranked], list[Weights]]:
    """Return all entries of the tables that bear on a query, and the weights of these tables.

    Parameters
    ----------
    network : Network
        With a number in every entry.
    query : Expr
        Without free values.
    value : Fraction
        Its value at present, which every function is held against.

    Raises
    ------
    LimitError
        If a formula that is no single probability depends on too many entries.
    """
    if not network.is_numeric:
        names = [p.name for p in network.parameters]
        raise MissingParameterError(names, hint="a ranking needs a number in every entry")
    found = _weights(network, query)
    if found is not None:
        rows = [
            _checked(entry, one_entry(network, w, entry), network, value)
            for w in found
            for entry in entries(network, [w.variable])
            if network.size(w.variable) > 1
        ]
        return rows, found
    return list(_one_by_one(network, query, value)), []


def _weights(network: Network, query: Expr) -> list[Weights] | None:
    if not isinstance(query, Prob):
        return None
    events = (*query.outcome, *query.given, *query.do)
    if not all(isinstance(event.value, State) for event in events):
        return None
    found = weights(network, query)
    if found is None:
        return None
    order = list(network.variables)
    return sorted(found, key=lambda w: order.index(w.variable))


def _one_by_one(network: Network, query: Expr, value: Fraction) -> Iterator[Ranked]:
    names = network.graph.ancestors(variables(query))
    tables = [n for n in network.variables if n in names and network.size(n) > 1]
    count = sum(len(network.tables[name].entries) for name in tables)
    if count > MOST_ENTRIES:
        raise LimitError(
            f"{count} table entries for a formula that is no single probability",
            expected=f"at most {MOST_ENTRIES}",
            hint="ask for one entry, or for a single probability",
        )
    for entry in entries(network, tables):
        unknown: Unknown = unknown_entry(network, entry)
        ratio = ratio_in(network, query, [unknown])
        assert ratio is not None
        curve = Curve.of(univariate(ratio.numerator), univariate(ratio.denominator))
        yield _checked(entry, curve, network, value)


def _checked(entry: Entry, curve: Curve, network: Network, value: Fraction) -> Ranked:
    term = entry.term(network)
    assert isinstance(term, Number)
    present = term.value
    ours = curve.formula(present)
    if ours != value:
        raise VerificationError(f"two computations of this query differ: {ours} and {value}")
    slope = curve.derivative().formula(present)
    assert slope is not None
    return Ranked(entry, present, curve, slope)


def least_change(
    network: Network, query: Expr, row: Ranked, conditions: Sequence[tuple[Holds, Fraction]]
) -> Change | None:
    """Return the least change of an entry after which bounds hold; None if none does."""
    found = row.curve.where(conditions).nearest(row.present)
    if found is None:
        return None
    new, reached = found
    if reached and isinstance(new, Fraction) and new in (0, 1):
        # What is known may be impossible there although the answer does not need its table.
        changed = at(network, [unknown_entry(network, row.entry)], [new])
        reached = meaning(query, exact(changed), {}).values[0] is not None
    return Change(row.present, new, reached)
