r"""Equations below each other, aligned at their signs: what printers share, and LaTeX.

Main definitions
----------------
equations_latex : ``align*``, for amsmath.
equations_aligned : ``aligned``, for a display in any surroundings.
parts : the right side of an equation as pieces that fit a width.
boxed : a formula laid out.
RELATIONS : the signs in plain text, in LaTeX, and as characters.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.writing.blocks import Equation, Equations, Typeset
from symcausal.writing.boxes import Box
from symcausal.writing.breaking import broken, ems
from symcausal.writing.latex import render as latex_of
from symcausal.writing.layout import layout
from symcausal.writing.names import latex_escaped
from symcausal.writing.style import PLAIN, Style

RELATIONS = {
    "=": ("=", "=", "="),
    "!=": ("!=", r"\neq", "≠"),
    "~": ("~", r"\approx", "≈"),
    "<=": ("<=", r"\leq", "≤"),
    ":=": ("=", ":=", "≔"),
    "": ("", "", ""),
}


def equations_latex(equations: Equations, style: Style = PLAIN) -> str:
    """Write equations as an ``align*``."""
    return _in_environment("align*", equations, style)


def equations_aligned(equations: Equations, style: Style = PLAIN) -> str:
    """Write equations as an ``aligned``."""
    return _in_environment("aligned", equations, style)


def boxed(shape: Typeset, style: Style, *, inline: bool = False) -> Box:
    """A formula laid out; a box as it is."""
    return shape if isinstance(shape, Box) else layout(shape, style, inline=inline)


def parts(one: Equation, style: Style, width: float | None) -> Iterator[list[str | Box]]:
    """The right side of an equation in lines that fit a width, in ems, if it is a single formula."""
    if len(one.right) == 1 and not isinstance(one.right[0], str):
        box = boxed(one.right[0], style)
        for part in broken(box, width, ems) if width else [box]:
            yield [part]
    else:
        yield [piece if isinstance(piece, str) else boxed(piece, style) for piece in one.right]


def _in_environment(name: str, equations: Equations, style: Style) -> str:
    lines = " \\\\\n".join(_latex_lines(equations, style))
    return f"\\begin{{{name}}}\n{lines}\n\\end{{{name}}}"


def _latex_lines(equations: Equations, style: Style) -> Iterator[str]:
    bar = style.notation.bar
    for one in equations.rows:
        left = "" if one.left is None else latex_of(boxed(one.left, style), bar=bar) + " "
        sign = RELATIONS[one.sign][1]
        start = f"{left}&{sign} " if sign else f"{left}&"
        for line in parts(one, style, equations.width):
            written = "".join(
                rf"\text{{{latex_escaped(piece)}}}{' ' * (i + 1 < len(line))}"
                if isinstance(piece, str)
                else latex_of(piece, bar=bar)
                for i, piece in enumerate(line)
            )
            yield start + written
            start = r"&\qquad "
