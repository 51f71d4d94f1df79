"""Strategies without ``do``: down to the tables by independence, Bayes, total probability, Markov.

A probability is *predictive* if no condition lies below what has to be summed: then it is a sum of
products of tables. Otherwise the conditions below are turned around by Bayes' rule, or the
conditional is written as a ratio, and what results is predictive.

References
----------
[Koller2009]_ Section 3.2 (reasoning patterns), Section 9.3 (barren variables).
"""

from __future__ import annotations

from symcausal.derive.worksheet import Worksheet
from symcausal.expr.build import prob, product, quotient
from symcausal.expr.nodes import Events, Expr, Prob, Sum
from symcausal.expr.path import NodePath, at
from symcausal.graph.graph import Graph
from symcausal.rules.certainty import certain_event, impossible_event
from symcausal.rules.independence import conditional_independence, markov_factorisation
from symcausal.rules.probability import (
    bayes,
    chain_rule,
    conditional_probability,
    total_probability,
)
from symcausal.rules.sums import sum_to_one

SHOWN_BARREN = 6


def is_table(expr: Expr, graph: Graph) -> bool:
    """Whether a probability is a table entry: one variable given exactly its parents."""
    if not isinstance(expr, Prob) or expr.do or len(expr.outcome) != 1:
        return False
    parents = graph.parents(expr.outcome[0].variable)
    return len(expr.given) == len(parents) and set(expr.given.variables) == set(parents)


def observe(sheet: Worksheet) -> None:
    """Rewrite every unfinished probability without ``do`` until only tables remain."""
    while settle(sheet) or screen_off(sheet) or turn_around(sheet) or sum_in(sheet):
        pass
    while expand(sheet):
        pass
    drop_barren(sheet)


def open_places(sheet: Worksheet) -> list[NodePath]:
    """Return the places of probabilities that are neither tables nor finished nor causal."""
    return [path for path in sheet.places(Prob) if _is_open(at(sheet.formula, path), sheet)]


def _is_open(part: Expr, sheet: Worksheet) -> bool:
    if not isinstance(part, Prob) or part.do or part in sheet.finished:
        return False
    return not is_table(part, sheet.context.graph)


def settle(sheet: Worksheet) -> bool:
    """Remove events that are certain or impossible by what is fixed."""
    for rule in (impossible_event, certain_event):
        with sheet.line(rule):
            done = sheet.use_everywhere(rule, Prob)
        if done:
            return True
    return False


def screen_off(sheet: Worksheet) -> bool:
    """Drop every condition that a separating set screens off."""
    with sheet.line(conditional_independence):
        done = [_screen_off_at(sheet, path) for path in open_places(sheet)]
    return any(done)


def _screen_off_at(sheet: Worksheet, path: NodePath) -> bool:
    proposals = conditional_independence(at(sheet.formula, path), sheet.context)
    fewest_first = sorted((r.after for r in proposals), key=_conditions)
    return any(sheet.use(conditional_independence, path, wanted) for wanted in fewest_first)


def turn_around(sheet: Worksheet) -> bool:
    """Use Bayes' rule, or the definition of conditional probability, where conditions lie below."""
    for rule in (bayes, conditional_probability):
        with sheet.line(rule):
            done = [
                sheet.use(rule, path, wanted)
                for path in open_places(sheet)
                if (wanted := _turned(at(sheet.formula, path), rule is bayes, sheet.context.graph))
            ]
        if any(done):
            return True
    return False


def _turned(part: Expr, by_bayes: bool, graph: Graph) -> Expr | None:
    """Return a conditional with the evidence below it turned around; None if that is not the way."""
    assert isinstance(part, Prob)
    outcome, given = part.outcome, part.given
    below = evidence_below(outcome, given, graph)
    if not below:
        return None
    kept = given - below
    if not by_bayes:
        return quotient(prob(outcome | below, kept), prob(below, kept))
    if evidence_below(below, outcome | kept, graph) or evidence_below(outcome, kept, graph):
        return None
    if evidence_below(below, kept, graph):
        return None
    likelihood, prior = prob(below, outcome | kept), prob(outcome, kept)
    # a likelihood that will become a sum stands last, where it needs no brackets
    factors = (likelihood, prior) if is_table(likelihood, graph) else (prior, likelihood)
    return quotient(product(factors), prob(below, kept))


