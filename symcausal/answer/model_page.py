"""A model in a notebook: its graph, and its tables folded.

Main definitions
----------------
model_displays : a network in the formats of a notebook, by their MIME types.
"""

from __future__ import annotations

from symcausal.errors import LimitError
from symcausal.network.network import Network
from symcausal.writing.grid import Grid
from symcausal.writing.html_page import fragment
from symcausal.writing.mathml import escaped
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.picture import Picture
from symcausal.writing.style import Style
from symcausal.writing.svg import svg
from symcausal.writing.table_html import grid_html
from symcausal.writing.tables import cpt_grid

MOST_DRAWN = 60  # variables
MOST_TABLES = 40
MOST_ROWS = 60  # of a table


def model_displays(network: Network, notation: Notation, words: str) -> dict[str, str]:
    """Return the graph as a picture and the tables folded; ``words`` is what plain text says."""
    style = Style(notation, names_of(network.variables, network.declared))
    parts = [f"<div>{_picture(network)}</div>"]
    # a table of symbols alone says no more than the arrows do
    named = [name for name in network.variables if name not in network.unmade]
    if named and not network.is_open:
        tables = "\n".join(_table(network, name, style) for name in named[:MOST_TABLES])
        more = len(named) - MOST_TABLES
        tables += f"<p>and {more} more</p>" * (more > 0)
        parts.append(f"<details><summary>Tables</summary>\n{tables}\n</details>")
    return {"text/html": fragment(parts), "text/plain": words}


def _picture(network: Network) -> str:
    graph = network.graph
    if len(graph.nodes) <= MOST_DRAWN:
        try:
            return svg(Picture(graph))
        except LimitError:
            pass
    return escaped(f"{len(graph.nodes)} variables, {len(graph.directed)} arrows")


def _table(network: Network, name: str, style: Style) -> str:
    grid = cpt_grid(network, name)
    if len(grid.rows) <= MOST_ROWS:
        return grid_html(grid, style)
    shown = Grid(grid.heads, grid.rows[:MOST_ROWS], grid.stubs, grid.title)
    return f"{grid_html(shown, style)}\n<p>and {len(grid.rows) - MOST_ROWS} more rows</p>"
