"""What a claim without a graph supposes: an independence that the notes do not state.

Main definitions
----------------
independence_supposed : the independence by which a claim that fails would hold.
vector_of : the name that may stand for others with its letter, all together.
look_alikes : two names, or two states, that a reader may take for one.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.expr.distributions import distributions, mentions_do
from symcausal.expr.nodes import Expr, Letter, Prob, Product, State
from symcausal.expr.scope import free_letters, variables
from symcausal.graph.graph import Graph
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.setting import Setting, named_variables
from symcausal.notes.judging.words.hypotheses import as_independence
from symcausal.reading.numerals import numeral
from symcausal.record import replace

FEWEST_PARTS = 3  # two others are as likely a letter with one too many beside it


def independence_supposed(link: Link, setting: Setting) -> str:
    """Return the independence by which a claim would hold, in words; empty if none does.

    What is false even if all its variables are independent of each other supposes none. Where that is
    not decided, the words say so.
    """
    apart = replace(setting, graph=Graph(setting.graph.nodes), points={})
    alone = judge_link(link, apart)
    if alone.word == "undecided":  # too large to tell, which is no reason to call it false
        return f"whether it holds if its variables are independent: {alone.reason}"
    if alone.word != "holds":
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
    A letter by itself, ``P(X)``, may be all of three or more others, whose joint probability the other
    side is.
    """
    names = sorted({*variables(left), *variables(right)})
    for name in names:
        parts = [n for n in names if n.casefold().startswith(f"{name.casefold()}_")]
        if parts:
            return _together(name, parts)
    for one, other in ((left, right), (right, left)):
        name, parts = _lone_letter(one), list(variables(other))
        if name and name not in parts and len(parts) >= FEWEST_PARTS and _is_joint(other):
            return _together(name, parts)
    return ""


def _together(name: str, parts: Sequence[str]) -> str:
    return f"no model says whether {name} stands for {' and '.join(parts)} together"


def _lone_letter(side: Expr) -> str:
    """The variable ``X`` of a side that is ``P(X)`` and no more; empty for another side."""
    match side:
        case Prob(outcome, given, do) if len(outcome) == 1 and not given and not do:
            (event,) = outcome
            lone = len(event.variable) == 1 and isinstance(event.value, Letter)
            return event.variable if lone else ""
        case _:  # this is about one form
            return ""


def _is_joint(side: Expr) -> bool:
    """Whether a side is a probability of free values of all its variables, or a product of such."""
    told = set(variables(side))
    match side:
        case Prob(outcome) as whole:
            outcomes, factors = set(outcome.variables), (whole,)
        case Product(factors) if all(isinstance(factor, Prob) for factor in factors):
            outcomes = {v for f in factors if isinstance(f, Prob) for v in f.outcome.variables}
        case _:  # this is about one form
            return False
    plain = not mentions_do(*factors) and set(free_letters(side).values()) == told
    return plain and outcomes == told and not named_variables(side)


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
