r"""Long closed forms, printed as variable elimination writes them: with names for shared tables.

A form of thousands of symbols is a few lines such as :math:`\tau_1(G) := \sum_I P[I] P[G \mid I, D]`,
each a table over the values of the variables in its brackets.

Main definitions
----------------
Elimination : the lines, printable.
elimination : make them.
spelled, rounded : numbers of operations in words, and a count as it is read.

References
----------
[Koller2009]_ Section 9.3, whose letter for these tables is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from symcausal.algebra.decimals import digit_count
from symcausal.algebra.scalar import Number, parameters
from symcausal.answer.table_formulas import TableFormulas
from symcausal.expr.nodes import Event, Events, Expr, Prob, Scalar, State
from symcausal.hints import assert_never
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.operations import Naming, Operations, naming
from symcausal.numbers.evaluate.table_form import (
    At,
    Entries,
    Numbers,
    SumProduct,
    TableForm,
    TableRatio,
    Total,
    expanded,
    is_worked_out,
)
from symcausal.numbers.evaluate.table_reading import table_form
from symcausal.record import record
from symcausal.rules.condition import Positive
from symcausal.writing.blocks import Block, Equation, Equations, Paragraph, Typeset
from symcausal.writing.boxes import Box, Label, Sign
from symcausal.writing.equations import equations_latex
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style
from symcausal.writing.text import render, text

_MOST_KNOWN = 12  # cells of a table of numbers that are listed
_MOST_ENTRIES = 60  # of the model's tables that are listed


@record
class Elimination(Shown):
    """A closed form as named tables.

    Attributes
    ----------
    query : Expr
        What was asked.
    form : TableForm
        The tables.
    notation : Notation
        How probabilities are written.
    order : tuple of str
        The variables in declaration order, for printing.
    """

    options = ("notation",)
    is_formula = True

    query: Expr
    form: TableForm
    notation: Notation
    order: tuple[str, ...]

    @property
    def operations(self) -> Operations:
        """The number of operations when each named table is computed once."""
        return self._naming().shared

    @property
    def operations_written_out(self) -> Operations:
        """The number of operations when the closed form is written out without names."""
        return self._naming().written_out

    @property
    def assumes(self) -> tuple[Positive, ...]:
        """The events that must not be impossible."""
        return self.form.assumes

    def blocks(self) -> list[Block]:
        """The tables below each other, and the effort in words."""
        return [self._equations(), Paragraph((self.effort(),))]

    def as_data(self) -> dict[str, object]:
        """What JSON holds: the result, the named tables, the counts."""
        first, *others = self._lines_of_text()
        counts = zip(
            ("operations", "operations_written_out"),
            (self.operations, self.operations_written_out),
            strict=True,
        )
        return {
            "result": first[1],
            "tables": [{"name": left, "definition": right} for left, right in others],
            **{
                name: {
                    "additions": count.additions,
                    "multiplications": count.multiplications,
                    "divisions": count.divisions,
                }
                for name, count in counts
            },
        }

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Text with the tables below the answer, LaTeX without the effort."""
        return {
            "text": self._text,
            "latex": lambda: equations_latex(self._equations(), style),
        }

    def effort(self) -> str:
        """Return the number of operations in words."""
        shared, whole = self.operations, self.operations_written_out
        line = f"{spelled(shared)}"
        return line if shared == whole else f"{line}; written out: {spelled(whole)}"

    def lines(self, *, inline: bool) -> Iterator[tuple[Box, Box]]:
        """The two sides of each line, the result first, then the tables that it names."""
        return _PrintedLines(self, self._naming(), inline=inline).all()

    def _equations(self) -> Equations:
        rows = [
            Equation(left, ":=" if i else "=", (right,))
            for i, (left, right) in enumerate(self.lines(inline=False))
        ]
        if self.assumes:
            rows.append(Equation(None, "", ("provided ", *listed(self.assumes))))
        return Equations(tuple(rows))

    def _text(self) -> str:
        (left, right), *others = self._lines_of_text()
        lines = [f"{left} = {right}"]
        if others:
            lines.append("where")
            lines += [f"  {left} = {right}" for left, right in others]
        if self.assumes:
            shown = (text(c, Notation(), self.order) for c in self.assumes)
            lines.append("provided " + ", ".join(shown))
        return "\n".join([*lines, self.effort()])

    def _lines_of_text(self) -> Iterator[tuple[str, str]]:
        for left, right in self.lines(inline=True):
            yield render(left), render(right)

    def _naming(self) -> Naming:
        return naming(self.form, known=tuple(_known(self.form)))


