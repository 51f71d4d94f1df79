"""What is given to identify from, and what stands in the way.

Main definitions
----------------
Input : a distribution that is known, from observation or from an experiment.
Hedge : the two sets of variables that no estimand can tell apart.

References
----------
[ShpitserPearl2006]_ Definition 6 for hedges; [Lee2019]_ for several experiments.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from symcausal.graph.graph import Graph
from symcausal.record import record


class Input(NamedTuple):
    """``P(observed | do(done))`` for all values, known from data.

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
    """Why a query cannot be identified.

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
    """The joint distribution of everything observed."""
    return Input(tuple(name for name in graph.nodes if name not in graph.hidden))


def hiding(graph: Graph, names: Iterable[str]) -> Graph:
    """The same graph with more variables hidden."""
    more = frozenset(names) - graph.hidden
    if not more:
        return graph
    return Graph(graph.nodes, graph.directed, graph.bidirected, graph.hidden | more)
