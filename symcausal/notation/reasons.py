r"""Why a step holds, in the words and signs that a reader can check by hand.

Main definitions
----------------
reason : a step's reason, as words and boxes.
provided : the assumptions of a derivation, as words and boxes.

Implementation notes
--------------------
A reason is made from the instance and the conditions of the step. A sum that is one says so itself;
a step that rests on a separation shows it with its surgery graph; anything else has its rule's
title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from symcausal.derive.step import Step
from symcausal.expr.build import factors_of, product
from symcausal.expr.nodes import Sum
from symcausal.notation.boxes import Box, Figure, Sign, row
from symcausal.notation.layout import layout
from symcausal.notation.notations import Notation
from symcausal.rules.condition import Condition, Decision, Distinct, Separated

Piece: TypeAlias = str | Box
_SHOWN = 3


def reason(
    step: Step, notation: Notation, order: Sequence[str], *, inline: bool = False
) -> tuple[Piece, ...]:
    """The reason of a step: words as strings, formulas as boxes."""
    same = [s for s in step.substeps if s.rule == step.rule] or [step]
    sums = [one for s in same for one in _sum_that_is_one(s)]
    if len(sums) == len(same):
        boxes = [layout(one, notation, order, inline=inline) for one in sums]
        return _listed([row([box, Sign("is"), Figure("1")]) for box in boxes])
    shown = dict.fromkeys(
        decision.condition
        for s in same
        for decision in s.conditions
        if isinstance(decision.condition, Separated | Distinct)
    )
    boxes = [layout(condition, notation, order, inline=inline) for condition in shown]
    return (step.rule.title, ": ", *_listed(boxes)) if boxes else (step.rule.title,)


def provided(
    assumptions: Iterable[Condition | Decision],
    notation: Notation,
    order: Sequence[str],
    *,
    inline: bool = False,
) -> tuple[Piece, ...]:
    """``provided P(L) > 0``; nothing if nothing is assumed."""
    boxes = [layout(c, notation, order, inline=inline) for c in conditions(assumptions)]
    return ("provided ", *_listed(boxes, limit=len(boxes))) if boxes else ()


def conditions(assumptions: Iterable[Condition | Decision]) -> list[Condition]:
    """The conditions themselves, each once."""
    bare = (a.condition if isinstance(a, Decision) else a for a in assumptions)
    return list(dict.fromkeys(bare))


def _sum_that_is_one(step: Step) -> list[Sum]:
    """What a step dropped: the summed letters and the factors that are gone."""
    left, right = step.instance[::-1] if step.backward else step.instance
    if step.rule.name != "sum-to-one" or not isinstance(left, Sum):
        return []
    kept = right if isinstance(right, Sum) else Sum(left.over, right)
    over = left.over - kept.over if isinstance(right, Sum) else left.over
    factors = list(factors_of(left.body))
    for factor in factors_of(kept.body):
        if factor in factors:
            factors.remove(factor)
    return [Sum(over, product(factors))] if over and factors else []


def _listed(boxes: Sequence[Box], limit: int = _SHOWN) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for box in boxes[:limit]:
        pieces += [", ", box] if pieces else [box]
    return (*pieces, ", ...") if len(boxes) > limit else tuple(pieces)
