"""Two models that agree on all that is given and differ on what is asked.

They prove that no formula for the query in terms of the inputs exists, and anybody can check them
with pencil and paper. First a construction that is known to work for most queries is tried
(``witness_parity``), then a search (``witness_search``). Nothing is handed out before the kernel
has confirmed it.

Main definitions
----------------
two_models : the pair.
is_witness : whether a pair is what it should be.

References
----------
[ShpitserPearl2006]_, [ShpitserPearl2006b]_ for the completeness of hedges, with and without
conditions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from math import prod

from symcausal.errors import LimitError
from symcausal.expr.nodes import Prob, free_events
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.graph.projection import latent_projection
from symcausal.identify.witness_hedge import (
    Question,
    edges,
    hedges_in,
    is_identifiable,
    least_part,
)
from symcausal.identify.witness_parity import parity_models
from symcausal.identify.witness_search import perturbed_models
from symcausal.kernel.interpretation import exact, with_explicit_causes
from symcausal.kernel.meaning import meaning
from symcausal.network.network import Network

Inputs = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]

ORDERS = 12
LARGEST_JOINT = 2**13
_SEED = 1936


def two_models(
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    query: Prob,
    inputs: Inputs | None = None,
) -> tuple[Network, Network] | None:
    """Two positive models with the same inputs and different answers to a query.

    Parameters
    ----------
    graph : Graph
        As declared, with bidirected edges and hidden variables.
    states : mapping of str to tuple of str
        States of the variables; two where none are given.
    query : Prob
        ``P(y | do(x), z)``, its values letters or states.
    inputs : sequence of (observed, do), optional
        What is known: ``P(observed | do)`` for all values. By default the joint distribution of all
        that is not hidden.

    Returns
    -------
    (Network, Network) or None
        Over the graph with explicit hidden causes, every entry a positive fraction; confirmed by the
        kernel. None if no pair was found, which says nothing about the query.

    Raises
    ------
    LimitError
        If a table of the graph is too large to be written out.

    Examples
    --------
    >>> from symcausal.expr.nodes import free_events as free
    >>> pair = two_models(Graph("XY", ["XY"], ["XY"]), {}, Prob(free("Y"), do=free("X")))
    >>> [[str(e.value) for e in network.table("X").entries] for network in pair]
    [['3/4', '1/4', '1/4', '3/4'], ['1/2', '1/2', '1/2', '1/2']]
    """
    whole = with_explicit_causes(graph)
    if inputs is None:
        inputs = ((tuple(n for n in graph.nodes if n not in graph.hidden), ()),)
    for pair in _candidates(graph, whole, states, query, inputs):
        if is_witness(*pair, query, inputs):
            return pair
    return None


def is_witness(first: Network, second: Network, query: Prob, inputs: Inputs) -> bool:
    """Whether two networks agree on all inputs and differ on a query somewhere."""
    left, right = exact(first), exact(second)
    letters = free_letters(query)
    values = zip(
        meaning(query, left, letters).values, meaning(query, right, letters).values, strict=True
    )
    if all(x is None or y is None or x == y for x, y in values):
        return False
    idle = _idle(first, second)
    for observed, done in inputs:
        kept = _few(first, observed, done, idle)
        if not kept:
            continue
        given = Prob(free_events(kept), do=free_events(done))
        letters = free_letters(given)
        if meaning(given, left, letters).values != meaning(given, right, letters).values:
            return False
    return True


def _few(
    network: Network, observed: Sequence[str], done: Sequence[str], idle: frozenset[str]
) -> tuple[str, ...]:
    """What has to be looked at in an input: everything, unless its joint table is too large."""
    kept = tuple(n for n in observed if n not in done)
    if prod(network.size(n) for n in (*kept, *done)) > LARGEST_JOINT:
        kept = tuple(n for n in kept if n not in idle)
    return kept


def _idle(first: Network, second: Network) -> frozenset[str]:
    """Variables that hear nobody, are heard by nobody, and are the same in both networks.

    They are independent of everything else, and agree.
    """
    heard: set[str] = set()
    for network in (first, second):
        for name in network.variables:
            heard.update(_heard(network, name))
    return frozenset(
        name
        for name in first.variables
        if name not in heard
        and not any(_heard(network, name) for network in (first, second))
        and first.table(name) == second.table(name)
    )


def _heard(network: Network, name: str) -> Iterator[str]:
    """The parents that make a difference to a table."""
    table = network.table(name)
    stride = network.size(name)
    for parent in reversed(table.parents):
        count = network.size(parent)
        block = stride * count
        entries = table.entries
        if any(
            entries[i : i + stride] != entries[i + stride * k : i + stride * (k + 1)]
            for i in range(0, len(entries), block)
            for k in range(1, count)
        ):
            yield parent
        stride = block


# -- candidates ---------------------------------------------------------------------------------
def _candidates(
    graph: Graph,
    whole: Graph,
    states: Mapping[str, tuple[str, ...]],
    query: Prob,
    inputs: Inputs,
) -> Iterator[tuple[Network, Network]]:
    known = {name for observed, done in inputs for name in (*observed, *done)}
    asked = {e.variable for e in (*query.outcome, *query.given, *query.do)}
    parts: list[Graph] = []
    if asked <= known:
        hidden = [n for n in graph.nodes if n not in known]
        seen = latent_projection(
            Graph(graph.nodes, graph.directed, graph.bidirected, {*graph.hidden, *hidden})
        )
        unknown = Graph(whole.nodes, whole.directed, (), {*whole.hidden, *hidden})
        for part, question in _parts(seen, states, query, inputs):
            parts.append(part)
            for hedges in hedges_in(part, question):
                yield from parity_models(part, unknown, states, hedges)
    for part in [*parts[:3], None]:
        yield from perturbed_models(whole, states, query, inputs, part)


def _parts(
    seen: Graph, states: Mapping[str, tuple[str, ...]], query: Prob, inputs: Inputs
) -> Iterator[tuple[Graph, Question]]:
    """Least parts of a graph without hidden variables, by leaving out edges in various orders."""
    do = seen.mask(query.do.variables)
    given = seen.mask(query.given.variables) & ~do
    outcome = seen.mask(query.outcome.variables) & ~do & ~given
    settings = tuple(dict.fromkeys(seen.mask(done) for _, done in inputs))
    question = Question(outcome, do, given, settings)
    certain = {n for n in seen.nodes if len(states.get(n, ("0", "1"))) < 2}
    free = Graph(
        seen.nodes,
        [e for e in seen.directed if not certain.intersection(e)],
        [e for e in seen.bidirected if not certain.intersection(e)],
    )
    if not outcome or is_identifiable(free, question):
        return
    rng = random.Random(_SEED)
    order = edges(free)
    tried = set()
    for _ in range(ORDERS):
        part = least_part(free, question, order)
        if part not in tried:
            tried.add(part)
            yield part, question
        rng.shuffle(order)
