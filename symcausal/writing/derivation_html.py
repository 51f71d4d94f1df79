"""Derivations on screen: HTML with MathML, without scripts and without anything to download.

Main definitions
----------------
derivation_html : a derivation as a fragment of a page.
"""

from __future__ import annotations

from symcausal.derive.step import StepChain
from symcausal.writing.boxes import Sign
from symcausal.writing.derivation import Assumptions, aligned_latex
from symcausal.writing.layout import layout
from symcausal.writing.mathml import aligned, element, escaped, render
from symcausal.writing.reasons import ReasonPiece, provided, reason
from symcausal.writing.style import PLAIN, Style


def derivation_html(
    chain: StepChain,
    assumptions: Assumptions = (),
    style: Style = PLAIN,
) -> str:
    """Write a derivation as HTML: a table of formulas, and merged steps to unfold below it."""
    parts = ['<div class="derivation">', _table(chain, style)]
    for number, step in enumerate(chain.steps, 1):
        if len(step.substeps) > 1:
            title = f"Step {number} in single steps: {escaped(step.rule.title)}"
            inner = StepChain(step.before, step.substeps)
            parts += [
                f"<details><summary>{title}</summary>",
                _table(inner, style),
                "</details>",
            ]
    end = provided(assumptions, style)
    if end:
        words = (escaped(p) if isinstance(p, str) else element(p) for p in end)
        parts.append(f"<p>{''.join(words)}.</p>")
    return "\n".join([*parts, "</div>"])


def _table(chain: StepChain, style: Style) -> str:
    start = render(layout(chain.start, style))
    rows: list[tuple[str, ...]] = []
    for step in chain.steps:
        after = render(layout(step.after, style))
        why = "".join(map(_shown, ("(", *reason(step, style), ")")))
        left = "" if rows else start
        rows.append(
            (
                left,
                f"<mrow>{render(Sign('is'))}{after}</mrow>",
                f'<mstyle displaystyle="false">{why}</mstyle>',
            )
        )
    return aligned(rows or [(start,)], aligned_latex(chain, style))


def _shown(piece: ReasonPiece) -> str:
    # ordinary spaces at the ends of a text element are dropped
    if isinstance(piece, str):
        return f"<mtext>{escaped(piece).replace(' ', chr(0xA0))}</mtext>"
    return render(piece)