def elimination(
    query: Expr,
    network: Network,
    notation: Notation,
    *,
    assumes: tuple[Positive, ...] | None = None,
) -> Elimination:
    """Return a query as tables, in the shape of its elimination.

    Parameters
    ----------
    query : Expr
        Any formula over the network's variables.
    network : Network
        Its tables may hold numbers, symbols and expressions.
    notation : Notation
        How probabilities are written.
    assumes : tuple of Positive, optional
        What must be possible and is not known to be; every condition of the query if left out.

    Raises
    ------
    LimitError
        If a table on the way is too large.
    """
    names = names_of(network.variables, network.declared)
    form = table_form(network, query)
    if assumes is not None:
        form.assumes = assumes
    return Elimination(query, form, notation, names)


def spelled(operations: Operations) -> str:
    """Return numbers of operations in words: ``31 additions, 40 multiplications, 1 division``."""
    words = ("addition", "multiplication", "division")
    counts = (operations.additions, operations.multiplications, operations.divisions)
    shown = (
        f"{rounded(count)} {word}{'s' * (count != 1)}"
        for count, word in zip(counts, words, strict=True)
        if count
    )
    return ", ".join(shown) or "no operation"


def rounded(count: int) -> str:
    """A count as people read it: of a very large one its size."""
    return str(count) if count < 10**9 else f"about 10^{digit_count(count) - 1}"


# -- known numbers --------------------------------------------------------------------------------
def _known(form: TableForm) -> Iterator[int]:
    """Small tables made of numbers alone, whose cells are printed in place of how they are made.

    Nothing where the answer itself is a number: what remains to be seen then is how it is made.
    """
    numeric: list[bool] = []
    names = form.network.graph.nodes
    whole: dict[int, bool] = {}
    found: list[int] = []
    for table, operation in enumerate(form.operations):
        match operation:
            case Entries(variable, _):
                if variable not in whole:
                    entries = form.network.tables[names[variable]].entries
                    whole[variable] = all(isinstance(entry, Number) for entry in entries)
                numeric.append(whole[variable])
            case Numbers(terms, event):
                numeric.append(event is None and all(isinstance(t, Number) for t in terms))
            case SumProduct() | At() | TableRatio() | Total():
                numeric.append(all(numeric[part] for part in form.parts(table)))
            case _:
                assert_never(operation)
        small = form.count(form.scopes[table]) <= _MOST_KNOWN
        if numeric[table] and small and is_worked_out(operation):
            found.append(table)
    if not numeric[form.answer]:
        yield from found


# -- lines ----------------------------------------------------------------------------------------
class _PrintedLines:
    """The lines of an elimination, laid out for text or for paper."""

    def __init__(self, whole: Elimination, names: Naming, *, inline: bool) -> None:
        self.whole = whole
        self.form = whole.form
        self.known = set(_known(self.form))
        self.formulas = TableFormulas(whole.form, names.named, whole.style, inline=inline)

    def all(self) -> Iterator[tuple[Box, Box]]:
        """Left and right sides."""
        formulas = self.formulas
        yield formulas.laid_out(self.whole.query), formulas.own_line(self.form.answer)
        for table in formulas.numbers:
            if table in self.known or self._is_listing(table):
                yield from self._cells(table)
            else:
                yield formulas.name(table, {}), formulas.own_line(table)
        yield from self._entries()

    def _is_listing(self, table: int) -> bool:
        return isinstance(self.form.operations[table], Numbers)

    def _cells(self, table: int) -> Iterator[tuple[Box, Box]]:
        circuit = Circuit()
        cells = expanded(self.form, circuit, table)
        for at, cell in zip(self.formulas.assignments(table), cells, strict=True):
            number = circuit.number(cell)
            name = self.formulas.name(table, at)
            if number is None:
                yield name, Label("undefined", "literal")
            else:
                yield name, self.formulas.laid_out(Scalar(Number(number)))

    def _entries(self) -> Iterator[tuple[Box, Box]]:
        """The entries of the model's tables that hold symbols which it declares."""
        network, count = self.form.network, 0
        for variable in self.formulas.used:
            name = network.graph.nodes[variable]
            parents, states = network.tables[name].parents, network.variables[name].states
            for assignment, entries in network.rows(name):
                given = Events(map(Event, parents, map(State, assignment)))
                for state, entry in zip(states, entries, strict=True):
                    if any(not p.variable for p in parameters(entry)) and count < _MOST_ENTRIES:
                        count += 1
                        left = Prob(Events([Event(name, State(state))]), given)
                        yield self.formulas.laid_out(left), self.formulas.laid_out(Scalar(entry))


def listed(conditions: Iterable[Positive]) -> tuple[Typeset, ...]:
    """Conditions with commas between."""
    pieces: list[Typeset] = []
    for one in conditions:
        pieces += [Sign("comma"), one] if pieces else [one]
    return tuple(pieces)
