"""Derivations as plain text.

Main definitions
----------------
derivation_text : aligned ASCII.
plain : a piece of a reason as plain text.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.derive.step import StepChain
from symcausal.rules.condition import Condition, Decision
from symcausal.writing.boxes import Box
from symcausal.writing.layout import layout
from symcausal.writing.reasons import ReasonPiece, provided, reason
from symcausal.writing.style import PLAIN, Style
from symcausal.writing.text import formula_text
from symcausal.writing.text import render as text_of

Assumptions = Sequence[Condition | Decision]

_REASONS_BEGIN_BEFORE = 72
_MARGIN = 6  # characters before a line that goes on


def derivation_text(
    chain: StepChain,
    assumptions: Assumptions = (),
    style: Style = PLAIN,
) -> str:
    """Write a derivation in ASCII, the reasons in a column; the width is in characters."""
    rows: list[tuple[str, str]] = []
    width = style.width
    for step in chain.steps:
        box = layout(step.after, style, inline=True)
        parts = _broken(box, width - _MARGIN) if width else [box]
        why = "".join(map(plain, reason(step, style, inline=True)))
        first, *rest = [text_of(part).strip() for part in parts]
        rows += [(f"  = {first}", f"({why})"), *((f"      {more}", "") for more in rest)]
    fitting = [len(left) for left, _ in rows if len(left) < _REASONS_BEGIN_BEFORE]
    column = max(fitting, default=0)
    lines = [formula_text(chain.start, style)]
    lines += [f"{left:<{column}}   {why}".rstrip() for left, why in rows]
    end = provided(assumptions, style, inline=True)
    return "\n".join([*lines, *(["".join(map(plain, end))] if end else [])])


def _broken(box: Box, width: float) -> list[Box]:
    from symcausal.writing.breaking import broken  # only for a width; it measures LaTeX besides

    return broken(box, width, _characters, indent=0)


def plain(piece: ReasonPiece) -> str:
    """A piece of a reason as plain text."""
    return piece if isinstance(piece, str) else text_of(piece)


def _characters(box: Box) -> float:
    return len(text_of(box))
