"""Graphs stated by a Markov factorisation: ``P(A,B,C) = P(A) P(B | A) P(C | B)``.

Main definitions
----------------
Factorisation : the graph that a product states, and names that one side alone has.
stated_by : the relation of a statement that states a graph, with the factorisation.
circle_of : the names around which a product conditions in a circle.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.errors import CyclicGraphError
from symcausal.expr.nodes import Event, Expr, Letter, Prob, Product, State, Value
from symcausal.graph.graph import Graph
from symcausal.notes.reading.stated import Statement
from symcausal.record import record

"""What every text with a factorisation has: a cheap test."""
_MOST_FACTORS = 60


@record
class Factorisation:
    """A graph that a product states.

    Attributes
    ----------
    graph : Graph
        An arrow from each condition to its outcome.
    left_only, right_only : str
        A name that only the joint probability has, and one that only the product has, where they may
        be two names of one variable; empty otherwise.
    """

    graph: Graph
    left_only: str = ""
    right_only: str = ""


def stated_by(statement: Statement) -> tuple[int, Factorisation] | None:
    """Return the number of the relation that states a graph, and what it states; None if none does.

    The joint probability stands on one side of a chain of ``=``, the product on a later one, or the other
    way round; it is the sign next to the product that states.
    """
    if statement.kind != "relation" or statement.problem is not None:
        return None
    parts = [part.expr for part in statement.parts]
    joints: list[Prob] = []
    for number, expr in enumerate(parts):
        if number and statement.relations[number - 1].sign != "=":
            return None
        if isinstance(expr, Prob) and _is_joint(expr):
            turned = _factorisation(expr, parts[0]) if number == 1 else None
            if turned is not None:
                return 0, turned
            joints.append(expr)
        for joint in joints if number else ():
            found = _factorisation(joint, expr)
            if found is not None:
                return number - 1, found
    return None


def _is_joint(expr: Prob) -> bool:
    return not expr.given and not expr.do and len(expr.outcome) > 0


def _factorisation(joint: Prob, product: Expr | None) -> Factorisation | None:
    """Return what a product states of a joint probability, None if nothing.

    A sum over a product says how some variables are distributed, which other joint distributions share.
    """
    if not isinstance(product, Product) or len(product.factors) > _MOST_FACTORS:
        return None
    factors = product.factors
    if not all(isinstance(f, Prob) and not f.do and len(f.outcome) == 1 for f in factors):
        return None
    terms = [f for f in factors if isinstance(f, Prob)]
    heads = [term.outcome.variables[0] for term in terms]
    every = [
        event for term in (joint, *terms) for part in (term.outcome, term.given) for event in part
    ]
    if len(set(heads)) < len(heads) or not _one_value_each(every):
        return None
    arrows = [
        (parent, head)
        for term, head in zip(terms, heads, strict=True)
        for parent in term.given.variables
    ]
    if not arrows or not {parent for parent, _ in arrows} <= set(heads):
        return None
    told = joint.outcome.variables
    if len(told) == 1 and all(_is_component(head, told[0]) for head in heads):
        told = heads
    if len(set(told)) < len(told):
        return None
    left, right = [n for n in told if n not in heads], [h for h in heads if h not in told]
    if (len(left), len(right)) not in ((0, 0), (1, 1)):
        return None
    try:
        graph = Graph([n for n in told if n in heads] + right, arrows)
    except CyclicGraphError:
        return None
    if len(graph.directed) >= len(heads) * (len(heads) - 1) // 2:
        return None  # the chain rule
    return Factorisation(graph, *(left or [""]), *(right or [""]))


def _is_component(name: str, vector: str) -> bool:
    """Whether a name is one of those of which a vector is made: ``X_3`` of ``X``."""
    base, _, number = name.rpartition("_")
    return base == vector and number.isdigit()


def _one_value_each(events: Sequence[Event]) -> bool:
    r"""Whether each variable has one letter, or one state, throughout.

    Authors write a factorisation with the states of an example, too: ``P(a, \neg b) = P(a) P(\neg b)``.
    """
    values: dict[str, Value] = {}
    for event in events:
        if values.setdefault(event.variable, event.value) != event.value:
            return False
    return all(isinstance(value, Letter | State) for value in values.values())


def circle_of(formula: Expr | None) -> tuple[str, ...]:
    """Return the names around which a product conditions in a circle; empty if it does not.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> circle_of(read("P(A | R, L) P(L | R, A)"))
    ('A', 'L')
    """
    if not isinstance(formula, Product) or len(formula.factors) > _MOST_FACTORS:
        return ()
    terms = [f for f in formula.factors if isinstance(f, Prob) and not f.do]
    heads = [name for term in terms for name in term.outcome.variables]
    if len(terms) < len(formula.factors) or len(set(heads)) < len(heads):
        return ()
    arrows = [
        (parent, head)
        for term in terms
        for head in term.outcome.variables
        for parent in term.given.variables
        if parent in heads
    ]
    try:
        Graph(heads, arrows)
    except CyclicGraphError as error:
        return tuple(sorted(error.cycle))
    return ()
