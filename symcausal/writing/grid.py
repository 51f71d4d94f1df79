"""A rectangle of cells with heads: what a table is, before anybody says in which format.

Main definitions
----------------
Grid : heads and rows of cells.
Cell : what stands in one.
Share : words of a cell that stand for a part of one.
"""

from __future__ import annotations

from fractions import Fraction

from symcausal.hints import TypeAlias
from symcausal.record import record
from symcausal.writing.boxes import Label
from symcausal.writing.layout import Printable


@record
class Share:
    """Words that stand for a number from 0 to 1, which a screen draws as a bar as well."""

    words: str
    value: Fraction


TableTitle: TypeAlias = str | Label | Printable
Cell: TypeAlias = TableTitle | Share


@record
class Grid:
    """A rectangle of cells with heads.

    Attributes
    ----------
    heads : tuple of cells
        One for each column.
    rows : tuple of tuples of cells
        A cell is words, a name, or a formula, a term or an event.
    stubs : int
        How many columns on the left are heads of their rows.
    title : words, a name or a formula
        What the table is of; an empty string for none.
    """

    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    stubs: int = 0
    title: TableTitle = ""
