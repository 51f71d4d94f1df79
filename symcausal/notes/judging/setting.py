"""Where a claim is judged: the graph, the states, the numbers, and the random models of the graph.

Main definitions
----------------
Setting : everything that a verdict depends on.
setting_of : from a model.
setting_without_model : all joint distributions of some variables.
named_variables : the variables whose states a claim pins down.

Notes
-----
A claim holds over a graph when it is true for all its free values in every strictly positive model.
Where a variable's states were not declared, models with two and with three states are tried. Without
a model the graph is complete, which leaves nothing but the laws of probability; hypotheses take
edges away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Events,
    Expectation,
    Expr,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    State,
    Sum,
)
from symcausal.expr.path import everywhere
from symcausal.expr.scope import canonical
from symcausal.graph.graph import Graph
from symcausal.hints import assert_never, overload
from symcausal.kernel.core.draws import Draws
from symcausal.kernel.core.interpretation import Interpretation, generic
from symcausal.network.network import DEFAULT_STATES, Network, Variable
from symcausal.record import field, record
from symcausal.rules.rule import Context
from symcausal.writing.names import names_of

HIDDEN_STATES = 4
_SEED = 61
_MORE_STATES = ("0", "1", "2")


class Models(Sequence[Interpretation[int]]):
    """Random positive models of a graph, each made when it is first asked for."""

    __slots__ = ("_graph", "_hidden_states", "_made", "_states")

    def __init__(
        self, graph: Graph, states: Sequence[Mapping[str, tuple[str, ...]]], hidden_states: int
    ) -> None:
        self._graph, self._states, self._hidden_states = graph, tuple(states), hidden_states
        self._made: dict[int, Interpretation[int]] = {}

    def __len__(self) -> int:
        return len(self._states)

    @overload
    def __getitem__(self, number: int) -> Interpretation[int]: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Interpretation[int]]: ...

    def __getitem__(
        self, number: int | slice
    ) -> Interpretation[int] | Sequence[Interpretation[int]]:
        """The model of a number, or the models of some."""
        if isinstance(number, slice):
            return [self[i] for i in range(len(self))[number]]
        if not 0 <= number < len(self):
            raise IndexError(number)
        if number not in self._made:
            self._made[number] = generic(
                self._graph,
                self._states[number],
                Draws(_SEED + number),
                hidden_states=self._hidden_states,
            )
        return self._made[number]


@record
class Setting:
    """The graph, states, tables and numbers on which the verdict on a claim depends.

    Attributes
    ----------
    graph : Graph
        Whose models count.
    variables : mapping of str to Variable
        Names and states.
    network : Network or None
        Tables, if there are any; only claims with numbers ask for them.
    known : dict of Expr to Fraction
        Numbers that the notes take as known, by canonical formula; it grows as they are read.
    fixed : frozenset of Expr
        Those of them that the model's text gives, which no notes give anew.
    is_model : bool
        Whether somebody declared the graph; otherwise it is complete.
    is_causal : bool
        Whether the arrows of a model are causes.
    explains : bool
        Whether what holds is shown, too, so that the rules are looked for by which it does.
    points : dict
        Random models that have been made, by the variables that take three states there.
    filled : dict
        The model in numbers as :mod:`symcausal.notes.judging.numbers.fillings` made it, by the
        numbers given then.
    """

    graph: Graph
    variables: Mapping[str, Variable]
    network: Network | None = None
    known: dict[Expr, Fraction] = field(default_factory=dict)
    is_model: bool = True
    is_causal: bool = True
    fixed: frozenset[Expr] = frozenset()
    explains: bool = True
    points: dict[frozenset[str], Models] = field(default_factory=dict, compare=False, repr=False)
    filled: dict[tuple[object, ...], object] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def states(self) -> dict[str, tuple[str, ...]]:
        """The states of each variable, by name."""
        return {name: variable.states for name, variable in self.variables.items()}

    @property
    def order(self) -> tuple[str, ...]:
        """All names, variables first, in the order of declaration."""
        return names_of(self.variables, self.network.declared if self.network else ())

    @property
    def context(self) -> Context:
        """The context of rules: the graph alone."""
        return Context(self.graph)

    def models(self, named: Iterable[str]) -> Models:
        """Return random positive models, with the states given, and with three where none were.

        Parameters
        ----------
        named : iterable of str
            Variables of which the claim names a state, which keep theirs.
        """
        fixed = set(named)
        open_states = frozenset(
            name
            for name, variable in self.variables.items()
            if variable.states == DEFAULT_STATES and name not in fixed
        )
        if open_states not in self.points:
            wider = self.states | dict.fromkeys(open_states, _MORE_STATES)
            choices = (self.states, wider) if open_states else (self.states,)
            self.points[open_states] = Models(self.graph, choices, HIDDEN_STATES)
        return self.points[open_states]


def setting_of(network: Network, known: Mapping[Expr, Fraction] | None = None) -> Setting:
    """Return the setting of a model, with the numbers that the notes take as known."""
    numbers = {canonical(formula): value for formula, value in (known or {}).items()}
    return Setting(network.graph, network.variables, network, numbers, fixed=frozenset(numbers))


def setting_without_model(
    variables: Mapping[str, Variable],
    hypotheses: Sequence[tuple[Sequence[str], Sequence[str], Sequence[str]]] = (),
) -> Setting:
    """Return the setting of all joint distributions with an independence that may be supposed.

    The order is: conditions, then both sides of the independence, then all others. The graph is
    complete but for the edges between the two sides, so its models are exactly the distributions with
    that independence.
    """
    left, right, given = hypotheses[0] if hypotheses else ((), (), ())
    first = list(dict.fromkeys((*given, *left, *right)))
    names = [*first, *(name for name in variables if name not in first)]
    apart = {(a, b) for a in left for b in right} | {(b, a) for a in left for b in right}
    arrows = [(a, b) for i, b in enumerate(names) for a in names[:i] if (a, b) not in apart]
    graph = Graph(names, arrows)
    return Setting(graph, {name: variables[name] for name in names}, is_model=False)


def named_variables(*formulas: Expr) -> set[str]:
    """Return the variables of which formulas name a state, or take the states for numbers.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> named_variables(read("P(X=1 | Y)"))
    {'X'}
    """
    found: set[str] = set()
    for formula in formulas:
        for _, node in everywhere(formula):
            match node:
                case Prob(outcome, given, do):
                    events: Sequence[Events] = (outcome, given, do)
                case Expectation(over, _, given, do):
                    found.update(over.variables)
                    events = (given, do)
                case Numeric(event):
                    found.add(event.variable)
                    continue
                case Counterfactual(copies, seen):
                    values = (*copies.values, *seen.values)
                    found.update(e.variable for e in values if isinstance(e.value, State))
                    continue
                case Sum() | Product() | Quotient() | Add() | Minus() | Scalar():
                    continue
                case _:
                    assert_never(node)
            found.update(e.variable for part in events for e in part if isinstance(e.value, State))
    return found
