"""What a claim without a graph supposes: an independence that the notes do not state.

Main definitions
----------------
independence_supposed : the independence by which a claim that fails would hold.
vector_of : the name that may stand for others with its letter, all together.
look_alikes : two names, or two states, that a reader may take for one.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.expr.distributions import distributions
from symcausal.expr.nodes import Expr, State
from symcausal.expr.scope import variables
from symcausal.graph.graph import Graph
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.setting import Setting
from symcausal.notes.judging.words.hypotheses import as_independence
from symcausal.reading.numerals import numeral
from symcausal.record import replace


def independence_supposed(link: Link, setting: Setting) -> str:
    """Return the independence by which a claim would hold, in words; empty if none does.

    What is false even if all its variables are independent of each other supposes none.
    """
    apart = replace(setting, graph=Graph(setting.graph.nodes), points={})
    if judge_link(link, apart).word != "holds":
        return ""
    triple = as_independence(*link.exprs)
    if triple is None:
        return "true if its variables are independent; nothing here says so"
    left, right, given = (", ".join(names) for names in triple)
    under = f" | {given}" if given else ""
    return f"true if {left} _||_ {right}{under}; nothing here says so"


def vector_of(left: Expr, right: Expr) -> str:
    """Return the words for a name that may stand for others: ``x`` beside ``x_1`` and ``x_2``.

    Without a model nobody says that ``x`` is a variable besides those; empty if there is no such name.
    """
    names = sorted({*variables(left), *variables(right)})
    for name in names:
        parts = [n for n in names if n.casefold().startswith(f"{name.casefold()}_")]
        if parts:
            return f"no model says whether {name} stands for {' and '.join(parts)} together"
    return ""


def look_alikes(exprs: Sequence[Expr]) -> str:
    """Return the words for two names of some formulas that may be one: ``X_1`` and ``X1``.

    So may two states of a variable that are one number, ``1`` and ``01``. Empty if there are none.
    """
    names = dict.fromkeys(name for expr in exprs for name in variables(expr))
    seen: dict[object, str] = {}
    for name in names:
        other = seen.setdefault(name.replace("_", ""), name)
        if other != name:
            return f"{other} and {name} may be two spellings of one name"
    for expr in exprs:
        for about in distributions(expr):
            for event in (*about.outcome, *about.given, *about.do):
                number = numeral(event.value.name) if isinstance(event.value, State) else None
                if number is None:
                    continue
                told = f"{event.variable}={event.value.name}"
                other = seen.setdefault((event.variable, number.value), told)
                if other != told:
                    return f"{other} and {told} may be two spellings of one state"
    return ""
