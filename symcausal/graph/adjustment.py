"""Adjustment sets: which variables to average over so that seeing becomes doing.

A set ``Z`` adjusts for the effect of ``X`` on ``Y`` if it holds no descendant of a variable on a proper
causal path, and separates ``X`` from ``Y`` once the first arrows of these paths are cut. A back-door
set is one without any descendant of ``X`` that closes all back doors.

Main definitions
----------------
AdjustmentSet, NoAdjustmentSet : the answer; the empty set and "none exists" are different types.
is_adjustment_set : the criterion.
adjustment_sets : all minimal sets.

References
----------
[Shpitser2010]_, [Perkovic2018]_ for the criterion; [vanderZander2019]_ for the largest candidate;
[Pearl2009]_ Definition 3.3.1 for back-door sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from symcausal.graph.graph import Graph
from symcausal.graph.separation import Path, open_path, separated

EXHAUSTIVE_UP_TO = 14


@dataclass(frozen=True, slots=True)
class AdjustmentSet:
    """Variables that repair confounding.

    Attributes
    ----------
    variables : tuple of str
        In declaration order; empty if nothing needs repair.
    back_door : bool
        Whether the set meets the back-door criterion, which is what the textbook formula's usual
        proof needs; the general criterion admits some more sets.
    """

    variables: tuple[str, ...]
    back_door: bool = True

    def __str__(self) -> str:
        return "{" + ", ".join(self.variables) + "}"


@dataclass(frozen=True, slots=True)
class NoAdjustmentSet:
    """There is no such set.

    Attributes
    ----------
    reason : Path
        A path that no allowed set of observed variables closes.
    """

    reason: Path


@dataclass(frozen=True, slots=True)
class _Problem:
    """The question with what the criterion needs, worked out once."""

    graph: Graph
    treatment: tuple[str, ...]
    outcome: tuple[str, ...]
    forbidden: frozenset[str]
    without_effect: Graph

    def adjusts(self, names: Iterable[str]) -> bool:
        chosen = tuple(names)
        if self.forbidden & set(chosen):
            return False
        return separated(self.without_effect, self.treatment, self.outcome, chosen)


def is_adjustment_set(
    graph: Graph, treatment: Iterable[str], outcome: Iterable[str], names: Iterable[str]
) -> bool:
    """Whether averaging over some variables gives the effect of the treatment on the outcome."""
    return _problem(graph, treatment, outcome).adjusts(names)


def adjustment_sets(
    graph: Graph,
    treatment: Iterable[str],
    outcome: Iterable[str],
    *,
    forced: Iterable[str] = (),
    forbidden: Iterable[str] = (),
) -> list[AdjustmentSet] | list[NoAdjustmentSet]:
    """All minimal adjustment sets, or one reason why there is none.

    Parameters
    ----------
    graph : Graph
        The graph.
    treatment, outcome : iterable of str
        Sets of variables.
    forced, forbidden : iterable of str
        Variables that every set must hold, or may not.

    Returns
    -------
    list
        Sets by size, then by declaration order. Beyond :data:`EXHAUSTIVE_UP_TO` candidates not every
        minimal set is listed: one for each candidate that is kept as long as possible.
    """
    problem = _problem(graph, treatment, outcome)
    kept = graph.names(graph.mask(forced))
    barred = problem.forbidden | set(forbidden)
    ends = (*problem.treatment, *problem.outcome)
    candidates = tuple(
        n for n in graph.ancestors((*ends, *kept)) if n not in barred and n not in kept
    )
    if not problem.adjusts((*candidates, *kept)):
        reason = open_path(
            problem.without_effect, problem.treatment, problem.outcome, (*candidates, *kept)
        )
        if reason is None:  # a forced variable is forbidden by the criterion
            reason = Path(tuple(n for n in kept if n in problem.forbidden)[:1], ())
        return [NoAdjustmentSet(reason)]
    search = _all_minimal if len(candidates) <= EXHAUSTIVE_UP_TO else _some_minimal
    found = {frozenset(names): None for names in search(problem, candidates, kept)}
    position = {name: i for i, name in enumerate(graph.nodes)}
    ordered = sorted(
        (tuple(sorted(names, key=position.__getitem__)) for names in found),
        key=lambda names: (len(names), [position[n] for n in names]),
    )
    return [AdjustmentSet(names, _closes_back_doors(problem, names)) for names in ordered]


def _problem(graph: Graph, treatment: Iterable[str], outcome: Iterable[str]) -> _Problem:
    x, y = graph.mask(treatment), graph.mask(outcome)
    starts, goals = graph.names(x), graph.names(y)
    into_cut, out_cut = graph.cut(into=starts), graph.cut(out_of=starts)
    causal = into_cut.descendants_mask(x) & ~x & out_cut.ancestors_mask(y)
    below = graph.descendants_mask(causal)
    on_path = set(graph.names(causal))
    without_effect = Graph(
        graph.nodes,
        [(a, b) for a, b in graph.directed if not (a in starts and b in on_path)],
        graph.bidirected,
        graph.hidden,
    )
    forbidden = frozenset(graph.names(below | x | y)) | graph.hidden
    return _Problem(graph, starts, goals, forbidden, without_effect)


def _closes_back_doors(problem: _Problem, names: tuple[str, ...]) -> bool:
    below = set(problem.graph.descendants(problem.treatment))
    return not below & set(names) and separated(
        problem.graph, problem.treatment, problem.outcome, names, cut_out_of=problem.treatment
    )


def _all_minimal(
    problem: _Problem, candidates: tuple[str, ...], kept: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    found: list[frozenset[str]] = []
    for size in range(len(candidates) + 1):
        for names in combinations(candidates, size):
            chosen = frozenset(names)
            if not any(smaller <= chosen for smaller in found) and problem.adjusts((*names, *kept)):
                found.append(chosen)
                yield (*names, *kept)


def _some_minimal(
    problem: _Problem, candidates: tuple[str, ...], kept: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    for favourite in (None, *candidates):
        chosen = list(candidates)
        for name in sorted(candidates, key=lambda n: n == favourite):
            smaller = [n for n in chosen if n != name]
            if problem.adjusts((*smaller, *kept)):
                chosen = smaller
        yield (*chosen, *kept)
