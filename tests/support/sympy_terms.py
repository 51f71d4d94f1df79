"""Table entries as SymPy expressions, by SymPy's own constructors and without a circuit.

Main definitions
----------------
term_to_sympy : the expression of a table entry.
"""

from __future__ import annotations

import sympy

from symcausal.algebra import scalar
from symcausal.numbers.evaluate.sympy_bridge import Parameter


def term_to_sympy(term: scalar.Term) -> sympy.Expr:
    """Return a table entry as a SymPy expression."""
    match term:
        case scalar.Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case scalar.Indeterminate():
            return Parameter(term)
        case scalar.Plus(parts):
            return sympy.Add(*map(term_to_sympy, parts))
        case scalar.Times(parts):
            return sympy.Mul(*map(term_to_sympy, parts))
        case scalar.Power(base, exponent):
            return sympy.Pow(term_to_sympy(base), exponent)
