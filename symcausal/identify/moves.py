"""Single moves of do-calculus on one probability, and chains of them.

Each move changes the role of one variable: a condition is dropped (rule 1), set instead of seen or
seen instead of set (rule 2), or no longer set (rule 3). The worksheet decides the separation.

Main definitions
----------------
drop_condition, see, set_instead, unset, also_set : one move at a place.
reshape : a chain of moves to a wanted probability.
"""

from __future__ import annotations

from collections.abc import Callable

from symcausal.derive.worksheet import Worksheet
from symcausal.expr.nodes import NO_EVENTS, Event, Events, Prob
from symcausal.expr.path import NodePath
from symcausal.identify.places import prob_at
from symcausal.rules.independence import conditional_independence
from symcausal.rules.intervention import do_calculus_1, do_calculus_2, do_calculus_3


def drop_condition(sheet: Worksheet, path: NodePath, event: Event) -> bool:
    """Rule 1, or plain conditional independence where nothing is set."""
    part = prob_at(sheet, path)
    wanted = Prob(part.outcome, _events(part.given - (event,)), part.do)
    return sheet.use(do_calculus_1 if part.do else conditional_independence, path, wanted)


def see(sheet: Worksheet, path: NodePath, event: Event) -> bool:
    """Rule 2: seeing is as good as setting."""
    part = prob_at(sheet, path)
    wanted = Prob(part.outcome, part.given | (event,), _events(part.do - (event,)))
    return sheet.use(do_calculus_2, path, wanted)


def set_instead(sheet: Worksheet, path: NodePath, event: Event) -> bool:
    """Rule 2 from right to left: setting is as good as seeing."""
    part = prob_at(sheet, path)
    wanted = Prob(part.outcome, _events(part.given - (event,)), part.do | (event,))
    return sheet.use(do_calculus_2, path, wanted, backward=True)


def unset(sheet: Worksheet, path: NodePath, event: Event) -> bool:
    """Rule 3: setting changes nothing."""
    part = prob_at(sheet, path)
    wanted = Prob(part.outcome, part.given, _events(part.do - (event,)))
    return sheet.use(do_calculus_3, path, wanted)


def also_set(sheet: Worksheet, path: NodePath, event: Event) -> bool:
    """Rule 3 from right to left: one more variable may be set, to any value."""
    part = prob_at(sheet, path)
    wanted = Prob(part.outcome, part.given, part.do | (event,))
    return sheet.use(do_calculus_3, path, wanted, backward=True)


def reshape(sheet: Worksheet, path: NodePath, given: Events, do: Events) -> bool:
    """Move by move to the same outcome with other conditions and treatments.

    Every move that gets nearer is tried until none is left. The steps that were written stay, so a
    caller that can't go on from half-way looks at the return value.
    """
    while True:
        part = prob_at(sheet, path)
        if part.given == given and part.do == do:
            return True
        if not (
            any(see(sheet, path, e) for e in part.do if e in given and e not in do)
            or any(unset(sheet, path, e) for e in part.do if e not in given and e not in do)
            or any(set_instead(sheet, path, e) for e in part.given if e in do and e not in given)
            or any(drop_condition(sheet, path, e) for e in part.given - given if e not in do)
            or any(also_set(sheet, path, e) for e in do - part.do if e not in part.given)
        ):
            return False


def _events(events: Events) -> Events:
    return events or NO_EVENTS


MOVES: dict[str, Callable[[Worksheet, NodePath, Event], bool]] = {
    "drop": drop_condition,
    "see": see,
    "unset": unset,
    "set": also_set,
}
