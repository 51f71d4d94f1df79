"""What to measure, or which experiment to make, so that a query becomes identifiable.

Main definitions
----------------
Remedy : one way.
remedies : the smallest ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from symcausal.expr.nodes import Prob
from symcausal.graph.graph import Graph
from symcausal.identify.identification import is_identifiable
from symcausal.identify.question import Input, observational

MOST_AT_ONCE = 2
MOST_TRIED = 400
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would make a query identifiable.

    Attributes
    ----------
    variables : tuple of str
        Hidden variables to measure.
    causes : tuple of (str, str)
        Pairs whose hidden common cause is to be measured.
    experiment : tuple of str
        What to set while everything else is recorded.
    """

    variables: tuple[str, ...] = ()
    causes: tuple[tuple[str, str], ...] = ()
    experiment: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.experiment:
            return f"an experiment that sets {' and '.join(self.experiment)}"
        parts = [*self.variables, *(f"the common cause of {a} and {b}" for a, b in self.causes)]
        return f"measuring {' and '.join(parts)}"


def remedies(query: Prob, graph: Graph, inputs: Sequence[Input] | None = None) -> list[Remedy]:
    """The smallest things to measure or set, at most two at once, none part of another.

    Experiments on a treatment of the query are not proposed: they answer it without any theory. The
    search ends after :data:`MOST_TRIED` attempts.
    """
    given = tuple(inputs) if inputs else (observational(graph),)
    found: list[Remedy] = []
    for tried, remedy in enumerate(_candidates(query, graph)):
        if tried >= MOST_TRIED or len(found) >= MOST_SHOWN:
            break
        if any(_is_part(other, remedy) for other in found):
            continue
        if _works(remedy, query, graph, given):
            found.append(remedy)
    return found


def _candidates(query: Prob, graph: Graph) -> Iterator[Remedy]:
    """One thing to measure, one to set, two to measure, two to set."""
    asked = {*query.outcome.variables, *query.do.variables}
    hidden = [name for name in graph.nodes if name in graph.hidden]
    measurable: list[str | tuple[str, str]] = [*hidden, *graph.bidirected]
    settable = [n for n in graph.nodes if n not in graph.hidden and n not in asked]
    for count in range(1, MOST_AT_ONCE + 1):
        for chosen in combinations(measurable, count):
            yield Remedy(
                tuple(c for c in chosen if isinstance(c, str)),
                tuple(c for c in chosen if not isinstance(c, str)),
            )
        for names in combinations(settable, count):
            yield Remedy(experiment=names)


def _is_part(small: Remedy, large: Remedy) -> bool:
    if bool(small.experiment) != bool(large.experiment):
        return False
    return all(
        set(getattr(small, part)) <= set(getattr(large, part))
        for part in ("variables", "causes", "experiment")
    )


def _works(remedy: Remedy, query: Prob, graph: Graph, given: Sequence[Input]) -> bool:
    sides = (query.outcome.variables, query.do.variables, query.given.variables)
    if remedy.experiment:
        everything = observational(graph).observed
        rest = tuple(name for name in everything if name not in remedy.experiment)
        return is_identifiable(graph, *sides, (*given, Input(rest, remedy.experiment)))
    named = [f"U[{a},{b}]" for a, b in remedy.causes]
    wider = Graph(
        (*named, *graph.nodes),
        (
            *graph.directed,
            *((u, end) for u, c in zip(named, remedy.causes, strict=True) for end in c),
        ),
        [pair for pair in graph.bidirected if pair not in remedy.causes],
        graph.hidden - set(remedy.variables),
    )
    more = (*remedy.variables, *named)
    return is_identifiable(
        wider, *sides, [Input((*one.observed, *more), one.done) for one in given]
    )
