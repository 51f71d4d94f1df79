"""Identify a query: find the derivation, shorten it, have it verified, or say what is in the way.

Main definitions
----------------
identify : the answer.
Identified, Unidentified : its two kinds.
is_identifiable : the verdict alone, on bit masks.

References
----------
[ShpitserPearl2006]_, [ShpitserPearl2006b]_ for completeness from observation; [Lee2019]_ for several
experiments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from symcausal.derive.derivation import Detail, finish, refuse_unclear
from symcausal.derive.observe import settle
from symcausal.derive.step import Chain
from symcausal.derive.worksheet import Worksheet
from symcausal.errors import UsageError
from symcausal.expr.nodes import Event, Expectation, Expr, Prob
from symcausal.expr.path import everywhere
from symcausal.expr.scope import variables
from symcausal.graph.graph import Graph
from symcausal.graph.projection import latent_projection
from symcausal.identify.components import c_components
from symcausal.identify.known import Known, known
from symcausal.identify.question import Hedge, Input, hiding, observational
from symcausal.identify.resolve import Resolver, Stuck
from symcausal.identify.tidy import tidy
from symcausal.identify.verdict import descend, observed_instead, relevant
from symcausal.record import record
from symcausal.rules.rule import Context
from symcausal.rules.tables import expectation

LONGEST = 9


@record
class Identified:
    """An estimand with its derivation.

    Attributes
    ----------
    chain : Chain
        From the query to the estimand; every step has been verified.
    method : str
        The argument in a few words: ``do-calculus`` alone, ``back-door adjustment``, ``front-door
        adjustment``, ``ID`` along c-components, ``IDC`` with a ratio for what is seen as well.
    graph : Graph
        The graph of the derivation; what no input records is hidden in it.
    """

    chain: Chain
    method: str
    graph: Graph

    @property
    def estimand(self) -> Expr:
        """A formula over what is known."""
        return self.chain.end


@record
class Unidentified:
    """There is no estimand.

    Attributes
    ----------
    query : Expr
        What was asked.
    term : Prob
        The law under intervention at which every way ends.
    hedge : Hedge or None
        What is in the way; None where only the inputs are too few.
    proven : bool
        Whether theory excludes an estimand; false only if an input leaves out observed variables.
    graph : Graph
        The latent projection in which the hedge stands.
    """

    query: Expr
    term: Prob
    hedge: Hedge | None
    proven: bool
    graph: Graph


def identify(
    query: Expr,
    context: Context,
    states: Mapping[str, tuple[str, ...]],
    *,
    inputs: Sequence[Input] | None = None,
    adjust_for: Iterable[str] | None = None,
    detail: Detail = "lecture",
) -> Identified | Unidentified:
    """Find an estimand for a query, with its derivation, or the reason why there is none.

    Parameters
    ----------
    query : Expr
        What is asked for; may hold several probabilities with ``do``.
    context : Context
        The graph, with hidden variables and bidirected edges.
    states : mapping of str to tuple of str
        The states of each variable.
    inputs : sequence of Input, optional
        What is known; the joint distribution of all observed variables if left out.
    adjust_for : iterable of str, optional
        The variables to average over, where an adjustment is made; as few as possible if left out.
    detail : {"brief", "lecture", "full"}
        How many lines the derivation has.

    Raises
    ------
    UsageError
        If the query names a hidden variable, or gives one variable two values in one probability.
    ImpossibleEventError
        If the query conditions on a contradiction.
    """
    graph = context.graph
    for name in variables(query):
        if name in graph.hidden:
            raise UsageError(
                f"{name} is hidden", expected="a query about observed variables",
                hint="no data can speak of it",
            )  # fmt: skip
    refuse_unclear(query)
    given = tuple(inputs) if inputs is not None else (observational(graph),)
    attempts = [given, *([(one,) for one in given] if len(given) > 1 else [])]
    stuck: list[tuple[Stuck, bool, Graph]] = []
    for attempt in attempts:
        named = {n for one in attempt for n in (*one.observed, *one.done)} | set(variables(query))
        whole = hiding(graph, (n for n in graph.nodes if n not in named))
        sources = [known(whole, one) for one in attempt]
        around = context._replace(graph=whole)
        sheet = Worksheet(query, around)
        resolver = Resolver(sheet, latent_projection(whole), sources, states)
        resolver.wanted_values = _own_values(query)
        resolver.adjust_for = None if adjust_for is None else tuple(adjust_for)
        try:
            _prepare(sheet)
            resolver.run()
        except Stuck as end:
            proven = all(source.is_whole for source in sources)
            stuck.append((end, proven, resolver.graph))
            continue
        longer, lines = sheet.formula, len(sheet.lines)
        tidy(sheet)
        if not _is_given(sheet.formula, sources):  # P(W | X) P(Y | W) is known, P(Y | X) is not
            sheet.formula = longer
            del sheet.lines[lines:]
        chain = finish(query, sheet, around, states, detail, longest=LONGEST)
        return Identified(chain, _method(resolver.used), whole)
    reason, proven, projected = stuck[0]
    return Unidentified(query, reason.term, reason.hedge, proven, projected)


def is_identifiable(
    graph: Graph,
    outcome: Iterable[str],
    do: Iterable[str],
    given: Iterable[str] = (),
    inputs: Sequence[Input] | None = None,
) -> bool:
    """Whether ``P(outcome | do, given)`` follows from the inputs, without looking for a formula.

    Complete if every input records or sets all observed variables.
    """
    outcome, do, given = tuple(outcome), tuple(do), tuple(given)
    if inputs:  # what nothing records or sets is as good as hidden
        named = {name for one in inputs for name in (*one.observed, *one.done)}
        graph = hiding(graph, set(graph.nodes) - named - {*outcome, *do, *given})
    sources = [known(graph, one) for one in (inputs or (observational(graph),))]
    projected = latent_projection(graph)
    y, x, z = (projected.mask(names) for names in (outcome, do, given))
    moved = observed_instead(projected, y, x, z) if z else 0
    x, y = x | moved, y | z & ~moved
    return all(
        any(_reaches(source, projected, component) for source in sources)
        for component in c_components(projected, relevant(projected, y, x))
    )


def _reaches(source: Known, graph: Graph, component: int) -> bool:
    names = graph.names(component)
    around = graph.names(graph.parents_mask(component) & ~component)
    if not set(names) <= set(source.input.observed):
        return False
    if not set(around) <= {*source.input.observed, *source.done}:
        return False
    return not descend(source.graph, source.graph.mask(names), source.within).stuck


def _is_given(formula: Expr, sources: Sequence[Known]) -> bool:
    """Whether each term can be read off an input."""
    return all(
        any(source.gives(node) for source in sources)
        for _, node in everywhere(formula)
        if isinstance(node, Prob)
    )


def _prepare(sheet: Worksheet) -> None:
    with sheet.line(expectation):
        sheet.use_everywhere(expectation, Expectation)
    while settle(sheet):
        pass


def _own_values(query: Expr) -> dict[str, Event]:
    """The values that the query itself sets, by variable."""
    values: dict[str, Event] = {}
    for _, node in everywhere(query):
        if isinstance(node, Prob):
            values.update({event.variable: event for event in node.do})
    return values


def _method(used: set[str]) -> str:
    if "c-components" in used:
        return "ID" if "ratio" not in used else "IDC"
    if "front-door adjustment" in used:
        return "front-door adjustment"
    return "back-door adjustment" if used == {"back-door adjustment"} else "do-calculus"
