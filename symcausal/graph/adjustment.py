"""Adjustment sets: which variables to average over so that seeing becomes doing.

A set ``Z`` adjusts for the effect of ``X`` on ``Y`` if it holds no descendant of a variable on a proper
causal path, and separates ``X`` from ``Y`` once the first arrows of these paths are cut. A back-door
set is one without any descendant of ``X`` that closes all back doors. If only the independencies are
known, "descendant" means what is one in some graph that implies them, and no path may be causal in some
of these graphs that begins against an arrow in others.

Main definitions
----------------
AdjustmentSet, NoAdjustmentSet : the answer; the empty set and "none exists" are different types.
is_adjustment_set : the criterion.
adjustment_sets : all sets, the minimal ones, or the smallest.

References
----------
[Shpitser2010]_, [Perkovic2018]_ for the criterion, the latter for equivalent graphs too;
[vanderZander2019]_ for the largest candidate; [Pearl2009]_ Definition 3.3.1 for back-door sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from symcausal.errors import UsageError
from symcausal.graph.enumeration import Kind, refuse_kind
from symcausal.graph.graph import Graph, bits, closure
from symcausal.graph.separating import separating_sets
from symcausal.graph.separation import Path, open_path, path_of, separated
from symcausal.record import record


@record
class AdjustmentSet:
    """A set of variables over which to average, so that seeing equals doing.

    Attributes
    ----------
    variables : tuple of str
        In declaration order; empty if nothing needs repair.
    back_door : bool
        Whether the set meets the back-door criterion, which is what the textbook formula's usual
        proof needs; the general criterion admits some more sets. Several treatments are taken as
        one: a back door is a path that enters one of them and meets no other.
    """

    variables: tuple[str, ...]
    back_door: bool = True

    def __str__(self) -> str:
        return "{" + ", ".join(self.variables) + "}"


@record
class NoAdjustmentSet:
    """The reason why there is no adjustment set.

    Attributes
    ----------
    reason : Path
        A path that no allowed set of observed variables closes; or, if a forced variable stands
        below a causal path, the way from the treatment to it.
    unclear : bool
        Whether the path is causal in some of the graphs with the same independencies and not in
        others.
    """

    reason: Path
    unclear: bool = False


@record
class _AdjustmentProblem:
    """The question with what the criterion needs, worked out once."""

    graph: Graph
    treatment: tuple[str, ...]
    outcome: tuple[str, ...]
    forbidden: frozenset[str]
    without_effect: Graph
    down: Sequence[int]
    unclear: Path | None = None


def is_adjustment_set(
    graph: Graph,
    treatment: Iterable[str],
    outcome: Iterable[str],
    names: Iterable[str],
    *,
    equivalent: bool = False,
) -> bool:
    """Decide whether averaging over some variables gives the effect of a treatment on an outcome.

    With ``equivalent``: whether it does in every graph that implies the same independencies.

    Examples
    --------
    >>> confounded = Graph("ZXY", ["ZX", "ZY", "XY"])
    >>> is_adjustment_set(confounded, "X", "Y", "Z"), is_adjustment_set(confounded, "X", "Y", "")
    (True, False)
    """
    problem = _problem(graph, treatment, outcome, equivalent=equivalent)
    chosen = graph.names(graph.mask(names))
    return (
        problem.unclear is None
        and not problem.forbidden & set(chosen)
        and separated(problem.without_effect, problem.treatment, problem.outcome, chosen)
    )


def adjustment_sets(
    graph: Graph,
    treatment: Iterable[str],
    outcome: Iterable[str],
    *,
    forced: Iterable[str] = (),
    forbidden: Iterable[str] = (),
    kind: Kind = "minimal",
    most: int | None = None,
    equivalent: bool = False,
) -> list[AdjustmentSet] | list[NoAdjustmentSet]:
    """Return all adjustment sets of a kind, or one reason why there is none.

    Parameters
    ----------
    graph : Graph
        The graph.
    treatment, outcome : iterable of str
        Sets of variables.
    forced, forbidden : iterable of str
        Variables that every set must hold, or may not.
    kind : {"minimal", "minimum", "all"}
        The sets of which no proper subset that still holds the forced variables would do; those
        with the fewest variables; or every set.
    most : int, optional
        Stop after this many.
    equivalent : bool
        Only sets that adjust in every graph that implies the same independencies: what can be known
        if the data had to tell the direction of the arrows.

    Returns
    -------
    list
        Sets by size, then by declaration order. With ``most``, the first that are found, not always
        the smallest.

    Raises
    ------
    UsageError
        If a treatment or outcome is hidden, or if a variable is forced that can't be averaged over:
        a treatment, an outcome, one that is hidden, or one that is forbidden as well. With
        ``equivalent``, if there are hidden causes.
    LimitError
        If there are more than :data:`~symcausal.graph.enumeration.MOST_SETS` and ``most`` is not given.
    """
    refuse_kind(kind)
    problem = _problem(graph, treatment, outcome, equivalent=equivalent)
    ends = graph.mask((*problem.treatment, *problem.outcome))
    for name in graph.names(ends & graph.mask(graph.hidden)):
        raise UsageError(f"{name} is hidden", expected="an observed treatment and outcome")
    kept, barred = graph.mask(forced), graph.mask(forbidden)
    for name in graph.names(kept & (ends | barred | graph.mask(graph.hidden))):
        raise UsageError(
            f"no set can be forced to hold '{name}'",
            expected="an observed variable that is neither treatment, outcome nor forbidden",
        )
    if problem.unclear is not None:
        return [NoAdjustmentSet(problem.unclear, unclear=True)]
    excluded = graph.mask(problem.forbidden)
    for name in graph.names(kept & excluded):
        return [NoAdjustmentSet(_way(problem, name))]
    allowed = graph.ancestors_mask(ends | kept) & ~(barred | excluded | kept)
    reason = open_path(
        problem.without_effect, problem.treatment, problem.outcome, graph.names(allowed | kept)
    )
    if reason is not None:
        return [NoAdjustmentSet(reason)]
    found = separating_sets(
        problem.without_effect,
        problem.treatment,
        problem.outcome,
        forced=graph.names(kept),
        forbidden=graph.names(barred | excluded & ~ends),
        kind=kind,
        most=most,
    )
    return [AdjustmentSet(names, _closes_back_doors(problem, names)) for names in found]


def _problem(
    graph: Graph, treatment: Iterable[str], outcome: Iterable[str], *, equivalent: bool = False
) -> _AdjustmentProblem:
    x, y = graph.mask(treatment), graph.mask(outcome)
    down: Sequence[int] = graph.child_masks
    up: Sequence[int] = graph.parent_masks
    either: Sequence[int] = ()
    if equivalent:
        from symcausal.graph.essential import (
            possible_effects,
            turned,
        )  # derivations don't wait for it

        down, either = possible_effects(graph)
        up = turned(down)
    causal = closure(x, down) & ~x & closure(y, up, ~x)
    below = closure(causal, down)
    starts, on_path = graph.names(x), set(graph.names(causal))
    without_effect = Graph(
        graph.nodes,
        [(a, b) for a, b in graph.directed if not (a in starts and b in on_path)],
        graph.bidirected,
        graph.hidden,
    )
    forbidden = frozenset(graph.names(below | x | y)) | graph.hidden
    unclear = None
    if either:
        turnable = ((i, either[i] & causal) for i in bits(x))
        first = next(((i, mask) for i, mask in turnable if mask), None)
        if first is not None:
            unclear = _possible_way(graph, down, first[1], y, ~x, before=first[0])
    return _AdjustmentProblem(
        graph, starts, graph.names(y), forbidden, without_effect, down, unclear
    )


def _possible_way(
    graph: Graph, down: Sequence[int], start: int, goal: int, within: int, before: int | None = None
) -> Path:
    """A way along arrows that may all point forward, with the arrows as they stand."""
    came: dict[int, int | None] = dict.fromkeys(bits(start & within))
    waiting = list(came)
    for i in waiting:  # grows while it runs
        if goal >> i & 1:
            break
        for j in bits(down[i] & within):
            if j not in came:
                came[j] = i
                waiting.append(j)
    nodes: list[int] = []
    step: int | None = next(i for i in waiting if goal >> i & 1)
    while step is not None:
        nodes.insert(0, step)
        step = came[step]
    nodes = nodes if before is None else [before, *nodes]
    arrows = ["->" if graph.child_masks[i] >> j & 1 else "<-" for i, j in pairwise(nodes)]
    return path_of(graph, nodes, arrows, 0, graph.parent_masks)


def _way(problem: _AdjustmentProblem, name: str) -> Path:
    """The way along the arrows by which a treatment acts on a variable."""
    graph = problem.graph
    return _possible_way(
        graph, problem.down, graph.mask(problem.treatment), graph.mask((name,)), -1
    )


def _closes_back_doors(problem: _AdjustmentProblem, names: tuple[str, ...]) -> bool:
    below = set(problem.graph.descendants(problem.treatment))
    return not below & set(names) and separated(
        problem.graph, problem.treatment, problem.outcome, names, cut_out_of=problem.treatment
    )
