r"""Derivations on paper: LaTeX and Markdown.

Main definitions
----------------
derivation_latex : ``align*`` with the reasons at the right.
derivation_markdown : a display that KaTeX and MathJax read.
aligned_latex : the display alone.

``symcausal.writing.derivation_lines`` decides what stands where. ``symcausal.writing.derivation_html``
has the HTML, ``symcausal.writing.derivation_json`` the JSON, and ``symcausal.writing.derivation_text``
plain text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from symcausal.derive.step import StepChain
from symcausal.writing.boxes import Box, first_sign
from symcausal.writing.derivation_lines import SetDerivation, SetLine, set_lines
from symcausal.writing.derivation_text import Assumptions
from symcausal.writing.latex import formula_latex
from symcausal.writing.latex import render as latex_of
from symcausal.writing.latex_words import inline_latex, paragraph_latex
from symcausal.writing.names import latex_escaped, latex_words
from symcausal.writing.reasons import ReasonPiece, provided
from symcausal.writing.style import PLAIN, Style


def derivation_latex(chain: StepChain, assumptions: Assumptions = (), style: Style = PLAIN) -> str:
    r"""Write a derivation as an ``align*``, which needs the package amsmath and no other.

    Parameters
    ----------
    chain : StepChain
        A start and its steps.
    assumptions : sequence of Condition or Decision
        What the result rests on; written after the display.
    style : Style
        How formulas are written, and how long a line may be: the width of an article if it says
        nothing.
    """
    found = set_lines(chain, style)
    display = "\n".join(
        f"\\begin{{align*}}\n{lines}\n\\end{{align*}}"
        for lines in _displays(chain, found, style, dollars=True)
    )
    notes = _notes(found, lambda box: inline_latex(box, style))
    closing = _closing(assumptions, style, lambda box: inline_latex(box, style))
    words = [paragraph_latex(one, style) for one in (*notes, *closing)]
    return "\n".join([display, "\n\n".join(words)] if words else [display])


def derivation_markdown(
    chain: StepChain, assumptions: Assumptions = (), style: Style = PLAIN
) -> str:
    r"""Write a derivation as a ``$$`` display with ``aligned``.

    Reasons switch between words and formulas without dollar signs of their own, which Markdown
    would take for the end of the display. Parameters are those of :func:`derivation_latex`.
    """
    found = set_lines(chain, style, formulas_below=False)

    def dollars(box: Box) -> str:
        return f"${latex_of(box, bar=style.notation.bar)}$"

    notes = _notes(found, dollars)
    displays = [f"$$\n{inside}\n$$" for inside in _aligned(chain, found, style)]
    return "\n\n".join([*displays, *notes, *_closing(assumptions, style, dollars)])


def aligned_latex(chain: StepChain, style: Style) -> str:
    """Return the ``aligned`` of a derivation, on lines of its own, for a display in any surroundings."""
    whole = Style(style.notation, style.order, math.inf)
    return _aligned(chain, set_lines(chain, whole), whole)[0]


def _aligned(chain: StepChain, found: SetDerivation, style: Style) -> list[str]:
    if not chain.steps and sum(len(line.rows) for line in found.lines) <= 1:
        return [formula_latex(chain.start, style)]
    return [
        f"\\begin{{aligned}}\n{lines}\n\\end{{aligned}}"
        for lines in _displays(chain, found, style, dollars=False)
    ]


def _displays(
    chain: StepChain, found: SetDerivation, style: Style, *, dollars: bool
) -> Iterator[str]:
    """Yield the inside of each display: the definitions, if there are any, and the derivation."""
    for lines in filter(None, (found.definitions, found.lines)):
        yield " \\\\\n".join(_latex_lines(lines, style, dollars=dollars))
    if not found.lines:
        yield formula_latex(chain.start, style)


def _latex_lines(lines: Sequence[SetLine], style: Style, *, dollars: bool) -> Iterator[str]:
    bar = style.notation.bar
    write = _in_dollars if dollars else _without_dollars
    for line in lines:
        first, *rest = line.rows
        left = "" if line.left is None else latex_of(line.left, bar=bar)
        if line.sign == "=" and left:
            left += "\n"  # the source is read more easily if all steps begin alike
        start = f"{left} &{line.sign} " if line.sign else "&" * (len(lines) > 1 or bool(rest))
        why = f" && {write(line.beside, bar)}" if line.beside else ""
        yield f"{start}{latex_of(first, bar=bar)}{why}".rstrip()
        for part in rest:
            # an empty atom before a sign keeps the space of a binary operator
            yield rf" &\qquad {{}}{_spaced(latex_of(part, bar=bar), part)}".rstrip()
        if line.below:
            yield rf" &\qquad {_small(line.below, bar, dollars=dollars)}"


def _small(why: tuple[ReasonPiece, ...], bar: str, *, dollars: bool) -> str:
    r"""Write a reason below its formula, in small type unless in Markdown: MathJax ignores the size.

    The type is set outside the words: some MathJax shows a command in ``\text`` as it is typed.
    """
    if not dollars:
        return _without_dollars(why, bar)
    return rf"\scriptstyle {_in_dollars(why, bar)}"


def _notes(found: SetDerivation, formula: Callable[[Box], str]) -> list[str]:
    """The reasons that have numbers, as sentences."""
    return [
        f"({number}) "
        + "".join(latex_escaped(p) if isinstance(p, str) else formula(p) for p in why)
        + "."
        for number, why in enumerate(found.notes, 1)
    ]


def _spaced(written: str, part: Box) -> str:
    return f" {written.lstrip()}" if first_sign(part) else written


def _in_dollars(why: tuple[ReasonPiece, ...], bar: str) -> str:
    inside = "".join(
        latex_words(piece) if isinstance(piece, str) else f"${latex_of(piece, bar=bar)}$"
        for piece in why
    )
    return rf"\text{{({inside})}}"


def _without_dollars(why: tuple[ReasonPiece, ...], bar: str) -> str:
    written = r"\text{("
    for piece in why:
        if isinstance(piece, str):
            written += latex_words(piece)
        else:
            written += rf"}}\textstyle {latex_of(piece, bar=bar)}\text{{"
    return (written + ")}").replace(r"\text{}", "")


def _closing(assumptions: Assumptions, style: Style, formula: Callable[[Box], str]) -> list[str]:
    pieces = provided(assumptions, style)
    written = (p if isinstance(p, str) else formula(p) for p in pieces)
    return ["".join(written) + "."] if pieces else []
