"""What would have been, in a model of mechanisms: abduction, action, prediction.

Main definitions
----------------
Prediction : the three steps, and the number in which they end.
prediction : work them out, each checked by the kernel.
prediction_or_none : the same, of a query for which it is the answer.
is_predictable : whether mechanisms and untouched inputs are all that a query needs.

References
----------
[Pearl2009]_ Theorem 7.1.7 for the three steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import NamedTuple

from symcausal.algebra.decimals import with_decimal
from symcausal.algebra.scalar import Number
from symcausal.errors import ImpossibleEventError, LimitError, UsageError, VerificationError
from symcausal.expr.nodes import (
    Copy,
    CopyEvent,
    CopyEvents,
    Counterfactual,
    Event,
    Events,
    Expr,
    Letter,
    Product,
    Scalar,
    State,
    Sum,
)
from symcausal.expr.scope import free_letters
from symcausal.hints import TYPE_CHECKING, NoReturn
from symcausal.kernel.core.interpretation import exact
from symcausal.kernel.core.meaning import meaning
from symcausal.kernel.core.worlds import minimal
from symcausal.network.mechanism import value_of, written_mechanism
from symcausal.network.network import Network
from symcausal.numbers.evaluate.determined import determined_form
from symcausal.record import record
from symcausal.writing.blocks import (
    Block,
    Equation,
    Equations,
    Heading,
    Listing,
    Paragraph,
    Tabled,
)
from symcausal.writing.grid import Cell, Grid
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.text import text

if TYPE_CHECKING:
    import sympy

MOST_UNITS = 4096
MOST_SHOWN = 64
States = Mapping[str, str]


class InputsCase(NamedTuple):
    """One assignment of the inputs that what is seen leaves possible.

    Attributes
    ----------
    states : mapping of str to str
        The states of the inputs.
    prior, posterior : Fraction
        Its probability before and after the evidence.
    happens : bool
        Whether what was asked then comes about.
    """

    states: States
    prior: Fraction
    posterior: Fraction
    happens: bool


class PredictionStep(NamedTuple):
    """One of the three steps: its name, and what the query is equal to after it."""

    name: str
    after: Expr


@record
class Prediction(Shown):
    """The probability of what would have been, by abduction, action and prediction.

    Attributes
    ----------
    query : Counterfactual
        What was asked.
    inputs : tuple of str
        The variables that no mechanism makes, among those that matter.
    cases : tuple of InputsCase
        The assignments that the evidence leaves possible.
    actions : tuple of (str, tuple of str)
        The worlds of the query, each with what is set in it, and the mechanisms there.
    value : Fraction
        The number.
    order : tuple of str
        The variables in declaration order.
    notation : Notation
        How formulas are written.
    """

    options = ("notation",)

    query: Counterfactual
    inputs: tuple[str, ...]
    cases: tuple[InputsCase, ...]
    actions: tuple[tuple[str, tuple[str, ...]], ...]
    value: Fraction
    order: tuple[str, ...]
    notation: Notation

    @property
    def abduction(self) -> Counterfactual:
        """The law of the inputs given what is seen."""
        return Counterfactual(_letters(self.inputs), self.query.given)

    @property
    def formula(self) -> Expr:
        """The sum in which prediction ends."""
        if not self.inputs:
            return self.query
        after = Counterfactual(self.query.outcome, _letters(self.inputs))
        over = Events(Event(name, Letter(name)) for name in self.inputs)
        return Sum(over, Product((after, self.abduction)))

    @property
    def steps(self) -> tuple[PredictionStep, ...]:
        """The three steps; the formula is there after the first, the number after the last."""
        value = Scalar(Number(self.value))
        after = (self.formula, self.formula, value)
        return tuple(map(PredictionStep, ("abduction", "action", "prediction"), after))

    @property
    def closed_form(self) -> sympy.Expr:
        """The number, as SymPy has it."""
        import sympy

        return sympy.Rational(self.value.numerator, self.value.denominator)

    def calculation(self, **_: object) -> NoReturn:
        """Refuse: the steps are in numbers already.

        Raises
        ------
        UsageError
            Always.
        """
        raise UsageError(
            "a calculation of what would have been",
            hint="its three steps end in the number; leave --numbers and --nested out",
        )

    @property
    def headline(self) -> str:
        """The number."""
        return f"{text(self.query, self.notation)} = {with_decimal(self.value)}"

    def blocks(self) -> list[Block]:
        """A section for each of the three steps."""
        found: list[Block] = [Heading("Abduction")]
        if self.inputs:
            told = "What is seen leaves" if self.query.given else "Nothing is seen; the inputs have"
            count = len(self.cases)
            found += [
                Paragraph((f"{told} {count} {'case' if count == 1 else 'cases'}:",)),
                Tabled(self._seen()),
            ]
        else:
            found.append(Paragraph(("No input is left to chance.",)))
        found.append(Heading("Action"))
        found.append(
            Paragraph(("What is set no longer answers its parents; all other mechanisms stay:",))
        )
        lines = []
        for world, mechanisms in self.actions:
            lines += [f"# {world}", *mechanisms]
        found.append(Listing("\n".join(lines)))
        found.append(Heading("Prediction"))
        if self.inputs:
            found += [
                Paragraph(("In each case the mechanisms say whether it comes about:",)),
                Tabled(self._outcomes()),
            ]
        value = Scalar(Number(self.value))
        rows = [Equation(self.query, "=", (self.formula,))] if self.inputs else []
        left = None if rows else self.query
        found.append(Equations((*rows, Equation(left, "=", (value,)))))
        return found

    def _seen(self) -> Grid:
        heads: list[Cell] = [*self.inputs, Counterfactual(_letters(self.inputs))]
        if self.query.given:
            heads.append(self.abduction)
        rows = []
        for case in self.cases:
            numbers = [case.prior, case.posterior] if self.query.given else [case.prior]
            rows.append((*self._states(case), *(str(number) for number in numbers)))
        return Grid(tuple(heads), tuple(rows), len(self.inputs))

    def _outcomes(self) -> Grid:
        after = Counterfactual(self.query.outcome, _letters(self.inputs))
        heads: tuple[Cell, ...] = (*self.inputs, self.abduction, after)
        rows = [
            (*self._states(case), str(case.posterior), str(int(case.happens)))
            for case in self.cases
        ]
        return Grid(heads, tuple(rows), len(self.inputs))

    def _states(self, case: InputsCase) -> Iterator[str]:
        return (case.states[name] for name in self.inputs)

    def as_data(self) -> dict[str, object]:
        """The three steps and the number, which is exact."""
        return {
            "query": text(self.query, self.notation),
            "abduction": [
                {
                    "inputs": dict(case.states),
                    "prior": str(case.prior),
                    "posterior": str(case.posterior),
                }
                for case in self.cases
            ],
            "action": [{"world": world, "mechanisms": list(m)} for world, m in self.actions],
            "prediction": [int(case.happens) for case in self.cases],
            "value": str(self.value),
        }


def _letters(names: Sequence[str]) -> CopyEvents:
    return CopyEvents(CopyEvent(Copy(name), Letter(name)) for name in names)


# -- what it needs ----------------------------------------------------------------------------------
def _events(query: Counterfactual) -> list[CopyEvent]:
    return [*query.outcome, *query.given]


def _copies(copy: Copy) -> Iterator[Copy]:
    yield copy
    for setting in copy.settings:
        if isinstance(setting.value, Copy):
            yield from _copies(setting.value)


def _needed(query: Counterfactual, network: Network) -> tuple[str, ...]:
    """The variables on which a query depends, in declaration order."""
    graph = network.graph
    named = {copy.variable for event in _events(query) for copy in _copies(event.copy)}
    return graph.names(graph.ancestors_mask(graph.mask(named)))


def is_predictable(query: Expr, network: Network) -> bool:
    """Return whether mechanisms and untouched inputs are all that a query needs.

    No action may change an input, or it would answer anew, and nobody says how.
    """
    if not isinstance(query, Counterfactual) or free_letters(query) or network.unmade:
        return False
    needed, graph = _needed(query, network), network.graph
    chance = [name for name in needed if network.tables[name].mechanism is None]
    joined = {name for pair in graph.bidirected for name in pair}
    if len(chance) == len(needed) or joined.intersection(needed):
        return False
    for event in _events(query):
        for copy in _copies(event.copy):
            for name in chance:
                own = [s for s in copy.settings if s.variable == name]
                if not own and minimal(Copy(name, copy.settings), graph).settings:
                    return False
    return True


def prediction_or_none(
    query: Counterfactual, network: Network, notation: Notation
) -> Prediction | None:
    """Return the three steps; None for a query that needs something else, or not all of them.

    Raises
    ------
    MissingParameterError
        If an input has no number, and the query is of several worlds.
    """
    if not is_predictable(query, network):
        return None
    worlds = {event.copy.settings for event in _events(query)}
    if not network.is_numeric and len(worlds) == 1:
        return None  # of one world there is a formula, whatever the numbers are
    return prediction(query, network, notation)


# -- the three steps --------------------------------------------------------------------------------
def prediction(
    query: Counterfactual, network: Network, notation: Notation | None = None
) -> Prediction:
    """Work out the three steps of a query that :func:`is_predictable`.

    The inputs are enumerated and the mechanisms run, once in each world; the kernel works out the law of
    the inputs, what follows from them, and the number by itself.

    Raises
    ------
    ImpossibleEventError
        If what is seen has probability zero.
    LimitError
        If there are too many cases to be shown.
    MissingParameterError
        If an input has no number.
    VerificationError
        If the kernel does not confirm a step.
    """
    value = determined_form(query, network).numbers()
    assert isinstance(value, Fraction)
    needed = _needed(query, network)
    inputs = tuple(name for name in needed if network.tables[name].mechanism is None)
    count = prod(network.size(name) for name in inputs)
    if count > MOST_UNITS:
        raise LimitError(
            f"{count} assignments of {len(inputs)} inputs",
            expected=f"at most {MOST_UNITS} to be gone through",
            hint="`evaluate` gives the number",
        )
    running = _Running(network, needed)
    found = []
    for states in product(*(network.variable(name).states for name in inputs)):
        at = dict(zip(inputs, states, strict=True))
        prior = running.prior(at)
        if prior and all(running.fits(event, at) for event in query.given):
            happens = all(running.fits(event, at) for event in query.outcome)
            found.append((at, prior, happens))
    if not found:
        raise ImpossibleEventError(text(Counterfactual(query.given)))
    if len(found) > MOST_SHOWN:
        raise LimitError(
            f"{len(found)} cases that what is seen leaves possible",
            expected=f"at most {MOST_SHOWN} to be shown",
            hint="`evaluate` gives the number",
        )
    whole = sum((prior for _, prior, _ in found), Fraction(0))
    cases = tuple(InputsCase(at, prior, prior / whole, happens) for at, prior, happens in found)
    _check(query, network, inputs, cases, value)
    names = names_of(network.variables, network.declared)
    actions = tuple(_actions(query, network, needed))
    return Prediction(query, inputs, cases, actions, value, names, notation or Notation())


class _Running:
    """The mechanisms, run for one assignment of the inputs."""

    def __init__(self, network: Network, needed: Sequence[str]) -> None:
        self._network = network
        self._order = network.graph.topological(needed)

    def prior(self, at: States) -> Fraction:
        """The probability of an assignment of the inputs."""
        natural, found = self._world(Copy(self._order[-1]), at), Fraction(1)
        for name in at:
            entry = self._network.entry(name, at[name], natural)
            assert isinstance(entry, Number)
            found *= entry.value
        return found

    def fits(self, event: CopyEvent, at: States) -> bool:
        assert isinstance(event.value, State)
        return self._value(event.copy, at) == event.value.name

    def _value(self, copy: Copy, at: States) -> str:
        return self._world(copy, at)[copy.variable]

    def _world(self, copy: Copy, at: States) -> dict[str, str]:
        held = dict[str, str]()
        for setting in copy.settings:
            match setting.value:
                case Copy():
                    held[setting.variable] = self._value(setting.value, at)
                case State(name):
                    held[setting.variable] = name
                case Letter(name):  # no letter is free
                    raise AssertionError(name)
        found = dict[str, str]()
        for name in self._order:
            body = self._network.tables[name].mechanism
            if name in held:
                found[name] = held[name]
            elif body is None:
                found[name] = at[name]
            else:
                parents = self._network.tables[name].parents
                found[name] = str(value_of(body, {p: int(found[p]) for p in parents}))
        return found


def _check(
    query: Counterfactual,
    network: Network,
    inputs: tuple[str, ...],
    cases: Sequence[InputsCase],
    value: Fraction,
) -> None:
    """Hold each step against the kernel, which runs no mechanism."""
    at, letters = exact(network), {name: name for name in inputs}
    places = list(product(*(network.variable(name).states for name in inputs)))
    posterior = {tuple(case.states.values()): case.posterior for case in cases}
    if inputs:
        law = meaning(Counterfactual(_letters(inputs), query.given), at, letters).values
        if any(posterior.get(p, 0) != one for p, one in zip(places, law, strict=True)):
            raise VerificationError("the law of the inputs is not that of the kernel")
        after = meaning(Counterfactual(query.outcome, _letters(inputs)), at, letters).values
        follows = dict(zip(places, after, strict=True))
        if any(follows[tuple(case.states.values())] != case.happens for case in cases):
            raise VerificationError("what follows from the inputs is not what the kernel says")
    if sum((case.posterior for case in cases if case.happens), Fraction(0)) != value:
        raise VerificationError("the sum is not the number that the kernel gives")


def _actions(
    query: Counterfactual, network: Network, needed: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each world of the query: what is set, and the mechanisms in it."""
    worlds = dict.fromkeys(
        inner.settings for event in _events(query) for inner in _copies(event.copy)
    )
    order = network.graph.topological(needed)
    for settings in sorted(worlds, key=lambda one: (len(one), repr(one))):
        held = {
            s.variable: spelt_copy(s.value) if isinstance(s.value, Copy) else s.value.name
            for s in settings
        }
        lines = []
        for name in order:
            body = network.tables[name].mechanism
            if name in held:
                lines.append(f"{name} := {held[name]}")
            elif body is not None:
                lines.append(f"{name} := {written_mechanism(body)}")
        listed = ", ".join(f"{name} = {value}" for name, value in held.items())
        yield (f"where {listed} is set" if held else "as it was"), tuple(lines)


def spelt_copy(copy: Copy) -> str:
    """Return the text of a copy of a variable: ``Y_{X=1, M_{X=0}}``."""
    found = [
        spelt_copy(s.value)
        if isinstance(s.value, Copy) and s.value.variable == s.variable
        else f"{s.variable}={spelt_copy(s.value) if isinstance(s.value, Copy) else s.value.name}"
        for s in copy.settings
    ]
    return f"{copy.variable}_{{{', '.join(found)}}}" if found else copy.variable
