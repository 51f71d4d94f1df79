"""What stands on the page of a calculation: sums, named tables with their cells, numbers.

Main definitions
----------------
CalculationPage : the blocks of a calculation, laid out for text or for paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from symcausal.algebra.decimals import decimal, length, number_decimal, written
from symcausal.answer.calculation_form import CalculationForm
from symcausal.answer.elimination import listed
from symcausal.answer.table_formulas import AxisValues, TableFormulas
from symcausal.answer.worked_cells import WorkedCell, WorkedCells, decimal_box, is_short
from symcausal.derive.worksheet import form
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Expectation,
    Expr,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    State,
    Sum,
)
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters, substitute
from symcausal.hints import TypeGuard, assert_never
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.rules.condition import Condition, Positive
from symcausal.writing.blocks import Block, Equation, Equations, Tabled
from symcausal.writing.boxes import Box, Fence, Figure, Label, Row, Sign, is_single, row, separated
from symcausal.writing.boxes import Fraction as Over
from symcausal.writing.grid import Cell, Grid
from symcausal.writing.latex import render as latex_of
from symcausal.writing.layout import layout
from symcausal.writing.style import Style

_FIGURES = 3  # of results that go on
_FIGURES_ON_THE_WAY = 6
_LONGEST_NESTED = 60  # factors of sums that are written without names
_LONGEST_FORMULA = 24  # factors of a formula that is shown before its nested sums
_MOST_ROWS = 12  # cells of a table that are worked out in lines of their own
_MOST_LINES = 60  # such lines together
_MOST_LISTED = 64  # cells of a table that is shown as a table
_MOST_WRITTEN = 40  # numbers of a cell that is written out
_LONGEST_EXACT = 48  # characters of a fraction
_ABOUT = Sign("about")
_CONSTANTS = (r"\alpha", r"\eta", r"\kappa")


class CalculationPage:
    """What stands on the page, laid out for text or for paper."""

    def __init__(
        self,
        sums: CalculationForm,
        results: ValueTable[Fraction] | None,
        style: Style,
        *,
        assumptions: Sequence[Condition] = (),
        digits: int | None = None,
        inline: bool,
    ) -> None:
        self.sums = sums
        self.form = sums.form
        self.results = results
        self.style = style
        self.assumptions = assumptions
        self.digits = _FIGURES if digits is None else digits
        self.digits_on_the_way = _FIGURES_ON_THE_WAY if digits is None else digits
        self.inline = inline
        self.formulas = TableFormulas(self.form, sums.named, style, inline=inline)
        self.cells = WorkedCells(self.formulas)
        self.query = self._laid_out(sums.query)
        taken = {*style.order, *(letter for _, letter in self.form.letters.values())}
        free = (one for one in _CONSTANTS if not {one, one[1:]} & taken)
        self.constant: Box = Label(next(free, "c"), "parameter")
        self.is_written_out = sums.factors <= _LONGEST_NESTED

    @property
    def nested(self) -> Box:
        """The nested sums without names, behind the constant if there is one."""
        halves = self.sums.normalised
        expr = self.sums.nested if halves is None else halves[2]
        return self._scaled(expr, self._laid_out(expr))

    @property
    def result(self) -> Box:
        """The nested sums with names."""
        halves = self.sums.normalised
        table = self.form.answer if halves is None else halves[0]
        own = halves is None or halves[0] not in self.formulas.numbers
        expr = self.formulas.formula(table, {}, own=own)
        return self._scaled(expr, self.formulas.laid_out(expr))

    def blocks(self) -> Iterator[Block]:
        """The formula and its nested sums, the tables, the numbers."""
        rows = list(self._sums())
        with_names = bool(self.formulas.numbers)
        if self.results is None:
            if not self.is_written_out:
                yield Equations(tuple(self._definitions()))
                rows.append(Equation(self.query, "=", (self.result,)))
            if not rows:  # it is its own nested sum
                rows.append(Equation(None, "", (self.query,)))
            if self.assumptions:
                conditions = (c for c in self.assumptions if isinstance(c, Positive))
                rows.append(Equation(None, "", ("provided ", *listed(conditions))))
            yield Equations(tuple(rows))
            return
        if with_names:
            if rows:
                yield Equations(tuple(rows))
                rows = []
            yield from self._tables()
        if self.sums.normalised is not None:
            rows += self._normalised(self.sums.normalised, self.results)
        else:
            rows += self._numbers(None if rows else self.query, self.results)
        if rows:
            yield Equations(tuple(rows))
        yield from self._results_grid(self.results)

    def tables_data(self) -> Iterator[dict[str, object]]:
        """The named tables, with their cells if there are numbers."""
        for table in self.formulas.numbers:
            data: dict[str, object] = {
                "name": latex_of(self.formulas.name(table, {})),
                "definition": latex_of(self.formulas.own_line(table)),
            }
            if self.results is not None:
                data["entries"] = [
                    {
                        "name": latex_of(self.formulas.name(table, at)),
                        "calculation": latex_of(cell.signed),
                        "value": None if cell.value is None else written(cell.value),
                    }
                    for at, cell in self._worked(table)
                ]
            yield data

    # -- formulas -------------------------------------------------------------------------------
    def _sums(self) -> Iterator[Equation]:
        left: Box | None = self.query
        alike = {form(self.sums.query), form(self.sums.nested)}
        if self.sums.normalised is None and form(self.sums.formula) not in alike:
            size = sum(isinstance(node, Prob) for _, node in everywhere(self.sums.formula))
            if size <= _LONGEST_FORMULA:
                yield Equation(left, "=", (self._laid_out(self.sums.formula),))
                left = None
        if self.is_written_out and form(self.sums.nested) != form(self.sums.query):
            yield Equation(left, "=", (self.nested,))

    def _laid_out(self, expr: Expr) -> Box:
        return layout(expr, self.style, inline=self.inline)

    def _scaled(self, expr: Expr, box: Box) -> Box:
        if self.sums.normalised is None:
            return box
        match expr:
            case Add() | Minus():
                box = Fence(box)
            case Prob() | Counterfactual() | Expectation() | Sum() | Product() | Quotient():
                pass
            case Scalar() | Numeric():
                pass
            case _:
                assert_never(expr)
        return row([self.constant, Sign("thin"), box])

    def _definitions(self) -> Iterator[Equation]:
        for table in self.formulas.numbers:
            yield Equation(self.formulas.name(table, {}), ":=", (self.formulas.own_line(table),))

    # -- numbers --------------------------------------------------------------------------------
    def _worked(self, table: int) -> list[tuple[AxisValues, WorkedCell]]:
        pairs = zip(self.formulas.assignments(table), self.cells.table(table), strict=True)
        return list(pairs)

    def _tables(self) -> Iterator[Block]:
        """The named tables with their numbers: short ones in lines, longer ones as tables."""
        rows: list[Equation] = []
        lines = 0
        for definition, table in zip(self._definitions(), self.formulas.numbers, strict=True):
            worked = self._worked(table)
            if len(worked) <= _MOST_ROWS and lines + len(worked) <= _MOST_LINES:
                lines += len(worked)
                if len(worked) == 1:  # a number: its definition and the calculation in one line
                    steps = [
                        self.formulas.own_line(table),
                        *self._line(worked[0][1], self.digits_on_the_way),
                    ]
                    rows.append(Equation(definition.left, ":=", _chain(steps)))
                    continue
                rows.append(definition)
                rows += [
                    _equation(
                        self.formulas.name(table, at), self._line(cell, self.digits_on_the_way)
                    )
                    for at, cell in worked
                ]
                continue
            rows.append(definition)
            if len(worked) <= _MOST_LISTED:
                yield Equations(tuple(rows))
                yield Tabled(self._grid(table, worked))
                rows = []
        if rows:
            yield Equations(tuple(rows))

    def _grid(self, table: int, worked: list[tuple[AxisValues, WorkedCell]]) -> Grid:
        heads = [Label(self.form.letters[axis][0]) for axis in self.form.scopes[table]]
        rows = tuple(
            (
                *(value.name for value in at.values()),
                self._entry(cell.value, self.digits_on_the_way),
            )
            for at, cell in worked
        )
        name: Cell = Label(self.formulas.bare_name(table), "literal")
        return Grid((*heads, name), rows, len(heads))

    def _entry(self, value: Fraction | None, digits: int) -> str:
        if value is None:
            return "undefined"
        return number_decimal(value) or decimal(value, figures=digits)

    def _line(self, cell: WorkedCell, digits: int) -> list[Box]:
        """A calculation and what it comes to."""
        number = self._number(cell.value, digits)
        return [cell.signed, number] if _is_shown(cell) else [number]

    def _number(self, value: Fraction | None, digits: int) -> Box:
        """An exact number, with its decimal if it does not end."""
        if value is None:
            return Label("undefined", "literal")
        exact = decimal_box(value, inline=self.inline)
        if number_decimal(value) is not None:
            return exact
        shown = decimal(value, figures=digits)
        if length(value) > _LONGEST_EXACT:
            return self._rounded(shown) if self.inline else row([_ABOUT, self._rounded(shown)])
        if self.inline:
            return row([exact, Sign("is"), Figure(shown)])
        return row([exact, _ABOUT, self._rounded(shown)])

    def _rounded(self, shown: str) -> Box:
        return Figure(self._ended(shown))

    def _ended(self, shown: str) -> str:
        """A decimal; the dots of one that goes on stand in text alone."""
        return shown if self.inline else shown.removesuffix("...")

    def _numbers(self, left: Box | None, results: ValueTable[Fraction]) -> Iterator[Equation]:
        """The result with names, then in numbers: one line, or one for each state."""
        steps = [self.result] if self.formulas.numbers else []
        if results.variables:
            if steps:
                yield Equation(left, "=", (self.result,))
            if len(list(product(*results.states))) <= _MOST_ROWS:
                for states in product(*results.states):
                    yield self._at(states, results)
            return
        cell = self.cells.cell(self.form.answer, {})
        if _is_shown(cell):
            steps.append(cell.signed)
        if steps:
            yield _equation(left, steps)
            left = None
        number = self._number(cell.value, self.digits)
        if left is not None or number != self.nested:  # the sums may have come to a number already
            yield _equation(left, [number])

    def _at(self, states: tuple[str, ...], results: ValueTable[Fraction]) -> Equation:
        """The result at some states."""
        at = dict(zip(results.variables, states, strict=True))
        named = {letter: State(state) for letter, state in at.items()}
        expr = substitute(self.sums.query, named)
        left = self._laid_out(expr)
        if states not in results:
            return Equation(left, "", (" is not defined",))
        network = self.form.network
        places = {
            axis: network.variable(variable).position(at[letter])
            for axis, (letter, variable) in zip(
                self.form.axes, free_letters(self.sums.asked).items(), strict=True
            )
        }
        cell = self.cells.cell(self.form.answer, places)
        return _equation(left, self._line(cell, self.digits))

    def _results_grid(self, results: ValueTable[Fraction]) -> Iterator[Tabled]:
        """The results as a table where they are too many for lines."""
        places = list(product(*results.states))
        if len(places) <= _MOST_ROWS or self.sums.normalised is not None:
            return
        heads: list[Cell] = [Label(name) for name in results.variables]
        rows = tuple((*states, self._entry(results.get(states), self.digits)) for states in places)
        yield Tabled(Grid((*heads, self.sums.query), rows, len(heads)))

    # -- with a constant ------------------------------------------------------------------------
    def _normalised(
        self, halves: tuple[int, int, Expr], results: ValueTable[Fraction]
    ) -> Iterator[Equation]:
        """The constant, then the distribution as a list of numbers."""
        top, bottom, _ = halves
        below = self.cells.cell(bottom, {})
        own = self.formulas.formula(bottom, {}, own=bottom not in self.formulas.numbers)
        steps = [self._inverse(self.formulas.laid_out(own))]
        if below.value and is_short(below.value):
            steps.append(self._inverse(decimal_box(below.value, inline=self.inline)))
        yield Equation(self.constant, ":=", _chain(steps))
        (axis,) = self.form.axes
        values = [self.cells.cell(top, {axis: i}).value for i in range(self.form.sizes[axis])]
        left: Box | None = self.query
        if self.formulas.numbers:
            yield Equation(left, "=", (self.result,))
            left = None
        if all(value is not None and is_short(value) for value in values):
            numbers = [decimal_box(value or Fraction(0), inline=self.inline) for value in values]
            yield Equation(left, "=", (row([self.constant, Sign("thin"), _tuple(numbers)]),))
            left = None
        ends = all(number_decimal(value) is not None for value in results.values())
        shown = [
            number_decimal(v) or self._digits(v) if ends else self._digits(v)
            for v in results.values()
        ]
        sign = "=" if ends or self.inline else "~"
        yield Equation(left, sign, (_tuple([Figure(one) for one in shown]),))

    def _digits(self, value: Fraction) -> str:
        """The decimal of a result."""
        return self._ended(decimal(value, figures=self.digits))

    def _inverse(self, box: Box) -> Box:
        if not self.inline:
            return Over(Figure("1"), box)
        return row([Figure("1"), Sign("slash"), box if is_single(box) else Fence(box)])


def _tuple(boxes: list[Box]) -> Box:
    return Fence(separated(boxes, Sign("comma")), "angle")


def _equation(left: Box | None, steps: Sequence[Box]) -> Equation:
    """A left side with all that it is equal to; a rounded number alone is nearly that."""
    first, *others = steps
    if _is_rounded(first):
        return Equation(left, "~", (row(first.boxes[1:]), *others))
    return Equation(left, "=", _chain(steps))


def _chain(steps: Sequence[Box]) -> tuple[Box, ...]:
    """Steps with signs of equality between them; a line may end before each."""
    first, *others = steps
    return (first, *(step if _is_rounded(step) else row([Sign("is"), step]) for step in others))


def _is_rounded(step: Box) -> TypeGuard[Row]:
    """Whether a step is a number with the sign for what is nearly equal."""
    return isinstance(step, Row) and step.boxes[0] == _ABOUT


def _is_shown(cell: WorkedCell) -> bool:
    """Whether a calculation is more than its result, and not too long."""
    return not cell.is_plain and cell.numbers <= _MOST_WRITTEN
