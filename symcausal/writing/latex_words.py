r"""Sentences in LaTeX: words with formulas that a line of text can hold.

Main definitions
----------------
inline_latex : a formula among words, which TeX may break at its commas if it is long.
paragraph_latex : a paragraph, with a ragged margin if it has pieces that TeX cannot break.
"""

from __future__ import annotations

from symcausal.patterns import late
from symcausal.writing.boxes import Box
from symcausal.writing.latex import render
from symcausal.writing.metrics import latex_ems, words_ems
from symcausal.writing.style import Style

_LONG = 0.3  # of a line: what is longer may be broken inside
_COMMA = late(r", (?=[^ ])")
_UNBROKEN = late(r"\$[^$]*\$|\S+")


def inline_latex(box: Box, style: Style) -> str:
    """Return a formula between dollar signs."""
    written = render(box, bar=style.notation.bar)
    if latex_ems(written) > _LONG * style.ems:
        written = _COMMA.sub(r", \\allowbreak ", written)
    return f"${written}$"


def paragraph_latex(written: str, style: Style) -> str:
    """Return a paragraph with a ragged right margin if a piece of it is long.

    A piece of a third of a line that goes to the next leaves a gap that no stretched spaces fill.
    """
    if all(_size(piece) <= _LONG * style.ems for piece in _UNBROKEN.findall(written)):
        return written
    return f"{{\\raggedright\n{written}\\par}}"


def _size(piece: str) -> float:
    return latex_ems(piece[1:-1]) if piece.startswith("$") else words_ems(piece)
