"""Rows of tables as a model text writes them, and what may be wrong with them.

Main definitions
----------------
RowCollector : the rows given for all variables; refuses each that does not fit.
open_network : a network without any.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from symcausal.algebra.decimals import with_decimal
from symcausal.algebra.polynomial import is_one
from symcausal.algebra.scalar import (
    ONE,
    Indeterminate,
    Number,
    Plus,
    Term,
    Times,
    minus,
    parameters,
    plus,
    times,
)
from symcausal.errors import LimitError, ModelError, Span, UnknownVariableError, nearest
from symcausal.expr.nodes import Letter, Prob, Scalar, State
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Table, Variable
from symcausal.network.parameters import remainder_of, symbolic_row, told_apart
from symcausal.network.unmade import MOST_OPEN, with_unmade
from symcausal.reading.reader import Reader
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Token
from symcausal.writing.terms import decimal
from symcausal.writing.text import text

MAX_ENTRIES = MOST_OPEN
_MAX_ALL_ENTRIES = 1_000_000
_MAX_OPEN = 100_000  # entries that no row gives: a few words can ask for any number of them


class RowCollector:
    """Collect rows, then make the tables."""

    def __init__(
        self,
        variables: Mapping[str, Variable],
        graph: Graph,
        declared: Mapping[str, Indeterminate],
        settled: Mapping[str, Table] | None = None,
    ) -> None:
        self.settled = settled or {}
        self.variables = variables
        self.graph = graph
        self.declared = declared
        self.rows: dict[str, dict[tuple[str, ...], tuple[Term, ...]]] = {}
        self.single: dict[str, dict[tuple[str, ...], dict[str, tuple[Term, Span]]]] = {}

    def take(self, tree: SyntaxTree, reader: Reader) -> None:
        """Take one statement ``P(X | ...) = ...``."""
        whole = tree.parts[0]
        span = reader.span(whole)
        prob = reader.formula(whole, frozenset())
        if not isinstance(prob, Prob):
            raise ModelError("a row", expected="P(X | ...)", span=span)
        variable, state, parents = self._head(prob, span)
        if variable.name in self.settled:
            raise ModelError(
                f"a row of {variable.name}, which has a mechanism",
                expected="a mechanism or rows",
                hint=f"drop the row; by chance {variable.name} varies through an input of its own",
                span=span,
            )
        label = row_label(variable.name, self.graph.parents(variable.name), parents)
        if len(tree.parts) == 1:  # an open row, which every row is that nobody gives
            self._check_once(variable.name, parents, label, span)
            return
        listed = tree.parts[2].parts[::2] if isinstance(tree.parts[2], SyntaxTree) else []
        if state is not None:
            self._take_single(variable, state, parents, listed, label, reader)
            return
        self._check_once(variable.name, parents, label, span)
        row = self._entries(variable, listed, label, reader, reader.span(tree))
        self.rows.setdefault(variable.name, {})[parents] = row

    def tables(self) -> Mapping[str, Table]:
        """Return all tables; a row that nobody gave gets parameters with names of their own.

        A table that is too large is not made, where no row of it is given.
        """
        self._finish_single()
        unmade = self._check_sizes()
        tables: dict[str, Table] = {}
        for name, variable in self.variables.items():
            if name in unmade:
                continue
            if name in self.settled:
                tables[name] = self.settled[name]
                continue
            parents = self.graph.parents(name)
            given = self.rows.get(name, {})
            entries: list[Term] = []
            for states in product(*(self.variables[p].states for p in parents)):
                row = given.get(states)
                assignment = tuple(zip(parents, states, strict=True))
                entries += row or symbolic_row(variable, assignment)
            tables[name] = Table(name, parents, tuple(entries))
        return with_unmade(told_apart(tables, self.declared), unmade)

    def _check_sizes(self) -> list[str]:
        """Refuse tables that are too large before the first is filled; name those to leave unmade."""
        total = opened = 0
        unmade = []
        for name, variable in self.variables.items():
            rows, states = 1, len(variable.states)
            for parent in self.graph.parents(name):
                rows *= len(self.variables[parent].states)
                if rows * states > MAX_ENTRIES:  # how many in the end, may be too long to print
                    break
            given = rows if name in self.settled else len(self.rows.get(name, ()))
            open_here = (rows - given) * states
            if not given and (rows * states > MAX_ENTRIES or opened + open_here > _MAX_OPEN):
                unmade.append(name)
                continue
            if rows * states > MAX_ENTRIES:
                raise LimitError(
                    f"the table of {name} with more than {MAX_ENTRIES} entries",
                    hint="leave arrows out, or give the variables fewer states",
                )
            total += rows * states
            opened += open_here
        if total > _MAX_ALL_ENTRIES:
            raise LimitError(
                f"tables with {total} entries", expected=f"at most {_MAX_ALL_ENTRIES} in a model"
            )
        if opened > _MAX_OPEN:
            raise LimitError(
                f"tables with {opened} entries that no row gives",
                expected=f"at most {_MAX_OPEN} in a model",
                hint="give the rows, or leave arrows out",
            )
        return unmade

    # -- the left side --------------------------------------------------------------------------
    def _head(self, prob: Prob, span: Span) -> tuple[Variable, str | None, tuple[str, ...]]:
        if prob.do:
            raise ModelError(
                "do(...) in a row",
                expected="P(X | parents)",
                hint="write 'given' before a number that is known from an experiment",
                span=span,
            )
        if len(prob.outcome) != 1:
            raise ModelError(
                "a row of several variables",
                expected="one variable before the bar",
                hint="write 'given' before a number that the notes take as known",
                span=span,
            )
        event = prob.outcome[0]
        name = event.variable
        parents = self.graph.parents(name)
        states: dict[str, str] = {}
        for condition in prob.given:
            parent = condition.variable
            if parent not in parents:
                raise ModelError(
                    f"{parent} is no parent of {name}",
                    expected=f"the parents of {name} ({', '.join(parents) or 'it has none'})",
                    hint=f"add {parent} -> {name}, or leave {parent} out",
                    span=span,
                )
            if not isinstance(condition.value, State) or parent in states:
                raise ModelError(
                    f"{parent} without its state",
                    expected=f"one row for each state of {parent}",
                    hint=f"write {self._pattern(name)}",
                    span=span,
                )
            states[parent] = condition.value.name
        missing = [p for p in parents if p not in states]
        if missing:
            raise ModelError(
                f"a row of {name} without {', '.join(missing)}",
                expected="a state for every parent",
                hint=f"write {self._pattern(name)}",
                span=span,
            )
        if isinstance(event.value, Letter) and event.value.name != name:
            raise ModelError("a second copy of a variable", expected=name, span=span)
        state = event.value.name if isinstance(event.value, State) else None
        return self.variables[name], state, tuple(states[p] for p in parents)

    def _pattern(self, name: str) -> str:
        parents = self.graph.parents(name)
        return row_label(name, parents, [self.variables[p].states[0] for p in parents]) + " = ..."

    def _check_once(self, name: str, parents: tuple[str, ...], label: str, span: Span) -> None:
        if parents in self.rows.get(name, {}) or parents in self.single.get(name, {}):
            raise ModelError(f"a second row {label}", expected="each row once", span=span)

    # -- the right side -------------------------------------------------------------------------
    def _entries(
        self, variable: Variable, listed: list[SyntaxPart], label: str, reader: Reader, span: Span
    ) -> tuple[Term, ...]:
        if len(listed) != len(variable.states):
            raise ModelError(
                f"the row {label} has {_counted(len(listed), 'entry', 'entries')}",
                expected=f"{len(variable.states)}, one for each of {', '.join(variable.states)}",
                hint="decimals have a point, entries are separated by commas",
                span=span,
            )
        rests = [part for part in listed if isinstance(part, Token) and part.kind == "REST"]
        if len(rests) > 1:
            raise ModelError(
                f"'rest' twice in the row {label}", expected="once", span=reader.span(rests[1])
            )
        terms = {
            i: self._entry(part, label, reader)
            for i, part in enumerate(listed)
            if part not in rests
        }
        if rests:
            remainder = _remainder(list(terms.values()))
            if isinstance(remainder, Number) and remainder.value < 0:
                raise ModelError(
                    f"the row {label} sums to {with_decimal(1 - remainder.value)} before 'rest'",
                    expected="at most 1",
                    span=reader.span(rests[0]),
                )
            return tuple(terms.get(i, remainder) for i in range(len(listed)))
        row = tuple(terms.values())
        _check_sum(row, label, span)
        return row

    def _entry(self, part: SyntaxPart, label: str, reader: Reader) -> Term:
        span = reader.span(part)
        try:
            formula = reader.formula(part, frozenset())
        except UnknownVariableError as error:
            name = span.source.text[error.span.start : error.span.end] if error.span else ""
            hint = nearest(name, self.declared) or f"declare it: parameters {name} in (0, 1)"
            raise UnknownVariableError(
                f"there is no parameter '{name}'", hint=hint, span=error.span
            ) from None
        if not isinstance(formula, Scalar):
            raise ModelError(
                f"an entry of the row {label} that is no number",
                expected="a number, an expression over parameters or 'rest'",
                span=span,
            )
        if isinstance(formula.value, Number) and not 0 <= formula.value.value <= 1:
            raise ModelError(
                f"the entry {decimal(formula.value.value)} in the row {label}",
                expected="a number between 0 and 1",
                span=span,
            )
        return formula.value

    def _take_single(
        self,
        variable: Variable,
        state: str,
        parents: tuple[str, ...],
        listed: list[SyntaxPart],
        label: str,
        reader: Reader,
    ) -> None:
        """Take ``P(X=1 | Y=0) = 0.3``, one entry of a row."""
        span = Span(reader.source, listed[0].start, listed[-1].end)
        if len(listed) != 1 or (isinstance(listed[0], Token) and listed[0].kind == "REST"):
            raise ModelError(
                f"{len(listed)} entries for one state",
                expected="one number",
                hint=f"write {label} = ... for the whole row",
                span=span,
            )
        known = self.single.setdefault(variable.name, {}).setdefault(parents, {})
        if state in known or parents in self.rows.get(variable.name, {}):
            raise ModelError(
                f"a second number for {variable.name}={state} in the row {label}",
                expected="one",
                span=span,
            )
        known[state] = (self._entry(listed[0], label, reader), span)

    def _finish_single(self) -> None:
        for name, rows in self.single.items():
            variable = self.variables[name]
            for parents, known in rows.items():
                label = row_label(name, self.graph.parents(name), parents)
                span = next(iter(known.values()))[1]
                missing = [s for s in variable.states if s not in known]
                if len(missing) > 1:
                    raise ModelError(
                        f"the row {label} lacks {', '.join(missing)}",
                        expected="all entries but one at least",
                        span=span,
                    )
                remainder = _remainder([term for term, _ in known.values()])
                row = tuple(known[s][0] if s in known else remainder for s in variable.states)
                if not missing:
                    _check_sum(row, label, span)
                elif isinstance(remainder, Number) and remainder.value < 0:
                    _check_sum(tuple(term for term, _ in known.values()), label, span)
                self.rows.setdefault(name, {})[parents] = row


def row_label(variable: str, parents: tuple[str, ...], states: object) -> str:
    """Return the name of a row: ``P(G | I=low, D=easy)``."""
    assert isinstance(states, list | tuple)
    given = ", ".join(f"{p}={s}" for p, s in zip(parents, states, strict=True))
    return f"P({variable} | {given})" if given else f"P({variable})"


def _remainder(others: list[Term]) -> Term:
    """Return the entry ``rest``: one minus the others; beside a lone ``1 - q`` it is ``q``."""
    match others:
        case [Plus((Number(one), Times((Number(sign), *factors))))] if one == 1 and sign == -1:
            return times(factors)
        case _:  # this is about the one form above
            return plus([ONE, *map(minus, others)])


def _check_sum(row: tuple[Term, ...], label: str, span: Span) -> None:
    numbers = [entry.value for entry in row if isinstance(entry, Number)]
    if len(numbers) < len(row):
        try:
            fits = is_one(row)
        except LimitError as error:
            raise LimitError(error.found, hint=error.hint, span=span) from None
        if not fits:
            raise ModelError(
                f"the row {label} sums to {_short(text(plus(row)))}",
                expected="1 for all values of the parameters",
                hint="write 'rest' for the last entry",
                span=span,
            )
        return
    total = sum(numbers, Fraction(0))
    if total != 1:
        last = 1 - total + numbers[-1]
        mend = f", which is {decimal(last)}" if 0 <= last <= 1 else ""
        raise ModelError(
            f"the row {label} sums to {with_decimal(total)}",
            expected="1",
            hint=f"write 'rest' for the last entry{mend}" if mend else "the others are too large",
            span=span,
        )


def is_open(
    row: tuple[Term, ...], variable: Variable, parents: tuple[tuple[str, str], ...]
) -> bool:
    """Decide whether nobody gave a row: it has its own parameters, and the remainder in its place."""
    remainder = remainder_of(variable)
    own = (*row[:remainder], *row[remainder + 1 :])
    states = (*variable.states[:remainder], *variable.states[remainder + 1 :])
    for entry, state in zip(own, states, strict=True):
        if not isinstance(entry, Indeterminate):
            return False
        if (entry.variable, entry.state, entry.parents) != (variable.name, state, parents):
            return False
    return row[remainder] == plus([ONE, *map(minus, own)])


def undeclared(row: tuple[Term, ...], declared: Mapping[str, Indeterminate]) -> list[str]:
    """Return the names of the parameters in a row that the model does not declare."""
    found = (p.name for entry in row for p in parameters(entry))
    return [name for name in dict.fromkeys(found) if name not in declared]


def _short(shown: str) -> str:
    return shown if len(shown) <= 100 else shown[:97] + "..."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def open_network(variables: Mapping[str, Variable], graph: Graph) -> Network:
    """Return the network of a graph of which no row is given."""
    return Network(variables, graph, RowCollector(variables, graph, {}).tables())
