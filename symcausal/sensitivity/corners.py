"""A probability as a ratio of exact polynomials in chosen table entries, by variable elimination.

Numerator and denominator of ``P(y | e)`` are affine in all entries of one table together, since every
term of the joint holds one entry of each table. So each table with entries that vary gets one more
axis: where all of them are 0, and where one of them is 1. The other variables are summed out as
always, in whole numbers over common denominators, and the values at these corners give the
coefficients.

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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from symcausal.algebra.scalar import Number
from symcausal.evaluate.circuit import Circuit
from symcausal.evaluate.columns import Columns
from symcausal.evaluate.elimination import Factor, Integers, eliminate, joined
from symcausal.evaluate.plan import Plan
from symcausal.expr.nodes import Events, Prob, State
from symcausal.graph.graph import bits
from symcausal.network.network import Network
from symcausal.sensitivity.entries import Freed
from symcausal.sensitivity.polynomials import BITS

LARGEST_OUTCOME = 256
_INTEGERS = Integers()


@dataclass(frozen=True, slots=True)
class Posterior:
    """``P(Y = y | e)`` for all ``y`` as polynomials over one denominator, up to a common factor.

    Attributes
    ----------
    variables : tuple of str
        The outcome's variables, those that the condition leaves open.
    numerators : mapping of tuple of str to dict
        By their states; see ``symcausal.sensitivity.polynomials`` for the keys.
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
        """That of the outcome asked for."""
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
    """A probability as a ratio of polynomials in the entries that vary.

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
    columns = Columns(network, Circuit())
    outcome, given, do = (places(network, part) for part in (query.outcome, query.given, query.do))
    plan = Plan(outcome, given, do, columns)
    targets = list(bits(plan.targets))
    width = math.prod(columns.sizes[v] for v in targets)
    if plan.clashes or plan.agreement or not targets or width > LARGEST_OUTCOME:
        return None
    names = network.graph.nodes
    used = list(bits(plan.tables))
    sizes: dict[int, int] = {}
    corners: list[tuple[int, Freed]] = []
    for v in used:
        if names[v] in tables and not plan.fixed >> v & 1:
            corners.append((len(sizes), tables[names[v]]))
            sizes[len(sizes)] = 1 + len(tables[names[v]].places)
        elif not columns[v].is_numeric:
            return None
    place = dict(plan.place)
    for v in used:
        if v not in place or plan.targets >> v & 1:
            place[v] = len(sizes)
            sizes[place[v]] = columns.sizes[v]
    axes = {free.variable: axis for axis, free in corners}
    pool = []
    for v in used:
        if names[v] in axes:
            found = _cornered(network, columns, v, tables[names[v]], axes[names[v]], place, sizes)
            if found is None:
                return None
            pool.append(found)
        else:
            pool.append(columns.slice(v, columns.integers(v)[0], place, sizes))
    hidden = plan.tables & ~plan.targets & ~plan.evidence
    pool = eliminate(pool, [place[v] for v in bits(hidden)], sizes, _INTEGERS)
    scope = [*(axis for axis, _ in corners), *(place[v] for v in targets)]
    cells = joined(pool, scope, sizes, _INTEGERS)
    states = product(*(network.variable(names[v]).states for v in targets))
    asked = {event.variable: event.value.name for event in query.outcome}
    return Posterior(
        tuple(names[v] for v in targets),
        {
            key: _coefficients(cells[i::width], [free for _, free in corners])
            for i, key in enumerate(states)
        },
        tuple(asked[names[v]] for v in targets),
        frozenset(names[v] for v in used),
    )


def places(network: Network, events: Events) -> list[tuple[int, int]]:
    """Where each event's variable is fixed, as plans take it; every value must be a state."""
    found = []
    for event in events:
        if not isinstance(event.value, State):
            raise TypeError("every value must be a state")
        variable = network.variable(event.variable)
        found.append((network.graph.index(event.variable), ~variable.position(event.value.name)))
    return found


def _cornered(
    network: Network,
    columns: Columns,
    variable: int,
    free: Freed,
    axis: int,
    place: Mapping[int, int],
    sizes: dict[int, int],
) -> Factor | None:
    """The table at each corner, in whole numbers over one denominator."""
    terms = network.tables[free.variable].entries
    shared = [term for shares in free.shares.values() for term in shares]
    if not all(isinstance(term, Number) for term in (*terms, *shared)):
        return None
    base = [term.value for term in terms if isinstance(term, Number)]
    width = columns.sizes[variable]
    for row, shares in free.shares.items():
        base[row * width : (row + 1) * width] = [s.value for s in shares if isinstance(s, Number)]
    corners = [base]
    for row, at in free.places:
        corner = list(base)
        corner[row * width : (row + 1) * width] = [Fraction(int(i == at)) for i in range(width)]
        corners.append(corner)
    scale = math.lcm(*(value.denominator for value in base))
    factors = [
        columns.slice(
            variable,
            [value.numerator * (scale // value.denominator) for value in corner],
            place,
            sizes,
        )
        for corner in corners
    ]
    return Factor((axis, *factors[0].scope), [x for factor in factors for x in factor.values])


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
