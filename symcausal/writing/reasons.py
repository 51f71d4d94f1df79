r"""Why a step holds, in the words and signs that a reader can check by hand.

Main definitions
----------------
reason : a step's reason, as words and boxes.
provided : the assumptions of a derivation, as words and boxes.

Implementation notes
--------------------
A reason is made from the instance and the conditions of a step. A distribution that was summed away
says so itself, ``sum_x P(x | y) = 1``, if the two sides show that it was that and nothing else. A
step that rests on one or two separations shows them, with the surgery graph. Anything else has the
title of its rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symcausal.derive.step import Step
from symcausal.expr.build import factors_of, product, total
from symcausal.expr.nodes import Events, Sum
from symcausal.expr.scope import canonical, free_letters
from symcausal.hints import TypeAlias
from symcausal.rules.condition import (
    AcrossWorlds,
    Condition,
    Decision,
    Distinct,
    Positive,
    Rises,
    Separated,
    TwoStates,
)
from symcausal.rules.sums import is_distribution_of
from symcausal.writing.boxes import Box, Figure, Sign, row
from symcausal.writing.layout import layout
from symcausal.writing.style import Style

ReasonPiece: TypeAlias = str | Box
_SHOWN = 2
_SHOWN_OF_SEVERAL = 3


def reason(step: Step, style: Style, *, inline: bool = False) -> tuple[ReasonPiece, ...]:
    """Return the reason of a step: words as strings, formulas as boxes."""
    if _by_several_rules(step):
        return _of_each_rule(step, style, inline=inline)
    if _is_whole_argument(step):
        return (_titles(step),)
    same = [s for s in step.substeps if s.rule == step.rule] or [step]
    sums = [_sum_that_is_one(s) for s in same]
    if all(sums):
        once = dict.fromkeys(one for one in sums if one)
        boxes = [layout(one, style, inline=inline) for one in once]
        return _listed([row([box, Sign("is"), Figure("1")]) for box in boxes])
    shown = dict.fromkeys(
        decision.condition
        for s in same
        for decision in s.conditions
        if _is_told(decision.condition)
    )
    boxes = [layout(condition, style, inline=inline) for condition in shown]
    if not 0 < len(boxes) <= _SHOWN:
        return (step.rule.title,)
    return (step.rule.title, ": ", *_listed(boxes, "; "))


def _is_told(condition: Condition) -> bool:
    """Whether a reason names a condition; what is assumed stands after "provided"."""
    match condition:
        case Separated() | Distinct():
            return True
        case Positive() | AcrossWorlds() | TwoStates() | Rises():
            return False


def _by_several_rules(step: Step) -> bool:
    """Whether a line is a chain of moves of do-calculus under more than one rule."""
    names = {s.rule.name for s in step.substeps}
    return len(names) > 1 and all(name.startswith("do-calculus") for name in names)


def _is_whole_argument(step: Step) -> bool:
    """Whether a line is a whole argument from ``do`` to observation, not the use of one rule.

    A line under a rule that its steps don't use, such as an adjustment made of other rules, has the
    name that a reader would give it.
    """
    names = {s.rule.name for s in step.substeps}
    doing = {name for name in names if name.startswith("do-calculus")}
    return bool(doing) and len(names - doing) > 1 and step.rule.name in names


def _titles(step: Step) -> str:
    """The rules in the order of use, those of do-calculus as one."""
    names = dict.fromkeys(s.rule.name for s in step.substeps)
    numbers = sorted(name.rpartition(".")[2] for name in names if name.startswith("do-calculus"))
    which = f"rules {', '.join(numbers[:-1])} and " if len(numbers) > 1 else "rule "
    doing = f"{which}{numbers[-1]} of do-calculus"
    titles = {s.rule.name: s.rule.title for s in step.substeps}
    said = (doing if name.startswith("do-calculus") else titles[name] for name in names)
    return ", ".join(dict.fromkeys(said))


def _of_each_rule(step: Step, style: Style, *, inline: bool) -> tuple[ReasonPiece, ...]:
    """Return each rule with its separations, in the order of use; the rules alone if those are many."""
    used = {s.rule.name: s.rule for s in step.substeps}
    asked = dict.fromkeys(
        (s.rule.name, d.condition)
        for s in step.substeps
        for d in s.conditions
        if isinstance(d.condition, Separated)
    )
    if len(asked) > _SHOWN_OF_SEVERAL:
        numbers = sorted(name.rpartition(".")[2] for name in used)
        return (f"rules {', '.join(numbers[:-1])} and {numbers[-1]} of do-calculus",)
    pieces: list[ReasonPiece] = []
    for name, rule in used.items():
        boxes = [layout(condition, style, inline=inline) for by, condition in asked if by == name]
        title = rule.title if not pieces else f"; {rule.title}"
        pieces += [f"{title}: ", *_listed(boxes, "; ")]
    return tuple(pieces)


def provided(
    assumptions: Iterable[Condition | Decision],
    style: Style,
    *,
    inline: bool = False,
) -> tuple[ReasonPiece, ...]:
    """Return the assumptions in words: ``provided P(L) > 0``; nothing if nothing is assumed."""
    boxes = [layout(c, style, inline=inline) for c in conditions(assumptions)]
    return ("provided ", *_listed(boxes)) if boxes else ()


def conditions(assumptions: Iterable[Condition | Decision]) -> list[Condition]:
    """Return the conditions of decisions and conditions, each once."""
    bare = (a.condition if isinstance(a, Decision) else a for a in assumptions)
    return list(dict.fromkeys(bare))


def _sum_that_is_one(step: Step) -> Sum | None:
    """Return the sum that a step replaced by one, ``sum_{X} P(X | Z)``; None if it did no such thing.

    The two sides may name their bound letters differently, so they are compared regardless of that.
    """
    left, right = step.instance[::-1] if step.backward else step.instance
    if step.rule.name != "sum-to-one" or not isinstance(left, Sum):
        return None
    factors, kept = factors_of(left.body), canonical(right)
    for event in left.over:
        for position, factor in enumerate(factors):
            others = product((*factors[:position], *factors[position + 1 :]))
            if (
                is_distribution_of(factor, Events((event,)))
                and event.value.name not in free_letters(others)
                and canonical(total(left.over - (event,), others)) == kept
            ):
                return Sum(Events((event,)), factor)
    return None


def _listed(boxes: Sequence[Box], between: str = ", ") -> tuple[ReasonPiece, ...]:
    pieces: list[ReasonPiece] = []
    for box in boxes:
        pieces += [between, box] if pieces else [box]
    return tuple(pieces)
