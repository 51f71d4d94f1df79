"""Graphs stated by a Markov factorisation: ``P(A,B,C) = P(A) P(B | A) P(C | B)``.

Main definitions
----------------
Factorisation : the graph that a product states, and names that one side alone has.
stated_by : the relation of a statement that states a graph, with the factorisation.
circle_of : the names around which a product conditions in a circle.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.errors import CyclicGraphError, SymcausalError
from symcausal.expr.nodes import Event, Expr, Letter, Prob, Product, Quotient, State, Sum, Value
from symcausal.graph.graph import Graph
from symcausal.notes.reading.stated import Statement
from symcausal.notes.stated.scope import factorises
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
    way round; it is the sign next to the product that states. Or the sides of a sign differ only in that
    one has the product where the other has the joint probability, in a fraction or under a sum.
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
        found = _within(parts[number - 1], expr) if number else None
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
        told = tuple(heads)
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


def _within(left: Expr | None, right: Expr | None) -> Factorisation | None:
    """Return what is stated where two sides differ in joint probabilities and their products alone.

    A joint probability that is written on the other side says of what the product is a factorisation;
    all of them have to agree, so that the sides are equal under the graph, in which each variable has an
    arrow.
    """
    if not isinstance(left, Sum | Quotient):
        return None
    pairs = [(a, b) if isinstance(a, Prob) else (b, a) for a, b in _differences(left, right)]
    products = [(joint, b) for joint, b in pairs if isinstance(joint, Prob) and _is_joint(joint)]
    if len(products) < len(pairs) or len(pairs) > _MOST_FACTORS:
        return None
    told = [_factorisation(joint, product) for joint, product in products]
    stated = next((one for one in told if one is not None and not one.left_only), None)
    if stated is None or not all(_is_so(*pair, stated.graph) for pair in products):
        return None
    # within a calculation a factor that lost its condition is likelier than a variable by itself
    joined = {name for arrow in stated.graph.directed for name in arrow}
    return stated if joined >= set(stated.graph.nodes) else None


def _differences(left: Expr | None, right: Expr | None) -> list[tuple[Expr | None, Expr | None]]:
    """Return what stands in the same places of two sides and is not the same."""
    match left, right:
        case Sum(), Sum():
            (one, inside), (other, within) = _summed(left), _summed(right)
            return _differences(inside, within) if one == other else [(left, right)]
        case Quotient(above, below), Quotient(over, under):
            return _differences(above, over) + _differences(below, under)
        case _:  # nothing else is taken apart
            return [] if left == right else [(left, right)]


def _summed(expr: Expr) -> tuple[set[Event], Expr]:
    """Return the letters of sums that stand in each other, and what they sum."""
    letters: set[Event] = set()
    while isinstance(expr, Sum):
        if not letters.isdisjoint(expr.over):
            break
        letters |= set(expr.over)
        expr = expr.body
    return letters, expr


def _is_so(joint: Prob, product: Expr | None, graph: Graph) -> bool:
    """Whether a product is a joint probability in all distributions of a graph."""
    factors = product.factors if isinstance(product, Product) else ()
    terms = [f for f in factors if isinstance(f, Prob) and not f.do and len(f.outcome) == 1]
    heads = [term.outcome.variables[0] for term in terms]
    names = joint.outcome.variables
    events = [e for term in (joint, *terms) for part in (term.outcome, term.given) for e in part]
    if len(terms) < len(factors) or sorted(heads) != sorted(names) or not _one_value_each(events):
        return False
    arrows = [(p, h) for t, h in zip(terms, heads, strict=True) for p in t.given.variables]
    try:
        return factorises(Graph(heads, arrows), graph)
    except SymcausalError:
        return False


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
