"""Rules for what variables would have been: from several worlds to one.

A *copy* is a variable under settings of others. These rules write a law of copies as one in which each
copy has all its causes set, take it apart along hidden causes, and read each part as one intervention.

References
----------
[Pearl2009]_ Section 7.3 for exclusion, composition and consistency; [ShpitserPearl2008]_ and
[Correa2021]_ for the factorisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from symcausal.expr.build import product, quotient, total
from symcausal.expr.nodes import (
    Copy,
    CopyEvent,
    CopyEvents,
    Counterfactual,
    Event,
    Events,
    Expr,
    Imposed,
    Letter,
    Minus,
    Prob,
    State,
    Value,
)
from symcausal.expr.scope import all_letters, fresh
from symcausal.graph.graph import Graph
from symcausal.rules.components import held_together, projected
from symcausal.rules.condition import AcrossWorlds, Condition, Distinct, TwoStates
from symcausal.rules.rule import Context, Rewrite, rule


@rule(
    name="exclusion",
    title="exclusion",
    statement=r"P(Y_{x, z} = y) = P(Y_{z} = y)",
    condition=r"\text{every directed path from } X \text{ to } Y \text{ goes through } Z",
    source="Pearl2009",
)
def exclusion(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Drop the settings that no directed path carries to their variable, in all copies at once.

    A setting to what its variable would have been anyway is dropped as well (composition).
    """
    match expr:
        case Counterfactual(outcome, given):
            graph = projected(context.graph)
            if names_hidden((*outcome, *given), context.graph):
                return
            found = Counterfactual(_shortest(outcome, graph), _shortest(given, graph))
            if found != expr:
                yield Rewrite(found)


