"""The answer to a query as a function of what varies in the tables.

A single probability in a network of numbers goes by the corners of the tables that vary
(``corners``); any other formula by its closed form, whose circuit is read as a ratio of polynomials.
Before a function of one entry is handed out, the kernel computes as many of its values as fix a
ratio of these degrees, which proves it.

Main definitions
----------------
Unknown : what varies: a table entry, or a symbol of the tables.
ratio_in : a query as a ratio of polynomials, in fractions.
ratio_with_symbols : the same where other parameters are open, the coefficients circuit nodes.
curve_in : a query as a function of one entry, verified.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from symcausal.algebra import scalar
from symcausal.algebra.field import Rationals
from symcausal.errors import LimitError, UsageError, VerificationError
from symcausal.expr.nodes import Expr, Prob, State
from symcausal.kernel.core.interpretation import exact
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.substitution import with_values
from symcausal.numbers.sensitivity.corners import Posterior, posterior
from symcausal.numbers.sensitivity.curve import Curve
from symcausal.numbers.sensitivity.entries import Entry, freed, with_symbols
from symcausal.numbers.sensitivity.polynomials import KeyPolynomial, Ratio, exponents, fold
from symcausal.numbers.sensitivity.regions import Region, region
from symcausal.numbers.sensitivity.roots import (
    RealNumber,
    Univariate,
    difference,
    product,
    roots,
    trimmed,
    value,
)

ZERO, ONE = Fraction(0), Fraction(1)
HIGHEST_DEGREE = 200
LEAST_POINTS = 3  # what cancels from one entry's function is of degree one above and below


@dataclass(frozen=True, slots=True)
class Unknown:
    """A table entry or a symbol that varies.

    Attributes
    ----------
    symbol : Indeterminate
        How it is written.
    entry : Entry or None
        The table entry, whose row co-varies; None for a symbol of the tables, which stand as they are.
    present : Fraction or None
        Its value in the network, if that is a number.
    low, high : Fraction
        Between which values every row stays a distribution.
    """

    symbol: scalar.Indeterminate
    entry: Entry | None
    present: Fraction | None
    low: Fraction = ZERO
    high: Fraction = ONE


def unknown_entry(network: Network, entry: Entry) -> Unknown:
    """Return the unknown that a table entry is, the rest of its row with it."""
    term = entry.term(network)
    taken = {p.name for p in network.parameters} | set(network.declared)
    name, copy = entry.name, 2
    while name in taken:
        name, copy = f"{entry.name}_{copy}", copy + 1
    symbol = scalar.Indeterminate(
        name, entry.variable, entry.state, entry.parents, spelled_out=True
    )
    return Unknown(symbol, entry, term.value if isinstance(term, scalar.Number) else None)


def unknown_symbol(network: Network, symbol: scalar.Indeterminate) -> Unknown:
    """Return the unknown that a symbol in the tables is.

    Raises
    ------
    UsageError
        If no value of it, or no single interval with fractions as ends, leaves distributions.
    """
    low, high = _admissible(network, symbol)
    return Unknown(symbol, None, None, low, high)


def _admissible(network: Network, symbol: scalar.Indeterminate) -> tuple[Fraction, Fraction]:
    """Return the interval of a symbol in which every entry of it alone lies between 0 and 1."""
    circuit, found = Circuit(), Region(())
    polynomials: list[Univariate] = []
    for term in dict.fromkeys(e for t in network.tables.values() for e in t.entries):
        if set(scalar.parameters(term)) == {symbol}:
            ratio = fold(circuit, circuit.term(term), {symbol.name: 0}, Rationals())
            top, under = univariate(ratio.numerator), univariate(ratio.denominator)
            polynomials += [top, difference(under, top)]
            if len(under) > 1:
                raise UsageError(f"an entry divides by something with {symbol.name} in it")
            if under[0] < 0:
                raise VerificationError("a denominator is negative")
    critical = [r for p in polynomials if len(p) > 1 for r in roots(p, ZERO, ONE)]

    def fits(at: RealNumber) -> bool:
        return not isinstance(at, Fraction) or all(value(p, at) >= 0 for p in polynomials)

    found = region(ZERO, ONE, critical, fits, fits)
    ends = [(i.low, i.high) for i in found if i.low != i.high]
    if len(ends) != 1 or not all(isinstance(end, Fraction) for end in ends[0]):
        raise UsageError(
            f"the values of {symbol.name} that leave distributions are {found}",
            expected="one interval with fractions as ends",
        )
    ((low, high),) = ends
    assert isinstance(low, Fraction)
    assert isinstance(high, Fraction)
    return low, high


def at(network: Network, unknowns: Sequence[Unknown], values: Sequence[Fraction]) -> Network:
    """Return the network in which the unknowns have some values."""
    pairs = list(zip(unknowns, values, strict=True))
    entries = [(u.entry, v) for u, v in pairs if u.entry is not None]
    if entries:
        tables = freed(network, [entry for entry, _ in entries])
        network = with_symbols(network, tables, [scalar.Number(v) for _, v in entries])
    return with_values(network, {u.symbol.name: v for u, v in pairs if u.entry is None})


# -- ratios ---------------------------------------------------------------------------------------
def opened(network: Network, unknowns: Sequence[Unknown]) -> Network:
    """Return the network with a symbol in place of each unknown."""
    entries = [u for u in unknowns if u.entry is not None]
    tables = freed(network, [u.entry for u in entries if u.entry is not None])
    return with_symbols(network, tables, [u.symbol for u in entries])


def posterior_in(network: Network, query: Expr, unknowns: Sequence[Unknown]) -> Posterior | None:
    """Return a single probability by its corners, None if it cannot be had that way."""
    entries = [u.entry for u in unknowns if u.entry is not None]
    if len(entries) < len(unknowns) or not _is_ground(query):
        return None
    assert isinstance(query, Prob)
    return posterior(network, query, freed(network, entries))


def ratio_in(
    network: Network,
    query: Expr,
    unknowns: Sequence[Unknown],
    *,
    known: Posterior | None = None,
) -> Ratio[Fraction | None] | None:
    """Return a query without free values as a ratio of polynomials; None where other symbols stay open.

    Raises
    ------
    ImpossibleEventError
        If the condition is impossible whatever the unknowns are.
    LimitError
        If a table or a polynomial on the way is too large.
    """
    found = known or posterior_in(network, query, unknowns)
    if found is not None and found.denominator:
        top, under = found.numerator, found.denominator
        return Ratio(_fractions(top), _fractions(under))
    form = closed_form(opened(network, unknowns), query)
    if set(form.parameters) - {u.symbol.name for u in unknowns}:
        return None
    return fold(form.circuit, form.node, _numbered(unknowns), Rationals())


def ratio_with_symbols(
    network: Network, query: Expr, unknowns: Sequence[Unknown]
) -> tuple[Circuit, Ratio[int]]:
    """Return a query as a ratio of polynomials whose coefficients are expressions in other parameters."""
    form = closed_form(opened(network, unknowns), query)
    return form.circuit, fold(form.circuit, form.node, _numbered(unknowns), form.circuit)


def _numbered(unknowns: Sequence[Unknown]) -> dict[str, int]:
    return {unknown.symbol.name: i for i, unknown in enumerate(unknowns)}


def _fractions(polynomial: KeyPolynomial[int]) -> dict[int, Fraction | None]:
    return {key: Fraction(value) for key, value in polynomial.items()}


def _is_ground(query: Expr) -> bool:
    return isinstance(query, Prob) and all(
        isinstance(event.value, State) for event in (*query.outcome, *query.given, *query.do)
    )


def univariate(polynomial: KeyPolynomial[Fraction | None] | KeyPolynomial[int]) -> Univariate:
    """Return the coefficients of a polynomial in one unknown, by their degrees.

    Raises
    ------
    LimitError
        If its degree is over :data:`HIGHEST_DEGREE`.
    """
    found: dict[int, Fraction] = {}
    for key, coefficient in polynomial.items():
        assert coefficient is not None
        found[exponents(key, 1)[0]] = Fraction(coefficient)
    top = max(found, default=-1)
    if top > HIGHEST_DEGREE:
        raise LimitError(f"a polynomial of degree {top}", expected=f"at most {HIGHEST_DEGREE}")
    return trimmed([found.get(i, ZERO) for i in range(top + 1)])


# -- one unknown ----------------------------------------------------------------------------------
def curve_in(
    network: Network, query: Expr, unknown: Unknown, ratio: Ratio[Fraction | None]
) -> Curve:
    """Return the curve that a ratio is in one unknown, with its ends, verified by the kernel.

    Raises
    ------
    ImpossibleEventError
        If the condition is impossible whatever the unknown is.
    VerificationError
        If the kernel finds another value.
    """
    low, high = unknown.low, unknown.high
    ends = tuple(_answer(network, query, unknown, end) for end in (low, high))
    curve = Curve.of(
        univariate(ratio.numerator), univariate(ratio.denominator), (ends[0], ends[1]),
        low=low, high=high,
    )  # fmt: skip
    # Two ratios of these degrees that agree at so many points are the same.
    count = max(len(curve.numerator), 1) + len(curve.denominator) - 1
    count = max(count, LEAST_POINTS)
    for i in range(1, count + 1):
        point = low + (high - low) * Fraction(i, count + 1)
        found, ours = _answer(network, query, unknown, point), curve.value(point)
        if found is None and ours is not None:
            closed_form(at(network, [unknown], [point]), query)  # says which event is impossible
        if found != ours:
            raise VerificationError(f"two computations at {point} differ: {ours} and {found}")
    return curve


def _answer(network: Network, query: Expr, unknown: Unknown, point: Fraction) -> Fraction | None:
    return meaning(query, exact(at(network, [unknown], [point])), {}).values[0]


def holds_most(curves: Sequence[Curve], best: int) -> Region:
    """Return the region where one of several curves is at least as great as all others."""
    mine = curves[best]
    gaps = [
        difference(
            product(mine.numerator, other.denominator), product(other.numerator, mine.denominator)
        )
        for other in curves
    ]
    critical = [r for gap in gaps if gap for r in roots(gap, mine.low, mine.high)]

    def most(point: RealNumber) -> bool:
        if not isinstance(point, Fraction):
            return most_near(point.low) or most_near(point.high)
        known = [curve.value(point) for curve in curves]
        if None in known:
            return False
        numbers = [v for v in known if v is not None]
        return numbers[best] == max(numbers)

    def most_near(point: Fraction) -> bool:
        return all(value(gap, point) >= 0 for gap in gaps)

    return region(mine.low, mine.high, critical, most, most)
