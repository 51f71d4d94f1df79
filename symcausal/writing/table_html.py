"""Tables on screen.

Main definitions
----------------
grid_html : a grid as an HTML table.
"""

from __future__ import annotations

from symcausal.writing.blocks import Cell, Grid
from symcausal.writing.layout import layout
from symcausal.writing.mathml import element, escaped
from symcausal.writing.style import PLAIN, Style
from symcausal.writing.tables import on_cell


def grid_html(grid: Grid, style: Style = PLAIN) -> str:
    """A grid as an HTML table with MathML in its cells."""

    def written(cell: Cell) -> str:
        return on_cell(cell, escaped, element, lambda thing: element(layout(thing, style)))

    heads = list(map(written, grid.heads))
    rows = [list(map(written, row)) for row in grid.rows]
    title = f"<caption>{written(grid.title)}</caption>" if grid.title else ""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in heads)
    body = "\n".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{cell}</th>' if column < grid.stubs else f"<td>{cell}</td>"
            for column, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table>{title}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
