r"""Derivations on paper: LaTeX, Markdown and plain text.

Main definitions
----------------
derivation_latex : ``align*`` with the reasons at the right.
derivation_markdown : a display that KaTeX and MathJax read.
derivation_text : aligned ASCII.
WIDTH : the longest line of LaTeX, in ems, unless asked for otherwise.
broken_steps, left_out, is_apart : how a derivation fits a width, for every printer on paper.

``symcausal.writing.derivation_html`` has the HTML, ``symcausal.writing.derivation_json`` the JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from symcausal.derive.step import Step, StepChain
from symcausal.rules.condition import Condition, Decision
from symcausal.writing.boxes import Box, Row, Sign
from symcausal.writing.breaking import broken, ems
from symcausal.writing.latex import formula_latex
from symcausal.writing.latex import render as latex_of
from symcausal.writing.layout import layout
from symcausal.writing.names import latex_escaped
from symcausal.writing.reasons import ReasonPiece, provided, reason
from symcausal.writing.style import PLAIN, Style
from symcausal.writing.text import formula_text
from symcausal.writing.text import render as text_of

Assumptions = Sequence[Condition | Decision]

WIDTH = 34.0
_REASONS_BEGIN_BEFORE = 72
_LONGEST_REASON = 22.0
_LONGEST_START = 14.0


def derivation_latex(
    chain: StepChain,
    assumptions: Assumptions = (),
    style: Style = PLAIN,
    *,
    width: float | None = WIDTH,
) -> str:
    r"""Write a derivation as an ``align*``, which needs the package amsmath and no other.

    Parameters
    ----------
    chain : StepChain
        A start and its steps.
    assumptions : sequence of Condition or Decision
        What the result rests on; written after the display.
    style : Style
        How formulas are written.
    width : float or None
        Break lines longer than this, in ems, at a sign between terms or before a factor; ``None``
        leaves every formula on one line. The default fits a page.
    """
    bar = style.notation.bar
    lines = [
        _latex_line(parts, _in_dollars(why, bar), bar)
        for parts, why in broken_steps(chain.steps, style, width)
    ]
    body = " \\\\\n".join(lines)
    start = _latex_start(chain, style, width)
    display = "\\begin{align*}\n" + start + ("\n" + body if body else "") + "\n\\end{align*}"
    where = _where(chain.steps, style, width)
    return "\n".join([display, *where, *_closing(assumptions, style)])


def derivation_markdown(
    chain: StepChain,
    assumptions: Assumptions = (),
    style: Style = PLAIN,
    *,
    width: float | None = WIDTH,
) -> str:
    r"""Write a derivation as a ``$$`` display with ``aligned``.

    Reasons switch between words and formulas without dollar signs of their own, which Markdown
    would take for the end of the display. Parameters are those of :func:`derivation_latex`.
    """
    inside = aligned_latex(chain, style, width=width)
    where = _where(chain.steps, style, width)
    return "\n\n".join([f"$$\n{inside}\n$$", *where, *_closing(assumptions, style)])


def aligned_latex(chain: StepChain, style: Style, *, width: float | None) -> str:
    """The ``aligned`` of a derivation, for a display in any surroundings."""
    bar = style.notation.bar
    lines = [
        _latex_line(parts, _without_dollars(why, bar), bar)
        for parts, why in broken_steps(chain.steps, style, width)
    ]
    body = " \\\\\n".join(lines)
    start = _latex_start(chain, style, width)
    return "\\begin{aligned}\n" + start + "\n" + body + "\n\\end{aligned}" if body else start


def derivation_text(
    chain: StepChain,
    assumptions: Assumptions = (),
    style: Style = PLAIN,
    *,
    width: float | None = None,
) -> str:
    """Write a derivation in ASCII, the reasons in a column. Here ``width`` is in characters."""
    rows: list[tuple[str, str]] = []
    for step in chain.steps:
        box = layout(step.after, style, inline=True)
        parts = broken(box, width, _characters) if width else [box]
        why = "".join(map(plain, reason(step, style, inline=True)))
        first, *rest = [text_of(part).strip() for part in parts]
        rows += [(f"  = {first}", f"({why})"), *((f"      {more}", "") for more in rest)]
    fitting = [len(left) for left, _ in rows if len(left) < _REASONS_BEGIN_BEFORE]
    column = max(fitting, default=0)
    lines = [formula_text(chain.start, style)]
    lines += [f"{left:<{column}}   {why}".rstrip() for left, why in rows]
    end = provided(assumptions, style, inline=True)
    return "\n".join([*lines, *(["".join(map(plain, end))] if end else [])])


def is_apart(chain: StepChain, style: Style, width: float | None) -> bool:
    """Whether a long query has a row to itself, so that it does not push the formulas aside."""
    return bool(width and chain.steps) and ems(layout(chain.start, style)) > _LONGEST_START


def broken_steps(
    steps: Sequence[Step], style: Style, width: float | None
) -> Iterator[tuple[list[Box], tuple[ReasonPiece, ...]]]:
    """The formula of each step in rows that fit a width, and the reason, without what is too long."""
    for step in steps:
        box = layout(step.after, style)
        parts = broken(box, width, ems) if width else [box]
        why = reason(step, style)
        yield parts, (step.rule.title,) if width and _is_long(why) else why


def left_out(steps: Sequence[Step], style: Style, width: float | None) -> list[Box]:
    """The conditions that did not fit beside their formula, for a sentence below the display."""
    boxes: dict[Box, None] = {}
    for step in steps if width else ():
        why = reason(step, style)
        if _is_long(why):
            boxes.update(dict.fromkeys(piece for piece in why if not isinstance(piece, str)))
    return list(boxes)


def _latex_start(chain: StepChain, style: Style, width: float | None) -> str:
    start = formula_latex(chain.start, style)
    return rf"&{start} \\" if is_apart(chain, style, width) else start


def _is_long(why: Iterable[ReasonPiece]) -> bool:
    return sum(0.45 * len(p) if isinstance(p, str) else ems(p) for p in why) > _LONGEST_REASON


def _where(steps: Sequence[Step], style: Style, width: float | None) -> list[str]:
    bar = style.notation.bar
    written = dict.fromkeys(f"${latex_of(b, bar=bar)}$" for b in left_out(steps, style, width))
    return [f"where {', '.join(written)}."] if written else []


def _latex_line(parts: list[Box], why: str, bar: str) -> str:
    first, *rest = parts
    line = f" &= {latex_of(first, bar=bar)} && {why}"
    # an empty atom before a sign keeps the space of a binary operator
    more = (rf" &\qquad {{}}{_spaced(latex_of(part, bar=bar), part)}" for part in rest)
    return " \\\\\n".join([line, *more])


def _spaced(written: str, part: Box) -> str:
    signed = isinstance(part, Row) and isinstance(part.boxes[0], Sign)
    return f" {written.lstrip()}" if signed else written


def _in_dollars(why: tuple[ReasonPiece, ...], bar: str) -> str:
    inside = "".join(
        latex_escaped(piece) if isinstance(piece, str) else f"${latex_of(piece, bar=bar)}$"
        for piece in why
    )
    return rf"\text{{({inside})}}"


def _without_dollars(why: tuple[ReasonPiece, ...], bar: str) -> str:
    written = r"\text{("
    for piece in why:
        if isinstance(piece, str):
            written += latex_escaped(piece)
        else:
            written += rf"}}\textstyle {latex_of(piece, bar=bar)}\text{{"
    return (written + ")}").replace(r"\text{}", "")


def _closing(assumptions: Assumptions, style: Style) -> list[str]:
    pieces = provided(assumptions, style)
    written = (
        p if isinstance(p, str) else f"${latex_of(p, bar=style.notation.bar)}$" for p in pieces
    )
    return ["".join(written) + "."] if pieces else []


def plain(piece: ReasonPiece) -> str:
    """A piece of a reason as plain text."""
    return piece if isinstance(piece, str) else text_of(piece)


def _characters(box: Box) -> float:
    return len(text_of(box))
