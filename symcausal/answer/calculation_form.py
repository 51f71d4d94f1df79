r"""The nested sums behind a calculation, and what confirms them.

Main definitions
----------------
CalculationForm : the sums as tables, with names for some.
calculation_form : make them of a query and the formula that it was brought to.
confirmed_values : the results and the cells of named tables, worked out twice.

Implementation notes
--------------------
Nothing is printed that was not confirmed. The kernel compares the query with the formula and with the
nested sums in random models of the graph. In numbers it works out the query and every table that has
a name by its own road.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from symcausal.answer.table_formulas import TableFormulas
from symcausal.answer.worked_cells import WorkedCells
from symcausal.errors import LimitError, MissingParameterError, UsageError, VerificationError
from symcausal.expr.nodes import Event, Events, Expr, Letter, Prob, Quotient, Scalar, Sum
from symcausal.expr.scope import apart_from, free_letters
from symcausal.kernel.core.identity import all_identical, points
from symcausal.kernel.core.interpretation import Interpretation, exact
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network
from symcausal.numbers.evaluate.closed_form import ClosedForm, closed_form
from symcausal.numbers.evaluate.operations import naming
from symcausal.numbers.evaluate.table_form import TableForm, TableRatio
from symcausal.numbers.evaluate.table_reading import table_form
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.record import record
from symcausal.writing.style import Style

_MOST_NUMBERS = 16  # in a cell that is written out
_MOST_FACTORS = 2_000  # of the nested sums, written out
_MOST_TABLES = 60  # that have names
_MOST_CELLS = 20_000  # of these


@record
class CalculationForm:
    """The nested sums of a calculation.

    Attributes
    ----------
    query, formula : Expr
        What was asked, and what it was brought to.
    asked : Expr
        The one of the two whose sums these are.
    form : TableForm
        The sums as tables.
    named : tuple of int
        The tables that get names, parts first.
    nested : Expr
        The sums without any names.
    normalised : tuple of (int, int, Expr) or None
        The tables above and below the bar, and the nested sums above it, if the answer is to be
        written with a constant that makes it sum to one.
    """

    query: Expr
    formula: Expr
    asked: Expr
    form: TableForm
    named: tuple[int, ...]
    nested: Expr
    normalised: tuple[int, int, Expr] | None

    @property
    def factors(self) -> int:
        """The number of factors of the nested sums when they are written out."""
        return written_factors(self.form)[self.form.answer]


def calculation_form(
    query: Expr, formula: Expr, network: Network, *, hidden: bool, normalise: bool
) -> CalculationForm:
    """Return the nested sums of a query, confirmed by the kernel.

    Parameters
    ----------
    query : Expr
        What was asked.
    formula : Expr
        What it was brought to.
    network : Network
        Where.
    hidden : bool
        Whether hidden causes stand behind the query, so that the sums have to be those of the formula.
    normalise : bool
        Whether the query is a conditional probability that is to be written with a constant.

    Raises
    ------
    UsageError
        If there is nothing to normalise.
    LimitError
        If they would be too long to read.
    VerificationError
        If the kernel does not confirm them.
    """
    if normalise:
        full = distribution(query)
        query, formula = full, formula if query == full else full
    asked = formula if hidden or isinstance(formula, Scalar) else query
    form = table_form(network, asked, effects_first=True)
    _refuse_endless(form)
    named = naming(form, most_numbers=_MOST_NUMBERS).named
    if len(named) > _MOST_TABLES or sum(form.count(form.scopes[t]) for t in named) > _MOST_CELLS:
        raise LimitError(
            f"a calculation with {len(named)} tables on the way, too long to read",
            expected=f"at most {_MOST_TABLES} tables with {_MOST_CELLS} entries",
            hint="evaluate gives the number alone",
        )
    free = free_letters(asked)
    plain = TableFormulas(form, (), Style(), inline=True, taken=tuple(free))
    nested = plain.formula(form.answer, {})
    halves = None
    equal = [query, formula, nested]
    if normalise:
        ratio = form.operations[form.answer]
        if not isinstance(ratio, TableRatio):
            raise UsageError(
                "nothing to normalise: no fraction is left in the nested sums",
                hint="leave --normalise out",
            )
        top = plain.formula(ratio.top, {})
        outcome = query.outcome if isinstance(query, Prob) else Events()
        equal.append(Quotient(top, Sum(*apart_from(outcome, top, outcome.letters))))
        halves = (ratio.top, ratio.bottom, top)
    if not _identical(equal, network):
        raise VerificationError("the nested sums do not have the value of the query")
    return CalculationForm(query, formula, asked, form, named, nested, halves)


def distribution(query: Expr) -> Prob:
    """A conditional probability with its outcome free, so that it sums to one over something.

    Raises
    ------
    UsageError
        If it is none, or its outcome is free and given at once.
    """
    if not isinstance(query, Prob) or not query.given:
        raise UsageError(
            "nothing to normalise in this query",
            expected="a conditional probability, such as P(B | J=1, M=1)",
            hint="leave --normalise out",
        )
    outcome = Events(Event(name, Letter(name)) for name in query.outcome.variables)
    if set(outcome.letters) & set((query.given | query.do).letters):
        raise UsageError(
            "the same variable before and behind the bar", hint="leave --normalise out"
        )
    return Prob(outcome, query.given, query.do)


def confirmed_values(found: CalculationForm, network: Network) -> ValueTable[Fraction]:
    """Return the results of a calculation by the states of its free letters.

    Raises
    ------
    ImpossibleEventError
        If it is defined nowhere.
    MissingParameterError
        If an entry that it needs is no number.
    VerificationError
        If two ways to work a value out differ.
    """
    closed = closed_form(network, found.asked)
    missing = closed.parameters
    if missing:
        raise MissingParameterError(
            missing, hint="a calculation in numbers needs them; --nested stops before them"
        )
    form = found.form
    numbers = _in_numbers(network)
    formulas = TableFormulas(form, found.named, Style(), inline=True)
    plain = TableFormulas(form, (), Style(), inline=True)
    cells = WorkedCells(formulas)
    for table in found.named:
        letters = {form.letters[axis][1]: form.letters[axis][0] for axis in form.scopes[table]}
        ours = [cell.value for cell in cells.table(table)]
        theirs = meaning(plain.formula(table, {}), numbers, letters).values
        # a table entry is a number even where its condition is impossible
        if any(one is not None and one != own for one, own in zip(theirs, ours, strict=True)):
            raise VerificationError("two computations of a table of this calculation differ")
    free = free_letters(found.asked)
    result = closed.nodes.map(closed.circuit.number)
    values = meaning(found.asked, numbers, free).values
    for states, value in zip(product(*result.states), values, strict=True):
        places = (
            network.variable(v).position(s) for v, s in zip(free.values(), states, strict=True)
        )
        ours_here = cells.cell(form.answer, dict(zip(form.axes, places, strict=True))).value
        wanted = result.get(states)
        if value != wanted or (wanted is not None and ours_here != wanted):
            raise VerificationError("two computations of this query differ")
    own = closed if found.query == found.asked else closed_form(network, found.query)
    return _where_defined(own, result)


def _where_defined(query: ClosedForm, values: ValueTable[Fraction | None]) -> ValueTable[Fraction]:
    """Return the values where the query itself is defined, by its own free letters.

    What it was brought to may have lost a letter, and with it a condition that is impossible.
    """
    own = query.nodes if query.parameters else query.nodes.map(query.circuit.number)
    kept = [own.variables.index(letter) for letter in values.variables]
    results = {}
    for states in own:
        value = values.get(tuple(states[place] for place in kept))
        if value is None or (not query.parameters and own[states] != value):
            raise VerificationError("two computations of this query differ")
        results[states] = value
    return ValueTable(own.variables, own.states, results, own.undefined)


def formula_holds(found: CalculationForm, network: Network) -> bool:
    """Whether the formula has the value of the query in the numbers of a model.

    It may rest on an event that is impossible there, on which the query does not depend.
    """
    return found.formula == found.query or _have_one_value(found.query, found.formula, network)


def _have_one_value(query: Expr, formula: Expr, network: Network) -> bool:
    """Whether two formulas are equal in the numbers of a model wherever the first is defined."""
    letters = free_letters(query) | free_letters(formula)
    numbers = _in_numbers(network)
    sides = (meaning(side, numbers, letters).values for side in (query, formula))
    return all(one == other for one, other in zip(*sides, strict=True) if one is not None)


def _in_numbers(network: Network) -> Interpretation[Fraction | None]:
    """A network in exact numbers; what is open in it does not matter to what is asked."""
    filled = {p.name: Fraction(1, 2) for p in (*network.parameters, *network.declared.values())}
    return exact(network, filled)


def _identical(formulas: Sequence[Expr], network: Network) -> bool:
    graph, states = network.graph, network.states
    try:
        return all_identical(formulas, points(graph, states))
    except LimitError:  # many hidden causes that act on the same variables
        return all_identical(formulas, points(graph, states, lean=True))
    except ZeroDivisionError:  # two values of one variable behind a bar, which may differ
        query, *others = formulas
        return all(_have_one_value(query, other, network) for other in others)


def _refuse_endless(form: TableForm) -> None:
    """Refuse sums that nobody would read to the end."""
    factors = written_factors(form)[form.answer]
    if factors > _MOST_FACTORS:
        raise LimitError(
            f"nested sums with {factors} factors, too long to read",
            expected=f"at most {_MOST_FACTORS}",
            hint="evaluate gives the number alone",
        )


def written_factors(form: TableForm) -> dict[int, int]:
    """The number of factors of each table when it is written out without names."""
    found: dict[int, int] = {}
    for table in form.needed(form.answer):
        found[table] = sum(found[part] for part in form.parts(table)) or 1
    return found
