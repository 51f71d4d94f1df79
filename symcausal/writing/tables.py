r"""Tables: conditional probability tables, answers by state, anything rectangular.

Main definitions
----------------
cpt_grid : the table of one variable, a row for each assignment of its parents.
grid_text, grid_markdown, grid_latex : a grid on paper; symcausal.writing.table_html has the screen.
picture_grid, grid_tabular, grid_cells, grid_widths : a table beside a node of a picture.

Notation
--------
A number is written as a decimal if that ends within six digits, and as a fraction otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import Event, Prob, State, free_events
from symcausal.hints import TypeVar
from symcausal.network.network import Network
from symcausal.writing.boxes import Box, Label
from symcausal.writing.breaking import broken, narrowed
from symcausal.writing.grid import Cell, Grid, Share
from symcausal.writing.latex import formula_latex
from symcausal.writing.latex import render as latex_of
from symcausal.writing.layout import Printable, layout
from symcausal.writing.metrics import latex_ems, words_ems
from symcausal.writing.names import latex_escaped
from symcausal.writing.style import PLAIN, Style
from symcausal.writing.terms import decimal
from symcausal.writing.text import formula_text
from symcausal.writing.text import render as text_of

T = TypeVar("T")


def cpt_grid(network: Network, variable: str) -> Grid:
    """The conditional probability table of a variable.

    Parents' states head the rows, the variable's own states the columns.

    Raises
    ------
    UnknownVariableError
        If the network has no such variable.
    """
    table = network.table(variable)
    states = network.variable(variable).states
    columns = (Event(variable, State(state)) for state in states)
    return Grid(
        heads=(*map(Label, table.parents), *columns),
        rows=tuple((*assignment, *entries) for assignment, entries in network.rows(variable)),
        stubs=len(table.parents),
        title=Prob(free_events((variable,)), free_events(table.parents)),
    )


def picture_grid(network: Network, variable: str) -> Grid:
    """The conditional probability table of a variable as it stands beside a node.

    Its columns have the names of the states alone, since the node says of what.
    """
    grid = cpt_grid(network, variable)
    heads = (*grid.heads[: grid.stubs], *network.variable(variable).states)
    return Grid(heads, grid.rows, grid.stubs)


def grid_cells(grid: Grid) -> list[list[str]]:
    """The cells of a grid as plain text, its heads first."""
    return [[text_cell(cell, PLAIN) for cell in row] for row in (grid.heads, *grid.rows)]


def grid_widths(grid: Grid) -> list[int]:
    """How many letters the columns of a grid take."""
    return [max(map(len, column)) for column in zip(*grid_cells(grid), strict=True)]


def grid_text(grid: Grid, style: Style = PLAIN) -> str:
    """A grid as aligned plain text."""
    written = partial(text_cell, style=style)
    heads, rows, widths = _written(grid, written)
    rule = ["-" * width for width in widths]
    lines = [written(grid.title)] if grid.title else []
    lines += [_line(row, widths, grid.stubs, "  ") for row in (heads, rule, *rows)]
    return "\n".join(line.rstrip() for line in lines)


def grid_markdown(grid: Grid, style: Style = PLAIN) -> str:
    r"""A grid as a Markdown table; bars inside formulas become ``\mid``, which tables survive."""

    def written(cell: Cell) -> str:
        return on_cell(
            cell,
            _markdown_escaped,
            lambda box: f"${latex_of(box)}$",
            lambda thing: f"${formula_latex(thing, style).replace('|', chr(92) + 'mid')}$",
        )

    heads, rows, widths = _written(grid, written)
    rule = [
        "-" * width if column < grid.stubs else "-" * (width - 1) + ":"
        for column, width in enumerate(widths)
    ]
    lines = [f"| {_line(row, widths, grid.stubs, ' | ')} |" for row in (heads, rule, *rows)]
    return "\n".join(([written(grid.title), ""] if grid.title else []) + lines)


def grid_latex(grid: Grid, style: Style = PLAIN) -> str:
    """A grid as a ``tabular`` with the rules of the package booktabs; without its title.

    One that is wider than a line has heads of several rows, or smaller type, or is cut between its
    columns: the first of these that is enough.
    """
    tried: list[_SetTable] = []
    for way in _WAYS:
        tried.append(_table_way(grid, style, *way))
        if tried[-1].ems <= style.ems:  # and so the narrowest yet
            break
    return min(tried, key=lambda one: one.ems).written


_SIZES = {"": 1.0, r"\small": 0.93, r"\footnotesize": 0.85, r"\scriptsize": 0.76}
_HEADS = (0.5, 0.35, 0.25, 0.15)  # of a line, that a head may take
_WAYS = (
    ("", None, False),
    *(("", head, False) for head in _HEADS),
    (r"\small", _HEADS[-1], False),
    (r"\footnotesize", _HEADS[-1], False),
    ("", _HEADS[-1], True),
    (r"\footnotesize", _HEADS[-1], True),
    (r"\scriptsize", _HEADS[-1], True),
)
_ENTRY = 0.3  # of a line
_BETWEEN, _CLOSE = 1.25, 0.65  # ems between two columns


class _SetTable(NamedTuple):
    written: str
    ems: float


def _table_way(
    grid: Grid, style: Style, size: str, head: float | None, columns_apart: bool
) -> _SetTable:
    """Set a table in a size of type, its heads broken at a part of a line, whole or column by column."""
    written = partial(latex_cell, style=style)

    def entry(cell: Cell) -> str:
        if not columns_apart or isinstance(cell, str | Label | Number | Share):
            return written(cell)
        box = narrowed(layout(cell, style), _ENTRY * style.ems)
        return f"${latex_of(box)}$"

    def headed(cell: Cell) -> str:
        if head is None or isinstance(cell, str | Number | Share):
            return written(cell)
        box = cell if isinstance(cell, Label) else layout(cell, style)
        first, *more = (latex_of(part) for part in broken(box, head * style.ems, indent=0))
        if not more:
            return written(cell)
        below = r" \\ &".join([first.rstrip(), *more])
        return rf"$\begin{{aligned}}[b]&{below}\end{{aligned}}$"

    heads = list(map(headed, grid.heads))
    rows = [list(map(entry, row)) for row in grid.rows]
    wide = [
        _SIZES[size] * max(map(_cell_ems, column)) + (_CLOSE if size else _BETWEEN)
        for column in zip(heads, *rows, strict=True)
    ]
    stubs, values = range(grid.stubs), range(grid.stubs, len(heads))
    parts = [[*stubs, one] for one in values] if columns_apart and values else [[*stubs, *values]]
    tabulars = [
        _tabular([heads[i] for i in part], [[row[i] for i in part] for row in rows], grid.stubs)
        for part in parts
    ]
    together = "\n\n".join(tabulars)
    return _SetTable(
        f"{{{size}\\setlength{{\\tabcolsep}}{{3pt}}\n{together}\\par}}" if size else together,
        max(sum(wide[i] for i in part) for part in parts),
    )


def _tabular(heads: Sequence[str], rows: Sequence[Sequence[str]], stubs: int) -> str:
    columns = "l" * stubs + "r" * (len(heads) - stubs)
    return "\n".join(
        [
            rf"\begin{{tabular}}{{{columns}}}",
            r"\toprule",
            " & ".join(heads) + r" \\",
            r"\midrule",
            *(" & ".join(row) + r" \\" for row in rows),
            r"\bottomrule",
            r"\end{tabular}",
        ]
    )


def grid_tabular(grid: Grid) -> str:
    """A small table beside a node, which takes no package: lines under the heads and beside stubs."""
    written = partial(latex_cell, style=PLAIN)
    bar = "|" if grid.stubs else ""
    columns = "l" * grid.stubs + bar + "r" * (len(grid.heads) - grid.stubs)
    rows = [r" & ".join(map(written, row)) + r" \\ " for row in (grid.heads, *grid.rows)]
    rows[-1] = rows[-1].removesuffix(r" \\ ")
    body = rows[0] + r"\hline\rule{0pt}{2.2ex}" + "".join(rows[1:])
    return rf"\begin{{tabular}}{{@{{}}{columns}@{{}}}}{body}\end{{tabular}}"


def _cell_ems(cell: str) -> float:
    if not cell.startswith("$"):
        return words_ems(cell)
    inside = cell[1:-1].removeprefix(r"\begin{aligned}[b]").removesuffix(r"\end{aligned}")
    return latex_ems(inside)


def text_cell(cell: Cell, style: Style) -> str:
    """A cell as plain text."""
    return on_cell(cell, str, text_of, lambda thing: formula_text(thing, style))


def latex_cell(cell: Cell, style: Style) -> str:
    """A cell as LaTeX."""
    return on_cell(
        cell,
        latex_escaped,
        lambda box: f"${latex_of(box)}$",
        lambda thing: f"${formula_latex(thing, style)}$",
    )


def on_cell(
    cell: Cell,
    words: Callable[[str], T],
    box: Callable[[Box], T],
    formula: Callable[[Printable], T],
) -> T:
    """Write a cell as words, as a box or as a formula; a number in a table is a short decimal."""
    match cell:
        case str():
            return words(cell)
        case Label():
            return box(cell)
        case Number(value):
            return words(decimal(value))
        case Share(said):
            return words(said)
        case _:  # any other thing that can be laid out
            return formula(cell)


def _written(
    grid: Grid, written: Callable[[Cell], str]
) -> tuple[list[str], list[list[str]], list[int]]:
    heads = list(map(written, grid.heads))
    rows = [list(map(written, row)) for row in grid.rows]
    widths = [max(3, *map(len, column)) for column in zip(heads, *rows, strict=True)]
    return heads, rows, widths


def _line(cells: Sequence[str], widths: Sequence[int], stubs: int, gap: str) -> str:
    return gap.join(
        cell.ljust(width) if column < stubs else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )


def _markdown_escaped(words: str) -> str:
    return "".join("\\" + c if c in r"\`*_{}[]<>|$" else c for c in words)
