"""Closed forms as SymPy expressions, and SymPy expressions as table entries.

The only module here that imports SymPy. ``sympy.simplify`` is never called: an expression keeps the
shape of its elimination, and equal parts are one object.

Main definitions
----------------
Parameter : a ``sympy.Symbol`` that knows which table entry it stands for.
to_sympy : a circuit node as a SymPy expression.
closed_form_to_sympy : a whole closed form.
term_from_sympy : a user's expression as a table entry.

Implementation notes
--------------------
The circuit has already done what SymPy's constructors do (fold constants, collect equal terms and
factors), so sums and products are put together from sorted arguments without running them again.
That gives the very objects that the constructors would give wherever they would not multiply out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cmp_to_key, lru_cache
from operator import itemgetter

import sympy
from sympy.core.basic import Basic
from sympy.printing.latex import LatexPrinter

from symcausal.algebra import scalar
from symcausal.errors import UsageError
from symcausal.hints import Any, TypeAlias
from symcausal.numbers.evaluate.circuit import (
    CONSTANT,
    ONE,
    PARAMETER,
    POWER,
    PRODUCT,
    QUOTIENT,
    SUM,
    Circuit,
)
from symcausal.numbers.evaluate.closed_form import ClosedForm
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.writing.latex import latex

_canonical_order = cmp_to_key(Basic.compare)


class Parameter(sympy.Symbol):  # type: ignore[misc]  # SymPy has no types
    r"""A SymPy symbol for a table entry: :math:`\theta_{A\mid high,hard}`.

    Two parameters are the same if name, variable, state and parents are. Like every probability it
    is real and not negative.

    Attributes
    ----------
    entry : scalar.Indeterminate
        What it stands for.
    """

    __slots__ = ("entry",)

    entry: scalar.Indeterminate

    def __new__(cls, entry: scalar.Indeterminate) -> Parameter:
        """Give the one symbol of an entry."""
        return _symbol(entry)

    def __reduce__(self) -> tuple[type[Parameter], tuple[scalar.Indeterminate]]:
        return type(self), (self.entry,)

    @property
    def variable(self) -> str:
        """The variable whose entry it is; empty for a symbol that the model declares."""
        return self.entry.variable

    @property
    def state(self) -> str:
        """The state that it is the probability of."""
        return self.entry.state

    @property
    def parents(self) -> tuple[tuple[str, str], ...]:
        """The states of the parents."""
        return self.entry.parents

    def _hashable_content(self) -> tuple[object, ...]:
        entry = self.entry
        return (entry.name, entry.variable, entry.state, entry.parents, entry.spelled_out)

    def _latex(self, printer: LatexPrinter) -> str:
        return latex(self.entry)


@lru_cache(maxsize=1 << 16)
def _symbol(entry: scalar.Indeterminate) -> Parameter:
    symbol: Parameter = sympy.Symbol.__xnew__(Parameter, entry.name, real=True, nonnegative=True)
    symbol.entry = entry
    return symbol


# -- closed forms ---------------------------------------------------------------------------------
def closed_form_to_sympy(form: ClosedForm) -> sympy.Expr | ValueTable[sympy.Expr]:
    """Return a closed form as an expression; a table of expressions if values are free."""
    known = _expressions(form.circuit, list(form.nodes.values()))
    return form.each(lambda _, node: known[node])


def to_sympy(circuit: Circuit, node: int) -> sympy.Expr:
    """Return a circuit node as a SymPy expression, in the shape of the circuit."""
    return _expressions(circuit, (node,))[node]


def _expressions(circuit: Circuit, nodes: Sequence[int]) -> dict[int, sympy.Expr]:
    known: dict[int, _Keyed] = {}
    kinds, columns = circuit.kinds, circuit.parts
    for node in circuit.reachable(nodes):
        kind, parts = kinds[node], columns[node]
        if kind == PRODUCT:
            known[node] = _product([known[part] for part in parts])
        elif kind == SUM:
            known[node] = _sum([known[part] for part in parts])
        elif kind == PARAMETER:
            known[node] = _keyed(_symbol(circuit.parameters[parts[0]]))
        elif kind == CONSTANT:
            known[node] = _keyed(_rational(circuit.constants[parts[0]]))
        elif kind == POWER:
            known[node] = _power(known[parts[0]], parts[1])
        elif kind == QUOTIENT:
            inverse = [_power(factor, -1) for factor in _factors(known[parts[1]])]
            above = _factors(known[parts[0]])
            known[node] = _product(inverse if parts[0] == ONE else [*above, *inverse])
        else:
            raise UsageError("a value that is not defined has no expression")
    return {node: known[node][1] for node in nodes}


# SymPy keeps the arguments of sums and products in an order that looks deep into them. The first
# half of a pair is a tuple that sorts the same way at once; its tail holds the arguments' keys.
_Key: TypeAlias = tuple[Any, ...]
_Keyed: TypeAlias = tuple[_Key, sympy.Expr]
_NUMBER, _POW, _MUL, _ADD, _ENTRY = range(5)


def _keyed(leaf: sympy.Expr) -> _Keyed:
    if isinstance(leaf, Parameter):
        return (_ENTRY, *leaf._hashable_content()), leaf
    return (_NUMBER, _canonical_order(leaf)), leaf


def _sum(terms: list[_Keyed]) -> _Keyed:
    keys, args = zip(*_sorted(terms), strict=True)
    return (_ADD, len(keys), *keys), sympy.Add._from_args(args, True)


def _product(factors: list[_Keyed]) -> _Keyed:
    if len(factors) == 1:
        return factors[0]
    keys, args = zip(*_sorted(factors), strict=True)
    return (_MUL, len(keys), *keys), sympy.Mul._from_args(args, True)


def _power(base: _Keyed, exponent: int) -> _Keyed:
    key, below = base
    whole = sympy.Integer(exponent)
    if below.is_Add:  # evaluation would ask for the sign of the whole sum, and then do nothing
        power = sympy.Expr.__new__(sympy.Pow, below, whole)
        power.is_commutative = True
    else:
        power = sympy.Pow(below, whole)
    return (_POW, key, _canonical_order(whole)), power


def _sorted(parts: list[_Keyed]) -> list[_Keyed]:
    if parts[0][0][0] == _NUMBER:  # SymPy, too, writes the number first
        return [parts[0], *sorted(parts[1:], key=itemgetter(0))]
    return sorted(parts, key=itemgetter(0))


def _factors(product: _Keyed) -> list[_Keyed]:
    key, expr = product
    return list(zip(key[2:], expr.args, strict=True)) if key[0] == _MUL else [product]


def _rational(value: Fraction) -> sympy.Rational:
    if value.denominator == 1:
        return sympy.Integer(value.numerator)
    return sympy.Rational(value.numerator, value.denominator)


# -- table entries --------------------------------------------------------------------------------
def term_from_sympy(expr: sympy.Expr) -> scalar.Term:
    """Return a user's SymPy expression as a table entry.

    Sums, products and whole powers of symbols and numbers are read; a SymPy float stands for the
    decimal that it prints as.

    Raises
    ------
    UsageError
        If there is anything else in it.
    """
    if not isinstance(expr, sympy.Basic):
        raise UsageError(f"{str(expr)[:60]!r} is not a SymPy expression")
    known: dict[sympy.Basic, scalar.Term] = {}
    for part in sympy.postorder_traversal(expr):
        if part not in known:
            known[part] = _term(part, known)
    return known[expr]


def _term(part: sympy.Basic, known: dict[sympy.Basic, scalar.Term]) -> scalar.Term:
    if isinstance(part, Parameter):
        return part.entry
    if isinstance(part, sympy.Symbol) and not isinstance(part, sympy.Dummy):
        return scalar.Indeterminate(part.name)
    if isinstance(part, sympy.Rational) and part.is_finite:
        return scalar.number(Fraction(int(part.p), int(part.q)))
    if isinstance(part, sympy.Float) and part.is_finite:
        # 53 bits are a Python float, which prints as the shortest decimal that is read as it.
        return scalar.number(Fraction(repr(float(part)) if part._prec <= 53 else str(part)))
    if isinstance(part, sympy.Add):
        return scalar.plus([known[arg] for arg in part.args])
    if isinstance(part, sympy.Mul):
        return scalar.times([known[arg] for arg in part.args])
    if isinstance(part, sympy.Pow) and isinstance(part.exp, sympy.Integer):
        return scalar.power(known[part.base], int(part.exp))
    raise UsageError(
        f"a table entry cannot hold {type(part).__name__} ({str(part)[:60]})",
        expected="sums, products and whole powers of symbols and numbers",
    )
