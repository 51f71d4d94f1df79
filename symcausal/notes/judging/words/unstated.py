"""What a claim without a graph supposes: an independence that the notes do not state.

Main definitions
----------------
independence_supposed : the independence by which a claim that fails would hold.
vector_of : the name that may stand for others with its letter, all together.
"""

from __future__ import annotations

from symcausal.expr.nodes import Expr
from symcausal.expr.scope import variables
from symcausal.graph.graph import Graph
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.setting import Setting
from symcausal.notes.judging.words.hypotheses import as_independence
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
