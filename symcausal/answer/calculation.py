r"""From a formula to a number: nested sums, tables with names, numbers put in, a decimal.

Main definitions
----------------
Calculation : the lines, printable.
calculation : make them of a query and the formula that it was brought to.

References
----------
[Koller2009]_ Section 9.3 for the named tables; [Russell2021]_ Section 13.3 for nested sums and
:math:`\alpha`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from symcausal.algebra.decimals import written
from symcausal.answer.calculation_form import (
    CalculationForm,
    calculation_form,
    confirmed_values,
    distribution,
    formula_holds,
)
from symcausal.answer.calculation_page import CalculationPage
from symcausal.errors import UsageError
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.network.network import Network
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.record import record, replace
from symcausal.rules.condition import Condition
from symcausal.writing.blocks import Block, Code, Equation, Equations, Paragraph, Piece, Tabled
from symcausal.writing.boxes import Box, row
from symcausal.writing.breaking import broken
from symcausal.writing.equations import boxed
from symcausal.writing.latex import formula_latex
from symcausal.writing.latex import render as latex_of
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import PLAIN, Style
from symcausal.writing.text import formula_text
from symcausal.writing.text import render as text_of

_MARGIN = 6  # characters before a line of text that goes on


@record
class Calculation(Shown):
    """A calculation, from a formula to its nested sums or on to a number.

    Attributes
    ----------
    sums : CalculationForm
        The nested sums, with what was asked.
    results : ValueTable of Fraction or None
        The values by the states of free letters; None where the calculation stops before numbers.
    assumptions : tuple of Condition
        What has to be possible; nothing where numbers show it.
    notation : Notation
        How probabilities are written.
    order : tuple of str
        The variables in declaration order, for printing.
    digits : int or None
        The significant figures of numbers that do not end; None for three of results, six on the way.
    """

    options = ("notation", "digits")

    sums: CalculationForm
    results: ValueTable[Fraction] | None
    assumptions: tuple[Condition, ...]
    notation: Notation
    order: tuple[str, ...]
    digits: int | None = None

    @property
    def value(self) -> Fraction | ValueTable[Fraction] | None:
        """The number, or a table of numbers by the states of free letters; None without numbers."""
        if self.results is None or self.results.variables:
            return self.results
        return self.results[()]

    @property
    def query(self) -> Expr:
        """What was asked; with a constant, for all states of the outcome."""
        return self.sums.query

    @property
    def nested(self) -> Expr:
        """The nested sums as a formula, without names and without a constant."""
        return self.sums.nested

    def blocks(self) -> tuple[Block, ...]:
        """The lines below each other; tables that are too long for lines in between."""
        return tuple(self._page(inline=False).blocks())

    def as_data(self) -> dict[str, object]:
        """What JSON holds: formulas in LaTeX, tables with their cells, and values."""
        page = self._page(inline=False)
        data: dict[str, object] = {
            "query": formula_latex(self.query, self.style),
            "formula": formula_latex(self.sums.formula, self.style),
            "nested": latex_of(page.nested),
            "constant": latex_of(page.constant) if self.sums.normalised else None,
            "tables": list(page.tables_data()),
            "value": None,
            "float": None,
            "table": None,
        }
        value = self.value
        if isinstance(value, ValueTable):
            data["table"] = value.rows_of_data()
        elif value is not None:
            data |= {"value": written(value), "float": float(value)}
        return data

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Text whose lines can be checked: definitions have a sign of their own."""
        return {"text": lambda: self._text(style.width)}

    @property
    def page_title(self) -> str:
        """The query."""
        return formula_text(self.query, self.style)

    def _page(self, *, inline: bool) -> CalculationPage:
        return CalculationPage(
            self.sums,
            self.results,
            self.style,
            assumptions=self.assumptions,
            digits=self.digits,
            inline=inline,
        )

    def _text(self, width: float | None) -> str:
        from symcausal.writing.tables import grid_text  # only long tables are printed as such

        parts: list[str] = []
        for block in self._page(inline=True).blocks():
            match block:
                case Equations(rows):
                    parts.append("\n".join(line for one in rows for line in _text_of(one, width)))
                case Tabled(grid):
                    parts.append(grid_text(grid, self.style))
                case Paragraph(pieces):
                    parts.append("".join(p if isinstance(p, str) else _plain(p) for p in pieces))
                case _:  # a calculation has no other blocks
                    raise TypeError(type(block).__name__)
        return "\n\n".join(parts)


def calculation(
    query: Expr,
    formula: Expr,
    network: Network,
    *,
    notation: Notation,
    assumptions: tuple[Condition, ...] = (),
    hidden: bool = False,
    nested: bool = False,
    normalise: bool = False,
    digits: int | None = None,
) -> Calculation:
    """Return the calculation of a query, every line of which is confirmed.

    Parameters
    ----------
    query, formula : Expr
        What was asked, and what it was brought to.
    network : Network
        Whose tables it is calculated from.
    notation : Notation
        How probabilities are written.
    assumptions : tuple of Condition
        What has to be possible, to be said where no numbers are put in.
    hidden : bool
        Whether hidden causes stand behind the query; then the sums are those of the formula.
    nested : bool
        Whether to stop at the nested sums.
    normalise : bool
        Whether to write a conditional probability with a constant.
    digits : int or None
        The significant figures of numbers that do not end; None for three of results, six on the way.

    Raises
    ------
    UsageError
        If there is nothing to normalise, or too much for one list of numbers.
    MissingParameterError
        If an entry that numbers need is none.
    ImpossibleEventError
        If the query is defined nowhere.
    LimitError
        If the calculation would be too long to read.
    VerificationError
        If two ways to work a line out differ.
    """
    free = free_letters(distribution(query)) if normalise else {}
    if not nested and len(free) > 1:
        raise UsageError(
            f"{len(free)} free values in a calculation with a constant: {', '.join(free)}",
            expected="one, that of the variable before the bar",
            hint="name the states of the others, or ask for --nested",
        )
    sums = calculation_form(query, formula, network, hidden=hidden, normalise=normalise)
    results = None
    if not nested:
        results = confirmed_values(sums, network)
        if not hidden and not formula_holds(sums, network):
            sums = replace(sums, formula=sums.query)
    names = names_of(network.variables, network.declared)
    provided = assumptions if nested else ()
    return Calculation(sums, results, provided, notation, names, digits)


def _text_of(one: Equation, width: float | None) -> Iterator[str]:
    """The lines of an equation in plain text."""
    left = "  " if one.left is None else f"{_plain(one.left)} "
    start = f"{left}{one.sign} " if one.sign else left.lstrip()
    boxes = [piece for piece in one.right if isinstance(piece, Box)]
    if width is None or len(boxes) < len(one.right):
        yield start + "".join(map(_plain, one.right)).lstrip()
        return
    rows = broken(row(boxes), width - _MARGIN, lambda box: len(text_of(box)), indent=0)
    first, *more = (text_of(part).strip() for part in rows)
    yield start + first
    yield from (" " * _MARGIN + part for part in more)


def _plain(piece: Piece) -> str:
    if isinstance(piece, str | Code):
        return piece if isinstance(piece, str) else piece.words
    return text_of(boxed(piece, PLAIN, inline=True))
