r"""Whether one formula is at most another in every strictly positive model of a graph.

The difference is a polynomial in the table entries over a product of positive ones. For one row of a
table at a time it is made homogeneous in the entries of that row, by factors
:math:`1 = \sum_s \theta_s`; what then stands at each monomial of the row is a polynomial in the other
rows. If all of these are never negative, neither is the whole. Where no row occurs twice in a
product that is also necessary, for then the extremes are at the corners.

Main definitions
----------------
difference_sign : of two formulas.
polynomial_sign : of a polynomial in the entries of rows that sum to one.

References
----------
[Polya1928]_ for forms whose coefficients have one sign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement
from math import factorial, prod

from symcausal.algebra.deadline import spend
from symcausal.expr.distributions import speaks_of_worlds
from symcausal.expr.nodes import Expr
from symcausal.graph.graph import Graph
from symcausal.kernel.core.interpretation import with_explicit_causes
from symcausal.kernel.core.meaning import meaning
from symcausal.kernel.ratios import WIDTH, EntryExponents, EntryPolynomial, Ratios, entries_apart

HIDDEN_STATES = 2
MOST_HIDDEN_STATES = 4


def difference_sign(
    high: Expr,
    low: Expr,
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    *,
    certain: Mapping[str, Sequence[Fraction]] | None = None,
) -> int | None:
    """Return 1 or 0 if ``high - low`` is positive or zero in all positive models, else None.

    The formulas have no free letters. Where they ask a variable for several answers at once, or where
    it rises with a cause, the unknowns are the probabilities of its response functions. Tables that are
    ``certain`` are those of mechanisms. A hidden cause behind a bidirected edge gets as many states as
    it takes for the proof to cover any number: a monomial of degree ``d`` in the probabilities of a
    root speaks of at most ``d`` of its states.

    Raises
    ------
    LimitError
        If multiplying out takes too much time or space.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> graph, states = Graph("XY", ["XY"]), {"X": ("0", "1"), "Y": ("0", "1")}
    >>> one, both = read("P(X=0)"), read("P(X=0, Y=0)")
    >>> difference_sign(one, both, graph, states), difference_sign(one, one, graph, states)
    (1, 0)
    """
    listed = _listed(high, low, graph)
    hidden = HIDDEN_STATES
    while hidden <= MOST_HIDDEN_STATES:
        model, widths, owners = entries_apart(
            graph, states, hidden_states=hidden, listed=listed, certain=certain or {}
        )
        field = Ratios()
        above, below = (meaning(side, model, {}).values[0] for side in (high, low))
        top, under = field.add(above, field.mul(field.constant(Fraction(-1)), below))
        if any(polynomial_sign(factor, widths) != 1 for factor in under):
            return None
        causes = {row for row, owner in owners.items() if owner not in graph.nodes}
        degree = max((_degree(top, row) for row in causes), default=0)
        if degree <= hidden:
            return polynomial_sign(top, widths)
        hidden = degree
    return None


def _listed(high: Expr, low: Expr, graph: Graph) -> list[str]:
    """The variables that have to be told by their response functions."""
    found = dict.fromkeys(effect for _, effect in graph.monotone)
    if speaks_of_worlds(high, low):
        from symcausal.kernel.core.worlds import rows_needed  # few formulas do

        whole = with_explicit_causes(graph)
        for side in (high, low):
            for name, rows in rows_needed(side, whole).items():
                if rows > 1 and name in graph.nodes:
                    found[name] = None
    return list(found)


def polynomial_sign(polynomial: EntryPolynomial, widths: Mapping[int, int]) -> int | None:
    """Return 1 or 0 if a polynomial is positive or zero wherever rows are positive, else None.

    Parameters
    ----------
    polynomial : dict
        In unknowns ``row * WIDTH + state``.
    widths : mapping of int to int
        How many entries each row has.
    """
    return _sign(polynomial, widths, {})


_Remembered = dict[frozenset[tuple[EntryExponents, Fraction]], int | None]


def _sign(polynomial: EntryPolynomial, widths: Mapping[int, int], known: _Remembered) -> int | None:
    values = polynomial.values()
    if not polynomial:
        return 0
    if all(value > 0 for value in values):
        return 1
    if all(value < 0 for value in values):
        return None
    key = frozenset(polynomial.items())
    if key not in known:
        known[key] = _least_known(_parts(polynomial, widths), widths, known)
    return known[key]


def _least_known(
    parts: Iterable[EntryPolynomial], widths: Mapping[int, int], known: _Remembered
) -> int | None:
    """1 if one part is positive and none may be negative, 0 if all are zero."""
    found = 0
    for part in sorted(parts, key=len):
        one = _sign(part, widths, known)
        if one is None:
            return None
        found = max(found, one)
    return found


def _parts(polynomial: EntryPolynomial, widths: Mapping[int, int]) -> list[EntryPolynomial]:
    """Return the coefficient of each monomial of the row that occurs most.

    The polynomial is made homogeneous in that row first.
    """
    counts = Counter(row for monomial in polynomial for row in {u // WIDTH for u in monomial})
    row = max(counts, key=lambda r: (counts[r], -r))
    degree = _degree(polynomial, row)
    parts: dict[EntryExponents, EntryPolynomial] = {}
    for monomial, value in polynomial.items():
        inside = tuple(u for u in monomial if u // WIDTH == row)
        outside = tuple(u for u in monomial if u // WIDTH != row)
        for weight, more in _power_of_one(row, widths[row], degree - len(inside)):
            spend(20)
            part = parts.setdefault(tuple(sorted(inside + more)), {})
            total = part.get(outside, Fraction(0)) + weight * value
            if total:
                part[outside] = total
            else:
                part.pop(outside, None)
    return list(parts.values())


def _degree(polynomial: EntryPolynomial, row: int) -> int:
    return max((sum(u // WIDTH == row for u in monomial) for monomial in polynomial), default=0)


def _power_of_one(row: int, width: int, degree: int) -> list[tuple[int, EntryExponents]]:
    """``(sum of the row's entries) ** degree``, as coefficients and monomials."""
    entries = range(row * WIDTH, row * WIDTH + width)
    return [
        (factorial(degree) // prod(map(factorial, Counter(chosen).values())), chosen)
        for chosen in combinations_with_replacement(entries, degree)
    ]
