"""A probability as a ratio of exact polynomials in chosen table entries, by variable elimination.

Numerator and denominator of ``P(y | e)`` are affine in all entries of one table together, since every
term of the joint holds one entry of each table. So each table with entries that vary gets one more
axis: where all of them are 0, and where one of them is 1. The other variables are summed out as
always, in whole numbers over common denominators, and the values at these corners give the
coefficients. Where there are too many corners, polynomials take the place of the numbers (``sparse``).

Main definitions
----------------
Posterior : the numerators for all outcomes of a probability, and the denominator.
posterior : find them.

References
----------
[CastilloGutierrezHadi1997]_ for the polynomials; [CoupeVanDerGaag2002]_ for one entry.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import Events, Prob, State
from symcausal.graph.graph import bits
from symcausal.network.network import Network, Table
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.columns import TableColumns
from symcausal.numbers.evaluate.elimination import AxisFactor, Integers, eliminate, joined
from symcausal.numbers.evaluate.elimination_order import best_order
from symcausal.numbers.evaluate.plan import Plan
from symcausal.numbers.sensitivity.entries import Freed
from symcausal.numbers.sensitivity.polynomials import BITS
from symcausal.numbers.sensitivity.sparse import Sparse

LARGEST_OUTCOME = 256
# Beyond, most corners say little: polynomials with few monomials are faster.
MOST_CORNERS, MOST_BY_NUMPY = 64, 512
_INTEGERS = Integers()
# Products on the way from which NumPy is faster, and from which it is worth to be imported.
_WORTH_NUMPY, _WORTH_ITS_IMPORT = 1_000, 400_000
_LARGEST_BY_NUMPY = 500_000_000  # bits of the largest product, which stays below 150 megabytes


@dataclass(frozen=True, slots=True)
class Posterior:
    """The probabilities ``P(Y = y | e)`` for all ``y`` as polynomials over one denominator.

    Attributes
    ----------
    variables : tuple of str
        The outcome's variables, those that the condition leaves open.
    numerators : mapping of tuple of str to dict
        By their states; see ``symcausal.numbers.sensitivity.polynomials`` for the keys.
    asked : tuple of str
        The states that were asked for.
    used : frozenset of str
        Whose tables bear on the answer.
    """

    variables: tuple[str, ...]
    numerators: Mapping[tuple[str, ...], dict[int, int]]
    asked: tuple[str, ...]
    used: frozenset[str]

    @property
    def numerator(self) -> dict[int, int]:
        """The numerator of the outcome that is asked for."""
        return self.numerators[self.asked]

    @property
    def denominator(self) -> dict[int, int]:
        """The sum of all numerators."""
        found: dict[int, int] = {}
        for numerator in self.numerators.values():
            for key, value in numerator.items():
                found[key] = found.get(key, 0) + value
        return {key: value for key, value in found.items() if value}


def posterior(network: Network, query: Prob, tables: Mapping[str, Freed]) -> Posterior | None:
    """Return a probability as a ratio of polynomials in the entries that vary.

    Parameters
    ----------
    network : Network
        Numbers wherever the answer looks.
    query : Prob
        With states for all values.
    tables : mapping of str to Freed
        The entries that vary.

    Returns
    -------
    Posterior or None
        None where the events overlap, the outcome is too large for one table, or a symbol is in
        the way.
    """
    columns = TableColumns(network, Circuit())
    outcome, given, do = (places(network, part) for part in (query.outcome, query.given, query.do))
    plan = Plan(outcome, given, do, columns)
    targets = list(bits(plan.targets))
    width = math.prod(columns.sizes[v] for v in targets)
    if plan.clashes or plan.agreement or not targets or width > LARGEST_OUTCOME:
        return None
    names = network.graph.nodes
    used = list(bits(plan.tables))
    sizes: dict[int, int] = {}
    varying = [v for v in used if names[v] in tables]
    if not all(_is_numeric(network.tables[names[v]], tables.get(names[v])) for v in used):
        return None
    corners = math.prod(1 + len(tables[names[v]].places) for v in varying)
    axes = {}
    is_dense = corners <= (MOST_BY_NUMPY if "numpy" in sys.modules else MOST_CORNERS)
    if is_dense:
        for v in varying:
            axes[v] = len(sizes)
            sizes[len(sizes)] = 1 + len(tables[names[v]].places)
    place = dict(plan.place)
    for v in used:
        if v not in place or plan.targets >> v & 1:
            place[v] = len(sizes)
            sizes[place[v]] = columns.sizes[v]
    sparse = Sparse()
    pool = []
    for v in used:
        if v in axes:
            values = _corners(network, tables[names[v]])
            parts = [columns.slice(v, part, place, sizes) for part in values]
            cells = [x for part in parts for x in part.values]
            pool.append(AxisFactor((axes[v], *parts[0].scope), cells))
        elif v in varying:
            pool.append(columns.slice(v, _spread(network, tables[names[v]], sparse), place, sizes))
        else:
            pool.append(columns.slice(v, columns.integers(v)[0], place, sizes))
    hidden = plan.tables & ~plan.targets & ~plan.evidence
    scope = [*axes.values(), *(place[v] for v in targets)]
    gone = [place[v] for v in bits(hidden)]
    if is_dense:
        scales = [
            _largest_sum(network, tables[names[v]]) if v in axes else columns.integers(v)[1]
            for v in used
        ]
        cells = _summed(pool, gone, scope, sizes, math.prod(scales))
    else:
        cells = joined(eliminate(pool, gone, sizes, sparse), scope, sizes, sparse)
    states = product(*(network.variable(names[v]).states for v in targets))
    asked = {event.variable: event.value.name for event in query.outcome}
    return Posterior(
        tuple(names[v] for v in targets),
        {
            key: _coefficients(cells[i::width], [tables[names[v]] for v in axes])
            if is_dense
            else sparse.coefficients(cells[i])
            for i, key in enumerate(states)
        },
        tuple(asked[names[v]] for v in targets),
        frozenset(names[v] for v in used),
    )


def _summed(
    pool: Sequence[AxisFactor],
    gone: Sequence[int],
    scope: Sequence[int],
    sizes: dict[int, int],
    bound: int,
) -> list[int]:
    """Axes summed out of whole numbers: by NumPy where that is installed and worth its import."""
    order = best_order([factor.scope for factor in pool], gone, sizes)
    is_worth_it = order.total >= (_WORTH_NUMPY if "numpy" in sys.modules else _WORTH_ITS_IMPORT)
    if is_worth_it and order.largest * bound.bit_length() <= _LARGEST_BY_NUMPY:
        try:
            from symcausal.numbers.sensitivity.residues import joined_sum
        except ImportError:
            pass
        else:
            return joined_sum(pool, order.axes, scope, sizes, bound)
    left = eliminate(pool, gone, sizes, _INTEGERS, order=order)
    return joined(left, scope, sizes, _INTEGERS)


def _largest_sum(network: Network, free: Freed) -> int:
    """Return the upper bound of a row's sum at all corners, over the common denominator."""
    width = network.size(free.variable)
    base, scale = _base(network, free)
    return max(scale, *(sum(base[i : i + width]) for i in range(0, len(base), width)))


