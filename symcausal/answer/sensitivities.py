"""All table entries by how much an answer depends on them, and what reaches a bound.

Main definitions
----------------
Sensitivities : the ranking, printable.
sensitivities : make one.

References
----------
[ChanDarwiche2002]_, [ChanDarwiche2004]_ for the least change of an entry and of a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.decimals import written
from symcausal.answer.sensitivity_facts import conditions_of
from symcausal.answer.shown_numbers import ShownNumbers
from symcausal.errors import ImpossibleEventError, UsageError, VerificationError
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.hints import Any
from symcausal.kernel.core.interpretation import exact
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.substitution import exact_number
from symcausal.numbers.sensitivity.curve import Change
from symcausal.numbers.sensitivity.gradient import Weights
from symcausal.numbers.sensitivity.ranking import Ranked, least_change, ranked
from symcausal.numbers.sensitivity.table_change import TableChange, least_table_change
from symcausal.record import field, record
from symcausal.writing.blocks import Block, Items, Paragraph, Tabled
from symcausal.writing.grid import Cell, Grid
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style
from symcausal.writing.text import formula_text

SHOWN = 20
BARS = 12


@record
class Sensitivities(Shown):
    """Table entries in the order in which they matter.

    Attributes
    ----------
    query : Expr
        What depends on them.
    value : Fraction
        Its value at present.
    bounds : mapping of str to Fraction
        What the answer is to reach; empty if nothing was said.
    rows : tuple of (Ranked, Change or None)
        Without bounds by slope, the steepest first; with bounds by the least change that reaches them,
        first those that do. Entries that make no difference come last.
    tables : tuple of TableChange
        The least change of each whole table that reaches the bounds, the least first.
    network : Network
        Where it was asked.
    notation : Notation
        How it is written.
    most : int
        How many entries are printed; JSON has all.
    digits : int or None
        The significant figures of decimals; None for what the page takes by itself.
    """

    options = ("notation", "digits", "most")

    query: Expr
    value: Fraction
    bounds: Mapping[str, Fraction]
    rows: tuple[tuple[Ranked, Change | None], ...]
    tables: tuple[TableChange, ...]
    network: Network
    notation: Notation
    most: int = field(default=SHOWN, compare=False, repr=False)
    digits: int | None = None

    def __iter__(self) -> Iterator[Ranked]:
        return (row for row, _ in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    # -- printing -------------------------------------------------------------------------------
    @property
    def order(self) -> tuple[str, ...]:
        """All names of the model, variables first."""
        return names_of(self.network.variables, self.network.declared)

    @property
    def shown(self) -> ShownNumbers:
        """How its numbers are written."""
        return ShownNumbers(self.digits)

    def blocks(self) -> list[Block]:
        """What is asked, the table of the first entries, and how many more there are."""
        heads = ("entry", "now", "slope", "range", *["change to"] * bool(self.bounds))
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (row.entry.formula, *self._cells(row, change)) for row, change in self._first()
        )
        said = (self.query, f" = {self.shown.both(self.value)}" + self._wish(" to be {} {}"))
        notes = tuple((note,) for note in self._notes())
        found: list[Block] = [Paragraph(said), Tabled(Grid(heads, rows, stubs=1))]
        return [*found, *[Items(notes)] * bool(notes)]

    def as_data(self) -> dict[str, object]:
        """Numbers as text."""
        return {
            "query": formula_text(self.query, self.style),
            "value": written(self.value),
            "bounds": {name: written(bound) for name, bound in self.bounds.items()},
            "entries": [self._entry(row, change) for row, change in self.rows],
            "tables": [
                {
                    "variable": table.variable,
                    "size": written(table.size),
                    "entries": [written(x) for x in table.entries],
                }
                for table in self.tables
            ],
        }

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Text with the columns at the left."""
        return {"text": self._text}

    def _first(self) -> list[tuple[Ranked, Change | None]]:
        return [pair for pair in self.rows if not pair[0].curve.is_constant][: self.most]

    def _cells(self, row: Ranked, change: Change | None) -> list[str]:
        low, high, _, _ = row.curve.range()
        cells = [
            self.shown.short(row.present),
            self.shown.rounded(row.slope),
            f"{self.shown.size(low)} to {self.shown.size(high)}",
        ]
        return [*cells, _target(change, self.shown)] if self.bounds else cells

    def _notes(self) -> list[str]:
        notes = []
        more = sum(not row.curve.is_constant for row, _ in self.rows) - len(self._first())
        if more > 0:
            notes.append(f"and {more} more entries")
        notes += [
            f"the whole table of {table.variable}: no entry moves by more than "
            f"{self.shown.short(table.size)}"
            for table in self.tables
            if table.size
        ]
        return notes

    def _text(self) -> str:
        head = ["entry", "now", "slope", "range"] + (["change to"] if self.bounds else [])
        lines = [head]
        for row, change in self._first():
            shown = formula_text(row.entry.formula, self.style)
            lines.append([shown, *self._cells(row, change)])
        asked = formula_text(self.query, self.style)
        said = [f"{asked} = {self.shown.both(self.value)}" + self._wish(" to be {} {}")]
        widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
        said += [
            "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
            for line in lines
        ]
        return "\n".join([*said, *self._notes()])

    def plot(self, axes: Any = None, *, most: int = BARS) -> Any:
        """Draw a tornado: between which answers each entry moves the query; needs matplotlib."""
        from symcausal.answer.sensitivity_plot import draw_ranges

        bars = []
        for row, _ in self.rows:
            low, high, _, _ = row.curve.range()
            bars.append((formula_text(row.entry.formula, self.style), low, high))
        bars.sort(key=lambda bar: bar[1] - bar[2])
        return draw_ranges(bars[:most], self.value, formula_text(self.query, self.style), axes)

    def _wish(self, form: str) -> str:
        words = {"at_least": "at least", "at_most": "at most"}
        return "".join(form.format(words[k], self.shown.short(v)) for k, v in self.bounds.items())

    def _entry(self, row: Ranked, change: Change | None) -> dict[str, object]:
        low, high, _, _ = row.curve.range()
        return {
            "entry": formula_text(row.entry.formula, self.style),
            "name": row.entry.name,
            "present": written(row.present),
            "numerator": [written(c) for c in row.curve.numerator],
            "denominator": [written(c) for c in row.curve.denominator],
            "slope": written(row.slope),
            "range": [written(low), written(high)],
            "change_to": None if change is None else written(change.new),
        }


