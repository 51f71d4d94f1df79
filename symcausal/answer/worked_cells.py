"""Cells of named tables with the numbers put in: how each is worked out, and what it comes to.

Main definitions
----------------
WorkedCell : a value with the calculation that gives it.
WorkedCells : the cells of the tables of a form.
decimal_box : a number as a decimal that ends, or as a fraction.

Implementation notes
--------------------
Numbers stand in the order of the formula that they are put into. Terms that are zero and factors that
are one are left out, as on paper. A cell of a named table is a number where that is short, and its
name elsewhere, so that every line stays exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from symcausal.algebra.decimals import length, number_decimal
from symcausal.algebra.scalar import Number, Term
from symcausal.answer.table_formulas import AxisValues, TableFormulas
from symcausal.errors import MissingParameterError
from symcausal.expr.nodes import State
from symcausal.numbers.evaluate.table_form import (
    At,
    Entries,
    Numbers,
    SumProduct,
    TableRatio,
    Total,
)
from symcausal.writing.boxes import Box, Fence, Figure, Label, Sign, row
from symcausal.writing.boxes import Fraction as Over
from symcausal.writing.terms import ATOM, PRODUCT, SUM, number_box

_LONGEST_FRACTION = 12  # characters of a fraction that a line repeats


class WorkedCell(NamedTuple):
    """A value with the calculation that gives it.

    Attributes
    ----------
    value : Fraction or None
        What it comes to; None where it is not defined.
    box : Box
        The calculation, without the sign in front.
    strength : int
        How tightly it holds together, as :data:`symcausal.writing.terms.SUM` and its like.
    negative : bool
        Whether a minus sign stands in front.
    numbers : int
        How many numbers it is made of.
    """

    value: Fraction | None
    box: Box
    strength: int = ATOM
    negative: bool = False
    numbers: int = 1

    @property
    def signed(self) -> Box:
        """The calculation with its sign."""
        if not self.negative:
            return self.box
        return row([Sign("negative"), Fence(self.box) if self.strength == SUM else self.box])

    @property
    def is_plain(self) -> bool:
        """Whether it is a number or a name, and nothing has to be worked out."""
        return self.numbers == 1


class WorkedCells:
    """The cells of the tables of a form, each worked out once.

    Parameters
    ----------
    formulas : TableFormulas
        The tables with their names; all that is needed must be numbers.
    """

    def __init__(self, formulas: TableFormulas) -> None:
        self.formulas = formulas
        self.form = formulas.form
        self.inline = formulas.inline
        self._found: dict[int, list[Fraction | None]] = {}

    def table(self, table: int) -> list[WorkedCell]:
        """The cells of a table, the last axis fastest; the tables that its line names come first."""
        ranges = (range(self.form.sizes[axis]) for axis in self.form.scopes[table])
        found = [
            self.cell(table, dict(zip(self.form.scopes[table], states, strict=True)), own=True)
            for states in product(*ranges)
        ]
        self._found[table] = [cell.value for cell in found]
        return found

    def cell(self, table: int, at: Mapping[int, int], *, own: bool = False) -> WorkedCell:
        """One cell of a table, at a state for each axis.

        Raises
        ------
        MissingParameterError
            If an entry that it needs is no number.
        """
        form = self.form
        if table in self._found and not own:
            return self._named(table, at)
        match form.operations[table]:
            case Entries(variable, places):
                column = form.network.tables[form.network.graph.nodes[variable]].entries
                position = 0
                for one, place in places:
                    state = ~place if place < 0 else at[place]
                    position = position * form.network.size(form.network.graph.nodes[one]) + state
                return self._number(_value(column[position]))
            case Numbers(terms, _):
                return self._number(_value(terms[self._position(table, at)]))
            case SumProduct(parts, summed):
                ranges = (range(form.sizes[axis]) for axis in summed)
                inner = ({**at, **dict(zip(summed, s, strict=True))} for s in product(*ranges))
                return self._total([self._product(parts, one) for one in inner])
            case At(part, axis, state):
                return self.cell(part, {**at, axis: state})
            case TableRatio(top, bottom):
                return self._ratio(self.cell(top, at), self.cell(bottom, at))
            case Total(parts):
                return self._total([self.cell(part, at) for part in parts])

    def states(self, table: int, at: Mapping[int, int]) -> AxisValues:
        """The states of the axes of a table as values."""
        form = self.form
        variables = form.network.variables
        return {
            axis: State(variables[form.letters[axis][0]].states[at[axis]])
            for axis in form.scopes[table]
        }

    def _position(self, table: int, at: Mapping[int, int]) -> int:
        position = 0
        for axis in self.form.scopes[table]:
            position = position * self.form.sizes[axis] + at[axis]
        return position

    def _named(self, table: int, at: Mapping[int, int]) -> WorkedCell:
        value = self._found[table][self._position(table, at)]
        if value is None or is_short(value):
            return self._number(value)
        return WorkedCell(value, self.formulas.name(table, self.states(table, at)))

    # -- arithmetic -----------------------------------------------------------------------------
    def _number(self, value: Fraction | None) -> WorkedCell:
        if value is None:
            return WorkedCell(None, Label("undefined", "literal"))
        whole = self.inline and number_decimal(value) is None
        box = decimal_box(abs(value), inline=self.inline)
        return WorkedCell(value, box, PRODUCT if whole else ATOM, value < 0)

    def _product(self, parts: Iterable[int], at: Mapping[int, int]) -> WorkedCell:
        factors: list[WorkedCell] = []
        open_entry: MissingParameterError | None = None
        for part in parts:
            try:
                factors.append(self.cell(part, at))
            except MissingParameterError as missing:  # of no account beside a factor of zero
                open_entry = open_entry or missing
                continue
            if factors[-1].value == 0:
                return self._number(Fraction(0))
        if open_entry is not None:
            raise open_entry
        value = Fraction(1)
        for factor in factors:
            if factor.value is None:
                return factor
            value *= factor.value
        shown = [f for f in factors if not (f.is_plain and abs(f.value or 0) == 1)]
        if not shown:
            return self._number(value)
        boxes: list[Box] = []
        for factor in shown:
            boxes += [Sign("times")] if boxes else []
            alone = len(shown) == 1 or factor.strength > SUM
            boxes.append(factor.box if alone else Fence(factor.box))
        negative = sum(factor.negative for factor in factors) % 2 == 1
        strength = shown[0].strength if len(shown) == 1 else PRODUCT
        return WorkedCell(value, row(boxes), strength, negative, sum(f.numbers for f in shown))

    def _total(self, terms: Sequence[WorkedCell]) -> WorkedCell:
        if len(terms) == 1:
            return terms[0]
        value = Fraction(0)
        for term in terms:
            if term.value is None:
                return term
            value += term.value
        shown = [term for term in terms if term.value]
        if not shown:
            return self._number(Fraction(0))
        if len(shown) == 1:
            return shown[0]
        boxes: list[Box] = []
        for term in shown:
            if boxes:
                boxes.append(Sign("minus" if term.negative else "plus"))
            elif term.negative:
                boxes.append(Sign("negative"))
            whole = term.negative and term.strength == SUM
            boxes.append(Fence(term.box) if whole else term.box)
        return WorkedCell(value, row(boxes), SUM, False, sum(t.numbers for t in shown))

    def _ratio(self, top: WorkedCell, bottom: WorkedCell) -> WorkedCell:
        if bottom.value == 1 and bottom.is_plain:
            return top
        undefined = not bottom.value or top.value is None
        value = None if undefined else (top.value or Fraction(0)) / (bottom.value or 1)
        count = top.numbers + bottom.numbers
        if not self.inline:
            return WorkedCell(value, Over(top.signed, bottom.signed), ATOM, False, count)
        above = Fence(top.signed) if top.negative or top.strength == SUM else top.box
        plain = not bottom.negative and bottom.strength == ATOM
        below = bottom.box if plain else Fence(bottom.signed)
        return WorkedCell(value, row([above, Sign("slash"), below]), PRODUCT, False, count)


def is_short(value: Fraction) -> bool:
    """Whether a number may stand in a line again, in place of a name."""
    return number_decimal(value) is not None or length(value) <= _LONGEST_FRACTION


def decimal_box(value: Fraction, *, inline: bool = False) -> Box:
    """A number as a decimal that ends, or as a fraction."""
    written = number_decimal(abs(value))
    if written is None:
        return number_box(value, inline=inline)
    return row([Sign("negative"), Figure(written)]) if value < 0 else Figure(written)


def _value(entry: Term) -> Fraction:
    if isinstance(entry, Number):
        return Fraction(entry.value)
    raise MissingParameterError([str(entry)], hint="a calculation in numbers needs them all")
