"""What to measure, or which experiment to make, so that a query becomes identifiable.

Main definitions
----------------
Remedy : one way.
remedies : the smallest ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from symcausal.expr.distributions import distributions
from symcausal.expr.nodes import Expr
from symcausal.graph.graph import Graph
from symcausal.identify.identification import is_identifiable
from symcausal.identify.question import Input, observational
from symcausal.record import record

MOST_AT_ONCE = 2
MOST_TRIED = 400
MOST_SHOWN = 6

_ThreeSets = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@record
class Remedy:
    """Variables to measure or set that would make a query identifiable.

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


def remedies(query: Expr, graph: Graph, inputs: Sequence[Input] | None = None) -> list[Remedy]:
    """Return the smallest remedies of a query: at most two things at once, none part of another.

    Experiments on all treatments of the query are not proposed: they answer it without any theory.
    The search ends after :data:`MOST_TRIED` attempts.
    """
    given = tuple(inputs) if inputs else (observational(graph),)
    asked = list(dict.fromkeys(_sides(query)))
    found: list[Remedy] = []
    if all(is_identifiable(graph, *sides, given) for sides in asked):
        return found  # then it is not what could be measured that was missing
    for tried, remedy in enumerate(_candidates(asked, graph)):
        if tried >= MOST_TRIED or len(found) >= MOST_SHOWN:
            break
        if any(_is_part(other, remedy) for other in found):
            continue
        if _works(remedy, asked, graph, given):
            found.append(remedy)
    return found


def _sides(query: Expr) -> Iterator[_ThreeSets]:
    """Outcome, treatments and conditions of each term of a query."""
    for about in distributions(query):
        yield about.outcome.variables, about.do.variables, (about.given - about.do).variables


def _candidates(asked: Sequence[_ThreeSets], graph: Graph) -> Iterator[Remedy]:
    """One thing to measure, one to set, two to measure, two to set."""
    measurable: list[str | tuple[str, str]] = [n for n in graph.nodes if n in graph.hidden]
    measurable += graph.bidirected
    outcomes = {name for outcome, _, _ in asked for name in outcome}
    treatments = {name for _, do, _ in asked for name in do}
    free = [n for n in graph.nodes if n not in graph.hidden | outcomes]
    settable = sorted(free, key=lambda name: name in treatments)
    for count in range(1, MOST_AT_ONCE + 1):
        for chosen in combinations(measurable, count):
            yield Remedy(
                tuple(c for c in chosen if isinstance(c, str)),
                tuple(c for c in chosen if not isinstance(c, str)),
            )
        for names in combinations(settable, count):
            if not any(do and set(do) <= set(names) for _, do, _ in asked):
                yield Remedy(experiment=names)


def _is_part(small: Remedy, large: Remedy) -> bool:
    if bool(small.experiment) != bool(large.experiment):
        return False
    return all(
        set(getattr(small, part)) <= set(getattr(large, part))
        for part in ("variables", "causes", "experiment")
    )


def _works(
    remedy: Remedy, asked: Sequence[_ThreeSets], graph: Graph, given: Sequence[Input]
) -> bool:
    if remedy.experiment:
        everything = observational(graph).observed
        rest = tuple(name for name in everything if name not in remedy.experiment)
        known = (*given, Input(rest, remedy.experiment))
        return all(is_identifiable(graph, *sides, known) for sides in asked)
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
    known = tuple(Input((*one.observed, *more), one.done) for one in given)
    return all(is_identifiable(wider, *sides, known) for sides in asked)
