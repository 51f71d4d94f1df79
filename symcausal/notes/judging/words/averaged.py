"""What stands within a mean, where no model says which variables there are.

Main definitions
----------------
averaged : the words for a claim that fails unless a name within a mean is meant otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from symcausal.expr.nodes import Event, Events, Expectation, Expr, Letter, Numeric, Prob
from symcausal.expr.path import everywhere, rewritten
from symcausal.expr.scope import variables
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.setting import Setting
from symcausal.patterns import late

_INDICATOR = late(r"(?:I|Ind|ind|chi)_\{?(\w+)\}?")
_OUTCOME = late(r"(.*[^\d_{])_?\{?([01])\}?")


def averaged(link: Link, setting: Setting) -> str:
    """Return what a name within a mean may be: an indicator, a product, an outcome under an action."""
    names = [name for side in link.exprs for name in _averaged(side)]
    return (
        _indicators(link, setting, names) or _products(link, names) or _outcomes(link)
        if names
        else ""
    )


def _indicators(link: Link, setting: Setting, names: list[str]) -> str:
    """``E(I_A) = P(A)``, where *I_A* is 1 if *A* happens and else 0."""
    found = ((name, _INDICATOR.fullmatch(name)) for name in dict.fromkeys(names))
    events = {name: m[1] for name, m in found if m is not None and m[1] in setting.variables}
    if not events:
        return ""
    left, right = (_as_chances(side, events) for side in link.exprs)
    if judge_link(link.with_exprs(left, right), setting).word != "holds":
        return ""
    shown = " and ".join(f"{name} is the indicator of {event}" for name, event in events.items())
    return f"true if {shown}; no model says so"


def _as_chances(side: Expr, events: Mapping[str, str]) -> Expr:
    """A side with the probabilities of events instead of the means of their indicators."""

    def put(node: Expr) -> Expr | None:
        match node:
            case Expectation(_, Numeric(event), given, do) if event.variable in events:
                name = events[event.variable]
                return Prob(Events((Event(name, Letter(name)),)), given, do)
            case _:  # anything else stays
                return None

    return rewritten(side, put)


def _products(link: Link, names: list[str]) -> str:
    """``E(Np)``, which may be the mean of *N* times *p*."""
    known = {v for side in link.exprs for v in variables(side)}
    for name in names:
        first, last = name[:-1], name[-1]
        if first in known and last.islower():
            return f"no model says whether {name} is one name or {first} times {last}"
    return ""


def _outcomes(link: Link) -> str:
    """``E(Y_1 - Y_0)``, which may be outcomes under two actions, beside a mean with a condition."""
    for one, other in (link.exprs, link.exprs[::-1]):
        found = ((name, _OUTCOME.fullmatch(name)) for name in _averaged(one))
        states: dict[str, dict[str, str]] = {}
        for name, told in found:
            if told is not None and name not in variables(other):
                states.setdefault(told[1], {})[told[2]] = name
        pair = next((list(by.values()) for by in states.values() if len(by) > 1), None)
        if pair and any(isinstance(n, Expectation) and n.given for _, n in everywhere(other)):
            shown = " and ".join(sorted(pair))
            return f"no model says whether {shown} are outcomes under an intervention"
    return ""


def _averaged(side: Expr) -> list[str]:
    """The variables whose numbers a side takes means of."""
    means = [node.body for _, node in everywhere(side) if isinstance(node, Expectation)]
    return [n.event.variable for m in means for _, n in everywhere(m) if isinstance(n, Numeric)]
