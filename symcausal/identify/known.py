"""A distribution that is known, with the graph in which its terms are looked for.

Main definitions
----------------
Known : an input and its graph.
KnownMove, moves_to : single moves of do-calculus that lead a term to an input.
"""

from __future__ import annotations

from collections.abc import Callable

from symcausal.expr.nodes import Event, Events, Prob
from symcausal.graph.graph import Graph
from symcausal.graph.projection import latent_projection
from symcausal.graph.separation import separated
from symcausal.hints import Literal, TypeAlias
from symcausal.identify.question import Input, hiding
from symcausal.record import record

KnownMove: TypeAlias = tuple[Literal["drop", "see", "unset", "set"], Event]


@record
class Known:
    """An input, with the graph over the variables that it records and sets.

    Attributes
    ----------
    input : Input
        What was observed and what was done.
    graph : Graph
        The latent projection on both.
    within : int
        The mask of what was observed.
    is_joint : bool
        Whether it is everything observed, under no intervention.
    is_whole : bool
        Whether nothing that is observed anywhere is missing in it.
    """

    input: Input
    graph: Graph
    within: int
    is_joint: bool
    is_whole: bool

    @property
    def done(self) -> tuple[str, ...]:
        """The variables that were set."""
        return self.input.done

    def gives(self, part: Prob) -> bool:
        """Decide whether a term is a marginal or a conditional of this distribution."""
        named = {*part.outcome.variables, *part.given.variables}
        return set(part.do.variables) == set(self.done) and named <= set(self.input.observed)

    def covers(self, part: Prob) -> bool:
        """Decide whether the law of a term could be found below this distribution."""
        observed, done = set(self.input.observed), set(self.done)
        return set(part.outcome.variables) <= observed and set(part.do.variables) <= observed | done


def known(graph: Graph, given: Input) -> Known:
    """Return an input with the latent projection on the variables that it observes and sets."""
    named = {*given.observed, *given.done}
    visible = [name for name in graph.nodes if name not in graph.hidden]
    projected = latent_projection(hiding(graph, (name for name in visible if name not in named)))
    within = projected.mask(given.observed)
    whole = named >= set(visible)
    return Known(given, projected, within, whole and not given.done, whole)


def moves_to(
    known: Known, graph: Graph, part: Prob, value: Callable[[str], Event]
) -> list[KnownMove] | None:
    """Return the moves from a term to the nearest one that an input gives, None if no way leads there.

    Treatments go first if they do nothing, else if they may as well be seen; conditions that tell
    nothing more go too.
    """
    if not set(part.outcome.variables) <= set(known.input.observed):
        return None
    outcome, given, do = part.outcome, part.given, part.do
    if set(outcome.variables) & {*given.variables, *do.variables, *known.done}:
        return None
    moves: list[KnownMove] = []
    for name in known.done:
        if name not in do.variables:
            event = value(name)
            if name in given.variables or not _idle(graph, outcome, given, do, event):
                return None
            moves.append(("set", event))
            do = do | (event,)
    again = True
    while again:
        again = False
        for event in do:
            if event.variable in known.done:
                continue
            rest = do - (event,)
            if _idle(graph, outcome, given, rest, event):
                moves.append(("unset", event))
                do = rest
            elif event.variable in known.input.observed and _seen(
                graph, outcome, given, rest, event
            ):
                moves.append(("see", event))
                do, given = rest, given | (event,)
            else:
                continue
            again = True
    if not set(do.variables) <= set(known.done):
        return None
    for event in given:
        rest = given - (event,)
        if separated(
            graph,
            outcome.variables,
            (event.variable,),
            (*rest.variables, *do.variables),
            cut_into=do.variables,
        ):
            moves.append(("drop", event))
            given = rest
    return moves if set(given.variables) <= set(known.input.observed) else None


def _idle(graph: Graph, outcome: Events, given: Events, rest: Events, event: Event) -> bool:
    """Rule 3: whether setting one more variable changes nothing."""
    name, fixed = event.variable, rest.variables
    above = graph.cut(into=fixed).ancestors(given.variables)
    return separated(
        graph,
        outcome.variables,
        (name,),
        (*fixed, *given.variables),
        cut_into=fixed if name in above else (*fixed, name),
    )


def _seen(graph: Graph, outcome: Events, given: Events, rest: Events, event: Event) -> bool:
    """Rule 2: whether seeing a variable is as good as setting it."""
    return separated(
        graph,
        outcome.variables,
        (event.variable,),
        (*rest.variables, *given.variables),
        cut_into=rest.variables,
        cut_out_of=(event.variable,),
    )
