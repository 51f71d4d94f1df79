"""What named quantities stand for, before anything is derived of them.

Main definitions
----------------
defined : paragraphs that say it.
definitions_data : the same as values that ``json`` knows.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.reading.named import NamedQuantity
from symcausal.writing.blocks import Code, Paragraph, Piece
from symcausal.writing.latex import formula_latex
from symcausal.writing.style import Style


def defined(definitions: Sequence[NamedQuantity]) -> list[Paragraph]:
    """Return a paragraph for each quantity: its name, its title, its formula, when it is that."""
    return [Paragraph(_said(one)) for one in definitions]


def _said(one: NamedQuantity) -> tuple[Piece, ...]:
    pieces: list[Piece] = [Code(one.written), f", the {one.title}, stands for ", one.formula]
    if one.states:
        names = " and ".join(one.states)
        pieces.append(f", where {names} {'has' if len(one.states) == 1 else 'have'} two states")
    return (*pieces, ".")


def definitions_data(definitions: Sequence[NamedQuantity], style: Style) -> list[dict[str, object]]:
    """Return what each quantity stands for, in LaTeX, and the bibliography's key of its source."""
    return [
        {
            "name": one.written,
            "title": one.title,
            "formula": formula_latex(one.formula, style),
            "two_states": list(one.states),
            "source": one.source,
        }
        for one in definitions
    ]
