"""How numerator and denominator of a probability depend on every table entry at once.

Both are linear in the entries of one table. What stands beside an entry, its adjoint, comes from one
elimination and one pass back through its steps: the adjoint of a factor is that of the product times
the other factors, summed over the axes that the factor lacks. Numerator and denominator go back
together, as the two states of one more axis.

Main definitions
----------------
Weights : for the entries of one table, the coefficients in numerator and denominator.
weights : find them for each table that bears on a probability.
one_entry : the function of one entry that they give.

References
----------
[Darwiche2003]_ Section 4, for derivatives with respect to entries; [CoupeVanDerGaag2002]_.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import Prob
from symcausal.graph.graph import bits
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.columns import TableColumns
from symcausal.numbers.evaluate.elimination import AxisFactor, Integers, eliminate, joined
from symcausal.numbers.evaluate.elimination_order import best_order
from symcausal.numbers.evaluate.plan import Plan
from symcausal.numbers.sensitivity.corners import LARGEST_OUTCOME, places
from symcausal.numbers.sensitivity.curve import Curve
from symcausal.numbers.sensitivity.entries import Entry, freed
from symcausal.numbers.sensitivity.roots import trimmed

_INTEGERS = Integers()


@dataclass(frozen=True, slots=True)
class Weights:
    """The numerator and denominator of a probability as linear functions of one table.

    Attributes
    ----------
    variable : str
        Whose table it is.
    above, below : tuple of Fraction
        For each entry, in the order of the table, what it is multiplied by.
    entries : tuple of Fraction
        The table.
    totals : tuple of Fraction
        Numerator and denominator at present.
    """

    variable: str
    above: tuple[Fraction, ...]
    below: tuple[Fraction, ...]
    entries: tuple[Fraction, ...]
    totals: tuple[Fraction, Fraction]


def weights(network: Network, query: Prob) -> Iterator[Weights] | None:
    """Return the weights of every table that bears on a probability whose values are all states.

    None where the events overlap, the outcome is too large, or an entry is no number.
    """
    columns = TableColumns(network, Circuit())
    parts = (places(network, part) for part in (query.outcome, query.given, query.do))
    outcome, given, do = parts
    plan = Plan(outcome, given, do, columns)
    width = math.prod(columns.sizes[v] for v in bits(plan.targets))
    if plan.clashes or plan.agreement or not plan.targets or width > LARGEST_OUTCOME:
        return None
    if not all(columns[v].is_numeric for v in bits(plan.tables)):
        return None
    return _weights(network, plan, columns)


def _weights(network: Network, plan: Plan, columns: TableColumns) -> Iterator[Weights]:
    names, used = network.graph.nodes, list(bits(plan.tables))
    place, sizes = dict(plan.place), dict[int, int]()
    for v in used:
        if v not in place or plan.targets >> v & 1:
            place[v] = len(sizes)
            sizes[place[v]] = columns.sizes[v]
    pool = {v: columns.slice(v, columns.integers(v)[0], place, sizes) for v in used}
    hidden = [place[v] for v in bits(plan.tables & ~plan.targets & ~plan.evidence)]
    asked = {place[v]: ~plan.place[v] for v in bits(plan.targets)}
    both = len(sizes)
    sizes[both] = 2
    beside = _adjoints(list(pool.values()), hidden, _seed(asked, both, sizes), both, sizes)
    for v, adjoint in zip(used, beside, strict=True):
        family = [place[member] for member in columns.axes(v)]
        own = list(dict.fromkeys(axis for axis in family if axis >= 0))
        cells = joined([adjoint], [both, *own], sizes, _INTEGERS)
        above, below = cells[: len(cells) // 2], cells[len(cells) // 2 :]
        ranges = [range(columns.sizes[member]) for member in columns.axes(v)]
        top, under = [], []
        for states in product(*ranges):
            index = _index(states, family, own, sizes)
            top.append(Fraction(0 if index is None else above[index]))
            under.append(Fraction(0 if index is None else below[index]))
        entries = network.tables[names[v]].entries
        numbers = tuple(term.value for term in entries if isinstance(term, Number))
        totals = _dot(numbers, tuple(top)), _dot(numbers, tuple(under))
        yield Weights(names[v], tuple(top), tuple(under), numbers, totals)


def _seed(asked: Mapping[int, int], both: int, sizes: Mapping[int, int]) -> AxisFactor:
    """The adjoint of all outcomes: that of the numerator is one where it is asked for."""
    outcomes = list(product(*(range(sizes[axis]) for axis in asked)))
    above = [int(states == tuple(asked.values())) for states in outcomes]
    return AxisFactor((both, *asked), [*above, *([1] * len(outcomes))])


def _adjoints(
    pool: Sequence[AxisFactor],
    hidden: Sequence[int],
    seed: AxisFactor,
    both: int,
    sizes: dict[int, int],
) -> list[AxisFactor]:
    """For each factor what it is multiplied by, along its own axes and ``both``."""
    factors = list(pool)
    order = best_order([factor.scope for factor in pool], hidden, sizes)
    order.refuse_if_endless()
    left = list(range(len(factors)))
    steps: list[tuple[list[int], int]] = []
    for axis in order.axes:
        touched = [at for at in left if axis in factors[at].scope]
        if touched:  # what nothing mentions has one state
            left = [at for at in left if axis not in factors[at].scope]
            factors += eliminate([factors[at] for at in touched], [axis], sizes, _INTEGERS)
            left.append(len(factors) - 1)
            steps.append((touched, len(factors) - 1))
    found = {len(factors): seed}
    for touched, result in [(left, len(factors)), *reversed(steps)]:
        above = found.pop(result)
        for at in touched:
            others = [above, *(factors[other] for other in touched if other != at)]
            kept = {both, *factors[at].scope}
            gone = [a for a in dict.fromkeys(a for f in others for a in f.scope) if a not in kept]
            scope = [a for a in (both, *factors[at].scope) if any(a in f.scope for f in others)]
            rest = eliminate(others, gone, sizes, _INTEGERS)
            found[at] = AxisFactor(tuple(scope), joined(rest, scope, sizes, _INTEGERS))
    return [found[at] for at in range(len(pool))]


def _index(
    states: tuple[int, ...], family: list[int], own: list[int], sizes: dict[int, int]
) -> int | None:
    """Return the index of an entry's cell; None if the query excludes its state."""
    found: dict[int, int] = {}
    for axis, state in zip(family, states, strict=True):
        if axis < 0:
            if ~axis != state:
                return None
        else:
            found[axis] = state
    index = 0
    for axis in own:
        index = index * sizes[axis] + found[axis]
    return index


def one_entry(network: Network, found: Weights, entry: Entry) -> Curve:
    """Return the probability as a curve of one entry, the rest of its row keeping its ratios."""
    free = freed(network, [entry])[entry.variable]
    ((row, place),) = free.places
    width = network.size(entry.variable)
    here = slice(row * width, (row + 1) * width)
    shares = [term.value for term in free.shares[row] if isinstance(term, Number)]
    old = found.entries[here]
    parts = []
    for weights_, total in zip((found.above, found.below), found.totals, strict=True):
        mine = weights_[here]
        rest = total - _dot(old, mine)
        shared = _dot(shares, mine)
        parts.append((rest + shared, mine[place] - shared))
    top, under = parts
    plain = Curve.of(trimmed(top), trimmed(under))
    ends = (plain.ends[0] if under[0] else None, plain.ends[1] if sum(under) else None)
    return Curve(plain.numerator, plain.denominator, ends)


def _dot(left: tuple[Fraction, ...] | list[Fraction], right: tuple[Fraction, ...]) -> Fraction:
    return sum((x * y for x, y in zip(left, right, strict=True) if x and y), Fraction(0))
