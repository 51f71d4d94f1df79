"""How each variable of one c-component would answer its parents: the types of a population.

A *response type* gives every variable of the component a function from the values of its parents to its
own. Whatever the hidden causes are, a model is a law over types as far as questions about the component
go, and any law over types is some model with one hidden cause.

Main definitions
----------------
ResponseTypes : the types of a component, and what a unit of a type does in a world.

References
----------
[BalkePearl1997]_ for types; [FrangakisRubin2002]_ call them principal strata.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod

from symcausal.algebra.deadline import spend
from symcausal.errors import LimitError, UsageError
from symcausal.expr.nodes import Copy, Letter, State
from symcausal.graph.graph import Graph
from symcausal.kernel.core.rising import ladders

MOST_TYPES = 200_000

Answer = Mapping[tuple[str, ...], str]  # a variable's value for the values of its parents
ResponseType = Mapping[str, Answer]


class OutsideTypesError(UsageError):
    """Refuse what types alone do not settle."""


class ResponseTypes:
    """The response types of some variables of a graph.

    Parameters
    ----------
    graph : Graph
        Over observed variables, with bidirected edges.
    names : sequence of str
        The variables, parents before children.
    states : mapping of str to tuple of str
        Of all variables.
    fixed : mapping of str to str
        Values of other variables at which the types are looked at.

    Raises
    ------
    LimitError
        If there are too many.
    """

    def __init__(
        self,
        graph: Graph,
        names: Sequence[str],
        states: Mapping[str, tuple[str, ...]],
        fixed: Mapping[str, str],
    ) -> None:
        self.names, self.fixed = tuple(names), fixed
        self.parents = {name: graph.parents(name) for name in names}
        self._answers = {name: list(self._of(name, graph, states)) for name in names}
        self.count = prod(map(len, self._answers.values()))
        if self.count > MOST_TYPES:
            raise LimitError(
                f"{self.count} response types of {', '.join(names)}",
                expected=f"at most {MOST_TYPES}",
                hint="ask with fewer states or parents",
            )

    def _of(
        self, name: str, graph: Graph, states: Mapping[str, tuple[str, ...]]
    ) -> Iterator[Answer]:
        parents = self.parents[name]
        known = {p: (self.fixed[p],) if p in self.fixed else states[p] for p in parents}
        rising = [p for p in parents if (p, name) in graph.monotone and p not in self.fixed]
        others = [p for p in parents if p not in rising]
        rows = list(product(*(known[p] for p in others)))
        if not rising:
            kinds: list[Answer] = [{(): state} for state in states[name]]
        else:
            _, own = graph.monotone[rising[0], name]
            orders = [graph.monotone[p, name][0] for p in rising]
            kinds = [
                {
                    tuple(order[i] for order, i in zip(orders, place, strict=True)): own[state]
                    for place, state in ladder.items()
                }
                for ladder in ladders([len(order) for order in orders], len(own))
            ]
        if len(kinds) ** len(rows) > MOST_TYPES:
            raise LimitError(
                f"{len(kinds)}^{len(rows)} ways in which {name} answers its parents",
                expected=f"at most {MOST_TYPES}",
                hint="ask with fewer states or parents",
            )
        for chosen in product(kinds, repeat=len(rows)):
            answer = dict[tuple[str, ...], str]()
            for row, kind in zip(rows, chosen, strict=True):
                at = dict(zip(others, row, strict=True))
                for place, state in kind.items():
                    values = at | dict(zip(rising, place, strict=True))
                    answer[tuple(values[p] for p in parents)] = state
            spend(len(answer))
            yield answer

    def __iter__(self) -> Iterator[ResponseType]:
        for chosen in product(*self._answers.values()):
            spend(1)
            yield dict(zip(self._answers, chosen, strict=True))

    def value(self, unit: ResponseType, copy: Copy) -> str:
        """Return what a variable would have been, for a unit of a type.

        Raises
        ------
        OutsideTypesError
            If it depends on a variable outside the component that is neither set nor fixed.
        """
        return self._value(unit, copy.variable, copy)

    def _value(self, unit: ResponseType, name: str, copy: Copy) -> str:
        for setting in copy.settings:
            if setting.variable == name and name != copy.variable:
                match setting.value:
                    case State(state):
                        return state
                    case Letter(letter):
                        raise OutsideTypesError(
                            f"a free value '{letter}' of {name}",
                            expected="a state of it",
                            hint=f"name it, as in {name}=1",
                        )
                    case Copy():
                        return self.value(unit, setting.value)
        if name in self.fixed:
            return self.fixed[name]
        if name not in unit:
            raise OutsideTypesError(
                f"a query that depends on {name}, which shares no hidden cause with the others",
                expected=f"{name} set, or given, in the query",
                hint="condition on it, and average the bounds",
            )
        return unit[name][tuple([self._value(unit, p, copy) for p in self.parents[name]])]
