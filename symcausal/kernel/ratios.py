"""Formulas as quotients of polynomials in the table entries, for what no random point can settle.

Main definitions
----------------
EntryRatio : a polynomial over a product of polynomials.
Ratios : their field, as the kernel computes in it.
entries_apart : a model whose table entries are all unknowns of their own.

Implementation notes
--------------------
A monomial is the sorted tuple of its unknowns, with repetitions; the unknown of state ``s`` in row
``r`` is the number ``r * WIDTH + s``. That a row sums to one is not built in: whoever reads the
result uses it (:mod:`symcausal.kernel.inequality`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import partial, reduce
from itertools import product

from symcausal.algebra.deadline import spend
from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.hints import TYPE_CHECKING
from symcausal.kernel.core.interpretation import Interpretation, with_explicit_causes

if TYPE_CHECKING:
    from symcausal.kernel.core.worlds import Responses

EntryExponents = tuple[int, ...]
EntryPolynomial = dict[EntryExponents, Fraction]
EntryRatio = tuple[EntryPolynomial, tuple[EntryPolynomial, ...]]

WIDTH = 1 << 10
MOST_MONOMIALS = 20_000
_ONE: EntryPolynomial = {(): Fraction(1)}
_NONE: Mapping[str, Sequence[Fraction]] = {}


class Ratios:
    """The field of quotients of polynomials; one is zero if its numerator has no monomials."""

    zero: EntryRatio = ({}, ())
    one: EntryRatio = (_ONE, ())

    def constant(self, value: Fraction) -> EntryRatio:
        """Return a number as a quotient."""
        return ({(): value} if value else {}, ())

    def add(self, left: EntryRatio, right: EntryRatio) -> EntryRatio:
        """Return a sum over the least common multiple of both denominators."""
        (a, under), (b, below) = left, right
        if not a or not b:
            return right if not a else left
        lacking, extra = _without(below, under), _without(under, below)
        total = _plus(_times(a, *lacking), _times(b, *extra))
        return (total, (*under, *lacking)) if total else self.zero

    def mul(self, left: EntryRatio, right: EntryRatio) -> EntryRatio:
        """Return a product, without a numerator that is a denominator of the other."""
        (a, under), (b, below) = left, right
        if not a or not b:
            return self.zero
        for i, polynomial in enumerate(below):
            if polynomial == a:
                a, below = _ONE, below[:i] + below[i + 1 :]
                break
        for i, polynomial in enumerate(under):
            if polynomial == b:
                b, under = _ONE, under[:i] + under[i + 1 :]
                break
        return _times(a, b), (*under, *below)

    def div(self, left: EntryRatio, right: EntryRatio) -> EntryRatio:
        """Return a quotient, without unknowns that stand in every monomial above and below."""
        (a, under), (b, below) = left, right
        if not b:
            raise ZeroDivisionError("division by zero")
        a, b = _reduced(_times(a, *below), b)
        return self.mul((a, under), (_ONE, () if b == _ONE else (b,)))

    def add_all(self, left: Sequence[EntryRatio], right: Sequence[EntryRatio]) -> list[EntryRatio]:
        """Return the sums of two columns."""
        return [self.add(x, y) for x, y in zip(left, right, strict=True)]

    def mul_all(self, left: Sequence[EntryRatio], right: Sequence[EntryRatio]) -> list[EntryRatio]:
        """Return the products of two columns."""
        return [self.mul(x, y) for x, y in zip(left, right, strict=True)]

    def div_all(self, left: Sequence[EntryRatio], right: Sequence[EntryRatio]) -> list[EntryRatio]:
        """Return the quotients of two columns."""
        return [self.div(x, y) for x, y in zip(left, right, strict=True)]


def entries_apart(
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    *,
    hidden_states: int,
    listed: Collection[str] = (),
    certain: Mapping[str, Sequence[Fraction]] = _NONE,
) -> tuple[Interpretation[EntryRatio], dict[int, int], dict[int, str]]:
    """Return a model whose entries are all unknown.

    Parameters
    ----------
    graph, states
        Of the model.
    hidden_states : int
        How many states a hidden cause behind a bidirected edge has.
    listed : collection of str
        Variables of which the unknowns are the probabilities of their response functions.
    certain : mapping of str to sequence of Fraction
        The flat tables that are known: of mechanisms, zeros and ones.

    Returns
    -------
    Interpretation, dict, dict
        The model; the number of states of each row, and the variable whose row it is.
    """
    whole = with_explicit_causes(graph)
    known = {n: states.get(n, tuple(map(str, range(hidden_states)))) for n in whole.nodes}
    columns: dict[str, tuple[tuple[str, ...], Sequence[EntryRatio]]] = {}
    widths: dict[int, int] = {}
    owners: dict[int, str] = {}
    causes = [name for name in whole.nodes if name not in graph.nodes]
    field = Ratios()
    made: list[Responses[EntryRatio]] = []

    def unknowns(name: str, width: int) -> list[EntryRatio]:
        spend(width)
        row = len(widths)
        widths[row], owners[row] = width, name
        return [({(row * WIDTH + s,): Fraction(1)}, ()) for s in range(width)]

    if listed or certain:
        from symcausal.kernel.core.answers import Listed  # few formulas speak of several worlds

        answers = Listed(columns, known, field)
        made.append(answers)
        for name in listed:
            if name not in certain:
                answers.add(name, whole, causes, partial(unknowns, name))
    for name in whole.topological():
        if name in columns:
            continue
        parents, width, column = whole.parents(name), len(known[name]), list[EntryRatio]()
        if name in certain:
            column = [field.constant(entry) for entry in certain[name]]
        else:
            for _ in product(*(known[parent] for parent in parents)):
                column += unknowns(name, width)
        columns[name] = (parents, column)
    model: Interpretation[EntryRatio] = Interpretation(
        whole, known, columns, field, {}, positive=not certain, made=made
    )
    return model, widths, owners


def _plus(left: EntryPolynomial, right: EntryPolynomial) -> EntryPolynomial:
    spend(len(right))
    total = dict(left)
    for monomial, value in right.items():
        value += total.get(monomial, 0)
        if value:
            total[monomial] = value
        else:
            del total[monomial]
    return total


def _times(*factors: EntryPolynomial) -> EntryPolynomial:
    return reduce(_twice, factors)


def _twice(left: EntryPolynomial, right: EntryPolynomial) -> EntryPolynomial:
    if left == _ONE or right == _ONE:
        return right if left == _ONE else left
    spend(5 * len(left) * len(right))
    total: EntryPolynomial = {}
    for first, a in left.items():
        for second, b in right.items():
            monomial = tuple(sorted(first + second))
            total[monomial] = total.get(monomial, Fraction(0)) + a * b
        if len(total) > MOST_MONOMIALS:
            raise LimitError(f"more than {MOST_MONOMIALS} monomials when multiplied out")
    return {monomial: value for monomial, value in total.items() if value}


def _without(
    some: tuple[EntryPolynomial, ...], others: tuple[EntryPolynomial, ...]
) -> tuple[EntryPolynomial, ...]:
    """The members of a multiset that are left when another is taken away."""
    left = list(some)
    for other in others:
        if other in left:
            left.remove(other)
    return tuple(left)


def _reduced(
    top: EntryPolynomial, bottom: EntryPolynomial
) -> tuple[EntryPolynomial, EntryPolynomial]:
    shared = min([list(m) for m in (*top, *bottom)], key=len)
    for monomial in (*top, *bottom):
        rest = list(monomial)
        kept = []
        for unknown in shared:
            if unknown in rest:
                rest.remove(unknown)
                kept.append(unknown)
        shared = kept
        if not shared:
            return top, bottom
    return _lowered(top, shared), _lowered(bottom, shared)


def _lowered(polynomial: EntryPolynomial, by: Sequence[int]) -> EntryPolynomial:
    lowered: EntryPolynomial = {}
    for monomial, value in polynomial.items():
        rest = list(monomial)
        for unknown in by:
            rest.remove(unknown)
        lowered[tuple(rest)] = value
    return lowered
