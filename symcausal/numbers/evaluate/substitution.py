"""Numbers for parameters: read exactly, checked against the rows, put in.

Main definitions
----------------
exact_number : a user's number as a fraction; a float is the decimal that it prints as.
with_values : a network with numbers in place of parameters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from numbers import Rational

from symcausal.algebra import scalar
from symcausal.errors import ParameterRangeError, UsageError, nearest
from symcausal.network.network import Network, Table
from symcausal.patterns import late
from symcausal.record import replace

_DECIMAL = late(r"\s*[+-]?\d{1,400}(\.\d{0,400})?([eE][+-]?\d{1,3})?(/\d{1,400})?\s*")
_HINT = "give a number such as 0.3, Fraction(1, 3) or '1/3'"


def exact_number(value: object) -> Fraction:
    """Return a number as a fraction; a float is the shortest decimal that is read as it.

    Raises
    ------
    ParameterRangeError
        If it is no number, or not a finite one.

    Examples
    --------
    >>> exact_number(0.1), exact_number("1/3")
    (Fraction(1, 10), Fraction(1, 3))
    """
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ParameterRangeError(f"{value} is not a finite number", hint=_HINT)
        return Fraction(float.__repr__(value))
    if isinstance(value, str | Decimal) or type(value).__module__.startswith("sympy."):
        text = str(value)
        if _DECIMAL.fullmatch(text) and not re.search(r"/0*\s*$", text):
            top, _, bottom = text.partition("/")
            return Fraction(top) / Fraction(bottom or "1")
    raise ParameterRangeError(f"{str(value)[:60]!r} is not an exact number", hint=_HINT)


def with_values(network: Network, values: Mapping[object, object]) -> Network:
    """Return a network with numbers in place of parameters, by their names or symbols.

    Parameters
    ----------
    network : Network
        Whose tables mention the parameters.
    values : mapping
        Keys are names, or objects with a ``name``; see :func:`exact_number` for the values.

    Raises
    ------
    UsageError
        If there is no such parameter.
    ParameterRangeError
        If an entry leaves [0, 1] or a row of numbers does not sum to one; its rows are named.
    """
    numbers = _named(network, values)
    if not numbers:
        return network
    tables, faults = dict(network.tables), list[str]()
    for name, table in network.tables.items():
        entries = tuple(settled(entry, numbers) for entry in table.entries)
        if entries != table.entries:
            tables[name] = Table(name, table.parents, entries)
    changed = replace(network, tables=tables)
    for name in tables:
        if tables[name] is not network.tables[name]:
            faults += _faults(changed, name)
    if faults:
        raise ParameterRangeError(
            "these numbers leave no distribution in " + "; ".join(faults),
            rows=faults,
            hint="each entry lies between 0 and 1, and each row sums to one",
        )
    return changed


def settled(term: scalar.Term, values: Mapping[str, Fraction]) -> scalar.Term:
    """Return a table entry with numbers in place of some parameters.

    The share of a state in a row that data never show stays as it is: no number stands for it.
    """
    match term:
        case scalar.Times((_, scalar.Power(scalar.Indeterminate(name, "", "", (_, *_)), -1))) if (
            values.get(name) == 0
        ):
            return term
        case scalar.Number():
            return term
        case scalar.Indeterminate(name=name):
            return scalar.Number(values[name]) if name in values else term
        case scalar.Plus(parts):
            return scalar.plus([settled(part, values) for part in parts])
        case scalar.Times(parts):
            return scalar.times([settled(part, values) for part in parts])
        case scalar.Power(base, exponent):
            return scalar.power(settled(base, values), exponent)


def _named(network: Network, values: Mapping[object, object]) -> dict[str, Fraction]:
    if not values:
        return {}
    known = dict.fromkeys([*(p.name for p in network.parameters), *network.declared])
    numbers = {}
    for key, value in values.items():
        name = key if isinstance(key, str) else str(getattr(key, "name", key))
        if name not in known:
            raise UsageError(f"there is no parameter '{name}'", hint=nearest(name, known))
        numbers[name] = exact_number(value)
    return numbers


def _faults(network: Network, name: str) -> Iterator[str]:
    parents = network.tables[name].parents
    for states, row in network.rows(name):
        given = ", ".join(f"{p}={s}" for p, s in zip(parents, states, strict=True))
        numbers = [entry.value for entry in row if isinstance(entry, scalar.Number)]
        total = sum(numbers)
        outside = any(not 0 <= number <= 1 for number in numbers)
        if outside or (len(numbers) == len(row) and total != 1):
            shown = ", ".join(str(x.value) if isinstance(x, scalar.Number) else "?" for x in row)
            yield f"P({name} | {given}) = {shown}" if given else f"P({name}) = {shown}"
