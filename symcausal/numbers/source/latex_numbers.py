r"""A calculation in numbers as LaTeX: ``= 0.3 \cdot 0.8 + 0.7 \cdot 0.05 = 0.275``.

The closed form is made as if every entry were a symbol, so that nothing is worked out before it is
shown; then the numbers are put in as they were given.

Main definitions
----------------
in_numbers : the calculation of a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import inf

from symcausal.algebra.decimals import FIGURES, decimal, number_decimal
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
from symcausal.writing.breaking import INDENT, RELATION
from symcausal.writing.latex import latex
from symcausal.writing.metrics import aligned_ems, latex_ems
from symcausal.writing.notations import Notation

_LONGEST_LEFT = 0.25  # of a line
_TOKEN = re.compile(r"\\[A-Za-z]+|.")
_DEPTHS = {"{": 1, "}": -1, r"\left": 1, r"\right": -1}
_NEW_DISPLAY = "\\end{align*}\n\\begin{align*}\n"
_BAR = re.compile(r"\\mid |\| ")
_STEP = re.compile(r"(?:(?<!:)=|\\approx) ")
_SUMMAND = re.compile(r"[+-] |\\cdot ")
_TERM, _FACTOR = range(2)


def in_numbers(
    network: Network,
    expr: Expr,
    *,
    notation: Notation,
    order: Sequence[str] = (),
    width: float = inf,
    digits: int = FIGURES,
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
    width : float
        The longest line, in ems.
    digits : int
        The significant figures of results whose decimals do not end.

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
    writer = _LatexWriter(program, numbers, digits)
    lines = [f"{name} &:= {writer.calculation(node)}" for node, name in writer.names.items()]
    for states, node in program.cells:
        left = latex(_at(expr, form, states), notation, order)
        lines.append(
            f"{left} &\\text{{ is not defined}}"
            if node is None
            else f"{left} &= {writer.calculation(node)}"
        )
    if aligned_ems(lines) > width:
        lines = list(_broken(lines, width))
    if len(lines) == 1:
        return lines[0].replace("&", "", 1)
    written = " \\\\\n".join(lines).removeprefix(_NEW_DISPLAY)
    written = written.replace(f" \\\\\n{_NEW_DISPLAY}", f"\n{_NEW_DISPLAY}")
    return f"\\begin{{align*}}\n{written}\n\\end{{align*}}"


def _broken(lines: Sequence[str], width: float) -> Iterator[str]:
    """Lines that fit together: long left sides alone, steps in rows, cut between terms."""
    sides = [line.partition("&")[::2] for line in lines]
    longest = _LONGEST_LEFT * width
    beside = [size for left, _ in sides if (size := latex_ems(left)) <= longest]
    room = width - max(beside, default=0.0) - RELATION
    for left, right in sides:
        if latex_ems(left) > longest:
            # in a display of its own: a line without a sign would be read with what is above it
            first, *more = _filled(_cut(left, _BAR), width)
            yield f"{_NEW_DISPLAY}&{first.rstrip()}"
            yield from (rf"&\qquad {{}} {part.rstrip()}" for part in more)
            yield from _rows_of_steps("", right, room)
        else:
            yield from _rows_of_steps(left, right, room)


def _rows_of_steps(left: str, right: str, room: float) -> Iterator[str]:
    for step in _filled(_cut(right, _STEP), room):
        first, *more = _rows(step, room)
        yield f"{left}&{first.rstrip()}"
        yield from (rf"&\qquad {{}} {part.rstrip()}" for part in more)
        left = ""


def _cut(written: str, before: re.Pattern[str]) -> list[str]:
    """A formula cut before signs that stand in no brackets."""
    depth, begin = 0, 0
    parts = []
    for found in _TOKEN.finditer(written):
        depth += _DEPTHS.get(found[0], 0)
        if depth == 0 and found.start() > begin and before.match(written, found.start()):
            parts.append(written[begin : found.start()])
            begin = found.start()
    return [part for part in (*parts, written[begin:]) if part.strip()]


def _rows(step: str, room: float) -> list[str]:
    """A step in rows, cut between terms and factors, inside brackets where there is no other way."""
    rows: list[str] = []
    for part in _filled(_cut(step, _SUMMAND), room):
        if latex_ems(part) > room:
            opened = part.replace(r"\left(", r"\bigl(").replace(r"\right)", r"\bigr)")
            rows += _filled(_cut(opened, _SUMMAND), room)
        else:
            rows.append(part)
    return rows


def _filled(parts: Sequence[str], room: float) -> list[str]:
    """As many parts in a row as fit."""
    rows = [parts[0]]
    for part in parts[1:]:
        if latex_ems(rows[-1] + part) <= room - (INDENT if len(rows) > 1 else 0):
            rows[-1] += part
        else:
            rows.append(part)
    return rows


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
    def __init__(self, program: Program, numbers: dict[str, Fraction], digits: int) -> None:
        self.program = program
        self.numbers = numbers
        self.digits = digits
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
            shown = decimal(value, figures=self.digits).removesuffix("...")
            steps.append(rf"\approx {shown}")
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


def number_latex(value: Fraction) -> str:
    """A number as LaTeX: a decimal that ends soon, or a fraction."""
    written = number_decimal(value)
    if written is not None:
        return written
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
