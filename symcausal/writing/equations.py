r"""Equations below each other, aligned at their signs: what printers share, and LaTeX.

Main definitions
----------------
equations_latex : ``align*``, for amsmath.
equations_aligned : ``aligned``, for a display in any surroundings.
boxed : a formula laid out.
RELATIONS : the signs in plain text, in LaTeX, as characters, and in Typst.
too_wide : a display as equations, where it is too long for a line.
laid_out : the sides of equations, their formulas laid out.
equation_lines : their lines, which fit a width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isinf
from typing import NamedTuple

from symcausal.writing.blocks import Code, Equation, Equations, Piece, Typeset
from symcausal.writing.boxes import Box, Figure, boxes_of, first_sign, row
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
from symcausal.writing.latex import render as latex_of
from symcausal.writing.layout import layout
from symcausal.writing.names import latex_words
from symcausal.writing.style import PLAIN, Style

_ALIGNED = {"is": "=", "about": "~"}
_LONGEST_LEFT = 0.25  # of a line that is too long

TEXT, LATEX, UNICODE, TYPST = range(4)  # the columns of RELATIONS
RELATIONS = {
    "=": ("=", "=", "=", "="),
    "!=": ("!=", r"\neq", "≠", "!="),
    "~": ("~", r"\approx", "≈", "approx"),
    "<=": ("<=", r"\leq", "≤", "<="),
    ":=": ("=", ":=", "≔", ":="),
    "": ("", "", "", ""),
}


def equations_latex(equations: Equations, style: Style = PLAIN) -> str:
    """Write equations as an ``align*``."""
    displays = _latex_displays(equations, style)
    return "\n".join(f"\\begin{{align*}}\n{lines}\n\\end{{align*}}" for lines in displays)


def equations_aligned(equations: Equations, style: Style = PLAIN) -> str:
    """Write equations as an ``aligned``, or as several displays where left sides stand alone."""
    displays = _latex_displays(equations, style)
    return "\n$$\n\n$$\n".join(
        f"\\begin{{aligned}}\n{lines}\n\\end{{aligned}}" for lines in displays
    )


def boxed(shape: Typeset, style: Style, *, inline: bool = False) -> Box:
    """Return a formula laid out as a box; a box is returned as it is."""
    return shape if isinstance(shape, Box) else layout(shape, style, inline=inline)


def relations(pieces: Sequence[Piece]) -> Equations:
    """Return the formulas of a display as equations below each other, each behind its relation."""
    rows: list[Equation] = []
    left: Typeset | None = None
    sign = ""
    for piece in pieces:
        if isinstance(piece, Code):
            continue
        if isinstance(piece, str) and piece in RELATIONS:
            sign = piece
            continue
        right = Figure(piece) if isinstance(piece, str) else piece
        if not rows and left is None and not sign:
            left = right
        else:
            rows.append(Equation(left, sign, (right,)))
            left = None
    return Equations(tuple(rows or [Equation(None, "", (left or "",))]))


def too_wide(pieces: Sequence[Piece], style: Style) -> Equations | None:
    """Return a display that is longer than a line as equations in several lines; None if it fits."""
    chain = relations(pieces)
    sides = laid_out(chain, style)
    whole = _ems(sides[0][0]) + sum(RELATION + pieces_ems(right) for _, _, right in sides)
    return None if whole <= style.ems else chain


def laid_out(
    equations: Equations, style: Style
) -> list[tuple[Box | None, str, tuple[str | Box, ...]]]:
    """Return the left side, the sign and the right side of each equation; formulas laid out."""
    return [
        (
            None if one.left is None else boxed(one.left, style),
            one.sign,
            tuple(p if isinstance(p, str) else boxed(p, style) for p in one.right),
        )
        for one in equations.rows
    ]


class EquationLine(NamedTuple):
    """A line of equations.

    Attributes
    ----------
    left, sign, right : Box or None, str, pieces
        The two sides and the relation.
    continued : bool
        Whether the right side began in a line before.
    apart : bool
        Whether a left side stands here alone. What comes before it ends there, in a display of its
        own, since a line without a sign would be taken for a part of the formula above it.
    """

    left: Box | None
    sign: str
    right: tuple[str | Box, ...]
    continued: bool = False
    apart: bool = False


def equation_lines(equations: Equations, style: Style) -> Iterator[EquationLine]:
    """Yield the lines of equations for the width of a style; long left sides have lines of their own."""
    width = style.ems
    sides = laid_out(equations, style)
    if not isinf(width):
        boxes = (box for left, _, right in sides for box in (left, *right) if isinstance(box, Box))
        names = PartNames({*style.order, *labels(boxes)})
        sides = [
            (left, sign, tuple(_parted(piece, width - RELATION, names) for piece in right))
            for left, sign, right in sides
        ]
        sides = [(n, ":=", (half,)) for half, n in names.defined.items()] + sides
    lefts = sorted((_ems(left) for left, _, _ in sides), reverse=True)
    # as many left sides beside their signs as fit with everything that stands below them
    fitting = (
        widest
        for widest in lefts
        if all(
            widest + RELATION + pieces_ems(right) <= width
            for left, _, right in sides
            if _ems(left) <= widest
        )
    )
    longest = max(next(fitting, 0.0), _LONGEST_LEFT * width)
    beside = [_ems(left) for left, _, _ in sides if _ems(left) <= longest]
    room = width - max(beside, default=0.0) - RELATION
    for left, sign, right in sides:
        if _ems(left) > longest and left is not None:
            for i, part in enumerate(broken(left, room)):
                yield EquationLine(None, "", (part,), continued=i > 0, apart=not i)
        shown = None if _ems(left) > longest else left
        first, *more = _fitting(right, room)
        yield EquationLine(shown, sign, first)
        yield from map(_continued, more)


def _continued(right: tuple[str | Box, ...]) -> EquationLine:
    """Return a line in which a right side goes on; if it begins with a relation, it is aligned there."""
    first = right[0]
    if not isinstance(first, str) and first_sign(first) in _ALIGNED:
        sign, rest = _ALIGNED[first_sign(first)], row(boxes_of(first)[1:])
        return EquationLine(None, sign, (rest, *right[1:]))
    return EquationLine(None, "", right, continued=True)


def _parted(piece: str | Box, width: float, names: PartNames) -> str | Box:
    return piece if isinstance(piece, str) else parted(piece, width, names)


def _fitting(right: tuple[str | Box, ...], width: float) -> Iterator[tuple[str | Box, ...]]:
    """Yield the pieces of a right side in lines that fit; a piece that is too long takes several."""
    line: list[str | Box] = []
    room = width
    for piece in right:
        alone = pieces_ems([*line, piece]) > room
        if alone and line:
            yield tuple(line)
            line, room = [], width - INDENT
        cut = [piece] if isinstance(piece, str) else broken(piece, room)
        for part in cut[:-1]:
            yield (*line, part)
            line, room = [], width - INDENT
        line.append(cut[-1])
    yield tuple(line)


def _ems(left: Box | None) -> float:
    return 0.0 if left is None else ems(left)


def _latex_displays(equations: Equations, style: Style) -> list[str]:
    """The lines of each display."""
    displays: list[list[str]] = [[]]
    for apart, line in _latex_lines(equations, style):
        if apart and displays[-1]:
            displays.append([])
        displays[-1].append(line)
    return [" \\\\\n".join(lines) for lines in displays]


def _latex_lines(equations: Equations, style: Style) -> Iterator[tuple[bool, str]]:
    bar = style.notation.bar
    for line in equation_lines(equations, style):
        left = "" if line.left is None else latex_of(line.left, bar=bar) + " "
        sign = RELATIONS[line.sign][LATEX]
        start = f"{left}&{sign} " if sign else f"{left}&"
        written = "".join(
            rf"\text{{{latex_words(piece)}}}{' ' * (i + 1 < len(line.right))}"
            if isinstance(piece, str)
            else latex_of(piece, bar=bar)
            for i, piece in enumerate(line.right)
        )
        yield line.apart, ((r"&\qquad " if line.continued else start) + written).rstrip()
