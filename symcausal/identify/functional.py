"""Functional models as networks: what a variable answers its parents is a hidden variable of its own.

Where a query speaks of two copies of a variable, its answers to several rows of its parents count
together. There the variable gets an *answer*, a function from the states of its parents to its own,
drawn given its hidden causes; its table says no more than what that function does. All other
variables keep their tables.

Main definitions
----------------
Functional : the graph of such models, with the states and the tables that are certain.
functional : the one that a query needs.
are_apart : whether primed letters are other states, as formulas of several worlds mean them.
answering : a network read in this way, ready to give formulas a meaning.

References
----------
[Pearl2009]_ Section 7.1 for functional models; Section 8.2.2 for functions as states.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product

from symcausal.algebra.deadline import spend
from symcausal.errors import LimitError
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import variables
from symcausal.graph.graph import Graph
from symcausal.kernel.core.interpretation import Interpretation, exact, with_explicit_causes
from symcausal.kernel.core.worlds import Coupled, rows_needed
from symcausal.network.network import DEFAULT_STATES, Network
from symcausal.record import record

FEW_FUNCTIONS = 32
MOST_ROWS = 64
_SEED = 1923


@record
class Functional:
    """The graph of functional models for a query.

    Attributes
    ----------
    graph : Graph
        Arrows only; hidden causes and answers are explicit.
    thin : Graph
        The same without the arrows into variables that do not act on what is asked.
    states : mapping of str to tuple of str
        The states of all variables; those of an answer spell a state for each row.
    certain : mapping of str to tuple of int
        The tables of variables that have an answer: zeros and ones.
    answers : mapping of str to str
        The variables whose answers are hidden variables of their own, by these.
    """

    graph: Graph
    thin: Graph
    states: Mapping[str, tuple[str, ...]]
    certain: Mapping[str, tuple[int, ...]]
    answers: Mapping[str, str]

    def places(self, letters: Mapping[str, str]) -> Iterator[dict[str, str]]:
        """All states of some letters, each given with its variable."""
        for place in product(*(self.states[name] for name in letters.values())):
            yield dict(zip(letters, place, strict=True))


def are_apart(at: Mapping[str, str], letters: Mapping[str, str]) -> bool:
    """Whether letters of one variable that differ only by primes have different states."""
    return all(
        at[one] != at[other]
        for one, other in combinations(letters, 2)
        if letters[one] == letters[other] and one.rstrip("'") == other.rstrip("'")
    )


def functional(
    query: Expr, graph: Graph, states: Mapping[str, tuple[str, ...]], hidden_states: int
) -> Functional:
    """Return the graph of functional models whose hidden causes have some number of states.

    Raises
    ------
    LimitError
        If a variable has too many functions to be listed.
    """
    whole = with_explicit_causes(graph)
    roots = {n for n in whole.nodes if n in whole.hidden and not whole.parents(n)}
    sizes = {
        n: tuple(map(str, range(hidden_states))) if n in roots else states.get(n) or DEFAULT_STATES
        for n in whole.nodes
    }
    above = set(whole.ancestors(variables(query)))
    arrows = list[tuple[str, str]]()
    all_states = dict[str, tuple[str, ...]]()
    certain, answers = dict[str, tuple[int, ...]](), dict[str, str]()
    rows_of = rows_needed(query, whole)
    for name in whole.nodes:
        parents = whole.parents(name)
        others = [p for p in parents if p not in roots]
        if rows_of.get(name, 1) < 2 or not others:
            arrows += [(p, name) for p in parents]
            all_states[name] = sizes[name]
            continue
        answer = f"R[{name}]"
        answers[answer] = name
        arrows += [(p, answer) for p in parents if p in roots]
        arrows += [*((p, name) for p in others), (answer, name)]
        rows = list(product(*(range(len(sizes[p])) for p in others)))
        functions = _functions(len(rows), len(sizes[name]))
        all_states[answer] = tuple("".join(map(str, function)) for function in functions)
        all_states[name] = sizes[name]
        certain[name] = tuple(
            int(function[i] == state)
            for i in range(len(rows))
            for function in functions
            for state in range(len(sizes[name]))
        )
    # answers come last, as they do among the parents in the tables that are certain
    made = Graph((*whole.nodes, *answers), arrows, (), {*whole.hidden, *answers})
    used = [(a, b) for a, b in made.directed if answers.get(b, b) in above]
    thin = Graph(made.nodes, used, (), made.hidden)
    return Functional(made, thin, all_states, certain, answers)


def answering(network: Network) -> Interpretation[Fraction | None]:
    """Return a network in fractions, in which the answers of a variable are all that is not certain."""
    found = exact(network)
    found.made.append(Coupled(found.columns, found.states, found.field, "independent"))
    return found


def _functions(rows: int, states: int) -> list[tuple[int, ...]]:
    """The functions of some rows; of many, constants and others at random.

    There are more than the laws of single rows can tell apart, so that some changes stay unseen.
    """
    if states**rows <= FEW_FUNCTIONS:
        return list(product(range(states), repeat=rows))
    if rows > MOST_ROWS:
        raise LimitError(f"functions of {rows} rows", expected=f"at most {MOST_ROWS}")
    found = dict.fromkeys((state,) * rows for state in range(states))
    rng = random.Random(_SEED)
    while len(found) < rows * (states - 1) + FEW_FUNCTIONS:
        found[tuple(rng.randrange(states) for _ in range(rows))] = None
    spend(rows * len(found))
    return sorted(found)