@rule(
    name="one-world",
    title="one world",
    statement=r"P(Y_{x} = y \mid Z_{x} = z) = P(y \mid do(x), z)",
    source="Pearl2009",
)
def one_world(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Read a law of copies of one world as one intervention.

    Either all copies are under the same settings, as far as these act on them and are not seen to be so
    anyway (consistency); or each copy has all its causes set, to what they are in that world.
    """
    match expr:
        case Counterfactual(outcome, given):
            graph = projected(context.graph)
            if names_hidden((*outcome, *given), context.graph):
                return
            do = _common(outcome, given, graph)
            if do is None and not given:
                do = _around(outcome, graph)
            if do is not None:
                yield Rewrite(Prob(_plain(outcome), _plain(given), do))


@rule(
    name="conditional-counterfactual",
    title="definition of conditional probability",
    statement=r"P(Y_{x} = y \mid Z_{w} = z) = \frac{P(Y_{x} = y, Z_{w} = z)}{P(Z_{w} = z)}",
    source="Pearl2009",
)
def conditional_counterfactual(expr: Expr, _: Context) -> Iterator[Rewrite]:
    """Write a conditional law of copies as a ratio."""
    match expr:
        case Counterfactual(outcome, given) if given:
            yield Rewrite(quotient(Counterfactual(outcome | given), Counterfactual(given)))


@rule(
    name="composition",
    title="total probability, composition",
    statement=r"P(Y_{x} = y) = \sum_{z} P(Y_{x, z} = y, Z_{x} = z)",
    source="Pearl2009",
)
def composition(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Sum in the copies of all causes, and set the causes of each copy to what they are."""
    match expr:
        case Counterfactual(outcome, given) if not given:
            graph = projected(context.graph)
            if names_hidden(outcome, context.graph):
                return
            expansion = _NeededCopies(graph, all_letters(expr))
            if all(expansion.assume(event) for event in _shortest(outcome, graph)):
                events = expansion.events()
                found = total(expansion.over, Counterfactual(events)) if events else expr
                if found != expr:
                    yield Rewrite(found)


@rule(
    name="independence-across-worlds",
    title="independence across worlds",
    statement=r"P(Y_{x} = y, Z_{w} = z) = P(Y_{x} = y)\, P(Z_{w} = z)",
    condition=r"\text{all causes of } Y \text{ and } Z \text{ are set, no hidden cause joins them}",
    source="Pearl2009",
)
def independence_across_worlds(expr: Expr, context: Context) -> Iterator[Rewrite]:
    """Take a law of copies, all of whose causes are set, apart along hidden causes."""
    match expr:
        case Counterfactual(outcome, given) if not given and len(outcome) > 1:
            graph = projected(context.graph)
            if context.single or names_hidden(outcome, context.graph):
                return
            if not all(_is_complete(event.copy, graph) for event in outcome):
                return
            inside = graph.mask(event.copy.variable for event in outcome)
            sets = tuple(map(graph.names, held_together(graph, inside)))
            parts = [
                Counterfactual(CopyEvents(e for e in outcome if e.copy.variable in names))
                for names in sets
            ]
            if len(parts) > 1:
                yield Rewrite(product(parts), (AcrossWorlds(sets),))


@rule(
    name="complement",
    title="complement",
    statement=r"P(Y_{x} = y, X = x') = P(Y_{x} = y) - P(Y_{x} = y, X = x)",
    condition=r"X \text{ has two states}",
    source="Pearl2009",
)
def complement(expr: Expr, _: Context) -> Iterator[Rewrite]:
    """Write what happens beside one value of a variable as all that happens, less the rest.

    Proposed where another copy is under the other value.
    """
    match expr:
        case Counterfactual(outcome, given) if not given:
            for event in outcome:
                rest = CopyEvents(other for other in outcome if other != event)
                name = event.copy.variable
                for other in _set_elsewhere(name, rest) if rest else ():
                    requires = _other_value(name, event.value, other)
                    if requires:
                        less = Counterfactual(rest | [CopyEvent(event.copy, other)])
                        yield Rewrite(Minus(Counterfactual(rest), less), requires)


def _set_elsewhere(name: str, events: CopyEvents) -> Iterator[Value]:
    """The values to which copies set a variable."""
    found = dict[Value, None]()
    for event in events:
        for setting in event.copy.settings:
            if setting.variable == name and not isinstance(setting.value, Copy):
                found[setting.value] = None
    yield from found


def _other_value(name: str, value: Value, other: Value) -> tuple[Condition, ...]:
    """What makes one value the complement of another; nothing if that cannot be said."""
    match value, other:
        case (State(), State()) if value != other:
            return (TwoStates(name),)
        case (Letter(one), Letter(two)) if one != two:
            return (TwoStates(name), Distinct(name, *sorted((one, two))))
        case _:  # a letter beside a state, or twice the same
            return ()


def minimal_copy(copy: Copy, graph: Graph) -> Copy:
    """Return a copy without the settings that do not matter to it."""
    settings = [
        Imposed(s.variable, minimal_copy(s.value, graph) if isinstance(s.value, Copy) else s.value)
        for s in copy.settings
    ]
    own = [s for s in settings if s.variable == copy.variable]
    if own:
        return Copy(copy.variable, tuple(own))
    held = [setting.variable for setting in settings]
    acting = graph.cut(into=held).ancestors((copy.variable,))
    kept = [setting for setting in settings if setting.variable in acting]
    for setting in kept:
        if isinstance(setting.value, Copy):
            others = tuple(other for other in kept if other != setting)
            if minimal_copy(Copy(setting.variable, others), graph) == setting.value:
                return minimal_copy(Copy(copy.variable, others), graph)
    return Copy(copy.variable, tuple(kept))


def settled(copy: Copy, graph: Graph) -> Copy | Value:
    """Return a copy in minimal form; what it is set to, if it is set itself."""
    term: Copy | Value = copy
    while isinstance(term, Copy):
        term = minimal_copy(term, graph)
        own = [s.value for s in term.settings if s.variable == term.variable]
        if not own:
            return term
        term = own[0]
    return term


def cause_of(copy: Copy, name: str, graph: Graph) -> Copy | Value:
    """Return what a cause of a copy is: a value that it is set to, or a copy in minimal form."""
    set_to = {setting.variable: setting.value for setting in copy.settings}
    cause = set_to.get(name, Copy(name, copy.settings))
    return settled(cause, graph) if isinstance(cause, Copy) else cause


def names_hidden(events: Iterable[CopyEvent], graph: Graph) -> bool:
    """Return whether events of copies speak of a hidden variable."""
    return any(not graph.hidden.isdisjoint(event.copy.variables) for event in events)


def clash(expr: Counterfactual, context: Context) -> str:
    """Return what a part with one hidden cause needs in two ways; empty if there is no such thing.

    Examples
    --------
    >>> from symcausal.expr.nodes import State
    >>> both = CopyEvents(
    ...     CopyEvent(Copy("Y", (Imposed("X", State(x)),)), State("1")) for x in "01"
    ... )
    >>> clash(Counterfactual(both), Context(Graph("XY", ["XY"])))
    'Y under X=0 and under X=1'
    """
    graph = projected(context.graph)
    values = dict[str, Value]()
    under = dict[str, Copy]()
    for event in expr.outcome:
        other = under.setdefault(event.copy.variable, event.copy)
        if other != event.copy:
            return f"{event.copy.variable} {_told(other)} and {_told(event.copy)}"
        values[event.copy.variable] = event.value
    for event in expr.outcome:
        for setting in event.copy.settings:
            if isinstance(setting.value, Copy):
                continue
            known = values.setdefault(setting.variable, setting.value)
            if known != setting.value and setting.variable in graph.parents(event.copy.variable):
                name = setting.variable
                return f"{name}={_shown(known)} and {name}={_shown(setting.value)}"
    return ""


def _told(copy: Copy) -> str:
    settings = [
        f"{s.variable}={'...' if isinstance(s.value, Copy) else _shown(s.value)}"
        for s in copy.settings
    ]
    return f"under {', '.join(settings)}" if settings else "as it is"


def _shown(value: Value) -> str:
    match value:
        case State(name):
            return name
        case Letter(name):
            return name[:1].lower() + name[1:]


def _shortest(events: CopyEvents, graph: Graph) -> CopyEvents:
    return CopyEvents(CopyEvent(minimal_copy(e.copy, graph), e.value) for e in events)


def _plain(events: CopyEvents) -> Events:
    return Events(Event(event.copy.variable, event.value) for event in events)


def _settings(events: Sequence[CopyEvent]) -> dict[str, Value] | None:
    """All settings of some copies; None if two disagree or one is itself a copy."""
    found = dict[str, Value]()
    for event in events:
        for setting in event.copy.settings:
            if isinstance(setting.value, Copy):
                return None
            if found.setdefault(setting.variable, setting.value) != setting.value:
                return None
    return found


def _common(outcome: CopyEvents, given: CopyEvents, graph: Graph) -> Events | None:
    """The one action under which all copies are, as far as it acts on them.

    What is set to the value that it is seen to have anyway is no part of it (consistency).
    """
    events = (*outcome, *given)
    found = _settings(events)
    seen = {event.copy.variable: event.value for event in events}
    if found is None or len(seen) < len(events):
        return None
    if any(seen.get(name, value) != value for name, value in found.items()):
        return None
    whole = tuple(Imposed(name, found[name]) for name in sorted(found))
    action = tuple(setting for setting in whole if setting.variable not in seen)
    told = {event.copy.variable for event in given}
    behind = tuple(s for s in whole if s.variable not in seen or s.variable in told)
    for side, known in ((outcome, whole), (given, behind)):
        for event in side:  # what is seen before the bar says nothing of what stands behind it
            name = event.copy.variable
            under = [minimal_copy(Copy(name, each), graph) for each in (action, _but(known, name))]
            if minimal_copy(event.copy, graph) not in under:
                return None
    return Events(Event(setting.variable, found[setting.variable]) for setting in action)


def _but(settings: tuple[Imposed, ...], name: str) -> tuple[Imposed, ...]:
    return tuple(setting for setting in settings if setting.variable != name)


def _around(outcome: CopyEvents, graph: Graph) -> Events | None:
    """What is set around copies all of whose causes are set, if the rest agrees with their values."""
    values = {event.copy.variable: event.value for event in outcome}
    if len(values) < len(outcome):
        return None
    found = _settings(outcome)
    if found is None or not all(_is_complete(event.copy, graph) for event in outcome):
        return None
    if any(values.get(name, value) != value for name, value in found.items()):
        return None
    return Events(Event(name, value) for name, value in found.items() if name not in values)


def _is_complete(copy: Copy, graph: Graph) -> bool:
    """Whether all causes of a copy are set to values, and nothing else."""
    named = {s.variable for s in copy.settings if not isinstance(s.value, Copy)}
    return len(named) == len(copy.settings) and named == set(graph.parents(copy.variable))


class _NeededCopies:
    """The copies that a law needs, each with its causes set to their values."""

    def __init__(self, graph: Graph, taken: set[str]) -> None:
        self.over: list[Event] = []
        self._graph, self._taken = graph, set(taken)
        self._values: dict[Copy, Value] = {}

    def assume(self, event: CopyEvent) -> bool:
        """Give a minimal copy its value; return False if it has another, or is itself set."""
        if any(s.variable == event.copy.variable for s in event.copy.settings):
            return False
        return self._values.setdefault(event.copy, event.value) == event.value

    def events(self) -> CopyEvents:
        """Return the events of all copies that are needed; none if one would need two values."""
        found = dict[Copy, Value]()
        waiting = list(self._values)
        for copy in waiting:  # which grows
            settings = list[Imposed]()
            for name in sorted(self._graph.parents(copy.variable)):
                settings.append(Imposed(name, self._parent(copy, name, waiting)))
            value, whole = self._values[copy], Copy(copy.variable, tuple(settings))
            if found.setdefault(whole, value) != value:
                return CopyEvents()
        return CopyEvents(CopyEvent(copy, value) for copy, value in found.items())

    def _parent(self, copy: Copy, name: str, waiting: list[Copy]) -> Value:
        cause = cause_of(copy, name, self._graph)
        return self._value(cause, waiting) if isinstance(cause, Copy) else cause

    def _value(self, copy: Copy, waiting: list[Copy]) -> Value:
        if copy not in self._values:
            letter = Letter(fresh(copy.variable, self._taken))
            self._taken.add(letter.name)
            self.over.append(Event(copy.variable, letter))
            self._values[copy] = letter
            waiting.append(copy)
        return self._values[copy]
