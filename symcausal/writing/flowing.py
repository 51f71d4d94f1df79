"""Formulas that a browser breaks where its screen ends.

No browser breaks a line of MathML by itself. A formula is therefore written as pieces, each a
``<math>`` of its own, which stand in rows that wrap. A piece that is cut further is a row inside a
row: it moves to the next line as a whole before anything inside it does, so that a screen of any
width shows the cuts that :mod:`symcausal.writing.breaking` would make for it.

Main definitions
----------------
flowing : a box, in one piece or in several.
sign_html : a sign between two formulas.
kept : words with formulas among them, whose commas stay where they belong.
WHOLE : the width in ems that any screen has, up to which a formula stays in one piece.
"""

from __future__ import annotations

import re

from symcausal.patterns import late
from symcausal.writing.boxes import (
    BRACKETS,
    Box,
    Fence,
    Fraction,
    Script,
    Sign,
    boxes_of,
    first_sign,
    row,
)
from symcausal.writing.breaking import divided, ems, narrowed
from symcausal.writing.latex import render as latex_of
from symcausal.writing.mathml import escaped, render

WHOLE = 12.0
_SCREEN = 24.0  # ems of a small screen, for the indices of sums
_ROOM = 17.0  # ems of a piece in which the names may be as wide as alone
_NAME_AMONG_OTHERS = 7.5  # ems of a name in one row where a piece is wider
_RATIO = 'class="ratio"'
_CLOSED = late(r"(<math\b(?:(?!</math>).)*</math>)((?:</span>)*)([,.;:)\]])", re.DOTALL)
_BINARY = frozenset({"plus", "minus", "is", "equals", "about", "cross", "over", "times"})
_NAMESPACE = 'xmlns="http://www.w3.org/1998/Math/MathML"'


def flowing(
    box: Box, source: str | None = None, *, display: bool = False, whole: float = WHOLE
) -> str:
    """Write a box as MathML that wraps.

    Parameters
    ----------
    box : Box
        What is written.
    source : str, optional
        The LaTeX that its first piece carries: that of the box, if left out. An empty text is for
        a box whose LaTeX stands with another.
    display : bool
        Whether sums and fractions are as large as in a line of their own.
    whole : float
        The width in ems up to which a piece is not cut further.
    """
    return _Flow(latex_of(box) if source is None else source, display, whole).written(box)


def sign_html(character: str) -> str:
    """A sign between two formulas, whose LaTeX stands with another."""
    return f'<math class="symcausal-piece" {_NAMESPACE}><mo>{character}</mo></math>'


def kept(written: str) -> str:
    """Return HTML in which no line begins with a comma or a bracket that stands behind a formula.

    Browsers end a line after any ``<math>``.
    """
    return (
        written if _RATIO in written else _CLOSED.sub(r'<span class="kept">\1\3</span>\2', written)
    )


class _Flow:
    """What writes the pieces of a formula from left to right; the first one carries the LaTeX."""

    def __init__(self, source: str, display: bool, whole: float) -> None:
        self.source = source
        self.whole = whole
        self.look = ' displaystyle="true"' * display
        self.kind = ' display="block"' * display  # which is what readers of the LaTeX look at

    def written(self, box: Box) -> str:
        if ems(box) <= self.whole:
            return self._piece(box)
        if isinstance(box, Fraction):
            above, below = self.written(box.numerator), self.written(box.denominator)
            return (
                f'<span {_RATIO}><span class="above">{above}</span>'
                f'<span class="below">{below}</span></span>'
            )
        pieces = self._divided(_with_script_at_its_end(box))
        if len(pieces) == 1:
            return self._piece(narrowed(pieces[0], self.whole))
        return f'<span class="pieces">{"".join(map(self.written, pieces))}</span>'

    def _divided(self, box: Box) -> list[Box]:
        pieces = divided(box, _SCREEN)
        return pieces if len(pieces) > 1 else self._around_wide(pieces[0])

    def _around_wide(self, box: Box) -> list[Box]:
        """Return a row in pieces: wide fractions, brackets with an index, and what is between."""
        found: list[Box] = []
        between: list[Box] = []
        for one in boxes_of(box):
            ratio = isinstance(one, Fraction) and ems(one) > self.whole
            if ratio or (isinstance(one, Script) and isinstance(one.base, Sign)):
                found += [row(between)] if between else []
                found.append(one)
                between = []
            else:
                between.append(one)
        return [*found, row(between)] if between else found

    def _piece(self, box: Box) -> str:
        marked = _signed(box)
        if not self.source:
            return f'<math class="symcausal-piece" {_NAMESPACE}{self.look}>{marked}</math>'
        source, self.source = escaped(self.source), ""
        return (
            f"<math {_NAMESPACE}{self.kind}{self.look}><semantics>{marked}"
            f'<annotation encoding="application/x-tex">{source}</annotation></semantics></math>'
        )


def _with_script_at_its_end(box: Box) -> Box:
    """Return brackets with an index as signs, between which there are places for a cut.

    >>> from symcausal.writing.boxes import Label
    >>> _with_script_at_its_end(Script(Fence(Label("A")), Label("G"))).boxes[-1].base
    Sign(meaning='close-round')
    """
    if not isinstance(box, Script) or not isinstance(box.base, Fence):
        return box
    opened, closed = map(Sign, BRACKETS[box.base.kind])
    return row([opened, box.base.body, Script(closed, box.sub, box.sup)])


def _signed(box: Box) -> str:
    """Return the MathML of a piece; a sign in front keeps the space that it has between two formulas."""
    marked = render(box, whole=_NAME_AMONG_OTHERS) if ems(box) > _ROOM else render(box)
    if first_sign(box) in _BINARY:
        return marked.replace("<mo>", '<mo form="infix">', 1)
    return marked
