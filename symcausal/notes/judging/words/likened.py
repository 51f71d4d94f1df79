"""One thing under two names, or two names for one: what a failing claim may mean by its names.

Without a model no list says which variables there are. A claim that would hold if its names were
meant in another common way is no error for certain.

Main definitions
----------------
same_at_all_times : the words for a claim that holds if a chain is the same at all times.
two_cases : the words for a claim that holds if some events are the cases of one variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from symcausal.expr.nodes import Event, Expr, Letter, Prob, State, bound_by
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters, variables, with_events
from symcausal.network.network import Variable
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.mending.roles import one_of_each
from symcausal.notes.judging.setting import Setting, named_variables
from symcausal.patterns import late
from symcausal.record import replace

_TIMED = late(r"(?P<base>[^\W\d_]+)_\{?(?P<symbol>[a-z]?)(?P<offset>[+-]?\d*)\}?")
_MOST_CASES = 6


def same_at_all_times(link: Link, setting: Setting) -> str:
    """Return the words for ``P(X_2 | X_1) = P(X_3 | X_2)``: it holds if all steps are alike.

    Every name moves by the same number of steps, or from one index to another. A claim about single
    times without a condition is left: it says that two variables have one distribution.
    """
    left, right = link.exprs
    if not any(isinstance(n, Prob) and n.given for s in (left, right) for _, n in everywhere(s)):
        return ""
    names = _moved(variables(right), variables(left))
    if not names or not set(names.values()) <= set(setting.variables):
        return ""
    again = link.with_exprs(left, _renamed(right, names))
    if judge_link(again, setting).word != "holds":
        return ""
    return "true if the same holds at all times; nothing here says so"


def _moved(names: tuple[str, ...], goals: tuple[str, ...]) -> dict[str, str]:
    """Each of some names with the goal to which one step in time moves all; empty if none does."""
    places, ends = _times(names), _times(goals)
    if not places or not ends:
        return {}
    (symbol, offsets), (goal, others) = places, ends
    step = min(others.values()) - min(offsets.values())
    if goal == symbol and not step:
        return {}
    reached = {(name.partition("_")[0], offset): name for name, offset in others.items()}
    found = {
        name: reached.get((name.partition("_")[0], offset + step), "")
        for name, offset in offsets.items()
    }
    return found if all(found.values()) else {}


def _times(names: tuple[str, ...]) -> tuple[str, dict[str, int]] | None:
    """The one index of some names, and how far each is from it; None if they have no such index."""
    found: dict[str, int] = {}
    symbols: set[str] = set()
    for name in names:
        timed = _TIMED.fullmatch(name)
        if timed is None or timed["base"] + timed["symbol"] + timed["offset"] == timed["base"]:
            return None
        symbols.add(timed["symbol"])
        digits = timed["offset"].lstrip("+")
        if digits == "-" or len(digits) > _MOST_CASES:
            return None
        found[name] = int(digits or 0)
    return (symbols.pop(), found) if len(symbols) == 1 else None


def two_cases(link: Link, setting: Setting) -> str:
    """Return the words for a claim that holds if some events exclude each other and leave nothing else.

    Such are *M* and *F* in ``P(M | R) = P(R | M) P(M) / (P(R | M) P(M) + P(R | F) P(F))``.
    """
    for cases in _cases(link):
        whole = Variable(cases[0], tuple(map(str, range(len(cases)))))
        values = dict(zip(cases, map(State, whole.states), strict=True))

        def put(
            event: Event, name: str = whole.name, values: Mapping[str, State] = values
        ) -> Event:
            known = values.get(event.variable)
            return event if known is None else Event(name, known)

        again = link.with_exprs(*(with_events(side, put) for side in link.exprs))
        told = {**setting.variables, whole.name: whole}
        if judge_link(again, replace(setting, variables=told, points={})).word == "holds":
            shown = " and ".join(cases)
            return f"true if {shown} exclude each other and leave nothing else; no model says so"
    return ""


def _cases(link: Link) -> Iterator[tuple[str, ...]]:
    """The events of which each stands in one term of a sum, each by itself in all probabilities."""
    free = {x: v for side in link.exprs for x, v in free_letters(side).items()}
    found = [one_of_each(node) for side in link.exprs for _, node in everywhere(side)]
    bound = {
        v for side in link.exprs for _, node in everywhere(side) for v in bound_by(node).variables
    }
    bound |= named_variables(*link.exprs)
    for cases in dict.fromkeys(found):
        if not 1 < len(cases) <= _MOST_CASES or bound & set(cases):
            continue
        lone = all([x for x, v in free.items() if v == name] == [name] for name in cases)
        if lone and not any(_stand_together(link, pair) for pair in combinations(cases, 2)):
            yield cases


def _stand_together(link: Link, names: Iterable[str]) -> bool:
    """Whether some variables stand in one probability, and so are not one."""
    return any(
        set(names) <= {e.variable for e in (*node.outcome, *node.given, *node.do)}
        for side in link.exprs
        for _, node in everywhere(side)
        if isinstance(node, Prob)
    )


def _renamed(expr: Expr, names: Mapping[str, str]) -> Expr:
    """A formula with other names for some variables, and for the values named like them."""

    def put(event: Event) -> Event:
        name = names.get(event.variable)
        if name is None:
            return event
        value = event.value
        if isinstance(value, Letter) and value.name.startswith(event.variable):
            value = Letter(name + value.name[len(event.variable) :])
        return Event(name, value)

    return with_events(expr, put)
