"""Lines of formulas on screen, aligned at their signs.

A line has a left side, a sign, a right side that wraps, and perhaps a reason. They are cells of a
grid; where they stand on which screen is said by :mod:`symcausal.writing.html_style`.

Main definitions
----------------
lines_html, ScreenLine : lines below each other.
display_html : formulas with relations between them, in one line where there is room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from symcausal.writing.boxes import Box
from symcausal.writing.breaking import ems, pieces_ems
from symcausal.writing.equations import RELATIONS, UNICODE
from symcausal.writing.flowing import WHOLE, flowing, kept, sign_html
from symcausal.writing.mathml import escaped
from symcausal.writing.reasons import ReasonPiece

_LONGEST_BESIDE = 8.0  # ems of a left side that has no line of its own where there are reasons
_ROOM = 36.0  # of both sides, where there is nothing else
_SMALL = 17.0  # of both, where there is room on any screen
_REASON = 9.0  # ems that a piece of a reason may take


class ScreenLine(NamedTuple):
    """A line on screen.

    Attributes
    ----------
    left : Box or None
        The left side; nothing where the lines go on.
    sign : str
        A relation, such as ``=``; empty for none.
    body : tuple of str and boxes
        The right side; strings are words.
    why : tuple of str and boxes
        The reason, without its brackets.
    """

    left: Box | None
    sign: str
    body: tuple[ReasonPiece, ...]
    why: tuple[ReasonPiece, ...] = ()


def lines_html(lines: Iterable[ScreenLine], source: str) -> str:
    """Lines aligned at their signs; the first formula carries the LaTeX of all."""
    lines = list(lines)
    left = max((ems(line.left) for line in lines if line.left is not None), default=0.0)
    right = max(pieces_ems(line.body) for line in lines)
    explained = any(line.why for line in lines)
    kind = " short" * (left + right <= _SMALL and not explained)
    beside = _LONGEST_BESIDE if explained else max(_LONGEST_BESIDE, _ROOM - right)
    return "\n".join([f'<div class="lines{kind}">', *_rows(lines, source, beside), "</div>"])


def _rows(lines: Iterable[ScreenLine], source: str, beside: float) -> Iterator[str]:
    for line in lines:
        cells = []
        if line.left is not None:
            kind = " apart" * (ems(line.left) > beside)
            cells.append(
                f'<span class="left{kind}">{flowing(line.left, source, display=True)}</span>'
            )
            source = ""
        if line.sign:
            cells.append(f'<span class="sign">{_relation(line.sign)}</span>')
        if line.body:
            body = []
            for piece in line.body:
                body.append(_written(piece, source, display=True))
                source = source if isinstance(piece, str) else ""
            cells.append(f'<span class="body">{kept("".join(body))}</span>')
        if line.why:
            why = "".join(_written(piece, "", display=False) for piece in line.why)
            cells.append(f'<span class="reason">{kept(f"({why})")}</span>')
        yield f'<div class="line">{" ".join(cells)}</div>'


def _written(piece: ReasonPiece, source: str, *, display: bool) -> str:
    if isinstance(piece, str):
        return escaped(piece)
    return flowing(piece, source, display=display, whole=WHOLE if display else _REASON)


def display_html(pieces: Iterable[str | Box], source: str) -> str:
    """Formulas with relations between them; a line begins with a relation."""
    found: list[str] = []
    sign = ""
    for piece in pieces:
        if isinstance(piece, str) and piece in RELATIONS:
            sign = _relation(piece)
            continue
        written = _written(piece, source, display=True)
        source = "" if not isinstance(piece, str) else source
        found.append(f'<span class="related">{sign}{written}</span>')
        sign = ""
    return f'<div class="display"><span class="pieces">{"".join(found)}</span></div>'


def _relation(sign: str) -> str:
    return sign_html(RELATIONS[sign][UNICODE])
