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
from symcausal.derive.step import StepChain
from symcausal.derive.worksheet import Worksheet
from symcausal.errors import UsageError
from symcausal.expr.distributions import distributions, speaks_of_worlds
from symcausal.expr.nodes import Counterfactual, Event, Expectation, Expr, Prob
from symcausal.expr.scope import variables
from symcausal.graph.graph import Graph
from symcausal.graph.projection import latent_projection
from symcausal.identify.components import c_components
from symcausal.identify.known import Known, known
from symcausal.identify.question import Hedge, Input, attempts, hiding, observational, within
from symcausal.identify.resolve import Resolver, Stuck
from symcausal.identify.tidy import terms, tidy
from symcausal.identify.verdict import descend, observed_instead, relevant
from symcausal.record import record, replace
from symcausal.rules.rule import Context
from symcausal.rules.table_entries import expectation

LONGEST = 9


@record
class Identified:
    """An estimand with its derivation, for a query that is identifiable.

    Attributes
    ----------
    chain : StepChain
        From the query to the estimand; every step has been verified.
    method : str
        The argument in a few words: ``do-calculus`` alone, ``back-door adjustment``, ``front-door
        adjustment``, ``ID`` along c-components, ``IDC`` with a ratio for what is seen as well.
    graph : Graph
        The graph of the derivation; what no input records is hidden in it.
    """

    chain: StepChain
    method: str
    graph: Graph

    @property
    def estimand(self) -> Expr:
        """The formula over what is known."""
        return self.chain.end


@record
class Unidentified:
    """A query without an estimand, and what is in the way.

    Attributes
    ----------
    query : Expr
        What was asked.
    term : Prob or Counterfactual
        The law under intervention, or of copies of variables, at which every way ends.
    hedge : Hedge or None
        What is in the way; None where only the inputs are too few.
    proven : bool
        Whether theory excludes an estimand; false only if an input leaves out observed variables.
    graph : Graph
        The latent projection in which the hedge stands.
    """

    query: Expr
    term: Prob | Counterfactual
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
    chosen = None if adjust_for is None else tuple(adjust_for)
    stuck: list[tuple[Stuck, _Attempt]] = []
    for attempt in attempts(given, set(variables(query)) - graph.hidden):
        found = _try(query, context, states, attempt, chosen)
        if found.stuck is not None and speaks_of_worlds(query):
            other = _try(query, context, states, attempt, chosen, complements_first=True)
            found = found if other.stuck is not None else other
        if found.stuck is not None:
            stuck.append((found.stuck, found))
            continue
        if found.long and chosen is None:
            pruned = _pruned(query, graph, attempt)
            other = _try(query, context, states, pruned, None) if pruned else found
            if other.stuck is None and _size(other.sheet.formula) < _size(found.sheet.formula):
                found = other
        around = found.sheet.context
        chain = finish(query, found.sheet, around, states, detail, longest=LONGEST)
        return Identified(chain, _method(found.used), around.graph)
    reason, first = stuck[0]
    return Unidentified(query, reason.term, reason.hedge, first.proven, first.projected)


@record
class _Attempt:
    """One way to read the inputs, and how far it led.

    Attributes
    ----------
    sheet : Worksheet
        The lines, shortened.
    used : set of str
        The arguments that they use.
    stuck : Stuck or None
        Why they do not reach the inputs.
    proven : bool
        Whether the inputs record or set everything that is not hidden.
    projected : Graph
        The latent projection in which a hedge stands.
    """

    sheet: Worksheet
    used: set[str]
    stuck: Stuck | None
    proven: bool
    projected: Graph

    @property
    def long(self) -> bool:
        """Whether a detour was made that another set of variables may save."""
        return bool(self.used & {"c-components", "ratio"}) and terms(self.sheet.formula) > 2


