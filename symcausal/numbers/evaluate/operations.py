"""How much work a closed form is: with its shared parts worked out once, and written out.

Main definitions
----------------
Operations : numbers of additions, multiplications and divisions.
Naming : which tables of a form get names, and what that saves.
naming : choose them.
circuit_operations : the same counts for the cells of a closed form.

Implementation notes
--------------------
A table gets a name where its cells are used more often than it has cells, for then working it out
once saves something, and where a line would become too long. Differences count as additions; the
entries of the model's tables count nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.numbers.evaluate.circuit import CONSTANT, POWER, PRODUCT, QUOTIENT, SUM, Circuit
from symcausal.numbers.evaluate.closed_form import ClosedForm
from symcausal.numbers.evaluate.table_form import (
    At,
    Entries,
    Numbers,
    SumProduct,
    TableForm,
    TableRatio,
    Total,
    is_worked_out,
    summed_axes,
)
from symcausal.record import record

_LONGEST_LINE = 7  # factors; with more, one of the tables in it gets a name


@record
class Operations:
    """The numbers of additions, multiplications and divisions."""

    additions: int = 0
    multiplications: int = 0
    divisions: int = 0

    @property
    def total(self) -> int:
        """The number of all operations together."""
        return self.additions + self.multiplications + self.divisions

    def plus(self, other: Operations, times: int = 1) -> Operations:
        """Return these operations together with some others, counted so many times."""
        return Operations(
            self.additions + times * other.additions,
            self.multiplications + times * other.multiplications,
            self.divisions + times * other.divisions,
        )


@record
class Naming:
    """A choice of the tables of a form that get names.

    Attributes
    ----------
    named : tuple of int
        The tables that get one, parts first.
    shared : Operations
        What it takes to work everything out once.
    written_out : Operations
        What it takes without any names.
    """

    named: tuple[int, ...]
    shared: Operations
    written_out: Operations


def naming(
    form: TableForm, *, known: Sequence[int] = (), most_numbers: int | None = None
) -> Naming:
    """Return the choice of tables that get names.

    Parameters
    ----------
    form : TableForm
        The tables.
    known : sequence of int
        Tables whose cells are known numbers: they get names, what they are made of does not.
    most_numbers : int, optional
        How many numbers a cell may take when it is written out in numbers; more tables get names
        until it takes no more, or all have one.
    """
    order = form.needed(form.answer, known)
    uses = dict.fromkeys(order, 0)
    each = {table: _each(form, table) for table in order}
    uses[form.answer] = form.count(form.scopes[form.answer])
    named = set(known) & set(order)
    shared = written_out = Operations()
    once = dict(uses)  # how often a cell is used when what has a name is worked out once
    for table in reversed(order):
        if table in known:
            continue
        cells = form.count(form.scopes[table])
        operation = form.operations[table]
        match operation:
            case Numbers(_, event):
                repeated = bool(form.scopes[table]) and event is None
            case Entries() | SumProduct() | At() | TableRatio() | Total():
                repeated = once[table] > cells and is_worked_out(operation)
        if repeated:
            named.add(table)
        worked = min(once[table], cells) if table in named else once[table]
        shared = shared.plus(each[table], worked)
        written_out = written_out.plus(each[table], uses[table])
        times = form.count(summed_axes(operation))
        for part in form.parts(table):
            uses[part] += uses[table] * times
            once[part] += worked * times
            whole = form.operations[part]
            if isinstance(operation, At) and (isinstance(whole, Numbers) or is_worked_out(whole)):
                named.add(part)
    named.discard(form.answer)
    _name_longest(form, order, named, known, _LONGEST_LINE, written_out=False)
    if most_numbers is not None:
        _name_longest(form, order, named, known, most_numbers, written_out=True)
    return Naming(tuple(t for t in order if t in named), shared, written_out)


def _name_longest(
    form: TableForm,
    order: Sequence[int],
    named: set[int],
    known: Sequence[int],
    most: int,
    *,
    written_out: bool,
) -> None:
    """Name the longest parts of the cells that are longer than ``most``.

    A cell is as long as its parts together, and the part with a name has length 1. With
    ``written_out`` a sum has its terms one after the other, and a subtracted term gets the name
    without its sign.
    """
    lengths: dict[int, int] = {}
    for table in order:
        operation = form.operations[table]
        parts = () if table in known else form.parts(table)
        times = form.count(summed_axes(operation)) if written_out else 1
        while (length := times * sum(lengths[part] for part in parts) or 1) > most:
            longest = max(parts, key=lambda part: lengths[part])
            if lengths[longest] < 2:
                break
            named.add(_without_constant(form, longest) if written_out else longest)
            lengths[longest] = 1
        lengths[table] = 1 if table in named else length


def _without_constant(form: TableForm, table: int) -> int:
    """The table that a constant is multiplied with: of a subtracted term the term."""
    match form.operations[table]:
        case SumProduct((first, second), ()) if isinstance(form.operations[first], Numbers):
            return second if is_worked_out(form.operations[second]) else table
        case _:  # any other table is what it is
            return table


def _each(form: TableForm, table: int) -> Operations:
    """Return the operations that one cell of a table takes."""
    match form.operations[table]:
        case SumProduct(parts, summed):
            terms = form.count(summed)
            return Operations(terms - 1, terms * (len(parts) - 1))
        case TableRatio():
            return Operations(divisions=1)
        case Total(parts):
            return Operations(len(parts) - 1)
        case Entries() | Numbers() | At():
            return Operations()


# -- cells ----------------------------------------------------------------------------------------
def circuit_operations(form: ClosedForm) -> tuple[Operations, Operations]:
    """Return the operations of all cells: with shared parts computed once, and written out."""
    circuit = form.circuit
    whole: dict[int, Operations] = {}
    shared = Operations()
    for node in circuit.reachable(form.nodes.values()):
        own = _own(circuit, node)
        shared = shared.plus(own)
        for part in circuit.children(node):
            own = own.plus(whole[part])
        whole[node] = own
    written_out = Operations()
    for node in form.nodes.values():
        written_out = written_out.plus(whole[node])
    return shared, written_out


def _own(circuit: Circuit, node: int) -> Operations:
    kind, parts = circuit.kinds[node], circuit.parts[node]
    if kind == SUM:
        return Operations(additions=len(parts) - 1)
    if kind == PRODUCT:
        first = circuit.number(parts[0]) if circuit.kinds[parts[0]] == CONSTANT else None
        return Operations(multiplications=len(parts) - (2 if first == -1 else 1))
    if kind == QUOTIENT:
        return Operations(divisions=1)
    if kind == POWER:
        return Operations(0, abs(parts[1]) - 1, int(parts[1] < 0))
    return Operations()
