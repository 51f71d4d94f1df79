"""What is given to identify from, and what stands in the way.

Main definitions
----------------
Input : a distribution that is known, from observation or from an experiment.
Hedge : the two sets of variables that no estimand can tell apart.
experiments : the inputs of all experiments.
attempts : the ways to read several inputs.

References
----------
[ShpitserPearl2006]_ Definition 6 for hedges; [Lee2019]_ for several experiments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.record import record

MOST_EXPERIMENTS = 64


class Input(NamedTuple):
    """A distribution ``P(observed | do(done))`` that is known from data, for all values.

    Attributes
    ----------
    observed : tuple of str
        What was recorded.
    done : tuple of str
        What was set; nothing if the data are observational.
    """

    observed: tuple[str, ...]
    done: tuple[str, ...] = ()


@record
class Hedge:
    """Two sets of variables that hidden causes hold together, so that a query has no estimand.

    Attributes
    ----------
    larger : tuple of str
        A set that bidirected edges hold together and in which everything acts on ``smaller``.
    smaller : tuple of str
        The part of it that no treatment belongs to and whose law under intervention is needed;
        bidirected edges hold it together as well.
    treatments : tuple of str
        The variables of ``larger`` whose setting would have to be told apart from their seeing.
    """

    larger: tuple[str, ...]
    smaller: tuple[str, ...]
    treatments: tuple[str, ...]


def observational(graph: Graph) -> Input:
    """Return the input that is the joint distribution of everything observed."""
    return Input(tuple(name for name in graph.nodes if name not in graph.hidden))


def experiments(graph: Graph) -> tuple[Input, ...]:
    """Return the inputs of all experiments: on each set of observed variables but the whole, none too.

    Raises
    ------
    LimitError
        If there are more than :data:`MOST_EXPERIMENTS`.
    """
    seen = observational(graph).observed
    if 2 ** len(seen) > MOST_EXPERIMENTS:
        raise LimitError(
            f"all experiments on {len(seen)} variables", expected=f"at most {MOST_EXPERIMENTS}",
            hint="give the experiments that were made, such as P(Y, Z | do(X))",
        )  # fmt: skip
    sets = (done for size in range(len(seen)) for done in combinations(seen, size))
    return tuple(Input(tuple(n for n in seen if n not in done), done) for done in sets)


def hiding(graph: Graph, names: Iterable[str]) -> Graph:
    """Return the same graph with more variables hidden."""
    more = frozenset(names) - graph.hidden
    if not more:
        return graph
    return Graph(graph.nodes, graph.directed, graph.bidirected, graph.hidden | more, graph.monotone)


def attempts(given: tuple[Input, ...], asked: set[str]) -> Iterator[tuple[Input, ...]]:
    """Yield the inputs to try: all; each alone; and all, without what one of them leaves out.

    The last is what makes ``P(Y | do(X))`` follow from ``P(V)`` and ``P(Z | do(X))`` when Z carries the
    effect: what acts on Z besides is in the first, not in the second, and need not be in either.
    """
    yield given
    if len(given) == 1:
        return
    yield from ((one,) for one in given)
    tried = {frozenset(name for one in given for name in (*one.observed, *one.done))}
    for narrow in given:
        kept = frozenset((*narrow.observed, *narrow.done)) | asked
        if kept not in tried:
            tried.add(kept)
            yield within(given, kept)


def within(given: Sequence[Input], kept: Collection[str]) -> tuple[Input, ...]:
    """Return the inputs as far as they speak of some variables, without experiments on others."""
    return tuple(
        Input(tuple(name for name in one.observed if name in kept), one.done)
        for one in given
        if set(one.done) <= set(kept)
    )
