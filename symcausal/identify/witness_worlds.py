"""Two functional models that agree on all that is given and differ on what would have been.

All tables but one are drawn. Inputs and probabilities of several worlds are linear in the law of a
variable's answers given its hidden causes, so a change of it that no input shows leaves all inputs
equal, whatever its size. Nothing is handed out before the kernel has confirmed it.

Main definitions
----------------
functional_models : the pair.
is_functional_witness : whether a pair is what it should be.
telling_places : the values of letters at which a difference counts.

References
----------
[ShpitserPearl2008]_ for queries that no experiment answers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from symcausal.algebra.deadline import spend
from symcausal.algebra.field import Rationals
from symcausal.errors import LimitError
from symcausal.expr.nodes import Expr, Prob, free_events
from symcausal.expr.scope import free_letters, variables
from symcausal.graph.graph import Graph
from symcausal.identify.functional import Functional, answering, are_apart, functional
from symcausal.identify.linear import Inputs, changed, equations, solutions
from symcausal.identify.tangent import is_excluded
from symcausal.identify.witness import few, thin
from symcausal.identify.witness_search import LARGEST_TABLE, network_over, thinner
from symcausal.kernel.core.interpretation import Interpretation
from symcausal.kernel.core.meaning import meaning
from symcausal.kernel.core.worlds import Coupled
from symcausal.network.network import Network

MOST_UNKNOWNS = 700
HIDDEN_STATES = (2, 3, 4, 2, 3, 4)
_SEED = 1974

DrawnTables = dict[str, Sequence[Fraction]]


def functional_models(
    graph: Graph, states: Mapping[str, tuple[str, ...]], query: Expr, inputs: Inputs
) -> tuple[Network, Network] | None:
    """Return two functional models with the same inputs and different answers to a query.

    Parameters
    ----------
    graph : Graph
        As declared, with bidirected edges and hidden variables.
    states : mapping of str to tuple of str
        States of the variables; two where none are given.
    query : Expr
        A formula with probabilities of several worlds.
    inputs : sequence of (observed, do)
        What is known: ``P(observed | do)`` for all values.

    Returns
    -------
    (Network, Network) or None
        Answers and hidden causes are explicit, and every entry of a table is a positive fraction,
        but for zeros and ones in those that only do what an answer says. None if no pair was found,
        which says nothing about the query.
    """
    rng = random.Random(_SEED)
    for hidden_states in HIDDEN_STATES:
        try:
            form = functional(query, graph, states, hidden_states)
        except LimitError:  # with any number of hidden states
            return None
        for number, drawn in enumerate(_drawings(form)):
            for pair in _pairs(form, drawn, query, inputs, rng):
                if is_functional_witness(*pair, query, inputs):
                    return pair
            if (
                not number
                and hidden_states == HIDDEN_STATES[0]
                and not _may_differ(query, graph, states, inputs)
            ):
                return None
    return None


def _may_differ(
    query: Expr, graph: Graph, states: Mapping[str, tuple[str, ...]], inputs: Inputs
) -> bool:
    """Whether a pair is worth a longer search: not where data determine the query near a model."""
    try:
        return is_excluded(query, graph, states, inputs)
    except LimitError:
        return True


def is_functional_witness(first: Network, second: Network, query: Expr, inputs: Inputs) -> bool:
    """Decide whether two functional models agree on all inputs and differ on a query somewhere."""
    lean = thin(first), thin(second)
    left, right = (answering(network) for network in lean)
    if not any(telling_places(query, left, right)):
        return False
    for observed, done in inputs:
        kept = few(*lean, observed, done)
        if kept:
            given = Prob(free_events(kept), do=free_events(done))
            letters = free_letters(given)
            ours, theirs = (list(meaning(given, at, letters).values) for at in (left, right))
            if ours != theirs or not all(ours):  # no data are impossible
                return False
    return True


def telling_places(
    query: Expr, left: Interpretation[Fraction | None], right: Interpretation[Fraction | None]
) -> Iterator[tuple[dict[str, str], tuple[Fraction, Fraction]]]:
    """Yield where a query differs, and its values; letters that differ by primes take other states."""
    letters = free_letters(query)
    found = [meaning(query, at, letters).values for at in (left, right)]
    sizes = [left.states_of(name) for name in letters.values()]
    for place, one, other in zip(product(*sizes), *found, strict=True):
        at = dict(zip(letters, place, strict=True))
        if one is not None and other is not None and one != other and are_apart(at, letters):
            yield at, (one, other)


# -- candidates ---------------------------------------------------------------------------------
def _drawings(form: Functional) -> Iterator[Graph]:
    """The graphs whose arrows make a difference: all that act on what is asked, then fewer."""
    yield form.thin
    for count, fewer in enumerate(thinner(form.thin)):
        if count and all(fewer.parents(n) == form.thin.parents(n) for n in form.certain):
            yield fewer


def _pairs(
    form: Functional, drawn: Graph, query: Expr, inputs: Inputs, rng: random.Random
) -> Iterator[tuple[Network, Network]]:
    """Pairs that differ in one table, after a change that no input shows."""
    linked = {name for edge in drawn.directed for name in edge} | set(variables(query))
    sizes = {n: len(form.states[n]) for n in drawn.nodes}
    widest = max(prod(sizes[n] for n in (*form.graph.parents(m), m)) for m in drawn.nodes)
    if widest > LARGEST_TABLE:
        return
    columns: DrawnTables = {n: _drawn(n, form, drawn, rng) for n in drawn.nodes}
    for name in _blocks(form, drawn, linked):
        unknowns = prod(sizes[n] for n in (*drawn.parents(name), name))
        if unknowns > MOST_UNKNOWNS:
            continue
        try:
            same = equations(name, drawn, form.states, columns, inputs, linked)
        except LimitError:
            continue
        changes = list(solutions(same, unknowns))
        mixed = _mixed(changes, rng)
        if not mixed or not _shows(form, drawn, query, columns, name, mixed):
            continue
        first = network_over(form.graph, drawn, form.states, columns)
        for change in (*sorted(changes, key=len), mixed):
            if change is mixed or _shows(form, drawn, query, columns, name, change):
                table = changed(columns[name], change)
                other = {**columns, name: table}
                yield first, network_over(form.graph, drawn, form.states, other)
                break


def _blocks(form: Functional, drawn: Graph, linked: set[str]) -> list[str]:
    """The tables that may be changed: those of answers first, those of hidden causes last."""
    free = [n for n in drawn.nodes if n in linked and n not in form.certain]
    return sorted(free, key=lambda n: (n not in form.answers, n in form.graph.hidden))


def _drawn(name: str, form: Functional, drawn: Graph, rng: random.Random) -> Sequence[Fraction]:
    """Rows of small fractions."""
    if name in form.certain:
        return [Fraction(entry) for entry in form.certain[name]]
    width = len(form.states[name])
    column: list[Fraction] = []
    for _ in range(prod(len(form.states[p]) for p in drawn.parents(name))):
        parts = [1] * width
        if drawn.parents(name) or drawn.children(name):
            parts = [rng.randrange(1, 4) for _ in range(width)]
        column += [Fraction(part, sum(parts)) for part in parts]
    return column


def _mixed(changes: Sequence[Mapping[int, int]], rng: random.Random) -> dict[int, int]:
    """A sum of all changes, each some times."""
    found = dict[int, int]()
    for change in changes:
        times = rng.randrange(1, 1000)
        for i, value in change.items():
            found[i] = found.get(i, 0) + times * value
    return {i: value for i, value in found.items() if value}


def _shows(
    form: Functional,
    drawn: Graph,
    query: Expr,
    columns: DrawnTables,
    name: str,
    change: Mapping[int, int],
) -> bool:
    """Whether a query sees a change."""
    table = changed(columns[name], change)
    left, right = (_read(form, drawn, at) for at in (columns, {**columns, name: table}))
    return any(telling_places(query, left, right))


def _read(form: Functional, drawn: Graph, columns: DrawnTables) -> Interpretation[Fraction | None]:
    """Tables that are ready to give formulas a meaning."""
    tables = dict[str, tuple[tuple[str, ...], list[Fraction | None]]]()
    for name in drawn.nodes:
        spend(len(columns[name]))
        tables[name] = drawn.parents(name), list(columns[name])
    field = Rationals()
    responses = Coupled[Fraction | None](tables, form.states, field, "independent")
    return Interpretation(drawn, form.states, tables, field, {}, made=[responses])
