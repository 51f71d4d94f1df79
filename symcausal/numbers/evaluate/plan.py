"""What one conditional probability needs: the plan, made on the graph alone.

``P(y | z, do(x))`` is the probability of y and z over that of z in the network whose arrows into X
are cut. Tables that do not bear on the answer (barren and d-separated ones) are left out, and so is
the denominator where only conditions of the outcome's own tables remain.

Main definitions
----------------
Places : the events of a part of a ``Prob``.
Plan : which tables are needed, and for what.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.errors import UsageError
from symcausal.graph.graph import bits
from symcausal.numbers.evaluate.columns import TableColumns
from symcausal.numbers.evaluate.elimination import AxisFactor
from symcausal.numbers.evaluate.requisite import closure, requisite

# Pairs of a variable and a place: an axis, or a fixed state (see columns.TableColumns).
Places = Sequence[tuple[int, int]]


class Plan:
    """The tables that ``P(outcome | given, do)`` needs, and what for.

    Parameters
    ----------
    outcome, given, do : Places
        The events.
    columns : TableColumns
        The tables.

    Attributes
    ----------
    place : dict of int to int
        Where each variable that an event mentions goes; the first mention decides.
    agreement, clashes : list of Factor
        Whether later mentions agree with the first: among conditions, and in the outcome.
    targets, evidence, fixed, mentioned : int
        Masks of the variables asked for, conditioned on, set by ``do``; and all of these.
    parents : list of int
        Parents after surgery.
    tables : int
        Mask of the requisite tables.
    below : int
        Mask of those among them that the probability of the condition needs.
    condition : int
        Mask of all tables behind the condition, requisite or not.
    """

    __slots__ = (
        "agreement", "below", "clashes", "condition", "evidence", "fixed", "mentioned", "parents",
        "place", "tables", "targets",
    )  # fmt: skip

    def __init__(self, outcome: Places, given: Places, do: Places, columns: TableColumns) -> None:
        self.place: dict[int, int] = {}
        self.agreement: list[AxisFactor] = []
        self.clashes: list[AxisFactor] = []
        self.mentioned = 0
        self.fixed = self._put(do, columns, self.agreement)
        self.evidence = self._put(given, columns, self.agreement)
        self.targets = self._put(outcome, columns, self.clashes)
        graph, kept = columns.network.graph, ~self.fixed
        self.parents = list(graph.parent_masks)
        children: Sequence[int] = graph.child_masks
        if self.fixed:
            children = [mask & kept for mask in children]
            for node in bits(self.fixed):
                self.parents[node] = 0
        self.condition = closure(self.evidence, self.parents, inside=kept)
        seen = self.evidence | self.fixed
        self.tables = requisite(self.targets, seen, self.parents, children)
        self.below = closure(self.evidence & self.tables, self.parents, inside=self.tables)
        if graph.bidirected:
            self._refuse_hidden_causes(columns)

    def _put(self, events: Places, columns: TableColumns, indicators: list[AxisFactor]) -> int:
        new = 0
        for variable, place in events:
            known = self.place.setdefault(variable, place)
            if known != place:
                indicators.append(_same(known, place, columns.sizes[variable]))
            elif not self.mentioned >> variable & 1:
                new |= 1 << variable
            self.mentioned |= 1 << variable
        return new

    def _refuse_hidden_causes(self, columns: TableColumns) -> None:
        graph, kept = columns.network.graph, ~self.fixed
        needed = closure(self.targets | self.evidence, self.parents, inside=kept)
        for left, right in graph.bidirected:
            if needed >> graph.index(left) & needed >> graph.index(right) & 1:
                raise UsageError(
                    f"the hidden common cause of {left} and {right} has no table",
                    expected="explicit hidden causes",
                    hint=f"declare it: hidden U;  {left} <- U -> {right}",
                )


def _same(left: int, right: int, size: int) -> AxisFactor:
    """1 where two places of one variable hold the same state, else 0."""
    choices = [range(size) if place >= 0 else (~place,) for place in (left, right)]
    scope = tuple(place for place in (left, right) if place >= 0)
    return AxisFactor(scope, [int(x == y) for x in choices[0] for y in choices[1]])
