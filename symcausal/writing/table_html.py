"""Tables on screen.

A table stands in rows and columns where they have room. On a screen that is too small each row is a
paragraph, in which every entry has its head in front of it.

Main definitions
----------------
grid_html : a grid as an HTML table.
"""

from __future__ import annotations

from symcausal.algebra.decimals import with_decimal
from symcausal.algebra.scalar import Number
from symcausal.writing.boxes import Box, Label
from symcausal.writing.breaking import ems
from symcausal.writing.flowing import WHOLE, flowing
from symcausal.writing.grid import Cell, Grid, Share
from symcausal.writing.html_style import NEVER_STACKED, STACKS
from symcausal.writing.layout import layout
from symcausal.writing.mathml import escaped
from symcausal.writing.metrics import words_ems
from symcausal.writing.style import PLAIN, Style
from symcausal.writing.tables import on_cell, text_cell
from symcausal.writing.terms import decimal

_BETWEEN = 1.5  # ems between two columns
_LARGER = 1.1  # formulas and letters on screen, beside those of Computer Modern


def grid_html(grid: Grid, style: Style = PLAIN) -> str:
    """A grid as an HTML table with MathML in its cells."""

    def written(cell: Cell) -> str:
        if isinstance(cell, Number) and "/" in decimal(cell.value):
            return escaped(with_decimal(cell.value))
        return on_cell(cell, escaped, flowing, lambda thing: flowing(layout(thing, style)))

    kind = _stacking(_least_width(grid, style))
    title = f"<caption>{written(grid.title)}</caption>" if grid.title else ""
    head = "".join(
        f'<th scope="col"{_STUB * (column < grid.stubs)}>{written(cell)}</th>'
        for column, cell in enumerate(grid.heads)
    )
    labels = [_label(cell, style) if kind else "" for cell in grid.heads]
    body = "\n".join(
        "<tr>"
        + "".join(
            f'<th scope="row"{label}>{written(cell)}</th>'
            if column < grid.stubs
            else f"<td{_bar(cell)}{label}>{written(cell)}</td>"
            for column, (cell, label) in enumerate(zip(row, labels, strict=True))
        )
        + "</tr>"
        for row in grid.rows
    )
    return (
        f"<table{kind}>{title}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


_STUB = ' class="stub"'


def _bar(cell: Cell) -> str:
    """Return the attributes that draw a number from 0 to 1 as a bar; empty for anything else."""
    value = cell.value if isinstance(cell, Number | Share) else None
    if value is None or not 0 <= value <= 1:
        return ""
    return f' class="share" style="--share: {float(value):.4g}"'


def _label(head: Cell, style: Style) -> str:
    """Return the attribute with the head that stands before an entry where a row is a paragraph."""
    sign = " =" if isinstance(head, Label) else ":"
    words = text_cell(head, style).strip()
    return f' data-head="{escaped(words)}{sign} "' if words else ""


def _stacking(width: float) -> str:
    """The class of a table that needs some width, by which the style sheet knows what is too small."""
    if width <= NEVER_STACKED:
        return ""
    enough = next((known for known in STACKS if width <= known), "always")
    return f' class="stack-{enough}"'


def _least_width(grid: Grid, style: Style) -> float:
    """The ems that a table takes if everything in it wraps that can."""

    def width(cell: Cell) -> float:
        return on_cell(
            cell, _widest_word, _box_width, lambda thing: _box_width(layout(thing, style))
        )

    columns = zip(grid.heads, *grid.rows, strict=True)
    return sum(_LARGER * max(map(width, column)) + _BETWEEN for column in columns)


def _widest_word(words: str) -> float:
    return max(map(words_ems, words.split()), default=0.0)


def _box_width(box: Box) -> float:
    return min(ems(box), WHOLE)