def _target(change: Change | None, shown: ShownNumbers) -> str:
    if change is None:
        return "never"
    if change.old == change.new:
        return "holds"
    return shown.short(change.new) + ("" if change.is_reached else " and beyond")


def sensitivities(
    network: Network, query: Expr, bounds: Mapping[str, object], notation: Notation
) -> Sensitivities:
    """Return all table entries, ranked by how much a query depends on them.

    Raises
    ------
    UsageError
        If values are free.
    ImpossibleEventError
        If the query's condition is impossible.
    """
    free = free_letters(query)
    if free:
        raise UsageError(
            f"the values of {', '.join(free)} are free",
            expected="a query with one value",
            hint="name their states",
        )
    value = meaning(query, exact(network), {}).values[0] if network.is_numeric else Fraction(0)
    if value is None:
        closed_form(network, query)  # says which event is impossible
        raise ImpossibleEventError("a denominator")
    found, tables = ranked(network, query, value)
    conditions = conditions_of(bounds)
    rows: list[tuple[Ranked, Change | None]] = [
        (row, least_change(network, query, row, conditions) if conditions else None)
        for row in found
    ]
    order = sorted(range(len(rows)), key=lambda i: (*_rank(*rows[i]), i))
    exactly = {name: exact_number(bound) for name, bound in bounds.items()}
    return Sensitivities(
        query,
        value,
        exactly,
        tuple(rows[i] for i in order),
        tuple(_table_changes(network, query, tables, exactly)),
        network,
        notation,
    )


def _rank(row: Ranked, change: Change | None) -> tuple[bool, bool, Fraction | float, Fraction]:
    missed = change is None
    size = Fraction(0) if change is None else change.size
    return row.curve.is_constant, missed, size, -abs(row.slope)


def _table_changes(
    network: Network, query: Expr, tables: Sequence[Weights], bounds: Mapping[str, Fraction]
) -> list[TableChange]:
    if len(bounds) != 1:
        return []
    ((name, bound),) = bounds.items()
    found = []
    for weights in tables:
        width = network.size(weights.variable)
        change = least_table_change(weights, width, bound, at_least=name == "at_least")
        if change is None:
            continue
        new = meaning(query, exact(change.network(network)), {}).values[0]
        if new is None:
            continue  # the change makes what is known impossible
        if change.size and new != bound:
            raise VerificationError(f"two computations differ: {bound} and {new}")
        found.append(change)
    return sorted(found, key=lambda change: change.size)
