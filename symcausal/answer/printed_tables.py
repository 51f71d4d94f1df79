"""Tables to print: the model's own and those of queries.

Main definitions
----------------
Tables : grids with every way to print them.
variable_tables, query_table : make them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product

from symcausal.algebra.decimals import FIGURES, with_decimal
from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import Event, Expr, Letter, Prob, State
from symcausal.network.network import Network
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.record import record, replace
from symcausal.writing.blocks import Block, Tabled
from symcausal.writing.boxes import Label
from symcausal.writing.grid import Cell, Grid, Share
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style
from symcausal.writing.tables import cpt_grid, grid_markdown
from symcausal.writing.terms import decimal
from symcausal.writing.text import formula_text


@record
class Tables(Shown):
    """One or more tables.

    Attributes
    ----------
    grids : tuple of Grid
        The tables.
    notation : Notation
        How formulas in them are written.
    order : tuple of str
        The variables in declaration order.
    digits : int or None
        The significant figures of a decimal beside each number that goes on; none if left out.
    """

    options = ("notation", "digits")

    grids: tuple[Grid, ...]
    notation: Notation
    order: tuple[str, ...]
    digits: int | None = None

    def blocks(self) -> list[Block]:
        """The tables."""
        return [Tabled(grid) for grid in self._printed()]

    def as_data(self) -> list[dict[str, object]]:
        """A list of tables, each with its title, heads and rows."""
        return [
            {
                "table": self._plain(grid.title),
                "heads": [self._plain(head) for head in grid.heads],
                "rows": [[self._plain(cell) for cell in row] for row in grid.rows],
            }
            for grid in self.grids
        ]

    @property
    def page_title(self) -> str:
        """``Tables``."""
        return "Tables"

    @property
    def headline(self) -> str:
        """What the tables are of."""
        return ", ".join(self._plain(grid.title or grid.heads[-1]) for grid in self.grids)

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """CSV besides; and Markdown without a margin, since nothing else stands on the page."""
        return {
            "markdown": self._markdown,
            "csv": self.to_csv,
        }

    def to_csv(self) -> str:
        """Comma-separated values, exact; an empty line between tables."""
        return "\n".join(self._csv(grid) for grid in self.grids)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.to_fragment(), "text/plain": self.to_text()}

    def _printed(self) -> tuple[Grid, ...]:
        """The tables as they are read: with decimals where these are asked for."""
        if self.digits is None:
            return self.grids
        return tuple(
            replace(grid, rows=tuple(tuple(map(self._beside, row)) for row in grid.rows))
            for grid in self.grids
        )

    def _beside(self, cell: Cell) -> Cell:
        """A number that goes on with its decimal beside it."""
        if not isinstance(cell, Number) or "/" not in decimal(cell.value):
            return cell
        figures = FIGURES if self.digits is None else self.digits
        return Share(with_decimal(cell.value, figures=figures), cell.value)

    def _markdown(self) -> str:
        return "\n\n".join(grid_markdown(g, self.style) for g in self._printed())

    def _csv(self, grid: Grid) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        for row in (grid.heads, *grid.rows):
            writer.writerow([self._plain(cell) for cell in row])
        return out.getvalue()

    def _plain(self, cell: Cell) -> str:
        if isinstance(cell, str):
            return cell
        if isinstance(cell, Label):
            return cell.name
        if isinstance(cell, Share):
            return cell.words
        return formula_text(cell, self.style)


def variable_tables(network: Network, names: Sequence[str], *, notation: Notation) -> Tables:
    """The conditional probability tables of some variables."""
    grids = tuple(cpt_grid(network, name) for name in names)
    return Tables(grids, notation, names_of(network.variables, network.declared))


def query_table(query: Expr, value: object, network: Network, *, notation: Notation) -> Tables:
    """The values of a query, as a conditional probability table if it has one free outcome.

    Any other query has a row for each assignment of its free values.
    """
    order = names_of(network.variables, network.declared)
    head: Cell = query
    if not isinstance(value, ValueTable):
        return Tables((Grid((head,), ((_cell(value),),)),), notation, order)
    target = _target(query, value)
    if target is not None:
        return Tables((_in_columns(query, target, value),), notation, order)
    rows = []
    for states in product(*value.states):
        shown: Cell = _cell(value[states]) if states in value else "undefined"
        rows.append((*states, shown))
    heads = (*(Label(letter) for letter in value.variables), head)
    grid = Grid(heads, tuple(rows), stubs=len(value.variables))
    return Tables((grid,), notation, order)


def _target(query: Expr, value: ValueTable[object]) -> str | None:
    """The letter of the one outcome of a probability, if it is free and nothing else is known of it."""
    if not isinstance(query, Prob) or len(query.outcome) != 1:
        return None
    (event,) = query.outcome
    others = {e.variable for e in query.given | query.do}
    free = isinstance(event.value, Letter) and event.variable not in others
    return event.value.name if free and event.value.name in value.variables else None


def _in_columns(query: Expr, target: str, value: ValueTable[object]) -> Grid:
    """The states of the outcome beside each other, a row for each assignment of the rest."""
    assert isinstance(query, Prob)
    variable, place = query.outcome[0].variable, value.variables.index(target)
    columns = value.states[place]
    rest = [letter for letter in value.variables if letter != target]
    rows: dict[tuple[str, ...], list[Cell]] = {}
    for states in product(*value.states):
        key = (*states[:place], *states[place + 1 :])
        shown: Cell = _cell(value[states]) if states in value else "undefined"
        rows.setdefault(key, []).append(shown)
    return Grid(
        heads=(*map(Label, rest), *(Event(variable, State(state)) for state in columns)),
        rows=tuple((*key, *cells) for key, cells in rows.items()),
        stubs=len(rest),
        title=query,
    )


def _cell(value: object) -> Cell:
    return Number(value) if isinstance(value, Fraction) else str(value)
