"""The terms of sharp bounds: the vertices of the dual of a linear programme, each with its proof.

By duality a lower bound is the largest of the values ``y . b`` over the vertices ``y`` of the polyhedron
``A'y <= c``; each vertex alone is a valid bound, since its slack ``c - A'y`` is nowhere negative. The
rays of the polyhedron are what every law over types obeys: inequalities that data can refute.

Main definitions
----------------
BoundTerm : one term, its slack, and the law over types that attains it.
TermSet : the terms of one side, and the inequalities.
lower_terms, upper_terms : the terms of a programme.

References
----------
[BalkePearl1997]_; [Fukuda1996]_ for the vertices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from symcausal.bounds.double_description import extreme_rays
from symcausal.bounds.programme import Programme
from symcausal.record import record


@record
class BoundTerm:
    """A number and multipliers of the data, which together bound a query.

    Attributes
    ----------
    constant : Fraction
        What is added.
    factors : tuple of Fraction
        What each row of the programme is multiplied by.
    slack : tuple of Fraction
        For each column, by how much the query exceeds the term there (or falls short of it): nowhere
        negative.
    """

    constant: Fraction
    factors: tuple[Fraction, ...]
    slack: tuple[Fraction, ...]

    def at(self, data: Sequence[Fraction]) -> Fraction:
        """Return its value for probabilities of all rows."""
        return self.constant + sum(
            (f * value for f, value in zip(self.factors, data, strict=True)), Fraction(0)
        )


@record
class TermSet:
    """All terms of one bound, and the inequalities that the data obey in every model.

    Attributes
    ----------
    terms : tuple of BoundTerm
        The bound is the largest of a lower bound's terms, or the smallest of an upper bound's.
    tests : tuple of BoundTerm
        Each is at least zero in every model of the graph.
    """

    terms: tuple[BoundTerm, ...]
    tests: tuple[BoundTerm, ...]


def lower_terms(of: Programme) -> TermSet:
    """Return the terms whose largest is the sharp lower bound."""
    return _terms(of, of.least, 1)


def upper_terms(of: Programme) -> TermSet:
    """Return the terms whose smallest is the sharp upper bound."""
    return _terms(of, of.most, -1)


def _terms(of: Programme, costs: Sequence[Fraction], sign: int) -> TermSet:
    rows = _independent(of)
    scale = lcm(*(cost.denominator for cost in costs))
    normals = [
        (*(-column[row] if row is not None else -1 for row in rows), int(sign * cost * scale))
        for column, cost in zip(of.columns, costs, strict=True)
    ]
    normals.append((*(0 for _ in rows), 1))
    terms, tests = list[BoundTerm](), list[BoundTerm]()
    for *multipliers, height in extreme_rays(normals, len(rows) + 1):
        unit = Fraction(sign, height * scale) if height else Fraction(-1)
        spread = dict(zip(rows, (unit * y for y in multipliers), strict=True))
        constant, factors = _plain(spread, of)
        sides = costs if height else [Fraction(0)] * len(costs)
        slack = tuple(
            (sign if height else -1)
            * (
                cost
                - constant
                - sum((f for f, one in zip(factors, column, strict=True) if one), Fraction(0))
            )
            for column, cost in zip(of.columns, sides, strict=True)
        )
        term = BoundTerm(constant, factors, slack)
        if height:
            terms.append(term)
        elif not _is_evident(term, of):
            tests.append(term)
    return TermSet(tuple(sorted(terms, key=_order)), tuple(sorted(tests, key=_order)))


def _is_evident(test: BoundTerm, of: Programme) -> bool:
    """Whether an inequality is true of any probabilities that sum to one."""
    least = dict[int, Fraction]()
    for row, factor in zip(of.rows, test.factors, strict=True):
        least[row.block] = min(factor, least.get(row.block, factor))
    return test.constant + sum(least.values()) >= 0


def _order(term: BoundTerm) -> tuple[object, ...]:
    """Short terms first."""
    used = [(number, f) for number, f in enumerate(term.factors) if f]
    return (sum(abs(f) for _, f in used), len(used), [(n, -f) for n, f in used], term.constant)


def _independent(of: Programme) -> list[int | None]:
    """The rows that determine all others, after the one that says that laws sum to one (None)."""
    kept, basis = list[int | None](), list[tuple[int, list[Fraction]]]()
    for number in (None, *range(len(of.rows))):
        row = [Fraction(1 if number is None else column[number]) for column in of.columns]
        for pivot, other in basis:
            if row[pivot]:
                factor = row[pivot] / other[pivot]
                row = [x - factor * y for x, y in zip(row, other, strict=True)]
        first = next((i for i, value in enumerate(row) if value), None)
        if first is not None:
            kept.append(number)
            basis.append((first, row))
    return kept


def _plain(
    spread: Mapping[int | None, Fraction], of: Programme
) -> tuple[Fraction, tuple[Fraction, ...]]:
    """The shortest way to write a term: each block of rows sums to one, so that a part may move."""
    constant = spread.get(None, Fraction(0))
    factors = [spread.get(number, Fraction(0)) for number in range(len(of.rows))]
    for block in range(of.rows[-1].block + 1):
        places = [n for n, row in enumerate(of.rows) if row.block == block]
        counts = Counter(factors[n] for n in places)
        moved = max(counts, key=lambda value: (counts[value], -value))
        constant += moved
        for n in places:
            factors[n] -= moved
    return constant, tuple(factors)
