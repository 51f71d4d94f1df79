r"""A calculation in numbers as LaTeX: ``= 0.3 \cdot 0.8 + 0.7 \cdot 0.05 = 0.275``.

The closed form is made as if every entry were a symbol, so that nothing is worked out before it is
shown; then the numbers are put in as they were given.

Main definitions
----------------
in_numbers : the calculation of a query.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symcausal.algebra.scalar import Indeterminate, Number, Term
from symcausal.errors import MissingParameterError
from symcausal.expr.nodes import Expr, State
from symcausal.expr.scope import free_letters, substitute
from symcausal.network.network import Network, Table
from symcausal.numbers.evaluate.circuit import CONSTANT, PARAMETER, POWER, PRODUCT, QUOTIENT, SUM
from symcausal.numbers.evaluate.closed_form import ClosedForm, closed_form
from symcausal.numbers.evaluate.exact import evaluate_exact
from symcausal.numbers.source.program import Program, program_of
from symcausal.record import replace
from symcausal.writing.latex import latex
from symcausal.writing.notations import Notation

_LONGEST_DECIMAL = 12
_TERM, _FACTOR = range(2)


def in_numbers(
    network: Network, expr: Expr, *, notation: Notation, order: Sequence[str] = ()
) -> str:
    """The calculation of a query, one line for each value; shared parts first.

    Parameters
    ----------
    network : Network
        Every entry that matters is a number.
    expr : Expr
        The query.
    notation : Notation
        How the query on the left is written.
    order : sequence of str
        The names of the model in the order of their declaration, for printing.

    Raises
    ------
    MissingParameterError
        If an entry that matters is no number.
    ImpossibleEventError
        If the query is defined nowhere.
    """
    opened, numbers = _opened(network)
    form = closed_form(opened, expr)
    missing = [name for name in form.parameters if name not in numbers]
    if missing:
        raise MissingParameterError(missing, hint="a calculation in numbers needs them all")
    program = program_of(form, divisors=False)
    writer = _LatexWriter(program, numbers)
    lines = [f"{name} &:= {writer.calculation(node)}" for node, name in writer.names.items()]
    for states, node in program.cells:
        left = latex(_at(expr, form, states), notation, order)
        lines.append(
            f"{left} &\\text{{ is not defined}}"
            if node is None
            else f"{left} &= {writer.calculation(node)}"
        )
    if len(lines) == 1:
        return lines[0].replace("&", "", 1)
    return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"


def _opened(network: Network) -> tuple[Network, dict[str, Fraction]]:
    """A network with a symbol of its own for each number other than 0 and 1, and what it is."""
    numbers: dict[str, Fraction] = {}

    def symbol(entry: Term) -> Term:
        if not isinstance(entry, Number) or entry.value in (0, 1):
            return entry
        name = f"{len(numbers)} of the numbers"  # no parameter of a model has blanks in its name
        numbers[name] = entry.value
        return Indeterminate(name)

    tables = {
        name: Table(name, table.parents, tuple(map(symbol, table.entries)))
        for name, table in network.tables.items()
    }
    return replace(network, tables=tables), numbers


def _at(expr: Expr, form: ClosedForm, states: tuple[str, ...]) -> Expr:
    letters = free_letters(expr)
    return substitute(expr, dict(zip(letters, map(State, states), strict=True)))


class _LatexWriter:
    def __init__(self, program: Program, numbers: dict[str, Fraction]) -> None:
        self.program = program
        self.numbers = numbers
        steps = [node for node in program.steps if not self._is_short(node)]
        self.names = {node: rf"\tau_{{{i}}}" for i, node in enumerate(steps, 1)}

    def calculation(self, node: int) -> str:
        """What a node is in numbers, step by step: as it stands, and worked out."""
        written = self._composed(node, _TERM)
        value = evaluate_exact(self.program.form.circuit, node, self.numbers)
        steps = [written]
        if self.program.kinds[node] == QUOTIENT:
            halves = [self._value(part) for part in self.program.parts[node]]
            steps.append(r"\frac{" + "}{".join(map(number_latex, halves)) + "}")
        steps.append(number_latex(value))
        if number_decimal(value) is None:
            steps.append(f"\\approx {float(value):.6g}")
        kept = [s for i, s in enumerate(steps) if s not in steps[:i]]
        return " = ".join(kept).replace(r"= \approx", r"\approx")

    def _value(self, node: int) -> Fraction:
        return evaluate_exact(self.program.form.circuit, node, self.numbers)

    def _is_short(self, node: int) -> bool:
        """Whether a node is shared but no longer than a name."""
        return self.program.kinds[node] == PARAMETER

    def _written(self, node: int, level: int) -> str:
        return self.names.get(node) or self._composed(node, level)

    def _composed(self, node: int, level: int) -> str:
        kind, parts = self.program.kinds[node], self.program.parts[node]
        if kind == PARAMETER:
            return number_latex(self.numbers[self.program.parameter(node).name])
        if kind == CONSTANT:
            return number_latex(self.program.number(node))
        if kind == SUM:
            total = " + ".join(self._written(part, _TERM) for part in parts).replace("+ -", "- ")
            return rf"\left({total}\right)" if level > _TERM else total
        if kind == PRODUCT:
            negative, factors = self.program.signed(node)
            first, *others = (self._written(factor, _FACTOR) for factor in factors)
            closed = [rf"\left({o}\right)" if o.startswith("-") else o for o in others]
            times = r" \cdot ".join((first, *closed))
            return f"-{times}" if negative else times
        if kind == QUOTIENT:
            above, below = (self._written(part, _TERM) for part in parts)
            return rf"\frac{{{above}}}{{{below}}}"
        assert kind == POWER
        return rf"{self._written(parts[0], _FACTOR)}^{{{parts[1]}}}"


def number_decimal(value: Fraction) -> str | None:
    """A number as a decimal that ends soon; ``None`` if it doesn't."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
        if places > _LONGEST_DECIMAL:
            return None
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + digits + "" if not places else f"{sign}{digits[:-places]}.{digits[-places:]}"


def number_latex(value: Fraction) -> str:
    """A number as LaTeX: a decimal that ends soon, or a fraction."""
    written = number_decimal(value)
    if written is not None:
        return written
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
