r"""What is to be counted in a model: entries and parameters, and the operations that a query takes.

Main definitions
----------------
Counted : a table of counts, printable.
counted_entries : those of a model: of its tables, and of the joint distribution that they replace.
counted_operations : those of a query: summed over the joint distribution, and as nested sums.

References
----------
[Koller2009]_ Section 3.2 for the parameters, Section 9.2 for the operations.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from symcausal.algebra.decimals import digit_count, written
from symcausal.answer.elimination import elimination, rounded
from symcausal.errors import LimitError
from symcausal.expr.nodes import Expr, Letter, Prob
from symcausal.expr.scope import free_letters
from symcausal.network.network import Network
from symcausal.numbers.evaluate.operations import Operations
from symcausal.record import record
from symcausal.writing.blocks import Block, Tabled
from symcausal.writing.boxes import Label
from symcausal.writing.grid import Cell, Grid
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style
from symcausal.writing.tables import grid_markdown, text_cell

_MOST_DIGITS = 4_000  # that a whole number may have in JSON
_MOST_ROWS = 40  # variables; of more there are sums alone


@record
class Counted(Shown):
    """A table of counts.

    Attributes
    ----------
    rows : tuple of (str or Label, tuple of int or None)
        What is counted, and how many there are under each head.
    heads : tuple of str
        What is counted, and its kinds.
    query : Expr or str
        What takes the operations; empty for the entries of a model.
    notation : Notation
        How the query is written.
    order : tuple of str
        The variables in declaration order.
    """

    options = ("notation",)

    rows: tuple[tuple[str | Label, tuple[int | None, ...]], ...]
    heads: tuple[str, ...]
    query: Expr | str
    notation: Notation
    order: tuple[str, ...]

    def blocks(self) -> list[Block]:
        """The table."""
        return [Tabled(self._grid())]

    def as_data(self) -> dict[str, dict[str, int | str | None]]:
        """The counts by what is counted and by kind; null where a kind is not counted.

        A count that is longer than Python writes is text.
        """
        return {
            name.name if isinstance(name, Label) else name: dict(
                zip(self.heads[1:], map(_countable, counts), strict=True)
            )
            for name, counts in self.rows
        }

    @property
    def headline(self) -> str:
        """What the counts are of."""
        return text_cell(self.query, self.style) if self.query else "entries and parameters"

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Markdown without a margin, since nothing else stands on the page."""
        return {"markdown": lambda: grid_markdown(self._grid(), style)}

    def _grid(self) -> Grid:
        rows: list[tuple[Cell, ...]] = [
            (name, *("" if count is None else rounded(count) for count in counts))
            for name, counts in self.rows
        ]
        return Grid(self.heads, tuple(rows), stubs=1, title=self.query)


def _countable(count: int | None) -> int | str | None:
    return count if count is None or digit_count(count) <= _MOST_DIGITS else written(count)


def counted_entries(network: Network, notation: Notation) -> Counted:
    """Return the numbers of states, rows, entries and free parameters of a model.

    Examples
    --------
    >>> from symcausal import Model
    >>> Model("A -> B").counting().as_data()["all tables"]["entries"]  # 2 and 2 * 2
    6
    """
    rows: list[tuple[str | Label, tuple[int | None, ...]]] = []
    for name in network.graph.nodes:
        states, count = network.size(name), network.row_count(name)
        rows.append((Label(name), (states, count, count * states, count * (states - 1))))
    joint = network.joint_entries
    shown = rows if len(rows) <= _MOST_ROWS else []
    shown += [
        ("all tables", (None, None, network.table_entries, network.free_parameters)),
        ("joint distribution", (None, None, joint, joint - 1)),
    ]
    heads = ("", "states", "rows", "entries", "free parameters")
    order = names_of(network.variables, network.declared)
    return Counted(tuple(shown), heads, "", notation, order)


def counted_operations(query: Expr, network: Network, notation: Notation) -> Counted:
    """Return the numbers of operations that a query takes, for all its values together.

    A probability is first a sum over the joint distribution, where each term is a product of one
    entry of every table. As nested sums it takes fewer, and least if each inner table is worked out
    once.

    Raises
    ------
    LimitError
        If a table on the way is too large.
    """
    ways: dict[str, Operations] = {}
    if isinstance(query, Prob) and not network.graph.bidirected:
        ways["sum over the joint distribution"] = _over_the_joint(query, network)
    try:
        nested = elimination(query, network, notation)
        ways["nested sums"] = nested.operations_written_out
        ways["nested sums, each table once"] = nested.operations
    except LimitError:
        if not ways:
            raise
    rows = tuple((way, (o.additions, o.multiplications, o.divisions)) for way, o in ways.items())
    heads = ("", "additions", "multiplications", "divisions")
    order = names_of(network.variables, network.declared)
    return Counted(rows, heads, query, notation, order)


def _over_the_joint(query: Prob, network: Network) -> Operations:
    """The operations of the sums above and below the bar, term by term."""
    names = network.graph.nodes
    free = free_letters(query)
    cells = prod(network.size(variable) for variable in free.values())
    factors = len([name for name in names if name not in query.do.variables])

    def summed(fixed: set[str], times: int) -> Operations:
        terms = prod(network.size(name) for name in names if name not in fixed)
        return Operations(times * (terms - 1), times * terms * max(factors - 1, 0))

    whole = summed({*query.outcome.variables, *query.given.variables, *query.do.variables}, cells)
    if not query.given:
        return whole
    below = {
        event.value.name: event.variable
        for event in (*query.given, *query.do)
        if isinstance(event.value, Letter)
    }
    times = prod(network.size(variable) for variable in below.values())
    denominator = summed({*query.given.variables, *query.do.variables}, times)
    return whole.plus(denominator).plus(Operations(0, 0, cells))
