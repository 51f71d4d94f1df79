"""Numbers of several worlds, where tables determine them.

Tables say how often a variable has a state under each assignment of its parents, not what one unit
would have done under another. Where only one answer of each variable matters, or the others follow from
a mechanism, nothing is left open: then the number is the same whatever law its response functions have.

Main definitions
----------------
determined_form : the values of a query over several worlds, as a closed form of numbers.
are_determined : whether tables leave nothing open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from symcausal.algebra.field import Rationals
from symcausal.errors import ImpossibleEventError, MissingParameterError, UsageError
from symcausal.expr.nodes import Copy, Counterfactual, Expectation, Expr, Prob
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters
from symcausal.kernel.core.draws import Draws
from symcausal.kernel.core.interpretation import Interpretation, exact
from symcausal.kernel.core.meaning import meaning
from symcausal.kernel.core.worlds import Responses
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.closed_form import ClosedForm, closed_form
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.record import replace
from symcausal.writing.text import text

_RowSet = tuple[tuple[int, ...], ...]


class _SeparateDraws(Responses[Fraction | None]):
    """Laws of response functions, drawn for each variable from a seed of its own.

    ``drawn`` are the variables of which something was drawn, since their tables leave it open.
    """

    def __init__(self, at: Interpretation[Fraction | None], seeds: Mapping[str, int]) -> None:
        super().__init__(at.columns, at.states, Rationals(), Draws(0))
        self.seeds = seeds
        self.drawn: dict[str, None] = {}

    def _made(self, variable: str, rows: _RowSet) -> dict[tuple[int, ...], Fraction | None]:
        if len(rows) > 1:
            self.drawn[variable] = None
        # a law of its own for each set of rows, whatever the order in which they are asked for
        self._rng = Draws(self.seeds.get(variable, 0) + _number_of(rows))
        return super()._made(variable, rows)


def _number_of(rows: _RowSet) -> int:
    """Return a number for rows, the same at every run."""
    found = 1
    for row in rows:
        for state in (*row, -1):
            found = found * 1_000_003 + state + 2
    return found


def _laws(query: Expr) -> Iterator[Counterfactual]:
    for _, part in everywhere(query):
        if isinstance(part, Counterfactual):
            yield part


def determined_form(query: Expr, network: Network) -> ClosedForm:
    """Return the values of a query that speaks of several worlds.

    Raises
    ------
    UsageError
        If the tables leave the value open; it names the variables whose tables do. Or if a hidden
        common cause has no table.
    MissingParameterError
        If a parameter has no number.
    ImpossibleEventError
        If the query is defined nowhere, since its condition has probability zero.
    """
    _refuse_hidden_causes(query, network)
    if not network.is_numeric:
        raise MissingParameterError(
            [p.name for p in network.parameters],
            hint="probabilities of several worlds are worked out in numbers; give them",
        )
    if network.graph.monotone:
        raise UsageError(
            "this probability of several worlds is not led to one world, and tables with a monotone"
            " arrow are not weighed over several",
            expected="a query that `identify` leads to one world",
        )
    at, free = exact(network), free_letters(query)
    plain, names = _values(query, at, free, {})
    others = {name: seed for seed, name in enumerate(names, 1)}
    if names and _values(query, at, free, others)[0] != plain:
        alone = [n for n in names if _values(query, at, free, {n: 1})[0] != plain]
        raise _left_open(alone or list(names))
    if None in plain and not free:
        raise ImpossibleEventError(_condition(query))
    circuit = Circuit()
    states = tuple(network.variable(variable).states for variable in free.values())
    nodes, undefined = dict[tuple[str, ...], int](), dict[tuple[str, ...], str]()
    for place, value in zip(product(*states), plain, strict=True):
        if value is None:
            undefined[place] = _condition(query)
        else:
            nodes[place] = circuit.constant(value)
    if not nodes:
        raise ImpossibleEventError(_condition(query))
    return ClosedForm(circuit, ValueTable(tuple(free), states, nodes, undefined))


def are_determined(
    query: Expr, at: Interpretation[Fraction | None], letters: Mapping[str, str]
) -> bool:
    """Return whether tables determine a formula: whether no law of response functions changes it."""
    plain, drawn = _values(query, at, letters, {})
    others = {name: seed for seed, name in enumerate(drawn, 1)}
    return not drawn or _values(query, at, letters, others)[0] == plain


def _values(
    query: Expr,
    at: Interpretation[Fraction | None],
    free: Mapping[str, str],
    seeds: Mapping[str, int],
) -> tuple[tuple[Fraction | None, ...], tuple[str, ...]]:
    """The values for all states of the free letters, and the variables of which laws were drawn."""
    laws = _SeparateDraws(at, seeds)
    values = meaning(query, replace(at, made=[laws], remembered={}, entries={}), free).values
    return tuple(values), tuple(laws.drawn)


def _left_open(names: list[str]) -> UsageError:
    listed = " and ".join(names)
    return UsageError(
        f"the tables do not determine this probability of several worlds: the table of {listed} "
        f"does not say how {'its' if len(names) == 1 else 'their'} answers go together",
        expected="one world, or mechanisms",
        hint=f"a mechanism does: {names[0]} := ...; two models with the same tables may differ in it",
    )


def _condition(query: Expr) -> str:
    given = [law.given for law in _laws(query) if law.given]
    return text(Counterfactual(given[0])) if given else text(query)


def _refuse_hidden_causes(query: Expr, network: Network) -> None:
    graph = network.graph
    if not graph.bidirected:
        return
    for _, part in everywhere(query):
        match part:
            case Prob() | Expectation():
                closed_form(network, part)  # which refuses them where they play a part
            case _:  # nothing else asks for a law of one world
                pass
    named: set[str] = set()
    for law in _laws(query):
        for event in (*law.outcome, *law.given):
            named |= set(_named(event.copy))
    needed = graph.ancestors_mask(graph.mask(named))
    for left, right in graph.bidirected:
        if graph.mask((left,)) & needed and graph.mask((right,)) & needed:
            raise UsageError(
                f"the hidden common cause of {left} and {right} has no table",
                expected="explicit hidden causes",
                hint=f"declare it: hidden U;  {left} <- U -> {right}",
            )


def _named(copy: Copy) -> Iterator[str]:
    yield copy.variable
    for setting in copy.settings:
        if isinstance(setting.value, Copy):
            yield from _named(setting.value)
