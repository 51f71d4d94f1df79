r"""Tables of a closed form as formulas: named ones by their names, others by what they are made of.

Main definitions
----------------
TableFormulas : the formulas and names of the tables of a form.

Implementation notes
--------------------
A formula has no node for a named table. While it is laid out, a probability of a variable of private
use stands for each mention of a name; its box is then replaced by the name's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product

from symcausal.algebra.scalar import Number
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
from symcausal.expr.scope import fresh
from symcausal.graph.separation import separated
from symcausal.hints import TypeAlias
from symcausal.numbers.evaluate.table_form import (
    At,
    Entries,
    Numbers,
    SumProduct,
    TableForm,
    TableRatio,
    Total,
)
from symcausal.writing.boxes import Big, Box, Fence, Figure, Label, Mark, Row, Script, Sign, row
from symcausal.writing.boxes import Fraction as Over
from symcausal.writing.boxes import separated as listed
from symcausal.writing.events import COMMA, EQUALS
from symcausal.writing.layout import layout
from symcausal.writing.style import Style

AxisValues: TypeAlias = Mapping[int, Value]

_LETTERS = ("t", "u", "v", "table")  # of the names of tables in plain text
_ONE = Scalar(Number(Fraction(1)))
_MARK = "\ue000"  # of private use: no variable has it in its name


class TableFormulas:
    """The formulas and names of the tables of a form, laid out for text or for paper.

    Parameters
    ----------
    form : TableForm
        The tables.
    named : iterable of int
        Those that have names, numbered in this order.
    style : Style
        How probabilities are written.
    inline : bool
        As plain text wants it.
    taken : collection of str
        Letters that no sum may bind, as they are free around it.

    Attributes
    ----------
    used : dict of int to None
        The variables whose tables the formulas so far mention.
    """

    def __init__(
        self,
        form: TableForm,
        named: Iterable[int],
        style: Style,
        *,
        inline: bool,
        taken: Collection[str] = (),
    ) -> None:
        self.form = form
        self.style = style
        self.inline = inline
        self.numbers = {table: i for i, table in enumerate(named, 1)}
        self.taken = taken
        self.used: dict[int, None] = {}
        self._mentions: list[Box] = []

    def formula(self, table: int, at: AxisValues, *, own: bool = False) -> Expr:
        """A table as a formula; by its name if it has one, unless its ``own`` line is asked for."""
        if table in self.numbers and not own:
            return self._mention(table, at)
        form = self.form
        match form.operations[table]:
            case Entries(variable, places):
                self.used[variable] = None
                events = [self._event(one, place, at) for one, place in places]
                if self._is_confounded(variable):
                    return Prob(Events(events[-1:]), do=Events(events[:-1]))
                return Prob(Events(events[-1:]), Events(events[:-1]))
            case Numbers(terms, event):
                if event is None:
                    return self._agreement(table, at) if form.scopes[table] else Scalar(terms[0])
                (axis,) = form.scopes[table] or (-1,)
                return Numeric(Event(event.variable, self.value(axis, at)) if axis >= 0 else event)
            case SumProduct(parts, summed):
                inner = self._apart(summed, at)
                body = build.product([self.formula(part, inner) for part in parts])
                over = Events(Event(form.letters[a][0], self.value(a, inner)) for a in summed)
                return build.total(over, body) if summed else body
            case At(part, axis, state):
                of = form.letters[axis][0]
                fixed = form.network.variables[of].states[state]
                return self.formula(part, {**at, axis: State(fixed)})
            case TableRatio(top, bottom):
                above, below = self.formula(top, at), self.formula(bottom, at)
                return above if below == _ONE else Quotient(above, below)
            case Total(parts):
                return self._total(parts, at)

    def value(self, axis: int, at: AxisValues) -> Value:
        """The value of an axis: its letter, unless another one is given."""
        return at.get(axis) or Letter(self.form.letters[axis][1])

    def own_line(self, table: int) -> Box:
        """What a table is, laid out, also if it has a name."""
        return self.laid_out(self.formula(table, {}, own=True))

    def bare_name(self, table: int) -> str:
        """The name of a table without its arguments, as the format writes it; no name of the model."""
        number = self.numbers[table]
        if not self.inline:
            return rf"\tau_{{{number}}}"
        taken = {*self.style.order, *(letter for _, letter in self.form.letters.values())}
        free = (
            one for one in _LETTERS if not any(f"{one}{i}" in taken for i in self.numbers.values())
        )
        return f"{next(free, _LETTERS[0])}{number}"

    def name(self, table: int, at: AxisValues) -> Box:
        """The name of a table, with its arguments in brackets."""
        if self.inline:
            name: Box = Label(self.bare_name(table), "literal")
        else:
            name = Script(Label(r"\tau", "literal"), sub=Figure(str(self.numbers[table])))
        scope = self.form.scopes[table]
        if not scope:
            return name
        variables = [self.form.letters[axis][0] for axis in scope]
        if len({*variables}) == len(variables):
            events = Events(map(Event, variables, (self.value(axis, at) for axis in scope)))
            arguments = layout(events, self.style, inline=self.inline)
        else:  # two axes of one variable are told apart by their letters, and keep their order
            arguments = listed((self._argument(axis, at) for axis in scope), COMMA)
        return row([name, Fence(arguments)])

    def _argument(self, axis: int, at: AxisValues) -> Box:
        """An argument with its letter: ``B'`` or ``B'=0``."""
        variable, letter = self.form.letters[axis]
        named = layout(Events([Event(variable, Letter(letter))]), self.style, inline=self.inline)
        value = at.get(axis)
        if not isinstance(value, State):
            return named
        return row([named, EQUALS, Label(value.name, "state")])

    def assignments(self, table: int) -> Iterator[AxisValues]:
        """The states of the axes of a table, for each of its cells in order."""
        form, scope = self.form, self.form.scopes[table]
        states = (form.network.variables[form.letters[axis][0]].states for axis in scope)
        for assignment in product(*states):
            yield {axis: State(state) for axis, state in zip(scope, assignment, strict=True)}

    def laid_out(self, expr: Expr) -> Box:
        """A formula laid out, with names in their places."""
        return self._named(layout(expr, self.style, inline=self.inline))

    def _total(self, parts: tuple[int, ...], at: AxisValues) -> Expr:
        """A sum; a difference where its second part is taken minus one time."""
        if len(parts) == 2:
            negated = self.form.operations[parts[1]]
            if isinstance(negated, SumProduct) and parts[1] not in self.numbers:
                first = self.form.operations[negated.parts[0]]
                if isinstance(first, Numbers) and first.terms == (Number(Fraction(-1)),):
                    factors = [self.formula(part, at) for part in negated.parts[1:]]
                    return Minus(self.formula(parts[0], at), build.product(factors))
        return build.add([self.formula(part, at) for part in parts])

    def _event(self, variable: int, place: int, at: AxisValues) -> Event:
        network = self.form.network
        name = network.graph.nodes[variable]
        if place < 0:
            return Event(name, State(network.variables[name].states[~place]))
        return Event(name, self.value(place, at))

    def _is_confounded(self, variable: int) -> bool:
        """Whether hidden causes tie a variable to its parents, so that its table is what do gives."""
        network = self.form.network
        if not network.graph.bidirected:
            return False
        name = network.graph.nodes[variable]
        parents = network.tables[name].parents
        return not separated(network.graph, [name], parents, cut_out_of=parents)

    def _agreement(self, table: int, at: AxisValues) -> Expr:
        """Whether two values of one variable are the same: one where the other is given."""
        scope, operation = self.form.scopes[table], self.form.operations[table]
        assert isinstance(operation, Numbers)
        name = self.form.letters[scope[0]][0]
        if len(scope) == 1:
            state = operation.terms.index(Number(Fraction(1)))
            other: Value = State(self.form.network.variables[name].states[state])
        else:
            other = self.value(scope[1], at)
        return Prob(Events([Event(name, other)]), Events([Event(name, self.value(scope[0], at))]))

    def _apart(self, summed: Collection[int], at: AxisValues) -> AxisValues:
        """Other letters for the axes of a sum whose own are taken."""
        letters = self.form.letters
        clash = [axis for axis in summed if letters[axis][1] in self.taken]
        known = {*self.taken, *(letter for _, letter in letters.values())} if clash else set()
        return {
            **{axis: value for axis, value in at.items() if axis not in summed},
            **{axis: Letter(fresh(letters[axis][1], known)) for axis in clash},
        }

    # -- names ----------------------------------------------------------------------------------
    def _mention(self, table: int, at: AxisValues) -> Expr:
        mark = f"{_MARK}{len(self._mentions)}"
        self._mentions.append(self.name(table, at))
        return Prob(Events([Event(mark, Letter(mark))]))

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
                return self._mentions[int(name[1:])]
        return None
