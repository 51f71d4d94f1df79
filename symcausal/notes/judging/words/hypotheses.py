"""What several supposed independences amount to, where no model is declared.

The independences that follow from them are found by the graphoid axioms, which hold in positive
distributions. A graph that claims only such independences has all the distributions that are meant
among its models, so what holds there holds. If the graph also has all that was supposed, its models
are no others, so what fails there fails.

Main definitions
----------------
independences_supposed : the independences among the hypotheses of a statement.
graph_of : a graph for them.

References
----------
[Pearl2009]_ Section 1.1.5 for the axioms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice, permutations

from symcausal.algebra.deadline import spend
from symcausal.expr.nodes import Events, Expr, Letter, Prob, Product
from symcausal.graph.graph import Graph
from symcausal.graph.separation import separated
from symcausal.hints import TypeAlias
from symcausal.notes.reading.stated import Hypothesis

VariableNames: TypeAlias = tuple[str, ...]
Triple: TypeAlias = tuple[VariableNames, VariableNames, VariableNames]
_Pair: TypeAlias = tuple[frozenset[str], frozenset[str]]  # two single variables, and the conditions

MOST_VARIABLES = 6
MOST_ORDERS = 120


def independences_supposed(hypotheses: Iterable[Hypothesis]) -> list[Triple]:
    """Return the independences among hypotheses, also those written as equations."""
    found: list[Triple] = []
    for one in hypotheses:
        if one.independence is not None and one.independence.holds and not one.independence.surgery:
            found.append((one.independence.left, one.independence.right, one.independence.given))
        for statement in one.statements:
            for stated in statement.related:
                left, right = stated.left.expr, stated.right.expr
                if stated.relation.sign == "=" and left is not None and right is not None:
                    found += [t for t in (as_independence(left, right),) if t is not None]
    return [triple for triple in found if _is_proper(triple)]


def as_independence(left: Expr, right: Expr) -> Triple | None:
    """Return the independence that ``P(x | y, z) = P(x | z)`` says; None for another equation.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> as_independence(read("P(X | Y, Z)"), read("P(X | Z)"))
    (('X',), ('Y',), ('Z',))
    """
    for one, other in ((left, right), (right, left)):
        match one, other:
            case Prob(outcome, given, do), Prob(same, less, none) if not do and not none:
                dropped = given - less
                if outcome == same and set(less) < set(given) and _free(outcome, given):
                    return outcome.variables, dropped.variables, less.variables
            case Prob(outcome, given, do), Product((Prob(a, g, d), Prob(b, h, e))):
                apart = not set(a) & set(b) and set(a) | set(b) == set(outcome)
                alike = given == g == h and not do and not d and not e
                if apart and alike and _free(outcome, given):
                    return a.variables, b.variables, given.variables
            case _:
                pass  # an independence has no other form
    return None


def _free(*parts: Events) -> bool:
    """Whether all events are free values, so that an equation speaks of all states."""
    return all(isinstance(event.value, Letter) for part in parts for event in part)


def _is_proper(triple: Triple) -> bool:
    told = [name for part in triple for name in part]
    return len(told) == len(set(told)) and bool(triple[0]) and bool(triple[1])


def graph_of(names: Sequence[str], triples: Sequence[Triple]) -> Graph:
    """Return a graph all of whose independences follow from supposed ones."""
    names = tuple(names)
    complete = Graph(names, list(combinations(names, 2)))
    if len(names) > MOST_VARIABLES:
        return complete
    known = _closure(triples, names)
    best = complete
    for order in islice(permutations(names), MOST_ORDERS):
        graph = Graph(names, list(_arrows(order, known)))
        if all(separated(graph, *triple) for triple in triples):
            return graph
        if len(graph.directed) < len(best.directed):
            best = graph
    return best


def _arrows(order: Sequence[str], known: set[_Pair]) -> Iterator[tuple[str, str]]:
    """For each variable, the fewest of those before it that make it independent of the others."""
    for i, name in enumerate(order):
        before = order[:i]
        parents = next(
            chosen
            for size in range(i + 1)
            for chosen in combinations(before, size)
            if all(
                pair in known
                for pair in _pairs((name,), [v for v in before if v not in chosen], chosen)
            )
        )
        yield from ((parent, name) for parent in parents)


def _pairs(left: Iterable[str], right: Iterable[str], given: Iterable[str]) -> Iterator[_Pair]:
    """An independence of sets as independences of single variables, which say the same."""
    ones, others, conditions = tuple(left), tuple(right), frozenset(given)
    for a in ones:
        for b in others:
            rest = [v for v in (*ones, *others) if v not in (a, b)]
            for size in range(len(rest) + 1):
                for more in combinations(rest, size):
                    yield frozenset((a, b)), conditions | frozenset(more)


def _closure(triples: Iterable[Triple], names: Sequence[str]) -> set[_Pair]:
    """All independences of single variables that follow by the axioms."""
    known = {pair for triple in triples for pair in _pairs(*triple)}
    grown = True
    while grown:
        grown = False
        for pair, given in sorted(known, key=lambda p: (sorted(p[0]), sorted(p[1]))):
            spend(100)
            for new in _following(pair, given, names, known):
                if new not in known:
                    known.add(new)
                    grown = True
    return known


def _following(
    pair: frozenset[str], given: frozenset[str], names: Sequence[str], known: set[_Pair]
) -> Iterator[_Pair]:
    for i in sorted(pair):
        (j,) = pair - {i}
        for k in names:
            if k in pair:
                continue
            other = frozenset((i, k))
            if k in given:
                less = given - {k}
                # intersection: (i, j | k, K) and (i, k | j, K) give both without the other
                if (other, less | {j}) in known:
                    yield pair, less
                    yield other, less
                # contraction: (i, j | k, K) and (i, k | K) give (i, j | K) and (i, k | j, K)
                if (other, less) in known:
                    yield pair, less
                    yield other, less | {j}
