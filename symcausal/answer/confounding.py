"""Why doing differs from seeing: the open paths, the common causes, and what repairs it.

One query does what another sees, ``P(y | do(x), w)`` and ``P(y | x, w)``, or leaves out. Every path
and every repair is that of the query with its conditions, and with its other interventions in force.

Main definitions
----------------
Swap : what one query does and another does not.
reasons : the open paths along which two probabilities differ.
repairs : the sets to average over so that seeing becomes doing, each with its formula.

References
----------
[Pearl2009]_ Theorem 3.4.1, rules 2 and 3, for the separations; Definition 3.3.1 for back doors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from symcausal.errors import LimitError
from symcausal.expr.build import prob, product, total
from symcausal.expr.nodes import Event, Events, Expr, Letter, Prob
from symcausal.expr.scope import fresh
from symcausal.graph.adjustment import AdjustmentSet, NoAdjustmentSet, adjustment_sets
from symcausal.graph.graph import Graph
from symcausal.graph.paths import back_door_paths, confounders, open_paths
from symcausal.graph.separating import separating_sets
from symcausal.graph.separation import Path, open_path, separated
from symcausal.hints import TypeVar
from symcausal.kernel.core.identity import identical, points
from symcausal.kernel.core.interpretation import Interpretation
from symcausal.record import record

SHOWN_PATHS = 5
MOST_REPAIRS = 40

Names = tuple[str, ...]
T = TypeVar("T")


@record
class Swap:
    """The treatments that one query sets and another sees or leaves alone.

    Attributes
    ----------
    doing : Prob
        The query that does it.
    seen : tuple of str
        What the other only sees.
    gone : tuple of str
        What the other leaves out.
    kept : tuple of str
        What both do.
    """

    doing: Prob
    seen: Names
    gone: Names
    kept: Names

    @staticmethod
    def between(doing: Prob, other: Prob) -> Swap:
        """Return the swap from one probability to another."""
        acts = doing.do.variables
        free = [name for name in acts if name not in other.do.variables]
        seen = tuple(name for name in free if name in other.given.variables)
        gone = tuple(name for name in free if name not in seen)
        return Swap(doing, seen, gone, tuple(name for name in acts if name not in free))

    @property
    def given(self) -> Names:
        """The conditions that are not set anyway."""
        return tuple(v for v in self.doing.given.variables if v not in self.doing.do.variables)

    @property
    def outcome(self) -> Names:
        """The variables that are asked for and neither set nor seen."""
        known = {*self.doing.do.variables, *self.given}
        return tuple(v for v in self.doing.outcome.variables if v not in known)

    def paths(self, graph: Graph) -> list[Path]:
        """Return the open paths of rules 2 and 3 of do-calculus, from the treatments to the outcome.

        What the other query leaves out is taken to stay done where seeing takes the place of doing,
        and what it sees where the rest is left out. So no path passes another treatment, and each is
        open whether that is done or seen. If there is none, what is left out does not act on the
        outcome, but is no longer set, and tells of it.
        """
        found = list(self._beside_treatments(graph))
        if not found and self.gone:
            seeing = graph.cut(into=self.kept, out_of=self.seen)
            fixed = (*self.given, *self.kept)
            for y in self.outcome:
                found += open_paths(seeing, self.gone, (y,), fixed, most=SHOWN_PATHS)
        return found

    def _beside_treatments(self, graph: Graph) -> Iterator[Path]:
        fixed = (*self.given, *self.kept)
        aside = graph.cut(into=(*self.kept, *self.gone), out_of=self.seen)
        away = _without(graph.cut(into=(*self.kept, *self.seen)), self.gone, self.given)
        for y in self.outcome:
            most = SHOWN_PATHS * len(self.seen)
            yield from back_door_paths(aside, self.seen, (y,), (*fixed, *self.gone), most=most)
            most = SHOWN_PATHS * len(self.gone)
            yield from open_paths(away, self.gone, (y,), (*fixed, *self.seen), most=most)

    def confounders(self, graph: Graph) -> Names:
        """Return the common causes of treatment and outcome that no condition cuts off."""
        fixed = (*self.given, *self.kept, *self.gone)
        if not self.outcome:
            return ()
        cut = graph.cut(into=(*self.kept, *self.gone), out_of=fixed)
        return tuple(c for c in confounders(cut, self.seen, self.outcome) if c not in fixed)


def _without(graph: Graph, acts: Names, given: Names) -> Graph:
    """The graph of rule 3: no arrows into the actions that are no ancestors of a condition."""
    above = set(graph.ancestors(given))
    return graph.cut(into=[name for name in acts if name not in above])


def reasons(left: Prob, right: Prob, graph: Graph) -> tuple[Path, ...]:
    """Return the open paths that the difference of two probabilities runs along."""
    found: list[Path] = []
    for one, other in ((left, right), (right, left)):
        found += Swap.between(one, other).paths(graph)
        outcome = one.outcome.variables
        for z in one.given.variables:
            if z in (*other.given.variables, *other.do.variables, *one.do.variables, *outcome):
                continue
            rest = tuple(v for v in (*one.given.variables, *one.do.variables) if v != z)
            path = open_path(graph, outcome, (z,), rest, cut_into=one.do.variables)
            if path is not None:
                found.append(path)
    return tuple(dict.fromkeys(found))


@record
class Repairs:
    """The formulas that give a query with an intervention from what is seen.

    Attributes
    ----------
    query : Prob
        The query.
    sets : tuple of AdjustmentSet
        The minimal sets to average over.
    formulas : tuple of Expr
        What the query is for each of them, as the kernel has verified.
    none : NoAdjustmentSet or None
        Why there is no such set.
    """

    query: Prob
    sets: tuple[AdjustmentSet, ...] = ()
    formulas: tuple[Expr, ...] = ()
    none: NoAdjustmentSet | None = None


def repairs(swap: Swap, graph: Graph, states: Mapping[str, tuple[str, ...]]) -> Repairs:
    """Return the sets that turn seeing into doing, of which the kernel confirms each."""
    doing = swap.doing
    cause, outcome = (*swap.seen, *swap.gone), swap.outcome
    named = {*cause, *outcome, *swap.given, *swap.kept}
    if not swap.seen or not outcome or named & graph.hidden:
        return Repairs(doing)
    found, none = _candidates(graph, swap, cause)
    models = points(graph, states)
    good: list[tuple[AdjustmentSet, Expr]] = []
    for one in found:
        formula = adjusted_query(swap, one.variables)
        if formula is not None and _confirmed(doing, formula, models):
            good.append((one, formula))
        if len(good) == MOST_REPAIRS:
            break
    sets, formulas = tuple(one for one, _ in good), tuple(formula for _, formula in good)
    return Repairs(doing, sets, formulas, None if sets else none)


def _confirmed(query: Prob, formula: Expr, models: Sequence[Interpretation[int]]) -> bool:
    try:
        return identical(query, formula, models)
    except (ZeroDivisionError, LimitError):
        return False


def adjusted_query(swap: Swap, names: Names) -> Expr | None:
    """Return ``sum_z P(y | x, w, z) P(z | w)`` under what stays done; None if it contradicts itself."""
    doing = swap.doing
    stay = Events(event for event in doing.do if event.variable in swap.kept)
    acts = Events(event for event in doing.do if event.variable not in swap.kept)
    given = Events(event for event in doing.given if event not in doing.do)
    if len(set((acts | given | stay).variables)) < len(acts) + len(given) + len(stay):
        return None
    taken = {*doing.outcome.letters, *doing.given.letters, *doing.do.letters}
    over = Events(Event(name, Letter(fresh(name, taken))) for name in names)
    inside = prob(doing.outcome, acts | given | over, do=stay)
    return total(over, product((inside, prob(over, given, do=stay))))


def _candidates(
    graph: Graph, swap: Swap, cause: Names
) -> tuple[Sequence[AdjustmentSet], NoAdjustmentSet | None]:
    """Sets worth a try, and a path that stays open if there are none."""
    after, fixed = graph.cut(into=swap.kept), (*swap.given, *swap.kept)
    closed: list[AdjustmentSet] = []
    reason: NoAdjustmentSet | None = None
    if swap.given:
        closed, reason = _closing(after, swap, cause)
    if not closed:
        found = _all_or_first(
            lambda most: adjustment_sets(after, cause, swap.outcome, forced=fixed, most=most)
        )
        closed = [
            AdjustmentSet(tuple(v for v in one.variables if v not in fixed), one.back_door)
            for one in found
            if isinstance(one, AdjustmentSet)
        ]
        none = next((one for one in found if isinstance(one, NoAdjustmentSet)), None)
        reason = reason or none
    return closed, reason


def _closing(
    after: Graph, swap: Swap, cause: Names
) -> tuple[list[AdjustmentSet], NoAdjustmentSet | None]:
    """Sets that close all back doors and that, given the conditions, the cause does not act on."""
    outcome, fixed = swap.outcome, (*swap.given, *swap.kept)
    third, second = _without(after, cause, swap.given), after.cut(out_of=cause)
    ends = {*cause, *outcome, *fixed}
    others = [name for name in after.nodes if name not in ends | after.hidden]
    allowed = [name for name in others if separated(third, (name,), cause, fixed)]
    barred = [name for name in others if name not in allowed]
    found = _all_or_first(
        lambda most: separating_sets(
            second, cause, outcome, forced=fixed, forbidden=barred, most=most
        )
    )
    if found:
        return [AdjustmentSet(tuple(v for v in names if v not in fixed)) for names in found], None
    above = set(second.ancestors(ends))
    given = (*fixed, *(name for name in allowed if name in above))
    path = open_path(second, cause, outcome, given)
    return [], None if path is None else NoAdjustmentSet(path)


def _all_or_first(search: Callable[[int | None], T]) -> T:
    """All that a search finds, or the first if they are too many to list."""
    try:
        return search(None)
    except LimitError:
        return search(MOST_REPAIRS)
