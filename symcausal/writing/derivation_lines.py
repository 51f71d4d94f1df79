"""How a derivation fits a page: which rows a formula takes, and where its reason stands.

Main definitions
----------------
set_lines : the lines of a derivation for a width, and the reasons that stand below them all.
SetLine, SetDerivation : what it gives, which the printers of LaTeX, Markdown and Typst write down.

Implementation notes
--------------------
All lines share two columns, as those of an ``align`` do: formulas are aligned at their signs, reasons
behind the longest formula. A reason for which no room is left stands below its formula; one that is
too long for that as well has a number there, and its words come after the display. Whether the query
has a line of its own is tried both ways: the way with fewer rows is taken.

A name for a half of a fraction is defined in a display before, since it has to be known where it is
used, and a line without a sign, such as the query's, would be taken for a part of a definition above.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf

from symcausal.derive.step import StepChain
from symcausal.record import record
from symcausal.writing.boxes import Box
from symcausal.writing.breaking import (
    INDENT,
    RELATION,
    PartNames,
    broken,
    ems,
    labels,
    parted,
    pieces_ems,
)
from symcausal.writing.layout import layout
from symcausal.writing.reasons import ReasonPiece, reason
from symcausal.writing.style import Style

_GAP = 1.1  # between a formula and its reason
_NUMBER = 1.7  # a number in brackets
_SMALL = 0.93  # of words below a formula
_BRACKETS = 0.8
_LONGEST_START = 0.45  # of a line, before the query has one of its own


@record
class SetLine:
    """A line of a derivation.

    Attributes
    ----------
    left : Box or None
        What stands before the sign; nothing where the derivation goes on.
    sign : str
        ``=``, ``:=``, or nothing in front of a query that has a line of its own.
    rows : tuple of Box
        The formula; all rows but the first are indented.
    beside, below : tuple of str and boxes
        The reason, in one of the two places.
    """

    left: Box | None
    sign: str
    rows: tuple[Box, ...]
    beside: tuple[ReasonPiece, ...] = ()
    below: tuple[ReasonPiece, ...] = ()


@record
class SetDerivation:
    """The lines of a derivation, the reasons listed after it by number, and the definitions before it."""

    lines: tuple[SetLine, ...]
    notes: tuple[tuple[ReasonPiece, ...], ...] = ()
    definitions: tuple[SetLine, ...] = ()


@record
class _Way:
    """One choice of lines for a derivation, with its cost in rows and numbered reasons."""

    derivation: SetDerivation
    cost: tuple[int, int]


def set_lines(chain: StepChain, style: Style, *, formulas_below: bool = True) -> SetDerivation:
    """Return the lines of a derivation for the width of a style.

    Parameters
    ----------
    chain : StepChain
        A start and its steps.
    style : Style
        How formulas are written, and how long a line may be.
    formulas_below : bool
        Whether a reason may stand below its line if there are formulas in it.
    """
    start = layout(chain.start, style)
    boxes = [layout(step.after, style) for step in chain.steps]
    whys = [reason(step, style) for step in chain.steps]
    width = style.ems
    if isinf(width):
        lines = (
            SetLine(None if i else start, "=", (box,), why)
            for i, (box, why) in enumerate(zip(boxes, whys, strict=True))
        )
        return SetDerivation(tuple(lines))
    names = PartNames({*style.order, *labels([start, *boxes])})
    boxes = [parted(box, width - RELATION, names) for box in boxes]
    definitions = tuple((name, half) for half, name in names.defined.items())
    if not chain.steps:
        return SetDerivation((SetLine(None, "", tuple(broken(start, width))),))
    page = _Columns(start, boxes, whys, definitions, width, formulas_below)
    ways = [page.plan(apart=True)]
    if ems(start) <= _LONGEST_START * width:
        ways.insert(0, page.plan(apart=False))
    return min(ways, key=lambda way: way.cost).derivation


@record
class _Columns:
    start: Box
    boxes: Sequence[Box]
    whys: Sequence[tuple[ReasonPiece, ...]]
    definitions: Sequence[tuple[Box, Box]]
    width: float
    formulas_below: bool

    def plan(self, *, apart: bool) -> _Way:
        """Return the lines, the query on a line of its own or beside the first sign, and their cost."""
        left = (0.0 if apart else ems(self.start)) + RELATION
        room = self.width - left
        rows = [broken(box, room) for box in self.boxes]
        heads = broken(self.start, self.width) if apart else []
        column = max(map(_widest, rows))
        if apart:  # it stands in the same column, behind where the signs are
            column = max(column, _widest(heads) - RELATION)
        below, numbered = self._places(left, column, room)
        number_beside = left + column + _GAP + _NUMBER <= self.width
        definitions = tuple(
            SetLine(name, ":=", tuple(broken(half, self.width - ems(name) - RELATION)))
            for name, half in self.definitions
        )
        lines: list[SetLine] = []
        if apart:
            lines.append(SetLine(None, "", tuple(heads)))
        for i, (row, why) in enumerate(zip(rows, self.whys, strict=True)):
            start = None if apart or i else self.start
            if i in numbered:
                number: tuple[ReasonPiece, ...] = (str(numbered.index(i) + 1),)
                places = (number, ()) if number_beside else ((), number)
                lines.append(SetLine(start, "=", tuple(row), *places))
            elif i in below:
                lines.append(SetLine(start, "=", tuple(row), below=why))
            else:
                lines.append(SetLine(start, "=", tuple(row), why))
        notes = tuple(self.whys[i] for i in numbered)
        count = sum(len(line.rows) + bool(line.below) for line in lines)
        return _Way(
            SetDerivation(tuple(lines), notes, definitions), (count + 2 * len(notes), len(below))
        )

    def _places(self, left: float, column: float, room: float) -> tuple[set[int], list[int]]:
        """Return the steps whose reason stands below, and those whose reason has a number instead."""
        below: set[int] = set()
        numbered: list[int] = []
        moved = True
        while moved:
            moved = False
            for i, why in enumerate(self.whys):
                size = _BRACKETS + pieces_ems(why)
                if i in below or i in numbered or left + column + _GAP + size <= self.width:
                    continue
                moved = True
                words = self.formulas_below or all(isinstance(p, str) for p in why)
                if words and INDENT + _SMALL * size <= room:
                    below.add(i)
                    column = max(column, INDENT + _SMALL * size)
                else:
                    numbered.append(i)
        return below, sorted(numbered)


def _widest(rows: Sequence[Box]) -> float:
    return max(ems(row) + (INDENT if i else 0) for i, row in enumerate(rows))
