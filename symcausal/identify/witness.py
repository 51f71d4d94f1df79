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

from symcausal.expr.distributions import distributions
from symcausal.expr.nodes import Expr, Prob, free_events
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.graph.projection import latent_projection
from symcausal.identify.linear import Inputs
from symcausal.identify.witness_channels import used_arrows
from symcausal.identify.witness_hedge import (
    Question,
    edges,
    hedges_in,
    is_identifiable,
    least_part,
)
from symcausal.identify.witness_parity import parity_models
from symcausal.identify.witness_search import perturbed_models, thinner
from symcausal.kernel.core.interpretation import exact, with_explicit_causes
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import DEFAULT_STATES, Network, Table
from symcausal.record import replace

ORDERS = 12
LARGEST_JOINT = 2**13
_SEED = 1936


def two_models(
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    query: Expr,
    inputs: Inputs | None = None,
) -> tuple[Network, Network] | None:
    """Return two positive models with the same inputs and different answers to a query.

    Parameters
    ----------
    graph : Graph
        As declared, with bidirected edges and hidden variables.
    states : mapping of str to tuple of str
        States of the variables; two where none are given.
    query : Expr
        ``P(y | do(x), z)``, its values letters or states; or an expectation, or a formula of several
        such terms.
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
    for term in dict.fromkeys(distributions(query)):
        for pair in _candidates(graph, whole, states, term, inputs):
            if _as_declared(pair, graph, states) and is_witness(*pair, query, inputs):
                first, second = (replace(network, graph=whole) for network in pair)
                return first, second
    return None


def _as_declared(
    pair: tuple[Network, Network], graph: Graph, states: Mapping[str, tuple[str, ...]]
) -> bool:
    """Whether variables that are not hidden have their states, though no input may show them."""
    return all(
        network.variable(name).states == states.get(name, DEFAULT_STATES)
        for network in pair
        for name in graph.nodes
        if name not in graph.hidden
    )


def is_witness(first: Network, second: Network, query: Expr, inputs: Inputs) -> bool:
    """Decide whether two positive networks agree on all inputs and differ on a query somewhere."""
    lean = thin(first), thin(second)
    left, right = (exact(network) for network in lean)
    if not (left.positive and right.positive):
        return False
    letters = free_letters(query)
    values = zip(
        meaning(query, left, letters).values, meaning(query, right, letters).values, strict=True
    )
    if all(x is None or y is None or x == y for x, y in values):
        return False
    for observed, done in inputs:
        kept = few(*lean, observed, done)
        if not kept:
            continue
        given = Prob(free_events(kept), do=free_events(done))
        letters = free_letters(given)
        ours, theirs = (meaning(given, at, letters).values for at in (left, right))
        if list(ours) != list(theirs):  # one may be a tuple
            return False
    return True


def thin(network: Network) -> Network:
    """Return the same network without the arrows that make no difference to its tables.

    No probability changes, and sums over hidden causes stay small.
    """
    tables = {name: _heard(network, name) for name in network.variables}
    arrows = [(parent, name) for name, table in tables.items() for parent in table.parents]
    graph = Graph(network.graph.nodes, arrows, (), network.graph.hidden)
    return Network(network.variables, graph, tables)


def _heard(network: Network, name: str) -> Table:
    """A table without the parents that make no difference to it."""
    table = network.table(name)
    parents, entries = list(table.parents), table.entries
    stride = network.size(name)
    for parent in table.parents[::-1]:
        count = network.size(parent)
        block = stride * count
        starts = range(0, len(entries), block)
        columns = [
            tuple(e for i in starts for e in entries[i + k * stride : i + (k + 1) * stride])
            for k in range(count)
        ]
        if all(column == columns[0] for column in columns):
            parents.remove(parent)
            entries = columns[0]
        else:
            stride = block
    return Table(name, tuple(parents), entries)


def answers_of(whole: Graph, declared: Graph) -> dict[str, str]:
    """Return the hidden variables that are the answers of others, with these.

    They are what functional models add: hidden, not declared, and with one child that others act on.
    """
    return {
        name: whole.children(name)[0]
        for name in whole.nodes
        if name not in declared.nodes and len(whole.children(name)) == 1
    }


def few(
    first: Network, second: Network, observed: Sequence[str], done: Sequence[str]
) -> tuple[str, ...]:
    """Return the variables of an input to compare: all, unless their joint table is too large.

    Then a variable is left out that has no neighbours and the same table in both networks: it is
    independent of all others, and agrees.
    """
    kept = tuple(n for n in observed if n not in done)
    if prod(first.size(n) for n in (*kept, *done)) <= LARGEST_JOINT:
        return kept
    linked = {n for network in (first, second) for edge in network.graph.directed for n in edge}
    return tuple(n for n in kept if n in linked or first.table(n) != second.table(n))


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
    hidden = [n for n in graph.nodes if n not in known]
    unknown = Graph(whole.nodes, whole.directed, (), {*whole.hidden, *hidden})
    seen = latent_projection(
        Graph(graph.nodes, graph.directed, graph.bidirected, {*graph.hidden, *hidden})
    )
    parts: list[Graph] = []
    if asked <= known:
        for part, question in _parts(seen, states, query, inputs):
            parts.append(part)
            for hedges in hedges_in(part, question):
                yield from parity_models(part, unknown, states, hedges)
        if not parts and all({*one, *done} >= set(seen.nodes) for one, done in inputs):
            return  # it is identifiable, and theory says that the search would be in vain
    needed = [used_arrows(part, unknown) for part in parts[:3]]
    yield from perturbed_models(whole, [*needed, *thinner(whole)], states, query, inputs)


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