def evidence_below(outcome: Events, given: Events, graph: Graph) -> Events:
    """Return the conditions that descend from what is to be summed; none if the query is predictive."""
    moved = Events()
    while True:
        kept = given - moved
        source = upstream(graph, (outcome | moved).variables, kept.variables)
        below = graph.names(graph.descendants_mask(graph.mask(source)))
        more = kept.of(below)
        if not more:
            return moved
        moved = moved | more


def upstream(graph: Graph, outcome: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the outcome and all its ancestors that can be reached without passing a condition."""
    stop = graph.mask(given)
    reached = frontier = graph.mask(outcome)
    while frontier:
        above = 0
        for name in graph.names(frontier):
            above |= graph.mask(graph.parents(name))
        frontier = above & ~reached & ~stop
        reached |= frontier
    return graph.names(reached)


def sum_in(sheet: Worksheet) -> bool:
    """Bring in, by total probability, the variables between the conditions and the outcome."""
    with sheet.line(total_probability):
        done = [_sum_in_at(sheet, path) for path in open_places(sheet)]
    return any(done)


def _sum_in_at(sheet: Worksheet, path: NodePath) -> bool:
    part = at(sheet.formula, path)
    assert isinstance(part, Prob)
    names = to_be_summed(part.outcome, part.given, sheet.context.graph)
    for name in names:
        bring_in(sheet, path, name)
        if isinstance(at(sheet.formula, path), Sum):  # else it was merged into the sum around it
            path = (*path, 0)
    return bool(names)


def bring_in(sheet: Worksheet, path: NodePath, name: str) -> None:
    """Sum over one more variable by total probability."""
    proposals = total_probability(at(sheet.formula, path), sheet.context)
    sums = (r.after for r in proposals)
    sheet.use(
        total_probability,
        path,
        next(s for s in sums if isinstance(s, Sum) and s.over.variables == (name,)),
    )


def to_be_summed(outcome: Events, given: Events, graph: Graph) -> tuple[str, ...]:
    """Return the variables that total probability has to bring in.

    A few barren variables that belong to the joint are among them.

    A textbook starts from the joint of all variables and lets the barren ones sum to one. With more
    than a handful of those the line would hide what matters, so they stay out.
    """
    present = {*outcome.variables, *given.variables}
    needed = set(upstream(graph, outcome.variables, given.variables)) - present
    above = set(graph.ancestors(given.variables))
    barren: list[str] = []
    settled = present | needed
    for name in graph.topological():
        if name not in settled | above and set(graph.parents(name)) <= settled | set(barren):
            barren.append(name)
    shown = set(barren) if len(barren) <= SHOWN_BARREN and needed else set()
    return tuple(name for name in graph.nodes if name in needed | shown)


def expand(sheet: Worksheet) -> bool:
    """Write joint probabilities as products of tables: chain rule, then independence."""
    if not sheet.lines and isinstance(sheet.formula, Prob) and sheet.use(chain_rule, ()):
        with sheet.line(markov_factorisation):
            _screen_off_all(sheet)
        return True
    with sheet.line(markov_factorisation):
        done = [sheet.use(chain_rule, path) for path in open_places(sheet)]
        _screen_off_all(sheet)
    return any(done)


def _screen_off_all(sheet: Worksheet) -> None:
    done = [True]
    while any(done):
        done = [_screen_off_at(sheet, path) for path in open_places(sheet)]


def drop_barren(sheet: Worksheet, under: NodePath = ()) -> None:
    """Sum out every variable whose table nobody else needs, last ones first."""
    with sheet.line(sum_to_one):
        sheet.use_everywhere(sum_to_one, Sum)


def _conditions(expr: Expr) -> int:
    return len(expr.given) if isinstance(expr, Prob) else 0
