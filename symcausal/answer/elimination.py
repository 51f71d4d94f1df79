r"""Long closed forms, printed as variable elimination writes them: with names for shared tables.

A form of thousands of symbols is a few lines such as :math:`\tau_1(G) := \sum_I P[I] P[G \mid I, D]`,
each a table over the values of the variables in its brackets.

Main definitions
----------------
Elimination : the lines, printable.
elimination : make them.

References
----------
[Koller2009]_ Section 9.3, whose letter for these tables is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import product
from typing import assert_never

from symcausal.algebra.scalar import Number, parameters
from symcausal.expr import build
from symcausal.expr.nodes import (
    Event,
    Events,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    Quotient,
    Scalar,
    State,
    Value,
)
from symcausal.network.network import Network
from symcausal.numbers.compiled.function import AxisStates
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
    table_form,
)
from symcausal.record import record
from symcausal.rules.condition import Positive
from symcausal.writing.blocks import Block, Equation, Equations, Paragraph, Typeset
from symcausal.writing.boxes import Big, Box, Fence, Figure, Label, Mark, Row, Script, Sign, row
from symcausal.writing.boxes import Fraction as Over
from symcausal.writing.equations import equations_latex
from symcausal.writing.layout import layout
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style
from symcausal.writing.text import render, text

_MOST_KNOWN = 12  # cells of a table of numbers that are listed
_MOST_ENTRIES = 60  # of the model's tables that are listed
_MARK = "\ue000"  # of private use: no variable has it in its name


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

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        markdown = self.to_markdown()
        return {"text/markdown": markdown, "text/latex": markdown, "text/plain": self.to_text()}

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
        f"{_round(count)} {word}{'s' * (count != 1)}"
        for count, word in zip(counts, words, strict=True)
        if count
    )
    return ", ".join(shown) or "no operation"


def _round(count: int) -> str:
    return str(count) if count < 10**9 else f"about 10^{len(str(count)) - 1}"


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
        self.inline = inline
        self.numbers = {table: i for i, table in enumerate(names.named, 1)}
        self.known = set(_known(self.form))
        self.mentions: list[Box] = []
        self.used: dict[int, None] = {}

    def all(self) -> Iterator[tuple[Box, Box]]:
        """Left and right sides."""
        left = layout(self.whole.query, self.whole.style, inline=self.inline)
        yield left, self._box(self._expr(self.form.answer, {}, own=True))
        for table in self.numbers:
            if table in self.known or self._is_listing(table):
                yield from self._cells(table)
            else:
                yield self._name(table, {}), self._box(self._expr(table, {}, own=True))
        yield from self._entries()

    def _is_listing(self, table: int) -> bool:
        return isinstance(self.form.operations[table], Numbers)

    def _cells(self, table: int) -> Iterator[tuple[Box, Box]]:
        circuit = Circuit()
        scope = self.form.scopes[table]
        cells = expanded(self.form, circuit, table)
        ranges = (range(self.form.sizes[axis]) for axis in scope)
        for states, cell in zip(product(*ranges), cells, strict=True):
            number = circuit.number(cell)
            name = self._name(table, dict(zip(scope, states, strict=True)))
            if number is None:
                yield name, Label("undefined", "literal")
            else:
                yield name, self._laid_out(Scalar(Number(number)))

    def _entries(self) -> Iterator[tuple[Box, Box]]:
        """The entries of the model's tables that hold symbols which it declares."""
        network, count = self.form.network, 0
        for variable in self.used:
            name = network.graph.nodes[variable]
            parents, states = network.tables[name].parents, network.variables[name].states
            for assignment, entries in network.rows(name):
                given = Events(map(Event, parents, map(State, assignment)))
                for state, entry in zip(states, entries, strict=True):
                    if any(not p.variable for p in parameters(entry)) and count < _MOST_ENTRIES:
                        count += 1
                        left = Prob(Events([Event(name, State(state))]), given)
                        yield self._laid_out(left), self._laid_out(Scalar(entry))

    # -- formulas -------------------------------------------------------------------------------
    def _expr(self, table: int, at: AxisStates, *, own: bool = False) -> Expr:
        """A table as a formula; by its name if it has one, unless its ``own`` line is asked for."""
        if table in self.numbers and not own:
            return self._mention(table, at)
        form = self.form
        match form.operations[table]:
            case Entries(variable, places):
                self.used[variable] = None
                events = [self._event(one, place, at) for one, place in places]
                return Prob(Events(events[-1:]), Events(events[:-1]))
            case Numbers(terms, event):
                if event is None:
                    return Scalar(terms[0])
                (axis,) = form.scopes[table] or (-1,)
                return Numeric(Event(event.variable, self._value(axis, at)) if axis >= 0 else event)
            case SumProduct(parts, summed):
                body = build.product([self._expr(part, at) for part in parts])
                over = Events(Event(form.letters[a][0], self._value(a, {})) for a in summed)
                return build.total(over, body) if summed else body
            case At(part, axis, state):
                return self._expr(part, {**at, axis: state})
            case TableRatio(top, bottom):
                return Quotient(self._expr(top, at), self._expr(bottom, at))
            case Total(parts):
                return self._total(parts, at)

    def _total(self, parts: tuple[int, ...], at: AxisStates) -> Expr:
        """A sum; a difference where its second part is taken minus one time."""
        if len(parts) == 2:
            negated = self.form.operations[parts[1]]
            if isinstance(negated, SumProduct) and parts[1] not in self.numbers:
                first = self.form.operations[negated.parts[0]]
                if isinstance(first, Numbers) and first.terms == (Number(Fraction(-1)),):
                    factors = [self._expr(part, at) for part in negated.parts[1:]]
                    return Minus(self._expr(parts[0], at), build.product(factors))
        return build.add([self._expr(part, at) for part in parts])

    def _event(self, variable: int, place: int, at: AxisStates) -> Event:
        network = self.form.network
        name = network.graph.nodes[variable]
        state = ~place if place < 0 else at.get(place)
        if state is None:
            return Event(name, Letter(self.form.letters[place][1]))
        return Event(name, State(network.variables[name].states[state]))

    def _value(self, axis: int, at: AxisStates) -> Value:
        variable, letter = self.form.letters[axis]
        if axis in at:
            return State(self.form.network.variables[variable].states[at[axis]])
        return Letter(letter)

    # -- names ----------------------------------------------------------------------------------
    def _mention(self, table: int, at: AxisStates) -> Expr:
        """A stand-in for a name, which :meth:`_box` puts in its place."""
        mark = f"{_MARK}{len(self.mentions)}"
        self.mentions.append(self._name(table, at))
        return Prob(Events([Event(mark, Letter(mark))]))

    def _name(self, table: int, at: AxisStates) -> Box:
        number = self.numbers[table]
        if self.inline:
            name: Box = Label(f"t{number}", "literal")
        else:
            name = Script(Label(r"\tau", "literal"), sub=Figure(str(number)))
        scope = self.form.scopes[table]
        if not scope:
            return name
        events = Events(Event(self.form.letters[axis][0], self._value(axis, at)) for axis in scope)
        arguments = layout(events, self.whole.style, inline=self.inline)
        return row([name, Fence(arguments)])

    def _laid_out(self, expr: Expr) -> Box:
        return layout(expr, self.whole.style, inline=self.inline)

    def _box(self, expr: Expr) -> Box:
        return self._named(self._laid_out(expr))

    def _named(self, box: Box) -> Box:
        """A box with names in place of their stand-ins."""
        match box:
            case Row(boxes):
                found: list[Box] = []
                for one in boxes:
                    mention = self._mentioned(one)
                    if mention is None:
                        found.append(self._named(one))
                    else:
                        found[-1] = mention  # in place of the P before the brackets
                return row(found)
            case Fence(body, kind):
                return Fence(self._named(body), kind)
            case Over(above, below):
                return Over(self._named(above), self._named(below))
            case Script(base, sub, sup):
                return Script(self._named(base), sub, sup)
            case Mark(body, kind):
                return Mark(self._named(body), kind)
            case Label() | Sign() | Figure() | Big():
                return box

    def _mentioned(self, box: Box) -> Box | None:
        if isinstance(box, Fence) and isinstance(box.body, Label):
            name = box.body.name
            if name.startswith(_MARK) and name[1:].isdecimal():
                return self.mentions[int(name[1:])]
        return None


def listed(conditions: Iterable[Positive]) -> tuple[Typeset, ...]:
    """Conditions with commas between."""
    pieces: list[Typeset] = []
    for one in conditions:
        pieces += [Sign("comma"), one] if pieces else [one]
    return tuple(pieces)
