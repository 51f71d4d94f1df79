"""Derivations on screen: HTML with MathML, without scripts and without anything to download.

A reason stands beside its formula where there is room and below it elsewhere.

Main definitions
----------------
derivation_html : a derivation as a fragment of a page.
"""

from __future__ import annotations

from symcausal.derive.step import StepChain
from symcausal.writing.derivation import aligned_latex
from symcausal.writing.derivation_text import Assumptions
from symcausal.writing.flowing import flowing, kept
from symcausal.writing.html_lines import ScreenLine, lines_html
from symcausal.writing.layout import layout
from symcausal.writing.mathml import escaped
from symcausal.writing.reasons import provided, reason
from symcausal.writing.style import PLAIN, Style


def derivation_html(
    chain: StepChain,
    assumptions: Assumptions = (),
    style: Style = PLAIN,
) -> str:
    """Write a derivation as HTML: its lines, and merged steps to unfold below them."""
    parts = ['<div class="derivation">', _lines(chain, style)]
    for number, step in enumerate(chain.steps, 1):
        if len(step.substeps) > 1:
            title = f"Step {number} in single steps: {escaped(step.rule.title)}"
            inner = StepChain(step.before, step.substeps)
            parts += [
                f"<details><summary>{title}</summary>",
                _lines(inner, style),
                "</details>",
            ]
    end = provided(assumptions, style)
    if end:
        words = (escaped(p) if isinstance(p, str) else flowing(p) for p in end)
        parts.append(f"<p>{kept(''.join(words) + '.')}</p>")
    return "\n".join([*parts, "</div>"])


def _lines(chain: StepChain, style: Style) -> str:
    start = layout(chain.start, style)
    lines = [
        ScreenLine(
            None if i else start,
            "=",
            (layout(step.after, style),),
            reason(step, style),
        )
        for i, step in enumerate(chain.steps)
    ]
    return lines_html(lines or [ScreenLine(start, "", ())], aligned_latex(chain, style))
