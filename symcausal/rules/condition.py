"""Side-conditions of rules, as data, and what was decided about them.

A rule never tests its own conditions. It states them; :func:`symcausal.rules.decide.decide` answers
each with a :class:`Decision`, which the step keeps and every printed form shows.

Main definitions
----------------
Separated : a d-separation in the graph after surgery.
Positive : an event that must have positive probability.
Distinct : two letters that stand for different values.
AcrossWorlds : an independence of what makes variables vary.
TwoStates : a variable with two states.
Rises : a variable that never falls as a cause rises.
Decision : a condition, the verdict on it, and the witness of the verdict.
strongest : conditions without those that another one implies.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcausal.expr.nodes import NO_EVENTS, Events
from symcausal.hints import Literal, TypeAlias
from symcausal.record import record


@record
class Separated:
    """``left`` is separated from ``right`` by ``given`` in the graph after surgery.

    Attributes
    ----------
    left, right, given : tuple of str
        Sets of variables, in declaration order.
    cut_into, cut_out_of : tuple of str
        Variables whose incoming (overlined) and outgoing (underlined) arrows are removed first.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    given: tuple[str, ...] = ()
    cut_into: tuple[str, ...] = ()
    cut_out_of: tuple[str, ...] = ()


@record
class Positive:
    """The event has positive probability under the action: ``P(event | do(do)) > 0``."""

    event: Events
    do: Events = NO_EVENTS


@record
class Distinct:
    """Two letters stand for different values of one variable."""

    variable: str
    left: str
    right: str


@record
class AcrossWorlds:
    """What makes some variables vary is independent of what makes others, whatever is set where.

    No experiment can test it: it shows in no single world.

    Attributes
    ----------
    parts : tuple of tuple of str
        Sets of variables that no hidden cause joins.
    """

    parts: tuple[tuple[str, ...], ...]


@record
class TwoStates:
    """A variable has two states, so that one is what the other is not."""

    variable: str


@record
class Rises:
    """A variable never falls as one of its causes rises, all else equal; the model declares it."""

    cause: str
    effect: str


Condition: TypeAlias = Separated | Positive | Distinct | AcrossWorlds | TwoStates | Rises
Decided: TypeAlias = Literal["holds", "assumed", "fails"]


@record
class Decision:
    """What was decided about a condition.

    Attributes
    ----------
    condition : Condition
        The question.
    verdict : str
        ``holds`` (the graph proves it), ``assumed`` (carried on the answer) or ``fails``.
    witness : str
        For a separation that fails, the open path, such as ``G <- I -> S``; empty otherwise.
    """

    condition: Condition
    verdict: Decided
    witness: str = ""


def strongest(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return conditions without those that another one implies.

    ``P(a, b) > 0`` for all ``b`` gives ``P(a) > 0``.
    """
    found = tuple(conditions)
    positive = [one for one in found if isinstance(one, Positive)]
    return tuple(
        one
        for one in found
        if not isinstance(one, Positive)
        or not any(one.do == more.do and set(one.event) < set(more.event) for more in positive)
    )
