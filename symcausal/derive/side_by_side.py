"""The strategy for a difference: both terms go through the same rules, line by line.

References
----------
[Pearl2009]_ Section 3.1 for effects as differences.
"""

from __future__ import annotations

from collections.abc import Callable

from symcausal.derive.worksheet import Line, Worksheet
from symcausal.expr.nodes import Minus

Strategy = Callable[[Worksheet], None]


def side_by_side(sheet: Worksheet, strategy: Strategy) -> bool:
    """Rewrite both terms of a difference at once, if a strategy takes both the same way.

    Parameters
    ----------
    sheet : Worksheet
        Its formula is a difference; nothing is written unless all is.
    strategy : callable
        What rewrites one term, on a worksheet of its own.

    Returns
    -------
    bool
        Whether the lines were written.
    """
    match sheet.formula:
        case Minus(left, right):
            pass
        case _:  # a strategy for this one form
            return False
    sides = [Worksheet(term, sheet.context) for term in (left, right)]
    for side in sides:
        strategy(side)
    first, second = (side.lines for side in sides)
    if [line.rule for line in first] != [line.rule for line in second]:
        return False
    both = Worksheet(sheet.formula, sheet.context)
    for lines in zip(first, second, strict=True):
        with both.line(lines[0].rule):
            # the right term first, as everywhere: what is before a place keeps its letters
            if not all(
                _written(both, line, place) for place, line in ((1, lines[1]), (0, lines[0]))
            ):
                return False
    sheet.formula = both.formula
    sheet.lines += both.lines
    sheet.finished |= sides[0].finished | sides[1].finished
    return True


def _written(sheet: Worksheet, line: Line, place: int) -> bool:
    """Write the steps of a line at one term; each is proposed and decided again."""
    return all(
        sheet.use(step.rule, (place, *step.path), step.instance[1], backward=step.backward)
        for step in line.steps
    )
