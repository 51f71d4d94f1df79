r"""The open path because of which two sides differ, and what opens it.

Main definitions
----------------
opening : the path between what a claim takes to be independent, in words.
described : a path with its colliders that are given and its other inner variables that are not.

Implementation notes
--------------------
A probability and a product of probabilities (under a sum, too) are compared factor by factor: each
factor leaves out some of what comes before it, which supposes an independence, or it only sees what
the other side sets. For the latter the graph gets a node for the switch between seeing and setting,
an arrow from it into what is set: a factor is the same in both worlds if it is separated from it.

References
----------
[Pearl2009]_ Section 3.2.2 for the switch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcausal.errors import SymcausalError
from symcausal.expr.build import factors_of
from symcausal.expr.distributions import distribution_of
from symcausal.expr.nodes import NO_EVENTS, Events, Expr, Prob, Sum
from symcausal.graph.graph import Graph
from symcausal.graph.paths import back_door_paths
from symcausal.graph.separation import Path, open_path
from symcausal.notes.judging.setting import Setting

_SWITCH = "switch between seeing and setting"


def opening(left: Expr, right: Expr, setting: Setting) -> str:
    """Return the open path because of which two sides differ, in words; empty if none is found.

    Without a model there are no arrows that anybody has drawn, and so no path.
    """
    if not setting.is_model:
        return ""
    try:
        return next(_openings(left, right, setting.graph), "")
    except SymcausalError:  # a name that the graph has not
        return ""


def described(path: Path, given: Sequence[str]) -> str:
    """Return a path in words: its opened colliders, and the variables that do not block it."""
    below = dict(path.opened_by)
    notes = []
    for node in path.colliders:
        through = f"its descendant {below[node]}" if node in below else "it"
        notes.append(f"{node} is a collider and {through} is given")
    unblocked = [node for node in path.nodes[1:-1] if node not in path.colliders]
    if unblocked:
        verb = "is" if len(unblocked) == 1 else "are"
        notes.append(f"{' and '.join(unblocked)} {verb} not given")
    return f"{path} ({', '.join(notes)})" if notes else str(path)


def _openings(left: Expr, right: Expr, graph: Graph) -> Iterator[str]:
    one, other = distribution_of(left), distribution_of(right)
    if one is not None and other is not None and type(left) is type(right):
        left, right = one, other  # the means of one variable differ as its distributions do
        yield from _between(one, other, graph)
        yield from _between(other, one, graph)
    for whole, formula in ((left, right), (right, left)):
        if isinstance(whole, Prob):
            yield from _in_factors(whole, formula, graph)
    for formula in (right, left):
        joint = _joint(formula)
        if joint is not None:
            yield from _in_factors(joint, formula, graph)


def _between(one: Prob, other: Prob, graph: Graph) -> Iterator[str]:
    """The back door between what one side sets and the other sees, or what one side leaves out."""
    outcome, given, do = one.outcome, one.given, one.do
    if outcome != other.outcome:
        return
    mistaken = [
        x
        for x in do.variables
        if x in other.given.variables and x not in (*other.do.variables, *outcome.variables)
    ]
    if mistaken:
        kept = [v for v in given.variables if v not in mistaken]
        for path in back_door_paths(graph, mistaken, outcome.variables, kept, most=1):
            yield described(path, kept)
        return
    dropped = [z for z in given.variables if z not in other.given.variables]
    if dropped and do == other.do:
        kept = [v for v in (*given.variables, *do.variables) if v not in dropped]
        found = open_path(graph, outcome.variables, dropped, kept, cut_into=do.variables)
        if found is not None:
            yield described(found, kept)


def _in_factors(whole: Prob, formula: Expr, graph: Graph) -> Iterator[str]:
    """Yield the open paths against what the factors of a product suppose, in words."""
    summed, factors = _product(formula)
    heads = [name for factor in factors for name in factor.outcome.variables]
    if len(set(heads)) < len(heads) or set(heads) != {*whole.outcome.variables, *summed}:
        return
    before = [*whole.given.variables, *whole.do.variables]
    known = [name for f in factors for name in (*f.given.variables, *f.do.variables)]
    foreign = [name for name in dict.fromkeys(known) if name not in (*heads, *before)]
    if foreign:
        path = open_path(
            graph, whole.outcome.variables, foreign, before, cut_into=whole.do.variables
        )
        if path is not None:
            yield described(path, before)
        return
    for factor in _in_order(factors, before):
        own = factor.outcome.variables
        known = [*factor.given.variables, *factor.do.variables]
        yield from _of_worlds(whole, factor, known, graph)
        rest = [name for name in before if name not in (*known, *own)]
        path = open_path(graph, own, rest, known, cut_into=whole.do.variables) if rest else None
        if path is not None:
            yield described(path, known)
        before += own


def _of_worlds(whole: Prob, factor: Prob, known: Sequence[str], graph: Graph) -> Iterator[str]:
    """The path from what only one side sets to a factor that is another one in that world."""
    ours, theirs = set(whole.do.variables), set(factor.do.variables)
    for name in sorted(ours ^ theirs, key=graph.nodes.index):
        switched = Graph(
            (*graph.nodes, _SWITCH),
            (*graph.directed, (_SWITCH, name)),
            graph.bidirected,
            graph.hidden,
        )
        both = ours & theirs
        path = open_path(switched, (_SWITCH,), factor.outcome.variables, known, cut_into=both)
        if path is not None:
            yield described(Path(path.nodes[1:], path.arrows[1:], path.opened_by), known)


def _in_order(factors: Sequence[Prob], known: Sequence[str]) -> Iterator[Prob]:
    """The factors, each after those whose outcomes it conditions on; none if they run in a circle."""
    order: list[Prob] = []
    done, left = set(known), list(factors)
    while left:
        ready = [f for f in left if {*f.given.variables, *f.do.variables} <= done]
        if not ready:
            return
        order += ready
        done |= {name for factor in ready for name in factor.outcome.variables}
        left = [factor for factor in left if factor not in ready]
    yield from order


def _product(formula: Expr) -> tuple[tuple[str, ...], list[Prob]]:
    """The variables that are summed over, and the probabilities whose product is summed."""
    summed: list[str] = []
    factors: list[Prob] = []
    for part in factors_of(formula):
        if isinstance(part, Sum):
            inner, more = _product(part.body)
            summed += (*part.over.variables, *inner)
            factors += more
        elif isinstance(part, Prob):
            factors.append(part)
        else:
            return (), []
    return tuple(summed), factors


def _joint(formula: Expr) -> Prob | None:
    """The probability of all that a product without a sum is about; None if it is no such product."""
    summed, factors = _product(formula)
    if summed or len(factors) < 2:
        return None
    heads = Events(event for factor in factors for event in factor.outcome)
    given = {event for factor in factors for event in factor.given}
    acts = {event for factor in factors for event in factor.do}
    rest = Events(event for event in given if event.variable not in heads.variables)
    return Prob(heads, rest, Events(acts)) if acts else Prob(heads, rest, NO_EVENTS)
