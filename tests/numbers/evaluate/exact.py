"""The value of a circuit node in exact numbers.

Main definitions
----------------
evaluate_exact : the value of one node where its parameters have given values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from symcausal.errors import ImpossibleEventError, MissingParameterError
from symcausal.numbers.evaluate.circuit import (
    CONSTANT,
    PARAMETER,
    POWER,
    PRODUCT,
    QUOTIENT,
    SUM,
    Circuit,
)


def evaluate_exact(circuit: Circuit, node: int, values: Mapping[str, Fraction]) -> Fraction:
    """Return the value of a node for numbers in the place of its parameters.

    Sums and products are taken in whole numbers over powers of one common denominator, which is
    several times faster than fractions; what stands above a quotient goes on in fractions.

    Raises
    ------
    MissingParameterError
        If a parameter of the node has no value.
    ImpossibleEventError
        If it is divided by zero.
    """
    order = circuit.reachable((node,))
    entries = [p for n in order if (p := circuit.entry(n)) is not None]
    missing = [p.name for p in entries if p.name not in values]
    if missing:
        raise MissingParameterError(missing)
    numbers = [c for n in order if (c := circuit.number(n)) is not None]
    numbers += [values[p.name] for p in entries]
    base = math.lcm(*(number.denominator for number in numbers))
    found: dict[int, _ExactPair] = {}
    for n in order:
        found[n] = _node_value(circuit, n, values, base, found)
    return _fraction(found[node], base)


# A whole number over a power of the common denominator; a fraction has None for that power.
_ExactPair = tuple[int, int] | tuple[Fraction, None]


def _node_value(
    circuit: Circuit,
    node: int,
    values: Mapping[str, Fraction],
    base: int,
    found: Mapping[int, _ExactPair],
) -> _ExactPair:
    kind, parts = circuit.kinds[node], circuit.parts[node]
    if kind in (CONSTANT, PARAMETER):
        entry = circuit.entry(node)
        value = circuit.constants[parts[0]] if entry is None else values[entry.name]
        return value.numerator * (base // value.denominator), 1
    if kind == SUM:
        return _total([found[part] for part in parts], base)
    if kind == PRODUCT:
        return _product([found[part] for part in parts], base)
    if kind == QUOTIENT:
        above, below = (_fraction(found[part], base) for part in parts)
        return _divided(above, below), None
    if kind == POWER:
        bottom, exponent = _fraction(found[parts[0]], base), parts[1]
        raised = bottom ** abs(exponent)
        return (raised if exponent > 0 else _divided(Fraction(1), raised)), None
    raise ImpossibleEventError(circuit.reasons[parts[0]])


def _total(terms: list[_ExactPair], base: int) -> _ExactPair:
    top, whole = 0, list[tuple[int, int]]()
    for value, power in terms:
        if power is None:
            return sum((_fraction(term, base) for term in terms), Fraction(0)), None
        assert isinstance(value, int)
        whole.append((value, power))
        top = max(top, power)
    return sum(v if p == top else v * base ** (top - p) for v, p in whole), top


def _product(factors: list[_ExactPair], base: int) -> _ExactPair:
    result, total = 1, 0
    for value, power in factors:
        if power is None:
            return math.prod((_fraction(f, base) for f in factors), start=Fraction(1)), None
        assert isinstance(value, int)
        result *= value
        total += power
    return result, total


def _fraction(value: _ExactPair, base: int) -> Fraction:
    number, power = value
    return Fraction(number) if power is None else Fraction(int(number), base**power)


def _divided(above: Fraction, below: Fraction) -> Fraction:
    if not below:
        raise ImpossibleEventError("a denominator")
    return above / below
