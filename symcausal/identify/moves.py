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
    """Drop a condition by rule 1, or by independence if nothing is set; return whether it went."""
    part = prob_at(sheet, path)
    wanted = Prob(part.outcome, _events(part.given - (event,)), part.do)
    return sheet.use(do_calculus_1 if part.do else conditional_independence, path, wanted)


def see(sheet: Worksheet, path: NodePath, event: Event) -> bool:
    """See an event instead of setting it, by rule 2; return whether the rule allows it."""
    part = prob_at(sheet, path)
    wanted = Prob(part.outcome, part.given | (event,), _events(part.do - (event,)))
    return sheet.use(do_calculus_2, path, wanted)


def set_instead(sheet: Worksheet, path: NodePath, event: Event) -> bool:
    """Set an event instead of seeing it, by rule 2 from right to left; return whether it may be."""
    part = prob_at(sheet, path)
    wanted = Prob(part.outcome, _events(part.given - (event,)), part.do | (event,))
    return sheet.use(do_calculus_2, path, wanted, backward=True)


def unset(sheet: Worksheet, path: NodePath, event: Event) -> bool:
    """Drop an action by rule 3; return whether the rule allows it."""
    part = prob_at(sheet, path)
    wanted = Prob(part.outcome, part.given, _events(part.do - (event,)))
    return sheet.use(do_calculus_3, path, wanted)


def also_set(sheet: Worksheet, path: NodePath, event: Event) -> bool:
    """Set one more variable, to any value, by rule 3 from right to left; return whether it may be."""
    part = prob_at(sheet, path)
    wanted = Prob(part.outcome, part.given, part.do | (event,))
    return sheet.use(do_calculus_3, path, wanted, backward=True)


def reshape(sheet: Worksheet, path: NodePath, given: Events, do: Events) -> bool:
    """Lead a term, move by move, to other conditions and treatments; return whether it got there.

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