def places(network: Network, events: Events) -> list[tuple[int, int]]:
    """Return the axis and the state at which each event's variable is fixed, as plans take it."""
    found = []
    for event in events:
        if not isinstance(event.value, State):
            raise TypeError("every value must be a state")
        variable = network.variable(event.variable)
        found.append((network.graph.index(event.variable), ~variable.position(event.value.name)))
    return found


def _is_numeric(table: Table, free: Freed | None) -> bool:
    shares = () if free is None else (term for row in free.shares.values() for term in row)
    return all(isinstance(term, Number) for term in (*table.entries, *shares))


def _base(network: Network, free: Freed) -> tuple[list[int], int]:
    """The table where everything that varies is 0, in whole numbers, and their denominator."""
    terms = list(network.tables[free.variable].entries)
    width = network.size(free.variable)
    for row, shares in free.shares.items():
        terms[row * width : (row + 1) * width] = shares
    values = [term.value for term in terms if isinstance(term, Number)]
    scale = math.lcm(*(value.denominator for value in values))
    return [value.numerator * (scale // value.denominator) for value in values], scale


def _corners(network: Network, free: Freed) -> list[list[int]]:
    """The table where everything that varies is 0, and where one entry is 1."""
    base, scale = _base(network, free)
    width = network.size(free.variable)
    found = [base]
    for row, at in free.places:
        corner = list(base)
        corner[row * width : (row + 1) * width] = [scale * (i == at) for i in range(width)]
        found.append(corner)
    return found


def _spread(network: Network, free: Freed, sparse: Sparse) -> list[int]:
    """The table with polynomials in the rows that vary."""
    values, scale = _base(network, free)
    width = network.size(free.variable)
    varying = dict(zip(free.places, free.unknowns, strict=True))
    for row in free.shares:
        bits_here = [1 << unknown for (at, _), unknown in varying.items() if at == row]
        for i in range(width):
            share = values[row * width + i]
            left = {0: share, **dict.fromkeys(bits_here, -share)}
            mine = varying.get((row, i))
            values[row * width + i] = sparse.keep(left if mine is None else {1 << mine: scale})
    return values


def _coefficients(values: Sequence[int], corners: Sequence[Freed]) -> dict[int, int]:
    """From the values at the corners to the coefficients, one table after the other."""
    found = list(values)
    keys = [0]
    stride = len(found)
    for free in corners:
        size = 1 + len(free.places)
        stride //= size
        for start in range(0, len(found), stride * size):
            base = found[start : start + stride]
            for i in range(start + stride, start + stride * size, stride):
                found[i : i + stride] = [
                    x - y for x, y in zip(found[i : i + stride], base, strict=True)
                ]
        steps = [0, *(1 << BITS * unknown for unknown in free.unknowns)]
        keys = [key + step for key in keys for step in steps]
    return {key: value for key, value in zip(keys, found, strict=True) if value}
