"""The rule for copies that can not have their values together, since some are bound to be equal.

A copy is what its variable's function answers to its causes. Two copies of a variable whose causes have
the same values are one (consistency); so are those that differ by what does not act on them.

References
----------
[Pearl2009]_ Section 7.3 for composition and consistency; [ShpitserPearl2008]_ for copies that are one.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.expr.build import ZERO
from symcausal.expr.nodes import Copy, CopyEvents, Counterfactual, Event, Expr, Value
from symcausal.graph.graph import Graph
from symcausal.hints import TypeAlias
from symcausal.rules.certainty import difference
from symcausal.rules.components import projected
from symcausal.rules.condition import Condition
from symcausal.rules.rule import Context, Rewrite, rule
from symcausal.rules.worlds import cause_of, names_hidden, settled

CopyOrValue: TypeAlias = Copy | Value


@rule(
    name="contradiction",
    title="contradicts itself",
    statement=r"P(Y_{x} = y, X = x, Y = y') = 0",
    condition=r"y \neq y'",
    source="Pearl2009",
)
def contradiction(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Copies that are bound to be equal have two values with probability zero.

    They are where their causes have the same values (consistency), or where what sets them apart does
    not act on them (exclusion). Nothing is proposed where the condition itself can not be.
    """
    match expr:
        case Counterfactual(outcome, given) if not conflicts(given, context.graph):
            for requires in conflicts(outcome | given, context.graph):
                yield Rewrite(ZERO, requires)


def conflicts(events: CopyEvents, graph: Graph) -> list[tuple[Condition, ...]]:
    """Return under what conditions events of copies can not be together; those without any first.

    Examples
    --------
    >>> from symcausal.expr.nodes import CopyEvent, Imposed, State
    >>> under = Copy("X", (Imposed("Y", State("1")),))
    >>> both = CopyEvents(CopyEvent(c, State(s)) for c, s in ((Copy("X"), "0"), (under, "1")))
    >>> conflicts(both, Graph("XY", ["XY"])), conflicts(both, Graph("XY", ["YX"]))
    ([()], [])
    """
    if names_hidden(events, graph):
        return []
    alike = Alike(projected(graph))
    for event in events:
        alike.equate(event.copy.variable, alike.settled(event.copy), event.value)
    alike.close()
    return sorted(alike.conflicts, key=len)


def spelled(events: CopyEvents) -> str:
    """Return events of copies as a query has them, such as ``X=0, X_{Y=1}=1``."""
    return ", ".join(f"{_spelled(event.copy)}={event.value.name}" for event in events)


def _spelled(copy: Copy) -> str:
    under = [
        _spelled(s.value) if isinstance(s.value, Copy) else f"{s.variable}={s.value.name}"
        for s in copy.settings
    ]
    return f"{copy.variable}_{{{', '.join(under)}}}" if under else copy.variable


class Alike:
    """Copies and values that are equal to each other in every functional model."""

    def __init__(self, graph: Graph) -> None:
        self.conflicts = dict[tuple[Condition, ...], None]()
        self._graph = graph
        self._equal = dict[CopyOrValue, CopyOrValue]()
        self._causes = dict[Copy, tuple[CopyOrValue, ...]]()

    def settled(self, copy: Copy) -> CopyOrValue:
        """The copy in minimal form; what it is set to, if it is set itself."""
        return self._with_causes(settled(copy, self._graph))

    def causes(self, copy: Copy) -> tuple[CopyOrValue, ...]:
        """What the causes of a copy are, each the same for all that are equal."""
        return tuple(map(self._standing_for, self._causes[copy]))

    def _with_causes(self, term: CopyOrValue) -> CopyOrValue:
        if isinstance(term, Copy) and term not in self._causes:
            parents = self._graph.parents(term.variable)
            causes = [cause_of(term, name, self._graph) for name in parents]
            self._causes[term] = tuple(map(self._with_causes, causes))
        return term

    def equate(self, variable: str, left: CopyOrValue, right: CopyOrValue) -> None:
        """Take two copies or values of a variable to be equal; note what speaks against it."""
        left, right = self._standing_for(left), self._standing_for(right)
        if left == right:
            return
        if isinstance(left, Copy):
            self._equal[left] = right
        elif isinstance(right, Copy):
            self._equal[right] = left
        else:
            requires = difference(Event(variable, left), Event(variable, right))
            if requires is not None:
                self.conflicts[requires] = None

    def _standing_for(self, term: CopyOrValue) -> CopyOrValue:
        while term in self._equal:
            term = self._equal[term]
        return term

    def close(self) -> None:
        """Equate copies whose causes are equal, until that finds no more."""
        before = -1
        while before != len(self._equal):
            before = len(self._equal)
            known = dict[tuple[str, tuple[CopyOrValue, ...]], Copy]()
            for copy, causes in self._causes.items():
                key = copy.variable, tuple(map(self._standing_for, causes))
                self.equate(copy.variable, copy, known.setdefault(key, copy))
