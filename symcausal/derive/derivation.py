"""Derive a formula: choose strategies, check the result, group it for reading.

Main definitions
----------------
derive : from a query to a verified chain.
DETAILS : ``brief``, ``lecture``, ``full``.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from symcausal.derive.intervene import intervene
from symcausal.derive.observe import observe, settle
from symcausal.derive.step import Step, StepChain, merged_conditions
from symcausal.derive.verify import verify
from symcausal.derive.worksheet import Line, Worksheet
from symcausal.errors import ImpossibleEventError, UsageError, VerificationError
from symcausal.expr.distributions import distribution_of, distributions, speaks_of_worlds
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    State,
    Sum,
    children,
    divisor_of,
)
from symcausal.expr.path import everywhere
from symcausal.expr.scope import all_letters, free_letters, variables
from symcausal.graph.graph import Graph
from symcausal.hints import Literal, TypeAlias, assert_never
from symcausal.kernel.core.identity import identical, points
from symcausal.network.network import Network
from symcausal.rules.condition import (
    AcrossWorlds,
    Condition,
    Distinct,
    Positive,
    Rises,
    Separated,
    TwoStates,
    strongest,
)
from symcausal.rules.intervention import do_calculus_3
from symcausal.rules.rule import Context
from symcausal.rules.sums import collect
from symcausal.rules.table_entries import expectation, table_entry

Detail: TypeAlias = Literal["brief", "lecture", "full"]
DETAILS: tuple[Detail, ...] = ("brief", "lecture", "full")
LONGEST_LECTURE = 6
LONGEST_SUMMING = 3  # lines of sums that show why an action changes nothing


def derive(
    query: Expr,
    context: Context,
    states: Mapping[str, tuple[str, ...]],
    *,
    detail: Detail = "lecture",
    network: Network | None = None,
) -> StepChain:
    """Return the derivation of a query, down to tables or to short observational terms.

    Parameters
    ----------
    query : Expr
        What is asked for.
    context : Context
        The graph, and the tables for table entries.
    states : mapping of str to tuple of str
        The states of each variable.
    detail : {"brief", "lecture", "full"}
        One line, the lines of a lecture, or every single step.
    network : Network, optional
        Where table entries come from.

    Raises
    ------
    UsageError
        If the graph has hidden variables or bidirected edges that the query would need, or if a
        variable has two values in one probability of which nobody can say whether they are the same.
    ImpossibleEventError
        If the query conditions on a contradiction.
    """
    _refuse_hidden(query, context)
    refuse_unclear(query)
    sheet = Worksheet(query, context)
    if speaks_of_worlds(query):
        _to_one_world(sheet, states)
    with sheet.line(expectation):
        sheet.use_everywhere(expectation, Expectation)
    while settle(sheet):
        pass
    if not (isinstance(sheet.formula, Minus) and (_contrasted(sheet) or _paired(sheet))):
        _rewrite(sheet)
    _drop_action(sheet, query)
    with sheet.line(collect):
        sheet.use_everywhere(collect, Minus)
    if detail == "full":
        sheet.use_everywhere(table_entry, Prob)
    return finish(query, sheet, context, states, detail, network)


def finish(
    query: Expr,
    sheet: Worksheet,
    context: Context,
    states: Mapping[str, tuple[str, ...]],
    detail: Detail = "lecture",
    network: Network | None = None,
    *,
    longest: int = LONGEST_LECTURE,
) -> StepChain:
    """Return the steps of a worksheet, verified and grouped for reading.

    The parameters are those of :func:`derive`; ``longest`` limits the lines of a lecture.
    """
    chain = StepChain(query, tuple(_merged(line) for line in sheet.lines))
    try:
        verify(chain, context, states, network)
    except VerificationError:
        _refuse_division_by_zero(query, context, states)
        raise
    return _at_detail(chain, sheet.lines, detail, longest)


def _to_one_world(sheet: Worksheet, states: Mapping[str, tuple[str, ...]]) -> None:
    from symcausal.derive.worlds import to_one_world  # few queries speak of several

    left = to_one_world(sheet, states)
    if left is not None:
        from symcausal.rules.worlds import clash

        if sheet.context.single:
            raise UsageError(
                "the tables of single worlds do not determine this",
                hint="with several worlds, what no hidden cause joins is independent across them",
            )
        raise UsageError(
            f"no tables determine {clash(left, sheet.context) or 'this'} in one probability",
            hint="two models with the same tables may differ in what would have been",
        )


def _rewrite(sheet: Worksheet) -> None:
    intervene(sheet)
    observe(sheet)


def _paired(sheet: Worksheet) -> bool:
    from symcausal.derive.side_by_side import side_by_side  # only differences need it

    return side_by_side(sheet, _rewrite)


def _drop_action(sheet: Worksheet, query: Expr) -> None:
    """Take one line for an action that changes nothing where sums would take many."""
    if len(sheet.lines) <= LONGEST_SUMMING or not isinstance(query, Prob) or query.given:
        return
    dropped = Worksheet(query, sheet.context)
    if query.do and dropped.use(do_calculus_3, (), Prob(query.outcome)):
        sheet.formula, sheet.lines = dropped.formula, dropped.lines
        sheet.finished.add(dropped.formula)


def _contrasted(sheet: Worksheet) -> bool:
    from symcausal.derive.contrast import contrast  # only differences need the search for sets

    return contrast(sheet)


def assumptions(query: Expr, chain: StepChain) -> tuple[Condition, ...]:
    """Return what must be possible for both ends of a derivation to be defined.

    Also which values have to differ.

    Both ends are rational functions that agree in all positive models. So they agree, by continuity,
    wherever both are defined; what the lines between divide by does not matter. A condition on what
    the query sets has to be possible. Any other condition of the end is weighed by its own
    probability, and zero times an undefined value is zero.
    """
    found: dict[Condition, None] = {}
    done: set[str] = set()
    bound = all_letters(query) - set(free_letters(query))
    for _, node in everywhere(query):
        about = distribution_of(node)
        if about is not None:
            done.update(about.do.variables)
            if about.given - about.do:
                found[Positive(about.given, about.do)] = None
        if isinstance(node, Counterfactual) and not any(e.copy.settings for e in node.given):
            seen = Events(Event(e.copy.variable, e.value) for e in node.given)
            found.update({Positive(seen): None} if seen else {})
        below = divisor_of(node)
        if isinstance(below, Prob) and not set(below.outcome.letters) & bound:
            found[Positive(below.outcome | below.given, below.do)] = None
    for about in distributions(chain.end):
        if about.given.of(done):
            found[Positive(about.given, about.do)] = None
    for step in chain.steps:
        for decision in step.conditions:
            match decision.condition:
                case Distinct() | AcrossWorlds() | TwoStates() | Rises():
                    found[decision.condition] = None
                case Separated() | Positive():
                    pass  # the graph proves it, or it is about what lies between the ends
                case _:
                    assert_never(decision.condition)
    return strongest(found)


def _merged(line: Line) -> Step:
    if len(line.steps) == 1:
        return line.steps[0]
    return _merge(line.steps, line)


def _merge(steps: list[Step], line: Line) -> Step:
    first, last = steps[0], steps[-1]
    return Step(
        first.before,
        last.after,
        line.rule,
        (),
        (first.before, last.after),
        merged_conditions(steps),
        substeps=tuple(inner for step in steps for inner in (step.substeps or (step,))),
    )


def _at_detail(chain: StepChain, lines: list[Line], detail: Detail, longest: int) -> StepChain:
    if detail == "full":
        steps = tuple(inner for step in chain.steps for inner in (step.substeps or (step,)))
        return StepChain(chain.start, steps)
    limit = 1 if detail == "brief" else longest
    merged = list(chain.steps)
    if len(merged) > limit:
        kept = merged[: limit - 1]
        rest = merged[limit - 1 :]
        headline = lines[0] if limit == 1 else lines[-1]
        merged = [*kept, _merge(rest, headline)]
    return StepChain(chain.start, tuple(merged))


def hidden_causes(query: Expr, graph: Graph) -> tuple[str, ...]:
    """Return the variables behind a query that are hidden or share a hidden cause with others."""
    for name in variables(query):
        graph.index(name)
    above = graph.ancestors_mask(graph.mask(variables(query)))
    return tuple(
        name
        for name in graph.names(above)
        if name in graph.hidden or graph.sibling_masks[graph.index(name)]
    )


def _refuse_hidden(query: Expr, context: Context) -> None:
    hidden = hidden_causes(query, context.graph)
    if hidden:
        raise UsageError(
            f"a hidden cause stands behind this query ({', '.join(hidden)})",
            expected="a model in which every variable of the derivation is observed",
            hint="ask whether it is identifiable",
        )


def refuse_unclear(query: Expr) -> None:
    """Refuse a query in which one variable has two values, unless the sense is plain.

    Raises
    ------
    UsageError
        If nobody can say whether the two are the same.
    ImpossibleEventError
        If the query conditions on both.
    """
    _refuse_unsettled(query, frozenset())
    _refuse_contradictions(query)


def _refuse_division_by_zero(
    query: Expr, context: Context, states: Mapping[str, tuple[str, ...]]
) -> None:
    """Refuse a query that divides by what is zero in every model, which is no defect of ours."""
    try:
        identical(query, query, points(context.graph, states))
    except ZeroDivisionError:
        raise UsageError(
            "the formula divides by zero in every model of this graph",
            hint="look under its fraction bars for a difference of equal terms",
        ) from None


def _refuse_unsettled(expr: Expr, bound: frozenset[str]) -> None:
    """Refuse what has one form where two values of a variable agree and another where they don't."""
    match expr:
        case Sum(over, body):
            _refuse_unsettled(body, bound | set(over.letters))
        case Expectation(over, body, given, do):
            _settled((*given, *do), bound)
            _refuse_unsettled(body, bound | set(over.letters))
        case Prob(outcome, given, do):
            _settled((*outcome, *given, *do), bound)
        case Counterfactual():  # of several worlds, which may well give one variable two values
            pass
        case Product() | Quotient() | Add() | Minus() | Scalar() | Numeric():
            for part in children(expr):
                _refuse_unsettled(part, bound)
        case _:
            assert_never(expr)


def _settled(events: tuple[Event, ...], bound: frozenset[str]) -> None:
    for one, other in combinations(dict.fromkeys(events), 2):
        if one.variable != other.variable:
            continue
        letters = [e.value.name for e in (one, other) if isinstance(e.value, Letter)]
        if len(letters) == 1 or bound.intersection(letters):
            state = next((e.value.name for e in (one, other) if isinstance(e.value, State)), "")
            raise UsageError(
                f"{one.variable} stands in one probability with the values "
                f"{one.value.name} and {other.value.name}, which may be the same or not",
                expected=f"one value of {one.variable}",
                hint=f"name the state: {one.variable}={state or '...'} in both places, or another one",
            )


def _refuse_contradictions(query: Expr) -> None:
    for about in distributions(query):
        fixed: dict[str, Event] = {}
        for event in (*about.do, *about.given):
            other = fixed.setdefault(event.variable, event)
            if other != event:
                raise ImpossibleEventError(
                    f"{event.variable}={other.value.name}, {event.variable}={event.value.name}",
                    hint="a variable cannot have two different values at once",
                )
