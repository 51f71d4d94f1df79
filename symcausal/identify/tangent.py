"""Whether data determine a query near a random functional model: an exact test without formulas.

The tables of a functional model may move in any direction that keeps the sums of their rows. If one
of those that no input sees to first order is seen by the query, then the query is no function of the
inputs: were it one, even one that holds near this model only, its derivative would be a sum of theirs.
That is a proof. The converse is not: where every such direction is unseen, the query follows from the
inputs near this model, and two models far apart may still differ.

Everything is done modulo a prime at random numbers, which lie where derivatives have the ranks that
they have almost everywhere.

Main definitions
----------------
is_excluded : the test.
Duals : numbers with a derivative.

References
----------
[Schwartz1980]_ for what a random point modulo a prime proves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.deadline import spend
from symcausal.algebra.field import MERSENNE_127, Modulo
from symcausal.errors import LimitError
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters, variables
from symcausal.graph.graph import Graph
from symcausal.hints import TypeAlias
from symcausal.identify.functional import Functional, are_apart, functional
from symcausal.identify.linear import DataCell, Inputs, derivatives
from symcausal.kernel.core.draws import SEED, Draws
from symcausal.kernel.core.interpretation import Interpretation
from symcausal.kernel.core.meaning import meaning
from symcausal.kernel.core.worlds import Coupled
from symcausal.network.network import DEFAULT_STATES

MOST_DIRECTIONS = 4000
MOST_PRODUCTS = 2**24

Dual: TypeAlias = tuple[int, int] | None


class Duals:
    """Numbers modulo a prime with a derivative each; None stands for a value that is not defined."""

    zero: Dual = (0, 0)
    one: Dual = (1, 0)

    def __init__(self) -> None:
        self._plain = Modulo()

    def constant(self, value: Fraction) -> Dual:
        """A number that does not move."""
        return self._plain.constant(value), 0

    def add(self, left: Dual, right: Dual) -> Dual:
        """Add; not defined if either is not."""
        if left is None or right is None:
            return None
        return (left[0] + right[0]) % MERSENNE_127, (left[1] + right[1]) % MERSENNE_127

    def mul(self, left: Dual, right: Dual) -> Dual:
        """Multiply, by the product rule; zero wins over a value that is not defined."""
        if left is None or right is None:
            return self.zero if self.zero in (left, right) else None
        moved = (left[0] * right[1] + left[1] * right[0]) % MERSENNE_127
        return left[0] * right[0] % MERSENNE_127, moved

    def div(self, left: Dual, right: Dual) -> Dual:
        """Divide, by the quotient rule; not defined where the denominator is zero."""
        if left is None or right is None or not right[0]:
            return None
        value = self._plain.div(left[0], right[0])
        return value, self._plain.div((left[1] - value * right[1]) % MERSENNE_127, right[0])

    def add_all(self, left: Sequence[Dual], right: Sequence[Dual]) -> list[Dual]:
        """Add two columns."""
        return [self.add(x, y) for x, y in zip(left, right, strict=True)]

    def mul_all(self, left: Sequence[Dual], right: Sequence[Dual]) -> list[Dual]:
        """Multiply two columns."""
        return [self.mul(x, y) for x, y in zip(left, right, strict=True)]

    def div_all(self, left: Sequence[Dual], right: Sequence[Dual]) -> list[Dual]:
        """Divide two columns."""
        return [self.div(x, y) for x, y in zip(left, right, strict=True)]


def is_excluded(
    query: Expr,
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    inputs: Inputs,
) -> bool:
    """Decide whether some change of a random model is seen by a query and by no input.

    Then no formula over the inputs gives the query. Parameters as for
    :func:`~symcausal.identify.witness_worlds.functional_models`.

    Raises
    ------
    LimitError
        If the model is too large.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> data = [(("X", "Y"), ())]
    >>> is_excluded(read("P(Y | do(X))"), Graph("XY", ["XY"], ["XY"]), {}, data)
    True
    >>> is_excluded(read("P(Y | do(X))"), Graph("XY", ["XY"]), {}, data)
    False
    """
    most = max(len(states.get(name) or DEFAULT_STATES) for name in graph.nodes)
    form = functional(query, graph, states, most + 1)
    drawn, rng = form.thin, Draws(SEED)
    columns = {name: _drawn(name, form, rng) for name in drawn.nodes}
    direction = _unseen(form, columns, _moving(form, query), inputs, rng)
    field = Duals()
    tables: dict[str, tuple[tuple[str, ...], list[Dual]]] = {
        name: (
            drawn.parents(name),
            [(v, direction.get((name, i), 0)) for i, v in enumerate(columns[name])],
        )
        for name in drawn.nodes
    }
    responses = Coupled[Dual](tables, form.states, field, "independent")
    at = Interpretation(drawn, form.states, tables, field, {}, made=[responses])
    letters = free_letters(query)
    found = meaning(query, at, letters)
    return any(
        value is not None and value[1] and are_apart(place, letters)
        for place, value in zip(form.places(letters), found.values, strict=True)
    )


def _moving(form: Functional, query: Expr) -> list[str]:
    """The variables whose tables may move."""
    linked = {name for edge in form.thin.directed for name in edge} | set(variables(query))
    return [n for n in form.thin.nodes if n in linked and n not in form.certain]


def _drawn(name: str, form: Functional, rng: Draws) -> list[int]:
    if name in form.certain:
        return list(form.certain[name])
    width, column = len(form.states[name]), list[int]()
    rows = 1
    for parent in form.thin.parents(name):
        rows *= len(form.states[parent])
    if rows * width > MOST_DIRECTIONS:
        raise LimitError(
            f"a table of {name} with {rows * width} entries", expected=f"at most {MOST_DIRECTIONS}"
        )
    for _ in range(rows):
        row = [rng.randrange(1, MERSENNE_127) for _ in range(width - 1)]
        column += [*row, (1 - sum(row)) % MERSENNE_127]
    return column


def _unseen(
    form: Functional,
    columns: Mapping[str, Sequence[int]],
    moving: Sequence[str],
    inputs: Inputs,
    rng: Draws,
) -> dict[tuple[str, int], int]:
    """A random direction in which no cell of the inputs moves; sums of rows are kept."""
    linked, field = {*moving, *form.certain}, Modulo()
    unknowns = [
        (name, i)
        for name in moving
        for i in range(len(columns[name]))
        if (i + 1) % len(form.states[name])  # the last of each row is what the others leave
    ]
    if len(unknowns) > MOST_DIRECTIONS:
        raise LimitError(f"{len(unknowns)} directions", expected=f"at most {MOST_DIRECTIONS}")
    number = {unknown: i for i, unknown in enumerate(unknowns)}
    rows = dict[DataCell, dict[int, int]]()
    for name in moving:
        width = len(form.states[name])
        found = derivatives(name, form.thin, form.states, columns, inputs, linked, field)
        for cell, entries in found.items():
            row = rows.setdefault(cell, {})
            for i, value in entries.items():
                if (i + 1) % width:
                    row[number[name, i]] = row.get(number[name, i], 0) + value
                else:
                    for j in range(i + 1 - width, i):
                        row[number[name, j]] = row.get(number[name, j], 0) - value
    solved = _solution([*rows.values()], len(unknowns), rng)
    direction = dict[tuple[str, int], int]()
    for (name, i), value in zip(unknowns, solved, strict=True):
        last = i - i % len(form.states[name]) + len(form.states[name]) - 1
        direction[name, i] = value
        direction[name, last] = (direction.get((name, last), 0) - value) % MERSENNE_127
    return direction


def _solution(rows: Sequence[Mapping[int, int]], unknowns: int, rng: Draws) -> list[int]:
    """A random solution of homogeneous equations modulo the prime."""
    pivots = list[tuple[int, list[int]]]()  # in the order in which they were found
    if len(rows) ** 2 * unknowns > MOST_PRODUCTS:
        raise LimitError(f"{len(rows)} cells and {unknowns} directions", expected="fewer")
    for sparse in rows:
        row = [0] * unknowns
        for i, value in sparse.items():
            row[i] = value % MERSENNE_127
        for lead, other in pivots:
            times = row[lead]
            if times:
                spend(4 * unknowns)
                row = [(x - times * y) % MERSENNE_127 for x, y in zip(row, other, strict=True)]
        first = next((i for i, value in enumerate(row) if value), None)
        if first is not None:
            inverse = pow(row[first], -1, MERSENNE_127)
            pivots.append((first, [value * inverse % MERSENNE_127 for value in row]))
    found = [rng.randrange(0, MERSENNE_127) for _ in range(unknowns)]
    for lead, _ in pivots:
        found[lead] = 0
    for lead, row in reversed(pivots):  # a later one holds no earlier one's lead
        found[lead] = -sum(x * y for x, y in zip(row, found, strict=True)) % MERSENNE_127
    return found
