"""Front-door sets: what carries an effect, where its confounders are hidden.

A set ``Z`` is a front-door set for the effect of ``X`` on ``Y`` if every directed path from ``X`` to
``Y`` meets it, no back door from ``X`` to it is open, and ``X`` closes every back door from it to
``Y``. Then, where all of it is possible, ``P(y | do(x))`` is
``sum_z P(z | x) sum_x' P(y | x', z) P(x')``.

Main definitions
----------------
FrontDoorSet, NoFrontDoorSet : the answer; the empty set and "none exists" are different types.
front_door_sets : all sets, the minimal ones, or the smallest.

References
----------
[Pearl2009]_ Definition 3.3.3; [Jeong2022]_ for sets of treatments and outcomes, and for the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symcausal.errors import UsageError
from symcausal.graph.enumeration import (
    Kind,
    listed,
    minimal_sets,
    refuse_kind,
    sets_between,
)
from symcausal.graph.graph import Graph, bits, closure
from symcausal.graph.paths import back_door_paths, directed_paths
from symcausal.graph.separation import Path, Surgery, open_path, reached
from symcausal.record import record

_TRIED = 50  # minimal sets among which the smallest is taken if only the first few are wanted


@record
class FrontDoorSet:
    """A set of variables that carry the whole effect; empty if there is no effect."""

    variables: tuple[str, ...]

    def __str__(self) -> str:
        return "{" + ", ".join(self.variables) + "}"


@record
class NoFrontDoorSet:
    """The reason why there is no front-door set.

    Attributes
    ----------
    reason : Path
        A directed path from the treatment to the outcome that no allowed set meets; or, if a forced
        variable may be in no set, the path that keeps it out.
    obstacles : tuple of (str, Path)
        Observed variables on that path, each with the back door that keeps it out.
    """

    reason: Path
    obstacles: tuple[tuple[str, Path], ...] = ()


@record
class _FrontDoorProblem:
    graph: Graph
    treatment: int
    outcome: int
    before: int  # what no open back door leads to from the treatment


def front_door_sets(
    graph: Graph,
    treatment: Iterable[str],
    outcome: Iterable[str],
    *,
    forced: Iterable[str] = (),
    forbidden: Iterable[str] = (),
    kind: Kind = "minimal",
    most: int | None = None,
) -> list[FrontDoorSet] | list[NoFrontDoorSet]:
    """Return all front-door sets of a kind, or one reason why there is none.

    Parameters
    ----------
    graph : Graph
        The graph.
    treatment, outcome : iterable of str
        Sets of variables without common members.
    forced, forbidden : iterable of str
        Variables that every set must hold, or may not.
    kind : {"minimal", "minimum", "all"}
        The sets of which no proper subset that still holds the forced variables would do; those
        with the fewest variables; or every set.

    Returns
    -------
    list
        Sets by size, then by declaration order. With ``most``, the first that are found, not always
        the smallest.

    Raises
    ------
    UsageError
        If a treatment or outcome is hidden or in both sets, or if a variable is forced that can be
        in no set because it is one of these, hidden, or forbidden.
    LimitError
        If there are more than :data:`~symcausal.graph.enumeration.MOST_SETS` and ``most`` is not
        given.
    """
    refuse_kind(kind)
    problem = _problem(graph, treatment, outcome)
    ends, hidden = problem.treatment | problem.outcome, graph.mask(graph.hidden)
    kept, barred = graph.mask(forced), graph.mask(forbidden)
    for name in graph.names(kept & (ends | barred | hidden)):
        raise UsageError(
            f"no set can be forced to hold '{name}'",
            expected="an observed variable that is neither treatment, outcome nor forbidden",
        )
    everything = (1 << len(graph.nodes)) - 1
    widest = _widest(problem, everything & ~(ends | barred | hidden))
    for i in bits(kept & ~widest):
        obstacle = _obstacle(problem, i, widest)
        if obstacle is not None:
            return [NoFrontDoorSet(obstacle)]
    if not _meets_all(problem, widest):
        return [_why_none(problem, widest)]
    found = _found(problem, kept, widest, kind)
    first = most if most is None or kind != "minimum" else max(most, _TRIED)
    masks = listed(found, f"{kind} front-door sets", first)
    if kind == "minimum":
        masks = [m for m in masks if m.bit_count() == masks[0].bit_count()][:most]
    return [FrontDoorSet(graph.names(mask)) for mask in masks]


def _problem(graph: Graph, treatment: Iterable[str], outcome: Iterable[str]) -> _FrontDoorProblem:
    x, y = graph.mask(treatment), graph.mask(outcome)
    for name in graph.names((x | y) & graph.mask(graph.hidden)):
        raise UsageError(f"{name} is hidden", expected="an observed treatment and outcome")
    for name in graph.names(x & y):
        raise UsageError(f"{name} is both treatment and outcome", expected="two sets apart")
    return _FrontDoorProblem(graph, x, y, ~reached(Surgery(graph, out_of=x), x, 0))


def _found(problem: _FrontDoorProblem, kept: int, widest: int, kind: Kind) -> Iterator[int]:
    def exists(least: int, most: int) -> bool:
        inside = _widest(problem, most)
        return not least & ~inside and _meets_all(problem, inside)

    if kind == "all":
        return sets_between(kept, widest, exists)
    return minimal_sets(widest, lambda most: exists(kept, most), kept)


def _widest(problem: _FrontDoorProblem, allowed: int) -> int:
    """The largest set of allowed variables whose back doors are all closed; it holds all others.

    The arrows out of a member are cut, and none but the treatment is seen. So a back door from one
    member leads through no other, and a variable with an open back door has one in every set. To
    leave it out may open more.
    """
    graph = problem.graph
    chosen = allowed & problem.before & ~problem.treatment & ~problem.outcome
    while True:
        surgery = Surgery(graph, out_of=chosen)
        open_ones = reached(surgery, problem.outcome, problem.treatment) & chosen
        if not open_ones:
            return chosen
        chosen &= ~open_ones


def _meets_all(problem: _FrontDoorProblem, chosen: int) -> bool:
    """Whether every directed path from the treatment to the outcome meets a set."""
    ways = closure(problem.treatment, problem.graph.child_masks, ~chosen)
    return not ways & problem.outcome


def _why_none(problem: _FrontDoorProblem, widest: int) -> NoFrontDoorSet:
    graph = problem.graph
    avoiding = graph.cut(into=graph.names(widest))
    x, y = graph.names(problem.treatment), graph.names(problem.outcome)
    path = directed_paths(avoiding, x, y, most=1)[0]
    ends = problem.treatment | problem.outcome | graph.mask(graph.hidden)
    inner = graph.mask(path.nodes) & ~ends
    found = [(graph.nodes[i], _obstacle(problem, i, widest)) for i in bits(inner)]
    return NoFrontDoorSet(path, tuple((name, path) for name, path in found if path is not None))


def _obstacle(problem: _FrontDoorProblem, i: int, widest: int) -> Path | None:
    """The open back door that keeps a variable out of every set."""
    graph = problem.graph
    x, y = graph.names(problem.treatment), graph.names(problem.outcome)
    if not problem.before >> i & 1:
        return back_door_paths(graph, x, (graph.nodes[i],), most=1)[0]
    cut = graph.names(widest | 1 << i)
    return open_path(graph, (graph.nodes[i],), y, x, cut_out_of=cut)
