"""Polynomials and ratios of polynomials in a few unknowns, as dictionaries.

The key of a monomial is a whole number with :data:`BITS` bits for the exponent of each unknown, so
that the key of a product is the sum of the keys. Coefficients live in any field: fractions, or nodes
of a circuit where other parameters stay symbols.

Main definitions
----------------
KeyPolynomial : a mapping from keys to coefficients other than zero.
Ratio : a numerator over a denominator.
fold : a circuit node as a ratio of polynomials in some of its parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from symcausal.algebra.deadline import spend
from symcausal.algebra.field import Field
from symcausal.errors import ImpossibleEventError, LimitError
from symcausal.hints import Generic, TypeAlias, TypeVar
from symcausal.numbers.evaluate.circuit import (
    CONSTANT,
    PARAMETER,
    POWER,
    PRODUCT,
    QUOTIENT,
    SUM,
    Circuit,
)

V = TypeVar("V")
KeyPolynomial: TypeAlias = Mapping[int, V]

BITS = 16
MOST_MONOMIALS = 300_000
_MASK = (1 << BITS) - 1


def exponents(key: int, count: int) -> tuple[int, ...]:
    """Return the exponents of a monomial in ``count`` unknowns."""
    return tuple(key >> BITS * i & _MASK for i in range(count))


@dataclass(frozen=True, slots=True)
class Ratio(Generic[V]):
    """A numerator over a denominator, both polynomials."""

    numerator: KeyPolynomial[V]
    denominator: KeyPolynomial[V]


def fold(circuit: Circuit, node: int, unknowns: Mapping[str, int], field: Field[V]) -> Ratio[V]:
    """Return a circuit node as a ratio of polynomials in some of its parameters.

    Parameters
    ----------
    circuit : Circuit
        Where the node is.
    node : int
        The expression.
    unknowns : mapping of str to int
        Which unknown a parameter is, by its name.
    field : Field
        Of the coefficients: fractions if nothing else is open, or the circuit itself.

    Raises
    ------
    ImpossibleEventError
        If the value is not defined.
    LimitError
        If there are too many monomials.
    """
    one: KeyPolynomial[V] = {0: field.one}
    known: dict[int, Ratio[V]] = {}
    own = isinstance(field, Circuit)
    for n in circuit.reachable((node,)):
        kind, parts = circuit.kinds[n], circuit.parts[n]
        if kind == CONSTANT:
            value = circuit.constants[parts[0]]
            known[n] = Ratio({0: field.constant(value)} if value else {}, one)
        elif kind == PARAMETER:
            name = circuit.parameters[parts[0]].name
            if name in unknowns:
                known[n] = Ratio({1 << BITS * unknowns[name]: field.one}, one)
            else:
                # Only the circuit can hold what stays a symbol.
                known[n] = Ratio({0: n}, one) if own else _refuse(name)  # type: ignore[dict-item]
        elif kind == SUM:
            known[n] = _total([known[part] for part in parts], field)
        elif kind == PRODUCT:
            known[n] = _product([known[part] for part in parts], field)
        elif kind == QUOTIENT:
            top, bottom = known[parts[0]], known[parts[1]]
            known[n] = _divided(top, bottom, field)
        elif kind == POWER:
            raised = _product([known[parts[0]]] * abs(parts[1]), field)
            known[n] = raised if parts[1] > 0 else _divided(Ratio(one, one), raised, field)
        else:
            raise ImpossibleEventError(circuit.reasons[parts[0]])
    return known[node]


def _refuse(name: str) -> Ratio[V]:
    raise TypeError(f"{name} is neither an unknown nor a number")


def plus(left: KeyPolynomial[V], right: KeyPolynomial[V], field: Field[V]) -> dict[int, V]:
    """Return the sum of two polynomials."""
    found, zero = dict(left), field.zero
    for key, value in right.items():
        value = field.add(found[key], value) if key in found else value
        if value != zero:
            found[key] = value
        else:
            found.pop(key, None)
    return found


def times(left: KeyPolynomial[V], right: KeyPolynomial[V], field: Field[V]) -> KeyPolynomial[V]:
    """Return the product of two polynomials."""
    one = {0: field.one}
    if left == one:
        return right
    if right == one:
        return left
    if len(left) * len(right) > MOST_MONOMIALS:
        raise LimitError(
            f"a polynomial of more than {MOST_MONOMIALS} monomials",
            hint="let fewer entries vary at once",
        )
    spend(len(left) * len(right))
    found: dict[int, V] = {}
    zero = field.zero
    for i, x in left.items():
        for j, y in right.items():
            value = field.mul(x, y)
            found[i + j] = field.add(found[i + j], value) if i + j in found else value
    return {key: value for key, value in found.items() if value != zero}


def _total(terms: Sequence[Ratio[V]], field: Field[V]) -> Ratio[V]:
    """Add; terms over the same denominator first, so that degrees stay low."""
    groups: list[Ratio[V]] = []
    for term in terms:
        for i, group in enumerate(groups):
            if group.denominator == term.denominator:
                sum_ = plus(group.numerator, term.numerator, field)
                groups[i] = Ratio(sum_, group.denominator)
                break
        else:
            groups.append(term)
    found = groups[0]
    for other in groups[1:]:
        found = Ratio(
            plus(
                times(found.numerator, other.denominator, field),
                times(other.numerator, found.denominator, field),
                field,
            ),
            times(found.denominator, other.denominator, field),
        )
    return found


def _product(factors: Sequence[Ratio[V]], field: Field[V]) -> Ratio[V]:
    found = factors[0]
    for other in factors[1:]:
        top, under = found.numerator, found.denominator
        above, below = other.numerator, other.denominator
        if top == below:
            found = Ratio(above, under)
        elif above == under:
            found = Ratio(top, below)
        else:
            found = Ratio(times(top, above, field), times(under, below, field))
    return found


def _divided(top: Ratio[V], bottom: Ratio[V], field: Field[V]) -> Ratio[V]:
    if not bottom.numerator:
        raise ImpossibleEventError("a denominator")
    return _product([top, Ratio(bottom.denominator, bottom.numerator)], field)