def _try(
    query: Expr,
    context: Context,
    states: Mapping[str, tuple[str, ...]],
    inputs: Sequence[Input],
    adjust_for: tuple[str, ...] | None,
    *,
    complements_first: bool = False,
) -> _Attempt:
    """Derive an estimand from some inputs; what none of them names is hidden."""
    named = {n for one in inputs for n in (*one.observed, *one.done)} | set(variables(query))
    whole = hiding(context.graph, (n for n in context.graph.nodes if n not in named))
    sources = [known(whole, one) for one in inputs]
    sheet = Worksheet(query, replace(context, graph=whole))
    resolver = Resolver(sheet, latent_projection(whole), sources, states)
    resolver.wanted_values = _own_values(query)
    resolver.adjust_for = adjust_for
    proven = all(source.is_whole for source in sources)
    try:
        _prepare(sheet, resolver, complements_first=complements_first)
        resolver.run()
    except Stuck as end:
        return _Attempt(sheet, resolver.used, end, proven, resolver.graph)
    longer, lines = sheet.formula, len(sheet.lines)
    tidy(sheet)
    if not _is_given(sheet.formula, sources):  # P(W | X) P(Y | W) is known, P(Y | X) is not
        sheet.formula = longer
        del sheet.lines[lines:]
    return _Attempt(sheet, resolver.used, None, proven, resolver.graph)


def _pruned(query: Expr, graph: Graph, given: tuple[Input, ...]) -> tuple[Input, ...]:
    """The inputs without every variable that is not needed, latest first; empty if all are.

    Whether a variable is needed is asked of the verdict. [TikkaKarvanen2018]_ proves some kinds of
    variables to be idle in this way.
    """
    asked = set(variables(query))
    parts = list(distributions(query))
    kept = {name for one in given for name in (*one.observed, *one.done)}
    pruned: tuple[Input, ...] = ()
    for name in reversed(graph.topological()):
        if name not in kept - asked:
            continue
        fewer = within(given, kept - {name})
        if fewer and all(
            is_identifiable(
                graph, part.outcome.variables, part.do.variables, part.given.variables, fewer
            )
            for part in parts
        ):
            kept.discard(name)
            pruned = fewer
    return pruned


def is_identifiable(
    graph: Graph,
    outcome: Iterable[str],
    do: Iterable[str],
    given: Iterable[str] = (),
    inputs: Sequence[Input] | None = None,
) -> bool:
    """Decide whether ``P(outcome | do, given)`` follows from the inputs, without finding a formula.

    Complete if every input records or sets all observed variables.

    Examples
    --------
    >>> is_identifiable(Graph("XMY", ["XM", "MY"], ["XY"]), "Y", "X")
    True
    >>> is_identifiable(Graph("XY", ["XY"], ["XY"]), "Y", "X")
    False
    """
    outcome, do, given = tuple(outcome), tuple(do), tuple(given)
    if inputs and len(inputs) > 1:
        ways = attempts(tuple(inputs), {*outcome, *do, *given})
        return any(_follows(graph, outcome, do, given, way) for way in ways)
    return _follows(graph, outcome, do, given, inputs)


def _follows(
    graph: Graph,
    outcome: tuple[str, ...],
    do: tuple[str, ...],
    given: tuple[str, ...],
    inputs: Sequence[Input] | None,
) -> bool:
    """Whether a query follows from the inputs, one component at a time."""
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


def _size(formula: Expr) -> tuple[int, int]:
    """Return the number of probabilities in a formula, and of the variables that they name."""
    parts = list(distributions(formula))
    return len(parts), sum(len(part.outcome | part.given | part.do) for part in parts)


def _is_given(formula: Expr, sources: Sequence[Known]) -> bool:
    """Whether each term can be read off an input."""
    return all(any(source.gives(part) for source in sources) for part in distributions(formula))


def _prepare(sheet: Worksheet, resolver: Resolver, *, complements_first: bool) -> None:
    if speaks_of_worlds(sheet.formula):
        from symcausal.derive.worlds import to_one_world  # few queries speak of several

        left = to_one_world(sheet, resolver.states, complements_first=complements_first)
        if left is not None:
            raise Stuck(left, None)
        resolver.used.add("worlds")
    with sheet.line(expectation):
        sheet.use_everywhere(expectation, Expectation)
    while settle(sheet):
        pass


def _own_values(query: Expr) -> dict[str, Event]:
    """The values that the query itself sets, by variable."""
    values: dict[str, Event] = {}
    for part in distributions(query):
        values.update({event.variable: event for event in part.do})
    return values


def _method(used: set[str]) -> str:
    if "worlds" in used:
        rest = _method(used - {"worlds"}) if used != {"worlds"} else ""
        return (
            f"counterfactuals in one world, then {rest}" if rest else "counterfactuals in one world"
        )
    if "c-components" in used:
        return "ID" if "ratio" not in used else "IDC"
    if "front-door adjustment" in used:
        return "front-door adjustment"
    return "back-door adjustment" if used == {"back-door adjustment"} else "do-calculus"
