"""Nodes of a circuit as terms, for printers: what the circuit shares is written out.

Main definitions
----------------
term_of : a node as a term.
"""

from __future__ import annotations

from symcausal.algebra.scalar import Number, Term, plus, power, times
from symcausal.errors import UsageError
from symcausal.numbers.evaluate.circuit import (
    CONSTANT,
    PARAMETER,
    POWER,
    PRODUCT,
    QUOTIENT,
    SUM,
    Circuit,
)


def term_of(circuit: Circuit, node: int) -> Term:
    """Give a node as a term, in the order of the circuit.

    Raises
    ------
    UsageError
        If it needs a value that is not defined.
    """
    known: dict[int, Term] = {}
    for one in circuit.reachable((node,)):
        kind, parts = circuit.kinds[one], circuit.parts[one]
        if kind == CONSTANT:
            known[one] = Number(circuit.constants[parts[0]])
        elif kind == PARAMETER:
            known[one] = circuit.parameters[parts[0]]
        elif kind == SUM:
            known[one] = plus(known[part] for part in parts)
        elif kind == PRODUCT:
            known[one] = times(known[part] for part in parts)
        elif kind == POWER:
            known[one] = power(known[parts[0]], parts[1])
        elif kind == QUOTIENT:
            known[one] = times((known[parts[0]], power(known[parts[1]], -1)))
        else:
            raise UsageError("a value that is not defined has no expression")
    return known[node]
